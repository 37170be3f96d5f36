"""Is every step of a sum said with its figures, and what is added up added up?"""

from __future__ import annotations

import pytest

from tests.owing.sums import codes, earlier, minor, order, owed, paid, tiers
from tracker.reckoning import Reckoned
from tracker.terms import Beside, ItemRate, Sharer

MARIA = Sharer("maria", "15%", "partner")
TWO = [("HAT", "hats", "1", "100"), ("BAG", "bags", "2", "100")]


def said(found: Reckoned, code: str) -> list[dict[str, str]]:
    """The values of every sentence with that code."""
    return [dict(values) for one, values in found.said if one == code]


def test_the_place_of_the_order_s_rate_and_of_each_rate_of_goods_is_named() -> None:
    items = (ItemRate("HAT", "", "20%", "rule 10"), ItemRate("", "bags", "5%", "rule 7"))
    found = order(
        "300", "10%", items=[*TWO, ("TEA", "", "1", "0")], beside=Beside(source="code", items=items)
    )

    assert codes(found) == [
        *("line_percent", "line_percent_of", "line_percent_of", "owes_together"),
        *("rate_by_code", "rate_of_goods", "rate_of_goods"),
    ]  # fmt: skip
    assert said(found, "rate_of_goods") == [
        {"what": "HAT", "named": "10"},
        {"what": "bags", "named": "7"},
    ]


def test_a_rate_that_was_not_applied_is_not_named() -> None:
    beside = Beside(source="partner", items=(ItemRate("SOAP", "", "20%", "rule 10"),))

    assert codes(order("300", "10%", items=TWO, beside=beside)) == [
        "owes_percent",
        "rate_by_partner",
    ]


@pytest.mark.parametrize(
    ("goods", "more"), [(19, []), (20, []), (21, [{"count": "1"}]), (30, [{"count": "10"}])]
)
def test_twenty_rates_of_goods_are_said_and_the_rest_is_counted(
    goods: int, more: list[dict[str, str]]
) -> None:
    items = tuple(ItemRate(f"A{at}", "", f"{at + 1}%", "rule 1") for at in range(goods))
    rows = [(f"A{at}", "", "1", "100") for at in range(goods)]
    found = order(str(100 * goods), "10%", items=rows, beside=Beside(items=items))

    assert said(found, "lines_more") == more
    assert len(said(found, "line_percent_of")) == min(goods, 20)


def test_a_sum_for_the_rest_of_an_order_is_said_with_a_star() -> None:
    items = (ItemRate("HAT", "", "7 RUB", "rule 1"),)
    found = order("300", "5 RUB", items=TWO, beside=Beside(items=items))

    assert [one["what"] for one in said(found, "line_sum")] == ["*", "HAT"]
    assert paid(found) == "12.00 RUB"


@pytest.mark.parametrize(
    ("rate", "due", "code", "of"),
    [
        ("5%", "25.00 RUB", "level_order", "500.00 RUB"),
        ("100 RUB", "100.00 RUB", "level_sum", "500.00 RUB"),
    ],
)
def test_of_an_order_that_two_share_the_level_above_has_half_of_a_percent_and_all_of_a_sum(
    rate: str, due: str, code: str, of: str
) -> None:
    beside = Beside(sharers=(MARIA,), level=("anna", rate, "order"))
    found = order("1000", "10%", beside=beside)

    assert owed(found)[2] == ("anna", "level", due)
    (told,) = said(found, code)
    assert (told["of"], told["level"], told["partner"]) == (of, due, "ivan")


def test_what_is_exchanged_joins_what_was_in_that_currency_already() -> None:
    beside = Beside(
        pay_currency="USD", fx_rate="2", fx_on="2026-10-01",
        items=(ItemRate("HAT", "", "5 USD", "rule 1"),),
    )  # fmt: skip
    found = order("300", "10%", currency="EUR", items=TWO, beside=beside)

    # 20 EUR of the bags are 40 USD, and 5 USD of the hat beside them
    assert owed(found) == [("ivan", "order", "45.00 USD")]


@pytest.mark.parametrize(
    ("hat", "bag", "base"),
    [
        (("1", "99.90"), ("2", "100.05"), "99.90"),  # of 300 in the proportion 99.90 : 200.10
        (("1.5", "100"), ("0.5", "300"), "150"),
        (("1.5", ""), ("0.5", ""), "225"),  # by pieces alone, 3 : 1
        (("1", "-5"), ("1", "100"), "0"),  # a price below nothing is nothing
    ],
)
def test_prices_and_pieces_are_shared_by_to_the_last_digit(
    hat: tuple[str, str], bag: tuple[str, str], base: str
) -> None:
    rows = [("HAT", "hats", *hat), ("BAG", "bags", *bag)]

    assert order("300", "10%", items=rows, beside=Beside(only=("hats",))).base == minor(base)


def test_a_cap_that_is_just_reached_cuts_nothing_off_and_says_nothing() -> None:
    at = order("1000", "10%", beside=Beside(cap_order=minor("100"), cap_currency="RUB"))
    below = order("1000", "10%", beside=Beside(cap_order=minor("99.99"), cap_currency="RUB"))

    assert (paid(at), codes(at)) == ("100.00 RUB", ["owes_percent"])
    assert (paid(below), codes(below)) == ("99.99 RUB", ["owes_percent", "cap_order"])


def test_a_manager_of_no_percent_gets_nothing_and_is_not_spoken_of() -> None:
    found = order("1000", "10%", beside=Beside(helper=("olga", "0", "on_top")))

    assert owed(found) == [("ivan", "order", "100.00 RUB")]
    assert codes(found) == ["owes_percent"]


def test_where_nobody_who_shares_earns_the_parts_are_nothing() -> None:
    found = order("1000", "0%", beside=Beside(sharers=(Sharer("maria", "0%", "partner"),)))

    assert (owed(found), said(found, "split")) == ([], [{"count": "2", "parts": "0"}])


def test_each_partner_s_accounts_stand_together_in_the_order_of_the_partners() -> None:
    items = (ItemRate("HAT", "", "5 USD", "rule 1"),)
    found = order("300", "10%", items=TWO, beside=Beside(sharers=(MARIA,), items=items))

    # ivan has half of 20.00 and of 5 USD, maria half of 15 % of 300
    assert owed(found) == [
        ("ivan", "order", "10.00 RUB"), ("ivan", "order", "2.50 USD"),
        ("maria", "order", "22.50 RUB")]  # fmt: skip


def test_the_goods_that_count_are_named_with_what_they_leave_of_the_base() -> None:
    both = order("300", "10%", items=TWO, beside=Beside(only=("HAT", "tea"), without=("bags", "x")))
    only = order("300", "10%", items=TWO, beside=Beside(only=("HAT", "tea")))

    left = {"base": "100.00 RUB", "whole": "300.00 RUB"}
    assert said(both, "lines_only_without") == [{"words": "HAT, tea", "others": "bags, x", **left}]
    assert said(only, "lines_only") == [{"words": "HAT, tea", **left}]


@pytest.mark.parametrize(
    ("sales", "rates"), [("999.99", ["10%"]), ("1000", ["15%"]), ("1000.01", ["15%"])]
)
def test_a_tier_of_sales_begins_at_its_sum_and_says_how_much_was_sold(
    sales: str, rates: list[str]
) -> None:
    beside = Beside(ladder=tiers(("1000", "15%")))
    found = order("100", "10%", before=[earlier(sales)], beside=beside)

    assert [one["rate"] for one in said(found, "owes_percent")] == rates
    assert said(found, "tier_sales_month") == [
        {
            "start": "1000.00 RUB",
            "reached": f"{sales}{'' if '.' in sales else '.00'} RUB",
            "tier": "T1",
            "rate": "15%",
        }
        for rate in rates
        if rate == "15%"
    ]


def test_an_order_that_ends_at_a_threshold_has_no_part_above_it() -> None:
    beside = Beside(ladder=tiers(("1000", "15%"), mode="marginal"))
    found = order("100", "10%", before=[earlier("900")], beside=beside)

    assert (paid(found), codes(found)) == ("10.00 RUB", ["owes_percent"])


def test_an_order_whose_shop_names_no_lines_is_one_piece() -> None:
    assert paid(order("300", "10 RUB/item")) == "10.00 RUB"


def test_what_was_given_back_is_said_once_beside_several_rates() -> None:
    items = (ItemRate("HAT", "", "20%", "rule 1"),)
    found = order("300", "10%", items=TWO, back="60", beside=Beside(items=items))

    assert said(found, "refund_off") == [{"refunded": "60.00 RUB"}]
    assert said(order("300", "10%", items=TWO, beside=Beside(items=items)), "refund_off") == []

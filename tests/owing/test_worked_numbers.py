"""Do the worked numbers of the field come out? (field.md 8.1 and 8.5)."""

from __future__ import annotations

import pytest

from tests.owing.sums import codes, earlier, minor, order, owed, paid, tiers
from tracker.model import BaseRule
from tracker.terms import Beside, ItemRate

HATS = [("HAT", "hats", "3", "40")]
CAP = Beside(cap_order=minor("1500"), cap_currency="RUB")


@pytest.mark.parametrize(
    ("total", "rate", "due"),
    [
        ("10000", "15%", "1500.00 RUB"),  # F16
        ("10000", "500 RUB", "500.00 RUB"),
        ("40", "10%", "4.00 RUB"),  # a trial: 50 in the list, 40 paid
        ("120", "25%", "30.00 RUB"),
        ("120", "10 RUB", "10.00 RUB"),
        ("0.91", "100%", "0.91 RUB"),
    ],
)
def test_a_rate_of_one_order_comes_to_what_the_field_says(total: str, rate: str, due: str) -> None:
    assert paid(order(total, rate)) == due


def test_ten_an_item_is_thirty_for_three() -> None:
    found = order("120", "10 RUB/item", items=HATS)

    assert paid(found) == "30.00 RUB"
    assert codes(found) == ["owes_each"]
    assert dict(found.said[0][1]) == {
        "rate": "10.00 RUB/item", "count": "3", "amount": "30.00 RUB"}  # fmt: skip


@pytest.mark.parametrize(
    ("total", "due"),
    [("5000", "1000.00 RUB"), ("7500", "1500.00 RUB"), ("10000", "1500.00 RUB")],
)
def test_twenty_percent_but_at_most_1500(total: str, due: str) -> None:  # F19
    assert paid(order(total, "20%", beside=CAP)) == due


@pytest.mark.parametrize(("total", "due"), [("14999.99", "0"), ("15000", "3000.00 RUB")])
def test_a_sum_from_a_threshold_of_sales_on(total: str, due: str) -> None:  # F20, as a tier
    ladder = tiers(("15000", "3000 RUB"))

    assert paid(order("100", "0%", beside=Beside(ladder=ladder), before=[earlier(total)])) == due


@pytest.mark.parametrize(
    ("who_pays", "sums"),
    [
        ("on_top", [("ivan", "order", "1500.00 RUB"), ("olga", "bonus", "300.00 RUB")]),
        ("partner_share", [("ivan", "order", "1200.00 RUB"), ("olga", "bonus", "300.00 RUB")]),
    ],
)
def test_a_manager_who_helped_gets_a_fifth(
    who_pays: str, sums: list[tuple[str, str, str]]
) -> None:  # F18
    found = order("10000", "15%", beside=Beside(helper=("olga", "20", who_pays)))

    assert owed(found) == sums
    assert found.earned == (("ivan", 150000, "RUB"),)


@pytest.mark.parametrize(
    ("total", "shipping", "tax", "rule", "due"),
    [
        ("576.67", "65", "0", BaseRule.PAID, "115.33 RUB"),
        ("576.67", "65", "0", BaseRule.GOODS, "102.33 RUB"),
        ("27.50", "5", "2.50", BaseRule.GOODS, "4.00 RUB"),
        ("27.50", "5", "2.50", BaseRule.WITH_SHIPPING, "5.00 RUB"),
        ("27.50", "5", "2.50", BaseRule.PAID, "5.50 RUB"),
        ("60", "10", "0", BaseRule.GOODS, "10.00 RUB"),
        ("25", "10", "0", BaseRule.GOODS, "3.00 RUB"),
        ("25", "10", "0", BaseRule.WITH_SHIPPING, "5.00 RUB"),
    ],
)
def test_the_base_is_what_the_owner_chose(
    total: str, shipping: str, tax: str, rule: BaseRule, due: str
) -> None:
    found = order(total, "20%", rule=rule, shipping=minor(shipping), tax=minor(tax))

    assert paid(found) == due


@pytest.mark.parametrize(("before", "due"), [(3, "20.00 RUB"), (4, "30.00 RUB")])
def test_from_the_fifth_sale_on_twenty_percent_become_thirty(before: int, due: str) -> None:
    earlier_ones = [earlier(days=day) for day in range(1, before + 1)]
    found = order("100", "20%", beside=Beside(ladder=tiers((5, "30%"))), before=earlier_ones)

    assert paid(found) == due


FORMULA = tiers(*((5 * k, f"{30 + 2 * k}%") for k in range(1, 11)), period="ever")
"""30 + 2 * floor(N / 5), at most 50 %, as ten rows."""


@pytest.mark.parametrize(
    ("place", "due"),
    [(4, "30.00 RUB"), (5, "32.00 RUB"), (9, "32.00 RUB"), (10, "34.00 RUB"), (50, "50.00 RUB"),
     (60, "50.00 RUB")],
)  # fmt: skip
def test_a_tier_by_formula_is_a_row_for_each_step(place: int, due: str) -> None:
    before = [earlier(customer=f"e:{n}") for n in range(1, place)]

    assert paid(order("100", "30%", beside=Beside(ladder=FORMULA), before=before)) == due


@pytest.mark.parametrize(("back", "due"), [("", "800.00 RUB"), ("100", "720.00 RUB")])
def test_a_refund_of_a_tenth_takes_a_tenth_of_a_share_of_80_percent(back: str, due: str) -> None:
    assert paid(order("1000", "80%", back=back)) == due


@pytest.mark.parametrize(
    ("back", "due"), [("", "10.00 RUB"), ("30", "7.00 RUB"), ("60", "4.00 RUB")]
)
def test_two_partial_refunds_leave_seven_then_four(back: str, due: str) -> None:
    assert paid(order("100", "10%", back=back)) == due


def test_two_levels_are_ten_percent_and_five_of_the_order() -> None:
    found = order("1000", "10%", beside=Beside(level=("anna", "5%", "order")))

    assert owed(found) == [("ivan", "order", "100.00 RUB"), ("anna", "level", "50.00 RUB")]


def test_a_fixed_sum_a_month_for_a_year_is_600() -> None:
    months = [minor(paid(order("700", "50 RUB")).split(" ", maxsplit=1)[0]) for _ in range(12)]

    assert sum(months) == minor("600")


def test_a_code_for_hats_pays_for_the_hat_and_not_for_the_bag() -> None:
    items = [("HAT", "hats", "1", "100"), ("BAG", "bags", "1", "300")]
    found = order("400", "10%", items=items, beside=Beside(only=("hats",)))

    assert (paid(found), found.base) == ("10.00 RUB", minor("100"))


def test_a_rate_of_one_product_stands_beside_the_usual_one() -> None:
    items = [("HAT", "hats", "1", "100"), ("BAG", "bags", "1", "300")]
    own = (ItemRate("BAG", "", "20%", "rule 10"),)
    found = order("400", "10%", items=items, beside=Beside(items=own))

    assert paid(found) == "70.00 RUB"
    assert found.owed[0].rate == "10%, 20%"

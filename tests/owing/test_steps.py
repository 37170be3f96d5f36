"""Does each step of a commission do what it says, and in the order it says?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.owing.sums import codes, earlier, minor, order, owed, paid, tiers
from tracker.model import State
from tracker.terms import Beside, ItemRate, Sharer

MARIA = Sharer("maria", "15%", "partner")
TWO = [("HAT", "hats", "1", "100"), ("BAG", "bags", "2", "100")]


# 1 which lines count


def test_discount_and_refund_are_shared_over_the_lines_by_value() -> None:
    beside = Beside(only=("hats",))

    # Lines of 100 and 200 paid with 240: the hat's part is 80; 60 given back leave it 60.
    assert order("240", "10%", items=TWO, discount=minor("60"), beside=beside).base == minor("80")
    assert order("240", "10%", items=TWO, back="60", beside=beside).base == minor("60")


def test_parts_of_the_lines_sum_to_the_base() -> None:
    three = [(sku, "", "1", "10") for sku in "ABC"]
    bases = [order("100", "10%", items=three, beside=Beside(only=(sku,))).base for sku in "ABC"]

    assert bases == [3334, 3333, 3333]


def test_goods_that_are_left_out_do_not_count() -> None:
    found = order("300", "10%", items=TWO, beside=Beside(without=("BAG",)))

    assert (paid(found), codes(found)) == ("10.00 RUB", ["lines_without", "owes_percent"])


def test_without_lines_the_whole_order_counts_and_says_so() -> None:
    found = order("300", "10%", beside=Beside(only=("hats",)))

    assert (paid(found), codes(found)) == ("30.00 RUB", ["lines_missing", "owes_percent"])


def test_without_prices_the_sum_is_shared_by_pieces() -> None:
    rows = [("HAT", "hats", "1", ""), ("BAG", "bags", "2", "100")]
    found = order("300", "10%", items=rows, beside=Beside(only=("hats",)))

    assert (paid(found), codes(found)[0]) == ("10.00 RUB", "lines_unpriced")


def test_prices_are_not_missed_where_all_of_an_order_counts_alike() -> None:
    rows = [("HAT", "hats", "1", ""), ("BAG", "bags", "2", "")]
    found = order("300", "10%", items=rows, beside=Beside(without=("GIFT",)))

    assert (paid(found), codes(found)) == ("30.00 RUB", ["owes_percent"])


def test_a_product_that_is_not_counted_earns_nothing_beside_one_that_does() -> None:
    found = order("300", "10%", items=TWO, beside=Beside(items=(ItemRate("", "bags", "", "rule"),)))

    assert (paid(found), found.base) == ("10.00 RUB", minor("100"))
    assert codes(found) == ["line_nothing", "line_percent", "owes_together"]


def test_a_sum_for_each_bag_is_counted_by_pieces() -> None:
    own = (ItemRate("BAG", "", "7 RUB/item", "rule"),)
    found = order("300", "10%", items=TWO, beside=Beside(items=own))

    assert paid(found) == "24.00 RUB"
    assert found.owed[0].rate == "10%, 7.00 RUB/item"


# 2 tiers


@pytest.mark.parametrize(
    ("sold", "due"),
    [("0", "20.00 RUB"), ("900", "25.00 RUB"), ("999", "29.95 RUB"), ("1000", "30.00 RUB"),
     ("5000", "30.00 RUB")],
)  # fmt: skip
def test_marginal_tiers_cut_the_order_at_the_threshold(sold: str, due: str) -> None:
    """An order of 200 at 10 % up to sales of 1000, at 15 % above."""
    ladder = tiers(("1000", "15%"), mode="marginal")
    found = order("200", "10%", beside=Beside(ladder=ladder), before=[earlier(sold)])

    assert paid(found) == due


def test_a_tier_of_sales_counts_what_was_sold_before_the_order() -> None:
    ladder = tiers(("1000", "15%"))
    crossing = order("5000", "10%", beside=Beside(ladder=ladder), before=[earlier("999")])

    assert paid(crossing) == "500.00 RUB"


def test_a_tier_that_counts_shows_its_rate_on_the_line() -> None:
    found = order("100", "10%", beside=Beside(ladder=tiers((1, "20%"))))

    assert found.owed[0].rate == "20%"
    assert codes(found) == ["tier_orders_month", "owes_percent"]


def test_a_rate_of_a_product_goes_before_the_tier() -> None:
    own = (ItemRate("BAG", "", "1%", "rule"),)
    found = order("300", "10%", items=TWO, beside=Beside(items=own, ladder=tiers((1, "20%"))))

    assert paid(found) == "22.00 RUB"


# 3 approval


@pytest.mark.parametrize(
    ("approve", "state", "delivered", "said"),
    [
        ("placed", State.PENDING, False, "owes_percent"),
        ("paid", State.PENDING, False, "owes_pending"),
        ("paid", State.PAID, False, "owes_percent"),
        ("delivered", State.PAID, False, "owes_not_delivered"),
        ("delivered", State.PAID, True, "owes_percent"),
        ("delivered", State.PENDING, True, "owes_pending"),
        ("placed", State.CANCELLED, True, "owes_cancelled"),
        ("placed", State.REFUNDED, True, "owes_refunded"),
    ],
)
def test_an_order_earns_from_the_state_on_that_approves_it(
    *, approve: str, state: State, delivered: bool, said: str
) -> None:
    found = order("100", "10%", state=state, delivered=delivered, beside=Beside(approve=approve))

    assert codes(found) == [said]
    assert paid(found) == ("10.00 RUB" if said == "owes_percent" else "0")


# 4 and 5 cap and split


def test_two_partners_earn_each_by_his_rate_of_one_half() -> None:
    found = order("100.01", "10%", beside=Beside(sharers=(MARIA,)))

    # 5.0005 + 7.50075 = 12.50125: 12.50, of which 5.00 and 7.50
    assert owed(found) == [("ivan", "order", "5.00 RUB"), ("maria", "order", "7.50 RUB")]
    assert found.owed[1].rate == "15%"


def test_the_coin_left_over_goes_to_the_first_of_equals() -> None:
    found = order("0.50", "10%", beside=Beside(sharers=(Sharer("maria", "10%", "partner"),)))

    assert owed(found) == [("ivan", "order", "0.03 RUB"), ("maria", "order", "0.02 RUB")]


def test_the_cap_of_an_order_holds_for_all_who_share_it() -> None:
    beside = Beside(cap_order=minor("10"), cap_currency="RUB", sharers=(MARIA,))
    found = order("1000", "10%", beside=beside)

    # 50 and 75 in the proportion 2 : 3
    assert owed(found) == [("ivan", "order", "4.00 RUB"), ("maria", "order", "6.00 RUB")]
    assert codes(found) == ["owes_percent", "cap_order", "split"]


def test_a_cap_binds_only_its_own_currency() -> None:
    beside = Beside(cap_order=1, cap_customer=1, cap_month=1, budget_month=1, cap_currency="RUB")

    assert paid(order("100", "10%", currency="EUR", beside=beside)) == "10.00 EUR"


# 6 limits


@pytest.mark.parametrize(
    ("limit", "before", "due", "said"),
    [
        ("cap_customer", [earlier(earned="450")], "50.00 RUB", ["cap_customer"]),
        ("cap_customer", [earlier(earned="450", customer="e:2")], "100.00 RUB", []),
        ("cap_customer", [earlier(earned="450", who="maria")], "100.00 RUB", []),
        ("cap_customer", [earlier(earned="500")], "0", ["cap_customer"]),
        ("cap_month", [earlier(earned="450", customer="e:2")], "50.00 RUB", ["cap_month"]),
        ("cap_month", [earlier(earned="450", days=19)], "100.00 RUB", []),  # in September
        ("cap_month", [earlier(earned="450", who="maria")], "100.00 RUB", []),
        ("budget_month", [earlier(earned="450", who="maria")], "50.00 RUB", ["budget_month"]),
        ("budget_month", [earlier(earned="400", who="maria")], "100.00 RUB", []),
    ],
)
def test_a_limit_leaves_what_earlier_orders_did_not_use(
    limit: str, before: list[object], due: str, said: list[str]
) -> None:
    beside = Beside(cap_currency="RUB", **{limit: minor("500")})  # type: ignore[arg-type]
    found = order("1000", "10%", beside=beside, before=before)  # type: ignore[arg-type]

    assert (paid(found), codes(found)) == (due, ["owes_percent", *said])


def test_the_narrowest_of_several_limits_decides() -> None:
    beside = Beside(cap_currency="RUB", cap_order=9000, cap_customer=8000, cap_month=7000,
                    budget_month=6000)  # fmt: skip
    found = order("1000", "10%", beside=beside)

    assert paid(found) == "60.00 RUB"
    assert codes(found)[1:] == ["cap_order", "cap_customer", "cap_month", "budget_month"]


def test_what_is_left_of_the_budget_is_shared_in_proportion() -> None:
    beside = Beside(budget_month=minor("50"), cap_currency="RUB", sharers=(MARIA,))

    assert owed(order("1000", "10%", beside=beside)) == [
        ("ivan", "order", "20.00 RUB"), ("maria", "order", "30.00 RUB")]  # fmt: skip


# 7 to 9 bonus, level, exchange


def test_a_manager_s_share_comes_out_of_every_partner_s_part() -> None:
    beside = Beside(sharers=(MARIA,), helper=("olga", "20", "partner_share"))
    found = order("1000", "10%", beside=beside)

    assert owed(found) == [
        ("ivan", "order", "40.00 RUB"), ("maria", "order", "60.00 RUB"),
        ("olga", "bonus", "25.00 RUB")]  # fmt: skip
    said = dict(dict(found.said)["bonus_from_share"])
    assert said == {
        "manager": "olga",
        "rate": "20%",
        "of": "125.00 RUB",
        "bonus": "25.00 RUB",
        "left": "100.00 RUB",
    }


def test_nobody_gets_a_bonus_for_help_with_his_own_order() -> None:
    found = order("1000", "10%", beside=Beside(helper=("ivan", "20", "on_top")))

    assert (paid(found), codes(found)[-1]) == ("100.00 RUB", "bonus_own_order")


@pytest.mark.parametrize(
    ("rate", "of", "due"),
    [
        ("10%", "commission", "10.00 RUB"),
        ("5%", "order", "50.00 RUB"),
        ("7.00 RUB", "order", "7.00 RUB"),
    ],
)
def test_the_level_above_earns_of_the_commission_of_the_order_or_a_sum(
    rate: str, of: str, due: str
) -> None:
    found = order("1000", "10%", beside=Beside(level=("anna", rate, of)))

    assert owed(found)[1] == ("anna", "level", due)
    assert found.owed[1].rate == rate


def test_where_the_partner_earns_nothing_nor_does_the_level_above() -> None:
    beside = Beside(cap_month=0, cap_currency="RUB", level=("anna", "5%", "order"))

    assert owed(order("1000", "10%", beside=beside)) == []


def test_every_account_of_the_partner_is_paid_in_his_currency() -> None:
    beside = Beside(pay_currency="EUR", fx_rate="0.0101", fx_on="2026-10-01",
                    level=("anna", "10%", "commission"))  # fmt: skip
    found = order("1000", "10%", beside=beside)

    assert owed(found) == [("ivan", "order", "1.01 EUR"), ("anna", "level", "10.00 RUB")]
    assert (found.owed[0].rate, found.earned) == ("10%", (("ivan", 10000, "RUB"),))


def test_coins_of_different_size_are_exchanged_to_the_coin() -> None:
    beside = Beside(pay_currency="JPY", fx_rate="1.55", fx_on="2026-10-01")

    assert paid(order("1000", "10%", beside=beside)) == "155 JPY"
    assert paid(order("10.10", "10%", beside=beside)) == "2 JPY"  # 1.01 x 1.55 = 1.5655


# properties

_PERCENT = st.integers(0, 100).map(lambda number: f"{number}%")


@settings(max_examples=60)
@given(
    total=st.integers(0, 10**7),
    rates=st.lists(_PERCENT, min_size=1, max_size=4),
    cap=st.integers(0, 10**5),
    helper=st.sampled_from([None, ("olga", "20", "partner_share")]),
)
def test_shares_are_never_above_the_cap_nor_below_zero(
    total: int, rates: list[str], cap: int, helper: tuple[str, str, str] | None
) -> None:
    others = tuple(Sharer(f"p{at}", rate, "") for at, rate in enumerate(rates[1:]))
    beside = Beside(cap_order=cap, cap_currency="RUB", sharers=others, helper=helper)
    found = order(f"{total // 100}.{total % 100:02d}", rates[0], beside=beside)

    assert sum(one.minor for one in found.owed) <= cap
    assert all(one.minor > 0 for one in found.owed)


@settings(max_examples=60)
@given(
    limit=st.integers(0, 10**6),
    totals=st.lists(st.integers(0, 10**6), min_size=1, max_size=8),
)
def test_orders_of_a_month_never_earn_more_than_its_limit(limit: int, totals: list[int]) -> None:
    beside = Beside(cap_month=limit, cap_currency="RUB")
    before = [earlier(earned="0")]
    for total in totals:
        found = order(f"{total // 100}.{total % 100:02d}", "50%", beside=beside, before=before)
        earned = sum(one.minor for one in found.owed)
        before.append(earlier(earned=f"{earned // 100}.{earned % 100:02d}"))
    spent = sum(minor_ for one in before for _, minor_, _ in one.earned)

    assert spent == min(limit, sum((total + 1) // 2 for total in totals))


@settings(max_examples=60)
@given(total=st.integers(0, 10**6), sold=st.integers(0, 10**6))
def test_marginal_parts_earn_between_the_lowest_and_the_highest_rate(total: int, sold: int) -> None:
    ladder = tiers(("1000", "15%"), ("5000", "20%"), mode="marginal")
    before = [earlier(f"{sold // 100}.{sold % 100:02d}")]
    found = order(
        f"{total // 100}.{total % 100:02d}", "10%", beside=Beside(ladder=ladder), before=before
    )
    earned = sum(one.minor for one in found.owed)

    assert (total * 10 + 50) // 100 <= earned <= (total * 20 + 50) // 100

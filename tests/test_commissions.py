"""Is the commission of an order what a person works out by hand?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.world import World
from tracker.asked import Asker
from tracker.cells import Cell
from tracker.commissions import Figures, Owed, base, figures, share, unbookable
from tracker.history import History
from tracker.layout import Tab
from tracker.model import BaseRule, State
from tracker.orders import Facts
from tracker.programme import Programme
from tracker.rates import read_rate
from tracker.reckoning import Sold, reckon
from tracker.terms import Terms


def sums(total: int, *, goods_back: int = 0, shipping_back: int = 0, **fields: int) -> Figures:
    """Figures of an order in minor units; what is not named is 0."""
    shipping, tax = fields.get("shipping", 0), fields.get("tax", 0)
    return Figures(
        total=total,
        goods=max(0, total - shipping - tax),
        shipping=shipping,
        tax=tax,
        discount=fields.get("discount", 0),
        refunded_goods=goods_back,
        refunded_shipping=shipping_back,
        refunded_tax=0,
    )


def commission(
    figures: Figures, rate: str, rule: BaseRule = BaseRule.GOODS, state: State = State.PAID
) -> int:
    fixed = Terms(rate=read_rate(rate), base_rule=rule, payable_on=date(2026, 11, 2))
    sold = Sold(state=state, sums=figures, currency="RUB", partner_id="ivan")
    programme = Programme()
    found = reckon(sold, fixed, Asker(Facts(), programme, History(programme)))
    return sum(one.minor for one in found.owed)


# total, shipping, tax, discount, rate, rule, commission: field.md 8.5, in minor units
# fmt: off
@pytest.mark.parametrize(
    ("total", "shipping", "tax", "discount", "rate", "rule", "minor"),
    [
        (57667, 6500,   0,    0, "20%", BaseRule.GOODS,           10233),
        (57667, 6500,   0,    0, "20%", BaseRule.PAID,            11533),
        ( 2750,  500, 250,    0, "20%", BaseRule.GOODS,             400),
        ( 2750,  500, 250,    0, "20%", BaseRule.WITH_SHIPPING,     500),
        ( 2750,  500, 250,    0, "20%", BaseRule.PAID,              550),
        ( 6000, 1000,   0,    0, "20%", BaseRule.GOODS,            1000),
        ( 2500, 1000,   0,    0, "20%", BaseRule.GOODS,             300),
        ( 2500, 1000,   0,    0, "20%", BaseRule.WITH_SHIPPING,     500),
        ( 4000,    0,   0, 1000, "10%", BaseRule.GOODS,             400),
        ( 4000,    0,   0, 1000, "10%", BaseRule.BEFORE_DISCOUNT,   500),
        (12000,    0,   0,    0, "25%", BaseRule.GOODS,            3000),
        (1000000,  0,   0,    0, "15%", BaseRule.GOODS,          150000),
    ],
)
def test_the_base_decides_what_the_percent_comes_to(
    total: int, shipping: int, tax: int, discount: int, rate: str, rule: BaseRule, minor: int
) -> None:
    order = sums(total, shipping=shipping, tax=tax, discount=discount)

    assert commission(order, rate, rule) == minor
# fmt: on


@pytest.mark.parametrize(
    ("total", "percent", "minor"),
    [(5, "10", 1), (4, "10", 0), (15, "10", 2), (25, "10", 3), (1, "50", 1), (333, "12.5", 42)],
)
def test_half_a_coin_is_rounded_up(total: int, percent: str, minor: int) -> None:
    assert share(total, Decimal(percent)) == minor


@pytest.mark.parametrize(("back", "minor"), [(3000, 700), (6000, 400), (9999, 0), (10000, 0)])
def test_a_cumulative_refund_leaves_the_percent_of_the_rest(back: int, minor: int) -> None:
    assert commission(sums(10000, goods_back=back), "10%") == minor


@pytest.mark.parametrize(("back", "minor"), [(0, 1000), (11999, 1000), (12000, 0), (13000, 0)])
def test_a_sum_is_owed_whole_until_the_order_is_wholly_refunded(back: int, minor: int) -> None:
    assert commission(sums(12000, goods_back=back), "10 RUB") == minor


def test_an_order_whose_goods_all_came_back_owes_nothing_for_its_postage() -> None:
    order = sums(12000, shipping=2000, goods_back=10000)

    assert order.wholly_refunded
    assert commission(order, "10%", BaseRule.PAID) == 0


def test_refunded_postage_lowers_only_the_bases_that_hold_postage() -> None:
    order = sums(12000, shipping=2000, shipping_back=2000)

    assert base(order, BaseRule.GOODS) == 10000
    assert base(order, BaseRule.WITH_SHIPPING) == 10000
    assert base(order, BaseRule.PAID) == 10000


@pytest.mark.parametrize("state", [State.PENDING, State.CANCELLED, State.REFUNDED])
def test_an_order_that_is_not_paid_owes_nothing(state: State) -> None:
    assert commission(sums(10000), "10%", state=state) == 0
    assert commission(sums(10000), "500 RUB", state=state) == 0


def test_a_free_order_has_no_base_and_is_not_refunded() -> None:
    assert commission(sums(0), "10%") == 0
    assert commission(sums(0), "500 RUB") == 50000


def test_more_postage_than_was_paid_is_a_base_of_nothing() -> None:
    assert base(sums(1000, shipping=1500), BaseRule.GOODS) == 0


@settings(max_examples=60)
@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from(BaseRule))
def test_a_commission_is_never_below_zero_nor_above_the_order(
    total: int, back: int, rule: BaseRule
) -> None:
    order = sums(total, goods_back=back)

    assert 0 <= commission(order, "15%", rule) <= total
    assert commission(sums(total, goods_back=total), "15%", rule) == 0


def test_two_cumulative_refunds_leave_7_then_4() -> None:
    world = World()
    left = []
    for refunded in ("0", "30", "60"):
        world.deliver("1", total="100", refunded=refunded)
        world.sync()
        left.append(world.balance())

    assert left == ["10.00", "7.00", "4.00"]
    assert [amount for _, _, amount in world.lines("1")] == ["10", "-3", "-3"]


# total, shipping, tax; of each given back goods, shipping, tax; all given back, wholly refunded
@pytest.mark.parametrize(
    ("order", "back", "refunded", "wholly"),
    [
        ((1200, 0, 200), (100, 0, 20), 120, False),
        ((1000, 100, 0), (800, 200, 0), 1000, True),  # as much as was paid, however it is split
        ((1000, 100, 0), (800, 199, 0), 999, False),
        ((501, 500, 0), (1, 0, 0), 1, True),
        ((500, 500, 0), (0, 100, 0), 100, False),  # an order of nothing but postage
        ((500, 500, 0), (0, 500, 0), 500, True),
    ],
)
def test_an_order_is_wholly_refunded_with_its_goods_or_with_all_that_was_paid(
    order: tuple[int, int, int], back: tuple[int, int, int], refunded: int, *, wholly: bool
) -> None:
    total, shipping, tax = order
    left = replace(
        sums(total, goods_back=back[0], shipping_back=back[1], shipping=shipping, tax=tax),
        refunded_tax=back[2],
    )

    assert (left.refunded, left.wholly_refunded) == (refunded, wholly)


def known(**fields: object) -> Facts:
    """Facts of an order in roubles."""
    said = {"currency": "RUB"} | fields
    return Facts({name: (value, ("", 0, "", "")) for name, value in said.items()})


@pytest.mark.parametrize(
    ("total", "shipping", "tax", "goods"),
    [(1200, 100, 200, 900), (100, 100, 0, 0), (100, 90, 20, 0)],
)
def test_goods_are_the_total_without_postage_and_tax_and_never_below_nothing(
    total: int, shipping: int, tax: int, goods: int
) -> None:
    assert figures(known(total=total, shipping=shipping, tax=tax)).goods == goods


def test_refunds_finer_than_the_coin_are_added_up_before_they_are_rounded() -> None:
    rows = [
        [name, "", amount, "0", "0"]
        for name, amount in (("a", "3.333"), ("b", "3.333"), ("c", "3.334"))
    ]
    facts = known(total=1000, refunds=rows)

    assert figures(facts).refunded_goods == 1000  # and not three times 333
    assert figures(facts).wholly_refunded


def test_an_account_names_a_rate_only_where_it_has_one_of_its_own() -> None:
    usual = Owed("ivan", "order", 150050, "RUB")
    own = Owed("olya", "bonus", -7, "JPY", "2%")

    assert usual.row() == ["ivan", "order", 150050, "RUB"]
    assert usual.words() == ["ivan", "order", "1500.50", "RUB"]
    assert own.row() == ["olya", "bonus", -7, "JPY", "2%"]
    assert own.words() == ["olya", "bonus", "-7", "JPY", "2%"]


@pytest.mark.parametrize(
    ("minor", "too_much"),
    [(10**13 - 1, False), (10**13, True), (1 - 10**13, False), (-(10**13), True)],
)
def test_no_line_books_a_hundred_milliards(minor: int, *, too_much: bool) -> None:
    assert unbookable(Owed("ivan", "order", minor, "RUB")) is too_much


def test_a_sum_is_owed_in_its_own_currency() -> None:
    world = World()
    world.edit(Tab.PARTNERS, "ivan", "rate", "500 RUB")
    world.deliver("1", total="120", currency="EUR")
    world.sync()

    assert (world.balance("ivan", "RUB"), world.balance("ivan", "EUR")) == ("500.00", "0.00")


def test_the_code_s_rate_goes_before_the_partner_s_and_that_before_the_programme_s() -> None:
    world = World()
    world.type(Tab.CODES, code="MARIA30", partner_id="maria", rate="30%")
    for order_id, code in (("1", "IVAN01"), ("2", "MARIA01"), ("3", "MARIA30")):
        world.deliver(order_id, codes=[code])
    world.sync()

    assert [world.lines(one)[0][2] for one in "123"] == ["100", "150", "300"]


def test_an_edited_rate_base_or_hold_changes_the_future_only() -> None:
    world = World()
    world.deliver("1")
    world.sync()
    for key, value in (("rate", "50%"), ("base", "paid"), ("hold_days", "1")):
        world.edit(Tab.SETTINGS, key, "value", value)
    world.deliver("1", refunded="300")
    world.deliver("2")
    world.sync()

    assert [amount for _, _, amount in world.lines("1")] == ["100", "-30"]
    assert [amount for _, _, amount in world.lines("2")] == ["500"]
    assert world.latest("1").payable_on == date(2026, 11, 2)
    assert world.latest("2").payable_on == date(2026, 10, 20)


@pytest.mark.parametrize(
    ("rate", "currency", "sums"),
    [
        (Decimal("0.123456789"), "RUB", ["123.46", "111.11"]),
        (Decimal("0.3333333333333333"), "RUB", ["333.33", "300.00"]),
        ("5 KWD", "KWD", ["5.000", "5.000"]),
        ("1500 JPY", "JPY", ["1500", "1500"]),
    ],
)
def test_a_rate_of_any_fineness_is_copied_exactly(
    rate: Cell, currency: str, sums: list[str]
) -> None:
    world = World()
    world.edit(Tab.PARTNERS, "ivan", "rate", rate)
    found = []
    for refunded in ("0", "100"):
        world.deliver("1", refunded=refunded)
        world.sync()
        found.append(world.balance("ivan", currency))

    assert found == sums


def test_terms_are_fixed_while_the_order_still_owes_nothing() -> None:
    world = World()
    world.deliver("1", state="pending")
    world.sync()
    world.edit(Tab.SETTINGS, "rate", "value", "50%")
    world.deliver("1", state="paid")
    world.sync()

    assert world.lines("1") == [("ivan", "sale", "100")]


def test_an_order_first_seen_cancelled_fixes_its_terms_all_the_same() -> None:
    world = World()
    world.deliver("1", state="cancelled")
    world.sync()
    world.edit(Tab.SETTINGS, "rate", "value", "50%")
    world.deliver("1", state="paid")
    world.sync()

    assert world.lines("1") == [("ivan", "sale", "100")]


def test_another_code_of_the_same_partner_has_its_own_terms_and_the_same_payable_day() -> None:
    world = World()
    world.type(Tab.CODES, code="IVAN20", partner_id="ivan", rate="20%")
    world.deliver("1")
    world.sync()
    world.edit(Tab.SETTINGS, "hold_days", "value", "30")
    world.deliver("1", codes=["IVAN20"])
    world.sync()

    assert [amount for _, _, amount in world.lines("1")] == ["100", "100"]
    assert world.latest("1").rate == "20%"
    assert world.latest("1").payable_on == date(2026, 11, 2)

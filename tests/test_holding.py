"""Is only that on hold which was not taken back, in balances, letters and proposals alike?"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.world import World
from tracker.holding import held
from tracker.layout import Tab
from tracker.lines import CommissionLine, step_id
from tracker.metrics import balances
from tracker.payout_facts import Payout
from tracker.payout_filters import EVERYTHING, Wanted
from tracker.payouts import propose
from tracker.programme import Partner, Programme
from tracker.statements import Account

NOVEMBER = datetime(2026, 11, 15, 12, tzinfo=UTC)
TODAY, LATER = date(2026, 11, 15), date(2026, 11, 20)
RIPE = date(2026, 10, 20)
IVAN = {"ivan": Partner(partner_id="ivan", payout_details="card")}
NO_MINIMUM = Programme(min_payout={})


def line(
    order: str, minor: int, payable: date = LATER, *, day: int = 10, month: int = 10, n: int = 1,
    of: str = "ivan", role: str = "order", currency: str = "RUB",
) -> CommissionLine:  # fmt: skip
    """A step of an order's account, booked in October."""
    return CommissionLine(
        booked_at=datetime(2026, month, day, tzinfo=UTC), partner_id=of, kind="", currency=currency,
        source="generic", order_id=order, rate="10%", base=None, payable_on=payable, because="",
        role=role, n=n, before=0, after=minor, fact="",
        line_id=step_id(("generic", order), (of, role, currency), n, 0, minor),
    )  # fmt: skip


def four_ripe() -> list[CommissionLine]:
    return [line(str(number), 100, RIPE) for number in range(4)]


def whole(lines: list[CommissionLine]) -> tuple[int, int, int]:
    """Balance, on hold and payable of ivan's only account."""
    [one] = balances(lines, (), TODAY)
    return one.balance, one.on_hold, one.payable


def proposed(
    lines: list[CommissionLine], earlier: tuple[Payout, ...] = (), wanted: Wanted = EVERYTHING
) -> list[int]:
    found = propose(lines, earlier, IVAN, NO_MINIMUM, NOVEMBER, wanted=wanted)
    return [one.minor for one in found.payouts]


# Balances.


def test_an_order_given_back_is_no_longer_on_hold_and_lowers_nothing() -> None:
    own, full, back = line("own", 100), line("full", 100), line("full", -100, n=2)

    assert whole([*four_ripe(), own, full]) == (600, 200, 400)
    assert whole([*four_ripe(), own, full, back]) == (500, 100, 400)


def test_of_an_order_given_back_in_part_the_rest_is_on_hold() -> None:
    assert whole([*four_ripe(), line("part", 100), line("part", -30, n=2)]) == (470, 70, 400)


def test_more_taken_back_than_waits_lowers_what_is_payable() -> None:
    lines = [line("deal", 100, role="adjustment"), line("deal", -150, n=2, role="adjustment")]

    assert whole([*four_ripe(), *lines]) == (350, 0, 350)


def test_what_one_account_lost_is_not_taken_from_another_that_waits() -> None:
    lines = [
        line("1", 100), line("2", -60), line("1", -20, role="bonus"), line("1", -30, of="maria"),
        line("1", -40, currency="EUR"),
    ]  # fmt: skip

    assert held(lines, TODAY) == {("generic", "1", "ivan", "order", "RUB"): 100}


def test_on_its_day_nothing_is_on_hold_any_more() -> None:
    lines = [line("1", 100), line("1", -30, n=2)]

    assert [sum(held(lines, date(2026, 11, day)).values()) for day in (19, 20)] == [70, 0]


# Proposals.


def test_what_was_given_back_during_the_hold_lowers_no_payout() -> None:
    lines = [*four_ripe(), line("own", 100), line("full", 100), line("full", -100, n=2)]

    assert proposed(lines) == [400]


def test_once_the_hold_is_over_sale_and_clawback_are_weighed_together() -> None:
    part = [line("part", 100, TODAY), line("part", -30, TODAY, n=2)]

    assert proposed([*four_ripe(), *part]) == [470]


def test_what_is_booked_this_month_waits_with_what_takes_it_back() -> None:
    fresh = [line("5", 100, TODAY, month=11), line("5", -100, TODAY, month=11, n=2)]

    assert proposed([*four_ripe(), *fresh]) == [400]


@pytest.mark.parametrize(
    ("lines", "minor"),
    [
        ([line("a", -50, role="adjustment")], 350),  # it takes back nothing
        ([line("a", 100, role="adjustment"), line("a", -150, n=2, role="adjustment")], 250),
        ([line("9", 100, RIPE), line("9", -100, RIPE, n=2, month=11)], 400),  # it was ripe before
        ([line("9", 100), line("9", -60, n=2), line("9", -60, n=3)], 280),  # 100 do not cover 120
        ([line("9", 100), line("8", -10)], 390),  # another order's
        ([line("9", 100), line("9", -10, of="maria")], 400),  # another partner's
    ],
)
def test_a_sum_below_zero_that_nothing_waiting_covers_counts_at_once(
    lines: list[CommissionLine], minor: int
) -> None:
    assert proposed([*four_ripe(), *lines]) == [minor]


def test_what_stands_in_a_payout_covers_nothing() -> None:
    sale = line("9", 100, RIPE)
    [first] = propose([sale], (), IVAN, NO_MINIMUM, NOVEMBER).payouts
    lines = [*four_ripe(), sale, line("9", -100, RIPE, n=2, month=11)]

    assert proposed(lines, (first,)) == [300]


def test_what_a_filter_leaves_out_covers_nothing() -> None:
    early, late = line("1", 100, date(2026, 10, 1)), line("2", 100, RIPE)
    until = Wanted(until=date(2026, 10, 1))

    assert proposed([early, late, line("2", -30, RIPE, n=2)], wanted=until) == [70]
    assert proposed([early, line("2", 100), line("2", -30, n=2)], wanted=until) == [100]


# The letter.


def sold(**refunded: str) -> World:
    """Four orders of 1000 RUB on 1 October and two on the 25th: 100.00 each, held for 14 days."""
    world = World(now=datetime(2026, 10, 26, 12, tzinfo=UTC), min_payout="0")
    days = dict.fromkeys(["1", "2", "3", "4"], 1) | {"own": 25, "full": 25}
    for name, day in days.items():
        world.deliver(name, ordered_at=f"2026-10-{day:02}T10:00:00Z")
    world.sync()
    for name, back in refunded.items():
        world.move(days=1)
        world.deliver(name, ordered_at="2026-10-25T10:00:00Z", refunded=back)
        world.sync()
    return world


def rubles(world: World, month: str = "2026-10") -> Account:
    [found] = world.statement("ivan", month).accounts
    return found


def listed(world: World) -> list[tuple[str, int]]:
    return [(one.order_id, one.minor) for one in rubles(world).held]


def test_letter_balances_and_payout_tell_the_same_of_an_order_given_back() -> None:
    world = sold(full="1000")
    told = rubles(world)

    assert listed(world) == [("own", 10000)]
    assert (told.closing, told.on_hold, told.payable) == (50000, 10000, 40000)
    assert (world.balance(of="on_hold"), world.balance(of="payable")) == ("100.00", "400.00")
    world.now = datetime(2026, 11, 1, 12, tzinfo=UTC)
    assert [one.minor for one in world.propose()] == [40000]


def test_an_order_given_back_in_part_is_listed_once_with_what_is_left() -> None:
    assert listed(sold(full="400")) == [("full", 6000), ("own", 10000)]


@pytest.mark.parametrize(
    ("day", "came_off"),
    [
        (7, [("full", 6000), ("own", 10000)]),  # it never came off hold
        (8, [("full", 10000), ("own", 10000)]),  # it had, and was taken back from the balance
    ],
)
def test_what_came_off_hold_is_what_was_not_taken_back_before_its_day(
    day: int, came_off: list[tuple[str, int]]
) -> None:
    world = sold()
    world.now = datetime(2026, 11, 1, 12, tzinfo=UTC)
    world.seal("2026-10")
    world.now = datetime(2026, 11, day, 12, tzinfo=UTC)
    world.deliver("full", ordered_at="2026-10-25T10:00:00Z", refunded="400")
    world.sync()

    found = rubles(world, "2026-11").ripened
    assert [(one.order_id, one.minor) for one in found] == came_off


def test_a_negative_balance_waits_for_nothing() -> None:
    world = sold(full="1000", own="1000")
    world.type(Tab.ADJUSTMENTS, adjustment_id="a1", partner_id="ivan", amount=Decimal(-500))
    world.sync()

    assert (world.balance(), world.balance(of="payable")) == ("-100.00", "-100.00")


# Whatever happens.

DAYS = [RIPE, TODAY, date(2026, 11, 16), LATER]
steps = st.lists(st.tuples(st.integers(0, 3), st.integers(-200, 200).filter(bool)), max_size=14)


def lived(
    drawn: list[tuple[int, int]], roles: dict[int, str], month: int = 10
) -> list[CommissionLine]:
    """Four accounts of ivan's, each with one day for all of its lines, as the ledger has them."""
    return [
        line(str(at), minor, DAYS[at], n=n, role=roles.get(at, "order"), month=month)
        for n, (at, minor) in enumerate(drawn, 1)
    ]


@settings(max_examples=150)
@given(steps)
def test_on_hold_and_payable_make_the_balance_and_no_account_holds_more_than_it_has(
    drawn: list[tuple[int, int]],
) -> None:
    lines = lived(drawn, {3: "bonus"})
    sums = Counter[str]()
    for number, minor in drawn:
        sums[str(number)] += minor

    for one in balances(lines, (), TODAY):
        assert one.payable + one.on_hold == one.balance == sum(sums.values())
    for (_, order, *_), minor in held(lines, TODAY).items():
        assert 0 < minor == sums[order]
        assert order in ("2", "3")


@settings(max_examples=150)
@given(steps, steps, st.sampled_from([EVERYTHING, Wanted(until=RIPE), Wanted(since=TODAY)]))
def test_no_payouts_together_are_more_than_is_payable(
    first: list[tuple[int, int]], then: list[tuple[int, int]], wanted: Wanted
) -> None:
    before = lived(first, {})
    made = propose(before, (), IVAN, NO_MINIMUM, NOVEMBER, wanted=wanted).payouts
    for one in made:
        assert one.minor <= whole(before)[2]
    lines = [*before, *(line(o, m, d, n=n + 50) for n, (o, m, d) in enumerate(
        (str(at), minor, DAYS[at]) for at, minor in then
    ))]  # fmt: skip
    for one in propose(lines, made, IVAN, NO_MINIMUM, NOVEMBER).payouts:
        assert one.minor + sum(paid.minor for paid in made) <= whole(lines)[2]


@settings(max_examples=150)
@given(steps)
def test_without_a_hold_all_that_is_payable_is_proposed(drawn: list[tuple[int, int]]) -> None:
    lines = [line(str(at), minor, RIPE, n=n) for n, (at, minor) in enumerate(drawn, 1)]
    due = sum(minor for _, minor in drawn)

    assert proposed(lines) == ([due] if due > 0 else [])

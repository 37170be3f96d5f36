"""Who can be paid, how much, and is nobody proposed twice?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.world import World
from tracker.layout import Tab
from tracker.lines import CommissionLine, step_id
from tracker.payout_facts import Fate, Payout
from tracker.payouts import LINES_A_PAYOUT_MAX, payout_id, propose
from tracker.programme import Partner, Programme

NOVEMBER = datetime(2026, 11, 15, 12, tzinfo=UTC)
IVAN = {"ivan": Partner(partner_id="ivan", payout_details="card")}


def line(
    number: int, minor: int, *, payable: date = date(2026, 10, 1), currency: str = "RUB"
) -> CommissionLine:
    """A line of ivan's, booked in October."""
    key, account = ("generic", str(number)), ("ivan", "order", currency)
    before, after = (0, minor) if minor > 0 else (-minor, 0)
    return CommissionLine(
        booked_at=datetime(2026, 10, 10, tzinfo=UTC),
        partner_id="ivan",
        kind="sale" if minor > 0 else "clawback",
        currency=currency,
        source="generic",
        order_id=str(number),
        rate="10%",
        base=None,
        payable_on=payable,
        because="",
        role="order",
        n=1,
        before=before,
        after=after,
        fact="",
        line_id=step_id(key, account, 1, before, after),
    )


def proposed(lines: list[CommissionLine], earlier: tuple[Payout, ...] = ()) -> tuple[Payout, ...]:
    return propose(lines, earlier, IVAN, Programme(), NOVEMBER).payouts


def test_on_the_15th_of_november_the_payout_covers_october() -> None:
    world = World(now=datetime(2025, 10, 1, 9, tzinfo=UTC), hold_days="0")
    moments = ["2025-09-30T21:00:00Z", "2025-10-31T20:59:59Z", "2025-10-31T21:00:00Z"]
    for number, moment in enumerate(moments):
        world.now = datetime.fromisoformat(moment)
        world.deliver(str(number), total="20000", ordered_at=moment)
        world.sync()
    world.now = datetime(2025, 11, 15, 9, tzinfo=UTC)
    (payout,) = world.propose()
    world.now = datetime(2025, 12, 15, 9, tzinfo=UTC)
    (later,) = world.propose()

    assert (payout.minor, len(payout.lines)) == (400000, 2)
    assert (later.minor, len(later.lines)) == (200000, 1)


def test_proposing_twice_proposes_once() -> None:
    world = World(hold_days="0")
    world.deliver("1", total="20000")
    world.sync()
    world.now = NOVEMBER

    assert [len(world.propose()), len(world.propose())] == [1, 0]
    assert len(world.rows(Tab.PAYOUTS)) == 1


def test_a_payout_paid_twice_in_one_row_is_booked_once() -> None:
    world = World(hold_days="0")
    world.deliver("1", total="20000")
    world.sync()
    world.now = NOVEMBER
    (payout,) = world.propose()
    for day in (date(2026, 11, 15), date(2026, 11, 16)):
        world.edit(Tab.PAYOUTS, payout.payout_id, "paid_on", day)
        world.sync()

    assert world.balance() == "0.00"


def test_what_is_below_the_minimum_is_carried_to_the_next_month() -> None:
    world = World(hold_days="0")
    world.deliver("1", total="6000")
    world.sync()
    world.now = NOVEMBER
    first = world.propose()
    world.deliver("2", total="4000", ordered_at="2026-11-15T10:00:00Z")
    world.sync()
    world.now = datetime(2026, 12, 15, tzinfo=UTC)
    (payout,) = world.propose()

    assert (first, payout.minor, len(payout.lines)) == ((), 100000, 2)


@pytest.mark.parametrize(
    ("day", "minors"), [(date(2026, 11, 15), [200000]), (date(2026, 11, 16), [])]
)
def test_a_line_is_paid_from_its_day_on(day: date, minors: list[int]) -> None:
    assert [one.minor for one in proposed([line(1, 200000, payable=day)])] == minors


def test_a_line_below_zero_counts_at_once() -> None:
    later = date(2027, 1, 1)

    (payout,) = proposed([line(1, 200000), line(2, -50000, payable=later)])
    assert payout.minor == 150000


def test_a_negative_balance_is_carried() -> None:
    found = propose([line(1, 1000), line(2, -5000)], (), IVAN, Programme(), NOVEMBER)

    assert (found.payouts, found.carried) == ((), {("ivan", "RUB"): -4000})


def test_currencies_are_paid_apart_each_with_its_own_minimum() -> None:
    lines = [line(1, 200000), line(2, 1, currency="EUR")]

    assert [(one.currency, one.minor) for one in proposed(lines)] == [("EUR", 1), ("RUB", 200000)]


def test_the_partner_s_own_minimum_goes_before_the_programme_s() -> None:
    world = World(hold_days="0")
    world.edit(Tab.PARTNERS, "ivan", "min_payout", Decimal(50))
    world.deliver("1", total="600")
    world.sync()
    world.now = NOVEMBER

    assert [one.minor for one in world.propose()] == [6000]


def test_a_minimum_of_another_currency_has_a_row_of_its_own() -> None:
    world = World(hold_days="0")
    world.type(Tab.SETTINGS, setting="min_payout_EUR", value="10")
    world.deliver("1", total="99", currency="EUR")
    world.sync()
    world.now = NOVEMBER

    assert world.propose() == ()


def test_payout_lines_are_never_paid_out() -> None:
    world = World(hold_days="0")
    world.deliver("1", total="20000")
    world.sync()
    world.now = NOVEMBER
    (payout,) = world.propose()
    for result in (None, "returned"):
        world.edit(Tab.PAYOUTS, payout.payout_id, "paid_on", date(2026, 11, 15))
        world.edit(Tab.PAYOUTS, payout.payout_id, "result", result)
        world.sync()
    world.now = datetime(2026, 12, 15, tzinfo=UTC)
    (again,) = world.propose()

    assert (again.minor, again.lines) == (payout.minor, payout.lines)


def test_missing_details_are_named() -> None:
    found = propose([line(1, 200000)], (), {}, Programme(), NOVEMBER)

    assert [p.code for p in found.problems] == ["payout_details_missing"]


def test_a_partner_whose_ledger_is_in_doubt_is_skipped_and_others_are_paid() -> None:
    world = World(hold_days="0")
    world.deliver("1", total="20000")
    world.deliver("2", total="20000", codes=["MARIA01"])
    world.sync()
    world.now = NOVEMBER
    world.edit(Tab.COMMISSIONS, str(world.rows(Tab.COMMISSIONS)[0]["line_id"]), "amount", None)

    assert [one.partner_id for one in world.propose()] == ["maria"]


def test_an_id_is_of_the_lines_and_how_often_they_were_freed() -> None:
    ids = {
        payout_id("ivan", "RUB", ["a", "b"], 0),
        payout_id("ivan", "RUB", ["b", "a"], 0),
        payout_id("ivan", "RUB", ["a", "b"], 1),
        payout_id("ivan", "EUR", ["a", "b"], 0),
        payout_id("maria", "RUB", ["a", "b"], 0),
    }

    assert len(ids) == 4


@pytest.mark.parametrize("sales", [LINES_A_PAYOUT_MAX, LINES_A_PAYOUT_MAX + 1])
def test_more_lines_than_a_cell_holds_are_paid_in_parts(sales: int) -> None:
    found = proposed([line(number, 1000) for number in range(sales)])

    assert max(len(one.lines) for one in found) <= LINES_A_PAYOUT_MAX
    assert sum(one.minor for one in found) == sales * 1000


def test_more_clawbacks_than_a_cell_holds_are_never_overpaid() -> None:
    below = [line(number, -100) for number in range(100, 100 + 2 * LINES_A_PAYOUT_MAX)]
    found = proposed([*(line(number, 100000) for number in range(10)), *below])

    assert 0 < sum(one.minor for one in found) <= 10 * 100000 - 2 * LINES_A_PAYOUT_MAX * 100


@settings(max_examples=60)
@given(st.lists(st.integers(-50000, 200000).filter(bool), max_size=12))
def test_a_proposal_is_what_is_due_and_leaves_nothing_for_a_second(sums: list[int]) -> None:
    lines = [line(number, minor) for number, minor in enumerate(sums)]
    found = proposed(lines)

    due = sum(sums)
    assert sum(one.minor for one in found) == (due if due >= 100000 else 0)
    assert proposed(lines, found) == ()
    assert all(one.fate is Fate.OPEN for one in found)


def booked(payout: Payout) -> CommissionLine:
    """The line of Commissions that a paid payout owes."""
    like = line(1, -payout.minor)
    key, account = ("payout", payout.payout_id), ("ivan", "payout", "RUB")
    return replace(
        like,
        kind="payout",
        role="payout",
        source=key[0],
        order_id=key[1],
        before=0,
        after=-payout.minor,
        line_id=step_id(key, account, 1, 0, -payout.minor),
    )


def test_what_a_paid_payout_paid_is_not_proposed_again_under_another_line() -> None:
    # 2000 - 500 were two lines; put back from a copy and read in one go they are one of 1500.
    [paid] = proposed([line(1, 200_000), line(2, -50_000)])
    paid = replace(paid, fate=Fate.PAID)
    again, later = line(3, 150_000), line(4, 300_000)

    assert proposed([again, booked(paid)], (paid,)) == ()
    [next_one] = proposed([again, later, booked(paid)], (paid,))
    assert next_one.minor == 300_000
    assert proposed([again, later, booked(paid)], (paid, next_one)) == ()


def test_a_line_that_came_back_as_it_was_is_weighed_against_what_was_paid() -> None:
    [paid] = proposed([line(1, 200_000), line(2, -50_000)])
    paid = replace(paid, fate=Fate.PAID)

    [found] = proposed([line(1, 200_000), line(5, 100_000), booked(paid)], (paid,))

    assert found.minor == 200_000 + 100_000 - 150_000


def test_an_open_payout_that_names_a_line_no_longer_there_blocks_the_next() -> None:
    [opened] = proposed([line(1, 200_000)])

    found = propose([line(3, 200_000)], (opened,), IVAN, Programme(), NOVEMBER)

    assert (found.payouts, found.blocked) == ((), ("ivan",))

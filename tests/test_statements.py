"""Does a partner's statement add up, month after month, and say what was not counted?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.world import World
from tracker.layout import Tab
from tracker.statements import Account, Statement, digest_of, statement_id


def account(statement: Statement, currency: str = "RUB") -> Account:
    return next(one for one in statement.accounts if one.currency == currency)


def told(statement: Statement) -> list[tuple[str, int]]:
    """Order and sum of each line, and then of each payout."""
    found = account(statement)
    return [(line.order_id, line.minor) for line in (*found.lines, *found.payouts)]


def uncounted(statement: Statement) -> list[tuple[str, str]]:
    return [(one.order_id, one.reason.split(" ")[0]) for one in statement.uncounted]


def test_a_line_has_its_date_order_base_rate_and_sum() -> None:
    world = World()
    world.deliver("1", total="1200", shipping="200")
    world.sync()
    (line,) = account(world.statement("ivan", "2026-10")).lines

    assert (line.booked_on, line.ordered_on) == (date(2026, 10, 20), date(2026, 10, 19))
    assert (line.order_id, line.base, line.rate, line.minor) == ("1", 100000, "10%", 10000)
    assert (line.payable_on, line.because.split(" ")[0]) == (
        date(2026, 11, 2),
        "code_of_partner",
    )


def test_a_statement_of_an_unfinished_month_says_so() -> None:
    world = World()
    world.deliver("1")
    world.sync()
    unfinished = world.statement("ivan", "2026-10")
    world.now = datetime(2026, 10, 31, 21, tzinfo=UTC)

    assert (unfinished.final, world.statement("ivan", "2026-10").final) == (False, True)


def test_what_is_on_hold_is_told_for_the_first_day_after_the_month() -> None:
    world = World()
    world.deliver("1", ordered_at="2026-10-17T10:00:00Z")
    world.deliver("2", ordered_at="2026-10-18T10:00:00Z")
    world.deliver("3", ordered_at="2026-10-19T10:00:00Z", total="20000")
    world.sync()
    found = account(world.statement("ivan", "2026-10"))

    assert [(one.order_id, one.payable_on) for one in found.held] == [("3", date(2026, 11, 2))]
    assert (found.closing, found.on_hold, found.payable) == (220000, 200000, 20000)
    assert (found.minimum, found.missing) == (100000, 80000)


def test_a_full_refund_after_a_payout_carries_a_negative_balance() -> None:
    world = World(now=datetime(2026, 9, 10, 12, tzinfo=UTC))
    world.deliver("1", total="20000", ordered_at="2026-09-10T10:00:00Z")
    world.sync()
    world.now = datetime(2026, 10, 15, 12, tzinfo=UTC)
    world.seal("2026-09")
    (payout,) = world.propose()
    world.edit(Tab.PAYOUTS, payout.payout_id, "paid_on", date(2026, 10, 15))
    world.deliver("1", state="refunded")
    world.sync()
    world.now = datetime(2026, 11, 2, tzinfo=UTC)
    october = world.statement("ivan", "2026-10")

    assert (account(october).opening, account(october).closing) == (200000, -200000)
    assert told(october) == [("1", -200000), (payout.payout_id, -200000)]
    assert (world.balance(), world.propose()) == ("-2000.00", ())


def test_a_negative_balance_is_earned_off_by_the_next_month_s_orders() -> None:
    world = World(now=datetime(2026, 9, 10, 12, tzinfo=UTC), min_payout="0", hold_days="0")
    world.type(Tab.ADJUSTMENTS, adjustment_id="a1", partner_id="ivan", amount=Decimal(-300))
    world.sync()
    world.now = datetime(2026, 10, 10, tzinfo=UTC)
    world.seal("2026-09")
    world.deliver("1", total="5000", ordered_at="2026-10-10T00:00:00Z")
    world.sync()
    world.now = datetime(2026, 11, 15, tzinfo=UTC)
    october = account(world.statement("ivan", "2026-10"))

    assert (october.opening, october.closing) == (-30000, 20000)
    assert [one.minor for one in world.propose()] == [20000]


def test_an_order_that_earned_nothing_stands_with_its_reason() -> None:
    world = World(self_purchase="block")
    world.deliver("1", state="pending")
    world.deliver("2", state="cancelled")
    world.deliver("3", customer={"email": "ivan@example.com"})
    world.deliver("4", codes=["MARIA01", "IVAN01"])
    world.deliver("5", codes=["NOPE"])
    world.deliver("6", refunded="1000")
    world.deliver("7", total="0")
    world.deliver("8")
    world.sync()
    found = uncounted(world.statement("ivan", "2026-10"))

    assert found == [
        ("1", "order_pending"),
        ("2", "order_cancelled"),
        ("3", "own_purchase"),
        ("4", "waits_for_review"),
        ("6", "order_refunded"),
        ("7", "order_nothing_due"),
    ]


def test_the_partner_who_lost_is_not_told_who_won() -> None:
    world = World(two_codes="first")
    world.deliver("1", codes=["MARIA01", "IVAN01"])
    world.sync()
    statement = world.statement("ivan", "2026-10")

    assert uncounted(statement) == [("1", "another_code_counted")]
    assert "maria" not in repr(statement).casefold()


def test_a_clawback_says_what_took_it_back() -> None:
    world = World()
    for order_id in "1234":
        world.deliver(order_id)
    world.sync()
    world.deliver("1", state="cancelled")
    world.deliver("2", refunded="300")
    world.deliver("3", codes=["MARIA01"])
    world.deliver("4", total="900")
    world.sync()
    lines = account(world.statement("ivan", "2026-10")).lines
    said = {line.order_id: line.because for line in lines if line.minor < 0}

    assert said == {
        "1": "order_cancelled",
        "2": "order_refunded",
        "3": "taken_back",
        "4": "order_changed",
    }


def test_a_line_told_once_is_not_told_again() -> None:
    world = World()
    world.deliver("1")
    world.sync()
    world.now = datetime(2026, 11, 5, tzinfo=UTC)
    world.seal("2026-10")
    world.deliver("1", refunded="300")
    world.sync()
    november = world.statement("ivan", "2026-11")

    assert (account(november).opening, told(november)) == (10000, [("1", -3000)])
    assert account(november).closing == 7000


def test_a_sealed_statement_that_the_ledger_no_longer_gives_is_a_problem() -> None:
    world = World()
    world.deliver("1")
    world.sync()
    world.now = datetime(2026, 11, 5, tzinfo=UTC)
    world.seal("2026-10")
    whole = world.codes()
    world.edit(Tab.STATEMENTS, statement_id("ivan", "2026-10", 1), "digest", "0" * 32)

    assert (whole, world.codes()) == (set(), {"statement_changed"})


# zone, instant of the last second of the month, instant of the first of the next
# fmt: off
@pytest.mark.parametrize(
    ("zone", "last", "first", "month"),
    [
        ("Europe/Moscow",    "2026-10-31T20:59:59Z", "2026-10-31T21:00:00Z", "2026-10"),
        ("UTC",              "2026-10-31T23:59:59Z", "2026-11-01T00:00:00Z", "2026-10"),
        ("America/Havana",   "2026-11-01T03:59:59Z", "2026-11-01T04:00:00Z", "2026-10"),
        ("America/Asuncion", "2023-10-01T03:59:59Z", "2023-10-01T04:00:00Z", "2023-09"),
        ("Pacific/Auckland", "2026-09-30T10:59:59Z", "2026-09-30T11:00:00Z", "2026-09"),
    ],
)
def test_a_month_ends_with_its_last_second_in_the_programme_s_zone(
    zone: str, last: str, first: str, month: str
) -> None:
    world = World(time_zone=zone)
    for order_id, moment in (("1", last), ("2", first)):
        world.now = datetime.fromisoformat(moment)
        world.deliver(order_id, ordered_at=moment)
        world.sync()

    assert told(world.statement("ivan", month)) == [("1", 10000)]
    assert programme_day(world, "1").endswith(("-31", "-30"))
    assert programme_day(world, "2").endswith("-01")
# fmt: on


def programme_day(world: World, order_id: str) -> str:
    latest, zone = world.latest(order_id), world.rows(Tab.SETTINGS)[2]["value"]
    return latest.noted_at.astimezone(ZoneInfo(str(zone))).date().isoformat()


def test_a_digest_is_of_the_lines_whatever_their_order() -> None:
    assert digest_of([("cm_a", 1), ("cm_b", 2)]) == digest_of([("cm_b", 2), ("cm_a", 1)])
    assert digest_of([("cm_a", 1)]) != digest_of([("cm_a", 2)])


events = st.lists(
    st.tuples(
        st.integers(0, 25),
        st.sampled_from("123"),
        st.sampled_from(["0", "100", "333.33", "1000"]),
        st.sampled_from(["IVAN01", "MARIA01"]),
        st.booleans(),
    ),
    max_size=6,
)


@settings(max_examples=20)
@given(st.lists(events, min_size=3, max_size=3))
def test_opening_and_lines_make_closing_and_that_the_next_opening(
    months: list[list[tuple[int, str, str, str, bool]]],
) -> None:
    world = World(now=datetime(2026, 8, 1, tzinfo=UTC), min_payout="0", hold_days="0")
    world.sync()
    closing = {"ivan": 0, "maria": 0}
    for number, happened in zip((8, 9, 10), months, strict=True):
        for day, order_id, refunded, code, pays in sorted(happened):
            world.now = datetime(2026, number, 1 + day, 12, tzinfo=UTC)
            world.deliver(order_id, refunded=refunded, codes=[code])
            world.sync()
            if pays:
                for payout in world.propose():
                    world.edit(Tab.PAYOUTS, payout.payout_id, "paid_on", world.now.date())
                world.sync()
        world.now = datetime(2026, number + 1, 1, tzinfo=UTC)
        for partner_id, opening in list(closing.items()):
            statement = world.statement(partner_id, f"2026-{number:02}")
            found = account(statement)
            assert found.opening == opening
            assert found.opening + sum(minor for _, minor in told(statement)) == found.closing
            assert found.payable + found.on_hold == found.closing
            closing[partner_id] = found.closing
        world.seal(f"2026-{number:02}")
    world.sync()

    shown = {partner_id: world.balance(partner_id) for partner_id in closing}
    assert shown == {name: f"{Decimal(minor) / 100:.2f}" for name, minor in closing.items()}
    assert world.codes() == set()


def test_a_month_that_is_none_costs_its_partner_the_letter_and_not_the_run() -> None:
    world = World()
    world.deliver("1")
    world.sync()
    world.now = datetime(2026, 11, 5, tzinfo=UTC)
    world.seal("2026-10", sent=False)
    world.edit(Tab.STATEMENTS, statement_id("ivan", "2026-10", 1), "month", "2026-13")

    [problem, *_] = world.sync().problems

    assert (problem.code, problem.cell, problem.partner_id) == (
        "ledger_row_unreadable",
        "A2",
        "ivan",
    )

"""Months earned, moves and what left the hold, from the ledger's lines."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from tests.letter_values import line
from tests.world import World
from tracker.account_story import Move, history, moves, shares
from tracker.layout import Tab
from tracker.programme import Programme
from tracker.statements import Account, MonthEarned, Statement


def rubles(statement: Statement) -> Account:
    return next(one for one in statement.accounts if one.currency == "RUB")


def told(account: Account) -> list[tuple[str, int]]:
    return [(one.month, one.minor) for one in account.history]


def test_a_month_is_the_sum_of_its_lines_without_payouts() -> None:
    world = World(now=datetime(2026, 9, 10, 12, tzinfo=UTC))
    world.deliver("1", total="20000", ordered_at="2026-09-10T10:00:00Z")
    world.sync()
    world.now = datetime(2026, 10, 15, 12, tzinfo=UTC)
    world.seal("2026-09")
    (payout,) = world.propose()
    world.edit(Tab.PAYOUTS, payout.payout_id, "paid_on", date(2026, 10, 15))
    world.deliver("1", refunded="5000", total="20000", ordered_at="2026-09-10T10:00:00Z")
    world.sync()

    assert told(rubles(world.statement("ivan", "2026-10"))) == [
        ("2026-05", 0), ("2026-06", 0), ("2026-07", 0), ("2026-08", 0),
        ("2026-09", 200000), ("2026-10", -50000),
    ]  # fmt: skip


def test_a_line_booked_in_the_last_hour_of_a_month_belongs_to_it_in_the_programmes_zone() -> None:
    world = World(now=datetime(2026, 9, 30, 20, 30, tzinfo=UTC))
    world.deliver("1", ordered_at="2026-09-30T10:00:00Z")
    world.sync()
    world.now = datetime(2026, 9, 30, 21, 30, tzinfo=UTC)
    world.deliver("2", total="3000", ordered_at="2026-09-30T10:00:00Z")
    world.sync()

    assert told(rubles(world.statement("ivan", "2026-10")))[-2:] == [
        ("2026-09", 10000),
        ("2026-10", 30000),
    ]


def test_half_a_year_goes_back_over_new_year() -> None:
    assert [one.month for one in history([], "2027-02", Programme())] == [
        "2026-09", "2026-10", "2026-11", "2026-12", "2027-01", "2027-02",
    ]  # fmt: skip


def test_what_was_held_in_the_statement_before_and_no_longer_is_came_off_hold() -> None:
    world = World(now=datetime(2026, 9, 20, 12, tzinfo=UTC))
    world.deliver("1", ordered_at="2026-09-10T10:00:00Z")
    world.deliver("2", ordered_at="2026-09-20T10:00:00Z", total="3000")
    world.sync()
    world.now = datetime(2026, 10, 15, 12, tzinfo=UTC)
    world.seal("2026-09")
    world.deliver("3", ordered_at="2026-10-01T10:00:00Z", total="5000")
    world.sync()

    found = rubles(world.statement("ivan", "2026-10"))
    assert [(one.order_id, one.minor, one.payable_on) for one in found.ripened] == [
        ("2", 30000, date(2026, 10, 4))
    ]
    assert found.held == ()


def test_a_clawback_says_what_the_customer_got_back() -> None:
    world = World()
    world.deliver("1", total="4000")
    world.sync()
    world.deliver("1", total="4000", refunded="1500")
    world.sync()

    _, back = rubles(world.statement("ivan", "2026-10")).lines
    assert (back.kind, back.minor, back.refunded) == ("clawback", -15000, 150000)


def test_moves_are_counted_and_summed_by_kind() -> None:
    lines = [
        line("clawback", "1", -300), line("sale", "2", 500), line("payout", "p", -900),
        line("sale", "3", 250), line("bonus", "3", 10), line("of another time", "4", 1),
    ]  # fmt: skip

    assert moves(lines) == (
        Move("sale", 2, 750), Move("bonus", 1, 10), Move("clawback", 1, -300), Move("payout", 1, -900),
        Move("of another time", 1, 1),
    )  # fmt: skip


def test_a_bar_is_a_share_of_the_longest_and_never_lost() -> None:
    months = [MonthEarned(month="2026-10", minor=one) for one in (0, 1, -50, 200, 1000)]

    assert shares(months) == (0, 1, 5, 20, 100)
    assert shares(months, 20) == (0, 1, 1, 4, 20)
    assert shares([]) == ()
    assert shares(months[:1]) == (0,)


@given(st.lists(st.integers(-(10**12), 10**12), max_size=6))
def test_bars_fit_and_keep_the_order_of_the_sums(sums: list[int]) -> None:
    found = shares([MonthEarned(month="2026-10", minor=one) for one in sums])

    assert all(0 <= one <= 100 for one in found)
    assert not any(sums) or max(found) == 100
    by_size = [one for _, one in sorted(zip(map(abs, sums), found, strict=True))]
    assert by_size == sorted(by_size)

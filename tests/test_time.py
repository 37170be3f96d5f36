"""Which moment and month is a line booked in, whatever the clock says?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.world import World
from tracker.days import day_start
from tracker.layout import Tab
from tracker.periods import begin_of, end_of, is_month, month_before, next_month, payout_date
from tracker.problems import Stop
from tracker.programme import Programme
from tracker.running import sync


def in_zone(name: str) -> Programme:
    return Programme(time_zone=name, zone=ZoneInfo(name))


def noted(world: World) -> list[str]:
    return [str(row["noted_at"]) for row in world.rows(Tab.JOURNAL)]


def test_a_line_is_noted_by_the_clock_in_the_programme_s_zone_to_the_second() -> None:
    world = World(now=datetime(2026, 10, 20, 12, 0, 5, 999999, tzinfo=UTC))
    world.deliver("1")
    world.sync()

    assert noted(world) == ["2026-10-20T15:00:05+03:00"]


def test_a_clock_a_little_behind_notes_at_the_last_moment_noted() -> None:
    world = World()
    world.deliver("1")
    world.sync()
    world.move(hours=-23)
    world.deliver("2")
    world.sync()

    assert noted(world) == ["2026-10-20T15:00:00+03:00"] * 2


def test_what_code_history_has_noted_holds_the_clock_too() -> None:
    world = World()
    world.sync()
    assert [row["noted_at"] for row in world.rows(Tab.CODE_HISTORY)][:1] == [
        "2026-10-20T15:00:00+03:00"
    ]
    world.move(days=-2)

    with pytest.raises(Stop) as stop:
        world.sync()

    assert stop.value.code == "clock_behind"


@pytest.mark.parametrize(
    ("days", "code"), [(-1, None), (-2, "clock_behind"), (400, None), (401, "clock_ahead")]
)
def test_a_clock_too_far_off_stops_the_run(days: int, code: str | None) -> None:
    world = World()
    world.deliver("1")
    world.sync()
    world.move(days=days)
    world.deliver("2")
    stopped = None
    try:
        world.sync()
    except Stop as stop:
        stopped = stop.code

    assert stopped == code
    assert len(world.rows(Tab.JOURNAL)) == (2 if code is None else 1)


@pytest.mark.parametrize("days", [-30, 500])
def test_the_owner_may_say_that_the_clock_is_right(days: int) -> None:
    world = World()
    world.deliver("1")
    world.sync()
    world.move(days=days)
    world.deliver("2")
    with world.store.writing(1):
        sync(world.place, clock_is_right=True)

    assert len(world.rows(Tab.JOURNAL)) == 2


def test_nothing_is_booked_into_a_sealed_month() -> None:
    world = World(now=datetime(2026, 11, 1, 9, tzinfo=UTC))
    world.deliver("1")
    world.sync()
    world.seal("2026-11")
    world.move(days=1)
    world.deliver("2")
    world.sync()

    assert noted(world)[1] == "2026-12-01T00:00:00+03:00"


def test_a_line_deleted_from_a_sealed_month_comes_back_into_it() -> None:
    world = World()
    world.deliver("1")
    world.sync()
    world.now = datetime(2026, 11, 2, tzinfo=UTC)
    world.seal("2026-10")
    world.delete(Tab.COMMISSIONS, str(world.rows(Tab.COMMISSIONS)[0]["line_id"]))
    world.sync()

    assert world.rows(Tab.COMMISSIONS)[0]["booked_at"] == "2026-10-20T15:00:00+03:00"
    assert world.codes() == set()


# zone, day, its first instant (worked out from the zone's published changes)
# fmt: off
@pytest.mark.parametrize(
    ("zone", "day", "instant"),
    [
        ("Europe/Moscow",     "2026-10-01", "2026-09-30T21:00:00+00:00"),
        ("UTC",               "2026-10-01", "2026-10-01T00:00:00+00:00"),
        ("America/Havana",    "2026-03-08", "2026-03-08T05:00:00+00:00"),
        ("America/Havana",    "2026-11-01", "2026-11-01T04:00:00+00:00"),
        ("America/Asuncion",  "2023-10-01", "2023-10-01T04:00:00+00:00"),
        ("America/Asuncion",  "2017-10-01", "2017-10-01T04:00:00+00:00"),
        ("Pacific/Apia",      "2011-12-31", "2011-12-30T10:00:00+00:00"),
        ("America/Toronto",   "1919-03-31", "1919-03-31T04:30:00+00:00"),
        ("Asia/Kathmandu",    "2026-10-01", "2026-09-30T18:15:00+00:00"),
    ],
)
def test_a_day_begins_at_its_first_instant(zone: str, day: str, instant: str) -> None:
    assert day_start(date.fromisoformat(day), ZoneInfo(zone)).isoformat() == instant
# fmt: on


@pytest.mark.parametrize(
    ("zone", "month"),
    [
        ("America/Asuncion", "2023-10"),
        ("America/Havana", "2026-11"),
        ("Europe/Moscow", "2026-02"),
        ("Europe/Moscow", "2024-02"),
    ],
)
def test_no_instant_is_in_two_months_or_in_none(zone: str, month: str) -> None:
    programme, step = in_zone(zone), timedelta(seconds=1)
    begin = begin_of(month, programme)

    assert begin == end_of(month_before(month), programme)
    assert programme.local_date(begin).isoformat() == f"{month}-01"
    assert programme.local_date(begin - step).isoformat()[:7] == month_before(month)


@pytest.mark.parametrize(
    ("month", "after"), [("2026-12", "2027-01"), ("2026-01", "2026-02"), ("2026-11", "2026-12")]
)
def test_months_follow_each_other(month: str, after: str) -> None:
    assert (next_month(month), month_before(after)) == (after, month)


@pytest.mark.parametrize("text", ["2026-13", "2026-0", "26-10", "2026-10-01", "", "october"])
def test_what_is_no_month_is_none(text: str) -> None:
    assert not is_month(text)


@pytest.mark.parametrize(
    ("payout_day", "month", "day"),
    [(15, "2025-12", "2026-01-15"), (31, "2026-01", "2026-02-28"), (31, "2026-02", "2026-03-31")],
)
def test_the_payout_day_is_in_the_month_after_or_its_last(
    payout_day: int, month: str, day: str
) -> None:
    programme = Programme(payout_day=payout_day)

    assert payout_date(month, programme) == date.fromisoformat(day)

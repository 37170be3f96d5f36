"""Does a moment tell for how long what it answered holds, and give itself up where it cannot?"""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.compact import compact
from tracker.watched_time import UNWATCHED, Elapsed, Moment, Span, Stamp, watched

NOON = datetime(2026, 10, 20, 12, tzinfo=UTC)
WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)
MOSCOW, BERLIN, ASUNCION = map(ZoneInfo, ("Europe/Moscow", "Europe/Berlin", "America/Asuncion"))


def span_of(ask: Callable[[Moment], object], now: datetime = NOON) -> Span:
    moment, span = watched(now, WEEK)
    ask(moment)
    return span


@pytest.mark.parametrize("zone", [UTC, MOSCOW, timezone(-9 * HOUR)])
def test_later_than_a_time_holds_from_that_time_on(zone: Any) -> None:
    span = span_of(lambda now: now > (NOON - HOUR).astimezone(zone))
    assert (span.since, span.until) == (NOON - HOUR + timedelta(microseconds=1), NOON + WEEK)


def test_before_a_time_holds_until_it() -> None:
    span = span_of(lambda now: now >= NOON + HOUR)
    assert (span.since, span.until, span.lost) == (NOON - WEEK, NOON + HOUR, False)


def test_the_day_holds_until_midnight_of_its_zone() -> None:
    # 15:00 in Moscow: the day ends at 24:00 there, which is 21:00 UTC.
    span = span_of(lambda now: now.astimezone(MOSCOW).date())
    assert span.since == datetime(2026, 10, 19, 21, tzinfo=UTC)
    assert span.until == datetime(2026, 10, 20, 21, tzinfo=UTC)


def test_how_long_ago_holds_until_it_is_too_long() -> None:
    # 59 days and 23 hours have passed; of 60 days an hour is left.
    placed = NOON - timedelta(days=60) + HOUR
    span = span_of(lambda now: now - placed <= timedelta(days=60))
    assert span.until == NOON + HOUR


@pytest.mark.parametrize("far", [timedelta(days=1), timedelta(days=-400)])
def test_a_time_at_a_distance_from_now_is_watched_too(far: timedelta) -> None:
    span = span_of(lambda now: now + far < NOON + far + HOUR)
    assert (span.until, span.lost) == (NOON + HOUR, False)


def test_the_greatest_of_times_is_now_only_as_long_as_it_is() -> None:
    span = span_of(lambda now: max([now, NOON - HOUR, NOON + HOUR]))
    assert span.until == NOON + HOUR


@pytest.mark.parametrize(("zone", "day"), [(BERLIN, 25), (BERLIN, 26), (MOSCOW, 25)])
def test_on_a_day_when_clocks_are_changed_no_span_is_known(zone: ZoneInfo, day: int) -> None:
    # In Berlin clocks go back on October 25, 2026, in Moscow never.
    span = span_of(lambda now: now.date(), datetime(2026, 10, day, 12, tzinfo=UTC).astimezone(zone))
    local = span_of(
        lambda now: now.astimezone(zone).date(), datetime(2026, 10, day, 12, tzinfo=UTC)
    )
    assert span.lost is False  # a watched time is one of UTC, whose clocks stay
    assert local.lost is (zone is BERLIN and day == 25)


def test_two_times_that_follow_one_clock_are_compared_for_ever() -> None:
    span = span_of(lambda now: now < now + HOUR)
    assert (span.since, span.until, span.lost) == (NOON - WEEK, NOON + WEEK, False)


def test_whole_seconds_are_left_as_they_are() -> None:
    moment, span = watched(NOON, WEEK)
    assert moment.replace(microsecond=0) is moment
    assert not span.lost


def test_a_stamp_may_be_hashed_into_a_line_that_is_thrown_away() -> None:
    moment, span = watched(NOON, WEEK)
    assert compact([moment.isoformat()]) == '["2026-10-20T12:00:00+00:00"]'
    assert not span.lost


ASKED: dict[str, Callable[[Moment], object]] = {
    "the hour": lambda now: now.hour,
    "the year": lambda now: now.year,
    "another year": lambda now: now.replace(year=2027),
    "another zone's name": lambda now: now.replace(tzinfo=None),
    "a format": lambda now: f"{now:%H}",
    "a text": str,
    "its words": repr,
    "a hash": hash,
    "seconds": lambda now: now.timestamp(),
    "the weekday": lambda now: now.weekday(),
    "a copy": copy.copy,
    "a pickle": pickle.dumps,
    "how long from now": lambda now: NOON + HOUR - now,
    "days since": lambda now: (now - NOON).days,
    "half of it": lambda now: (now - NOON) // 2,
    "two lengths": lambda now: (now - NOON) < (now - (NOON + HOUR)),
    "the stamp's day": lambda now: now.isoformat()[:10],
    "the stamp compared": lambda now: now.isoformat() < "2026",
    "the stamp in words": lambda now: f"{now.isoformat()}.",
    "the stamp in a set": lambda now: {now.isoformat()},
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_of_anything_else_no_span_is_known(ask: Callable[[Moment], object]) -> None:
    assert span_of(ask).lost


@pytest.mark.parametrize(("ours", "theirs"), [(Moment, datetime), (Elapsed, timedelta), (Stamp, str)])  # fmt: skip
def test_no_name_of_the_library_is_answered_unwatched(ours: type, theirs: type) -> None:
    assert set(dir(theirs)) - UNWATCHED <= set(vars(ours))


@pytest.mark.parametrize("ask", [lambda n: n.hour, lambda n: n.weekday(), str, hash, repr])
def test_what_is_asked_is_answered_as_ever(ask: Callable[[datetime], object]) -> None:
    moment, _ = watched(NOON, WEEK)
    assert ask(moment) == ask(NOON)


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(-90_000, 90_000)), min_size=1, max_size=8),
    st.integers(-86_400, 86_400),
)
def test_within_its_span_every_answer_is_the_same(asked: list[tuple[int, int]], away: int) -> None:
    def answers(now: datetime) -> list[object]:
        return [_ask(kind, now, NOON + timedelta(seconds=seconds)) for kind, seconds in asked]

    moment, span = watched(NOON, WEEK)
    found = answers(moment)
    then = NOON + timedelta(seconds=away)
    assert found == answers(NOON)
    if span.since <= then < span.until:
        assert answers(then) == found


def _ask(kind: int, now: datetime, other: datetime) -> object:
    local = now.astimezone(ASUNCION)
    found: dict[int, Callable[[], bool | date]] = {
        0: lambda: now < other.astimezone(MOSCOW),
        1: lambda: now == other,
        2: local.date,
        3: lambda: now - other <= HOUR,
        4: lambda: local + HOUR > other.astimezone(ASUNCION),
    }
    return found[kind]()

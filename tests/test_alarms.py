"""Which silences are told? Edges by hand: exactly N days, a second less, and nights that differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tracker.alarms import Alarm, Silence, alarms, last_order, read_alarm
from tracker.lines import JournalLine
from tracker.programme import Code, CodeStatus, Programme

NOON = datetime(2026, 10, 13, 9, tzinfo=UTC)  # 12:00 in Moscow
MOSCOW = Programme(zone=ZoneInfo("Europe/Moscow"))
BERLIN = Programme(zone=ZoneInfo("Europe/Berlin"))
ACTIVE = Code(code="IVAN01", partner_id="ivan")
SECOND = timedelta(seconds=1)


def heard(
    now: datetime,
    *,
    last: datetime | None = None,
    before: datetime | None = None,
    programme: Programme = MOSCOW,
    codes: tuple[Code, ...] = (ACTIVE,),
    synced: bool = True,
) -> list[str]:
    found = alarms(programme, codes, now=now, last_order=last, synced_before=before, synced=synced)
    return [alarm.silence.value for alarm in found]


def test_seven_days_without_an_order_are_told_at_their_last_second() -> None:
    now = datetime(2026, 10, 20, 9, tzinfo=UTC)

    assert heard(now, last=NOON) == ["no_orders"]
    assert heard(now - SECOND, last=NOON) == []


def test_days_are_the_calendar_s_where_a_clock_is_put_back() -> None:
    noon_in_summer = datetime(2026, 10, 20, 10, tzinfo=UTC)  # 12:00 in Berlin
    noon_in_winter = datetime(2026, 10, 27, 11, tzinfo=UTC)  # 12:00, 7 days and an hour later

    assert heard(noon_in_winter, last=noon_in_summer, programme=BERLIN) == ["no_orders"]
    assert heard(noon_in_winter - SECOND, last=noon_in_summer, programme=BERLIN) == []


def test_a_time_of_day_that_a_clock_change_skips_is_an_hour_later() -> None:
    half_past_two = datetime(
        2026, 3, 22, 1, 30, tzinfo=UTC
    )  # in Berlin; a week later there is none
    now = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)  # 03:30

    assert heard(now, last=half_past_two, programme=BERLIN) == ["no_orders"]
    assert heard(now - SECOND, last=half_past_two, programme=BERLIN) == []


@pytest.mark.parametrize(
    ("last", "days", "status"),
    [(None, 7, "active"), (NOON, 0, "active"), (NOON, 7, "paused"), (NOON, 7, "expired")],
)
def test_no_order_is_missed_where_none_is_waited_for(
    last: datetime | None, days: int, status: str
) -> None:
    codes = (replace(ACTIVE, status=CodeStatus(status)),)
    programme = replace(MOSCOW, quiet_days=days)

    assert heard(NOON + timedelta(days=90), last=last, programme=programme, codes=codes) == []


def test_one_active_code_among_others_waits_for_orders() -> None:
    codes = (replace(ACTIVE, status=CodeStatus.PAUSED), ACTIVE)

    assert heard(NOON + timedelta(days=7), last=NOON, codes=codes) == ["no_orders"]


def test_a_sync_a_day_is_no_silence_and_26_hours_are_its_limit() -> None:
    for hours in (24, 25, 26):
        assert heard(NOON + timedelta(hours=hours), before=NOON) == []

    assert heard(NOON + timedelta(hours=26, seconds=1), before=NOON) == ["was_asleep"]


def test_the_first_sync_of_all_and_a_clock_put_back_are_no_silence() -> None:
    assert heard(NOON, before=None) == []
    assert heard(NOON - timedelta(days=30), last=NOON, before=NOON) == []


def test_a_run_that_fails_too_says_that_it_is_not_over_and_nothing_of_orders() -> None:
    now = NOON + timedelta(days=8)

    found = alarms(MOSCOW, (ACTIVE,), now=now, last_order=NOON, synced_before=NOON, synced=False)

    assert found == (Alarm(Silence.WAS_ASLEEP, NOON, now, over=False),)


def test_a_silence_is_known_by_its_beginning_however_it_is_written() -> None:
    first = Alarm(Silence.NO_ORDERS, NOON, NOON + timedelta(days=7), over=False)
    later = replace(first, since=NOON.astimezone(ZoneInfo("Asia/Tokyo")), seen_at=NOON)

    assert first.name == later.name == "no_orders:2026-10-13T09:00:00+00:00"
    assert replace(first, silence=Silence.WAS_ASLEEP).name != first.name
    assert replace(first, since=NOON + SECOND).name != first.name


@given(
    some.sampled_from(Silence),
    some.datetimes(timezones=some.just(UTC)),
    some.datetimes(timezones=some.just(UTC)),
    some.booleans(),
)
def test_what_is_written_is_read_back(
    silence: Silence,
    since: datetime,
    seen_at: datetime,
    over: bool,  # noqa: FBT001
) -> None:
    alarm = Alarm(silence, since, seen_at, over)

    assert read_alarm(alarm.written()) == alarm


def test_an_alarm_is_written_as_plain_json() -> None:
    times = '"since":"2026-10-13T09:00:00+00:00","seen_at":"2026-10-15T09:00:00+00:00"'
    written = f'{{"silence":"was_asleep",{times},"over":true}}'

    assert read_alarm(written).written() == written
    assert read_alarm(written).seen_at == datetime(2026, 10, 15, 9, tzinfo=UTC)


def line(hours: int, n: int = 1, source: str = "generic") -> JournalLine:
    return JournalLine(noted_at=NOON + timedelta(hours=hours), source=source, order_id="1", n=n)


def test_only_an_order_that_was_not_known_before_is_a_new_one() -> None:
    lines = [line(5), line(7, source="shopify:tea"), line(9, n=2)]
    own = [line(11, source=source) for source in ("adjustment", "lead", "payout")]

    assert last_order([*lines, *own]) == NOON + timedelta(hours=7)
    assert last_order(own) is None

"""When is a week over, what is it called, and when is it told of? Clocks that change included."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from tracker.programme import Programme
from tracker.sentences.plurals import Counted, form_of
from tracker.weekly_words import days_of
from tracker.weeks import Week, finished_week, told_from

MOSCOW = Programme(zone=ZoneInfo("Europe/Moscow"))
NEW_YORK = Programme(zone=ZoneInfo("America/New_York"))
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


def test_a_week_is_over_at_midnight_after_its_sunday() -> None:
    midnight = datetime(2026, 11, 15, 21, tzinfo=UTC)  # Monday 00:00 in Moscow

    assert finished_week(MOSCOW, midnight) == Week(date(2026, 11, 9))
    assert finished_week(MOSCOW, midnight - SECOND) == Week(date(2026, 11, 2))
    assert Week(date(2026, 11, 9)).end(MOSCOW) == midnight


def test_the_week_in_which_new_york_puts_its_clocks_back_has_169_hours() -> None:
    week = Week(date(2026, 10, 26))

    assert week.begin(NEW_YORK) == datetime(2026, 10, 26, 4, tzinfo=UTC)
    assert week.end(NEW_YORK) == datetime(2026, 11, 2, 5, tzinfo=UTC)
    assert week.end(NEW_YORK) - week.begin(NEW_YORK) == 169 * HOUR


def test_the_week_in_which_new_york_puts_its_clocks_forward_has_167_hours() -> None:
    week = Week(date(2026, 3, 2))

    assert week.end(NEW_YORK) - week.begin(NEW_YORK) == 167 * HOUR
    assert week.end(MOSCOW) - week.begin(MOSCOW) == 168 * HOUR


@pytest.mark.parametrize(
    ("monday", "name"),
    [
        (date(2026, 11, 9), "2026-W46"),
        (date(2025, 12, 29), "2026-W01"),
        (date(2026, 12, 28), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
    ],
)
def test_a_week_is_named_as_iso_8601_names_it(monday: date, name: str) -> None:
    assert Week(monday).name == name


def test_a_week_is_told_of_from_statement_time_on_monday() -> None:
    week = Week(date(2026, 10, 26))
    at_six = Programme(zone=ZoneInfo("America/New_York"), statement_time=time(6, 30))

    assert told_from(week, MOSCOW) == datetime(2026, 11, 2, 6, tzinfo=UTC)
    assert told_from(week, at_six) == datetime(2026, 11, 2, 11, 30, tzinfo=UTC)


def test_weeks_leave_no_gap_and_no_overlap_in_any_zone() -> None:
    mondays = [date(2011, 12, 19) + timedelta(days=7 * step) for step in (0, 1, 2, 40, 41)]
    for name in sorted(available_timezones())[::12]:
        programme = Programme(zone=ZoneInfo(name))
        for monday in mondays:
            week = Week(monday)
            assert week.end(programme) == Week(week.sunday + timedelta(days=1)).begin(programme)
            assert finished_week(programme, week.end(programme)) == week
            assert finished_week(programme, week.end(programme) - SECOND) == week.back(1)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        *[(0, "0 заказов"), (1, "1 заказ"), (2, "2 заказа"), (4, "4 заказа"), (5, "5 заказов")],
        *[(11, "11 заказов"), (12, "12 заказов"), (14, "14 заказов"), (20, "20 заказов")],
        *[(21, "21 заказ"), (22, "22 заказа"), (25, "25 заказов"), (101, "101 заказ")],
        *[(111, "111 заказов"), (112, "112 заказов"), (1001, "1001 заказ"), (-3, "-3 заказа")],
    ],
)
def test_a_number_takes_its_russian_form(count: int, said: str) -> None:
    assert f"{Counted(count):заказ|заказа|заказов}" == said.replace(" ", "\u00a0")


def test_a_number_takes_its_english_form_and_a_verb_can_stand_alone() -> None:
    assert [form_of(count, "order|orders") for count in (0, 1, 2, 11, 21)] == [
        *["orders", "order", "orders", "orders", "orders"]
    ]
    assert f"{Counted(21):=пришёл|пришли|пришло}" == "пришёл"
    assert f"{Counted(21)} {Counted(1200):,}" == "21 1,200"


@pytest.mark.parametrize(
    ("monday", "english", "russian"),
    [
        (date(2026, 10, 12), "October 12–18, 2026", "12–18 октября 2026 г."),
        (date(2026, 10, 26), "October 26 – November 1, 2026", "26 октября – 1 ноября 2026 г."),
        (
            date(2026, 12, 28),
            "December 28, 2026 – January 3, 2027",
            "28 декабря 2026 г. – 3 января 2027 г.",
        ),
    ],
)
def test_the_days_of_a_week_are_written_as_people_write_them(
    monday: date, english: str, russian: str
) -> None:
    said = [days_of(Week(monday), language).replace("\u00a0", " ") for language in ("en", "ru")]

    assert said == [english, russian]

"""When does a code count? Weekdays, hours and excepted dates, to the second."""

from __future__ import annotations

from datetime import date

import pytest

from tests.restricted import why

MONDAY_TO_FRIDAY = frozenset({0, 1, 2, 3, 4})
DECEMBER = (date(2025, 12, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("ordered_at", "says"),
    [
        ("2026-10-18T23:59:59+03:00", "code_weekday"),  # Sunday
        ("2026-10-19T00:00:00+03:00", ""),  # Monday
        ("2026-10-18T21:00:00Z", ""),  # the same in Greenwich, where it is Sunday still
        ("2026-10-23T23:59:59+03:00", ""),  # Friday
        ("2026-10-24T00:00:00+03:00", "code_weekday"),  # Saturday
    ],
)
def test_a_weekday_is_that_of_the_programme_s_zone(ordered_at: str, says: str) -> None:
    assert why(weekdays=MONDAY_TO_FRIDAY, of_ordered_at=ordered_at) == says


@pytest.mark.parametrize(
    ("clock", "says"),
    [
        ("13:59:59.999", "code_hours"),
        ("14:00:00", ""),
        ("15:59:59.999", ""),
        ("16:00:00", "code_hours"),
    ],
)
def test_happy_hours_begin_at_two_sharp_and_are_over_at_four_sharp(clock: str, says: str) -> None:
    assert why(hours=((840, 960),), of_ordered_at=f"2026-10-19T{clock}+03:00") == says


@pytest.mark.parametrize(
    ("clock", "says"),
    [
        ("21:59:59", "code_hours"),
        ("22:00:00", ""),
        ("23:59:59", ""),
        ("00:00:00", ""),
        ("01:59:59", ""),
        ("02:00:00", "code_hours"),
    ],
)
def test_hours_go_over_midnight(clock: str, says: str) -> None:
    assert why(hours=((1320, 120),), of_ordered_at=f"2026-10-19T{clock}+03:00") == says


@pytest.mark.parametrize(
    ("clock", "says"),
    [("10:59:59", ""), ("11:00:00", "code_hours"), ("18:00:00", ""), ("23:59:59", "")],
)
def test_several_ranges_of_hours_are_one_or_the_other(clock: str, says: str) -> None:
    evening = (1080, 1440)

    assert why(hours=((600, 660), evening), of_ordered_at=f"2026-10-19T{clock}+03:00") == says


@pytest.mark.parametrize(
    ("ordered_at", "says"),
    [
        ("2025-11-30T23:59:59+03:00", ""),
        ("2025-12-01T00:00:00+03:00", "code_except_date"),
        ("2025-12-31T23:59:59+03:00", "code_except_date"),
        ("2025-12-31T20:59:59Z", "code_except_date"),
        ("2026-01-01T00:00:00+03:00", ""),
    ],
)
def test_an_excepted_span_of_days_holds_to_the_last_second_of_its_last(
    ordered_at: str, says: str
) -> None:
    assert why(except_dates=(DECEMBER,), of_ordered_at=ordered_at) == says


def test_a_single_excepted_day_is_that_day_alone() -> None:
    party = ((date(2026, 12, 31), date(2026, 12, 31)),)

    said = [
        why(except_dates=party, of_ordered_at=f"2026-12-{day}T12:00:00+03:00") for day in (30, 31)
    ]

    assert said == ["", "code_except_date"]

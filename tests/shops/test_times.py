"""Is a moment read as it is written, in the right zone, or not at all?"""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from tracker.shops.times import read_time

MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-10-07T12:30:00+03:00", "2025-10-07T12:30:00+03:00"),
        ("2025-10-07T12:30:00Z", "2025-10-07T12:30:00+00:00"),
        ("2025-10-07t12:30:00.1234567z", "2025-10-07T12:30:00.123456+00:00"),
        ("2016-05-17T04:14:36-00:00", "2016-05-17T04:14:36+00:00"),
        ("2018-05-31 15:08:36 +0000", "2018-05-31T15:08:36+00:00"),
        ("2025-10-07 12:30:00", "2025-10-07T12:30:00+03:00"),
        ("2025-10-07 12:30", "2025-10-07T12:30:00+03:00"),
        ("2025-10-07", "2025-10-07T00:00:00+03:00"),
        ("07.10.2025", "2025-10-07T00:00:00+03:00"),
        (" 7.10.2025 9:05 ", "2025-10-07T09:05:00+03:00"),
        ("07.10.2025, 09:05:01", "2025-10-07T09:05:01+03:00"),
        ("2025-10-07T12:30:00-0330", "2025-10-07T12:30:00-03:30"),
        ("2999-01-01", "2999-01-01T00:00:00+03:00"),
    ],
)
def test_a_moment_is_read(text: str, moment: str) -> None:
    found = read_time(text, MOSCOW)

    assert found is not None
    assert found.isoformat() == moment


@pytest.mark.parametrize(
    "text",
    [
        "", "now", "2025-02-30", "2025-13-01", "31.11.2025", "0000-00-00 00:00:00",
        "2025-10-07T24:00:00Z", "2025-10-07T12:60:00Z", "2025-10-07T12:00:00+25:00",
        "2025-10-07T12:00:00+03:60", "2/4/2024 8:23:30", "1759827600", "20251007",
        "2025-W41-2", "9999-12-31T23:59:59-14:00", "٢٠٢٥-10-07", "2025-10-07T", "2" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_moment_is_not_guessed(text: str) -> None:
    assert read_time(text, MOSCOW) is None

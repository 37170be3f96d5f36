"""Is every month's statement made once and in order, however long nothing woke the program?

Three years of a wake every hour, with outages of up to 40 days drawn by lot. Between two hours at
which something may come due the hours are skipped; that nothing comes due there is asked of some
of them by lot, and of every hour in one quarter.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.test_due import at, book, in_zone, jobs, sealed
from tracker.due import Task
from tracker.known import SealedStatement

BEGIN = datetime(2026, 1, 1, 12, tzinfo=UTC)
MONTHS = [f"{2026 + n // 12}-{n % 12 + 1:02}" for n in range(37)]
END = at("2029-02-20T12:00:00+00:00")
HOUR = timedelta(hours=1)
ZONES = ("Europe/Moscow", "America/Havana", "Pacific/Kiritimati", "Europe/Berlin")
SEEDS = 200


class Years:
    """A book in which nothing happens but its months, and what was made of them when."""

    def __init__(self, zone: str) -> None:
        self.programme = in_zone(zone)
        self.rows: list[SealedStatement] = sealed("2025-12")
        self.made: list[tuple[str, datetime]] = []

    def wake(self, now: datetime, *, killed: bool = False) -> None:
        """Make what is due; a wake that is killed gets to the first month only."""
        known = book(self.rows, programme=self.programme, since="2025-12-31T00:00:00+00:00")
        found = [job for job in jobs(known, now.isoformat()) if job.task is Task.STATEMENTS]
        due = found[0].months if found else ()
        for month in due[:1] if killed else due:
            self.rows += sealed(month)
            self.made.append((month, now))


def at_nine(zone: str) -> list[datetime]:
    """When each month's statement is to be made: at 09:00 on the 1st after it."""
    first = [(2026 + n // 12, n % 12 + 1) for n in range(1, 38)]
    return [datetime(y, m, 1, 9, tzinfo=ZoneInfo(zone)).astimezone(UTC) for y, m in first]


def awake(lots: random.Random) -> Iterator[tuple[datetime, datetime]]:
    """From when to when something wakes the program every hour."""
    begin = BEGIN
    while begin < END:
        end = begin + lots.randrange(1, 24 * 60) * HOUR
        yield begin, min(end, END)
        begin = end + lots.randrange(0, 24 * 40) * HOUR
    yield END, END + timedelta(days=1)


def worth_a_wake(zone: str, lots: random.Random) -> Iterator[datetime]:
    """The first hour awake, those about each month's coming due, and one between by lot."""
    for begin, end in awake(lots):
        wakes = {begin, begin + lots.randrange(0, (end - begin) // HOUR + 1) * HOUR}
        for due in at_nine(zone):
            first = begin + max(0, -((begin - due) // HOUR)) * HOUR
            wakes |= {first - HOUR, first, first + HOUR}
        yield from sorted(one for one in wakes if begin <= one <= end)


@pytest.mark.parametrize("zone", ZONES)
def test_every_statement_of_three_years_is_made_once_in_order_and_as_soon_as_awake(
    zone: str,
) -> None:
    for seed in range(SEEDS // len(ZONES)):
        lots, years = random.Random(f"{zone} {seed}"), Years(zone)
        wakes = [*worth_a_wake(zone, lots), *(END + timedelta(days=2, hours=n) for n in range(3))]
        for now in wakes:
            years.wake(now, killed=seed % 2 == 1 and now < END and lots.random() < 0.3)
        assert [month for month, _ in years.made] == MONTHS, seed
        for (_, now), due in zip(years.made, at_nine(zone), strict=True):
            first = min(one for one in wakes if one >= due)
            assert now >= due, seed
            assert now == first or seed % 2 == 1, seed


def test_a_quarter_asked_of_every_hour() -> None:
    years, now = Years("Europe/Moscow"), at("2026-01-01T00:00:00+00:00")
    while now < at("2026-04-02T00:00:00+00:00"):
        # Cron is away from January 20 to February 25.
        if not at("2026-01-20T00:00:00+00:00") < now < at("2026-02-25T00:00:00+00:00"):
            years.wake(now)
        now += HOUR
    assert years.made == [
        ("2026-01", at("2026-02-25T00:00:00+00:00")),
        ("2026-02", at("2026-03-01T06:00:00+00:00")),  # 09:00 in Moscow
        ("2026-03", at("2026-04-01T06:00:00+00:00")),
    ]

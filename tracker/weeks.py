"""When does a week begin and end in the programme's zone, and when is it told of?

Weeks are those of ISO 8601: from Monday to Sunday, named by their year and number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tracker.periods import at_local
from tracker.programme import Programme

DAYS = 7


@dataclass(frozen=True, slots=True)
class Week:
    """One local week, known by its Monday; no instant is in two weeks and none in no week."""

    monday: date

    @property
    def name(self) -> str:
        """`2026-W46`, as ISO 8601 writes it."""
        year, number, _ = self.monday.isocalendar()
        return f"{year:04d}-W{number:02d}"

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=DAYS - 1)

    def back(self, weeks: int) -> Week:
        """The week so many weeks before."""
        return Week(self.monday - timedelta(days=DAYS * weeks))

    def begin(self, programme: Programme) -> datetime:
        """The instant it begins, in UTC."""
        return programme.start_of(self.monday)

    def end(self, programme: Programme) -> datetime:
        """The instant it is over: where the next begins, however many hours it had."""
        return programme.start_of(self.monday + timedelta(days=DAYS))


def finished_week(programme: Programme, now: datetime) -> Week:
    """The last week that is over in the programme's zone. `now` is aware."""
    today = programme.local_date(now)
    return Week(today - timedelta(days=today.weekday())).back(1)


def told_from(week: Week, programme: Programme) -> datetime:
    """When a week's letter comes due: on the Monday after it, at `statement_time`."""
    monday = week.monday + timedelta(days=DAYS)
    return max(at_local(monday, programme.statement_time, programme.zone), week.end(programme))

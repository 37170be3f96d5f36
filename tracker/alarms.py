"""Which silences must the owner hear of? Orders that stopped coming, and runs that did not run.

A silence is known by what it is of and since when, which two runs see alike; so each is told once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from tracker.lines import JournalLine
from tracker.owners_money import OWN_SOURCES
from tracker.programme import Code, CodeStatus, Programme

ASLEEP_HOURS = 26
"""A day, and two hours for a nightly run that began late or crossed a change of the clock.

From reliability.md P11."""


class Silence(StrEnum):
    """What was not heard of."""

    NO_ORDERS = "no_orders"
    WAS_ASLEEP = "was_asleep"


@dataclass(frozen=True, slots=True)
class Alarm:
    """One silence; both times are aware.

    Attributes:
        since: when the last order was first noted, or when the last good sync was.
        seen_at: when the silence was noticed.
        over: whether it had ended by then.
    """

    silence: Silence
    since: datetime
    seen_at: datetime
    over: bool

    @property
    def name(self) -> str:
        """What the silence is known by, in every run."""
        return f"{self.silence}:{self.since.astimezone(UTC).isoformat()}"

    def written(self) -> str:
        """Write it as JSON that `read_alarm` reads back."""
        times = {"since": self.since.isoformat(), "seen_at": self.seen_at.isoformat()}
        values = {"silence": self.silence, **times, "over": self.over}
        return json.dumps(values, separators=(",", ":"))


def read_alarm(written: str) -> Alarm:
    """Read what `Alarm.written` wrote. Raises ValueError or KeyError for anything else."""
    said = json.loads(written)
    since, seen_at = (datetime.fromisoformat(said[name]) for name in ("since", "seen_at"))
    return Alarm(Silence(said["silence"]), since, seen_at, bool(said["over"]))


def last_order(lines: Iterable[JournalLine]) -> datetime | None:
    """Say when an order was last noted that was not known before; None when there never was one.

    A refund or a change of an old order is no new order, nor is the owner's own money.
    """
    first = (line for line in lines if line.n == 1 and line.source not in OWN_SOURCES)
    return max((line.noted_at for line in first), default=None)


def alarms(
    programme: Programme,
    codes: Iterable[Code],
    *,
    now: datetime,
    last_order: datetime | None,
    synced_before: datetime | None,
    synced: bool = True,
) -> tuple[Alarm, ...]:
    """Give the silences that there are now; whether one was told already is the outbox's to know.

    Orders are missed once `quiet_days` days have passed on the programme's calendar, and not where
    there never was an order or no code is active: a programme that rests waits for none. The
    program was asleep when the last good sync before this run is more than ASLEEP_HOURS ago; while
    this run's own is no good one either (`synced`), it still is, and what it knows of orders is
    old. All times are aware.
    """
    found: list[Alarm] = []
    waits = programme.quiet_days and any(code.status is CodeStatus.ACTIVE for code in codes)
    if synced and last_order and waits and now >= _days_later(last_order, programme):
        found.append(Alarm(Silence.NO_ORDERS, last_order, now, over=False))
    if synced_before and now - synced_before > timedelta(hours=ASLEEP_HOURS):
        found.append(Alarm(Silence.WAS_ASLEEP, synced_before, now, over=synced))
    return tuple(found)


def _days_later(at: datetime, programme: Programme) -> datetime:
    """The same time of day `quiet_days` later in the programme's zone, however long days are."""
    return (at.astimezone(programme.zone) + timedelta(days=programme.quiet_days)).astimezone(UTC)

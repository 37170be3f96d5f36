"""What is due now? The clock only wakes the program; the book says what is still to be done.

Run late, twice or not at all for weeks: what was sealed or proposed stands in the book, so what is
missing is what is due, and nothing is due a second time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from tracker.choices import Mail
from tracker.known import Known
from tracker.lines import CommissionLine
from tracker.payouts import propose_on, unreadable_keys
from tracker.periods import at_local, month_before, month_of, payout_date
from tracker.programme import Programme
from tracker.statement_months import (
    Begun,
    Post,
    finished_month,
    letters_wanted,
    months_to_send,
    statements_at,
    told_of,
)
from tracker.sync import Books

RETRY = timedelta(hours=1)
RETRY_LATER = timedelta(days=1)
RETRY_OFTEN = timedelta(days=1)
"""What could not be done is tried again every hour for a day, then once a day."""


class Task(StrEnum):
    """What the clock may ask for, in the order in which it is done."""

    SYNC = "sync"
    STATEMENTS = "statements"
    PREVIEWS = "previews"
    PAYOUTS = "payouts"
    NEWS = "news"
    CHECK = "check"
    LETTERS = "letters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One thing that is due.

    Attributes:
        months: whose statements, oldest first.
        day: the payout day, or the local day of a check.
        key: what it is about; while that stays the same it was tried in vain before.
    """

    task: Task
    months: tuple[str, ...] = ()
    day: date | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """When a job of that key was tried in vain: the first time, and the last."""

    key: str = ""
    first: datetime | None = None
    last: datetime | None = None

    def again(self, key: str, now: datetime) -> Tried:
        """Note another try."""
        return Tried(key, self.first if key == self.key and self.first else now, now)

    def is_time(self, key: str, now: datetime) -> bool:
        """Whether a job may be tried now: a new one at once, an old one after a pause."""
        if key != self.key or self.first is None or self.last is None:
            return True
        pause = RETRY if self.last - self.first < RETRY_OFTEN else RETRY_LATER
        # A try noted in the future was noted by a clock that has been put right since.
        return not timedelta(0) <= now - self.last < pause


def due(
    known: Known,
    books: Books,
    now: datetime,
    *,
    doubtful: Collection[str] = (),
    checked_on: str = "",
    previewed: Collection[str] = (),
    again: Collection[str] = (),
    closed: Collection[str] = (),
) -> list[Job]:
    """Tell what is due of the book as a sync left it, in the order in which it is to be done.

    `doubtful` are partners with a ledger problem: neither told nor paid until it is mended;
    `checked_on` is the local day of the last check (`2026-10-20`); `previewed` are the months of
    which there are previews already; `again` are statements of unknown fate that may be sent
    once more; `closed` are addresses, in small letters, that sent letters back. `now` is aware.
    """
    payouts = _payouts_due(known, books, doubtful, now)
    day = check_day(known.programme, now)
    today = day.isoformat()
    check = Job(task=Task.CHECK, day=day, key=today) if today != checked_on else None
    post = Post(frozenset(again), frozenset(closed))
    statements = _statements_due(known, books.lines, doubtful, previewed, now, post)
    return [job for job in (statements, payouts, check) if job is not None]


# Statements.


def _statements_due(
    known: Known,
    lines: Sequence[CommissionLine],
    doubtful: Collection[str],
    previewed: Collection[str],
    now: datetime,
    post: Post,
) -> Job | None:
    programme = known.programme
    last = finished_month(programme, now)
    if now < statements_at(last, programme):
        # Before its time a new book has nothing to tell; an old one may have missed more.
        last = month_before(last) if known.statements else ""
    if not last or programme.mail is Mail.OFF:
        return None
    begun = Begun.of(known, lines)
    if programme.mail is Mail.PREVIEW:
        if last in previewed or not told_of(known, begun, last, now):
            return None
        return Job(task=Task.PREVIEWS, months=(last,), key=last)
    wanted: dict[str, list[str]] = {}
    for month in months_to_send(known.statements, last, post.again):
        for who in letters_wanted(known, told_of(known, begun, month, now), month, post):
            if who.partner_id not in doubtful:
                wanted.setdefault(month, []).append(f"{month} {who.partner_id} {who.email}")
    if not wanted:
        return None
    key = _digest(text for texts in wanted.values() for text in texts)
    return Job(task=Task.STATEMENTS, months=tuple(wanted), key=key)


# Payouts.


def payout_day(programme: Programme, now: datetime, *, timed: bool = True) -> date:
    """The latest payout day that has come: at `payout_time`, or when not `timed` at its start."""
    month = month_before(month_of(programme.local_date(now)))
    day = payout_date(month, programme)
    at = at_local(day, programme.payout_time, programme.zone)
    if now < (at if timed else programme.start_of(day)):
        day = payout_date(month_before(month), programme)
    return day


def _payouts_due(
    known: Known, books: Books, doubtful: Collection[str], now: datetime
) -> Job | None:
    programme = known.programme
    day = payout_day(programme, now)
    payouts = books.payouts()
    found = propose_on(day, books.lines, payouts, known.partners, programme, doubtful)
    if not found.payouts:
        return None
    unreadable = sorted(unreadable_keys(programme))
    key = _digest([day.isoformat(), *unreadable, *(one.payout_id for one in found.payouts)])
    return Job(task=Task.PAYOUTS, day=day, key=key)


# The check.


def check_day(programme: Programme, now: datetime) -> date:
    """The latest local day whose `check_time` has come."""
    today = programme.local_date(now)
    if now < at_local(today, programme.check_time, programme.zone):
        return today - timedelta(days=1)
    return today


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode("utf-8")).hexdigest()[:16]

"""What is due now? The clock only wakes the program; the book says what is still to be done.

Run late, twice or not at all for weeks: what was sealed or proposed stands in the book, so what is
missing is what is due, and nothing is due a second time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from tracker.choices import Mail
from tracker.known import Known, SealedStatement, latest_revisions
from tracker.lines import CommissionLine
from tracker.payouts import propose_on, unreadable_keys
from tracker.periods import end_of, first_day, month_before, month_of, next_month, payout_date
from tracker.programme import Partner, PartnerStatus, Programme
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
    post = _Post(frozenset(again), frozenset(closed))
    statements = _statements_due(known, books.lines, doubtful, previewed, now, post)
    return [job for job in (statements, payouts, check) if job is not None]


def at_local(day: date, at: time, zone: tzinfo) -> datetime:
    """The instant at which a clock on the wall of that zone shows a time, in UTC.

    A time that exists twice counts the first time; one that a clock change skips comes as much
    later as the clock was put forward. So every day has it once (PEP 495, fold 0).
    """
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


# Statements.


def statements_at(month: str, programme: Programme) -> datetime:
    """When a month's statements come due: on the 1st after it, at `statement_time`."""
    day = first_day(next_month(month))
    return max(at_local(day, programme.statement_time, programme.zone), end_of(month, programme))


def finished_month(programme: Programme, now: datetime) -> str:
    """The last month that is over in the programme's zone."""
    return month_before(month_of(programme.local_date(now)))


def unsealed_months(sealed: Iterable[SealedStatement], last: str) -> tuple[str, ...]:
    """Every month after the last sealed one up to `last`, in order; of a new book only `last`."""
    newest = max((one.month for one in sealed), default="")
    if not newest:
        return (last,)
    found: list[str] = []
    month = next_month(newest)
    while month <= last:
        found.append(month)
        month = next_month(month)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Post:
    """What the outbox knows: which unknown letters may leave again, and which addresses do not."""

    again: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()

    def ended(self, one: SealedStatement) -> bool:
        """Whether this row says that nothing more is to be done for its letter."""
        return one.state == "sent" or (
            one.state == "unknown" and one.statement_id not in self.again
        )


def months_to_send(
    sealed: Sequence[SealedStatement], last: str, again: Collection[str] = ()
) -> tuple[str, ...]:
    """Whose letters to look after, in order: the months not yet sealed, up to `last`.

    Before them come those with a letter that is sealed and has not left, and the last sealed
    one, since a partner may have got an address since. `again` are statements of unknown fate
    that may be sent once more.
    """
    post = _Post(frozenset(again))
    fates: dict[tuple[str, str], set[bool]] = {}
    for one in latest_revisions(sealed):
        fates.setdefault((one.month, one.partner_id), set()).add(post.ended(one))
    waiting = {month for (month, _), ended in fates.items() if not any(ended)}
    newest = {max(month for month, _ in fates)} if fates else set()
    fresh = unsealed_months(sealed, last)
    return tuple(sorted(month for month in {*waiting, *newest, *fresh} if month <= last))


@dataclass(frozen=True, slots=True)
class _Begun:
    """Since when each partner is known, and has lines."""

    noted: dict[str, datetime]
    booked: dict[str, datetime]

    @classmethod
    def of(cls, known: Known, lines: Iterable[CommissionLine]) -> _Begun:
        noted: dict[str, datetime] = {}
        for line in known.history:
            if not line.code:
                noted[line.partner_id] = min(
                    line.noted_at, noted.get(line.partner_id, line.noted_at)
                )
        booked: dict[str, datetime] = {}
        for step in lines:
            booked[step.partner_id] = min(
                step.booked_at, booked.get(step.partner_id, step.booked_at)
            )
        return cls(noted, booked)


def partners_told(
    known: Known, lines: Iterable[CommissionLine], month: str, now: datetime
) -> list[Partner]:
    """Partners who have a statement of a month, by id.

    Those with a line booked before its end, and the active ones who were known by then: who
    joins later is told nothing of months before. A partner without a row has no address.
    """
    return _told(known, _Begun.of(known, lines), month, now)


def _told(known: Known, begun: _Begun, month: str, now: datetime) -> list[Partner]:
    end = end_of(month, known.programme)
    earning = {who for who, at in begun.booked.items() if at < end}
    found = [
        partner
        for partner in known.partners.values()
        if partner.partner_id in earning
        or (
            partner.status is PartnerStatus.ACTIVE
            and min(begun.noted.get(partner.partner_id, now), end) < end
        )
    ]
    found += [Partner(partner_id=one) for one in earning - known.partners.keys()]
    return sorted(found, key=lambda partner: partner.partner_id)


def _statements_due(
    known: Known,
    lines: Sequence[CommissionLine],
    doubtful: Collection[str],
    previewed: Collection[str],
    now: datetime,
    post: _Post,
) -> Job | None:
    programme = known.programme
    last = finished_month(programme, now)
    if now < statements_at(last, programme):
        # Before its time a new book has nothing to tell; an old one may have missed more.
        last = month_before(last) if known.statements else ""
    if not last or programme.mail is Mail.OFF:
        return None
    begun = _Begun.of(known, lines)
    if programme.mail is Mail.PREVIEW:
        if last in previewed or not _told(known, begun, last, now):
            return None
        return Job(task=Task.PREVIEWS, months=(last,), key=last)
    wanted: dict[str, list[str]] = {}
    for month in months_to_send(known.statements, last, post.again):
        for who in _letters_wanted(known, _told(known, begun, month, now), month, post):
            if who.partner_id not in doubtful:
                wanted.setdefault(month, []).append(f"{month} {who.partner_id} {who.email}")
    if not wanted:
        return None
    key = _digest(text for texts in wanted.values() for text in texts)
    return Job(task=Task.STATEMENTS, months=tuple(wanted), key=key)


def _letters_wanted(
    known: Known, told: Iterable[Partner], month: str, post: _Post
) -> Iterator[Partner]:
    """Partners with an address whose letter of that month has not left and still may.

    To an address that sent letters back none leaves, but each is sealed and claimed.
    """
    rows = latest_revisions(one for one in known.statements if one.month == month)
    own = {one.partner_id for one in rows}
    ended = {one.partner_id for one in rows if post.ended(one)}
    later = {one.partner_id for one in known.statements if one.month > month}
    for partner in told:
        who = partner.partner_id
        if not partner.email or who in ended or (who in later and who not in own):
            continue
        if who not in own or partner.email.lower() not in post.closed:
            yield partner


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

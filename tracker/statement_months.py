"""Whose statements are still to be made or sent, and of which months? The book says it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.known import Known, SealedStatement, latest_revisions
from tracker.lines import CommissionLine
from tracker.periods import (
    at_local,
    end_of,
    first_day,
    is_month,
    month_before,
    month_of,
    next_month,
)
from tracker.problems import Stop
from tracker.programme import Partner, PartnerStatus, Programme


def statements_at(month: str, programme: Programme) -> datetime:
    """When a month's statements come due: on the 1st after it, at `statement_time`."""
    day = first_day(next_month(month))
    return max(at_local(day, programme.statement_time, programme.zone), end_of(month, programme))


def finished_month(programme: Programme, now: datetime) -> str:
    """The last month that is over in the programme's zone."""
    return month_before(month_of(programme.local_date(now)))


def chosen_month(month: str | None, programme: Programme, now: datetime) -> str:
    """The month that somebody typed, else the last one that is over.

    Raises Stop `month_unreadable` for what is no month.
    """
    chosen = finished_month(programme, now) if month is None else month
    if not is_month(chosen):
        raise Stop("month_unreadable", month=chosen[:20])
    return chosen


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
class Post:
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
    post = Post(frozenset(again))
    fates: dict[tuple[str, str], set[bool]] = {}
    for one in latest_revisions(sealed):
        fates.setdefault((one.month, one.partner_id), set()).add(post.ended(one))
    waiting = {month for (month, _), ended in fates.items() if not any(ended)}
    newest = {max(month for month, _ in fates)} if fates else set()
    fresh = unsealed_months(sealed, last)
    return tuple(sorted(month for month in {*waiting, *newest, *fresh} if month <= last))


@dataclass(frozen=True, slots=True)
class Begun:
    """Since when each partner is known, and has lines."""

    noted: dict[str, datetime]
    booked: dict[str, datetime]

    @classmethod
    def of(cls, known: Known, lines: Iterable[CommissionLine]) -> Begun:
        """Look through the Code history and the lines once, for every month."""
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
    return told_of(known, Begun.of(known, lines), month, now)


def told_of(known: Known, begun: Begun, month: str, now: datetime) -> list[Partner]:
    """Partners who have a statement of a month, as `partners_told`, where `begun` is known."""
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


def letters_wanted(
    known: Known, told: Iterable[Partner], month: str, post: Post
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

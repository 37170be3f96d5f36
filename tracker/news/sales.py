"""Which sales is a partner to hear of, and in which letter? Each is named to him once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tracker.choices import Notify
from tracker.line_reasons import step_reason
from tracker.lines import CommissionLine
from tracker.metrics import balances
from tracker.model import Role
from tracker.news.events import News, NewsKind, Sales, SalesAccount, SoldLine
from tracker.news.seen import Seen
from tracker.news.welcome import chosen
from tracker.periods import at_local
from tracker.programme import Partner

DAYS_BACK = 3
WEEKS_BACK = 2
"""How far back a letter may reach, so that a lost outbox doubles little."""

_NAMED_EARLIER = timedelta(days=7)
"""How much older than a line the day in the name of a letter that names it may be."""


@dataclass(frozen=True, slots=True)
class _Period:
    """What one letter covers: from one instant up to another, and the days in words.

    `mark` stands in the letter's name behind its first day; empty: it names its first line.
    """

    begin: datetime
    end: datetime
    since: date
    until: date
    mark: str


def sales(seen: Seen) -> Iterator[News]:
    """Tell every partner who wants to hear of them of sales that he was not told of."""
    if seen.programme.unreadable & {"time_zone"}:
        return
    oldest = seen.now - timedelta(days=7 * (WEEKS_BACK + 1))
    recent = _recent(seen, oldest)
    for partner in seen.partners():
        lines = recent.get(partner.partner_id)
        if lines and partner.partner_id not in seen.doubtful:
            for period in _periods(chosen(partner, seen.programme), seen):
                yield from _letter(partner, period, lines, seen)


def _recent(seen: Seen, since: datetime) -> dict[str, list[CommissionLine]]:
    """Lines of orders booked since then, by partner, oldest first; no older one is looked at."""
    found: dict[str, list[CommissionLine]] = {}
    for line in reversed(seen.books.lines):
        if line.booked_at < since:
            break
        if line.role == Role.ORDER:
            found.setdefault(line.partner_id, []).append(line)
    return {who: lines[::-1] for who, lines in found.items()}


def _periods(notify: Notify, seen: Seen) -> Iterator[_Period]:
    """What may be told of now, the oldest first: a day and a week from `statement_time` on."""
    programme, today = seen.programme, seen.today
    asleep = seen.now < at_local(today, programme.statement_time, programme.zone)
    if notify is Notify.EACH:
        begin = seen.now - timedelta(days=DAYS_BACK)
        end = seen.now + timedelta(days=2)  # lines may be noted a little after the clock
        yield _Period(begin, end, programme.local_date(begin), today, "")
    elif notify is Notify.DAILY:
        for back in range(DAYS_BACK, 0, -1):
            day = today - timedelta(days=back)
            after = day + timedelta(days=1)
            if after == today and asleep:
                return
            yield _Period(programme.start_of(day), programme.start_of(after), day, day, "day")
    elif notify is Notify.WEEKLY:
        for back in range(WEEKS_BACK, 0, -1):
            monday = today - timedelta(days=today.weekday() + 7 * back)
            after = monday + timedelta(days=7)
            begin, end = programme.start_of(monday), programme.start_of(after)
            if after == today and asleep:
                return
            yield _Period(begin, end, monday, after - timedelta(days=1), "week")


def _letter(
    partner: Partner, period: _Period, lines: Sequence[CommissionLine], seen: Seen
) -> Iterator[News]:
    inside = [one for one in lines if period.begin <= one.booked_at < period.end]
    name = f"sales:{period.since}:{period.mark}:{partner.partner_id}"
    if not inside or (period.mark and seen.told.left(name)):
        return
    since = seen.programme.local_date(period.begin - _NAMED_EARLIER)
    told = seen.told.lines(partner.partner_id, since)
    fresh = [one for one in inside if one.line_id not in told]
    if period.mark:
        if fresh:
            yield _news(partner, name, period, fresh, seen)
        return
    if not fresh:
        return
    # Named by its first line: while it cannot leave, later ones join the same letter.
    first = fresh[0]
    days = [seen.programme.local_date(one.booked_at) for one in fresh]
    on = seen.programme.local_date(first.booked_at)
    name = f"sales:{on}:each:{first.line_id}:{partner.partner_id}"
    end = fresh[-1].booked_at + timedelta(seconds=1)
    yield _news(partner, name, _Period(period.begin, end, days[0], days[-1], ""), fresh, seen)


def _news(
    partner: Partner, name: str, period: _Period, lines: Sequence[CommissionLine], seen: Seen
) -> News:
    periods = {"day": Notify.DAILY, "week": Notify.WEEKLY}
    event = Sales(
        period=periods.get(period.mark, Notify.EACH),
        since=period.since,
        until=period.until,
        lines=tuple(_line(one, seen) for one in lines),
        accounts=_accounts(partner, lines, period.end, seen),
    )
    return News(kind=NewsKind.SALES, name=name, partner=partner, at=period.end, event=event)


def _line(line: CommissionLine, seen: Seen) -> SoldLine:
    order = seen.books.orders.get(line.key)
    facts = () if order is None else order.lines
    fact = next((one for one in facts if one.line_id == line.fact), None)
    ordered_at = "" if fact is None else fact.ordered_at
    day = seen.programme.local_date(datetime.fromisoformat(ordered_at)) if ordered_at else None
    back = line.minor < 0 and fact is not None
    return SoldLine(
        line_id=line.line_id,
        source=line.source,
        order_id=line.order_id,
        ordered_on=day,
        minor=line.minor,
        currency=line.currency,
        rate=line.rate,
        base=line.base if line.rate.endswith("%") else None,
        because=step_reason(line, fact) if back and fact is not None else "",
    )


def _accounts(
    partner: Partner, lines: Sequence[CommissionLine], end: datetime, seen: Seen
) -> tuple[SalesAccount, ...]:
    """How each account of these lines stood at that moment, whenever it is asked."""
    before = [one for one in seen.lines[partner.partner_id] if one.booked_at < end]
    on = seen.programme.local_date(end)
    whole = {one.currency: one for one in balances(before, (), on)}
    found = []
    for currency in sorted({one.currency for one in lines}):
        own = [one for one in lines if one.currency == currency]
        sold = [one for one in own if one.minor > 0]
        found.append(
            SalesAccount(
                currency=currency,
                orders=len({one.key for one in sold}),
                earned=sum(one.minor for one in sold),
                taken_back=sum(one.minor for one in own if one.minor < 0),
                balance=whole[currency].balance,
                on_hold=whole[currency].on_hold,
            )
        )
    return tuple(found)

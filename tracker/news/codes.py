"""What is a partner told of his codes? That one stopped, ends soon, or is nearly used up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from tracker.code_book import families
from tracker.news.events import CodeChange, CodeChanged, News, NewsKind
from tracker.news.seen import Seen
from tracker.news.welcome import working, works
from tracker.owners_money import OWN_SOURCES
from tracker.placing import counts, placed
from tracker.programme import Code, CodeKind, HistoryLine, Partner, normal_code

CODE_DAYS = 7
"""For how long a change of a code is news, and how long before its end that is told."""

NEAR_LIMIT_PERCENT = 80

_STOPPED = frozenset({"paused", "leaked", "expired", "replaced"})

_Whose = tuple[str, str]
"""A code in its normal form, and a partner."""


def code_changes(seen: Seen) -> Iterator[News]:
    """Tell every partner of changes of his codes, once a change."""
    partners = {partner.partner_id: partner for partner in seen.partners()}
    own = (code for code in seen.known.codes if code.partner_id in partners)
    # Of hundreds of serials he would hear hundreds of times.
    codes = [code for code in own if code.kind not in {CodeKind.SERIAL, CodeKind.PERSONAL}]
    active = [code for code in codes if works(code, seen)]
    yield from _stopped(codes, partners, seen)
    yield from _ending(active, codes, partners, seen)
    yield from _used_up([code for code in active if code.max_uses], partners, seen)


def _stopped(codes: list[Code], partners: Mapping[str, Partner], seen: Seen) -> Iterator[News]:
    """Changes of state that Code history noted lately and that still hold.

    The state in which a code was first noted is no change.
    """
    since = seen.now - timedelta(days=CODE_DAYS)
    past: dict[_Whose, list[HistoryLine]] = defaultdict(list)
    for line in sorted(seen.history, key=lambda line: line.noted_at):
        if line.code:
            past[normal_code(line.code), line.partner_id].append(line)
    for code in codes:
        lines = past.get(_whose(code), [])
        if len(lines) < 2 or lines[-1].noted_at <= since:
            continue
        before, last = lines[-2:]
        changed = before.status != last.status and last.status == code.status.value
        if changed and last.status in _STOPPED:
            mark = f"{last.status}:{last.noted_at.astimezone(UTC).isoformat()}"
            event = CodeChanged(
                change=CodeChange(last.status),
                code=code.code,
                on=seen.programme.local_date(last.noted_at),
                others=_others(code, partners, seen),
            )
            yield _news(mark, last.noted_at, event, partners[code.partner_id])


def _ending(
    active: list[Code], codes: list[Code], partners: Mapping[str, Partner], seen: Seen
) -> Iterator[News]:
    """Codes that work and whose last day is near, unless another row of theirs goes on."""
    for code in active:
        last = code.valid_to
        if last is None or last > seen.today + timedelta(days=CODE_DAYS):
            continue
        rows = (one for one in codes if _whose(one) == _whose(code))
        if any(one.valid_to is None or one.valid_to > last for one in rows):
            continue
        others = _others(code, partners, seen)
        event = CodeChanged(change=CodeChange.ENDS, code=code.code, on=last, others=others)
        at = seen.programme.start_of(last - timedelta(days=CODE_DAYS))
        yield _news(f"ends:{last}", at, event, partners[code.partner_id])


def _used_up(limited: list[Code], partners: Mapping[str, Partner], seen: Seen) -> Iterator[News]:
    """Codes that work with nearly, or quite, as many orders as there may be.

    A limit that variants share is told with their main code alone.
    """
    uses = _uses(seen) if limited else {}
    together = families(seen.known.codes) if limited else {}
    limits = {normal_code(code.code): code.max_uses for code in limited}
    since = seen.now - timedelta(days=CODE_DAYS)
    for code in limited:
        limit, name = code.max_uses or 0, normal_code(code.code)
        if code.variant_of and limits.get(normal_code(code.variant_of)) == limit:
            continue
        times = sorted(at for one in together.get(name, (name,)) for at in uses.get(one, ()))
        near = -(-limit * NEAR_LIMIT_PERCENT // 100)
        reached = limit if len(times) >= limit else near
        if len(times) < near or times[reached - 1] <= since:
            continue
        event = CodeChanged(
            change=CodeChange.AT_LIMIT if reached == limit else CodeChange.NEAR_LIMIT,
            code=code.code,
            on=seen.programme.local_date(times[reached - 1]),
            used=len(times),
            limit=limit,
            others=_others(code, partners, seen),
        )
        mark = f"{event.change}:{limit}"
        yield _news(mark, times[reached - 1], event, partners[code.partner_id])


def _uses(seen: Seen) -> dict[str, list[datetime]]:
    """When each order that counts began to, by the code it was counted by.

    As the limit itself counts: paid orders, whoever's the code was; one that was cancelled or
    wholly refunded has used nothing.
    """
    found: dict[str, list[datetime]] = defaultdict(list)
    for key, order in seen.books.orders.items():
        latest = order.latest
        if key[0] in OWN_SOURCES or not latest.partner_id or not counts(latest):
            continue
        code = placed(latest, seen.programme).code
        if code:
            own = (one for one in order.lines if one.partner_id == latest.partner_id)
            found[code].append(next((one.noted_at for one in own if counts(one)), latest.noted_at))
    return found


def _whose(code: Code) -> _Whose:
    return normal_code(code.code), code.partner_id


def _others(code: Code, partners: Mapping[str, Partner], seen: Seen) -> tuple[str, ...]:
    """The partner's other codes that work."""
    own = working(partners[code.partner_id], seen)
    return tuple(one.code for one in own if _whose(one) != _whose(code))


def _news(mark: str, at: datetime, event: CodeChanged, partner: Partner) -> News:
    name = f"code:{mark}:{normal_code(event.code)}:{partner.partner_id}"
    return News(kind=NewsKind.CODE, name=name, partner=partner, at=at, event=event)

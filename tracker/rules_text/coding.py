"""What do the terms say of codes? Each with its restrictions, or only which kinds there are."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.known import Known
from tracker.policy import PayFor, Span
from tracker.programme import Code, CodeKind, CodeStatus, Partner, Programme
from tracker.rulebook import Period
from tracker.rules_text.clauses import Clause, kind_of, money, said
from tracker.rules_text.sums import days_clauses

_CLOSED = (CodeStatus.PAUSED, CodeStatus.LEAKED, CodeStatus.EXPIRED)


def code_clauses(known: Known, partner: Partner | None) -> Iterator[Clause]:
    """A partner's codes one by one; for everybody only the kinds of restrictions."""
    if any(code.kind is CodeKind.SHARED for code in known.codes):
        yield Clause("codes_shared")
    if partner is None:
        yield from _kinds(known)
        return
    own = [c for c in known.codes if c.partner_id == partner.partner_id]
    serial: set[Clause] = set()
    for code in sorted(own, key=lambda code: code.code.casefold()):
        clause = _code(code, known.programme)
        if code.kind is CodeKind.SERIAL:  # hundreds of them, all alike: told once
            kind = "codes_serial" if clause.parts else "codes_serial_plain"
            clause = Clause(kind, parts=clause.parts, term=bool(clause.parts))
            if clause in serial:
                continue
            serial.add(clause)
        yield clause


def _kinds(known: Known) -> Iterator[Clause]:
    found: dict[str, Clause] = {}
    for code in known.codes:
        for one in restrictions(code, known.programme):
            name = _KIND_OF.get(one.code, one.code)
            found.setdefault(name, Clause(f"kind_{name}", term=False))
    if found:
        yield Clause("codes_may", parts=tuple(found[name] for name in sorted(found)), term=False)


_KIND_OF = {
    "from_to": "dates", "from_day": "dates", "to_day": "dates", "except_days": "dates",
    "code_rate_fixed": "rate", "code_rate_percent": "rate", "code_rate_item": "rate",
    "code_paused": "status", "code_leaked": "status", "code_expired": "status",
    "min_order": "sums", "min_order_above": "sums", "max_order": "sums",
    "max_uses": "uses", "uses_per_customer": "uses",
    "once_personal": "uses", "once_serial": "uses",
    "products_in": "products", "products_out": "products",
    "code_pay_all": "pay_for", "code_pay_orders": "pay_for", "code_pay_months": "pay_for",
}  # fmt: skip
"""Which restrictions are one kind to a reader of the common page."""


def _code(code: Code, programme: Programme) -> Clause:
    if code.kind is CodeKind.SHARED:
        return Clause("code_shared", said(code=code.code))
    parts = tuple(restrictions(code, programme))
    if code.variant_of:
        values = said(code=code.code, main=code.variant_of)
        return Clause("code_variant_but" if parts else "code_variant", values, parts)
    if not parts:
        return Clause("code_plain", said(code=code.code), term=False)
    return Clause("code", said(code=code.code), parts)


def restrictions(code: Code, programme: Programme) -> Iterator[Clause]:
    """Everything that a code's row says beside whose it is."""
    if code.status in _CLOSED:
        yield Clause(f"code_{code.status}")
    if code.rate is not None:
        yield Clause(f"code_rate_{kind_of(code.rate)}", said(rate=code.rate))
    if code.kind in {CodeKind.PERSONAL, CodeKind.SERIAL}:
        yield Clause(f"once_{code.kind}")
    yield from days_clauses(code.valid_from, code.valid_to)
    yield from _times(code)
    yield from _who(code)
    yield from _what(code, programme)
    if code.pay_for is not None and code.pay_for != programme.policy.pay_for:
        yield _pay_for(code.pay_for)
    if not code.stacks:
        yield Clause("not_stacked")


def _times(code: Code) -> Iterator[Clause]:
    if code.weekdays:
        days = tuple(Clause(f"weekday_{day}") for day in sorted(code.weekdays))
        yield Clause("weekdays", parts=days)
    if code.hours:
        spans = (f"{_clock(first)}\u2013{_clock(last)}" for first, last in code.hours)
        yield Clause("hours", said(hours=", ".join(spans)))
    if code.except_dates:
        spans_of = (Clause("except_span", said(day=a, last_day=b)) if a != b else
                    Clause("except_day", said(day=a)) for a, b in code.except_dates)  # fmt: skip
        yield Clause("except_days", parts=tuple(spans_of))


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _who(code: Code) -> Iterator[Clause]:
    if code.new_customers_only:
        yield Clause("new_customers")
    if code.max_uses is not None:
        yield Clause("max_uses", said(count=code.max_uses))
    if code.max_uses_per_customer is not None:
        period = "" if code.per is Period.EVER else f"per_{code.per}"
        values = said(count=code.max_uses_per_customer, period_word=period or "per_ever")
        yield Clause("uses_per_customer", values)
    for name in ("regions", "channels"):
        if words := getattr(code, name):
            yield Clause(name, said(names=", ".join(words)))


def _what(code: Code, programme: Programme) -> Iterator[Clause]:
    if code.min_order is not None:
        kind = "min_order_above" if code.min_is_above else "min_order"
        yield Clause(kind, said(sum=money(code.min_order, programme.currency)))
    if code.max_order is not None:
        yield Clause("max_order", said(sum=money(code.max_order, programme.currency)))
    for name in ("products_in", "products_out"):
        if words := getattr(code, name):
            yield Clause(name, said(names=", ".join(words)))


def _pay_for(found: PayFor) -> Clause:
    if found.span is Span.ALL:
        return Clause("code_pay_all")
    return Clause(f"code_pay_{found.span}", said(count=found.count))

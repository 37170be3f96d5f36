"""How is a row of the owner's money noted in the Journal? What all its kinds share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from tracker.commissions import Owed
from tracker.ledger import Order
from tracker.lines import JournalLine, Key, sealed
from tracker.model import Role
from tracker.problems import Problem, params
from tracker.programme import Programme
from tracker.sentences import join_reason, reason_says

ADJUSTMENT, LEAD, PAYOUT, TIER = "adjustment", "lead", "payout", "tier"
OWN_SOURCES = frozenset({ADJUSTMENT, LEAD, PAYOUT, TIER})


def own_line(
    source: str, row_id: str, partner_id: str, minor: int, currency: str, noted_at: datetime
) -> JournalLine:
    """A first line of a row, which owes `minor` to its partner in the role of its source."""
    owed = Owed(partner_id=partner_id, role=Role(source), minor=minor, currency=currency)
    return JournalLine(
        noted_at=noted_at,
        source=source,
        order_id=row_id,
        n=1,
        currency=currency,
        partner_id=partner_id,
        evidence="owner",
        owed=(owed,) if minor else (),
    )


def explained(line: JournalLine, code: str, language: str, **values: object) -> JournalLine:
    """The line with its reason, and the sentence of it in the programme's language."""
    reason = join_reason(code, params(**values))
    return replace(line, reason=reason, decision=reason_says(reason, language))


def new_lines(line: JournalLine | None, orders: Mapping[Key, Order]) -> list[JournalLine]:
    """The line, unless it says what the latest one of its row says."""
    if line is None:
        return []
    known = orders.get(line.key)
    if known is not None and known.latest.substance() == line.substance():
        return []
    return [sealed(replace(line, n=known.latest.n + 1 if known is not None else 1))]


def first_day(order: Order | None, programme: Programme, noted_at: datetime) -> date:
    """The day a row without a date first credited anybody: it does not move afterwards."""
    days = (line.payable_on for line in order.lines) if order is not None else ()
    return next((day for day in days if day is not None), programme.local_date(noted_at))


def partner_unknown(tab: str, cell: str, key: str, partner_id: str) -> Problem:
    """The problem of a row that names a partner who is not in Partners."""
    said = params(partner=partner_id or "-")
    return Problem(tab=tab, cell=cell, code="partner_unknown", params=said, key=key)

"""What stands in the tab Leads, and how is a new lead written into it?"""

from __future__ import annotations

from datetime import datetime

from tracker.book.rows import BadCell, Reading, Row
from tracker.cells import shown
from tracker.customers import email_key, phone_key
from tracker.deliveries import read_moment
from tracker.leads import NewLead
from tracker.policy import LeadPays
from tracker.problems import Problem, params
from tracker.programme import Lead, Programme
from tracker.stores import Record, Table


def read_leads(
    table: Table, reading: Reading, programme: Programme, secret: bytes
) -> tuple[Lead, ...]:
    """Read Leads, by id. A moment that cannot be read costs no row: it came when first seen."""
    found: list[Lead] = []
    for key, row in reading.keyed(table, "lead_id"):
        lead = reading.understood(row, key, lambda row: _lead(row, programme, secret))
        if lead is None:
            continue
        found.append(lead)
        if lead.received_at is None and row.has("received_at"):
            reading.problems.append(_no_moment(row, key))
    return tuple(found)


def _lead(row: Row, programme: Programme, secret: bytes) -> Lead:
    currency = _currency(row, programme)
    status = row.choice("status", "new")
    is_deal = status == "deal"
    needs_sum = is_deal and programme.policy.lead_pays_on is LeadPays.DEAL
    if needs_sum and not row.has("deal_amount"):
        raise BadCell("deal_amount", "amount_missing", "")
    has_sum = is_deal and row.has("deal_amount")
    minor = row.booked("deal_amount", currency) if has_sum else 0
    if minor < 0:
        raise BadCell("deal_amount", "amount_below_zero", row.text("deal_amount"))
    email, phone = row.text("email"), row.text("phone")
    keys = {email_key(secret, email), phone_key(secret, phone, programme.currency)} - {""}
    return Lead(
        lead_id=row.text("lead_id"),
        partner_id=row.text("partner_id"),
        minor=minor,
        currency=currency,
        is_deal=is_deal,
        status=status,
        received_at=_moment(row, programme),
        customer=frozenset(keys),
        code=row.text("code"),
        number=row.text("number"),
        helper=row.text("helper"),
        cell=row.at("lead_id"),
    )


def _currency(row: Row, programme: Programme) -> str:
    """The row's currency, else the programme's; while that cannot be read it is not guessed."""
    if not row.has("currency") and "currency" in programme.unreadable:
        raise BadCell("currency", "currency_unknown", "")
    return row.currency("currency", programme.currency)


def _moment(row: Row, programme: Programme) -> datetime | None:
    return read_moment(row.cell("received_at"), programme.zone)


def _no_moment(row: Row, key: str) -> Problem:
    said = params(shown=shown(row.cell("received_at"))[:60])
    return Problem(
        tab=row.tab.value, cell=row.at("received_at"), code="lead_time", params=said, key=key
    )


def lead_record(lead: NewLead) -> Record:
    """A new lead as a row of Leads: the one place its customer's contacts are kept."""
    return {
        "lead_id": lead.lead_id,
        "received_at": lead.received_at.isoformat(timespec="seconds"),
        "partner_id": lead.partner_id or None,
        "name": lead.name or None,
        "phone": lead.phone or None,
        "email": lead.email or None,
        "code": lead.code or None,
        "number": lead.number or None,
        "helper": lead.helper or None,
        "note": lead.note or None,
    }

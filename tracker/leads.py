"""Which leads does a run know, and which of those that were posted become rows?

A posted lead becomes a row of Leads once. Its line in the Journal, written in the same commit,
is the note of it: a row that is deleted, a delivery that is sent or read again brings none back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from tracker.customers import email_key, phone_key
from tracker.known import Known
from tracker.lead_owner import Owners
from tracker.lead_terms import named_partner
from tracker.ledger import Ledger, Order
from tracker.lines import Key
from tracker.model import PostedLead
from tracker.own_lines import LEAD
from tracker.programme import HistoryLine, Lead


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLead:
    """A lead that is not in the book yet: what its row will say. Contacts stand nowhere else."""

    lead_id: str
    received_at: datetime
    partner_id: str = ""
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    code: str = ""
    number: str = ""
    helper: str = ""
    note: str = field(default="", repr=False)

    def as_row(self, currency: str, secret: bytes) -> Lead:
        """The lead as it will be read from its row; `currency` is the programme's."""
        keys = {email_key(secret, self.email), phone_key(secret, self.phone, currency)} - {""}
        return Lead(
            lead_id=self.lead_id,
            partner_id=self.partner_id,
            minor=0,
            currency=currency,
            is_deal=False,
            received_at=self.received_at,
            customer=frozenset(keys),
            code=self.code,
            number=self.number,
            helper=self.helper,
        )


def with_posted(
    known: Known,
    ledger: Ledger,
    posted: Iterable[PostedLead],
    fresh: Collection[HistoryLine],
    noted_at: datetime,
    secret: bytes,
) -> tuple[Known, tuple[NewLead, ...]]:
    """Add the leads that were posted, and complete every lead: whose it is, and since when.

    `fresh` are this run's lines of Code history. Gives also the rows to append.
    """
    owners = Owners(known, fresh)
    new = [_row_of(one, owners) for one in _unseen(known, ledger, posted)]
    rows = [one.as_row(known.programme.currency, secret) for one in new]
    leads = tuple(
        _completed(lead, ledger.orders, owners, noted_at) for lead in (*known.leads, *rows)
    )
    return replace(known, leads=leads), tuple(new)


def lead_id(posted: PostedLead) -> str:
    """The id of a posted lead's row: the source and the sender's own id for it."""
    return f"{posted.source}/{posted.lead_id}"


def _unseen(known: Known, ledger: Ledger, posted: Iterable[PostedLead]) -> list[PostedLead]:
    """Those that have neither a row nor a note, each once, by time: whatever came first."""
    seen = {lead.lead_id for lead in known.leads} | known.broken("Leads")
    seen |= {name for source, name in (*ledger.orders, *ledger.aside) if source == LEAD}
    first: dict[str, PostedLead] = {}
    for one in sorted(posted, key=_order):
        if lead_id(one) not in seen:
            first.setdefault(lead_id(one), one)
    return list(first.values())


def _order(one: PostedLead) -> tuple[str, str, str, str, str]:
    at = one.registered_at.astimezone(UTC).isoformat()
    heard = one.received_at.astimezone(UTC).isoformat()
    return at, heard, one.source, one.delivery_id, one.sha256


def _row_of(one: PostedLead, owners: Owners) -> NewLead:
    """Whose it is stands in the row if it can be told now; else the sign by which it may be."""
    at = one.registered_at.astimezone(owners.known.programme.zone).replace(microsecond=0)
    ref, code, number = one.ref or "", one.code or "", one.number or ""
    named = one.partner_id or owners.of(ref=ref, code=code or ref, number=number, at=at)[0]
    return NewLead(
        lead_id=lead_id(one),
        received_at=at,
        partner_id=named,
        name=one.name or "",
        phone=one.phone or "",
        email=one.email or "",
        code=code or ("" if named else ref),
        number=number,
        helper=one.helper or "",
        note=one.note or "",
    )


def _completed(lead: Lead, orders: Mapping[Key, Order], owners: Owners, noted_at: datetime) -> Lead:
    """Fill in what the row leaves open: since when it is known, and whom its code names.

    What was noted of either stays, whatever becomes of the code or the number.
    """
    order = orders.get((LEAD, lead.lead_id))
    at = lead.received_at or (noted_at if order is None else order.lines[0].noted_at)
    if lead.partner_id:
        return replace(lead, received_at=at)
    partner_id, sign = ("", "") if order is None else named_partner(order)
    if not partner_id:
        partner_id, sign = owners.of(ref="", code=lead.code, number=lead.number, at=at)
    return replace(lead, received_at=at, partner_id=partner_id, sign=sign)

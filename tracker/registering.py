"""How does the owner register a lead for a partner? Refused while another registration holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from tracker.addresses import email_problem
from tracker.book.lead_rows import lead_record
from tracker.customers import phone_key
from tracker.layout import Tab
from tracker.lead_notes import lead_terms
from tracker.lead_owner import partner_active
from tracker.lead_protection import registered_before
from tracker.lead_terms import terms_in_force
from tracker.leads import NewLead
from tracker.own_lines import LEAD
from tracker.problems import Stop
from tracker.running import CONFLICTS_MAX, Rest, Workplace, at_rest, commit_more
from tracker.stores import Outcome

_BY_HAND = "hand"
_NUMBER = re.compile(rf"{_BY_HAND}/([0-9]{{1,9}})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed of a new lead; contacts are raw."""

    partner_id: str
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    code: str = ""
    helper: str = ""


@dataclass(frozen=True, slots=True)
class Registered:
    """A lead that was written: its id, and until when it holds (None: not at all)."""

    lead_id: str
    until: date | None
    rest: Rest


def register(place: Workplace, typed: Typed, *, clock_is_right: bool = False) -> Registered:
    """Append one row to Leads and book what it earns. Call it while holding `store.writing`.

    Raises Stop for a partner nobody knows, a lead without contact, and while an earlier
    registration of the customer holds: then its day is told, and not whose it is.
    """
    for _ in range(CONFLICTS_MAX):
        rest = at_rest(place, what="leads", clock_is_right=clock_is_right)
        lead = prepared(rest, typed, place.secret)
        if commit_more(place, rest, {Tab.LEADS: [lead_record(lead)]}) is Outcome.DONE:
            after = at_rest(place, what="leads", clock_is_right=clock_is_right)
            return Registered(lead.lead_id, _until(rest, lead), after)
    raise Stop("still_changing")


def prepared(rest: Rest, typed: Typed, secret: bytes) -> NewLead:
    """Check what was typed against the book, and make the row of it. Raises Stop."""
    known, programme = rest.known, rest.known.programme
    if terms_in_force(programme) is None:
        keys = (key for key in programme.unreadable if key.startswith(("lead_", "cross_")))
        raise Stop("lead_settings", keys=", ".join(sorted(keys)))
    for named in filter(None, (typed.partner_id, typed.helper)):
        if named not in known.partners:
            raise Stop("lead_partner_unknown", partner=named)
    now = rest.now.astimezone(programme.zone).replace(microsecond=0)
    if not partner_active(known, typed.partner_id, now):
        raise Stop("lead_partner_left", partner=typed.partner_id)
    _refuse_contacts(typed, programme.currency, secret)
    lead = NewLead(
        lead_id=_next_id(rest),
        received_at=now,
        partner_id=typed.partner_id,
        name=typed.name.strip(),
        phone=typed.phone.strip(),
        email=typed.email.strip(),
        code=typed.code.strip(),
        helper=typed.helper,
        note=typed.note.strip(),
    )
    _refuse_registered(rest, lead, secret)
    return lead


def _refuse_contacts(typed: Typed, currency: str, secret: bytes) -> None:
    phone, email = typed.phone.strip(), typed.email.strip()
    if not (phone or email):
        raise Stop("lead_without_contact")
    if phone and not phone_key(secret, phone, currency):
        raise Stop("lead_phone_unusable", shown=phone[:60])
    if email and email_problem(email):
        raise Stop("lead_email_unusable", shown=email[:60])


def _refuse_registered(rest: Rest, lead: NewLead, secret: bytes) -> None:
    programme = rest.known.programme
    terms = lead_terms(rest.plan.registered, rest.plan.books.orders, programme)
    holder = registered_before(
        lead.as_row(programme.currency, secret),
        rest.plan.registered,
        lambda one: terms[one.lead_id].protect,
        programme,
    )
    if holder is not None and holder.received_at is not None:
        day = programme.local_date(holder.received_at)
        until = day + timedelta(days=terms[holder.lead_id].protect)
        raise Stop("lead_registered_already", day=day, until=until)


def _next_id(rest: Rest) -> str:
    """The first number after all that were ever given, also to rows that are gone."""
    names = {lead.lead_id for lead in rest.plan.registered} | rest.known.broken("Leads")
    names |= {name for source, name in rest.plan.books.orders if source == LEAD}
    names |= {name for source, name in rest.plan.books.aside if source == LEAD}
    given = [int(found[1]) for name in names if (found := _NUMBER.fullmatch(name))]
    return f"{_BY_HAND}/{max(given, default=0) + 1}"


def _until(rest: Rest, lead: NewLead) -> date | None:
    programme = rest.known.programme
    days = programme.policy.lead_protect_days
    return programme.local_date(lead.received_at) + timedelta(days=days) if days else None

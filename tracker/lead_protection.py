"""Who registered this customer first, and does that registration still hold?

The first valid registration of a phone or an e-mail holds for `lead_protect_days`, its last day
included (field.md A12): until then nobody else's lead of that customer earns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tracker.programme import Lead, Programme

DEAD = frozenset({"refused", "duplicate", "expired"})
"""Statuses of a lead that came to nothing: it neither earns nor holds."""

_LAST = "\U0010ffff"
"""An id behind all others, for a lead that has none yet."""


def protected(
    leads: Iterable[Lead], days: Callable[[Lead], int], programme: Programme
) -> dict[str, Lead]:
    """Give, by lead id, the earlier lead whose registration holds against it.

    Whose the two are is for the caller to compare: a partner's second lead of a customer is found,
    too. `days` says for how many days a lead holds, 0 for none. What a later lead adds to the
    customer (an e-mail beside the phone) belongs to the registration that holds.
    """
    first: dict[str, Lead] = {}
    found: dict[str, Lead] = {}
    for lead, at in _in_time(leads):
        holding = [
            first[key]
            for key in sorted(lead.customer)
            if key in first and _holds(first[key], at, days, programme)
        ]
        earliest = min(holding, key=_when, default=None)
        if earliest is not None:
            found[lead.lead_id] = earliest
        for key in lead.customer:
            if key not in first or not _holds(first[key], at, days, programme):
                first[key] = earliest or lead
    return found


def registered_before(
    new: Lead, leads: Iterable[Lead], days: Callable[[Lead], int], programme: Programme
) -> Lead | None:
    """Give the lead that holds against one not in the book yet, None when nothing does.

    What stands in the book came before it, whatever the two clocks say.
    """
    asked = replace(new, lead_id=_LAST, status="new")
    earlier = {lead.lead_id: lead for lead in leads}
    clamped = [_no_later(lead, asked) for lead in earlier.values()]
    holder = protected((*clamped, asked), days, programme).get(_LAST)
    return None if holder is None else earlier[holder.lead_id]


def _no_later(lead: Lead, asked: Lead) -> Lead:
    at, now = lead.received_at, asked.received_at
    return lead if at is None or now is None else replace(lead, received_at=min(at, now))


def _in_time(leads: Iterable[Lead]) -> list[tuple[Lead, datetime]]:
    """Every lead that may hold or be held against, the earliest first."""
    valid = [
        (lead, lead.received_at)
        for lead in leads
        if lead.received_at is not None
        and lead.partner_id
        and lead.customer
        and lead.status not in DEAD
    ]
    return sorted(valid, key=lambda pair: (pair[1], pair[0].lead_id))


def _when(lead: Lead) -> tuple[str, str]:
    at = lead.received_at
    return "" if at is None else at.astimezone(UTC).isoformat(), lead.lead_id


def _holds(lead: Lead, at: datetime, days: Callable[[Lead], int], programme: Programme) -> bool:
    """Whether a registration still holds at a later moment."""
    length = days(lead)
    if lead.received_at is None or not length:
        return False
    last = programme.local_date(lead.received_at) + timedelta(days=length)
    return programme.local_date(at) <= last

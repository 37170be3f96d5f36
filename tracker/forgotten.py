"""Who was forgotten? Keys of erased contacts, by which a person is known who comes back.

The keys stand in the hidden tab: they belong to the book, and go with it to another store. A shop
that sends its old orders again brings nobody back: the orders count, without contacts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.worklist import Arrivals

ERASED_BODY = "erased"
"""What stands in the tab Webhook log in the place of a body; such a row is passed over."""
_GUARD = "forgotten:"


def erased_name(partner_id: str) -> str:
    """The name of a partner who was forgotten; whoever bears it has left."""
    return f"erased-{partner_id}"


def guard(keys: Collection[str], day: str) -> dict[str, str]:
    """What the hidden tab keeps of erased contacts: their keys, and the day."""
    return {f"{_GUARD}{key}": day for key in sorted(keys)}


def forgotten_keys(state: Mapping[str, str]) -> frozenset[str]:
    """The keys of all contacts that were ever erased, of what the hidden tab keeps."""
    return frozenset(key.removeprefix(_GUARD) for key in state if key.startswith(_GUARD))


def without_forgotten(
    arrivals: Arrivals, state: Mapping[str, str], secret: bytes, currency: str
) -> Arrivals:
    """The same, where a lead of a forgotten person has keys in the place of contacts."""
    gone = forgotten_keys(state)
    if not (gone and arrivals.leads):
        return arrivals
    from tracker.gist import contacts, nameless

    leads = tuple(
        nameless(lead, secret, currency) if gone & contacts(lead, secret, currency) else lead
        for lead in arrivals.leads
    )
    return replace(arrivals, leads=leads)

"""What does a call notification of UIS (CoMagic) say? Who called which number, as a lead.

The owner writes the notification himself, as JSON or a form of `{{...}}` names; those that are
read here are the vendor's own. A name that was sent unfilled says nothing, and a notification of
nothing but such names is a try.
"""

from __future__ import annotations

import re

from tracker.model import Delivery, Ping, PostedLead, Read
from tracker.shops.fields import Fields, stamp, told
from tracker.shops.payload import Body, NotReadable
from tracker.shops.unsaid import Unsaid

# What the notification of a call is known by.
_MARKS = ("call_session_id", "contact_phone_number", "virtual_phone_number", "notification_name")
_UNFILLED = re.compile(r"\{\{?\s*[\w.]+\s*\}?\}")
_OUTGOING = ("out", "исх")
_WHOLE = re.compile(r"7[0-9]{10}")
_HIDDEN = frozenset({"anonymous", "unknown", "restricted", "private", "hidden"})


def read_order(body: Body, delivery: Delivery, unsaid: Unsaid) -> Read:
    """Read a call: it came in, and its caller is known. Raises NotReadable."""
    if not any(name in body for name in _MARKS):
        raise NotReadable("delivery_not_of_uis")
    fields = Fields({name: value for name, value in body.items() if not _unfilled(name, value)})
    if not any(fields.values.get(name) for name in _MARKS):
        return Ping(why="delivery_ping")
    if (fields.text("direction") or "").casefold().startswith(_OUTGOING):
        return Ping(why="delivery_call_out")
    phone = fields.text("contact_phone_number")
    if phone is None or phone.casefold() in _HIDDEN:
        return Ping(why="delivery_call_hidden")
    return PostedLead(
        **stamp(delivery),
        lead_id=fields.identifier("call_session_id"),
        registered_at=fields.time("notification_time", unsaid.zone) or delivery.received_at,
        partner_id=fields.text("partner_id"),
        code=told(fields, "code"),
        number=_with_plus(fields.text("virtual_phone_number")),
        helper=fields.text("helper"),
        name=told(fields, "contact_full_name"),
        phone=_with_plus(phone),
        note=told(fields, "notification_name"),
    )


def _with_plus(number: str | None) -> str | None:
    """Write a number as others do: UIS gives it whole (79000000001), and without the plus."""
    return f"+{number}" if number is not None and _WHOLE.fullmatch(number) else number


def _unfilled(name: str, value: object) -> bool:
    """Whether the template's own name stands where a value belongs."""
    if not isinstance(value, str):
        return False
    text = value.strip()
    return text == name or _UNFILLED.fullmatch(text) is not None

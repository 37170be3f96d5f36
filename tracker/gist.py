"""What does a delivery say, without who said it? What was read of it, contacts as keys.

A gist takes the place of a body that is old, or of a person who is to be forgotten. It reads as
the body did, so an order is folded from it as before; names, addresses and notes are gone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from tracker.compact import compact
from tracker.customers import email_key, id_key, phone_key
from tracker.deliveries import GIST_TYPE, body_sha256
from tracker.model import (
    Delivery,
    Item,
    LoneRefund,
    OrderVersion,
    Ping,
    PostedLead,
    Read,
    Refund,
    State,
    Unreadable,
)
from tracker.orders import Facts, fold

Said = OrderVersion | LoneRefund | PostedLead | Ping
_KINDS: dict[str, type[Said]] = {
    "order": OrderVersion,
    "refund": LoneRefund,
    "lead": PostedLead,
    "ping": Ping,
}
_TIMES = frozenset("received_at ordered_at updated_at clicked_at registered_at".split())


def is_gist(delivery: Delivery) -> bool:
    """Whether the body is a gist of ours: then it is not the one that the hash is of.

    A sender may claim the type; his body always has its own hash, and is read as he sent it.
    """
    return delivery.content_type == GIST_TYPE and body_sha256(delivery.body) != delivery.sha256


def gist_of(reads: Iterable[Read], secret: bytes, currency: str) -> str | None:
    """Write down what was read of a delivery; None while some of it could not be read.

    `currency` is the programme's: by its country the phones of leads are understood.
    """
    said: list[dict[str, Any]] = []
    before: list[Read] = []
    for one in reads:
        if isinstance(one, Unreadable):
            return None
        kind = next(name for name, made in _KINDS.items() if isinstance(one, made))
        said.append({"is": kind, **_plain(_keyed(one, secret, currency))})
        before.append(one)
    written = compact({"gist": 1, "said": said})
    return written if _alike(before, read_gist(written), secret) else None


def read_gist(body: str) -> tuple[Said, ...]:
    """Read what `gist_of` wrote."""
    return tuple(_read(one) for one in json.loads(body)["said"])


def contacts(one: Read, secret: bytes, currency: str) -> frozenset[str]:
    """The keys of the e-mail and phone that are named; none where contacts were erased.

    `currency` is the programme's, for leads; an order has its own.
    """
    if not isinstance(one, OrderVersion | PostedLead):
        return frozenset()
    unit = one.currency if isinstance(one, OrderVersion) else currency
    email, phone = one.email or "", one.phone or ""
    keys = {email_key(secret, email), phone_key(secret, phone, unit)}
    return frozenset(keys - {"", email, phone})


def _keyed(one: Said, secret: bytes, currency: str) -> Said:
    """The same without contacts: their keys in their place, names and notes dropped."""
    if isinstance(one, OrderVersion):
        return replace(
            one,
            email=email_key(secret, one.email or "") or None,
            phone=phone_key(secret, one.phone or "", one.currency) or None,
            customer_id=id_key(secret, one.source, one.customer_id or "") or None,
        )
    if isinstance(one, PostedLead):
        return nameless(one, secret, currency)
    return one


def nameless(lead: PostedLead, secret: bytes, currency: str) -> PostedLead:
    """A lead without name and note, its e-mail and phone as keys."""
    return replace(
        lead,
        name=None,
        note=None,
        email=email_key(secret, lead.email or "") or None,
        phone=phone_key(secret, lead.phone or "", currency) or None,
    )


def _plain(one: Any) -> dict[str, Any]:  # noqa: ANN401 - any dataclass of the model
    """A dataclass as json can keep it; what it does not say is left out."""
    found = {field.name: getattr(one, field.name) for field in fields(one)}
    return {name: _value(value) for name, value in found.items() if value is not None}


def _value(value: Any) -> Any:  # noqa: ANN401 - any value of the model
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    return _plain(value) if isinstance(value, Refund | Item) else value


def _read(said: Mapping[str, Any]) -> Said:
    values = dict(said)
    kind = _KINDS[values.pop("is")]
    for name in _TIMES & values.keys():
        values[name] = datetime.fromisoformat(values[name])
    if "state" in values:
        values["state"] = State(values["state"])
    if "codes" in values:
        values["codes"] = tuple(values["codes"])
    if "refunds" in values:
        values["refunds"] = tuple(map(_refund, values["refunds"]))
    if "refund" in values:
        values["refund"] = _refund(values["refund"])
    if "items" in values:
        values["items"] = tuple(map(_item, values["items"]))
    return kind(**values)


def _refund(said: Mapping[str, str]) -> Refund:
    sums = {name: Decimal(said[name]) for name in ("goods", "shipping", "tax")}
    return Refund(refund_id=said["refund_id"], at=datetime.fromisoformat(said["at"]), **sums)


def _item(said: Mapping[str, str]) -> Item:
    price = Decimal(said["price"]) if "price" in said else None
    return Item(
        sku=said["sku"],
        category=said["category"],
        quantity=Decimal(said["quantity"]),
        price=price,
    )


def _alike(before: Iterable[Read], after: Iterable[Read], secret: bytes) -> bool:
    """Whether both lead to the same facts of every order, and name the same leads."""
    return [_meant(one, secret) for one in before] == [_meant(one, secret) for one in after]


def _meant(one: Read, secret: bytes) -> object:
    if isinstance(one, OrderVersion):
        return one.source, one.order_id, fold(Facts(), [one], [], secret)
    if isinstance(one, LoneRefund):
        return one.source, one.order_id, fold(Facts(), [], [one], secret)
    if isinstance(one, PostedLead):
        return one.source, one.lead_id, one.registered_at
    return one

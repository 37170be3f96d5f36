"""Which delivery is this? The sender's own name for it, else one made of the body.

The name is no proof: it only tells a delivery that is sent again from a new one. With the source
and the sha256 of the body it is the delivery's identity, so an id that two deliveries share, as
WooCommerce's do within one second, parts them all the same.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from tracker.shops.payload import Json, NotReadable, Pairs, inner_json

_USABLE = re.compile(r"[A-Za-z0-9_:.\-]{1,128}")
_HASH_DIGITS = 32

_HEADERS = {
    "bigcommerce": ("webhook-id",),
    "shopify": ("x-shopify-webhook-id", "shopify-webhook-id"),
    "standard-webhooks": ("webhook-id",),
    "woocommerce": ("x-wc-webhook-delivery-id",),
}
_FIELDS = {
    "cloudpayments": "TransactionId",
    "dub": "id",
    "ecwid": "eventId",
    "square": "event_id",
    "stripe": "id",
    "typeform": "event_id",
    "uis": "call_session_id",
}
_ANYBODYS_HEADERS = ("idempotency-key", "x-delivery-id")


def delivery_id(vendor: str, headers: Mapping[str, str], read: Json | Pairs, body: bytes) -> str:
    """Give the id of a delivery: 1 to 128 of `A-Z a-z 0-9 _ : . -`.

    `headers` have names in lower case, `read` is what `refuse_unreadable` made of the body. Where
    each vendor names its deliveries: shared/webhooks, by the vendors' documentation. Without a
    usable name it is `sha-` and half the sha256 of the body.
    """
    given = [headers.get(name, "") for name in _HEADERS.get(vendor, ())]
    if vendor == "tilda":
        given += [field(read, "tranid"), _tilda_order(read)]
    elif vendor in _FIELDS:
        given.append(field(read, _FIELDS[vendor]))
    elif vendor not in _HEADERS:
        given += [headers.get(name, "") for name in _ANYBODYS_HEADERS]
    usable = (name for name in given if _USABLE.fullmatch(name))
    return next(usable, "") or f"sha-{hashlib.sha256(body).hexdigest()[:_HASH_DIGITS]}"


def field(read: Json | Pairs, name: str) -> str:
    """Give a field of the body as text; empty when it has none, or one that is no plain value."""
    if isinstance(read, tuple):
        return next((value for key, value in read if key == name), "")
    value = read.get(name) if isinstance(read, dict) else None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _tilda_order(read: Json | Pairs) -> str:
    """Tilda sends `payment` as an object, as flat fields, or as JSON in one field."""
    flat = field(read, "payment[orderid]")
    if flat or not isinstance(read, tuple | dict):
        return flat
    payment = read.get("payment") if isinstance(read, dict) else field(read, "payment")
    if isinstance(payment, str):
        return _order_of_text(payment)
    return field(payment, "orderid")


def _order_of_text(payment: str) -> str:
    try:
        return field(inner_json(payment), "orderid")
    except NotReadable:
        # The delivery is kept all the same; its reader says what is wrong with it.
        return ""

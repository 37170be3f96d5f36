"""What does a WooCommerce webhook say? Orders, refunds of the API, pings.

Sums are in major units, postage and discount without their tax. `*_gmt` times are in UTC and do
not say so; their twins are in the shop's own time.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from decimal import Decimal

from tracker.model import Delivery, LoneRefund, OrderVersion, Ping, Read, Refund, State
from tracker.shops.fields import Fields, landing_ref, stamp
from tracker.shops.payload import Body, NotReadable
from tracker.shops.sums import settled
from tracker.shops.unsaid import Unsaid

_DRAFTS = frozenset({"draft", "checkout-draft", "auto-draft"})
# A failed payment may be tried again, so it is not the end of an order.
_STATES = {
    "pending": State.PENDING,
    "on-hold": State.PENDING,
    "failed": State.PENDING,
    "completed": State.PAID,
    "refunded": State.REFUNDED,
    "cancelled": State.CANCELLED,
    "trash": State.CANCELLED,
}
_ON_THE_WAY = frozenset({"pending", "on-hold", "failed", "processing"})
_ENTRY = "_wc_order_attribution_session_entry"
_PARENT = re.compile(r"/orders/([0-9]{1,20})/?")
_NOTHING = Decimal(0)


def read_order(body: Body, delivery: Delivery, unsaid: Unsaid) -> Read:
    """Read an order, a refund alone, or a ping. Raises NotReadable."""
    fields = Fields(body)
    if "webhook_id" in body and "total" not in body:
        return Ping(why="delivery_ping")
    if set(body) == {"id"}:
        return Ping(why="delivery_order_deleted")
    if "code" in body and "message" in body and "id" not in body:
        raise NotReadable("delivery_shop_error", shown=fields.text("code") or "")
    if "amount" in body and "line_items" in body and "currency" not in body:
        return _lone_refund(fields, delivery, unsaid.zone)
    if _status(fields) in _DRAFTS:
        return Ping(why="delivery_draft")
    return _order(fields, delivery, unsaid.zone)


def _order(fields: Fields, delivery: Delivery, zone: tzinfo) -> OrderVersion:
    order_id, currency = fields.identifier("id"), fields.currency("currency")
    total = fields.needed_minor("total", currency)
    ordered_at = _time(fields, "date_created", zone) or fields.needed_time("date_created", zone)
    updated_at = _time(fields, "date_modified", zone)
    billing, shipping = fields.child("billing"), fields.child("shipping")
    customer_id = fields.text("customer_id")
    return OrderVersion(
        **stamp(delivery),
        order_id=order_id,
        ordered_at=ordered_at,
        updated_at=updated_at,
        state=_state(fields),
        currency=currency,
        total=total,
        shipping=fields.minor("shipping_total", currency),
        tax=fields.minor("total_tax", currency),
        discount=fields.minor("discount_total", currency),
        refunds=_refunds(fields, currency, updated_at or delivery.received_at),
        codes=_codes(fields),
        customer_id=None if customer_id == "0" else customer_id,
        email=billing.text("email"),
        phone=billing.text("phone") or shipping.text("phone"),
        city=shipping.text("city") or billing.text("city"),
        country=shipping.text("country") or billing.text("country"),
        ref=landing_ref(_meta(fields, _ENTRY)),
        cash=_cash(fields),
        test=_meta(fields, "_wcpay_mode") == "test" or None,
        delivered=_delivered(fields),
        items=fields.items("line_items"),
    )


def _time(fields: Fields, name: str, zone: tzinfo) -> datetime | None:
    return fields.time(f"{name}_gmt", UTC) or fields.time(name, zone)


def _status(fields: Fields) -> str:
    return fields.needed("status").casefold().removeprefix("wc-")


def _state(fields: Fields) -> State:
    """Say how far the order is; a status of some plugin (`shipped`) goes by the payment."""
    status = _status(fields)
    if status in _STATES:
        return _STATES[status]
    paid = fields.text("date_paid_gmt") or fields.text("date_paid")
    counts_as_paid = paid or (status == "processing" and not _cash(fields))
    return State.PAID if counts_as_paid else State.PENDING


def _delivered(fields: Fields) -> bool | None:
    """Whether the customer has the goods: `completed` says so, a state before it that he has not.

    An order given back or cancelled may have been handed over, and a plugin's status says nothing.
    """
    status = _status(fields)
    if status == "completed":
        return True
    return False if status in _ON_THE_WAY else None


def _cash(fields: Fields) -> bool | None:
    method = fields.text("payment_method")
    return None if method is None else method.casefold() == "cod"


def _codes(fields: Fields) -> tuple[str, ...] | None:
    lines = fields.children("coupon_lines")
    if lines is None:
        return None
    return tuple(code for line in lines if (code := line.text("code")))


def _meta(fields: Fields, key: str) -> str | None:
    """Find a plugin's note; plugins keep anything there, so only text is looked at."""
    notes = fields.values.get("meta_data")
    for note in notes if isinstance(notes, list) else ():
        if isinstance(note, dict) and note.get("key") == key:
            value = note.get("value")
            return value if isinstance(value, str) else None
    return None


def _refunds(fields: Fields, currency: str, at: datetime) -> tuple[Refund, ...] | None:
    """Read the order's refunds: sums below zero, neither dated nor split (so all is goods)."""
    found = fields.children("refunds")
    if found is None:
        return None
    return tuple(
        Refund(
            refund_id=one.identifier("id"),
            at=at,
            goods=settled(f"{one.place}total", _taken(one, "total"), currency),
        )
        for one in found
    )


def _taken(fields: Fields, name: str) -> Decimal:
    return abs(fields.amount(name) or _NOTHING)


def _lone_refund(fields: Fields, delivery: Delivery, zone: tzinfo) -> LoneRefund:
    order_id = _parent(fields)
    if order_id is None:
        raise NotReadable("delivery_refund_without_order", shown=fields.text("id") or "")
    whole = fields.positive("amount")
    goods = _lines_sum(fields, "line_items", "total") + _lines_sum(fields, "fee_lines", "total")
    shipping = _lines_sum(fields, "shipping_lines", "total")
    names = ("line_items", "fee_lines", "shipping_lines")
    tax = sum((_lines_sum(fields, name, "total_tax") for name in names), _NOTHING)
    # Lines that do not come to the sum given back split nothing: then all of it is goods.
    if goods + shipping + tax != whole:
        goods, shipping, tax = whole, _NOTHING, _NOTHING
    refund = Refund(
        refund_id=fields.identifier("id"),
        at=_time(fields, "date_created", zone) or delivery.received_at,
        goods=settled("amount", goods, None),
        shipping=settled("shipping_lines", shipping, None),
        tax=settled("total_tax", tax, None),
    )
    return LoneRefund(**stamp(delivery), order_id=order_id, refund=refund)


def _lines_sum(fields: Fields, lines: str, name: str) -> Decimal:
    return sum((_taken(line, name) for line in fields.children(lines) or ()), _NOTHING)


def _parent(fields: Fields) -> str | None:
    """Find whose refund it is: by its parent, or by the API's link up to the order."""
    for name in ("parent_id", "order_id"):
        if (fields.text(name) or "0") != "0":
            return fields.identifier(name)
    up = fields.child("_links").children("up") or ()
    found = next((_PARENT.search(link.text("href") or "") for link in up), None)
    return found[1] if found else None

"""What does an order or a lead in the documented JSON say? For Zapier, Make and scripts.

docs/generic-order.schema.json and docs/generic-lead.schema.json publish the fields. A form is the
same with nested names joined by `__` (`customer__email`) and lists as "A,B"; Zapier flattens its
JSON like that too, and sends an empty text for what is absent.
"""

from __future__ import annotations

from datetime import datetime, tzinfo

from tracker.cells import clean
from tracker.model import Delivery, Item, OrderVersion, Ping, PostedLead, Read, Refund, State
from tracker.money import as_decimal
from tracker.shops.fields import Fields, stamp, told
from tracker.shops.nesting import unflattened
from tracker.shops.payload import Body, Json, NotReadable
from tracker.shops.unsaid import Unsaid

_ITEM_COLUMNS = ("sku", "category", "quantity", "price")
_CODE_KINDS = (str, int)
_DELIVERED = "delivered"
_STATES = {
    state.value: state for state in (State.PENDING, State.PAID, State.CANCELLED, State.REFUNDED)
}


def read_order(body: Body, delivery: Delivery, unsaid: Unsaid) -> Read:
    """Read an order or a lead; times without offset are in the programme's zone.

    Raises NotReadable.
    """
    fields = Fields(unflattened(body), typed=True)
    if _is_lead(fields):
        return _lead(fields, delivery, unsaid)
    return _order(fields, delivery, unsaid.zone)


def _order(fields: Fields, delivery: Delivery, zone: tzinfo) -> OrderVersion:
    order_id = fields.identifier("order_id")
    ordered_at = fields.needed_time("ordered_at", zone)
    currency = fields.currency("currency")
    updated_at = fields.time("updated_at", zone)
    customer = fields.child("customer")
    return OrderVersion(
        source=delivery.source,
        delivery_id=delivery.delivery_id,
        received_at=delivery.received_at,
        sha256=delivery.sha256,
        order_id=order_id,
        ordered_at=ordered_at,
        updated_at=updated_at,
        state=_state(fields),
        currency=currency,
        total=fields.needed_minor("total", currency),
        shipping=fields.minor("shipping", currency),
        tax=fields.minor("tax", currency),
        discount=fields.minor("discount", currency),
        refunds=_refunded(fields, currency, updated_at or delivery.received_at),
        codes=_codes(fields),
        customer_id=customer.text("id"),
        email=customer.text("email"),
        phone=customer.text("phone"),
        city=fields.text("city"),
        country=fields.text("country"),
        channel=fields.text("channel"),
        ref=fields.text("ref"),
        click_id=fields.text("click_id"),
        clicked_at=fields.time("clicked_at", zone),
        ad_tag=fields.text("ad_tag"),
        test=fields.flag("test"),
        helper=fields.text("helper"),
        delivered=_delivered(fields),
        items=_items(fields),
    )


def _is_lead(fields: Fields) -> bool:
    """Whether it says so (`kind: lead`), or has a lead's number and no order's."""
    if (fields.text("kind") or "").casefold() == "lead":
        return True
    return bool(fields.values.get("lead_id")) and not fields.values.get("order_id")


def _lead(fields: Fields, delivery: Delivery, unsaid: Unsaid) -> Read:
    lead_id = fields.identifier("lead_id")
    registered_at = fields.time("received_at", unsaid.zone)
    phone, email = told(fields, "phone"), told(fields, "email")
    if fields.flag("test"):
        return Ping(why="delivery_test_lead")
    if not (phone or email):
        raise NotReadable("delivery_lead_without_contact")
    return PostedLead(
        **stamp(delivery),
        lead_id=lead_id,
        registered_at=registered_at or delivery.received_at,
        partner_id=fields.text("partner_id"),
        ref=fields.text("ref"),
        code=told(fields, "code"),
        number=told(fields, "number"),
        helper=fields.text("helper"),
        name=told(fields, "name"),
        phone=phone,
        email=email,
        note=told(fields, "note"),
    )


def _delivered(fields: Fields) -> bool | None:
    """Whether the customer has the goods: its own field, or the state that says so."""
    said = fields.flag("delivered")
    if said is None and (fields.text("state") or "").casefold() == _DELIVERED:
        return True
    return said


def _state(fields: Fields) -> State | None:
    shown = fields.text("state")
    if shown is None:
        return None
    if shown.casefold() == _DELIVERED:
        return State.PAID
    state = _STATES.get(shown.casefold())
    if state is None:
        raise NotReadable("delivery_state_unknown", field="state", shown=shown)
    return state


def _refunded(fields: Fields, currency: str, at: datetime) -> tuple[Refund, ...] | None:
    """Read the sum given back so far; 0 says that nothing was (or is no longer)."""
    goods = fields.minor("refunded", currency)
    if goods is None:
        return None
    return (Refund(refund_id="", at=at, goods=as_decimal(goods, currency)),) if goods else ()


def _codes(fields: Fields) -> tuple[str, ...] | None:
    value = fields.values.get("codes")
    if value is None:
        return None
    parts: list[Json] = [value]
    if isinstance(value, str):
        parts = [*value.split(",")]
    elif isinstance(value, list):
        parts = value
    words = []
    for part in parts:
        if isinstance(part, bool) or not isinstance(part, _CODE_KINDS):
            raise fields.unreadable("codes")
        words.append(clean(str(part)).strip())
    return tuple(word for word in words if word)


def _items(fields: Fields) -> tuple[Item, ...] | None:
    columns = fields.values.get("items")
    if not isinstance(columns, dict):
        return fields.items("items")
    lines = _lines(fields, Fields(columns, "items.", fields.typed))
    return Fields({"items": lines or None}, typed=True).items("items")


def _lines(fields: Fields, columns: Fields) -> list[Json]:
    """Turn `sku="a,b"`, `price="1.00,2.00"` into a line each; the columns must be of one length."""
    texts = {name: columns.text(name) for name in _ITEM_COLUMNS}
    split: dict[str, list[str]] = {name: text.split(",") for name, text in texts.items() if text}
    if len({len(parts) for parts in split.values()}) > 1:
        raise fields.unreadable("items")
    count = max((len(parts) for parts in split.values()), default=0)
    return [
        {name: parts[number].strip() for name, parts in split.items()} for number in range(count)
    ]

"""What does a Tilda webhook say? A cart is an order, a form without one is a lead.

Tilda names neither currency nor time, and never says that an order was paid, changed or given
back later. Sums are in major units, `amount` with the postage (`delivery_price`) and after the
discount. Fields have whatever names the owner gave his form, so the standard ones are known in
any case, and with Cyrillic letters that look Latin.
"""

from __future__ import annotations

from urllib.parse import unquote

from tracker.model import Delivery, Item, OrderVersion, Ping, PostedLead, Read, State
from tracker.programme import skeleton
from tracker.shops.fields import TOLD_LENGTH_MAX, Fields, landing_ref, stamp
from tracker.shops.nesting import unfolded
from tracker.shops.payload import Body, Json, NotReadable, inner_json
from tracker.shops.unsaid import Unsaid

# Ways to pay that no payment system stands behind; Tilda will never report the money.
_NOT_ONLINE = frozenset({"", "none", "cash", "banktransfer"})
_FORM_MARKS = ("formid", "formname", "tranid")
_WORDS = ("comment", "comments", "message", "textarea", "text", "input")
_COOKIE = "TILDAUTM="
_COOKIE_LENGTH_MAX = 2000


def read_order(body: Body, delivery: Delivery, unsaid: Unsaid) -> Read:
    """Read a cart's order, placed when it was first received, or a lead. Raises NotReadable."""
    fields = Fields(_by_look(unfolded(body)), typed=True)
    payment = _payment(fields)
    if payment is None:
        return _no_order(fields, delivery)
    order_id = _order_id(fields, payment)
    currency = unsaid.currency_of(delivery.source, order_id)
    cash = _cash(payment)
    return OrderVersion(
        **stamp(delivery),
        order_id=order_id,
        ordered_at=delivery.received_at,
        undated=True,
        state=State.PENDING if cash else State.PAID,
        currency=currency,
        total=payment.needed_minor("amount", currency),
        shipping=payment.minor("delivery_price", currency),
        discount=payment.minor("discount", currency),
        codes=_codes(fields, payment),
        customer_id=_first(fields, "ma_id"),
        email=_first(fields, "email", "ma_email"),
        phone=_first(fields, "phone", "ma_phone"),
        city=payment.text("delivery_city") or _first(fields, "city"),
        channel=_first(fields, "formname", "formid"),
        ref=_ref(fields),
        cash=cash,
        test=_is_test(fields) or None,
        items=_items(payment),
    )


def _by_look(body: Body) -> Body:
    """Name fields by how they look: `Email` and `Сity` with a Cyrillic С are `email` and `city`.

    Of two fields of one look an empty one does not count; two that differ become a list.
    """
    found: Body = {}
    for name, value in body.items():
        look = skeleton(name)
        known = found.get(look)
        if known is None or known == "":
            found[look] = value
        elif value is not None and value not in ("", known):
            found[look] = [known, value]
    return found


def _payment(fields: Fields) -> Fields | None:
    """Find the cart: an object, flat fields, or JSON as text in one field; None without one."""
    value = fields.values.get("payment")
    if isinstance(value, str) and value.strip():
        value = inner_json(value) if value.strip().startswith("{") else [value]
    if value is None or value in ({}, []) or isinstance(value, str):
        return None
    if not isinstance(value, dict):
        raise fields.unreadable("payment")
    return Fields(_by_look(unfolded(value)), "payment.", typed=True)


def _no_order(fields: Fields, delivery: Delivery) -> Read:
    if _is_test(fields):
        return Ping(why="delivery_ping")
    if not any(fields.values.get(name) for name in _FORM_MARKS):
        raise NotReadable("delivery_not_of_tilda")
    phone, email = _first(fields, "phone", "ma_phone"), _first(fields, "email", "ma_email")
    if not (phone or email):
        return Ping(why="delivery_form_without_order")
    return PostedLead(
        **stamp(delivery),
        lead_id=_lead_id(fields, delivery),
        registered_at=delivery.received_at,
        partner_id=_first(fields, "partner_id"),
        ref=_ref(fields),
        code=_first(fields, "promocode", "code"),
        helper=_first(fields, "helper"),
        name=_short(_first(fields, "name", "ma_name")),
        phone=_short(phone),
        email=_short(email),
        note=_short(_first(fields, *_WORDS, "formname")),
    )


def _lead_id(fields: Fields, delivery: Delivery) -> str:
    """Find Tilda's number of the form; without one the delivery is known by its own id."""
    return fields.identifier("tranid") if _first(fields, "tranid") else delivery.delivery_id


def _short(text: str | None) -> str | None:
    return None if text is None else text[:TOLD_LENGTH_MAX]


def _is_test(fields: Fields) -> bool:
    return (_first(fields, "test") or "").casefold() == "test"


def _order_id(fields: Fields, payment: Fields) -> str:
    """Find the order's number, else the payment's, else the form's; "0" stands for none."""
    for place, name in ((payment, "orderid"), (payment, "systranid"), (fields, "tranid")):
        if (place.text(name) or "0") != "0":
            return place.identifier(name)
    raise NotReadable("delivery_field_missing", field="payment.orderid")


def _cash(payment: Fields) -> bool:
    """Say whether nobody took the money yet, and Tilda will not tell when somebody does.

    So it is where no payment system is named, and where one is but has no number of a payment for
    a sum above 0: then the site sends orders before they are paid.
    """
    if (payment.text("sys") or "").casefold() in _NOT_ONLINE:
        return True
    return payment.text("systranid") == "0" and payment.amount("amount") != 0


def _codes(fields: Fields, payment: Fields) -> tuple[str, ...] | None:
    """Read the cart's code, or that of a field the owner added to the form himself."""
    code = payment.text("promocode") or fields.text("promocode")
    return None if code is None else (code,)


def _first(fields: Fields, *names: str) -> str | None:
    """Read the first of these fields that says anything; of one that repeats, its first value."""
    for name in names:
        value = fields.values.get(name)
        while isinstance(value, list):
            value = next((part for part in value if part), None)
        if not isinstance(value, dict | bool):
            found = Fields({name: value}).text(name)
            if found:
                return found
    return None


def _ref(fields: Fields) -> str | None:
    """Find the partner's link: a hidden field, the page of the form, or the cookie of the visit.

    Tilda keeps the query a visit with utm marks began with in TILDAUTM, its parts joined by |||.
    """
    cookie = (_first(fields, "cookies") or "").partition(_COOKIE)[2].partition(";")[0]
    query = unquote(cookie[:_COOKIE_LENGTH_MAX]).replace("|||", "&")
    return (
        _first(fields, "ref") or landing_ref(_first(fields, "referer")) or landing_ref(f"?{query}")
    )


def _items(payment: Fields) -> tuple[Item, ...] | None:
    lines = payment.values.get("products")
    if not isinstance(lines, list):
        return None
    return tuple(_item(payment, number, line) for number, line in enumerate(lines))


def _item(payment: Fields, number: int, line: Json) -> Item:
    """Read one product: an object, or a text "name=price" whose name may hold a "=", too."""
    if isinstance(line, dict):
        product = Fields(_by_look(line), f"payment.products[{number}].", typed=True)
        return Item(
            sku=product.text("sku") or product.text("externalid") or "",
            quantity=product.quantity("quantity"),
            price=product.number("price"),
        )
    if not isinstance(line, str):
        raise payment.unreadable(f"products[{number}]")
    price = line.rpartition("=")[2].strip()
    try:
        return Item(price=Fields({"price": price}).number("price"))
    except NotReadable:
        return Item()  # the "=" was one of the name's

"""How would each shop of the demo send an order? The same facts in three dialects.

The fields are those the shops' own documentation names; the values are made up.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from tracker.demo.goods import PRODUCTS, Customer, customer_of, draw
from tracker.demo.orders import Event, Order, Version, events, orders, versions

Body = dict[str, Any]

# A shop's webhook comes within seconds; the bot's orders go through Zapier, which asks every
# two minutes.
SECONDS_MAX = {"shop": 20, "woo": 40, "bot": 120}
# Typed by hand into the bot: one thousand two hundred and ninety, or one and a bit?
UNREADABLE = {
    "order_id": "T-119",
    "ordered_at": "2026-10-18 16:05",
    "currency": "RUB",
    "total": "1,290",
    "codes": ["ANNA10"],
    "channel": "telegram",
}
UNREADABLE_AT = datetime(2026, 10, 18, 13, 7, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sent:
    """One line of the order log, and when it arrived."""

    at: datetime
    source: str
    delivery_id: str
    body: str | Body

    def line(self) -> str:
        """The line as it stands in the log."""
        said = {
            "delivery_id": self.delivery_id,
            "received_at": self.at.isoformat(),
            "source": self.source,
            "content_type": "application/json",
            "body": self.body,
        }
        return json.dumps(said, ensure_ascii=False) + "\n"


def deliveries(language: str) -> list[Sent]:
    """Everything the shops sent in the two months, in the order it arrived."""
    found: list[Sent] = []
    for order in orders():
        for number, version in enumerate(versions(order)):
            body = _BODIES[order.where](order, version, language)
            at = order.late or version.at + _underway(order, number)
            found.append(_sent(order, at, body, str(number)))
            if order.twice:
                # No answer came in time, so the shop sends the same delivery once more.
                found.append(_sent(order, at + timedelta(minutes=5), body, str(number)))
    by_number = {order.number: order for order in orders()}
    for event in events():
        if event.what == "alone":
            order = by_number[event.number]
            found.append(_sent(order, event.at, _shopify_refund(order, event, language), "refund"))
    found.append(Sent(UNREADABLE_AT, "generic", "zap-119", UNREADABLE))
    return sorted(found, key=lambda one: (one.at, one.delivery_id))


def _underway(order: Order, number: int) -> timedelta:
    return timedelta(seconds=1 + draw(f"way {order.number} {number}", SECONDS_MAX[order.where]))


def _sent(order: Order, at: datetime, body: Body, which: str) -> Sent:
    digest = hashlib.sha256(f"{order.number} {which}".encode()).hexdigest()
    if order.where == "bot":
        return Sent(at, order.source, f"zap-{digest[:10]}", body)
    # A shop's body is kept as the text that came, so that its signature could still be checked.
    return Sent(at, order.source, digest[:24], json.dumps(body, ensure_ascii=False))


def _money(amount: Decimal) -> str:
    return str(amount.quantize(Decimal("0.01")))


def _buyer(order: Order) -> tuple[Customer, str]:
    customer = customer_of(order.number)
    return customer, order.buyer or customer.email


def _items(order: Order) -> list[tuple[str, int]]:
    """Each product of the basket once, and how many."""
    return [(item, order.basket.count(item)) for item in dict.fromkeys(order.basket)]


def _shopify_discounts(order: Order) -> Body:
    """The code a customer typed, or the one the staff typed for him."""
    discount: Body = {"value": _money(order.discount), "value_type": "fixed_amount"}
    if order.staff:
        codes = ["VERA10"]
        applied = [discount | {"type": "manual", "title": "VERA10"}]
    else:
        codes = [*order.codes]
        applied = [discount | {"type": "discount_code", "code": code} for code in order.codes]
    amount = {"amount": _money(order.discount), "type": "fixed_amount"}
    return {
        "discount_codes": [{"code": code} | amount for code in codes],
        "discount_applications": applied,
    }


def _shopify_items(order: Order, language: str) -> list[Body]:
    return [
        {
            "id": int(order.number) * 10 + place,
            "title": PRODUCTS[item].named(language),
            "sku": PRODUCTS[item].sku,
            "quantity": count,
            "price": _money(order.price(item)),
        }
        for place, (item, count) in enumerate(_items(order))
    ]


def _shopify(order: Order, version: Version, language: str) -> Body:
    customer, email = _buyer(order)
    first, _, last = customer.name[language == "ru"].partition(" ")
    names = {"first_name": first, "last_name": last}
    number = int(order.number)
    paid = {"pending": "pending", "refunded": "refunded"}.get(version.state, "paid")
    if paid == "paid" and version.refunded:
        paid = "partially_refunded"
    return {
        "id": number,
        "name": f"#{number - 5209400}",
        "created_at": order.placed.isoformat(),
        "processed_at": order.placed.isoformat(),
        "updated_at": version.at.isoformat(),
        "cancelled_at": version.at.isoformat() if version.state == "cancelled" else None,
        "currency": order.currency,
        "financial_status": paid,
        "test": order.test,
        "source_name": "web",
        "landing_site": "/",
        "payment_gateway_names": ["card"],
        "taxes_included": True,
        "total_price": _money(order.total),
        "subtotal_price": _money(order.goods),
        "total_discounts": _money(order.discount),
        "total_tax": "0.00",
        **_shopify_discounts(order),
        "email": email,
        "phone": None,
        "customer": {"id": customer.number, **names, "email": email, "phone": customer.phone},
        "shipping_address": {"city": customer.city[language == "ru"], "country_code": "RU"},
        "shipping_lines": [{"title": "Courier", "price": _money(order.postage), "tax_lines": []}],
        "line_items": _shopify_items(order, language),
        "refunds": [_shopify_back(order, version, language)] if version.refunded else [],
    }


def _shopify_back(order: Order, version: Version, language: str) -> Body:
    at = version.refunded_at or version.at
    return _shopify_refund(order, Event(order.number, at, "refund", version.refunded), language)


def _shopify_refund(order: Order, event: Event, language: str) -> Body:
    """A refund as the topic refunds/create sends it."""
    money = {"amount": _money(event.goods), "currency_code": order.currency}
    item, count = _items(order)[-1]
    return {
        "id": int(order.number) * 10 + 9,
        "order_id": int(order.number),
        "created_at": event.at.isoformat(),
        "note": "возврат" if language == "ru" else "returned",
        "refund_line_items": [
            {
                "quantity": count,
                "line_item": {"sku": PRODUCTS[item].sku},
                "subtotal": _money(event.goods),
                "subtotal_set": {"shop_money": money},
                "total_tax": "0.00",
            }
        ],
        "transactions": [{"kind": "refund", "status": "success", "amount": _money(event.goods)}],
        "order_adjustments": [],
    }


def _woocommerce_items(order: Order, language: str) -> list[Body]:
    return [
        {
            "id": int(order.number) * 10 + 2 + place,
            "name": PRODUCTS[item].named(language),
            "sku": PRODUCTS[item].sku,
            "quantity": count,
            "price": _money(order.price(item)),
            "total": _money(order.price(item) * count),
        }
        for place, (item, count) in enumerate(_items(order))
    ]


def _woocommerce(order: Order, version: Version, language: str) -> Body:
    customer, email = _buyer(order)
    ru = language == "ru"
    first, _, last = customer.name[ru].partition(" ")
    status = {"paid": "processing"}.get(version.state, version.state)
    address = {"first_name": first, "last_name": last, "city": customer.city[ru], "country": "RU"}
    number = int(order.number)
    back = [{"id": number * 10, "reason": "", "total": _money(-version.refunded)}]
    paid_at = (order.paid or order.placed) if version.state == "paid" else None
    return {
        "id": number,
        "number": order.number,
        "status": status,
        "currency": order.currency,
        "date_created": _local(order.placed),
        "date_created_gmt": _gmt(order.placed),
        "date_modified": _local(version.at),
        "date_modified_gmt": _gmt(version.at),
        "date_paid_gmt": _gmt(paid_at) if paid_at else None,
        "payment_method": "card",
        "discount_total": _money(order.discount),
        "shipping_total": _money(order.postage),
        "total_tax": "0.00",
        "total": _money(order.total),
        "customer_id": customer.number,
        "billing": address | {"email": email, "phone": customer.phone},
        "shipping": address,
        "coupon_lines": [
            {"id": number * 10 + 1, "code": code, "discount": _money(order.discount)}
            for code in order.codes
        ],
        "line_items": _woocommerce_items(order, language),
        "refunds": back if version.refunded else [],
    }


def _local(at: datetime) -> str:
    return at.replace(tzinfo=None).isoformat()


def _gmt(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat()


def _generic(order: Order, version: Version, language: str) -> Body:
    customer, email = _buyer(order)
    return {
        "order_id": order.number,
        "ordered_at": order.placed.isoformat(),
        "updated_at": version.at.isoformat(),
        "state": version.state,
        "currency": order.currency,
        "total": _money(order.total),
        "shipping": _money(order.postage),
        "discount": _money(order.discount),
        "refunded": _money(version.refunded),
        "codes": list(order.codes),
        "customer": {"email": email, "phone": customer.phone},
        "city": customer.city[language == "ru"],
        "channel": "telegram",
        **({"click_id": order.click} if order.click else {}),
        "items": [
            {
                "sku": PRODUCTS[item].sku,
                "category": PRODUCTS[item].category,
                "quantity": count,
                "price": _money(order.price(item)),
            }
            for item, count in _items(order)
        ],
    }


_BODIES = {"shop": _shopify, "woo": _woocommerce, "bot": _generic}

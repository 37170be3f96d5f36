"""Who buys in the tests of contacts? One customer for each dialect, every field of him a sentinel.

Phones differ in their last digits; every other sentinel is a word that stands nowhere else.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
AT = "2026-10-19T10:00:00Z"


@dataclass(frozen=True, slots=True)
class Shopper:
    """A customer of one shop, and what nobody but the shop should know of him."""

    shop: str
    number: int

    def word(self, what: str) -> str:
        return f"zq{what}{self.shop}"

    @property
    def email(self) -> str:
        return f"{self.word('mail')}@example.com"

    @property
    def phone(self) -> str:
        return f"+7900000{9000 + self.number}"

    @property
    def sentinels(self) -> tuple[str, ...]:
        named = (self.word(one) for one in ("name", "last", "street", "note", "firm", "id"))
        return (self.email, self.phone[2:], *named)


SHOPPERS = {
    name: Shopper(name, number)
    for number, name in enumerate(
        ("generic", "shopify", "woocommerce", "tilda", "zapier", "uis", "lead"), start=1
    )
}
SENTINELS = tuple(word for one in SHOPPERS.values() for word in one.sentinels)


def bodies(total: str = "1000.00") -> list[tuple[str, str, str]]:
    """One order or lead of each dialect, full of contacts: (source, content type, body).

    A `total` that is no sum makes orders that cannot be read.
    """
    return [
        ("generic", JSON, _generic(SHOPPERS["generic"], total)),
        ("shopify", JSON, _shopify(SHOPPERS["shopify"], total)),
        ("woocommerce", JSON, _woocommerce(SHOPPERS["woocommerce"], total)),
        ("tilda", JSON, _tilda(SHOPPERS["tilda"], total)),
        ("zapier", FORM, _zapier(SHOPPERS["zapier"], total)),
        ("uis", JSON, _uis(SHOPPERS["uis"])),
        ("generic", JSON, _lead(SHOPPERS["lead"])),
    ]


def _address(who: Shopper) -> dict[str, str]:
    return {
        "first_name": who.word("name"),
        "last_name": who.word("last"),
        "company": who.word("firm"),
        "address1": who.word("street"),
        "address_1": who.word("street"),
        "city": "Riga",
        "country": "LV",
        "country_code": "LV",
        "email": who.email,
        "phone": who.phone,
    }


def _generic(who: Shopper, total: str) -> str:
    customer = {"id": who.word("id"), "email": who.email, "phone": who.phone}
    said = {"order_id": "g1", "ordered_at": AT, "total": total, "currency": "RUB"}
    more = {"codes": ["IVAN01"], "customer": customer | _address(who), "note": who.word("note")}
    return json.dumps({**said, **more, "delivery_address": _address(who)})


def _shopify(who: Shopper, total: str) -> str:
    customer = {"id": who.word("id"), "email": who.email, "phone": who.phone}
    said: dict[str, Any] = {
        "id": 7001, "name": "#7001", "created_at": AT, "processed_at": AT, "updated_at": AT,
        "currency": "RUB", "financial_status": "paid", "test": False, "taxes_included": True,
        "total_price": total, "subtotal_price": total, "total_discounts": "0", "total_tax": "0",
        "email": who.email, "contact_email": who.email, "phone": who.phone,
        "customer": customer | _address(who), "billing_address": _address(who),
        "shipping_address": _address(who), "note": who.word("note"), "source_name": "web",
        "note_attributes": [{"name": "gift", "value": who.word("note")}],
        "client_details": {"browser_ip": who.word("street")},
        "discount_codes": [{"code": "IVAN01", "amount": "0", "type": "fixed_amount"}],
        "shipping_lines": [], "line_items": [], "refunds": [],
    }  # fmt: skip
    return json.dumps(said)


def _woocommerce(who: Shopper, total: str) -> str:
    said: dict[str, Any] = {
        "id": 501, "number": "501", "status": "completed", "currency": "RUB",
        "date_created_gmt": "2026-10-19T10:00:00", "date_modified_gmt": "2026-10-19T10:00:00",
        "date_paid_gmt": "2026-10-19T10:00:00", "prices_include_tax": True, "total": total,
        "total_tax": "0", "shipping_total": "0", "discount_total": "0", "customer_id": 9,
        "customer_note": who.word("note"), "customer_ip_address": who.word("id"),
        "billing": _address(who), "shipping": _address(who), "line_items": [], "refunds": [],
        "coupon_lines": [{"code": "IVAN01", "discount": "0"}],
        "meta_data": [{"key": "_vat", "value": who.word("firm")}],
    }  # fmt: skip
    return json.dumps(said)


def _tilda(who: Shopper, total: str) -> str:
    paid = {"orderid": "1700", "systranid": "5551", "amount": total, "subtotal": total}
    cart = {"promocode": "IVAN01", "products": [], "delivery_address": who.word("street")}
    contact = {"Name": f"{who.word('name')} {who.word('last')}", "EMAIL": who.email}
    more = {"Phone": who.phone, "Comment": who.word("note"), "Firm": who.word("firm")}
    return json.dumps({**contact, **more, "sid": who.word("id"), "payment": paid | cart})


def _zapier(who: Shopper, total: str) -> str:
    said = {"order_id": "z1", "ordered_at": AT, "total": total, "currency": "RUB"}
    contact = {"customer__email": who.email, "customer__phone": who.phone, "codes": "IVAN01"}
    named = {f"my_{one}": who.word(one) for one in ("name", "last", "street", "note", "firm", "id")}
    return urlencode({**said, **contact, **named})


def _uis(who: Shopper) -> str:
    named = {f"x_{one}": who.word(one) for one in ("last", "street", "firm", "id")}
    call = {
        "notification_name": who.word("note"),
        "notification_mnemonic": "finished_call",
        "call_session_id": 700000001,
        "virtual_phone_number": "78000000015",
        "contact_phone_number": who.phone[1:],
        "contact_full_name": who.word("name"),
        "notification_time": "2026-10-19 12:30:05",
        "direction": "in",
    }
    return json.dumps(call | named)


def _lead(who: Shopper) -> str:
    asks = {"kind": "lead", "lead_id": "f-17", "received_at": AT, "partner_id": "ivan"}
    contact = {"name": f"{who.word('name')} {who.word('last')}", "phone": who.phone}
    note = f"{who.word('note')} {who.word('street')} {who.word('firm')}"
    return json.dumps({**asks, **contact, "email": who.email, "note": note, "x": who.word("id")})

"""What does a shop post? Signed orders in the shape of WooCommerce, about 2 kB, no two alike."""

from __future__ import annotations

import hmac
import json
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

SECRET = "known-to-whoever-reads-the-benchmark"
SOURCE = "woocommerce"
PATH = f"/hooks/{SOURCE}"
_NUMBER = "0123456789"
"""Stands in the form where an order's number belongs, ten digits wide."""


def posts(first: int, count: int) -> Iterator[bytes]:
    """Make requests of orders first, first + 1 …, whole; the signature as WooCommerce counts it."""
    key, form = SECRET.encode(), _form().encode().split(_NUMBER.encode())
    length = len(_form())
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: hooks.example.com\r\n"
        "User-Agent: WooCommerce/9.4.2 Hookshot (WordPress/6.7)\r\n"
        "Accept: */*\r\nAccept-Encoding: deflate, gzip\r\n"
        f"Content-Type: application/json\r\nContent-Length: {length}\r\n"
        "X-WC-Webhook-Source: https://shop.example.com/\r\n"
        "X-WC-Webhook-Topic: order.updated\r\nX-WC-Webhook-Resource: order\r\n"
        "X-WC-Webhook-Event: updated\r\nX-WC-Webhook-ID: 3\r\n"
        "X-WC-Webhook-Delivery-ID: "
    ).encode()
    for number in range(first, first + count):
        body = (b"%010d" % number).join(form)
        signature = b64encode(hmac.digest(key, body, "sha256"))
        name = b"%032x\r\nX-WC-Webhook-Signature: " % number
        yield b"%b%b%b\r\n\r\n%b" % (head, name, signature, body)


def body_sha256(request: bytes) -> str:
    """Give the hex digest of a request's body, by which it is known in the inbox."""
    return sha256(request.partition(b"\r\n\r\n")[2]).hexdigest()


_ADDRESS = {
    "first_name": "Анна",
    "last_name": "Тестова",
    "company": "",
    "address_1": "ул. Примерная, 1",
    "address_2": "",
    "city": "Тверь",
    "state": "",
    "postcode": "170000",
    "country": "RU",
    "phone": "+79000000001",
}


def _items() -> list[dict[str, object]]:
    tax = {"subtotal_tax": "0.00", "total_tax": "0.00", "taxes": []}
    return [
        {"id": place, "name": name, "product_id": 40 + place, "variation_id": 0}
        | {"quantity": 1, "sku": f"TEA-{place}", "subtotal": "750.00", "total": "675.00"}
        | {"price": 675, **tax}
        for place, name in enumerate(("Чай чёрный, 100 г", "Чай зелёный, 100 г"), 1)
    ]


def _form() -> str:
    order = {
        "id": f"#{_NUMBER}",
        "parent_id": 0,
        "status": "processing",
        "currency": "RUB",
        "version": "9.4.2",
        "prices_include_tax": True,
        "date_created_gmt": "2026-10-07T09:00:00",
        "date_modified_gmt": "2026-10-07T09:00:05",
        "date_paid_gmt": "2026-10-07T09:00:05",
        "discount_total": "150.00",
        "shipping_total": "300.00",
        "total": "1650.00",
        "total_tax": "0.00",
        "customer_id": 0,
        "order_key": f"wc_order_{_NUMBER}",
        "billing": {**_ADDRESS, "email": f"buyer{_NUMBER}@example.com"},
        "shipping": _ADDRESS,
        "payment_method": "card",
        "payment_method_title": "Картой на сайте",
        "transaction_id": "",
        "customer_note": "",
        "number": _NUMBER,
        "meta_data": [
            {"id": 1, "key": "_wc_order_attribution_source_type", "value": "utm"},
            {"id": 2, "key": "_wc_order_attribution_utm_source", "value": "anna"},
            {"id": 3, "key": "is_vat_exempt", "value": "no"},
        ],
        "line_items": _items(),
        "coupon_lines": [{"id": 5, "code": "anna10", "discount": "150.00", "discount_tax": "0"}],
        "shipping_lines": [{"id": 6, "method_title": "Почта", "total": "300.00", "taxes": []}],
        "refunds": [],
        "currency_symbol": "₽",
    }
    # WordPress escapes what is not ASCII. The id is a number, so its quotes and the mark go.
    text = json.dumps(order, separators=(",", ":"))
    return text.replace(f'"#{_NUMBER}"', "1" + _NUMBER)

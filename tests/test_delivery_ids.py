"""Which delivery is this? The sender's own name for it, and without one a hash of the body."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest

from tracker.delivery_ids import delivery_id
from tracker.shops.payload import refuse_unreadable

ORDER = '{"order_id":"1","total":100}'
# sha256sum of ORDER, its first half.
HASH = "sha-e05c6bc60078eb8f5583e43f43383d1d"


def named(vendor: str, headers: dict[str, str], body: Any) -> str:
    """The id of a delivery whose body is text, or a value written as JSON."""
    text = body if isinstance(body, str) else json.dumps(body)
    return delivery_id(vendor, headers, refuse_unreadable(text, ""), text.encode())


IDS: list[tuple[str, dict[str, str], Any, str]] = [
    ("generic", {"idempotency-key": "run_7"}, ORDER, "run_7"),
    ("zapier", {"x-delivery-id": "a.b:c-d"}, ORDER, "a.b:c-d"),
    ("generic", {"idempotency-key": "one", "x-delivery-id": "two"}, ORDER, "one"),
    ("generic", {"idempotency-key": "a b", "x-delivery-id": "two"}, ORDER, "two"),
    ("generic", {}, ORDER, HASH),
    ("generic", {"idempotency-key": "../../etc"}, ORDER, HASH),
    ("generic", {"idempotency-key": "x" * 128}, ORDER, "x" * 128),
    ("generic", {"idempotency-key": "x" * 129}, ORDER, HASH),
    ("generic", {"idempotency-key": "a, b"}, ORDER, HASH),
    ("generic", {"idempotency-key": "ключ"}, ORDER, HASH),
    ("generic", {"webhook-id": "msg_1"}, ORDER, HASH),
    ("tilda", {}, {"tranid": "4:5", "payment": {"orderid": 7}}, "4:5"),
    ("tilda", {}, {"payment": {"orderid": "7"}}, "7"),
    ("tilda", {}, {"payment": {"orderid": 7}}, "7"),
    ("tilda", {}, {"payment": '{"orderid":"7"}'}, "7"),
    ("tilda", {}, {"payment[orderid]": "7"}, "7"),
    ("tilda", {}, "Name=A&payment%5Borderid%5D=7&payment%5Bamount%5D=5", "7"),
    ("tilda", {}, "payment=%7B%22orderid%22%3A%227%22%7D&tranid=", "7"),
    ("tilda", {"idempotency-key": "k"}, ORDER, HASH),
    ("shopify", {"x-shopify-webhook-id": "b54557e4-bdd9-4b37"}, ORDER, "b54557e4-bdd9-4b37"),
    ("shopify", {"shopify-webhook-id": "b5"}, ORDER, "b5"),
    ("shopify", {"x-shopify-webhook-id": "a, b"}, ORDER, HASH),
    ("shopify", {"idempotency-key": "k"}, ORDER, HASH),
    ("woocommerce", {"x-wc-webhook-delivery-id": "1f0a"}, ORDER, "1f0a"),
    ("standard-webhooks", {"webhook-id": "msg_1"}, ORDER, "msg_1"),
    ("bigcommerce", {"webhook-id": "msg_1"}, ORDER, "msg_1"),
    ("cloudpayments", {}, "TransactionId=666&InvoiceId=41", "666"),
    ("cloudpayments", {}, {"TransactionId": 666}, "666"),
    ("stripe", {}, {"id": "evt_7"}, "evt_7"),
    ("dub", {}, {"id": "evt_7"}, "evt_7"),
    ("square", {}, {"event_id": "ac3a-1"}, "ac3a-1"),
    ("typeform", {}, {"event_id": "01J"}, "01J"),
    ("uis", {}, {"call_session_id": 700000001}, "700000001"),
    ("uis", {}, "call_session_id=700000001&contact_phone_number=79000000001", "700000001"),
    ("ecwid", {}, {"eventId": "80ae-4", "eventCreated": 1}, "80ae-4"),
]


@pytest.mark.parametrize(("vendor", "headers", "body", "wanted"), IDS)
def test_a_delivery_is_called_as_its_sender_calls_it(
    vendor: str, headers: dict[str, str], body: Any, wanted: str
) -> None:
    assert named(vendor, headers, body) == wanted


@pytest.mark.parametrize(
    "payment",
    ['"{"', '"[[["', '"[1]"', "[]", "null", "true", '{"orderid":true}', '{"orderid":{}}',
     '{"orderid":1.5}', '"{\\"orderid\\":\\"7\\",\\"orderid\\":\\"8\\"}"'],
)  # fmt: skip
def test_a_payment_without_one_order_leaves_the_hash(payment: str) -> None:
    body = f'{{"payment":{payment}}}'

    assert named("tilda", {}, body) == f"sha-{sha256(body.encode()).hexdigest()[:32]}"


@pytest.mark.parametrize("body", ['[{"id":"evt_7"}]', '"evt_7"', '{"id":true}', '{"id":["evt_7"]}', '{"id":""}'])  # fmt: skip
def test_an_id_that_is_no_plain_value_leaves_the_hash(body: str) -> None:
    assert named("stripe", {}, body) == f"sha-{sha256(body.encode()).hexdigest()[:32]}"

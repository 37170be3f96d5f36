"""Is an order understood as Zapier and Make send it: flattened, wrapped, as text, half empty?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.shops.conftest import FORM, Reader
from tests.shops.test_rules import OrderOf
from tracker.model import OrderVersion, Unreadable

ORDER: dict[str, Any] = {
    "order_id": "1", "ordered_at": "2025-10-07", "total": "100", "currency": "RUB",
    "codes": "IVAN01,MARIA 20", "customer__email": "buyer@example.com", "city": "",
}  # fmt: skip
BOTH = pytest.mark.parametrize("source", ["zapier", "make:tea"])


@BOTH
def test_json_a_wrapped_list_and_a_form_say_the_same(order_of: OrderOf, source: str) -> None:
    kind = "application/json; charset=utf-8"
    sent = [(json.dumps(ORDER), kind), (json.dumps([ORDER]), kind), (urlencode(ORDER), FORM)]

    found = [order_of(source, body, content_type) for body, content_type in sent]

    assert [(one.source, one.codes, one.email, one.city, one.total) for one in found] == [
        (source, ("IVAN01", "MARIA 20"), "buyer@example.com", None, 10000)
    ] * 3


def test_the_headers_of_a_captured_request_are_understood(
    order_of: OrderOf, shared_webhooks: Path
) -> None:
    path = shared_webhooks / "zapier" / "captured-headers-1.json"
    headers = json.loads(path.read_text("utf-8"))

    assert order_of("zapier", ORDER, headers["Content-Type"]).order_id == "1"


@BOTH
def test_a_wrapped_list_may_hold_several_orders(reads: Reader, source: str) -> None:
    found = reads(source, [ORDER, ORDER | {"order_id": ""}, ORDER | {"order_id": "3"}])

    assert [getattr(one, "order_id", "-") for one in found] == ["1", "-", "3"]


def test_columns_of_items_are_lines_and_empty_columns_say_nothing(order_of: OrderOf) -> None:
    columns = {"items__sku": "CUP,TEA", "items__quantity": "2,1", "items__price": ""}

    full, empty = [order_of("zapier", ORDER | more) for more in (columns, {"items__sku": ""})]

    assert [(one.sku, str(one.quantity)) for one in full.items or ()] == [
        ("CUP", "2"),
        ("TEA", "1"),
    ]
    assert empty.items is None


def test_a_repeated_field_of_a_form_is_a_list_where_a_list_is_meant(reads: Reader) -> None:
    form = urlencode({**ORDER, "codes": ["A", "B"], "note": ["x", "y"]}, doseq=True)

    (found,) = reads("make", form, FORM)

    assert isinstance(found, OrderVersion)
    assert found.codes == ("A", "B")


@pytest.mark.parametrize("name", ["order_id", "total", "currency", "ordered_at", "city"])
def test_a_repeated_field_of_a_form_is_refused_where_one_value_is_meant(
    reads: Reader, name: str
) -> None:
    (found,) = reads("make", urlencode([*ORDER.items(), (name, "7")]), FORM)

    assert isinstance(found, Unreadable)
    assert dict(found.params)["field"] == name


def test_json_keeps_refusing_a_name_that_stands_twice(reads: Reader) -> None:
    (found,) = reads("zapier", json.dumps(ORDER)[:-1] + ', "note": 1, "note": 2}')

    assert found == Unreadable(code="delivery_field_twice", params=(("field", "note"),))

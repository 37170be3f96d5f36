"""Do other people's published payloads read as their facts say? Read in place, never copied."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.shops.conftest import Reader
from tracker.model import LoneRefund, OrderVersion, Ping, Unreadable
from tracker.money import as_decimal

NOT_ORDERS: dict[str, list[object]] = {
    "shopify/refund-calculate-1.json": [Unreadable(code="delivery_refund_estimate")],
    "woocommerce/ping-1.txt": [Ping(why="delivery_ping")],
    "woocommerce/order-deleted-1.json": [Ping(why="delivery_order_deleted")],
    "woocommerce/order-draft-empty-1.json": [Ping(why="delivery_draft")],
}
REFUNDS_ALONE = {
    "shopify/refunds-create-1.json": [("450789469", "509562969", "209.00")],
    "shopify/refunds-create-2.json": [("450789469", "509562969", "391.33")],
    "woocommerce/refund-1.json": [("560", "562", "27.00")],
    "woocommerce/refund-docs-1.json": [("723", "726", "10.00")],
    "woocommerce/refunds-1.json": [("560", "590", "18.00"), ("560", "562", "27.00")],
}


def facts_of(folder: Path) -> dict[str, dict[str, Any]]:
    rows = json.loads((folder / "facts.json").read_text("utf-8"))
    ours = [row for row in rows if row["file"].startswith(("shopify/", "woocommerce/"))]
    return {row["file"]: row for row in ours if row["file"] not in NOT_ORDERS}


def read_sample(folder: Path, name: str, reads: Reader) -> list[Any]:
    return list(reads(name.partition("/")[0], (folder / name).read_text("utf-8")))


def money(found: OrderVersion, minor: int | None) -> Decimal | None:
    return None if minor is None else as_decimal(minor, found.currency)


def typed_codes(fact: dict[str, Any]) -> list[str]:
    """The codes of the facts without those that the staff typed by hand."""
    by_hand = [name for kind, name, *_ in fact.get("applications", []) if kind == "manual"]
    return [code for code in fact["coupons"] if code not in by_hand]


def test_every_sample_is_an_order_a_refund_or_a_known_exception(shared_webhooks: Path) -> None:
    found = {
        f"{folder}/{path.name}"
        for folder in ("shopify", "woocommerce")
        for path in (shared_webhooks / folder).iterdir()
        if not path.name.endswith(".meta.json")
    }

    assert found == {*facts_of(shared_webhooks), *NOT_ORDERS, *REFUNDS_ALONE}


def test_orders_agree_with_their_facts(shared_webhooks: Path, reads: Reader) -> None:
    for name, fact in facts_of(shared_webhooks).items():
        (found,) = read_sample(shared_webhooks, name, reads)

        assert isinstance(found, OrderVersion), name
        assert (found.order_id, found.currency) == (str(fact["id"]), fact["currency"]), name
        sums = [found.total, found.tax, found.shipping, found.discount]
        named = [fact["total"], fact["tax"], fact["shipping"], fact["discounts"]]
        assert [money(found, one) for one in sums] == [one and Decimal(one) for one in named], name
        assert list(found.codes or ()) == typed_codes(fact), name
        assert (found.email or "") == fact["email"], name
        assert found.customer_id == (str(fact["customer"]) if fact["customer"] else None), name


def test_shopify_trial_orders_agree_with_their_facts(shared_webhooks: Path, reads: Reader) -> None:
    facts = facts_of(shared_webhooks)
    orders = {name: fact["test"] for name, fact in facts.items() if "test" in fact}

    found = {name: read_sample(shared_webhooks, name, reads)[0].test for name in orders}

    assert found == orders
    assert sum(orders.values()) == 1


def test_woocommerce_refunds_agree_with_their_facts(shared_webhooks: Path, reads: Reader) -> None:
    for name, fact in facts_of(shared_webhooks).items():
        if name.startswith("woocommerce/"):
            (found,) = read_sample(shared_webhooks, name, reads)
            given_back = [-refund.goods for refund in found.refunds or ()]
            assert given_back == [Decimal(sum_) for sum_ in fact["refunds"]], name


def test_a_cancelled_order_gave_its_goods_back_though_little_money(
    shared_webhooks: Path, reads: Reader
) -> None:
    (found,) = read_sample(shared_webhooks, "shopify/order-vendor-3.json", reads)

    (refund,) = found.refunds
    assert (refund.goods, refund.tax) == (Decimal("587.00"), Decimal("11.94"))


def test_what_is_no_order_is_known_for_what_it_is(shared_webhooks: Path, reads: Reader) -> None:
    found = {name: read_sample(shared_webhooks, name, reads) for name in NOT_ORDERS}

    assert found == NOT_ORDERS


@pytest.mark.parametrize("name", REFUNDS_ALONE)
def test_a_refund_alone_is_read(shared_webhooks: Path, reads: Reader, name: str) -> None:
    found = read_sample(shared_webhooks, name, reads)

    assert {type(one) for one in found} == {LoneRefund}
    assert [(one.order_id, one.refund.refund_id, one.refund.goods) for one in found] == [
        (order_id, refund_id, Decimal(goods)) for order_id, refund_id, goods in REFUNDS_ALONE[name]
    ]

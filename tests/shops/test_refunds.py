"""Is a refund split as the shop meant it, by id, with what it was for?"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tests.shops.conftest import Reader
from tracker.model import LoneRefund, OrderVersion, Unreadable

OrderOf = Callable[..., OrderVersion]

SHOPIFY: dict[str, Any] = {
    "id": 1,
    "created_at": "2025-10-07T12:00:00+03:00",
    "currency": "USD",
    "total_price": "100.00",
    "financial_status": "paid",
    "line_items": [],
}


def code_of(found: Any) -> str:
    assert isinstance(found, Unreadable), found
    return found.code


def refund_of(found: Any) -> tuple[str, Decimal, Decimal, Decimal]:
    assert isinstance(found, LoneRefund), found
    return found.order_id, found.refund.goods, found.refund.shipping, found.refund.tax


# Rules 7 and 8: refunds do not lower the total, and say what they are for.
def test_a_refund_of_postage_alone_touches_no_goods(reads: Reader) -> None:
    body = {
        "id": 9,
        "order_id": 1,
        "refund_line_items": [],
        "order_adjustments": [{"kind": "shipping_refund", "amount": "-5.00", "tax_amount": "-1"}],
        "transactions": [{"kind": "refund", "status": "success", "amount": "6.00"}],
    }

    assert refund_of(reads("shopify", body)[0]) == ("1", Decimal(0), Decimal(5), Decimal(1))


def test_newer_refunds_name_the_postage_in_lines_of_its_own(reads: Reader) -> None:
    line = {"subtotal_amount_set": {"shop_money": {"amount": "5.00"}}}
    body = {"id": 9, "order_id": 1, "refund_shipping_lines": [line], "refund_line_items": []}

    assert refund_of(reads("shopify", body)[0]) == ("1", Decimal(0), Decimal(5), Decimal(0))


def test_money_that_nothing_splits_counts_as_goods(reads: Reader) -> None:
    paid = [{"kind": "refund", "amount": "7.00"}, {"kind": "sale", "amount": "100.00"}]

    (found,) = reads("shopify", {"id": 9, "order_id": 1, "transactions": paid})

    assert refund_of(found) == ("1", Decimal(7), Decimal(0), Decimal(0))


def test_a_sum_given_back_without_lines_is_goods(reads: Reader) -> None:
    adjustment = {"kind": "refund_discrepancy", "amount": "-8.00"}
    body = {"id": 9, "order_id": 1, "refund_line_items": [], "order_adjustments": [adjustment]}

    assert refund_of(reads("shopify", body)[0])[1] == Decimal(8)


def test_goods_taken_back_for_nothing_take_nothing(reads: Reader) -> None:
    lines = [{"subtotal": "10.00", "total_tax": "2.00"}]
    adjustment = {"kind": "refund_discrepancy", "amount": "12.00"}
    body = {"id": 9, "order_id": 1, "refund_line_items": lines, "order_adjustments": [adjustment]}

    assert refund_of(reads("shopify", body)[0]) == ("1", Decimal(0), Decimal(0), Decimal(0))


def test_where_prices_hold_tax_a_refund_of_goods_is_without_it(order_of: OrderOf) -> None:
    refund = {"id": 9, "refund_line_items": [{"subtotal": "12.00", "total_tax": "2.00"}]}

    found = order_of("shopify", SHOPIFY | {"taxes_included": True, "refunds": [refund]})

    assert [(one.goods, one.tax) for one in found.refunds or ()] == [(Decimal(10), Decimal(2))]


def test_the_money_tells_whether_a_lone_refund_holds_its_tax(reads: Reader) -> None:
    lines, paid = [{"subtotal": "12.00", "total_tax": "2.00"}], [{"kind": "refund", "amount": "12"}]
    body = {"id": 9, "order_id": 1, "refund_line_items": lines, "transactions": paid}

    assert refund_of(reads("shopify", body)[0]) == ("1", Decimal(10), Decimal(0), Decimal(2))


def test_an_estimate_is_no_refund(reads: Reader) -> None:
    body = {"refund": {"transactions": [{"kind": "suggested_refund", "amount": "5"}]}}

    assert code_of(reads("shopify", body)[0]) == "delivery_refund_estimate"


def test_a_woocommerce_refund_is_found_by_its_link_to_the_order(reads: Reader) -> None:
    link = {"up": [{"href": "https://example.com/wp-json/wc/v3/orders/77"}]}
    body = {"id": 9, "amount": "10.00", "line_items": [], "_links": link}

    assert refund_of(reads("woocommerce", body)[0])[:2] == ("77", Decimal(10))


def test_a_woocommerce_refund_of_no_known_order_is_refused(reads: Reader) -> None:
    (found,) = reads("woocommerce", {"id": 9, "amount": "10.00", "line_items": []})

    assert code_of(found) == "delivery_refund_without_order"


def test_lines_that_miss_the_sum_given_back_split_nothing(reads: Reader) -> None:
    lines = [{"total": "-10.00"}], [{"total": "-7.00", "total_tax": "-0.62"}]
    body = {"id": 9, "parent_id": 1, "amount": "10.00"}

    (found,) = reads("woocommerce", body | {"line_items": lines[0], "shipping_lines": lines[1]})

    assert refund_of(found) == ("1", Decimal(10), Decimal(0), Decimal(0))

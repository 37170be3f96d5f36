"""Do the shops' own dialects keep the rules that real payloads taught?"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.shops.conftest import RECEIVED, Reader
from tracker.model import OrderVersion, Ping, State, Unreadable

OrderOf = Callable[..., OrderVersion]

SHOPIFY: dict[str, Any] = {
    "id": 1,
    "created_at": "2025-10-07T12:00:00+03:00",
    "currency": "USD",
    "total_price": "100.00",
    "financial_status": "paid",
    "line_items": [],
}
WOO: dict[str, Any] = {
    "id": 1,
    "status": "completed",
    "date_created_gmt": "2025-10-07T09:00:00",
    "currency": "RUB",
    "total": "100.00",
}


def code_of(found: Any) -> str:
    assert isinstance(found, Unreadable), found
    return found.code


# Rule 1: sums come as text, with more or fewer decimals, and as numbers.
@pytest.mark.parametrize("total", ["1450", "1450.00", "1450.0000", 1450, 1450.0])
def test_a_sum_is_the_same_in_every_writing(order_of: OrderOf, total: Any) -> None:
    assert order_of("woocommerce", WOO | {"total": total}).total == 145000


@pytest.mark.parametrize("total", ["14,50", "1 450", "14.505", "-1.00"])
def test_a_program_does_not_write_sums_like_a_person(reads: Reader, total: str) -> None:
    (found,) = reads("woocommerce", WOO | {"total": total})

    assert code_of(found).startswith("delivery_amount_")


# Rule 2: major units, of which some currencies have no parts.
def test_a_yen_has_no_hundredths(order_of: OrderOf) -> None:
    assert order_of("shopify", SHOPIFY | {"currency": "JPY", "total_price": "500"}).total == 500


# Rules 3 and 5: codes with spaces, signs and Cyrillic; several in one order.
def test_all_codes_are_kept_as_typed(order_of: OrderOf) -> None:
    lines = [{"code": "maombi start"}, {"code": "30$off"}, {"code": "МХЛ50"}]

    found = order_of("woocommerce", WOO | {"coupon_lines": lines})

    assert found.codes == ("maombi start", "30$off", "МХЛ50")


# Rule 4: what the staff typed by hand stands among the codes, too.
@pytest.mark.parametrize(
    ("kind", "codes"), [("discount_code", ("IVAN",)), ("manual", ()), ("script", ())]
)
def test_a_staff_discount_is_no_code(order_of: OrderOf, kind: str, codes: tuple[str, ...]) -> None:
    applications = [{"type": kind, "code": "IVAN", "title": "IVAN"}]
    body = SHOPIFY | {"discount_codes": [{"code": "IVAN"}], "discount_applications": applications}

    assert order_of("shopify", body).codes == codes


def test_an_old_order_without_applications_has_its_codes(order_of: OrderOf) -> None:
    assert order_of("shopify", SHOPIFY | {"discount_codes": [{"code": "IVAN"}]}).codes == ("IVAN",)


# Rule 6: a code for the whole price.
def test_an_order_for_nothing_is_an_order(order_of: OrderOf) -> None:
    assert order_of("shopify", SHOPIFY | {"total_price": "0.00"}).total == 0


# Rule 9: what was paid stands apart from what became of the order.
@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({}, State.PAID),
        ({"financial_status": "partially_refunded"}, State.PAID),
        ({"financial_status": "authorized"}, State.PENDING),
        ({"financial_status": "partially_paid"}, State.PENDING),
        ({"financial_status": None}, State.PENDING),
        ({"financial_status": "refunded"}, State.REFUNDED),
        ({"financial_status": "voided"}, State.CANCELLED),
        ({"financial_status": "refunded", "cancelled_at": "2025-10-08"}, State.CANCELLED),
    ],
)
def test_how_far_a_shopify_order_is(
    order_of: OrderOf, change: dict[str, Any], state: State
) -> None:
    assert order_of("shopify", SHOPIFY | change).state is state


@pytest.mark.parametrize(
    ("change", "state", "cash"),
    [
        ({"status": "processing", "payment_method": "stripe"}, State.PAID, False),
        ({"status": "processing"}, State.PAID, None),
        ({"status": "processing", "payment_method": "cod"}, State.PENDING, True),
        ({"status": "on-hold", "payment_method": "cod"}, State.PENDING, True),
        ({"status": "completed", "payment_method": "cod"}, State.PAID, True),
        ({"status": "on-hold", "payment_method": "bacs"}, State.PENDING, False),
        ({"status": "failed"}, State.PENDING, None),
        ({"status": "trash"}, State.CANCELLED, None),
        ({"status": "wc-cancelled"}, State.CANCELLED, None),
        ({"status": "refunded"}, State.REFUNDED, None),
        ({"status": "shipped"}, State.PENDING, None),
        ({"status": "shipped", "date_paid": "2025-10-07"}, State.PAID, None),
    ],
)
def test_how_far_a_woocommerce_order_is(
    order_of: OrderOf, change: dict[str, Any], state: State, cash: object
) -> None:
    found = order_of("woocommerce", WOO | change)

    assert (found.state, found.cash) == (state, cash)


@pytest.mark.parametrize(
    ("gateways", "cash"),
    [
        (["Cash on Delivery (COD)"], True),
        (["Наложенный платёж"], True),
        (["codex"], False),
        ([], None),
    ],
)
def test_cash_on_delivery_is_told_by_the_gateway(
    order_of: OrderOf, gateways: list[str], cash: object
) -> None:
    assert order_of("shopify", SHOPIFY | {"payment_gateway_names": gateways}).cash is cash


# Rule 10: guests.
@pytest.mark.parametrize("nobody", [0, "0", "", None])
def test_a_guest_has_no_id(order_of: OrderOf, nobody: Any) -> None:
    found = order_of("woocommerce", WOO | {"customer_id": nobody, "billing": {"email": ""}})

    assert (found.customer_id, found.email, found.phone) == (None, None, None)


# Rule 11: trial orders.
def test_trial_orders_are_marked(order_of: OrderOf) -> None:
    trial = [{"key": "_wcpay_mode", "value": "test"}]

    assert order_of("shopify", SHOPIFY | {"test": True}).test is True
    assert order_of("woocommerce", WOO | {"meta_data": trial}).test is True


# Rule 12: what is no order is put aside without a complaint.
@pytest.mark.parametrize(
    ("source", "body", "why"),
    [
        ("woocommerce", "webhook_id=16", "delivery_ping"),
        ("woocommerce", {"id": 3}, "delivery_order_deleted"),
        ("woocommerce", WOO | {"status": "checkout-draft"}, "delivery_draft"),
        ("shopify", SHOPIFY | {"invoice_url": "https://example.com/"}, "delivery_draft"),
        ("generic", "[]", "delivery_without_orders"),
    ],
)
def test_what_is_no_order_is_a_ping(reads: Reader, source: str, body: Any, why: str) -> None:
    assert reads(source, body) == (Ping(why=why),)


def test_an_error_in_place_of_an_order_is_refused(reads: Reader) -> None:
    body = {"code": "woocommerce_rest_shop_order_invalid_id", "message": "no", "data": {}}

    assert code_of(reads("woocommerce", body)[0]) == "delivery_shop_error"


# Rule 13: times that do not say their zone.
def test_gmt_times_are_utc_and_their_twins_local(order_of: OrderOf) -> None:
    twin = {key: value for key, value in WOO.items() if key != "date_created_gmt"}
    twin |= {"date_created": "2025-10-07T12:00:00"}

    found = order_of("woocommerce", WOO).ordered_at, order_of("woocommerce", twin).ordered_at

    assert [one.isoformat() for one in found] == [
        "2025-10-07T09:00:00+00:00",
        "2025-10-07T12:00:00+03:00",
    ]


# Rule 16: a list is several orders, and one bad one does not spoil the rest.
def test_a_list_holds_several_orders(reads: Reader) -> None:
    found = reads("woocommerce", [WOO, WOO | {"id": 2, "total": None}, WOO | {"id": 3}])

    assert [getattr(one, "order_id", "-") for one in found] == ["1", "-", "3"]


# Rule 17: the same order arrives again with its own time.
def test_a_version_without_a_time_does_not_make_one_up(order_of: OrderOf) -> None:
    found = order_of("woocommerce", WOO | {"refunds": [{"id": 2, "total": "-16.20"}]})

    assert found.updated_at is None
    assert [(one.goods, one.at) for one in found.refunds or ()] == [(Decimal("16.20"), RECEIVED)]


# Rule 20: sums of lines need not come to the total.
def test_lines_that_do_not_add_up_are_no_reason_to_refuse(order_of: OrderOf) -> None:
    assert order_of("shopify", SHOPIFY | {"line_items": [{"price": "999.00"}]}).total == 10000


def test_free_postage_is_postage_of_nothing(order_of: OrderOf) -> None:
    line = {"price": "20.00", "discount_allocations": [{"amount": "20.00"}]}
    body = SHOPIFY | {"shipping_lines": [line], "total_discounts": "35.00"}

    found = order_of("shopify", body)

    assert (found.shipping, found.discount) == (0, 1500)


def test_postage_that_was_taken_off_the_order_does_not_count(order_of: OrderOf) -> None:
    lines = [{"price": "20.00", "is_removed": True}, {"price": "5.00"}]

    assert order_of("shopify", SHOPIFY | {"shipping_lines": lines}).shipping == 500


@pytest.mark.parametrize(
    ("page", "ref"),
    [
        ("/?ref=maria", "maria"),
        ("https://example.com/a?utm_source=vk&ref=%D0%BC#x", "м"),
        ("/?utm_source=vk", None),
        ("/?ref=", None),
        ("http://[::1?ref=a", "a"),
        (None, None),
    ],
)
def test_the_partners_link_is_read_from_the_first_page(
    order_of: OrderOf, page: str | None, ref: str | None
) -> None:
    assert order_of("shopify", SHOPIFY | {"landing_site": page}).ref == ref

"""Is the documented JSON understood as a person or Zapier writes it, and never guessed?"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.shops.conftest import FORM, RECEIVED, Reader
from tracker.model import OrderVersion, State, Unreadable

ORDER: dict[str, Any] = {
    "order_id": "A1",
    "ordered_at": "2025-10-07T12:00:00+03:00",
    "total": "100.00",
    "currency": "RUB",
}


def refusal(reads: Reader, body: Any, content_type: str = "application/json") -> tuple[str, str]:
    (found,) = reads("generic", body, content_type)
    assert isinstance(found, Unreadable), found
    return found.code, dict(found.params).get("field", "")


@pytest.mark.parametrize(
    ("written", "minor"),
    [
        ("0,91", 91),
        ("0.91", 91),
        ("1 234,50", 123450),
        ("1\u00a0234,50 ₽", 123450),
        ("69.8400", 6984),
        (1450, 145000),
        ("1450", 145000),
        (0, 0),
        ("0", 0),
    ],
)
def test_a_total_is_read_as_a_person_or_a_program_writes_it(
    reads: Reader, written: Any, minor: int
) -> None:
    (found,) = reads("generic", ORDER | {"total": written})

    assert isinstance(found, OrderVersion)
    assert found.total == minor


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1.990,50", "delivery_amount_both_marks"),
        ("1,234", "delivery_amount_ambiguous"),
        ("1.234", "delivery_amount_too_fine"),
        (10.005, "delivery_amount_too_fine"),
        ("-1", "delivery_amount_negative"),
        (-0.01, "delivery_amount_negative"),
        ("１２", "delivery_amount_unreadable"),
        ("1_000", "delivery_amount_unreadable"),
        ("1e3", "delivery_amount_unreadable"),
        ("9" * 300, "delivery_amount_unreadable"),
        (10**18, "delivery_amount_unreadable"),
        (True, "delivery_field_unreadable"),
        ([1], "delivery_field_unreadable"),
        ("", "delivery_field_missing"),
        (None, "delivery_field_missing"),
    ],
)
def test_a_total_that_would_need_a_guess_is_refused(reads: Reader, written: Any, code: str) -> None:
    assert refusal(reads, ORDER | {"total": written}) == (code, "total")


@pytest.mark.parametrize("name", ["order_id", "ordered_at", "total", "currency"])
def test_a_required_field_is_named_when_it_is_missing(reads: Reader, name: str) -> None:
    body = {key: value for key, value in ORDER.items() if key != name}

    assert refusal(reads, body) == ("delivery_field_missing", name)


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"ordered_at": "2025-02-30"}, "delivery_time_unreadable", "ordered_at"),
        ({"clicked_at": "yesterday"}, "delivery_time_unreadable", "clicked_at"),
        ({"updated_at": 1759827600}, "delivery_time_unreadable", "updated_at"),
        ({"currency": "RUR"}, "delivery_currency_unknown", "currency"),
        ({"state": "done"}, "delivery_state_unknown", "state"),
        ({"state": "waiting"}, "delivery_state_unknown", "state"),
        ({"order_id": "A\u00001"}, "delivery_id_unusable", "order_id"),
        ({"order_id": "A" * 121}, "delivery_id_unusable", "order_id"),
        ({"order_id": 1.5}, "delivery_field_unreadable", "order_id"),
        ({"order_id": "   "}, "delivery_field_missing", "order_id"),
        ({"refunded": "-5"}, "delivery_amount_negative", "refunded"),
        ({"shipping": "x"}, "delivery_amount_unreadable", "shipping"),
        ({"codes": [["A"]]}, "delivery_field_unreadable", "codes"),
        ({"customer": "Ivan"}, "delivery_field_unreadable", "customer"),
        ({"customer": {"email": ["a"]}}, "delivery_field_unreadable", "customer.email"),
        ({"items": ["TEA"]}, "delivery_field_unreadable", "items"),
        ({"items": [{"quantity": -1}]}, "delivery_field_unreadable", "items[0].quantity"),
        ({"items__sku": "a,b", "items__price": "1"}, "delivery_field_unreadable", "items"),
        ({"test": "maybe"}, "delivery_field_unreadable", "test"),
    ],
)
def test_a_field_of_the_wrong_kind_is_named(
    reads: Reader, change: dict[str, Any], code: str, field: str
) -> None:
    assert refusal(reads, ORDER | change) == (code, field)


def test_a_contact_is_never_part_of_a_refusal(reads: Reader) -> None:
    (found,) = reads("generic", ORDER | {"customer": {"email": {"to": "buyer@example.com"}}})

    assert "example.com" not in repr(found)


def test_what_an_order_leaves_out_is_not_said(reads: Reader) -> None:
    (found,) = reads("generic", ORDER | {"codes": None, "refunded": None, "shipping": ""})

    assert isinstance(found, OrderVersion)
    said = (found.state, found.codes, found.refunds, found.shipping, found.items, found.test)
    assert said == (None, None, None, None, None, None)


@pytest.mark.parametrize("none", ["", []])
def test_empty_codes_say_that_there_are_none(reads: Reader, none: Any) -> None:
    (found,) = reads("generic", ORDER | {"codes": none})

    assert isinstance(found, OrderVersion)
    assert found.codes == ()


@pytest.mark.parametrize("word", ["pending", "PAID", " Cancelled ", "refunded"])
def test_a_state_is_read_in_any_case(reads: Reader, word: str) -> None:
    (found,) = reads("generic", ORDER | {"state": word})

    assert isinstance(found, OrderVersion)
    assert found.state == State(word.strip().lower())


def test_refunded_is_one_cumulative_refund_of_goods(reads: Reader) -> None:
    (found,) = reads("generic", ORDER | {"refunded": "30"})

    assert isinstance(found, OrderVersion)
    (refund,) = found.refunds or ()
    assert (refund.refund_id, refund.at, refund.goods) == ("", RECEIVED, Decimal("30.00"))


def test_refunded_nothing_takes_an_earlier_refund_back(reads: Reader) -> None:
    (found,) = reads("generic", ORDER | {"refunded": 0})

    assert isinstance(found, OrderVersion)
    assert found.refunds == ()


def test_json_posted_under_the_type_of_a_form_is_json(reads: Reader) -> None:
    assert reads("generic", ORDER, FORM) == reads("generic", ORDER)


@pytest.mark.parametrize(("word", "test"), [("true", True), ("1", True), ("no", False), ("", None)])
def test_a_form_says_yes_in_words(reads: Reader, word: str, test: object) -> None:
    form = f"order_id=1&ordered_at=2025-10-07&total=1&currency=RUB&codes=&test={word}"

    (found,) = reads("generic", form, f"{FORM}; charset=utf-8")

    assert isinstance(found, OrderVersion)
    assert (found.test, found.codes) == (test, ())


def test_a_plus_lost_in_a_form_is_not_guessed_back(reads: Reader) -> None:
    form = "order_id=1&ordered_at=2025-10-07T12:00:00+03:00&total=1&currency=RUB"

    assert refusal(reads, form, FORM) == ("delivery_time_unreadable", "ordered_at")


def test_names_flattened_in_json_are_put_back_under_the_customer(reads: Reader) -> None:
    (found,) = reads("generic", ORDER | {"customer__id": 7, "customer__phone": "+79000000001"})

    assert isinstance(found, OrderVersion)
    assert (found.customer_id, found.phone) == ("7", "+79000000001")


def test_an_unknown_dialect_is_refused_by_name(reads: Reader) -> None:
    (found,) = reads("magento:tea", ORDER)

    assert isinstance(found, Unreadable)
    assert (found.code, dict(found.params)["shown"]) == ("delivery_source_unknown", "magento")


def test_the_shops_name_behind_the_colon_stays_with_the_order(reads: Reader) -> None:
    (found,) = reads("generic:tea", ORDER)

    assert isinstance(found, OrderVersion)
    assert (found.source, found.delivery_id, found.received_at) == ("generic:tea", "d-1", RECEIVED)


def test_an_order_larger_than_any_balance_can_hold_costs_one_delivery(reads: Reader) -> None:
    (largest,) = reads("generic", ORDER | {"total": "99999999999.99"})

    assert isinstance(largest, OrderVersion)
    assert largest.total == 9_999_999_999_999
    absurd = ORDER | {"total": "100000000000.00"}
    assert refusal(reads, absurd) == ("delivery_amount_unreadable", "total")

"""Can a body stop the run? Whatever it holds, it is read or refused, and quickly."""

from __future__ import annotations

import json
import re
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile.corpus import Case, corpus
from tests.shops.conftest import FORM, JSON, RECEIVED, UNSAID, Reader
from tracker.model import Delivery, LoneRefund, OrderVersion, Ping, PostedLead, Unreadable
from tracker.problems import Problem
from tracker.sentences import PROBLEMS, REASONS, problem_says, reason_says
from tracker.shops import DIALECTS, read

HEAD = '{"order_id":"1","ordered_at":"2025-10-07","currency":"RUB","total":'
KIB_256 = 256 * 1024

HOSTILE = {case.name: (case.text, case.must["code"]) for case in corpus("bodies")}


@pytest.mark.parametrize(("body", "code"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_body_is_refused_at_once(reads: Reader, body: str, code: str) -> None:
    began = time.monotonic()

    (found,) = reads("generic", body)

    assert isinstance(found, Unreadable)
    assert found.code == code
    assert time.monotonic() - began < 5  # a quadratic scan would take minutes


@pytest.mark.parametrize("source", DIALECTS)
@pytest.mark.parametrize("body", [body for body, _ in HOSTILE.values()], ids=HOSTILE.keys())
def test_no_dialect_takes_a_hostile_body_for_an_order(
    reads: Reader, source: str, body: str
) -> None:
    kinds = {type(found) for found in reads(source, body)}

    assert kinds == {Unreadable}


def test_what_is_within_the_limits_is_read(reads: Reader) -> None:
    deep = "[" * 18 + "]" * 18
    body = HEAD + f'1,"city":"\\ud83c\\udf75","a":{deep},"b":"{"[" * 50}","c":1.5E-7' + "}"

    (found,) = reads("generic", "\ufeff " + body)

    assert isinstance(found, OrderVersion)
    assert found.city == "\U0001f375"


def test_control_characters_leave_a_text(reads: Reader) -> None:
    (found,) = reads("generic", HEAD + '1,"city":" Тве\\u0000рь\\u001b "}')

    assert isinstance(found, OrderVersion)
    assert found.city == "Тверь"


KEYS = (
    "order_id ordered_at updated_at state currency total shipping tax discount refunded codes "
    "customer items test id created_at processed_at total_price financial_status line_items "
    "refunds shipping_lines discount_codes discount_applications order_id transactions amount "
    "refund_line_items order_adjustments status date_created_gmt coupon_lines billing meta_data "
    "kind subtotal price quantity key value webhook_id code message parent_id _links up href "
    "customer__id items__sku items__price taxes_included payment_gateway_names landing_site "
    "payment payment[amount] payment[products][0] payment[products][1][price] products orderid "
    "sys systranid delivery_price promocode Email email formid tranid COOKIES a[b][] __ a__b__c "
    "lead_id phone name received_at call_session_id contact_phone_number direction delivered"
).split()
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=True).map(str)
    | st.text(max_size=20)
    | st.sampled_from(
        ["RUB", "JPY", "paid", "1.00", "-5", "2025-10-07", "9999-12-31T23:59:59-14:00"]
    )
    | st.sampled_from(
        ["", "refund", "lead", "shipping_refund", "discount_code", "0,91", "1E+30", "?ref=%FF"]
    )
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=5), inner, max_size=8)
    ),
    max_leaves=25,
)
ORDERS: dict[str, dict[str, Any]] = {
    "generic": {"order_id": 1, "ordered_at": "2025-10-07", "total": "1.00", "currency": "RUB"},
    "shopify": {"id": 1, "created_at": "2025-10-07", "total_price": "1.00", "currency": "USD"},
    "woocommerce": {
        "id": 1, "date_created": "2025-10-07", "total": "1", "currency": "USD", "status": "pending"
    },
    "tilda": {"payment": {"orderid": "1", "amount": "1"}},
    "uis": {"call_session_id": 1, "contact_phone_number": "79000000001"},
}  # fmt: skip
ORDERS |= {"zapier": ORDERS["generic"], "make": ORDERS["generic"]}


def delivery(source: str, content_type: str, body: str) -> Delivery:
    return Delivery(
        seq=1, source=source, delivery_id="d", received_at=RECEIVED,
        content_type=content_type, body=body, sha256="",
    )  # fmt: skip


@given(st.sampled_from(sorted(DIALECTS)), st.sampled_from([JSON, FORM]), st.text())
def test_no_text_makes_reading_fail(source: str, content_type: str, body: str) -> None:
    found = read(delivery(source, content_type, body), UNSAID)

    assert {type(one) for one in found} <= {Unreadable, Ping}


@given(st.sampled_from(sorted(DIALECTS)), VALUES, st.dictionaries(st.sampled_from(KEYS), VALUES))
def test_no_json_makes_reading_fail(source: str, value: Any, change: dict[str, Any]) -> None:
    for body in (value, change, ORDERS[source] | change):
        found = read(delivery(source, JSON, json.dumps(body)), UNSAID)

        assert found
        for one in found:
            assert_it_can_be_kept(one)


def assert_it_can_be_kept(found: object) -> None:
    """A refusal has its sentence; an order's times and sums survive what the core does to them."""
    if isinstance(found, Unreadable):
        problem = Problem(tab="log", cell="d", code=found.code, params=found.params)
        assert "{" not in PROBLEMS[found.code][0].format_map(dict(found.params))
        assert problem_says(problem, "ru")
    elif isinstance(found, Ping):
        assert reason_says(found.why, "en") == REASONS[found.why][0]
    elif isinstance(found, OrderVersion):
        assert found.ordered_at.astimezone(UTC) > datetime(1970, 1, 1, tzinfo=UTC)
        assert found.total >= 0
        assert all(min(one.goods, one.shipping, one.tax) >= 0 for one in found.refunds or ())
    elif isinstance(found, PostedLead):
        assert found.phone or found.email
        assert 1 <= len(found.lead_id) <= 120
        assert found.registered_at.astimezone(UTC) > datetime(1970, 1, 1, tzinfo=UTC)
    elif isinstance(found, LoneRefund):
        assert 1 <= len(found.order_id) <= 120
        assert 0 <= found.refund.goods < 10**15


def test_every_refusal_has_a_sentence_in_both_languages() -> None:
    sources = (Path(__file__).parent.parent.parent / "tracker" / "shops").glob("*.py")
    text = "".join(path.read_text("utf-8") for path in sources)
    codes = set(re.findall(r'"(delivery_(?!(?:id|city|price)")[a-z_]+)"', text))

    assert len(codes) > 20
    assert codes - set(PROBLEMS) - set(REASONS) == set()


@pytest.mark.parametrize("case", corpus("orders"), ids=lambda case: case.name)
def test_an_order_or_lead_with_one_odd_field_is_refused_by_that_field(
    reads: Reader, case: Case
) -> None:
    (found,) = reads("generic", case.text)

    assert isinstance(found, Unreadable)
    assert found.code == case.must["code"]

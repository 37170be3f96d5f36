"""Does an order count for later ones exactly when its state and its refunds let it earn?"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tracker.commissions import Owed
from tracker.lines import line_of
from tracker.placing import counts

NOON = datetime(2026, 10, 20, 12, tzinfo=UTC)
VERSION = ["2026-10-20T12:00:00+00:00", 2, "d1", "sha"]
OWED = (Owed("ivan", "order", 10000, "RUB"),)


def noted(
    state: str, owed: tuple[Owed, ...], terms: dict[str, Any], *, lone: Any = None, **facts: Any
) -> bool:
    """Whether an order of 1000.00 RUB counts, by its line; `lone` is a refund delivered alone."""
    said = {"total": 100000, "currency": "RUB", "state": state} | facts
    whole: dict[str, Any] = {"v": [VERSION], "f": said, "terms": terms}
    whole |= {"lone": {"r9": lone}} if lone else {}
    text = json.dumps(whole, separators=(",", ":"))
    line = line_of(
        noted_at=NOON, source="generic", order_id="1", n=1, state=state, owed=owed, facts=text
    )
    return counts(line)


def back(goods: str) -> list[list[str]]:
    return [["r1", "2026-10-20T12:00:00+00:00", goods, "0", "0"]]


@pytest.mark.parametrize(
    ("state", "owed", "refunds", "count"),
    [
        ("paid", OWED, [], True),
        ("paid", (), [], True),  # earning nothing is no reason not to count
        ("paid", OWED, back("300"), True),
        ("paid", (), back("300"), True),
        ("paid", (), back("1000"), False),
        ("pending", (), [], False),
        ("pending", (), back("300"), False),
        ("cancelled", (), [], False),
        ("refunded", (), [], False),
        ("waiting", (), [], False),
    ],
)
def test_an_order_counts_while_it_is_paid_and_not_given_back(
    state: str, owed: tuple[Owed, ...], refunds: list[list[str]], *, count: bool
) -> None:
    assert noted(state, owed, {}, refunds=refunds) is count


@pytest.mark.parametrize(
    ("state", "approve", "delivered", "count"),
    [
        ("pending", "placed", False, True),
        ("paid", "placed", False, True),
        ("paid", "delivered", False, False),
        ("paid", "delivered", True, True),
        ("pending", "delivered", True, False),
        ("cancelled", "placed", False, False),
    ],
)
def test_an_order_counts_from_the_state_on_that_was_fixed_with_its_terms(
    state: str, approve: str, *, delivered: bool, count: bool
) -> None:
    assert noted(state, (), {"approve": approve}, delivered=delivered) is count


def test_an_order_without_a_word_about_refunds_counts_alike() -> None:
    assert noted("paid", (), {})
    assert not noted("pending", (), {})


@pytest.mark.parametrize(("goods", "count"), [("1000", False), ("999.99", True)])
def test_a_refund_that_was_delivered_alone_is_one_too(goods: str, *, count: bool) -> None:
    lone = back(goods)[0][1:]

    assert noted("paid", (), {}, lone=lone, refunds=[]) is count
    assert noted("paid", (), {}, lone=lone) is count


def test_what_an_order_still_owes_does_not_make_it_count_before_its_state_does() -> None:
    assert not noted("paid", OWED, {"approve": "delivered"}, delivered=False)
    assert not noted("pending", OWED, {})

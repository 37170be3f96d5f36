"""Does an order count for later ones exactly when its state and its refunds let it earn?"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tracker.asked import Asker
from tracker.commissions import Owed
from tracker.history import History, Placed
from tracker.lines import line_of
from tracker.orders import read_facts
from tracker.placing import decided, placed
from tracker.programme import Programme

ZONED = Programme(zone=ZoneInfo("Europe/Moscow"))
NOON = datetime(2026, 10, 20, 12, tzinfo=UTC)
VERSION = ["2026-10-20T12:00:00+00:00", 2, "d1", "sha"]
OWED = (Owed("ivan", "order", 10000, "RUB"),)


def seen(state: str, owed: tuple[Owed, ...], beside: dict[str, Any], **facts: Any) -> Placed:
    """An order of 1000.00 RUB as later ones see it: by its line, and by what that was made from."""
    lone = facts.pop("lone", None)
    told = {"ordered_at": "2026-10-20T23:30:00+02:00", "total": 100000, "currency": "RUB"}
    said = told | {"customer_e": "e:anna", "state": state} | facts
    whole: dict[str, Any] = {"v": [VERSION], "f": said} | ({"lone": {"r9": lone}} if lone else {})
    text = json.dumps(whole | beside, separators=(",", ":"))
    line = line_of(
        noted_at=NOON, source="generic", order_id="1", n=1, state=state, owed=owed, facts=text,
        ordered_at="2026-10-20T23:30:00+02:00", customer="e:anna", reason="only_code code=TEA%201",
        partner_id="ivan", evidence="code", base=90000, currency="RUB",
    )  # fmt: skip
    asker = Asker(read_facts(whole), ZONED, History(ZONED))
    found = placed(line, ZONED)
    assert decided(line, asker, beside) == found
    return found


def noted(state: str, owed: tuple[Owed, ...], terms: dict[str, Any], **facts: Any) -> bool:
    """Whether such an order counts; `lone` is a refund delivered alone."""
    return seen(state, owed, {"terms": terms} if terms else {}, **facts).counts


def test_an_order_is_seen_on_the_day_of_its_programme_with_its_code_and_customer() -> None:
    found = seen("paid", OWED, {})

    assert (found.at.isoformat(), found.day.isoformat()) == (
        "2026-10-20T21:30:00+00:00", "2026-10-21",
    )  # fmt: skip
    assert (found.customer, found.code, found.sales) == (frozenset({"e:anna"}), "tea 1", 90000)


@pytest.mark.parametrize(
    ("beside", "earned"),
    [
        ({}, (("ivan", 10000, "RUB"),)),
        ({"earned": [["ivan", 9000, "EUR"]]}, (("ivan", 9000, "EUR"),)),
        ({"earned": []}, ()),
    ],
)
def test_limits_look_at_what_was_earned_before_any_exchange(
    beside: dict[str, Any], earned: tuple[tuple[str, int, str], ...]
) -> None:
    owed = (*OWED, Owed("boss", "level", 500, "RUB"))

    assert seen("paid", owed, beside).earned == earned


def test_goods_of_the_name_of_a_fact_of_ours_are_only_goods() -> None:
    found = seen("paid", OWED, {}, items=[["earned", "approve", "1", ""]])

    assert (found.earned, found.counts) == ((("ivan", 10000, "RUB"),), True)


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

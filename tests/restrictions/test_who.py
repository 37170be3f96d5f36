"""Who used a code, and how often? Limits by customer and in all, from the orders before one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.restricted import IVAN, bought, not_paid, programme, why
from tracker.code_book import code_book, families
from tracker.history import Placed
from tracker.policy import PayFor, Span
from tracker.programme import Code, CodeKind
from tracker.restrictions import RESTRICTIONS, UNKNOWN
from tracker.restrictions.paid_orders import months_on
from tracker.rulebook import Period
from tracker.sentences import REASONS


@pytest.mark.parametrize(
    ("uses", "says"), [(98, ""), (99, ""), (100, "code_used_up"), (101, "code_used_up")]
)
def test_the_hundredth_use_pays_and_the_next_does_not(uses: int, says: str) -> None:
    before = tuple(bought("2026-10-01", frozenset({f"e:{n}"})) for n in range(uses))

    assert why(before, max_uses=100) == says


def test_only_orders_that_count_are_uses() -> None:
    unpaid = bought("2026-10-01", counts=False)
    nobodys = bought("2026-10-02", partner_id="")

    assert why((unpaid, nobodys), max_uses=1) == ""


@pytest.mark.parametrize(
    ("per", "same", "before_it"),
    [
        # The order is of Monday, October 19.
        (Period.DAY, "2026-10-19", "2026-10-18"),
        (Period.WEEK, "2026-10-19", "2026-10-18"),
        (Period.MONTH, "2026-10-01", "2026-09-30"),
        (Period.QUARTER, "2026-10-01", "2026-09-30"),
        (Period.YEAR, "2026-01-01", "2025-12-31"),
    ],
)
def test_once_a_period_begins_anew_with_the_calendar(
    per: Period, same: str, before_it: str
) -> None:
    used_up = f"code_customer_{per.value}"

    assert why((bought(same),), max_uses_per_customer=1, per=per) == used_up
    assert why((bought(before_it),), max_uses_per_customer=1, per=per) == ""


@pytest.mark.parametrize(("uses", "says"), [(0, ""), (2, ""), (3, "code_customer_ever")])
def test_a_customer_has_so_many_uses_for_good(uses: int, says: str) -> None:
    before = tuple(bought(f"202{n}-01-01") for n in range(uses))

    assert why(before, max_uses_per_customer=3) == says


def test_uses_of_other_customers_are_not_his() -> None:
    assert why((bought("2026-10-01", IVAN),), max_uses_per_customer=1) == ""


def test_a_guest_who_makes_an_account_is_known_by_any_key() -> None:
    guest = bought("2026-10-01", frozenset({"e:anna"}))
    account: dict[str, Any] = {
        "of_customer_e": "e:other",
        "of_customer_i": "i:7",
        "of_customer_p": "p:anna",
    }
    linked = bought("2026-10-02", frozenset({"e:anna", "i:7"}), code="other")

    assert why((guest,), max_uses_per_customer=1) == "code_customer_ever"
    assert why((guest,), max_uses_per_customer=1, **account) == ""
    assert why((guest, linked), max_uses_per_customer=1, **account) == "code_customer_ever"


@pytest.mark.parametrize(
    ("before", "says"),
    [
        ((), ""),
        ((bought("2026-10-01"),), "code_new_only"),
        ((bought("2026-10-01", code="", partner_id=""),), "code_new_only"),  # anybody's order
        ((bought("2026-10-01", counts=False),), ""),
        ((bought("2026-10-01", IVAN),), ""),
    ],
)
def test_a_new_customer_has_paid_for_nothing_yet(before: tuple[Placed, ...], says: str) -> None:
    assert why(before, new_customers_only=True) == says


def test_a_personal_code_is_his_who_bought_with_it_first() -> None:
    personal: dict[str, Any] = {"kind": CodeKind.PERSONAL}

    assert why((), **personal) == ""
    assert why((bought("2026-10-01"),), **personal) == ""
    assert why((bought("2026-10-01", IVAN),), **personal) == "code_personal"


@pytest.mark.parametrize("limit", [None, 5])
def test_a_serial_code_is_for_one_order_without_any_other_cell(limit: int | None) -> None:
    serial: dict[str, Any] = {"kind": CodeKind.SERIAL, "max_uses": limit}

    assert why((), **serial) == ""
    assert why((bought("2026-10-01", code="tea-2"),), **serial) == ""
    assert why((bought("2026-10-01", IVAN),), **serial) == "code_serial_used"


@pytest.mark.parametrize(
    "cells",
    [
        {"new_customers_only": True},
        {"max_uses_per_customer": 1},
        {"kind": CodeKind.PERSONAL},
        {"pay_for": PayFor(Span.ORDERS, 1)},
        {"pay_for": PayFor(Span.MONTHS, 12)},
    ],
)
def test_a_customer_without_any_key_is_asked_about(cells: dict[str, Any]) -> None:
    assert why(**cells, of_customer_e=None) == "customer_unknown"


def test_nobody_is_asked_about_what_is_refused_anyway() -> None:
    sunday: dict[str, Any] = {"weekdays": frozenset({6}), "regions": ("Москва",), "max_uses": 1}

    assert why((bought("2026-10-01"),), regions=("Москва",), max_uses=1) == "code_used_up"
    assert why(**sunday) == "code_weekday"
    assert why(regions=("Москва",), channels=("site",)) == "channel_unknown"


@pytest.mark.parametrize(
    ("span", "days", "says"),
    [
        (PayFor(), ("2020-01-01",), ""),
        (PayFor(Span.ORDERS, 1), (), ""),
        (PayFor(Span.ORDERS, 1), ("2020-01-01",), "pay_for_first"),
        (PayFor(Span.ORDERS, 3), ("2026-08-01", "2026-09-01"), ""),
        (PayFor(Span.ORDERS, 3), ("2026-07-01", "2026-08-01", "2026-09-01"), "pay_for_orders"),
        (PayFor(Span.MONTHS, 12), (), ""),
        (PayFor(Span.MONTHS, 12), ("2025-10-20",), ""),
        (PayFor(Span.MONTHS, 12), ("2025-10-19",), "pay_for_months"),
        (PayFor(Span.MONTHS, 12), ("2025-10-19", "2026-10-01"), "pay_for_months"),
    ],
)
def test_a_partner_is_paid_for_so_much_of_a_customer(
    span: PayFor, days: tuple[str, ...], says: str
) -> None:
    assert not_paid(span, *map(bought, days)) == says
    assert why(tuple(map(bought, days)), pay_for=span) == says


def test_orders_of_another_partner_or_customer_are_no_first_orders() -> None:
    others = bought("2026-01-01", partner_id="maria"), bought("2026-01-01", IVAN)

    assert not_paid(PayFor(Span.ORDERS, 1), *others) == ""


def test_a_code_s_own_pay_for_goes_before_the_programme_s() -> None:
    before, first = (bought("2026-10-01"),), programme(pay_for=PayFor(Span.ORDERS, 1))

    assert why(before, first) == "pay_for_first"
    assert why(before, first, pay_for=PayFor()) == ""


@pytest.mark.parametrize(
    ("day", "count", "then"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-12-01", 1, "2027-01-01"),
        ("2026-01-15", 12, "2027-01-15"),
    ],
)
def test_months_on_is_the_same_day_or_the_last(day: str, count: int, then: str) -> None:
    found = months_on(bought(day).day, count)

    assert found.isoformat() == then


def test_a_code_and_its_variants_are_used_up_together() -> None:
    main = Code(code="TEA", partner_id="ivan", max_uses=2)
    canary = Code(code="TEA-TG", partner_id="ivan", max_uses=2, variant_of="tea")
    book = code_book([main, canary, Code(code="OTHER")], (), {})

    assert book.family("tea") == book.family("tea-tg") == ("tea", "tea-tg")
    assert book.family("other") == ("other",)
    assert families([main]) == {}


def test_every_restriction_is_in_the_table_once_and_has_its_sentences() -> None:
    assert len(set(RESTRICTIONS)) == len(RESTRICTIONS) == 16
    assert {"region_unknown", "customer_unknown"} <= UNKNOWN <= REASONS.keys()
    assert {f"remedy_{why}" for why in UNKNOWN} <= REASONS.keys()

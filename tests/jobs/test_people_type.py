"""Is every way in which people type understood, or named with tab, cell and remedy?"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from tests.cli_book import CliBook, edit, type_rows
from tracker.layout import Tab

SEVENTH = datetime(2025, 10, 7)  # noqa: DTZ001  # a cell has no zone
EVENING = SEVENTH.replace(hour=18, minute=30)

OTHER = "could be a percent or a sum. Type 15% or 500 RUB."
NO_RATE = "is no rate. Type a percent with its sign (15%) or a sum with its currency (500 RUB)."
FORMULA = "There is a formula in"
RANGE = "is not between 0% and 100%. Mend it."

# What stands in `rate`, and what an order of 1000 RUB earns, or the sentence that is said.
RATES: list[tuple[Any, str]] = [
    ("15%", "150.00"), ("15 %", "150.00"), (" 15% ", "150.00"), (0.15, "150.00"), ("0,15", "150.00"),
    ("12,5%", "125.00"), (1, "1000.00"), (0, "0.00"), ("0%", "0.00"), ("500 RUB", "500.00"),
    ("500 ₽", "500.00"), ("500 руб.", "500.00"), ("1 234,50 руб", "1234.50"), ("500rub", "500.00"),
    (15, OTHER), (1.5, OTHER), ("15", OTHER), ("1.5", OTHER), ("=15%", FORMULA), ("#REF!", "the error #REF!"),
    ("150%", RANGE), ("-5%", NO_RATE), ("1.990,50 RUB", NO_RATE), ("ten", NO_RATE), ("15 % of goods", NO_RATE),
    (True, NO_RATE), (SEVENTH, NO_RATE),
]  # fmt: skip


def test_a_rate_is_understood_or_named_and_its_orders_wait(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    with book.edited() as workbook:
        for number, (typed, _) in enumerate(RATES):
            type_rows(workbook, Tab.PARTNERS, {"partner_id": f"p{number}", "rate": typed})
            type_rows(workbook, Tab.CODES, {"code": f"CODE{number}", "partner_id": f"p{number}"})
    for number in range(len(RATES)):
        book.deliver(str(number), codes=[f"CODE{number}"])
    book.sync()
    earned, said = book.balances(), book.problems()
    for number, (typed, expected) in enumerate(RATES):
        mine = said.pop(("Partners", f"F{number + 4}"), "")
        if expected[0].isdigit():
            assert (typed, mine, earned.get(f"p{number}", "0.00")) == (typed, "", expected)
        else:
            assert (typed, earned.get(f"p{number}")) == (typed, None)
            assert expected in mine, typed
    assert said == {}


TWO_WAYS = "has both a dot and a comma, so it could be read two ways."
A_THOUSAND = "could be a thousand or a fraction. Type it as 1234 or 1.23."
NO_SUM = "is no sum. Type it as 1234.50 or 1 234,50."
TOO_FINE = "has more decimals than the currency has. Round it."

AMOUNTS: list[tuple[Any, str]] = [
    ("1 234,50", "1234.50"), ("1\u00a0234,50", "1234.50"), ("1234.50", "1234.50"), ("0,91", "0.91"),
    ("1 234,50 ₽", "1234.50"), ("-500", "-500.00"), (1234.5, "1234.50"), (-0.91, "-0.91"),
    (0.1, "0.10"), (0.30000000000000004, "0.30"), ("1 234 567", "1234567.00"), ("1.990,50", TWO_WAYS), ("1,990.50", TWO_WAYS),
    ("1,234", A_THOUSAND), ("1.234", A_THOUSAND), ("500 €", "the sign of another currency"),
    (0.305, TOO_FINE), ("0,005", TOO_FINE), ("=500+1", FORMULA), ("#DIV/0!", "the error #DIV/0!"),
    ("five", NO_SUM), ("1e3", NO_SUM), ("NaN", NO_SUM), (True, NO_SUM), (SEVENTH, NO_SUM),
    (None, "There is no sum in amount"), ("   ", "There is no sum in amount"), ("9" * 40, NO_SUM), (1e300, NO_SUM),
]  # fmt: skip


def test_a_sum_is_understood_or_named_and_never_guessed(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    with book.edited() as workbook:
        for number, (typed, _) in enumerate(AMOUNTS):
            partner = {"partner_id": f"p{number}"}
            row = {"adjustment_id": f"a{number}", "amount": typed, "reason": "a test", **partner}
            type_rows(workbook, Tab.PARTNERS, partner)
            type_rows(workbook, Tab.ADJUSTMENTS, row)
    book.sync()
    earned, said = book.balances(), book.problems()
    for number, (typed, expected) in enumerate(AMOUNTS):
        mine = said.pop(("Adjustments", f"C{number + 2}"), "")
        if expected.lstrip("-")[0].isdigit():
            assert (typed, mine, earned.get(f"p{number}")) == (typed, "", expected)
        else:
            assert (typed, earned.get(f"p{number}")) == (typed, None)
            assert expected in mine, typed
    assert said == {}


NO_DATE = "is no date. Type it as 2026-10-07 or 07.10.2026."

# What stands in valid_from; each that is understood means 7 October 2025, from midnight on.
DATES: list[tuple[Any, str]] = [
    ("07.10.2025", ""), ("7.10.2025", ""), ("2025-10-07", ""), (" 2025-10-07 ", ""),
    (date(2025, 10, 7), ""), (EVENING, ""), ("2025-10-07 00:00:00", ""),
    ("31.02.2025", NO_DATE), ("2025-02-31", NO_DATE), ("10/07/2025", NO_DATE), ("07.10.25", NO_DATE),
    ("yesterday", NO_DATE), (45937, NO_DATE), ("=TODAY()", FORMULA), ("#VALUE!", "the error #VALUE!"),
]  # fmt: skip


def test_a_date_is_understood_or_named(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    with book.edited() as workbook:
        for number, (typed, _) in enumerate(DATES):
            row = {"code": f"CODE{number}", "partner_id": "ivan", "valid_from": typed}
            type_rows(workbook, Tab.CODES, row)
    for number in range(len(DATES)):
        book.deliver(
            f"before {number}", codes=[f"CODE{number}"], ordered_at="2025-10-06T23:59:59+03:00"
        )
        book.deliver(
            f"after {number}", codes=[f"CODE{number}"], ordered_at="2025-10-07T00:00:00+03:00"
        )
    book.sync()
    credited = {row["order_id"] for row in book.rows(Tab.COMMISSIONS)}
    said = book.problems()
    for number, (typed, expected) in enumerate(DATES):
        mine = said.pop(("Codes", f"E{number + 4}"), "")
        assert (typed, f"before {number}" in credited) == (typed, False)
        assert (typed, f"after {number}" in credited) == (typed, not expected)
        assert (expected in mine) if expected else mine == "", typed
    assert said == {}


def test_an_order_of_an_unreadable_partner_waits_and_is_credited_once_the_row_is_mended(
    tmp_path: Path,
) -> None:
    book = CliBook(tmp_path)
    edit(book, Tab.PARTNERS, "maria", rate=15)
    book.deliver("1", codes=["MARIA01"])
    assert book.sync()["written"] == 0
    assert list(book.problems()) == [("Partners", "F3")]
    edit(book, Tab.PARTNERS, "maria", rate="15%")
    assert book.sync()["written"] == 1
    assert book.balances() == {"maria": "150.00"}
    assert book.problems() == {}

"""Is what people type understood, or refused with its reason, and never guessed?"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from tracker.cells import (
    Cell,
    CellError,
    Formula,
    NotUnderstood,
    clean,
    read_currency,
    read_date,
    read_minor,
    read_text,
    read_time,
    read_whole,
)
from tracker.rates import read_rate, written_rate
from tracker.sentences import PROBLEMS


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("0,91", "RUB", 91),
        ("1 234,50", "RUB", 123450),
        ("1234.50", "RUB", 123450),
        ("1234,5", "RUB", 123450),
        ("1 234,50 ₽", "RUB", 123450),
        ("1234.50 руб.", "RUB", 123450),
        ("500 р.", "RUB", 50000),
        ("12 €", "EUR", 1200),
        ("1\u00a0234\u202f567,89", "RUB", 123456789),
        ("-500", "RUB", -50000),
        ("+500", "RUB", 50000),
        ("0.005", "KWD", 5),
        ("12 345.678", "KWD", 12345678),
        ("1234.567", "KWD", 1234567),
        ("1500", "JPY", 1500),
        (Decimal("1234.5"), "RUB", 123450),
        (Decimal("1E+3"), "RUB", 100000),
    ],
)
def test_a_sum_is_understood(typed: Cell, currency: str, minor: int) -> None:
    assert read_minor(typed, currency) == minor


@pytest.mark.parametrize(
    ("typed", "currency", "code"),
    [
        ("1.990,50", "RUB", "amount_both_marks"),
        ("1,990.50", "RUB", "amount_both_marks"),
        ("1,234", "RUB", "amount_ambiguous"),
        ("1.234", "KWD", "amount_ambiguous"),
        ("999,999", "RUB", "amount_ambiguous"),
        ("0,915", "RUB", "amount_too_fine"),
        ("1500,50", "JPY", "amount_too_fine"),
        (Decimal("0.005"), "RUB", "amount_too_fine"),
        ("12 34", "RUB", "amount_unreadable"),
        ("1 2345", "RUB", "amount_unreadable"),
        ("1,234,567", "RUB", "amount_unreadable"),
        ("1e5", "RUB", "amount_unreadable"),
        ("пятьсот", "RUB", "amount_unreadable"),
        ("500 $", "USD", "amount_unreadable"),
        ("500 RUB", "RUB", "amount_unreadable"),
        ("", "RUB", "amount_unreadable"),
        (True, "RUB", "amount_unreadable"),
        (date(2026, 10, 7), "RUB", "amount_unreadable"),
        ("500 €", "RUB", "amount_other_currency"),
        ("500 ₽", "EUR", "amount_other_currency"),
        (Formula("=A1*2"), "RUB", "cell_formula"),
        (CellError("#REF!"), "RUB", "cell_error"),
    ],
)
def test_a_sum_that_needs_a_guess_is_refused(typed: Cell, currency: str, code: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_minor(typed, currency)

    assert refused.value.code == code
    assert code in PROBLEMS


@pytest.mark.parametrize(
    ("typed", "rate"),
    [
        ("15%", "15%"),
        ("15 %", "15%"),
        (" 15\u00a0% ", "15%"),
        ("12,5%", "12.5%"),
        ("12.5 %", "12.5%"),
        ("0%", "0%"),
        ("100%", "100%"),
        (Decimal("0.15"), "15%"),
        (Decimal(1), "100%"),
        ("0,15", "15%"),
        ("0.15", "15%"),
        ("500 RUB", "500.00 RUB"),
        ("500 rub", "500.00 RUB"),
        ("500 ₽", "500.00 RUB"),
        ("500₽", "500.00 RUB"),
        ("500 руб.", "500.00 RUB"),
        ("1 234,50 EUR", "1234.50 EUR"),
        ("700 JPY", "700 JPY"),
        ("0 RUB", "0.00 RUB"),
        ("10 RUB/item", "10.00 RUB/item"),
        ("10 RUB / item", "10.00 RUB/item"),
        ("10 RUB per piece", "10.00 RUB/item"),
        ("10 RUB/шт", "10.00 RUB/item"),
        ("10 ₽/шт.", "10.00 RUB/item"),
        ("10 ₽ за штуку", "10.00 RUB/item"),
        ("1 500,50 руб. за шт", "1500.50 RUB/item"),
        ("7 JPY/pcs", "7 JPY/item"),
    ],
)
def test_a_rate_is_understood(typed: Cell, rate: str) -> None:
    assert str(read_rate(typed)) == rate


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("15", "rate_bare_number"),
        (Decimal(15), "rate_bare_number"),
        ("1,5", "rate_bare_number"),
        (Decimal("-0.1"), "rate_bare_number"),
        ("150%", "rate_out_of_range"),
        ("-500 RUB", "rate_out_of_range"),
        ("-5%", "rate_unreadable"),
        ("15 percent", "rate_unreadable"),
        ("500 $", "rate_unreadable"),
        ("500 XYZ", "rate_unreadable"),
        ("1.990,50 RUB", "rate_unreadable"),
        ("1,234 RUB", "rate_unreadable"),
        ("10,5 JPY", "rate_unreadable"),
        ("ten", "rate_unreadable"),
        ("10%/item", "rate_unreadable"),
        ("10/item", "rate_unreadable"),
        ("10 RUB/order", "rate_unreadable"),
        ("-1 RUB/item", "rate_out_of_range"),
        (False, "rate_unreadable"),
        (date(2026, 1, 1), "rate_unreadable"),
        (Formula("=0.15"), "cell_formula"),
        (CellError("#N/A"), "cell_error"),
    ],
)
def test_a_rate_that_needs_a_guess_is_refused(typed: Cell, code: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_rate(typed)

    assert refused.value.code == code
    assert code in PROBLEMS


@pytest.mark.parametrize(
    "typed",
    [
        "07.10.2025",
        "7.10.2025",
        " 2025-10-07 ",
        "2025-10-7",
        "2025-10-07 23:59:59",
        "2025-10-07T23:59:59Z",
        date(2025, 10, 7),
        datetime(2025, 10, 7, 23, 59),  # noqa: DTZ001 - a sheet's cell has no zone
    ],
)
def test_a_day_is_understood(typed: Cell) -> None:
    assert read_date(typed) == date(2025, 10, 7)


@pytest.mark.parametrize(
    "typed",
    ["31.02.2025", "07.10.25", "10/07/2025", "2025", "October 7", "2025-13-01", Decimal(45937), ""],
)
def test_a_day_that_needs_a_guess_is_refused(typed: Cell) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_date(typed)

    assert refused.value.code == "date_unreadable"


@pytest.mark.parametrize("typed", ["14", " 14 ", Decimal(14), Decimal("14.0")])
def test_a_whole_number_is_understood(typed: Cell) -> None:
    assert read_whole(typed, 0, 3650) == 14


@pytest.mark.parametrize("typed", ["-1", "14 days", "14.5", Decimal("14.5"), Decimal(4000), True])
def test_a_number_out_of_range_is_refused(typed: Cell) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_whole(typed, 0, 3650)

    assert (refused.value.code, refused.value.limits) == ("number_unreadable", (0, 3650))


@pytest.mark.parametrize(("typed", "code"), [("rub", "RUB"), ("₽", "RUB"), ("Руб.", "RUB")])
def test_a_currency_is_understood(typed: str, code: str) -> None:
    assert read_currency(typed) == code


@pytest.mark.parametrize("typed", ["$", "RUR", "доллары", ""])
def test_a_currency_that_may_be_several_is_refused(typed: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_currency(typed)

    assert refused.value.code == "currency_unknown"


@pytest.mark.parametrize(
    ("typed", "text"), [("007", "007"), (Decimal(7), "7"), (" =1+1 ", "=1+1"), (None, "")]
)
def test_text_stays_as_it_was_typed(typed: Cell, text: str) -> None:
    assert read_text(typed) == text


def test_text_is_not_read_from_a_formula() -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_text(Formula("=B2"))

    assert refused.value.code == "cell_formula"


def test_what_no_store_keeps_is_dropped_before_a_line_is_hashed() -> None:
    assert clean("a\x00b\ufffec\uffffd\ud800\r\ne") == "abcd\ne"


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("9:00", time(9)),
        ("09:00", time(9)),
        (" 9.30 ", time(9, 30)),
        ("00:00", time(0)),
        ("23:59", time(23, 59)),
        ("09:00:00", time(9)),
        ("9:30:15", time(9, 30, 15)),
        ("19:59:59.991000", time(20)),
        (Decimal("0.375"), time(9)),
        (Decimal("0.416666666666667"), time(10)),
        (Decimal(0), time(0)),
    ],
)
def test_a_time_of_day_is_understood(typed: Cell, at: time) -> None:
    assert read_time(typed) == at


@pytest.mark.parametrize(
    "typed",
    [
        "", "9", "24:00", "9:60", "9:0", "9.3", "9-00", "9:00 pm", "morning", "23:59:59.9", "9:00:60", "-1:00",
        "1 day, 9:00:00", Decimal(9), Decimal("9.3"), Decimal(1), Decimal("-0.1"), Decimal("0.999999"), True, None,
        date(2026, 10, 1), datetime(2026, 10, 1, 9, 0),  # noqa: DTZ001 - sheets have no zones
    ],
)  # fmt: skip
def test_what_is_no_time_of_day_is_refused(typed: Cell) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_time(typed)

    assert refused.value.code == "time_unreadable"
    assert refused.value.code in PROBLEMS


def test_a_formula_is_no_time_of_day() -> None:
    with pytest.raises(NotUnderstood, match="cell_formula"):
        read_time(Formula("=NOW()"))


@pytest.mark.parametrize("text", ["12.5%", "5.000 KWD", "700 JPY", "10.00 RUB/item"])
def test_a_rate_as_the_book_writes_it_is_read_back(text: str) -> None:
    assert str(written_rate(text)) == text

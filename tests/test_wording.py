"""Sums, dates and rates as people read them; literals worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tracker.money import CURRENCIES, decimal_text
from tracker.wording import MINUS, formatter, plain, worded

S = "\u00a0"  # a space that does not break


@pytest.mark.parametrize(
    ("language", "currency", "minor", "written"),
    [
        ("ru", "RUB", 123450, f"1{S}234,50{S}₽"),
        ("ru", "RUB", 0, f"0,00{S}₽"),
        ("ru", "RUB", -5, f"−0,05{S}₽"),
        ("ru", "USD", 100000000, f"1{S}000{S}000,00{S}$"),
        ("ru", "JPY", -1234567, f"−1{S}234{S}567{S}¥"),
        ("ru", "JPY", 0, f"0{S}¥"),
        ("ru", "KWD", 1234567, f"1{S}234,567{S}KWD"),
        ("ru", "KWD", -7, f"−0,007{S}KWD"),
        ("en", "RUB", 123450, f"RUB{S}1,234.50"),
        ("en", "RUB", -123450, f"−RUB{S}1,234.50"),
        ("en", "USD", 99999, "$999.99"),
        ("en", "USD", -100000, "−$1,000.00"),
        ("en", "JPY", 1234, "¥1,234"),
        ("en", "JPY", 0, "¥0"),
        ("en", "KWD", 5, f"KWD{S}0.005"),
        ("en", "CLF", 12345, f"CLF{S}1.2345"),
    ],
)
def test_a_sum_is_written_as_its_language_writes_it(
    language: str, currency: str, minor: int, written: str
) -> None:
    assert formatter(language).money(minor, currency) == written


def test_a_sum_beyond_any_float_keeps_every_coin() -> None:
    written = formatter("en").money(12345678901234567890123, "USD")

    assert written == "$123,456,789,012,345,678,901.23"


@given(
    some.integers(-(10**17), 10**17),
    some.sampled_from(sorted(CURRENCIES)),
    some.sampled_from(["en", "ru"]),
)
def test_the_digits_of_a_sum_are_those_of_the_ledger(
    minor: int, currency: str, language: str
) -> None:
    written = formatter(language).money(minor, currency)

    kept = decimal_text(minor, currency)
    assert [c for c in written if c.isdigit()] == [c for c in kept if c.isdigit()]
    assert written.startswith(MINUS) == (minor < 0)


@pytest.mark.parametrize(
    ("language", "typed", "written"),
    [
        ("ru", "15%", f"15{S}%"),
        ("ru", "12.5%", f"12,5{S}%"),
        ("en", "12.5%", "12.5%"),
        ("ru", "500.00 RUB", f"500,00{S}₽"),
        ("en", "500.00 USD", "$500.00"),
        ("en", "500.005 USD", "500.005 USD"),
        ("ru", "по договору", "по договору"),
        ("ru", "", ""),
    ],
)
def test_a_rate_is_written_as_its_language_writes_it(
    language: str, typed: str, written: str
) -> None:
    assert formatter(language).rate(typed) == written


def test_dates_and_months_are_written_in_the_language() -> None:
    ru, en, day = formatter("ru"), formatter("en"), date(2026, 10, 5)

    assert (ru.day(day), ru.long_day(day)) == ("05.10.2026", f"5{S}октября{S}2026{S}г.")
    assert (en.day(day), en.long_day(day)) == (f"Oct{S}5,{S}2026", f"October{S}5,{S}2026")
    assert ru.month("2026-10") == f"октябрь{S}2026"
    assert en.month("2026-10") == f"October{S}2026"


def test_what_is_no_month_is_refused() -> None:
    with pytest.raises(ValueError, match="month"):
        formatter("en").month("2026-13")


def test_a_language_nobody_speaks_here_is_answered_in_english() -> None:
    assert formatter("tlh").money(100, "USD") == "$1.00"
    assert formatter("not a language").day(date(2026, 10, 5)) == f"Oct{S}5,{S}2026"
    assert worded(("one", "один"), "de") == "one"


def test_a_currency_has_a_name_for_a_title() -> None:
    assert formatter("ru").currency("RUB") == "Российский рубль (RUB)"
    assert formatter("en").currency("JPY") == "Japanese Yen (JPY)"
    assert formatter("en").currency("ZZZ") == "ZZZ"


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("Мария\r\nBcc: x@example.com", "Мария Bcc: x@example.com"),
        ("a\x00b\u2028c", "a b c"),
        ("pay\u202eexe", "payexe"),
        ("<b>{{ 7*7 }}</b>", "<b>{{ 7*7 }}</b>"),
        ("\ud800", "\ufffd"),
    ],
)
def test_typed_text_becomes_one_visible_line(typed: str, seen: str) -> None:
    assert plain(typed) == seen


def test_a_language_that_only_cldr_knows_has_its_own_sums_and_days() -> None:
    german = formatter("de")

    assert german.money(-123450, "USD") == f"−1.234,50{S}$"
    assert german.day(date(2026, 10, 5)) == "05.10.2026"
    assert german.long_day(date(2026, 10, 5)) == f"5.{S}Oktober{S}2026"


def test_a_month_of_a_table_is_short_and_a_count_is_grouped() -> None:
    assert [formatter(one).short_month("2026-09") for one in ("en", "ru")] == [
        f"Sep{S}2026",
        f"сент.{S}2026",
    ]
    assert [formatter(one).whole(12345) for one in ("en", "ru")] == ["12,345", f"12{S}345"]

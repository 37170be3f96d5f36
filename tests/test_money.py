"""Is a sum read, kept and rounded without losing a coin?"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.money import (
    CURRENCIES,
    Money,
    NotAnAmount,
    as_decimal,
    decimal_text,
    exponent,
    from_decimal,
    half_up,
    read_coins,
    read_machine,
    read_typed,
    rounded,
)


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (150050, "RUB", "1500.50"),
        (-5, "RUB", "-0.05"),
        (7, "JPY", "7"),
        (1234, "KWD", "1.234"),
        (1, "CLF", "0.0001"),
        (0, "EUR", "0.00"),
    ],
)
def test_minor_units_are_written_with_the_currency_s_own_decimals(
    minor: int, currency: str, text: str
) -> None:
    assert decimal_text(minor, currency) == text


@pytest.mark.parametrize(
    ("numerator", "denominator", "whole"),
    [(5, 10, 1), (-5, 10, -1), (4, 10, 0), (-4, 10, 0), (25, 10, 3), (-25, 10, -3), (1, 3, 0)],
)
def test_a_half_is_rounded_away_from_zero(numerator: int, denominator: int, whole: int) -> None:
    assert half_up(numerator, denominator) == whole


def test_a_sum_finer_than_the_coin_is_refused_where_it_must_be_exact() -> None:
    with pytest.raises(NotAnAmount) as refused:
        from_decimal(Decimal("0.005"), "RUB")

    assert refused.value.code == "amount_too_fine"


def test_a_sum_finer_than_the_coin_is_rounded_where_it_may_be() -> None:
    assert rounded(Decimal("0.005"), "RUB") == 1


@pytest.mark.parametrize("text", ["1e999999", "NaN", "-Infinity", "1e16"])
def test_no_sum_is_too_large_or_no_number(text: str) -> None:
    with pytest.raises(NotAnAmount) as refused:
        from_decimal(Decimal(text), "RUB")

    assert refused.value.code == "amount_unreadable"


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("9999999999999.99", 10**15 - 1),  # fifteen digits of kopecks are the most there are
        ("-9999999999999.99", 1 - 10**15),
        ("0E+20", 0),  # nothing, however it is written
        ("10000000000000.00", "amount_unreadable"),
        ("-10000000000000.00", "amount_unreadable"),
        ("1E-15", "amount_too_fine"),
        ("1E-16", "amount_unreadable"),
    ],
)
def test_a_sum_has_fifteen_digits_of_coins_at_most(text: str, minor: int | str) -> None:
    try:
        found: int | str = from_decimal(Decimal(text), "RUB")
    except NotAnAmount as refusal:
        found = refusal.code

    assert found == minor


@pytest.mark.parametrize("text", ["500 руб ₽", "₽ 500", "500 ₽ ₽"])
def test_a_sum_has_one_sign_of_a_currency_behind_it(text: str) -> None:
    with pytest.raises(NotAnAmount) as refused:
        read_typed(text)

    assert refused.value.code == "amount_unreadable"


def test_fifteen_signs_are_read_at_once_and_sixteen_are_not() -> None:
    assert read_coins("9" * 15, "JPY") == 10**15 - 1
    assert read_coins("9" * 12 + ".99", "RUB") == 10**14 - 1
    assert read_coins("9" * 13 + ".99", "RUB") is None


def test_a_refusal_quotes_forty_characters_and_no_more() -> None:
    with pytest.raises(NotAnAmount) as refused:
        read_typed("7" * 39 + "ab")

    assert refused.value.text == "7" * 39 + "a"
    assert str(refused.value) == "amount_unreadable: " + "7" * 39 + "a"


@pytest.mark.parametrize("text", ["1,5", "1e3", "", "1 000", "0x10", "١٢", "+79000000001"])
def test_a_program_writes_a_dot_and_ascii_digits_only(text: str) -> None:
    with pytest.raises(NotAnAmount):
        read_machine(text)


def test_currencies_are_never_summed() -> None:
    with pytest.raises(ValueError, match="never summed"):
        Money(1, "RUB") + Money(1, "EUR")


def test_sums_of_one_currency_are() -> None:
    assert Money(150, "RUB") + -Money(50, "RUB") == Money(100, "RUB")


@settings(max_examples=60)
@given(st.integers(-(10**15) + 1, 10**15 - 1), st.sampled_from(sorted(CURRENCIES)))
def test_a_sum_comes_back_from_its_text(minor: int, currency: str) -> None:
    assert from_decimal(Decimal(decimal_text(minor, currency)), currency) == minor
    assert as_decimal(minor, currency).scaleb(exponent(currency)) == minor


@settings(max_examples=60)
@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6))
def test_rounding_errs_by_half_a_coin_at_most(numerator: int, denominator: int) -> None:
    assert abs(2 * (half_up(numerator, denominator) * denominator - numerator)) <= denominator

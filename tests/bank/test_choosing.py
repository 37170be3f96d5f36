"""Which payouts go into which file, and is nothing left out without a word?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.bank.payees import (
    BANK_FORMATS,
    EVERYBODY,
    OWNER,
    PARTNERS,
    chosen,
    form_of,
    named,
    payout,
    written,
)
from tracker.bank.one_c import order_number
from tracker.bank.transfers import choose, totals_of
from tracker.bank_files import FORMATS, format_named
from tracker.problems import Problem, Stop
from tracker.programme import Partner
from tracker.sentences import LANGUAGES, PROBLEMS, STOPS, problem_says, stop_says
from tracker.sentences.bank_files import BANK_FILE_PROBLEMS, BANK_FILE_SAID, BANK_FILE_STOPS
from tracker.sentences.held_back import BANK_FILE_MANY, HELD_BACK_PROBLEMS

RUSSIAN = "р/с 40817810700000000001 БИК 040000746"


def ids(name: str) -> str:
    """The signs of the ids that go into a file of that format, of everybody's payouts."""
    return "".join(one.payout.payout_id[-1] for one in chosen(name, EVERYBODY).transfers)


@pytest.mark.parametrize(
    ("name", "signs"),
    [
        ("csv", "abcdefg"),
        ("xlsx", "abcdefg"),
        ("registry", "ab"),
        ("1c", "ab"),
        ("sbp", "e"),
        ("sepa", "cd"),
        ("wise", "cd"),
        ("wise-email", "c"),
    ],
)
def test_a_payout_goes_where_its_requisites_and_its_method_fit(name: str, signs: str) -> None:
    assert ids(name) == signs


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_in_and_what_is_out_are_together_what_was_to_be_paid(name: str) -> None:
    payouts = (
        [one for one in EVERYBODY if one.partner_id != "anna"] if name == "paypal" else EVERYBODY
    )
    found = chosen(name, tuple(payouts))
    taken = [one.payout for one in found.transfers]

    inside, outside, all_of_them = totals_of(taken), totals_of(found.left), totals_of(payouts)
    assert inside.count + outside.count == all_of_them.count
    for unit, minor in all_of_them.sums.items():
        assert inside.sums.get(unit, 0) + outside.sums.get(unit, 0) == minor
    assert [dict(p.params)["payout"] for p in found.problems] == [p.payout_id for p in found.left]


def why(name: str, details: str, *, currency: str = "RUB", **cells: str) -> Problem:
    """The problem of ivan's only payout (101 minor units), with those requisites."""
    partners = named(cells.get("called", "Иван"), details, **cells)
    one = replace(payout("a", "ivan", 101, currency), method=cells.get("method", ""))
    (problem,) = choose(form_of(name), (one,), partners).problems
    return problem


@pytest.mark.parametrize(
    ("name", "cells", "code"),
    [
        ("registry", {"details": RUSSIAN, "method": "карта"}, "payout_method_other"),
        ("registry", {"details": RUSSIAN, "currency": "EUR"}, "payout_currency_other"),
        ("registry", {"details": "р/с 40817810800000000001 БИК 040000746"}, "details_account_key"),
        ("registry", {"details": ""}, "payout_needs_account"),
        ("1c", {"details": "р/с 40817810700000000001"}, "payout_needs_bic"),
        ("1c", {"details": "р/с 40817840900000000004 БИК 040000746"}, "payout_account_currency"),
        ("1c", {"details": RUSSIAN, "tax_id": "001234567888"}, "payout_tax_id"),
        ("1c", {"details": f"{RUSSIAN} ИНН 0012345673", "tax_id": "001234567887"}, "payout_tax_ids"),
        ("1c", {"details": RUSSIAN, "called": ""}, "payout_needs_name"),
        ("1c", {"details": RUSSIAN, "called": "Я" * 161}, "payout_name_long"),
        ("1c", {"details": RUSSIAN, "called": "Łukasz"}, "payout_signs"),
        ("1c", {"details": f"{RUSSIAN}, Банк: Ő"}, "payout_signs"),
        ("sbp", {"details": RUSSIAN}, "payout_needs_phone"),
        ("sbp", {"details": "+7 900 000-00-01"}, "payout_needs_bank"),
        ("sepa", {"details": RUSSIAN, "currency": "EUR"}, "payout_needs_iban"),
        ("sepa", {"details": "DE11123456780000000012", "currency": "USD"}, "payout_currency_other"),
        ("sepa", {"details": "DE11123456780000000012", "currency": "EUR"}, "payout_signs"),
        ("paypal", {"details": "PayPal", "currency": "USD"}, "payout_needs_email"),
        ("paypal", {"details": "Wise i@example.com", "currency": "USD"}, "payout_method_other"),
        ("paypal", {"details": "i@example.com", "currency": "HUF"}, "payout_needs_whole"),
        ("paypal", {"details": "i@example.com", "currency": "KWD"}, "payout_currency_other"),
        ("wise", {"details": "i@example.com", "currency": "USD"}, "payout_needs_iban"),
    ],
)  # fmt: skip
def test_a_payout_is_left_out_for_a_reason_at_its_partner_s_row(
    name: str, cells: dict[str, Any], code: str
) -> None:
    found = why(name, **cells)

    assert (found.code, found.tab, found.cell, found.key) == (code, "Partners", "A2", "ivan")
    for language in LANGUAGES:
        says = problem_says(found, language)
        assert "po_aaaaaaaaaaaaaaaa" in says
        assert "{" not in says


def test_a_problem_never_tells_the_requisites() -> None:
    found = why("registry", "р/с 40817810800000000001 БИК 040000746 ИНН 001234567887")

    assert not any("408" in value or "0012" in value for _, value in found.params)


def test_a_payout_keeps_the_requisites_it_was_proposed_with() -> None:
    kept = replace(payout("a", "ivan", 100, "RUB"), details=RUSSIAN, name="Иван", method="счёт")
    now = {"ivan": Partner(partner_id="ivan", name="Пётр", payout_details="карта", cell="A2")}

    (transfer,) = choose(form_of("registry"), (kept,), now).transfers

    assert (transfer.name, transfer.to.account) == ("Иван", "40817810700000000001")


def test_a_payout_of_a_partner_whose_row_is_gone_is_paid_by_what_was_noted() -> None:
    kept = replace(payout("a", "ivan", 100, "RUB"), details=RUSSIAN, name="Иван")

    assert len(choose(form_of("1c"), (kept,), {}).transfers) == 1
    assert choose(form_of("1c"), (replace(kept, details=""),), {}).problems[0].cell == ""


def test_a_full_file_names_what_did_not_fit() -> None:
    form = replace(form_of("wise"), rows_max=1)

    found = choose(form, EVERYBODY, PARTNERS)

    assert [one.payout.partner_id for one in found.transfers] == ["anna"]
    assert "payout_file_full" in {problem.code for problem in found.problems}


def test_a_paypal_file_holds_one_currency_and_says_how_to_ask_for_it() -> None:
    both = (payout("a", "yuki", 700, "JPY"), payout("b", "yuki", 1200, "USD"))
    with pytest.raises(Stop) as stop:
        chosen("paypal", both)

    form, currency = format_named("paypal:usd")
    found = choose(form, both, PARTNERS, currency)
    assert "--export paypal:JPY" in stop_says(stop.value, "en")
    assert [one.amount for one in found.transfers] == ["12.00"]
    assert [problem.code for problem in found.problems] == ["payout_not_asked"]


@pytest.mark.parametrize(
    ("typed", "code"), [("pdf", "format_unknown"), ("csv:ROU", "form_currency_unknown")]
)
def test_what_is_no_format_is_said(typed: str, code: str) -> None:
    with pytest.raises(Stop) as stop:
        format_named(typed)

    assert stop.value.code == code


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"payer_name": ""}, "payer_name_missing"),
        ({"payer_name": "Ы" * 161}, "payer_name_long"),
        ({"payer_name": "Łavka"}, "payer_signs"),
        ({"payer_details": " "}, "payer_details_missing"),
        ({"payer_details": "р/с 40702810900000000003 БИК 040000746"}, "payer_details_account_key"),
        ({"payer_details": RUSSIAN}, "payer_needs_account"),
        ({"payer_details": "р/с 40817840900000000004 БИК 040000746 ИНН 0012345673"},
         "payer_account_currency"),
        ({"payment_purpose": "\n"}, "purpose_missing"),
        ({"payment_purpose": "Za usługę"}, "payer_signs"),
    ],
)  # fmt: skip
def test_what_settings_lack_for_1c_is_named_with_its_key(cells: dict[str, Any], code: str) -> None:
    with pytest.raises(Stop) as stop:
        written("1c", EVERYBODY, owner=replace(OWNER, **cells))

    assert stop.value.code == code
    assert next(iter(cells)) in stop_says(stop.value, "ru")


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({}, "payer_needs_iban"),
        ({"payer_details": "EE970000000000000001"}, "payer_signs"),
        ({"payer_details": "EE970000000000000001", "payer_name": "L" * 71}, "payer_name_long"),
    ],
)
def test_what_settings_lack_for_sepa_is_named_with_its_key(
    cells: dict[str, Any], code: str
) -> None:
    with pytest.raises(Stop) as stop:
        written("sepa", EVERYBODY, owner=replace(OWNER, **cells))

    assert stop.value.code == code


def test_the_number_of_an_order_is_its_payout_s_and_two_never_share_one() -> None:
    first = order_number("po_aaaaaaaaaaaaaaaa", set())

    assert first == 170055
    assert order_number("po_aaaaaaaaaaaaaaaa", {first}) == 170056
    assert order_number("po_aaaaaaaaaaaaaaaa", set(range(170055, 171000))) == 171001


@pytest.mark.parametrize(
    ("unit", "iban", "code"),
    [
        ("GBP", "GB96ABCD12345600000001", "payout_reference_cut"),
        ("EUR", "GB96ABCD12345600000001", ""),
        ("KWD", "GB96ABCD12345600000001", "payout_iban_currency"),
        ("JPY", "GB96ABCD12345600000001", "payout_iban_currency"),
        ("EUR", "DE11123456780000000012", ""),
        ("CHF", "DE11123456780000000012", "payout_iban_currency"),
    ],
)
def test_wise_gets_a_currency_that_the_account_is_kept_in(unit: str, iban: str, code: str) -> None:
    found = chosen("wise", (payout("a", "ivan", 1000, unit),), named("Ivan", f"IBAN {iban}"))

    assert [problem.code for problem in found.problems] == ([code] if code else [])


@pytest.mark.parametrize("unit", ["GBP", "AUD", "INR", "USD", "SEK", "NZD", "NGN", "ZAR"])
def test_wise_gets_no_payout_whose_id_it_would_cut(unit: str) -> None:
    wise = PARTNERS | named("Ivan", "Wise ivan@example.com")
    payouts = (payout("a", "ivan", 1000, unit), payout("b", "ivan", 1000, "PLN"))
    found = chosen("wise-email", payouts, wise)

    assert [one.payout.currency for one in found.transfers] == ["PLN"]
    (problem,) = found.problems
    assert f"for {unit} Wise cuts references" in problem_says(problem, "en")


@pytest.mark.parametrize("name", ["+7 Петров", "=1+1", "@ivan", "-Иван"])
def test_a_name_that_a_spreadsheet_would_run_is_left_out_and_never_altered(name: str) -> None:
    payouts = (payout("a", "ivan", 1000, "RUB"),)
    for form, details in (("registry", RUSSIAN), ("sbp", "СБП +7 900 000-00-01, Т-Банк")):
        (problem,) = chosen(form, payouts, named(name, details)).problems
        assert problem.code == "payout_formula_name"
    (transfer,) = chosen("1c", payouts, named(name, RUSSIAN)).transfers
    assert transfer.name == name


def test_every_sentence_has_the_same_parameters_in_both_languages() -> None:
    found = [BANK_FILE_PROBLEMS, BANK_FILE_STOPS, BANK_FILE_SAID, HELD_BACK_PROBLEMS]
    for english, russian in (pair for said in [*found, BANK_FILE_MANY] for pair in said.values()):
        assert _braces(english) == _braces(russian)
    assert set(HELD_BACK_PROBLEMS) | set(BANK_FILE_MANY) <= set(PROBLEMS)
    assert set(BANK_FILE_PROBLEMS) <= set(PROBLEMS)
    assert set(BANK_FILE_STOPS) <= set(STOPS)


def _braces(text: str) -> set[str]:
    return {part.partition("}")[0] for part in text.split("{")[1:]}


def test_there_is_a_file_name_for_every_format_and_no_two_share_one() -> None:
    names = [form_of(name).file_name for name in FORMATS]

    assert len(set(names)) == len(FORMATS) == len(BANK_FORMATS) + 2

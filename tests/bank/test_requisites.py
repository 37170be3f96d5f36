"""Are requisites understood however they are typed, and is what does not hold named?"""

from __future__ import annotations

import pytest

from tracker.bank.checks import account_holds, corr_account_holds
from tracker.bank.details import DETAILS_LENGTH_MAX, read_requisites
from tracker.bank.methods import Method, methods_named
from tracker.bank.requisites import Requisites
from tracker.sentences import PROBLEMS, STOPS

ACCOUNT, BIC, CORR = "40817810700000000001", "040000746", "30101810300000000746"
RUSSIAN = {"account": ACCOUNT, "bic": BIC}
PERSON, COMPANY = "001234567887", "0012345673"
GERMAN = {"iban": "DE11123456780000000012"}
CARD, PHONE = "2200000000000004", "+79000000001"

UNDERSTOOD: list[tuple[str, dict[str, str]]] = [
    # A Russian account, its labels in every order and punctuation.
    (f"р/с {ACCOUNT} БИК {BIC}", RUSSIAN),
    (f"БИК {BIC}, р/с {ACCOUNT}", RUSSIAN),
    (f"Р/С: {ACCOUNT}; БИК: {BIC}", RUSSIAN),
    (f"р.с. № {ACCOUNT}\nБИК № {BIC}", RUSSIAN),
    (f"Расчётный счёт {ACCOUNT}, бик={BIC}", RUSSIAN),
    (f"счет получателя - {ACCOUNT} | БИК банка - {BIC}", RUSSIAN),
    (f"л/с {ACCOUNT} {BIC}", RUSSIAN),
    (f"{ACCOUNT} {BIC}", RUSSIAN),
    ("40817 810 7 0000 0000001, БИК 04 0000 746", RUSSIAN),
    ("40817.810.7.00000000001 БИК 040000746", RUSSIAN),
    (f"Account {ACCOUNT}, BIC {BIC}", RUSSIAN),
    (f"acc. no. {ACCOUNT}; BIK {BIC}", RUSSIAN),
    (f"a/c {ACCOUNT}\u00a0BIC:\u00a0{BIC}", RUSSIAN),
    (f"Договор 12 от 01.02.2026, р/с {ACCOUNT}, БИК {BIC}", RUSSIAN),
    (f"р/с {ACCOUNT}, {ACCOUNT}, БИК {BIC}", RUSSIAN),
    (f"р/с {ACCOUNT}, к/с {CORR}, БИК {BIC}", RUSSIAN | {"corr_account": CORR}),
    (f"корр. счёт {CORR} р/с {ACCOUNT} БИК {BIC}", RUSSIAN | {"corr_account": CORR}),
    (f"р/с {ACCOUNT}, БИК {BIC}, ИНН {PERSON}", RUSSIAN | {"inn": PERSON}),
    (f"ИНН: 0012 3456 7887 р/с {ACCOUNT} БИК {BIC}", RUSSIAN | {"inn": PERSON}),
    (f"INN {COMPANY}, KPP 001201001, account {ACCOUNT}, BIC {BIC}",
     RUSSIAN | {"inn": COMPANY, "kpp": "001201001"}),
    (f"ИНН/КПП {COMPANY}/001201001 р/с {ACCOUNT} БИК {BIC}",
     RUSSIAN | {"inn": COMPANY, "kpp": "001201001"}),
    (f"ИНН банка {COMPANY}, КПП банка 001201001, БИК {BIC}, счёт {ACCOUNT}, ИНН {PERSON}",
     RUSSIAN | {"inn": PERSON}),
    # A KPP of the Altai Republic begins with 04 too.
    (f"КПП 041101001, р/с {ACCOUNT}, БИК {BIC}", RUSSIAN | {"kpp": "041101001"}),
    (f"р/с {ACCOUNT} в ПАО «Пример Банк», БИК {BIC}", RUSSIAN | {"bank": "ПАО «Пример Банк»"}),
    (f"Банк: АО «Тест»; БИК {BIC}; р/с {ACCOUNT}", RUSSIAN | {"bank": "АО «Тест»"}),
    (f"Bank name: Example, BIC {BIC}, account {ACCOUNT}", RUSSIAN | {"bank": "Example"}),
    (f"ООО «Ромашка», р/с {ACCOUNT}, БИК {BIC}", RUSSIAN),
    # IBAN, with a code of the bank or without.
    ("DE11123456780000000012", GERMAN),
    ("DE11 1234 5678 0000 0000 12", GERMAN),
    ("iban: de11 1234 5678 0000 0000 12", GERMAN),
    ("IBAN DE11-1234-5678-0000-0000-12 BIC ABCDDEFF", GERMAN | {"swift": "ABCDDEFF"}),
    ("SWIFT/BIC: ABCDDEFFXXX, IBAN DE11123456780000000012", GERMAN | {"swift": "ABCDDEFFXXX"}),
    ("IBAN GB32 ABCD 0000 0000 0000 01 SWIFT code ABCDGB2L",
     {"iban": "GB32ABCD00000000000001", "swift": "ABCDGB2L"}),
    ("MT16 ABCD 0000 0000 0000 0000 0000 001", {"iban": "MT16ABCD00000000000000000000001"}),
    ("AE36 0000 0000 0000 0000 001, a@example.com",
     {"iban": "AE360000000000000000001", "email": "a@example.com"}),
    # Cards, phones and addresses.
    ("карта 2200 0000 0000 0004", {"card": CARD}),
    ("2200-0000-0000-0004 Сбербанк", {"card": CARD, "bank": "Сбербанк"}),
    ("Card: 2204000000000001004", {"card": "2204000000000001004"}),
    ("СБП +7 900 000-00-01, Т-Банк", {"phone": PHONE, "bank": "Т-Банк"}),
    ("8 (900) 000-00-01 (ВТБ)", {"phone": PHONE, "bank": "ВТБ"}),
    ("SBP 79000000001 Example Bank", {"phone": PHONE, "bank": "Example Bank"}),
    ("PayPal ivan@example.com", {"email": "ivan@example.com"}),
    ("Wise: <ivan@example.com>.", {"email": "ivan@example.com"}),
    # A telephone beside an account is nobody's way to be paid, and one that is may be.
    (f"р/с {ACCOUNT} БИК {BIC}, тел. +7 495 123-45-67", RUSSIAN),
    (f"р/с {ACCOUNT} БИК {BIC}, тел. {PHONE}, факс +7 900 000-00-02", RUSSIAN),
    ("+7 900 000-00-01 в банке Альфа", {"phone": PHONE, "bank": "Альфа"}),
    ("+7 900 000-00-01, в банке Пример", {"phone": PHONE, "bank": "Пример"}),
    # The label after a bank's name is not its name.
    (f'Банк: АО "ТБанк" БИК: {BIC} р/с {ACCOUNT}', RUSSIAN | {"bank": 'АО "ТБанк"'}),
    (f"Банк получателя: ПАО Пример, к/с {CORR} БИК {BIC} р/с {ACCOUNT}",
     RUSSIAN | {"bank": "ПАО Пример", "corr_account": CORR}),
    # Nothing that can be used, and nothing that is wrong.
    ("", {}),
    ("наличными", {}),
    ("договор 40817", {}),
    ("12.11.2026, 1 200 руб.", {}),
]  # fmt: skip

WRONG = [
    (f"р/с 40817810800000000001 БИК {BIC}", "details_account_key"),
    (f"р/с {ACCOUNT} БИК 040000747", "details_account_key"),
    (f"к/с 30101810400000000746 р/с {ACCOUNT} БИК {BIC}", "details_corr_key"),
    (f"р/с 4081781070000000001 БИК {BIC}", "details_account_length"),
    (f"счёт 408178107000000000012 БИК {BIC}", "details_account_length"),
    (f"р/с {ACCOUNT} БИК 140000746", "details_bic"),
    (f"р/с {ACCOUNT} БИК 04000074", "details_bic"),
    (f"р/с {ACCOUNT} 040000746 040000747", "details_bic_several"),
    (f"р/с {ACCOUNT} и 40817810000000000002", "details_several"),
    (f"ИНН 001234567888, р/с {ACCOUNT} БИК {BIC}", "details_inn"),
    (f"ИНН 00123456, р/с {ACCOUNT} БИК {BIC}", "details_inn"),
    (f"ИНН/КПП 0012345674/001201001, р/с {ACCOUNT} БИК {BIC}", "details_inn"),
    (f"КПП 0012010, р/с {ACCOUNT} БИК {BIC}", "details_kpp"),
    ("IBAN DE12 1234 5678 0000 0000 12", "details_iban_check"),
    ("IBAN DE11 1234 5678 0000 0000 1", "details_iban_length"),
    ("DE111234567800000000123", "details_iban_length"),
    ("IBAN: пришлю позже", "details_iban_length"),
    ("IBAN XX11 1234 5678 0000 0000 12", "details_iban_length"),
    ("IBAN DE11 1234 5678 0000 0000 12, SWIFT ABCD3EFF", "details_swift"),
    ("IBAN DE11 1234 5678 0000 0000 12, IBAN NL75ABCD0000000001", "details_several"),
    ("карта 2200 0000 0000 0005", "details_card"),
    ("карта 2200 0000 0000 000", "details_card"),
    ("СБП 9000000001", "details_phone"),
    ("СБП +7 700 000-00-01", "details_phone"),
    ("a@example.com или b@example.com", "details_several"),
    ("PayPal: иван@example.com", "details_email"),
    ("x" * (DETAILS_LENGTH_MAX + 1), "details_long"),
]


def said(found: Requisites) -> dict[str, str]:
    """What was read, without what is empty."""
    names = "account bic corr_account inn kpp bank iban swift card phone email fault".split()
    return {name: getattr(found, name) for name in names if getattr(found, name)}


@pytest.mark.parametrize(("typed", "meant"), UNDERSTOOD)
def test_requisites_are_read_however_they_are_typed(typed: str, meant: dict[str, str]) -> None:
    assert said(read_requisites(typed)) == meant


@pytest.mark.parametrize(("typed", "fault"), WRONG)
def test_what_does_not_hold_is_named_and_nothing_else_is_used(typed: str, fault: str) -> None:
    assert said(read_requisites(typed)) == {"fault": fault}
    assert fault in PROBLEMS
    assert f"payer_{fault}" in STOPS


def test_the_examples_of_the_bank_of_russia_hold_and_with_another_key_they_do_not() -> None:
    # Letter 515 of 1997, annex: an account in a bank, and a bank's account in a cash centre.
    assert account_holds("40602810700000000025", "049805746")
    assert corr_account_holds("30101810800000000746", "049805000")
    assert not any(account_holds(f"40602810{key}00000000025", "049805746") for key in "012345689")


def test_an_account_in_the_bank_of_russia_itself_has_the_key_of_its_cash_centre() -> None:
    assert account_holds("40817810800000000009", "040000001")
    assert not account_holds("40817810700000000009", "040000001")


def test_requisites_never_show_in_a_trace() -> None:
    found = read_requisites(
        f"р/с {ACCOUNT} БИК {BIC} ИНН {PERSON} карта {CARD} {PHONE} a@example.com"
    )

    assert found.account == ACCOUNT
    assert repr(found) == "Requisites(services=frozenset(), fault='')"


@pytest.mark.parametrize(
    "unit",
    [
        "1 ",
        "DE11 ",
        "a@",
        "р/с ",
        "ИНН 1 ",
        "card-",
        "((",
        "IBAN ",
        "БИК 04 ",
        "+7 900 ",
        "\x00",
        "\u202e",
    ],
)
def test_a_cell_of_junk_is_read_to_its_end(unit: str) -> None:
    found = read_requisites((unit * DETAILS_LENGTH_MAX)[:DETAILS_LENGTH_MAX])

    assert (found.account, found.iban, found.card) == ("", "", "")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("банк", {Method.BANK}),
        ("На счёт", {Method.BANK}),
        ("р/с", {Method.BANK}),
        ("bank transfer", {Method.BANK}),
        ("карта", {Method.CARD}),
        ("СБП", {Method.SBP}),
        ("по номеру телефона", {Method.SBP}),
        ("SEPA / Wise", {Method.IBAN, Method.WISE}),
        ("PayPal", {Method.PAYPAL}),
        ("наличные", {Method.CASH}),
        ("cash", {Method.CASH}),
        ("as agreed", set()),
        ("", set()),
    ],
)
def test_a_method_is_known_by_its_words_in_both_languages(typed: str, meant: set[Method]) -> None:
    assert methods_named(typed) == meant

"""What stands on cards and in the file of codes, and can nothing typed break out of them?"""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest

from tracker.code_cards import Card, cards, qr_text
from tracker.code_files import csv_bytes
from tracker.problems import Stop
from tracker.programme import Code, Partner
from tracker.qr_sheet import page

UNTIL = date(2026, 12, 31)
CARD = Card("BC2D-F3G4-F", "BC2D-F3G4-F", "ivan", "Иван", UNTIL)


def rows(content: bytes, between: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=between))


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("", "A&B 1"),
        ("https://shop.example/?coupon={CODE}", "https://shop.example/?coupon=A%26B%201"),
        ("http://shop.example/{code}/x", "http://shop.example/A%26B%201/x"),
    ],
)
def test_a_qr_code_holds_the_code_or_an_address_with_it(url: str, text: str) -> None:
    assert qr_text("A&B 1", url) == text


@pytest.mark.parametrize(
    "url",
    ["https://shop.example/", "javascript:{CODE}", "shop.example/{CODE}",
     "https://shop.example/{CODE}" + "a" * 500],
)  # fmt: skip
def test_an_address_that_would_not_work_is_refused(url: str) -> None:
    with pytest.raises(Stop) as stop:
        qr_text("IVAN01", url)

    assert stop.value.code == "codes_url"


def test_a_card_names_its_partner_even_when_his_row_is_gone() -> None:
    found = [Code(code="A", partner_id="ivan", valid_to=UNTIL), Code(code="B", partner_id="old")]

    assert cards(found, {"ivan": Partner(partner_id="ivan", name="Иван")}) == [
        Card("A", "A", "ivan", "Иван", UNTIL),
        Card("B", "B", "old", "", None),
    ]


def test_the_file_is_parted_as_the_language_writes_sums() -> None:
    russian, english = csv_bytes([CARD], "ru"), csv_bytes([CARD], "en")

    assert russian.startswith(b"\xef\xbb\xbf")
    assert rows(russian, ";")[0] == ["промокод", "qr", "партнёр", "имя", "действует по"]
    assert rows(english, ",") == [
        ["code", "qr", "partner_id", "name", "valid_to"],
        ["BC2D-F3G4-F", "BC2D-F3G4-F", "ivan", "Иван", "2026-12-31"],
    ]


def test_no_cell_of_the_file_runs_as_a_formula() -> None:
    hostile = Card("=1+1", "@x", "-2", "\tname", None)

    assert rows(csv_bytes([hostile], "en"), ",")[1] == ["'=1+1", "'@x", "'-2", "'\tname", ""]


def test_a_page_has_twelve_cards_a_sheet_and_draws_them_itself() -> None:
    text = page([CARD] * 13, "Tea shop", "en")

    assert [one.count("<article") for one in text.split("<section")[1:]] == [12, 1]
    assert text.count("<svg viewBox=") == 13
    assert re.findall(r"<(?:script|link|img)|url\(|https?:", text) == []


@pytest.mark.parametrize(
    ("language", "until"),
    [("en", "valid through Dec 31, 2026"), ("ru", "действует по 31.12.2026")],
)
def test_a_card_says_its_code_whose_it_is_and_until_when(language: str, until: str) -> None:
    text = page([CARD], "Чай & Ко", language)

    assert f'<html lang="{language}">' in text
    found = re.findall(r'<div class="(\w+)"[^>]*>(.*?)</div>', text)
    assert found == [
        ("programme", "Чай &amp; Ко"), ("code", "BC2D-F3G4-F"), ("from", "Иван"), ("until", until),
    ]  # fmt: skip


def test_what_was_typed_is_no_markup_on_the_page() -> None:
    hostile = Card("</style><b>", "x", "p", '<img src=x onerror="alert(1)">', None)

    text = page([hostile], "<script>1</script>", "en")

    assert re.findall(r"<(?:script|img|b)\b", text) == []
    assert text.count("</style>") == 1


def test_the_picture_is_the_one_of_the_text_with_its_quiet_zone() -> None:
    # Version 1 has 21 modules; with four on each side the picture is 29 wide.
    found = re.search(
        r'<svg viewBox="0 0 (\d+) (\d+)"><path stroke="#000" d="M4 4.5h7', page([CARD], "", "en")
    )

    assert found is not None
    assert found.groups() == ("29", "29")

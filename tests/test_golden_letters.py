"""Twelve letters as they are mailed, to the byte; their figures worked out by hand."""

from __future__ import annotations

import os
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from tests.golden import ALL, FOLDER, KEPT, golden, letter
from tests.letter_values import Page, figures, spaced
from tracker.envelopes import HEADERS
from tracker.letters import render

WRITE = "WRITE_LETTERS"


def read(name: str) -> EmailMessage:
    return message_from_bytes((FOLDER / f"{name}.eml").read_bytes(), policy=SMTP)


@pytest.mark.parametrize("name", KEPT)
def test_a_letter_is_the_one_that_is_kept(name: str) -> None:
    path, made = FOLDER / f"{name}.eml", letter(name).raw
    if os.environ.get(WRITE):
        path.write_bytes(made)

    assert made == path.read_bytes()


def test_the_kept_letters_meet_every_currency_and_balance_in_each_language() -> None:
    parts = [name.split("-") for name in KEPT]

    assert sorted(path.stem for path in FOLDER.glob("*.eml")) == sorted(KEPT)
    assert len(KEPT) == 12
    assert {(one[0], one[1]) for one in parts} == {
        (language, c) for language in ("en", "ru") for c in ("rub", "usd", "jpy", "kwd")
    }
    assert {(one[0], one[2]) for one in parts} == {
        (language, s) for language in ("en", "ru") for s in ("normal", "zero", "negative")
    }


# Opening and each move; closing; on hold; payable: by hand from tests/golden.py.
SUMMARIES = {
    "en-rub-zero": ("RUB 90.00 Payouts (1) −RUB 90.00", "RUB 0.00", "RUB 0.00", "RUB 0.00"),
    "en-usd-normal": (
        ("$125.00 Commissions (2) $97.05 Bonuses (1) $2.50 Refunds and cancellations (1) −$11.25 "
        "Payouts (1) −$125.00"), "$88.30", "$37.05", "$51.25"),
    "en-usd-negative": (
        "−$20.00 Adjustments (1) $3.75 Refunds and cancellations (1) −$48.75", "−$65.00", "$0.00", "−$65.00"),
    "en-jpy-normal": (
        ("¥12,500 Commissions (2) ¥9,705 Bonuses (1) ¥250 Refunds and cancellations (1) −¥1,125 "
        "Payouts (1) −¥12,500"), "¥8,830", "¥3,705", "¥5,125"),
    "en-jpy-zero": ("¥9,000 Payouts (1) −¥9,000", "¥0", "¥0", "¥0"),
    "en-kwd-negative": (
        "−KWD 2.000 Adjustments (1) KWD 0.375 Refunds and cancellations (1) −KWD 4.875",
        "−KWD 6.500", "KWD 0.000", "−KWD 6.500"),
    "ru-rub-normal": (
        ("125,00 ₽ Вознаграждения (2) 97,05 ₽ Бонусы (1) 2,50 ₽ Возвраты и отмены (1) −11,25 ₽ "
        "Выплаты (1) −125,00 ₽"), "88,30 ₽", "37,05 ₽", "51,25 ₽"),
    "ru-rub-negative": (
        "−20,00 ₽ Корректировки (1) 3,75 ₽ Возвраты и отмены (1) −48,75 ₽", "−65,00 ₽", "0,00 ₽", "−65,00 ₽"),
    "ru-usd-zero": ("90,00 $ Выплаты (1) −90,00 $", "0,00 $", "0,00 $", "0,00 $"),
    "ru-jpy-negative": (
        "−2 000 ¥ Корректировки (1) 375 ¥ Возвраты и отмены (1) −4 875 ¥", "−6 500 ¥", "0 ¥", "−6 500 ¥"),
    "ru-kwd-zero": ("9,000 KWD Выплаты (1) −9,000 KWD", "0,000 KWD", "0,000 KWD", "0,000 KWD"),
    "ru-kwd-normal": (
        ("12,500 KWD Вознаграждения (2) 9,705 KWD Бонусы (1) 0,250 KWD Возвраты и отмены (1) −1,125 KWD "
        "Выплаты (1) −12,500 KWD"), "8,830 KWD", "3,705 KWD", "5,125 KWD"),
}  # fmt: skip
WORDS = {
    "en": ("Opening balance", "Closing balance", "Of it on hold while the order can still be returned", "Payable"),
    "ru": ("Баланс на начало месяца", "Баланс на конец месяца", "Из него на холде, пока заказ можно вернуть", "К выплате"),
}  # fmt: skip


@pytest.mark.parametrize("name", KEPT)
def test_a_kept_letter_says_the_figures_worked_out_by_hand(name: str) -> None:
    words, _ = read(name).iter_parts()
    text, page = (part.get_content() for part in words.iter_parts())
    opening, closing, on_hold, payable = WORDS[name[:2]]
    begin, end, held, due = SUMMARIES[name]

    for told in (spaced(text).replace(":", ""), spaced(Page(page).text)):
        assert f" {opening} {begin} {closing} {end} {on_hold} {held} " in told
        assert f" {payable} {due} " in told


@pytest.mark.parametrize("name", KEPT)
def test_a_kept_letter_has_our_headers_and_is_small(name: str) -> None:
    built = read(name)

    assert sorted(built.keys()) == sorted(HEADERS)
    assert len((FOLDER / f"{name}.eml").read_bytes()) <= 100_000
    assert 0 < len(built["Subject"]) <= 120
    assert [one.addr_spec for one in built["To"].addresses] == ["maria@example.com"]


@pytest.mark.parametrize("name", ALL)
def test_the_text_and_the_page_agree_in_every_language_currency_and_balance(name: str) -> None:
    rendered = render(golden(name), name[:2])

    told = figures(rendered.text)
    assert len(told) > 20
    assert told == figures(Page(rendered.html).text)

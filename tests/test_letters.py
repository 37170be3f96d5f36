"""Letters: a statement in words, the same figures in the text and in the page."""

from __future__ import annotations

import re
from datetime import date

import pytest
from jinja2 import UndefinedError

from tests.letter_values import (
    VECTORS,
    Page,
    account,
    figures,
    line,
    maria,
    sale,
    spaced,
    statement,
)
from tracker.envelopes import Told, templates
from tracker.letters import render, tell
from tracker.statements import Held, Statement


def both(one: Statement) -> list[str]:
    rendered = render(one, one.language)
    return [spaced(rendered.text), spaced(Page(rendered.html).text)]


def test_a_month_is_told_in_russian() -> None:
    for told in both(maria()):
        assert "Здравствуйте, Мария!" in told
        assert "К выплате на 1 ноября 2026 г. 375,00 ₽" in told
        assert "До минимальной выплаты (500,00 ₽) не хватает 125,00 ₽." in told
        assert "Вознаграждение, заказ 1042" in told
        assert "15 % от 4 000,00 ₽ (товары)" in told
        assert "Удержание, заказ 1031 от 24.09.2026" in told
        assert "теперь 15 % от 2 500,00 ₽ (товары)" in told
        assert "Выплата: po-1" in told
        assert "Заказ 1066 от 11.10.2026 test_only_code valid_to=2026-09-30" in told
        assert "по времени Europe/Moscow" in told


def test_a_month_is_told_in_english() -> None:
    for told in both(maria(language="en", name="Maria")):
        assert "Hello, Maria!" in told
        assert "Payable as of November 1, 2026 RUB 375.00" in told
        assert "You are RUB 125.00 short of the minimum payout (RUB 500.00)." in told
        assert "Commission, order 1042" in told
        assert "15% of RUB 4,000.00 (goods)" in told
        assert "Clawback, order 1031 of Sep 24, 2026" in told
        assert "now 15% of RUB 2,500.00 (goods)" in told
        assert "Payout: po-1" in told
        assert "Order 1066 of Oct 11, 2026 test_only_code valid_to=2026-09-30" in told


def test_the_figures_stand_in_the_order_of_the_account() -> None:
    rendered = render(maria(), "ru")

    told = [spaced(one) for one in figures(rendered.text) if "," in one]
    assert told == [
        "375,00", "500,00", "125,00",  # payable, the minimum, missing
        "1 250,00",  # opening
        "4 000,00", "600,00", "2 500,00", "−225,00", "3 500,00", "525,00",
        "−1 250,00",  # the payout
        "900,00", "525,00", "525,00", "375,00",  # closing, on hold, until the 3rd, payable
    ]  # fmt: skip


CASES = [
    ("ru", "RUB", 123450, "1 234,50 ₽"), ("ru", "RUB", 0, "0,00 ₽"), ("ru", "RUB", -123450, "−1 234,50 ₽"),
    ("ru", "JPY", 123450, "123 450 ¥"), ("ru", "JPY", 0, "0 ¥"), ("ru", "JPY", -7, "−7 ¥"),
    ("ru", "KWD", 123450, "123,450 KWD"), ("ru", "KWD", 0, "0,000 KWD"), ("ru", "KWD", -1, "−0,001 KWD"),
    ("ru", "USD", 123450, "1 234,50 $"), ("ru", "USD", 0, "0,00 $"), ("ru", "USD", -1, "−0,01 $"),
    ("en", "RUB", 123450, "RUB 1,234.50"), ("en", "RUB", 0, "RUB 0.00"), ("en", "RUB", -1, "−RUB 0.01"),
    ("en", "JPY", 123450, "¥123,450"), ("en", "JPY", 0, "¥0"), ("en", "JPY", -7, "−¥7"),
    ("en", "KWD", 123450, "KWD 123.450"), ("en", "KWD", 0, "KWD 0.000"), ("en", "KWD", -1, "−KWD 0.001"),
    ("en", "USD", 123450, "$1,234.50"), ("en", "USD", 0, "$0.00"), ("en", "USD", -123450, "−$1,234.50"),
]  # fmt: skip
LABELS = {"ru": ("Баланс на начало месяца", "К выплате"), "en": ("Opening balance", "Payable")}


@pytest.mark.parametrize(("language", "currency", "opening", "written"), CASES)
def test_a_balance_of_any_sign_and_currency_is_told_to_the_coin(
    language: str, currency: str, opening: int, written: str
) -> None:
    start, payable = LABELS[language]

    text, page = both(statement(account(currency, opening), language=language))
    assert f"{start}: {written}" in text
    assert f"{payable}: {written}" in text
    assert f"{start} {written}" in page
    assert f"{payable} {written}" in page


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_text_and_the_page_agree_in_every_figure(language: str) -> None:
    dollars = account("USD", -5, sale("77", 12999, "12.5%", 1625), minimum=2500)
    one = maria()
    rendered = render(statement(*one.accounts, dollars, uncounted=one.uncounted), language)

    told = figures(rendered.text)
    assert len(told) > 50
    assert told == figures(Page(rendered.html).text)


def test_each_currency_has_its_own_section() -> None:
    one = statement(account("RUB", 10000), account("JPY", 500))

    for told in both(one):
        assert told.index("Российский рубль (RUB)") < told.index("100,00 ₽")
        assert told.index("100,00 ₽") < told.index("Японская иена (JPY)") < told.index("500 ¥")


@pytest.mark.parametrize(
    ("opening", "minimum", "said"),
    [
        (100000, 100000, "Минимальная выплата (1 000,00 ₽) набрана. Ближайший день выплат: 15 ноября 2026 г."),
        (100000, 0, "1 000,00 ₽ Ближайший день выплат: 15 ноября 2026 г."),
        (99999, 100000, "не хватает 0,01 ₽. Деньги не пропадут: они перейдут на следующий месяц."),
        (0, 0, "Сейчас выплачивать нечего."),
        (-100, 0, "Сумма ниже нуля из-за удержаний: её закроют ваши следующие вознаграждения."),
    ],
)  # fmt: skip
def test_the_letter_says_what_comes_of_the_payable_sum(
    opening: int, minimum: int, said: str
) -> None:
    for told in both(statement(account("RUB", opening, minimum=minimum))):
        assert said in told


def test_what_is_on_hold_is_gathered_by_the_day_it_ends() -> None:
    third, tenth = date(2026, 11, 3), date(2026, 11, 10)
    held = [("3", 300, tenth), ("1", 100, third), ("2", 200, third)]
    waiting = tuple(Held(order_id=o, minor=m, payable_on=d) for o, m, d in held)

    text, _ = both(statement(account("RUB", 1000, held=waiting)))
    assert "6,00 ₽ до 03.11.2026: 1, 2 — 3,00 ₽ до 10.11.2026: 3 — 3,00 ₽ К выплате: 4,00 ₽" in text


def test_a_quiet_month_says_so() -> None:
    for one in (statement(account("RUB", 30000)), statement()):
        for told in both(one):
            assert "В этом месяце начислений и выплат не было." in told


def test_a_preview_says_that_the_month_is_not_over() -> None:
    one = maria(final=False)

    assert render(one, "ru").subject == "Предварительный отчёт за октябрь 2026 года — Чайная лавка"
    assert all("Месяц ещё не закончился." in told for told in both(one))
    assert not any("Месяц ещё не закончился." in told for told in both(maria()))


def test_a_second_revision_says_what_it_replaces() -> None:
    one = maria(revision=2, language="en")

    assert (
        render(one, "en").subject == "Your corrected statement for October 2026 from Чайная лавка"
    )
    assert all("It replaces the one you received earlier" in told for told in both(one))
    assert all("maria-2026-10/2" in told for told in both(one))


def test_a_known_reason_is_a_sentence_of_its_own() -> None:
    bonus = line("bonus", "9", 100, because="mail_no_connection said=421")

    for told in both(statement(account("RUB", 0, bonus))):
        assert "05.10.2026 Почтовый сервер недоступен (421); письмо не отправлено." in told


def test_two_shops_are_named_since_they_may_number_orders_alike() -> None:
    lines = [sale("7", 100, "15%", 15, source=s) for s in ("woocommerce:tea", "shopify")]

    for told in both(statement(account("RUB", 0, *lines))):
        assert "заказ 7 (tea)" in told
        assert "заказ 7 (shopify)" in told


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("typed", ["{{ 7*7 }}", "<b>x</b>", "{% for x in y %}", "' onload='x"])
def test_what_was_typed_is_shown_as_typed(language: str, typed: str) -> None:
    tags = Page(render(maria(), language).html).tags
    one = maria(name=typed, program_name=typed, zone=typed, language=language)

    rendered = render(one, language)
    page = Page(rendered.html)
    assert f", {typed}!" in rendered.text
    assert f", {typed}!" in page.text
    assert page.tags == tags


def test_a_name_cannot_forge_a_line_of_the_letter() -> None:
    rendered = render(maria(name="Мария\r\nК выплате: 1\u2028x"), "ru")

    assert "Здравствуйте, Мария К выплате: 1 x!\n" in rendered.text
    assert "\r" not in rendered.text


def test_five_hundred_lines_stay_under_what_a_mail_client_cuts_off() -> None:
    lines = [sale(str(10000 + n), 400000, "15%", 60000, because="code MARIA10") for n in range(500)]

    rendered = render(statement(account("RUB", 0, *lines)), "ru")
    assert rendered.html.count("600,00") == rendered.text.count("600,00") == 500
    assert len(rendered.html.encode()) < 100_000


def test_a_template_that_names_what_is_not_told_is_an_error() -> None:
    told = tell(maria(), "ru")
    del told["zone"]

    with pytest.raises(UndefinedError, match="zone"):
        templates().get_template("ru/statement.txt").render(told)


def test_templates_are_told_nothing_but_plain_values() -> None:
    def plain(told: Told) -> bool:
        if isinstance(told, dict):
            return all(type(key) is str and plain(one) for key, one in told.items())
        if isinstance(told, list):
            return all(plain(one) for one in told)
        return type(told) in {str, bool}

    assert plain(tell(maria(), "ru"))


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("program", ["", "Лавка", "Очень длинное имя " * 20, *VECTORS])
def test_a_subject_is_one_short_line(program: str, language: str) -> None:
    subject = render(maria(program_name=program), language).subject

    assert 0 < len(subject) <= 120
    assert subject.isprintable()
    assert not re.search(r"[\r\n\x00-\x1f]", subject)


def test_a_fixed_rate_and_the_reason_of_a_line_are_told() -> None:
    deal = line("lead", "L-12", 50000, rate="500.00 RUB", because="test_only deal=L-12")

    for told in both(statement(account("RUB", 0, deal))):
        assert "Лид: L-12" in told
        assert "ставка 500,00 ₽" in told
        assert "test_only deal=L-12" in told

"""Letters: a statement in words, the same figures in the text and in the page."""

from __future__ import annotations

import re
from dataclasses import replace
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
from tracker.statements import (
    AccountChange,
    Correction,
    Figures,
    Held,
    Statement,
    Uncounted,
)


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
        assert "Заказ 1066 от 11.10.2026 test_only_code valid_to=30.09.2026" in told
        assert "Возвраты и отмены (1)" in told
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
        assert (
            "Order 1066 of Oct 11, 2026 test_only_code valid_to=Sep\u00a030,\u00a02026".replace(
                "\u00a0", " "
            )
            in told
        )
        assert "Refunds and cancellations (1)" in told


def test_the_figures_stand_in_the_order_of_the_account() -> None:
    rendered = render(maria(), "ru")

    told = [spaced(one) for one in figures(rendered.text) if "," in one]
    assert told == [
        "375,00",  # what a list of letters shows before this one is opened
        "375,00", "500,00", "125,00",  # payable, the minimum, missing
        "1 250,00", "1 125,00", "−225,00", "−1 250,00",  # opening, two sales, clawback, payout
        "900,00", "525,00", "525,00", "375,00",  # closing, on hold, until the 3rd, payable
        "4 000,00", "600,00", "2 500,00", "−225,00", "3 500,00", "525,00", "−1 250,00",  # the lines
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
        assert "К выплате на 1 ноября 2026 г.: 100,00 ₽, 500 ¥" in told
        _, rubles, yen = (told.rindex(one) for one in (":", "Российский рубль", "Японская иена"))
        assert rubles < told.index("100,00 ₽", rubles) < yen < told.index("500 ¥", yen)


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


def test_an_account_with_nothing_in_it_is_left_out_beside_one_with_something() -> None:
    empty, full = account("RUB", 0, earned=(0,) * 6), account("USD", 0, line("bonus", "9", 7))
    both = render(statement(empty, full), "en").text
    alone = render(statement(empty), "en").text

    assert "RUB" not in both
    assert "Russian Ruble" not in both
    assert "===" not in both
    assert "Closing balance: $0.07" in both
    assert "Closing balance: RUB\u00a00.00" in alone


@pytest.mark.parametrize("other", [{"opening": 5}, {"on_hold": 5, "payable": -5}, {"lines": 1}])
def test_an_account_with_anything_in_it_is_told(other: dict[str, int]) -> None:
    lines = (line("bonus", "8", 5), line("clawback", "8", -5)) if "lines" in other else ()
    sums = {name: value for name, value in other.items() if name != "lines"}
    first = replace(account("RUB", 0, *lines), **sums)  # type: ignore[arg-type]

    assert "=== " in render(statement(first, account("USD", 7)), "en").text


def test_an_account_that_a_correction_emptied_is_told() -> None:
    before = Figures(opening=0, closing=500, lines=1)
    change = AccountChange(
        currency="RUB", before=before, now=Figures(opening=0, closing=0, lines=0)
    )
    one = statement(account("RUB", 0), account("USD", 7), revision=2)

    assert [a.currency for a in one.told] == ["USD"]
    corrected = replace(one, correction=Correction(accounts=(change,)))
    assert [a.currency for a in corrected.told] == ["RUB", "USD"]


def test_there_are_no_bars_while_nothing_was_ever_earned() -> None:
    for earned, bars in (((0,) * 6, False), ((0, 0, 0, 0, 5, 0), True)):
        rendered = render(statement(account("RUB", 0, earned=earned)), "en")
        assert ("Earned by month" in rendered.text, 'class="bars"' in rendered.html) == (bars, bars)


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
    assert all("2026-10/maria/2" in told for told in both(one))


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


MANY = [sale(str(10000 + n), 400000, "15%", 60000, because="code MARIA10") for n in range(2000)]


def test_two_hundred_lines_are_all_told_one_by_one() -> None:
    rendered = render(statement(account("RUB", 0, *MANY[:200])), "ru")

    assert rendered.text.count("Вознаграждение, заказ") == 200
    assert rendered.html.count("Вознаграждение, заказ") == 200
    assert "в приложенном файле" not in rendered.text.split("--")[0]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_of_two_thousand_lines_the_newest_are_told_and_the_others_are_one_sum(
    language: str,
) -> None:
    rendered = render(statement(account("RUB", 0, *MANY), language=language), language)

    told = rendered.text.count({"ru": "Сумма:", "en": "Sum:"}[language])
    left = f"{2000 - told:,}".replace(",", {"ru": "\u00a0", "en": ","}[language])
    assert 300 < told <= 500
    assert len(rendered.html.encode()) <= 96_000
    assert ("12999" in rendered.text, "10000" in rendered.text) == (False, False)
    assert figures(rendered.text) == figures(Page(rendered.html).text)
    assert {left, "11999", str(12000 - told)} <= set(figures(rendered.text))
    assert str(12000 - told - 1) not in rendered.text


def test_what_is_told_and_what_is_left_out_add_up() -> None:
    text = render(statement(account("USD", 0, *MANY), language="en"), "en").text

    told = text.count("Sum: $600.00")
    assert f"{2000 - told:,} earlier lines, together ${(2000 - told) * 600:,}.00, are in" in text
    assert "Commissions (2,000): $1,200,000.00" in text


@pytest.mark.parametrize("why", ["x" * 50_000, "test_only " + "ж" * 50_000])
def test_long_words_and_many_orders_that_were_not_counted_stay_short(why: str) -> None:
    missed = [
        Uncounted(source="s", order_id=f"o{n}", ordered_on=None, reason=why) for n in range(900)
    ]
    held = tuple(
        Held(order_id=f"h{n}" * 40, minor=1, payable_on=date(2026, 11, 2)) for n in range(900)
    )
    one = statement(account("RUB", 900, held=held), uncounted=tuple(missed), name=why)

    rendered = render(one, "ru")
    assert len(rendered.html.encode()) <= 96_000
    assert figures(rendered.text) == figures(Page(rendered.html).text)
    assert "и ещё 892 — 9,00 ₽" in rendered.text.replace("\u00a0", " ")


EARNED = (41200, 0, -12500, 63000, 88800, 90000)


def test_six_months_stand_as_bars_with_their_sums() -> None:
    text, page = (spaced(t) for t in both(statement(account("RUB", 90000, earned=EARNED))))

    assert "май 2026 █████████ 412,00 ₽ июнь 2026 0,00 ₽ июль 2026 ░░░ −125,00 ₽" in text
    assert "авг. 2026 ██████████████ 630,00 ₽ сент. 2026 ████████████████████ 888,00 ₽" in text
    assert "окт. 2026 ████████████████████ 900,00 ₽ Это на 12,00 ₽ больше" in text
    assert "май 2026 412,00 ₽ июнь 2026 0,00 ₽ июль 2026 −125,00 ₽ авг. 2026 630,00 ₽" in page
    assert "окт. 2026 900,00 ₽ Это на 12,00 ₽ больше, чем за сентябрь 2026 года." in page


def test_bars_are_cells_that_need_neither_images_nor_styles() -> None:
    html = render(statement(account("RUB", 90000, earned=EARNED)), "ru").html

    cells = [Page.attributes(one) for one in re.findall(r'<td class="bar [^>]*>', html)]
    assert [(one["width"].rstrip("%"), one["bgcolor"]) for one in cells] == [
        ("46", "#8fcdb6"), ("54", "#eef1f4"), ("100", "#eef1f4"), ("14", "#d9574c"), ("86", "#eef1f4"),
        ("70", "#8fcdb6"), ("30", "#eef1f4"), ("99", "#8fcdb6"), ("1", "#eef1f4"), ("100", "#1f9d76"),
    ]  # fmt: skip
    assert "<img" not in html
    assert "flex" not in html


@pytest.mark.parametrize(
    ("earned", "said"),
    [
        ((0, 0, 0, 0, 88800, 90000), "That is RUB 12.00 more than in September 2026."),
        ((0, 0, 0, 0, 90000, -100), "That is RUB 901.00 less than in September 2026."),
        ((0, 0, 0, 5, 100, 100), "That is as much as in September 2026."),
    ],
)
def test_the_month_is_compared_with_the_one_before(earned: tuple[int, ...], said: str) -> None:
    one = statement(account("RUB", 0, earned=earned), language="en")

    assert all(said in told for told in both(one))
    assert not any(said in told for told in both(replace(one, final=False)))


@pytest.mark.parametrize("earned", [(), (0, 0, 0, 0, 0, 0), (0, 0, 0, 0, 0, 700)])
def test_a_first_month_is_compared_with_nothing(earned: tuple[int, ...]) -> None:
    for told in both(statement(account("RUB", 0, earned=earned), language="en")):
        assert "That is" not in told
        assert ("Earned by month" in told) == (sum(earned) > 0)


def test_what_leads_from_opening_to_closing_is_one_line_a_kind() -> None:
    bonus, back = line("bonus", "9", 700), line("payout_return", "po-1", 5000)
    one = maria().accounts[0]
    rubles = replace(one, lines=(*one.lines, bonus), payouts=(*one.payouts, back))

    for told in both(statement(rubles)):
        flat = told.replace(":", "").replace("  ", " ")
        assert (
            "Баланс на начало месяца 1 250,00 ₽ Вознаграждения (2) 1 125,00 ₽ Бонусы (1) 7,00 ₽ Возвраты и "
            "отмены (1) −225,00 ₽ Выплаты (1) −1 250,00 ₽ Вернувшиеся выплаты (1) 50,00 ₽ Баланс на конец"
        ) in flat


def test_a_refund_is_named_with_what_the_customer_got_back() -> None:
    back = line("clawback", "1031", -22500, because="order_refunded", refunded=150000)

    for told in both(statement(account("RUB", 0, back))):
        assert "Удержание, заказ 1031 05.10.2026 Покупателю вернули всего 1 500,00 ₽." in told
        assert "деньги" not in told.replace("Деньги", "")


def test_what_came_off_hold_is_told_once() -> None:
    ripe = tuple(
        Held(order_id=o, minor=m, payable_on=date(2026, 10, 8)) for o, m in [("1", 5), ("2", 7)]
    )

    for told in both(statement(account("RUB", 12, ripened=ripe), language="en")):
        assert "Came off hold in the meantime, orders: 2, together RUB 0.12." in told


def test_a_reason_speaks_to_the_partner_and_writes_days_as_the_letter_does() -> None:
    late = Uncounted(
        source="generic", order_id="7", ordered_on=None,
        reason="code_expired code=MARIA5 partner=maria valid_to=2026-09-30",
    )  # fmt: skip
    said = {"ru": "Ваш промокод MARIA5 действовал по 30.09.2026 включительно.",
            "en": "Your code MARIA5 was valid until Sep 30, 2026."}  # fmt: skip

    for language, sentence in said.items():
        assert all(sentence in t for t in both(statement(uncounted=(late,), language=language)))


def test_days_of_hold_beyond_a_dozen_are_told_together() -> None:
    held = tuple(
        Held(order_id=str(n), minor=100, payable_on=date(2026, 11, n)) for n in range(2, 17)
    )

    for told in both(statement(account("RUB", 1500, held=held), language="en")):
        assert "until Nov 12, 2026: 12" in told
        assert "from Nov 13, 2026 on: 13, 14, 15, 16" in told
        assert "RUB 4.00" in told


def test_the_sum_stands_first_for_the_list_of_letters_and_is_hidden_on_the_page() -> None:
    rendered = render(maria(), "ru")

    hidden = re.search(r'<div class="before" style="([^"]*)">([^<]*)</div>', rendered.html)
    assert hidden is not None
    assert "display:none" in hidden[1].replace(" ", "")
    assert "mso-hide:all" in hidden[1].replace(" ", "")
    assert (
        spaced(hidden[2])
        == spaced(rendered.text.splitlines()[0])
        == "К выплате на 1 ноября 2026 г.: 375,00 ₽"
    )


def test_colours_stand_in_attributes_too_and_dark_ones_in_a_rule() -> None:
    html = render(maria(), "ru").html

    for colour in ("#eef1f4", "#ffffff", "#e9f6f1"):
        assert f'bgcolor="{colour}"' in html
    assert '<meta name="color-scheme" content="light dark">' in html
    assert html.count("prefers-color-scheme: dark") == 1
    assert "position:" not in html


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

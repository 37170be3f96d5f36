"""Does a partner read in a correction what changed, in both parts alike, and as plain text?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.letter_values import VECTORS, Page, figures, maria, spaced
from tracker.letters import freeze, render
from tracker.statements import (
    AccountChange,
    Correction,
    Figures,
    LineSaid,
    ReasonChange,
    Statement,
)


def said(order_id: str, minor: int, kind: str = "sale") -> LineSaid:
    return LineSaid(kind=kind, source="generic", order_id=order_id, minor=minor)


NOVEMBER_SECOND = datetime(2026, 11, 2, 9, tzinfo=UTC)
CHANGE = AccountChange(
    currency="RUB",
    before=Figures(opening=125000, closing=37500, lines=3),
    now=Figures(opening=125000, closing=90000, lines=4),
    came=(said("1101", 52500), said("1042", 60000)),
    gone=(said("1043", 60000),),
)
REASON = ReasonChange(source="generic", order_id="1066", before="order_pending", now="")


def second(**other: object) -> Statement:
    values: dict[str, object] = {
        "because": "Мы забыли заказ.",
        "accounts": (CHANGE,),
        "reasons": (REASON,),
    }
    return maria(revision=2, correction=Correction(**(values | other)))  # type: ignore[arg-type]


def text_of(one: Statement, language: str) -> str:
    return spaced(render(one, language).text.replace("\u00a0", " "))


def test_a_correction_tells_before_and_now_in_english() -> None:
    text = text_of(second(), "en")

    assert (
        "This is a corrected statement, revision 2. It replaces the one you received earlier for "
        "this month. Мы забыли заказ. What changed: Lines: 3 → 4 "
        "Closing balance: RUB 375.00 → RUB 900.00 "
        "Added: Commission, order 1101: RUB 525.00 Added: Commission, order 1042: RUB 600.00 "
        "No longer included: Commission, order 1043: RUB 600.00 "
        "Order 1066 is no longer among the orders not counted."
    ) in text


def test_a_correction_tells_before_and_now_in_russian() -> None:
    text = text_of(second(), "ru")

    assert (
        "Это исправленный отчёт, редакция 2. Он заменяет тот, что вы получили раньше за этот "
        "месяц. Мы забыли заказ. Что изменилось: Строк: 3 → 4 "
        "Баланс на конец месяца: 375,00 ₽ → 900,00 ₽ "
        "Добавлено: Вознаграждение, заказ 1101: 525,00 ₽ "
        "Добавлено: Вознаграждение, заказ 1042: 600,00 ₽ "
        "Больше не входит: Вознаграждение, заказ 1043: 600,00 ₽ "
        "Заказ 1066 больше не числится среди неучтённых."
    ) in text


def test_a_correction_of_words_says_that_the_figures_are_the_same() -> None:
    other = replace(REASON, before="", now="test_only_code")
    one = second(accounts=(), reasons=(other,))

    assert "The figures are the same as before. Order 1066, why it is not counted: " in (
        text_of(one, "en")
    )
    assert "Цифры остались прежними. Заказ 1066, почему не учтён: " in text_of(one, "ru")


def test_a_correction_to_another_address_says_so_and_not_that_one_was_received() -> None:
    one = second(because="", accounts=(), reasons=(), moved=True)

    assert (
        "This is a corrected statement, revision 2. It replaces the one for this month that went "
        "to another address: from now on we write to this one. The figures are the same as before. "
        "Hello"
    ) in text_of(one, "en")
    assert (
        "Это исправленный отчёт, редакция 2. Он заменяет отчёт за этот месяц, который ушёл на "
        "другой адрес: теперь мы пишем вам на этот. Цифры остались прежними. Здравствуйте"
    ) in text_of(one, "ru")


def test_an_account_that_is_new_has_no_sum_before() -> None:
    new = replace(CHANGE, before=None, gone=())
    text = text_of(second(accounts=(new,)), "en")

    assert "What changed: Closing balance: RUB 900.00 Added: " in text
    assert "→" not in text


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(
    "one",
    [second(), second(accounts=(), reasons=()), second(because=""), second(moved=True),
     second(accounts=(replace(CHANGE, came=tuple(said(str(n), n) for n in range(1, 60))),))],
)  # fmt: skip
def test_both_parts_of_a_correction_say_the_same_figures(one: Statement, language: str) -> None:
    rendered = render(one, language)
    text, page = rendered.text, Page(rendered.html).text
    begin, end = ("This is a", "Hello") if language == "en" else ("Это исправ", "Здравст")

    told = figures(text[text.index(begin) : text.index(end)])
    assert told == figures(page[page.index(begin) : page.index(end)])
    assert len(told) >= 1


def test_more_lines_than_anybody_reads_are_told_as_their_sum() -> None:
    change = replace(CHANGE, came=tuple(said(str(n), 100) for n in range(25)))

    assert "More lines added: 5, RUB 5.00" in text_of(second(accounts=(change,)), "en")


@pytest.mark.parametrize("typed", [*VECTORS, "<b>{{ program }}</b> & {% if x %}"])
def test_the_owner_s_words_stay_words(typed: str) -> None:
    rendered = render(second(because=typed), "en")
    plainly = render(second(because="x"), "en")

    assert Page(rendered.html).tags == Page(plainly.html).tags
    assert len(rendered.text.splitlines()) == len(plainly.text.splitlines())
    assert len(rendered.html.encode()) < 100_000


def test_what_was_typed_for_a_message_id_gets_into_no_header() -> None:
    one = second(answers="<st.1@example.com>\r\nBcc: x@example.com")
    letter = freeze(one, render(one, "ru"), "shop@example.com", one.email, NOVEMBER_SECOND)

    assert b"Bcc" not in letter.raw
    assert b"In-Reply-To" not in letter.raw


def test_a_correction_answers_the_letter_it_corrects() -> None:
    one = second(answers="<st.0123456789abcdef01234567@example.com>")
    letter = freeze(one, render(one, "ru"), "shop@example.com", one.email, NOVEMBER_SECOND)

    for name in (b"In-Reply-To", b"References"):
        assert b"\r\n" + name + b": <st.0123456789abcdef01234567@example.com>\r\n" in letter.raw

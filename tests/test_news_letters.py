"""Do letters on single events say what happened, in both languages and both parts alike?

The sums are worked out by hand: 100.00 + 2345.50 - 50.00 = 2395.50; 3100.00 - 100.00 = 3000.00.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.letter_values import VECTORS, Page, figures, spaced
from tests.news_world import opened
from tracker.addresses import Sender
from tracker.choices import Notify
from tracker.envelopes import Rendered
from tracker.layout.owner import NOTIFY
from tracker.model import BaseRule
from tracker.news.events import (
    CodeChange,
    CodeChanged,
    DetailsMissing,
    Event,
    News,
    NewsKind,
    OwnCode,
    PaidLine,
    PaidOut,
    Paper,
    PaperWanted,
    Payable,
    Sales,
    SalesAccount,
    SoldLine,
    Welcome,
)
from tracker.news_letters import freeze_news, render_news
from tracker.programme import Partner, Programme

FOLDER = Path(__file__).parent / "letters" / "news"
WRITE = "WRITE_LETTERS"
MOSCOW = ZoneInfo("Europe/Moscow")
PROGRAMMES = {
    "en": Programme(language="en", program_name="Tea & Coffee", zone=MOSCOW),
    "ru": Programme(language="ru", program_name="Чайная лавка", zone=MOSCOW),
}
PARTNERS = {"en": "Ivan", "ru": "Иван"}
SENDER = Sender("Shop", "shop@example.com")


def sold(order_id: str, minor: int, because: str = "") -> SoldLine:
    """A line of October 14 at ten per cent."""
    return SoldLine(
        line_id=f"cm_{order_id}", source="generic", order_id=order_id,
        ordered_on=date(2026, 10, 14), minor=minor, currency="RUB", rate="10%",
        base=abs(minor) * 10, because=because,
    )  # fmt: skip


WELCOME = Welcome(
    codes=(OwnCode(code="IVAN01", rate="10%"),), base=BaseRule.GOODS, hold_days=14,
    minimum=100000, currency="RUB", payout_day=15, notify=Notify.NONE,
    words=("Write to us\nwhenever you like.\n\nAnna & Olga", "Glad to have you, Ivan!"),
)  # fmt: skip
SALES = Sales(
    period=Notify.WEEKLY, since=date(2026, 10, 12), until=date(2026, 10, 18),
    lines=(sold("1001", 10000), sold("1002", 234550), sold("998", -5000, "order_refunded")),
    accounts=(
        SalesAccount(currency="RUB", orders=2, earned=244550, taken_back=-5000, balance=539550,
                     on_hold=244550),
    ),
)  # fmt: skip
PAID = PaidOut(
    payout_id="po_abcdefgh12345678", minor=300000, currency="RUB", paid_on=date(2026, 11, 16),
    reference="77", method="card", paper=Paper(kind="receipt", by=date(2026, 12, 9)),
    lines=(
        PaidLine(kind="sale", source="generic", order_id="1001", on=date(2026, 10, 2),
                 minor=310000),
        PaidLine(kind="clawback", source="generic", order_id="990", on=date(2026, 9, 2),
                 minor=-10000),
    ),
)  # fmt: skip
DETAILS = DetailsMissing(
    accounts=(Payable(currency="RUB", minor=300000), Payable(currency="USD", minor=1250)),
    payout_on=date(2026, 11, 15),
)
CODE = CodeChanged(
    change=CodeChange.NEAR_LIMIT, code="IVAN01", on=date(2026, 10, 20), used=8, limit=10,
    others=("IVAN02", "TEA"),
)  # fmt: skip
DOCUMENT = PaperWanted(
    payout_id="po_abcdefgh12345678", minor=300000, currency="RUB", paid_on=date(2026, 11, 16),
    reference="77", paper=Paper(kind="act", by=date(2026, 11, 23)), number=2,
)  # fmt: skip
EVENTS: dict[NewsKind, Event] = {
    NewsKind.WELCOME: WELCOME,
    NewsKind.SALES: SALES,
    NewsKind.PAYOUT: PAID,
    NewsKind.DETAILS: DETAILS,
    NewsKind.CODE: CODE,
    NewsKind.DOCUMENT: DOCUMENT,
}
TWO_CURRENCIES = replace(
    SALES,
    period=Notify.EACH,
    lines=(*SALES.lines, replace(sold("7", 500), currency="JPY", source="shopify:b", rate="5%")),
    accounts=(*SALES.accounts, SalesAccount(currency="JPY", orders=1, earned=500, taken_back=0,
                                            balance=500, on_hold=0)),
)  # fmt: skip
BACK = replace(
    SALES, lines=SALES.lines[2:],
    accounts=(replace(SALES.accounts[0], orders=0, earned=0, balance=-5000, on_hold=0),),
)  # fmt: skip
VARIANTS: list[Event] = [
    *EVENTS.values(),
    replace(WELCOME, hold_days=0, minimum=0, payout_day=31, words=(), notify=Notify.EACH),
    replace(WELCOME, codes=(*WELCOME.codes, OwnCode(code="TEA", rate="500.00 RUB"))),
    *(replace(WELCOME, base=base, payout_day=22) for base in BaseRule),
    replace(WELCOME, codes=(OwnCode(code="TEA", rate="500.00 RUB"),), notify=Notify.WEEKLY),
    replace(SALES, period=Notify.DAILY, until=SALES.since),
    *(replace(BACK, period=period) for period in (Notify.EACH, Notify.DAILY, Notify.WEEKLY)),
    replace(BACK, lines=(*BACK.lines, sold("999", -17503)), period=Notify.EACH,
            accounts=(replace(BACK.accounts[0], taken_back=-22503),)),
    TWO_CURRENCIES,
    replace(TWO_CURRENCIES, lines=(*TWO_CURRENCIES.lines[2:],), accounts=(
        BACK.accounts[0], TWO_CURRENCIES.accounts[1])),
    replace(PAID, paper=None, reference="", method="", lines=()),
    *(replace(PAID, paper=Paper(kind=kind, by=date(2026, 12, 9))) for kind in ("act", "invoice")),
    *(replace(DOCUMENT, paper=Paper(kind=kind, by=date(2026, 12, 9)), number=1, reference="")
      for kind in ("receipt", "invoice")),
    *(replace(CODE, change=change, others=()) for change in CodeChange),
]  # fmt: skip
KINDS = {
    Welcome: NewsKind.WELCOME, Sales: NewsKind.SALES, PaidOut: NewsKind.PAYOUT,
    DetailsMissing: NewsKind.DETAILS, CodeChanged: NewsKind.CODE, PaperWanted: NewsKind.DOCUMENT,
}  # fmt: skip


def news(event: Event, language: str = "en", **partner: str) -> News:
    """A letter to ivan about that event."""
    values = {"partner_id": "ivan", "name": PARTNERS[language], "email": "ivan@example.com"}
    return News(
        kind=KINDS[type(event)],
        name="welcome:ivan",
        partner=Partner(**(values | partner)),  # type: ignore[arg-type]
        at=datetime(2026, 10, 20, 15, tzinfo=MOSCOW),
        event=event,
    )


def said(event: Event, language: str = "en", **partner: str) -> Rendered:
    return render_news(news(event, language, **partner), PROGRAMMES[language])


@pytest.mark.parametrize("kind", NewsKind)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_letter_reads_as_the_one_that_is_kept(kind: NewsKind, language: str) -> None:
    rendered = said(EVENTS[kind], language)
    path, made = FOLDER / f"{language}-{kind}.txt", f"{rendered.subject}\n\n{rendered.text}"
    if os.environ.get(WRITE):
        path.write_text(made, "utf-8")

    assert made == path.read_text("utf-8")


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("event", VARIANTS, ids=lambda event: type(event).__name__)
def test_text_and_page_tell_the_same(event: Event, language: str) -> None:
    rendered = said(event, language)
    page = Page(rendered.html).text

    assert figures(rendered.text) == figures(page)
    assert _words(rendered.text) == _words(page)
    assert 0 < len(rendered.subject) <= 120
    assert not re.search(r"[{}]|None|\.\.| [.,:]", f"{rendered.subject} {spaced(page)}")
    assert not re.search(r"\S  | \n|\n{3}", f"{rendered.subject}\n{rendered.text}")


def _words(text: str) -> list[str]:
    """The words in their order, without the marks that only a text or a page needs."""
    marks = re.compile(r"^(Sum|Сумма|Together|Вместе)?:?$")
    found = re.findall(r"[\w’“”«»%₽$¥+@'-]+", spaced(text).replace("--", "").replace("===", ""))
    return [one for one in found if one != "-" and not marks.match(one)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Mar", "of RUB\u00a01,000.00", "RUB\u00a02,395.50", "reply “none”"]),
        ("ru", ["14.10.2026", "10\u00a0% от 1\u00a0000,00\u00a0₽", "2\u00a0395,50\u00a0₽"]),
    ],
)
def test_sums_and_days_are_written_as_the_language_does(language: str, words: list[str]) -> None:
    text = said(SALES, language).text

    assert [one for one in words if one not in text] == (["Mar"] if language == "en" else [])


@pytest.mark.parametrize(
    ("language", "period", "subject", "begins"),
    [
        ("en", Notify.EACH, "Taken back: RUB 50.00 — Tea & Coffee",
         ("Clawback Hello, Ivan! Part of what you had earned was taken back. Below you see for which "
         "order, and why. Taken back RUB 50.00 Order 998 Oct 14, 2026 The customer was refunded. "
         "Sum: −RUB 50.00 Your balance after that: −RUB 50.00 --")),
        ("en", Notify.DAILY, "Taken back on October 12, 2026: RUB 50.00 — Tea & Coffee",
         ("Your day Hello, Ivan! On October 12, 2026 there were no new sales with your code, and part "
         "of what you had earned was taken back. Taken back RUB 50.00 Order 998 ")),
        ("ru", Notify.EACH, "Удержано: 50,00 ₽ — Чайная лавка",
         ("Удержание Здравствуйте, Иван! Часть начисленного удержана. Ниже — за какой заказ и почему. "
         "Удержано 50,00 ₽ Заказ 998 ")),
        ("ru", Notify.WEEKLY,
         "Удержано с 12 октября 2026 г. по 18 октября 2026 г.: 50,00 ₽ — Чайная лавка",
         ("Ваша неделя Здравствуйте, Иван! С 12 октября 2026 г. по 18 октября 2026 г. новых продаж по "
         "вашему промокоду не было, а часть начисленного удержана. Удержано 50,00 ₽ Заказ 998 ")),
    ],
)  # fmt: skip
def test_a_letter_of_clawbacks_alone_speaks_of_no_sales(
    language: str, period: Notify, subject: str, begins: str
) -> None:
    rendered = said(replace(BACK, period=period), language)

    assert rendered.subject == subject
    assert begins in spaced(rendered.text)
    for word in ("no orders", "Заказов не было", "Earned", "Your sales", "Спасибо", "Thank you"):
        assert word not in f"{rendered.subject} {rendered.text}"


@pytest.mark.parametrize(
    ("days", "en", "ru"),
    [(1, "1 day", "1 день"), (3, "3 days", "3 дня"), (14, "14 days", "14 дней"),
     (21, "21 days", "21 день"), (30, "30 days", "30 дней")],
)  # fmt: skip
def test_a_hold_is_told_in_days_with_their_noun(days: int, en: str, ru: str) -> None:
    event = replace(WELCOME, hold_days=days)

    assert f"What you earned waits for {en} after the order" in spaced(said(event).text)
    assert f"Заработанное ждёт {ru} после заказа" in spaced(said(event, "ru").text)


def test_a_long_link_in_the_owner_s_words_breaks_on_a_phone() -> None:
    html = said(replace(WELCOME, words=("https://example.com/" + "a" * 130,))).html

    assert re.search(
        r'class="inside" style="[^"]*overflow-wrap:anywhere;word-break:break-word', html
    )


def test_a_partner_answers_with_the_words_of_the_drop_down() -> None:
    for event in (WELCOME, SALES):
        text = said(event, "ru").text
        assert [one.ru for one in NOTIFY if f"«{one.ru}»" not in text] == []


def test_the_owner_s_words_keep_their_lines_and_their_markup_is_text() -> None:
    rendered = said(replace(WELCOME, words=("One <b>line</b>\n{{ 7 * 7 }}\n\n\n\nTwo",)))

    assert "\nOne <b>line</b>\n{{ 7 * 7 }}\n\nTwo\n" in rendered.text
    assert '<p style="margin:0 0 14px">One &lt;b&gt;line&lt;/b&gt;<br>{{ 7 * 7 }}</p>' in (
        rendered.html.replace("&#123;", "{")
    )


def test_words_beyond_any_letter_are_cut() -> None:
    rendered = said(replace(WELCOME, words=("long " * 10000,)))

    assert "long…" in rendered.text
    assert len(rendered.html) < 20_000


def test_hundreds_of_lines_are_counted_and_the_letter_stays_small() -> None:
    many = replace(SALES, lines=tuple(sold(str(number), 100) for number in range(1000)))
    rendered = said(many)

    assert "And 950 more: your monthly statement names them all." in rendered.text
    assert rendered.text.count("Order ") == 50
    assert len(rendered.html) < 40_000


@pytest.mark.parametrize(("language", "more"), [("en", "and 2 more"), ("ru", "и ещё 2")])
def test_of_many_codes_the_first_ten_are_named_and_the_others_counted(
    language: str, more: str
) -> None:
    codes = tuple(OwnCode(code=f"IVAN{number}", rate="10%") for number in range(10, 22))
    letter = said(replace(WELCOME, codes=codes), language)
    changed = said(replace(CODE, others=tuple(one.code for one in codes)), language)

    for one in (letter, changed):
        assert one.text.count("IVAN19") == 1
        assert "IVAN20" not in one.text + one.html
        assert more in one.text
        assert more in one.html
    assert "IVAN20" not in letter.subject


def hostile(name: str) -> list[Event]:
    """Events with that text wherever somebody may have typed it."""
    return [
        replace(WELCOME, codes=(OwnCode(code=name, rate=name),), words=(name,)),
        replace(SALES, lines=(replace(SALES.lines[0], order_id=name, rate=name, source=name),)),
        replace(PAID, reference=name, method=name, payout_id=name),
        DETAILS,
        replace(CODE, code=name, others=(name,)),
        replace(DOCUMENT, reference=name),
    ]


@pytest.mark.parametrize("name", VECTORS)
def test_hostile_texts_are_shown_as_text(name: str) -> None:
    for event in hostile(name):
        letter = news(event, name=name, partner_id=name)
        raw = freeze_news(letter, PROGRAMMES["en"], SENDER).raw
        found = opened(raw)

        assert [one.addr_spec for one in found["To"].addresses] == ["ivan@example.com"]
        assert found["Bcc"] is None
        assert all(len(line) <= 998 for line in raw.split(b"\r\n"))


@pytest.mark.parametrize("markup", ["<img src=x onerror=alert(1)>", "{{ 7 * 7 }}", "a&amp;b"])
def test_markup_in_a_cell_is_shown_as_typed(markup: str) -> None:
    rendered = said(replace(CODE, code=markup), name=markup)

    assert Page(rendered.html).text.count(markup) >= 2
    assert rendered.text.count(markup) >= 2


@pytest.mark.parametrize(
    ("address", "who", "url"),
    [
        ("shop@example.com", "ivan", "mailto:shop@example.com?subject=unsubscribe%20ivan"),
        ("o'hara@example.com", "a b&c=d\r\nBcc: x",
         "mailto:o%27hara@example.com?subject=unsubscribe%20a%20b%26c%3Dd%0D%0ABcc%3A%20x"),
        ("shop@example.com", "и" * 400,
         "mailto:shop@example.com?subject=unsubscribe%20" + "%D0%B8" * 25),
    ],
)  # fmt: skip
def test_a_digest_names_who_unsubscribes(address: str, who: str, url: str) -> None:
    letter = freeze_news(
        replace(news(SALES), partner=Partner(partner_id=who, email="ivan@example.com")),
        replace(PROGRAMMES["en"], mail_from=address),
        Sender("", address),
    )

    assert f"\r\nList-Unsubscribe: <{url}>\r\n".encode() in letter.raw


@pytest.mark.parametrize("kind", [kind for kind in NewsKind if kind is not NewsKind.SALES])
def test_only_digests_can_be_unsubscribed_from(kind: NewsKind) -> None:
    letter = freeze_news(news(EVENTS[kind]), PROGRAMMES["en"], SENDER)

    assert opened(letter.raw)["List-Unsubscribe"] is None
    assert letter == freeze_news(news(EVENTS[kind]), PROGRAMMES["en"], SENDER)

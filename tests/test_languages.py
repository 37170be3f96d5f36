"""A third language is one folder; a broken template costs one clear sentence, never half a letter."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.letter_values import Page, account, line, maria, sale, spaced, statement
from tests.world import World
from tracker.envelopes import fill
from tracker.environment import load
from tracker.languages import OURS, available, find, look_in, looking_in, reason, spoken, word
from tracker.layout import Tab
from tracker.letters import render
from tracker.problems import Stop
from tracker.sentences import REASONS, stop_says
from tracker.statement_file import attached
from tracker.templating import OUTPUT_CHARS_MAX, Told, written

GERMAN = """
[dates]
day = "dd.MM.y"
long_day = "d. MMMM y"
[kinds]
sale = "Provision"
[moves]
sale = "Provisionen"
[bases]
goods = "Waren"
[reasons]
code_of_partner = "Ihr Gutscheincode {code}."
"""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    """A folder of the owner's own letters, with one in German."""
    german = tmp_path / "de"
    german.mkdir()
    put(german / "words.toml", GERMAN)
    put(german / "statement.subject.txt", "Abrechnung {{ month }}")
    put(
        german / "statement.txt",
        "Hallo {{ name }}! {% for a in accounts %}{{ a.payable }}{% endfor %}",
    )
    put(german / "statement.html", (
        '{% extends "base.html" %}{% block body %}<h1>Abrechnung {{ month }}</h1><p>Hallo {{ name }}!'
        "{% for a in accounts %} Zum {{ as_of }}: {{ a.payable }}"
        "{% for l in a.lines %} {{ l.on }} {{ l.kind }} {{ l.order }}: {{ l.rate }} von {{ l.base }} "
        "({{ l.base_rule }}) {{ l.why }}{% endfor %}{% endfor %}</p>{% endblock %}"
    ))  # fmt: skip
    with looking_in(tmp_path):
        yield tmp_path


def put(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


SALE = sale("1042", 400000, "12.5%", 50000, because="code_of_partner code=MARIA10 partner=maria")


def test_a_german_letter_needs_no_more_than_a_folder(own: Path) -> None:
    rendered = render(statement(account("USD", 0, SALE), name="Greta", language="de"), "de")

    assert rendered.subject == "Abrechnung Oktober 2026"
    assert spaced(rendered.text) == "Hallo Greta! 500,00 $"
    assert spaced(Page(rendered.html).text) == (
        "Чайная лавка Abrechnung Oktober 2026 Hallo Greta! Zum 1. November 2026: 500,00 $ "
        "05.10.2026 Provision 1042: 12,5 % von 4.000,00 $ (Waren) Ihr Gutscheincode MARIA10."
    )


def test_what_a_language_does_not_say_is_said_in_english(own: Path) -> None:
    assert word("kinds", "sale", "de") == "Provision"
    assert word("kinds", "payout", "de") == "Payout"
    assert word("kinds", "of another time", "de") == "of another time"
    assert reason("order_cancelled", "de") == "The order was cancelled."
    assert reason("own_purchase code=X", "de") == (
        "You bought with your own code X: own purchases do not count."
    )


def test_a_language_without_the_whole_letter_writes_it_in_english(own: Path) -> None:
    (own / "de" / "statement.txt").unlink()

    rendered = render(maria(language="de", name="Greta"), "de")
    assert (spoken("statement", "de"), spoken("no_orders", "de")) == ("en", "en")
    assert rendered.subject.startswith("Your statement for October 2026")
    assert "Commission, order 1042" in rendered.text


def test_a_folder_of_the_owners_is_a_language_and_others_are_not(own: Path) -> None:
    (own / "notes and drafts").mkdir()
    (own / "pt-BR").mkdir()

    assert available() == ("en", "de", "pt-BR", "ru")
    assert [find(typed) for typed in ("DE", "pt_br", " ru ", "fr", "..", "")] == [
        "de", "pt-BR", "ru", None, None, None,
    ]  # fmt: skip


def test_without_a_folder_of_his_own_the_languages_are_ours() -> None:
    assert available() == ("en", "ru")
    assert spoken("statement", "../../etc") == "en"


def test_a_partner_may_have_any_language_that_has_a_folder(own: Path) -> None:
    world = World()
    world.edit(Tab.PARTNERS, "ivan", "language", "DE")
    world.edit(Tab.PARTNERS, "maria", "language", "fr")
    world.deliver("1")
    world.sync()

    assert world.statement("ivan", "2026-10").language == "de"
    assert [one.code for one in world.problems() if one.key == "maria"] == ["choice_unknown"]


def test_one_file_of_the_owners_goes_before_ours_and_the_rest_stays(own: Path) -> None:
    (own / "ru").mkdir()
    put(own / "ru" / "statement.subject.txt", "Чай и деньги за {{ month }}")
    put(own / "ru" / "words.toml", '[kinds]\nsale = "Процент"')

    rendered = render(maria(), "ru")
    assert rendered.subject == "Чай и деньги за октябрь 2026"
    assert "Процент, заказ 1042" in rendered.text
    assert "Удержание, заказ 1031" in rendered.text


def test_the_folder_is_named_by_the_environment(own: Path, tmp_path: Path) -> None:
    named = {"TRACKER_STORE": f"xlsx:{tmp_path}/book.xlsx", "TRACKER_TEMPLATES": str(own)}

    assert load(None, named).templates == own
    assert load(None, named | {"TRACKER_TEMPLATES": " "}).templates is None


def test_a_folder_that_is_not_there_stops_letters_and_not_the_book(tmp_path: Path) -> None:
    with looking_in(tmp_path / "gone"), pytest.raises(Stop) as stop:
        render(maria(), "ru")
    look_in(None)

    assert stop.value.code == "templates_missing"
    assert "gone" in stop_says(stop.value, "ru")
    with looking_in(tmp_path / "gone"):
        assert available() == ("en", "ru")


BROKEN = [
    ("{{ nobody }}", "'nobody' is undefined"),
    ("{{ name.upper.x }}", "'builtin_function_or_method object' has no attribute 'x'"),
    ("{% if %}", "Expected an expression"),
    ("{% for a in accounts %}", "Unexpected end of template"),
    ("{{ ''.__class__ }}", "unsafe"),
    ("{{ name.upper() }}", "not safely callable"),
    ("{{ 'a' * 1000000000 }}", "* is not for letters"),
    ("{{ '%1000000000s' % name }}", "% is not for letters"),
    ("{{ 10 ** 10 ** 10 }}", "** is not for letters"),
    ("{{ range(9) }}", "'range' is undefined"),
    ("{{ name|center(1000000000) }}", "No filter named 'center'"),
    ("{{ accounts.0.payable + 1 }}", "can only concatenate str"),
    ("{{ 1 / 0 }}", "division by zero"),
    ('{% include "../../secret" %}', "secret"),
    ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "recursion"),
]


@pytest.mark.parametrize(("typed", "why"), BROKEN)
def test_a_template_that_fails_is_named_with_its_line(own: Path, typed: str, why: str) -> None:
    put(own / "de" / "statement.html", f"<p>\n\n{typed}\n")

    with pytest.raises(Stop) as stop:
        render(maria(language="de"), "de")
    said = dict(stop.value.params)
    assert stop.value.code == "template_broken"
    assert said["file"] == str(own / "de" / "statement.html")
    assert said["line"] in {"3", "4"}
    assert why in said["why"]


def test_a_template_that_goes_on_and_on_is_stopped(own: Path) -> None:
    loop = "{% for a in accounts %}{% for b in accounts %}{{ name }}{% endfor %}{% endfor %}"
    put(own / "de" / "statement.txt", loop)
    accounts: list[Told] = [{}] * 400

    with pytest.raises(Stop) as stop:
        written("de/statement.txt", {"accounts": accounts, "name": "Greta"})
    assert stop.value.code == "template_too_long"
    assert dict(stop.value.params)["limit"] == str(OUTPUT_CHARS_MAX)


def test_a_file_too_long_for_a_letter_is_refused(own: Path) -> None:
    put(own / "de" / "statement.txt", "x" * 70_000)

    with pytest.raises(Stop, match="template_broken"):
        render(maria(language="de"), "de")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("[kinds]\nsale = Provision", "at line 2"),
        ('sale = "Provision"', "sale: not a [section]"),
        ("[kinds]\nsale = 5", "kinds.sale"),
        ('[dates]\nday = "QQQQQQQ"', "dates.day"),
    ],
)
def test_words_that_cannot_be_read_are_named(own: Path, typed: str, why: str) -> None:
    (own / "fr").mkdir()
    for name in ("subject.txt", "txt", "html"):
        shutil.copy(OURS / "en" / f"statement.{name}", own / "fr")
    put(own / "fr" / "words.toml", typed)

    with pytest.raises(Stop) as stop:
        render(maria(language="fr"), "fr")
    assert stop.value.code == "words_unreadable"
    assert "fr/words.toml" in dict(stop.value.params)["file"]
    assert why in dict(stop.value.params)["why"]


@pytest.mark.parametrize("typed", ["{{7*7}}", "<b>x</b>", "{% include 'look.html' %}"])
def test_what_was_typed_in_the_sheet_stays_text_in_an_owners_template(
    own: Path, typed: str
) -> None:
    rendered = render(maria(language="de", name=typed), "de")

    assert f"Hallo {typed}!" in rendered.text
    assert f"Hallo {typed}!" in Page(rendered.html).text
    assert "<b>x" not in rendered.html


def test_a_sentence_of_words_cannot_look_into_what_it_is_given(own: Path) -> None:
    put(
        own / "de" / "words.toml", '[reasons]\ncode_paused = "{code.__class__} {code!r} {code} {x}"'
    )

    assert reason("code_paused code=A", "de") == "{code.__class__} {code!r} A {x}"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_both_languages_have_the_same_words(language: str) -> None:
    english = tomllib.loads((OURS / "en" / "words.toml").read_text("utf-8"))
    here = tomllib.loads((OURS / language / "words.toml").read_text("utf-8"))

    assert {s: sorted(words) for s, words in here.items()} == {
        s: sorted(words) for s, words in english.items()
    }
    cyrillic = any(
        "а" <= c <= "я" for s in here if s != "dates" for w in here[s].values() for c in w
    )
    assert cyrillic == (language == "ru")


def test_a_letter_that_a_language_lacks_may_still_be_filled_in(own: Path) -> None:
    told = {"program": "", "since": "1", "since_day": "1", "quiet_days": "7", "zone": "UTC"}

    assert fill("no_orders", "de", told) == fill("no_orders", "en", told)


def test_the_table_of_a_letter_speaks_its_language(own: Path) -> None:
    from tracker.letters import voice_of

    one = replace(statement(account("USD", 0, line("sale", "7", 1))), language="de")
    table = attached(one, voice_of(one, "de", 0)).content.decode("utf-8-sig")
    assert "2026-10-05;Provision;7;;;;0,01;USD;;" in table
    assert table.startswith("Date;Kind;Order;")


# A letter speaks to its reader, and names no other partner.

NOBODY_READS = {"two_owners", "two_partners"}
"""A letter says of these that the order waits: tests/test_statements.py."""
WHO = ("partner", "partners", "manager", "parent", "losers", "sharers")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_letter_names_its_reader_or_another_partner_by_id(language: str) -> None:
    said = " ".join(f"{name}=ivan" for name in WHO)
    naming = [
        code
        for code in REASONS.keys() - NOBODY_READS
        if not code.startswith(("remedy_", "mail_"))
        and "ivan" in reason(f"{code} {said}", language)
    ]

    assert reason("two_partners partners=ivan", language).count("ivan") == 1
    assert naming == []


@pytest.mark.parametrize(
    ("text", "en", "ru"),
    [
        ("click_of_partner day=x partner=ivan ref=ri", "Your link ri was clicked on x.",
         "По вашей ссылке ri перешли x."),
        ("code_used_up code=OLGA limit=2 partner=olga",
         "Your code OLGA had been used up: the limit is 2.",
         "Ваш промокод OLGA уже был израсходован: предел применений — 2."),
        ("helped_order partner=ivan", "You helped with this order.", "Вы помогли с этим заказом."),
        ("level_of partner=ivan", "An order of a partner you brought.",
         "Заказ партнёра, которого вы привели."),
    ],
)  # fmt: skip
def test_a_reason_is_said_to_the_partner_whom_it_is_about(text: str, en: str, ru: str) -> None:
    assert (reason(text, "en"), reason(text, "ru")) == (en, ru)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_partner_s_words_fill_in_only_what_the_reason_has(language: str) -> None:
    words = tomllib.loads((OURS / language / "words.toml").read_text("utf-8"))["reasons"]
    for code in words.keys() & REASONS.keys():
        given = set(re.findall(r"\{(\w+)\}", "".join(REASONS[code])))
        assert set(re.findall(r"\{(\w+)\}", words[code])) <= given, code

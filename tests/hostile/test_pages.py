"""Does any text add a tag or an attribute to a letter or a page, or step out of a folder?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.hostile.corpus import corpus
from tests.letter_values import maria
from tests.world import World
from tracker.code_cards import Card
from tracker.languages import find, spoken
from tracker.layout import Tab
from tracker.letter_files import file_name as letter_name
from tracker.letters import render
from tracker.mail_folder import FolderTransport
from tracker.news_letters import render_news
from tracker.problems import Stop
from tracker.programme import Programme
from tracker.qr_sheet import page as cards_page
from tracker.rules_text import terms_page
from tracker.running import look
from tracker.sample_letters import sample_news
from tracker.statement_file import file_name
from tracker.stores.opening import state_folder
from tracker.terms_printed import as_html
from tracker.transport import Refused, Sent

TEXTS = [case.text for case in corpus("xss")]
PATHS = [case.text for case in corpus("paths")]


class Marks(HTMLParser):
    """Every tag with its attributes, every comment and declaration of a page, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(" ".join([tag, *(name for name, _ in attrs)]))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self.found.append(f"<!--{data}")

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"<!{decl}")

    def handle_pi(self, data: str) -> None:
        self.found.append(f"<?{data}")


def statement_letter(text: str) -> str:
    said = maria(language="en", name=text, program_name=text)
    return render(said, "en").html


def news_letters(text: str) -> str:
    programme = Programme(program_name=text)
    partners = (replace(one, partner=replace(one.partner, name=text)) for one in sample_news("en"))
    return "".join(render_news(one, programme).html for one in partners)


def terms(text: str) -> str:
    world = World(program_name=text, language="en")
    world.type(Tab.RULES, priority="1", sku=text, rate="5%", note=text)
    return as_html(terms_page(look(world.place).known), text, "en", text)


def cards(text: str) -> str:
    card = Card(
        code=text, text=f"https://example.com/?c={text}", partner_id="p", name=text, valid_to=None
    )
    return cards_page([card], text, "en")


PAGES: dict[str, Callable[[str], str]] = {
    "statement": statement_letter, "news": news_letters, "terms": terms, "cards": cards,
}  # fmt: skip


@cache
def usual(page: str) -> list[str]:
    """The marks of a page whose texts are plain words."""
    return Marks(PAGES[page]("x")).found


def test_there_are_60_texts_and_4_pages() -> None:
    assert len(set(TEXTS)) >= 60
    assert {name: len(usual(name)) > 10 for name in PAGES} == dict.fromkeys(PAGES, True)


@pytest.mark.parametrize("page", PAGES)
def test_no_text_adds_a_tag_an_attribute_or_a_comment(page: str) -> None:
    for text in TEXTS:
        assert Marks(PAGES[page](text)).found == usual(page), text


def test_by_hand_a_script_in_a_name_is_read_as_it_was_typed() -> None:
    found = statement_letter("<script>alert(1)</script>")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in found
    assert "<script" not in found


def test_no_page_has_a_script_a_handler_or_anything_from_elsewhere() -> None:
    for page in PAGES:
        marks = " ".join(usual(page))
        assert not {"script", "iframe", "object", "embed", "base", "form"} & set(marks.split())
        assert " on" not in f" {marks}".replace(" one", "")


@pytest.mark.parametrize("text", PATHS, ids=[case.name for case in corpus("paths")])
def test_no_name_steps_out_of_the_folder_it_is_for(tmp_path: Path, text: str) -> None:
    for name in (file_name(maria(partner_id=text)), f"2026-10-{letter_name(text)}.eml"):
        path = (tmp_path / name).resolve()
        assert path.parent == tmp_path.resolve()
        assert len(name.encode()) <= 255
        path.write_bytes(b"x")
    assert find(text) in {None, "ru", "en"}
    assert spoken("statement", text) in {"ru", "en"}


@pytest.mark.parametrize("text", PATHS, ids=[case.name for case in corpus("paths")])
def test_no_message_id_writes_a_letter_beside_its_folder(tmp_path: Path, text: str) -> None:
    folder = tmp_path / "post"
    raw = f"Message-ID: <{text}>\r\n\r\n.".encode("utf-8", "replace")
    answer = FolderTransport(folder).send(raw, "shop@example.com", "maria@example.com")

    assert isinstance(answer, Sent | Refused)
    assert [one.name for one in tmp_path.iterdir()] in (["post"], [])
    assert all(one.suffix == ".eml" or one.name.startswith(".") for one in folder.glob("*"))


@pytest.mark.parametrize("text", PATHS, ids=[case.name for case in corpus("paths")])
def test_no_address_of_a_book_is_taken_for_another_or_raises(tmp_path: Path, text: str) -> None:
    with pytest.raises(Stop) as stop:
        state_folder(f"xlsx:{tmp_path}/{text}.xlsx")

    assert stop.value.code in {"book_missing", "book_not_xlsx"}

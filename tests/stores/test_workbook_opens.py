"""Does the book open in LibreOffice, and does `check` say there what is wrong with a row?"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.stores.books import InWorkbook, append, generation
from tracker.layout import LAYOUT, Tab, lookup, title_of
from tracker.stores import Commit
from tracker.stores.xlsx import XlsxStore

SECONDS_MAX = 120


def converted(soffice: Path, book: Path, kind: str) -> Path:
    """Let LibreOffice load the book, count its formulas and write it as another file."""
    folder = book.parent / kind
    profile = f"-env:UserInstallation=file://{book.parent / 'profile'}"
    command = [str(soffice), profile, "--headless", "--convert-to", kind, "--outdir", str(folder)]
    subprocess.run([*command, str(book)], check=True, capture_output=True, timeout=SECONDS_MAX)
    return folder / f"{book.stem}.{kind}"


def shown(path: Path, title: str) -> list[list[object]]:
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_name(title)
    return [list(row) for row in sheet.to_python(skip_empty_area=False)]


@pytest.mark.parametrize(("language", "fine"), [("en", "ok"), ("ru", "ок")])
def test_check_says_the_problem_of_its_row_and_fine_of_the_others(
    soffice: Path, tmp_path: Path, language: str, fine: str
) -> None:
    book = InWorkbook(tmp_path)
    store = book.open()
    store.lay_out(language)
    codes = ["SALE*", "SALE1", " Ivan  10", "ivan 10", "7?"]
    append(store, Tab.CODES, *({"code": code} for code in codes))
    wrong = [("SALE*", "no partner"), ("IVAN 10", "doubled"), ("7", "never shown")]
    rows = [{"lookup": lookup(Tab.CODES, code), "says": says} for code, says in wrong]
    store.commit(Commit(base=generation(store), reports={Tab.PROBLEMS: rows}))

    seen = shown(converted(soffice, book.path, "xlsx"), title_of(Tab.CODES, language))

    checks = [row[-1] for row in seen[1:8]]
    assert checks == ["no partner", fine, "doubled", "doubled", fine, "", ""]


def test_the_book_survives_a_save_by_libreoffice(soffice: Path, tmp_path: Path) -> None:
    book = InWorkbook(tmp_path)
    store = book.ready()
    append(store, Tab.PARTNERS, {"partner_id": "007", "name": "=1+1"})
    before = store.read(Tab)

    saved = converted(soffice, book.path, "xlsx")

    again = XlsxStore(saved, today=lambda: pytest.fail("nothing was committed"))
    after = again.read(Tab)
    assert after.generation == before.generation
    assert [len(after.tables[tab].rows) for tab in Tab] == [
        len(before.tables[tab].rows) for tab in Tab
    ]
    assert after.tables[Tab.PARTNERS].rows[0].cells[:2] == ["007", "=1+1"]
    assert list(again.lay_out("en")) == []


def test_the_book_prints(soffice: Path, tmp_path: Path) -> None:
    book = InWorkbook(tmp_path)
    book.ready()

    printed = converted(soffice, book.path, "pdf").read_bytes()

    assert printed.startswith(b"%PDF")
    assert len(printed) > len(LAYOUT) * 1_000

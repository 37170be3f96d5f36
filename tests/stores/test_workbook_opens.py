"""Does the book open in LibreOffice, and does `check` say there what is wrong with a row?"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
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
    (written,) = all_converted(soffice, [book], kind)
    return written


def all_converted(soffice: Path, books: Sequence[Path], kind: str) -> list[Path]:
    """Do so with several books of one folder: a start of LibreOffice costs as much as a book."""
    within = books[0].parent
    profile = f"-env:UserInstallation=file://{within / 'profile'}"
    command = [str(soffice), profile, "--headless", "--convert-to", kind]
    command += ["--outdir", str(within / kind), *map(str, books)]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS_MAX)
    return [within / kind / f"{book.stem}.{kind}" for book in books]


def shown(path: Path, title: str) -> list[list[object]]:
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_name(title)
    return [list(row) for row in sheet.to_python(skip_empty_area=False)]


def doubtful(folder: Path, language: str) -> Path:
    """Make a book of that language with codes of which two have a problem."""
    book = InWorkbook(folder)
    store = book.open()
    store.lay_out(language)
    codes = ["SALE*", "SALE1", " Ivan  10", "ivan 10", "7?"]
    append(store, Tab.CODES, *({"code": code} for code in codes))
    wrong = [("SALE*", "no partner"), ("IVAN 10", "doubled"), ("7", "never shown")]
    rows = [{"lookup": lookup(Tab.CODES, code), "says": says} for code, says in wrong]
    store.commit(Commit(base=generation(store), reports={Tab.PROBLEMS: rows}))
    return book.path.rename(folder / f"{language}.xlsx")


def lettered(folder: Path) -> Path:
    """Make a book in which a number and a formula are typed as text."""
    book = InWorkbook(folder)
    append(book.ready(), Tab.PARTNERS, {"partner_id": "007", "name": "=1+1"})
    return book.path.rename(folder / "lettered.xlsx")


@pytest.fixture(scope="module")
def saved(soffice: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """Three books, each as we left it and as LibreOffice saved it."""
    folder = tmp_path_factory.mktemp("opened")
    ours = [doubtful(folder, "en"), doubtful(folder, "ru"), lettered(folder)]
    theirs = all_converted(soffice, ours, "xlsx")
    return {book.stem: (book, again) for book, again in zip(ours, theirs, strict=True)}


@pytest.mark.parametrize(("language", "fine"), [("en", "ok"), ("ru", "ок")])
def test_check_says_the_problem_of_its_row_and_fine_of_the_others(
    saved: dict[str, tuple[Path, Path]], language: str, fine: str
) -> None:
    seen = shown(saved[language][1], title_of(Tab.CODES, language))

    checks = [row[-1] for row in seen[1:8]]
    assert checks == ["no partner", fine, "doubled", "doubled", fine, "", ""]


def test_the_book_survives_a_save_by_libreoffice(saved: dict[str, tuple[Path, Path]]) -> None:
    before, after = (_store(path).read(Tab) for path in saved["lettered"])

    assert after.generation == before.generation
    assert [len(after.tables[tab].rows) for tab in Tab] == [
        len(before.tables[tab].rows) for tab in Tab
    ]
    assert after.tables[Tab.PARTNERS].rows[0].cells[:2] == ["007", "=1+1"]
    assert list(_store(saved["lettered"][1]).lay_out("en")) == []


def _store(path: Path) -> XlsxStore:
    return XlsxStore(path, today=lambda: pytest.fail("nothing was committed"))


def test_the_book_prints(soffice: Path, tmp_path: Path) -> None:
    book = InWorkbook(tmp_path)
    book.begun()  # a thousand rows that wait are as many blank pages

    printed = converted(soffice, book.path, "pdf").read_bytes()

    assert printed.startswith(b"%PDF")
    assert len(printed) > len(LAYOUT) * 1_000

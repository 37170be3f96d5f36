"""A book of each store that tests can open twice and edit as its owner would."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.google.fake import FakeGoogle
from tests.google.grid import Book as SheetBook
from tests.google.wiring import ROBOT, intercepted, key_file
from tracker.layout import LAYOUT, Tab, columns_of, find_tab
from tracker.stores import Commit, Generation, Outcome, Record, Store, Table
from tracker.stores.google_sheets.store import GoogleStore
from tracker.stores.memory import MemoryBook, MemoryStore
from tracker.stores.xlsx import XlsxStore

TODAY = date(2025, 10, 7)
FORMULA_ROWS = 40


class Book(Protocol):
    follows_titles: bool
    """Whether a tab must keep its title to be found."""

    def reachable(self) -> AbstractContextManager[object]:
        """Let stores of this book reach it inside."""
        ...

    def open(self) -> Store: ...

    def ready(self) -> Store:
        """Open the book laid out in English."""
        ...

    def begun(self) -> Store:
        """Open the same, perhaps with fewer rows that wait for its owner."""
        ...

    def type_rows(self, tab: Tab, *records: Mapping[str, str]) -> None: ...

    def retitle(self, tab: Tab, title: str) -> None: ...

    def rehead(self, tab: Tab, key: str, heading: str | None) -> None: ...


class InMemory:
    follows_titles = True

    def reachable(self) -> AbstractContextManager[object]:
        return nullcontext()

    def __init__(self, _folder: Path) -> None:
        self.book = MemoryBook()

    def open(self) -> MemoryStore:
        return MemoryStore(self.book)

    def ready(self) -> MemoryStore:
        store = self.open()
        store.lay_out("en")
        return store

    begun = ready

    def type_rows(self, tab: Tab, *records: Mapping[str, str]) -> None:
        self.open().type_rows(tab, *records)

    def retitle(self, tab: Tab, title: str) -> None:
        sheet = self.book.sheets.pop(tab)
        sheet.title = title
        if find_tab(title) is tab:
            self.book.sheets[tab] = sheet

    def rehead(self, tab: Tab, key: str, heading: str | None) -> None:
        self.book.sheets[tab].headings[place(tab, key)] = heading


class InWorkbook:
    follows_titles = True

    def reachable(self) -> AbstractContextManager[object]:
        return nullcontext()

    def __init__(self, folder: Path) -> None:
        self.path = folder / "partners.xlsx"

    def open(self) -> XlsxStore:
        return XlsxStore(self.path, today=lambda: TODAY)

    def ready(self) -> XlsxStore:
        self.path.write_bytes(laid_out())
        return self.open()

    def begun(self) -> XlsxStore:
        self.path.write_bytes(with_few_rows())
        return self.open()

    def type_rows(self, tab: Tab, *records: Mapping[str, str]) -> None:
        read = self.open().read([tab]).tables[tab]
        first = max([1, *(row.number for row in read.rows)]) + 1
        with Edited(self.path) as book:
            sheet = sheet_of(book, tab)
            columns = columns_of(tab, read.headings, read.title)
            for number, record in enumerate(records, first):
                for key, text in record.items():
                    sheet.cell(number, columns[key] + 1).value = text

    def retitle(self, tab: Tab, title: str) -> None:
        with Edited(self.path) as book:
            sheet_of(book, tab).title = title

    def rehead(self, tab: Tab, key: str, heading: str | None) -> None:
        with Edited(self.path) as book:
            sheet_of(book, tab).cell(1, place(tab, key) + 1).value = heading


class InGoogle:
    """A spreadsheet behind the fake of Google's API, reached through the real gspread."""

    follows_titles = False
    sheet_id = "1aBcD-partners-of-a-small-shop"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.google = FakeGoogle()
        self.google.create(self.sheet_id, "Partners", share={ROBOT: "writer"})
        self.key = key_file(folder, self.google)
        self.pauses: list[float] = []
        self._sheets: dict[Tab, int] = {}  # a tab keeps its number, whatever it is called

    def reachable(self) -> AbstractContextManager[object]:
        return intercepted(self.google)

    def open(self) -> GoogleStore:
        return GoogleStore(
            self.sheet_id,
            self.key,
            self.folder / ".tracker",
            today=lambda: TODAY,
            pause=self.pauses.append,
        )

    def ready(self) -> GoogleStore:
        self.google.books[self.sheet_id] = laid_out_sheet().copy()
        return self.open()

    begun = ready

    def type_rows(self, tab: Tab, *records: Mapping[str, str]) -> None:
        read = self.open().read([tab]).tables[tab]
        first = max([1, *(row.number for row in read.rows)]) + 1
        columns = columns_of(tab, read.headings, read.title)
        for number, record in enumerate(records, first):
            for key, text in record.items():
                self._put(tab, number, columns[key], text)

    def retitle(self, tab: Tab, title: str) -> None:
        renamed = {"sheetId": self._sheet(tab), "title": title}
        self._apply({"updateSheetProperties": {"properties": renamed, "fields": "title"}})

    def rehead(self, tab: Tab, key: str, heading: str | None) -> None:
        self._put(tab, 1, place(tab, key), heading)

    def _sheet(self, tab: Tab) -> int:
        if tab not in self._sheets:
            store = self.open()
            store.read([])
            self._sheets = {one: at.sheet_id for one, at in store._reader.standing().tabs.items()}
        return self._sheets[tab]

    def _put(self, tab: Tab, row: int, column: int, text: str | None) -> None:
        at = {"sheetId": self._sheet(tab), "rowIndex": row - 1, "columnIndex": column}
        cell = {} if text is None else {"userEnteredValue": {"stringValue": text}}
        rows = [{"values": [cell]}]
        self._apply({"updateCells": {"start": at, "rows": rows, "fields": "userEnteredValue"}})

    def _apply(self, *requests: dict[str, Any]) -> None:
        self.google.apply(self.sheet_id, list(requests), "owner@example.com")


@cache
def laid_out_sheet() -> SheetBook:
    """A spreadsheet laid out in English, of which every test gets a copy."""
    with TemporaryDirectory() as folder:
        book = InGoogle(Path(folder))
        with book.reachable():
            book.open().lay_out("en")
        return book.google.books[book.sheet_id]


@cache
def laid_out() -> bytes:
    """Laying a workbook out takes a moment, so every test gets a copy of one."""
    with TemporaryDirectory() as folder:
        book = InWorkbook(Path(folder))
        book.open().lay_out("en")
        return book.path.read_bytes()


@cache
def with_few_rows() -> bytes:
    """The same without most of the thousand rows that wait with a `check` formula.

    They take openpyxl half a second whenever a test edits the book.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder, "partners.xlsx")
        path.write_bytes(laid_out())
        with Edited(path) as book:
            for sheet in book.worksheets:
                sheet.delete_rows(FORMULA_ROWS + 1, sheet.max_row)
        return path.read_bytes()


def place(tab: Tab, key: str) -> int:
    """Where a new book has that column, counted from 0."""
    return [column.key for column in LAYOUT[tab].columns].index(key)


class Edited:
    """The workbook as another program changes it: load, change, save in place."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)

    def __enter__(self) -> openpyxl.Workbook:
        return self.book

    def __exit__(self, *_: object) -> None:
        self.book.save(self.path)


def sheet_of(book: openpyxl.Workbook, tab: Tab) -> Worksheet:
    return next(sheet for sheet in book.worksheets if find_tab(sheet.title) is tab)


def table(store: Store, tab: Tab) -> Table:
    return store.read([tab]).tables[tab]


def generation(store: Store) -> Generation:
    return store.read([]).generation


def append(store: Store, tab: Tab, *records: Record) -> Outcome:
    return store.commit(Commit(base=generation(store), appends={tab: records}))


def column(store: Store, tab: Tab, key: str) -> list[object]:
    """The cells of one column, top down, empty ones included: a row may end before it."""
    read = table(store, tab)
    place = columns_of(tab, read.headings, read.title)[key]
    return [dict(enumerate(row.cells)).get(place) for row in read.rows]

"""A book of each store that tests can open twice and edit as its owner would."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tracker.layout import LAYOUT, Tab, columns_of, find_tab
from tracker.stores import Commit, Generation, Outcome, Record, Store, Table
from tracker.stores.memory import MemoryBook, MemoryStore
from tracker.stores.xlsx import XlsxStore

TODAY = date(2025, 10, 7)


class Book(Protocol):
    def open(self) -> Store: ...

    def ready(self) -> Store:
        """Open the book laid out in English."""
        ...

    def type_rows(self, tab: Tab, *records: Mapping[str, str]) -> None: ...

    def retitle(self, tab: Tab, title: str) -> None: ...

    def rehead(self, tab: Tab, key: str, heading: str | None) -> None: ...


class InMemory:
    def __init__(self, _folder: Path) -> None:
        self.book = MemoryBook()

    def open(self) -> MemoryStore:
        return MemoryStore(self.book)

    def ready(self) -> MemoryStore:
        store = self.open()
        store.lay_out("en")
        return store

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
    def __init__(self, folder: Path) -> None:
        self.path = folder / "partners.xlsx"

    def open(self) -> XlsxStore:
        return XlsxStore(self.path, today=lambda: TODAY)

    def ready(self) -> XlsxStore:
        self.path.write_bytes(laid_out())
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


@cache
def laid_out() -> bytes:
    """Laying a workbook out takes a moment, so every test gets a copy of one."""
    with TemporaryDirectory() as folder:
        book = InWorkbook(Path(folder))
        book.open().lay_out("en")
        return book.path.read_bytes()


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
    """The cells of one column, top down, empty ones included."""
    read = table(store, tab)
    place = columns_of(tab, read.headings, read.title)[key]
    return [row.cells[place] for row in read.rows]

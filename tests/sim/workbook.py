"""What is a world's book when it is an .xlsx file? The product's own store, on a disk that may fail."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl

from tests.sim.desk import Desk
from tests.sim.files import disk
from tests.sim.machine import Machine
from tests.sim.ports import Ports
from tests.sim.programme import type_programme
from tests.stores.books import sheet_of
from tracker.cells import Cell, Formula
from tracker.layout import Tab
from tracker.problems import Stop
from tracker.stores import Store, Table
from tracker.stores.memory import Sheet
from tracker.stores.xlsx import XlsxStore

TODAY = date(2026, 10, 20)
CHECK = "check"
ROWS = 60


class InWorkbook:
    """A workbook in a folder."""

    kind = "xlsx"
    many_machines = False
    in_parts = False

    def __init__(self, folder: Path, content: bytes | None = None) -> None:
        self.folder, self.path = folder, folder / "partners.xlsx"
        self.path.write_bytes(content or begun())
        self._read: tuple[Hashable, dict[Tab, Table]] = (None, {})

    def copy(self) -> InWorkbook:
        raise NotImplementedError("a world on a disk is played, not copied")

    @contextmanager
    def reachable(self, ports: Ports) -> Iterator[None]:
        with disk(ports, str(self.folder)):
            yield

    def store(self, machine: Machine, ports: Ports) -> Store:  # noqa: ARG002
        return XlsxStore(self.path, today=lambda: TODAY)

    def observer(self) -> Store:
        return XlsxStore(self.path, self.folder / "judge", today=lambda: TODAY)

    def stands(self) -> Hashable:
        return sha256(self.path.read_bytes()).hexdigest()

    def number(self) -> int:
        return self.observer().read([]).generation.number

    def settle(self) -> None:
        """Nothing is ever on its way."""

    def get(self, tab: Tab) -> Sheet:
        stands = self.stands()
        if self._read[0] != stands:
            self._read = (stands, {})
            tabs = self._read[1]
            try:
                tabs |= self.observer().read(list(Tab)).tables
            except Stop:  # a tab is away: each of the others for itself
                for one in Tab:
                    with suppress(Stop):
                        tabs |= self.observer().read([one]).tables
        return _sheet(self._read[1][tab])

    def put(self, tab: Tab, sheet: Sheet) -> None:
        book = openpyxl.load_workbook(self.path)
        there = next((one for one in book.worksheets if one.title == sheet.title), None)
        page = there or book.create_sheet(sheet.title)
        before = 1 if there is None else len(self.get(tab).rows) + 1
        width = max(page.max_column, len(sheet.headings))
        for number in range(1, max(before, len(sheet.rows) + 1) + 1):
            cells = sheet.rows[number - 2] if 2 <= number <= len(sheet.rows) + 1 else []
            cells = sheet.headings if number == 1 else cells
            for at in range(width):
                if sheet.headings[at : at + 1] == [CHECK] and there is not None and number > 1:
                    continue  # a formula of every row, which stays where it is
                _typed(page.cell(number, at + 1), cells[at] if at < len(cells) else None)
        book.save(self.path)

    def drop(self, tab: Tab) -> None:
        book = openpyxl.load_workbook(self.path)
        book.remove(sheet_of(book, tab))
        book.save(self.path)


def _typed(cell: Any, value: Cell) -> None:
    if isinstance(value, Formula):
        cell.value = value.text
    elif isinstance(value, str):
        cell.value = value
        cell.data_type = "s"
    elif value is None or isinstance(value, Decimal | date | datetime | bool):
        cell.value = value
    else:
        raise TypeError(f"nobody types {value!r}")


def _sheet(table: Table) -> Sheet:
    rows: list[list[Cell]] = []
    for row in table.rows:
        rows += [[None] * len(table.headings) for _ in range(row.number - 2 - len(rows))]
        rows.append(list(row.cells))
    return Sheet(table.title, list(table.headings), rows)


@cache
def begun() -> bytes:
    """A workbook with the programme in it, made once; every world gets a copy."""
    with TemporaryDirectory() as folder:
        laid_out = XlsxStore(Path(folder) / "laid.xlsx", today=lambda: TODAY)
        laid_out.lay_out("en")
        book = InWorkbook(Path(folder), _shortened(laid_out.path))
        type_programme(Desk(book))
        return book.path.read_bytes()


def _shortened(path: Path) -> bytes:
    """The book with fewer rows of formulas beside rows to come: each costs every save of openpyxl."""
    book = openpyxl.load_workbook(path)
    for page in book.worksheets:
        page.delete_rows(ROWS + 1, max(0, page.max_row - ROWS))
    book.save(path)
    return path.read_bytes()

"""What stands in a workbook? Cells by tab, as they are stored, and the hidden tab's state."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cells import Cell, CellError, blank, shown
from tracker.layout import LAYOUT, Owner, Tab, find_tab, known_columns, title_of
from tracker.problems import Stop
from tracker.stores import Generation, SheetRow, Table
from tracker.stores.written import day_of, number_of
from tracker.stores.xlsx_look import OddCells
from tracker.stores.xlsx_parts import Parts

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

HIDDEN = "_tracker"
GENERATION, NONCE = "generation", "nonce"

Raw = int | float | str | bool | time | date | timedelta


class OpenBook:
    """The content of a workbook's file, opened for reading."""

    def __init__(self, content: bytes, path: Path) -> None:
        """Open it. Raises Stop `book_unreadable`."""
        from python_calamine import CalamineError, CalamineWorkbook

        self._path = path
        try:
            self._parts = Parts(content)
            self._book = CalamineWorkbook.from_filelike(BytesIO(content))
        except (ValueError, CalamineError) as error:
            raise Stop("book_unreadable", path=path) from error
        self.titles = titles_of(self._book.sheet_names)

    def table(self, tab: Tab) -> Table:
        """Read one tab. Raises Stop `tab_missing`, `book_unreadable`."""
        title = title_in(self.titles, tab)
        cells, odd = self._cells(title, with_odd=LAYOUT[tab].owner is not Owner.REPORT)
        headings = _row(cells[0] if cells else [], odd.get(0, {}))
        while headings and headings[-1] is None:
            headings.pop()
        known = known_columns(tab, headings)
        check = known.pop("check", -1)
        for cells_of_row in odd.values():
            # The formula there is ours; what counts is what it shows.
            cells_of_row.pop(check, None)
        last = max((row for row, found in odd.items() if found), default=0)
        rows: list[SheetRow] = []
        for index in range(1, max(len(cells), last + 1)):
            raw = cells[index] if index < len(cells) else []
            if index not in odd and raw.count("") == len(raw):
                continue
            row = _row(raw, odd.get(index, {}))
            if any(not blank(row[place]) for place in known.values() if place < len(row)):
                rows.append(SheetRow(index + 1, row))
        return Table(tab, title, headings, rows)

    def state(self) -> tuple[Generation, Mapping[str, str]]:
        """Read the hidden tab. Raises Stop `hidden_tab_missing`, `book_unreadable`."""
        if HIDDEN not in self._book.sheet_names:
            raise Stop("hidden_tab_missing", path=self._path, tab=HIDDEN)
        cells, _ = self._cells(HIDDEN, with_odd=False)
        pairs = {shown(_cell(row[0])): shown(_cell(row[1])) for row in cells[1:] if len(row) > 1}
        number, nonce = pairs.pop(GENERATION, ""), pairs.pop(NONCE, "")
        if not (number.isascii() and number.isdigit()):
            raise Stop("hidden_tab_missing", path=self._path, tab=HIDDEN)
        pairs.pop("", None)
        return Generation(int(number), nonce), pairs

    def _cells(self, title: str, *, with_odd: bool) -> tuple[list[list[Raw]], OddCells]:
        from python_calamine import CalamineError

        try:
            found = self._parts.look_at(title, odd=with_odd)
            sheet: CalamineSheet = self._book.get_sheet_by_name(title)
            # Without this the rows above and left of the first value are dropped and all shift.
            cells: list[list[Raw]] = sheet.to_python(skip_empty_area=False)
        except (ValueError, KeyError, CalamineError) as error:
            raise Stop("book_unreadable", path=self._path) from error
        return cells, found


def titles_of(titles: Iterable[str]) -> dict[Tab, str]:
    """Find our tabs among a book's titles. Raises Stop `tab_doubled`."""
    found: dict[Tab, str] = {}
    for title in titles:
        tab = find_tab(title)
        if tab is None:
            continue
        if tab in found:
            raise Stop("tab_doubled", first=found[tab], second=title)
        found[tab] = title
    return found


def title_in(titles: Mapping[Tab, str], tab: Tab) -> str:
    """Give the title that a tab has in this book. Raises Stop `tab_missing`."""
    if tab not in titles:
        raise Stop("tab_missing", tab=tab.value, tab_ru=title_of(tab, "ru"))
    return titles[tab]


def _row(raw: Sequence[Raw], odd: Mapping[int, Cell]) -> list[Cell]:
    """Convert one row; a formula without a value may stand beyond the last value of a row."""
    cells = [(value or None) if type(value) is str else _cell(value) for value in raw]
    for column, cell in odd.items():
        cells += [None] * (column + 1 - len(cells))
        cells[column] = cell
    return cells


def _cell(value: Raw) -> Cell:
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return number_of(float(value)) if math.isfinite(value) else CellError(str(value))
    if isinstance(value, date):
        return day_of(value)
    # A time of day or a duration has no day; people mean the text they see.
    return str(value)

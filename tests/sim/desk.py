"""How does the owner work in the book, whatever it is kept in? On whole tabs of typed cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from tracker.cells import Cell, shown
from tracker.layout import LAYOUT, Tab, known_columns
from tracker.stores.memory import Sheet


class Ground(Protocol):
    """Where the cells of a book lie."""

    def get(self, tab: Tab) -> Sheet:
        """Give a copy of a tab as it stands. Raises KeyError for one that is not there."""
        ...

    def put(self, tab: Tab, sheet: Sheet) -> None:
        """Let a tab be so; one that was not there is back."""
        ...

    def drop(self, tab: Tab) -> None:
        """Delete a tab."""
        ...


class Desk:
    """The owner's hands: rows are found by what stands in them, never by number."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground

    def columns(self, tab: Tab) -> dict[str, int]:
        """Where each column of ours stands, by its key."""
        return dict(known_columns(tab, self.ground.get(tab).headings))

    def rows(self, tab: Tab) -> list[dict[str, str]]:
        """What each row shows, by column key, where any column of ours holds something."""
        sheet = self.ground.get(tab)
        columns = known_columns(tab, sheet.headings)
        return [
            {key: shown(row[at]) if at < len(row) else "" for key, at in columns.items()}
            for row in sheet.rows
            if any(row[at] is not None for at in columns.values() if at < len(row))
        ]

    def rows_of(self, order_id: str) -> list[dict[str, str]]:
        """The lines of Commissions about an order, as they stand."""
        return [row for row in self.rows(Tab.COMMISSIONS) if row["order_id"] == order_id]

    def type(self, tab: Tab, *records: Mapping[str, Cell]) -> None:
        """Type rows below the last one."""
        sheet = self.ground.get(tab)
        columns = known_columns(tab, sheet.headings)
        while sheet.rows and all(cell is None for cell in sheet.rows[-1]):
            sheet.rows.pop()
        for record in records:
            row: list[Cell] = [None] * len(sheet.headings)
            for key, value in record.items():
                row[columns[key]] = value
            sheet.rows.append(row)
        self.ground.put(tab, sheet)

    def type_one(self, tab: Tab, **cells: Cell) -> None:
        """Type one row below the last one."""
        self.type(tab, cells)

    def edit(self, tab: Tab, key: str, column: str, value: Cell) -> Cell:
        """Change one cell of the row of that key; give what stood there."""
        sheet = self.ground.get(tab)
        row, at = self._row(tab, sheet, key), known_columns(tab, sheet.headings)[column]
        row += [None] * (at + 1 - len(row))
        before, row[at] = row[at], value
        self.ground.put(tab, sheet)
        return before

    def edit_all(self, tab: Tab, column: str, values: Mapping[str, Cell]) -> None:
        """Change a column in the rows of these keys."""
        sheet = self.ground.get(tab)
        at = known_columns(tab, sheet.headings)[column]
        for key, value in values.items():
            self._row(tab, sheet, key)[at] = value
        self.ground.put(tab, sheet)

    def delete(self, tab: Tab, key: str) -> list[Cell]:
        """Delete the row of that key; give it."""
        sheet = self.ground.get(tab)
        row = self._row(tab, sheet, key)
        sheet.rows[:] = [one for one in sheet.rows if one is not row]
        self.ground.put(tab, sheet)
        return row

    def double(self, tab: Tab, key: str) -> None:
        """Copy the row of that key below the last one."""
        sheet = self.ground.get(tab)
        sheet.rows.append(list(self._row(tab, sheet, key)))
        self.ground.put(tab, sheet)

    def add_row(self, tab: Tab, row: list[Cell]) -> None:
        """Put a row back below the last one, cell by cell."""
        sheet = self.ground.get(tab)
        sheet.rows.append(list(row))
        self.ground.put(tab, sheet)

    def keys(self, tab: Tab) -> list[str]:
        """The keys of the rows, each once."""
        name = LAYOUT[tab].key_column
        return list(dict.fromkeys(row[name] for row in self.rows(tab) if row.get(name)))

    def _row(self, tab: Tab, sheet: Sheet, key: str) -> list[Cell]:
        at = known_columns(tab, sheet.headings)[LAYOUT[tab].key_column]
        return next(row for row in sheet.rows if at < len(row) and shown(row[at]) == key)


def read_record(row: Sequence[Cell], columns: Mapping[str, int]) -> dict[str, Cell]:
    """The cells of a row by column key."""
    return {key: row[at] if at < len(row) else None for key, at in columns.items()}

"""How is one row read? By heading, cell by cell; a bad cell costs the row, not the run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import TypeVar

from tracker import cells, rates
from tracker.cells import Cell, NotUnderstood
from tracker.layout import LAYOUT, Tab, address, choice_value, columns_of
from tracker.money import BOOKED_MINOR_MAX
from tracker.problems import Problem, params
from tracker.rates import Rate
from tracker.stores import SheetRow, Table

T = TypeVar("T")


class BadCell(Exception):
    """A cell of the row at hand cannot be read: which column, which sentence, what it shows."""

    def __init__(
        self, column: str, code: str, shown: str, limits: tuple[int, int] | None = None
    ) -> None:
        super().__init__(f"{column}: {code}")
        self.limits = limits
        self.column = column
        self.code = code
        self.shown = shown


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a tab, its cells by column key."""

    tab: Tab
    columns: Mapping[str, int]
    row: SheetRow

    def cell(self, column: str) -> Cell:
        """The cell as stored; None where the column is missing or the row ends before it."""
        try:
            return self.row.cells[self.columns[column]]
        except (KeyError, IndexError):
            return None

    def at(self, column: str) -> str:
        """The cell's address."""
        return address(self.columns.get(column, 0), self.row.number)

    def has(self, column: str) -> bool:
        """Whether something is typed there."""
        return not cells.blank(self.cell(column))

    def text(self, column: str) -> str:
        """The cell as text; empty for an empty cell."""
        return self._read(column, cells.read_text)

    def rate(self, column: str) -> Rate | None:
        """The cell as a rate; None for an empty cell."""
        return self._read(column, rates.read_rate) if self.has(column) else None

    def day(self, column: str) -> date | None:
        """The cell as a day; None for an empty cell."""
        return self._read(column, cells.read_date) if self.has(column) else None

    def time_of_day(self, column: str) -> time | None:
        """The cell as a time of day; None for an empty cell."""
        return self._read(column, cells.read_time) if self.has(column) else None

    def minor(self, column: str, currency: str) -> int:
        """The cell as minor units of the currency."""
        return self._read(column, lambda cell: cells.read_minor(cell, currency))

    def booked(self, column: str, currency: str) -> int:
        """The cell as minor units that are to be booked: no account holds more of them."""
        minor = self.minor(column, currency)
        if abs(minor) >= BOOKED_MINOR_MAX:
            raise BadCell(column, "amount_too_big", self.text(column))
        return minor

    def currency(self, column: str, usual: str) -> str:
        """The cell as a currency; the usual one for an empty cell."""
        return self._read(column, cells.read_currency) if self.has(column) else usual

    def whole(self, column: str, low: int, high: int) -> int | None:
        """The cell as a whole number; None for an empty cell."""
        if not self.has(column):
            return None
        return self._read(column, lambda cell: cells.read_whole(cell, low, high))

    def choice(self, column: str, usual: str) -> str:
        """The cell as one of its column's words; the usual one for an empty cell."""
        text = self.text(column)
        if not text:
            return usual
        found = choice_value(LAYOUT[self.tab].column(column), text)
        if found is None:
            raise BadCell(column, "choice_unknown", text)
        return found

    def _read(self, column: str, reader: Callable[[Cell], T]) -> T:
        try:
            return reader(self.cell(column))
        except NotUnderstood as refusal:
            raise BadCell(column, refusal.code, refusal.shown, refusal.limits) from None


class Addresses(Mapping[str, str]):
    """The address of each cell of a row, made only when a problem names one."""

    __slots__ = ("_row",)

    def __init__(self, row: Row) -> None:
        self._row = row

    def __getitem__(self, column: str) -> str:
        """Give the address of a column's cell. Raises KeyError for one the tab does not have."""
        self._row.columns[column]
        return self._row.at(column)

    def __iter__(self) -> Iterator[str]:
        """Every column of the row's tab."""
        return iter(self._row.columns)

    def __len__(self) -> int:
        """How many columns there are."""
        return len(self._row.columns)


@dataclass(slots=True)
class Reading:
    """What reading the tabs of one book found wrong, so far."""

    problems: list[Problem]
    unreadable: dict[str, set[str]]

    def bad(
        self,
        row: Row,
        column: str,
        code: str,
        key: str,
        shown: str,
        limits: tuple[int, int] | None = None,
    ) -> None:
        """Note a problem of one cell."""
        fitting = {} if limits is None else {"low": limits[0], "high": limits[1]}
        said = params(column=column, shown=shown[:60], key=key, **fitting)
        self.problems.append(
            Problem(tab=row.tab.value, cell=row.at(column), code=code, params=said, key=key)
        )

    def lost(self, tab: Tab, key: str) -> None:
        """Remember that a row cannot be used: what is booked for it stands."""
        self.unreadable.setdefault(tab.value, set()).add(key)

    def _nameless(self, row: Row) -> None:
        """Remember a partner's row whose id was lost: any row that seems to be gone may be it."""
        if row.has("partner_id"):
            self.lost(row.tab, "")

    def understood(self, row: Row, key: str, read: Callable[[Row], T]) -> T | None:
        """Read a row; a cell that cannot be read is a problem and costs the row."""
        try:
            return read(row)
        except BadCell as bad:
            self.bad(row, bad.column, bad.code, key, bad.shown, bad.limits)
            self.lost(row.tab, key)
            return None

    def keyed(self, table: Table, column: str, *, once: bool = True) -> Iterator[tuple[str, Row]]:
        """Give the rows of a tab by key.

        A blank key, or one met twice where it must not be, is a problem; such rows are left out.
        """
        rows: list[tuple[str, Row]] = []
        for row in rows_of(table):
            try:
                key = row.text(column)
            except BadCell as bad:
                self.bad(row, column, bad.code, "", bad.shown)
                self._nameless(row)
                continue
            if not key:
                self.bad(row, column, "row_without_id", "", "")
                self._nameless(row)
                continue
            rows.append((key, row))
        times = Counter(key for key, _ in rows)
        for key, row in rows:
            if once and times[key] > 1:
                self.bad(row, column, "id_twice", key, key)
                self.lost(row.tab, key)
            else:
                yield key, row


def rows_of(table: Table) -> Iterator[Row]:
    """The rows of a tab that hold anything in a column of ours.

    Raises Stop when a heading is missing or doubled: before anything is written.
    """
    columns = columns_of(table.tab, table.headings, table.title)
    ours = [index for key, index in columns.items() if key != "check"]
    for row in table.rows:
        if any(index < len(row.cells) and not cells.blank(row.cells[index]) for index in ours):
            yield Row(table.tab, columns, row)

"""What is a spreadsheet made of? Sheets of rows of cells, and marks that move with them.

Values and looks are kept apart, both as tuples that are never changed in place: a sheet of
100,000 rows is copied for an atomic batch by copying three lists, and rows of the same look
share one tuple.

Learned from: a new spreadsheet has one sheet of id 0 and 1000 rows by 26 columns [cassette
test_access_private_spreadsheet]; kinds of cell contents, looks, marks and ranges [disc]; 10 million
cells counted with the blank ones [issues]; a row is 21 pixels high, a column 100 wide [doc].
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from tests.google.errors import TOO_MANY_CELLS, Json, invalid, no_grid

CELLS_MAX = 10_000_000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Formula:
    text: str


Value = str | int | float | bool | Formula | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What a cell has beside its value."""

    format: Json | None = None
    note: str = ""
    validation: Json | None = None


Looks = tuple[Look | None, ...]


@dataclass(frozen=True, slots=True)
class Dimension:
    """A row or a column: its size in pixels, and why it does not show."""

    pixels: int
    hidden_by_user: bool = False
    hidden_by_filter: bool = False


ROW, COLUMN = Dimension(21), Dimension(100)


@dataclass(slots=True)
class Sheet:
    """One tab. `rows` and `looks` have an entry for every row of the grid, ragged to the right."""

    sheet_id: int
    properties: Json
    rows: list[Row] = field(default_factory=list)
    looks: list[Looks] = field(default_factory=list)
    row_dims: list[Dimension] = field(default_factory=list)
    column_dims: list[Dimension] = field(default_factory=list)
    objects: dict[str, list[Json]] = field(default_factory=dict)
    basic_filter: Json | None = None

    @classmethod
    def blank(cls, sheet_id: int, title: str, rows: int = 1000, columns: int = 26) -> Sheet:
        sheet = cls(sheet_id, {"title": title, "sheetType": "GRID", "gridProperties": {}})
        sheet.insert_rows(0, rows)
        sheet.column_dims = [COLUMN] * columns
        return sheet

    @property
    def title(self) -> str:
        return str(self.properties["title"])

    @property
    def is_grid(self) -> bool:
        return bool(self.properties["sheetType"] == "GRID")

    @property
    def row_count(self) -> int:
        return len(self.rows)

    @property
    def column_count(self) -> int:
        return len(self.column_dims)

    @property
    def frozen_rows(self) -> int:
        return int(self.properties["gridProperties"].get("frozenRowCount", 0))

    def copy(self) -> Sheet:
        return replace(
            self,
            properties=dict(self.properties),
            rows=self.rows.copy(),
            looks=self.looks.copy(),
            row_dims=self.row_dims.copy(),
            column_dims=self.column_dims.copy(),
            objects={kind: list(these) for kind, these in self.objects.items()},
        )

    def insert_rows(self, at: int, count: int, looks: Looks = (), dim: Dimension = ROW) -> None:
        self.rows[at:at] = [()] * count
        self.looks[at:at] = [looks] * count
        self.row_dims[at:at] = [dim] * count

    def value(self, row: int, column: int) -> Value:
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None

    def look(self, row: int, column: int) -> Look | None:
        looks = self.looks[row]
        return looks[column] if column < len(looks) else None

    def put(self, row: int, left: int, values: Sequence[Value]) -> None:
        """Set the values of cells side by side; None empties a cell."""
        self.rows[row] = trimmed(spliced(self.rows[row], left, values))

    def dress(self, row: int, left: int, looks: Sequence[Look | None]) -> None:
        self.looks[row] = spliced(self.looks[row], left, looks)

    def these(self, kind: str) -> list[Json]:
        """Give the list of objects of this kind (`protectedRanges`, `charts` ...)."""
        return self.objects.setdefault(kind, [])

    def last_row(self) -> int:
        """Give the index after the last row that holds a value."""
        row = self.row_count
        while row and not self.rows[row - 1]:
            row -= 1
        return row


def spliced(
    cells: tuple[T | None, ...], left: int, new: Sequence[T | None]
) -> tuple[T | None, ...]:
    gap = (None,) * (left - len(cells))
    return (*cells[:left], *gap, *new, *cells[left + len(new) :])


def trimmed(row: Row) -> Row:
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return row if end == len(row) else row[:end]


@dataclass(slots=True)
class Book:
    """A spreadsheet. `share` tells what each e-mail may do: owner, writer or reader."""

    spreadsheet_id: str
    title: str
    locale: str
    zone: str
    share: dict[str, str]
    sheets: list[Sheet] = field(default_factory=list)
    metadata: list[Json] = field(default_factory=list)
    named: list[Json] = field(default_factory=list)
    office_file: bool = False

    def copy(self) -> Book:
        return replace(
            self,
            sheets=[sheet.copy() for sheet in self.sheets],
            share=dict(self.share),
            metadata=list(self.metadata),
            named=list(self.named),
        )

    def sheet(self, sheet_id: int) -> Sheet:
        """Find a grid by its id. Raises Refused "No grid with id"."""
        for sheet in self.sheets:
            if sheet.sheet_id == sheet_id and sheet.is_grid:
                return sheet
        raise no_grid(sheet_id)

    def titled(self, title: str) -> Sheet | None:
        folded = title.casefold()
        return next((one for one in self.sheets if one.title.casefold() == folded), None)

    @property
    def cells(self) -> int:
        return sum(sheet.row_count * sheet.column_count for sheet in self.sheets)

    def refuse_more_cells(self) -> None:
        """Refuse when the last change made too many. Raises Refused."""
        if self.cells > CELLS_MAX:
            raise invalid(TOO_MANY_CELLS)

    def fresh_id(self, taken: Iterable[int]) -> int:
        """Choose an id that is not in use; Google's are random, these only look it."""
        used = set(taken)
        number = 1_655_201_162
        while number in used:
            number = (number * 48_271) % 2_147_483_647
        return number

"""Which cells does `'My tab'!A2:C` mean, and how is a range written back?

Learned from:
- tab alone, open ends, tab in quotes, doubled quote [doc, A1 notation];
- the range in an answer is closed and cut to the grid: `Sheet1!A2:Z2` for `A2:2`, `Sheet1!A1:Z1000`
  for the whole tab, one cell as `Sheet1!B3` [cassettes test_append_row_with_empty_value,
  test_get_all_values_date_time_render_options, test_insert_row];
- quotes where the title is no plain word or looks like a cell: `'D3'!B1` [cassette
  test_update_cell]; a Cyrillic title in quotes [inferred];
- titles are compared without regard to case [inferred];
- a range that begins beyond the grid: 400 "exceeds grid limits" [issues], one that only ends
  beyond it is cut [issues];
- no such tab, or no range at all: 400 "Unable to parse range" [gargle's recorded errors].
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.google.errors import Json, invalid
from tests.google.grid import Book, Sheet

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LIKE_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*")
_ENDS = re.compile(r"\$?([A-Za-z]{1,3})?\$?([0-9]+)?")


@dataclass(frozen=True, slots=True)
class Area:
    """Cells of one sheet; ends are exclusive."""

    sheet: Sheet
    top: int
    left: int
    bottom: int
    right: int

    @property
    def text(self) -> str:
        first = f"{letters(self.left)}{self.top + 1}"
        last = f"{letters(self.right - 1)}{self.bottom}"
        return f"{quoted(self.sheet.title)}!{first}" + (f":{last}" if last != first else "")


def letters(column: int) -> str:
    """Write a column, counted from 0: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_of(name: str) -> int:
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def quoted(title: str) -> str:
    if _PLAIN.fullmatch(title) and not _LIKE_CELL.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def find(book: Book, text: str, *, growing: bool = False) -> Area:
    """Find the cells of an A1 range. `growing` lets it begin beyond the grid (append)."""
    sheet, cells = _split(book, text)
    if sheet is None:
        named = next((one for one in book.named if one["name"] == text), None)
        if named is None:
            raise invalid(f"Unable to parse range: {text}")
        return of_grid_range(book, named["range"])
    bounds = _bounds(cells, text)
    return _cut(sheet, bounds, text, growing=growing)


def _split(book: Book, text: str) -> tuple[Sheet | None, str]:
    if "!" in text:
        title, _, cells = text.rpartition("!")
        return book.titled(_bare(title)), cells
    whole = book.titled(_bare(text))
    if whole is not None:
        return whole, ""
    if _ends_of(text) is None or not text:
        return None, ""
    return next(one for one in book.sheets if one.is_grid), text


def _bare(title: str) -> str:
    if len(title) > 1 and title[0] == title[-1] == "'":
        return title[1:-1].replace("''", "'")
    return title


def _ends_of(cells: str) -> list[tuple[str | None, str | None]] | None:
    found = [_ENDS.fullmatch(end) for end in cells.split(":")]
    if len(found) > 2 or any(one is None or not one[0] for one in found):
        return None
    return [(one[1], one[2]) for one in found if one]


def _bounds(cells: str, text: str) -> tuple[int, int, int | None, int | None]:
    if not cells:
        return 0, 0, None, None
    ends = _ends_of(cells)
    if ends is None or (len(ends) == 1 and None in ends[0]):
        raise invalid(f"Unable to parse range: {text}")
    (left, top), (right, bottom) = ends[0], ends[-1]
    rows = sorted(int(one) for one in (top, bottom) if one)
    columns = sorted(column_of(one) for one in (left, right) if one)
    first_row = rows[0] - 1 if rows else 0
    first_column = columns[0] if columns else 0
    return (
        first_row,
        first_column,
        rows[-1] if bottom and rows else None,
        columns[-1] + 1 if right and columns else None,
    )


def _cut(
    sheet: Sheet, bounds: tuple[int, int, int | None, int | None], text: str, *, growing: bool
) -> Area:
    top, left, bottom, right = bounds
    if not growing and (top >= sheet.row_count or left >= sheet.column_count):
        raise invalid(
            f"Range ({text}) exceeds grid limits. "
            f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
        )
    low = sheet.row_count if bottom is None else min(bottom, sheet.row_count)
    far = sheet.column_count if right is None else min(right, sheet.column_count)
    return Area(sheet, top, left, max(low, top + 1), max(far, left + 1))


def of_grid_range(book: Book, grid_range: Json) -> Area:
    """Find the cells of a GridRange; missing indexes are open [disc]. Raises Refused."""
    sheet = book.sheet(int(grid_range.get("sheetId") or 0))
    top = int(grid_range.get("startRowIndex") or 0)
    left = int(grid_range.get("startColumnIndex") or 0)
    bottom, right = grid_range.get("endRowIndex"), grid_range.get("endColumnIndex")
    bounds = (top, left, _int(bottom), _int(right))
    for start, end in ((top, bottom), (left, right)):
        if start < 0 or (end is not None and int(end) <= start):
            raise invalid(f"Range end index must be greater than start index: {grid_range}")
    shown = f"{quoted(sheet.title)}!{letters(left)}{top + 1}"
    return _cut(sheet, bounds, shown, growing=False)


def _int(value: object) -> int | None:
    return None if value is None else int(str(value))

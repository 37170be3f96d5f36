"""Where does the table end that values.append adds to?

Learned from: see values.py, which holds what is known of values.append.
"""

from __future__ import annotations

from tests.google.a1 import Area
from tests.google.grid import Sheet


def last_table(area: Area) -> Area | None:
    """Find the last block of touching cells that the area meets; None when it is blank."""
    start = _last_cell(area)
    if start is None:
        return None
    sheet = area.sheet
    top = bottom = start[0]
    left = right = start[1]
    while True:
        before = (top, left, bottom, right)
        while left > 0 and _filled(sheet, left - 1, top - 1, bottom + 1):
            left -= 1
        while right + 1 < sheet.column_count and _filled(sheet, right + 1, top - 1, bottom + 1):
            right += 1
        while top > 0 and _any(sheet, top - 1, left - 1, right + 1):
            top -= 1
        while bottom + 1 < sheet.row_count and _any(sheet, bottom + 1, left - 1, right + 1):
            bottom += 1
        if before == (top, left, bottom, right):
            return Area(sheet, top, left, bottom + 1, right + 1)


def _last_cell(area: Area) -> tuple[int, int] | None:
    for row in range(min(area.bottom, area.sheet.row_count) - 1, area.top - 1, -1):
        cells = area.sheet.rows[row]
        for column in range(min(area.right, len(cells)) - 1, area.left - 1, -1):
            if cells[column] is not None:
                return row, column
    return None


def _any(sheet: Sheet, row: int, left: int, right: int) -> bool:
    cells = sheet.rows[row][max(left, 0) : right + 1]
    return any(cell is not None for cell in cells)


def _filled(sheet: Sheet, column: int, top: int, bottom: int) -> bool:
    rows = sheet.rows[max(top, 0) : bottom + 1]
    return any(len(row) > column and row[column] is not None for row in rows)

"""A column was moved while a report was rewritten: what stood in the owner's cells before?

A report is written over, so its cells may have gone into a column of the owner's. Those were read a
moment before; their values are put back, found by the heading and not by the place. A formula of
the owner's comes back as the value that it had.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.layout import known_columns
from tracker.stores.google_sheets.appending import VALUES, Batch, Placed
from tracker.stores.google_sheets.grid import Raw
from tracker.stores.google_sheets.reading import Grid
from tracker.stores.google_sheets.standing import SheetInfo
from tracker.stores.google_sheets.undo import moved


def put_back(batch: Batch, one: Placed, before: Grid, now: Grid, sheet: SheetInfo) -> None:
    """Add to a batch what makes the owner's columns of a report as they were.

    Raises Stop `google_columns_moved` when two columns of the owner's cannot be told apart.
    """
    written = set(one.columns.values())
    ours = set(known_columns(one.tab, [text or None for text in now.headings]).values())
    own = [place for place in range(_width(now)) if place not in ours]
    intact = [_column(now, place) for place in own if place not in written]
    lost = [
        found
        for place in range(_width(before))
        if place not in written
        and any((found := _column(before, place))[1:])
        and found not in intact
    ]
    for place in sorted(written - ours):
        heading = _at(now.headings, place)
        fitting = [found for found in lost if found[0] == heading]
        alike = [other for other in written - ours if _at(now.headings, other) == heading]
        if fitting and len(fitting) + len(alike) > 2:
            raise moved(one)
        _fill(batch, sheet, place, fitting[0] if fitting else [heading])


def _fill(batch: Batch, sheet: SheetInfo, place: int, column: Sequence[Raw]) -> None:
    """Write one column below its heading; what it does not reach becomes blank."""
    area = {
        "sheetId": sheet.sheet_id,
        "startRowIndex": 1,
        "endRowIndex": sheet.rows,
        "startColumnIndex": place,
        "endColumnIndex": place + 1,
    }
    rows = [{"values": [_cell(raw)]} for raw in column[1 : sheet.rows]]
    batch.add({"updateCells": {"range": area, "rows": rows, "fields": VALUES}}, sheet.title)


def _column(grid: Grid, place: int) -> list[Raw]:
    """A column from its heading down, blank cells as None."""
    rows = dict(grid.rows)
    last = max(rows, default=1)
    cells = [_at(rows.get(number, ()), place) for number in range(2, last + 1)]
    while cells and cells[-1] is None:
        cells.pop()
    return [_at(grid.headings, place), *cells]


def _width(grid: Grid) -> int:
    return max(len(grid.headings), *(len(cells) for _, cells in grid.rows), 0)


def _at(cells: Sequence[Raw], place: int) -> Raw:
    found = cells[place] if place < len(cells) else None
    return None if found == "" else found


def _cell(raw: Raw) -> dict[str, Any]:
    if raw is None:
        return {}
    name = "boolValue" if isinstance(raw, bool) else "numberValue"
    return {VALUES: {"stringValue" if isinstance(raw, str) else name: raw}}

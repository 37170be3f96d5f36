"""Of which steps are probes made? Rows put and inserted, what is expected, what was refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tracker.cells import Cell
from tracker.stores.google_sheets.appending import VALUES
from tracker.stores.google_sheets.fence import Request
from tracker.stores.google_sheets.grid import typed
from tracker.stores.google_sheets.live_bench import Bench, Broken, said
from tracker.stores.google_sheets.wire import Json, Refused

Seen = tuple[str, Mapping[str, object]] | None
"""What a probe saw, worth telling: a code of `tracker.sentences.live.SEEN` with its values."""

Probe = Callable[[Bench], Seen]

WHOLE = {"spreadsheet": True}


def put(bench: Bench, row: int, cells: Sequence[Cell], sheet_id: int | None = None) -> Request:
    """Write cells into a row (from 0), from its first column on, as the store writes them."""
    data = [{VALUES: typed(cell)} if typed(cell) else {} for cell in cells]
    return update(bench, row, data, VALUES, sheet_id)


def put_formula(bench: Bench, row: int, column: int, formula: str) -> Request:
    """Write a formula into one cell (from 0)."""
    data: list[Json] = [{}] * column
    return update(bench, row, [*data, {VALUES: {"formulaValue": formula}}], VALUES)


def update(
    bench: Bench, row: int, data: Sequence[Json], fields: str, sheet_id: int | None = None
) -> Request:
    """Write CellData into a row (from 0)."""
    sheet = bench.tab.sheet_id if sheet_id is None else sheet_id
    start = {"sheetId": sheet, "rowIndex": row, "columnIndex": 0}
    rows = [{"values": list(data)}]
    return {"updateCells": {"start": start, "rows": rows, "fields": fields}}


def insert(bench: Bench, start: int, end: int, *, before: bool = False) -> Request:
    """Insert rows (from 0, before the end), looking like the row before them or not."""
    place = {"sheetId": bench.tab.sheet_id, "dimension": "ROWS"}
    span = place | {"startIndex": start, "endIndex": end}
    return {"insertDimension": {"range": span, "inheritFromBefore": before}}


def column(bench: Bench, place: int, first: int, end: int) -> dict[str, int]:
    """Some rows of one column (from 0, before the end)."""
    rows = {"startRowIndex": first, "endRowIndex": end}
    columns = {"startColumnIndex": place, "endColumnIndex": place + 1}
    return {"sheetId": bench.tab.sheet_id} | rows | columns


def expect(got: object, wanted: object) -> None:
    """Go on if it is so. Raises Broken."""
    if got != wanted:
        raise Broken("otherwise", got=got, wanted=wanted)


def refused(answer: Json | Refused) -> dict[str, object]:
    """Google's words, where it should refuse what was asked. Raises Broken."""
    if not isinstance(answer, Refused):
        raise Broken("accepted")
    return said(answer)


def formulas_in(bench: Bench, area: str) -> list[Any]:
    """The formulas of the cells in an area such as `A1:A3`."""
    cells = bench.cells(area, "userEnteredValue.formulaValue")
    return [cell.get(VALUES, {}).get("formulaValue") for cell in cells]


def marks_left(bench: Bench) -> list[int]:
    """The ids of the spreadsheet's own developer metadata."""
    answer = bench.whole("developerMetadata(metadataId)")
    return [int(one.get("metadataId", 0)) for one in answer.get("developerMetadata", ())]

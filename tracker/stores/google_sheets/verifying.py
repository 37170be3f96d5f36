"""Do the cells of a batch stand under their headings? Its own answer shows the state it left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.cells import Cell
from tracker.layout import known_columns
from tracker.stores.google_sheets.appending import Batch, Placed
from tracker.stores.google_sheets.grid import Raw, raw_of, untyped

FIELDS = (
    "spreadsheetId,updatedSpreadsheet.developerMetadata.metadataId,"
    "updatedSpreadsheet.sheets(properties.sheetId,"
    "data(startRow,startColumn,rowData.values.effectiveValue))"
)

Shown = dict[int, list[tuple[int, int, list[list[Raw]]]]]
"""By sheet id: the first row and column of each range in the answer, and its values."""


def misplaced(answer: Mapping[str, Any], batch: Batch) -> list[Placed]:
    """Which of the batch's rows do not stand where they should, by the answer to it."""
    shown = _shown(answer)
    return [one for one in batch.placed if not _stands(one, shown.get(one.sheet.sheet_id, []))]


def on_older_version(answer: Mapping[str, Any], base: int, batch: Batch) -> bool:
    """Whether the batch landed on an older version, put back since the one it builds on was read.

    `base` is the number of the fence that was there then. An answer that does not show the
    batch's own fence either tells nothing.
    """
    marks = answer.get("updatedSpreadsheet", {}).get("developerMetadata", ())
    shown = {int(mark.get("metadataId", 0)) for mark in marks}
    return batch.generation.number in shown and base not in shown


def same_columns(one: Placed, headings: Sequence[Cell]) -> bool:
    """Whether every column is still where the rows were written for."""
    return known_columns(one.tab, headings) == dict(one.columns)


def _stands(one: Placed, ranges: Sequence[tuple[int, int, list[list[Raw]]]]) -> bool:
    heading = next((rows for top, _, rows in ranges if top == 0), None)
    if not heading:
        return False
    texts = [raw if isinstance(raw, str) and raw else None for raw in heading[0]]
    if not same_columns(one, texts):
        return False
    if one.start is None:
        return True
    keys = next((rows for top, _, rows in ranges if top == one.start), [])
    found = [row[0] if row else None for row in keys]
    found += [None] * (len(one.rows) - len(found))
    return found == [raw_of(row[one.key_place]) for row in one.rows]


def _shown(answer: Mapping[str, Any]) -> Shown:
    found: Shown = {}
    for sheet in answer.get("updatedSpreadsheet", {}).get("sheets", ()):
        sheet_id = int(sheet.get("properties", {}).get("sheetId", 0))
        for data in sheet.get("data", ()):
            rows = [
                [untyped(cell.get("effectiveValue", {})) for cell in row.get("values", ())]
                for row in data.get("rowData", ())
            ]
            place = int(data.get("startRow", 0)), int(data.get("startColumn", 0))
            found.setdefault(sheet_id, []).append((*place, rows))
    return found

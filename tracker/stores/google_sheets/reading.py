"""What stands in the tabs? One call for all that is asked, by the ids of the sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.cells import Cell, blank
from tracker.layout import LAYOUT, Owner, Tab, known_columns
from tracker.problems import Stop
from tracker.stores import SheetRow, Table
from tracker.stores.google_sheets.cache import RawRow
from tracker.stores.google_sheets.grid import Raw, kinds_of, read_cell
from tracker.stores.google_sheets.standing import SheetInfo

Area = tuple[int, int, int | None, int, int | None]
"""A sheet's id, its first row and the one after the last, its first column and the one after."""

LEDGERS = frozenset(
    tab for tab, spec in LAYOUT.items() if spec.owner is Owner.LEDGER and tab is not Tab.PAYOUTS
)
"""Tabs that only the program fills: known from the cache while nobody has committed."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The values of one sheet: its heading row, and the rows below that have any value."""

    headings: Sequence[Raw]
    rows: Sequence[RawRow]


def heading_area(sheet: SheetInfo) -> Area:
    """The first row of a sheet."""
    return (sheet.sheet_id, 0, 1, 0, None)


def areas_of(sheet: SheetInfo, check: int | None) -> list[Area]:
    """What to ask for to know a whole sheet.

    Formulas that come to nothing are sent as empty texts, a thousand rows of them for each tab:
    where the place of that column is known, it is left out.
    """
    if check is None:
        return [(sheet.sheet_id, 0, None, 0, None)]
    areas: list[Area] = [heading_area(sheet)]
    if sheet.rows < 2:
        return areas
    if check > 0:
        areas.append((sheet.sheet_id, 1, None, 0, check))
    if sheet.columns > check + 1:
        areas.append((sheet.sheet_id, 1, None, check + 1, None))
    return areas


def question(areas: Iterable[Area]) -> dict[str, Any]:
    """The body of values:batchGetByDataFilter."""
    return {
        "dataFilters": [{"gridRange": _range(area)} for area in areas],
        "majorDimension": "ROWS",
        "valueRenderOption": "UNFORMATTED_VALUE",
        "dateTimeRenderOption": "SERIAL_NUMBER",
    }


def answers(said: Mapping[str, Any], areas: Sequence[Area]) -> dict[Area, list[list[Raw]]]:
    """The rows of every area that was asked for, each from its own first row.

    Raises Stop `google_odd_answer` when one is missing: an area without an answer is not an
    empty one.
    """
    found: dict[Area, list[list[Raw]]] = {}
    matched = said.get("valueRanges", [])
    for one in matched:
        for asked in one.get("dataFilters", ()):
            found[_area(asked.get("gridRange", {}))] = _values(one)
    if all(area in found for area in areas):
        return found
    if len(matched) != len(areas):
        raise Stop("google_odd_answer")
    # The ranges are repeated in another form than ours: by their order then. Were that wrong too,
    # the headings would be, and nothing is written without them.
    return {area: _values(one) for area, one in zip(areas, matched, strict=True)}


def _values(matched: Mapping[str, Any]) -> list[list[Raw]]:
    values: list[list[Raw]] = matched.get("valueRange", {}).get("values", [])
    return values


def grid_of(areas: Sequence[Area], found: Mapping[Area, list[list[Raw]]]) -> Grid:
    """Put the areas of one sheet together."""
    rows: dict[int, list[Raw]] = {}
    for area in areas:
        _, top, _, left, _ = area
        for number, values in enumerate(found[area], top + 1):
            row = rows.setdefault(number, [])
            row += [None] * (left - len(row))
            row[left : left + len(values)] = values
    headings = rows.pop(1, [])
    return Grid(headings, sorted((number, row) for number, row in rows.items() if _any(row)))


def table_of(tab: Tab, sheet: SheetInfo, grid: Grid, slips: range = range(0)) -> Table:
    """Understand a sheet as one of our tabs: rows that are blank in our columns are left out.

    `slips` are days that may stand where a person typed a sum (`grid.slips_of`).
    """
    slips = slips if LAYOUT[tab].owner in {Owner.OWNER, Owner.INBOX} else range(0)
    headings = [_heading(raw) for raw in grid.headings]
    while headings and headings[-1] is None:
        headings.pop()
    kinds = kinds_of(tab, headings)
    ours = known_columns(tab, headings)
    ours.pop("check", None)
    rows: list[SheetRow] = []
    for number, raws in grid.rows:
        cells = [read_cell(raw, kinds.get(place), slips) for place, raw in enumerate(raws)]
        if any(not blank(cells[place]) for place in ours.values() if place < len(cells)):
            rows.append(SheetRow(number, cells))
    return Table(tab, sheet.title, headings, rows)


def pairs_of(grid: Grid) -> dict[str, str]:
    """The keys and values of the hidden tab."""
    return {
        str(cells[0]): str(cells[1]) if len(cells) > 1 and cells[1] is not None else ""
        for _, cells in grid.rows
        if cells and cells[0]
    }


def _heading(raw: Raw) -> Cell:
    return raw if isinstance(raw, str) and raw else None


def _any(row: Sequence[Raw]) -> bool:
    return any(raw not in {None, ""} for raw in row)


def _range(area: Area) -> dict[str, int]:
    sheet, top, bottom, left, right = area
    ends = {"startRowIndex": top or None, "endRowIndex": bottom}
    ends |= {"startColumnIndex": left or None, "endColumnIndex": right}
    return {"sheetId": sheet} | {name: end for name, end in ends.items() if end is not None}


def _area(said: Mapping[str, Any]) -> Area:
    """Read a range as Google repeats it: what is zero is left out."""
    return (
        int(said.get("sheetId", 0)),
        int(said.get("startRowIndex", 0)),
        said.get("endRowIndex"),
        int(said.get("startColumnIndex", 0)),
        said.get("endColumnIndex"),
    )

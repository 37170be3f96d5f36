"""What does spreadsheets.get tell of a spreadsheet?

Learned from:
- spreadsheetId, properties, sheets, spreadsheetUrl; sheetId and index of a sheet's properties
  stand there even when they are 0 [cassette test_access_private_spreadsheet]; elsewhere what is
  zero, false or empty is left out, so is sheetId 0 of a range while startRowIndex 0 is not
  [cassette test_add_protected_range_normal];
- grid data come with includeGridData or with a mask that names them, which then counts alone; one
  GridData for each range of a sheet; only the sheets of the ranges are told [disc, spreadsheets.get,
  Sheet.data];
- startRow and startColumn are left out at 0; userEnteredValue, effectiveValue, formattedValue of a
  cell; developerMetadata of the spreadsheet, of a sheet, of rows and columns [disc];
- rows and cells that are blank at the end are left out of rowData [inferred]; effectiveFormat is the
  entered one, without conditional formats [the fake's own limit]; the theme is left out [the same].
"""

from __future__ import annotations

from typing import Any

from tests.google import masks
from tests.google.a1 import Area
from tests.google.change import Change, stored
from tests.google.errors import Json
from tests.google.formulas import Calculator
from tests.google.grid import Dimension, Formula, Look, Sheet, Value
from tests.google.masks import wants
from tests.google.places import place
from tests.google.render import extended, number_format, shown
from tests.google.tabs import properties_of

_ZERO = frozenset({"sheetId", "rowIndex", "columnIndex"})
_FALSE = frozenset(
    "hidden warningOnly requestingUserCanEdit strict showCustomUi rightToLeft hideGridlines".split()
)
_OBJECTS = ("merges", "conditionalFormats", "protectedRanges", "charts", "bandedRanges")


def lean(message: Any) -> Any:
    """Leave out what proto3 leaves out: sheetId 0 of a range, false; not of properties or places."""
    if isinstance(message, list):
        return [lean(one) for one in message]
    if not isinstance(message, dict):
        return message
    told = "title" in message or "locationType" in message
    return {
        key: lean(one)
        for key, one in message.items()
        if not (key in _ZERO and one == 0 and not told) and not (key in _FALSE and one is False)
    }


def spreadsheet(
    change: Change, tree: masks.Tree | None, areas: list[Area] | None, *, grid_data: bool
) -> Json:
    """Tell the spreadsheet; `tree` is the mask, `areas` the ranges asked for (None: all)."""
    asked = tree if tree is not None else {}
    with_data = wants(asked, "sheets", "data") if tree is not None else grid_data
    book = change.book
    told: Json = {"spreadsheetId": book.spreadsheet_id, "properties": _properties(change)}
    if wants(asked, "sheets"):
        inside = masks.below(asked, "sheets")
        sheets = [one for one in book.sheets if areas is None or any(a.sheet is one for a in areas)]
        told["sheets"] = [_sheet(change, one, inside, areas, with_data=with_data) for one in sheets]
    if book.named:
        told["namedRanges"] = lean(book.named)
    told["spreadsheetUrl"] = f"https://docs.google.com/spreadsheets/d/{book.spreadsheet_id}/edit"
    own = [one for one in book.metadata if one["location"]["locationType"] == "SPREADSHEET"]
    if own:
        told["developerMetadata"] = own
    return told if tree is None else dict(masks.prune(told, tree))


def _properties(change: Change) -> Json:
    book = change.book
    return {
        "title": book.title,
        "locale": book.locale,
        "autoRecalc": "ON_CHANGE",
        "timeZone": book.zone,
        "defaultFormat": {"verticalAlignment": "BOTTOM", "wrapStrategy": "OVERFLOW_CELL"},
    }


def _sheet(
    change: Change, sheet: Sheet, tree: masks.Tree, areas: list[Area] | None, *, with_data: bool
) -> Json:
    told: Json = {"properties": properties_of(change, sheet)}
    if with_data:
        whole = Area(sheet, 0, 0, sheet.row_count, sheet.column_count)
        asked = [whole] if areas is None else [area for area in areas if area.sheet is sheet]
        data = _Data(change, masks.below(tree, "data"))
        told["data"] = [data.told(area) for area in asked]
    for kind in _OBJECTS:
        if sheet.these(kind) and wants(tree, kind):
            told[kind] = lean([_seen(change, kind, one) for one in sheet.these(kind)])
    if sheet.basic_filter is not None:
        told["basicFilter"] = lean(sheet.basic_filter)
    own = {"locationType": "SHEET", "sheetId": sheet.sheet_id}
    metadata = [one for one in change.book.metadata if one["location"] == own]
    if metadata:
        told["developerMetadata"] = metadata
    return told


def _seen(change: Change, kind: str, thing: Json) -> Json:
    """Tell of a protection what this account may know."""
    if kind != "protectedRanges":
        return thing
    may = change.may_edit(thing)
    hidden = set() if may else {"editors"}
    return {k: one for k, one in thing.items() if k not in hidden} | {"requestingUserCanEdit": may}


class _Data:
    """Tells GridData as far as a mask asks for them."""

    def __init__(self, change: Change, tree: masks.Tree) -> None:
        self.change = change
        self.tree = tree
        self.cell_tree = masks.below(tree, "rowData", "values")
        self.calculator = Calculator(change.book)
        self.here = place(change.book.locale)

    def told(self, area: Area) -> Json:
        data: Json = {}
        if area.top:
            data["startRow"] = area.top
        if area.left:
            data["startColumn"] = area.left
        if wants(self.tree, "rowData"):
            rows = self._rows(area)
            if rows:
                data["rowData"] = rows
        sheet = area.sheet
        if wants(self.tree, "rowMetadata"):
            dims = sheet.row_dims[area.top : area.bottom]
            data["rowMetadata"] = self._dims(dims, "ROWS", sheet, area.top)
        if wants(self.tree, "columnMetadata"):
            dims = sheet.column_dims[area.left : area.right]
            data["columnMetadata"] = self._dims(dims, "COLUMNS", sheet, area.left)
        return data

    def _rows(self, area: Area) -> list[Json]:
        rows: list[Json] = []
        filled = 0
        for number in range(area.top, area.bottom):
            cells = [self._cell(area.sheet, number, one) for one in range(area.left, area.right)]
            while cells and not cells[-1]:
                cells.pop()
            rows.append({"values": cells} if cells else {})
            filled = len(rows) if cells else filled
        return rows[:filled]

    def _cell(self, sheet: Sheet, row: int, column: int) -> Json:
        cell: Json = {}
        value, look = sheet.value(row, column), sheet.look(row, column)
        if value is not None:
            cell = self._value(value, look, sheet)
        if look is not None:
            if look.format:
                cell |= {"userEnteredFormat": look.format, "effectiveFormat": look.format}
            if look.note:
                cell["note"] = look.note
            if look.validation:
                cell["dataValidation"] = lean(look.validation)
        return cell

    def _value(self, value: Value, look: Look | None, sheet: Sheet) -> Json:
        effective = self.calculator.effective(value, sheet)
        typed = {"formulaValue": value.text} if isinstance(value, Formula) else extended(effective)
        cell: Json = {"userEnteredValue": typed}
        if effective is not None:
            cell["effectiveValue"] = extended(effective)
            if wants(self.cell_tree, "formattedValue"):
                cell["formattedValue"] = shown(effective, number_format(look), self.here)
        return cell

    def _dims(self, dims: list[Dimension], kind: str, sheet: Sheet, first: int) -> list[Json]:
        told = []
        for dim in dims:
            one: Json = {"pixelSize": dim.pixels}
            if dim.hidden_by_filter:
                one["hiddenByFilter"] = True
            if dim.hidden_by_user:
                one["hiddenByUser"] = True
            told.append(one)
        for entry in self.change.book.metadata:
            span = entry["location"].get("dimensionRange")
            if span and span["dimension"] == kind and span.get("sheetId", 0) == sheet.sheet_id:
                at = span["startIndex"] - first
                if 0 <= at < len(told):
                    told[at].setdefault("developerMetadata", []).append(stored(entry))
        return told

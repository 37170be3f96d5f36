"""How do tabs come, change and go, and the properties of the file itself?

Learned from:
- the requests and their fields; an id that exists already is an error; an index counts before the
  move, and without one a tab goes to the end [disc];
- the answer to addSheet, without what is zero beside sheetId and index; deleteSheet answers {}
  [cassette test_add_del_worksheet];
- "A sheet with the name ... already exists. Please enter another name.", "You can't remove all the
  sheets in a document." [issues]; the other sentences [inferred];
- rowCount and columnCount are absolute and cut off what is beyond [shared/sheets.md 1.3, trap 6];
- developer metadata go with a deleted tab [disc].
"""

from __future__ import annotations

from tests.google import masks
from tests.google.cells import fields_of
from tests.google.change import Change, stored
from tests.google.errors import Json, invalid
from tests.google.grid import COLUMN, Sheet


def add_sheet(change: Change, request: Json) -> Json:
    given = stored(request.get("properties") or {})
    book = change.book
    taken = [sheet.sheet_id for sheet in book.sheets]
    sheet_id = int(given.get("sheetId", book.fresh_id(taken)))
    if sheet_id in taken:
        raise invalid(f"Sheet with id {sheet_id} already exists. Please choose another id.")
    if sheet_id < 0:
        raise invalid("sheetId must not be negative.")
    if given.get("sheetType", "GRID") != "GRID":
        raise invalid("Only grids can be added.")
    size = given.get("gridProperties", {})
    title = str(given.get("title") or _free_title(change))
    _refuse_title(change, title)
    sheet = Sheet.blank(sheet_id, title, size.get("rowCount", 1000), size.get("columnCount", 26))
    kept = {key: one for key, one in given.items() if key not in {"sheetId", "index"}}
    sheet.properties |= kept | {"title": title, "gridProperties": _grid(sheet, size)}
    book.sheets.insert(int(given.get("index", len(book.sheets))), sheet)
    book.refuse_more_cells()
    return {"properties": properties_of(change, sheet)}


def _free_title(change: Change) -> str:
    number = len(change.book.sheets) + 1
    while change.book.titled(f"Sheet{number}"):
        number += 1
    return f"Sheet{number}"


def _refuse_title(change: Change, title: str, own: Sheet | None = None) -> None:
    other = change.book.titled(title)
    if other is not None and other is not own:
        raise invalid(f'A sheet with the name "{title}" already exists. Please enter another name.')


def _grid(sheet: Sheet, size: Json) -> Json:
    if int(size.get("frozenRowCount", 0)) >= sheet.row_count:
        raise invalid("You can't freeze all visible rows on the sheet.")
    if int(size.get("frozenColumnCount", 0)) >= sheet.column_count:
        raise invalid("You can't freeze all visible columns on the sheet.")
    return {key: one for key, one in size.items() if key not in {"rowCount", "columnCount"} and one}


def properties_of(change: Change, sheet: Sheet) -> Json:
    """Give SheetProperties: sheetId and index always, the rest where it is not zero."""
    kept = {key: one for key, one in sheet.properties.items() if one not in (False, {}, None)}
    grid = {"rowCount": sheet.row_count, "columnCount": sheet.column_count}
    first = {
        "sheetId": sheet.sheet_id,
        "title": sheet.title,
        "index": change.book.sheets.index(sheet),
        "sheetType": sheet.properties["sheetType"],
        "gridProperties": grid | sheet.properties["gridProperties"],
    }
    return first | {key: one for key, one in kept.items() if key not in first}


def tab_of(change: Change, message: Json) -> Sheet:
    sheet_id = int(message.get("sheetId") or 0)
    for sheet in change.book.sheets:
        if sheet.sheet_id == sheet_id:
            return sheet
    raise invalid(f"No sheet with id: {sheet_id}")


def delete_sheet(change: Change, request: Json) -> Json:
    sheet = tab_of(change, request)
    book = change.book
    change.guard_sheet(sheet)
    if not [one for one in book.sheets if one is not sheet and not one.properties.get("hidden")]:
        raise invalid("You can't remove all the sheets in a document.")
    book.sheets.remove(sheet)
    book.metadata = [one for one in book.metadata if sheet_of(one) != sheet.sheet_id]
    book.named = [one for one in book.named if (one["range"].get("sheetId") or 0) != sheet.sheet_id]
    return {}


def sheet_of(entry: Json) -> int | None:
    """Give the sheet that developer metadata belongs to; None for the spreadsheet's own."""
    place = entry["location"]
    if "dimensionRange" in place:
        return int(place["dimensionRange"].get("sheetId") or 0)
    return int(place["sheetId"]) if "sheetId" in place else None


def update_sheet(change: Change, request: Json) -> Json:
    given = stored(request.get("properties") or {})
    tree = fields_of(request, "SheetProperties")
    sheet = tab_of(change, given)
    change.guard_sheet(sheet)
    new = masks.assign(sheet.properties, given, tree)
    if masks.wants(tree, "title"):
        _refuse_title(change, str(given.get("title", "")), sheet)
    grid = given.get("gridProperties", {})
    if masks.wants(tree, "gridProperties", "rowCount") and "rowCount" in grid:
        _resize(sheet, int(grid["rowCount"]), sheet.column_count)
    if masks.wants(tree, "gridProperties", "columnCount") and "columnCount" in grid:
        _resize(sheet, sheet.row_count, int(grid["columnCount"]))
    new["gridProperties"] = _grid(sheet, new.get("gridProperties", {}))
    new["sheetType"] = sheet.properties["sheetType"]
    sheet.properties = {key: one for key, one in new.items() if key not in {"sheetId", "index"}}
    if all(one.properties.get("hidden") for one in change.book.sheets):
        raise invalid("You can't hide all the sheets in a document.")
    if masks.wants(tree, "index") and "index" in given:
        _reindex(change, sheet, int(given["index"]))
    change.book.refuse_more_cells()
    return {}


def _resize(sheet: Sheet, rows: int, columns: int) -> None:
    if rows < 1 or columns < 1:
        raise invalid("A sheet must have at least one row and one column.")
    if rows > sheet.row_count:
        sheet.insert_rows(sheet.row_count, rows - sheet.row_count)
    for many in (sheet.rows, sheet.looks, sheet.row_dims):
        del many[rows:]
    if columns < sheet.column_count:
        sheet.rows = [row[:columns] for row in sheet.rows]
        sheet.looks = [row[:columns] for row in sheet.looks]
    more = [COLUMN] * (columns - sheet.column_count)
    sheet.column_dims = sheet.column_dims[:columns] + more


def _reindex(change: Change, sheet: Sheet, index: int) -> None:
    sheets = change.book.sheets
    old = sheets.index(sheet)
    sheets.remove(sheet)
    sheets.insert(index - 1 if index > old else index, sheet)


def update_book(change: Change, request: Json) -> Json:
    given = request.get("properties") or {}
    tree = fields_of(request, "SpreadsheetProperties")
    book = change.book
    if masks.wants(tree, "title"):
        book.title = str(given.get("title") or book.title)
    if masks.wants(tree, "locale"):
        book.locale = str(given.get("locale") or book.locale)
    if masks.wants(tree, "timeZone"):
        book.zone = str(given.get("timeZone") or book.zone)
    return {}

"""How are plain values read and written? spreadsheets.values, as far as the tests go.

Learned from:
- options and their defaults (FORMATTED_VALUE, SERIAL_NUMBER, ROWS, OVERWRITE) and the shapes of all answers
  [disc]; {"range", "majorDimension", "values"} with `range` closed, no `values` when empty; updated
  rows, columns and cells [cassettes test_get_all_values_date_time_render_options, test_update_cell];
- "" counts as an updated cell, null leaves a cell alone [the same cassette; disc, ValueRange.values];
- RAW keeps text as it is, USER_ENTERED understands it [disc; cassette test_update_cell];
- append: a table is a block of cells that touch each other, the last one in the range counts, rows
  go below it from its first column [doc, guide to values]; after ["a", "", "c"] the last table is
  C1, so the next row lands in C2:E2, and tableRange says so; nothing found: no tableRange and the
  range's own first cell [cassettes test_append_row_with_empty_value, test_insert_row];
- which of two tables side by side is last: the one further down, then further right [inferred];
- OVERWRITE writes over what follows and adds rows at the end of the grid; INSERT_ROWS inserts rows
  below the table [disc]; an active filter is not looked at, though with the real service rows
  get lost then [issues; the fake's own limit];
- values beyond the range: "Requested writing within range [...], but tried writing to column [C]"
  [issues]; values that are no lists: "Invalid value at 'data.values' ..." [cassettes, issues];
- valueInputOption must be given: "'valueInputOption' is required but not specified" [issues];
- a data filter's answer repeats the filters that it matched [doc, metadata guide].
"""

from __future__ import annotations

from typing import Any

from tests.google import a1, entered, metadata
from tests.google.a1 import Area
from tests.google.change import Change
from tests.google.dimensions import Range, insert_at
from tests.google.errors import Json, invalid
from tests.google.formulas import Calculator, simple
from tests.google.grid import Look, Sheet, Value
from tests.google.reading import lean
from tests.google.render import Rendering
from tests.google.tables import last_table

_BODY = "data.values"


def get(change: Change, text: str, options: Json) -> Json:
    return _told(change, a1.find(change.book, text), options)


def batch_get(change: Change, texts: list[str], options: Json) -> Json:
    found = [a1.find(change.book, text) for text in texts]
    told: Json = {"spreadsheetId": change.book.spreadsheet_id}
    return told | {"valueRanges": [_told(change, area, options) for area in found]}


def batch_get_by_filter(change: Change, body: Json) -> Json:
    """Read what data filters select; filters of the same cells share one answer."""
    matched: dict[str, tuple[Area, list[Json]]] = {}
    filters = body.get("dataFilters") or []
    if not filters:
        raise invalid("Must specify at least one dataFilter.")
    for one in filters:
        for area in metadata.areas(change.book, one):
            matched.setdefault(area.text, (area, []))[1].append(lean(one))
    ranges = [
        {"valueRange": _told(change, area, body), "dataFilters": by}
        for area, by in matched.values()
    ]
    told: Json = {"spreadsheetId": change.book.spreadsheet_id}
    return told | ({"valueRanges": ranges} if ranges else {})


def _told(change: Change, area: Area, options: Json) -> Json:
    rendering = Rendering(
        Calculator(change.book),
        options.get("valueRenderOption") or "FORMATTED_VALUE",
        options.get("dateTimeRenderOption") or "SERIAL_NUMBER",
    )
    major = options.get("majorDimension") or "ROWS"
    values = rendering.table(area)
    if major == "COLUMNS":
        values = _turned(values)
    told: Json = {"range": area.text, "majorDimension": major}
    return told | ({"values": values} if values else {})


def _turned(rows: list[list[Any]]) -> list[list[Any]]:
    width = max((len(row) for row in rows), default=0)
    columns = [[row[one] if one < len(row) else "" for row in rows] for one in range(width)]
    for column in columns:
        while column and column[-1] == "":
            column.pop()
    return columns


def update(change: Change, text: str, body: Json, options: Json) -> Json:
    area = a1.find(change.book, text)
    rows = _rows_of(body)
    written = _write(change, area, rows, _option(options))
    told: Json = {"spreadsheetId": change.book.spreadsheet_id}
    told |= _counted(area, rows, written)
    if _yes(options.get("includeValuesInResponse")):
        told["updatedData"] = _told(change, area, _response(options))
    return told


def batch_update(change: Change, body: Json) -> Json:
    option = _option(body)
    answers = []
    for part in body.get("data") or []:
        area = a1.find(change.book, str(part.get("range")))
        rows = _rows_of(part)
        written = _write(change, area, rows, option)
        own: Json = {"spreadsheetId": change.book.spreadsheet_id}
        answers.append(own | _counted(area, rows, written))
    totals = {
        f"total{name[0].upper()}{name[1:]}": sum(one.get(name, 0) for one in answers)
        for name in ("updatedRows", "updatedColumns", "updatedCells")
    }
    told: Json = {"spreadsheetId": change.book.spreadsheet_id}
    sheets = {one["updatedRange"].rpartition("!")[0] for one in answers if "updatedRange" in one}
    return told | totals | {"totalUpdatedSheets": len(sheets), "responses": answers}


def clear(change: Change, text: str) -> Json:
    area = a1.find(change.book, text)
    change.guard(area.sheet, area.top, area.left, area.bottom, area.right)
    for row in range(area.top, area.bottom):
        area.sheet.put(row, area.left, [None] * (area.right - area.left))
    return {"spreadsheetId": change.book.spreadsheet_id, "clearedRange": area.text}


def append(change: Change, text: str, body: Json, options: Json) -> Json:
    option = _option(options)
    found = a1.find(change.book, text, growing=True)
    sheet, rows = found.sheet, _rows_of(body)
    table = last_table(found)
    top, left = (table.bottom, table.left) if table else (found.top, found.left)
    if options.get("insertDataOption") == "INSERT_ROWS" and table and top < sheet.row_count:
        insert_at(change, Range(sheet, True, top, top + len(rows)), top - 1)
    width = max((len(row) for row in rows), default=0)
    _grow(change, sheet, top + len(rows), left + width)
    area = Area(sheet, top, left, top + len(rows), left + width)
    written = _write(change, area, rows, option)
    updates: Json = {"spreadsheetId": change.book.spreadsheet_id}
    updates |= _counted(area, rows, written)
    if _yes(options.get("includeValuesInResponse")):
        updates["updatedData"] = _told(change, area, _response(options))
    told: Json = {"spreadsheetId": change.book.spreadsheet_id}
    return told | ({"tableRange": table.text} if table else {}) | {"updates": updates}


def _grow(change: Change, sheet: Sheet, rows: int, columns: int) -> None:
    if rows > sheet.row_count:
        at = sheet.row_count
        insert_at(change, Range(sheet, True, at, rows), at - 1)
    if columns > sheet.column_count:
        at = sheet.column_count
        insert_at(change, Range(sheet, False, at, columns), at - 1)


def _option(options: Json) -> str:
    option = options.get("valueInputOption")
    if option not in {"RAW", "USER_ENTERED"}:
        raise invalid("'valueInputOption' is required but not specified")
    return str(option)


def _yes(value: object) -> bool:
    return value is True or str(value).lower() == "true"


def _response(options: Json) -> Json:
    return {
        "valueRenderOption": options.get("responseValueRenderOption"),
        "dateTimeRenderOption": options.get("responseDateTimeRenderOption"),
    }


def _rows_of(body: Json) -> list[list[Any]]:
    values = body.get("values") or []
    kind = "type.googleapis.com/google.protobuf.ListValue"
    for number, row in enumerate(values if isinstance(values, list) else [values]):
        if not isinstance(row, list):
            raise invalid(f"Invalid value at '{_BODY}[{number}]' ({kind}), \"{row}\"")
        for place, cell in enumerate(row):
            if isinstance(cell, dict | list):
                name = "struct_value" if isinstance(cell, dict) else "list_value"
                raise invalid(f"Invalid {_BODY}[{number}][{place}]: {name}")
    return _turned(values) if body.get("majorDimension") == "COLUMNS" else values


def _write(change: Change, area: Area, rows: list[list[Any]], option: str) -> int:
    """Write rows from the top left cell of an area on; give the number of cells written."""
    sheet = area.sheet
    _refuse_overflow(area, rows)
    width = max((len(row) for row in rows), default=0)
    change.guard(sheet, area.top, area.left, area.top + len(rows), area.left + width)
    written = 0
    for number, row in enumerate(rows, area.top):
        values: list[Value] = [sheet.value(number, area.left + one) for one in range(len(row))]
        for place, cell in enumerate(row):
            if cell is not None:
                written += 1
                values[place] = _typed(change, sheet, (number, area.left + place), cell, option)
        sheet.put(number, area.left, values)
    return written


def _refuse_overflow(area: Area, rows: list[list[Any]]) -> None:
    sheet = area.sheet
    one_cell = area.bottom == area.top + 1 and area.right == area.left + 1
    bottom = sheet.row_count if one_cell else area.bottom
    right = sheet.column_count if one_cell else area.right
    width = max((len(row) for row in rows), default=0)
    if area.top + len(rows) > bottom:
        what = f"row [{bottom + 1}]"
    elif area.left + width > right:
        what = f"column [{a1.letters(right)}]"
    else:
        return
    raise invalid(f"Requested writing within range [{area.text}], but tried writing to {what}")


def _typed(change: Change, sheet: Sheet, at: tuple[int, int], cell: Any, option: str) -> Value:
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, int | float):
        return simple(cell)
    if option == "RAW":
        return str(cell) or None
    look = sheet.look(*at) or Look()
    value, form = entered.entered(str(cell), change.book.locale, look.format, change.today)
    if form and not (look.format or {}).get("numberFormat"):
        dressed = Look((look.format or {}) | form, look.note, look.validation)
        sheet.dress(at[0], at[1], [dressed])
    return value


def _counted(area: Area, rows: list[list[Any]], written: int) -> Json:
    width = max((len(row) for row in rows), default=0)
    covered = Area(
        area.sheet,
        area.top,
        area.left,
        area.top + max(len(rows), 1),
        area.left + max(width, 1),
    )
    told: Json = {"updatedRange": covered.text}
    if written:
        told |= {"updatedRows": len(rows), "updatedColumns": width, "updatedCells": written}
    return told

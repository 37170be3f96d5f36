"""How do requests of a batch write cells?

Learned from:
- updateCells writes at `start` or into `range`, clears of the range what `rows` do not cover, and
  only the fields named; repeatCell, appendCells, setDataValidation, sortRange, mergeCells [disc];
- nothing grows: "Attempting to write column: 26, beyond the last requested column of: 25", the
  same for rows; a start outside: "GridCoordinate.rowIndex[1000] is after last row in grid[999]"
  [issues]; a range that ends outside the grid is refused likewise [inferred];
- a stringValue is text whatever it begins with, a formulaValue begins with `=` [disc];
- 50,000 characters a cell [doc]; an empty stringValue leaves a blank cell [inferred];
- appendCells: after the last row with data, from column A, rows are added as needed [disc];
- sorting: numbers, text, booleans, blanks last [doc]; notes and formats go along [doc].
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tests.google import masks
from tests.google.change import Change, redress, stored
from tests.google.errors import Json, invalid
from tests.google.formulas import Calculator, Fault, shifted, simple
from tests.google.grid import Formula, Look, Sheet, Value

TEXT_MAX = 50_000
Box = tuple[int, int, int, int]
"""Top, left, bottom and right of a range, ends exclusive."""


def box(change: Change, grid_range: Json) -> tuple[Sheet, Box]:
    """Find a GridRange; open ends are those of the grid. Raises Refused outside of it."""
    sheet = change.grid(grid_range)
    top, left = (int(grid_range.get(k) or 0) for k in ("startRowIndex", "startColumnIndex"))
    low, far = grid_range.get("endRowIndex"), grid_range.get("endColumnIndex")
    bottom = sheet.row_count if low is None else int(low)
    right = sheet.column_count if far is None else int(far)
    if top >= sheet.row_count or bottom > sheet.row_count:
        row = max(top, bottom - 1)
        raise invalid(f"GridRange rowIndex[{row}] is after last row in grid[{sheet.row_count - 1}]")
    if left >= sheet.column_count or right > sheet.column_count:
        raise invalid(
            f"GridRange columnIndex[{max(left, right - 1)}] is after last column "
            f"in grid[{sheet.column_count - 1}]"
        )
    if bottom <= top or right <= left:
        raise invalid("The range is empty.")
    return sheet, (top, left, bottom, right)


def corner(change: Change, start: Json) -> tuple[Sheet, int, int]:
    """Find a GridCoordinate. Raises Refused outside the grid."""
    sheet = change.grid(start)
    row, column = (int(start.get(key) or 0) for key in ("rowIndex", "columnIndex"))
    if row >= sheet.row_count:
        raise invalid(
            f"GridCoordinate.rowIndex[{row}] is after last row in grid[{sheet.row_count - 1}]"
        )
    if column >= sheet.column_count:
        last = sheet.column_count - 1
        raise invalid(f"GridCoordinate.columnIndex[{column}] is after last column in grid[{last}]")
    return sheet, row, column


def fields_of(request: Json, kind: str) -> masks.Tree:
    """Parse the `fields` of a request. Raises Refused when there are none."""
    text = str(request.get("fields") or "")
    if not text:
        raise invalid(
            "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
        )
    return masks.parse(text, kind)


def update(change: Change, request: Json) -> Json:
    tree = fields_of(request, "CellData")
    rows = [row.get("values") or [] for row in request.get("rows") or []]
    width = max((len(row) for row in rows), default=0)
    if request.get("range") is not None:
        sheet, (top, left, bottom, right) = box(change, request["range"])
    elif request.get("start") is not None:
        sheet, top, left = corner(change, request["start"])
        bottom, right = min(top + len(rows), sheet.row_count), min(left + width, sheet.column_count)
    else:
        raise invalid("Must specify a range or start.")
    if top + len(rows) > bottom:
        raise invalid(
            f"Attempting to write row: {bottom}, beyond the last requested row of: {bottom - 1}"
        )
    if left + width > right:
        raise invalid(
            f"Attempting to write column: {right}, beyond the last requested column of: {right - 1}"
        )
    change.guard(sheet, top, left, bottom, right)
    _write(sheet, (top, left, bottom, right), rows, tree)
    return {}


def append(change: Change, request: Json) -> Json:
    tree = fields_of(request, "CellData")
    sheet = change.grid(request)
    rows = [row.get("values") or [] for row in request.get("rows") or []]
    width = max((len(row) for row in rows), default=0)
    if width > sheet.column_count:
        last = sheet.column_count - 1
        raise invalid(
            f"Attempting to write column: {last + 1}, beyond the last requested column of: {last}"
        )
    top = sheet.last_row()
    missing = top + len(rows) - sheet.row_count
    if missing > 0:
        sheet.insert_rows(sheet.row_count, missing)
        change.book.refuse_more_cells()
    change.guard(sheet, top, 0, top + len(rows), width)
    if rows:
        _write(sheet, (top, 0, top + len(rows), width), rows, tree)
    return {}


def _write(sheet: Sheet, where: Box, rows: Sequence[Sequence[Json]], tree: masks.Tree) -> None:
    top, left, bottom, right = where
    if masks.wants(tree, "userEnteredValue"):
        for number in range(top, bottom):
            given = rows[number - top] if number - top < len(rows) else ()
            values = [value_of(cell.get("userEnteredValue")) for cell in given]
            sheet.put(number, left, values + [None] * (right - left - len(values)))
    if not _dresses(tree):
        return
    for number in range(top, bottom):
        given = rows[number - top] if number - top < len(rows) else ()
        old = [sheet.look(number, column) for column in range(left, right)]
        new = [*given, *({},) * (right - left - len(given))]
        looks = [_dressed(look, cell, tree) for look, cell in zip(old, new, strict=True)]
        if looks != old:
            sheet.dress(number, left, looks)


def _dresses(tree: masks.Tree) -> bool:
    return any(masks.wants(tree, kind) for kind in ("userEnteredFormat", "note", "dataValidation"))


def value_of(entered: Json | None) -> Value:
    """Give the contents that an ExtendedValue means. Raises Refused."""
    if not entered:
        return None
    (kind, value), *_ = entered.items()
    if kind == "stringValue":
        if len(value) > TEXT_MAX:
            raise invalid(
                "Your input contains more than the maximum of 50000 characters in a single cell."
            )
        return value or None
    if kind == "numberValue":
        return simple(value)
    if kind == "boolValue":
        return bool(value)
    if kind == "formulaValue" and value.startswith("="):
        return Formula(value)
    raise invalid(f"Cannot write {kind}: {value}")


def _dressed(look: Look | None, cell: Json, tree: masks.Tree) -> Look | None:
    """Put on what a CellData says of the fields that the mask names."""
    old = look or Look()
    form, note, rule = old.format, old.note, old.validation
    if masks.wants(tree, "userEnteredFormat"):
        given = stored(cell.get("userEnteredFormat") or {})
        form = masks.assign(form or {}, given, masks.below(tree, "userEnteredFormat")) or None
    if masks.wants(tree, "note"):
        note = cell.get("note") or ""
    if masks.wants(tree, "dataValidation"):
        rule = stored(cell.get("dataValidation"))
    if (form, note, rule) == (old.format, old.note, old.validation):
        return look
    return Look(form, note, rule) if form or note or rule else None


def repeat(change: Change, request: Json) -> Json:
    tree = fields_of(request, "CellData")
    sheet, where = box(change, request.get("range") or {})
    top, left, bottom, right = where
    change.guard(sheet, *where)
    cell = request.get("cell") or {}
    if masks.wants(tree, "userEnteredValue"):
        value = value_of(cell.get("userEnteredValue"))
        for row in range(top, bottom):
            sheet.put(row, left, [_repeated(value, row - top, c) for c in range(right - left)])
    if _dresses(tree):
        redress(sheet, where, lambda look: _dressed(look, cell, tree))
    return {}


def _repeated(value: Value, rows: int, columns: int) -> Value:
    return Formula(shifted(value.text, rows, columns)) if isinstance(value, Formula) else value


def validate(change: Change, request: Json) -> Json:
    sheet, where = box(change, request.get("range") or {})
    change.guard(sheet, *where)
    cell = {"dataValidation": request.get("rule")}
    tree: masks.Tree = {"dataValidation": {}}
    redress(sheet, where, lambda look: _dressed(look, cell, tree))
    return {}


def merge(change: Change, request: Json) -> Json:
    sheet, (top, left, bottom, right) = box(change, request.get("range") or {})
    change.guard(sheet, top, left, bottom, right)
    if request.get("mergeType", "MERGE_ALL") != "MERGE_ALL":
        raise invalid("This fake merges all cells of a range or none.")
    kept = sheet.value(top, left)
    for row in range(top, bottom):
        sheet.put(row, left, [None] * (right - left))
    sheet.put(top, left, [kept])
    sheet.these("merges").append(
        {
            "sheetId": sheet.sheet_id,
            "startRowIndex": top,
            "endRowIndex": bottom,
            "startColumnIndex": left,
            "endColumnIndex": right,
        }
    )
    return {}


def sort(change: Change, request: Json) -> Json:
    sheet, (top, left, bottom, right) = box(change, request.get("range") or {})
    change.guard(sheet, top, left, bottom, right)
    order = list(range(top, bottom))
    calculator = Calculator(change.book)
    for spec in reversed(request.get("sortSpecs") or []):
        column = int(spec.get("dimensionIndex") or 0)
        order = _sorted(order, _key(calculator, sheet, column), spec.get("sortOrder", "ASCENDING"))
    values = [[sheet.value(row, c) for c in range(left, right)] for row in order]
    looks = [[sheet.look(row, c) for c in range(left, right)] for row in order]
    for number in range(top, bottom):
        sheet.put(number, left, values[number - top])
        sheet.dress(number, left, looks[number - top])
    return {}


Key = Callable[[int], tuple[int, Any] | None]


def _key(calculator: Calculator, sheet: Sheet, column: int) -> Key:
    def key(row: int) -> tuple[int, Any] | None:
        value = calculator.effective(sheet.value(row, column), sheet)
        if value is None or value == "":
            return None
        if isinstance(value, Fault):
            return 3, value.shown
        if isinstance(value, bool):
            return 2, value
        return (1, value.casefold()) if isinstance(value, str) else (0, value)

    return key


def _sorted(order: list[int], key: Key, direction: str) -> list[int]:
    keyed = [(key(row), row) for row in order]
    filled = [(one, row) for one, row in keyed if one is not None]
    filled.sort(key=lambda pair: pair[0], reverse=direction == "DESCENDING")
    return [row for _, row in filled] + [row for one, row in keyed if one is None]

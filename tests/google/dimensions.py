"""How do rows and columns come, go and move, with everything that hangs on them?

Learned from:
- the requests and their fields; inheritFromBefore needs a start above 0; both ends are needed;
  destinationIndex counts before the source is taken out [disc];
- at the end of the grid only inheritFromBefore works: "range.startIndex must be less than the grid
  size (N) if inheritFromBefore is false." [issues quoted in shared/sheets.md 1.4];
- rows that do not exist, all rows, all rows that are not frozen cannot be deleted [issues];
- inserted cells take over format and validation, not values or notes [doc; notes inferred];
- appended rows look like the last one [inferred];
- developer metadata moves with its row or column and goes with it [disc, DeveloperMetadata];
- ranges of protections, rules, charts, names, filters and merges: they move, grow when something is
  inserted inside, shrink, and vanish when nothing is left [doc; a start that is inserted at, and
  moves that cut through a range: inferred]; formulas are left as they are (see formulas.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from tests.google.change import COLUMN_KEYS, RANGE_KEYS, ROW_KEYS, Change
from tests.google.errors import Json, invalid
from tests.google.grid import COLUMN, ROW, Dimension, Look, Looks, Sheet

Span = tuple[int, int]
Mapping_ = Callable[[int, int], Span | None]
"""Where a half-open span of indexes goes; None when nothing is left of it."""

_FAR = 1 << 40


@dataclass(frozen=True, slots=True)
class Range:
    sheet: Sheet
    rows: bool
    start: int
    end: int

    @property
    def size(self) -> int:
        return self.sheet.row_count if self.rows else self.sheet.column_count


def _range(change: Change, message: Json) -> Range:
    sheet = change.grid(message)
    dimension = message.get("dimension")
    if dimension not in {"ROWS", "COLUMNS"}:
        raise invalid("Dimension must be specified.")
    rows = dimension == "ROWS"
    size = sheet.row_count if rows else sheet.column_count
    start, end = int(message.get("startIndex") or 0), message.get("endIndex")
    return Range(sheet, rows, start, size if end is None else int(end))


def insert(change: Change, request: Json) -> Json:
    message = request.get("range") or {}
    if message.get("endIndex") is None:
        raise invalid("range.endIndex must be specified.")
    span = _range(change, message)
    before = bool(request.get("inheritFromBefore"))
    if span.end <= span.start:
        raise invalid("range.endIndex must be greater than range.startIndex.")
    if before and span.start == 0:
        raise invalid("range.startIndex must be greater than 0 if inheritFromBefore is true.")
    if span.start > span.size:
        raise invalid(f"range.startIndex is larger than current grid size ({span.size})")
    if not before and span.start == span.size:
        raise invalid(
            f"range.startIndex must be less than the grid size ({span.size}) "
            "if inheritFromBefore is false."
        )
    _guard(change, span.sheet, rows=span.rows, start=span.start, end=span.start + 1)
    insert_at(change, span, span.start - 1 if before else span.start)
    return {}


def insert_at(change: Change, span: Range, model: int) -> None:
    """Insert span.start to span.end, looking like the row or column of index `model`."""
    sheet, count = span.sheet, span.end - span.start
    if span.rows:
        looks = tuple(_inherited(look) for look in sheet.looks[model])
        sheet.insert_rows(span.start, count, looks, _shown(sheet.row_dims[model]))
    else:
        _insert_columns(sheet, span.start, count, model)
    change.book.refuse_more_cells()

    def mapping(start: int, end: int) -> Span:
        return start + count * (start >= span.start), end + count * (end > span.start)

    _remap(change, sheet, mapping, rows=span.rows)


def _inherited(look: Look | None) -> Look | None:
    return look and (replace(look, note="") if look.note else look)


def _shown(dimension: Dimension) -> Dimension:
    return Dimension(dimension.pixels)


def _insert_columns(sheet: Sheet, at: int, count: int, model: int) -> None:
    memo: dict[int, tuple[Looks, Looks]] = {}
    for number, old in enumerate(sheet.looks):
        if id(old) not in memo:
            look = _inherited(old[model]) if model < len(old) else None
            wide = old + (None,) * (at - len(old)) if look else old
            memo[id(old)] = (
                old,
                wide[:at] + (look,) * count + wide[at:] if len(wide) >= at else wide,
            )
        sheet.looks[number] = memo[id(old)][1]
    gap = (None,) * count
    sheet.rows = [row[:at] + gap + row[at:] if len(row) > at else row for row in sheet.rows]
    sheet.column_dims[at:at] = [_shown(sheet.column_dims[model])] * count


def append(change: Change, request: Json) -> Json:
    sheet, count = change.grid(request), int(request.get("length") or 0)
    if count <= 0:
        raise invalid("length must be greater than 0.")
    change.guard_sheet(sheet)
    rows = request.get("dimension") == "ROWS"
    size = sheet.row_count if rows else sheet.column_count
    insert_at(change, Range(sheet, rows, size, size + count), size - 1)
    return {}


def delete(change: Change, request: Json) -> Json:
    span = _range(change, request.get("range") or {})
    name = "row" if span.rows else "column"
    if span.end > span.size or span.start >= span.size:
        missing = max(span.start, span.size)
        raise invalid(
            f"Cannot delete a {name} that doesn't exist. "
            f"Tried to delete {name} index {missing} but there are only {span.size} {name}s."
        )
    if span.end - span.start == span.size:
        raise invalid(f"You can't delete all the {name}s on the sheet.")
    frozen = span.sheet.frozen_rows if span.rows else 0
    kept = span.size - max(frozen, span.end) + max(span.start - frozen, 0)
    if frozen and not kept:
        raise invalid("Sorry, it is not possible to delete all non-frozen rows.")
    _guard(change, span.sheet, rows=span.rows, start=span.start, end=span.end)
    _take_out(span)
    _remap(change, span.sheet, _deleting(span.start, span.end), rows=span.rows)
    if frozen and span.start < frozen:
        grid = span.sheet.properties["gridProperties"]
        left = frozen - (min(span.end, frozen) - span.start)
        span.sheet.properties["gridProperties"] = grid | {"frozenRowCount": left}
    return {}


def _take_out(span: Range) -> None:
    sheet, start, end = span.sheet, span.start, span.end
    if span.rows:
        for many in (sheet.rows, sheet.looks, sheet.row_dims):
            del many[start:end]
        return
    sheet.rows = [row[:start] + row[end:] if len(row) > start else row for row in sheet.rows]
    sheet.looks = [row[:start] + row[end:] if len(row) > start else row for row in sheet.looks]
    del sheet.column_dims[start:end]


def _deleting(first: int, last: int) -> Mapping_:
    def mapping(start: int, end: int) -> Span | None:
        gone_before = max(0, min(start, last) - first)
        gone_until = max(0, min(end, last) - first)
        left = (start - gone_before, end - gone_until)
        return left if left[1] > left[0] else None

    return mapping


def move(change: Change, request: Json) -> Json:
    span = _range(change, request.get("source") or {})
    to = int(request.get("destinationIndex") or 0)
    if span.end > span.size or to > span.size or span.end <= span.start:
        raise invalid("The range to move is outside the grid.")
    if span.start <= to <= span.end:
        return {}
    low, high = min(span.start, to), max(span.end, to)
    _guard(change, span.sheet, rows=span.rows, start=low, end=high)
    _reorder(span, to)
    _remap(change, span.sheet, _moving(span, to), rows=span.rows)
    return {}


def _reorder(span: Range, to: int) -> None:
    sheet = span.sheet
    order = list(range(span.size))
    block = order[span.start : span.end]
    del order[span.start : span.end]
    at = to - len(block) if to > span.end else to
    order[at:at] = block
    if span.rows:
        sheet.rows = [sheet.rows[one] for one in order]
        sheet.looks = [sheet.looks[one] for one in order]
        sheet.row_dims = [sheet.row_dims[one] for one in order]
        return
    for number in range(sheet.row_count):
        sheet.put(number, 0, [sheet.value(number, one) for one in order])
        if sheet.looks[number]:
            sheet.looks[number] = tuple(sheet.look(number, one) for one in order)
    sheet.column_dims = [sheet.column_dims[one] for one in order]


def _moving(span: Range, to: int) -> Mapping_:
    count = span.end - span.start
    at = to - count if to > span.end else to
    out = _deleting(span.start, span.end)

    def mapping(start: int, end: int) -> Span | None:
        if span.start <= start and end <= span.end:
            return start + at - span.start, end + at - span.start
        left = out(start, end)
        if left is None:
            return None
        return left[0] + count * (left[0] >= at), left[1] + count * (left[1] > at)

    return mapping


def _guard(change: Change, sheet: Sheet, *, rows: bool, start: int, end: int) -> None:
    if rows:
        change.guard(sheet, start, 0, end, _FAR)
    else:
        change.guard(sheet, 0, start, _FAR, end)


def _remap(change: Change, sheet: Sheet, mapping: Mapping_, *, rows: bool) -> None:
    """Move every mark of the sheet along with its rows or columns."""
    book = change.book
    for kind, marks in sheet.objects.items():
        moved = [_moved(mark, sheet.sheet_id, mapping, rows=rows) for mark in marks]
        sheet.objects[kind] = [mark for mark in moved if mark is not None]
    if sheet.basic_filter is not None:
        sheet.basic_filter = _moved(sheet.basic_filter, sheet.sheet_id, mapping, rows=rows)
    named = [_moved(one, sheet.sheet_id, mapping, rows=rows) for one in book.named]
    book.named = [one for one in named if one is not None]
    metadata = [_moved_entry(one, sheet.sheet_id, mapping, rows=rows) for one in book.metadata]
    book.metadata = [one for one in metadata if one is not None]


def _moved(mark: Any, sheet_id: int, mapping: Mapping_, *, rows: bool) -> Any:
    """Copy a mark with its ranges moved; None when its own range is gone."""
    if isinstance(mark, list):
        moved = [_moved(one, sheet_id, mapping, rows=rows) for one in mark]
        return [one for one in moved if one is not None]
    if not isinstance(mark, dict):
        return mark
    if mark and set(mark) <= RANGE_KEYS:
        return _moved_range(mark, sheet_id, mapping, ROW_KEYS if rows else COLUMN_KEYS)
    copied = {key: _moved(one, sheet_id, mapping, rows=rows) for key, one in mark.items()}
    gone = any(
        copied[key] is None or copied[key] == [] for key in ("range", "ranges") if key in mark
    )
    return None if gone else copied


def _moved_range(old: Json, sheet_id: int, mapping: Mapping_, keys: tuple[str, str]) -> Json | None:
    if (old.get("sheetId") or 0) != sheet_id or not set(keys) & set(old):
        return old
    span = mapping(int(old.get(keys[0]) or 0), int(old.get(keys[1], _FAR)))
    if span is None:
        return None
    return old | {key: index for key, index in zip(keys, span, strict=True) if key in old}


def _moved_entry(entry: Json, sheet_id: int, mapping: Mapping_, *, rows: bool) -> Json | None:
    place = entry["location"].get("dimensionRange")
    if place is None or (place.get("sheetId") or 0) != sheet_id:
        return entry
    if (place["dimension"] == "ROWS") is not rows:
        return entry
    span = mapping(place["startIndex"], place["endIndex"])
    if span is None:
        return None
    moved = place | {"startIndex": span[0], "endIndex": span[1]}
    return entry | {"location": entry["location"] | {"dimensionRange": moved}}


def properties(change: Change, request: Json) -> Json:
    """Do updateDimensionProperties: sizes, and what the user hides."""
    span = _range(change, request.get("range") or {})
    if span.end > span.size or span.start >= span.end:
        raise invalid("The range is outside the grid.")
    wanted = set(str(request.get("fields") or "").split(","))
    new = request.get("properties") or {}
    dims = span.sheet.row_dims if span.rows else span.sheet.column_dims
    default = (ROW if span.rows else COLUMN).pixels
    for index in range(span.start, span.end):
        dim = dims[index]
        if wanted & {"*", "pixelSize"}:
            dim = replace(dim, pixels=int(new.get("pixelSize") or default))
        if wanted & {"*", "hiddenByUser"}:
            dim = replace(dim, hidden_by_user=bool(new.get("hiddenByUser")))
        dims[index] = dim
    return {}

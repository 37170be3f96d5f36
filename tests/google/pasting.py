"""What does copyPaste put where? A block of cells, once or repeated, as a person would paste it.

Learned from:
- the request and its words; a destination that spans a multiple of the source's height or width is
  filled with repetitions, a smaller one takes the whole source all the same, beyond its end [disc,
  CopyPasteRequest]; a larger one that is no multiple takes it once [inferred];
- PASTE_FORMULA brings formulas and plain values, no looks [inferred from the menu "Formula only"];
- pasted formulas move their references as by hand, unless held by `$` [inferred: as repeatCell,
  disc]; merges are not pasted [the fake's own limit];
- a paste that would end outside of the grid is refused [inferred].
"""

from __future__ import annotations

from tests.google.cells import Box, box
from tests.google.change import Change
from tests.google.errors import Json, Unsupported, invalid
from tests.google.formulas import shifted
from tests.google.grid import Formula, Look, Sheet, Value

_KINDS = frozenset({"PASTE_NORMAL", "PASTE_FORMULA"})

Block = list[list[tuple[Value, Look | None]]]


def paste(change: Change, request: Json) -> Json:
    """Do copyPaste. Raises Refused, and Unsupported for what this fake does not paste."""
    kind = request.get("pasteType") or "PASTE_NORMAL"
    if kind not in _KINDS or request.get("pasteOrientation") == "TRANSPOSE":
        raise Unsupported(f"copyPaste {kind} {request.get('pasteOrientation', '')}")
    source, (top, left, bottom, right) = box(change, request.get("source") or {})
    sheet, where = box(change, request.get("destination") or {})
    down = _times(where[2] - where[0], bottom - top)
    across = _times(where[3] - where[1], right - left)
    end = where[0] + down * (bottom - top), where[1] + across * (right - left)
    if end[0] > sheet.row_count or end[1] > sheet.column_count:
        raise invalid("The pasted data would end outside of the grid.")
    change.guard(sheet, where[0], where[1], *end)
    # What is copied is what stood there before, also where the two ranges overlap.
    cells = _block(source, (top, left, bottom, right))
    for row in range(where[0], end[0]):
        line = cells[(row - where[0]) % len(cells)]
        moved = row - top - (row - where[0]) % len(cells)
        for repeat in range(across):
            first = where[1] + repeat * len(line)
            sheet.put(row, first, [_moved(one, moved, first - left) for one, _ in line])
            if kind == "PASTE_NORMAL":
                sheet.dress(row, first, [look for _, look in line])
    return {}


def _times(wanted: int, size: int) -> int:
    return wanted // size if wanted % size == 0 else 1


def _block(sheet: Sheet, where: Box) -> Block:
    top, left, bottom, right = where
    return [
        [(sheet.value(row, column), sheet.look(row, column)) for column in range(left, right)]
        for row in range(top, bottom)
    ]


def _moved(value: Value, rows: int, columns: int) -> Value:
    return Formula(shifted(value.text, rows, columns)) if isinstance(value, Formula) else value

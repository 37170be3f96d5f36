"""What does the XML of one sheet tell that python-calamine does not?

Which cells are formulas or errors, and how large the sheet claims to be. Every refusal is
ValueError. `tracker.stores.xlsx_parts` has refused any part with a DTD before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

# Safe here: there are no entities to expand.
from xml.etree import ElementTree as ET

from tracker.cells import Cell, CellError, Formula

SHEET_CELLS_MAX = 10_000_000
SPILLED_CELLS_MAX = 10_000
_ODD = re.compile(rb"""<(?:\w+:)?f[\s/>]|\bt\s*=\s*["']e["']""")
_ODD_SIGNS = (b"<f", b'"e"', b"'e'")
_PREFIXED = (b":f ", b":f>", b":f/", b":f\t", b":f\r", b":f\n")
"""One of these `_ODD` cannot match without; to look for them takes a tenth of its time."""
_CHECKS = re.compile(
    rb"""<c r="[A-Z]+[0-9]+"[^>]*><f[^>]*>IF\(COUNTA\(A[0-9]+:[A-Z]+[0-9]+\)=0,[^<]*</f>"""
    rb"""(?:<v\s*/>|<v>[^<]*</v>)?</c>"""
)
# Both begin with fixed letters, so that looking through a large sheet costs next to nothing.
_FAR_ROWS = re.compile(rb"""r=["'][A-Z]{0,3}([0-9]{6,7})["']""")
_FAR_COLUMNS = re.compile(rb"""r=["']([A-Z]{2,3})[0-9]""")
_NEAR_ROWS, _NEAR_COLUMNS = 99_999, 26
# Places that a program of our time would not write, and a reader counts in its own way. The blank
# before keeps `header="0.5"` of every page out; whatever else stands there is unplaced.
_ODD_PLACES = re.compile(rb""" r=["'](?![A-Z]{0,3}[1-9][0-9]{0,6}["'])""")
_UNPLACED = re.compile(rb"<c(?=[\s/>])(?! r=)"), re.compile(rb"<row(?=[\s/>])(?! r=)")
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ROW = re.compile(r"[1-9][0-9]{0,6}")
SHEET_ROWS_MAX, SHEET_COLUMNS_MAX = 2**20, 2**14
"""No spreadsheet has more (ISO 29500 leaves it open; Excel, LibreOffice and Google do not)."""

OddCells = dict[int, dict[int, Cell]]
"""Formulas and errors by row and column, both counted from 0."""


def odd_cells(xml: bytes) -> OddCells:
    """Find the formulas and errors of a sheet."""
    # A ledger of many megabytes has none, and a thousand check formulas a tab are ours and known.
    # A slow look is for anything else.
    if not _may_be_odd(xml) or not _ODD.search(_CHECKS.sub(b"", xml)):
        return {}
    found: OddCells = {}
    shared: dict[str, str] = {}
    try:
        for row, column, cell in _cells(xml):
            _note_odd(found, shared, row, column, cell)
    except ET.ParseError as error:
        raise ValueError(str(error)) from error
    return found


def _may_be_odd(xml: bytes) -> bool:
    prefixed = b":f" in xml and any(sign in xml for sign in _PREFIXED)
    return prefixed or any(sign in xml for sign in _ODD_SIGNS)


def check_size(title: str, xml: bytes) -> None:
    """Refuse a sheet whose one far cell would make a reader reserve gigabytes."""
    rows = max(map(int, _FAR_ROWS.findall(xml)), default=_NEAR_ROWS)
    far = {found.decode() for found in set(_FAR_COLUMNS.findall(xml))}
    columns = max(map(_number, far), default=_NEAR_COLUMNS)
    # Three quick looks for what would need an exact one: with a prefix, tags look otherwise.
    odd = b":sheetData" in xml or any(one.search(xml) for one in (_ODD_PLACES, *_UNPLACED))
    if not odd and rows * columns <= SHEET_CELLS_MAX:
        return
    height = width = 0
    try:
        for row, column, cell in _cells(xml):
            if len(cell):
                height, width = max(height, row + 1), max(width, column + 1)
    except ET.ParseError as error:
        raise ValueError(str(error)) from error
    if height * width > SHEET_CELLS_MAX:
        raise ValueError(f"{title} claims {height} rows and {width} columns")


def _note_odd(
    found: OddCells, shared: dict[str, str], row: int, column: int, cell: ET.Element
) -> None:
    formula = next((part for part in cell if local(part.tag) == "f"), None)
    if formula is None:
        if cell.get("t") == "e":
            value = next((part.text for part in cell if local(part.tag) == "v"), None)
            found.setdefault(row, {})[column] = CellError(value or "#ERROR!")
        return
    text, index = formula.text or "", formula.get("si", "")
    if formula.get("t") == "shared":
        # Only the first cell of a shared formula holds its text; the others name it.
        text = shared.setdefault(index, text)
    says = Formula(f"={text}")
    found.setdefault(row, {})[column] = says
    if formula.get("t") == "array":
        for below, beside in _spilled(formula.get("ref", "")):
            found.setdefault(below, {})[beside] = says


def _spilled(reference: str) -> Iterator[tuple[int, int]]:
    """Every cell into which an array formula writes: only its first one is marked as a formula."""
    ends = [_place(end) for end in reference.split(":")]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return
    (top, left), (bottom, right) = ends[0], ends[1]
    if (bottom - top + 1) * (right - left + 1) <= SPILLED_CELLS_MAX:
        yield from ((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1))


def _cells(xml: bytes) -> Iterator[tuple[int, int, ET.Element]]:
    """Yield every cell with its row and column from 0; a cell may leave its place unsaid.

    Raises ValueError for a place that no sheet has, and ET.ParseError.
    """
    row = column = -1
    rows: ET.Element | None = None
    # Safe here: Parts has refused any part with a DTD.
    for event, element in ET.iterparse(BytesIO(xml), events=("start", "end")):  # noqa: S314
        kind = local(element.tag)
        if event == "start" and kind == "sheetData":
            rows = element
        elif event == "start" and kind == "row":
            row, column = _row_place(element.get("r"), row), -1
        elif event == "end" and kind == "c":
            row, column = _cell_place(element.get("r"), (row, column))
            yield row, column, element
            element.clear()
        elif event == "end" and kind == "row" and rows is not None:
            rows.clear()  # the rows before, too: a million empty ones are kept nowhere


def _row_place(said: str | None, before: int) -> int:
    """The row that an element says it is, else the next one."""
    if said is not None and not _ROW.fullmatch(said):
        raise ValueError(f"no row is called {said[:20]}")
    row = before + 1 if said is None else int(said) - 1
    if row >= SHEET_ROWS_MAX:
        raise ValueError(f"row {row + 1}")
    return row


def _cell_place(said: str | None, before: tuple[int, int]) -> tuple[int, int]:
    """Where a cell says it stands, else behind the one before."""
    place = (before[0], before[1] + 1) if said is None else _place(said)
    if place is None or place[0] >= SHEET_ROWS_MAX or place[1] >= SHEET_COLUMNS_MAX:
        raise ValueError(f"no cell is called {(said or 'so')[:20]}")
    return place


def _place(reference: str) -> tuple[int, int] | None:
    found = _REFERENCE.fullmatch(reference)
    return (int(found[2]) - 1, _number(found[1]) - 1) if found else None


def _number(letters: str) -> int:
    number = 0
    for sign in letters:
        number = number * 26 + ord(sign) - ord("A") + 1
    return number


def local(tag: str) -> str:
    """The name of a tag without its namespace."""
    return tag.rpartition("}")[2]

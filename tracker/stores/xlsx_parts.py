"""What is inside the zip of a workbook, and is it safe to unpack?

Only what python-calamine does not tell: which cells are formulas or errors, and how large a sheet
claims to be. Every refusal is ValueError; the caller says it to the owner.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

# Safe here: parts with a DTD are refused before, so there are no entities to expand.
from xml.etree import ElementTree as ET

from tracker.cells import Cell, CellError, Formula

ENTRIES_MAX = 200
INFLATED_BYTES_MAX = 100 * 2**20
SHEET_CELLS_MAX = 10_000_000
SPILLED_CELLS_MAX = 10_000
_CHUNK = 2**18
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ODD = re.compile(rb"""<(?:\w+:)?f[\s/>]|\bt\s*=\s*["']e["']""")
_CHECKS = re.compile(
    rb"""<c r="[A-Z]+[0-9]+"[^>]*><f[^>]*>IF\(COUNTA\(A[0-9]+:[A-Z]+[0-9]+\)=0,[^<]*</f>"""
    rb"""(?:<v\s*/>|<v>[^<]*</v>)?</c>"""
)
# Both begin with fixed letters, so that looking through a large sheet costs next to nothing.
_FAR_ROWS = re.compile(rb"""r=["'][A-Z]{0,3}([0-9]{6,7})["']""")
_FAR_COLUMNS = re.compile(rb"""r=["']([A-Z]{2,3})[0-9]""")
_NEAR_ROWS, _NEAR_COLUMNS = 99_999, 26
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

OddCells = dict[int, dict[int, Cell]]
"""Formulas and errors by row and column, both counted from 0."""


class Parts:
    """The unpacked parts of a workbook, looked at before any other program unpacks them."""

    def __init__(self, content: bytes) -> None:
        """Open the zip. Raises ValueError for what is no workbook or dangerous to read."""
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
            self._inspect()
            self._sheets = self._find_sheets()
        except (zipfile.BadZipFile, KeyError, ET.ParseError, NotImplementedError) as error:
            raise ValueError(str(error)) from error
        except (RuntimeError, EOFError, zlib.error) as error:
            raise ValueError(str(error)) from error

    def odd_cells(self, title: str) -> OddCells:
        """Find the formulas and errors of the sheet with that title."""
        xml = self._zip.read(self._sheets[title])
        # A thousand check formulas a tab are ours and known; a slow look is for anything else.
        if not _ODD.search(_CHECKS.sub(b"", xml)):
            return {}
        found: OddCells = {}
        shared: dict[str, str] = {}
        try:
            for row, column, cell in _cells(xml):
                _note_odd(found, shared, row, column, cell)
        except ET.ParseError as error:
            raise ValueError(str(error)) from error
        return found

    def check_size(self, title: str) -> None:
        """Refuse a sheet whose one far cell would make a reader reserve gigabytes."""
        xml = self._zip.read(self._sheets[title])
        rows = max(map(int, _FAR_ROWS.findall(xml)), default=_NEAR_ROWS)
        far = {found.decode() for found in set(_FAR_COLUMNS.findall(xml))}
        columns = max(map(_number, far), default=_NEAR_COLUMNS)
        if rows * columns <= SHEET_CELLS_MAX:
            return
        filled = [(row, column) for row, column, cell in _cells(xml) if len(cell)]
        height = max((row for row, _ in filled), default=0) + 1
        width = max((column for _, column in filled), default=0) + 1
        if height * width > SHEET_CELLS_MAX:
            raise ValueError(f"{title} claims {height} rows and {width} columns")

    def _inspect(self) -> None:
        """Count what really comes out: the sizes in a zip's own list may lie."""
        entries = self._zip.infolist()
        if len(entries) > ENTRIES_MAX:
            raise ValueError(f"{len(entries)} parts")
        left = INFLATED_BYTES_MAX
        if sum(entry.file_size for entry in entries) > left:
            raise ValueError("too large")
        for entry in entries:
            declared, entry.file_size = entry.file_size, left + 1
            left -= self._inspect_entry(entry, left)
            entry.file_size = declared

    def _inspect_entry(self, entry: zipfile.ZipInfo, left: int) -> int:
        is_xml = not entry.filename.startswith("xl/media/")
        size, tail = 0, b""
        with self._zip.open(entry) as part:
            while chunk := part.read(_CHUNK):
                if size == 0 and is_xml and chunk[:2] in {b"\xff\xfe", b"\xfe\xff"}:
                    raise ValueError(f"{entry.filename} is not in UTF-8")
                size += len(chunk)
                if size > left:
                    raise ValueError("too large")
                if is_xml and _DTD.search(tail + chunk):
                    raise ValueError(f"{entry.filename} has a DTD")
                tail = chunk[-16:]
        return size

    def _find_sheets(self) -> dict[str, str]:
        """Map titles to the names of their parts, by way of the relations."""
        # Safe here: _inspect has refused any part with a DTD.
        relations = ET.fromstring(self._zip.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
        targets = {one.get("Id"): one.get("Target", "") for one in relations}
        book = ET.fromstring(self._zip.read("xl/workbook.xml"))  # noqa: S314
        found = {}
        for sheet in (one for one in book.iter() if _local(one.tag) == "sheet"):
            relation = next((v for k, v in sheet.attrib.items() if _local(k) == "id"), None)
            target = targets.get(relation, "")
            name = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            found[sheet.get("name", "")] = name
        return found


def _note_odd(
    found: OddCells, shared: dict[str, str], row: int, column: int, cell: ET.Element
) -> None:
    formula = next((part for part in cell if _local(part.tag) == "f"), None)
    if formula is None:
        if cell.get("t") == "e":
            value = next((part.text for part in cell if _local(part.tag) == "v"), None)
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
    """Yield every cell with its row and column from 0; a cell may leave its place unsaid."""
    row = column = -1
    # Safe here: Parts has refused any part with a DTD.
    for event, element in ET.iterparse(BytesIO(xml), events=("start", "end")):  # noqa: S314
        kind = _local(element.tag)
        if event == "start" and kind == "row":
            said = element.get("r", "")
            row, column = (int(said) - 1 if said.isdigit() else row + 1), -1
        elif event == "end" and kind == "c":
            place = _place(element.get("r", ""))
            row, column = place or (row, column + 1)
            yield row, column, element
            element.clear()
        elif event == "end" and kind == "row":
            element.clear()


def _place(reference: str) -> tuple[int, int] | None:
    found = _REFERENCE.fullmatch(reference)
    return (int(found[2]) - 1, _number(found[1]) - 1) if found else None


def _number(letters: str) -> int:
    number = 0
    for sign in letters:
        number = number * 26 + ord(sign) - ord("A") + 1
    return number


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]

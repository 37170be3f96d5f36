"""Which rows has a tab? Its XML read in blocks of whole rows, since a tab may be large.

Only markup that every writer of workbooks makes is accepted: no comments, no instructions, rows in
their order. Anything else is Unfit, and left to a program that reads XML as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import chain

from tracker.stores.xlsx_markup import Node, attribute, main_prefix, tree
from tracker.stores.xlsx_unfit import Unfit

BLOCK_BYTES = 2**21
HEAD_BYTES_MAX = 2**23
COLUMNS_MAX, ROWS_MAX = 16_384, 1_048_576
_SHEET_DATA = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?sheetData(?:\s[^<>]*)?/?>")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")

Area = tuple[int, int, int, int]
"""Top, left, bottom and right of some cells: rows from 1, columns from 0, all inclusive."""


class SheetXml:
    """The part of a tab: what stands before its rows, blocks of whole rows, and what follows.

    Attributes:
        head: up to the tag that opens the rows, that tag included.
        prefix: that of the tab's own elements, with its colon; empty for most writers.
        tail: from the tag that closes the rows; there once all blocks have been taken.
    """

    def __init__(self, pieces: Iterator[bytes]) -> None:
        """Read the head. Raises Unfit."""
        held = b""
        found = None
        for piece in pieces:
            held += piece
            found = _SHEET_DATA.search(held)
            if found or len(held) > HEAD_BYTES_MAX:
                break
        if found is None or b"xmlns" in found[0]:
            raise Unfit("xml")
        self._pieces = pieces
        self.head, self._rest = held[: found.end()], held[found.end() :]
        self.prefix = main_prefix(self.head, "worksheet")
        if not found[0].startswith(b"<" + self.prefix + b"sheetData"):
            raise Unfit("xml")
        self.tail = b""
        self._closing = b"</" + self.prefix + b"sheetData"
        if found[0].endswith(b"/>"):
            self.head = self.head[:-2].rstrip() + b">"
            self._rest = self._closing + b">" + self._rest

    def blocks(self) -> Iterator[bytes]:
        """Give the rows in blocks, once. Raises Unfit `comments`, `xml`."""
        opening = b"<" + self.prefix + b"row"
        held: list[bytes] = []
        size, seam = 0, b""
        for piece in chain([self._rest], self._pieces):
            held.append(piece)
            size += len(piece)
            seam += piece
            if self._closing in seam:
                rows = b"".join(held)
                end = rows.index(self._closing)
                yield _plain(rows[:end])
                self.tail = rows[end:] + b"".join(self._pieces)
                return
            seam = seam[-len(self._closing) :]
            if size >= BLOCK_BYTES:
                rows = b"".join(held)
                cut = max(rows.rfind(opening), 0)
                if cut:
                    yield _plain(rows[:cut])
                held = [rows[cut:]]
                size = len(rows) - cut
        raise Unfit("xml")


class Numbers:
    """Follows the numbers of rows through a tab, where a row need not say its own."""

    def __init__(self, prefix: bytes) -> None:
        """Begin above the first row."""
        self._some, self._tags = _row_patterns(prefix)
        self.last = 0

    def of(self, block: bytes) -> list[int]:
        """Number the rows of the next block. Raises Unfit `order` unless each is below the last."""
        found = self._some.findall(block)
        numbers = list(self._counted(block) if b"" in found else map(int, found))
        before = self.last
        for number in numbers:
            if number <= before:
                raise Unfit("order")
            before = number
        if before > ROWS_MAX:
            raise Unfit("order")
        self.last = before
        return numbers

    def _counted(self, block: bytes) -> Iterator[int]:
        number = self.last
        for tag in self._tags.finditer(block):
            said = attribute(tag[1], "r")
            if said is not None and not said.isdigit():
                raise Unfit("order")
            number = number + 1 if said is None else int(said)
            yield number


@lru_cache(maxsize=8)
def _row_patterns(prefix: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    name = b"<" + re.escape(prefix) + b"row"
    return (
        re.compile(name + rb'(?: r="([0-9]+)")?'),
        re.compile(name + rb"""((?:[^>"']|"[^"]*"|'[^']*')*)>"""),
    )


def last_filled(
    block: bytes, numbers: list[int], columns: Collection[int], prefix: bytes
) -> tuple[int, int] | None:
    """Find the last row of a block with anything in these columns (from 0).

    Gives its number and the place where it ends in the block; None without such a row.
    """
    if not numbers:
        return None
    start = block.rfind(b"<" + prefix + b"row")
    [last] = tree(block[start:], fragment=True).all("row")
    if is_filled(last, columns):
        return numbers[-1], start + last.end
    rows = tree(block, fragment=True).all("row")
    if len(rows) != len(numbers):
        raise Unfit("xml")
    for row, number in zip(reversed(rows), reversed(numbers), strict=True):
        if is_filled(row, columns):
            return number, row.end
    return None


def is_filled(row: Node, columns: Collection[int]) -> bool:
    """Whether the row has anything in these columns; looks alone do not count."""
    return any(column in columns and not is_blank(cell) for column, cell in cells_of(row))


def cells_of(row: Node) -> Iterator[tuple[int, Node]]:
    """Give the cells of a row with their columns from 0. Raises Unfit `order`, `xml`."""
    column = -1
    for cell in row.children:
        if cell.local != "c":
            if cell.local == "extLst":
                continue
            raise Unfit("xml")
        said = cell.attributes.get("r")
        found = column + 1 if said is None else place(said)[1]
        if found <= column:
            raise Unfit("order")
        column = found
        yield column, cell


def is_blank(cell: Node) -> bool:
    """Whether a cell shows nothing. One that names a shared text is taken to show it."""
    if cell.one("f") is not None:
        return False
    inline, value = cell.one("is"), cell.one("v")
    if inline is not None and text_of(inline).strip():
        return False
    return value is None or not value.text.strip()


def text_of(node: Node) -> str:
    """Give the text of a shared or inline string, its runs put together; readings do not count."""
    parts = (part for part in node.children if part.local in {"t", "r"})
    return "".join(part.text if part.local == "t" else text_of(part) for part in parts)


def place(reference: str) -> tuple[int, int]:
    """Read `C5` as row 5 and column 2. Raises Unfit `xml`."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise Unfit("xml")
    column = 0
    for sign in found[1]:
        column = column * 26 + ord(sign) - ord("A") + 1
    return int(found[2]), column - 1


def area(reference: str) -> Area:
    """Read `A1:C5`, or one cell. Raises Unfit `xml`."""
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = place(first), place(last or first)
    return top, left, bottom, right


def _plain(block: bytes) -> bytes:
    """Refuse what could hide a row. Both signs are rare, and looked for much faster alone."""
    for sign, mark in ((b"!", b"<!"), (b"?", b"<?")):
        if sign in block and mark in block:
            raise Unfit("comments")
    return block

"""What did formulas last come to? Taken out, so that no viewer shows yesterday's sums.

Whoever opens the book is asked to count anew, but viewers and scripts that only read would show
what stands there.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tracker.stores.xlsx_markup import Edit, Node, attribute, edited, tree, with_attributes
from tracker.stores.xlsx_rows import Area, area, cells_of
from tracker.stores.xlsx_unfit import Unfit

ANY_FORMULA = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?f[\s/>]")
_ATTRIBUTES = rb"""(?:[^>"']|"[^"]*"|'[^']*')*?"""
_SPILLING = {b"array", b"dataTable"}


class Formulas:
    """Goes through the blocks of one tab.

    Attributes:
        changed: whether any value was taken out so far.
    """

    def __init__(self, prefix: bytes) -> None:
        """Begin above the first row; `prefix` is that of the tab's elements."""
        self._any, self._cell = _patterns(prefix)
        self._areas: list[Area] = []
        self.changed = False

    def without_values(self, block: bytes) -> bytes:
        """Give the rows with what formulas came to taken out. Raises Unfit `formula`."""
        if not self._any.search(block):
            return self._without_spilled(block) if self._areas else block
        cells = self._cell.findall(block)
        if len(cells) != len(self._any.findall(block)):
            raise Unfit("formula")
        for _, _, attributes, _, _ in cells:
            self._note_area(attributes)
        if any(value for *_, value, _ in cells):
            self.changed = True
            block = self._cell.sub(_without_value, block)
        return self._without_spilled(block) if self._areas else block

    def _note_area(self, attributes: bytes) -> None:
        reference = attribute(attributes, "ref") or b""
        if attribute(attributes, "t") in _SPILLING and b":" in reference:
            self._areas.append(area(reference.decode("ascii", "replace")))

    def _without_spilled(self, block: bytes) -> bytes:
        """Empty the cells into which an array formula or a table of cases writes."""
        edits: list[Edit] = []
        for row in tree(block, fragment=True).all("row"):
            number = row.number("r", 0)
            if not number:
                raise Unfit("formula")
            for column, cell in cells_of(row):
                if self._is_spilled(number, column, cell):
                    tag = with_attributes(block[cell.start : cell.opened], t=None)
                    edits.append((cell.start, cell.end, tag[:-1] + b"/>"))
        self.changed = self.changed or bool(edits)
        return edited(block, edits)

    def _is_spilled(self, number: int, column: int, cell: Node) -> bool:
        return (
            not cell.empty_tag
            and cell.one("f") is None
            and any(
                top <= number <= bottom and left <= column <= right
                for top, left, bottom, right in self._areas
            )
        )


def _without_value(found: re.Match[bytes]) -> bytes:
    tag, formula, _, value, after = found.groups()
    if not value:
        return found[0]
    return (
        with_attributes(tag, t=None) + formula + (after or b"") + found[0][found[0].rindex(b"</") :]
    )


@lru_cache(maxsize=8)
def _patterns(prefix: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """Any formula's tag, and a cell with one: its tag, the formula, its attributes, the value."""
    p = re.escape(prefix)
    formula = rb"<%sf((?:\s%s)?)(?:/>|>[^<]*</%sf\s*>)" % (p, _ATTRIBUTES, p)
    value = rb"<%sv(?:\s[^<>]*)?(?:/>|>([^<]*)</%sv\s*>)" % (p, p)
    rest = rb"<%sextLst\b.*?</%sextLst\s*>" % (p, p)
    cell = rb"(<%sc(?:\s%s)?>)\s*(%s)\s*(?:%s)?\s*(%s)?\s*</%sc\s*>"
    return (
        re.compile(rb"<%sf(?=[\s/>])" % p),
        re.compile(cell % (p, _ATTRIBUTES, formula, value, rest, p), re.DOTALL),
    )

"""What does a tab have beside its rows: looks of columns, filters, merged cells, links, tables?"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from tracker.layout import address
from tracker.stores.xlsx_markup import Edit, Node, edited, escaped, tree, with_attributes
from tracker.stores.xlsx_rows import Area, SheetXml, area
from tracker.stores.xlsx_unfit import Unfit

_BEFORE_LINKS = (
    "sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter sortState "
    "dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations"
).split()
"""What stands before the links of a tab; their order is fixed (ISO/IEC 29500-1, 18.3.1.99)."""


class Skeleton:
    """A tab's XML without its rows, and the edits that are to be made in it."""

    def __init__(self, sheet: SheetXml) -> None:
        """Read it; all blocks of the sheet have been taken. Raises Unfit."""
        self._head, self._tail = sheet.head, sheet.tail
        self._root = tree(sheet.head + sheet.tail)
        self._edits: list[Edit] = []

    @property
    def head(self) -> bytes:
        """What comes before the rows, edited."""
        size = len(self._head)
        return edited(self._head, [edit for edit in self._edits if edit[1] <= size])

    @property
    def tail(self) -> bytes:
        """What comes after the rows, edited."""
        size = len(self._head)
        after = [(a - size, b - size, new) for a, b, new in self._edits if b > size]
        return edited(self._tail, after)

    def looks(self, columns: Collection[int]) -> dict[int, int]:
        """Tell the looks of these columns (from 0), as far as they have one."""
        found: dict[int, int] = {}
        for one in (col for cols in self._root.all("cols") for col in cols.all("col")):
            if "style" in one.attributes:
                whole = range(one.number("min") - 1, one.number("max"))
                style = one.number("style")
                found |= {column: style for column in columns if column in whole}
        return found

    def merged_bottom(self, right: int) -> int:
        """Tell the last row that is merged with others in a column up to `right` (from 0)."""
        return max((bottom for _, left, bottom, _ in self._merged() if left <= right), default=0)

    def table_ids(self) -> list[str]:
        """Tell the relations of the tab's tables."""
        parts = self._root.one("tableParts")
        return [_relation(part) for part in parts.all("tablePart")] if parts else []

    def filter_area(self) -> Area | None:
        """Tell the cells that have a filter."""
        found = self._root.one("autoFilter")
        if found is None or "ref" not in found.attributes:
            return None
        return area(found.said("ref"))

    def grow_filter(self, first: int, last: int) -> Area | None:
        """Let a filter reach over rows that were added right below it; give its cells then."""
        found, old = self._root.one("autoFilter"), self.filter_area()
        if found is None or old is None or not (old[0] < first and old[2] == first - 1):
            return None
        new = (*old[:2], last, old[3])
        self._set(found, ref=_said(new))
        return new

    def cover(self, bottom: int, right: int, *, shrink: bool = False) -> None:
        """Say how far the tab's cells reach; without `shrink` at least as far as now."""
        found = self._root.one("dimension")
        if found is None:
            return
        top, left, old_bottom, old_right = area(found.attributes.get("ref", "A1"))
        if not shrink:
            bottom, right = max(bottom, old_bottom), max(right, old_right)
        self._set(found, ref=_said((min(top, bottom), min(left, right), bottom, right)))

    def part_below(self, row: int) -> None:
        """Part merged cells that reach below this row."""
        found = self._root.one("mergeCells")
        if found is None:
            return
        cells = found.all("mergeCell")
        kept = [one for one in cells if area(one.said("ref"))[2] <= row]
        if not kept:
            self._edits.append((found.start, found.end, b""))
        elif len(kept) < len(cells):
            self._set(found, count=str(len(kept)))
            self._edits += [(one.start, one.end, b"") for one in cells if one not in kept]

    def set_links(self, columns: Collection[int], links: Mapping[tuple[int, int], str]) -> None:
        """Put these links (by row and column) in place of all in those columns below row 1."""
        found, p = self._root.one("hyperlinks"), self._root.prefix
        old = found.all("hyperlink") if found else []
        gone = [one for one in old if _is_within(area(one.said("ref")), columns)]
        new = "".join(
            f'<{p}hyperlink ref="{address(column, row)}" location="{escaped(to)}"/>'
            for (row, column), to in links.items()
        ).encode()
        if found is None:
            if new:
                whole = f"<{p}hyperlinks>".encode() + new + f"</{p}hyperlinks>".encode()
                at = max(one.end for one in self._root.children if one.local in _BEFORE_LINKS)
                self._edits.append((at, at, whole))
        elif len(gone) == len(old) and not new:
            self._edits.append((found.start, found.end, b""))
        else:
            self._edits += [(one.start, one.end, b"") for one in gone]
            self._edits.append((found.closed, found.closed, new))

    def _merged(self) -> list[Area]:
        found = self._root.one("mergeCells")
        cells = found.all("mergeCell") if found else []
        return [area(one.said("ref")) for one in cells]

    def _set(self, node: Node, **values: str) -> None:
        whole = self._head + self._tail if node.opened > len(self._head) else self._head
        old = whole[node.start : node.opened]
        new = with_attributes(old, **values)
        if new != old:
            self._edits.append((node.start, node.opened, new))


def _relation(node: Node) -> str:
    for name, value in node.attributes.items():
        if name.rpartition(":")[2] == "id":
            return value
    raise Unfit("xml")


def _is_within(cells: Area, columns: Collection[int]) -> bool:
    top, left, _, right = cells
    return top > 1 and all(column in columns for column in range(left, right + 1))


def _said(cells: Area) -> str:
    top, left, bottom, right = cells
    return f"{address(left, top)}:{address(right, bottom)}"

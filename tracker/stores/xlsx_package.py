"""What parts has a workbook, and what must its own list of them say after a commit?"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from tracker.layout import letter
from tracker.stores.xlsx_cells import EPOCH_1900, EPOCH_1904
from tracker.stores.xlsx_markup import Edit, Node, edited, main_prefix, tree, with_attributes
from tracker.stores.xlsx_rows import Area, area, text_of
from tracker.stores.xlsx_unfit import Unfit
from tracker.stores.xlsx_zip import Archive, Packed, packed

BOOK = "xl/workbook.xml"
TYPES = "[Content_Types].xml"
_BEFORE_CALCULATION = (
    "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups "
    "externalReferences definedNames"
).split()
"""What stands before `calcPr`; the order is fixed (ISO/IEC 29500-1, 18.2.27)."""
_YES = {"1", "true"}
_Test = Callable[[Mapping[str, str]], bool]


class Package:
    """A workbook's list of parts.

    Attributes:
        archive: the zip.
        sheets: the parts of its worksheets by title; sheets of another kind are left out.
        titles: the titles of all sheets, in their order.
        epoch: the day that its dates are counted from.
        styles: the part with its looks.
    """

    def __init__(self, content: bytes) -> None:
        """Read the list. Raises Unfit for what is not found where a workbook has it."""
        self.archive = Archive(content)
        self._book = self.archive.read(BOOK)
        main_prefix(self._book, "workbook")
        self._root = tree(self._book)
        self._parts = self.related(BOOK)
        sheets = self._only("sheets").all("sheet")
        self.titles = [sheet.attributes.get("name", "") for sheet in sheets]
        self.sheets: dict[str, str] = {}
        for sheet, title in zip(sheets, self.titles, strict=True):
            kind, part = self._parts.get(_relation(sheet), ("", ""))
            if kind == "worksheet":
                self.sheets[title] = part
        properties = self._root.one("workbookPr")
        is_1904 = properties is not None and properties.attributes.get("date1904") in _YES
        self.epoch: date = EPOCH_1904 if is_1904 else EPOCH_1900
        self.styles = self._of_kind("styles") or ""

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Give the kind and part of each relation of a part; what lies outside has no part."""
        folder, name = posixpath.split(part)
        listed = f"{folder}/_rels/{name}.rels"
        if listed not in self.archive:
            return {}
        found = {}
        for one in tree(self.archive.read(listed)).all("Relationship"):
            said = one.attributes
            target = said.get("Target", "")
            if said.get("TargetMode") == "External":
                target = ""
            elif not target.startswith("/"):
                target = posixpath.normpath(f"{folder}/{target}")
            kind = said.get("Type", "").rpartition("/")[2]
            found[said.get("Id", "")] = kind, target.lstrip("/")
        return found

    def shared_texts(self, wanted: set[int]) -> dict[int, str]:
        """Look up shared texts by their numbers. Raises Unfit `texts` where one is missing."""
        part = self._of_kind("sharedStrings")
        found: dict[int, str] = {}
        if wanted and part is not None:
            for number, text in enumerate(_texts(self.archive.pieces(part))):
                if number in wanted:
                    found[number] = text_of(tree(text, fragment=True).children[0])
                if len(found) == len(wanted):
                    break
        if len(found) < len(wanted):
            raise Unfit("texts")
        return found

    def book(self, filtered: Mapping[str, Area]) -> Packed | None:
        """Ask for a full calculation, and name filters that grew; None where nothing changes."""
        edits = [*self._calculated(), *self._filters(filtered)]
        return packed(edited(self._book, edits)) if edits else None

    def without_calculation_chain(self) -> tuple[dict[str, Packed], set[str]]:
        """Give the parts that change and those that go when formulas came or went.

        The chain is only a hint in which order to count; a wrong one makes Excel repair the book.
        """
        chain = self._of_kind("calcChain")
        if chain is None:
            return {}, set()
        folder, name = posixpath.split(BOOK)
        relations = f"{folder}/_rels/{name}.rels"
        changed = {
            relations: self._without(relations, lambda one: one["Type"].endswith("/calcChain")),
            TYPES: self._without(TYPES, lambda one: one.get("PartName") == f"/{chain}"),
        }
        return changed, {chain}

    def table(self, sheet: str, relation: str, first: int, last: int) -> dict[str, Packed]:
        """Let a table reach over rows that were added in it or right below it."""
        kind, part = self.related(sheet).get(relation, ("", ""))
        if kind != "table":
            raise Unfit("table")
        data = self.archive.read(part)
        root = tree(data)
        top, left, bottom, right = area(root.attributes.get("ref", ""))
        has_totals = root.number("totalsRowCount", 0) > 0
        if has_totals and top <= first <= bottom:
            raise Unfit("table")
        if has_totals or not (top < first <= bottom + 1 and last > bottom):
            return {}
        new = f"{letter(left)}{top}:{letter(right)}{last}"
        edits: list[Edit] = []
        for node in (root, root.one("autoFilter")):
            if node is not None and "ref" in node.attributes:
                tag = with_attributes(data[node.start : node.opened], ref=new)
                edits.append((node.start, node.opened, tag))
        return {part: packed(edited(data, edits))}

    def _calculated(self) -> Iterator[Edit]:
        found = self._root.one("calcPr")
        if found is None:
            at = max(one.end for one in self._root.children if one.local in _BEFORE_CALCULATION)
            yield at, at, f'<{self._root.prefix}calcPr fullCalcOnLoad="1"/>'.encode()
        elif found.attributes.get("fullCalcOnLoad") not in _YES:
            tag = with_attributes(self._book[found.start : found.opened], fullCalcOnLoad="1")
            yield found.start, found.opened, tag

    def _filters(self, filtered: Mapping[str, Area]) -> Iterator[Edit]:
        names = self._root.one("definedNames")
        for name in names.all("definedName") if names else ():
            said = name.attributes
            if said.get("name") != "_xlnm._FilterDatabase" or "localSheetId" not in said:
                continue
            index = name.number("localSheetId")
            title = self.titles[index] if index < len(self.titles) else ""
            if title in filtered:
                top, left, bottom, right = filtered[title]
                text = self._book[name.opened : name.closed]
                cells = f"!${letter(left)}${top}:${letter(right)}${bottom}"
                yield name.opened, name.closed, text.rpartition(b"!")[0] + cells.encode()

    def _without(self, part: str, is_it: _Test) -> Packed:
        data = self.archive.read(part)
        gone = [one for one in tree(data).children if is_it(one.attributes)]
        return packed(edited(data, [(one.start, one.end, b"") for one in gone]))

    def _of_kind(self, kind: str) -> str | None:
        return next((part for found, part in self._parts.values() if found == kind), None)

    def _only(self, local: str) -> Node:
        found = self._root.one(local)
        if found is None:
            raise Unfit("xml")
        return found


def _relation(sheet: Node) -> str:
    return next((v for k, v in sheet.attributes.items() if k.rpartition(":")[2] == "id"), "")


def _texts(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Give the shared texts one by one, each as its XML."""
    held = b""
    pattern: re.Pattern[bytes] | None = None
    for piece in pieces:
        held += piece
        if pattern is None:
            p = re.escape(main_prefix(held, "sst"))
            tag = rb"<%ssi(?:\s[^<>]*)?(?:/>|>.*?</%ssi\s*>)" % (p, p)
            pattern = re.compile(tag, re.DOTALL)
        end = 0
        for found in pattern.finditer(held):
            yield found[0]
            end = found.end()
        held = held[end:]

"""What is a spreadsheet made of just now? Its tabs by id, its locale and zone, our own marks.

All of it comes from one masked call; titles may change at any time, ids never do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.layout import Tab, find_tab, title_of
from tracker.problems import Stop

TAB_KEY = "tracker.tab"
"""The developer metadata of a sheet that says which of our tabs it is, whatever its title."""

FENCE_KEY = "tracker.generation"
"""The developer metadata of the spreadsheet that a commit leaves: its id is the generation."""

HIDDEN = "_tracker"

FIELDS = (
    "properties(title,locale,timeZone),"
    "sheets(properties(sheetId,title,sheetType,gridProperties(rowCount,columnCount)),"
    "developerMetadata(metadataKey,metadataValue)),"
    "developerMetadata(metadataId,metadataKey,metadataValue)"
)

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """One sheet: its lasting id, its title of the moment, its size, and which of our tabs it is.

    `marked` says that it bears our mark, by which it stays ours when it is renamed.
    """

    sheet_id: int
    title: str
    rows: int
    columns: int
    tab: Tab | None = None
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Fence:
    """What one commit left: its generation, its nonce, and when it was made (unix seconds)."""

    number: int
    nonce: str
    made: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The spreadsheet as one masked read tells it."""

    title: str
    locale: str
    zone: str
    sheets: tuple[SheetInfo, ...]
    fences: tuple[Fence, ...] = ()
    tabs: Mapping[Tab, SheetInfo] = field(default_factory=dict)
    hidden: SheetInfo | None = None

    def sheet(self, tab: Tab) -> SheetInfo:
        """Give the sheet of a tab. Raises Stop `tab_missing`."""
        if tab not in self.tabs:
            raise Stop("tab_missing", tab=tab.value, tab_ru=title_of(tab, "ru"))
        return self.tabs[tab]

    @property
    def cells(self) -> int:
        """How many cells count against Google's limit; blank ones do."""
        return sum(sheet.rows * sheet.columns for sheet in self.sheets)


def read_standing(answer: Json) -> Standing:
    """Understand the answer to the masked read. Raises Stop `tab_doubled`."""
    properties = answer.get("properties", {})
    marked = [_sheet(one) for one in answer.get("sheets", ())]
    sheets = tuple(sheet for sheet, _ in marked)
    hidden = next((s for s, mark in marked if HIDDEN in {mark, s.title}), None)
    return Standing(
        title=properties.get("title", ""),
        locale=properties.get("locale", ""),
        zone=properties.get("timeZone", ""),
        sheets=sheets,
        fences=tuple(sorted(_fences(answer), key=lambda fence: fence.number)),
        tabs=_tabs(sheets),
        hidden=hidden,
    )


def _sheet(one: Json) -> tuple[SheetInfo, str]:
    properties = one.get("properties", {})
    grid = properties.get("gridProperties", {})
    marks = {m.get("metadataKey"): m.get("metadataValue") for m in one.get("developerMetadata", ())}
    mark = str(marks.get(TAB_KEY) or "")
    is_grid = properties.get("sheetType", "GRID") == "GRID"
    title = str(properties.get("title", ""))
    by_mark = next((tab for tab in Tab if tab.value == mark), None)
    found = SheetInfo(
        # Zero is the id of a spreadsheet's first sheet, and Google often leaves out what is zero.
        sheet_id=int(properties.get("sheetId", 0)),
        title=title,
        rows=int(grid.get("rowCount", 0)),
        columns=int(grid.get("columnCount", 0)),
        tab=(by_mark or find_tab(title)) if is_grid else None,
        marked=by_mark is not None,
    )
    return found, mark


def _tabs(sheets: tuple[SheetInfo, ...]) -> dict[Tab, SheetInfo]:
    """Find our tabs. A duplicate made by the owner bears our mark too: the true title wins.

    It does not win over the mark: a tab without it is not the one that we wrote.
    """
    found: dict[Tab, SheetInfo] = {}
    for sheet in sheets:
        if sheet.tab is None:
            continue
        other = found.get(sheet.tab)
        if other is None:
            found[sheet.tab] = sheet
            continue
        named = [one for one in (other, sheet) if find_tab(one.title) is sheet.tab]
        if len(named) != 1 or (not named[0].marked and (other.marked or sheet.marked)):
            raise Stop("tab_doubled", first=other.title, second=sheet.title)
        found[sheet.tab] = named[0]
    return found


def _fences(answer: Json) -> list[Fence]:
    found = [
        _fence(int(one.get("metadataId", 0)), str(one.get("metadataValue", "")))
        for one in answer.get("developerMetadata", ())
        if one.get("metadataKey") == FENCE_KEY
    ]
    return [fence for fence in found if fence is not None]


def _fence(number: int, value: str) -> Fence | None:
    """Read one fence; None when its value names another number than its id."""
    named, _, rest = value.partition(" ")
    nonce, _, made = rest.partition(" ")
    if named != str(number):
        return None
    return Fence(number, nonce, int(made) if made.isascii() and made.isdigit() else 0)

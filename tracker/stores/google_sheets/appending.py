"""How does a commit become one batch? The fence, fresh rows, reports, the hidden tab.

Rows are inserted, never written over; the answer of the batch itself tells whether every cell
stands under its heading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tracker.cells import Cell
from tracker.layout import LAYOUT, Owner, Tab, columns_of, letter
from tracker.stores import Commit, Generation, Link
from tracker.stores.google_sheets.erasing import erase_request
from tracker.stores.google_sheets.fence import (
    GENERATION,
    NONCE,
    Request,
    doomed,
    drop_request,
    fence_request,
)
from tracker.stores.google_sheets.grid import row_of, typed
from tracker.stores.google_sheets.seen import Seen
from tracker.stores.google_sheets.standing import SheetInfo

DECORATIONS = frozenset(
    "addChart addConditionalFormatRule addProtectedRange setDataValidation "
    "updateDimensionProperties".split()
)
"""Requests of a lay-out that may be refused without the book being any less a book."""

VALUES = "userEnteredValue"
LINKED = "userEnteredValue,userEnteredFormat.textFormat.link"
Record = Mapping[str, Cell | Link]


@dataclass(frozen=True, slots=True)
class Placed:
    """Rows of one tab in a batch.

    Attributes:
        start: index (from 0) of the first inserted row; None for a report, which is rewritten.
        columns: where each key was believed to be (from 0).
    """

    tab: Tab
    sheet: SheetInfo
    columns: Mapping[str, int]
    rows: Sequence[Sequence[Cell]] = ()
    start: int | None = None

    @property
    def key_place(self) -> int:
        """The column by whose cells the rows are found again in the answer."""
        return self.columns[LAYOUT[self.tab].key_column]


@dataclass(slots=True)
class Batch:
    """One atomic batchUpdate. `about` names the tab of each request, for Google's refusals."""

    generation: Generation
    made: int
    dropped: frozenset[int]
    requests: list[Request] = field(default_factory=list)
    about: list[str] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)

    def add(self, request: Request, about: str) -> None:
        """Add one request."""
        self.requests.append(request)
        self.about.append(about)

    def is_drop(self, index: int | None) -> bool:
        """Whether the request of that index takes an old fence away."""
        if index is None or index >= len(self.requests):
            return False
        return "deleteDeveloperMetadata" in self.requests[index]

    def is_decoration(self, index: int | None) -> bool:
        """Whether the request of that index only helps the eye or the hand."""
        if index is None or index >= len(self.requests):
            return False
        return not DECORATIONS.isdisjoint(self.requests[index])

    def undecorate(self) -> None:
        """Leave out what a book works without."""
        kept = [n for n in range(len(self.requests)) if not self.is_decoration(n)]
        self.about = [self.about[n] for n in kept]
        self.requests = [self.requests[n] for n in kept]

    def body(self) -> dict[str, Any]:
        """The body to send; it asks for the heading and the keys of what was written."""
        if not self.placed:
            # Without ranges the answer would hold every cell of the spreadsheet.
            return {"requests": self.requests}
        return {
            "requests": self.requests,
            "includeSpreadsheetInResponse": True,
            "responseRanges": [area for one in self.placed for area in _verified(one)],
            "responseIncludeGridData": True,
        }


def begun(seen: Seen, generation: Generation, now: int, *, drops: bool = False) -> Batch:
    """Begin a batch: its fence comes first; with `drops` old fences go."""
    dropped = doomed(seen.standing.fences, now) if drops else ()
    batch = Batch(generation, now, frozenset(dropped))
    batch.add(fence_request(generation, now), "")
    for number in dropped:
        batch.add(drop_request(number), "")
    return batch


def batch_of(
    commit: Commit, seen: Seen, generation: Generation, now: int, *, drops: bool = True
) -> Batch:
    """Make the batch of a commit.

    Raises Stop `tab_missing`, `heading_missing`, `heading_doubled`; KeyError, TypeError and
    ValueError for rows that no store may hold.
    """
    batch = begun(seen, generation, now, drops=drops)
    for one in commit.erasures:
        batch.add(*erase_request(one, seen))
    for tab, records in commit.appends.items():
        if records:
            _append(batch, seen, tab, records)
    for tab, report in commit.reports.items():
        _rewrite(batch, seen, tab, report)
    put_state(batch, seen, generation, {**seen.state, **commit.state})
    return batch


def put_state(batch: Batch, seen: Seen, generation: Generation, state: Mapping[str, str]) -> None:
    """Write the hidden tab whole; it repeats the generation."""
    if seen.standing.hidden is None:
        return
    kept = {**state, GENERATION: str(generation.number), NONCE: generation.nonce}
    rows = [[key, text] for key, text in sorted(kept.items())]
    _write_over(batch, seen.standing.hidden, (0, 2), rows, "")


def advance(seen: Seen, batch: Batch, state: Mapping[str, str]) -> None:
    """Note what a batch that landed has changed."""
    for one in batch.placed:
        if one.start is not None:
            seen.last[one.tab] = one.start + len(one.rows)
            seen.grow(one.sheet.sheet_id, len(one.rows))
        elif len(one.rows) + 1 > one.sheet.rows:
            seen.grow(one.sheet.sheet_id, len(one.rows) + 1 - one.sheet.rows)
    hidden, entries = seen.standing.hidden, len({**seen.state, **state}) + 3
    if hidden is not None and entries > hidden.rows:
        seen.grow(hidden.sheet_id, entries - hidden.rows)
    seen.state.update(state)
    seen.move_on(batch.generation, batch.made, batch.dropped)


def _append(batch: Batch, seen: Seen, tab: Tab, records: Sequence[Record]) -> None:
    sheet, columns, width = _found(seen, tab)
    rows = [row_of(tab, record, columns, width) for record in records]
    # The owner may have deleted rows since they were counted.
    start = min(seen.last[tab], sheet.rows)
    place = {"sheetId": sheet.sheet_id, "dimension": "ROWS"}
    ends = {"startIndex": start, "endIndex": start + len(rows)}
    # New rows look like the row above, but the first ones not like the heading.
    above = start > 1 or start >= sheet.rows
    inserted = {"range": place | ends, "inheritFromBefore": above}
    batch.add({"insertDimension": inserted}, sheet.title)
    at = {"sheetId": sheet.sheet_id, "rowIndex": start, "columnIndex": 0}
    batch.add({"updateCells": {"start": at, "rows": _rows(rows), "fields": VALUES}}, sheet.title)
    check = columns.get("check")
    if check is not None and LAYOUT[tab].owner is Owner.OWNER and start < sheet.rows:
        batch.add(_check_formulas(sheet, start, len(rows), check), sheet.title)
    batch.placed.append(Placed(tab, sheet, columns, rows, start))


def _check_formulas(sheet: SheetInfo, start: int, count: int, check: int) -> Request:
    """Give new rows of the owner's the formula that waits in the row below them."""
    area = {"sheetId": sheet.sheet_id, "startColumnIndex": check, "endColumnIndex": check + 1}
    below = {"startRowIndex": start + count, "endRowIndex": start + count + 1}
    fresh = {"startRowIndex": start, "endRowIndex": start + count}
    pasted = {"source": area | below, "destination": area | fresh, "pasteType": "PASTE_FORMULA"}
    return {"copyPaste": pasted}


def _rewrite(batch: Batch, seen: Seen, tab: Tab, records: Sequence[Record]) -> None:
    sheet, columns, width = _found(seen, tab)
    rows = [row_of(tab, record, columns, width) for record in records]
    links = [_links(record, columns, seen) for record in records]
    blocks = _blocks(columns.values())
    for number, block in enumerate(blocks):
        cut = [row[block[0] : block[1]] for row in rows]
        linked = [{p - block[0]: uri for p, uri in one.items()} for one in links]
        _write_over(batch, sheet, block, cut, sheet.title, linked, grow=number == 0)
    batch.placed.append(Placed(tab, sheet, columns, rows))


def _write_over(
    batch: Batch, sheet: SheetInfo, block: tuple[int, int], rows: Sequence[Sequence[Cell]],
    about: str, links: Sequence[Mapping[int, str]] = (), *, grow: bool = True,
) -> None:  # fmt: skip
    """Rewrite columns of a sheet below its heading; what is not covered becomes blank."""
    missing = len(rows) + 1 - sheet.rows
    if missing > 0 and grow:
        place = {"sheetId": sheet.sheet_id, "dimension": "ROWS"}
        ends = {"startIndex": sheet.rows, "endIndex": sheet.rows + missing}
        batch.add({"insertDimension": {"range": place | ends, "inheritFromBefore": True}}, about)
    bottom = max(sheet.rows, len(rows) + 1)
    if bottom == 1:
        return
    area = {
        "sheetId": sheet.sheet_id,
        "startRowIndex": 1,
        "endRowIndex": bottom,
        "startColumnIndex": block[0],
        "endColumnIndex": block[1],
    }
    written = _rows(rows, links)
    # A cell that held a link must not keep it under another text.
    fields = LINKED if links else VALUES
    batch.add({"updateCells": {"range": area, "rows": written, "fields": fields}}, about)


def _found(seen: Seen, tab: Tab) -> tuple[SheetInfo, dict[str, int], int]:
    sheet = seen.standing.sheet(tab)
    headings = seen.headings[tab]
    columns = columns_of(tab, headings, sheet.title)
    return sheet, columns, max(columns.values()) + 1


def _rows(
    rows: Sequence[Sequence[Cell]], links: Sequence[Mapping[int, str]] = ()
) -> list[dict[str, Any]]:
    linked = links or [{}] * len(rows)
    return [
        {"values": [_cell(cell, uris.get(place)) for place, cell in enumerate(row)]}
        for row, uris in zip(rows, linked, strict=True)
    ]


def _cell(cell: Cell, uri: str | None) -> dict[str, Any]:
    value = typed(cell)
    data: dict[str, Any] = {VALUES: value} if value else {}
    if uri is not None:
        data["userEnteredFormat"] = {"textFormat": {"link": {"uri": uri}}}
    return data


def _links(record: Record, columns: Mapping[str, int], seen: Seen) -> dict[int, str]:
    return {
        columns[key]: f"#gid={seen.standing.tabs[value.tab].sheet_id}&range={value.cell}"
        for key, value in record.items()
        if isinstance(value, Link) and key in columns and value.tab in seen.standing.tabs
    }


def _blocks(places: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of neighbouring columns: what stands between them is the owner's."""
    blocks: list[tuple[int, int]] = []
    for place in sorted(places):
        if blocks and blocks[-1][1] == place:
            blocks[-1] = (blocks[-1][0], place + 1)
        else:
            blocks.append((place, place + 1))
    return blocks


def _verified(one: Placed) -> list[str]:
    quoted = "'" + one.sheet.title.replace("'", "''") + "'"
    heading = f"{quoted}!1:1"
    if one.start is None:
        return [heading]
    name = letter(one.key_place)
    return [heading, f"{quoted}!{name}{one.start + 1}:{name}{one.start + len(one.rows)}"]

"""What does a spreadsheet lack to be a book of ours? One batch adds all of it, or nothing."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from tracker.layout import Tab
from tracker.problems import Stop
from tracker.sentences.added import added
from tracker.stores import Generation, Table
from tracker.stores.google_sheets.appending import Batch, begun, put_state
from tracker.stores.google_sheets.fence import GENERATION, NONCE, generation_of
from tracker.stores.google_sheets.laying_out import lay_out_requests
from tracker.stores.google_sheets.looking import Grids, Reader
from tracker.stores.google_sheets.reading import pairs_of, table_of
from tracker.stores.google_sheets.seen import Seen
from tracker.stores.google_sheets.standing import HIDDEN, TAB_KEY, SheetInfo, Standing
from tracker.stores.looks import language_among, refuse_alien

HIDDEN_ROWS = 50
ID_MAX = 2**31 - 1


def founded(reader: Reader, language: str, now: int) -> tuple[Batch, list[str], Generation] | None:
    """Give the batch that adds what is missing, what it says, and the generation it builds on.

    The batch is empty when nothing is missing; None when tabs went while they were read. Raises
    Stop `language_unknown`, `tab_doubled`, and what the reader raises.
    """
    if language not in {"en", "ru"}:
        raise Stop("language_unknown", language=language)
    standing = reader.standing()
    present = [*standing.tabs.values(), *filter(None, [standing.hidden])]
    grids = reader.whole(present)
    if grids is None:
        return None
    state = {} if standing.hidden is None else pairs_of(grids[standing.hidden.sheet_id])
    current, mirror = generation_of(standing, state)
    new_id = _ids(standing)
    tables, used = _tables(standing, grids), _used(standing, grids)
    for tab, sheet in standing.tabs.items():
        if not sheet.marked:
            refuse_alien(tab, sheet.title, tables[tab].headings, blank=used[tab] == 0)
    requests, said = lay_out_requests(standing, tables, language, new_id, used)
    language = language_among([sheet.title for sheet in standing.tabs.values()], language)
    said = _said(said, standing, language)
    requests = [*requests, *_marks(standing)]
    generation = Generation(current.number + 1, secrets.token_hex(8))
    seen = Seen(standing, current, current, state)
    batch = begun(seen, generation, now)
    if not requests and standing.hidden is not None:
        return replace(batch, requests=[], about=[]), said, current
    for request in requests:
        batch.add(request, "")
    if standing.hidden is None:
        seen.standing = replace(standing, hidden=_add_hidden(batch, new_id()))
    own = {key: text for key, text in state.items() if key not in {GENERATION, NONCE}}
    if standing.hidden is None or mirror == current:
        # Else a version was put back, and only `restore` may say that this is as it should be.
        put_state(batch, seen, generation, own)
    return batch, said, current


def _said(said: Sequence[str], standing: Standing, language: str) -> list[str]:
    """Say a whole new book in one sentence, and additions to a standing one each."""
    if not standing.tabs:
        return [added("sheet", language, title=standing.title, tabs=str(len(Tab)))]
    if standing.hidden is None:
        return [*said, added("hidden", language, tab=HIDDEN)]
    return list(said)


def _tables(standing: Standing, grids: Grids) -> Mapping[Tab, Table]:
    return {
        tab: table_of(tab, sheet, grids[sheet.sheet_id]) for tab, sheet in standing.tabs.items()
    }


def _used(standing: Standing, grids: Grids) -> dict[Tab, int]:
    """How many columns of each tab have anything in them, a heading or a value of the owner's."""
    found = {}
    for tab, sheet in standing.tabs.items():
        grid = grids[sheet.sheet_id]
        rows = [grid.headings, *(row for _, row in grid.rows)]
        found[tab] = max((len(row) for row in rows), default=0)
    return found


def _marks(standing: Standing) -> list[dict[str, object]]:
    """Mark tabs that somebody made by hand, so that they may be renamed from now on."""
    return [
        {
            "createDeveloperMetadata": {
                "developerMetadata": {
                    "metadataKey": TAB_KEY,
                    "metadataValue": tab.value,
                    "location": {"sheetId": sheet.sheet_id},
                    "visibility": "DOCUMENT",
                }
            }
        }
        for tab, sheet in standing.tabs.items()
        if not sheet.marked
    ]


def _add_hidden(batch: Batch, sheet_id: int) -> SheetInfo:
    size = {"rowCount": HIDDEN_ROWS, "columnCount": 2, "frozenRowCount": 1}
    properties = {"sheetId": sheet_id, "title": HIDDEN, "hidden": True, "gridProperties": size}
    batch.add({"addSheet": {"properties": properties}}, HIDDEN)
    words = [{"userEnteredValue": {"stringValue": word}} for word in ("key", "value")]
    at = {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": 0}
    heading = {"start": at, "rows": [{"values": words}], "fields": "userEnteredValue"}
    batch.add({"updateCells": heading}, HIDDEN)
    return SheetInfo(sheet_id, HIDDEN, HIDDEN_ROWS, 2)


def _ids(standing: Standing) -> Callable[[], int]:
    """Give ids that no sheet has."""
    used = {sheet.sheet_id for sheet in standing.sheets}

    def new() -> int:
        while True:
            found = secrets.randbelow(ID_MAX) + 1
            if found not in used:
                used.add(found)
                return found

    return new

"""Where are facts about Google tried? On scratch tabs of our own, taken away whatever happens.

Nothing else of the spreadsheet is written: probes add and delete tabs that bear this mark and this
name, and developer metadata under a key that nothing else uses.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.stores.google_sheets.fence import Request
from tracker.stores.google_sheets.grid import Raw
from tracker.stores.google_sheets.reading import Area, question
from tracker.stores.google_sheets.refusals import MESSAGE_CHARACTERS_MAX, stop_for
from tracker.stores.google_sheets.wire import Json, Lost, Refused, Wire

PROBE_KEY = "tracker.probe"
"""The developer metadata of all that probes make."""

TITLE = "tracker's scratch tab (may be deleted), черновик (можно удалить)"
"""How the titles of scratch tabs begin; the apostrophe, the blanks and the letters are a test."""

CLEAN_TRIES_MAX = 5
LATE_SECONDS = (5.0, 25.0, 60.0, 90.0)
"""Google works on a call for 180 seconds at most: so long a lost write may land yet."""

ID_FIRST, ID_COUNT = 2_000_000_000, 100_000_000
"""Ids far above every generation of the fence, and random, so that nobody else has them."""

_LOOK = (
    "sheets(properties(sheetId,title),developerMetadata(metadataId,metadataKey)),"
    "developerMetadata(metadataId,metadataKey)"
)


class Broken(Exception):
    """Google does otherwise; `code` and `values` say what was seen."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Untold(Broken):
    """What Google does could not be seen."""


@dataclass(frozen=True, slots=True)
class Scratch:
    """One scratch tab: its id and its title of the moment."""

    sheet_id: int
    title: str

    @property
    def quoted(self) -> str:
        """The title as it stands before the `!` of a range."""
        return "'" + self.title.replace("'", "''") + "'"


@dataclass(frozen=True, slots=True)
class Left:
    """What of ours is in the spreadsheet: scratch tabs, and marks elsewhere by their ids."""

    tabs: tuple[Scratch, ...]
    marks: tuple[int, ...]

    @property
    def requests(self) -> list[Request]:
        """Take it away. The marks of a tab go with it."""
        tabs = [{"deleteSheet": {"sheetId": tab.sheet_id}} for tab in self.tabs]
        return tabs + [drop(number) for number in self.marks]


class Bench:
    """Scratch tabs of one spreadsheet, and the calls about them, with their milliseconds.

    `pause` waits for seconds, `timer` tells them.
    """

    def __init__(
        self, wire: Wire, where: str, *, pause: Callable[[float], None] = time.sleep,
        timer: Callable[[], float] = time.perf_counter,
    ) -> None:  # fmt: skip
        self.tabs: tuple[Scratch, ...] = ()
        self.read_ms: list[int] = []
        self.write_ms: list[int] = []
        self._wire = wire
        self._where = where
        self._pause = pause
        self._timer = timer
        self._made = 0
        self._next_id = ID_FIRST + secrets.randbelow(ID_COUNT)
        self._maybe: tuple[Scratch, ...] = ()

    @property
    def tab(self) -> Scratch:
        """The scratch tab of the probe at work."""
        return self.tabs[0]

    def new_id(self) -> int:
        """Give an id that nothing has."""
        self._next_id += 1
        return self._next_id

    def fresh(self, tabs: int = 1, rows: int = 12, frozen: int = 0) -> None:
        """Begin anew on empty tabs of six columns. Raises Untold when they could not be made."""
        old = self._look().tabs if self._maybe else self.tabs
        new = tuple(self._named() for _ in range(tabs))
        grid = {"rowCount": rows, "columnCount": 6, "frozenRowCount": frozen}
        requests = [one for tab in new for one in _added(tab, grid)]
        self._maybe = (*old, *new)
        self.tabs = ()
        answer = self.send(*requests, *Left(old, ()).requests)
        if isinstance(answer, Refused):
            raise Untold("refused", **said(answer))
        self.tabs, self._maybe = new, ()

    def send(self, *requests: Request, fields: str = "spreadsheetId", **more: object) -> Json | Refused:
        """Send one batch. Raises Untold when no answer came, Stop when there is no access."""
        began = self._timer()
        answer = self._wire.write({"requests": list(requests), **more}, fields)
        if isinstance(answer, Lost):
            raise Untold("no_answer", why=answer.why)
        self.write_ms.append(self._since(began))
        return self._allowed(answer, writing=True)

    def need(self, *requests: Request, fields: str = "spreadsheetId", **more: object) -> Json:
        """Send one batch that Google should accept. Raises Broken with its words when refused."""
        answer = self.send(*requests, fields=fields, **more)
        if isinstance(answer, Refused):
            raise Broken("refused", **said(answer))
        return answer

    def ask(self, areas: Sequence[Area]) -> Json | Refused:
        """Read values as the store does, all areas in one call."""
        return self._read("/values:batchGetByDataFilter", body=question(areas))

    def values(self, area: str) -> list[list[Raw]]:
        """Read the values of a range of the first tab, by its address alone (`A1:B3`)."""
        rows = self.cells(area, "effectiveValue")
        return [[_raw(cell.get("effectiveValue", {})) for cell in row] for row in rows]

    def cells(self, area: str, mask: str) -> list[list[Json]]:
        """Read the cells of a range of the first tab, each as far as the mask names it."""
        told = self.told(f"data(rowData.values({mask}))", area)
        rows = [row for data in told.get("data", ()) for row in data.get("rowData", ())]
        return [row.get("values", []) for row in rows]

    def told(self, fields: str, area: str = "A1") -> Json:
        """Ask what Google tells of the first tab. Raises Untold when it is not told."""
        whole = f"sheets(properties(sheetId,title,gridProperties),{fields})"
        answer = self._read(fields=whole, ranges=(f"{self.tab.quoted}!{area}",))
        if isinstance(answer, Refused):
            raise Untold("refused", **said(answer))
        for sheet in answer.get("sheets", ()):
            if int(sheet.get("properties", {}).get("sheetId", 0)) == self.tab.sheet_id:
                found: Json = sheet
                return found
        raise Untold("tab_gone")

    def whole(self, fields: str) -> Json:
        """Ask what Google tells of the spreadsheet. Raises Untold when it refuses."""
        answer = self._read(fields=fields)
        if isinstance(answer, Refused):
            raise Untold("refused", **said(answer))
        return answer

    def renamed(self, title: str) -> None:
        """Note that the first tab was renamed."""
        self.tabs = (Scratch(self.tab.sheet_id, title), *self.tabs[1:])

    def clean(self) -> list[str]:
        """Take away all that probes ever left here; the titles that could not be."""
        for seconds in (0.0, *LATE_SECONDS) if self._maybe else (0.0,):
            if seconds:
                self._pause(seconds)
            left = self._cleaned()
            if left.requests:
                return [tab.title for tab in left.tabs] or [PROBE_KEY]
            if self._maybe and self._found:
                break
        return []

"""Where are facts about Google tried? On scratch tabs of our own, taken away whatever happens.

Nothing else of the spreadsheet is written: probes add and delete tabs that bear this mark and this
name, and developer metadata under a key that nothing else uses.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tracker.problems import Stop
from tracker.stores.google_sheets.fence import Request
from tracker.stores.google_sheets.grid import Raw
from tracker.stores.google_sheets.live_marks import PROBE_KEY, TITLE, Left, Scratch, added, marks_of
from tracker.stores.google_sheets.reading import Area, answers, question
from tracker.stores.google_sheets.refusals import MESSAGE_CHARACTERS_MAX, stop_for
from tracker.stores.google_sheets.wire import Json, Lost, Refused, Wire

REFUSED_REQUEST = 400
"""With it Google refuses what was asked; with any other number, who asks."""

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
        self._own: set[int] = set()
        self._next_id = ID_FIRST + secrets.randbelow(ID_COUNT)
        self._unsure = False
        self._late = False

    @property
    def tab(self) -> Scratch:
        """The first scratch tab of the probe at work."""
        return self.tabs[0]

    def new_id(self) -> int:
        """Give an id that nothing has."""
        self._next_id += 1
        return self._next_id

    def fresh(self, tabs: int = 1, rows: int = 12, frozen: int = 0) -> None:
        """Begin anew on empty tabs of six columns. Raises Untold when they could not be made."""
        old = self._left().tabs if self._unsure else self.tabs
        new = tuple(self._named() for _ in range(tabs))
        grid = {"rowCount": rows, "columnCount": 6, "frozenRowCount": frozen}
        requests = [one for tab in new for one in added(tab, grid)]
        self._unsure = True
        # Taking the old tabs away in the same batch keeps it from landing twice or too late.
        answer = self.send(*requests, *Left(old, ()).requests)
        if isinstance(answer, Refused):
            if len(self._own) == tabs:  # not one tab can be made: the reason stands for all probes
                raise self._stop(answer, writing=True)
            raise Untold("refused", **said(answer))
        self.tabs, self._unsure = new, False

    def send(
        self, *requests: Request, fields: str = "spreadsheetId", **more: object
    ) -> Json | Refused:
        """Send one batch. Raises Untold when no answer came, Stop when there is no access."""
        began = self._timer()
        answer = self._wire.write({"requests": list(requests), **more}, fields)
        if isinstance(answer, Lost):
            # A call that was waited for to the end is one that Google has given up.
            self._late = self._late or answer.why != "ReadTimeout"
            self._unsure = True
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

    def values(self, bottom: int, right: int) -> list[list[Raw]]:
        """Read the first rows and columns of the first tab. Raises Untold if they are not told."""
        area = (self.tab.sheet_id, 0, bottom, 0, right)
        answer = self.ask([area])
        if isinstance(answer, Refused):
            raise Untold("refused", **said(answer))
        try:
            return answers(answer, [area])[area]
        except Stop:
            raise Untold("odd_answer") from None

    def cells(self, area: str, mask: str) -> list[Json]:
        """Read the cells of the first tab in an area such as `A1:B3`, row by row in one list."""
        told = self.told(f"data(rowData.values({mask}))", area)
        rows = [row for data in told.get("data", ()) for row in data.get("rowData", ())]
        return [cell for row in rows for cell in row.get("values", ())]

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
        raise Untold("odd_answer")

    def whole(self, fields: str) -> Json:
        """Ask what Google tells of the spreadsheet. Raises Stop when it refuses."""
        answer = self._read(fields=fields)
        if isinstance(answer, Refused):
            raise self._stop(answer, writing=False)
        return answer

    def renamed(self, title: str) -> None:
        """Note that the first tab was renamed."""
        self.tabs = (Scratch(self.tab.sheet_id, title), *self.tabs[1:])

    def leftovers(self) -> list[str]:
        """Give the titles of scratch tabs that are there."""
        return [tab.title for tab in self._left().tabs]

    def clean(self) -> list[str]:
        """Take away all that probes ever left here; the titles of what could not be.

        Raises Stop when Google cannot be reached.
        """
        for seconds in (0.0, *(LATE_SECONDS if self._late else ())):
            if seconds:
                self._pause(seconds)
            left = self._cleaned()
            if left.requests:
                return [tab.title for tab in left.tabs] or [PROBE_KEY]
        self.tabs, self._unsure, self._late = (), False, False
        return []

    def _cleaned(self) -> Left:
        for _ in range(CLEAN_TRIES_MAX):
            left = self._left()
            if not left.requests:
                return left
            # Whatever becomes of this answer, what is there is looked at again.
            self._wire.write({"requests": left.requests}, "spreadsheetId")
        return self._left()

    def _left(self) -> Left:
        """Find what is ours: tabs made here, others by mark and title both.

        A left one that was renamed has become its owner's: it loses the mark alone.
        """
        answer = self.whole(_LOOK)
        tabs, marks = [], marks_of(answer)
        for sheet in answer.get("sheets", ()):
            properties = sheet.get("properties", {})
            tab = Scratch(int(properties.get("sheetId", 0)), str(properties.get("title", "")))
            left_over = marks_of(sheet) and tab.title.startswith(TITLE)
            if left_over or tab.sheet_id in self._own:
                tabs.append(tab)
            else:
                marks += marks_of(sheet)
        return Left(tuple(tabs), tuple(marks))

    def _named(self) -> Scratch:
        number = self.new_id()
        self._own.add(number)
        return Scratch(number, f"{TITLE} {len(self._own)}")

    def _read(
        self, path: str = "", *, fields: str = "", ranges: tuple[str, ...] = (),
        body: Mapping[str, Any] | None = None,
    ) -> Json | Refused:  # fmt: skip
        began = self._timer()
        answer = self._wire.read(path, fields=fields, ranges=ranges, body=body)
        self.read_ms.append(self._since(began))
        return self._allowed(answer, writing=False)

    def _since(self, began: float) -> int:
        return round((self._timer() - began) * 1000)

    def _allowed(self, answer: Json | Refused, *, writing: bool) -> Json | Refused:
        """Give an answer back unless it says that the account may not be here any more."""
        if isinstance(answer, Refused) and answer.code != REFUSED_REQUEST:
            raise self._stop(answer, writing=writing)
        return answer

    def _stop(self, refused: Refused, *, writing: bool) -> Stop:
        email = self._wire.account.email
        return stop_for(refused, email=email, where=self._where, writing=writing)


def said(refused: Refused) -> dict[str, object]:
    """Google's refusal, to be shown as it is."""
    words = refused.message[:MESSAGE_CHARACTERS_MAX]
    return {"http": refused.code, "status": refused.status, "says": words}

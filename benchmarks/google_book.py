"""What is synced? A spreadsheet behind a stand-in for Google, with a ledger of so many lines.

The lines are real ones: the core makes them of real orders, in a book in memory, and its rows are
put into the spreadsheet.
"""

from __future__ import annotations

import csv
import json
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.engines.google_client import LOG, NEW, SHEET_ID
from benchmarks.engines.google_ours import google_store, workplace
from benchmarks.made_orders import PARTNERS, make
from tests.google.fake import FakeGoogle
from tests.google.faults import Answer
from tests.google.formulas import simple
from tests.google.grid import Book, Sheet, Value
from tests.google.routes import Query
from tests.google.wiring import ROBOT, key_file
from tracker.cells import Cell
from tracker.layout import LAYOUT, Tab, title_of
from tracker.running import sync
from tracker.stores.google_sheets.grid import raw_of
from tracker.stores.google_sheets.standing import HIDDEN
from tracker.stores.memory import MemoryStore


@dataclass
class Google(FakeGoogle):
    """The stand-in; `busy_seconds` is what it took itself, which is nobody's cost."""

    busy_seconds: float = 0

    def handle(self, method: str, path: str, query: Query, headers: object, body: bytes) -> Answer:
        """Answer a call, and count the time it took."""
        began = time.perf_counter()
        answer = super().handle(method, path, query, headers, body)  # type: ignore[arg-type]
        self.busy_seconds += time.perf_counter() - began
        return answer


class Stage:
    """A spreadsheet and the folder of state beside it, put back to the same point for every run.

    Attributes:
        folder: where a run finds its key, the order log, and its state.
        lines: how many stand in Journal and Commissions together.
    """

    def __init__(self, google: Google, folder: Path, lines: int, more: int) -> None:
        """Build it; `more` orders are held back, to be the new ones. Call it while served."""
        self.google = google
        self.folder = folder / "run"
        self._kept = folder / "kept"
        self.folder.mkdir(parents=True)
        key_file(self.folder, google)
        store, self._new = _grown(self.folder, lines // 2, more)
        google.create(SHEET_ID, share={ROBOT: "writer"})
        google_store(self.folder).lay_out("en")
        self._book = google.books[SHEET_ID]
        _pour(store, self._book)
        self.lines = sum(self._rows(tab) for tab in (Tab.JOURNAL, Tab.COMMISSIONS))

    def keep(self) -> None:
        """Make this the point that `back` comes back to."""
        self._book = self.google.books[SHEET_ID].copy()
        shutil.copytree(self.folder, self._kept)

    def back(self, orders: int) -> None:
        """Come back to the point kept, with so many new orders in the log."""
        shutil.rmtree(self.folder)
        shutil.copytree(self._kept, self.folder)
        self.google.books[SHEET_ID] = self._book.copy()
        news = "".join(self._new[:orders])
        (self.folder / NEW).write_text(news, encoding="utf-8")
        with (self.folder / LOG).open("a", encoding="utf-8") as log:
            log.write(news)

    def booked(self) -> list[tuple[Value, Value, Value]]:
        """The order, partner and sum of every line of Commissions since the point kept."""
        sheet = _sheet(self.google.books[SHEET_ID], Tab.COMMISSIONS)
        keys = [column.key for column in LAYOUT[Tab.COMMISSIONS].columns]
        places = [keys.index(key) for key in ("order_id", "partner_id", "amount")]
        rows = range(self._rows(Tab.COMMISSIONS) + 1, sheet.last_row())
        found = [tuple(sheet.value(row, place) for place in places) for row in rows]
        return sorted(((one[0], one[1], one[2]) for one in found), key=str)

    def _rows(self, tab: Tab) -> int:
        return _sheet(self._book, tab).last_row() - 1


def _grown(where: Path, orders: int, more: int) -> tuple[MemoryStore, list[str]]:
    """Sync orders into a book in memory, and give log lines of orders that come next."""
    with TemporaryDirectory() as name:
        # Of what is made, a third has no code or is told twice: here each order is two lines.
        make(Path(name), (orders + more) * 8 // 5 + 100)
        lines = list(plain_lines(Path(name) / LOG))
        with (Path(name) / "codes.csv").open(encoding="utf-8", newline="") as file:
            codes = [row | {"rate": f"{row['rate']}%"} for row in csv.DictReader(file)]
    (where / LOG).write_text("".join(lines[:orders]), encoding="utf-8")
    store = MemoryStore()
    store.lay_out("en")
    store.type_rows(Tab.CODES, *codes)
    partners = sorted({row["partner_id"] for row in codes})
    store.type_rows(Tab.PARTNERS, *({"partner_id": one} for one in partners))
    place = workplace(where, store)
    with store.writing(1):
        sync(place)
    place.close()
    return store, lines[orders : orders + more]


def plain_lines(log: Path) -> Iterator[str]:
    """The lines of orders with a code of somebody's, which are told once."""
    with log.open(encoding="utf-8") as file:
        lines = [(json.loads(line), line) for line in file]
    again = {one["body"]["order_id"] for one, _ in lines if one["delivery_id"].startswith("e")}
    for one, line in lines:
        body = one["body"]
        if body["codes"] not in ([], ["NOBODY"]) and body["order_id"] not in again:
            yield line


def _pour(store: MemoryStore, book: Book) -> None:
    for tab, sheet in store.book.sheets.items():
        columns = [column.key for column in LAYOUT[tab].columns]
        width = columns.index("check") if "check" in columns else len(columns)
        _put(_sheet(book, tab), 1, [row[:width] for row in sheet.rows])
    balances = _sheet(book, Tab.BALANCES)
    # The scripts write a row for every partner, and values.update adds no rows to a sheet.
    balances.insert_rows(balances.row_count, PARTNERS, balances.looks[-1])
    hidden = book.titled(HIDDEN)
    if hidden is not None:
        _put(hidden, hidden.last_row(), [[key, text] for key, text in store.book.state.items()])


def _put(sheet: Sheet, top: int, rows: Sequence[Sequence[Cell]]) -> None:
    missing = top + len(rows) - sheet.row_count
    if missing > 0:
        sheet.insert_rows(sheet.row_count, missing, sheet.looks[-1])
    for number, row in enumerate(rows, top):
        sheet.put(number, 0, [_value(cell) for cell in row])


def _value(cell: Cell) -> Value:
    raw = raw_of(cell)
    return simple(raw) if isinstance(raw, float) else raw


def _sheet(book: Book, tab: Tab) -> Sheet:
    sheet = book.titled(title_of(tab, "en"))
    if sheet is None:
        raise LookupError(tab)
    return sheet

"""What is a world's book when it is a Google spreadsheet? The product's store, gspread, and the fake.

Each call passes the ports: it may be refused, be applied or not before its answer is lost, land
after other calls, or be the last that the process makes.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.google import errors
from tests.google.fake import FakeGoogle
from tests.google.faults import Answer, Fault, refused
from tests.google.formulas import Calculator
from tests.google.grid import COLUMN, Book, Formula, Sheet, Value
from tests.google.owner import Owner
from tests.google.routes import Query, is_write
from tests.google.wiring import intercepted, key_file
from tests.google.world import SHEET, laid_out
from tests.sim.desk import Desk
from tests.sim.machine import Machine
from tests.sim.ports import Ports
from tests.sim.programme import type_programme
from tracker import cells
from tracker.cells import Cell
from tracker.layout import Tab, find_tab
from tracker.stores import Store, memory
from tracker.stores.google_sheets.keys import Account, load_account
from tracker.stores.google_sheets.store import GoogleStore
from tracker.stores.google_sheets.wire import Wire

TODAY = date(2026, 10, 20)
CHECK = "check"
LATE_CALLS = 2
ROWS = 60


class SimGoogle(FakeGoogle):
    """The fake, with every call at a port. `ports` is set by the world that works with it."""

    ports: Ports | None = None

    def handle(
        self, method: str, path: str, query: Query, headers: Mapping[str, str], body: bytes
    ) -> Answer:
        def call(kind: str = "", *, applied: bool = False, late: int = 0) -> Answer:
            asked = len(self.calls) + 1
            self.faults = [Fault(asked, kind, applied, late)] if kind else []
            return super(SimGoogle, self).handle(method, path, query, headers, body)

        def changed() -> Answer:
            answer = call()
            if self.ports is not None:
                self.ports.owner_acts()
            return answer

        if self.ports is None:
            return call()
        if not is_write(method, path):
            return self.ports.ask(
                "call read", call, http429=lambda: call("http429"),
                http500=lambda: call("http500"), garbage=lambda: call("html502"),
                truncated=lambda: call("truncated"), reset=lambda: call("reset"), owner=changed,
                revoked=_revoked,
            )  # fmt: skip
        return self.ports.effect(
            "call write", call, http429=lambda: call("http429"),
            http5xx_lost=lambda: call("http503"),
            http5xx_applied=lambda: call("http500", applied=True),
            timeout_lost=lambda: call("timeout"),
            timeout_applied=lambda: call("timeout", applied=True),
            timeout_late=lambda: call("timeout", late=LATE_CALLS),
            reset=lambda: call("reset"), garbage=lambda: call("html502", applied=True),
            truncated=lambda: call("truncated", applied=True), revoked=_revoked,
        )  # fmt: skip


def _revoked() -> Answer:
    return refused(errors.forbidden())


class InGoogle:
    """A spreadsheet, and a folder for the state of each machine."""

    kind = "google"
    many_machines = True
    in_parts = False

    def __init__(self, folder: Path, spreadsheet: Book | None = None) -> None:
        self.folder = folder
        self.google = SimGoogle(today=TODAY)
        self.google.books[SHEET] = (spreadsheet or begun()).copy()
        self.account = account(self.google)
        self.owner = Owner(self.google, SHEET)
        self.touched = 0

    def copy(self) -> InGoogle:
        raise NotImplementedError("a world on a disk is played, not copied")

    @contextmanager
    def reachable(self, ports: Ports) -> Iterator[None]:
        self.google.ports = ports
        with intercepted(self.google):
            yield

    def store(self, machine: Machine, ports: Ports) -> Store:  # noqa: ARG002
        return self._store(self.folder / machine.name)

    def observer(self) -> Store:
        return self._store(self.folder / "judge")

    def _store(self, folder: Path) -> GoogleStore:
        store = GoogleStore(SHEET, None, folder, today=lambda: TODAY, pause=_rest)
        store._wire = Wire(self.account, SHEET, pause=_rest)
        return store

    def stands(self) -> Hashable:
        return self.number(), self.touched

    def number(self) -> int:
        found = (
            int(one["metadataId"]) for one in self.owner.book.metadata
            if one["metadataKey"] == "tracker.generation"
        )  # fmt: skip
        return max(found, default=0)

    def settle(self) -> None:
        self.google.settle()

    def _tab(self, tab: Tab) -> Sheet:
        return next(one for one in self.owner.book.sheets if find_tab(one.title) is tab)

    def get(self, tab: Tab) -> memory.Sheet:
        try:
            sheet = self._tab(tab)
        except StopIteration:
            raise KeyError(tab) from None
        calculator = Calculator(self.owner.book)
        shown = [calculator.effective(one, sheet) for one in sheet.rows[0]]
        headings: list[Cell] = [None if one is None else str(one) for one in shown]
        rows = [[_read(one) for one in row] for row in sheet.rows[1 : _extent(sheet)]]
        return memory.Sheet(sheet.title, headings, rows)

    def put(self, tab: Tab, sheet: memory.Sheet) -> None:
        self.touched += 1
        with self.google.lock:
            page = next((one for one in self.owner.book.sheets if one.title == sheet.title), None)
            if page is None:
                self.owner.add_tab(sheet.title)
                page = self._tab(tab)
            before, width = _extent(page), len(page.rows[0])
            page.insert_rows(page.row_count, max(0, len(sheet.rows) + 1 - page.row_count))
            page.column_dims += [COLUMN] * (len(sheet.headings) - page.column_count)
            for number in range(max(before, len(sheet.rows) + 1)):
                cells = sheet.rows[number - 1] if 1 <= number <= len(sheet.rows) else []
                cells = sheet.headings if number == 0 else cells
                for at in range(max(len(sheet.headings), width)):
                    if sheet.headings[at : at + 1] != [CHECK] or number == 0:
                        page.put(number, at, [_typed(cells[at] if at < len(cells) else None)])

    def drop(self, tab: Tab) -> None:
        self.touched += 1
        self.owner.delete_tab(self._tab(tab).title)


def _extent(sheet: Sheet) -> int:
    """The index after the last row that holds more than formulas, the heading at least."""
    row = sheet.row_count
    while row > 1 and all(one is None or isinstance(one, Formula) for one in sheet.rows[row - 1]):
        row -= 1
    return row


def _read(value: Value) -> Cell:
    if isinstance(value, Formula):
        return cells.Formula(value.text)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(repr(value))
    return value


def _typed(cell: Cell) -> Value:
    if isinstance(cell, cells.Formula):
        return Formula(cell.text)
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    if cell is None or isinstance(cell, str | bool):
        return cell
    raise TypeError(f"nobody types {cell!r}")


def account(google: FakeGoogle) -> Account:
    """The robot's account; reading its key takes longer than a small world, so it is read once."""
    loaded, keys = _loaded()
    google.accounts = keys.accounts
    return loaded


@cache
def _loaded() -> tuple[Account, FakeGoogle]:
    google = FakeGoogle()
    with TemporaryDirectory() as folder:
        return load_account(key_file(Path(folder), google)), google


@cache
def begun() -> Book:
    """A spreadsheet with the programme in it, made once; every world gets a copy."""
    with TemporaryDirectory() as folder:
        book = InGoogle(Path(folder), laid_out("en", "en_US"))
        _shorten(book.owner)
        type_programme(Desk(book))
        return book.owner.book


def _shorten(owner: Owner) -> None:
    """Let fewer rows be ready for what comes: each, with its formula, costs every read."""
    for sheet in owner.book.sheets:
        if sheet.is_grid and sheet.row_count > ROWS:
            rows = {"dimension": "ROWS", "startIndex": ROWS, "endIndex": sheet.row_count}
            owner._do("deleteDimension", {"range": {"sheetId": sheet.sheet_id, **rows}})


def _rest(_seconds: float) -> None:
    """No world waits."""

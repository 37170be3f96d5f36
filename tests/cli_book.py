"""What do tests of the commands stand on? A real workbook in a folder, its owner, shop and cron."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import time_machine
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from tracker.cli import run
from tracker.layout import LAYOUT, Tab, find_tab, known_columns

ROOT = Path(__file__).parent.parent
NOON = datetime(2026, 10, 20, 12, tzinfo=UTC)
"""15:00 in Moscow, the zone of a new book; the clock of commands run inside the test."""
ORDERED = "2026-10-19T10:00:00Z"
LOG = "orders.jsonl"
FORMULA_ROWS = 40
CHANGED_MAX = 400
"""Edited books that are remembered, of some 80 kB each."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a command left behind: its exit code, standard output and standard error."""

    code: int
    out: str
    err: str

    @property
    def counts(self) -> dict[str, int]:
        """The line that sync prints: `{"seen": 1, "written": 1, ...}`."""
        pairs = (word.partition("=") for word in self.out.split())
        return {name: int(value) for name, _, value in pairs}


class CliBook:
    """A folder with partners.xlsx, .env and orders.jsonl, as `init` and an owner leave them.

    There are ivan (IVAN01, the programme's 10%) and maria (MARIA01, 15%).

    `run` is the program in this process at the time `now`; `process` is a real one, at the real
    time. One book keeps to one of the two, because its ledger remembers when it was written.
    """

    def __init__(self, folder: Path, like: CliBook | None = None) -> None:
        """Begin a book in that folder, or take a copy of another one with all its state."""
        self.folder = folder
        self.path = folder / "partners.xlsx"
        self.log = folder / LOG
        self.now: datetime = NOON if like is None else like.now
        self.delivered: int = 0 if like is None else like.delivered
        shutil.copytree(_begun() if like is None else like.folder, folder, dirs_exist_ok=True)

    # What cron and the owner start.

    def run(self, *arguments: str) -> Said:
        """Run one command here, at the time `now`."""
        return run_at(self.folder, self.now, *arguments)

    def sync(self) -> dict[str, int]:
        """Run `sync`, which must end well; what it counted."""
        said = self.run("sync")
        assert said.code == 0, said.err
        return said.counts

    def process(self, *arguments: str, **environment: str) -> Said:
        """Run one command as a process of its own."""
        with self.start(*arguments, **environment) as child:
            out, err = child.communicate(timeout=60)
        return Said(child.returncode, out, err)

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """Start a command as a process of its own and do not wait for it."""
        return started(self.folder, [sys.executable, "-m", "tracker", *arguments], environment)

    def export(self) -> dict[str, Any]:
        """The canonical form of the book."""
        said = self.run("export", "--format", "json", "-")
        assert said.code == 0, said.err
        found: dict[str, Any] = json.loads(said.out)
        return found

    def balances(self) -> dict[str, str]:
        """Every balance of the programme's currency by partner."""
        return {one["partner_id"]: one["balance"] for one in self.export()["balances"]}

    def problems(self) -> dict[tuple[str, str], str]:
        """What is wrong, by tab and cell."""
        return {(one["tab"], one["cell"]): one["says"] for one in self.export()["problems"]}

    # What the owner does in Excel.

    @contextlib.contextmanager
    def edited(self) -> Iterator[openpyxl.Workbook]:
        """The workbook as another program changes it: load, change, save in place."""
        book = openpyxl.load_workbook(self.path)
        yield book
        book.save(self.path)

    def type(self, tab: Tab, *rows: Mapping[str, Any]) -> None:
        """Type rows below the last one of a tab, cells by column key."""
        said = repr(("type", tab, [dict(row) for row in rows]))
        self.change(said, lambda book: type_rows(book, tab, *rows))

    def set(self, key: str, value: object) -> None:
        """Change one setting."""

        def settings(book: openpyxl.Workbook) -> None:
            sheet = sheet_of(book, Tab.SETTINGS)
            sheet.cell(row_of(sheet, key), 2).value = value  # type: ignore[assignment]

        self.change(repr(("set", key, value)), settings)

    def change(self, said: str, does: Callable[[openpyxl.Workbook], None]) -> None:
        """Edit the workbook; whoever does as `said` to the very same bytes gets the same bytes.

        Most tests begin with the same few edits, and openpyxl takes a third of a second for one.
        """
        asked = (self.fingerprint(), said)
        if asked in _CHANGED:
            self.path.write_bytes(_CHANGED[asked])
            return
        with self.edited() as book:
            does(book)
        if len(_CHANGED) == CHANGED_MAX:
            del _CHANGED[next(iter(_CHANGED))]
        _CHANGED[asked] = self.path.read_bytes()

    def rows(self, tab: Tab) -> list[dict[str, Any]]:
        """What stands in a tab, read by another library than the owner's: cells by column key."""
        with CalamineWorkbook.from_path(self.path) as book:
            name = next(name for name in book.sheet_names if find_tab(name) is tab)
            grid = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        places = known_columns(tab, grid[0])
        keyed = [{key: row[place] for key, place in places.items()} for row in grid[1:]]
        return [row for row in keyed if any(row.values())]

    # What the shop does.

    def deliver(self, order_id: str, **fields: object) -> None:
        """Add a line to the log: an order of 1000 RUB with IVAN01; None leaves a field out."""
        self.delivered += 1
        at = NOON - timedelta(hours=1) + timedelta(seconds=self.delivered)
        body = {"order_id": order_id, "ordered_at": ORDERED, "total": "1000", "currency": "RUB"}
        said = {**body, "codes": ["IVAN01"], **fields}
        line = {
            "delivery_id": f"d{self.delivered:03d}",
            "received_at": at.isoformat(),
            "source": said.pop("source", "generic"),
            "body": {name: value for name, value in said.items() if value is not None},
        }
        with self.log.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")

    # What must not change.

    def fingerprint(self) -> str:
        """The hash of the book's bytes."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()


IVAN = {"partner_id": "ivan", "email": "ivan@example.com", "payout_details": "card 1"}
MARIA = {"partner_id": "maria", "rate": "15%", "payout_details": "card 2"}


def run_at(folder: Path, now: datetime, *arguments: str) -> Said:
    """Run one command in this process, in that folder and at that time."""
    out, err = io.StringIO(), io.StringIO()
    os.environ["LC_ALL"] = "C.UTF-8"  # whoever runs the tests may read Russian
    with (
        contextlib.chdir(folder),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        time_machine.travel(now),
    ):
        code = run(arguments)
    return Said(code, out.getvalue(), err.getvalue())


def started(
    folder: Path, command: list[str], environment: Mapping[str, str]
) -> subprocess.Popen[str]:
    """Start a process in that folder with the program on its path."""
    return subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@cache
def _begun() -> Path:
    """A folder with a book as its owner begins it, made once and copied by every test.

    Of the thousand rows that wait with a `check` formula only some are kept: that is fast.
    """
    keeper = TemporaryDirectory()
    _KEPT.append(keeper)
    folder = Path(keeper.name)
    said = run_at(folder, NOON, "init", "--lang", "en")
    assert said.code == 0, said.err
    book = openpyxl.load_workbook(folder / "partners.xlsx")
    for sheet in book.worksheets:
        sheet.delete_rows(FORMULA_ROWS + 1, sheet.max_row)
    type_rows(book, Tab.PARTNERS, IVAN, MARIA)
    type_rows(book, Tab.CODES, {"code": "IVAN01", "partner_id": "ivan"})
    type_rows(book, Tab.CODES, {"code": "MARIA01", "partner_id": "maria"})
    book.save(folder / "partners.xlsx")
    (folder / LOG).touch()
    with (folder / ".env").open("a", encoding="utf-8") as file:
        file.write(f"TRACKER_ORDER_LOG=file:{LOG}\n")
    return folder


_KEPT: list[TemporaryDirectory[str]] = []
_CHANGED: dict[tuple[str, str], bytes] = {}


def sheet_of(book: openpyxl.Workbook, tab: Tab) -> Worksheet:
    """The sheet of a tab, whatever its language."""
    return next(sheet for sheet in book.worksheets if find_tab(sheet.title) is tab)


def columns(sheet: Worksheet) -> dict[str, int]:
    """The columns of a sheet by key, counted from 1."""
    tab = find_tab(sheet.title)
    assert tab is not None
    return {k: i + 1 for k, i in known_columns(tab, [cell.value for cell in sheet[1]]).items()}


def row_of(sheet: Worksheet, key: str) -> int:
    """The number of the first row of that key."""
    tab = find_tab(sheet.title)
    assert tab is not None
    column = columns(sheet)[LAYOUT[tab].key_column]
    return next(n for n in range(2, sheet.max_row + 1) if sheet.cell(n, column).value == key)


def type_rows(book: openpyxl.Workbook, tab: Tab, *rows: Mapping[str, Any]) -> None:
    """Type rows below the last filled one of a tab, cells by column key."""
    sheet = sheet_of(book, tab)
    places = columns(sheet)
    for row in rows:
        number = last_row(sheet) + 1
        for key, value in row.items():
            sheet.cell(number, places[key]).value = value


def last_row(sheet: Worksheet) -> int:
    """The last row with anything but a formula of ours in it; 1 is the heading's."""
    owned = [place for key, place in columns(sheet).items() if key not in {"check", "lookup"}]
    filled = (
        n
        for n in range(sheet.max_row, 0, -1)
        if any(sheet.cell(n, place).value not in {None, ""} for place in owned)
    )
    return next(filled, 1)


def edit(book: CliBook, tab: Tab, key: str, **cells: Any) -> None:
    """Change cells of the first row of that key."""

    def typed_over(workbook: openpyxl.Workbook) -> None:
        sheet = sheet_of(workbook, tab)
        number = row_of(sheet, key)
        for column, value in cells.items():
            sheet.cell(number, columns(sheet)[column]).value = value

    book.change(repr(("edit", tab, key, cells)), typed_over)


def set_environment(book: CliBook, **values: str) -> None:
    """Write `.env` anew with these values over the old ones."""
    path = book.folder / ".env"
    kept = dict(line.split("=", 1) for line in path.read_text().splitlines())
    path.write_text("".join(f"{name}={text}\n" for name, text in (kept | values).items()))

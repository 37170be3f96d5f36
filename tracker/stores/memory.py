"""Where do rows live when no file is wanted? In memory, by the same rules as in a workbook."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from tracker.cells import Cell, blank
from tracker.layout import (
    LAYOUT,
    SETTINGS,
    Tab,
    columns_of,
    default_of,
    known_columns,
    title_of,
)
from tracker.problems import Stop
from tracker.sentences.added import added
from tracker.stores import (
    Commit,
    Erase,
    Generation,
    Link,
    Outcome,
    Record,
    SheetRow,
    Snapshot,
    Table,
    Traffic,
    Vitals,
)
from tracker.stores.written import stored, stored_in, whole_text


@dataclass
class Sheet:
    """One tab: its title, its headings as typed, and its rows, the first of them row 2."""

    title: str
    headings: list[Cell]
    rows: list[list[Cell]] = field(default_factory=list)


@dataclass
class MemoryBook:
    """A book that several stores may share, as several runs share a file."""

    sheets: dict[Tab, Sheet] = field(default_factory=dict)
    state: dict[str, str] = field(default_factory=dict)
    generation: Generation = Generation(0, "")
    commit_lock: threading.Lock = field(default_factory=threading.Lock)
    run_lock: threading.Lock = field(default_factory=threading.Lock)


class MemoryStore:
    """A store for tests and for trying things out; it forgets everything at the end."""

    rows_max: int | None = None
    unsettled = False

    def __init__(self, book: MemoryBook | None = None, state_dir: Path = Path()) -> None:
        self.book = book or MemoryBook()
        self.state_dir = state_dir
        self.generation: Generation | None = None
        self.traffic = Traffic()

    def read(self, tabs: Iterable[Tab], *, whole: bool = True) -> Snapshot:  # noqa: ARG002
        """Read the tabs asked for. Raises Stop `book_missing` before `lay_out`, `tab_missing`."""
        if not self.book.sheets:
            raise Stop("book_missing", path="memory")
        tables = {tab: _table(tab, self._sheet(tab)) for tab in tabs}
        self.generation = self.book.generation
        return Snapshot(self.book.generation, tables, dict(self.book.state))

    def glance(self) -> str:
        """Give a digest of the tabs, the generation and the hidden tab."""
        seen = self.read(Tab)
        told = (seen.generation, seen.tables, sorted(seen.state.items()))
        return sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()

    def commit(self, commit: Commit) -> Outcome:
        """Write all of it if the generation is still `commit.base`, else nothing."""
        with self.book.commit_lock:
            if commit.base != self.book.generation:
                return Outcome.CONFLICT
            # Made ready first, so that a refusal in the last tab leaves the first untouched.
            appended = {tab: self._ready(tab, rows) for tab, rows in commit.appends.items()}
            rewritten = {tab: self._ready(tab, rows) for tab, rows in commit.reports.items()}
            erased = [(one, self._erased(one)) for one in commit.erasures]
            for one, place in erased:
                _erase(self.book.sheets[one.tab], place, one)
            for tab, rows in appended.items():
                _append(tab, self.book.sheets[tab], rows)
            for tab, rows in rewritten.items():
                self.book.sheets[tab].rows[:] = rows
            self.book.state.update(commit.state)
            self.generation = self.book.generation = _next(commit.base)
            return Outcome.DONE

    def lay_out(self, language: str) -> Sequence[str]:
        """Add the tabs, headings and settings that are missing; say what was added."""
        said: list[str] = []
        for tab in Tab:
            said += self._lay_out_tab(tab, language)
        if said:
            self.book.generation = _next(self.book.generation)
        return said

    @contextmanager
    def writing(self, wait_seconds: float) -> Iterator[bool]:
        """Hold the right to write; False when another run kept it for `wait_seconds`."""
        got = self.book.run_lock.acquire(timeout=wait_seconds)
        try:
            yield got
        finally:
            if got:
                self.book.run_lock.release()

    def behind(self) -> bool:
        """Never: what is in memory has no older copy."""
        return False

    def settle(self) -> None:
        """Nothing is ever open: a commit here has ended when it returns."""

    def accept(self) -> None:
        """Nothing to accept."""

    def vitals(self) -> Vitals:
        """There is nothing to tell of memory."""
        return Vitals(name="memory")

    def type_rows(self, tab: Tab, *records: Record) -> None:
        """Type rows below the last one, as the owner would: no generation changes."""
        sheet = self._sheet(tab)
        columns = columns_of(tab, sheet.headings, sheet.title)
        sheet.rows += [_row(columns, len(sheet.headings), record) for record in records]

    def _sheet(self, tab: Tab) -> Sheet:
        sheet = self.book.sheets.get(tab)
        if sheet is None:
            raise Stop("tab_missing", tab=tab.value, tab_ru=title_of(tab, "ru"))
        return sheet

    def _ready(self, tab: Tab, records: Iterable[Mapping[str, Cell | Link]]) -> list[list[Cell]]:
        sheet = self._sheet(tab)
        columns = columns_of(tab, sheet.headings, sheet.title)
        return [_row(columns, len(sheet.headings), _known(tab, record)) for record in records]

    def _erased(self, one: Erase) -> int:
        sheet = self._sheet(one.tab)
        return columns_of(one.tab, sheet.headings, sheet.title)[one.column]

    def _lay_out_tab(self, tab: Tab, language: str) -> list[str]:
        said: list[str] = []
        sheet = self.book.sheets.get(tab)
        if sheet is None:
            sheet = self.book.sheets[tab] = Sheet(title_of(tab, language), [])
            said.append(added("tab", language, tab=sheet.title))
        present = known_columns(tab, sheet.headings)
        missing = [c for c in LAYOUT[tab].columns if c.key not in present]
        sheet.headings += [c.ru if language == "ru" else c.key for c in missing]
        if not said:
            said += [added("heading", language, tab=sheet.title, heading=c.key) for c in missing]
        return said + (self._settings(sheet, language) if tab is Tab.SETTINGS else [])

    def _settings(self, sheet: Sheet, language: str) -> list[str]:
        column = known_columns(Tab.SETTINGS, sheet.headings)["setting"]
        present = {row[column] for row in sheet.rows if len(row) > column}
        missing = [setting for setting in SETTINGS if setting.key not in present]
        for one in missing:
            meaning = one.meaning_ru if language == "ru" else one.meaning_en
            typed = {"setting": one.key, "value": default_of(one, language), "meaning": meaning}
            self.type_rows(Tab.SETTINGS, {key: stored(text) for key, text in typed.items()})
        return [added("setting", language, setting=one.key) for one in missing]


def _next(generation: Generation) -> Generation:
    return Generation(generation.number + 1, secrets.token_hex(8))


def _known(tab: Tab, record: Mapping[str, Cell | Link]) -> dict[str, Cell]:
    return {key: stored_in(LAYOUT[tab].column(key), value) for key, value in record.items()}


def _row(columns: Mapping[str, int], width: int, record: Record) -> list[Cell]:
    cells: list[Cell] = [None] * width
    for key, value in record.items():
        if key in columns:
            cells[columns[key]] = value
    return cells


def _erase(sheet: Sheet, place: int, one: Erase) -> None:
    for row in sheet.rows:
        if place < len(row) and whole_text(row[place]) == one.value:
            row[place] = stored(one.by)


def _append(tab: Tab, sheet: Sheet, rows: Iterable[list[Cell]]) -> None:
    """Add below the last row that has anything in a column we know."""
    last = _table(tab, sheet).rows[-1:]
    place = last[0].number - 1 if last else 0
    sheet.rows[place:place] = rows


def _table(tab: Tab, sheet: Sheet) -> Table:
    known = [i for key, i in known_columns(tab, sheet.headings).items() if key != "check"]
    rows = [
        SheetRow(number, list(row))
        for number, row in enumerate(sheet.rows, 2)
        if any(i < len(row) and not blank(row[i]) for i in known)
    ]
    return Table(tab, sheet.title, list(sheet.headings), rows)

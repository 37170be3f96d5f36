"""What stood in the ledger tabs at a generation? Kept beside the book, and safe to delete.

While nobody has committed since, a sync needs no line of the ledgers from the network, so what it
moves does not grow with them.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from sqlite3 import DatabaseError

from tracker.problems import Stop
from tracker.statefile import StateFile
from tracker.stores import Generation
from tracker.stores.google_sheets.grid import Raw

BLOCK_ROWS = 1_000

RawRow = tuple[int, Sequence[Raw]]
"""A row's number in the sheet, and its values as the API gives them."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Of which generation the kept rows are, and on which day they were last read whole.

    `token` is another one whenever rows are kept: those of one generation may differ, where
    somebody edited a ledger by hand between two whole reads.
    """

    generation: Generation
    day: date
    token: str = field(default="", compare=False)


class _File(StateFile):
    schema = """
        CREATE TABLE stamps (one INTEGER PRIMARY KEY, number INTEGER, nonce TEXT, day TEXT);
        CREATE TABLE headings (tab TEXT PRIMARY KEY, cells TEXT);
        CREATE TABLE blocks (tab TEXT, seq INTEGER, rows TEXT, PRIMARY KEY (tab, seq));
        CREATE TABLE places (sheet INTEGER PRIMARY KEY, column INTEGER)
    """

    steps = ("ALTER TABLE stamps ADD COLUMN token TEXT NOT NULL DEFAULT ''",)

    def stamp(self) -> Stamp | None:
        found = self._rows("SELECT number, nonce, day, token FROM stamps")
        if not found:
            return None
        number, nonce, day, token = found[0]
        generation = Generation(int(number), str(nonce))
        return Stamp(generation, date.fromisoformat(day), str(token))

    def put_stamp(self, stamp: Stamp) -> None:
        number, nonce = stamp.generation.number, stamp.generation.nonce
        row = (1, number, nonce, stamp.day.isoformat(), secrets.token_hex(8))
        self._write("INSERT OR REPLACE INTO stamps VALUES (?, ?, ?, ?, ?)", [row])

    def clear(self) -> None:
        for table in ("stamps", "headings", "blocks"):
            self._write(f"DELETE FROM {table}", [()])  # noqa: S608  # a name of ours

    def put_headings(self, tab: str, cells: Sequence[Raw]) -> None:
        self._write("INSERT OR REPLACE INTO headings VALUES (?, ?)", [(tab, _packed(cells))])

    def add(self, tab: str, rows: Sequence[RawRow]) -> None:
        [(last,)] = self._rows("SELECT coalesce(max(seq), 0) FROM blocks WHERE tab = ?", (tab,))
        parts = [rows[at : at + BLOCK_ROWS] for at in range(0, len(rows), BLOCK_ROWS)]
        blocks = [(tab, last + n, _packed(part)) for n, part in enumerate(parts, 1)]
        self._write("INSERT INTO blocks VALUES (?, ?, ?)", blocks)

    def headings(self, tab: str) -> Sequence[Raw] | None:
        found = self._rows("SELECT cells FROM headings WHERE tab = ?", (tab,))
        cells: Sequence[Raw] | None = json.loads(found[0][0]) if found else None
        return cells

    def rows(self, tab: str) -> list[RawRow]:
        blocks = self._rows("SELECT rows FROM blocks WHERE tab = ? ORDER BY seq", (tab,))
        return [(number, cells) for (block,) in blocks for number, cells in json.loads(block)]

    def places(self) -> dict[int, int]:
        return dict(self._rows("SELECT sheet, column FROM places"))

    def put_places(self, places: Mapping[int, int]) -> None:
        with self.together():
            self._write("DELETE FROM places", [()])
            self._write("INSERT INTO places VALUES (?, ?)", list(places.items()))


# The last two: a file of other tables, and rows that somebody else has written into it.
_IGNORED = partial(suppress, Stop, DatabaseError, ValueError)


class Cache:
    """The ledger rows of one book as this machine knows them.

    A cache that cannot be read or written is none: every method then does nothing, and the next
    read asks Google for everything.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open: _File | None = None

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """Answer all that is asked inside from a file opened once: a read asks a dozen times."""
        with ExitStack() as until_then:
            with _IGNORED():
                self._open = until_then.enter_context(self._opened())
            try:
                yield
            finally:
                self._open = None

    def stamp(self) -> Stamp | None:
        """Of which generation and day the kept rows are; None when nothing is kept."""
        with _IGNORED(), self._opened() as file:
            return file.stamp()
        return None

    def read(self, tab: str) -> tuple[Sequence[Raw], list[RawRow]] | None:
        """Give the heading row and the rows of a tab; None when they are not kept."""
        with _IGNORED(), self._opened() as file:
            headings = file.headings(tab)
            return None if headings is None else (headings, file.rows(tab))
        return None

    def headings(self, tab: str) -> Sequence[Raw] | None:
        """Give the heading row of a tab; None when it is not kept."""
        with _IGNORED(), self._opened() as file:
            return file.headings(tab)
        return None

    def replace(
        self, stamp: Stamp, tables: Mapping[str, tuple[Sequence[Raw], Sequence[RawRow]]]
    ) -> None:
        """Keep these tabs and nothing else."""
        with _IGNORED(), self._opened() as file, file.together():
            file.clear()
            for tab, (headings, rows) in tables.items():
                file.put_headings(tab, headings)
                file.add(tab, rows)
            file.put_stamp(stamp)

    def forget(self) -> None:
        """Keep no rows."""
        with _IGNORED(), self._opened() as file, file.together():
            file.clear()

    def advance(self, base: Generation, new: Generation, rows: Mapping[str, list[RawRow]]) -> None:
        """Add what one commit appended; what is kept of another generation is dropped."""
        with _IGNORED(), self._opened() as file, file.together():
            kept = file.stamp()
            if kept is None or kept.generation != base:
                file.clear()
                return
            for tab, added in rows.items():
                file.add(tab, added)
            file.put_stamp(Stamp(new, kept.day))

    def check_places(self) -> Mapping[int, int]:
        """Where each sheet, by id, had its column of check formulas (from 0)."""
        with _IGNORED(), self._opened() as file:
            return file.places()
        return {}

    def remember_places(self, places: Mapping[int, int]) -> None:
        """Keep where the columns of check formulas are."""
        with _IGNORED(), self._opened() as file:
            if file.places() != dict(places):
                file.put_places(places)

    @contextmanager
    def _opened(self) -> Iterator[_File]:
        """Open the file for one question: nobody has to think of closing a store."""
        if self._open is not None:
            yield self._open
            return
        file = _open_anew(self._path)
        try:
            yield file
        finally:
            file.close()


def _open_anew(path: Path) -> _File:
    try:
        return _File(path)
    except Stop as stop:
        if stop.code not in {"state_unreadable", "state_newer", "state_put_back"}:
            raise
        # Damaged, put back, or of another version: everything in it stands in the sheet as well.
        with suppress(OSError):
            path.unlink(missing_ok=True)
        return _File(path)


def _packed(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

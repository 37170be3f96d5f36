"""How is a file of state beside the book kept safe? SQLite: WAL, every commit on the disk."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from tracker.problems import Stop
from tracker.put_back import opened, refuse_put_back

BUSY_SECONDS = 60
_PRIMARY_CODE = 0xFF

_OPENING = threading.Lock()

_STOPS = {
    sqlite3.SQLITE_BUSY: "state_busy",
    sqlite3.SQLITE_LOCKED: "state_busy",
    sqlite3.SQLITE_FULL: "state_full",
    sqlite3.SQLITE_IOERR: "state_unwritable",
    sqlite3.SQLITE_READONLY: "state_unwritable",
    sqlite3.SQLITE_CANTOPEN: "state_unwritable",
    sqlite3.SQLITE_PERM: "state_unwritable",
    sqlite3.SQLITE_CORRUPT: "state_unreadable",
    sqlite3.SQLITE_NOTADB: "state_unreadable",
}


class StateFile:
    """An SQLite file beside the book, or one in memory when `path` is None.

    Its folder and the file are made when missing, for the owner of the process alone: deliveries
    and letters hold people's contacts. One thread uses one object; other processes may use the
    same file at the same time.

    Raises Stop (`state_busy`, `state_full`, `state_unwritable`, `state_unreadable`,
    `state_newer`) from any method, and `state_put_back` where a file is opened.
    """

    schema = ""
    """The tables of version 1, as SQL statements parted by `;`."""
    steps: tuple[str, ...] = ()
    """What brings a file from each version to the next, parted so too; a new file takes them all.

    A step may add tables, and columns with a default, but never takes any away: so a file of an
    older version can be compared with one of this."""
    busy_seconds = BUSY_SECONDS
    """How long to wait for another process that is writing the same file."""
    kept: tuple[str, ...] = ()
    """Tables of which no row may ever be lost."""
    replaced: frozenset[str] = frozenset()
    """Columns of these whose content may be replaced, where people's contacts are erased."""

    seen: tuple[str, ...] = ()
    """Queries for all that a plan can see of the file; by their rows two of its states are told
    apart."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        with self._spoken():
            self._db = self._open(path)
            try:
                self._prepare()
            except BaseException:
                self._db.close()
                raise

    def _open(self, path: Path | None) -> sqlite3.Connection:
        if path is None:
            return sqlite3.connect(":memory:", isolation_level=None)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # A file that is there is not touched: its times tell whether it was put back.
            if not path.exists():
                path.touch(mode=0o600)
            elif not os.access(path, os.W_OK):
                raise Stop("state_unwritable", path=path)
        except OSError:
            raise Stop("state_unwritable", path=path) from None
        return self._connect(path, str(path))

    def _connect(self, path: Path, name: str, *, uri: bool = False) -> sqlite3.Connection:
        """Connect to the file that is there. Raises Stop `state_put_back`."""
        # No other thread may open it between its being read and its being noted.
        with _OPENING:
            refuse_put_back(path)
            with suppress(OSError):
                opened(path)
        return sqlite3.connect(name, timeout=self.busy_seconds, isolation_level=None, uri=uri)

    def _prepare(self) -> None:
        if self.path is not None:
            self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("PRAGMA foreign_keys = ON")
        if self._found_version() != self.version:
            with self.together():
                # Asked anew: another process may have been first while this one waited.
                self._bring_up(self._found_version())

    def _bring_up(self, found: int) -> None:
        """Make of a file of that version (0: a new one) one of ours; part of a transaction."""
        for number, step in enumerate((self.schema, *self.steps), start=1):
            if number > found:
                for statement in step.split(";"):
                    self._db.execute(statement)
        if found == 0:
            self._begin()
        self._db.execute(f"PRAGMA user_version = {self.version:d}")

    @property
    def version(self) -> int:
        """Which version of the file this program writes, counted from 1."""
        return 1 + len(self.steps)

    def _found_version(self) -> int:
        """Ask the file for its version. Raises Stop `state_newer`."""
        found = int(self._db.execute("PRAGMA user_version").fetchone()[0])
        if found > self.version:
            raise Stop("state_newer", path=self.path)
        return found

    def _begin(self) -> None:
        """Fill a new file in; part of the transaction that makes its tables."""

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make one transaction of everything written inside: all of it lands, or nothing."""
        if self._db.in_transaction:
            yield
            return
        with self._spoken():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.commit()
            except BaseException:
                self._db.rollback()
                raise

    @contextmanager
    def _spoken(self, path: Path | None = None) -> Iterator[None]:
        """Turn trouble with the file into a Stop; an error in our own SQL stays a crash."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            code = _STOPS.get(getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE)
            if code is None:
                raise
            raise Stop(code, path=path or self.path) from None

    def _rows(self, sql: str, values: Iterable[object] = ()) -> list[tuple[Any, ...]]:
        with self._spoken():
            return self._db.execute(sql, tuple(values)).fetchall()

    def _write(self, sql: str, rows: Iterable[tuple[object, ...]]) -> int:
        """Run one statement for every row, in one transaction; how many rows it changed."""
        with self.together():
            before = self._db.total_changes
            self._db.executemany(sql, rows)
            return self._db.total_changes - before

    def _overwrite(self, sql: str, rows: Iterable[tuple[object, ...]]) -> int:
        """Write as `_write` does, and leave nothing of what stood there in the file.

        Freed pages are filled with zeros (https://www.sqlite.org/pragma.html#pragma_secure_delete),
        and the `-wal` is brought in and emptied, unless somebody else is reading it just now.
        """
        with self._spoken():
            self._db.execute("PRAGMA secure_delete = ON").fetchone()
        changed = self._write(sql, rows)
        with self._spoken():
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return changed

    def fingerprint(self) -> str:
        """Give a digest of all that a plan can see."""
        found = sha256()
        for sql in self.seen:
            found.update(repr(self._rows(sql)).encode("utf-8", "surrogatepass"))
        return found.hexdigest()

    def copy_to(self, path: Path) -> None:
        """Make `path` a copy of this file as it stands, whole or not at all."""
        with self._spoken(path):
            copy = self._open(path)
            try:
                self._db.backup(copy)
            finally:
                copy.close()

    def has_all_of(self, path: Path) -> bool:
        """Whether nothing is lost when the file at `path` is replaced with a copy of this one."""
        with _OPENING:
            refuse_put_back(path)
            opened(path)
        with self._spoken(path):
            ask = self._db.execute
            ask("ATTACH ? AS other", (str(path),))
            try:
                if ask("PRAGMA other.user_version").fetchone()[0] > self.version:
                    raise Stop("state_newer", path=path)
                return not any(ask(sql).fetchone() for sql in self._lost_rows())
            finally:
                ask("DETACH other")

    def _lost_rows(self) -> Iterator[str]:
        """Give a query for each table that must lose no row: those which `main` does not have.

        An older file may lack a table, or a column: what it does have is compared.
        """
        for name in self.kept:
            columns = self._db.execute("SELECT name FROM pragma_table_info(?, 'other')", (name,))
            left = (column for (column,) in columns if column not in self.replaced)
            if names := ", ".join(f'"{column}"' for column in left):
                here, there = (f"SELECT {names} FROM {one}.{name}" for one in ("main", "other"))  # noqa: S608
                yield f"SELECT 1 FROM ({there} EXCEPT {here})"  # noqa: S608

    def close(self) -> None:
        """Close the file; the object is of no more use."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

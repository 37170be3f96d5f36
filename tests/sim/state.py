"""How are the files of state kept in a world? SQLite's own tables in memory, behind ports.

The connection outlives the process that used it, as a file does; what the dead left open in a
transaction is rolled back, as SQLite does when the file is opened next.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.sim.ports import Ports
from tracker.diary import Diary
from tracker.inbox import Inbox
from tracker.outbox import Outbox


def bare() -> sqlite3.Connection:
    """A database in memory that processes in several threads may use, one after the other."""
    return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)


def copied(raw: sqlite3.Connection) -> sqlite3.Connection:
    """The same database once more."""
    other = bare()
    raw.backup(other)
    return other


class Db:
    """A connection whose commits may fail, or be the last thing a process does."""

    def __init__(self, raw: sqlite3.Connection, ports: Ports, name: str) -> None:
        self.raw, self.ports, self.name = raw, ports, name
        self._before = 0
        self._made = False

    def execute(self, sql: str, values: Iterable[Any] = ()) -> sqlite3.Cursor:
        self.ports.gate()
        if sql.startswith("BEGIN"):
            self._inside(True)
            self._before, self._made = self.raw.total_changes, False
        self._made |= sql.lstrip().startswith(("CREATE", "ALTER", "PRAGMA user_version ="))
        return self.raw.execute(sql, tuple(values))

    def executemany(self, sql: str, rows: Iterable[Any]) -> sqlite3.Cursor:
        self.ports.gate()
        return self.raw.executemany(sql, rows)

    def commit(self) -> None:
        if self.raw.total_changes == self._before and not self._made:
            self.raw.rollback()  # nothing was written: no effect on the outside
            self._inside(False)
            return
        self.ports.effect(
            f"{self.name} commit",
            self.raw.commit,
            state_full=_failing(sqlite3.SQLITE_FULL),
            state_ioerr=_failing(sqlite3.SQLITE_IOERR),
        )
        self._inside(False)

    def rollback(self) -> None:
        self.ports.gate()
        self.raw.rollback()
        self._inside(False)

    @property
    def in_transaction(self) -> bool:
        return self.raw.in_transaction

    @property
    def total_changes(self) -> int:
        return self.raw.total_changes

    def backup(self, other: sqlite3.Connection) -> None:
        self.ports.gate()
        self.raw.backup(other)

    def close(self) -> None:
        """The database stays: another process opens it next."""

    def _inside(self, now: bool) -> None:  # noqa: FBT001
        if self.ports.current is not None:
            self.ports.current.inside = now


def _failing(code: int) -> Callable[[], Any]:
    def fails() -> Any:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = code
        raise error

    return fails


class SimInbox(Inbox):
    """The inbox over a database that others open too."""

    def __init__(self, db: Db | None) -> None:
        self._given = db
        super().__init__(None)

    def _open(self, path: Path | None) -> Any:
        return self._given or super()._open(path)


class SimOutbox(Outbox):
    """The outbox over such a database."""

    def __init__(self, db: Db | None, clock: Callable[[], datetime]) -> None:
        self._given = db
        super().__init__(None, clock)

    def _open(self, path: Path | None) -> Any:
        return self._given or super()._open(path)


class SimDiary(Diary):
    """The diary over such a database."""

    def __init__(self, db: Db | None) -> None:
        self._given = db
        super().__init__(None)

    def _open(self, path: Path | None) -> Any:
        return self._given or super()._open(path)

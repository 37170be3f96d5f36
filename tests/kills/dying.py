"""How does a process die at its n-th effect? It counts them at the door of the system.

Nothing of the program is replaced. What it does to the world leaves through the operating system,
SQLite or a socket; there each effect is counted and told, and before the n-th the process sends
itself SIGKILL. To die after an effect is to die before the next one: the disk is the same.
"""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_CHANGING = ("INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "PRAGMA user_version =")
_BY_NAME = {"os.remove": "delete", "os.mkdir": "make", "os.chmod": "rights of"}
_SQL_WORDS = 6

Effect = Callable[[str], None]


def count_effects(folder: Path, told: int, die_at: int | None) -> None:
    """Count every effect on files in that folder, on databases and on sockets from now on.

    Args:
        folder: whose files count; what a library keeps elsewhere for a while does not.
        told: the descriptor to which each effect is written, a line each, before it happens.
        die_at: before which effect to die, counted from 1; None for none.

    """
    number = 0
    one_by_one = threading.Lock()  # of two threads at the same number neither would die

    def effect(says: str) -> None:
        nonlocal number
        with one_by_one:
            number += 1
            os.write(told, f"{says}\n".encode())
            if number == die_at:
                os.kill(os.getpid(), signal.SIGKILL)

    _count_files(folder, effect)
    _count_fsyncs(effect)
    _count_databases(effect)
    _count_sockets(effect)


def _count_files(folder: Path, effect: Effect) -> None:
    """Files that are made, opened for writing, renamed or deleted: Python tells of them itself."""

    def heard(event: str, values: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = values
            if flags & _WRITING and isinstance(path, str | os.PathLike):
                _told("write", path)
        elif event == "os.rename":
            _told("replace", values[1])
        elif event in _BY_NAME:
            _told(_BY_NAME[event], values[0])

    def _told(does: str, path: Any) -> None:
        whole = Path(os.path.abspath(os.fsdecode(path)))  # noqa: PTH100 - a link stays one
        if (does == "delete" and not whole.exists()) or (does == "make" and whole.is_dir()):
            return  # nothing happens
        if whole.is_relative_to(folder):
            effect(f"{does} {whole.relative_to(folder)}")

    sys.addaudithook(heard)


def _count_fsyncs(effect: Effect) -> None:
    straight = os.fsync

    def fsync(fd: Any) -> None:
        effect("fsync")
        straight(fd)

    os.fsync = fsync


def _count_databases(effect: Effect) -> None:
    """Commits of SQLite that change anything, and statements that are a commit of their own."""
    straight = sqlite3.connect

    class Counting(sqlite3.Connection):
        name = ""
        changes = 0
        shaped = False

        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            if sql.startswith("BEGIN"):
                self.changes, self.shaped = self.total_changes, False
            elif sql.lstrip().startswith(_CHANGING):
                self.shaped = True
                if not self.in_transaction and self.name:
                    effect(f"{' '.join(sql.split()[:_SQL_WORDS])} in {self.name}")
            return super().execute(sql, *values)

        def commit(self) -> None:
            if self.name and (self.shaped or self.changes != self.total_changes):
                effect(f"commit {self.name}")
            super().commit()

    def connect(database: Any, *values: Any, **options: Any) -> sqlite3.Connection:
        found: Counting = straight(database, *values, **options, factory=Counting)
        name = os.fsdecode(database)
        found.name = "" if name == ":memory:" else Path(name.split("?")[0]).name
        return found

    sqlite3.connect = connect  # type: ignore[assignment]


def _count_sockets(effect: Effect) -> None:
    for name in ("send", "sendall"):
        straight = getattr(socket.socket, name)

        def send(
            self: socket.socket, data: Any, *flags: int, _straight: Callable[..., Any] = straight
        ) -> Any:
            line = bytes(data[:40]).split(b"\r\n")[0].decode("ascii", "replace")
            effect(f"send {line}")
            return _straight(self, data, *flags)

        setattr(socket.socket, name, send)

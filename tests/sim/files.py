"""What may happen to a file while it is written? All that happens when the disk is full or a run dies.

What is put in the way are the calls of the operating system that Python makes: open, write, fsync,
rename and unlink below one folder. A dead process makes none of them; its files are closed by
themselves, and so are its locks.
"""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn, Self

from tests.sim.ports import Ports

_WRITES = os.O_WRONLY | os.O_RDWR


@contextmanager
def disk(ports: Ports, root: str) -> Iterator[None]:
    """Lead the calls of processes of this world, below that folder, through the ports."""
    there = _Disk(ports, root)
    kept = {name: getattr(os, name) for name in ("open", "fdopen", "fsync", "replace", "unlink")}
    kept_open = io.open
    os.open, os.fdopen, os.fsync = there.open, there.fdopen, there.fsync  # type: ignore[assignment]
    os.replace, os.unlink = there.replace, there.unlink  # type: ignore[assignment]
    io.open = there.open_file  # type: ignore[assignment]
    try:
        yield
    finally:
        for name, call in kept.items():
            setattr(os, name, call)
        io.open = kept_open


class _Disk:
    def __init__(self, ports: Ports, root: str) -> None:
        self.ports, self.root = ports, root
        self.ours: set[int] = set()
        self._open, self._fdopen, self._fsync = os.open, os.fdopen, os.fsync
        self._replace, self._unlink, self._open_file = os.replace, os.unlink, io.open

    def _here(self, path: object) -> bool:
        if self.ports.current is None or isinstance(path, int):
            return False
        return os.fsdecode(path).startswith(self.root)  # type: ignore[arg-type]

    def open(self, path: Any, flags: int, mode: int = 0o777, **more: Any) -> int:
        if not self._here(path):
            return int(self._open(path, flags, mode, **more))
        if not flags & _WRITES or str(path).endswith(".lock"):
            self.ports.gate()
            return int(self._open(path, flags, mode, **more))
        handle: int = self.ports.effect(
            "file open", lambda: self._open(path, flags, mode, **more), disk_full=_no_room
        )
        self.ours.add(handle)
        return handle

    def fdopen(self, handle: int, mode: str = "r", *more: Any, **named: Any) -> Any:
        if handle not in self.ours:
            return self._fdopen(handle, mode, *more, **named)
        self.ours.discard(handle)
        return Written(self._open_file(handle, mode, buffering=0), self.ports)

    def open_file(self, path: Any, mode: str = "r", *more: Any, **named: Any) -> Any:
        if not self._here(path):
            return self._open_file(path, mode, *more, **named)
        if "b" not in mode or not set(mode) & set("wxa+"):
            self.ports.gate()
            return self._open_file(path, mode, *more, **named)
        file = self.ports.effect(
            "file open", lambda: self._open_file(path, mode, buffering=0), disk_full=_no_room
        )
        return Written(file, self.ports)

    def fsync(self, handle: Any) -> None:
        if self.ports.current is None:
            self._fsync(handle)
            return
        self.ports.ask("file fsync", lambda: None, fsync_full=_no_room, fsync_ioerr=_broken)

    def replace(self, old: Any, new: Any, **more: Any) -> None:
        self._does("replace", old, lambda: self._replace(old, new, **more), rename_full=_no_room)

    def unlink(self, path: Any, **more: Any) -> None:
        self._does("unlink", path, lambda: self._unlink(path, **more))

    def _does(self, what: str, path: Any, act: Callable[[], None], **fails: Any) -> None:
        if self._here(path):
            self.ports.effect(f"file {what}", act, **fails)
        else:
            act()


class Written:
    """An open file, whose writes may be cut short or be the last thing a process does."""

    def __init__(self, file: Any, ports: Ports) -> None:
        self._file, self._ports = file, ports

    def write(self, content: Any) -> int:
        def whole() -> int:
            left = memoryview(content)
            while left:
                left = left[self._file.write(left) :]
            return len(content)

        def half() -> int:
            self._file.write(memoryview(content)[: len(content) // 2])
            raise _full()

        def dies() -> int:
            self._file.write(memoryview(content)[: len(content) // 2])
            self._ports.kill()

        written: int = self._ports.effect(
            "file write", whole, disk_full=_no_room, disk_ioerr=_broken, short_write=half,
            kill_half=dies,
        )  # fmt: skip
        return written

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _full() -> OSError:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _no_room() -> NoReturn:
    raise _full()


def _broken() -> NoReturn:
    raise OSError(errno.EIO, os.strerror(errno.EIO))

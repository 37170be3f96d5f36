"""Does the `-wal` beside an SQLite file belong to it, or was the file put back from a copy?

What SQLite finds in a `-wal` it brings into the file beside it, whichever that is; over a copy
that was put back it would write pages of another file, and destroy both.
"""

from __future__ import annotations

import os
import struct
import sys
from itertools import count
from pathlib import Path
from typing import BinaryIO

from tracker.problems import Stop

PUT_BACK_SECONDS = 5
"""How long after the last write to the `-wal` SQLite may still be bringing it into the file."""
_LOG_BYTES_MAX = 64 * 1024 * 1024
"""A longer `-wal` is not compared: that would cost every run too much."""
# https://www.sqlite.org/fileformat2.html#the_write_ahead_log
_HEADER = struct.Struct(">8xI4x8s8x")
_FRAME = struct.Struct(">II8s8x")
# https://www.sqlite.org/walformat.html#the_wal_index_header, in the order of bytes of this machine
_INDEX = struct.Struct("=32x8s56xI28xI")

_Inode = tuple[int, int]

_good: dict[_Inode, tuple[int, int]] = {}
"""Files that were read and found good, and the times of file and `-wal` then."""

_opened: set[_Inode] = set()
"""Files that this process may have open; the system takes all its locks off a file with the first
descriptor that is closed (https://www.sqlite.org/howtocorrupt.html, 2.2)."""


def refuse_put_back(path: Path, *, changed: bool = False) -> None:
    """Refuse a file that was put back while the `-wal` of another still lies beside it.

    SQLite writes the file only right behind the `-wal`, while mv, cp and rsync renew the time of
    the inode, as chmod does. A file newer than its `-wal` is good when it says all that the `-wal`
    says; and for some seconds when a checkpoint that was cut short may have left it so.

    Args:
        path: the file of state; links are followed.
        changed: whether it is known to have been written behind the back of its `-wal`.

    Raises Stop `state_put_back`. On Windows the time is when the file was made: nothing is refused.

    """
    if sys.platform == "win32":
        return
    try:
        # In this order: a checkpoint in between makes the file seem older, not newer.
        file, log = path.stat(), beside(path, "-wal").stat()
        # Beside an empty file SQLite deletes the -wal of the one before it.
        if not file.st_size or not log.st_size or file.st_ctime_ns <= log.st_ctime_ns:
            return
        inode, times = (file.st_dev, file.st_ino), (file.st_ctime_ns, log.st_ctime_ns)
        if _good.get(inode) == times:
            return
        late = file.st_ctime - log.st_ctime > PUT_BACK_SECONDS
        if inode in _opened or log.st_size > _LOG_BYTES_MAX:
            good = not (late or changed)
        elif good := _fits(path, partly=not late):
            _good[inode] = times
        again = (path.stat().st_ctime_ns, beside(path, "-wal").stat().st_ctime_ns)
    except OSError:
        return
    # Somebody who works with both while they are read keeps them together.
    if not good and again == times:
        raise Stop("state_put_back", path=os.path.realpath(path))


def beside(path: Path, ending: str) -> Path:
    """Name one of SQLite's own files beside a file, `-wal` or `-shm`; links are followed."""
    return Path(os.path.realpath(path) + ending)


def opened(path: Path) -> None:
    """Note that this process has the file open from now on: it must not be read past SQLite."""
    found = path.stat()
    _opened.add((found.st_dev, found.st_ino))


def let_go(path: Path) -> None:
    """Note that this process has closed the file."""
    found = path.stat()
    _opened.discard((found.st_dev, found.st_ino))


def _fits(path: Path, *, partly: bool) -> bool:
    """Whether a file has every page of its `-wal` as it is there last, or as a checkpoint left it.

    One that a reader or a kill has cut short leaves some pages as they were.

    Raises OSError.
    """
    with path.open("rb") as file, beside(path, "-wal").open("rb") as log:
        head = log.read(_HEADER.size)
        if len(head) < _HEADER.size:
            return True
        page_size, salt = _HEADER.unpack(head)
        last, pages = _committed(log, page_size, salt)
        same: dict[int, bool] = {}
        for number, frame in last.items():
            file.seek((number - 1) * page_size)
            log.seek(_place(frame, page_size) + _FRAME.size)
            same[number] = file.read(page_size) == log.read(page_size)
        size = os.fstat(file.fileno()).st_size
    if not last or (all(same.values()) and size == pages * page_size):
        return True
    if not partly or not any(same.values()):
        return False
    brought, tried = _brought(path, salt)
    return tried and all(same[number] for number, frame in last.items() if frame <= brought)


def _brought(path: Path, salt: bytes) -> tuple[int, bool]:
    """Tell how many frames the `-shm` says are in the file, and whether more may be.

    Any number when it tells nothing of this `-wal`. Raises OSError.
    """
    try:
        with beside(path, "-shm").open("rb") as index:
            head = index.read(_INDEX.size)
    except FileNotFoundError:
        head = b""
    if len(head) < _INDEX.size:
        return 0, True
    of, brought, tried = _INDEX.unpack(head)
    return (brought, tried > 0) if of == salt else (0, True)


def _committed(log: BinaryIO, page_size: int, salt: bytes) -> tuple[dict[int, int], int]:
    """Find the last frame of each page of finished commits, and the pages of the file then.

    Checksums are left to SQLite: a frame that is torn can but lead to a refusal.
    """
    found: dict[int, int] = {}
    waiting: dict[int, int] = {}
    pages = 0
    for frame in count(1):
        log.seek(_place(frame, page_size))
        head = log.read(_FRAME.size)
        if len(head) < _FRAME.size:
            break
        number, after_commit, of = _FRAME.unpack(head)
        if of != salt:
            break
        waiting[number] = frame
        if after_commit:
            pages = after_commit
            found |= waiting
            waiting = {}
    return found, pages


def _place(frame: int, page_size: int) -> int:
    """Where a frame begins in a `-wal`; they are counted from 1."""
    return _HEADER.size + (frame - 1) * (_FRAME.size + page_size)

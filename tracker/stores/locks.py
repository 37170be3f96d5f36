"""Who may write now? A lock that the system frees when its holder is killed."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

POLL_SECONDS = 0.05


@contextmanager
def held(path: Path, wait_seconds: float) -> Iterator[bool]:
    """Hold the lock on that file; False when another kept it for `wait_seconds`.

    The file stays behind, because deleting a lock that somebody waits for makes two holders.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sys.platform == "win32":
        with _held_on_windows(path, wait_seconds) as got:
            yield got
        return
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield _flock(handle, time.monotonic() + wait_seconds)
    finally:
        os.close(handle)


def _flock(handle: int, deadline: float) -> bool:
    # Not the filelock package: importing it costs every cron run half of an idle sync's time.
    import fcntl

    while True:
        with suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        if time.monotonic() >= deadline:
            return False
        time.sleep(POLL_SECONDS)


@contextmanager
def _held_on_windows(path: Path, wait_seconds: float) -> Iterator[bool]:
    """Windows has no flock; filelock knows its own way there."""
    import filelock

    lock = filelock.FileLock(path)
    try:
        lock.acquire(timeout=wait_seconds)
    except filelock.Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()

"""Is the inbox that is open still the one under its name? And if not, where is what it kept?

Somebody may put a copy back or delete the file while the receiver has it open. The open
connection then still has everything that was acknowledged, and its `-wal` must not meet the file
that lies there now: SQLite would write the one over the other.
"""

from __future__ import annotations

import logging
import os
import secrets
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tracker.inbox import Inbox
from tracker.problems import Stop
from tracker.put_back import beside, let_go, refuse_put_back

BUSY_SECONDS = 4
"""How long another writer is waited for: some shops give up after five seconds."""
_PROOF_CHARACTERS = 32 * 1024
"""A few bytes more can fit into a file that is as large as it can get."""
_ENDINGS = ("-wal", "-shm")
_RESCUED = "{path}.kept-{number}"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Seen:
    """When the file and its `-wal` were written last, in nanoseconds, and the latter's size."""

    file: int
    log: tuple[int, int] | None


class OpenInbox(Inbox):
    """The inbox as the receiver holds it: it would rather say no than keep a shop waiting."""

    busy_seconds = BUSY_SECONDS
    _seen: _Seen

    def prove(self, at: datetime) -> None:
        """Write as much as a large order, to see that it is possible. Raises Stop."""
        row = ("receiver_proved_at", at.isoformat().ljust(_PROOF_CHARACTERS))
        self._write("INSERT OR REPLACE INTO about (key, value) VALUES (?, ?)", [row])

    def in_place(self) -> bool:
        """Whether the open file is still the one under its name: not deleted, nor put back.

        Raises Stop `state_put_back` when it is, but somebody else has written over it.
        """
        if self.path is None:
            return True
        try:
            found = self.path.stat()
        except OSError:
            return False
        if (found.st_dev, found.st_ino) != self._opened_as:
            return False
        if found.st_mtime_ns != self._seen.file:
            now = self._look()
            refuse_put_back(self.path, changed=now.log == self._seen.log)
            self._seen = now
        return True

    def written(self) -> None:
        """Remember the file as we left it; to be told after each commit.

        What SQLite itself brings into the file is no change by others, however long it took.
        """
        with suppress(OSError):
            self._seen = self._look()

    def moved(self) -> OpenInbox:
        """Open the file that lies under the name now, with all that this one has; close this one.

        Raises Stop when it cannot be written; then this one stays open and whole, for another try.
        """
        assert self.path is not None  # noqa: S101 - one in memory is always in place
        self._set_aside()
        new = type(self)(self.path)
        try:
            kept = new.merge(self)
            new.written()
        except BaseException:
            new.close()
            raise
        log.warning("the inbox was put back: kept=%d rows of the old one", kept)
        self._let_go()
        return new

    def rescue(self) -> None:
        """Write what this one has into a file of its own beside the name, and close it.

        For the end of the receiver, when what lies under the name can take nothing.
        """
        assert self.path is not None  # noqa: S101 - as above
        names = (_RESCUED.format(path=self.path, number=n) for n in range(1, 1000))
        path = next(found for name in names if not (found := Path(name)).exists())
        try:
            self.copy_to(path)
        except Stop as stop:
            log.error("the rows of the old inbox are lost because %s", stop.code)  # noqa: TRY400
        else:
            log.error("the rows of the old inbox are in %s", path)
        self._let_go()

    def close(self) -> None:
        """Close the file; what somebody else has written over it is left as it is."""
        try:
            self.in_place()
        except Stop:
            self._close_untouched()
        else:
            super().close()

    def _prepare(self) -> None:
        super()._prepare()
        self._beside: dict[Path, int] = {}
        self._aside: list[Path] = []
        if self.path is None:
            return
        found = self.path.stat()
        self._opened_as = (found.st_dev, found.st_ino)
        for ending in _ENDINGS:
            name = beside(self.path, ending)
            with suppress(OSError):
                self._beside[name] = name.stat().st_ino
        self._seen = self._look()

    def _look(self) -> _Seen:
        """Look when the file and its `-wal` were written last. Raises OSError."""
        if self.path is None:
            return _Seen(0, None)
        file = self.path.stat().st_mtime_ns
        try:
            log = beside(self.path, "-wal").stat()
        except OSError:
            return _Seen(file, None)
        return _Seen(file, (log.st_mtime_ns, log.st_size))

    def _set_aside(self) -> None:
        """Take our own `-wal` and `-shm` away from the new file; those of others stay.

        Raises Stop `state_unwritable`.
        """
        for name, inode in self._beside.items():
            try:
                if name.stat().st_ino == inode:
                    self._aside.append(name.rename(_unused(name)))
            except FileNotFoundError:
                continue
            except OSError:
                raise Stop("state_unwritable", path=self.path) from None

    def _let_go(self) -> None:
        """Close a file that lies elsewhere now, if anywhere, and make it whole for who moved it."""
        with suppress(sqlite3.Error), closing(self._db.execute("PRAGMA wal_checkpoint(PASSIVE)")):
            pass
        super().close()
        for name in self._aside:
            with suppress(OSError):
                name.unlink(missing_ok=True)

    def _close_untouched(self) -> None:
        """Close without the last checkpoint, which SQLite leaves out when the name is gone."""
        assert self.path is not None  # noqa: S101 - as above
        real = Path(os.path.realpath(self.path))
        away = _unused(real)
        try:
            real.rename(away)
        except OSError:
            log.error("the inbox cannot be let go")  # noqa: TRY400 - nothing more is to be said
        try:
            super().close()
        finally:
            with suppress(OSError):
                away.rename(real)
                let_go(real)


def _unused(path: Path) -> Path:
    """Make a name beside a file that nobody else would think of."""
    return Path(f"{path}.{secrets.token_hex(4)}")


def in_hand(inbox: OpenInbox | None, path: Path) -> OpenInbox:
    """Give an inbox that is open and in its place, opened or opened anew. Raises Stop."""
    if inbox is None:
        return OpenInbox(path)
    return inbox if inbox.in_place() else inbox.moved()

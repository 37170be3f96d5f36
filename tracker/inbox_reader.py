"""Who reads an inbox that somebody else fills? One who is never waited for, and changes nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tracker.inbox import Inbox
from tracker.problems import Stop


class InboxReader(Inbox):
    """An inbox that somebody else fills, opened for reading alone: never made, never changed.

    Whoever fills it is not kept waiting. Raises Stop `state_unwritable` when there is no such
    file, beside those of every file of state.
    """

    def _open(self, path: Path | None) -> sqlite3.Connection:
        if path is None:
            raise ValueError("an inbox in memory has nobody to fill it")
        address = f"{path.absolute().as_uri()}?mode=ro"
        return self._connect(path, address, uri=True)

    def _prepare(self) -> None:
        found = self._rows(
            "SELECT count(*) FROM sqlite_master WHERE name IN ('about', 'deliveries')"
        )
        if self._found_version() == 0 or found[0][0] != 2:
            raise Stop("state_unreadable", path=self.path)

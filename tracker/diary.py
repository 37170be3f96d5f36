"""What has been done on this machine, and when? Notes that a run leaves for the next one.

They stand beside the book and may be deleted: then a check is made again, or a letter about one
silence is written once more. What is due for money follows from the book alone.
"""

from __future__ import annotations

from datetime import datetime

from tracker.statefile import StateFile

_SCHEMA = """
CREATE TABLE notes (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID
"""


class Diary(StateFile):
    """Notes by key, in `.tracker/diary.sqlite3`; in memory when `path` is None."""

    schema = _SCHEMA

    def note(self, **notes: str) -> None:
        """Keep notes; a later one of the same key takes the place of the earlier."""
        self._write("INSERT OR REPLACE INTO notes VALUES (?, ?)", notes.items())

    def told(self, key: str) -> str:
        """Give a note; empty when there is none."""
        found = self._rows("SELECT value FROM notes WHERE key = ?", (key,))
        return str(found[0][0]) if found else ""

    def instant(self, key: str) -> datetime | None:
        """Give a note that is an RFC 3339 time, aware; None when there is none."""
        kept = self.told(key)
        return datetime.fromisoformat(kept) if kept else None

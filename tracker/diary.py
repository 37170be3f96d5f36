"""What has been done on this machine, and when? Notes that a run leaves for the next one.

They stand beside the book and may be deleted: then a check is made again, or a letter about one
silence is written once more. What is due for money follows from the book alone.
"""

from __future__ import annotations

from collections.abc import Mapping
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

    def synced(self, at: datetime, notes: Mapping[str, str]) -> None:
        """Note a sync that went well, and what it saw."""
        self.note(synced_at=at.isoformat(timespec="seconds"), **notes)

    def told(self, key: str) -> str:
        """Give a note; empty when there is none."""
        found = self._rows("SELECT value FROM notes WHERE key = ?", (key,))
        return str(found[0][0]) if found else ""

    def instant(self, key: str) -> datetime | None:
        """Give a note that is an RFC 3339 time, aware; None when there is none."""
        kept = self.told(key)
        return datetime.fromisoformat(kept) if kept else None

    def failed(self, what: str, code: str, at: datetime) -> None:
        """Note that something could not be done: the code of why, until it is done."""
        self.note(**{f"failed_{what}": f"{at.isoformat()} {code}"})

    def done(self, *what: str) -> None:
        """Forget that these had failed."""
        stale = {f"failed_{one}": "" for one in what if self.told(f"failed_{one}")}
        if stale:
            self.note(**stale)

    def checked(self, at: datetime, *, wants_a_person: bool) -> None:
        """Note what the last check said, whoever asked for it."""
        self.note(checked_at=at.isoformat(), check_wanted="yes" if wants_a_person else "no")

    def failures(self) -> list[tuple[str, datetime, str]]:
        """Give what failed the last time it was tried: what, when, and the code of why."""
        rows = self._rows(
            "SELECT substr(key, 8), value FROM notes "
            "WHERE substr(key, 1, 7) = 'failed_' AND value <> '' ORDER BY key"
        )
        cut = ((str(what), *str(value).split(" ", 1)) for what, value in rows)
        return [(what, datetime.fromisoformat(at), code) for what, at, code in cut]

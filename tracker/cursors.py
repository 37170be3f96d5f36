"""How far has a reader of somebody else's inbox read? A place in one inbox, as text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

# SQLite counts no further than 19 digits.
_TEXT = re.compile(r"([0-9a-f]{32})-(0|[1-9][0-9]{0,18})(?:-([0-9a-f]{8}))?")


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place: behind the delivery with that seq, in the inbox of that id.

    `trace` is that of the delivery, by which an older copy that has grown since is told from the
    inbox that was read; empty in a cursor of an earlier version.
    """

    inbox_id: str
    seq: int
    trace: str = ""

    @property
    def text(self) -> str:
        """The cursor in signs that need no escape in an address."""
        return f"{self.inbox_id}-{self.seq}" + (f"-{self.trace}" if self.trace else "")


def read_cursor(text: str) -> Cursor | None:
    """Read the text of a cursor; None for anything else."""
    found = _TEXT.fullmatch(text)
    return Cursor(found[1], int(found[2]), found[3] or "") if found else None


def trace_of(source: str, delivery_id: str, body_sha256: str) -> str:
    """Give a short mark of a delivery, 8 hex digits; no secret, and no proof against anybody."""
    return sha256(f"{source}\n{delivery_id}\n{body_sha256}".encode()).hexdigest()[:8]

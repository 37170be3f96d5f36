"""How far has a reader of somebody else's inbox read? A place in one inbox, as text."""

from __future__ import annotations

import re
from dataclasses import dataclass

# SQLite counts no further than 19 digits.
_TEXT = re.compile(r"([0-9a-f]{32})-(0|[1-9][0-9]{0,18})")


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place: behind the delivery with that seq, in the inbox of that id."""

    inbox_id: str
    seq: int

    @property
    def text(self) -> str:
        """The cursor in signs that need no escape in an address."""
        return f"{self.inbox_id}-{self.seq}"


def read_cursor(text: str) -> Cursor | None:
    """Read the text of a cursor; None for anything else."""
    found = _TEXT.fullmatch(text)
    return Cursor(found[1], int(found[2])) if found else None

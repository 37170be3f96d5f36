"""How do rows become the text of a CSV file?"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence


class _Parts(list[str]):
    """What a writer writes, kept here."""

    def write(self, text: str) -> None:
        """Take the next part."""
        self.append(text)


def csv_lines(rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    """Write rows as CSV with CRLF (RFC 4180), quoted only where a cell needs it."""
    parts = _Parts()
    csv.writer(parts, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return "".join(parts)

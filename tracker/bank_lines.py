"""Which cells do the lines of a bank's file have, whatever its alphabet and its quotes?"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

COLUMNS_MAX = 200
FIELD_LENGTH_MAX = 131_072
QUOTED_LENGTH_MAX = 2000
QUOTED_LINES_MAX = 12
SLIPS_MAX = 100
"""A purpose is 210 letters: a longer cell with line ends in it is a quote that nobody closed."""


class NotAStatement(ValueError):
    """The file is no statement that can be read; `code` names the sentence, `line` the place."""

    def __init__(self, code: str, line: int = 0) -> None:
        super().__init__(f"{code} in line {line}")
        self.code = code
        self.line = line


def decoded(content: bytes) -> str:
    """The file's text in any alphabet of banks. Raises NotAStatement for what is no text."""
    if content.startswith((b"PK", b"%PDF", b"\xd0\xcf\x11\xe0", b"<")):
        raise NotAStatement("bank_file_kind")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", "replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            dos = "Кодировка=DOS" in content[:500].decode("cp866")
            text = content.decode("cp866" if dos else "cp1251", "replace")
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")


def cells_of(lines: Sequence[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line each begins in; more columns than any bank has are cut off.

    Where a quote is never closed, or closed by one that opens another cell, the line is read by
    itself: one slip must not swallow the payments below it.
    """
    at = slips = 0
    while at < len(lines):
        quoted = _quoted(lines, at, separator) if slips <= SLIPS_MAX else None
        slips += quoted is None
        row, taken = quoted or (_alone(lines[at], separator), 1)
        if any(len(cell) > FIELD_LENGTH_MAX for cell in row):
            raise NotAStatement("bank_file_torn", at + 1)
        yield at + 1, [" ".join(cell.split()) for cell in row[:COLUMNS_MAX]]
        at += taken


def _quoted(lines: Sequence[str], at: int, separator: str) -> tuple[list[str], int] | None:
    """The cells of the row that begins there, and how many lines it takes; None for a slip."""
    if '"' not in lines[at]:
        return lines[at].split(separator), 1
    part = lines[at : at + QUOTED_LINES_MAX + 1]
    reader = csv.reader(part, delimiter=separator)
    try:
        row = next(reader)
        if reader.line_num == 1:
            return row, 1
        strictly = csv.reader(part[: reader.line_num], delimiter=separator, strict=True)
        well = [row] == list(strictly) and not any(map(_swallowed, row))
    except csv.Error:
        return None
    return (row, reader.line_num) if well else None


def _alone(line: str, separator: str) -> list[str]:
    """The cells of one line whose quotes cannot be trusted."""
    if line.count('"') > 1 and len(line) <= FIELD_LENGTH_MAX:
        return next(csv.reader([line], delimiter=separator))
    return line.replace('"', " ").split(separator)


def _swallowed(cell: str) -> bool:
    return "\n" in cell and len(cell) > QUOTED_LENGTH_MAX

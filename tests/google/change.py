"""What is a batch at work on? A draft of the spreadsheet, and who asks.

Learned from: a protected range refuses everybody who is not among its editors with 400 and kills
the whole batch, a warning-only one refuses nobody [issues in shared/sheets.md 1.4; disc,
ProtectedRange]; who adds a protection is among its editors, the owner always is [cassette
test_add_protected_range_normal; disc]; unprotected parts of a protected sheet [disc]; rows and columns may
not be inserted into, deleted from or moved through a protected range, nor its tab renamed or
deleted when all of it is protected [inferred].
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.google.errors import PROTECTED, Json, invalid
from tests.google.grid import Book, Look, Looks, Sheet, spliced

ROW_KEYS = ("startRowIndex", "endRowIndex")
COLUMN_KEYS = ("startColumnIndex", "endColumnIndex")
RANGE_KEYS = frozenset({"sheetId", *ROW_KEYS, *COLUMN_KEYS})


@dataclass(slots=True)
class Change:
    """One batch: its draft, the e-mail of who asks, and today for dates without a year."""

    book: Book
    who: str
    today: date

    def grid(self, message: Json) -> Sheet:
        return self.book.sheet(int(message.get("sheetId") or 0))

    def guard(self, sheet: Sheet, top: int, left: int, bottom: int, right: int) -> None:
        """Refuse to touch these cells of a protected range. Raises Refused."""
        for protected in sheet.these("protectedRanges"):
            if not self.may_edit(protected) and _touches(protected, top, left, bottom, right):
                raise invalid(PROTECTED)

    def guard_sheet(self, sheet: Sheet) -> None:
        """Refuse to touch a tab that is protected as a whole. Raises Refused."""
        for protected in sheet.these("protectedRanges"):
            if not self.may_edit(protected) and not RANGE_KEYS & set(protected["range"]) - {
                "sheetId"
            }:
                raise invalid(PROTECTED)

    def may_edit(self, protected: Json) -> bool:
        editors = protected.get("editors", {}).get("users", ())
        owns = self.book.share.get(self.who) == "owner"
        return bool(protected.get("warningOnly")) or owns or self.who in editors


def _touches(protected: Json, top: int, left: int, bottom: int, right: int) -> bool:
    for free in protected.get("unprotectedRanges", ()):
        first_row, end_row, first_column, end_column = edges(free)
        if first_row <= top and bottom <= end_row and first_column <= left and right <= end_column:
            return False
    first_row, end_row, first_column, end_column = edges(protected["range"])
    return first_row < bottom and top < end_row and first_column < right and left < end_column


def edges(grid_range: Json) -> tuple[int, int, int, int]:
    """Give first row, end row, first column, end column; open ends far away."""
    far = 1 << 40
    rows = [grid_range.get(key) for key in (*ROW_KEYS, *COLUMN_KEYS)]
    return (
        int(rows[0] or 0),
        far if rows[1] is None else int(rows[1]),
        int(rows[2] or 0),
        far if rows[3] is None else int(rows[3]),
    )


def stored(message: Any) -> Any:
    """Copy a message as it is kept: without the fields that are null."""
    if isinstance(message, dict):
        return {key: stored(one) for key, one in message.items() if one is not None}
    if isinstance(message, list):
        return [stored(one) for one in message]
    return message


def redress(
    sheet: Sheet, box: tuple[int, int, int, int], change: Callable[[Look | None], Look | None]
) -> None:
    """Change the looks in top, left, bottom, right; equal looks stay one object."""
    top, left, bottom, right = box
    rows: dict[int, tuple[Looks, Looks]] = {}
    ones: dict[int, tuple[Look | None, Look | None]] = {}
    for number in range(top, bottom):
        old = sheet.looks[number]
        if id(old) not in rows:
            padded = [*old, *(None,) * (right - len(old))][left:right]
            for look in padded:
                ones.setdefault(id(look), (look, change(look)))
            rows[id(old)] = (old, spliced(old, left, [ones[id(look)][1] for look in padded]))
        sheet.looks[number] = rows[id(old)][1]


def ranges_in(message: Any) -> Iterator[Json]:
    """Find every GridRange within the marks of a sheet."""
    if isinstance(message, dict):
        keys = set(message)
        if keys <= RANGE_KEYS and keys & {*ROW_KEYS, *COLUMN_KEYS}:
            yield message
            return
        message = list(message.values())
    if isinstance(message, list):
        for one in message:
            yield from ranges_in(one)

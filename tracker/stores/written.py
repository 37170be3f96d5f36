"""What becomes of a value once it is stored? The same in every store, so that they agree."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from tracker.cells import Cell, CellError, Formula, clean, shown
from tracker.layout import Column, Kind
from tracker.stores import Link

TEXT_CHARACTERS_MAX = 32_767
DIGITS_MAX = 15
FIRST_YEAR = 1928

# Characters that XML forbids although Unicode knows them; one of them spoils a whole workbook.
_NOT_IN_XML = {0xFFFE: None, 0xFFFF: None}


def stored(value: Cell | Link) -> Cell:
    """Give the value as it will be read back: clean text, a plain number, a naive time.

    Raises TypeError for a formula or an error, and ValueError for a time with a zone, a text that
    a cell would cut and a number that it would round: no caller may write these.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Link):
        return _text(value.text)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, Formula | CellError):
        raise TypeError(f"a formula or an error is never written: {value.text[:40]}")
    return _day(value)


def stored_in(column: Column, value: Cell | Link) -> Cell:
    """Give the value as that column will be read back.

    Raises as `stored`, and ValueError for a day in a column of another kind: not every store can
    tell it from a number there.
    """
    kept = stored(value)
    if isinstance(kept, date) and column.kind not in {Kind.DATE, Kind.TIME}:
        raise ValueError(f"a day in the column {column.key}, which is not for days")
    return kept


def whole_text(cell: Cell) -> str:
    """Give the text by which a cell is found to be erased: empty for a formula, a day, a mark."""
    return shown(cell) if isinstance(cell, str | Decimal) else ""


def number_of(value: float) -> Decimal:
    """Turn a binary number into the decimal that a sheet shows for it: 15 digits, no more.

    What a formula left behind them (0.7 - 0.55 is 0.1499999999999999) nobody has typed.
    """
    if value.is_integer() and abs(value) < 10**DIGITS_MAX:
        return Decimal(int(value))
    shown = float(f"{value:.{DIGITS_MAX}g}") if abs(value) < 10**DIGITS_MAX else value
    return Decimal(int(shown)) if shown.is_integer() and abs(shown) < 1e16 else Decimal(repr(shown))


def day_of(value: date) -> date:
    """Turn a time at midnight into its day: a sheet cannot tell the two apart."""
    if isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0):
        return value.date()
    return value


def _text(text: str) -> str | None:
    kept = clean(text).translate(_NOT_IN_XML)
    if len(kept) > TEXT_CHARACTERS_MAX:
        raise ValueError(f"a text of {len(kept)} characters would be cut by the cell")
    return kept if kept.strip() else None  # not every program keeps blanks alone


def _number(number: Decimal) -> Decimal:
    if not number.is_finite() or len(number.normalize().as_tuple().digits) > DIGITS_MAX:
        raise ValueError(f"a number that the cell would round: {number}")
    return number_of(float(number))


def _day(value: date) -> Cell:
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            raise ValueError("a sheet has no time zones: write such a time as text")
        value = value.replace(microsecond=0)
    # Sheets count days from 1900 and disagree about its first months; and where days are only
    # numbers, one below 10,000 is taken for a year or a slip.
    return day_of(value) if value.year >= FIRST_YEAR else value.isoformat()

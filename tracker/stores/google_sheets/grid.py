"""What is a cell on the wire? Typed values one way, unformatted ones and day numbers back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tracker.cells import Cell, CellError
from tracker.layout import LAYOUT, Kind, Tab, known_columns
from tracker.stores import Link
from tracker.stores.written import day_of, number_of, stored_in

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # a sheet's days have no zone
DAYS_MIN, DAYS_MAX = 10_000, 2_958_465
"""18 May 1927 and 31 December 9999. A smaller number in a column of days is a year or a slip."""

POINT_LANGUAGES = frozenset("en ja zh ko th he iw hi ms".split())
"""Languages in which `1.10` typed into a sheet is a number; in the others it is a day."""

ERRORS = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#ERROR!", "Loading..."}
)
_OF_DAYS = frozenset({Kind.DATE, Kind.TIME})
_OF_VALUES = _OF_DAYS | {Kind.AMOUNT, Kind.NUMBER, Kind.RATE}

Raw = str | float | bool | None
"""A value as `UNFORMATTED_VALUE` and `SERIAL_NUMBER` give it; a blank cell is an empty text."""


def kinds_of(tab: Tab, headings: Sequence[Cell]) -> dict[int, Kind]:
    """The kind of each column that is ours, by its place."""
    columns = {column.key: column.kind for column in LAYOUT[tab].columns}
    return {place: columns[key] for key, place in known_columns(tab, headings).items()}


def read_cell(raw: Raw, kind: Kind | None, slips: range = range(0)) -> Cell:
    """Understand one value. Days come as numbers, so only the column's kind tells them apart.

    `slips` are the days that a sum typed `1.10` becomes where a comma is the decimal mark: as a
    whole number in a column of sums it is read as the day that it may be, for a person to settle.
    """
    if isinstance(raw, bool) or raw is None:
        return raw
    if isinstance(raw, str):
        if raw in ERRORS and kind in _OF_VALUES:
            return CellError(raw)
        return raw or None
    if kind is Kind.AMOUNT and slips.start <= raw < slips.stop and raw == int(raw):
        return day_of(EPOCH + timedelta(days=int(raw)))
    if kind in _OF_DAYS and DAYS_MIN <= raw <= DAYS_MAX:
        moment = EPOCH + timedelta(seconds=round(raw * 86_400))
        return day_of(moment)
    return number_of(float(raw))


def slips_of(locale: str, today: date) -> range:
    """The days that sums with a point become when they are typed: those of the years around now."""
    if not locale or locale.partition("_")[0] in POINT_LANGUAGES:
        return range(0)
    now = (datetime(today.year, 1, 1) - EPOCH).days  # noqa: DTZ001
    return range(now - 366, now + 2 * 366)


def raw_of(cell: Cell) -> Raw:
    """Give a value as a later read will give it."""
    if isinstance(cell, Decimal):
        return float(cell)
    if isinstance(cell, date):
        return _serial(cell)
    if cell is None or isinstance(cell, bool | str):
        return cell
    raise TypeError(f"never written: {type(cell).__name__}")


def typed(cell: Cell) -> dict[str, Any]:
    """Give a value as `ExtendedValue`: text is text, whatever it looks like."""
    raw = raw_of(cell)
    if raw is None:
        return {}
    if isinstance(raw, bool):
        return {"boolValue": raw}
    return {"stringValue": raw} if isinstance(raw, str) else {"numberValue": raw}


def untyped(value: Mapping[str, Any]) -> Raw:
    """Read an `ExtendedValue` back, as `UNFORMATTED_VALUE` would show it."""
    for name in ("stringValue", "numberValue", "boolValue"):
        if name in value:
            found: Raw = value[name]
            return found
    return None


def row_of(
    tab: Tab, record: Mapping[str, Cell | Link], columns: Mapping[str, int], width: int
) -> list[Cell]:
    """Lay one record out by columns. Raises KeyError for a key that the tab does not have."""
    cells: list[Cell] = [None] * width
    for key, value in record.items():
        kept = stored_in(LAYOUT[tab].column(key), value)
        if key in columns:
            cells[columns[key]] = kept
    return cells


def _serial(day: date) -> float:
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)  # noqa: DTZ001
    since = moment - EPOCH
    return since.days + since.seconds / 86_400 if since.seconds else float(since.days)

"""What did the owner mean by a cell of Codes? Weekdays, hours, dates, lists, yes or no."""

from __future__ import annotations

import re
from datetime import date, datetime

from tracker import cells
from tracker.book.rows import BadCell, Row

_SEPARATOR = re.compile(r"[,;\n]")
_DASH = re.compile(r"\s*[-\u2013\u2014]\s*")
_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?")
_DATES = re.compile(r"(.+?)\s*(?:\.{2,3}|…|\u2013|\u2014|\s-\s|(?<=\.\d{4})-)\s*(.+)", re.DOTALL)
_DAY_NAMES = (
    "mon mo monday пн пон понедельник",
    "tue tu tues tuesday вт втор вторник",
    "wed we wednesday ср среда",
    "thu th thur thurs thursday чт чет четверг",
    "fri fr friday пт пят пятница",
    "sat sa saturday сб суб суббота",
    "sun su sunday вс вск воскр воскресенье",
)
_WEEKDAYS = {name: day for day, names in enumerate(_DAY_NAMES) for name in names.split()}
DAY_MINUTES = 24 * 60
ITEM_LENGTH_MAX = 100
"""No weekday, hour or date is longer; in more signs a dash would be looked for too long."""


def words(row: Row, column: str) -> tuple[str, ...]:
    """A list by commas, semicolons or lines, each word once; empty for an empty cell."""
    if not row.has(column):
        return ()
    text = row.text(column)
    found = [one.strip() for one in _SEPARATOR.split(text)]
    listed = tuple(dict.fromkeys(one for one in found if one))
    if not listed:
        raise BadCell(column, "list_unreadable", text)
    return listed


def _short(row: Row, column: str, code: str) -> tuple[str, ...]:
    """The list's items, none of them too long to be understood; `code` is what is said of one."""
    listed = words(row, column)
    for item in listed:
        if len(item) > ITEM_LENGTH_MAX:
            raise BadCell(column, code, item)
    return listed


def yes_no(row: Row, column: str, *, usual: bool) -> bool:
    """Yes or no, also as a ticked box; the usual answer for an empty cell."""
    cell = row.cell(column)
    if isinstance(cell, bool):
        return cell
    return row.choice(column, "yes" if usual else "no") == "yes"


def weekdays(row: Row, column: str) -> frozenset[int]:
    """`Mon-Fri`, `Sat,Sun`, `Пт-Пн`: days counted from Monday as 0."""
    found: set[int] = set()
    for item in _short(row, column, "weekdays_unreadable"):
        named = [_WEEKDAYS.get(name.rstrip(".")) for name in _DASH.split(item.casefold())]
        first, last = named[0], named[-1]
        if len(named) > 2 or first is None or last is None:
            raise BadCell(column, "weekdays_unreadable", item)
        found |= {(first + ahead) % 7 for ahead in range((last - first) % 7 + 1)}
    return frozenset(found)


def hours(row: Row, column: str) -> tuple[tuple[int, int], ...]:
    """`10:00-18:00`, several by comma, over midnight too: (first minute, minute after the last)."""
    found: list[tuple[int, int]] = []
    for item in _short(row, column, "hours_unreadable"):
        clocks = [_minute(clock) for clock in _DASH.split(item)]
        if len(clocks) != 2 or None in clocks:
            raise BadCell(column, "hours_unreadable", item)
        start, end = clocks[0] or 0, clocks[1] or 0
        if start in {end, DAY_MINUTES}:
            raise BadCell(column, "hours_unreadable", item)
        found.append((start, end))
    return tuple(found)


def _minute(clock: str) -> int | None:
    """The minute of the day; 24:00 is its end."""
    said = _CLOCK.fullmatch(clock.strip())
    if said is None or int(said[2] or 0) > 59:
        return None
    minute = int(said[1]) * 60 + int(said[2] or 0)
    return minute if minute <= DAY_MINUTES else None


def dates(row: Row, column: str) -> tuple[tuple[date, date], ...]:
    """`2026-12-31, 2026-03-06..2026-03-09`, as `06.03.2026` too, or one date cell."""
    cell = row.cell(column)
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        return ((day, day),)
    found: list[tuple[date, date]] = []
    for item in _short(row, column, "dates_unreadable"):
        span = _DATES.fullmatch(item)
        first, last = (span[1], span[2]) if span else (item, item)
        try:
            days = cells.read_date(first), cells.read_date(last)
        except cells.NotUnderstood:
            raise BadCell(column, "dates_unreadable", item) from None
        if days[1] < days[0]:
            raise BadCell(column, "dates_unreadable", item)
        found.append(days)
    return tuple(found)


def sum_of(row: Row, column: str, currency: str) -> int | None:
    """A sum in minor units of the currency, not below zero; None for an empty cell."""
    if not row.has(column):
        return None
    minor = row.minor(column, currency)
    if minor < 0:
        raise BadCell(column, "amount_below_zero", row.text(column))
    return minor

"""What of a tab can stand in another book? Rows by column key, and what stays behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tracker.cells import Cell, CellError, Formula, blank, clean, plain, shown
from tracker.layout import (
    LAYOUT,
    SETTINGS,
    Column,
    Kind,
    Owner,
    Tab,
    address,
    columns_of,
    default_of,
    letter,
)
from tracker.stores import Record, Table
from tracker.stores.written import TEXT_CHARACTERS_MAX, stored, stored_in

COPIED_TABS = tuple(tab for tab in Tab if LAYOUT[tab].owner is not Owner.REPORT)
"""Reports are left out: the next sync makes them from the rest, links and all."""

_DAYS = {Kind.DATE, Kind.TIME}
_FIRST_LIKE_DAY, _LAST_LIKE_DAY = 44_000, 55_000
"""Whole sums that are days of 2020 to 2050: some sheets ask about them (stores.google_sheets)."""


@dataclass(frozen=True, slots=True)
class Note:
    """A cell or column that is not in the copy as it was: which sentence, where, what it shows."""

    code: str
    tab: str
    cell: str
    shows: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """One tab as another book can hold it.

    Attributes:
        columns: where each key stands (from 0) in the book it was read from.
        rows: cells by column key, empty ones left out, in the order of the sheet.
        numbers: the row of the sheet that each of them was read from.
        notes: what is not carried, or not as it was.
    """

    tab: Tab
    title: str
    columns: Mapping[str, int]
    rows: tuple[Record, ...]
    numbers: tuple[int, ...]
    notes: tuple[Note, ...] = ()


def carry(table: Table) -> Carried:
    """Read the rows of a tab for another book. Raises Stop `heading_missing`, `heading_doubled`."""
    columns = columns_of(table.tab, table.headings, table.title)
    wanted = [(LAYOUT[table.tab].column(key), at) for key, at in columns.items() if key != "check"]
    rows: list[Record] = []
    numbers: list[int] = []
    notes: list[Note] = []
    extra: Counter[int] = Counter()
    by_hand = LAYOUT[table.tab].owner in {Owner.OWNER, Owner.INBOX}
    for row in table.rows:
        record: dict[str, Cell] = {}
        for column, at in wanted:
            cell = row.cells[at] if at < len(row.cells) else None
            value, code = as_carried(column, cell, by_hand=by_hand)
            if code:
                place = address(at, row.number)
                notes.append(Note(code, table.title, place, shown(cell)[:60]))
            if value is not None:
                record[column.key] = value
        known = columns.values()
        extra.update(i for i, cell in enumerate(row.cells) if i not in known and not blank(cell))
        if not all(map(blank, record.values())):
            rows.append(record)
            numbers.append(row.number)
    notes += [_extra(table, at) for at in sorted(extra)]
    return Carried(table.tab, table.title, columns, tuple(rows), tuple(numbers), tuple(notes))


def as_carried(column: Column, cell: Cell, *, by_hand: bool = False) -> tuple[Cell, str]:
    """Give what every store can hold in that column, and the code of a note when it differs.

    `by_hand` says that people type there.
    """
    if isinstance(cell, Formula | CellError):
        # As text, not as an empty cell: an empty rate would count as the programme's own.
        return clean(cell.text) or None, "formula" if isinstance(cell, Formula) else "error"
    if isinstance(cell, str) and len(clean(cell)) > TEXT_CHARACTERS_MAX:
        return None, "too_long"
    if isinstance(cell, date) and column.kind not in _DAYS:
        kept = cell.replace(microsecond=0) if isinstance(cell, datetime) else cell
        return str(kept), "day"
    if isinstance(cell, Decimal) and (column.kind in _DAYS or not _exact(cell)):
        # In a column of days a number would be read back as a day.
        return plain(cell), ""
    if by_hand and column.kind is Kind.AMOUNT and _like_a_day(cell):
        # As text it can be nothing but the sum.
        return shown(cell), ""
    return stored_in(column, cell), ""


def in_order_of(settings: Carried, there: Carried) -> Carried:
    """Give the rows of Settings in the order in which the other book has them.

    Its drop-downs stand beside its rows; what it does not have comes last.
    """
    left = list(zip(settings.rows, settings.numbers, strict=True))
    found = []
    for key in map(_key, there.rows):
        same = next((one for one in left if _key(one[0]) == key), None)
        if same is not None:
            left.remove(same)
            found.append(same)
    rows, numbers = zip(*found, *left, strict=True) if found or left else ((), ())
    return Carried(
        settings.tab, settings.title, settings.columns, rows, numbers, settings.notes
    )  # fmt: skip


def usual_settings(settings: Carried) -> bool:
    """Whether every row is one that a new book has, its value untouched."""
    usual = {one.key: {default_of(one, language) for language in ("en", "ru")} for one in SETTINGS}
    return all(
        shown(row.get("value")).strip() in usual.get(_key(row), set()) for row in settings.rows
    )


def language_of(tables: Sequence[Table]) -> str:
    """Tell in which language most headings of a book are, whatever its tabs are called."""
    votes = Counter(
        "ru" if heading.strip().casefold() == column.ru.casefold() else "en"
        for table in tables
        for key, at in columns_of(table.tab, table.headings, table.title).items()
        if isinstance(heading := table.headings[at], str)
        and (column := LAYOUT[table.tab].column(key)).ru.casefold() != key.casefold()
    )
    return "ru" if votes["ru"] > votes["en"] else "en"


def _key(row: Record) -> str:
    return shown(row.get("setting")).strip().casefold()


def _like_a_day(cell: Cell) -> bool:
    return (
        isinstance(cell, Decimal)
        and _FIRST_LIKE_DAY <= cell <= _LAST_LIKE_DAY
        and cell == cell.to_integral_value()
    )


def _exact(number: Decimal) -> bool:
    try:
        stored(number)
    except ValueError:
        return False
    return True


def _extra(table: Table, at: int) -> Note:
    heading = table.headings[at] if at < len(table.headings) else None
    return Note("extra", table.title, letter(at), shown(heading)[:60])

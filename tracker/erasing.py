"""Which cells can be erased by their value, and which must the owner clear by hand?

A row's number may be stale by the time of a commit, so a cell is found by what it shows. That is
safe while every row that shows it is meant; where another row shows the same, nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.book.rows import Row, rows_of
from tracker.cells import blank
from tracker.layout import Tab
from tracker.stores import Erase, Table
from tracker.stores.written import whole_text

Wanted = Mapping[str, str]
"""What is to stand in the columns of one row: empty for nothing."""


@dataclass(frozen=True, slots=True)
class LeftCell:
    """A cell that the owner has to clear, or to type `by` into."""

    tab: Tab
    cell: str
    by: str


def by_value(table: Table, wanted: Mapping[int, Wanted]) -> tuple[list[Erase], list[LeftCell]]:
    """Tell what to erase in a tab, and what cannot be told from other people's cells.

    `wanted` are the rows that are meant, by their numbers as they were just read.
    """
    rows = list(rows_of(table))
    erasures: dict[tuple[str, str], Erase] = {}
    left: list[LeftCell] = []
    for column in dict.fromkeys(name for one in wanted.values() for name in one):
        meant = _meant(rows, column, wanted)
        for row in rows:
            by = wanted.get(row.row.number, {}).get(column)
            value = whole_text(row.cell(column))
            if by is None or value == by or (not by and blank(row.cell(column))):
                continue
            if value and meant[value] == {by}:
                erasures[column, value] = Erase(table.tab, column, value, by)
            else:
                left.append(LeftCell(table.tab, row.at(column), by))
    return list(erasures.values()), left


def _meant(
    rows: Iterable[Row], column: str, wanted: Mapping[int, Wanted]
) -> dict[str, set[str | None]]:
    """What is to become of every row that shows a value; None: it is not meant."""
    found: dict[str, set[str | None]] = {}
    for row in rows:
        by = wanted.get(row.row.number, {}).get(column)
        found.setdefault(whole_text(row.cell(column)), set()).add(by)
    return found

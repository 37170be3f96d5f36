"""What does each cell of a row say, as the text that equal values share however they are typed?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from tracker.book.rows import Row
from tracker.cells import Cell, NotUnderstood, blank, read_date, read_minor, shown
from tracker.layout import LAYOUT, Kind, Tab
from tracker.money import decimal_text

_VALUES = frozenset({Kind.AMOUNT, Kind.DATE})


class Texts(Mapping[str, str]):
    """The cells of one row as such texts, each worked out when it is asked for.

    A ledger has many rows, and of one that says what it must only three cells are.
    """

    __slots__ = ("_currency", "_row")

    def __init__(self, row: Row, currency: str) -> None:
        self._row = row
        self._currency = currency

    def __getitem__(self, column: str) -> str:
        """Give a column's text. Raises KeyError for a column the tab does not have."""
        row = self._row
        row.columns[column]
        return _canonical(row.cell(column), _kinds(row.tab)[column], self._currency)

    def __contains__(self, column: object) -> bool:
        """Whether the tab has such a column; nothing is worked out for it."""
        return column in self._row.columns

    def __iter__(self) -> Iterator[str]:
        """Every column of the row's tab."""
        return iter(self._row.columns)

    def __len__(self) -> int:
        """How many columns there are."""
        return len(self._row.columns)


@cache
def _kinds(tab: Tab) -> dict[str, Kind]:
    return {column.key: column.kind for column in LAYOUT[tab].columns}


def _canonical(cell: Cell, kind: Kind, currency: str) -> str:
    if isinstance(cell, str) and kind not in _VALUES:
        return cell if cell.strip() else ""
    if blank(cell):
        return ""
    try:
        if kind is Kind.AMOUNT:
            return decimal_text(read_minor(cell, currency), currency)
        if kind is Kind.DATE:
            return read_date(cell).isoformat()
    except NotUnderstood:
        pass
    return cell if isinstance(cell, str) else shown(cell)

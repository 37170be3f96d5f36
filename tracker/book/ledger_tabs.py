"""What stands in the ledger tabs? Rows as they are, understood where they can be."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import TypeVar

from tracker.book.rows import Addresses, BadCell, Reading, Row, rows_of
from tracker.cells import Cell, NotUnderstood, blank, read_date, read_minor, shown
from tracker.commissions import Owed
from tracker.known import SealedStatement
from tracker.layout import LAYOUT, Kind, Tab
from tracker.lines import CommissionLine, JournalLine, WrittenFact, WrittenLine, step_id
from tracker.money import NotAnAmount, decimal_text, from_decimal
from tracker.periods import is_month
from tracker.problems import Problem, params
from tracker.programme import HistoryLine
from tracker.stores import Table

T = TypeVar("T")
FIRST_YEAR, LAST_YEAR = 1970, 2999
_VALUES = frozenset({Kind.AMOUNT, Kind.DATE})
_UNREADABLE = (BadCell, ValueError, KeyError, TypeError, IndexError, NotAnAmount,
               ArithmeticError, RecursionError)  # fmt: skip


def read_facts_tab(table: Table) -> tuple[WrittenFact, ...]:
    """Read the Journal. A row that cannot be read keeps its place and its order's name."""
    return tuple(_fact(row) for row in rows_of(table))


def _fact(row: Row) -> WrittenFact:
    key = (_raw(row, "source"), _raw(row, "order_id"))
    try:
        line = _journal_line(row)
    except _UNREADABLE:
        line = None
    return WrittenFact(
        line_id=_raw(row, "line_id"),
        key=key,
        line=line,
        cell=row.at("line_id"),
        named=_raw(row, "partner_id") if line is None else line.partner_id,
    )


def _raw(row: Row, column: str) -> str:
    """A text cell exactly as stored: ids and hashes are over every letter."""
    cell = row.cell(column)
    return cell if isinstance(cell, str) else shown(cell)


def _journal_line(row: Row) -> JournalLine:
    currency = _raw(row, "currency")
    texts = {name: _raw(row, name) for name in _JOURNAL_TEXTS}
    owed = tuple(
        Owed(who, role, _minor(amount, unit), unit, *own_rate)
        for who, role, amount, unit, *own_rate in json.loads(_raw(row, "owed") or "[]")
    )
    return JournalLine(
        noted_at=_moment(_raw(row, "noted_at")),
        n=int(_raw(row, "n")),
        total=row.minor("total", currency) if row.has("total") else None,
        base=row.minor("base", currency) if row.has("base") else None,
        payable_on=row.day("payable_on"),
        owed=owed,
        **texts,
    )


_JOURNAL_TEXTS = (
    "source order_id ordered_at updated_at state currency codes customer partner_id candidates "
    "evidence reason decision rate base_rule facts line_id"
).split()


def _minor(amount: str, currency: str) -> int:
    return from_decimal(Decimal(amount), currency)


def read_lines_tab(table: Table) -> tuple[WrittenLine, ...]:
    """Read Commissions: each row's cells as text, and what they mean if they can be read."""
    return tuple(_line(row) for row in rows_of(table))


def _line(row: Row) -> WrittenLine:
    currency = _raw(row, "currency")
    kinds = _kinds(row.tab)
    values = {key: _canonical(row.cell(key), kinds[key], currency) for key in row.columns}
    try:
        line = _commission_line(row, currency)
    except _UNREADABLE:
        line = None
    return WrittenLine(line_id=_raw(row, "line_id"), values=values, line=line, cells=Addresses(row))


@cache
def _kinds(tab: Tab) -> dict[str, Kind]:
    return {column.key: column.kind for column in LAYOUT[tab].columns}


def _canonical(cell: Cell, kind: Kind, currency: str) -> str:
    """A cell as the text that equal values share, however they are typed."""
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


def _moment(text: str) -> datetime:
    """Read a time that we wrote. Raises ValueError for one that no run of ours can have written."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError("no time of ours")
    return found


def _commission_line(row: Row, currency: str) -> CommissionLine:
    source, order_id = _raw(row, "source"), _raw(row, "order_id")
    account = (_raw(row, "partner_id"), _raw(row, "role"), currency)
    n, before, after = (
        int(_raw(row, "n")),
        row.minor("before", currency),
        row.minor("after", currency),
    )
    return CommissionLine(
        booked_at=_moment(_raw(row, "booked_at")),
        partner_id=account[0],
        kind=_raw(row, "kind"),
        currency=currency,
        source=source,
        order_id=order_id,
        rate=_raw(row, "rate"),
        base=row.minor("base", currency) if row.has("base") else None,
        payable_on=row.day("payable_on"),
        because=_raw(row, "because"),
        role=account[1],
        n=n,
        before=before,
        after=after,
        fact=_raw(row, "fact"),
        line_id=step_id((source, order_id), account, n, before, after),
    )


def read_history(table: Table, reading: Reading) -> tuple[HistoryLine, ...]:
    """Read Code history; a line that cannot be read is named and left out."""
    return tuple(_readable(table, reading, _history_line, "noted_at", "code"))


def _history_line(row: Row) -> HistoryLine:
    since = _raw(row, "from")
    return HistoryLine(
        code=_raw(row, "code"),
        partner_id=_raw(row, "partner_id"),
        status=_raw(row, "status"),
        since=_moment(since) if since else None,
        noted_at=_moment(_raw(row, "noted_at")),
    )


def read_statements(table: Table, reading: Reading) -> tuple[SealedStatement, ...]:
    """Read Statements: every row, later fates of one letter too.

    A row that cannot be read leaves its partner out of letters and payouts until it is mended:
    what it sealed is unknown.
    """
    found = _readable(table, reading, _statement, "statement_id", "statement_id", doubted=True)
    return tuple(found)


def _statement(row: Row) -> SealedStatement:
    currency = _raw(row, "currency")
    count, _, held = _raw(row, "lines").partition(":")
    if not is_month(_raw(row, "month")):
        raise ValueError("no month")
    return SealedStatement(
        statement_id=_raw(row, "statement_id"),
        partner_id=_raw(row, "partner_id"),
        month=_raw(row, "month"),
        revision=int(_raw(row, "revision")),
        opening=row.minor("opening", currency),
        closing=row.minor("closing", currency),
        currency=currency,
        lines=int(count),
        digest=_raw(row, "digest"),
        message_id=_raw(row, "message_id"),
        state=_raw(row, "state"),
        at=_moment(_raw(row, "at")),
        held=frozenset(held.split()),
    )


def _readable(
    table: Table,
    reading: Reading,
    read: Callable[[Row], T],
    column: str,
    key: str,
    *,
    doubted: bool = False,
) -> Iterator[T]:
    for row in rows_of(table):
        try:
            yield read(row)
        except _UNREADABLE:
            said = params(column=column, key=_raw(row, key), shown=_raw(row, column)[:60])
            reading.problems.append(
                Problem(
                    tab=row.tab.value,
                    cell=row.at(column),
                    code="ledger_row_unreadable",
                    params=said,
                    key=_raw(row, key),
                    partner_id=_raw(row, "partner_id") if doubted else "",
                )
            )


def read_payout_rows(table: Table) -> dict[str, dict[str, str]]:
    """Read what stands in Payouts beside the owner's cells, by payout id, as text."""
    found: dict[str, dict[str, str]] = {}
    for row in rows_of(table):
        currency = _raw(row, "currency")
        kinds = _kinds(row.tab)
        values = {key: _canonical(row.cell(key), kinds[key], currency) for key in row.columns}
        values |= {f"{key} cell": row.at(key) for key in row.columns}
        found[_raw(row, "payout_id").strip()] = values
    return found

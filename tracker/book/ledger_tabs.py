"""What stands in the ledger tabs? Rows as they are, understood where they can be."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeVar

from tracker.book.rows import Addresses, BadCell, Reading, Row, rows_of
from tracker.book.same_texts import Texts
from tracker.cells import shown
from tracker.commissions import Owed
from tracker.known import SealedStatement
from tracker.lines import CommissionLine, JournalLine, WrittenFact, WrittenLine, step_id
from tracker.money import NotAnAmount, from_decimal
from tracker.periods import is_month
from tracker.problems import Problem, params
from tracker.programme import HistoryLine
from tracker.stores import Table

T = TypeVar("T")
FIRST_YEAR, LAST_YEAR = 1970, 2999
_NEVER = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
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


def _raws(row: Row, columns: Iterable[str]) -> list[str]:
    """Several of them at once: a ledger has many cells."""
    cells, places = row.row.cells, row.columns
    size = len(cells)
    found = []
    for column in columns:
        place = places.get(column, size)
        cell = cells[place] if place < size else None
        found.append(cell if isinstance(cell, str) else shown(cell))
    return found


def _journal_line(row: Row) -> JournalLine:
    texts = dict(zip(_JOURNAL_TEXTS, _raws(row, _JOURNAL_TEXTS), strict=True))
    currency = texts["currency"]
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
    """Read Commissions: each row's cells as text, and what they mean if they can be read.

    Of a row that fits its id the cells beside that id need not: without a time it counts as
    booked with the last line, and without another cell as if that were blank.
    """
    lines = [_line(row) for row in rows_of(table)]
    if all(one.line is not None for one in lines):
        return tuple(lines)
    last = max((one.line.booked_at for one in lines if one.line is not None), default=_NEVER)
    return tuple(one if one.line is not None else _by_its_id(one, last) for one in lines)


def _by_its_id(row: WrittenLine, last: datetime) -> WrittenLine:
    """Understand a row by those cells of it that its id is made of."""
    said = row.values
    account = (said.get("partner_id", ""), said.get("role", ""), said.get("currency", ""))
    key = (said["source"], said["order_id"])
    try:
        n = int(said.get("n", ""))
        before, after = (_minor(said.get(name, ""), account[2]) for name in ("before", "after"))
    except _UNREADABLE:
        return row
    if step_id(key, account, n, before, after) != row.line_id:
        return row
    line = CommissionLine(
        booked_at=_or(last, _moment, said.get("booked_at", "")),
        partner_id=account[0],
        kind=said.get("kind", ""),
        currency=account[2],
        source=key[0],
        order_id=key[1],
        rate=said.get("rate", ""),
        base=_or(None, lambda text: _minor(text, account[2]), said.get("base", "")),
        payable_on=_or(None, date.fromisoformat, said.get("payable_on", "")),
        because=said.get("because", ""),
        role=account[1],
        n=n,
        before=before,
        after=after,
        fact=said.get("fact", ""),
        line_id=row.line_id,
    )
    return replace(row, line=line)


def _or(otherwise: T, read: Callable[[str], T], text: str) -> T:
    """What a cell says; `otherwise` for one that cannot be read."""
    try:
        return read(text)
    except _UNREADABLE:
        return otherwise


def _line(row: Row) -> WrittenLine:
    currency = _raw(row, "currency")
    try:
        line = _commission_line(row, currency)
    except _UNREADABLE:
        line = None
    texts = Texts(row, currency)
    return WrittenLine(line_id=_raw(row, "line_id"), values=texts, line=line, cells=Addresses(row))


def _moment(text: str) -> datetime:
    """Read a time that we wrote. Raises ValueError for one that no run of ours can have written."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError("no time of ours")
    return found


def _commission_line(row: Row, currency: str) -> CommissionLine:
    booked_at, partner_id, kind, source, order_id, rate, because, role, n, fact = _raws(
        row, _COMMISSION_TEXTS
    )
    number, before, after = int(n), row.minor("before", currency), row.minor("after", currency)
    account = (partner_id, role, currency)
    return CommissionLine(
        booked_at=_moment(booked_at),
        partner_id=partner_id,
        kind=kind,
        currency=currency,
        source=source,
        order_id=order_id,
        rate=rate,
        base=row.minor("base", currency) if row.has("base") else None,
        payable_on=row.day("payable_on"),
        because=because,
        role=role,
        n=number,
        before=before,
        after=after,
        fact=fact,
        line_id=step_id((source, order_id), account, number, before, after),
    )


_COMMISSION_TEXTS = "booked_at partner_id kind source order_id rate because role n fact".split()


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
        values = dict(Texts(row, currency))
        values |= {f"{key} cell": row.at(key) for key in row.columns}
        found[_raw(row, "payout_id").strip()] = values
    return found

"""How is a plan written down? Ledger lines, and report rows where they differ."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

from tracker.book.rows import rows_of
from tracker.cells import Cell, shown
from tracker.known import SealedStatement
from tracker.layout import LAYOUT, Tab
from tracker.lines import CommissionLine, JournalLine
from tracker.money import as_decimal
from tracker.payout_facts import Payout
from tracker.programme import HistoryLine
from tracker.stores import Link, Record, Table

ReportRow = Mapping[str, Cell | Link]


def journal_record(line: JournalLine) -> Record:
    """A Journal line as a row."""
    record: dict[str, Cell] = {name: getattr(line, name) or None for name in _JOURNAL_TEXTS}
    record["noted_at"] = line.noted_at.isoformat()
    record["n"] = Decimal(line.n)
    record["total"] = _amount(line.total, line.currency)
    record["base"] = _amount(line.base, line.currency)
    record["payable_on"] = line.payable_on
    record["owed"] = json.dumps(
        [one.words() for one in line.owed],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return record


_JOURNAL_TEXTS = (
    "source order_id ordered_at updated_at state currency codes customer partner_id candidates "
    "evidence reason decision rate base_rule facts line_id"
).split()


def _amount(minor: int | None, currency: str) -> Decimal | None:
    return None if minor is None else as_decimal(minor, currency)


def commission_record(line: CommissionLine) -> Record:
    """A line of Commissions as a row: sums are numbers, so that the owner's own SUM works."""
    return {
        "booked_at": line.booked_at.isoformat(),
        "partner_id": line.partner_id,
        "kind": line.kind,
        "amount": as_decimal(line.minor, line.currency),
        "currency": line.currency,
        "source": line.source,
        "order_id": line.order_id,
        "rate": line.rate or None,
        "base": _amount(line.base, line.currency),
        "payable_on": line.payable_on,
        "because": line.because or None,
        "role": line.role,
        "n": Decimal(line.n),
        "before": as_decimal(line.before, line.currency),
        "after": as_decimal(line.after, line.currency),
        "fact": line.fact,
        "line_id": line.line_id,
    }


def history_record(line: HistoryLine) -> Record:
    """A line of Code history as a row."""
    return {
        "code": line.code or None,
        "partner_id": line.partner_id or None,
        "status": line.status,
        "from": None if line.since is None else line.since.isoformat(),
        "noted_at": line.noted_at.isoformat(),
    }


def payout_record(payout: Payout) -> Record:
    """A proposed payout as a row; the owner's three cells stay empty."""
    return {
        "payout_id": payout.payout_id,
        "proposed_on": payout.proposed_on,
        "partner_id": payout.partner_id,
        "amount": as_decimal(payout.minor, payout.currency),
        "currency": payout.currency,
        "method": payout.method or None,
        "details": payout.details or None,
        "lines": " ".join(payout.lines),
    }


def statement_record(sealed: SealedStatement) -> Record:
    """A sealed statement, or a later fate of its letter, as a row."""
    lines: Cell = Decimal(sealed.lines)
    if sealed.held:
        lines = f"{sealed.lines}: {' '.join(sorted(sealed.held))}"
    return {
        "statement_id": sealed.statement_id,
        "partner_id": sealed.partner_id,
        "month": sealed.month,
        "revision": Decimal(sealed.revision),
        "opening": as_decimal(sealed.opening, sealed.currency),
        "closing": as_decimal(sealed.closing, sealed.currency),
        "currency": sealed.currency,
        "lines": lines,
        "digest": sealed.digest,
        "message_id": sealed.message_id,
        "state": sealed.state,
        "at": sealed.at.isoformat(),
    }


def changed_reports(
    reports: Mapping[Tab, Sequence[ReportRow]], tables: Mapping[Tab, Table]
) -> dict[Tab, Sequence[ReportRow]]:
    """The reports whose content differs from what stands in their tab."""
    return {
        tab: rows
        for tab, rows in reports.items()
        if [_texts(tab, row) for row in rows] != _standing(tables[tab])
    }


def _texts(tab: Tab, row: ReportRow) -> tuple[str, ...]:
    return tuple(_text(row.get(column.key)) for column in LAYOUT[tab].columns)


def _text(cell: Cell | Link) -> str:
    return cell.text if isinstance(cell, Link) else shown(cell)


def _standing(table: Table) -> list[tuple[str, ...]]:
    keys = [column.key for column in LAYOUT[table.tab].columns]
    return [tuple(shown(row.cell(key)) for key in keys) for row in rows_of(table)]

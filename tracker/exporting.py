"""What is the canonical form of a book? The same history gives the same text from every store."""

from __future__ import annotations

import json
from typing import Any

from tracker.book.reports import in_order
from tracker.known import SealedStatement
from tracker.lines import JournalLine
from tracker.metrics import balances
from tracker.money import decimal_text
from tracker.owners_money import OWN_SOURCES
from tracker.payout_facts import Payout
from tracker.running import Rest
from tracker.sentences import problem_says
from tracker.verifying import commission_values

Row = dict[str, Any]


def canonical(rest: Rest) -> str:
    """The book as sorted JSON: sums as decimal strings, "" for nothing."""
    books, known = rest.plan.books, rest.known
    today = known.programme.local_date(rest.now)
    shop = [o.latest for key, o in sorted(books.orders.items()) if key[0] not in OWN_SOURCES]
    lines = sorted(books.lines, key=lambda line: (line.booked_at, line.line_id))
    said = {
        "orders": [_order(line) for line in shop],
        "commissions": [commission_values(line) | {"n": line.n} for line in lines],
        "balances": [
            {
                "partner_id": one.partner_id,
                "currency": one.currency,
                "balance": decimal_text(one.balance, one.currency),
                "payable": decimal_text(one.payable, one.currency),
                "on_hold": decimal_text(one.on_hold, one.currency),
                "proposed": decimal_text(one.proposed, one.currency),
            }
            for one in balances(books.lines, books.payouts(), today)
        ],
        "payouts": [_payout(one, rest) for one in books.payouts()],
        "statements": _statements(known.statements),
        "problems": [
            {
                "tab": one.tab,
                "cell": one.cell,
                "says": problem_says(one, known.programme.language),
            }
            for one in in_order(rest.problems)
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _amount(minor: int | None, currency: str) -> str:
    return "" if minor is None else decimal_text(minor, currency)


def _order(line: JournalLine) -> Row:
    row: Row = {name: getattr(line, name) for name in _ORDER_TEXTS}
    row["n"] = line.n
    row["noted_at"] = line.noted_at.isoformat()
    row["total"] = _amount(line.total, line.currency)
    row["base"] = _amount(line.base, line.currency)
    row["payable_on"] = "" if line.payable_on is None else line.payable_on.isoformat()
    row["owed"] = [one.words() for one in line.owed]
    return row


_ORDER_TEXTS = (
    "source order_id ordered_at updated_at state currency codes customer partner_id candidates "
    "evidence reason decision rate base_rule line_id"
).split()


def _payout(one: Payout, rest: Rest) -> Row:
    row = rest.known.payout_rows.get(one.payout_id, {})
    return {
        "payout_id": one.payout_id,
        "proposed_on": one.proposed_on.isoformat(),
        "partner_id": one.partner_id,
        "amount": decimal_text(one.minor, one.currency),
        "currency": one.currency,
        "method": one.method,
        "details": one.details,
        "lines": list(one.lines),
        "paid_on": row.get("paid_on", ""),
        "reference": row.get("reference", ""),
        "result": row.get("result", ""),
        "state": one.fate.value,
    }


def _statements(sealed: tuple[SealedStatement, ...]) -> list[Row]:
    """Each sealed account once, with the last fate of its letter."""
    last = {(one.month, one.partner_id, one.currency, one.revision): one for one in sealed}
    return [
        {
            "statement_id": one.statement_id,
            "partner_id": one.partner_id,
            "month": one.month,
            "revision": one.revision,
            "opening": decimal_text(one.opening, one.currency),
            "closing": decimal_text(one.closing, one.currency),
            "currency": one.currency,
            "lines": one.lines,
            "digest": one.digest,
            "message_id": one.message_id,
            "state": one.state,
            "at": one.at.isoformat(),
        }
        for _, one in sorted(last.items())
    ]

"""Which workbook is measured? A laid-out book of which one tab has many lines, no two alike."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from tracker.cells import Cell
from tracker.layout import Tab
from tracker.stores import Commit, Outcome
from tracker.stores.xlsx import XlsxStore

FIRST_DAY = date(2026, 10, 1)


def lines(name: str, count: int) -> list[dict[str, Cell]]:
    """Make lines of Commissions; `name` keeps those of two calls apart."""
    return [_line(f"{name}-{number}", number) for number in range(count)]


def _line(order: str, number: int) -> dict[str, Cell]:
    digest = sha256(order.encode()).hexdigest()
    amount = Decimal(number % 100_000) / 100
    return {
        "booked_at": f"2026-10-07T{number % 24:02}:{number % 60:02}:00+03:00",
        "partner_id": f"partner{number % 100}",
        "kind": "sale",
        "amount": amount,
        "currency": "RUB",
        "source": "shop",
        "order_id": order,
        "rate": "10%",
        "base": amount * 10,
        "payable_on": FIRST_DAY + timedelta(days=number % 300),
        "because": f"code CODE{number % 500}",
        "role": "order",
        "n": Decimal(1),
        "before": Decimal(0),
        "after": amount,
        "fact": digest[:16],
        "line_id": digest[16:32],
    }


def make(path: Path, count: int) -> None:
    """Lay a book out and fill its Commissions."""
    store = XlsxStore(path, today=lambda: FIRST_DAY)
    store.lay_out("en")
    base = store.read([]).generation
    outcome = store.commit(Commit(base=base, appends={Tab.COMMISSIONS: lines("old", count)}))
    if outcome is not Outcome.DONE:
        raise SystemExit(f"the book was not made: {outcome}")

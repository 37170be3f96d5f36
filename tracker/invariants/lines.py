"""Is every line what its id says, in whole coins, and is what is owed what is written?"""

from __future__ import annotations

from collections import Counter

from tracker.invariants.currencies import currencies
from tracker.invariants.examined import Examined, Fault, Step, money
from tracker.money import CURRENCIES, decimal_text
from tracker.problems import params


def identity(book: Examined) -> Fault | None:
    """I1: a row is what its id says, and no id stands twice."""
    for row, _ in book.unreadable:
        if row.line_id not in book.ours:
            said = params(line=row.line_id or "-")
            cell = row.cells.get("line_id", "")
            return Fault(code="line_not_ours", params=said, tab="Commissions", cell=cell)
    met: set[str] = set()
    for step in book.steps:
        row = step.row
        if not step.ours:
            return _fault(step, "line_not_ours", "line_id", line=row.line_id or "-")
        if step.amount is not None and step.amount != step.minor:
            right = decimal_text(step.minor, step.account[2])
            return _fault(step, "amount_not_step", "amount", line=row.line_id, right=right)
        if row.line_id in met:
            return _fault(step, "line_twice", "line_id", line=row.line_id)
        met.add(row.line_id)
    return _of_journal(book)


def _of_journal(book: Examined) -> Fault | None:
    """A row of the Journal that was changed by hand, or copied."""
    for key, line_id in book.broken.items():
        if line_id:
            said = params(about="/".join(key))
            cell = book.cells.get(line_id, "")
            return Fault(code="journal_changed", params=said, tab="Journal", cell=cell)
    times = Counter(fact.line_id for fact in book.known.facts)
    met: set[str] = set()
    for fact in book.known.facts:
        if times[fact.line_id] > 1 and fact.whole:
            if fact.line_id in met:
                said = params(line=fact.line_id)
                return Fault(code="line_twice", params=said, tab="Journal", cell=fact.cell)
            met.add(fact.line_id)
    return None


def _fault(step: Step, code: str, at: str, **values: object) -> Fault:
    cell = step.row.cells.get(at, "")
    return Fault(code=code, params=params(**values), tab="Commissions", cell=cell)


def convergence(book: Examined) -> Fault | None:
    """I2: what an order owes by its latest Journal line is the sum of its rows."""
    sums = book.sums()
    for key, chain in book.chains.items():
        latest, written = chain[-1], sums.get(key, {})
        owed = {(o.partner_id, o.role, o.currency): o.minor for o in latest.owed}
        for account in sorted(owed.keys() | written.keys()):
            due, stands = owed.get(account, 0), written.get(account, 0)
            if due != stands:
                said = params(
                    about="/".join(key),
                    partner=account[0],
                    owed=money(due, account[2]),
                    written=money(stands, account[2]),
                )
                cell = book.cells.get(latest.line_id, "")
                return Fault(code="owed_not_written", params=said, tab="Journal", cell=cell)
    return None


def idempotence(book: Examined) -> Fault | None:
    """I4: the sync after the next one writes nothing."""
    again = book.again
    if again.empty:
        return None
    keys = [line.key for line in again.journal] + [line.key for line in again.commissions]
    about = "/".join(keys[0]) if keys else again.history[0].code
    count = len(again.journal) + len(again.commissions) + len(again.history)
    return Fault(code="sync_never_ends", params=params(count=count, about=about))


def currency_wall(book: Examined) -> Fault | None:
    """I9: every sum is a whole number of coins below 10^15, in a currency, and in its own."""
    for row, column in book.unreadable:
        if row.line_id not in book.ours:
            continue  # not a line of ours: I1 names it
        said = params(column=column, shown=row.values.get(column, "")[:40] or "-")
        cell = row.cells.get(column, "")
        return Fault(code="not_whole_coins", params=said, tab="Commissions", cell=cell)
    for step in book.steps:
        if step.amount is None:
            shown = step.row.values.get("amount", "")[:40] or "-"
            return _fault(step, "not_whole_coins", "amount", column="amount", shown=shown)
    for chain in book.chains.values():
        for line in chain:
            for owed in line.owed:
                own = currencies(line, owed.partner_id)
                if owed.currency not in CURRENCIES or owed.currency not in own:
                    shown = ", ".join(sorted(own)) or "-"
                    said = params(about="/".join(line.key), owed=owed.currency, own=shown)
                    cell = book.cells.get(line.line_id, "")
                    return Fault(code="other_currency", params=said, tab="Journal", cell=cell)
    return None

"""What is written, and does it hold together? The Journal, and Commissions as its function.

A Journal line says what one order owes; a line of Commissions is one step of that. So all of
Commissions can be worked out again from the Journal, and whatever differs in the tab is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tracker.lines import (
    Account,
    CommissionLine,
    JournalLine,
    Key,
    WrittenFact,
    WrittenLine,
    step_id,
    unpacked,
)
from tracker.model import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order's lines, in the order of n, from its first or from where it was folded again."""

    lines: tuple[JournalLine, ...]

    @property
    def latest(self) -> JournalLine:
        """What is known and decided now."""
        return self.lines[-1]

    def crediting(self, partner_id: str) -> JournalLine | None:
        """The first line that credited the partner: there the terms were fixed."""
        return next((line for line in self.lines if line.partner_id == partner_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The Journal understood.

    Attributes:
        orders: the whole ones; aside: those that nothing is booked for, with (why, cell).
        loose: the intact lines of those set aside; damaged: ids of rows changed by hand.
    """

    orders: Mapping[Key, Order]
    aside: Mapping[Key, tuple[str, str]] = field(default_factory=dict)
    loose: Mapping[Key, tuple[JournalLine, ...]] = field(default_factory=dict)
    damaged: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)


def read_ledger(facts: Iterable[WrittenFact], written: Iterable[WrittenLine]) -> Ledger:
    """Sort lines by order, and set aside what does not hold together (design.md, rule 6).

    That is an order with a gap, a line changed by hand, or a step whose Journal line is gone.
    """
    good: dict[Key, dict[str, JournalLine]] = defaultdict(dict)
    damaged: dict[Key, list[WrittenFact]] = defaultdict(list)
    for fact in facts:
        if fact.line is not None and fact.whole:
            good[fact.key][fact.line_id] = fact.line
        else:
            damaged[fact.key].append(fact)
    chains = {key: _chain(list(lines.values())) for key, lines in good.items()}
    aside: dict[Key, tuple[str, str]] = {}
    for key, rows in damaged.items():
        known = _set_right(chains.get(key))
        bad = next((row for row in rows if row.line_id not in known), None)
        if bad is not None:
            aside[key] = ("journal_line_changed", bad.cell)
    for key, chain in chains.items():
        if chain is None:
            aside.setdefault(key, ("journal_line_missing", ""))
    for row in written:
        line = row.line
        if line is None or not row.fits or line.fact in good.get(line.key, {}):
            continue
        chain = chains.get(line.key)
        # With only its cell `fact` edited it is still a step of ours, and named as changed.
        if not _before_refold(chain, line) and not _is_step(chain, line):
            aside.setdefault(line.key, ("journal_line_missing", row.cells.get("fact", "")))
    whole = {k: Order(lines=c) for k, c in chains.items() if c is not None and k not in aside}
    loose = {k: tuple(good[k].values()) for k in aside if k in good}
    spoilt = {k: tuple(row.line_id for row in rows) for k, rows in damaged.items()}
    return Ledger(orders=whole, aside=aside, loose=loose, damaged=spoilt)


def refold(line: JournalLine) -> dict[str, Any]:
    """What a line says that folded its order again; empty for any other line.

    `written` are the lines that stood then, `instead` the damaged rows it stands instead of.
    """
    if '"written"' not in line.facts:
        return {}
    said = line.parsed()
    return said if "written" in said else {}


def _set_right(chain: tuple[JournalLine, ...] | None) -> frozenset[str]:
    return frozenset(refold(chain[0]).get("instead", ())) if chain else frozenset()


def _before_refold(chain: tuple[JournalLine, ...] | None, line: CommissionLine) -> bool:
    return chain is not None and bool(refold(chain[0])) and line.n < chain[0].n


def _is_step(chain: tuple[JournalLine, ...] | None, line: CommissionLine) -> bool:
    return chain is not None and any(s.line_id == line.line_id for s in steps(Order(lines=chain)))


def _chain(lines: list[JournalLine]) -> tuple[JournalLine, ...] | None:
    """The lines from the first, or from the last that was folded again; None if one is missing.

    A row whose number could not be read then may have the same: put back, it stands before.
    """
    chain = sorted(lines, key=lambda line: line.n)
    starts = [line for line in chain if refold(line)]
    if starts:
        start = max(starts, key=lambda line: (line.n, line.noted_at, line.line_id))
        chain = [start, *(line for line in chain if line.n > start.n)]
    first = chain[0].n if starts else 1
    return tuple(chain) if [c.n for c in chain] == list(range(first, first + len(chain))) else None


def steps(order: Order) -> list[CommissionLine]:
    """All lines of Commissions that an order's Journal lines come to, oldest first.

    An order that was folded again begins with the lines that stood written then.
    """
    kept = refold(order.lines[0]).get("written", ())
    found = [unpacked(order.latest.key, row) for row in kept]
    held: dict[Account, int] = defaultdict(int)
    for step in found:
        held[step.partner_id, step.role, step.currency] += step.minor
    terms: dict[str, JournalLine] = {}
    others: dict[Account, tuple[str, date | None]] = {}
    for line in order.lines:
        first = terms.setdefault(line.partner_id, line)
        if line.rate != first.rate:  # another code of the same partner; payable on the same day
            terms[line.partner_id] = replace(first, rate=line.rate)
        now = {(o.partner_id, o.role, o.currency): o.minor for o in line.owed}
        for one in line.owed:
            account = (one.partner_id, one.role, one.currency)
            if one.rate:  # payable when the order first earned it, as the partner's own terms
                first_day = others.get(account, ("", line.payable_on))[1]
                others[account] = (one.rate, first_day)
            else:
                others.pop(account, None)
        for account in sorted(held.keys() | now.keys()):
            before, after = held.get(account, 0), now.get(account, 0)
            if before != after:
                own = others.get(account)
                found.append(_step(line, account, before, after, terms, own))
            held[account] = after
    return found


def _step(
    line: JournalLine,
    account: Account,
    before: int,
    after: int,
    terms: Mapping[str, JournalLine],
    own: tuple[str, date | None] | None,
) -> CommissionLine:
    """One step; `own` are the rate and day of an account that has a rate of its own."""
    partner_id, role, currency = account
    fixed = terms.get(partner_id, line)
    # What a rate of its own was taken from is a sum in the order's currency.
    based = line.partner_id == partner_id and (own is None or currency == line.currency)
    rate, payable_on = own or (fixed.rate, fixed.payable_on)
    return CommissionLine(
        booked_at=line.noted_at,
        partner_id=partner_id,
        kind=kind_of(role, after - before),
        currency=currency,
        source=line.source,
        order_id=line.order_id,
        rate=rate,
        base=line.base if based else None,
        payable_on=payable_on,
        because=line.decision,
        role=role,
        n=line.n,
        before=before,
        after=after,
        fact=line.line_id,
        line_id=step_id(line.key, account, line.n, before, after),
    )


_KINDS = {
    Role.ORDER: ("sale", "clawback"),
    Role.PAYOUT: ("payout_return", "payout"),
    Role.LEAD: ("lead", "clawback"),
}


def kind_of(role: str, minor: int) -> str:
    """The word people read: it only labels role and sign."""
    above, below = _KINDS.get(Role(role), (role, role))
    return above if minor > 0 else below

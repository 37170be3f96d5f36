"""Do balances, plain sums and payouts come to what the lines come to?"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from tracker.invariants.examined import Examined, Fault, minor_of, money
from tracker.money import decimal_text
from tracker.problems import params

HOLDING = frozenset({"open", "paid", "unknown"})


def balances_add_up(book: Examined) -> Fault | None:
    """I8: a balance is the sum of the partner's lines less what was paid to him."""
    held: dict[tuple[str, str], int] = defaultdict(int)
    paid: dict[tuple[str, str], int] = defaultdict(int)
    for step in book.ours.values():
        who, role, currency = step.account
        held[who, currency] += step.minor
        if role == "payout" and step.key in book.chains:
            paid[who, currency] -= step.minor
    told: dict[tuple[str, str], int] = defaultdict(int)
    for one in _payouts(book):
        told[one.partner_id, one.currency] += one.minor if one.state == "paid" else 0
    for account in sorted(told.keys() | paid.keys()):
        if told[account] != paid[account]:
            right, stands = (money(of[account], account[1]) for of in (told, paid))
            said = params(partner=account[0], right=right, stands=stands)
            return Fault(code="paid_not_booked", params=said, tab="Commissions")
    if not book.plan.empty or not book.balances:
        return None  # the next sync writes the tab anew
    for account in sorted(held.keys() | book.balances.keys()):
        shown, cell = book.balances.get(account, ("", ""))
        if minor_of(shown, account[1]) != held[account]:
            right = money(held[account], account[1])
            said = params(partner=account[0], right=right, shown=shown or "-")
            return Fault(code="balance_not_sum", params=said, tab="Balances", cell=cell)
    return None


def conservation(book: Examined) -> Fault | None:
    """I10: as double entry, expenses less what left the bank are what the tab's own SUM says."""
    entries: dict[str, int] = defaultdict(int)
    for chain in book.chains.values():
        for owed in chain[-1].owed:
            entries[owed.currency] += owed.minor
    for step in book.ours.values():
        if step.key not in book.chains:  # of an order set aside counts what stands
            entries[step.account[2]] += step.minor
    liabilities: dict[str, int] = defaultdict(int)
    for row in book.known.written:
        currency = row.values.get("currency", "")
        liabilities[currency] += minor_of(row.values.get("amount", ""), currency) or 0
    for currency in sorted(entries.keys() | liabilities.keys()):
        if entries[currency] != liabilities[currency]:
            said = params(
                currency=currency,
                right=decimal_text(entries[currency], currency),
                stands=decimal_text(liabilities[currency], currency),
            )
            return Fault(code="sum_not_owed", params=said, tab="Commissions")
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Payout:
    """A payout by its Journal lines: when it was proposed, its state now and since when."""

    payout_id: str
    partner_id: str
    currency: str
    minor: int
    lines: tuple[str, ...]
    state: str
    owed: int
    proposed: datetime
    since: datetime


def _payouts(book: Examined) -> list[_Payout]:
    found: list[_Payout] = []
    for key, chain in book.chains.items():
        if key[0] != "payout":
            continue
        latest = chain[-1]
        said = json.loads(latest.facts)
        found.append(
            _Payout(
                payout_id=key[1],
                partner_id=str(said["partner"]),
                currency=str(said["currency"]),
                minor=int(said["minor"]),
                lines=tuple(map(str, said["lines"])),
                state=latest.state,
                owed=sum(one.minor for one in latest.owed),
                proposed=chain[0].noted_at,
                since=latest.noted_at,
            )
        )
    return sorted(found, key=lambda one: (one.proposed, one.payout_id))


def payouts_sound(book: Examined) -> Fault | None:
    """I11: a payout is the sum of its lines, none is in two, and an unknown one blocks the next.

    A paid one that names a line no longer there (a book put back from a copy) counts by its own
    line of Commissions, and what else it names is due again: `payouts.broken`.
    """
    payouts = _payouts(book)
    put_back = {line.line_id: line.minor for line in book.plan.commissions}
    taken: dict[str, str] = {}
    for one in payouts:
        right = -one.minor if one.state == "paid" else 0
        if one.state not in {*HOLDING, "freed"} or one.owed != right:
            return _fault(one, "payout_state", state=one.state)
        gone = any(line not in book.ours and line not in put_back for line in one.lines)
        if one.state not in HOLDING or (gone and one.state == "paid"):
            continue
        for line in one.lines:
            if line in taken:
                return _fault(one, "payout_twice", line=line, other=taken[line])
            taken[line] = one.payout_id
            if line not in book.ours and line not in put_back:
                return _fault(one, "payout_line_missing", line=line)
        total = sum(
            book.ours[line].minor if line in book.ours else put_back[line] for line in one.lines
        )
        alien = [
            line
            for line in one.lines
            if line in book.ours
            and (book.ours[line].account[0], book.ours[line].account[2])
            != (one.partner_id, one.currency)
        ]
        if alien or total != one.minor:
            stands, lines = money(one.minor, one.currency), money(total, one.currency)
            return _fault(one, "payout_not_sum", stands=stands, lines=lines)
    return _unblocked(payouts)


def _unblocked(payouts: list[_Payout]) -> Fault | None:
    """A payout proposed while the fate of another one of the account was unknown."""
    unknown: dict[tuple[str, str], _Payout] = {}
    for one in payouts:
        if one.state == "unknown":
            unknown.setdefault((one.partner_id, one.currency), one)
    for one in payouts:
        other = unknown.get((one.partner_id, one.currency))
        if other is not None and one.state == "open" and one.proposed > other.since:
            return _fault(one, "payout_not_blocked", other=other.payout_id)
    return None


def _fault(one: _Payout, code: str, **values: object) -> Fault:
    said = params(payout=one.payout_id, partner=one.partner_id, **values)
    row = params(payout_id=one.payout_id)
    return Fault(code=code, params=said, tab="Payouts", row=row, column="payout_id")

"""What do the owner's own rows owe? Adjustments, deals of leads and payouts, as Journal lines.

Each row is an order of its own kind (source adjustment, lead, payout), so that all of Commissions
follows from the Journal. A row that cannot be read changes nothing; a vanished one owes 0, but in
Payouts it changes nothing (design.md section 2, rule 4).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from tracker.known import Known
from tracker.lead_notes import lead_lines
from tracker.ledger import Order
from tracker.lines import JournalLine, Key, sealed
from tracker.money import decimal_text
from tracker.own_lines import (
    ADJUSTMENT,
    LEAD,
    OWN_SOURCES,
    PAYOUT,
    explained,
    first_day,
    new_lines,
    own_line,
    partner_unknown,
)
from tracker.payout_facts import BankLine, Fate, Payout, facts_of, payout_of
from tracker.payout_fates import fates
from tracker.problems import Problem, params
from tracker.programme import Adjustment, PayoutCells, Programme

__all__ = [
    "ADJUSTMENT",
    "LEAD",
    "OWN_SOURCES",
    "PAYOUT",
    "bank_line",
    "known_payouts",
    "notes",
    "proposal_line",
]

GONE = "gone"


def notes(
    known: Known, orders: Mapping[Key, Order], noted_at: datetime
) -> tuple[list[JournalLine], list[Problem]]:
    """Journal lines for every row of the owner's money that says something new."""
    lines: list[JournalLine] = []
    problems: list[Problem] = []
    for adjustment in known.adjustments:
        line, found = _adjustment(adjustment, known, orders, noted_at)
        lines += new_lines(line, orders)
        problems += found
    found_lines, found = lead_lines(known, orders, noted_at)
    lines += found_lines
    problems += found
    gone, found = _vanished(known, orders, noted_at)
    lines += gone
    problems += found
    paid, found = _payouts(known, orders, noted_at)
    return lines + paid, problems + found


def _adjustment(
    row: Adjustment, known: Known, orders: Mapping[Key, Order], noted_at: datetime
) -> tuple[JournalLine | None, list[Problem]]:
    if row.partner_id not in known.partners:
        return None, [partner_unknown("Adjustments", row.cell, row.adjustment_id, row.partner_id)]
    programme = known.programme
    line = own_line(
        ADJUSTMENT, row.adjustment_id, row.partner_id, row.minor, row.currency, noted_at
    )
    amount = f"{decimal_text(row.minor, row.currency)} {row.currency}"
    if row.reason:
        line = explained(line, "adjustment", programme.language, amount=amount, reason=row.reason)
    else:
        line = explained(line, "adjustment_unexplained", programme.language, amount=amount)
    on = row.on or first_day(orders.get(line.key), programme, noted_at)
    return replace(line, state="typed", payable_on=on, ordered_at=on.isoformat()), []


def _vanished(
    known: Known, orders: Mapping[Key, Order], noted_at: datetime
) -> tuple[list[JournalLine], list[Problem]]:
    """Rows of Adjustments and Leads that are gone owe 0; unreadable ones keep what is booked."""
    present = {(ADJUSTMENT, row.adjustment_id) for row in known.adjustments}
    present |= {(LEAD, row.lead_id) for row in known.leads}
    present |= {(ADJUSTMENT, one) for one in known.broken("Adjustments")}
    present |= {(LEAD, one) for one in known.broken("Leads")}
    # A row whose id is blank now may be any of those that seem to be gone.
    nameless = {source for source, row_id in present if not row_id}
    found: list[JournalLine] = []
    held: list[Problem] = []
    for key, order in orders.items():
        if key[0] not in {ADJUSTMENT, LEAD} or key in present or order.latest.state == GONE:
            continue
        if key[0] == LEAD and not any(line.partner_id for line in order.lines):
            continue  # it was only noted: nothing rests on its row
        if key[0] in nameless:
            tab = "Adjustments" if key[0] == ADJUSTMENT else "Leads"
            said = params(key=key[1], tab=tab)
            held.append(Problem(tab=tab, cell="", code="row_held", params=said, key=key[1]))
            continue
        latest = order.latest
        line = replace(latest, noted_at=noted_at, n=latest.n + 1, state=GONE, owed=())
        found.append(sealed(explained(line, "row_gone", known.programme.language)))
    return found, held


def _payouts(
    known: Known, orders: Mapping[Key, Order], noted_at: datetime
) -> tuple[list[JournalLine], list[Problem]]:
    payouts = known_payouts(orders)
    broken = known.broken("Payouts")
    cells = {row.payout_id: row for row in known.payout_cells if row.payout_id not in broken}
    said = fates(payouts, cells, known.doubtful)
    lines: list[JournalLine] = []
    problems: list[Problem] = []
    for payout in payouts:
        row = cells.get(payout.payout_id)
        if row is None:
            problems += [] if payout.payout_id in broken else [_payout_gone(payout)]
            continue
        fate, code = said[payout.payout_id]
        if code:
            problems.append(_contradicted(payout, row, code))
        redated = not code and _paid_on(payout, row, fate) != payout.paid_on
        if fate is not payout.fate or redated:
            lines += new_lines(_payout_line(payout, fate, row, known.programme, noted_at), orders)
    problems += _strangers(known, {payout.payout_id for payout in payouts})
    return lines, problems


def _contradicted(payout: Payout, row: PayoutCells, code: str) -> Problem:
    paid_on = payout.bank.paid_on.isoformat() if payout.bank is not None else ""
    said = params(payout=payout.payout_id, fate=payout.fate, result=row.result, paid_on=paid_on)
    return Problem(tab="Payouts", cell=row.cell, code=code, params=said, key=payout.payout_id)


def _paid_on(payout: Payout, row: PayoutCells, fate: Fate) -> date | None:
    """The day a paid payout was paid: the owner's cell goes before the bank statement."""
    if fate is not Fate.PAID:
        return None
    if row.paid_on is None and payout.bank is not None:
        return payout.bank.paid_on
    return row.paid_on


def known_payouts(orders: Mapping[Key, Order]) -> list[Payout]:
    """All payouts the Journal knows, by id."""
    found = [payout_of(o.latest) for key, o in orders.items() if key[0] == PAYOUT]
    return sorted(found, key=lambda payout: payout.payout_id)


def proposal_line(payout: Payout, language: str, noted_at: datetime) -> JournalLine:
    """The Journal line that a payout begins with: it owes nothing yet, and holds its lines."""
    line = own_line(PAYOUT, payout.payout_id, payout.partner_id, 0, payout.currency, noted_at)
    line = explained(line, "payout_open", language)
    facts = facts_of(payout)
    return sealed(replace(line, state=Fate.OPEN.value, total=payout.minor, facts=facts))


def _payout_line(
    payout: Payout, fate: Fate, row: PayoutCells, programme: Programme, noted_at: datetime
) -> JournalLine:
    by_bank = fate is Fate.PAID and row.paid_on is None
    reference = row.reference
    if not reference and payout.bank is not None:
        reference = payout.bank.reference
    line = _fate_line(payout, fate, noted_at)
    plain = fate is Fate.PAID and not reference
    code = "payout_paid_plainly" if plain else f"payout_{fate.value}"
    said = {} if plain else {"reference": reference}
    line = explained(line, code, programme.language, **said)
    on = _paid_on(payout, row, fate)
    return replace(line, payable_on=on, evidence="bank" if by_bank else "owner")


def _fate_line(payout: Payout, fate: Fate, noted_at: datetime) -> JournalLine:
    """A line of a payout that owes what its fate says; without a day and a reason yet."""
    minor = -payout.minor if fate is Fate.PAID else 0
    line = own_line(PAYOUT, payout.payout_id, payout.partner_id, minor, payout.currency, noted_at)
    return replace(line, state=fate.value, total=payout.minor, facts=facts_of(payout))


def bank_line(
    payout: Payout, bank: BankLine, language: str, noted_at: datetime, n: int
) -> JournalLine:
    """The Journal line that keeps what a bank statement said of a payout. It moves no money.

    The next sync weighs it against the owner's cells (`payout_fates.fate_of`), and books the payout
    as paid unless they say otherwise. `n` is the number after the payout's latest line.
    """
    line = _fate_line(replace(payout, bank=bank), payout.fate, noted_at)
    code = "payout_bank" if bank.reference else "payout_bank_plainly"
    line = explained(line, code, language, reference=bank.reference, paid_on=bank.paid_on)
    return sealed(replace(line, n=n, payable_on=payout.paid_on, evidence="bank"))


def _payout_gone(payout: Payout) -> Problem:
    said = params(
        payout=payout.payout_id,
        partner=payout.partner_id,
        amount=f"{decimal_text(payout.minor, payout.currency)} {payout.currency}",
    )
    return Problem(tab="Payouts", cell="", code="payout_gone", params=said, key=payout.payout_id)


def _strangers(known: Known, ours: set[str]) -> list[Problem]:
    """Rows of Payouts that no proposal of ours explains count for nothing."""
    return [
        Problem(
            tab="Payouts",
            cell=row.cell,
            code="payout_not_ours",
            params=params(payout=row.payout_id),
            key=row.payout_id,
        )
        for row in known.payout_cells
        if row.payout_id not in ours
    ]

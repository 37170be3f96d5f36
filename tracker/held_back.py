"""Which open payouts may go into a file for the bank, and why do the others stay out?

What the owner has begun to mark is his to finish: a file that lists it would be paid twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.known import Known
from tracker.lines import CommissionLine
from tracker.money import decimal_text
from tracker.payout_facts import Fate, Payout
from tracker.payout_fates import broken
from tracker.problems import Problem, params
from tracker.programme import PayoutCells


def weighed(
    known: Known, payouts: Sequence[Payout], lines: Iterable[CommissionLine]
) -> tuple[list[Payout], list[Problem]]:
    """The open payouts that a file may list, and one problem for each other open one.

    A payout may be listed when its row can be read, its cells paid_on, reference and result are
    empty, no bank statement names it, all its lines are in the book and none is paid.
    """
    torn = broken(payouts, lines)
    whole = [one for one in payouts if one.payout_id not in torn]
    paid = {line: one for one in whole if one.fate is Fate.PAID for line in one.lines}
    cells = {row.payout_id: row for row in known.payout_cells}
    found: list[Payout] = []
    problems: list[Problem] = []
    for one in payouts:
        if one.fate is not Fate.OPEN:
            continue
        other = next((paid[line] for line in one.lines if line in paid), None)
        if one.payout_id in torn:
            code, shown = "payout_kept_torn", ""
        elif other is not None:
            code, shown = "payout_kept_double", other.payout_id
        else:
            code, shown = _marked(one, cells.get(one.payout_id), known)
        if code:
            problems.append(_problem(code, shown, one, known))
        else:
            found.append(one)
    return found, problems


def _marked(one: Payout, row: PayoutCells | None, known: Known) -> tuple[str, str]:
    """What the owner's cells or the bank say of an open payout; empty when nobody said a thing."""
    if row is None:
        unread = one.payout_id in known.broken("Payouts")
        return ("payout_kept_unread" if unread else "payout_kept_gone"), ""
    if row.result or row.paid_on is not None:
        shown = known.payout_rows.get(one.payout_id, {})  # as typed, in the owner's language
        day = "" if row.paid_on is None else row.paid_on.isoformat()
        typed = (shown.get("result") or row.result, day)
        return "payout_kept_marked", " ".join(filter(None, typed))
    if row.unread:
        return "payout_kept_unread", ""
    if row.reference:
        return "payout_kept_marked", row.reference[:40]
    if one.bank is not None:
        return "payout_kept_bank", one.bank.paid_on.isoformat()
    return "", ""


def _problem(code: str, shown: str, one: Payout, known: Known) -> Problem:
    row = known.payout_rows.get(one.payout_id, {})
    said = params(
        payout=one.payout_id,
        partner=one.partner_id,
        amount=decimal_text(one.minor, one.currency),
        unit=one.currency,
        shown=shown,
    )
    cell = row.get("payout_id cell", "")
    return Problem(tab="Payouts", cell=cell, code=code, params=said, key=one.payout_id)

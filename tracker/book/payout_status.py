"""What became of every payout? The rows of the tab Payout status, the newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.cells import Cell
from tracker.known import Known
from tracker.money import as_decimal
from tracker.papers import MissingPaper, missing_papers, paper_of, status_of
from tracker.payout_facts import Fate, Payout
from tracker.problems import params
from tracker.programme import PayoutCells
from tracker.sentences import say
from tracker.sentences.paying import PAPER_SAID, PAYOUT_STATES
from tracker.stores import Link

StatusRow = Mapping[str, Cell | Link]


def payout_status(known: Known, payouts: Sequence[Payout], today: date) -> list[StatusRow]:
    """One row a payout. `today` only decides whether a paper is late, so no day changes a row."""
    cells = {row.payout_id: row for row in known.payout_cells}
    missing = {one.payout.payout_id: one for one in missing_papers(payouts, known)}
    language = known.programme.language
    return [
        {
            "payout_id": one.payout_id,
            "partner_id": one.partner_id,
            "name": one.name or None,
            "amount": as_decimal(one.minor, one.currency),
            "currency": one.currency,
            "state": _state(one, cells.get(one.payout_id), language),
            "paid_on": one.paid_on,
            "reference": _reference(one, cells.get(one.payout_id)) or None,
            "paper": _paper(one, known, cells, missing.get(one.payout_id), today) or None,
        }
        for one in sorted(payouts, key=lambda one: (one.proposed_on, one.payout_id), reverse=True)
    ]


def _state(one: Payout, row: PayoutCells | None, language: str) -> str:
    result = "" if row is None else row.result
    typed = row is not None and row.paid_on is not None
    if one.fate is Fate.PAID:
        code = "paid_bank" if one.bank is not None and not typed else "paid_owner"
    elif one.fate is Fate.UNKNOWN:
        code = "unknown"
    elif one.fate is Fate.FREED:
        code = result if result in {"returned", "void"} else "elsewhere"
    else:
        code = "sent" if result == "sent" else "open"
    said = say(PAYOUT_STATES, code, (), language)
    if one.bank is None or one.paid_on == one.bank.paid_on:
        return said
    # The owner's cell counts; what the bank says beside it is told, not weighed.
    beside = params(paid_on=one.bank.paid_on)
    return f"{said}; {say(PAYOUT_STATES, 'bank_says', beside, language)}"


def _reference(one: Payout, row: PayoutCells | None) -> str:
    typed = "" if row is None else row.reference
    return typed or ("" if one.bank is None else one.bank.reference)


def _paper(
    one: Payout,
    known: Known,
    cells: Mapping[str, PayoutCells],
    missing: MissingPaper | None,
    today: date,
) -> str:
    """`receipt 123` when it is there, else by when it is due; empty where none is asked for."""
    language = known.programme.language
    paper = paper_of(status_of(one, known.partners.get(one.partner_id)))
    word = say(PAPER_SAID, "document" if paper is None else paper.value, (), language)
    row = cells.get(one.payout_id)
    if row is not None and row.document:
        return say(PAPER_SAID, "there", params(paper=word, document=row.document), language)
    if missing is None:
        return ""
    code = "late" if missing.due_on < today else "due"
    return say(PAPER_SAID, code, params(paper=word, due_on=missing.due_on), language)

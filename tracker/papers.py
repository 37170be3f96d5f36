"""Which paper goes with a payout, by when, and is it there? Receipts, acts and invoices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.choices import TaxStatus
from tracker.known import Known
from tracker.payout_facts import Fate, Payout
from tracker.programme import Partner


class Paper(StrEnum):
    """What a partner gives for a payout."""

    RECEIPT = "receipt"
    ACT = "act"
    INVOICE = "invoice"


_PAPERS: Mapping[TaxStatus, Paper] = {
    TaxStatus.SELF_EMPLOYED: Paper.RECEIPT,
    TaxStatus.SOLE_TRADER: Paper.ACT,
    TaxStatus.COMPANY_RU: Paper.ACT,
    TaxStatus.COMPANY: Paper.INVOICE,
}
_INN_DIGITS: Mapping[TaxStatus, int] = {
    TaxStatus.SELF_EMPLOYED: 12,
    TaxStatus.SOLE_TRADER: 12,
    TaxStatus.COMPANY_RU: 10,
}
"""A person's number has 12 digits and an organisation's 10 (order of the Federal Tax Service
MMV-7-6/435@); the last two or one are check digits."""
_RECEIPT_DAY = 9


def paper_of(status: TaxStatus) -> Paper | None:
    """The paper that a partner of that tax status gives; None where none is asked for."""
    return _PAPERS.get(status)


def due_on(paper: Paper, paid_on: date, document_days: int) -> date:
    """The last day on which a paper is in time.

    A self-employed person of the Russian professional income tax may hand over the receipt for a
    bank transfer until the 9th of the month after the one in which he was paid (Federal Law
    422-FZ of 2018-11-27, article 14, part 3). An act or invoice is the shop's own agreement:
    `document_days` after the payout.
    """
    if paper is Paper.RECEIPT:
        year, month = paid_on.year + paid_on.month // 12, paid_on.month % 12 + 1
        return date.max if year > date.max.year else date(year, month, _RECEIPT_DAY)
    return _later(paid_on, document_days)


def _later(day: date, days: int) -> date:
    """So many days later; a day typed at the end of time stays there."""
    return min(day, date.max - timedelta(days=days)) + timedelta(days=days)


def status_of(payout: Payout, partner: Partner | None) -> TaxStatus:
    """The tax status a payout was proposed under; today's where it was not said then."""
    return payout.tax_status or (TaxStatus.UNSAID if partner is None else partner.tax_status)


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPaper:
    """A paper that is not here yet, late or not.

    Attributes:
        paid_on: when the payout was paid; due_on: the last day on which the paper is in time.
        ask_on: from that day on the partner is reminded (`document_days` after the payout).
    """

    payout: Payout
    paper: Paper
    paid_on: date
    due_on: date
    ask_on: date


def missing_papers(payouts: Iterable[Payout], known: Known) -> list[MissingPaper]:
    """Every paid payout whose row names no document though its partner has to give one.

    With the setting document_days at 0 no papers are asked for. A payout whose row is gone or
    cannot be read is left out: nobody knows what stands in its cell.
    """
    days = known.programme.document_days
    if not days:
        return []
    without = {row.payout_id for row in known.payout_cells if not row.document}
    found: list[MissingPaper] = []
    for one in payouts:
        paper = paper_of(status_of(one, known.partners.get(one.partner_id)))
        waits = one.fate is Fate.PAID and one.payout_id in without
        if paper is None or one.paid_on is None or not waits:
            continue
        found.append(
            MissingPaper(
                payout=one,
                paper=paper,
                paid_on=one.paid_on,
                due_on=due_on(paper, one.paid_on, days),
                ask_on=_later(one.paid_on, days),
            )
        )
    return found


def tax_id_wrong(status: TaxStatus, tax_id: str) -> bool:
    """Whether a tax number cannot be that of a partner of a Russian status.

    Wrong are a number whose check digits do not hold, and a person's where a company's is due or
    the other way round. An empty one is not wrong, and of other statuses nothing is known.
    """
    digits = _INN_DIGITS.get(status)
    if digits is None or not tax_id:
        return False
    from stdnum.ru import inn  # only a book with such partners pays for the import

    return not inn.is_valid(tax_id) or len(inn.compact(tax_id)) != digits

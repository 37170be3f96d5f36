"""What is wrong with the payouts that stand in the book? Problems that move no money."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from tracker.forgotten import erased_name
from tracker.known import Known
from tracker.money import decimal_text
from tracker.papers import Paper, missing_papers
from tracker.payout_facts import Fate, Payout
from tracker.payouts import details_missing
from tracker.problems import Params, Problem, params

_PAID_BEFORE = timedelta(days=31)  # who pays first and proposes afterwards does so within a month
_DAY = timedelta(days=1)  # a bank's day may be another than that of the programme's zone


def payout_problems(known: Known, payouts: Sequence[Payout], today: date) -> list[Problem]:
    """Everything that a person should look at: rows, requisites and papers."""
    return [
        *edited_payouts(known, payouts),
        *double_payouts(payouts),
        *paid_twice(payouts),
        *odd_days(known, payouts, today),
        *open_without_details(known, payouts),
        *requisites_changed(known, payouts),
        *papers_missing(known, payouts, today),
    ]


def edited_payouts(known: Known, payouts: Iterable[Payout]) -> list[Problem]:
    """Cells of a proposed payout that were changed by hand: the proposal stands, and is named."""
    found: list[Problem] = []
    for payout in payouts:
        row = known.payout_rows.get(payout.payout_id)
        if row is None:
            continue
        right = {
            "partner_id": payout.partner_id,
            "amount": decimal_text(payout.minor, payout.currency),
            "currency": payout.currency,
            "lines": " ".join(payout.lines),
        }
        for column, value in right.items():
            if row.get(column, "") != value:
                said = params(payout=payout.payout_id, column=column, value=value[:80])
                cell = row.get(f"{column} cell", "")
                found.append(
                    Problem(
                        tab="Payouts",
                        cell=cell,
                        code="payout_changed",
                        params=said,
                        key=payout.payout_id,
                        partner_id=payout.partner_id,
                    )
                )
    return found


def double_payouts(payouts: Iterable[Payout]) -> list[Problem]:
    """A payout not yet paid whose lines another one has paid: not exported until it is voided."""
    payouts = list(payouts)
    paid = {line: one for one in payouts if one.fate is Fate.PAID for line in one.lines}
    found: list[Problem] = []
    for one in payouts:
        other = next((paid[line] for line in one.lines if line in paid), None)
        if one.fate is Fate.OPEN and other is not None and other is not one:
            said = params(payout=one.payout_id, other=other.payout_id)
            found.append(
                Problem(
                    tab="Payouts", cell="", code="payout_double", params=said, key=one.payout_id
                )
            )
    return found


def paid_twice(payouts: Iterable[Payout]) -> list[Problem]:
    """Payouts of the same lines that are both paid: the money left twice, until one is returned."""
    first: dict[str, Payout] = {}
    found: list[Problem] = []
    for one in sorted(payouts, key=lambda one: (one.proposed_on, one.payout_id)):
        if one.fate is not Fate.PAID:
            continue
        other = next((first[line] for line in one.lines if line in first), None)
        if other is not None:
            amount = f"{decimal_text(one.minor, one.currency)} {one.currency}"
            said = params(payout=one.payout_id, other=other.payout_id, amount=amount)
            code = "payout_paid_twice"
            found.append(Problem(tab="Payouts", cell="", code=code, params=said, key=one.payout_id))
        first |= {line: one for line in one.lines if line not in first}
    return found


def odd_days(known: Known, payouts: Iterable[Payout], today: date) -> list[Problem]:
    """Days in paid_on long before the proposal, or to come: booked as typed, and named."""
    typed = {row.payout_id: row.paid_on for row in known.payout_cells}
    found: list[Problem] = []
    for one in payouts:
        day = typed.get(one.payout_id)
        if day is None or one.proposed_on - _PAID_BEFORE <= day <= today + _DAY:
            continue
        said = params(payout=one.payout_id, day=day.isoformat(), on=one.proposed_on.isoformat())
        found.append(_at(known, one, "paid_on", "payout_day_odd", said))
    return found


def open_without_details(known: Known, payouts: Iterable[Payout]) -> list[Problem]:
    """Open payouts that nobody can pay, for want of requisites."""
    names = {one.partner_id for one in payouts if one.fate is Fate.OPEN and not one.details}
    return [
        problem
        for name in sorted(names)
        for problem in details_missing(name, known.partners.get(name))
    ]


def requisites_changed(known: Known, payouts: Iterable[Payout]) -> list[Problem]:
    """Open payouts whose requisites are no longer those of the partner's row.

    What was empty when it was proposed is no difference: files for the bank take today's then.
    One that the owner has marked as sent is on its way already. A partner who was forgotten has
    none in his row any more: he is paid to those of the payout.
    """
    sent = {row.payout_id for row in known.payout_cells if row.result == "sent"}
    found: list[Problem] = []
    for one in payouts:
        partner = known.partners.get(one.partner_id)
        if one.fate is not Fate.OPEN or partner is None or one.payout_id in sent:
            continue
        if partner.name == erased_name(one.partner_id):
            continue
        pairs = {
            "name": (one.name, partner.name),
            "payout_method": (one.method, partner.payout_method),
            "payout_details": (one.details, partner.payout_details),
            "tax_status": (one.tax_status, partner.tax_status),
            "tax_id": (one.tax_id, partner.tax_id),
        }
        differ = [column for column, (then, now) in pairs.items() if then and then != now]
        if differ:
            said = params(payout=one.payout_id, partner=one.partner_id, columns=", ".join(differ))
            found.append(_at(known, one, "details", "payout_requisites_changed", said))
    return found


def papers_missing(known: Known, payouts: Iterable[Payout], today: date) -> list[Problem]:
    """Receipts, acts and invoices that should be here by now."""
    found: list[Problem] = []
    for one in missing_papers(payouts, known):
        if one.due_on >= today:
            continue
        receipt = one.paper is Paper.RECEIPT
        code = "payout_receipt_missing" if receipt else "payout_document_missing"
        said = params(
            payout=one.payout.payout_id,
            partner=one.payout.partner_id,
            paid_on=one.paid_on,
            due_on=one.due_on,
        )
        found.append(_at(known, one.payout, "document", code, said))
    return found


def _at(known: Known, one: Payout, column: str, code: str, said: Params) -> Problem:
    """A problem at a cell of the payout's row; at its id in a book without that column."""
    row = known.payout_rows.get(one.payout_id, {})
    cell = row.get(f"{column} cell") or row.get("payout_id cell", "")
    return Problem(tab="Payouts", cell=cell, code=code, params=said, key=one.payout_id)

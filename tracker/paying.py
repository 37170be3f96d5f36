"""Who can be paid, and what does the accountant get? Proposals, and files for the bank."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from tracker.book.writing import journal_record, payout_record
from tracker.due import payout_day
from tracker.known import Known
from tracker.layout import Tab
from tracker.money import decimal_text
from tracker.outbox import PayoutEvent
from tracker.owners_money import proposal_line
from tracker.payouts import (
    Fate,
    Payout,
    Proposal,
    broken,
    facts_of,
    propose,
    propose_on,
    unreadable_keys,
)
from tracker.problems import Problem, Stop, params
from tracker.running import CONFLICTS_MAX, Rest, Workplace, at_rest, commit_more
from tracker.stores import Outcome
from tracker.stores.remembered import write_whole

FORMATS = ("csv",)
# What a spreadsheet takes for a formula when a cell of a CSV begins with it (OWASP), full-width
# twins too.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_PHONE = re.compile(r"\+[0-9]{7,15}")
_COLUMNS = (
    "payout_id",
    "proposed_on",
    "partner_id",
    "name",
    "amount",
    "currency",
    "method",
    "details",
)


def proposal(rest: Rest, day: date | None = None) -> Proposal:
    """What can be paid now, or was payable on a payout day and is not proposed yet.

    Raises Stop while Settings that payouts follow cannot be read.
    """
    known = rest.known
    unreadable = unreadable_keys(known.programme)
    if unreadable:
        raise Stop("payout_settings", keys=", ".join(sorted(unreadable)))
    lines, payouts, partners = rest.plan.books.lines, rest.plan.books.payouts(), known.partners
    skip = doubtful(rest)
    found = (
        propose(lines, payouts, partners, known.programme, rest.now, skip)
        if day is None
        else propose_on(day, lines, payouts, partners, known.programme, skip)
    )
    return replace(found, problems=(*skipped(rest), *found.problems))


def doubtful(rest: Rest) -> frozenset[str]:
    """Partners some line of whose ledger was changed by hand: nothing is paid on its word."""
    return frozenset(problem.partner_id for problem in rest.problems) - {""}


def skipped(rest: Rest) -> list[Problem]:
    """Name each partner who is left out of payouts until his ledger is mended."""
    return [
        Problem(
            tab=Tab.PARTNERS.value,
            cell=rest.known.partners[one].cell if one in rest.known.partners else "",
            code="partner_skipped",
            params=params(partner=one),
            key=one,
        )
        for one in sorted(doubtful(rest))
    ]


def propose_payouts(
    place: Workplace, *, clock_is_right: bool = False, as_set: bool = False, day: date | None = None
) -> tuple[Rest, Proposal]:
    """Append the proposed payouts to the book. Call it while holding `store.writing`.

    With a `day` they are what was payable on that payout day, once, whenever this is run;
    `as_set` takes the latest one.
    """
    for _ in range(CONFLICTS_MAX):
        rest = at_rest(place, what="payouts", clock_is_right=clock_is_right)
        if as_set:
            # A cron of its own keeps the hour, perhaps in another zone: only the day counts.
            day = payout_day(rest.known.programme, rest.now, timed=False)
        found = proposal(rest, day)
        if not found.payouts:
            return rest, found
        language = rest.known.programme.language
        lines = [proposal_line(one, language, rest.plan.noted_at) for one in found.payouts]
        appends = {
            Tab.PAYOUTS: [payout_record(one) for one in found.payouts],
            Tab.JOURNAL: [journal_record(line) for line in lines],
        }
        for payout in found.payouts:
            place.outbox.note_payout(payout.payout_id, PayoutEvent.PROPOSED, facts_of(payout))
        if commit_more(place, rest, appends) is Outcome.DONE:
            return at_rest(place, what="payouts", clock_is_right=clock_is_right), found
    raise Stop("still_changing")


def payable(rest: Rest) -> list[Payout]:
    """The payouts a file for the bank lists: open, and with no line that another one paid.

    Those of a partner with a ledger problem are left out; `skipped` names him.
    """
    payouts, left_out = rest.plan.books.payouts(), doubtful(rest)
    torn = broken(payouts, rest.plan.books.lines)
    whole = [one for one in payouts if one.payout_id not in torn]
    paid = {line for one in whole if one.fate is Fate.PAID for line in one.lines}
    due = (one for one in payouts if one.fate is Fate.OPEN and not paid & set(one.lines))
    return [one for one in due if one.partner_id not in left_out]


def export(place: Workplace, rest: Rest, form: str, path: Path) -> list[Payout]:
    """Write a file for the bank, and remember in the outbox what was handed over.

    Raises Stop for an unknown format or a file that cannot be written.
    """
    if form not in FORMATS:
        raise Stop("format_unknown", format=form[:20], known=", ".join(FORMATS))
    found = payable(rest)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Noted before the file is there: a kill in between must not hide that it was handed over.
        for payout in found:
            place.outbox.note_payout(payout.payout_id, PayoutEvent.EXPORTED, str(path))
        write_whole(path, csv_of(found, rest.known).encode("utf-8-sig"))
    except OSError as refusal:
        raise Stop("file_unwritable", path=path, why=refusal.strerror or "") from None
    return found


def csv_of(payouts: Iterable[Payout], known: Known) -> str:
    """Payouts as CSV: sums as plain numbers, no cell that a spreadsheet takes for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for one in payouts:
        partner = known.partners.get(one.partner_id)
        writer.writerow(
            [
                one.payout_id,
                one.proposed_on.isoformat(),
                _safe(one.partner_id),
                _safe("" if partner is None else partner.name),
                decimal_text(one.minor, one.currency),
                one.currency,
                _safe(one.method or ("" if partner is None else partner.payout_method)),
                _safe(one.details or ("" if partner is None else partner.payout_details)),
            ]
        )
    return out.getvalue()


def _safe(text: str) -> str:
    # A bare phone is what a bank wants to read, and no spreadsheet runs it.
    if _PHONE.fullmatch(text):
        return text
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def totals(payouts: Iterable[Payout]) -> dict[str, int]:
    """Control totals by currency, minor units."""
    found: dict[str, int] = {}
    for one in payouts:
        found[one.currency] = found.get(one.currency, 0) + one.minor
    return found

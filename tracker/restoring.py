"""How does a book go on that was put back from a copy?"""

from __future__ import annotations

import json
from dataclasses import dataclass

from tracker.book.run_rows import run_record
from tracker.book.writing import journal_record, payout_record, statement_record
from tracker.known import DOUBTFUL, SealedStatement
from tracker.layout import Tab
from tracker.outbox import PayoutEvent
from tracker.outgoing import Letter, LetterState
from tracker.owners_money import proposal_line
from tracker.payout_facts import Fate, Payout, payout_from
from tracker.problems import Stop
from tracker.running import CONFLICTS_MAX, Rest, Workplace, commit_more, look
from tracker.stores import Outcome, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What the outbox knew and the book did not."""

    statements: int
    payouts: tuple[str, ...]


def accept(place: Workplace) -> Restored:
    """Go on with a book that is behind. Call it while holding `store.writing`.

    Statements the outbox knows as claimed are noted as sealed with their frozen figures and never
    sent anew; payouts it knows as exported are noted as of unknown fate, which blocks the next.
    Raises Stop when the book is not behind.
    """
    if not place.store.behind():
        raise Stop("nothing_restored")
    place.outbox.settle()
    for _ in range(CONFLICTS_MAX):
        rest = look(place, clock_is_right=True)
        statements = _sealed(place, rest)
        payouts, doubtful = _handed_over(place, rest)
        language = rest.known.programme.language
        lines = [proposal_line(one, language, rest.plan.noted_at) for one in payouts]
        appends: dict[Tab, list[Record]] = {
            Tab.STATEMENTS: [statement_record(one) for one in statements],
            Tab.PAYOUTS: [payout_record(one) for one in payouts],
            Tab.JOURNAL: [journal_record(line) for line in lines],
            Tab.RUNS: [run_record(rest.plan, "restore")],
        }
        state = {DOUBTFUL: " ".join(sorted(doubtful | rest.known.doubtful))}
        if commit_more(place, rest, appends, state) is Outcome.DONE:
            # Only now: killed before it, the next run must still see that the book is behind.
            if place.store.behind():
                place.store.accept()
            return Restored(statements=len(statements), payouts=tuple(sorted(doubtful)))
    raise Stop("still_changing")


def _sealed(place: Workplace, rest: Rest) -> list[SealedStatement]:
    """Rows for letters that were tried and that the book does not know."""
    known = {one.statement_id for one in rest.known.statements}
    found: list[SealedStatement] = []
    for letter in place.outbox.tried():
        if letter.statement_id not in known:
            found += _rows(letter, rest)
    return found


def _rows(letter: Letter, rest: Rest) -> list[SealedStatement]:
    said = json.loads(letter.frozen_figures)
    state = "claimed" if letter.state is LetterState.REFUSED else letter.state.value
    return [
        SealedStatement(
            statement_id=letter.statement_id,
            partner_id=letter.partner_id,
            month=letter.month,
            revision=int(said["revision"]),
            opening=int(account["opening"]),
            closing=int(account["closing"]),
            currency=str(account["currency"]),
            lines=len(account["lines"]),
            digest=str(account["digest"]),
            message_id=letter.message_id,
            state=state,
            at=rest.plan.noted_at,
            held=frozenset(account["lines"]),
        )
        for account in said["accounts"]
    ]


def _handed_over(place: Workplace, rest: Rest) -> tuple[list[Payout], set[str]]:
    """Exported payouts that the book does not list, and the ids of all whose cells may be lost."""
    listed = {payout.payout_id: payout for payout in rest.plan.books.payouts()}
    exported = place.outbox.payouts(PayoutEvent.EXPORTED)
    details = place.outbox.payout_details(PayoutEvent.PROPOSED)
    missing = [
        payout_from(payout_id, details[payout_id])
        for payout_id in sorted(exported - listed.keys())
        if payout_id in details
    ]
    open_ones = {i for i in exported & listed.keys() if listed[i].fate is Fate.OPEN}
    return missing, open_ones | {payout.payout_id for payout in missing}

"""Which letters are claimed in the book, and how is their fate noted there?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from tracker.book.writing import statement_record
from tracker.known import Known, SealedStatement
from tracker.layout import Tab
from tracker.outbox import Letter, LetterState
from tracker.periods import end_of
from tracker.postman import Fate
from tracker.problems import Stop
from tracker.running import CONFLICTS_MAX, Rest, Workplace, at_rest, commit_more, look
from tracker.statements import Statement
from tracker.stores import Outcome


def dated(rest: Rest, statement: Statement) -> datetime:
    """A letter's date: the month's end, so that a repeat is the same letter."""
    programme = rest.known.programme
    return end_of(statement.month, programme).astimezone(programme.zone)


def claim(place: Workplace, rest: Rest, claims: Sequence[SealedStatement]) -> Outcome:
    """Append rows of Statements to the book as it was read at rest."""
    if not claims:
        return Outcome.DONE
    rows = [statement_record(one) for one in claims]
    return commit_more(place, rest, {Tab.STATEMENTS: rows})


def frozen(
    place: Workplace, rest: Rest, statements: Iterable[Statement], sender: str
) -> tuple[list[Letter], list[SealedStatement], list[Fate]]:
    """Freeze every letter that has no fate yet; the new ones are to be claimed."""
    letters: list[Letter] = []
    claims: list[SealedStatement] = []
    lost: list[Fate] = []
    for statement in statements:
        rows = [s for s in rest.known.statements if s.partner_id == statement.partner_id]
        own = [one for one in rows if one.month == statement.month]
        told = any(one.month > statement.month for one in rows)
        final = {one.state for one in own} & {LetterState.SENT, LetterState.UNKNOWN}
        if not statement.email or final or (told and not own):
            continue
        kept = place.outbox.letter(statement.statement_id)
        if own and kept is None:
            # Claimed here or elsewhere, and nobody remembers whether it left.
            lost.append(Fate(statement.statement_id, statement.partner_id, LetterState.UNKNOWN))
            continue
        digests = {one.currency: one.digest for one in own}
        same = all(digests.get(a.currency, a.digest) == a.digest for a in statement.accounts)
        if kept is None or same:
            kept = place.outbox.freeze(_letter(rest, statement, sender))
        letters.append(kept)
        if not own:
            claims += _claims(rest, statement, letters[-1].message_id)
    return letters, claims, lost


def _letter(rest: Rest, statement: Statement, sender: str) -> Letter:
    from tracker.letters import freeze, render

    rendered = render(statement, statement.language)
    at, mail_from = dated(rest, statement), rest.known.programme.mail_from
    frozen = freeze(statement, rendered, mail_from, statement.email, at)
    return Letter(
        statement_id=statement.statement_id,
        partner_id=statement.partner_id,
        month=statement.month,
        from_address=sender,
        to_address=statement.email,
        message_id=frozen.message_id,
        content=frozen.raw,
        frozen_figures=_figures(statement),
    )


def _figures(statement: Statement) -> str:
    """What a statement seals, for a book that is put back from a copy."""
    rows = [
        {
            "currency": account.currency,
            "opening": account.opening,
            "closing": account.closing,
            "digest": account.digest,
            "lines": [line.line_id for line in (*account.lines, *account.payouts)],
        }
        for account in statement.accounts
    ]
    said = {"revision": statement.revision, "accounts": rows}
    return json.dumps(said, separators=(",", ":"))


def _claims(rest: Rest, statement: Statement, message_id: str) -> list[SealedStatement]:
    return [
        SealedStatement(
            statement_id=statement.statement_id,
            partner_id=statement.partner_id,
            month=statement.month,
            revision=statement.revision,
            opening=account.opening,
            closing=account.closing,
            currency=account.currency,
            lines=len(account.lines) + len(account.payouts),
            digest=account.digest,
            message_id=message_id,
            state="claimed",
            at=rest.plan.noted_at,
        )
        for account in statement.accounts
    ]


def mark(place: Workplace, month: str, fates: Sequence[Fate]) -> None:
    """Note in the book what became of the letters: a new row for every fate that is final."""
    final = {
        fate.statement_id: fate.state
        for fate in fates
        if fate.state in {LetterState.SENT, LetterState.UNKNOWN}
    }
    for _ in range(CONFLICTS_MAX):
        again = look(place, clock_is_right=True)
        rows = [
            _final(one, final[one.statement_id], place, again)
            for one in again.known.statements
            if one.month == month
            and one.state == "claimed"
            and one.statement_id in final
            and not _marked(one, again.known)
        ]
        if not rows or claim(place, again, rows) is Outcome.DONE:
            at_rest(place, what="statements", clock_is_right=True)
            return
    raise Stop("still_changing")


def _final(
    one: SealedStatement, state: LetterState, place: Workplace, rest: Rest
) -> SealedStatement:
    """The row of a fate; it names the letter that left, which may be another than was claimed."""
    letter = place.outbox.letter(one.statement_id)
    message_id = one.message_id if letter is None else letter.message_id
    return replace(one, state=state.value, at=rest.plan.noted_at, message_id=message_id)


def _marked(one: SealedStatement, known: Known) -> bool:
    return any(
        other.statement_id == one.statement_id
        and other.currency == one.currency
        and other.state in {LetterState.SENT, LetterState.UNKNOWN}
        for other in known.statements
    )

"""Which letters are claimed in the book, and how is their fate noted there?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime

from tracker.book.writing import statement_record
from tracker.held_letters import looked_after
from tracker.known import Known, SealedStatement, latest_revisions
from tracker.languages import UNWRITABLE
from tracker.layout import Tab
from tracker.outgoing import Letter, LetterState
from tracker.periods import end_of
from tracker.postman import Fate
from tracker.problems import Stop
from tracker.revising import Told, corrected, figures_text, told_before, words_of
from tracker.running import CONFLICTS_MAX, Rest, Workplace, at_rest, commit_more, look
from tracker.statements import Account, Statement
from tracker.stores import Outcome


def dated(rest: Rest, statement: Statement) -> datetime:
    """A letter's date: the month's end, so that a repeat is the same letter.

    A correction bears the time of its claim: it would be looked for in vain among last month's.
    """
    programme = rest.known.programme
    if statement.revision == 1:
        return end_of(statement.month, programme).astimezone(programme.zone)
    own = [one.at for one in rest.known.statements if one.statement_id == statement.statement_id]
    return min(own, default=rest.plan.noted_at).astimezone(programme.zone)


def claim(place: Workplace, rest: Rest, claims: Sequence[SealedStatement]) -> Outcome:
    """Append rows of Statements to the book as it was read at rest."""
    if not claims:
        return Outcome.DONE
    rows = [statement_record(one) for one in claims]
    return commit_more(place, rest, {Tab.STATEMENTS: rows})


def frozen(
    place: Workplace, rest: Rest, statements: Iterable[Statement], sender: str
) -> tuple[list[Letter], list[SealedStatement], list[Fate], dict[str, Stop]]:
    """Freeze every letter that has no fate yet; the new ones are to be claimed.

    One of unknown fate is among them while another copy of it may leave, or when it has left.
    The last are the partners whose letter cannot be written, and why: they wait unsealed.
    """
    copies = rest.known.programme.mail_unknown.copies
    letters: list[Letter] = []
    claims: list[SealedStatement] = []
    lost: list[Fate] = []
    unmade: dict[str, Stop] = {}
    for statement in statements:
        rows = [s for s in rest.known.statements if s.partner_id == statement.partner_id]
        here = [one for one in rows if one.month == statement.month]
        own = [one for one in here if one.statement_id == statement.statement_id]
        told = any(one.month > statement.month for one in rows)
        states = {one.state for one in own}
        kept = place.outbox.letter(statement.statement_id)
        if LetterState.UNKNOWN in states and kept and LetterState.SENT not in states:
            letters += [kept] if looked_after(kept, statement.email, copies) else []
            continue
        final = states & {LetterState.SENT, LetterState.UNKNOWN}
        if not statement.email or final or (told and not here):
            continue
        if own and kept is None:
            # Claimed here or elsewhere, and nobody remembers whether it left.
            lost.append(Fate(statement.statement_id, statement.partner_id, LetterState.UNKNOWN))
            continue
        letter = _frozen(place, rest, statement, sender, own, kept)
        if isinstance(letter, Stop):
            unmade[statement.partner_id] = letter
            continue
        letters.append(letter)
        if not own:
            claims += _claims(rest, statement, letter.message_id)
    return letters, claims, lost, unmade


def _frozen(
    place: Workplace,
    rest: Rest,
    statement: Statement,
    sender: str,
    own: Iterable[SealedStatement],
    kept: Letter | None,
) -> Letter | Stop:
    """Freeze one letter, or take the one that is kept where the book has sealed other figures.

    A Stop where it cannot be written.
    """
    digests = {one.currency: one.digest for one in own}
    same = all(digests.get(a.currency, a.digest) == a.digest for a in statement.accounts)
    if kept is not None and not same:
        return kept
    said = revised(place, rest, statement)
    try:
        return place.outbox.freeze(_letter(rest, said, sender))
    except Stop as stop:
        if stop.code not in UNWRITABLE:
            raise
        return stop


def last_told(
    place: Workplace, rest: Rest, partner_id: str, month: str, below: int = 0
) -> Told | None:
    """Give what the last sealed revision of a partner's month said, or the last one `below`."""
    rows = [s for s in rest.known.statements if (s.partner_id, s.month) == (partner_id, month)]
    rows = latest_revisions(one for one in rows if not below or one.revision < below)
    kept = place.outbox.letter(rows[0].statement_id) if rows else None
    if kept is None:
        return told_before(rows, partner_id, month)
    return told_before(rows, partner_id, month, kept.frozen_figures, kept.to_address)


def revised(
    place: Workplace, rest: Rest, statement: Statement, because: str | None = None
) -> Statement:
    """Say in a correction what changed, in the owner's words; without them in those kept of it."""
    before = None
    if statement.revision > 1:
        whose = (statement.partner_id, statement.month)
        before = last_told(place, rest, *whose, below=statement.revision)
    if statement.correction is not None or before is None:
        return statement
    if because is None:
        kept = place.outbox.letter(statement.statement_id)
        because = "" if kept is None else words_of(kept.frozen_figures)
    return corrected(statement, before, because)


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
        frozen_figures=figures_text(statement),
    )


def _claims(rest: Rest, statement: Statement, message_id: str) -> list[SealedStatement]:
    named = {
        line_id
        for one in rest.known.statements
        if (one.partner_id, one.month) == (statement.partner_id, statement.month)
        for line_id in one.held
    }
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
            held=_held(account, named),
        )
        for account in statement.accounts
    ]


def _held(account: Account, named: AbstractSet[str]) -> frozenset[str]:
    """All lines of an account that a restored book sealed by name: so does its correction."""
    lines = frozenset(line.line_id for line in (*account.lines, *account.payouts))
    return lines if lines & named else frozenset()


def mark(place: Workplace, month: str, fates: Sequence[Fate]) -> None:
    """Note in the book what became of the letters: a new row for every fate that is final.

    What was unknown may still become sent, which is then one more row.
    """
    final = {
        fate.statement_id: fate.state
        for fate in fates
        if fate.state in {LetterState.SENT, LetterState.UNKNOWN}
    }
    for _ in range(CONFLICTS_MAX):
        again = look(place, clock_is_right=True)
        rows = [
            _final(one, final[one.statement_id], place, again)
            for one in _first_rows(again.known)
            if one.month == month
            and one.statement_id in final
            and not _marked(one, final[one.statement_id], again.known)
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


def _first_rows(known: Known) -> Iterable[SealedStatement]:
    """Each sealed account once: its claim, or what a restored book began with."""
    found: dict[tuple[str, str], SealedStatement] = {}
    for one in known.statements:
        found.setdefault((one.statement_id, one.currency), one)
    return found.values()


def _marked(one: SealedStatement, state: LetterState, known: Known) -> bool:
    told = {state, LetterState.SENT}
    return any(
        other.statement_id == one.statement_id
        and other.currency == one.currency
        and other.state in told
        for other in known.statements
    )

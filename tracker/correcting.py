"""How is a sealed statement corrected? A further revision, which says what changed.

What was sealed and mailed stays as it is, in the book and in the outbox. The figures of the last
sealed month may be put right; those of earlier months are in the openings of later ones, so there
a row in Adjustments corrects the money and a correction only the words
(docs/decisions/0032-what-a-correction-may-change.md).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from tracker.drafting import draft
from tracker.letter_files import file_name, write_letters
from tracker.mailing import Sending, post
from tracker.month_drafts import Drafts, booked_lines, lines_then
from tracker.out_path import writing_to
from tracker.outgoing import LetterState
from tracker.problems import Stop
from tracker.programme import Partner
from tracker.revising import BECAUSE_CHARS_MAX, Told, says_the_same
from tracker.rules_text import Versions
from tracker.running import Rest, Workplace, at_rest
from tracker.sealing import last_told, revised
from tracker.sentences import problem_says
from tracker.statement_months import chosen_month
from tracker.statements import Statement
from tracker.wording import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A correction as it is drafted, and what became of its letter.

    Attributes:
        told: the revision that stands; needless: it says all that this one would.
        sending: None for a preview, and while nothing was to be sent.
    """

    statement: Statement
    told: Told
    needless: bool = False
    sending: Sending | None = None


def correction(
    place: Workplace, rest: Rest, partner_id: str, month: str | None, because: str
) -> Corrected:
    """Draft the next revision of a sealed statement, or the one that is claimed and has not left.

    `because` are the owner's own words. Raises Stop where nothing is sealed, where there is
    nothing to correct, and for other figures of a month that later letters build on.
    """
    chosen = chosen_month(month, rest.known.programme, rest.now)
    words = plain(because).strip()
    if len(words) > BECAUSE_CHARS_MAX:
        raise Stop("correction_words", most=BECAUSE_CHARS_MAX, given=len(words))
    partner = rest.known.partners.get(partner_id, Partner(partner_id=partner_id))
    standing = last_told(place, rest, partner_id, chosen)
    if standing is None:
        raise Stop("nothing_sealed", partner=partner_id, month=chosen)
    _refuse_doubtful(rest, partner, chosen)
    waits = standing.state not in {LetterState.SENT, LetterState.UNKNOWN}
    again = waits and standing.revision > 1
    number = standing.revision if again else standing.revision + 1
    # Words typed anew replace those of a letter that surely has not left.
    said = None if again and not words else words
    statement = revised(place, rest, _draft(rest, partner, chosen, number), said)
    needless = not again and says_the_same(statement, standing)
    if not again:
        _refuse_figures(rest, statement)
        changed = statement.correction is not None and statement.correction.accounts
        if waits and not changed:
            raise Stop("correction_too_early", partner=partner_id, month=chosen)
        if needless and standing.revision == 1:
            raise Stop("correction_of_nothing", partner=partner_id, month=chosen)
    if not statement.email:
        raise Stop("correction_without_address", partner=partner_id)
    return Corrected(statement=statement, told=standing, needless=needless)


def _draft(rest: Rest, partner: Partner, month: str, revision: int) -> Statement:
    known = rest.known
    lines = lines_then(rest, partner.partner_id, month)
    said = draft(
        *(partner, month, booked_lines(rest), lines, known.statements, known.programme, rest.now),
        revision=revision,
    )
    return replace(said, terms=Versions(known).of(partner.partner_id))


def _refuse_doubtful(rest: Rest, partner: Partner, month: str) -> None:
    """Raise Stop while the ledger is to be mended; a broken seal is what a correction mends."""
    for problem in rest.problems:
        broken = problem.code == "statement_changed" and dict(problem.params)["month"] == month
        if problem.partner_id == partner.partner_id and not broken:
            why = problem_says(problem, rest.known.programme.language)
            raise Stop("correction_doubtful", partner=partner.partner_id, why=why)


def _refuse_figures(rest: Rest, statement: Statement) -> None:
    """Raise Stop where the opening of a later letter says what this month closed with."""
    later = max(
        (s.month for s in rest.known.statements if s.partner_id == statement.partner_id),
        default="",
    )
    if later > statement.month and statement.correction and statement.correction.accounts:
        raise Stop(
            "correction_figures",
            partner=statement.partner_id,
            month=statement.month,
            later=later,
        )


def preview(rest: Rest, made: Corrected, folder: Path) -> list[Path]:
    """Write a correction as .html and .eml; nothing is sealed. Raises Stop as a file cannot be."""
    return write_letters(rest, [made.statement], folder)


def correct(
    place: Workplace,
    partner_id: str,
    month: str | None,
    because: str = "",
    *,
    clock_is_right: bool = False,
    sleep: Callable[[float], None] = time.sleep,
) -> Corrected:
    """Seal a correction and mail it. Call it while holding `store.writing`.

    It is frozen, claimed, sent and marked as a first letter is; what a killed run left is taken
    up. The same command again, when nothing has changed since, does nothing. Raises Stop as
    `correction` and `tracker.mailing.post`.
    """
    rest = at_rest(place, what="statements", clock_is_right=clock_is_right)
    place.outbox.settle()
    made = correction(place, rest, partner_id, month, because)
    if made.needless:
        return made

    def again(rest: Rest) -> Drafts:
        anew = correction(place, rest, partner_id, made.statement.month, because)
        found = () if anew.needless else (anew.statement,)
        return Drafts(month=made.statement.month, statements=found, problems=())

    sending = post(place, again, clock_is_right=clock_is_right, sleep=sleep)
    return Corrected(statement=made.statement, told=made.told, sending=sending)


_LEFT = frozenset({LetterState.SENT, LetterState.UNKNOWN})


def copies(place: Workplace, rest: Rest, month: str | None, folder: Path) -> list[Path]:
    """Write the letters of a month that left, or may have, byte for byte as they were mailed.

    Every revision is a file of its own. Raises Stop when the outbox keeps none of that month, or
    the folder cannot be written.
    """
    chosen = chosen_month(month, rest.known.programme, rest.now)
    revisions = {one.statement_id: one.revision for one in rest.known.statements}
    kept = [one for one in place.outbox.letters(chosen) if one.state in _LEFT]
    if not kept:
        raise Stop("no_letters_kept", month=chosen)
    files: list[Path] = []
    with writing_to(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for letter in sorted(kept, key=lambda one: one.partner_id):
            revision = revisions.get(letter.statement_id, 1)
            stem = f"{chosen}-{file_name(letter.partner_id)}-{revision}"
            files.append(folder / f"{stem}.eml")
            files[-1].write_bytes(letter.content)
    return sorted(files)

"""Which letters want a person, and what did the person decide about one?

A letter of unknown fate is held, or sent again where the setting mail_unknown says so. What is left
over is named by `mail`, and a person says which of two things is true: it arrived (`settle`), or it
did not, and the very same letter goes out once more (`resend`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tracker.bounced import standing
from tracker.known import SealedStatement, latest_revisions
from tracker.open_letters import open_letters
from tracker.outgoing import Letter, LetterKind, LetterState
from tracker.problems import Stop, params
from tracker.sentences import join_reason

if TYPE_CHECKING:  # a wake asks `letters_again` and nothing else, and need not pay for the imports
    from tracker.postman import Fate
    from tracker.running import Rest, Workplace

SETTLED = join_reason("mail_settled", params())
_LOST = join_reason("mail_letter_lost", params())


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanting:
    """A letter that waits for a person, without anybody's address.

    Attributes:
        name: as `--resend` and `--settle` take it.
        partner_id, month: empty where a letter has none.
        state: sending, unknown, refused, or bounced.
        tries: how often it was started; why: a reason's text.
        after: what comes next, a code of `tracker.sentences.mail`.
    """

    name: str
    kind: LetterKind
    partner_id: str
    month: str
    state: str
    tries: int
    why: str
    after: str = "ask"


def looked_after(letter: Letter, email: str, copies: int) -> bool:
    """Whether there is something to do about a statement that the book calls unknown.

    It may leave again, to the address it was written to and no other; or it left since.
    """
    return letter.state is LetterState.SENT or (
        letter.may_leave(copies) and letter.to_address == email
    )


def letters_again(place: Workplace, rest: Rest, pause: timedelta = timedelta(0)) -> frozenset[str]:
    """Name the statements that the book calls unknown and that a run may look after again.

    One leaves again when so much time has passed since it was last tried.
    """
    copies = rest.known.programme.mail_unknown.copies
    found: set[str] = set()
    for one in _unknown_in_book(rest):
        letter, partner = (
            place.outbox.letter(one.statement_id),
            rest.known.partners.get(one.partner_id),
        )
        if letter is None or partner is None or not looked_after(letter, partner.email, copies):
            continue
        # A try noted in the future was noted by a clock that has been put right since.
        fresh = letter.at is not None and timedelta(0) <= rest.now - letter.at < pause
        if letter.state is LetterState.SENT or not fresh:
            found.add(one.statement_id)
    return frozenset(found)


def _unknown_in_book(rest: Rest) -> list[SealedStatement]:
    """Each statement that the book calls unknown and not sent, once."""
    rows = latest_revisions(rest.known.statements)
    sent = {one.statement_id for one in rows if one.state == LetterState.SENT}
    found = {one.statement_id: one for one in rows if one.state == LetterState.UNKNOWN}
    return [one for name, one in found.items() if name not in sent]


def wanting(place: Workplace, rest: Rest) -> list[Wanting]:
    """Give the letters that want a person: unknown, refused or sent back, oldest month first.

    A test letter never does. A statement is among them too that the book calls unknown and of
    which the outbox knows nothing.
    """
    found = [*_open(place, rest), *_lost(place, rest), *_bounced(place, rest)]
    return sorted(found, key=lambda one: (one.month, one.partner_id, one.name, one.state))


def _open(place: Workplace, rest: Rest) -> Iterator[Wanting]:
    settled = {one.statement_id for one in rest.known.statements if one.state == LetterState.SENT}
    for one in open_letters(place.outbox, rest.known, rest.plan, rest.now):
        after = "unknown_again" if one.again else "ask"
        if not one.unknown:
            after = "refused_again" if one.again else "refused_over"
        yield _wanting(one.letter, one.letter.state.value, one.letter.detail, after)
    for letter in place.outbox.open_ends():
        if letter.state is LetterState.SENDING and letter.kind is not LetterKind.TEST:
            said = letter.detail or join_reason("mail_under_way", params())
            yield _wanting(letter, letter.state.value, said, "under_way")
        elif letter.kind is LetterKind.STATEMENT and letter.statement_id not in settled:
            yield _wanting(letter, letter.state.value, letter.detail, _after(letter, rest))


def _after(letter: Letter, rest: Rest) -> str:
    """What becomes of a statement that was refused, or of unknown fate."""
    if letter.state is LetterState.REFUSED:
        return "statement_refused"
    partner, copies = rest.known.partners.get(letter.partner_id), rest.known.programme.mail_unknown
    again = partner is not None and looked_after(letter, partner.email, copies.copies)
    return "unknown_again" if again else "ask"


def _lost(place: Workplace, rest: Rest) -> Iterator[Wanting]:
    for one in _unknown_in_book(rest):
        if place.outbox.letter(one.statement_id) is None:
            yield Wanting(
                name=one.statement_id,
                kind=LetterKind.STATEMENT,
                partner_id=one.partner_id,
                month=one.month,
                state=one.state,
                tries=0,
                why=_LOST,
            )


def _bounced(place: Workplace, rest: Rest) -> Iterator[Wanting]:
    bounces = place.outbox.bounces()
    owner = rest.known.programme.owner_email.lower()
    own = [one for one in bounces if not one.partner_id and one.address.lower() == owner]
    for one in [*standing(rest.known.partners, bounces), *own[-1:]]:
        letter = place.outbox.letter(one.statement_id)
        if letter is not None:
            said = params(status=one.status, day=one.at.date().isoformat())
            yield _wanting(letter, "bounced", join_reason("mail_came_back", said), "bounced")


def _wanting(letter: Letter, state: str, why: str, after: str) -> Wanting:
    return Wanting(
        name=letter.statement_id,
        kind=letter.kind,
        partner_id=letter.partner_id,
        month=letter.month,
        state=state,
        tries=letter.attempts,
        why=why,
        after=after,
    )


def resend(
    place: Workplace, rest: Rest, name: str, sleep: Callable[[float], None] = time.sleep
) -> Fate:
    """Send a letter of unknown fate, or a refused one, once more, since a person says so.

    The very same bytes leave, so a refused one only to the address its receiver still has. Call
    it while holding `store.writing`. Raises Stop (`mail_not_live`, `mail_name_unknown`,
    `mail_not_unknown`, `mail_letter_lost`, `mail_other_address`, `mail_statement_refused`, and
    what a transport raises).
    """
    from tracker.postman import deliver
    from tracker.sealing import mark
    from tracker.smtp import open_transport

    programme = rest.known.programme
    programme.mail.refuse_unless_live()
    place.outbox.settle()
    letter = place.outbox.letter(name)
    if letter is None:
        in_book = name in {one.statement_id for one in _unknown_in_book(rest)}
        raise Stop("mail_letter_lost" if in_book else "mail_name_unknown", name=name[:80])
    if letter.state is LetterState.REFUSED:
        _refuse_elsewhere(letter, rest)
    elif letter.state is not LetterState.UNKNOWN:
        raise Stop("mail_not_unknown", name=name, state=letter.state.value)
    with open_transport(place.smtp_url, letter.from_address) as transport:
        copies = letter.unknowns + 1
        (fate,) = deliver([letter], place.outbox, transport, programme.mail_pause, sleep, copies)
    if letter.kind is LetterKind.STATEMENT:
        mark(place, letter.month, [fate])
    return fate


def _refuse_elsewhere(letter: Letter, rest: Rest) -> None:
    """Raise Stop for a refused statement, which is drawn up anew, and for a changed address."""
    _refuse_statement(letter)
    partner = rest.known.partners.get(letter.partner_id)
    here = rest.known.programme.owner_email if partner is None else partner.email
    if letter.to_address != here:
        who = letter.partner_id or "owner_email"
        raise Stop("mail_other_address", name=letter.statement_id, partner=who)


def _refuse_statement(letter: Letter) -> None:
    if letter.kind is LetterKind.STATEMENT:
        name, month = letter.statement_id, letter.month
        raise Stop("mail_statement_refused", name=name, month=month)


def settle(place: Workplace, rest: Rest, name: str) -> str:
    """Note that a letter arrived, that a refused one is let be, or that an address is right.

    Gives the code of what was noted, in `tracker.sentences.mail`. Call it while holding
    `store.writing`. Raises Stop (`mail_name_unknown`, `mail_not_unknown`,
    `mail_statement_refused`).
    """
    from tracker.postman import Fate
    from tracker.sealing import mark

    place.outbox.settle()
    letter = place.outbox.letter(name)
    lost = next((one for one in _unknown_in_book(rest) if one.statement_id == name), None)
    opened = place.outbox.settle_bounce(name)
    if letter is not None and letter.state is LetterState.UNKNOWN:
        place.outbox.finish(name, LetterState.SENT, SETTLED)
    elif lost is None or (letter is not None and letter.state is not LetterState.SENT):
        if opened:
            return "settled_bounce"
        if letter is None:
            raise Stop("mail_name_unknown", name=name[:80])
        if letter.state is LetterState.REFUSED:
            _refuse_statement(letter)
            place.outbox.drop(name)
            return "dropped"
        raise Stop("mail_not_unknown", name=name, state=letter.state.value)
    month, who = (lost.month, lost.partner_id) if lost else ("", "")
    if letter is not None:
        month, who = letter.month, letter.partner_id
    if letter is None or letter.kind is LetterKind.STATEMENT:
        mark(place, month, [Fate(name, who, LetterState.SENT, SETTLED)])
    return "settled"

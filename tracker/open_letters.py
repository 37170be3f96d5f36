"""Which letters on events, and to the owner, have no good end, and will they leave by themselves?

The book knows nothing of these letters, so what is said of them follows from the outbox and from
what is still news: alike in every run, gone when the letter has left or a person has settled it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from tracker.alarms import Silence, last_order, read_alarm
from tracker.choices import Mail
from tracker.fitness import Unfit
from tracker.known import Known
from tracker.layout import Tab
from tracker.outbox import Outbox
from tracker.outgoing import PARTNER_NEWS, Letter, LetterKind, LetterState
from tracker.problems import Params, Problem, params
from tracker.sentences import reason_says, say
from tracker.sentences.mail import LETTER_KINDS
from tracker.sync import Plan
from tracker.weeks import finished_week

if TYPE_CHECKING:  # hardly any run has such a letter, and every run pays for what it imports
    from tracker.news.events import Told

OWNERS = frozenset({LetterKind.OWNER, LetterKind.NOTICE})
_ENDS = frozenset({LetterState.REFUSED, LetterState.UNKNOWN})


@dataclass(frozen=True, slots=True)
class OpenLetter:
    """A letter that was refused, or of unknown fate; `again` when it is tried again by itself."""

    letter: Letter
    again: bool

    def code(self, who: str) -> str:
        """Name its sentence: `news_refused_over` of a partner's, `owner_…` of the owner's."""
        after = "again" if self.again else "held" if self.unknown else "over"
        return f"{who}_{self.letter.state}_{after}"

    @property
    def unknown(self) -> bool:
        """Whether it may have left."""
        return self.letter.state is LetterState.UNKNOWN


def told(outbox: Outbox, copies: int) -> Told:
    """Say what the outbox remembers of letters on events, when so many copies may leave."""
    from tracker.news.events import Told, named_lines

    def left(name: str) -> bool:
        kept = outbox.letter(name)
        return kept is not None and not kept.may_leave(copies)

    def lines(partner_id: str, since: date) -> Collection[str]:
        kept = outbox.news_since(LetterKind.SALES, since, partner_id)
        gone = (one.frozen_figures for one in kept if not one.may_leave(copies))
        return frozenset(line for figures in gone for line in named_lines(figures))

    return Told(left=left, lines=lines)


def open_letters(outbox: Outbox, known: Known, made: Plan, now: datetime) -> list[OpenLetter]:
    """Give the letters on events and to the owner that have no good end, by name.

    One that asks for details which came since is no concern any more, nor is a refused one to the
    owner after which another one reached him.
    """
    ends = [one for one in outbox.open_ends() if one.state in _ENDS]
    partners = [one for one in ends if one.kind in PARTNER_NEWS and not _moot(one, known)]
    owners = [one for one in ends if one.kind in OWNERS]
    found: list[OpenLetter] = []
    if partners:
        is_news = _news(outbox, known, made, now)
        found += [OpenLetter(one, _leaves(one, is_news, known)) for one in partners]
    if owners:
        reached = outbox.last_sent(OWNERS)
        found += [
            OpenLetter(one, _owner_again(one, known, made, now))
            for one in owners
            if one.state is LetterState.UNKNOWN
            or reached is None
            or (one.at is not None and one.at > reached)
        ]
    return found


def _moot(letter: Letter, known: Known) -> bool:
    partner = known.partners.get(letter.partner_id)
    asked = letter.kind is LetterKind.DETAILS and letter.state is LetterState.REFUSED
    return asked and partner is not None and bool(partner.payout_details)


def _news(outbox: Outbox, known: Known, made: Plan, now: datetime) -> Callable[[str], bool]:
    """Whether a letter of that name would be tried again: it is news and has not left."""
    if known.programme.mail is not Mail.LIVE:
        return lambda _name: False
    from tracker.news import due_news

    names = {
        one.name
        for one in due_news(
            known,
            made.books,
            now,
            told(outbox, known.programme.mail_unknown.copies),
            noted=made.history,
            doubtful={one.partner_id for one in made.problems} - {""},
        )
    }
    return names.__contains__


def _leaves(letter: Letter, is_news: Callable[[str], bool], known: Known) -> bool:
    """Whether it is tried again; one that may have left goes to its own address or nowhere."""
    partner = known.partners.get(letter.partner_id)
    here = partner is not None and letter.to_address == partner.email
    return is_news(letter.statement_id) and (here or letter.state is LetterState.REFUSED)


def _owner_again(letter: Letter, known: Known, made: Plan, now: datetime) -> bool:
    programme = known.programme
    here = letter.to_address == programme.owner_email
    if not letter.may_leave(programme.mail_unknown.copies) or not programme.owner_email:
        return False
    if letter.state is LetterState.UNKNOWN and not here:
        return False
    if letter.kind is LetterKind.OWNER:
        week = f"{LetterKind.OWNER}:week:{finished_week(programme, now).name}"
        return letter.statement_id == week and programme.mail is Mail.LIVE
    alarm = read_alarm(letter.frozen_figures)
    first = (line for order in made.books.orders.values() for line in order.lines[:1])
    over = alarm.silence is Silence.NO_ORDERS and last_order(first) != alarm.since
    return not over and programme.mail is not Mail.OFF


def open_problems(outbox: Outbox, known: Known, made: Plan, now: datetime) -> Iterator[Problem]:
    """Name each partner's letter at the cell of his e-mail: what about, of which day, and why."""
    for one in open_letters(outbox, known, made, now):
        if one.letter.kind in OWNERS:
            continue
        partner = known.partners.get(one.letter.partner_id)
        yield Problem(
            tab=Tab.PARTNERS.value,
            cell="" if partner is None else partner.email_cell,
            code=one.code("news"),
            params=_said(one.letter, known),
            key=one.letter.partner_id,
        )


def unfit_letters(outbox: Outbox, known: Known, made: Plan, now: datetime) -> list[Unfit]:
    """What the doctor says of letters to the owner."""
    return [
        Unfit(one.code("owner"), _said(one.letter, known), wants_a_person=True)
        for one in open_letters(outbox, known, made, now)
        if one.letter.kind in OWNERS
    ]


def _said(letter: Letter, known: Known) -> Params:
    language, programme = known.programme.language, known.programme
    return params(
        about=say(LETTER_KINDS, letter.kind.value, (), language),
        day="" if letter.at is None else programme.local_date(letter.at).isoformat(),
        name=letter.statement_id,
        partner=letter.partner_id,
        why=reason_says(letter.detail, language).rstrip("."),
    )

"""How does a month's statement reach its partner? Drafted, frozen, claimed, sent, marked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tracker.addresses import needed_sender
from tracker.bounced import EMAIL_BOUNCED
from tracker.choices import Mail
from tracker.held_letters import letters_again
from tracker.languages import folders
from tracker.month_drafts import Drafts, about, drafts
from tracker.outgoing import LetterState
from tracker.periods import end_of
from tracker.postman import ADDRESS_CLOSED, Fate, deliver
from tracker.problems import Problem, Stop
from tracker.programme import Partner, Programme
from tracker.running import CONFLICTS_MAX, Rest, Workplace, at_rest
from tracker.sealing import claim, frozen, mark
from tracker.sentences import reason_says, stop_says
from tracker.smtp import open_transport
from tracker.statement_months import finished_month, months_to_send
from tracker.stores import Outcome


def as_set(rest: Rest, place: Workplace, folder: Path | None) -> tuple[Path | None, bool]:
    """What the setting mail asks of a job: (a folder for previews, whether to send)."""
    mail = rest.known.programme.mail
    if mail is Mail.LIVE:
        return None, True
    return (folder or place.previews) if mail is Mail.PREVIEW else None, False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What became of a month's letters; `unmade` are partners whose letter cannot be written."""

    month: str
    fates: tuple[Fate, ...]
    problems: tuple[Problem, ...]
    unmade: tuple[str, ...] = ()


def send(
    place: Workplace,
    month: str | None,
    *,
    clock_is_right: bool = False,
    sleep: Callable[[float], None] = time.sleep,
) -> Sending:
    """Send a month's statements. Call it while holding `store.writing`. Raises Stop as `post`."""
    return post(place, lambda rest: drafts(rest, month), clock_is_right=clock_is_right, sleep=sleep)


def post(
    place: Workplace,
    make: Callable[[Rest], Drafts],
    *,
    clock_is_right: bool = False,
    sleep: Callable[[float], None] = time.sleep,
) -> Sending:
    """Send what `make` drafts of the book at rest. Call it while holding `store.writing`.

    All letters are frozen and claimed in one commit, sent one by one with each fate kept in the
    outbox, and marked in one commit. What a killed run left is taken up where it stands.
    Raises Stop when mail is not live, the month is not over, or there is no sender or server, or
    while Settings cannot be read that say where a month ends, or the folder of letters is away.
    A partner whose own letter cannot be written is left out, by name.
    """
    for _ in range(CONFLICTS_MAX):
        rest = at_rest(place, what="statements", clock_is_right=clock_is_right)
        sending = _posted(place, rest, make, sleep)
        if sending is not None:
            return sending
    raise Stop("still_changing")


def _posted(
    place: Workplace, rest: Rest, make: Callable[[Rest], Drafts], sleep: Callable[[float], None]
) -> Sending | None:
    """Send what is drafted of this book; None when it has changed before the claims were in it."""
    programme = rest.known.programme
    _refuse_settings(programme)
    sender = needed_sender(programme.mail_from)
    folders()
    made = make(rest)
    month = made.month
    if rest.now < end_of(month, programme):
        raise Stop("month_not_over", month=month)
    with open_transport(place.smtp_url, sender.address) as transport:
        place.outbox.settle()
        letters, claims, lost, unmade = frozen(place, rest, made.statements, sender.address)
        outcome = claim(place, rest, claims)
        if outcome is not Outcome.DONE:
            return None
        pause, copies = programme.mail_pause, programme.mail_unknown.copies
        fates = deliver(letters, place.outbox, transport, pause, sleep, copies)
    fates += lost
    mark(place, month, fates)
    problems = (
        *made.problems,
        *_held(rest, month, fates),
        *_fate_problems(rest, month, fates),
        *_unmade(rest, month, unmade),
    )
    return Sending(month=month, fates=tuple(fates), problems=problems, unmade=tuple(unmade))


def _refuse_settings(programme: Programme) -> None:
    """Raise Stop while mail is not live, or Settings do not say where a month ends."""
    programme.mail.refuse_unless_live()
    unreadable = programme.unreadable & {"time_zone", "currency"}
    if unreadable:
        raise Stop("statement_settings", keys=", ".join(sorted(unreadable)))


def send_all(
    place: Workplace,
    month: str | None,
    *,
    clock_is_right: bool = False,
    sleep: Callable[[float], None] = time.sleep,
) -> list[Sending]:
    """Send the statements of a month, or of every month since the last sealed one, in order.

    Before them comes what earlier months have sealed and not sent.
    """
    rest = at_rest(place, what="statements", clock_is_right=clock_is_right)
    sealed = rest.known.statements
    if month is None:
        last, again = finished_month(rest.known.programme, rest.now), letters_again(place, rest)
        months = months_to_send(sealed, last, again)
    else:
        waiting = {
            dict(problem.params)["month"]
            for problem in rest.problems
            if problem.code == "letter_waiting"
        }
        months = (*sorted(one for one in waiting if one < month), month)
    return send_months(place, months, clock_is_right=clock_is_right, sleep=sleep)


def send_months(
    place: Workplace,
    months: Iterable[str],
    *,
    clock_is_right: bool = False,
    sleep: Callable[[float], None] = time.sleep,
) -> list[Sending]:
    """Send the statements of these months, one month after the other."""
    return [send(place, one, clock_is_right=clock_is_right, sleep=sleep) for one in months]


def _held(rest: Rest, month: str, fates: Iterable[Fate]) -> list[Problem]:
    """Letters held since before this run, named again each time: of the month, or by address."""
    tried = {fate.partner_id: fate.reason for fate in fates}
    return [
        problem
        for problem in rest.problems
        if (
            problem.code == "letter_unknown"
            and dict(problem.params)["month"] == month
            and problem.key not in tried
        )
        or (problem.code == EMAIL_BOUNCED and tried.get(problem.key, "") == ADDRESS_CLOSED)
    ]


def _unmade(rest: Rest, month: str, unmade: Mapping[str, Stop]) -> list[Problem]:
    """Name each partner whose letter cannot be written."""
    known, language = rest.known.partners, rest.known.programme.language
    return [
        about("letter_unmade", known[who], month, why=stop_says(stop, language))
        for who, stop in unmade.items()
    ]


def _fate_problems(rest: Rest, month: str, fates: Iterable[Fate]) -> list[Problem]:
    language = rest.known.programme.language
    found: list[Problem] = []
    for fate in fates:
        partner = rest.known.partners.get(fate.partner_id, Partner(partner_id=fate.partner_id))
        if fate.reason == ADDRESS_CLOSED:
            continue
        if fate.state is LetterState.REFUSED:
            why = reason_says(fate.reason, language).rstrip(".")
            found.append(about("letter_refused", partner, month, why=why))
        elif fate.state is LetterState.UNKNOWN:
            found.append(about("letter_unknown", partner, month))
    return found

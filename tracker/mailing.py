"""How does a month's statement reach its partner? Drafted, frozen, claimed, sent, marked."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from tracker.addresses import NotASender, parse_from
from tracker.bounced import EMAIL_BOUNCED
from tracker.choices import Mail
from tracker.drafting import Booked, draft
from tracker.due import finished_month, months_to_send, partners_told
from tracker.held_letters import letters_again
from tracker.languages import folders
from tracker.layout import Tab
from tracker.ledger import Order
from tracker.lines import CommissionLine, JournalLine
from tracker.outbox import LetterState
from tracker.owners_money import OWN_SOURCES
from tracker.periods import end_of, is_month
from tracker.postman import ADDRESS_CLOSED, Fate, deliver
from tracker.problems import Problem, Stop, params
from tracker.programme import Partner
from tracker.revising import as_told
from tracker.rules_text import Versions
from tracker.running import CONFLICTS_MAX, Rest, Workplace, at_rest
from tracker.sealing import claim, dated, frozen, mark
from tracker.sentences import reason_says, stop_says
from tracker.smtp import open_transport
from tracker.statements import Statement
from tracker.stores import Outcome

NAME_CHARS_MAX = 40
"""So much of a partner's id stands in a file's name: with four bytes each still short enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafts:
    """A month's statements, and who is left out and why."""

    month: str
    statements: tuple[Statement, ...]
    problems: tuple[Problem, ...]


def drafts(rest: Rest, month: str | None) -> Drafts:
    """Work out a month's statements of every partner who had lines or was known and active.

    A partner with a ledger problem is skipped, by name. Raises Stop for what is no month.
    """
    chosen = finished_month(rest.known.programme, rest.now) if month is None else month
    if not is_month(chosen):
        raise Stop("month_unreadable", month=chosen[:20])
    known = rest.known
    doubtful = {problem.partner_id for problem in rest.problems} - {""}
    booked = booked_lines(rest)
    refused = [order.latest for order in _shop_orders(rest)]
    revised = {
        one.partner_id for one in known.statements if one.month == chosen and one.revision > 1
    }
    versions = Versions(known)
    found: list[Statement] = []
    problems: list[Problem] = []
    for partner in partners_told(known, rest.plan.books.lines, chosen, rest.now):
        if partner.partner_id in doubtful:
            problems.append(_about("partner_skipped", partner, chosen))
            continue
        again = refused
        if partner.partner_id in revised:
            again = lines_then(rest, partner.partner_id, chosen)
        said = draft(partner, chosen, booked, again, known.statements, known.programme, rest.now)
        found.append(replace(said, terms=versions.of(partner.partner_id)))
        if not partner.email:
            problems.append(_about("letter_without_address", partner, chosen))
    return Drafts(month=chosen, statements=tuple(found), problems=tuple(problems))


def _about(code: str, partner: Partner, month: str, **values: object) -> Problem:
    said = params(partner=partner.partner_id, month=month, **values)
    return Problem(
        tab=Tab.PARTNERS.value, cell=partner.cell, code=code, params=said, key=partner.partner_id
    )


def _shop_orders(rest: Rest) -> list[Order]:
    """The orders of shops: all but what the owner typed."""
    return [order for key, order in rest.plan.books.orders.items() if key[0] not in OWN_SOURCES]


def lines_then(rest: Rest, partner_id: str, month: str) -> list[JournalLine]:
    """What the Journal says of each order for a letter of that month that is corrected."""
    end = end_of(month, rest.known.programme)
    return [as_told(order.lines, partner_id, end) for order in _shop_orders(rest)]


def booked_lines(rest: Rest) -> list[Booked]:
    """Every line with the Journal line it is a step of."""
    books = rest.plan.books
    facts = {line.line_id: line for order in books.orders.values() for line in order.lines}
    return [Booked(step=step, fact=facts.get(step.fact) or _lost(step)) for step in books.lines]


def _lost(step: CommissionLine) -> JournalLine:
    """What is left to say of a line whose Journal line was damaged and folded again."""
    return JournalLine(
        noted_at=step.booked_at,
        source=step.source,
        order_id=step.order_id,
        n=step.n,
        state="paid",
        partner_id=step.partner_id,
        reason="order_changed",
    )


def preview(rest: Rest, month: str | None, folder: Path) -> tuple[Drafts, list[Path]]:
    """Write each statement as .html, and as .eml where there is an address; nothing is sealed.

    Written twice, the files are the same to the byte. Raises Stop when the folder is not writable.
    """
    made = drafts(rest, month)
    return made, write_letters(rest, made.statements, folder)


def write_letters(rest: Rest, statements: Iterable[Statement], folder: Path) -> list[Path]:
    """Write each statement as .html, and as .eml where it has an address. Raises Stop."""
    from tracker.letters import freeze, render

    files: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for statement in statements:
            rendered = render(statement, statement.language)
            stem = folder / f"{statement.month}-{file_name(statement.partner_id)}"
            files.append(_write(stem.with_name(f"{stem.name}.html"), rendered.html.encode()))
            if statement.email:
                at, sender = dated(rest, statement), rest.known.programme.mail_from
                letter = freeze(statement, rendered, sender, statement.email, at)
                files.append(_write(stem.with_name(f"{stem.name}.eml"), letter.raw))
    except OSError as refusal:
        raise Stop("file_unwritable", path=folder, why=refusal.strerror or "") from None
    return files


def as_set(rest: Rest, place: Workplace, folder: Path | None) -> tuple[Path | None, bool]:
    """What the setting mail asks of a job: (a folder for previews, whether to send)."""
    mail = rest.known.programme.mail
    if mail is Mail.LIVE:
        return None, True
    return (
        (folder or place.state_dir / "previews", False) if mail is Mail.PREVIEW else (None, False)
    )


def _write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def file_name(partner_id: str) -> str:
    """A partner's id as a part of a file's name: no slashes, no leading dots, not too long."""
    name = re.sub(r"[^\w.-]+", "_", partner_id).lstrip(".") or "_"
    if len(name) <= NAME_CHARS_MAX:
        return name
    # Ids that begin alike must stay two files.
    return (
        f"{name[:NAME_CHARS_MAX]}-{sha256(partner_id.encode('utf-8', 'replace')).hexdigest()[:8]}"
    )


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
        programme = rest.known.programme
        if programme.mail is not Mail.LIVE:
            raise Stop("mail_not_live", mail=programme.mail.value)
        unreadable = programme.unreadable & {"time_zone", "currency"}
        if unreadable:
            raise Stop("statement_settings", keys=", ".join(sorted(unreadable)))
        sender = parse_from(programme.mail_from)
        if isinstance(sender, NotASender):
            raise Stop("mail_from_missing")
        folders()
        made = make(rest)
        if rest.now < end_of(made.month, programme):
            raise Stop("month_not_over", month=made.month)
        with open_transport(place.smtp_url, sender.address) as transport:
            place.outbox.settle()
            letters, claims, lost, unmade = frozen(place, rest, made.statements, sender.address)
            outcome = claim(place, rest, claims)
            if outcome is not Outcome.DONE:
                continue
            pause, copies = programme.mail_pause, programme.mail_unknown.copies
            fates = deliver(letters, place.outbox, transport, pause, sleep, copies)
        fates += lost
        mark(place, made.month, fates)
        problems = (*made.problems, *_held(rest, made.month, fates))
        problems += (*_fate_problems(rest, made.month, fates),)
        problems += (*_unmade(rest, made.month, unmade),)
        return Sending(
            month=made.month, fates=tuple(fates), problems=problems, unmade=tuple(unmade)
        )
    raise Stop("still_changing")


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
        _about("letter_unmade", known[who], month, why=stop_says(stop, language))
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
            found.append(_about("letter_refused", partner, month, why=why))
        elif fate.state is LetterState.UNKNOWN:
            found.append(_about("letter_unknown", partner, month))
    return found

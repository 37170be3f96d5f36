"""How does a month's statement reach its partner? Drafted, frozen, claimed, sent, marked."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from tracker.addresses import NotASender, parse_from
from tracker.book.writing import statement_record
from tracker.drafting import Booked, draft
from tracker.known import Known, SealedStatement
from tracker.layout import Tab
from tracker.lines import CommissionLine, JournalLine
from tracker.outbox import Letter, LetterState
from tracker.owners_money import OWN_SOURCES
from tracker.periods import end_of, is_month, month_before, month_of
from tracker.postman import Fate, deliver
from tracker.problems import Problem, Stop, params
from tracker.programme import Mail, Partner, PartnerStatus
from tracker.running import CONFLICTS_MAX, Rest, Workplace, at_rest, commit_more
from tracker.smtp import open_transport
from tracker.statements import Statement
from tracker.stores import Outcome

THROTTLE_SECONDS = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafts:
    """A month's statements, and who is left out and why."""

    month: str
    statements: tuple[Statement, ...]
    problems: tuple[Problem, ...]


def finished_month(rest: Rest) -> str:
    """The last month that is over in the programme's zone."""
    return month_before(month_of(rest.known.programme.local_date(rest.now)))


def drafts(rest: Rest, month: str | None) -> Drafts:
    """Work out a month's statements of every partner with lines, a balance or active status.

    A partner with a ledger problem is skipped, by name. Raises Stop for what is no month.
    """
    chosen = month or finished_month(rest)
    if not is_month(chosen):
        raise Stop("month_unreadable", month=chosen[:20])
    known = rest.known
    doubtful = {problem.partner_id for problem in rest.problems} - {""}
    booked = _booked(rest)
    refused = [
        order.latest for key, order in rest.plan.books.orders.items() if key[0] not in OWN_SOURCES
    ]
    found: list[Statement] = []
    problems: list[Problem] = []
    for partner in _partners(known, booked):
        if partner.partner_id in doubtful:
            problems.append(_about("partner_skipped", partner, chosen))
            continue
        found.append(
            draft(partner, chosen, booked, refused, known.statements, known.programme, rest.now)
        )
        if not partner.email:
            problems.append(_about("letter_without_address", partner, chosen))
    return Drafts(month=chosen, statements=tuple(found), problems=tuple(problems))


def _about(code: str, partner: Partner, month: str, **values: object) -> Problem:
    said = params(partner=partner.partner_id, month=month, **values)
    return Problem(
        tab=Tab.PARTNERS.value, cell=partner.cell, code=code, params=said, key=partner.partner_id
    )


def _partners(known: Known, booked: Iterable[Booked]) -> list[Partner]:
    earning = {one.step.partner_id for one in booked}
    found = [
        partner
        for partner in known.partners.values()
        if partner.status is PartnerStatus.ACTIVE or partner.partner_id in earning
    ]
    gone = earning - known.partners.keys()
    found += [Partner(partner_id=partner_id) for partner_id in gone]
    return sorted(found, key=lambda partner: partner.partner_id)


def _booked(rest: Rest) -> list[Booked]:
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
    from tracker.letters import freeze, render

    made = drafts(rest, month)
    files: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for statement in made.statements:
            rendered = render(statement, statement.language)
            stem = folder / f"{made.month}-{file_name(statement.partner_id)}"
            files.append(_write(stem.with_name(f"{stem.name}.html"), rendered.html.encode()))
            if statement.email:
                at, sender = _dated(rest, statement), rest.known.programme.mail_from
                letter = freeze(statement, rendered, sender, statement.email, at)
                files.append(_write(stem.with_name(f"{stem.name}.eml"), letter.raw))
    except OSError as refusal:
        raise Stop("file_unwritable", path=folder, why=refusal.strerror or "") from None
    return made, files


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
    """A partner's id as a part of a file's name: no slashes, no leading dots."""
    return re.sub(r"[^\w.-]+", "_", partner_id).lstrip(".") or "_"


def _dated(rest: Rest, statement: Statement) -> datetime:
    """A letter's date: the month's end, so that a repeat is the same letter."""
    programme = rest.known.programme
    return end_of(statement.month, programme).astimezone(programme.zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What became of a month's letters."""

    month: str
    fates: tuple[Fate, ...]
    problems: tuple[Problem, ...]


def send(
    place: Workplace,
    month: str | None,
    *,
    clock_is_right: bool = False,
    sleep: Callable[[float], None] = time.sleep,
) -> Sending:
    """Send a month's statements. Call it while holding `store.writing`.

    All letters are frozen and claimed in one commit, sent one by one with each fate kept in the
    outbox, and marked in one commit. What a killed run left is taken up where it stands.
    Raises Stop when mail is not live, the month is not over, or there is no sender or server.
    """
    for _ in range(CONFLICTS_MAX):
        rest = at_rest(place, what="statements", clock_is_right=clock_is_right)
        programme = rest.known.programme
        if programme.mail is not Mail.LIVE:
            raise Stop("mail_not_live", mail=programme.mail.value)
        sender = parse_from(programme.mail_from)
        if isinstance(sender, NotASender):
            raise Stop("mail_from_missing")
        made = drafts(rest, month)
        if rest.now < end_of(made.month, programme):
            raise Stop("month_not_over", month=made.month)
        with open_transport(place.smtp_url) as transport:
            place.outbox.settle()
            letters, claims, lost = _frozen(place, rest, made, sender.address)
            outcome = _claim(place, rest, claims)
            if outcome is not Outcome.DONE:
                continue
            fates = deliver(letters, place.outbox, transport, THROTTLE_SECONDS, sleep)
        fates += lost
        _mark(place, made.month, fates)
        problems = (*made.problems, *_fate_problems(rest, made.month, fates))
        return Sending(month=made.month, fates=tuple(fates), problems=problems)
    raise Stop("still_changing")


def _claim(place: Workplace, rest: Rest, claims: Sequence[SealedStatement]) -> Outcome:
    if not claims:
        return Outcome.DONE
    rows = [statement_record(one) for one in claims]
    return commit_more(place, rest, {Tab.STATEMENTS: rows})


def _frozen(
    place: Workplace, rest: Rest, made: Drafts, sender: str
) -> tuple[list[Letter], list[SealedStatement], list[Fate]]:
    """Freeze every letter that has no fate yet; the new ones are to be claimed."""
    letters: list[Letter] = []
    claims: list[SealedStatement] = []
    lost: list[Fate] = []
    for statement in made.statements:
        rows = [s for s in rest.known.statements if s.partner_id == statement.partner_id]
        own = [one for one in rows if one.month == made.month]
        told = any(one.month > made.month for one in rows)
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
    at, mail_from = _dated(rest, statement), rest.known.programme.mail_from
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


def _mark(place: Workplace, month: str, fates: Sequence[Fate]) -> None:
    """Note in the book what became of the letters: a new row for every fate that is final."""
    final = {
        fate.statement_id: fate.state
        for fate in fates
        if fate.state in {LetterState.SENT, LetterState.UNKNOWN}
    }
    for _ in range(CONFLICTS_MAX):
        again = at_rest(place, what="statements", clock_is_right=True)
        rows = [
            replace(one, state=final[one.statement_id].value, at=again.plan.noted_at)
            for one in again.known.statements
            if one.month == month
            and one.state == "claimed"
            and one.statement_id in final
            and not _marked(one, again.known)
        ]
        if not rows or _claim(place, again, rows) is Outcome.DONE:
            at_rest(place, what="statements", clock_is_right=True)
            return
    raise Stop("still_changing")


def _marked(one: SealedStatement, known: Known) -> bool:
    return any(
        other.statement_id == one.statement_id
        and other.currency == one.currency
        and other.state in {LetterState.SENT, LetterState.UNKNOWN}
        for other in known.statements
    )


def _fate_problems(rest: Rest, month: str, fates: Iterable[Fate]) -> list[Problem]:
    found: list[Problem] = []
    for fate in fates:
        partner = rest.known.partners.get(fate.partner_id, Partner(partner_id=fate.partner_id))
        if fate.state is LetterState.REFUSED:
            found.append(_about("letter_refused", partner, month, why=fate.reason))
        elif fate.state is LetterState.UNKNOWN:
            found.append(_about("letter_unknown", partner, month))
    return found

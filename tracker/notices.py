"""How does the owner hear that something has fallen silent? One letter a silence, never two.

A letter is frozen in the outbox under the silence's own name before it leaves, as a statement is;
so a run that is killed, late or doubled finds it there. The book knows nothing of these letters.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from tracker.addresses import Sender, needed_sender
from tracker.alarms import Alarm, Silence, alarms, last_order, read_alarm
from tracker.choices import Mail
from tracker.due import Tried
from tracker.outbox import Outbox
from tracker.outgoing import Letter, LetterKind, LetterState
from tracker.problems import Stop, params
from tracker.programme import Programme
from tracker.running import Rest, Workplace
from tracker.sentences import reason_says, say, split_reason, stop_says
from tracker.sentences.notices import NOTICES


@dataclass(frozen=True, slots=True)
class Notice:
    """One line to print about a letter; `trouble` is the code of why it has not left, or empty."""

    says: str
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What became of the letters that are due; `rests` when some wait for a later try."""

    notices: tuple[Notice, ...] = ()
    rests: bool = False


def tell_owner(
    place: Workplace,
    rest: Rest,
    synced_before: datetime | None,
    *,
    synced: bool = True,
    sleep: Callable[[float], None] = time.sleep,
) -> Told:
    """Write to the owner of every silence that was not told yet; give what to print.

    Call it while holding `store.writing`, and before this run is noted as the last good sync:
    a run killed on the way then leaves the next one to tell. `rest` is the book after the sync,
    `synced_before` the end of the last good sync before it, aware; None when there was none.
    `synced` tells whether this run's own went well; else `rest` is the book as it stands.
    Nothing is done without `owner_email`, or while mail is off.
    Raises Stop as the outbox does; trouble with the mail is only said.
    """
    programme = rest.known.programme
    if not programme.owner_email or programme.mail is Mail.OFF:
        return Told()
    found = _silences(rest, synced_before, synced=synced)
    due, rests = _due(place.outbox, found, rest, synced=synced)
    if not due:
        return Told(rests=rests)
    # Only now: hardly any run has a letter to send, and every run pays for what it imports.
    from tracker.postman import deliver
    from tracker.smtp import open_transport

    try:
        sender = needed_sender(programme.mail_from)
        transport = open_transport(place.smtp_url, sender.address)
    except Stop as stop:
        return Told((_impossible(stop, programme),))
    with transport:
        letters = [place.outbox.freeze(_letter(alarm, programme, sender)) for alarm in due]
        pause, copies = programme.mail_pause, programme.mail_unknown.copies
        fates = deliver(letters, place.outbox, transport, pause, sleep, copies)
    told = zip(due, fates, strict=True)
    return Told(tuple(_line(alarm, one.state, one.reason, programme) for alarm, one in told), rests)


def _silences(rest: Rest, synced_before: datetime | None, *, synced: bool) -> tuple[Alarm, ...]:
    rows = (fact.line for fact in rest.known.facts)
    lines = [*(line for line in rows if line), *rest.plan.journal]
    return alarms(
        rest.known.programme,
        rest.known.codes,
        now=rest.now,
        last_order=last_order(lines),
        synced_before=synced_before,
        synced=synced,
    )


def _due(
    outbox: Outbox, found: Iterable[Alarm], rest: Rest, *, synced: bool
) -> tuple[list[Alarm], bool]:
    """Silences without a letter, and those whose letter may still leave and may be tried now.

    Also whether there are others, which are tried later.

    Orders that came again are no news any more; that the program slept stays true.
    """
    standing = {_name(alarm): alarm for alarm in found}
    due = [alarm for name, alarm in standing.items() if outbox.letter(name) is None]
    rests = False
    for letter in outbox.waiting(LetterKind.NOTICE, rest.known.programme.mail_unknown.copies):
        alarm = read_alarm(letter.frozen_figures)
        if alarm.silence is not Silence.WAS_ASLEEP and letter.statement_id not in standing:
            continue
        if not _may_be_tried(letter, alarm.seen_at, rest.known.programme, rest.now):
            rests = True
            continue
        if alarm.silence is Silence.WAS_ASLEEP and synced and not alarm.over:
            alarm = replace(alarm, seen_at=rest.now, over=True)
        due.append(alarm)
    return due, rests


def _may_be_tried(letter: Letter, first: datetime, programme: Programme, now: datetime) -> bool:
    """Whether a letter that has not left may leave now; at another address it may at once.

    As with statements: hourly for a day since the first try, then daily, for as long as it is news.
    One that may have left goes to the address it was written to, or nowhere.
    """
    if letter.state is LetterState.UNKNOWN and letter.to_address != programme.owner_email:
        return False
    before = Tried(letter.to_address, first, letter.at)
    return letter.state is LetterState.FROZEN or before.is_time(programme.owner_email, now)


def _name(alarm: Alarm) -> str:
    return f"{LetterKind.NOTICE}:{alarm.name}"


def _letter(alarm: Alarm, programme: Programme, sender: Sender) -> Letter:
    """Draw the letter up: the same for every run that sees this silence."""
    from tracker.envelopes import address_of, build, sender_of
    from tracker.telling import render_alarm

    digest = hashlib.sha256(alarm.name.encode("utf-8")).hexdigest()[:24]
    built = build(
        render_alarm(alarm, programme),
        f"no.{digest}",
        sender_of(programme.mail_from, programme.program_name),
        address_of("", programme.owner_email),
        alarm.seen_at.astimezone(programme.zone),
    )
    return Letter(
        kind=LetterKind.NOTICE,
        statement_id=_name(alarm),
        partner_id="",
        month="",
        from_address=sender.address,
        to_address=programme.owner_email,
        message_id=built.message_id,
        content=built.raw,
        frozen_figures=alarm.written(),
    )


def _line(alarm: Alarm, state: LetterState, reason: str, programme: Programme) -> Notice:
    """Say what became of a letter, without anybody's address."""
    language = programme.language
    since, until = (
        at.astimezone(programme.zone).strftime("%Y-%m-%d %H:%M")
        for at in (alarm.since, alarm.seen_at)
    )
    about = say(NOTICES, alarm.silence, params(since=since, until=until), language)
    code, values = split_reason(reason)
    # Some reasons speak of a partner's address, and this letter is the owner's.
    why = say(NOTICES, code, values, language) if code in NOTICES else reason_says(reason, language)
    says = _said(f"notice_{state}", programme, about=about, why=why.rstrip("."))
    return Notice(says, code if state is LetterState.REFUSED else "")


def _impossible(stop: Stop, programme: Programme) -> Notice:
    why = stop_says(stop, programme.language)
    return Notice(_said("notice_impossible", programme, why=why), stop.code)


def _said(code: str, programme: Programme, **values: object) -> str:
    return say(NOTICES, code, params(**values), programme.language)

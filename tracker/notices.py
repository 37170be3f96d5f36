"""How does the owner hear that something has fallen silent? One letter a silence, never two.

A letter is frozen in the outbox under the silence's own name before it leaves, as a statement is;
so a run that is killed, late or doubled finds it there. The book knows nothing of these letters.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from tracker.addresses import NotASender, Sender, parse_from
from tracker.alarms import Alarm, Silence, alarms, last_order, read_alarm
from tracker.outbox import Letter, LetterKind, LetterState, Outbox
from tracker.problems import Stop, params
from tracker.programme import Mail, Programme
from tracker.running import Rest, Workplace
from tracker.sentences import reason_says, say, split_reason, stop_says
from tracker.sentences.notices import NOTICES

THROTTLE_SECONDS = 1.0
RETRY_HOURS = 1
ATTEMPTS_MAX = 24
"""A server that refuses is asked once an hour for a day, not at every run for ever."""


def tell_owner(
    place: Workplace,
    rest: Rest,
    synced_before: datetime | None,
    *,
    synced: bool = True,
    sleep: Callable[[float], None] = time.sleep,
) -> list[str]:
    """Write to the owner of every silence that was not told yet; give the lines to print.

    Call it while holding `store.writing`, and before this run is noted as the last good sync:
    a run killed on the way then leaves the next one to tell. `rest` is the book after the sync,
    `synced_before` the end of the last good sync before it, aware; None when there was none.
    `synced` tells whether this run's own went well; else `rest` is the book as it stands.
    Nothing is done without `owner_email`, or while mail is off.
    Raises Stop as the outbox does; trouble with the mail is only said.
    """
    programme = rest.known.programme
    if not programme.owner_email or programme.mail is Mail.OFF:
        return []
    found = _silences(rest, synced_before, synced=synced)
    due = _due(place.outbox, found, rest, synced=synced)
    if not due:
        return []
    # Only now: hardly any run has a letter to send, and every run pays for what it imports.
    from tracker.postman import deliver
    from tracker.smtp import open_transport

    sender = parse_from(programme.mail_from)
    try:
        transport = open_transport(place.smtp_url)
    except Stop as stop:
        return [_impossible(stop, programme)]
    if isinstance(sender, NotASender):
        return [_impossible(Stop("mail_from_missing"), programme)]
    with transport:
        letters = [place.outbox.freeze(_letter(alarm, programme, sender)) for alarm in due]
        fates = deliver(letters, place.outbox, transport, THROTTLE_SECONDS, sleep)
    told = zip(due, fates, strict=True)
    return [_line(alarm, fate.state, fate.reason, programme) for alarm, fate in told]


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


def _due(outbox: Outbox, found: Iterable[Alarm], rest: Rest, *, synced: bool) -> list[Alarm]:
    """Silences without a letter, and those whose letter has surely not left and may be tried.

    Orders that came again are no news any more; that the program slept stays true.
    """
    standing = {_name(alarm): alarm for alarm in found}
    due = [alarm for name, alarm in standing.items() if outbox.letter(name) is None]
    for letter in outbox.waiting(LetterKind.NOTICE):
        alarm = read_alarm(letter.frozen_figures)
        if alarm.silence is Silence.WAS_ASLEEP and synced and not alarm.over:
            alarm = replace(alarm, seen_at=rest.now, over=True)
        is_news = alarm.silence is Silence.WAS_ASLEEP or letter.statement_id in standing
        if is_news and _may_be_tried(letter, rest.known.programme, rest.now):
            due.append(alarm)
    return due


def _may_be_tried(letter: Letter, programme: Programme, now: datetime) -> bool:
    """Whether a letter that has not left may leave now; at another address it may at once."""
    if letter.state is LetterState.FROZEN or letter.to_address != programme.owner_email:
        return True
    rested = letter.at is None or abs(now - letter.at) >= timedelta(hours=RETRY_HOURS)
    return rested and letter.attempts < ATTEMPTS_MAX


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


def _line(alarm: Alarm, state: LetterState, reason: str, programme: Programme) -> str:
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
    return _said(f"notice_{state}", programme, about=about, why=why.rstrip("."))


def _impossible(stop: Stop, programme: Programme) -> str:
    return _said("notice_impossible", programme, why=stop_says(stop, programme.language))


def _said(code: str, programme: Programme, **values: object) -> str:
    return say(NOTICES, code, params(**values), programme.language)

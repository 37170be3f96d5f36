"""How does the owner get ten lines on Mondays? Worked out, frozen in the outbox, and sent once.

The letter is known by its week, `owner:week:2026-W46`, so all runs name it alike: one that is
late, doubled or killed finds it in the outbox. What was missed is not made up for: only the last
week that is over is told of.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.addresses import Sender, needed_sender, parse_from
from tracker.choices import Mail
from tracker.due import Tried
from tracker.notices import Notice, Told
from tracker.out_path import writing_to
from tracker.outbox import Outbox
from tracker.outgoing import NOT_SENT, Letter, LetterKind, LetterState
from tracker.paying import doubtful
from tracker.problems import Stop, params
from tracker.programme import Programme
from tracker.running import Rest, Workplace
from tracker.sentences import reason_says, say, split_reason, stop_says
from tracker.sentences.notices import NOTICES
from tracker.sentences.weekly import WEEK_SAID
from tracker.weeks import Week, finished_week, told_from

if TYPE_CHECKING:  # hardly any run has this letter to write, and need not pay for the imports
    from tracker.envelopes import Rendered
    from tracker.week_book import WeekBook

_ASKED = frozenset({"time_zone", "currency", "owner_digest", "owner_email", "statement_time"})
"""Settings that say whether, when and of what a week is told: no letter follows from a guess."""


def weekly_letter(
    place: Workplace, rest: Rest, *, sleep: Callable[[float], None] = time.sleep
) -> Told:
    """Write to the owner of the last week that is over, once; give what to print.

    Due from `statement_time` on the Monday after it. Call it while holding `store.writing`, with
    the book after a good sync. Nothing is done without owner_email, owner_digest and live mail,
    or while a setting it rests on cannot be read. A letter that was surely refused is tried again
    as it was frozen, hourly for a day and then daily, until the next week's takes its place.
    Raises Stop as the outbox does; trouble with the mail is only said.
    """
    week = due_week(rest.known.programme, rest.now)
    if week is None:
        return Told()
    place.outbox.settle()  # what a killed run left may leave again, where the owner allows it
    programme, kept = rest.known.programme, place.outbox.letter(_name(week))
    # A clock that was put back a little must not begin to tell of the weeks before the last told.
    later = place.outbox.letter(_name(week.back(-1)))
    if kept is None and (later is not None or _before_the_book(week, rest)):
        return Told()
    if kept is not None and not _may_leave(kept, programme):
        return Told()
    if kept is not None and not _may_be_tried(kept, programme, rest.now):
        return Told(rests=True)
    from tracker.postman import deliver
    from tracker.smtp import open_transport

    try:
        sender = needed_sender(programme.mail_from)
        transport = open_transport(place.smtp_url, sender.address)
    except Stop as stop:
        return Told((_impossible(stop, week, programme),))
    addresses = (sender.address, programme.owner_email)
    with transport:
        if kept is None or (kept.from_address, kept.to_address) != addresses:
            words = week_words(rest, place.outbox, week)
            kept = place.outbox.freeze(_drawn_up(words, rest, week, sender))
        pause, copies = programme.mail_pause, programme.mail_unknown.copies
        (fate,) = deliver([kept], place.outbox, transport, pause, sleep, copies)
    return Told((_line(week, fate.state, fate.reason, programme),))


def due_week(programme: Programme, now: datetime) -> Week | None:
    """The week whose letter is due; None while there is none to send. `now` is aware."""
    wanted = programme.owner_email and programme.owner_digest and programme.mail is Mail.LIVE
    if not wanted or programme.unreadable & _ASKED:
        return None
    week = finished_week(programme, now)
    return week if now >= told_from(week, programme) else None


def _before_the_book(week: Week, rest: Rest) -> bool:
    """Whether nothing is known of the week or of any before it: no order, no partner, no code."""
    from tracker.week_book import placed

    history, orders = (*rest.known.history, *rest.plan.history), rest.plan.books.orders
    known = [one.noted_at for one in history]
    known += [order.lines[0].noted_at for order in orders.values() if order.lines]
    known += [one.at for one in placed(orders)[:1]]
    return min(known, default=rest.now) >= week.end(rest.known.programme)


def preview_week(place: Workplace, rest: Rest, folder: Path) -> list[Path]:
    """Write the letter about the last week that is over as .html, and as .eml; nothing is sent.

    None at all while owner_digest is off; the .eml only where there is an owner_email.
    Raises Stop when the folder is not writable.
    """
    programme = rest.known.programme
    if not programme.owner_digest:
        return []
    week = finished_week(programme, rest.now)
    stem = folder / f"owner-{week.name}"
    words = week_words(rest, place.outbox, week)
    contents = {stem.with_suffix(".html"): words.html.encode("utf-8")}
    if programme.owner_email:
        sender = parse_from(programme.mail_from)
        letter = _drawn_up(words, rest, week, sender if isinstance(sender, Sender) else None)
        contents[stem.with_suffix(".eml")] = letter.content
    with writing_to(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in contents.items():
            path.write_bytes(content)
    return list(contents)


def week_words(rest: Rest, outbox: Outbox, week: Week) -> Rendered:
    """Say a week in words, by the book as it stands."""
    from tracker.weekly import digest
    from tracker.weekly_words import render_week

    return render_week(digest(week_book(rest, outbox), week), rest.known.programme)


def week_book(rest: Rest, outbox: Outbox) -> WeekBook:
    """Gather what the digest is worked out from."""
    from tracker.papers import missing_papers
    from tracker.week_book import WeekBook

    known, books = rest.known, rest.plan.books
    payouts = tuple(books.payouts())
    today = known.programme.local_date(rest.now)
    return WeekBook(
        programme=known.programme,
        now=rest.now,
        orders=books.orders,
        lines=books.lines,
        payouts=payouts,
        partners=known.partners,
        codes=known.codes,
        history=(*known.history, *rest.plan.history),
        doubtful=doubtful(rest),
        problems=len(set(rest.problems)),
        letters_unknown=outbox.count(LetterState.UNKNOWN, datetime.min.replace(tzinfo=UTC)),
        documents=sum(1 for one in missing_papers(payouts, known) if one.ask_on <= today),
    )


def _name(week: Week) -> str:
    return f"{LetterKind.OWNER}:week:{week.name}"


def _may_leave(letter: Letter, programme: Programme) -> bool:
    """Whether it has not left; one that may have left goes to its own address again or nowhere."""
    here = letter.to_address == programme.owner_email
    return letter.may_leave(programme.mail_unknown.copies) and (here or letter.state in NOT_SENT)


def _may_be_tried(letter: Letter, programme: Programme, now: datetime) -> bool:
    """Whether a letter that has not left may leave now; at another address it may at once."""
    first = datetime.fromisoformat(json.loads(letter.frozen_figures)["first"])
    before = Tried(letter.to_address, first, letter.at)
    return letter.state is LetterState.FROZEN or before.is_time(programme.owner_email, now)


def _drawn_up(words: Rendered, rest: Rest, week: Week, sender: Sender | None) -> Letter:
    """Draw the letter up: the same words at the same time are the same bytes.

    Without a sender it can be looked at, and never be mailed.
    """
    from tracker.envelopes import address_of, build, sender_of

    programme = rest.known.programme
    name = _name(week)
    texts = (name, programme.owner_email, words.subject, words.text, words.html)
    digest = hashlib.sha256("\x1f".join(texts).encode("utf-8")).hexdigest()[:24]
    built = build(
        words,
        f"wk.{digest}",
        sender_of(programme.mail_from if sender else "", programme.program_name),
        address_of("", programme.owner_email),
        rest.now.astimezone(programme.zone).replace(microsecond=0),
    )
    said = {"week": week.name, "first": rest.now.isoformat(), "text": words.text}
    return Letter(
        kind=LetterKind.OWNER,
        statement_id=name,
        partner_id="",
        month="",
        from_address=sender.address if sender else "",
        to_address=programme.owner_email,
        message_id=built.message_id,
        content=built.raw,
        frozen_figures=json.dumps(said, ensure_ascii=False, separators=(",", ":")),
    )


def _line(week: Week, state: LetterState, reason: str, programme: Programme) -> Notice:
    """Say what became of the letter, without anybody's address."""
    language = programme.language
    code, values = split_reason(reason)
    # Some reasons speak of a partner's address, and this letter is the owner's.
    why = say(NOTICES, code, values, language) if code in NOTICES else reason_says(reason, language)
    says = _said(f"week_{state}", programme, week=week.name, why=why.rstrip("."))
    return Notice(says, code if state is LetterState.REFUSED else "")


def _impossible(stop: Stop, week: Week, programme: Programme) -> Notice:
    why = stop_says(stop, programme.language)
    return Notice(_said("week_impossible", programme, week=week.name, why=why), stop.code)


def _said(code: str, programme: Programme, **values: object) -> str:
    return say(WEEK_SAID, code, params(**values), programme.language)

"""How do letters about single events reach partners? Worked out, frozen in the outbox, and sent.

A letter is frozen under its event's name before it leaves, so a run that is killed, late or doubled
finds it there. The book knows nothing of these letters: what was told once stands in the outbox.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.addresses import Sender, needed_sender, parse_from
from tracker.due import RETRY, Tried
from tracker.languages import UNWRITABLE, folders
from tracker.layout import Tab
from tracker.news import due_news
from tracker.news.events import News
from tracker.open_letters import told
from tracker.out_path import writing_to
from tracker.outbox import Outbox
from tracker.outgoing import Letter, LetterKind, LetterState
from tracker.paying import doubtful
from tracker.problems import Problem, Stop, params
from tracker.running import Rest, Workplace
from tracker.sentences import reason_says, stop_says

if TYPE_CHECKING:  # hardly any run has a letter to send, and every run pays for what it imports
    from tracker.postman import Fate


@dataclass(frozen=True, slots=True)
class Waiting:
    """The letters that are news: those that may be tried now, and those that rest till later."""

    due: tuple[News, ...] = ()
    resting: tuple[News, ...] = ()

    def key(self, outbox: Outbox) -> str:
        """Stand for what is due now: another one after each try of one of the letters."""
        if not self.due:
            return ""
        kept = ((one, outbox.letter(one.name)) for one in self.due)
        texts = (
            f"{one.name} {one.partner.email} {0 if letter is None else letter.attempts}"
            for one, letter in kept
        )
        return sha256("\n".join(texts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the letters that were tried, and what a person must know of it."""

    fates: tuple[Fate, ...] = ()
    problems: tuple[Problem, ...] = ()
    unmade: tuple[str, ...] = ()
    """Names of the letters that cannot be written."""

    @property
    def nothing_left(self) -> bool:
        """Whether there were letters and the server took none: it is down, no address is wrong."""
        from tracker.postman import none_taken

        return none_taken(self.fates)


def waiting_news(place: Workplace, rest: Rest, *, patient: bool = True) -> Waiting:
    """Tell which letters are news and have not left; sends nothing and imports nothing slow.

    One that was refused is tried again every hour for a day and then daily, at another address at
    once; not `patient` it is tried now. To an address that sends letters back nothing is sent.
    """
    outbox, known = place.outbox, rest.known
    copies = known.programme.mail_unknown.copies
    found = due_news(
        known,
        rest.plan.books,
        rest.now,
        told(outbox, copies),
        noted=rest.plan.history,
        doubtful=doubtful(rest),
    )
    closed = outbox.closed_addresses() if found else frozenset()
    due: list[News] = []
    resting: list[News] = []
    for one in found:
        kept = outbox.letter(one.name)
        open_ = one.partner.email.lower() not in closed
        now = kept is None or not patient or _may_be_tried(kept, one, rest)
        (due if open_ and now else resting).append(one)
    return Waiting(tuple(due), tuple(resting))


def _may_be_tried(letter: Letter, news: News, rest: Rest) -> bool:
    """Whether a letter that may still leave may be tried now. The outbox counts tries, not times.

    One that may have left goes to the address it was written to, or nowhere.
    """
    if letter.state is LetterState.FROZEN or letter.at is None:
        return True
    if letter.state is LetterState.UNKNOWN and letter.to_address != news.partner.email:
        return False
    before = Tried(letter.to_address, letter.at - RETRY * (letter.attempts - 1), letter.at)
    return before.is_time(news.partner.email, rest.now)


def send_news(
    place: Workplace,
    rest: Rest,
    *,
    patient: bool = True,
    sleep: Callable[[float], None] = time.sleep,
) -> Written:
    """Send every letter that is due, each once. Call it while holding `store.writing`.

    `rest` is the book at rest. Nothing is opened or imported when nothing is due.
    A letter that cannot be written is left out, by name. Raises Stop when mail is not live, or
    there is no sender or server, or the folder of letters is away.
    """
    programme = rest.known.programme
    programme.mail.refuse_unless_live()
    folders()
    place.outbox.settle()  # what a killed run left may leave again, where the owner allows it
    due = waiting_news(place, rest, patient=patient).due
    if not due:
        return Written()
    from tracker.postman import deliver
    from tracker.smtp import open_transport

    sender = needed_sender(programme.mail_from)
    with open_transport(place.smtp_url, sender.address) as transport:
        letters, unmade = _frozen(place.outbox, due, rest, sender)
        copies = programme.mail_unknown.copies
        fates = deliver(letters, place.outbox, transport, programme.mail_pause, sleep, copies)
    problems = (*_problems(fates, rest), *unmade)
    names = tuple(dict(one.params)["letter"] for one in unmade)
    return Written(tuple(fates), problems, names)


def _frozen(
    outbox: Outbox, due: Iterable[News], rest: Rest, sender: Sender
) -> tuple[list[Letter], list[Problem]]:
    """Freeze the letters that can be written; name the others."""
    letters: list[Letter] = []
    unmade: list[Problem] = []
    for one in due:
        try:
            letters.append(outbox.freeze(_letter(one, rest, sender)))
        except Stop as stop:
            if stop.code not in UNWRITABLE:
                raise
            partner, why = one.partner, stop_says(stop, rest.known.programme.language)
            unmade.append(
                Problem(
                    tab=Tab.PARTNERS.value,
                    cell=partner.cell,
                    code="news_unmade",
                    params=params(partner=partner.partner_id, letter=one.name, why=why),
                    key=partner.partner_id,
                )
            )
    return letters, unmade


def _letter(news: News, rest: Rest, sender: Sender) -> Letter:
    from tracker.news_letters import freeze_news

    built = freeze_news(news, rest.known.programme, sender)
    return Letter(
        kind=LetterKind(news.kind.value),
        statement_id=news.name,
        partner_id=news.partner.partner_id,
        month="",
        from_address=sender.address,
        to_address=news.partner.email,
        message_id=built.message_id,
        content=built.raw,
        frozen_figures=news.figures(),
    )


def _problems(fates: Iterable[Fate], rest: Rest) -> Iterable[Problem]:
    language = rest.known.programme.language
    for fate in fates:
        if fate.state is LetterState.SENT:
            continue
        partner = rest.known.partners.get(fate.partner_id)
        why = reason_says(fate.reason, language).rstrip(".")
        said = params(partner=fate.partner_id, letter=fate.statement_id, why=why)
        unknown = fate.state is LetterState.UNKNOWN
        yield Problem(
            tab=Tab.PARTNERS.value,
            cell="" if partner is None else partner.cell,
            code="news_unknown" if unknown else "news_refused",
            params=said,
            key=fate.partner_id,
        )


def preview_news(found: Iterable[News], rest: Rest, folder: Path) -> list[Path]:
    """Write each letter as .html and .eml; nothing is sent or kept.

    Written twice, the files are the same to the byte. Raises Stop when the folder is not writable.
    """
    from tracker.news_letters import freeze_news, render_news

    programme = rest.known.programme
    sender = parse_from(programme.mail_from)
    files: list[Path] = []
    with writing_to(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for one in found:
            stem = folder / _file_name(one.name)
            page, letter = (stem.with_name(f"{stem.name}.{end}") for end in ("html", "eml"))
            page.write_bytes(render_news(one, programme).html.encode())
            mine = sender if isinstance(sender, Sender) else None
            letter.write_bytes(freeze_news(one, programme, mine).raw)
            files += [page, letter]
    return files


def _file_name(name: str) -> str:
    """A letter's name as a file's: no slashes or colons; a long or odd one ends in its hash."""
    import re

    plain = re.sub(r"[^\w.+-]+", "_", name.replace(":", "-"))
    if plain == name.replace(":", "-") and len(plain) <= 100:
        return plain
    return f"{plain[:100]}-{sha256(name.encode()).hexdigest()[:8]}"

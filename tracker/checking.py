"""Is everything in order? What the doctor looked at, what wants a person, and what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.book.reports import in_order
from tracker.layout import Tab, title_of
from tracker.problems import Problem, Stop
from tracker.reviewing import review
from tracker.running import Rest, Workplace, look, refuse_restored
from tracker.sentences import reason_says, stop_says
from tracker.sentences.commands import CHECKED

# A workbook is read and written whole; beyond this the owner should think of a database.
LEDGER_ROWS_ADVISED = 15_000


@dataclass(frozen=True, slots=True)
class Findings:
    """What `check` prints."""

    language: str
    lines: tuple[str, ...]
    problems: tuple[Problem, ...]
    wants_a_person: bool


def findings(place: Workplace) -> Findings:
    """Read everything and verify it; write nothing. Raises Stop when the book cannot be read."""
    refuse_restored(place.store)
    rest, log = _looked(place)
    programme = rest.known.programme
    language = programme.language
    books = rest.plan.books
    waiting = review(books.orders)
    problems = tuple(in_order(rest.problems))
    lines = len(books.lines)
    said = [
        _say("access", language),
        _say("settings", language, count=len(programme.unreadable)),
        _log_line(place, language),
        *([stop_says(log, language)] if log is not None else []),
        _say("mail", language, mail=programme.mail.value),
        _say("ledger", language, orders=len(books.orders), lines=lines, aside=len(books.aside)),
    ]
    if lines > LEDGER_ROWS_ADVISED:
        said.append(_say("size", language, lines=lines, advised=LEDGER_ROWS_ADVISED))
    if waiting:
        tab = title_of(Tab.REVIEW, language)
        said.append(_say("review", language, count=len(waiting), tab=tab))
        said += [f"  {item.about}: {reason_says(item.reason, language)}" for item in waiting]
    said.append(_say("problems", language, count=len(problems)))
    wanted = bool(waiting or problems or log is not None)
    if not wanted:
        said.append(_say("fine", language))
    return Findings(language, tuple(said), problems, wanted)


def _looked(place: Workplace) -> tuple[Rest, Stop | None]:
    """Look at the book with what its log brought, in memory; without, when no log can be read."""
    try:
        return look(place, brought=True), None
    except Stop as stop:
        if not stop.code.startswith("log_"):
            raise
        return look(place), stop


def _say(code: str, language: str, **values: object) -> str:
    return CHECKED[code][language == "ru"].format(**values)


def _log_line(place: Workplace, language: str) -> str:
    """Name the logs; a token or password in an address is not shown."""
    shown = re.sub(r"//[^/@\s]*@", "//", place.order_log)
    return _say("log", language, log=shown)

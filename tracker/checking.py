"""Is everything in order? What the doctor looked at, what wants a person, and what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.book.reports import in_order
from tracker.layout import Tab, title_of
from tracker.owners_money import OWN_SOURCES
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
    rest, stops = _looked(place)
    programme = rest.known.programme
    language = programme.language
    books = rest.plan.books
    waiting = review(books.orders)
    problems = tuple(in_order(rest.problems))
    lines = len(books.lines)
    orders = sum(1 for key in books.orders if key[0] not in OWN_SOURCES)
    said = [
        _say("access", language),
        _say("settings", language, count=len(programme.unreadable)),
        _log_line(place, language),
        *(stop_says(stop, language) for stop in stops),
        _say("mail", language, mail=programme.mail.value),
        _say("ledger", language, orders=orders, lines=lines, aside=len(books.aside)),
    ]
    if lines > LEDGER_ROWS_ADVISED:
        said.append(_say("size", language, lines=lines, advised=LEDGER_ROWS_ADVISED))
    if waiting:
        tab = title_of(Tab.REVIEW, language)
        said.append(_say("review", language, count=len(waiting), tab=tab))
        said += [f"  {item.about}: {reason_says(item.reason, language)}" for item in waiting]
    said.append(_say("problems", language, count=len(problems)))
    wanted = bool(waiting or problems or stops)
    if not wanted:
        said.append(_say("fine", language))
    return Findings(language, tuple(said), problems, wanted)


def _looked(place: Workplace) -> tuple[Rest, list[Stop]]:
    """Look at the book with what its log brought, in memory.

    A log that cannot be read, or a clock far from the book's lines, would stop a sync: both are
    findings here, and the rest is looked at all the same.
    """
    stops: list[Stop] = []
    for brought, clock_is_right in ((True, False), (False, False), (True, True)):
        try:
            return look(place, brought=brought, clock_is_right=clock_is_right), stops
        except Stop as stop:
            if not stop.code.startswith(("log_", "clock_")):
                raise
            if stop.code not in {one.code for one in stops}:
                stops.append(stop)
    return look(place, clock_is_right=True), stops


def _say(code: str, language: str, **values: object) -> str:
    return CHECKED[code][language == "ru"].format(**values)


def _log_line(place: Workplace, language: str) -> str:
    """Name the logs; a token or password in an address is not shown."""
    shown = re.sub(r"//[^/@\s]*@", "//", place.order_log)
    return _say("log", language, log=shown)

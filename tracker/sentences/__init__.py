"""How is it said? Codes with parameters become sentences in English or Russian.

Three catalogues: `problems` (Problem.code), `reasons` (why an order counts or not) and `stops`
(why a run ended). Each maps a code to (English, Russian); parameters stand in braces.
"""

from __future__ import annotations

from functools import lru_cache

from tracker.layout import find_tab, heading_of
from tracker.problems import Params, Problem, Stop
from tracker.sentences.addresses import ADDRESS_PROBLEMS
from tracker.sentences.bank import BANK_PROBLEMS, BANK_STOPS
from tracker.sentences.bank_files import BANK_FILE_PROBLEMS, BANK_FILE_STOPS
from tracker.sentences.book_problems import BOOK_PROBLEMS
from tracker.sentences.clock import CLOCK_STOPS
from tracker.sentences.coding import CODE_STOPS
from tracker.sentences.copying import COPY_STOPS
from tracker.sentences.decisions import DECISIONS
from tracker.sentences.deliveries import DELIVERY_PROBLEMS
from tracker.sentences.doctor import DOCTOR
from tracker.sentences.google import GOOGLE
from tracker.sentences.held_back import HELD_BACK_PROBLEMS
from tracker.sentences.leads import LEAD_PROBLEMS, LEAD_REASONS, LEAD_STOPS
from tracker.sentences.lettering import LETTER_STOPS
from tracker.sentences.logs import LOG_PROBLEMS
from tracker.sentences.mail import MAIL_PROBLEMS, MAIL_STOPS
from tracker.sentences.news import NEWS_PROBLEMS
from tracker.sentences.owing import OWING_PROBLEMS, OWING_REASONS
from tracker.sentences.paying import PAY_PROBLEMS, PAY_STOPS
from tracker.sentences.people import PEOPLE_STOPS
from tracker.sentences.pulling import PULLING_STOPS
from tracker.sentences.rate_words import worded
from tracker.sentences.reasons import REASONS as EVENTS
from tracker.sentences.receiver import RECEIVER_STOPS
from tracker.sentences.revising import REVISING_STOPS
from tracker.sentences.rules import RULE_PROBLEMS, RULE_REASONS
from tracker.sentences.runs import RUNS
from tracker.sentences.stops import STOPS as BOOK_STOPS
from tracker.sentences.touching import TOUCH_PROBLEMS, TOUCH_REASONS
from tracker.sentences.trying import TRY_STOPS

Catalogue = dict[str, tuple[str, str]]
PROBLEMS: Catalogue = {
    **BOOK_PROBLEMS,
    **LOG_PROBLEMS,
    **ADDRESS_PROBLEMS,
    **DELIVERY_PROBLEMS,
    **MAIL_PROBLEMS,
    **NEWS_PROBLEMS,
    **PAY_PROBLEMS,
    **BANK_PROBLEMS,
    **BANK_FILE_PROBLEMS,
    **HELD_BACK_PROBLEMS,
    **RULE_PROBLEMS,
    **TOUCH_PROBLEMS,
    **OWING_PROBLEMS,
    **LEAD_PROBLEMS,
}
REASONS: Catalogue = {
    **EVENTS,
    **DECISIONS,
    **RULE_REASONS,
    **TOUCH_REASONS,
    **OWING_REASONS,
    **LEAD_REASONS,
}
STOPS: Catalogue = {
    **BOOK_STOPS,
    **RUNS,
    **GOOGLE,
    **COPY_STOPS,
    **RECEIVER_STOPS,
    **PULLING_STOPS,
    **CLOCK_STOPS,
    **MAIL_STOPS,
    **LETTER_STOPS,
    **PAY_STOPS,
    **BANK_STOPS,
    **BANK_FILE_STOPS,
    **REVISING_STOPS,
    **CODE_STOPS,
    **TRY_STOPS,
    **LEAD_STOPS,
    **PEOPLE_STOPS,
}
LANGUAGES = ("en", "ru")
REASONS_KEPT = 2_000
"""Reasons written and read once: of one code all orders of a day have the same."""


def say(catalogue: Catalogue, code: str, values: Params, language: str) -> str:
    """Fill a sentence in; an unknown code is said as its code and parameters, never a crash."""
    pair = catalogue.get(code)
    if pair is None:
        return " ".join([code, *(f"{name}={value}" for name, value in values)])
    text = pair[LANGUAGES.index(language)] if language in LANGUAGES else pair[0]
    words = dict(worded(values, language))
    try:
        return text.format(**words)
    except KeyError:
        return text.format_map(_Lenient(words))


class _Lenient(dict[str, str]):
    """A missing parameter shows as its name in braces instead of ending the run."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def problem_says(problem: Problem, language: str) -> str:
    """Say a problem as one sentence with its remedy; in Russian a column by its Russian heading."""
    values, tab = problem.params, find_tab(problem.tab)
    if tab is not None and language == "ru":
        values = tuple(
            (name, _quoted(heading_of(tab, value, language)) if name == "column" else value)
            for name, value in values
        )
    return say(PROBLEMS, problem.code, values, language)


def _quoted(heading: str) -> str:
    return f"«{heading}»"


@lru_cache(maxsize=REASONS_KEPT)
def reason_says(reason: str, language: str) -> str:
    """Say a reason written as `code name=value ...` (values percent-encoded) as a sentence."""
    code, values = split_reason(reason)
    return say(REASONS, code, values, language)


def stop_says(stop: Stop, language: str) -> str:
    """Say why a run ended, and what to do."""
    return say(STOPS, stop.code, stop.params, language)


def doctor_says(code: str, values: Params, language: str) -> str:
    """Say what the doctor found, with its remedy."""
    return say(DOCTOR, code, values, language)


@lru_cache(maxsize=REASONS_KEPT)
def join_reason(code: str, values: Params) -> str:
    """Write a reason as one line of text that `split_reason` reads back."""
    return " ".join([code, *(f"{name}={_quote(value)}" for name, value in values)])


@lru_cache(maxsize=REASONS_KEPT)
def split_reason(reason: str) -> tuple[str, Params]:
    """Read a reason's code and parameters back from its text."""
    code, *pairs = reason.split(" ") if reason else [""]
    found = (pair.partition("=") for pair in pairs)
    return code, tuple((name, _unquote(value)) for name, _, value in found)


def _quote(value: str) -> str:
    return value.replace("%", "%25").replace(" ", "%20").replace("\n", "%0A")


def _unquote(value: str) -> str:
    return value.replace("%0A", "\n").replace("%20", " ").replace("%25", "%")

"""What does the owner's Monday letter say, word for word? Codes and figures become a letter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date

from tracker.envelopes import Rendered, fill
from tracker.money import Money
from tracker.programme import Programme
from tracker.sentences import LANGUAGES
from tracker.sentences.plurals import Counted
from tracker.sentences.weekly import WEEK_TITLES, WEEKLY
from tracker.templating import Told
from tracker.week_book import Line, Value, line
from tracker.weekly import SMELLS, Digest
from tracker.weeks import Week
from tracker.wording import NO_BREAK, Formatter, formatter, plain, worded

NAME_CHARACTERS_MAX = 40


def render_week(digest: Digest, programme: Programme) -> Rendered:
    """Say a week in words, in the programme's language."""
    language = programme.language if programme.language in LANGUAGES else LANGUAGES[0]
    return fill("owner_week", language, tell_week(digest, programme, language))


def tell_week(digest: Digest, programme: Programme, language: str) -> dict[str, Told]:
    """Prepare all that the templates may say."""
    say = formatter(language)
    titles = [worded(WEEK_TITLES[one], language) for one in digest.left_out]
    return {
        "program": plain(programme.program_name),
        "zone": plain(programme.time_zone),
        "week": days_of(digest.week, language),
        "orders": said(line("count_orders", orders=digest.orders), say),
        "quiet": digest.orders == 0,
        "lines": [
            {
                "title": worded(WEEK_TITLES[about], language),
                "says": said(one, say),
                "smells": about in SMELLS,
            }
            for about, one in digest.lines
        ],
        "left_out": ", ".join(one[:1].lower() + one[1:] for one in titles),
    }


def days_of(week: Week, language: str) -> str:
    """`October 12–18, 2026`, `12–18 октября 2026 г.`, `26 октября – 1 ноября 2026 г.`.

    Babel's own intervals shorten the month. The spaces do not break.
    """
    first, last = week.monday, week.sunday
    whole, same_month, same_year = _SPANS[language]
    if first.year != last.year:
        text = f"{_day(first, whole, language)} – {_day(last, whole, language)}"
    elif first.month != last.month:
        text = f"{_day(first, same_year, language)} – {_day(last, whole, language)}"
    else:
        text = _day(last, same_month.replace("#", str(first.day)), language)
    return text.replace(" ", NO_BREAK)


_SPANS = {
    "en": ("MMMM d, y", "MMMM '#–'d, y", "MMMM d"),
    "ru": ("d MMMM y 'г'.", "'#–'d MMMM y 'г'.", "d MMMM"),
}
"""Patterns of Unicode CLDR: a whole day, a span within a month, a day without its year."""


def _day(day: date, pattern: str, language: str) -> str:
    return format_date(day, pattern, locale=language)


def said(one: Line, say: Formatter) -> str:
    """Say one line, or one item of a list; an item's values are said first."""
    values: Mapping[str, object] = {name: _shown(value, say) for name, value in one.values.items()}
    text = worded(WEEKLY[one.code], say.language).format_map(values)
    return text.replace(" — ", f"{NO_BREAK}— ")  # a dash never begins a line


def _shown(value: Value | Line | Money, say: Formatter) -> object:
    """Write a value for its sentence; text that somebody typed never acts as a template."""
    if isinstance(value, int):
        return Counted(value)
    if isinstance(value, tuple):
        between = "; " if all(isinstance(one, Line) for one in value) else ", "
        return between.join(str(_shown(one, say)) for one in value)
    if isinstance(value, Line):
        return said(value, say)
    if isinstance(value, Money):
        return say.money(value.minor, value.currency)
    return say.long_day(value) if isinstance(value, date) else _short(plain(value))


def _short(text: str) -> str:
    if len(text) <= NAME_CHARACTERS_MAX:
        return text
    return f"{text[: NAME_CHARACTERS_MAX - 1].rstrip()}…"

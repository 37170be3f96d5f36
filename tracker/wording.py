"""How are sums, dates and rates written for people, in the language of a letter?

Babel is asked once per language and currency for the pattern; every sum after that is put
together from whole minor units, so a letter costs no Babel call per cell and is exact for any size.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import get_currency_symbol

from tracker.languages import ENGLISH, own_word
from tracker.money import CURRENCIES, NotAnAmount, exponent, from_decimal, read_machine
from tracker.problems import Stop
from tracker.sentences import LANGUAGES
from tracker.sentences.rate_words import PER_ITEM, rate_said

MINUS = "\u2212"
NO_BREAK = "\u00a0"

_PERCENT = re.compile(r"(?P<number>[0-9]{1,15}(\.[0-9]{1,8})?) ?%")
_FIXED = re.compile(r"(?P<sum>[0-9.]{1,25}) (?P<currency>[A-Z]{3})")


@dataclass(frozen=True, slots=True)
class _Pattern:
    """How a sum of one currency looks: what stands before and after, and the marks between."""

    before: str
    after: str
    group: str
    point: str
    places: int


class Formatter:
    """Writes money, dates, months and rates in one language; take one from `formatter`.

    How days are written stands in the language's `words.toml`; the rest is CLDR's. Raises Stop
    `words_unreadable` for a pattern that writes no day.
    """

    __slots__ = ("_days", "_group", "_locale", "_patterns", "_percent", "_point", "language")

    def __init__(self, language: str, days: tuple[str, ...]) -> None:
        self.language = language
        self._locale = _locale(language)
        marks = self._locale.number_symbols["latn"]
        self._point, self._group = str(marks["decimal"]), str(marks["group"])
        self._percent = str(self._locale.percent_formats[None].suffix[0])
        self._patterns: dict[str, _Pattern] = {}
        self._days = days
        for name, pattern in zip(_DAYS, days, strict=True):
            try:
                format_date(date(2026, 10, 5), pattern, locale=self._locale)
            except (ValueError, KeyError, AttributeError, NotImplementedError, TypeError):
                why = f"dates.{name}: {pattern}"
                raise Stop("words_unreadable", file=f"{language}/words.toml", why=why) from None

    @property
    def point(self) -> str:
        """The mark before decimals: a point or a comma."""
        return self._point

    def money(self, minor: int, currency: str) -> str:
        """Write minor units of an ISO 4217 currency: `1 234,50 ₽`, `$1,234.50`, `−¥5`.

        Spaces inside a sum never break. An unknown currency is written with two decimals.
        """
        pattern = self._patterns.get(currency) or self._derive(currency)
        digits = str(abs(minor)).rjust(pattern.places + 1, "0")
        whole, part = digits, ""
        if pattern.places:
            whole, part = digits[: -pattern.places], pattern.point + digits[-pattern.places :]
        if len(whole) > 3:
            whole = f"{int(whole):,}".replace(",", pattern.group)
        sign = MINUS if minor < 0 else ""
        return f"{sign}{pattern.before}{whole}{part}{pattern.after}"

    def whole(self, number: int) -> str:
        """Write a whole number: `12 345`, `12,345`."""
        sign = MINUS if number < 0 else ""
        return sign + f"{abs(number):,}".replace(",", self._group)

    def day(self, on: date) -> str:
        """Write a date for a table: `Oct 5, 2026`, `05.10.2026`."""
        return _day(self._locale, on, self._days[0])

    def long_day(self, on: date) -> str:
        """Write a date for a sentence: `October 5, 2026`, `5 октября 2026 г.`."""
        return _day(self._locale, on, self._days[1])

    def month(self, month: str) -> str:
        """Write a month `2026-10` as it stands alone: `October 2026`, `октябрь 2026`.

        Raises ValueError when it is no such month.
        """
        return _day(self._locale, date.fromisoformat(f"{month}-01"), self._days[2])

    def short_month(self, month: str) -> str:
        """Write a month for a table: `Oct 2026`, `окт. 2026`. Raises ValueError as `month`."""
        return _day(self._locale, date.fromisoformat(f"{month}-01"), self._days[3])

    def rate(self, rate: str) -> str:
        """Write a rate as kept (`15%`, `12.5%`, `500.00 RUB`, `10.00 RUB/item`).

        Anything else stays as it is.
        """
        if rate.endswith(PER_ITEM):
            return rate_said(self.rate(rate.removesuffix(PER_ITEM)) + PER_ITEM, self.language)
        percent = _PERCENT.fullmatch(rate)
        if percent:
            return percent["number"].replace(".", self._point) + self._percent
        fixed = _FIXED.fullmatch(rate)
        if fixed is None or fixed["currency"] not in CURRENCIES:
            return rate
        try:
            minor = from_decimal(read_machine(fixed["sum"]), fixed["currency"])
        except NotAnAmount:
            return rate
        return self.money(minor, fixed["currency"])

    def currency(self, code: str) -> str:
        """Name a currency as a title: `US Dollar (USD)`, `Российский рубль (RUB)`."""
        name = str(self._locale.currencies.get(code, ""))
        return f"{name[0].upper()}{name[1:]} ({code})" if name else code

    def _derive(self, currency: str) -> _Pattern:
        """Ask Babel how this currency looks, once; decimals are those of `money.exponent`."""
        shape = self._locale.currency_formats["standard"]
        symbol = get_currency_symbol(currency, locale=self._locale)
        before, after = (side.replace("¤", symbol) for side in (shape.prefix[0], shape.suffix[0]))
        # CLDR keeps letters and digits apart (`RUB 5`, not `RUB5`); Babel leaves that to us.
        if before[-1:].isalpha():
            before += NO_BREAK
        pattern = _Pattern(before, after, self._group, self._point, exponent(currency))
        self._patterns[currency] = pattern
        return pattern


_DAYS = {"day": "medium", "long_day": "long", "month": "LLLL y", "short_month": "LLL y"}
"""How a language writes days that does not say so itself."""


def formatter(language: str) -> Formatter:
    """Give the formatter of a language; of English for one that CLDR does not know.

    Raises Stop `words_unreadable`, `templates_missing`.
    """
    patterns = ((name, own_word("dates", name, language)) for name in _DAYS)
    return _formatter(language, tuple(own or _DAYS[name] for name, own in patterns))


@lru_cache(maxsize=32)
def _formatter(language: str, days: tuple[str, ...]) -> Formatter:
    return Formatter(language, days)


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return Locale.parse(ENGLISH)


def worded(pair: tuple[str, str], language: str) -> str:
    """Pick the language of an (English, Russian) pair; English for one that is not known."""
    return pair[LANGUAGES.index(language)] if language in LANGUAGES else pair[0]


def plain(text: str) -> str:
    """Make typed text safe to stand on one line: no line breaks, no unseen control characters.

    Everything a person can see stays as typed, markup and braces too.
    """
    seen = text if text.isprintable() else "".join(map(_seen, text))
    return " ".join(filter(None, seen.split(" ")))


def _seen(character: str) -> str:
    """Turn controls, line and paragraph ends into a space, and drop marks that reorder text."""
    category = unicodedata.category(character)
    if category in {"Cc", "Zl", "Zp"}:
        return " "
    if category == "Cs":
        return "\ufffd"
    return "" if unicodedata.bidirectional(character) in _REORDERING else character


_REORDERING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


@lru_cache(maxsize=4096)
def _day(locale: Locale, on: date, pattern: str) -> str:
    return format_date(on, pattern, locale=locale).replace(" ", NO_BREAK)

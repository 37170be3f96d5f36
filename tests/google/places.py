"""How do people of a locale write numbers and dates?

Learned from: a locale is set per spreadsheet and rules what FORMATTED_VALUE gives and what
USER_ENTERED understands [disc, SpreadsheetProperties.locale]; ru_RU writes a decimal comma, a
no-break space between thousands and d.m.y [issues in shared/sheets.md 1.4]; other locales of the
table [inferred from CLDR].
"""

from __future__ import annotations

from dataclasses import dataclass

NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Place:
    """Marks of a locale: decimal, thousands (the first is written), date, and its pattern."""

    decimal: str
    thousands: str
    date_mark: str
    date: str
    day_first: bool
    true: str = "TRUE"
    false: str = "FALSE"


_RU = Place(",", NBSP + " ", ".", "dd.mm.yyyy", day_first=True, true="ИСТИНА", false="ЛОЖЬ")
_EN = Place(".", ",", "/", "m/d/yyyy", day_first=False)
_PLACES = {
    "en_US": _EN,
    "en_GB": Place(".", ",", "/", "dd/mm/yyyy", day_first=True),
    "ru_RU": _RU,
    "uk_UA": Place(",", NBSP + " ", ".", "dd.mm.yyyy", day_first=True),
    "de_DE": Place(",", ".", ".", "dd.mm.yyyy", day_first=True),
    "fr_FR": Place(",", NBSP + " ", "/", "dd/mm/yyyy", day_first=True),
}


def place(locale: str) -> Place:
    """Give the marks of a locale; an unknown one is taken for en_US."""
    return _PLACES.get(locale, _EN)


def decimal_comma(locale: str) -> bool:
    return place(locale).decimal == ","

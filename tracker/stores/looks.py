"""How does a book look and help, whatever holds it? Colours, formats, words and check formulas."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tracker.cells import Cell
from tracker.layout import (
    LAYOUT,
    SETTINGS,
    Choice,
    Column,
    Kind,
    Owner,
    SettingSpec,
    Tab,
    TabSpec,
    known_columns,
    letter,
    title_of,
)
from tracker.problems import Stop

CHECKED_ROWS = 1_000
OUR_HEADINGS_MIN = 4

FORMATS = {Kind.AMOUNT: "#,##0.00", Kind.NUMBER: "0", Kind.DATE: "yyyy-mm-dd"}
FORMATS |= {Kind.CHECK: "General"}
"""Every other kind is text, so that `007`, `1E5` and `15%` stay as they were typed."""

DATE_FORMAT = "yyyy-mm-dd"
TIME_FORMAT = "yyyy-mm-dd hh:mm:ss"
AMOUNT_FORMAT, FINE_AMOUNT = "#,##0.00", "#,##0.00##"
_NO_LETTERS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_OF_A_DAY = re.compile("[dmyhs]", re.IGNORECASE)

RIGHT = frozenset({Kind.AMOUNT, Kind.NUMBER, Kind.DATE})
"""Kinds at the right of their cells; their headings stand over the values."""

COLOURS = {
    Owner.OWNER: "C6E0B4",
    Owner.INBOX: "BDD7EE",
    Owner.LEDGER: "D9D9D9",
    Owner.REPORT: "FFE699",
}
GREEN, DARK_GREEN = "C6EFCE", "006100"
RED, DARK_RED = "FFC7CE", "9C0006"
FINE = {"en": "ok", "ru": "ок"}


def format_for(column: str, value: Cell, usual: str) -> str:
    """Choose the number format of a cell from that of its column.

    `usual` is what such a column has in a new book.
    """
    if isinstance(value, datetime):
        return TIME_FORMAT
    if isinstance(value, date):
        return column if shows_days(column) else DATE_FORMAT
    if isinstance(value, Decimal) and shows_days(column):
        # A column that was moved or formatted by hand: a sum that looks like a day is read as one.
        column = usual
    if isinstance(value, Decimal) and column == AMOUNT_FORMAT and value != round(value, 2):
        return FINE_AMOUNT
    return column


def shows_days(code: str) -> bool:
    """Whether a number format shows days or times; its words in quotes are no part of that."""
    return _OF_A_DAY.search(_NO_LETTERS.sub("", code.partition(";")[0])) is not None


@dataclass(frozen=True, slots=True)
class ProblemsAt:
    """Where the `check` formulas look: the title of Problems and two of its columns."""

    title: str
    says: str
    lookup: str

    def area(self, name: str) -> str:
        """Name a whole column of Problems as a formula does; the title may hold any sign."""
        quoted = self.title.replace("'", "''")
        return f"'{quoted}'!${name}:${name}"


def problems_at(title: str, places: Mapping[str, int]) -> ProblemsAt:
    """Say where the formulas look, given the places (from 0) of the columns of Problems."""
    return ProblemsAt(title, letter(places["says"]), letter(places["lookup"]))


def places_after(tab: Tab, headings: Sequence[Cell], used: int) -> dict[str, int]:
    """Say where each column of ours will stand (from 0) once those that lack are added.

    They come at the right end in the layout's order, behind every heading and behind the `used`
    columns: an owner's column may have no heading.
    """
    known = known_columns(tab, headings)
    lacking = [column.key for column in LAYOUT[tab].columns if column.key not in known]
    width = max([used, *(index for index, text in enumerate(headings, 1) if text)])
    return known | {key: index for index, key in enumerate(lacking, width)}


def check_formula(
    spec: TabSpec, places: Mapping[str, int], row: int, language: str, at: ProblemsAt, mark: str
) -> str:
    """Write the formula that says a row's problem, or that it is fine, or nothing.

    `places` are those of the tab's columns (from 0); a row is empty when nothing stands left of
    its check. `mark` parts arguments: a comma in a workbook's XML, a semicolon in Google Sheets.
    """
    filled = f"COUNTA(A{row}:{letter(places['check'] - 1)}{row})"
    key = sought(spec.tab, f"{letter(places[spec.key_column])}{row}", mark)
    match = f"MATCH({key}{mark}{at.area(at.lookup)}{mark}0)"
    found = f"INDEX({at.area(at.says)}{mark}{match})"
    return f'=IF({filled}=0{mark}""{mark}IFERROR({found}{mark}"{FINE[language]}"))'


def sought(tab: Tab, cell: str, mark: str) -> str:
    """Write what a row's problem is looked up by, as `tracker.layout.lookup` spells it.

    A date is a number to one program and its own words to another, so a tab that is kept by dates
    spells them as digits: 20261007.
    """
    spec, key = LAYOUT[tab], cell
    for sign in "~*?":
        # MATCH and COUNTIF read these as wildcards, and a code may have them.
        key = f'SUBSTITUTE({key}{mark}"{sign}"{mark}"~{sign}")'
    key = f"TRIM({key})"
    if spec.column(spec.key_column).kind is Kind.DATE:
        key = f"IFERROR(YEAR({cell})*10000+MONTH({cell})*100+DAY({cell}){mark}{key})"
    return f'"{tab.value}|"&{key}'


def check_conditions(name: str, mark: str) -> tuple[str, str]:
    """Write when a check is green and when it is red, for row 2 of the column `name`."""
    either = mark.join(f'${name}2="{word}"' for word in FINE.values())
    return f"OR({either})", f"AND(LEN(${name}2)>0{mark}NOT(OR({either})))"


def heading_of(column: Column, language: str) -> str:
    """Give a column's heading."""
    return column.ru if language == "ru" else column.key


def note_of(column: Column, language: str) -> str:
    """Give the note at a column's heading."""
    return column.note_ru if language == "ru" else column.note_en


def meaning_of(setting: SettingSpec, language: str) -> str:
    """Give what a setting means."""
    return setting.meaning_ru if language == "ru" else setting.meaning_en


def words_of(choices: Iterable[Choice], language: str) -> list[str]:
    """Give the words of a drop-down."""
    return [one.ru if language == "ru" else one.en for one in choices]


def lacking_settings(keys: Iterable[object]) -> list[SettingSpec]:
    """Give the settings that have no row, however their keys are typed."""
    present = {str(key or "").strip().casefold() for key in keys}
    return [setting for setting in SETTINGS if setting.key not in present]


def refuse_alien(tab: Tab, title: str, headings: Sequence[object], *, blank: bool) -> None:
    """Refuse to take a tab of the owner's own for one that we write over or append to.

    Raises Stop `tab_not_ours` for a ledger or report tab that holds something and has few of our
    headings: it only bears the same name.
    """
    spec = LAYOUT[tab]
    ours = len(known_columns(tab, headings)) >= min(OUR_HEADINGS_MIN, len(spec.columns))
    if spec.owner in {Owner.LEDGER, Owner.REPORT} and not (blank or ours):
        raise Stop("tab_not_ours", tab=title)


def language_among(titles: Collection[str], asked: str) -> str:
    """Keep to the language of the tabs that are there, so that a book does not mix two."""
    for language in ("ru", "en"):
        if any(title_of(tab, language) in titles for tab in Tab):
            return language
    return asked

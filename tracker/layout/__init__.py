"""Which tabs and columns has the book? Titles and headings in both languages, kinds of cell.

`python -m tracker.layout` prints sheets_layout.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from tracker.layout.decided import DECIDED_TABS
from tracker.layout.inbox import INBOX_TABS
from tracker.layout.ledger import LEDGER_TABS
from tracker.layout.owner import OWNER_TABS
from tracker.layout.printed import layout_text
from tracker.layout.report import REPORT_TABS
from tracker.layout.settings import SETTINGS, default_of
from tracker.layout.spec import Choice, Column, Kind, Owner, SettingSpec, Tab, TabSpec
from tracker.problems import Stop

__all__ = [
    "LAYOUT",
    "SETTINGS",
    "Choice",
    "Column",
    "Kind",
    "Owner",
    "SettingSpec",
    "Tab",
    "TabSpec",
    "address",
    "choice_value",
    "columns_of",
    "default_of",
    "find_tab",
    "heading_of",
    "known_columns",
    "letter",
    "lookup",
    "print_layout",
    "title_of",
]

_TABS = OWNER_TABS + DECIDED_TABS + INBOX_TABS + LEDGER_TABS + REPORT_TABS
_SPECS = {spec.tab: spec for spec in _TABS}
LAYOUT: Mapping[Tab, TabSpec] = MappingProxyType({tab: _SPECS[tab] for tab in Tab})

_YES = frozenset({"yes", "y", "true", "1", "да", "истина"})
_NO = frozenset({"no", "n", "false", "0", "нет", "ложь"})


def _folded(text: str) -> str:
    """Bring a title, heading or choice to the form in which two spellings are one."""
    return " ".join(text.casefold().replace("ё", "е").split())


_TITLES = {_folded(title): tab for tab, spec in LAYOUT.items() for title in (tab, spec.ru)}


_HEADINGS = {
    tab: {_folded(word): column.key for column in spec.columns for word in (column.key, column.ru)}
    for tab, spec in LAYOUT.items()
}


def find_tab(title: str) -> Tab | None:
    """Find the tab that a title names in either language, whatever its case and blanks."""
    return _TITLES.get(_folded(title))


def title_of(tab: Tab, language: str) -> str:
    """Give the title of a tab in that language (`ru`, else English)."""
    return LAYOUT[tab].ru if language == "ru" else tab.value


def heading_of(tab: Tab, key: str, language: str) -> str:
    """Give the heading of a column in that language; what is no column stays as it is."""
    found = next((column for column in LAYOUT[tab].columns if column.key == key), None)
    return key if found is None or language != "ru" else found.ru


@lru_cache(maxsize=256)
def _places(tab: Tab, headings: tuple[object, ...]) -> dict[str, list[int]]:
    """Where each known heading stands, counted from 0; more than one place when doubled."""
    keys = _HEADINGS[tab]
    found: dict[str, list[int]] = {}
    for index, heading in enumerate(headings):
        key = keys.get(_folded(heading)) if isinstance(heading, str) else None
        if key is not None:
            found.setdefault(key, []).append(index)
    return found


def known_columns(tab: Tab, headings: Sequence[object]) -> dict[str, int]:
    """Map column keys to indices (from 0) as far as headings allow; refuses nothing."""
    return {key: places[0] for key, places in _places(tab, tuple(headings)).items()}


def columns_of(tab: Tab, headings: Sequence[object], title: str) -> dict[str, int]:
    """Map column keys to indices (from 0); unknown headings are the owner's and left out.

    Raises Stop `heading_doubled` or `heading_missing`, naming the tab by its `title` and the cell.
    """
    return dict(_columns(tab, tuple(headings), title))


@lru_cache(maxsize=256)
def _columns(tab: Tab, headings: tuple[object, ...], title: str) -> dict[str, int]:
    """What `columns_of` says; a tab is read many times, and its headings seldom change."""
    found = _places(tab, headings)
    expected = 0
    for column in LAYOUT[tab].columns:
        places = found.get(column.key, [])
        if len(places) == 1:
            expected = places[0] + 1
            continue
        named = {"tab": title, "heading": column.key, "heading_ru": column.ru}
        if places:
            cells = {"first": address(places[0], 1), "cell": address(places[1], 1)}
            raise Stop("heading_doubled", **named, **cells)
        if not LAYOUT[tab].optional(column.key):
            raise Stop("heading_missing", **named, cell=address(expected, 1))
    return {key: places[0] for key, places in found.items()}


def letter(index: int) -> str:
    """Name a column by its letters: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def address(index: int, row: int) -> str:
    """Name a cell: column 2 (from 0) in row 5 is C5."""
    return f"{letter(index)}{row}"


def lookup(tab: Tab, key: str) -> str:
    """Make the text by which a row's `check` formula finds its problem: `Partners|ivan`.

    Blanks are folded as the formula's TRIM folds them.
    """
    return f"{tab.value}|{' '.join(part for part in key.split(' ') if part)}"


def choice_value(column: Column | SettingSpec, text: str) -> str | None:
    """Give the model's word for what was chosen in either language; None when it is no choice."""
    word = _folded(text).replace("_", " ")
    if isinstance(column, Column) and column.kind is Kind.YES_NO:
        if word in _YES:
            return "yes"
        return "no" if word in _NO else None
    for choice in column.choices:
        if word in {_folded(choice.en).replace("_", " "), _folded(choice.ru)}:
            return choice.en
    return None


def print_layout() -> str:
    """Write the layout as Markdown: the content of sheets_layout.md."""
    return layout_text(LAYOUT.values(), SETTINGS)

"""How is a rule changed for a trial? A cell of an owner tab is typed over, in memory only.

The changed tabs are read by the same readers as the book, so a value that would be a problem in
its cell is refused here with the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from tracker.book.policy_rows import APPROVE_ON
from tracker.book.reading import read_book
from tracker.cells import Cell, shown
from tracker.known import Known
from tracker.layout import LAYOUT, SETTINGS, Tab, known_columns
from tracker.policy import POLICY_KEYS
from tracker.problems import Problem, Stop
from tracker.programme import HistoryLine, normal_code
from tracker.sentences import problem_says
from tracker.stores import SheetRow, Snapshot, Table

TABS = {"partner": Tab.PARTNERS, "code": Tab.CODES, "rule": Tab.RULES, "tier": Tab.TIERS}
_ADDED = frozenset({Tab.SETTINGS, Tab.RULES, Tab.TIERS})
"""Tabs to which a trial may add a row: a rule that is not there yet is what one wants to try."""
_CELL = re.compile(r"(partner|code|rule|tier)\.(.+=.*)", re.DOTALL)
_COLUMN = re.compile(r"\.([^.=\s]+)=")
_SETTING = re.compile(r"([^=]+?)\s*=(.*)", re.DOTALL)
_NOT_MONEY = frozenset({"hold_days", "note", "check"})
_SETTING_KEYS = POLICY_KEYS.union(
    "currency time_zone rate base two_codes self_purchase cash_orders".split()
)
"""Settings that decide whose an order is, or what it earns."""
_LEDGERS = (
    *(Tab.JOURNAL, Tab.COMMISSIONS, Tab.PAYOUTS, Tab.STATEMENTS, Tab.WEBHOOK_LOG),
    *(Tab.ADJUSTMENTS, Tab.RUNS),
)


@dataclass(frozen=True, slots=True)
class Change:
    """One `--set`: the row and column it types over, and the words it was asked in."""

    tab: Tab
    key: str
    column: str
    value: str
    typed: str


def read_change(typed: str) -> Change:
    """Understand `rate=12%`, `partner.ivan.rate=20%`, `code.IVAN01.rate=`, `rule.10.sku=TEA`.

    Raises Stop for a key that is none, with the nearest that is one.
    """
    cell = _CELL.fullmatch(typed)
    if cell is not None:
        return _cell_change(TABS[cell[1]], cell[2], typed)
    setting = _SETTING.fullmatch(typed)
    if setting is None:
        raise Stop("try_not_a_change", typed=typed)
    key = setting[1].strip()
    if key not in _SETTING_KEYS and not APPROVE_ON.fullmatch(key):
        idle = key in {spec.key for spec in SETTINGS}
        like = _nearest(key, sorted(_SETTING_KEYS))
        raise Stop("try_setting_idle" if idle else "try_setting_unknown", key=key, like=like)
    return Change(Tab.SETTINGS, key, "value", setting[2].strip(), typed)


def _cell_change(tab: Tab, rest: str, typed: str) -> Change:
    """Part `IVAN01.rate=15%`; a key may have points and equals signs of its own."""
    names = [one.key for one in LAYOUT[tab].columns if one.key not in _NOT_MONEY]
    places = [found for found in _COLUMN.finditer(rest) if found.start()]
    if not places:
        raise Stop("try_not_a_change", typed=typed)
    found = next((one for one in places if one[1] in names), places[0])
    if found[1] not in names:
        like = _nearest(found[1], names)
        raise Stop("try_column_unknown", typed=typed, tab=tab.value, like=like)
    return Change(tab, rest[: found.start()], found[1], rest[found.end() :].strip(), typed)


def _nearest(word: str, names: Sequence[str]) -> str:
    return next(iter(get_close_matches(word, names, 1, 0.0)), "")


def changed(snapshot: Snapshot, known: Known, changes: Iterable[Change], secret: bytes) -> Known:
    """What the book would tell with these cells typed over; its ledgers are as they were read.

    Raises Stop for a row that is not there, and for a value that its reader refuses.
    """
    changes = list(changes)
    tables = dict(snapshot.tables)
    for change in changes:
        tables[change.tab] = _typed_over(tables[change.tab], change)
    before = read_book(replace(snapshot, tables=_slim(snapshot.tables)), secret)
    after = read_book(replace(snapshot, tables=_slim(tables)), secret)
    _refuse(set(after.problems), {_plain(one) for one in before.problems}, changes, known)
    told = {
        name: getattr(after, name)
        for name in "programme partners codes rules tiers fx links clicks leads unreadable".split()
    }
    return replace(known, **told, history=_history(known, changes))


def without_ledgers(snapshot: Snapshot) -> Snapshot:
    """The same without the rows of ledgers, which cost the most to read."""
    return replace(snapshot, tables=_slim(snapshot.tables))


def _slim(tables: Mapping[Tab, Table]) -> dict[Tab, Table]:
    return {tab: replace(t, rows=()) if tab in _LEDGERS else t for tab, t in tables.items()}


def _typed_over(table: Table, change: Change) -> Table:
    columns = known_columns(change.tab, table.headings)
    headings = list(table.headings)
    for key in (LAYOUT[change.tab].key_column, change.column):
        if key not in columns:  # a column that came after the book was made
            columns[key] = len(headings)
            headings.append(key)
    key_at, at = columns[LAYOUT[change.tab].key_column], columns[change.column]
    rows = list(table.rows)
    name = _name(change.tab, change.key)
    places = [n for n, row in enumerate(rows) if _name(change.tab, _cell(row, key_at)) == name]
    if not places:
        if change.tab not in _ADDED:
            keys = sorted({_cell(row, key_at) for row in rows} - {""})
            like = _nearest(change.key, keys)
            raise Stop("try_row_unknown", typed=change.typed, tab=change.tab.value, like=like)
        last = max((row.number for row in rows), default=1)
        cells: list[Cell] = [None] * len(headings)
        cells[key_at] = change.key
        rows.append(SheetRow(last + 1, cells))
        places = [len(rows) - 1]
    for place in places:
        wide = [*rows[place].cells, *[None] * (len(headings) - len(rows[place].cells))]
        wide[at] = change.value or None
        rows[place] = SheetRow(rows[place].number, wide)
    return replace(table, headings=headings, rows=rows)


def _cell(row: SheetRow, index: int) -> str:
    return shown(row.cells[index]).strip() if index < len(row.cells) else ""


def _name(tab: Tab, key: str) -> str:
    return normal_code(key) if tab is Tab.CODES else key.strip()


_Plain = tuple[str, str, object, str]


def _plain(problem: Problem) -> _Plain:
    return problem.tab, problem.code, problem.params, problem.key


def _refuse(
    after: Iterable[Problem], before: set[_Plain], changes: Sequence[Change], known: Known
) -> None:
    """Raise Stop for the first problem that a change brought, in the words of the tab Problems."""
    brought = sorted((one for one in after if _plain(one) not in before), key=lambda one: one.cell)
    for change in changes:
        for one in brought:
            mine = one.tab == change.tab.value and _name(change.tab, one.key) == _name(
                change.tab, change.key
            )
            if mine:
                says = problem_says(one, known.programme.language)
                raise Stop("try_value", typed=change.typed, says=says)
    if brought:
        says = problem_says(brought[0], known.programme.language)
        raise Stop("try_value", typed=", ".join(one.typed for one in changes), says=says)


def _history(known: Known, changes: Iterable[Change]) -> tuple[HistoryLine, ...]:
    """Code history, without the past of codes and partners whose owner or state is tried."""
    codes = {
        normal_code(one.key)
        for one in changes
        if one.tab is Tab.CODES and one.column in {"partner_id", "status"}
    }
    partners = {one.key for one in changes if one.tab is Tab.PARTNERS and one.column == "status"}
    return tuple(
        line
        for line in known.history
        if not (normal_code(line.code) in codes if line.code else line.partner_id in partners)
    )

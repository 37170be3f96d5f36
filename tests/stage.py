"""How is a story played? Its tables are typed into a real book, and real runs follow."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.storybook import ZONE, Grid, Page, Step, Unclear, drawn
from tests.world import NOON, World
from tracker.cells import Cell, shown
from tracker.correcting import correct
from tracker.customers import email_key, phone_key
from tracker.layout import LAYOUT, Kind, Tab, find_tab, known_columns
from tracker.mailing import send
from tracker.money import decimal_text, from_decimal

_GIVEN, _THEN = "Given", "Then"
_KEY_OF = "key of "
_STATEMENTS = re.compile(r"the statements of (\d{4}-\d\d) are sent")
_CORRECTED = re.compile(r"the statement of (\w+) for (\d{4}-\d\d) is corrected")


class Stage(World):
    """A world with nobody in it yet; letters land in a folder."""

    def __init__(self, letters: Path) -> None:
        super().__init__(NOON)
        for tab in (Tab.PARTNERS, Tab.CODES):
            self.store.book.sheets[tab].rows.clear()
        self.edit(Tab.SETTINGS, "mail", "value", "live")
        self.edit(Tab.SETTINGS, "mail_from", "value", "Shop <shop@example.com>")
        self.place = replace(self.place, smtp_url=f"folder:{letters}")

    def play(self, page: Page) -> list[str]:
        """Play all steps; what the book says otherwise than the page, as lines of a diff."""
        said: list[str] = []
        for step in page.steps:
            if step.what == _THEN:
                said += [line for grid in step.grids for line in self._differences(grid)]
            elif step.what == _GIVEN:
                self._typed(step)
            else:
                self._passes(step)
        return said

    def _passes(self, step: Step) -> None:
        if step.at is None:
            raise Unclear(f"when? {step.what}")
        self.now = step.at
        sent, again = _STATEMENTS.fullmatch(step.what), _CORRECTED.fullmatch(step.what)
        happens: dict[str, Callable[[Step], object]] = {
            "orders arrive": self._arrive,
            "the owner types": self._typed,
            "the owner changes": self._changed,
            "the owner deletes": self._deleted,
            "payouts are proposed": lambda _step: self.propose(),
            "a sync runs": lambda _step: None,
        }
        if sent:
            with self.store.writing(1):
                send(self.place, sent[1], sleep=lambda _seconds: None)
        elif again:
            with self.store.writing(1):
                correct(self.place, again[1], again[2], sleep=lambda _seconds: None)
        elif step.what in happens:
            happens[step.what](step)
        else:
            raise Unclear(f"what happens? {step.what}")
        self.sync()
        if self.sync().committed:
            raise Unclear("the second sync wrote something")

    def _arrive(self, step: Step) -> None:
        for row in (row for grid in step.grids for row in grid.records()):
            fields: dict[str, Any] = {name: text for name, text in row.items() if text}
            if "body" in fields:
                self.land(json.loads(row["body"]), source=row["source"])
                continue
            fields = {"ordered_at": self.now.isoformat(), "codes": None} | fields
            if fields["codes"] == "(none)":
                fields["codes"] = []
            self.deliver(str(fields.pop("order_id")), **fields)

    def _typed(self, step: Step) -> None:
        for grid in step.grids:
            tab = _tab(grid)
            _known(grid, tab)
            for row in grid.records():
                if tab is Tab.SETTINGS:
                    self._set(row["setting"], row["value"])
                else:
                    self.type(tab, **{name: self._cell(text) for name, text in row.items()})

    def _set(self, key: str, value: str) -> None:
        """Change a setting, or add the row of one shop's own (`approve_on_woocommerce`)."""
        try:
            self.edit(Tab.SETTINGS, key, "value", value)
        except StopIteration:
            self.type(Tab.SETTINGS, setting=key, value=value)

    def _cell(self, text: str) -> str | None:
        """What is typed; `key of a@example.com` is the key of that customer."""
        contact = text.removeprefix(_KEY_OF)
        if contact == text:
            return text or None
        secret = self.place.secret
        return email_key(secret, contact) or phone_key(secret, contact, "RUB")

    def _changed(self, step: Step) -> None:
        for grid in step.grids:
            tab = _tab(grid)
            for row in grid.records():
                LAYOUT[tab].column(row["column"])
                sheet = self.store.book.sheets[tab]
                place = known_columns(tab, sheet.headings)[row["column"]]
                self._find(tab, row["row"])[place] = row["value"] or None

    def _deleted(self, step: Step) -> None:
        for grid in step.grids:
            sheet = self.store.book.sheets[_tab(grid)]
            gone = [self._find(_tab(grid), row["row"]) for row in grid.records()]
            sheet.rows[:] = [row for row in sheet.rows if not any(row is one for one in gone)]

    def _find(self, tab: Tab, key: str) -> list[Cell]:
        """The row of that key, or the n-th for `#n`."""
        if key.startswith("#"):
            return self.store.book.sheets[tab].rows[int(key[1:]) - 1]
        return self._row(tab, key)

    def _differences(self, grid: Grid) -> list[str]:
        tab = _tab(grid)
        _known(grid, tab)
        rows = (tuple(_text(tab, row, c) for c in grid.columns) for row in self.rows(tab))
        found = Grid(tab.value, grid.columns, tuple(sorted(rows)))
        wanted = Grid(tab.value, grid.columns, tuple(sorted(grid.rows)))
        if found == wanted:
            return []
        return [f"{tab.value}: - as the page says, + as the book says", *_diff(wanted, found)]


def _diff(wanted: Grid, found: Grid) -> Iterator[str]:
    # Drawn together, so that a wider cell does not make every line differ.
    both = drawn(Grid("", wanted.columns, (*wanted.rows, *found.rows)))
    head, rows = both[:2], both[2:]
    said, stands = rows[: len(wanted.rows)], rows[len(wanted.rows) :]
    yield from (f"  {line}" for line in head)
    yield from (line for line in difflib.ndiff(said, stands) if not line.startswith("?"))


def _tab(grid: Grid) -> Tab:
    tab = find_tab(grid.name)
    if tab is None:
        raise Unclear(f"there is no tab {grid.name!r}")
    return tab


def _known(grid: Grid, tab: Tab) -> None:
    for name in grid.columns:
        LAYOUT[tab].column(name)


def _text(tab: Tab, row: dict[str, Cell], name: str) -> str:
    """A cell as a page shows it: sums with their coins, times in Moscow, reasons by their code."""
    cell, kind = row[name], LAYOUT[tab].column(name).kind
    if isinstance(cell, Decimal) and kind is Kind.AMOUNT:
        currency = shown(row.get("currency")) or "RUB"
        return decimal_text(from_decimal(cell, currency), currency)
    if kind is Kind.TIME and isinstance(cell, str) and "T" in cell:
        return datetime.fromisoformat(cell).astimezone(ZONE).strftime("%Y-%m-%d %H:%M")
    text = shown(cell)
    return text.partition(" ")[0] if name == "reason" and tab is Tab.JOURNAL else text

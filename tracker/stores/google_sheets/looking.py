"""How is the spreadsheet read? Two calls: what it is made of, then what stands in its tabs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.layout import Tab, known_columns
from tracker.problems import Stop
from tracker.stores import Generation, Table
from tracker.stores.google_sheets.cache import Cache, Stamp
from tracker.stores.google_sheets.fence import GENERATION, NONCE, generation_of
from tracker.stores.google_sheets.grid import slips_of
from tracker.stores.google_sheets.reading import (
    LEDGERS,
    Area,
    Grid,
    answers,
    areas_of,
    grid_of,
    heading_area,
    pairs_of,
    question,
    table_of,
)
from tracker.stores.google_sheets.refusals import stop_for
from tracker.stores.google_sheets.seen import Seen
from tracker.stores.google_sheets.standing import FIELDS, HIDDEN, SheetInfo, Standing, read_standing
from tracker.stores.google_sheets.wire import Refused, Wire

TRIES_MAX = 3

Grids = Mapping[int, Grid]


@dataclass(frozen=True, slots=True)
class Glance:
    """What was asked and answered for a read of these tabs that is still to come."""

    wanted: tuple[Tab, ...]
    standing: Standing
    stamp: Stamp | None
    asked: Mapping[int, list[Area]]
    found: Grids


class Reader:
    """Reads one spreadsheet, with the cache where it may."""

    def __init__(self, wire: Wire, cache: Cache, where: str, today: Callable[[], date]) -> None:
        self._wire = wire
        self._cache = cache
        self.where = where
        self._today = today
        self._glanced: Glance | None = None

    def glance(self, tabs: Iterable[Tab]) -> str:
        """Ask all that `look` asks, and tell it apart from any other answer; empty for none.

        Raises Stop as `look`. The `look` at these tabs that comes next asks nothing anew.
        """
        wanted = tuple(tabs)
        standing = self.standing()
        hidden = self._hidden(standing)
        stamp = self._usable(standing)
        asked = self._areas({tab: standing.sheet(tab) for tab in wanted}, hidden, stamp)
        found = self._asked(asked)
        if found is None:
            return ""
        self._glanced = Glance(wanted, standing, stamp, asked, found)
        return repr((self._glanced, self._today()))

    def standing(self) -> Standing:
        """Ask what the spreadsheet is made of. Raises Stop when Google refuses."""
        answer = self._wire.read(fields=FIELDS)
        if isinstance(answer, Refused):
            raise stop_for(answer, email=self._wire.account.email, where=self.where)
        return read_standing(answer)

    def look(self, tabs: Iterable[Tab], *, whole: bool) -> tuple[Seen, dict[Tab, Table]]:
        """Read tabs and the hidden one.

        Raises Stop `book_missing`, `tab_missing`, `google_hidden_missing`, and `still_changing`
        when tabs come and go, or commits land, at every try.
        """
        with self._cache.kept_open():
            return self._looked(tuple(tabs), whole=whole)

    def _looked(self, wanted: tuple[Tab, ...], *, whole: bool) -> tuple[Seen, dict[Tab, Table]]:
        for attempt in range(TRIES_MAX):
            glanced, self._glanced = self._glanced, None
            if whole or (glanced and glanced.wanted != wanted):
                glanced = None
            standing = glanced.standing if glanced else self.standing()
            hidden = self._hidden(standing)
            sheets = {tab: standing.sheet(tab) for tab in wanted}
            stamp = None if whole else glanced.stamp if glanced else self._usable(standing)
            asked = glanced.asked if glanced else self._areas(sheets, hidden, stamp)
            grids = self._grids(sheets, asked, stamp, glanced.found if glanced else None)
            if grids is None:
                continue
            state = pairs_of(grids[hidden.sheet_id])
            generation, mirror = generation_of(standing, state)
            if mirror.number > generation.number:
                # A commit landed between the two calls, and what is kept is older than it.
                if stamp is not None or attempt + 1 < TRIES_MAX:
                    continue
                generation = mirror
            seen = _seen(standing, generation, mirror, state)
            self._keep(seen, sheets, grids, stamp)
            slips = slips_of(standing.locale, self._today())
            tables = {tab: table_of(tab, s, grids[s.sheet_id], slips) for tab, s in sheets.items()}
            seen.headings = {tab: table.headings for tab, table in tables.items()}
            seen.last = {tab: _last(table) for tab, table in tables.items()}
            seen.rewritable = {t: grids[s.sheet_id] for t, s in sheets.items() if t not in LEDGERS}
            return seen, tables
        raise Stop("still_changing")

    def whole(self, sheets: Iterable[SheetInfo]) -> Grids | None:
        """Read sheets whole, nothing left out; None when one of them is gone."""
        asked = {sheet.sheet_id: areas_of(sheet, None) for sheet in sheets}
        return self._asked(asked) if asked else {}

    def _hidden(self, standing: Standing) -> SheetInfo:
        if standing.hidden is not None:
            return standing.hidden
        if not standing.tabs:
            raise Stop("book_missing", path=self.where)
        raise Stop("google_hidden_missing", path=self.where, tab=HIDDEN)

    def _usable(self, standing: Standing) -> Stamp | None:
        """The stamp of the cache while it is of this commit and of today."""
        stamp = self._cache.stamp()
        if stamp is None or not standing.fences or stamp.day != self._today():
            return None
        last = standing.fences[-1]
        return stamp if stamp.generation == Generation(last.number, last.nonce) else None

    def _areas(
        self, sheets: Mapping[Tab, SheetInfo], hidden: SheetInfo, stamp: Stamp | None
    ) -> Mapping[int, list[Area]]:
        """Tell what is to be asked for, by sheet: of ledgers that are kept the headings alone."""
        places = self._cache.check_places()
        asked: dict[int, list[Area]] = {hidden.sheet_id: areas_of(hidden, None)}
        for tab, sheet in sheets.items():
            if stamp is not None and tab in LEDGERS:
                asked[sheet.sheet_id] = [heading_area(sheet)]
            else:
                asked[sheet.sheet_id] = areas_of(sheet, places.get(sheet.sheet_id))
        return asked

    def _grids(
        self,
        sheets: Mapping[Tab, SheetInfo],
        asked: Mapping[int, list[Area]],
        stamp: Stamp | None,
        found: Grids | None,
    ) -> Grids | None:
        """Ask for everything in one call, and again only for what was not where it used to be.

        `found` is the answer to the first of these, where it is known.
        """
        places = self._cache.check_places()
        found = found or self._asked(asked)
        if found is None:
            return None
        grids, moved = dict(found), []
        for tab, sheet in sheets.items():
            grid = grids[sheet.sheet_id]
            if stamp is not None and tab in LEDGERS:
                kept = self._cache.read(tab.value)
                if kept is None or not _same(kept[0], grid.headings):
                    moved.append(sheet)
                else:
                    grids[sheet.sheet_id] = Grid(grid.headings, kept[1])
            elif places.get(sheet.sheet_id) not in {None, _check_place(tab, grid)}:
                moved.append(sheet)
        again = self.whole(moved)
        return None if again is None else {**grids, **again}

    def _asked(self, asked: Mapping[int, list[Area]]) -> Grids | None:
        areas = [area for some in asked.values() for area in some]
        answer = self._wire.read("/values:batchGetByDataFilter", body=question(areas))
        if isinstance(answer, Refused):
            if answer.code == 400:
                return None  # a sheet was deleted, or has fewer rows than a moment ago
            raise stop_for(answer, email=self._wire.account.email, where=self.where)
        found = answers(answer, areas)
        return {sheet_id: grid_of(some, found) for sheet_id, some in asked.items()}

    def _keep(
        self, seen: Seen, sheets: Mapping[Tab, SheetInfo], grids: Grids, stamp: Stamp | None
    ) -> None:
        """Remember what the next read may leave out."""
        checks = {s.sheet_id: _check_place(tab, grids[s.sheet_id]) for tab, s in sheets.items()}
        known = {sheet: place for sheet, place in checks.items() if place is not None}
        if known:
            self._cache.remember_places({**self._cache.check_places(), **known})
        if seen.torn:
            # The fence is still that of rows which a restored version of the tabs has not.
            self._cache.forget()
        if seen.torn or not sheets.keys() >= LEDGERS:
            return
        tables = {tab.value: grids[sheets[tab].sheet_id] for tab in LEDGERS}
        if stamp is not None and all(self._is_kept(name, grid) for name, grid in tables.items()):
            return
        day = self._today() if stamp is None else stamp.day
        kept = {name: (grid.headings, grid.rows) for name, grid in tables.items()}
        self._cache.replace(Stamp(seen.generation, day), kept)

    def _is_kept(self, name: str, grid: Grid) -> bool:
        headings = self._cache.headings(name)
        return headings is not None and _same(headings, grid.headings)


def _seen(
    standing: Standing, generation: Generation, mirror: Generation, state: Mapping[str, str]
) -> Seen:
    own = {key: text for key, text in state.items() if key not in {GENERATION, NONCE}}
    return Seen(standing, generation, mirror, own)


def _last(table: Table) -> int:
    return max((row.number for row in table.rows), default=1)


def _check_place(tab: Tab, grid: Grid) -> int | None:
    return known_columns(tab, grid.headings).get("check")


def _same(kept: Sequence[object], now: Sequence[object]) -> bool:
    """Whether two heading rows are equal; blanks at the end do not count."""
    both = [[text or None for text in texts] for texts in (kept, now)]
    for texts in both:
        while texts and texts[-1] is None:
            texts.pop()
    return both[0] == both[1]

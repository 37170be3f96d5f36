"""Where do the rows live in Google Sheets? In the owner's own spreadsheet, found by its id."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from tracker.layout import Tab
from tracker.problems import Stop
from tracker.sentences.added import added
from tracker.stores import Commit, Generation, Outcome, Snapshot, Traffic, Vitals
from tracker.stores.google_sheets import verifying
from tracker.stores.google_sheets.address import link_to
from tracker.stores.google_sheets.appending import Batch, Placed, advance, batch_of
from tracker.stores.google_sheets.cache import Cache, RawRow
from tracker.stores.google_sheets.fence import following
from tracker.stores.google_sheets.grid import raw_of
from tracker.stores.google_sheets.keys import load_account
from tracker.stores.google_sheets.looking import Reader
from tracker.stores.google_sheets.refusals import (
    MESSAGE_CHARACTERS_MAX,
    requests_index,
    stop_for,
)
from tracker.stores.google_sheets.righting import put_right
from tracker.stores.google_sheets.seen import Seen
from tracker.stores.google_sheets.unsettled import Unsettled
from tracker.stores.google_sheets.wire import Lost, Refused, Wire
from tracker.stores.locks import held
from tracker.stores.remembered import Memory

ROWS_MAX = 2_000
"""Appended rows in one commit: about 2.5 MB of typed cells. Google advises 2, and takes more."""

PERHAPS_OVERTAKEN = frozenset({400, 409})
"""How Google may refuse an id that is taken: the guide says that it does, and not with what."""

LAY_OUT_TRIES_MAX = 3


class GoogleStore:
    """A Google spreadsheet. Rows go in whole or not at all, whatever becomes of the answer.

    Attributes:
        rows_max: how many appended rows one commit may hold.
        state_dir: locks, the cache and the last generation seen.
    """

    rows_max: int | None = ROWS_MAX

    def __init__(
        self, sheet_id: str, key_file: Path | None, state_dir: Path, *,
        today: Callable[[], date], pause: Callable[[float], None] = time.sleep,
    ) -> None:  # fmt: skip
        """`today` tells the day, whose first read is a whole one; `pause` waits for seconds."""
        self.state_dir = state_dir
        self._id = sheet_id
        self._key_file = key_file
        self._today = today
        self._pause = pause
        self._memory = Memory(state_dir / f"{sheet_id}.generation.json")
        self._cache = Cache(state_dir / "cache" / f"{sheet_id}.sqlite3")
        self._seen: Seen | None = None
        self._unsettled = Unsettled(state_dir / f"{sheet_id}.unsettled")
        self._keeps_fences = False

    @property
    def unsettled(self) -> bool:
        """Whether a batch was sent from here whose end nobody saw."""
        return self._unsettled.there

    def settle(self) -> None:
        """Note that nothing is open any more."""
        self._unsettled.clear()

    @property
    def generation(self) -> Generation | None:
        """That of the last read or commit made through this object."""
        return None if self._seen is None else self._seen.generation

    @property
    def traffic(self) -> Traffic:
        """Calls and bytes so far."""
        return self._wire.traffic

    def read(self, tabs: Iterable[Tab], *, whole: bool = True) -> Snapshot:
        """Read the tabs asked for, wherever they are and whatever they are called by now.

        Raises Stop with what to do about it.
        """
        self._seen, tables = self._reader.look(tabs, whole=whole)
        return Snapshot(self._seen.generation, tables, dict(self._seen.state))

    def glance(self) -> str:
        """Give a digest of all that Google tells just now, of the cache's age, and of `.tracker`.

        The two calls of a read are made, and a read that comes next needs none.
        """
        seen = self._reader.glance(Tab)
        if not seen:
            return ""
        told = (seen, self._memory.recall())
        return sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()

    def commit(self, commit: Commit) -> Outcome:
        """Send one batch that lands only on the generation `commit.base`.

        Raises Stop for a refusal that reading again would not change; nothing is written then.
        """
        seen = self._ready(commit)
        if seen is None or commit.base != seen.generation:
            return Outcome.CONFLICT
        now, drops = int(time.time()), not self._keeps_fences
        batch = batch_of(commit, seen, following(seen.generation), now, drops=drops)
        with self._unsettled.sending() as ended:
            answer = self._wire.write(batch.body(), verifying.FIELDS)
            if isinstance(answer, Lost):
                self._seen = None
                return Outcome.UNKNOWN
            if isinstance(answer, Refused):
                ended.known = True
                return self._refused(answer, seen, batch)
            self._refuse_older(answer, seen, batch)
            wrong = verifying.misplaced(answer, batch)
            if wrong:
                self._seen = None
                outcome = put_right(self._wire, self._reader, self._memory, batch, wrong, seen)
                ended.known = True
                return outcome
            ended.known = True
        self._landed(seen, batch, commit)
        return Outcome.DONE

    def lay_out(self, language: str) -> Sequence[str]:
        """Add the tabs, headings and settings that are missing; say what was added."""
        from tracker.stores.google_sheets.founding import founded

        lost: Sequence[str] = ()
        plain = ""
        for _ in range(LAY_OUT_TRIES_MAX):
            made = founded(self._reader, language, int(time.time()))
            if made is None:
                continue
            batch, said, current = made
            if not batch.requests:
                # After a lost answer nothing may be missing any more: it had landed.
                return said or lost
            was_behind = self._memory.is_ahead_of(current)
            if plain:
                batch.undecorate()
            answer = self._wire.write(batch.body(), "spreadsheetId")
            if isinstance(answer, Refused):
                if batch.is_decoration(requests_index(answer)) and not plain:
                    plain = answer.message[:MESSAGE_CHARACTERS_MAX]
                    continue
                self._refuse_unless_changed(answer, current, batch)
            elif isinstance(answer, Lost):
                lost = said
            else:
                if not was_behind:
                    self._memory.remember(batch.generation)
                self._seen = None
                return [*said, added("plain", language, says=plain)] if plain else said
        raise Stop("answer_lost" if lost else "still_changing")

    @contextmanager
    def writing(self, wait_seconds: float) -> Iterator[bool]:
        """Hold the right to write; False when another run here kept it for `wait_seconds`.

        A run on another machine is not kept out by it, and bounces off the fence.
        """
        with held(self.state_dir / f"{self._id}.run.lock", wait_seconds) as got:
            yield got

    def behind(self) -> bool:
        """Whether the spreadsheet is an older version than was seen from here."""
        if self._seen is None:
            self.read([])
        seen = self._seen
        return seen is not None and (seen.torn or self._memory.is_ahead_of(seen.generation))

    def accept(self) -> None:
        """Go on with the spreadsheet as it is, and forget the newer one that was seen."""
        self._memory.forget()

    def vitals(self) -> Vitals:
        """Tell title, account, locale, zone, size, and what wants a person."""
        from tracker.stores.google_sheets.vitals import vitals_of

        return vitals_of(self._wire, self._reader)

    @cached_property
    def _wire(self) -> Wire:
        return Wire(load_account(self._key_file), self._id, pause=self._pause)

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self._wire, self._cache, link_to(self._id), self._today)

    def _ready(self, commit: Commit) -> Seen | None:
        """Have the headings of every tab that is written to; None when the book has moved on."""
        seen = self._seen
        if seen is None:
            return None
        tabs = (*commit.appends, *commit.reports, *(one.tab for one in commit.erasures))
        missing = [tab for tab in tabs if tab not in seen.headings]
        if not missing:
            return seen
        fresh, _ = self._reader.look({*seen.headings, *missing}, whole=True)
        if fresh.generation != seen.generation:
            return None
        self._seen = fresh
        return fresh

    def _landed(self, seen: Seen, batch: Batch, commit: Commit) -> None:
        base = seen.generation
        advance(seen, batch, commit.state)
        self._cache.advance(base, batch.generation, _raw_rows(batch.placed))
        self._memory.remember(batch.generation)

    def _refuse_older(self, answer: Mapping[str, Any], seen: Seen, batch: Batch) -> None:
        """Stop when the owner put an older version back while the batch was on its way."""
        base = seen.generation
        if not any(fence.number == base.number for fence in seen.standing.fences):
            return
        if verifying.on_older_version(answer, base.number, batch):
            self._seen = None
            # No commit has this number and that nonce: the book is behind until it is accepted.
            self._memory.remember(replace(batch.generation, nonce=base.nonce))
            raise Stop("book_restored")

    def _refused(self, refused: Refused, seen: Seen, batch: Batch) -> Outcome:
        """Tell a conflict from a refusal that stands. Nothing of the batch was applied."""
        self._seen = None
        if batch.is_drop(requests_index(refused)) and not self._keeps_fences:
            # In a copy of a spreadsheet the marks of the original may be there for good.
            self._keeps_fences = True
            return Outcome.CONFLICT
        if refused.code in PERHAPS_OVERTAKEN:
            now = self._reader.standing()
            numbers = [fence.number for fence in now.fences]
            if batch.generation.number in numbers or now.sheets != seen.standing.sheets:
                return Outcome.CONFLICT
        raise self._stop(refused, batch)

    def _refuse_unless_changed(self, refused: Refused, base: Generation, batch: Batch) -> None:
        overtaken = refused.code in PERHAPS_OVERTAKEN
        fences = self._reader.standing().fences if overtaken else ()
        if not any(fence.number > base.number for fence in fences):
            raise self._stop(refused, batch)

    def _stop(self, refused: Refused, batch: Batch) -> Stop:
        email = self._wire.account.email
        where = link_to(self._id)
        return stop_for(refused, email=email, where=where, writing=True, tabs=batch.about)


def _raw_rows(placed: Iterable[Placed]) -> dict[str, list[RawRow]]:
    return {
        one.tab.value: [
            (number, [raw_of(cell) for cell in cells])
            for number, cells in enumerate(one.rows, one.start + 1)
        ]
        for one in placed
        if one.start is not None
    }

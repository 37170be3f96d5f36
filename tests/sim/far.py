"""How does a book far away behave? The store in memory, behind a line on which answers are lost.

Rows, headings and the fence of generations are those of MemoryStore; what is added is the way to
it: calls that are refused, applied without an answer, applied later, or read from an old copy.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

from tests.sim.machine import Machine
from tests.sim.ports import Ports
from tracker.layout import Tab
from tracker.problems import Stop
from tracker.stores import Commit, Generation, Outcome, Snapshot, Traffic, Vitals
from tracker.stores.memory import MemoryBook, MemoryStore, Sheet

OLD_READS = 3
ROBOT = "robot@example.com"
LATE = (1, 2, 3, 6, 20, 60)
"""After how many more calls a write may land that was given up."""


@dataclass
class FarBook:
    """The book itself: its tabs, writes that are still on their way, and what was read of it.

    `landed` are the generations of all commits, in the order in which they landed.
    """

    book: MemoryBook
    late: list[tuple[int, Commit]] = field(default_factory=list)
    read: deque[Snapshot] = field(default_factory=lambda: deque(maxlen=OLD_READS))
    landed: list[Generation] = field(default_factory=list)

    def copy(self) -> FarBook:
        sheets = {
            tab: Sheet(one.title, list(one.headings), [list(row) for row in one.rows])
            for tab, one in self.book.sheets.items()
        }
        book = MemoryBook(sheets, dict(self.book.state), self.book.generation)
        return FarBook(book, list(self.late), deque(self.read, OLD_READS), list(self.landed))

    def land(self, commit: Commit) -> Outcome:
        """Apply a commit as it arrives; the fence decides."""
        outcome = MemoryStore(self.book).commit(commit)
        if outcome is Outcome.DONE:
            self.landed.append(self.book.generation)
        return outcome

    def tick(self) -> None:
        """One more call was made: what is on its way comes nearer."""
        waiting, self.late = self.late, []
        for calls, commit in waiting:
            if calls > 1:
                self.late.append((calls - 1, commit))
            else:
                self.land(commit)

    def settle(self) -> None:
        """Let everything arrive that is still on its way."""
        waiting, self.late = self.late, []
        for _, commit in waiting:
            self.land(commit)


class FarStore:
    """One process's way to the book."""

    def __init__(
        self, far: FarBook, machine: Machine, ports: Ports, rows_max: int | None, late: int
    ) -> None:
        self.far, self.machine, self.ports, self.late = far, machine, ports, late
        self.rows_max = rows_max
        self.generation: Generation | None = None
        self.traffic = Traffic()
        self.state_dir = machine.folder or Path("nowhere")

    @property
    def unsettled(self) -> bool:
        return self.machine.unsettled

    def settle(self) -> None:
        if self.machine.unsettled:
            self.ports.effect("settle", lambda: self._note(open_end=False))

    def read(self, tabs: Iterable[Tab], *, whole: bool = True) -> Snapshot:  # noqa: ARG002
        wanted = tuple(tabs)
        snapshot = self.ports.ask(
            "read",
            lambda: self._read(wanted),
            stale=lambda: self._old(wanted),
            owner=lambda: self._changed(wanted),
            http429=_stopping("google_quota"),
            http500=_stopping("google_unreachable", why="HTTP 500"),
            garbage=_stopping("google_unreachable", why="HTTP 200"),
            reset=_stopping("google_unreachable", why="ConnectionError"),
            revoked=_stopping("google_not_shared", where="the book", email=ROBOT),
        )
        self.generation = snapshot.generation
        return snapshot

    def glance(self) -> str:
        seen = self.read(tuple(Tab))
        told = (seen.generation, seen.tables, sorted(seen.state.items()), self.machine.seen)
        return sha256(repr(told).encode()).hexdigest()

    def commit(self, commit: Commit) -> Outcome:
        if self.generation != commit.base:
            return Outcome.CONFLICT
        self.ports.effect("flag", lambda: self._note(open_end=True))
        self.far.tick()
        outcome = self.ports.effect(
            "commit",
            lambda: self.far.land(commit),
            http429=_stopping("google_quota"),
            http5xx_applied=lambda: self._applied(commit),
            http5xx_lost=lambda: Outcome.UNKNOWN,
            timeout_applied=lambda: self._applied(commit),
            timeout_lost=lambda: Outcome.UNKNOWN,
            timeout_late=lambda: self._sent(commit),
            reset=lambda: Outcome.UNKNOWN,
            garbage=lambda: self._applied(commit),
            revoked=_stopping("google_read_only", where="the book", email=ROBOT),
        )
        if outcome is Outcome.DONE:
            self.generation = self.machine.seen = self.far.landed[-1]
        if outcome is not Outcome.UNKNOWN:
            self.ports.effect("unflag", lambda: self._note(open_end=False))
        return outcome

    def lay_out(self, language: str) -> Sequence[str]:
        return MemoryStore(self.far.book).lay_out(language)

    @contextmanager
    def writing(self, wait_seconds: float) -> Iterator[bool]:  # noqa: ARG002
        self.ports.gate()
        holder = self.machine.holder
        mine = holder is None or holder.dead
        if mine:
            self.machine.holder = self.ports.current
        try:
            yield mine
        finally:
            if mine:
                self.machine.holder = None

    def behind(self) -> bool:
        if self.generation is None:
            self.read([])
        kept, here = self.machine.seen, self.generation
        if kept is None or here is None or here.number > kept.number:
            return False
        return here.number < kept.number or here.nonce != kept.nonce

    def accept(self) -> None:
        self.machine.seen = None

    def vitals(self) -> Vitals:
        return Vitals(name="far")

    def _read(self, tabs: Sequence[Tab]) -> Snapshot:
        self.far.tick()
        snapshot = MemoryStore(self.far.book).read(tabs)
        if len(tabs) > 1:
            self.far.read.append(snapshot)
        return snapshot

    def _old(self, tabs: Sequence[Tab]) -> Snapshot:
        """What a copy of the book says that has not heard of the last commits."""
        old = next((one for one in self.far.read if one.tables.keys() >= set(tabs)), None)
        return self._read(tabs) if old is None else old

    def _changed(self, tabs: Sequence[Tab]) -> Snapshot:
        """Read, and let the owner change the book right afterwards."""
        snapshot = self._read(tabs)
        self.ports.owner_acts()
        return snapshot

    def _applied(self, commit: Commit) -> Outcome:
        self.far.land(commit)
        return Outcome.UNKNOWN

    def _sent(self, commit: Commit) -> Outcome:
        self.far.late.append((self.late, commit))
        return Outcome.UNKNOWN

    def _note(self, *, open_end: bool) -> None:
        self.machine.unsettled = open_end


def _stopping(code: str, **said: str) -> Callable[[], NoReturn]:
    def stops() -> NoReturn:
        raise Stop(code, **said)

    return stops

"""What is a world's book when it is far away and in memory? The quickest of the three."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from functools import cache

from tests.sim.desk import Desk
from tests.sim.far import FarBook, FarStore
from tests.sim.machine import Machine
from tests.sim.ports import Ports
from tests.sim.programme import leave_out_the_usual, type_programme
from tracker.layout import Tab
from tracker.stores import Store
from tracker.stores.memory import MemoryBook, MemoryStore, Sheet


class InMemory:
    """A book for worlds that are made by the thousand."""

    kind = "memory"
    many_machines = True

    def __init__(
        self, far: FarBook | None = None, *, rows_max: int | None = None, late: int = 3
    ) -> None:
        self.far = far or laid_out().copy()
        self.rows_max, self.late = rows_max, late
        self.touched = 0

    @property
    def in_parts(self) -> bool:
        """Whether a commit may come in several parts."""
        return self.rows_max is not None

    def copy(self) -> InMemory:
        other = InMemory(self.far.copy(), rows_max=self.rows_max, late=self.late)
        other.touched = self.touched
        return other

    @contextmanager
    def reachable(self, ports: Ports) -> Iterator[None]:  # noqa: ARG002
        yield

    def store(self, machine: Machine, ports: Ports) -> Store:
        return FarStore(self.far, machine, ports, self.rows_max, self.late)

    def observer(self) -> Store:
        return MemoryStore(self.far.book)

    def stands(self) -> Hashable:
        """Another value after every change of the book."""
        return self.far.book.generation, self.touched

    def number(self) -> int:
        """How many commits the book has had."""
        return self.far.book.generation.number

    def settle(self) -> None:
        self.far.settle()

    # What the owner does.

    def get(self, tab: Tab) -> Sheet:
        one = self.far.book.sheets[tab]
        return Sheet(one.title, list(one.headings), [list(row) for row in one.rows])

    def put(self, tab: Tab, sheet: Sheet) -> None:
        self.touched += 1
        self.far.book.sheets[tab] = sheet

    def drop(self, tab: Tab) -> None:
        self.touched += 1
        del self.far.book.sheets[tab]


@cache
def laid_out() -> FarBook:
    """A book with the programme in it, made once; every world gets a copy."""
    far = FarBook(MemoryBook())
    MemoryStore(far.book).lay_out("en")
    type_programme(Desk(InMemory(far)))
    leave_out_the_usual(Desk(InMemory(far)))
    return far

"""What stands between the program and the world? Ports, at each of which a seed may do harm.

Every effect on the outside passes `Ports.effect`, every question `Ports.ask`. A process that was
killed is dead: whatever its `finally` still tries is refused at the port, as a killed process
tries nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from random import Random
from typing import TYPE_CHECKING, NoReturn, Protocol, TypeVar

if TYPE_CHECKING:
    from tests.sim.relay import Relay

T = TypeVar("T")

KILLS = ("kill_before", "kill_after")
LINES_TOLD = 400


class Killed(BaseException):
    """The process is gone; no `except Exception` hears of it."""


@dataclass(slots=True, eq=False)
class Process:
    """One run of the program. `inside` is true while it holds what nobody else can have."""

    name: str
    dead: bool = False
    inside: bool = False


class Weather(Protocol):
    """Who decides what goes wrong at a port."""

    def choose(self, what: str, kinds: Sequence[str]) -> str:
        """One of the kinds, or nothing when all goes well."""
        ...


class Calm:
    """Nothing goes wrong."""

    def choose(self, what: str, kinds: Sequence[str]) -> str:  # noqa: ARG002
        return ""


@dataclass(slots=True)
class KillAt:
    """Kill at the n-th effect, counted from 1, before or after it."""

    nth: int
    after: bool
    met: int = 0

    def choose(self, what: str, kinds: Sequence[str]) -> str:  # noqa: ARG002
        if "kill_before" not in kinds:
            return ""
        self.met += 1
        return KILLS[self.after] if self.met == self.nth else ""


@dataclass(slots=True)
class Storm:
    """Something goes wrong at a part of all ports; `only` names the kinds there are today."""

    chance: Random
    rate: float
    only: frozenset[str] = frozenset()

    def choose(self, what: str, kinds: Sequence[str]) -> str:  # noqa: ARG002
        if self.chance.random() >= self.rate:
            return ""
        there = [kind for kind in kinds if not self.only or kind in self.only]
        return self.chance.choice(there) if there else ""


@dataclass(slots=True)
class Ports:
    """The ports of one world, and the trace of all that passed them.

    `current` is the process at work, None while the world itself is: owner, shop and judge.
    `meanwhile` is what the owner may do while a process has read and not yet written.
    """

    weather: Weather = field(default_factory=Calm)
    current: Process | None = None
    relay: Relay | None = None
    meanwhile: Callable[[], None] | None = None
    effects: int = 0
    faults: set[str] = field(default_factory=set)
    lines: deque[str] = field(default_factory=lambda: deque(maxlen=LINES_TOLD))
    _hash: object = field(default_factory=sha256)

    def note(self, said: str) -> None:
        """Add a line to the trace."""
        self.lines.append(said)
        self._hash.update(said.encode() + b"\n")  # type: ignore[attr-defined]

    @property
    def digest(self) -> str:
        """The hash of the whole trace."""
        return str(self._hash.hexdigest())  # type: ignore[attr-defined]

    def gate(self) -> None:
        """Let a living process pass, perhaps after another one; a dead one ends here."""
        me = self.current
        if me is None:
            return
        if me.dead:
            raise Killed
        if self.relay is not None and not me.inside:
            self.relay.turn(me)

    def effect(self, what: str, act: Callable[[], T], **fails: Callable[[], T]) -> T:
        """Do something to the outside, or be killed before or after it, or fail as `fails` do."""
        self.gate()
        if self.current is None:
            return act()
        self.effects += 1
        kind = self._chosen(what, (*KILLS, *fails))
        if kind == "kill_before":
            self.kill()
        result = fails[kind]() if kind in fails else act()
        if kind == "kill_after":
            self.kill()
        return result

    def ask(self, what: str, act: Callable[[], T], **fails: Callable[[], T]) -> T:
        """Ask the outside for something, which may fail as `fails` do."""
        self.gate()
        if self.current is None:
            return act()
        kind = self._chosen(what, tuple(fails))
        return fails[kind]() if kind else act()

    def owner_acts(self) -> None:
        """Let the owner act in the midst of a run."""
        me, self.current = self.current, None
        if self.meanwhile is not None:
            self.meanwhile()
        self.current = me

    def kill(self) -> NoReturn:
        """Kill the process at work."""
        if self.current is not None:
            self.current.dead = True
        raise Killed

    def _chosen(self, what: str, kinds: tuple[str, ...]) -> str:
        kind = self.weather.choose(what, kinds) if kinds else ""
        if kind:
            self.faults.add(kind)
        self.note(f"{self.current.name if self.current else ''} {what} {kind}".strip())
        return kind

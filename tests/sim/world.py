"""What is one world? A programme, its shop, its owner, its machines, and one seed for them all."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Protocol, Self

from tests.sim.desk import Desk, Ground
from tests.sim.machine import Machine
from tests.sim.ports import Calm, Killed, Ports, Process, Weather
from tests.sim.post import PostOffice, Taken
from tests.sim.programme import CODES
from tests.sim.relay import Relay
from tests.sim.shop import Sent, Shop
from tests.sim.truth import CodeTerms, Truth
from tests.world import NOON
from tracker import idle
from tracker.layout import Tab
from tracker.mailing import send_all
from tracker.outcomes import Failed
from tracker.paying import propose_payouts
from tracker.problems import Stop
from tracker.running import Workplace, look, sync
from tracker.sentences import stop_says
from tracker.stores import Store
from tracker.waking import Waking


class Book(Ground, Protocol):
    """Where a world's book is kept: what InMemory does for memory."""

    kind: str
    many_machines: bool

    @property
    def in_parts(self) -> bool: ...
    def copy(self) -> Book: ...
    def reachable(self, ports: Ports) -> AbstractContextManager[None]: ...
    def store(self, machine: Machine, ports: Ports) -> Store: ...
    def observer(self) -> Store: ...
    def stands(self) -> Hashable: ...
    def number(self) -> int: ...
    def settle(self) -> None: ...


class Broken(AssertionError):
    """A promise does not hold in this world."""


class World:
    """A world at work. Every run is told that the clock is right once it had jumped.

    Attributes:
        jumped: how far the machines' clock is from `now`.
        letters: how many copies of each letter the mail server took, by its name in the outbox.
    """

    def __init__(self, book: Book, chance: Random, folder: Path | None = None) -> None:
        self.book, self.chance = book, chance
        self.ports = Ports()
        self.desk = Desk(book)
        self.now = NOON
        self.jumped = timedelta()
        self.log = None if folder is None else folder / "orders.jsonl"
        self.order_log = "tab:Webhook log"
        if self.log is not None:
            self.log.touch()
            self.order_log += f",file:{self.log}"
        self.folder = folder
        self.machines = [self._machine("a")]
        self.place(self.machines[0]).close()  # its files of state are there from now on
        self.truth = Truth(
            {code: CodeTerms((who,), rate) for code, (who, rate) in CODES.items()},
            {"ivan": ["10%"], "maria": ["15%"]},
        )
        self.shop = Shop(self.truth, chance, self.log)
        self.office = PostOffice(self.ports)
        self.office.on_taken = self._taken
        self.letters: dict[str, int] = {}
        self.runs = 0
        self._exits = ExitStack()

    def __enter__(self) -> Self:
        self._exits.enter_context(self.office.reachable())
        self._exits.enter_context(self.book.reachable(self.ports))
        return self

    def __exit__(self, *_: object) -> None:
        self._exits.close()
        for machine in self.machines:
            machine.close()

    def copy(self) -> World:
        """The same world once more, with a quiet trace; for books in memory, without a file."""
        other = World(self.book.copy(), Random(0))
        other.machines = [one.copy() for one in self.machines]
        other.now, other.jumped, other.runs = self.now, self.jumped, self.runs
        other.truth = self.truth.copy()
        other.shop.truth, other.shop._number = other.truth, self.shop._number
        other.shop.sent, other.shop.owing = list(self.shop.sent), list(self.shop.owing)
        other.office.taken, other.letters = list(self.office.taken), dict(self.letters)
        return other

    def add_machine(self) -> None:
        """Another computer works on the same book from now on, with files of its own."""
        self.machines.append(self._machine("b"))
        self.place(self.machines[1]).close()

    def _machine(self, name: str) -> Machine:
        made = Machine(name, folder=None if self.folder is None else self.folder / f"state {name}")
        if made.folder is not None:
            made.folder.mkdir()
        return made

    # Runs of the program.

    def clock(self) -> datetime:
        """What the machine's clock shows."""
        return self.now + self.jumped

    def place(self, machine: Machine) -> Workplace:
        """A workplace as a new process opens it."""
        store = self.book.store(machine, self.ports)
        return machine.workplace(self.ports, store, self.clock, self.order_log)

    def run(self, command: str, weather: Weather | None = None, machine: int = 0) -> str:
        """Run one command in a process of its own; how it ended."""
        endings: list[str] = []
        process, job = self._job(command, self.machines[machine], endings)
        self.ports.weather = weather or Calm()
        self.ports.current = process
        job()
        self.ports.current = None
        return endings[0]

    def at_once(self, commands: Iterable[tuple[str, int]], weather: Weather) -> list[str]:
        """Run several at the same time; the seed decides each switch."""
        endings: list[str] = []
        jobs = [self._job(what, self.machines[number], endings) for what, number in commands]
        self.ports.weather = weather
        Relay(self.ports, self.chance).run(jobs)
        return endings

    def _job(
        self, command: str, machine: Machine, endings: list[str]
    ) -> tuple[Process, Callable[[], None]]:
        self.runs += 1
        process = Process(f"{machine.name}{self.runs}")

        def job() -> None:
            try:
                ending = self._run(command, machine)
            except Killed:
                ending = "killed"
            except Stop as stop:
                ending = stop.code
                if not all(stop_says(stop, language) for language in ("en", "ru")):
                    raise Broken(f"{stop.code} has no sentence") from None
            finally:
                process.dead = True
                machine.bury(process)
            self.ports.note(f"{process.name} {command}: {ending}")
            endings.append(ending)

        return process, job

    def _run(self, command: str, machine: Machine) -> str:
        place = self.place(machine)
        right = bool(self.jumped) or self.truth.clock_jumped
        if command == "look":
            look(place, clock_is_right=right)
            return "looked"
        with place.store.writing(0) as mine:
            if not mine:
                return "another"
            return COMMANDS[command](place, right)

    def receive(self, sent: Sent, weather: Weather | None = None) -> bool:
        """Let the receiver land one delivery in a process of its own; whether it was acked."""
        self.runs += 1
        machine, process = self.machines[0], Process(f"r{self.runs}")
        self.ports.weather, self.ports.current = weather or Calm(), process
        try:
            inbox = machine.open_inbox(self.ports)
            inbox.land([self.shop.delivery(sent, self.now)])
        except (Killed, Stop):
            self.shop.unsure(sent)
            return False
        finally:
            self.ports.current = None
            machine.bury(process)
        self.shop.acked(sent)
        return True

    # What happens outside.

    def move(self, **passed: int) -> None:
        """Let time pass."""
        self.now += timedelta(**passed)
        self.ports.note(f"it is {self.now.isoformat()}")

    def _taken(self, letter: Taken) -> None:
        """A letter was accepted: it must have been noted and claimed by now, and be the first."""
        asked = "SELECT statement_id, kind, state FROM letters WHERE message_id = ?"
        found = [
            row for m in self.machines for row in m.outbox.execute(asked, (letter.message_id,))
        ]
        if not any(state == "sending" for _, _, state in found):
            raise Broken(f"a letter left that no outbox knows: {letter.message_id}")
        name, kind, _ = found[0]
        if kind == "statement" and name not in self.desk.keys(Tab.STATEMENTS):
            raise Broken(f"a statement left that is not claimed: {name}")
        self.letters[name] = self.letters.get(name, 0) + 1
        if self.letters[name] > 1:
            raise Broken(f"a letter left twice: {name}")


def _sync(place: Workplace, right: bool) -> str:  # noqa: FBT001
    return "wrote" if sync(place, clock_is_right=right).committed else "idle"


def _whole(place: Workplace, right: bool) -> str:  # noqa: FBT001
    return "wrote" if sync(place, whole=True, clock_is_right=right).committed else "idle"


def _again(place: Workplace, right: bool) -> str:  # noqa: FBT001
    return (
        "wrote" if sync(place, again=True, whole=True, clock_is_right=right).committed else "idle"
    )


def _statements(place: Workplace, right: bool) -> str:  # noqa: FBT001
    made = send_all(place, None, clock_is_right=right, sleep=_rest)
    return ",".join(fate.state.value for one in made for fate in one.fates)


def _payouts(place: Workplace, right: bool) -> str:  # noqa: FBT001
    return f"proposed {len(propose_payouts(place, clock_is_right=right)[1].payouts)}"


def _wake(place: Workplace, right: bool) -> str:  # noqa: FBT001
    told: list[object] = []
    Waking(place, told.append, clock_is_right=right, sleep=_rest).run()
    return "woke " + ",".join(one.stop.code for one in told if isinstance(one, Failed))


def _rest(_seconds: float) -> None:
    """No world waits."""


def _cron(place: Workplace, right: bool) -> str:  # noqa: FBT001
    """As cron syncs: it looks whether anything is new, and leaves when nothing is."""
    return idle.sync(place, clock_is_right=right).counts.rpartition(" ")[2]


COMMANDS: dict[str, Callable[[Workplace, bool], str]] = {
    "sync": _sync,
    "whole": _whole,
    "again": _again,
    "cron": _cron,
    "statements": _statements,
    "payouts": _payouts,
    "wake": _wake,
}

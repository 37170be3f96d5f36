"""How does a seed become a life? Steps of shop, owner, clock and runs, with harm at every port.

Safety is asked after every step, whatever goes wrong; that the book comes to rest is asked only
once nothing goes wrong any more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from tests.sim.grounds import STORES
from tests.sim.judge import Judge
from tests.sim.owner import ACTIONS, Hand
from tests.sim.ports import Storm
from tests.sim.programme import CAPS, TIERS, add_a_tier, cap_orders
from tests.sim.shop import PLAIN, Sent
from tests.sim.world import Broken, World
from tracker.problems import Stop

ROUNDS_MAX = 2
ORDERS_MAX = 8
CAPPED = 0.25
TIERED = 0.25
RATES = (0.0, 0.02, 0.05, 0.15)
JUMPS = (timedelta(hours=1), timedelta(hours=-1), timedelta(days=-400), timedelta(days=30),
         timedelta(days=365), timedelta(minutes=-30))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """What one seed came to: the hash of its trace, what went wrong in it, how much it did."""

    digest: str
    faults: frozenset[str]
    effects: int
    commits: int


class Play:
    """One seed on one store; `only` names the kinds of faults there are, all when empty."""

    def __init__(
        self, seed: int, store: str = "memory", only: str = "", folder: Path = Path()
    ) -> None:
        self.seed, self.store, self.only = seed, store, only
        self.chance = Random(f"{seed} {store} {only}")
        book = STORES[store](self.chance, folder)
        with_file = folder if folder != Path() and self.chance.random() < 0.5 else None
        self.world = World(book, self.chance, with_file)
        if self.chance.random() < CAPPED:
            self.world.truth.cap = self.chance.choice(CAPS)
            cap_orders(self.world.desk, self.world.truth.cap)
        step = Random(f"ladder {seed}")  # drawn apart, so that the rest of a seed's life stays
        if step.random() < TIERED:
            self.world.truth.tier = step.choice(TIERS)
            add_a_tier(self.world.desk, *self.world.truth.tier)
            self.world.shop.codes = PLAIN
        self.judge = Judge(self.world)
        self.hand = Hand(self.judge, [])
        self.world.ports.meanwhile = self._meanwhile
        rate = 1.0 if only else self.chance.choice(RATES)
        self.weather = Storm(self.chance, rate, frozenset({only} if only else ()))

    def run(self) -> Told:
        """Live through it. Raises Broken with the seed and how to replay it."""
        try:
            with self.world:
                self._lives()
        except (Broken, Stop, Exception) as error:
            raise Broken(self._said(error)) from error
        ports = self.world.ports
        return Told(ports.digest, frozenset(ports.faults), ports.effects, self.world.book.number())

    def _lives(self) -> None:
        self.judge.rebase()
        if self.world.book.many_machines and self.chance.random() < 0.3:
            self.world.add_machine()
        small = self.world.book.kind != "memory"  # each step takes a hundred times as long there
        for _ in range(1 if small else self.chance.randint(1, ROUNDS_MAX)):
            for _ in range(self.chance.randint(2, 5) if small else self.chance.randint(4, 8)):
                self._step()
                self.judge.untouched()
                self.judge.safety()
                self.judge.rebase()
            self._rests()

    def _rests(self) -> None:
        """The faults stop: the owner puts right what he did, the shop sends what was not acked."""
        world = self.world
        world.jumped = timedelta()
        self.hand.takes_back("free", "stop")
        world.shop.end_line()
        for sent in list(world.shop.owing):
            if len(world.machines) == 1:
                world.receive(sent)
            else:
                world.shop.to_tab(world.desk, sent, world.now, 1)
        if world.truth.wounds and self.chance.random() < 0.5:
            self.judge.rebase()
            self.judge.bears()
            self.judge.untouched()
        self.hand.puts_right()
        self.judge.liveness()
        self.judge.rebase()

    def _step(self) -> None:
        steps, weights = zip(*STEPS, strict=True)
        self.chance.choices(steps, weights)[0](self)

    # What may happen.

    def delivers(self) -> None:
        shop, chance = self.world.shop, self.chance
        for _ in range(chance.randint(1, 3)):
            known = shop.known()
            if len(known) < ORDERS_MAX and (not known or chance.random() < 0.5):
                sent = shop.order(self.world.now)
            elif chance.random() < 0.2:
                sent = chance.choice(shop.sent)  # repeated, late
            elif chance.random() < 0.1 and len(self.world.machines) == 1:
                # Two machines see the same orders, but only one what nobody can read.
                sent = shop.garbage()
            else:
                sent = shop.change(chance.choice(known))
            if chance.random() < 0.15:
                shop.unsure(sent)  # late: it comes after others, when the shop tries again
            else:
                self._sends(sent)

    def _sends(self, sent: Sent) -> None:
        world, chance = self.world, self.chance
        way = chance.choice(self._ways())
        world.ports.note(f"the shop sends by {way} {sent}")
        if way == "tab":
            world.shop.to_tab(world.desk, sent, world.now, chance.choice([1, 1, 2]))
            self.judge.rebase()
        elif way == "file":
            world.shop.to_file(sent, world.now, torn=chance.random() < 0.3)
        elif way == "receiver":
            world.receive(sent, self.weather)
        else:
            world.shop.unsure(sent)

    def _ways(self) -> list[str]:
        """How a delivery can come: two machines must both see it, so none keeps it for itself."""
        ways = ["receiver"] if len(self.world.machines) == 1 else []
        ways += ["file"] if self.world.log else []
        ways += [] if self.judge.stopped else ["tab"]
        return ways or ["not at all"]

    def resends(self) -> None:
        owing = list(self.world.shop.owing)
        for sent in owing[:1]:
            self._sends(sent)

    def syncs(self) -> None:
        machine = self.chance.randrange(len(self.world.machines))
        ways = ["sync", "whole", *(["cron", "cron"] if self.world.folder else [])]
        self.world.run(self.chance.choice(ways), self.weather, machine)

    def two_sync(self) -> None:
        last = len(self.world.machines) - 1
        self.world.at_once([("sync", 0), ("sync", last)], self.weather)

    def mails(self) -> None:
        self._pass_a_month()
        self.world.run("statements", self.weather)

    def mails_and_syncs(self) -> None:
        self._pass_a_month()
        last = len(self.world.machines) - 1
        self.world.at_once([("statements", 0), ("sync", last)], self.weather)

    def _pass_a_month(self) -> None:
        if self.chance.random() < 0.7:
            self.world.move(days=self.chance.choice([12, 31]))

    def proposes(self) -> None:
        self.world.move(days=3)
        self.world.run("payouts", self.weather)

    def wakes(self) -> None:
        self.world.run("wake", self.weather)

    def looks(self) -> None:
        commits = self.world.book.number()
        self.world.run("look", self.weather)
        if self.world.book.number() != commits and not self.weather.rate:
            raise Broken("looking wrote something")

    def owner(self) -> None:
        for _ in range(self.chance.randint(1, 3)):
            self.hand.acts(self.chance.choice(ACTIONS), self.chance)

    def _meanwhile(self) -> None:
        """The owner acts while a run has read the book and not yet written to it."""
        self.judge.untouched()
        self.hand.acts(self.chance.choice(ACTIONS), self.chance)

    def takes_back(self) -> None:
        self.hand.takes_back()

    def moves(self) -> None:
        self.world.move(hours=self.chance.randrange(1, 48))

    def jumps(self) -> None:
        self.world.jumped = self.chance.choice([timedelta(), *JUMPS])
        self.world.truth.clock_jumped = True

    def _said(self, error: BaseException) -> str:
        store = "" if self.store == "memory" else f" STORE={self.store}"
        only = f" ONLY={self.only}" if self.only else ""
        return "\n".join([
            f"seed {self.seed} on {self.store}: {type(error).__name__}: {error}",
            f"replay: make sim SEEDS=1 FIRST={self.seed}{store}{only}",
            *list(self.world.ports.lines),
        ])  # fmt: skip


STEPS: tuple[tuple[Callable[[Play], None], float], ...] = (
    (Play.delivers, 5), (Play.resends, 1), (Play.syncs, 5), (Play.two_sync, 1.5),
    (Play.mails, 0.8), (Play.mails_and_syncs, 0.3), (Play.proposes, 0.8), (Play.wakes, 0.2),
    (Play.looks, 0.3), (Play.owner, 3), (Play.takes_back, 0.7), (Play.moves, 1), (Play.jumps, 0.4),
)  # fmt: skip

"""Does everything together hold for hours? A shop, a receiver, cron, an owner, and SIGKILL.

Rounds follow one another: orders come, the receiver or the sync is killed, the owner edits the
book, a check looks. At the end of each act all orders have arrived and nothing is killed; then
every delivery must have been kept once, and every sum be what the shop knows it to be.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.cli_book import ROOT, CliBook, Said, set_environment
from tests.receiver.wire import URL_SECRET
from tests.soak.owner import LEDGERS, Owner
from tests.soak.shop import Shop

SECONDS_MAX = 120
SERVE = (sys.executable, "-m", "tracker", "serve", "--port", "0")


class Lost(Exception):
    """A promise was broken; says which."""


def holds(*, true: bool, says: str) -> None:
    """Raise Lost with what it says, unless it is true; asserts may be switched off."""
    if not true:
        raise Lost(says)


@dataclass
class Totals:
    """What was done so far, and what went wrong; kept, lost and doubled as of the last act's end."""

    orders: int = 0
    posts: int = 0
    acked: int = 0
    kept: int = 0
    syncs: int = 0
    syncs_killed: int = 0
    receivers_killed: int = 0
    edits: int = 0
    checks: int = 0
    lost: int = 0
    doubled: int = 0

    def __str__(self) -> str:
        return " ".join(f"{one.name}={getattr(self, one.name)}" for one in fields(self))

    def __add__(self, other: Totals) -> Totals:
        names = [one.name for one in fields(self)]
        return Totals(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(frozen=True, slots=True)
class Pace:
    """How hard it goes: orders a round, seconds between two syncs, how likely a kill is."""

    orders: int = 12
    seconds: float = 3.0
    sync_killed: float = 0.35
    receiver_killed: float = 0.25
    edited: float = 0.6


@dataclass
class Soak:
    """One programme on a workbook in a folder, from its first order to its last."""

    folder: Path
    seed: int
    pace: Pace = field(default_factory=Pace)
    say: Callable[[Totals], None] = lambda _: None
    totals: Totals = field(default_factory=Totals)

    def __post_init__(self) -> None:
        self._lots = random.Random(self.seed)
        self._book = CliBook(self.folder)
        self._book.set("mail", "off")
        set_environment(self._book, TRACKER_ORDER_LOG="", TRACKER_HOOK_RATE="100000",
                        TRACKER_HOOK_SECRET_ZAPIER=URL_SECRET)  # fmt: skip
        self._book.now = datetime.now(UTC)
        self._owner = Owner(self._book, self._lots)
        self._longest = 1.0
        self._edited = False

    def run(self, acts: Iterator[int]) -> None:
        """Go through acts of so many rounds each. Raises Lost."""
        with self._receiving(), self._trading() as shop:
            for rounds in acts:
                for _ in range(rounds):
                    self._round(shop)
                    self.say(self.totals)
                self._at_rest(shop)
                self.say(self.totals)

    # One round.

    def _round(self, shop: Shop) -> None:
        begun = time.monotonic()
        shop.trade(self.pace.orders)
        if self._lots.random() < self.pace.receiver_killed:
            self._kill_receiver()
        self._sync(kill=self._lots.random() < self.pace.sync_killed)
        if self._lots.random() < self.pace.edited:
            self._edit()
        self._check()
        self._heard(shop)
        time.sleep(max(0.0, self.pace.seconds - (time.monotonic() - begun)))

    def _sync(self, *, kill: bool) -> Said:
        """Sync as a process of its own, killed at a moment drawn by lot when it should be."""
        begun = time.monotonic()
        with self._book.start("sync") as child:
            wait = self._lots.uniform(0, self._longest) if kill else SECONDS_MAX
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(wait)
            if child.poll() is None:
                child.send_signal(signal.SIGKILL)
            out, err = child.communicate(timeout=SECONDS_MAX)
        self.totals.syncs += 1
        if kill and child.returncode == -signal.SIGKILL:
            self.totals.syncs_killed += 1
        else:
            holds(true=child.returncode == 0, says=f"sync ended with {child.returncode}: {err}")
            self._edited = False
            self._longest = time.monotonic() - begun
        return Said(child.returncode, out, err)

    def _edit(self) -> None:
        self._owner.act()
        self.totals.edits += 1
        self._edited = True

    def _check(self) -> None:
        """The doctor finds nothing but what the owner did: lies, and what no sync has seen yet."""
        said = self._book.process("check")
        self.totals.checks += 1
        wanted = {0, 3} if self._owner.lies or self._edited else {0}
        holds(true=said.code in wanted, says=f"check: {said.code}\n{said.out}{said.err}")

    # At rest.

    def _at_rest(self, shop: Shop) -> None:
        """Everything has arrived and was synced: it is there once, and the sums are right."""
        while self._owner.lies:
            self._edit()
        holds(true=shop.finish(SECONDS_MAX), says="the receiver took not every delivery in time")
        self._sync(kill=False)
        holds(true=self._sync(kill=False).counts["written"] == 0, says="a second sync wrote")
        self._count(shop)
        holds(true=not self.totals.lost, says=f"lost: {self.totals.lost}")
        holds(true=not self.totals.doubled, says=f"doubled: {self.totals.doubled}")
        self._check()
        self._book.now = datetime.now(UTC) + timedelta(minutes=1)
        have, owed = self._book.balances(), shop.owed()
        wanted = {who: f"{sum_}.00" for who, sum_ in owed.items() if sum_}
        holds(true=have == wanted, says=f"balances are {have} and should be {wanted}")
        left = [path.name for path in self.folder.rglob("*.tmp")]
        holds(true=not left, says=f"left behind: {left}")

    def _heard(self, shop: Shop) -> None:
        self.totals.orders, self.totals.posts = len(shop.latest), shop.posts
        self.totals.acked = len(shop.acked)

    def _count(self, shop: Shop) -> None:
        kept = self._kept()
        journal, lines = (self._book.rows(tab) for tab in LEDGERS)
        ids = Counter(row["line_id"] for row in (*journal, *lines))
        orders = {row["order_id"] for row in journal}
        self._heard(shop)
        self.totals.kept = kept.total()
        missing = {str(number) for number in shop.latest} - orders
        self.totals.lost = len(shop.acked - kept.keys()) + len(missing)
        twice = [name for name, count in (kept + ids).items() if count > 1]
        self.totals.doubled = len(twice)

    def _kept(self) -> Counter[str]:
        """How often each delivery is in the inbox, read as another program would."""
        with contextlib.closing(sqlite3.connect(self.folder / ".tracker/inbox.sqlite3")) as inbox:
            bodies = inbox.execute("SELECT body FROM deliveries").fetchall()
        return Counter(json.loads(body)["delivery"] for (body,) in bodies)

    # The receiver.

    @contextlib.contextmanager
    def _trading(self) -> Iterator[Shop]:
        shop = Shop(lambda: self._address, self.seed)
        try:
            yield shop
        finally:
            shop.close()

    @contextlib.contextmanager
    def _receiving(self) -> Iterator[None]:
        self._start_receiver()
        try:
            yield
        finally:
            self._receiver.send_signal(signal.SIGTERM)
            self._receiver.communicate(timeout=SECONDS_MAX)
        code = self._receiver.returncode
        holds(true=code == 0, says=f"the receiver ended with {code}")

    def _kill_receiver(self) -> None:
        """Kill it under load, and start it again as systemd would."""
        self._receiver.send_signal(signal.SIGKILL)
        self._receiver.communicate(timeout=SECONDS_MAX)
        code = self._receiver.returncode
        holds(true=code == -signal.SIGKILL, says=f"the receiver had ended with {code}")
        self.totals.receivers_killed += 1
        self._start_receiver()

    def _start_receiver(self) -> None:
        # Into a file: nobody would read a pipe, and a full one holds the receiver up.
        with (self.folder / "receiver.log").open("ab") as log:
            self._receiver = subprocess.Popen(
                SERVE, cwd=self.folder, stdout=subprocess.PIPE, stderr=log, text=True,
                env=_environment(),
            )  # fmt: skip
        assert self._receiver.stdout is not None
        line = self._receiver.stdout.readline()
        holds(true=line.startswith("listening on "), says=f"the receiver did not start: {line}")
        self._address = line.split()[2]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}

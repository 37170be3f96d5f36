"""What does the shop do in a soak? It posts orders until each is acknowledged, and knows its sums.

Orders come once, twice, late, and after the refund that changes them. The figure a partner must
have at the end is worked out here, by nothing that the program has.
"""

from __future__ import annotations

import json
import random
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.receiver.wire import URL_SECRET, connected, read_answer, request

PERCENT = {"IVAN01": ("ivan", 10), "MARIA01": ("maria", 15)}
HOOK = f"/hooks/zapier/{URL_SECRET}"
CLIENTS = 3
RETRY_SECONDS = 0.05
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Version:
    """An order as the shop describes it once; sums are whole roubles, multiples of 20."""

    order: int
    n: int
    code: str
    total: int
    refunded: int = 0
    state: str = "paid"

    @property
    def name(self) -> str:
        """What the delivery is known by here."""
        return f"{self.order}.{self.n}"

    @property
    def owed(self) -> int:
        """What the partner has of it, in roubles: a percentage of what was paid and kept."""
        kept = 0 if self.state == "cancelled" else self.total - self.refunded
        return kept * PERCENT[self.code][1] // 100

    @property
    def body(self) -> bytes:
        ordered = BEGIN + timedelta(minutes=self.order)
        said = {
            "order_id": str(self.order), "ordered_at": ordered.isoformat(), "currency": "RUB",
            "updated_at": (ordered + timedelta(seconds=self.n)).isoformat(), "state": self.state,
            "total": str(self.total), "refunded": str(self.refunded), "codes": [self.code],
            "delivery": self.name,
        }  # fmt: skip
        return json.dumps(said).encode()


def drawn(order: int, lots: random.Random) -> list[Version]:
    """All versions of an order, in the order in which they arrive."""
    code, total = lots.choice(sorted(PERCENT)), 20 * lots.randrange(1, 500)
    versions = [Version(order, 0, code, total)]
    refunded = 0
    for n in range(1, lots.choice([1, 1, 2, 3])):
        refunded = lots.randrange(refunded, total + 1, 20)
        state = "cancelled" if lots.random() < 0.15 else "paid"
        versions.append(Version(order, n, code, total, refunded, state))
    if lots.random() < 0.2:  # the last word comes first
        versions.reverse()
    return versions


class Shop:
    """A shop whose clients post at the same time. `address` tells where, as of now.

    Attributes:
        acked: names of deliveries that were answered with 200.
        latest: the last version of each order, whenever it arrives.
        posts: how many requests were answered with 200, repetitions among them.

    """

    def __init__(self, address: Callable[[], str], seed: int) -> None:
        self.acked: set[str] = set()
        self.latest: dict[int, Version] = {}
        self.posts = 0
        self._lots = random.Random(seed)
        self._address = address
        self._later: list[Version] = []
        self._waiting: deque[Version] = deque()
        self._busy = 0
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._threads = [
            threading.Thread(target=self._client, args=(random.Random(f"{seed} {n}"),))
            for n in range(CLIENTS)
        ]
        for thread in self._threads:
            thread.start()

    def trade(self, orders: int) -> None:
        """Let so many orders come, and some of what older ones still have to say."""
        for _ in range(orders):
            versions = drawn(len(self.latest) + 1, self._lots)
            self.latest[versions[0].order] = max(versions, key=lambda one: one.n)
            self._waiting.append(versions[0])
            self._later += versions[1:]
        self._lots.shuffle(self._later)
        self._tell_more(len(self._later) // 2)

    def finish(self, seconds_max: float) -> bool:
        """Let all that is left come; whether every delivery was acknowledged in time."""
        self._tell_more(len(self._later))
        until = time.monotonic() + seconds_max
        while (self._waiting or self._busy) and time.monotonic() < until:
            time.sleep(RETRY_SECONDS)
        return not (self._waiting or self._busy)

    def close(self) -> None:
        """Let the clients go."""
        self._closing.set()
        for thread in self._threads:
            thread.join()

    def owed(self) -> dict[str, int]:
        """What each partner has in roubles, when everything has arrived."""
        found = dict.fromkeys((who for who, _ in PERCENT.values()), 0)
        for version in self.latest.values():
            found[PERCENT[version.code][0]] += version.owed
        return found

    def _tell_more(self, count: int) -> None:
        for _ in range(count):
            self._waiting.append(self._later.pop())

    def _client(self, lots: random.Random) -> None:
        while not self._closing.is_set():
            version = self._next()
            if version is None:
                time.sleep(RETRY_SECONDS)
                continue
            times = 2 if lots.random() < 0.1 else 1
            good = [self._post(version) for _ in range(times)]
            with self._lock:
                self.posts += sum(good)
                if any(good):
                    self.acked.add(version.name)
                else:
                    self._waiting.append(version)
                self._busy -= 1
            if not any(good):
                time.sleep(RETRY_SECONDS)

    def _next(self) -> Version | None:
        with self._lock:
            if not self._waiting:
                return None
            self._busy += 1
            return self._waiting.popleft()

    def _post(self, version: Version) -> bool:
        with suppress(OSError, ValueError), connected(self._address()) as wire:
            wire.sendall(request(version.body, HOOK, connection="close"))
            return read_answer(wire).status == 200
        return False

"""How do two runs go at once? In threads that pass one baton: a seed decides each switch."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from random import Random

from tests.sim.ports import Ports, Process

SWITCHES = 0.3


class Relay:
    """Runs several processes, of which only the one with the baton ever moves."""

    def __init__(self, ports: Ports, chance: Random) -> None:
        self._ports = ports
        self._chance = chance
        self._waiting: dict[Process, threading.Semaphore] = {}
        self._over = threading.Semaphore(0)
        self._errors: list[BaseException] = []

    def run(self, jobs: Sequence[tuple[Process, Callable[[], None]]]) -> None:
        """Run all jobs to their end. Raises what one of them raises."""
        self._waiting = {process: threading.Semaphore(0) for process, _ in jobs}
        threads = [threading.Thread(target=self._work, args=job) for job in jobs]
        for thread in threads:
            thread.start()
        self._ports.relay = self
        self._wake(self._chance.choice(list(self._waiting)))
        self._over.acquire()
        self._ports.relay = self._ports.current = None
        for thread in threads:
            thread.join()
        if self._errors:
            raise self._errors[0]

    def turn(self, me: Process) -> None:
        """Perhaps let another process go first."""
        if len(self._waiting) < 2 or self._chance.random() >= SWITCHES:
            return
        other = self._chance.choice([one for one in self._waiting if one is not me])
        self._ports.note(f"{me.name} -> {other.name}")
        self._wake(other)
        self._waiting[me].acquire()

    def _wake(self, process: Process) -> None:
        self._ports.current = process
        self._waiting[process].release()

    def _work(self, me: Process, job: Callable[[], None]) -> None:
        self._waiting[me].acquire()
        try:
            job()
        except BaseException as error:  # noqa: BLE001 - told where the world waits
            self._errors.append(error)
        del self._waiting[me]
        if self._waiting:
            self._wake(next(iter(self._waiting)))
        else:
            self._over.release()

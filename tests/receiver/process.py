"""What do tests of the whole process stand on? `python -m tracker serve` as systemd starts it."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.cli_book import started
from tests.receiver.wire import (
    SHOP_SECRET,
    URL_SECRET,
    WAIT_SECONDS,
    Answer,
    connected,
    order,
    read_answer,
    signed,
)

SERVE = (sys.executable, "-m", "tracker", "serve")
ENVIRONMENT = {
    "TRACKER_HOOK_SECRET_WOOCOMMERCE": SHOP_SECRET,
    "TRACKER_HOOK_SECRET_ZAPIER": URL_SECRET,
    "TRACKER_HOOK_RATE": "100000",
}


class Process:
    """A receiver in a process of its own. `said` is the line it prints when it listens."""

    def __init__(self, child: subprocess.Popen[str]) -> None:
        self.child = child
        assert child.stdout is not None
        self.said = child.stdout.readline()
        self.err = ""

    @property
    def address(self) -> str:
        return self.said.split()[2]

    def ask(self, data: bytes) -> Answer:
        with connected(self.address) as wire:
            wire.sendall(data)
            return read_answer(wire)

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal to this one process and wait for its end; the exit code."""
        if self.child.poll() is None:
            self.child.send_signal(number)
        _, err = self.child.communicate(timeout=WAIT_SECONDS)
        self.err += err
        return self.child.returncode


@contextlib.contextmanager
def process(
    folder: Path, *arguments: str, command: Sequence[str] = SERVE, **environment: str
) -> Iterator[Process]:
    """Start the command in that folder with two sources known; it is killed when the block ends."""
    given = ENVIRONMENT | environment
    with started(folder, [*command, "--port", "0", *arguments], given) as child:
        try:
            yield Process(child)
        finally:
            if child.poll() is None:
                child.kill()
                child.communicate()


class Clients:
    """Shops that post one delivery after the other until the server is gone.

    `acked` has the ids of all that were answered with 200, `refused` of those that were not.
    """

    def __init__(self, address: str, name: str, count: int = 4) -> None:
        self.acked: list[str] = []
        self.refused: list[str] = []
        self._address = address
        self._threads = [
            threading.Thread(target=self._post, args=(f"{name}-{number}",))
            for number in range(count)
        ]
        for thread in self._threads:
            thread.start()

    def _post(self, name: str) -> None:
        with contextlib.suppress(OSError), connected(self._address) as wire:
            for number in range(1_000_000):
                wire.sendall(signed(order(number), f"{name}-{number}"))
                answer = read_answer(wire)
                if answer.status == 0:
                    return
                to = self.acked if answer.status == 200 else self.refused
                to.append(f"{name}-{number}")

    def join(self) -> None:
        for thread in self._threads:
            thread.join(WAIT_SECONDS)
            assert not thread.is_alive()

"""How many posts a second does a server keep? One thread, plain sockets that are kept open.

`python -m benchmarks.engines.receiver_load PORT CONNECTIONS SECONDS FIRST KEPT` posts orders from
number FIRST on, prints one line of JSON, and adds the digest of every body that was answered 2xx to
the file KEPT.
"""

from __future__ import annotations

import json
import selectors
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from math import ceil
from pathlib import Path

from benchmarks.receiver_posts import body_sha256, posts

WARM_SECONDS = 0.3
"""Posted first, kept as the others are, but not counted."""
RATE_MAX = 12_000
"""Posts a second that are made ready; a server that is faster ends its window earlier."""
_PATIENCE_SECONDS = 20
_ANSWER_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Window:
    """What was answered 2xx: in all, and while it was counted, and how many seconds that was.

    A latency is from the first byte sent to the last received, of those counted.
    """

    answered: int
    counted: int
    seconds: float
    p50_ms: float
    p99_ms: float
    load_cpu: float
    """Of one core, the share that the load itself took."""


@dataclass(slots=True)
class Line:
    """A connection, the request that is under way on it, and what was heard of its answer."""

    socket: socket.socket
    request: bytes = b""
    sent_at: float = 0
    heard: bytearray = field(default_factory=bytearray)

    def send(self, request: bytes) -> None:
        """Send a whole request; it fits into the buffers of a loopback."""
        self.request, self.sent_at = request, time.perf_counter()
        self.socket.sendall(request)

    def status(self) -> int:
        """Give the status of the answer once it is whole; 0 while it is not.

        Raises SystemExit when the server hangs up.
        """
        some = self.socket.recv(_ANSWER_BYTES)
        if not some:
            raise SystemExit("the server hung up")
        self.heard += some
        head, found, body = self.heard.partition(b"\r\n\r\n")
        length = head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0]
        if not found or len(body) < int(length):
            return 0
        self.heard.clear()
        return int(head[9:12])


class Load:
    """So many kept connections, each of which posts anew as soon as it is answered.

    `kept` holds every request that was answered 2xx, the uncounted ones too.
    """

    def __init__(self, port: int, connections: int) -> None:
        self.kept: list[bytes] = []
        self._taken: list[float] = []
        self._lines = [
            Line(socket.create_connection(("127.0.0.1", port), _PATIENCE_SECONDS))
            for _ in range(connections)
        ]

    def run(self, ready: Iterator[bytes], seconds: float, warm_seconds: float) -> Window:
        """Post for a while. Raises SystemExit for a refusal, or when no answer comes for long."""
        busy, started = time.process_time(), time.perf_counter()
        began = started + warm_seconds
        with selectors.DefaultSelector() as selector:
            for line in self._lines:
                line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                selector.register(line.socket, selectors.EVENT_READ, line)
                line.send(next(ready))
            last = self._listen(selector, ready, began, began + seconds)
        load_cpu = (time.process_time() - busy) / (time.perf_counter() - started)
        for line in self._lines:
            line.socket.close()
        taken = sorted(self._taken)
        return Window(
            answered=len(self.kept),
            counted=len(taken),
            seconds=last - began,
            p50_ms=percentile(taken, 50) * 1000,
            p99_ms=percentile(taken, 99) * 1000,
            load_cpu=load_cpu,
        )

    def _listen(
        self, selector: selectors.BaseSelector, ready: Iterator[bytes], began: float, ends: float
    ) -> float:
        """Hear every answer out; when the last one that counts came."""
        last, waiting = began, len(self._lines)
        while waiting:
            heard = selector.select(_PATIENCE_SECONDS)
            if not heard:
                raise SystemExit("the server does not answer")
            for key, _ in heard:
                line: Line = key.data
                if not (status := line.status()):
                    continue
                now = time.perf_counter()
                if not 200 <= status < 300:
                    raise SystemExit(f"the server answered {status}")
                self.kept.append(line.request)
                if began <= now < ends:
                    self._taken.append(now - line.sent_at)
                    last = now
                if now < ends and (request := next(ready, None)):
                    line.send(request)
                else:
                    waiting -= 1
        return last


def percentile(ordered: list[float], percent: int) -> float:
    """The least of the values that so many percent are at or under; 0 of none."""
    return ordered[ceil(len(ordered) * percent / 100) - 1] if ordered else 0.0


def main() -> None:
    """Measure once."""
    _, port, connections, seconds, first, kept = sys.argv
    count = int(RATE_MAX * (WARM_SECONDS + float(seconds))) + int(connections)
    ready = list(posts(int(first), count))
    load = Load(int(port), int(connections))
    window = load.run(iter(ready), float(seconds), WARM_SECONDS)
    with Path(kept).open("a", encoding="utf-8") as file:
        file.writelines(f"{body_sha256(request)}\n" for request in load.kept)
    print(json.dumps(asdict(window)))


if __name__ == "__main__":
    main()

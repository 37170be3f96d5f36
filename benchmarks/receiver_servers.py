"""Which servers are measured, and what does each hold when it is told to stop?"""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from benchmarks.engines.receiver_load import Window
from benchmarks.receiver_posts import SECRET, SOURCE

ROOT = Path(__file__).parent.parent
OURS, GROUP, CHECKED, EACH = "ours", "group", "checked", "each"
_START_SECONDS = 30
_FIRST_STEP = 1_000_000
"""More orders than one window can post."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a server held at the end: MB of memory at most, and bytes of the inbox a delivery."""

    peak_mb: float
    bytes_each: float


class Server:
    """A server in a process of its own, with an empty inbox in `folder`."""

    def __init__(self, command: Sequence[str], folder: Path, port: int) -> None:
        self.port = port
        self._inbox = folder / "inbox.sqlite3"
        self._kept = folder / "kept"
        self._said = folder / "log"
        self._first = 0
        clean = {k: v for k, v in os.environ.items() if not k.startswith("TRACKER_")}
        with self._said.open("w", encoding="utf-8") as log:
            self._child = subprocess.Popen(
                command,
                cwd=folder,
                env=clean
                | {
                    "PYTHONPATH": str(ROOT),
                    f"TRACKER_HOOK_SECRET_{SOURCE.upper()}": SECRET,
                    "TRACKER_HOOK_RATE": "100000",
                },
                stdout=log,
                stderr=log,
            )

    def wait_until_ready(self) -> None:
        """Wait until connections are accepted. Raises SystemExit with what it said instead."""
        ends = time.monotonic() + _START_SECONDS
        while time.monotonic() < ends and self._child.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return
            time.sleep(0.05)
        self._child.kill()
        self._child.wait()
        raise SystemExit(f"a server did not start: {self._said.read_text(encoding='utf-8')}")

    def load(self, connections: int, seconds: float) -> Window:
        """Post over so many connections for a while. Raises SystemExit for a refusal."""
        numbers = map(str, (self.port, connections, seconds, self._first))
        command = [sys.executable, "-m", "benchmarks.engines.receiver_load", *numbers]
        self._first += _FIRST_STEP
        done = subprocess.run(
            [*command, str(self._kept)], cwd=ROOT, capture_output=True, check=False
        )
        if done.returncode:
            raise SystemExit(f"posting ended: {done.stderr.decode().strip()}")
        return Window(**json.loads(done.stdout))

    def cpu_seconds(self) -> float:
        """User and system together, of all its threads."""
        user, system = self._of_process("stat").rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> Held:
        """Tell it to stop, and look into its inbox.

        Raises SystemExit when a delivery that was answered 2xx is not there once.
        """
        peak_kb = int(self._of_process("status").partition("VmHWM:")[2].split()[0])
        self._child.terminate()
        self._child.wait()
        count = prove_kept(self._kept.read_text("ascii").split(), self._inbox)
        # Whoever closes the file last brings its log home, so this is all of it.
        return Held(peak_kb / 1024, self._inbox.stat().st_size / max(count, 1))

    def _of_process(self, file: str) -> str:
        """Read what the system knows of it: proc_pid_stat(5), proc_pid_status(5)."""
        return Path(f"/proc/{self._child.pid}/{file}").read_text("ascii", "replace")

    def end(self) -> None:
        """End it at once, if it still runs."""
        if self._child.returncode is None:
            self._child.kill()
            self._child.wait()


def prove_kept(answered: Sequence[str], inbox: Path) -> int:
    """Look every answered body up by its digest; how many deliveries the inbox holds.

    Raises SystemExit when one of them is not there, or more than once.
    """
    with closing(sqlite3.connect(inbox)) as db:
        bodies = db.execute("SELECT body FROM deliveries")
        found = Counter(sha256(body.encode()).hexdigest() for (body,) in bodies)
    if odd := [digest for digest in answered if found[digest] != 1]:
        raise SystemExit(f"{len(odd)} of {len(answered)} answered deliveries are not kept once")
    return found.total()


def start(who: str, folder: Path, slower_ms: int = 0) -> Server:
    """Start one of the servers, on a disk whose every commit takes so much longer."""
    folder.mkdir()
    port, inbox = str(free_port()), str(folder / "inbox.sqlite3")
    if who == OURS:
        module = ["tracker", "serve", "--host", "127.0.0.1", "--port", port, "--inbox", inbox]
    else:
        module = ["benchmarks.engines.receiver_bare", who, port, inbox]
    slow = ["benchmarks.engines.slow_disk", str(slower_ms)] if slower_ms else []
    return Server([sys.executable, "-m", *slow, *module], folder, int(port))


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

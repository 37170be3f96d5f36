"""How long shall it go on? `python -m tests.soak --minutes 10`, a line a minute, then totals."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests.soak.soak import Lost, Soak, Totals

ORDERS_MAX = 4000
"""Then a new programme begins: a workbook is for a small shop."""
ROUNDS = 8
"""In one act, after which everything is counted."""


def say(line: str) -> None:
    """Print a line at once, also into a file."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class Watch:
    """Tells the totals once a minute, and when the time is over."""

    def __init__(self, minutes: float) -> None:
        self.begun = time.monotonic()
        self.until = self.begun + minutes * 60
        self._told = self.begun
        self.before = Totals()

    @property
    def over(self) -> bool:
        return time.monotonic() >= self.until

    def tell(self, totals: Totals) -> None:
        now = time.monotonic()
        if now - self._told >= 60 or self.over:
            self._told = now
            say(f"minute={round((now - self.begun) / 60)} {self.before + totals}")

    def acts(self, soak: Soak) -> Iterator[int]:
        """Give acts until the time is over or the book is full."""
        while not self.over and soak.totals.orders < ORDERS_MAX:
            yield ROUNDS


def main() -> int:
    """Run programme after programme; 0 when every promise was kept, else 1."""
    asked = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    asked.add_argument("--minutes", type=float, default=10.0)
    asked.add_argument("--seed", type=int, default=int(datetime.now(UTC).timestamp()))
    given = asked.parse_args()
    folder, watch = Path(tempfile.mkdtemp(prefix="soak-")), Watch(given.minutes)
    say(f"seed={given.seed} minutes={given.minutes:g} folder={folder}")
    programme = 0
    while not watch.over:
        soak = Soak(folder / str(programme), given.seed + programme, say=watch.tell)
        try:
            soak.run(watch.acts(soak))
        except Lost as lost:
            say(f"FAILED {watch.before + soak.totals}\n{lost}")
            say(f"Everything is left as it was in {soak.folder}")
            return 1
        watch.before += soak.totals
        programme += 1
    say(f"done {watch.before}")
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())

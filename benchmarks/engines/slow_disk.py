"""What if the disk were slower? Run a module as if every commit took so much longer.

`python -m benchmarks.engines.slow_disk MILLISECONDS MODULE [ARGUMENT ...]`. The time passes inside
SQLite's commit, while the file is locked for writing and other threads may run, as with a flush.
"""

from __future__ import annotations

import runpy
import sqlite3
import sys
import time
from functools import partial


def slowed(seconds: float) -> type[sqlite3.Connection]:
    """Make a connection whose commits take so much longer."""

    class Slowed(sqlite3.Connection):
        def commit(self) -> None:
            if self.in_transaction:
                time.sleep(seconds)
            super().commit()

    return Slowed


def main() -> None:
    """Put the slower disk below the module named on the command line, and run it."""
    milliseconds, module = sys.argv[1:3]
    slow = partial(sqlite3.connect, factory=slowed(float(milliseconds) / 1000))
    # The module under test is the real one and knows nothing of this: only SQLite's door is ours.
    sqlite3.connect = slow  # type: ignore[assignment]
    del sys.argv[1:3]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()

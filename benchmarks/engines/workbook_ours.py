"""Append lines to Commissions as every command does: read the generation, commit.

`python -m benchmarks.engines.workbook_ours BOOK LINES` prints the seconds of CPU of the
commit, and the most MB that the process held.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

from benchmarks.made_workbook import lines
from benchmarks.watched import own_peak_mb
from tracker.layout import Tab
from tracker.stores import Commit, Outcome
from tracker.stores.xlsx import XlsxStore


def main(book: str, count: str) -> None:
    """Append, and say how long the commit alone took."""
    store = XlsxStore(Path(book), today=lambda: date(2026, 11, 1))
    base = store.read([]).generation
    began = time.process_time()
    outcome = store.commit(Commit(base=base, appends={Tab.COMMISSIONS: lines("new", int(count))}))
    if outcome is not Outcome.DONE or store.remarks:
        raise SystemExit(f"{outcome} {store.remarks}")
    print(time.process_time() - began, own_peak_mb())


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Append lines to Commissions as a script would: load with openpyxl, append, save beside, replace.

`python -m benchmarks.engines.workbook_openpyxl BOOK LINES` prints the seconds of CPU after
its start, and the most MB that the process held.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from openpyxl import load_workbook

from benchmarks.made_workbook import lines
from benchmarks.watched import own_peak_mb
from tracker.layout import LAYOUT, Tab


def main(book: str, count: str) -> None:
    """Append, flush to the disk and put in place, as durably as ours."""
    began = time.process_time()
    path = Path(book)
    loaded = load_workbook(path)
    sheet = loaded[Tab.COMMISSIONS.value]
    keys = [column.key for column in LAYOUT[Tab.COMMISSIONS].columns]
    for line in lines("new", int(count)):
        sheet.append([line.get(key) for key in keys])
    new = path.with_suffix(".tmp")
    loaded.save(new)
    with new.open("rb+") as file:
        os.fsync(file.fileno())
    new.replace(path)
    print(time.process_time() - began, own_peak_mb())


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Which faults do the tests let through? `python -m tests.sabotage [--only NAME] [--jobs 2]`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue

from tests.sabotage.faults import ROOT, Fault, all_faults
from tests.sabotage.page import PAGE, page
from tests.sabotage.trying import GREEN, Tried, copied, run, tried


def main(arguments: Sequence[str]) -> int:
    """Try the faults; 0 when every one turned a test red, 1 when not, 2 when nothing was tried."""
    asked = _asked(arguments)
    faults = all_faults()
    if asked.write_docs:
        (ROOT / PAGE).write_text(page(faults), "utf-8")
        return 0
    chosen = [one for one in faults if not asked.only or one.name == asked.only]
    if not chosen:
        print(f"No fault is called {asked.only}. They are:", *(f.name for f in faults), sep="\n  ")
        return 2
    with tempfile.TemporaryDirectory(prefix="sabotage-") as folder:
        found = _try_all(chosen, Path(folder), asked.jobs)
    if found is None:
        return 2
    red = sum(one.red for one in found)
    print(f"{red} of {len(found)}")
    return 0 if red == len(found) else 1


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.sabotage", description=__doc__)
    parser.add_argument("--only", default="", metavar="NAME", help="try one fault")
    parser.add_argument("--jobs", type=int, default=1, help="how many are tried at once")
    parser.add_argument("--write-docs", action="store_true", help=f"write {PAGE} anew and end")
    return parser.parse_args(arguments)


def _try_all(faults: Sequence[Fault], folder: Path, jobs: int) -> list[Tried] | None:
    """Try every fault, each in a copy of its own worker; None where tests fail without any."""
    tests = list(dict.fromkeys(test for fault in faults for test in fault.tests))
    with copied(folder) as tree:
        code, said = run(tree, tests)
    if code != GREEN:
        print(f"These tests fail as they are, so they tell nothing of a fault: {said}")
        return None
    waiting: SimpleQueue[Fault] = SimpleQueue()
    for fault in faults:
        waiting.put(fault)
    with ThreadPoolExecutor(jobs) as workers:
        lists = workers.map(lambda n: _work(waiting, folder / str(n)), range(jobs))
        return [one for found in lists for one in found]


def _work(waiting: SimpleQueue[Fault], folder: Path) -> list[Tried]:
    found: list[Tried] = []
    with copied(folder) as tree, suppress(Empty):
        while True:
            one = tried(tree, waiting.get_nowait())
            print(f"{'red  ' if one.red else 'GREEN'} {one.fault.name}: {one.said}", flush=True)
            found.append(one)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

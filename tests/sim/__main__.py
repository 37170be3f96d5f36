"""How many worlds hold? `python -m tests.sim --seeds N` plays them on all cores.

Prints a line of progress; of a failure the seed, how to replay it, and its last steps. What fails
is kept in regress.txt. Exits with 1 when a promise was broken.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.sim.crashes import crashes
from tests.sim.grounds import STORES
from tests.sim.play import Play
from tests.sim.regress import Failed, keep
from tests.sim.scripts import SCRIPTS
from tests.sim.world import Broken

KINDS = (
    "kill_before", "kill_after", "http429", "http500", "http5xx_applied", "http5xx_lost",
    "timeout_applied", "timeout_lost", "timeout_late", "reset", "garbage", "revoked", "stale",
    "owner", "state_full", "state_ioerr", "cut", "cut_after", "hang", "hang_unheard", "smtp_4xx",
    "smtp_5xx", "smtp_421",
)  # fmt: skip
"""Every kind of fault in memory, for worlds in which one of them happens at every port."""
DISK = (
    "disk_full", "disk_ioerr", "short_write", "kill_half", "fsync_full", "fsync_ioerr",
    "rename_full", "truncated",
)  # fmt: skip
"""Those of a workbook's disk, and of the answers of Google."""

PAIRED = ("a refund in part", "an adjustment")
"""Two short scripts whose second run is killed too, at every effect of its own."""

SECONDS_BETWEEN_LINES = 10
RINGS_AFTER = 50_000
"""So many more things made than dropped before a process looks for rings of dead ones."""


@dataclass(slots=True)
class Tally:
    """What was played so far."""

    worlds: int = 0
    commits: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    failed: int = 0


def played(asked: Failed) -> tuple[Failed, frozenset[str], int, str]:
    """Play one seed in a process of its own: its faults, its commits, and what broke."""
    with TemporaryDirectory() as folder:
        try:
            told = Play(asked.seed, asked.store, asked.only, Path(folder)).run()
        except Broken as broken:
            return asked, frozenset(), 0, str(broken)
    return asked, told.faults, told.commits, ""


def _settle_in() -> None:
    """What is imported stays; a world is small and soon over, so it is seldom searched for rings."""
    gc.freeze()
    gc.set_threshold(RINGS_AFTER)


def _paired(name: str) -> str:
    script = next(one for one in SCRIPTS if one.name == name)
    counted = crashes(script, pairs=True)
    return f"pairs of crashes, {name}: {counted.kills} kills, {counted.states} states, all held"


def _wanted(args: argparse.Namespace) -> Iterator[Failed]:
    for seed in range(args.first, args.first + args.seeds):
        yield Failed(args.store, seed, args.only)


def main(argv: list[str] | None = None) -> int:
    """Play what is asked for; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.sim", description=__doc__)
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--store", choices=sorted(STORES), default="memory")
    parser.add_argument(
        "--only", choices=(*KINDS, *DISK), default="", help="one kind of fault, at every port"
    )
    parser.add_argument("--each-kind", action="store_true", help="every kind alone, for each seed")
    parser.add_argument("--pairs", action="store_true", help="pairs of crashes on two scripts")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args(argv)
    tally, begun, told_at = Tally(), time.monotonic(), 0.0
    with ProcessPoolExecutor(args.jobs, initializer=_settle_in) as pool:
        if args.pairs:
            for said in pool.map(_paired, PAIRED):
                print(said, flush=True)  # noqa: T201
        kinds = KINDS if args.each_kind else (args.only,)
        asked = (one._replace(only=kind) for one in _wanted(args) for kind in kinds)
        for failed, faults, commits, broken in pool.map(played, asked, chunksize=4):
            tally.worlds += 1
            tally.commits += commits
            tally.faults.update(faults)
            if broken:
                tally.failed += 1
                keep(failed)
                print(broken, flush=True)  # noqa: T201
            if time.monotonic() - told_at > SECONDS_BETWEEN_LINES:
                told_at = time.monotonic()
                _tell(tally, told_at - begun)
    _tell(tally, time.monotonic() - begun)
    return 1 if tally.failed else 0


def _tell(tally: Tally, seconds: float) -> None:
    rate = tally.worlds / max(seconds, 0.001)
    faults = " ".join(f"{kind}={count}" for kind, count in sorted(tally.faults.items()))
    print(  # noqa: T201
        f"worlds={tally.worlds} failed={tally.failed} commits={tally.commits} "
        f"a_second={rate:.1f} {faults}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())

"""How fast are orders decided? Our core beside the scripts one would write instead.

`python -m benchmarks [--orders N ...]` prints a Markdown table and writes benchmarks/RESULTS.md.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.made_orders import make

RUNS = 3
SIZES = (10_000, 50_000)
ENGINES = {
    "ours": "**tracker's core**: facts, terms, reasons, both ledgers",
    "ours_sync": "**a whole first sync**: log, inbox, core, every row of a book in memory",
    "script": "a plain Python script: whose code, what sum",
    "with_pandas": "the same in pandas",
    "with_sqlite": "the same in SQLite",
}
BASELINE = "with_pandas"
RESULTS = Path(__file__).parent / "RESULTS.md"

ABOUT = """\
# How many orders are decided a second

From an order log (JSON lines of the `generic` dialect, a tenth of the orders told twice: refunded
in part or cancelled) and a list of codes (a tenth of them handed over on some day) to a CSV file
of decided commissions, start of the process included. Every engine runs in a process of its own,
and all must give the same rows, to the kopeck. Medians of {runs} runs: orders a second by the
clock on the wall, CPU seconds of user and system together, the most memory held at once.

The three scripts do the least that gives those rows. The core does what the program is for: it
checks every field of the JSON, folds versions field by field, keys customers, keeps candidates and
reasons in words, fixes terms, and gives every line of the Journal and of Commissions its hash. A
whole first sync also keeps every delivery in the inbox (SQLite, in memory here) and makes the rows
of the book. Not included for anybody: the workbook's file and the network.

Only ratios taken in one run mean anything. Printed by `make bench`.
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One engine at one size: medians, and what it gave (its checksum)."""

    wall_seconds: float
    cpu_seconds: float
    peak_mb: float
    checksum: str


def measured(engine: str, folder: Path) -> Measured:
    """Run an engine a few times, each in its own process."""
    runs = [_once(engine, folder) for _ in range(RUNS)]
    checksums = {run.checksum for run in runs}
    if len(checksums) > 1:
        raise SystemExit(f"{engine} gave different rows in different runs")
    return Measured(
        wall_seconds=median(run.wall_seconds for run in runs),
        cpu_seconds=median(run.cpu_seconds for run in runs),
        peak_mb=median(run.peak_mb for run in runs),
        checksum=checksums.pop(),
    )


def _once(engine: str, folder: Path) -> Measured:
    command = [sys.executable, "-m", f"benchmarks.engines.{engine}", str(folder)]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        said = child.stdout.read() if child.stdout else ""
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - began
    if child.returncode:
        raise SystemExit(f"{engine} failed with {child.returncode}")
    cpu = used.ru_utime + used.ru_stime
    return Measured(wall, cpu, used.ru_maxrss / 1024, said.strip())


def table(orders: int, found: dict[str, Measured]) -> list[str]:
    """The rows of one size, each with its ratio to the baseline."""
    base = found[BASELINE]
    lines = [
        f"## {orders:,} orders",
        "",
        f"| how | orders/s | CPU s | peak MB | rate against {BASELINE.removeprefix('with_')} |",
        "|---|---:|---:|---:|---:|",
    ]
    for engine, one in found.items():
        rate, ratio = orders / one.wall_seconds, base.wall_seconds / one.wall_seconds
        lines.append(
            f"| {ENGINES[engine]} | {rate:,.0f} | {one.cpu_seconds:.2f} | {one.peak_mb:.0f} "
            f"| {ratio:.2f} |"
        )
    return lines


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure all engines at all sizes, print, and write RESULTS.md."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--orders", type=int, nargs="+", default=SIZES, metavar="N")
    sizes: Sequence[int] = parser.parse_args(arguments).orders
    lines = [*ABOUT.format(runs=RUNS).splitlines(), f"Machine: {_machine()}."]
    for orders in sizes:
        with tempfile.TemporaryDirectory() as name:
            make(Path(name), orders)
            found = {engine: measured(engine, Path(name)) for engine in ENGINES}
        if len({one.checksum for one in found.values()}) > 1:
            said = {engine: one.checksum for engine, one in found.items()}
            raise SystemExit(f"the engines disagree: {said}")
        block = ["", *table(orders, found)]
        checksum = found[BASELINE].checksum
        lines += [*block, "", f"The same rows from every engine: {checksum}."]
        print("\n".join(block), flush=True)
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = ".".join(map(str, sys.version_info[:3]))
    return f"{os.cpu_count()} cores, {memory:.0f} GB, Python {python}"


if __name__ == "__main__":
    main()

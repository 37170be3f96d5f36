"""How many orders are decided a second? Our core and our sync beside the scripts of others."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.made_orders import make
from benchmarks.results import Figures, Tell
from benchmarks.watched import run

RUNS = 3
SIZES = (10_000, 50_000)
OURS, SYNC, SCRIPT, PANDAS, SQLITE, FLOOR = (
    "ours",
    "ours_sync",
    "script",
    "with_pandas",
    "with_sqlite",
    "floor",
)
ENGINES = {
    OURS: "**tracker's core**: facts, terms, reasons, both ledgers",
    SYNC: "**a whole first sync**: log, inbox, core, every row of a book in memory",
    FLOOR: "*the floor*: JSON, keyed customers, two ledger lines with their hashes",
    SCRIPT: "a plain Python script: whose code, what sum",
    PANDAS: "the same in pandas",
    SQLITE: "the same in SQLite",
}

ABOUT = f"""\
# How many orders are decided a second

From an order log (JSON lines of the `generic` dialect, a tenth of the orders told twice: refunded
in part or cancelled) and a list of codes (a tenth of them handed over on some day) to a CSV file
of decided commissions, start of the process included. Every engine runs in a process of its own,
and all must give the same rows, to the kopeck. Medians of {RUNS} runs: orders a second by the
clock on the wall, CPU seconds of user and system together, the most memory held at once.

The three scripts do the least that gives those rows. The core does what the program is for: it
checks every field of the JSON, folds versions field by field, keys customers, keeps candidates and
reasons in words, fixes terms, and gives every line of the Journal and of Commissions its hash. A
whole first sync also keeps every delivery in the inbox (SQLite, in memory here) and makes the rows
of the book. Not included for anybody: the workbook's file and the network.

*The floor* is what a tracker with these ledgers cannot leave out, and nothing else: each delivery
read (orjson) and hashed, each customer a keyed hash, of each order a line of the Journal and one of
Commissions with every cell and their hashes in a CSV file. No field is checked, no rule is asked,
no reason weighed. It tells how far the ledgers themselves are from the aim, in Python.

Only ratios taken in one run mean anything. Printed by `make bench`.
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One engine at one size: medians, and what it gave (its checksum)."""

    wall_seconds: float
    cpu_seconds: float
    peak_mb: float
    checksum: str


def measured(engine: str, folder: Path, runs: int) -> Measured:
    """Run an engine a few times, each in its own process. Raises SystemExit for other rows."""
    found = [run(engine, str(folder)) for _ in range(runs)]
    checksums = {one.said for one in found}
    if len(checksums) > 1:
        raise SystemExit(f"{engine} gave different rows in different runs")
    return Measured(
        wall_seconds=median(one.wall_seconds for one in found),
        cpu_seconds=median(one.cpu_seconds for one in found),
        peak_mb=median(one.peak_mb for one in found),
        checksum=checksums.pop(),
    )


def table(orders: int, found: Mapping[str, Measured]) -> list[str]:
    """The rows of one size, each with its ratio to pandas."""
    base = found[PANDAS]
    lines = [
        f"## {orders:,} orders",
        "",
        "| how | orders/s | CPU s | peak MB | rate against pandas |",
        "|---|---:|---:|---:|---:|",
    ]
    for engine, one in found.items():
        rate, ratio = orders / one.wall_seconds, base.wall_seconds / one.wall_seconds
        lines.append(
            f"| {ENGINES[engine]} | {rate:,.0f} | {one.cpu_seconds:.2f} | {one.peak_mb:.0f} "
            f"| {ratio:.2f} |"
        )
    return lines


def section(tell: Tell, sizes: Sequence[int] = SIZES, runs: int = RUNS) -> Figures:
    """Measure all engines at all sizes; the figures are those of the last.

    Raises SystemExit when they disagree.
    """
    tell(ABOUT.splitlines())
    figures: Figures = {}
    for orders in sizes:
        with tempfile.TemporaryDirectory() as name:
            make(Path(name), orders)
            found = {engine: measured(engine, Path(name), runs) for engine in ENGINES}
        if len({one.checksum for one in found.values()}) > 1:
            said = {engine: one.checksum for engine, one in found.items()}
            raise SystemExit(f"the engines disagree: {said}")
        checksum = found[PANDAS].checksum
        tell(["", *table(orders, found), "", f"The same rows from every engine: {checksum}."])
        figures = figures_of(orders, found)
    return figures


def figures_of(orders: int, found: Mapping[str, Measured]) -> Figures:
    """Orders a second of each engine, and what ours held at most."""
    rates = {engine: orders / one.wall_seconds for engine, one in found.items()}
    return {"orders": orders, **rates, "ours_mb": found[OURS].peak_mb}

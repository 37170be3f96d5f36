"""How fast is it? Our core and our sync beside the scripts one would write instead.

`python -m benchmarks [--only PART] [--orders N ...]` prints tables in Markdown and writes
benchmarks/RESULTS.md; what was not measured anew stays as it was.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import google_calls, idle, letters, receiver, rules, workbook
from benchmarks.made_orders import make
from benchmarks.watched import run

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
    used = run(engine, str(folder))
    return Measured(used.wall_seconds, used.cpu_seconds, used.peak_mb, used.said)


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


def deciding(sizes: Sequence[int]) -> Iterator[list[str]]:
    """Measure all engines at all sizes; give the lines of the page, part by part."""
    yield ABOUT.format(runs=RUNS).splitlines()
    for orders in sizes:
        with tempfile.TemporaryDirectory() as name:
            make(Path(name), orders)
            found = {engine: measured(engine, Path(name)) for engine in ENGINES}
        if len({one.checksum for one in found.values()}) > 1:
            said = {engine: one.checksum for engine, one in found.items()}
            raise SystemExit(f"the engines disagree: {said}")
        checksum = found[BASELINE].checksum
        last = ["", f"The same rows from every engine: {checksum}."]
        yield ["", *table(orders, found), *last]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what is asked for, print, and put it into RESULTS.md."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--only", choices=("deciding", "google", "idle", "letters", "receiver", "rules", "workbook")
    )
    parser.add_argument("--orders", type=int, nargs="+", default=SIZES, metavar="N")
    asked = parser.parse_args(arguments)
    measuring = {
        "deciding": lambda: deciding(asked.orders),
        "google": google_calls.section,
        "idle": idle.section,
        "receiver": receiver.section,
        "letters": letters.section,
        "rules": rules.section,
        "workbook": workbook.section,
    }
    for name in [asked.only] if asked.only else measuring:
        lines: list[str] = []
        for number, part in enumerate(measuring[name]()):
            block = part if number else [*part, f"Machine: {_machine()}."]
            print("\n".join(block), flush=True)
            lines += block
        old = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
        RESULTS.write_text(put_in(old, "\n".join(lines) + "\n"), encoding="utf-8")


def put_in(page: str, section: str) -> str:
    """Put a section into a page of sections, in place of the one with its heading or at the end."""
    heading = section.splitlines()[0]
    kept = [part for part in re.split(r"^(?=# )", page, flags=re.MULTILINE) if part.strip()]
    titles = [part.splitlines()[0] for part in kept]
    place = titles.index(heading) if heading in titles else len(kept)
    kept[place : place + 1] = [section]
    return "\n".join(part.rstrip("\n") + "\n" for part in kept)


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = ".".join(map(str, sys.version_info[:3]))
    return f"{os.cpu_count()} cores, {memory:.0f} GB, Python {python}"


if __name__ == "__main__":
    main()

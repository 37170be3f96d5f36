"""What does it cost to add lines to a large workbook? Ours beside openpyxl's load and save."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.made_workbook import make
from benchmarks.results import Figures, Tell
from benchmarks.watched import Used, run

RUNS = 3
RUNS_OF_THE_SLOW = 1
SLOW_FROM = 20_000
LINES = 100
SIZES = (1_000, 20_000, 100_000)
OURS, OPENPYXL = "workbook_ours", "workbook_openpyxl"
WHO = {OURS: "**ours**: the XML of that tab alone", OPENPYXL: "openpyxl: load, append, save"}
LEAST_TIMES, MOST_SECONDS, MOST_MB = 30, 1, 100

ABOUT = f"""\
# Adding {LINES} lines to a workbook

A book as `init` makes it, whose tab Commissions (17 columns) has so many lines already; {LINES}
more are added, flushed to the disk and put in the file's place. Every run is a process of its own
on a fresh copy of the book. *ours* reads the generation and commits, as every command does: it
checks that the file is the one that was read, backs the day's first copy up, adds rows to the XML
of one tab, takes out what formulas came to, and carries all other parts over byte for byte. The
script loads the book with openpyxl, appends, saves it beside and replaces it.

- *s in all* and *CPU s* are of the whole process, its start included; *append CPU s* begins with
  the open file and ends with the replaced one.
- Both must leave the same lines, or there is no table. Medians of {RUNS} runs, by turns; openpyxl
  has {RUNS_OF_THE_SLOW} from {SLOW_FROM:,} lines on. *times* is of CPU seconds in all.
"""
HEADING = (
    "| lines | how | s in all | CPU s | append CPU s | peak MB | times |\n"
    "|---:|---|---:|---:|---:|---:|---:|"
)


@dataclass(frozen=True, slots=True)
class Cost:
    """Medians of one way at one size: seconds by the clock and of CPU, MB at most."""

    wall: float
    cpu: float
    append: float
    peak_mb: float


def section(tell: Tell, sizes: Sequence[int] = SIZES) -> Figures:
    """Measure both at all sizes; the figures are those of the last."""
    tell(ABOUT.splitlines())
    tell(["", *HEADING.splitlines()])
    found: dict[str, Cost] = {}
    for size in sizes:
        found = measured(size)
        tell(rows(size, found))
    ours, times = found[OURS], found[OPENPYXL].cpu / found[OURS].cpu
    costs = f"{ours.append:.2f} CPU s for the append, {ours.peak_mb:.0f} MB"
    tell(
        [
            "",
            f"- {sizes[-1]:,} lines: {costs} (aims: under {MOST_SECONDS} s and {MOST_MB} MB),",
            f"  {times:.0f} times openpyxl's rate in the same run (aim: {LEAST_TIMES}).",
        ]
    )
    return figures_of(sizes[-1], found)


def figures_of(size: int, found: Mapping[str, Cost]) -> Figures:
    """Seconds and MB of both ways at one size."""
    ours, other = found[OURS], found[OPENPYXL]
    return {
        "added": LINES,
        "lines": size,
        "wall_s": ours.wall,
        "cpu_s": ours.cpu,
        "append_s": ours.append,
        "mb": ours.peak_mb,
        "openpyxl_cpu_s": other.cpu,
        "openpyxl_append_s": other.append,
        "openpyxl_mb": other.peak_mb,
    }


def measured(size: int) -> dict[str, Cost]:
    """Medians of both ways. Raises SystemExit when they leave different lines."""
    runs: dict[str, list[Used]] = {OURS: [], OPENPYXL: []}
    with tempfile.TemporaryDirectory() as name:
        made, copy = Path(name) / "made.xlsx", Path(name) / "copy" / "partners.xlsx"
        make(made, size)
        left: set[tuple[int, str]] = set()
        for turn in range(RUNS):
            for engine, used in runs.items():
                if engine == OPENPYXL and size >= SLOW_FROM and turn >= RUNS_OF_THE_SLOW:
                    continue
                shutil.rmtree(copy.parent, ignore_errors=True)
                copy.parent.mkdir()
                shutil.copyfile(made, copy)
                used.append(run(engine, str(copy), str(LINES)))
                left.add(last_line(copy))
    if len(left) > 1:
        raise SystemExit(f"the two ways leave different lines: {sorted(left)}")
    return {engine: middle(used) for engine, used in runs.items()}


def last_line(path: Path) -> tuple[int, str]:
    """How many lines there are, and the last one."""
    from python_calamine import CalamineWorkbook

    sheet = CalamineWorkbook.from_path(path).get_sheet_by_name("Commissions")
    lines = sheet.to_python(skip_empty_area=False)
    return len(lines) - 1, repr(lines[-1])


def middle(used: Sequence[Used]) -> Cost:
    """The median of each figure."""
    return Cost(
        wall=median(one.wall_seconds for one in used),
        cpu=median(one.cpu_seconds for one in used),
        append=median(float(one.said.split()[0]) for one in used),
        peak_mb=median(float(one.said.split()[1]) for one in used),
    )


def rows(size: int, found: dict[str, Cost]) -> list[str]:
    """The rows of one size, each with its ratio to ours."""
    return [
        f"| {size:,} | {WHO[engine]} | {one.wall:.2f} | {one.cpu:.2f} | {one.append:.2f} "
        f"| {one.peak_mb:.0f} | {one.cpu / found[OURS].cpu:.1f} |"
        for engine, one in found.items()
    ]

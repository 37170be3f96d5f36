"""What if formulas decided instead? LibreOffice recomputes the rules; ours beside it."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.engines.answers import kept
from benchmarks.made_orders import make
from benchmarks.made_spreadsheet import FULL, LIGHT, PERCENT, TIERS, USES
from benchmarks.results import ROOT, Figures, Tell
from benchmarks.watched import Used, run, used_by

SIZES = (2_000, 10_000, 50_000)
BUYER_EACH = 50
"""Orders a customer, so that the limit of uses is met."""
LEAST_TIMES = 500
OURS = {LIGHT: "ours", FULL: "ours_uses"}
OFFICE, SCRIPT = "office", "script"
WHO = {
    OFFICE: "LibreOffice recomputes {rules}",
    "ours": "**tracker's core**, {rules}",
    "ours_uses": "**tracker's core**, {rules}",
    SCRIPT: "a plain Python script, {rules}",
}
RULES = {LIGHT: "the light rules", FULL: "the full rules"}

ABOUT = f"""\
# What if formulas decided

The same log and codes as above, but with {BUYER_EACH} orders a customer, typed into a workbook
whose formulas decide: a row for each order, a tab of later news, a tab of codes and their owners.

- *the light rules*: the state and refund as last told, the owner of the code on the order's day
  (a search by bisection), the code's percent of the goods, rounded half a kopeck up.
- *the full rules*: also how often the customer had used the code before ({USES} is allowed), and
  which order of the month it is for the partner: {PERCENT}%, from the {TIERS[0][0]}th on \
{TIERS[0][1]}%, from the {TIERS[1][0]}th on {TIERS[1][1]}%. Each is a
  COUNTIF over the rows above, which grows with the square of the orders.

LibreOffice, without a window, loads the workbook, in which no formula has a value, works it out
and writes the first tab as CSV; making the workbook is not counted. Ours reads the log, decides,
writes both ledgers in memory and a CSV. Both must give the same rows, to the kopeck, or there is
no table. Start of every process included; one run each. *times* is of CPU seconds against ours with
the same rules.
"""
HEADING = (
    "| orders | how | s in all | CPU s | peak MB | orders/s | times ours |\n"
    "|---:|---|---:|---:|---:|---:|---:|"
)

Costs = Mapping[tuple[str, str], Used]
"""By the rules and by who decided."""


class GaveUp(Exception):
    """LibreOffice ended without a result."""


@dataclass(frozen=True, slots=True)
class Office:
    """LibreOffice with a profile of its own, which is told to recompute whatever it loads."""

    program: str
    folder: Path

    def recompute(self, book: Path) -> tuple[Used, Path]:
        """Load a workbook, work it out, and write its first tab as CSV. Raises GaveUp."""
        profile = self.folder / "profile" / "user"
        if not profile.exists():
            profile.mkdir(parents=True)
            (profile / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
        command = [
            *(self.program, f"-env:UserInstallation={profile.parent.as_uri()}", "--headless"),
            *("--convert-to", "csv", "--outdir", str(self.folder), str(book)),
        ]
        began = time.perf_counter()
        try:
            # It warns of a Java that is not there, and needs none.
            used = used_by(command, errors=subprocess.DEVNULL)
        except SystemExit as why:
            seconds = time.perf_counter() - began
            raise GaveUp(f"LibreOffice ended without a result after {seconds:,.0f} s") from why
        return used, self.folder / f"{book.stem}.csv"


ALWAYS = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def office(folder: Path) -> Office:
    """Find LibreOffice. Raises SystemExit where it is not installed."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        raise SystemExit("LibreOffice is not installed (Debian: apt install libreoffice-calc)")
    return Office(program, folder)


def costs(orders: int, kinds: Sequence[str] = (LIGHT, FULL)) -> Costs:
    """Measure everybody at one size. Raises SystemExit when their rows differ, and GaveUp."""
    found: dict[tuple[str, str], Used] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, orders, max(1, orders // BUYER_EACH))
        for kind in kinds:
            found[kind, OFFICE], said = _by_formulas(folder, kind)
            scripts = [SCRIPT] if kind == LIGHT else []
            for engine in [OURS[kind], *scripts]:
                found[kind, engine] = run(engine, str(folder))
                if found[kind, engine].said != said:
                    theirs = found[kind, engine].said
                    raise SystemExit(f"{kind}: formulas gave {said}, {engine} gave {theirs}")
    return found


def _by_formulas(folder: Path, kind: str) -> tuple[Used, str]:
    # In a process of its own: a child is told the memory of its parent as its own.
    env: dict[str, Any] = os.environ | {"PYTHONPATH": str(ROOT)}
    used_by([sys.executable, "-m", "benchmarks.made_spreadsheet", str(folder), kind], ROOT, env)
    used, path = office(folder).recompute(folder / f"{kind}.xlsx")
    return used, kept(folder / f"commissions-{kind}.csv", commissions(path))


def commissions(path: Path) -> list[tuple[str, str, int]]:
    """Read what the formulas came to; whoever is owed nothing is left out."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            (row["order_id"], row["partner"], int(row["minor"]))
            for row in csv.DictReader(file)
            if row["minor"] != "0"
        ]


def rows(orders: int, found: Costs) -> list[str]:
    """The rows of one size, each with its ratio to ours with the same rules."""
    return [
        f"| {orders:,} | {WHO[who].format(rules=RULES[kind])} | {one.wall_seconds:,.1f} "
        f"| {one.cpu_seconds:,.1f} | {one.peak_mb:,.0f} | {orders / one.wall_seconds:,.0f} "
        f"| {one.cpu_seconds / found[kind, OURS[kind]].cpu_seconds:.1f} |"
        for (kind, who), one in found.items()
    ]


def section(tell: Tell, sizes: Sequence[int] = SIZES) -> Figures:
    """Measure at all sizes; the figures are those of the last that LibreOffice got through."""
    tell(ABOUT.splitlines())
    tell(["", *HEADING.splitlines()])
    figures: Figures = {}
    without: list[str] = []
    for orders in sizes:
        try:
            found = costs(orders)
        except GaveUp as why:
            without.append(f"- {orders:,} orders: {why}.")
            continue
        tell(rows(orders, found))
        figures = figures_of(orders, found)
    if without:
        tell(["", *without])
    return figures


def figures_of(orders: int, found: Costs) -> Figures:
    """Seconds of CPU and by the clock with the full rules."""
    office, ours = found[FULL, OFFICE], found[FULL, OURS[FULL]]
    return {
        "orders": orders,
        "office_s": office.wall_seconds,
        "office_cpu_s": office.cpu_seconds,
        "ours_s": ours.wall_seconds,
        "ours_cpu_s": ours.cpu_seconds,
    }

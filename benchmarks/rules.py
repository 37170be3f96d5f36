"""What do the rules cost? The core with every rule on, beside itself with none."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from benchmarks.made_orders import make
from benchmarks.results import Figures, Tell
from benchmarks.watched import Used, run

RUNS = 7
ORDERS = 10_000
WHO = {
    "ours": "no rule but the codes",
    "some": "**every rule on**, of each code two restrictions, by turns",
    "ours_rules": "**every rule on**, and every restriction on every code",
}
ASKED = {"some": ("ours_rules", "some")}
"""How an engine is called where its name is not all."""
LEAST_SHARE = 0.75

ABOUT = f"""\
# What the rules cost

The same {ORDERS:,} orders of the log above, decided by the core: with nothing but codes, and with
every rule of the programme switched on at once (restrictions of codes, links, bindings,
advertisements, a Rules tab, tiers, caps by order, customer and month, a budget, two levels,
partners paid in euros; nearly twice the lines come of it). By turns, each run a process of its
own, start included; of {RUNS} runs the least, since whatever else a machine does only adds to a
run. The aim is a share of at least {LEAST_SHARE:.0%}; where a row is below it, it is not reached.
"""


def section(tell: Tell) -> Figures:
    """Measure all ways by turns; the figures are orders in a CPU second."""
    tell(ABOUT.splitlines())
    with tempfile.TemporaryDirectory() as name:
        make(Path(name), ORDERS)
        runs: dict[str, list[Used]] = {engine: [] for engine in WHO}
        for _ in range(RUNS):
            for engine, found in runs.items():
                called, *more = ASKED.get(engine, (engine,))
                found.append(run(called, name, *more))
    tell(table(runs))
    return figures_of(runs)


def figures_of(runs: Mapping[str, Sequence[Used]]) -> Figures:
    """Orders in a CPU second without rules, with some and with all of them."""
    names = {"ours": "plain", "some": "some", "ours_rules": "all"}
    return {name: ORDERS / _least(runs[engine]) for engine, name in names.items()}


def table(runs: Mapping[str, Sequence[Used]]) -> list[str]:
    """One row each way; the share is of the rate by CPU without rules."""
    cpu = {engine: _least(found) for engine, found in runs.items()}
    lines = [
        "",
        "| how | orders a CPU second | CPU s | peak MB | share of the rate |",
        "|---|---:|---:|---:|---:|",
    ]
    for engine, found in runs.items():
        peak = median(one.peak_mb for one in found)
        lines.append(
            f"| {WHO[engine]} | {ORDERS / cpu[engine]:,.0f} | {cpu[engine]:.2f} | {peak:.0f} "
            f"| {cpu['ours'] / cpu[engine]:.2f} |"
        )
    return lines


def _least(found: Sequence[Used]) -> float:
    """The CPU seconds of the run that least else was added to."""
    return min(one.cpu_seconds for one in found)

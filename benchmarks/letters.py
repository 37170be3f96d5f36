"""How many statements are rendered and frozen a second? Ours beside one Babel call per cell."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from benchmarks.made_statements import LINES
from benchmarks.results import Figures, Tell
from benchmarks.watched import run

RUNS = 3
LETTERS = 100
OURS, BABEL = "ours", "babel"
WHO = {
    OURS: "**ours**: Babel asked once for each pattern",
    BABEL: "the same, Babel called per cell",
}
KINDS = (("ru", "RUB"), ("en", "RUB"), ("ru", "JPY"), ("en", "JPY"))
Kind = tuple[str, str]

ABOUT = f"""\
# How many letters are made a second

Statements of {LINES} lines with six months as bars, holds, four orders that were not counted and
the table attached, rendered (subject, text, HTML with its styles on the elements) and frozen into
the bytes that are mailed. No two are alike. Nothing is sent: the pause between two letters, a
second by default, is many times what is measured here.

- *ours* is `tracker.letters.render` and `freeze` as every command calls them.
- *Babel called per cell* has the same templates and makes the same letters, but each sum is a call
  of `babel.numbers.format_currency` and each day one of `babel.dates.format_date`.
- *letters/s* is of CPU seconds (user and system), the first letter aside: on one core that does
  nothing else it is the rate by the clock. *render* and *freeze* are its parts.
- *first* is the CPU from the start of the process to the first letter, imports and templates
  included: what a run with one letter pays.
- *kB* is a whole letter as mailed, base64 included, 1,000 bytes each.

Every run of {LETTERS} letters is a process of its own; both must say the same, white space aside,
or there is no table. Medians of {RUNS} runs, by turns, so that noise hits both.
"""
HEADING = (
    "| letter | how | letters/s | render ms | freeze ms | first s | kB | peak MB "
    "| against Babel per cell |\n"
    "|---|---|---:|---:|---:|---:|---:|---:|---:|"
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What letters cost one way: CPU seconds each, bytes of one, MB at most, and what they say."""

    first: float
    render: float
    freeze: float
    bytes: float
    peak_mb: float
    said: str

    @property
    def per_second(self) -> float:
        """Letters in a second of CPU."""
        return 1 / (self.render + self.freeze)


def once(how: str, kind: Kind, letters: int = LETTERS) -> Cost:
    """Make letters one way, in a process of its own."""
    used = run("letters", how, *kind, str(letters))
    return Cost(peak_mb=used.peak_mb, **json.loads(used.said))


def measured(kind: Kind) -> dict[str, Cost]:
    """Medians of both ways. Raises SystemExit when they say different things."""
    runs: dict[str, list[Cost]] = {OURS: [], BABEL: []}
    for _ in range(RUNS):
        for how, found in runs.items():
            found.append(once(how, kind))
    prove_alike(kind, [cost for found in runs.values() for cost in found])
    return {how: middle(found) for how, found in runs.items()}


def prove_alike(kind: Kind, costs: list[Cost]) -> None:
    """Stop unless all say the same. Raises SystemExit."""
    said = {cost.said for cost in costs}
    if len(said) > 1:
        raise SystemExit(f"letters in {' '.join(kind)} say different things: {sorted(said)}")


def middle(costs: list[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(
        first=median(one.first for one in costs),
        render=median(one.render for one in costs),
        freeze=median(one.freeze for one in costs),
        bytes=median(one.bytes for one in costs),
        peak_mb=median(one.peak_mb for one in costs),
        said=costs[0].said,
    )


def rows(kind: Kind, found: Mapping[str, Cost]) -> list[str]:
    """The rows of one kind of letter, each with its ratio to the baseline."""
    base = found[BABEL].per_second
    return [
        f"| {' '.join(kind)} | {WHO[how]} | {one.per_second:,.0f} | {one.render * 1000:.1f} "
        f"| {one.freeze * 1000:.1f} | {one.first:.2f} | {one.bytes / 1000:.1f} "
        f"| {one.peak_mb:.0f} | {one.per_second / base:.2f} |"
        for how, one in found.items()
    ]


def section(tell: Tell) -> Figures:
    """Measure all letters; the figures are letters a second of the first kind."""
    tell(ABOUT.splitlines())
    tell(["", *HEADING.splitlines()])
    figures: Figures = {}
    for kind in KINDS:
        found = measured(kind)
        tell(rows(kind, found))
        figures = figures or {how: one.per_second for how, one in found.items()}
    return figures

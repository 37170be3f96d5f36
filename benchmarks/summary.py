"""How fast is it, in one table? Every promise with what came of it, and the machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from benchmarks.promises import PROMISES
from benchmarks.results import Part

ABOUT = """\
# How fast it is

What was promised, what is measured, and beside what. `make bench` measures all of it on your
machine and writes this page; `python -m benchmarks --only PART` measures one part anew and leaves
the others as they were. Every figure of the table is worked out from those of the parts below it,
where each says how it was measured. A figure of another machine is worth little: compare ratios.
"""
HEADING = (
    "| what | ours | beside it | figure | aim | reached |\n|---|---|---|---:|---:|---|"
).splitlines()


def summary(parts: Mapping[str, Part]) -> list[str]:
    """The table of all promises, and on what each part was measured."""
    table = [*HEADING, *(promise.row(parts) for promise in PROMISES)]
    return [*ABOUT.splitlines(), "", *table, "", *machines(parts)]


def machines(parts: Mapping[str, Part]) -> Sequence[str]:
    """Tell on what each part was measured, and how busy that was; one line a kind of machine."""
    by_kind = sorted(parts.items(), key=lambda one: one[1].machine.kind)
    return [
        f"Machine: {kind}. Load when it began: {', '.join(_load(*one) for one in group)}."
        for kind, group in groupby(by_kind, key=lambda one: one[1].machine.kind)
    ]


def _load(name: str, part: Part) -> str:
    load = part.machine.load
    return f"{name} not noted" if load is None else f"{name} {load:.1f}"

"""What was measured last? Each part with its figures and its page; docs/performance.md shows them.

`benchmarks/results.json` keeps them, so that a part which is measured anew replaces itself alone.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "benchmarks" / "results.json"
PAGE = ROOT / "docs" / "performance.md"

Figures = Mapping[str, float]
"""What a part measured, by name, for the table of promises."""
Tell = Callable[[Sequence[str]], None]
"""Takes lines of a part's page as soon as they are known."""


@dataclass(frozen=True, slots=True)
class Machine:
    """On what a part was measured; `load` is that of the last minute when it began.

    A `load` of None was not noted.
    """

    cores: int
    memory_gb: int
    python: str
    load: float | None

    @property
    def kind(self) -> str:
        """What stays the same while it is at work."""
        return f"{self.cores} cores, {self.memory_gb} GB, Python {self.python}"

    @property
    def burden(self) -> str:
        """How busy it was when the part began."""
        return "load not noted" if self.load is None else f"load {self.load:.1f} when it began"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the benchmark as it was measured last; `page` is Markdown, line by line."""

    machine: Machine
    figures: Figures
    page: Sequence[str]


def this_machine() -> Machine:
    """Describe the machine, as busy as it is now."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = ".".join(map(str, sys.version_info[:3]))
    return Machine(os.cpu_count() or 1, round(memory), python, round(os.getloadavg()[0], 2))


def measured(measure: Callable[[Tell], Figures], tell: Tell) -> Part:
    """Measure a part, telling its page as it comes; the machine stands after the first lines.

    Figures are kept to six digits: more is noise.
    """
    machine, page = this_machine(), list[str]()

    def take(lines: Sequence[str]) -> None:
        block = list(lines)
        if not page:
            block.append(f"Machine: {machine.kind}; {machine.burden}.")
        page.extend(block)
        tell(block)

    figures = measure(take)
    return Part(machine, {name: float(f"{one:.6g}") for name, one in figures.items()}, page)


def load(path: Path = RESULTS) -> dict[str, Part]:
    """Read what was measured last, by the name of the part."""
    if not path.exists():
        return {}
    return {
        name: Part(Machine(**said["machine"]), said["figures"], said["page"])
        for name, said in json.loads(path.read_text(encoding="utf-8")).items()
    }


def save(parts: Mapping[str, Part], path: Path = RESULTS) -> None:
    """Keep what was measured."""
    said = {name: asdict(part) for name, part in parts.items()}
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def document(summary: Sequence[str], parts: Mapping[str, Part]) -> str:
    """Write the page: the table of promises, then each part under a heading one step lower."""
    lines = list(summary)
    for part in parts.values():
        lines += ["", *(re.sub(r"^(?=#)", "#", line) for line in part.page)]
    return "\n".join(lines) + "\n"

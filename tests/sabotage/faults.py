"""Which one-line faults must the suite notice? Read from the folder `faults`, a file a part."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PARTS = ("money", "core", "stores", "mail", "receiver")
"""The files of `faults`, in the order of the published list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault that somebody might make, as text to put in the place of other text.

    Attributes:
        name: in small letters with hyphens; part: the file it stands in.
        file: the file of the program, from the root; old: text that stands there exactly once.
        new: what stands there instead.
        tests: node ids or files of pytest, the first of them red with the fault.
        suffers: one sentence: what the owner of a shop would live through.
    """

    name: str
    part: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    suffers: str

    def put_into(self, source: str) -> str:
        """Give the source with the fault in it. Raises ValueError unless `old` stands there once."""
        if source.count(self.old) != 1:
            raise ValueError(f"{self.name}: its text stands {source.count(self.old)} times")
        return source.replace(self.old, self.new)


def all_faults() -> list[Fault]:
    """Give every fault, in the order of the list. Raises TypeError for a key too many or too few."""
    folder = Path(__file__).resolve().parent / "faults"
    return [
        Fault(part=part, **row | {"tests": tuple(row["tests"])})
        for part in PARTS
        for row in tomllib.loads((folder / f"{part}.toml").read_text("utf-8"))["fault"]
    ]

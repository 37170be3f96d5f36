"""Which files are mutated, by which tests must it be noticed, and what was found equivalent?"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.mutants.making import Mutant, mutants_of

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Group:
    """Files, from the root, the quick tests that concern them, and whether no sample will do."""

    files: tuple[str, ...]
    tests: tuple[str, ...]
    whole: bool = False

    def mutants(self, sample: int, seed: int) -> list[Mutant]:
        """Give the mutants of the files; with `sample` so many of each at most, by lot."""
        found: list[Mutant] = []
        for file in self.files:
            every = mutants_of(file, (ROOT / file).read_text("utf-8"))
            if sample and len(every) > sample and not self.whole:
                lot = random.Random(f"{seed} {file}")
                every = sorted(lot.sample(every, sample), key=lambda mutant: mutant.number)
            found += every
        return found


def groups(only: Sequence[str] = ()) -> list[Group]:
    """Read the groups, with the files that are asked for alone; without any, with all."""
    rows = tomllib.loads((HERE / "groups.toml").read_text("utf-8"))["group"]
    read = [
        Group(tuple(_files(row["files"])), tuple(row["tests"]), row.get("whole", False))
        for row in rows
    ]
    if not only:
        return read
    kept = [replace(one, files=tuple(file for file in one.files if file in only)) for one in read]
    return [one for one in kept if one.files]


def equivalents() -> dict[tuple[str, str, str, str], str]:
    """Give why a mutant that lives is no other program, by (file, where, before, after)."""
    rows = tomllib.loads((HERE / "equivalents.toml").read_text("utf-8"))["mutant"]
    return {(row["file"], row["where"], row["before"], row["after"]): row["why"] for row in rows}


def _files(patterns: Sequence[str]) -> list[str]:
    found = [path for pattern in patterns for path in sorted(ROOT.glob(pattern))]
    return [str(path.relative_to(ROOT)) for path in found if path.name != "__init__.py"]

"""Which seeds failed once? They are replayed for ever, on the store where they failed."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("regress.txt")


class Failed(NamedTuple):
    """A seed that once broke a promise; `only` is the one kind of fault it was played with."""

    store: str
    seed: int
    only: str = ""


def kept(file: Path = FILE) -> list[Failed]:
    """The list, oldest first."""
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    fields = [line.split() for line in lines if line and not line.startswith("#")]
    return [Failed(one[0], int(one[1]), *one[2:3]) for one in fields]


def keep(failed: Failed, file: Path = FILE) -> None:
    """Add a seed, once."""
    if failed not in kept(file):
        with file.open("a", encoding="utf-8") as lines:
            lines.write(f"{' '.join(map(str, failed)).strip()}\n")

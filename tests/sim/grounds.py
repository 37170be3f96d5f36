"""On which stores can a world stand? In memory, in a workbook, in a Google spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.sim.far import LATE
from tests.sim.memory import InMemory
from tests.sim.world import Book


def _memory(chance: Random, _folder: Path) -> Book:
    return InMemory(rows_max=chance.choice([None, None, 2, 5]), late=chance.choice(LATE))


def _xlsx(_chance: Random, folder: Path) -> Book:
    from tests.sim.workbook import InWorkbook

    return InWorkbook(folder)


def _google(_chance: Random, folder: Path) -> Book:
    from tests.sim.spreadsheet import InGoogle

    return InGoogle(folder)


STORES: dict[str, Callable[[Random, Path], Book]] = {
    "memory": _memory,
    "xlsx": _xlsx,
    "google": _google,
}

"""Do the promises hold in any weather? Three hundred seeds, and those that failed once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sim import regress
from tests.sim.__main__ import KINDS
from tests.sim.grounds import STORES
from tests.sim.play import Play
from tests.sim.regress import Failed

SEEDS = {"memory": range(288), "google": range(8), "xlsx": range(4)}
BATCH = 12
BATCHES = [
    (store, seeds[first : first + (BATCH if store == "memory" else 2)])
    for store, seeds in SEEDS.items()
    for first in range(0, len(seeds), BATCH if store == "memory" else 2)
]

HASH_OF_SEED = """
import sys, tempfile
from pathlib import Path
from tests.sim.play import Play
with tempfile.TemporaryDirectory() as folder:
    print(Play(int(sys.argv[1]), folder=Path(folder)).run().digest)
"""


TRIES = 30
"""So many lives at most until one comes to a port where the kind can strike: a letter, say."""


def folder(parent: Path, name: object) -> Path:
    made = parent / str(name)
    made.mkdir()
    return made


def played(store: str, seed: int, there: Path, only: str = "") -> str:
    """Live through a seed; the hash of its trace."""
    return Play(seed, store, only, there).run().digest


def test_there_are_three_hundred_seeds_on_all_stores() -> None:
    assert sum(len(seeds) for _, seeds in BATCHES) == 300
    assert {store for store, _ in BATCHES} == set(STORES)


@pytest.mark.parametrize(("store", "seeds"), BATCHES, ids=[f"{s}-{r.start}" for s, r in BATCHES])
def test_every_promise_holds_whatever_goes_wrong(store: str, seeds: range, tmp_path: Path) -> None:
    digests = {played(store, seed, folder(tmp_path, seed)) for seed in seeds}

    assert len(digests) == len(seeds)  # each was another life


@pytest.mark.parametrize("failed", regress.kept(), ids=lambda one: "-".join(map(str, one)))
def test_a_seed_that_failed_once_holds(failed: Failed, tmp_path: Path) -> None:
    assert played(failed.store, failed.seed, tmp_path, failed.only)


@pytest.mark.parametrize("kind", KINDS)
def test_every_promise_holds_while_one_thing_goes_wrong_every_time(
    kind: str, tmp_path: Path
) -> None:
    lives = (Play(seed, "memory", kind, folder(tmp_path, seed)).run() for seed in range(TRIES))
    struck = next(told.faults for told in lives if told.faults)

    assert struck == {kind}


@pytest.mark.parametrize("seed", [3, 11])
def test_a_seed_is_the_same_life_every_time(seed: int, tmp_path: Path) -> None:
    first, again = (played("memory", seed, folder(tmp_path, name)) for name in ("a", "b"))
    order_of_sets = {**os.environ, "PYTHONHASHSEED": "7"}
    told = subprocess.run(
        [sys.executable, "-c", HASH_OF_SEED, str(seed)],
        env=order_of_sets, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert first == again == told.stdout.strip()
    assert first != played("memory", seed + 1, folder(tmp_path, "c"))


def test_a_seed_that_fails_is_kept_once(tmp_path: Path) -> None:
    file = tmp_path / "regress.txt"
    for failed in (Failed("memory", 7), Failed("xlsx", 7, "cut"), Failed("memory", 7)):
        regress.keep(failed, file)

    assert file.read_text() == "memory 7\nxlsx 7 cut\n"
    assert regress.kept(file) == [Failed("memory", 7), Failed("xlsx", 7, "cut")]

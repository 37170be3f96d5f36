"""Do the engines of the benchmark decide alike? (pandas is asked by `make bench` only.)"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import ENGINES, Measured, table
from benchmarks.made_orders import make

ROOT = Path(__file__).parent.parent


def said(engine: str, folder: Path) -> str:
    """What an engine prints: how many rows it gave, and their checksum."""
    command = [sys.executable, "-m", f"benchmarks.engines.{engine}", str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("orders")
    make(folder, 400)
    return folder


def test_the_same_seed_gives_the_same_orders(orders: Path, tmp_path: Path) -> None:
    make(tmp_path, 400)

    for name in ("orders.jsonl", "codes.csv"):
        assert (tmp_path / name).read_bytes() == (orders / name).read_bytes()


@pytest.mark.parametrize("engine", ["ours", "ours_sync", "with_sqlite"])
def test_an_engine_gives_the_rows_of_the_plain_script(engine: str, orders: Path) -> None:
    wanted = said("script", orders)

    assert said(engine, orders) == wanted
    assert int(wanted.split()[0]) > 200


def test_rates_are_told_against_the_baseline() -> None:
    found = {engine: Measured(2.0, 1.5, 64, "x") for engine in ENGINES}
    found["script"] = Measured(0.5, 0.4, 32, "x")

    lines = table(1000, found)

    (row,) = (line for line in lines if line.startswith(f"| {ENGINES['script']}"))
    assert row.endswith("| 2,000 | 0.40 | 32 | 4.00 |")

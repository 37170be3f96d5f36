"""Do the benchmarks measure what they say? (pandas is asked by `make bench` only.)"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import ENGINES, Measured, put_in, table
from benchmarks.google_calls import CAREFUL, NAIVE, OURS, Cost, bench, further
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


def test_a_section_measured_anew_takes_its_old_place() -> None:
    page = "# Deciding\n\nold\n\n# Google\n\nkept\n"

    assert put_in(page, "# Deciding\n\nnew\n") == "# Deciding\n\nnew\n\n# Google\n\nkept\n"
    assert put_in("", "# Google\n") == "# Google\n"


def test_a_sync_of_one_order_on_google_is_three_calls_and_an_idle_one_two() -> None:
    with bench(lines=20, more=1) as made:
        assert made.lines == 20
        first = made.first(call_seconds=0)
        idle, one = made.sync(OURS, 0, call_seconds=0), made.sync(OURS, 1, call_seconds=0)
        booked = made.booked()

        assert (first.calls, idle.calls, one.calls) == (2, 2, 3)
        assert idle.up < one.up
        # open_by_key; two calls for each of three tabs; append_row; two calls for the balances.
        for script, calls in ((NAIVE, 10), (CAREFUL, 4)):
            assert made.sync(script, 1, call_seconds=0).calls == calls
            assert made.booked() == booked


def test_a_cost_is_worked_out_by_a_call_for_each_order_more() -> None:
    few = Cost(calls=10, up=1_000, down=5_000, cpu=1.0, peak_mb=50)
    many = Cost(calls=109, up=10_900, down=14_900, cpu=1.99, peak_mb=50)

    found = further(few, many, 2_000)

    assert (found.calls, found.up, found.down) == (2_009, 200_900, 204_900)
    assert found.cpu == pytest.approx(20.99)
    # 2,009 calls and the token's at 0.3 s.
    assert found.seconds == pytest.approx(603.0 + 20.99)

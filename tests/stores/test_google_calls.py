"""How many calls and bytes does a sync on Google cost, and what does it read anew?

The byte count at a ledger of 100,000 lines is the benchmark's; here it is 20,000, since the
quantity that must not grow with the ledger would show at that size too.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli_book import run_at
from tests.google.proof import cut, nothing_doubled, nothing_sent_blindly, plain_sum_is_right, told
from tests.google.world import SHEET, GoogleWorld
from tracker.layout import Tab
from tracker.running import at_rest


class Killed(BaseException):
    """The process is gone: nothing of it is caught on the way."""


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> GoogleWorld:
    """Ivan and maria, and one run today, which has read the book whole."""
    world = GoogleWorld.begun(tmp_path_factory.mktemp("begun"))
    cut(world)
    world.type(Tab.PARTNERS, partner_id="ivan", payout_details="card")
    world.type(Tab.PARTNERS, partner_id="maria", rate="15%", payout_details="card")
    world.type(Tab.CODES, code="IVAN01", partner_id="ivan")
    world.type(Tab.CODES, code="MARIA01", partner_id="maria")
    world.deliver("A1")
    with world.reachable():
        world.sync()
    return world


@pytest.fixture
def world(begun: GoogleWorld, tmp_path: Path) -> GoogleWorld:
    return begun.copy(tmp_path / "world")


def orders(world: GoogleWorld, count: int, prefix: str = "B") -> None:
    for number in range(count):
        world.deliver(f"{prefix}{number}", codes=["MARIA01" if number % 3 else "IVAN01"])


def calls_of(world: GoogleWorld) -> list[str]:
    """Sync once; the calls it made."""
    world.google.reset_calls()
    with world.reachable():
        world.sync()
    return [
        f"{call.method} {re.sub('^.*small-shop', '', call.path)}" for call in world.google.calls
    ]


READS = ["GET ", "POST /values:batchGetByDataFilter"]
WRITE = "POST :batchUpdate"


@pytest.mark.parametrize("count", [1, 100, 1_000])
def test_a_sync_of_new_orders_is_three_calls_up_to_2000_lines(
    world: GoogleWorld, count: int
) -> None:
    # An order is a line in Journal and one in Commissions.
    orders(world, count)
    assert calls_of(world) == [*READS, WRITE]
    assert len(world.owner.rows("Commissions")) == 1 + count


def test_a_sync_with_nothing_new_is_two_calls(world: GoogleWorld) -> None:
    assert calls_of(world) == READS
    world.move(days=1)
    assert calls_of(world) == READS


def test_more_lines_than_2000_go_in_batches_of_at_most_so_many(world: GoogleWorld) -> None:
    orders(world, 1_100)
    assert calls_of(world) == [*READS, WRITE, WRITE]
    batches = [
        [
            one["updateCells"]["rows"]
            for one in call.sent["requests"]
            if "start" in one.get("updateCells", ())
        ]
        for call in world.google.calls[2:]
    ]
    assert [[len(rows) for rows in batch] for batch in batches] == [[1_000] * 2, [100, 100, 1]]


def killed_at(world: GoogleWorld, call: int) -> GoogleWorld:
    """Kill a sync before that call is answered; the next process, with the same files."""

    def kill() -> None:
        raise Killed

    world.google.before(call, kill)
    with world.reachable(), pytest.raises(Killed):
        world.sync()
    after = GoogleWorld(world.folder, world.google, world.now, world.place.inbox)
    after.store.rows_max = world.store.rows_max
    return after


@pytest.mark.parametrize("sent", [True, False])
def test_a_sync_killed_between_two_batches_leaves_whole_orders_and_the_next_run_the_rest(
    world: GoogleWorld, tmp_path: Path, *, sent: bool
) -> None:
    orders(world, 30)
    calm = world.copy(tmp_path / "calm")
    with calm.reachable():
        calm.sync()
        expected = told(calm.sync(whole=True))
    for call in range(3, 9):
        one = world.copy(tmp_path / f"killed{call}")
        one.store.rows_max = 10
        left = killed_at(one, call)
        if not sent:  # killed a moment earlier: what remembers an open batch was not there yet
            (one.folder / ".tracker" / f"{SHEET}.unsettled").unlink()
        facts = {row["line_id"] for row in left.owner.rows("Journal")}
        lines = {row["fact"] for row in left.owner.rows("Commissions")}
        # One of A1, and five orders of two lines in each batch that was answered.
        assert facts == lines
        assert len(facts) == 1 + 5 * (call - 3)
        with left.reachable():
            left.sync()
            rest = left.sync(whole=True)
        assert (told(rest), rest.committed) == (expected, False)
        nothing_doubled(left)
        nothing_sent_blindly(left.google)
        plain_sum_is_right(left, expected)


@pytest.fixture(scope="module")
def bytes_moved(
    begun: GoogleWorld, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[int], tuple[int, int]]:
    def moved(lines: int) -> tuple[int, int]:
        """Bytes down and up of a sync of 100 new orders on ledgers of so many lines together."""
        world = begun.copy(tmp_path_factory.mktemp("bytes") / "world")
        world.store.rows_max = lines + 1  # one batch, for speed
        orders(world, lines // 2)
        with world.reachable():
            world.sync()
        orders(world, 100, "C")
        assert calls_of(world) == [*READS, WRITE]
        found = world.google.calls
        return sum(call.down for call in found), sum(call.up for call in found)

    return moved


def test_a_hundred_new_orders_move_as_much_on_20000_lines_as_on_1000(
    bytes_moved: Callable[[int], tuple[int, int]],
) -> None:
    (small_down, small_up), (large_down, large_up) = bytes_moved(1_000), bytes_moved(20_000)
    assert large_down + large_up <= 2 * (small_down + small_up)
    assert large_down <= 1.1 * small_down
    assert large_up <= 1.1 * small_up


def booked_amount(world: GoogleWorld, amount: float) -> None:
    world.owner.set_cell("Commissions", 2, "amount", amount)


def test_a_line_edited_by_hand_is_noticed_by_the_first_sync_of_the_next_day(
    world: GoogleWorld,
) -> None:
    booked_amount(world, 999)
    orders(world, 1)
    with world.reachable():
        assert "commission_changed" not in {one.code for one in world.sync().problems}
        world.move(days=1)
        assert "commission_changed" in {one.code for one in world.sync().problems}
        assert "commission_changed" in {one.code for one in world.sync().problems}
        booked_amount(world, 100)
        assert "commission_changed" in {one.code for one in world.sync().problems}
        world.move(days=1)
        assert "commission_changed" not in {one.code for one in world.sync().problems}


def test_before_statements_and_payouts_the_same_day_every_line_is_read(world: GoogleWorld) -> None:
    booked_amount(world, 999)
    with world.reachable():
        found = at_rest(world.place, what="statements").problems
        assert {one.code for one in found} == {"commission_changed"}


def gone(state: Path) -> None:
    shutil.rmtree(state / "cache")


def damaged(state: Path) -> None:
    [path] = (state / "cache").glob("*.sqlite3")
    for part in (state / "cache").iterdir():
        part.write_bytes(b"\0 not a database " * 500)
    assert path.stat().st_size > 0


def emptied(state: Path) -> None:
    for part in (state / "cache").iterdir():
        part.write_bytes(b"")


@pytest.mark.parametrize("lost", [gone, damaged, emptied])
def test_without_its_cache_a_sync_comes_to_the_same(
    world: GoogleWorld, tmp_path: Path, lost: Callable[[Path], None]
) -> None:
    orders(world, 5)
    kept, without = world.copy(tmp_path / "kept"), world.copy(tmp_path / "without")
    lost(tmp_path / "without" / ".tracker")
    said = []
    for one in (kept, without):
        assert calls_of(one) == [*READS, WRITE]
        assert calls_of(one) == READS
        with one.reachable():
            said.append(told(one.sync(whole=True)))
    assert said[0] == said[1]


def test_sync_v_says_calls_and_bytes_each_way(world: GoogleWorld) -> None:
    (world.folder / ".env").write_text(
        f"TRACKER_STORE=gsheets:https://docs.google.com/spreadsheets/d/{SHEET}/edit#gid=0\n"
        f"TRACKER_GOOGLE_CREDENTIALS=robot.json\nTRACKER_STATE=.tracker\n"
        "TRACKER_SECRET=a secret of tests\nTRACKER_ORDER_LOG=file:orders.jsonl\n"
    )
    body = {"order_id": "7", "ordered_at": "2026-10-19T10:00:00Z", "total": "1000"}
    line = {"delivery_id": "d7", "received_at": "2026-10-20T09:00:00Z", "source": "generic"}
    told = json.dumps(line | {"body": body | {"currency": "RUB", "codes": ["IVAN01"]}})
    (world.folder / "orders.jsonl").write_text(f"{told}\n")
    with world.reachable():
        said = run_at(world.folder, world.now, "sync", "-v")
    found = world.google.calls
    up, down = (sum(getattr(call, way) for call in found) for way in ("up", "down"))
    assert (said.code, said.err) == (0, f"calls=3 up={up} down={down}\n")
    assert said.out == "seen=1 attributed=1 unattributed=0 waiting=0 quarantined=0 written=1\n"

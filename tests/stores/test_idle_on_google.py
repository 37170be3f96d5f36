"""Does an idle sync on Google read no ledger, and miss no edit?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.google.world import GoogleWorld
from tracker import idle
from tracker.layout import Tab
from tracker.running import look

PLANTED = "the last run's answer"
_KEPT: list[TemporaryDirectory[str]] = []


@cache
def begun() -> GoogleWorld:
    """A spreadsheet with one order, whose last sync had nothing to do."""
    keeper: TemporaryDirectory[str] = TemporaryDirectory()
    _KEPT.append(keeper)
    world = GoogleWorld.begun(Path(keeper.name))
    world.type(Tab.PARTNERS, partner_id="ivan", email="ivan@example.com")
    world.type(Tab.CODES, code="IVAN01", partner_id="ivan")
    world.deliver("1")
    with world.reachable():
        for _ in range(3):  # the first commits, and the second knows that from the cache
            idle.sync(world.place)
            world.move(minutes=1)
    plant(world)
    return world


def plant(world: GoogleWorld) -> None:
    path = world.folder / ".tracker" / "cache" / "at_rest.json"
    kept = json.loads(path.read_text())
    kept["said"]["counts"] = PLANTED
    path.write_text(json.dumps(kept))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[GoogleWorld]:
    begun()
    world = begun().copy(tmp_path / "copy")
    # A copied inbox has the id of the first one, and every run finds the same folder of state.
    with world.reachable():
        idle.sync(world.place)
        world.move(minutes=1)
        plant(world)
        yield world


def said(world: GoogleWorld) -> str:
    return idle.sync(world.place).counts


def test_an_idle_sync_is_two_calls_and_works_nothing_out(world: GoogleWorld) -> None:
    before = world.store.traffic.calls
    assert said(world) == PLANTED
    assert world.store.traffic.calls - before == 2


def test_a_sync_that_has_to_look_closer_asks_nothing_twice(world: GoogleWorld) -> None:
    world.type(Tab.CODES, code="IVAN02", partner_id="ivan")
    before = world.store.traffic.calls
    assert said(world) != PLANTED
    assert world.store.traffic.calls - before == 3  # a line of Code history is written


@pytest.mark.parametrize(
    ("tab", "key", "column"),
    [(Tab.SETTINGS, "rate", "value"), (Tab.PARTNERS, "ivan", "name"), (Tab.CODES, "IVAN01", "note")],
)  # fmt: skip
def test_no_edit_of_an_owner_is_missed(tab: Tab, key: str, column: str, world: GoogleWorld) -> None:
    world.edit(tab, key, column, "11%")
    assert said(world) != PLANTED


def test_an_edit_of_a_ledger_counts_once_a_whole_read_has_seen_it(world: GoogleWorld) -> None:
    line = world.rows(Tab.COMMISSIONS)[0]["line_id"]
    world.edit(Tab.COMMISSIONS, str(line), "amount", "7")
    assert said(world) == PLANTED  # as without a short cut: ledgers come from the cache
    look(world.place)
    assert idle.sync(world.place).problems == 1


def test_the_first_sync_of_a_day_reads_everything(world: GoogleWorld) -> None:
    world.move(days=1)
    assert said(world) != PLANTED


def test_an_answer_nobody_saw_is_looked_after(world: GoogleWorld) -> None:
    (world.folder / ".tracker" / f"{world.store._id}.unsettled").write_text("sent")
    assert said(world) != PLANTED
    assert not world.store.unsettled

"""What can go wrong at each call of a sync on Google? Everything, once, and it still comes right.

The sync writes to Journal, Commissions, Code history, Runs and the reports; it is run in one batch
(three calls) and in two (four). About 400 worlds in all: every fault, a competing machine and
every action of the owner, each before or at every call. One case is a sync that meets it, one
quiet run, and one more that must find nothing to do.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.google.actions import ACTIONS, NOTHING, STOPPING, Action, Undo
from tests.google.faults import Fault
from tests.google.proof import (
    nothing_doubled,
    nothing_sent_blindly,
    one_fence_a_commit,
    owners_things,
    plain_sum_is_right,
    prepared,
    told,
)
from tests.google.world import GoogleWorld
from tracker.problems import Stop
from tracker.restoring import accept

FAULTS: dict[str, dict[str, Any]] = {
    "429": {"kind": "http429"},
    "429 that says when": {"kind": "http429", "retry_after": 7},
    "500": {"kind": "http500"},
    "503": {"kind": "http503"},
    "time-out before": {"kind": "timeout"},
    "reset before": {"kind": "reset"},
    "HTML": {"kind": "html502"},
    "half an answer": {"kind": "truncated"},
}
WRITE_FAULTS: dict[str, dict[str, Any]] = {
    "500, applied": {"kind": "http500", "applied": True},
    "503, applied": {"kind": "http503", "applied": True},
    "time-out after": {"kind": "timeout", "applied": True},
    "reset after": {"kind": "reset", "applied": True},
    "HTML, applied": {"kind": "html502", "applied": True},
    "half an answer, applied": {"kind": "truncated", "applied": True},
} | {
    f"time-out, lands {late} calls later": {"kind": "timeout", "late": late} for late in range(1, 7)
}

BATCHES = {"one batch": (3, 2_000), "two batches": (4, 8)}
"""Calls of the undisturbed sync, and how many rows one batch may hold."""


@dataclass
class Scene:
    """The programme before its sync, and what it comes to when nothing goes wrong."""

    world: GoogleWorld
    expected: dict[str, Any]
    writes: frozenset[int]
    calls: int
    rows_max: int
    folders: Iterator[Path]

    def copy(self) -> GoogleWorld:
        world = self.world.copy(next(self.folders))
        world.store.rows_max = self.rows_max
        return world

    def competed(self) -> dict[str, Any]:
        """What it comes to when another machine has run afterwards."""
        world = self.copy()
        with world.reachable():
            world.sync()
            rival(world, next(self.folders)).sync()
            return told(world.sync(whole=True))


@pytest.fixture(scope="module", params=BATCHES)
def scene(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    calls, rows_max = BATCHES[request.param]
    folder = tmp_path_factory.mktemp("world")
    # Beside it, not inside: a copy in there would be copied again with every later one.
    copies = tmp_path_factory.mktemp("copies")
    folders = (copies / str(number) for number in count())
    (folder / "prepared").mkdir()
    made = Scene(prepared(folder / "prepared"), {}, frozenset(), calls, rows_max, folders)
    world = made.copy()
    with world.reachable():
        assert world.sync().committed
        found = world.google.calls
        assert len(found) == calls
        made.writes = frozenset(n for n, call in enumerate(found, 1) if call.is_write)
        made.expected = told(world.sync(whole=True))
    return made


def rival(world: GoogleWorld, folder: Path) -> GoogleWorld:
    """Another machine: it knows of one of our orders too, and of one that we do not know."""
    other = world.another_machine(folder)
    ours = next(one for one in world.place.inbox.after(0) if one.delivery_id == "b1")
    other.land(json.loads(ours.body), delivery_id="b1", received_at=ours.received_at)
    other.deliver("C1", codes=["MARIA01"], total="70")
    return other


def ends_right(world: GoogleWorld, expected: dict[str, Any], action: Action = NOTHING) -> None:
    """Nothing is left to do, the book says what it should, and no line is there twice."""
    rest = world.sync(whole=True)
    assert not rest.committed
    said = told(rest)
    parts = said.keys() if action.restored else {"balances", "problems"}
    assert {part: said[part] for part in parts} == {part: expected[part] for part in parts}
    one_fence_a_commit(world.google)
    nothing_sent_blindly(world.google)
    if action.sums:
        nothing_doubled(world)
        plain_sum_is_right(world, expected)


def meets(scene: Scene, fault: Fault) -> GoogleWorld:
    """Let one fault meet the sync, and run once more in quiet."""
    world = scene.copy()
    owners = owners_things(world.owner.book)
    with world.reachable():
        world.google.faults = [fault]
        world.sync()
        world.sync()
        ends_right(world, scene.expected)
    assert owners_things(world.owner.book) == owners
    return world


@pytest.mark.parametrize("kind", FAULTS)
def test_after_a_fault_at_any_call_a_quiet_run_leaves_the_book_as_without_it(
    scene: Scene, kind: str
) -> None:
    for at in range(1, scene.calls + 1):
        world = meets(scene, Fault(at, **FAULTS[kind]))
        assert len(world.google.calls) > scene.calls + 2 + 2


@pytest.mark.parametrize("kind", WRITE_FAULTS)
def test_after_a_write_whose_answer_is_lost_nothing_is_lost_and_nothing_is_doubled(
    scene: Scene, kind: str
) -> None:
    for at in sorted(scene.writes):
        meets(scene, Fault(at, **WRITE_FAULTS[kind]))


def test_a_write_is_sent_again_as_it_was_after_429_alone_and_when_google_says(scene: Scene) -> None:
    for at in sorted(scene.writes):
        world = meets(scene, Fault(at, "http429", retry_after=7))
        first, second = world.google.calls[at - 1 : at + 1]
        assert (first.sent, first.status, second.status) == (second.sent, 429, 200)
        assert world.pauses == [7]


def test_a_sync_of_another_machine_before_any_call_loses_and_doubles_nothing(scene: Scene) -> None:
    expected = scene.competed()
    for at in range(1, scene.calls + 1):
        world = scene.copy()
        owners = owners_things(world.owner.book)
        with world.reachable():
            other = rival(world, next(scene.folders))
            world.google.before(at, other.sync)
            world.sync()
            world.sync()
            ends_right(world, expected)
            assert not other.sync().committed
        assert owners_things(world.owner.book) == owners


def acted(world: GoogleWorld, at: int, does: Callable[[], object]) -> list[dict[object, object]]:
    """Let the owner act before that call; what was the owner's before and after that."""
    seen: list[dict[object, object]] = []

    def action() -> None:
        seen.append(owners_things(world.owner.book))
        does()
        seen.append(owners_things(world.owner.book))

    world.google.before(at, action)
    return seen


@pytest.mark.parametrize("name", ACTIONS)
def test_whatever_the_owner_does_before_any_call_the_book_comes_right(
    scene: Scene, name: str
) -> None:
    action = ACTIONS[name]
    for at in range(1, scene.calls + 1):
        world = scene.copy()
        before = owners_things(world.owner.book)
        with world.reachable():
            seen = acted(world, at, lambda world=world: action.does(world.owner))  # type: ignore[misc]
            world.sync()
            world.sync(whole=action.whole)
            expected = scene.expected
            problems = sorted([*expected["problems"], *action.adds])
            ends_right(world, expected | {"problems": problems}, action)
        assert [before, owners_things(world.owner.book)] == seen


def stopped(world: GoogleWorld, *, goes_on: bool) -> Stop:
    """Sync until it stops: the first run, or the next where that one had read everything."""
    for _ in range(2 if goes_on else 1):
        try:
            world.sync()
        except Stop as stop:
            return stop
    pytest.fail("nothing stopped it")


@pytest.mark.parametrize("name", STOPPING)
def test_what_must_stop_a_run_stops_it_in_words_and_taken_back_leaves_no_trace(
    scene: Scene, name: str
) -> None:
    action = STOPPING[name]
    for at in range(1, scene.calls + 1):
        world = scene.copy()
        undo: list[Undo] = []
        with world.reachable():
            world.google.before(at, lambda u=undo, w=world: u.append(action.does(w.owner)))  # type: ignore[misc]
            stop = stopped(world, goes_on=action.only_read and at in scene.writes)
            assert stop.code.startswith(action.code)
            assert action.says in str(stop)
            undo[0]()
            world.sync()
            ends_right(world, scene.expected)


@pytest.mark.parametrize("tab", ["Journal", "Commissions", "Code history", "Runs", "Balances"])
def test_where_a_tab_may_not_be_written_the_stop_names_it_and_no_other_is_written_either(
    scene: Scene, tab: str
) -> None:
    world = scene.copy()
    world.store.rows_max = 2_000
    world.owner.protect(tab)
    before = [(sheet.title, list(sheet.rows)) for sheet in world.owner.book.sheets]
    with world.reachable(), pytest.raises(Stop, match=f"google_protected.*{tab}"):
        world.sync()
    assert [(sheet.title, list(sheet.rows)) for sheet in world.owner.book.sheets] == before


def test_a_version_put_back_before_any_call_stops_until_it_is_accepted_and_no_order_is_lost(
    scene: Scene,
) -> None:
    for at in (1, 2, 3):
        world = scene.copy()
        with world.reachable():
            older = world.owner.version()
            world.deliver("A3")
            world.sync()
            world.deliver("A4")
            world.google.reset_calls()
            world.google.before(at, lambda w=world, v=older: w.owner.restore(v))  # type: ignore[misc]
            for _ in range(2):
                with pytest.raises(Stop, match="book_restored"):
                    world.sync()
            accept(world.place)
            world.sync()
            said = told(world.sync(whole=True))
        assert {"A3", "A4"} <= {one["order_id"] for one in said["orders"]}
        balances = {one["partner_id"]: one["balance"] for one in scene.expected["balances"]}
        # Two orders more of 1000 RUB with ivan's code.
        assert {one["partner_id"]: one["balance"] for one in said["balances"]} == balances | {
            "ivan": str(Decimal(balances["ivan"]) + 200)
        }
        nothing_doubled(world)
        plain_sum_is_right(world, said)

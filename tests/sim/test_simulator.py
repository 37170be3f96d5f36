"""Does the simulator do what it says? The judge, the owner, and each port that can fail."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from tests.sim import damaging
from tests.sim.__main__ import DISK, KINDS
from tests.sim.catalogue import FAULTS, WAYS
from tests.sim.desk import Desk
from tests.sim.far import FarBook
from tests.sim.judge import Judge
from tests.sim.memory import InMemory
from tests.sim.owner import ACTIONS, Action, Does, Hand
from tests.sim.play import STEPS
from tests.sim.ports import KillAt, Storm
from tests.sim.programme import type_programme
from tests.sim.scripts import order
from tests.sim.truth import Version
from tests.sim.workbook import InWorkbook
from tests.sim.world import Broken, World
from tests.world import NOON
from tracker.book.rows import Reading
from tracker.book.settings_tab import read_programme
from tracker.layout import Tab
from tracker.stores.memory import MemoryBook, MemoryStore


@pytest.fixture
def world() -> Iterator[World]:
    """A programme in memory with one paid order of ivan's, not synced yet."""
    with World(InMemory(), Random(1)) as made:
        order(made, "IVAN01")
        yield made


def only(kind: str) -> Storm:
    return Storm(Random(1), 1.0, frozenset({kind}))


# The judge.


def test_a_judge_names_a_sum_that_no_version_explains(world: World) -> None:
    world.run("sync")
    world.truth.versions["o1"] = {1: Version("o1", 1, 0.0, "RUB", ("IVAN01",), total="2000")}

    with pytest.raises(Broken, match=r"no version explains 10000 RUB of ivan for o1"):
        Judge(world).safety()


def test_a_judge_names_an_order_that_was_acked_and_is_not_seen(world: World) -> None:
    world.truth.hear(Version("1", 1, 0.0, "RUB", ("IVAN01",), total="10"), acked=True)

    with pytest.raises(Broken, match="1 was acked and is not seen"):
        Judge(world).liveness()


def test_a_judge_names_a_row_that_the_robot_changed(world: World) -> None:
    judge = Judge(world)
    judge.rebase()
    world.desk.edit(Tab.PARTNERS, "ivan", "note", "mine")

    with pytest.raises(Broken, match="a row of Partners was changed"):
        judge.untouched()


@pytest.mark.parametrize("told", ["buyer-of-o1@example.com", "a secret of tests"])
def test_a_judge_names_what_is_private_in_a_tab_that_may_not_hold_it(
    world: World, told: str
) -> None:
    world.desk.edit(Tab.CODES, "IVAN01", "campaign", f"for {told}")

    with pytest.raises(Broken, match=r"(buyer-of-|a secret of tests) stands in Codes"):
        Judge(world).liveness()


def test_the_settings_left_out_of_a_world_say_what_holds_without_them(world: World) -> None:
    whole = MemoryBook()
    MemoryStore(whole).lay_out("en")
    type_programme(Desk(InMemory(FarBook(whole))))
    read = [
        read_programme(store.read([Tab.SETTINGS]).tables[Tab.SETTINGS], Reading([], {}))
        for store in (MemoryStore(whole), world.book.observer())
    ]

    assert read[0] == read[1]
    assert (len(whole.sheets[Tab.SETTINGS].rows), len(world.desk.keys(Tab.SETTINGS))) == (52, 10)


def test_every_order_of_the_shop_names_its_customer(world: World) -> None:
    body = json.loads(world.shop.order(NOON).body)

    assert body["customer"] == {"email": "buyer-of-o2@example.com", "phone": "+7 900 000-07-61"}


# The ports.


@pytest.mark.parametrize(("kind", "ending", "commits"), [
    ("http429", "google_quota", 0),
    ("http500", "google_unreachable", 0),
    ("http5xx_lost", "answer_lost", 0),
    ("http5xx_applied", "idle", 1),  # the answer was lost, and the book read again says it all
    ("timeout_applied", "idle", 1),
    ("timeout_late", "idle", 1),
    ("state_full", "state_full", 0),
    ("kill_before", "killed", 0),
])  # fmt: skip
def test_a_fault_at_every_port_ends_a_run_as_it_should(
    world: World, kind: str, ending: str, commits: int
) -> None:
    before = world.book.number()

    assert (world.run("sync", only(kind)), world.book.number() - before) == (ending, commits)
    Judge(world).liveness()


def test_a_write_that_lands_late_bounces_off_what_was_committed_since(world: World) -> None:
    world.book.late = 60  # type: ignore[attr-defined]
    world.run("sync", only("timeout_late"))
    world.run("sync")
    stands = world.book.number()
    world.book.settle()

    assert world.book.number() == stands
    assert [row["amount"] for row in world.desk.rows_of("o1")] == ["100"]


@pytest.mark.parametrize(("kind", "taken", "state", "in_the_end"), [
    ("cut", 0, "unknown", 0), ("cut_after", 2, "unknown", 2), ("hang", 2, "unknown", 2),
    ("smtp_4xx", 0, "refused", 2), ("smtp_5xx", 0, "refused", 2),
])  # fmt: skip
def test_a_line_that_is_cut_at_the_letter_itself_leaves_what_may_have_left_alone(
    world: World, kind: str, taken: int, state: str, in_the_end: int
) -> None:
    world.run("sync")
    world.move(days=20)
    world.run("statements", Nth(kind, "smtp body"))
    states = [row[0] for row in world.machines[0].outbox.execute("SELECT state FROM letters")]
    assert (states, len(world.office.taken)) == ([state, state], taken)

    world.run("statements")
    assert len(world.office.taken) == in_the_end


@dataclass
class Nth:
    """One kind of fault, and only at that port, from the n-th time on."""

    kind: str
    at: str
    nth: int = 1

    def choose(self, what: str, kinds: Sequence[str]) -> str:
        self.nth -= what == self.at
        return self.kind if what == self.at and self.nth <= 0 and self.kind in kinds else ""


def test_two_runs_pass_one_baton_and_one_of_them_leaves_the_book_to_the_other(
    world: World,
) -> None:
    endings = world.at_once([("sync", 0), ("sync", 0)], Storm(Random(0), 0.0))

    assert sorted(endings) in [["another", "wrote"], ["idle", "wrote"]]


@pytest.mark.parametrize("kind", ["disk_full", "short_write", "fsync_full", "rename_full"])
def test_a_disk_that_fills_up_leaves_the_workbook_as_it_was(kind: str, tmp_path: Path) -> None:
    with World(InWorkbook(tmp_path), Random(1)) as world:
        order(world, "IVAN01")
        before = world.book.stands()

        assert (world.run("sync", only(kind)), world.book.stands()) == ("disk_full", before)
        assert (world.run("sync"), list(tmp_path.glob("*.tmp"))) == ("wrote", [])


def test_a_run_killed_in_the_midst_of_a_file_leaves_its_half_to_the_next_one(
    tmp_path: Path,
) -> None:
    with World(InWorkbook(tmp_path), Random(1)) as world:
        order(world, "IVAN01")
        before = world.book.stands()
        # The first file is the day's copy of the book, the second the book itself.
        world.run("sync", Nth("kill_half", "file write", 2))
        left = list(tmp_path.glob(".partners.xlsx.*.tmp"))

        assert (world.book.stands(), len(left)) == (before, 1)
        assert (world.run("sync"), list(tmp_path.glob(".*.tmp"))) == ("wrote", [])


# The owner.


def test_an_owner_does_at_least_24_things(world: World) -> None:
    assert len({action.name for action in ACTIONS}) >= 24


@pytest.mark.parametrize("action", ACTIONS, ids=[action.name for action in ACTIONS])
def test_each_thing_an_owner_does_and_takes_back_leaves_a_book_that_comes_to_rest(
    world: World, action: Action
) -> None:
    order(world, "MARIA01")
    world.run("sync")
    judge = Judge(world)
    hand = Hand(judge, [])
    hand.acts(action, Random(5))
    ending = world.run("whole")

    assert ("heading" in ending or "tab" in ending) == bool(judge.stopped)
    hand.puts_right()
    judge.liveness()


@pytest.mark.parametrize("twice", [damaging.deletes_a_fact, damaging.deletes_several_lines])
def test_a_line_doubled_and_deleted_and_both_taken_back_stands_once_again(
    world: World, twice: Does
) -> None:
    world.run("sync")
    before = {tab: world.desk.rows(tab) for tab in damaging.DAMAGED}
    undone = [does(world, Random(2)) for does in (damaging.doubles_a_line, twice)]
    for undo in reversed(undone):
        assert undo is not None
        undo()

    assert {tab: world.desk.rows(tab) for tab in damaging.DAMAGED} == before


def test_a_kill_is_heard_by_no_except_of_the_program(world: World) -> None:
    before = world.book.number()
    endings = {world.run("sync", KillAt(1, after=False)) for _ in range(3)}

    assert (endings, world.book.number()) == ({"killed"}, before)


def test_every_fault_and_every_way_of_the_owner_is_played_somewhere() -> None:
    kinds = [kind for one in FAULTS for kind in one.kinds]
    steps = {one.step for one in FAULTS} - {""}
    named = " ".join(WAYS.values()).split()
    tests = [name for name in named if name.startswith("tests/")]

    assert sorted(kinds) == sorted((*KINDS, *DISK))
    assert steps <= {step.__name__ for step, _ in STEPS}
    assert sorted(set(named) - set(tests)) == sorted(action.name for action in ACTIONS)
    assert all(Path(__file__, "../../..", name).resolve().exists() for name in tests)

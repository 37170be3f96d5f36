"""Is an order booked whose line landed beside its columns, when nobody lived to see it?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.google.faults import Fault
from tests.google.proof import owners_things, prepared, told
from tests.google.world import GoogleWorld
from tracker.layout import Tab
from tracker.stores import Commit, Outcome
from tracker.stores.google_sheets.unsettled import Unsettled

WRITE = 3
MOVES: dict[str, Callable[[GoogleWorld], object]] = {
    "order_id": lambda world: world.owner.move_column("Journal", "order_id", before="noted_at"),
    "facts": lambda world: world.owner.move_column("Journal", "facts", before="source"),
    "line_id": lambda world: world.owner.move_column("Commissions", "line_id", before="amount"),
}


class Killed(BaseException):
    """A run that ends without a word."""


def kill() -> None:
    raise Killed


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def booked(world: GoogleWorld) -> tuple[object, list[tuple[str, str]]]:
    """The balances, and each order with the reason why it counts or not."""
    said = told(world.sync(whole=True))
    return said["balances"], [(one["order_id"], one["reason"]) for one in said["orders"]]


@pytest.mark.parametrize("column", MOVES)
@pytest.mark.parametrize("how", ["killed", "answer lost"])
def test_rows_beside_their_columns_cost_no_partner_a_coin(
    tmp_path: Path, column: str, how: str
) -> None:
    world = prepared(made(tmp_path / "moved"))
    quiet = world.copy(tmp_path / "quiet")
    with quiet.reachable():
        expected = booked(quiet)
    owners = owners_things(world.owner.book)
    with world.reachable():
        world.google.before(WRITE, lambda: MOVES[column](world))
        if how == "killed":
            world.google.before(WRITE + 1, kill)
            with pytest.raises(Killed):
                world.sync()
        else:
            world.google.faults = [Fault(WRITE, "timeout", applied=True)]
        world.sync()

        assert booked(world) == expected
        assert not world.store.unsettled
        assert not world.sync(whole=True).committed
    assert owners_things(world.owner.book)["file"] == owners["file"]


@pytest.mark.parametrize("applied", [True, False])
def test_a_write_whose_answer_was_lost_is_unknown_and_never_called_done(
    tmp_path: Path, *, applied: bool
) -> None:
    world = prepared(made(tmp_path / "book"))
    with world.reachable():
        seen = world.store.read([Tab.RUNS])
        at = len(world.google.calls) + 1
        world.google.faults = [Fault(at, "timeout", applied=applied)]
        commit = Commit(base=seen.generation, appends={Tab.RUNS: [{"run_id": "r9"}]})

        assert world.store.commit(commit) is Outcome.UNKNOWN
        assert world.store.unsettled
        rows = world.store.read([Tab.RUNS]).tables[Tab.RUNS].rows
    assert sum(one.cells[0] == "r9" for one in rows) == applied


def test_a_mark_that_was_there_before_stays_until_the_book_is_planned_anew(tmp_path: Path) -> None:
    mark = Unsettled(tmp_path / "state" / "x.unsettled")
    seen = []

    for known in (True, False, True):
        with mark.sending() as ended:
            seen.append(mark.there)
            ended.known = known
        seen.append(mark.there)
    mark.clear()

    assert seen == [True, False, True, True, True, True]
    assert not mark.there

"""Is every single moment at which a run can die a good one? Forty scripts, killed everywhere."""

from __future__ import annotations

import pytest

from tests.sim.crashes import Counted, crashes, state_of
from tests.sim.ports import KillAt
from tests.sim.scripts import SCRIPTS, Script

NAMED = {script.name: script for script in SCRIPTS}


@pytest.mark.parametrize("script", SCRIPTS, ids=[script.name for script in SCRIPTS])
def test_a_run_killed_before_or_after_any_effect_breaks_nothing_and_the_next_one_ends_it(
    script: Script,
) -> None:
    counted = crashes(script)

    assert counted.kills >= counted.states >= 1
    assert counted.kills % 2 == 0  # before and after each


def test_there_are_forty_scripts_of_different_names() -> None:
    assert (len(SCRIPTS), len(NAMED)) == (40, 40)


def test_a_sync_of_one_refund_dies_in_five_places_and_leaves_six_states() -> None:
    # The delivery noted in the inbox, the flag of a commit, the commit, the flag taken away and
    # the note in the diary: five effects, and the state before the first of them.
    assert crashes(NAMED["a refund in part"]) == Counted(kills=10, states=6)


@pytest.mark.parametrize("after", [False, True])
def test_a_commit_lands_or_not_and_never_half(after: bool) -> None:  # noqa: FBT001
    world = NAMED["a refund in part"].world()
    with world:
        commits = world.book.number()
        ending = world.run("sync", KillAt(3, after))

        assert (ending, world.book.number() - commits) == ("killed", int(after))
        assert [row["amount"] for row in world.desk.rows_of("o1")] == (
            ["100", "-33.33"] if after else ["100"]
        )


def test_the_dead_do_nothing_more_and_hold_nothing() -> None:
    world = NAMED["letters with news before them"].world()
    with world:
        world.run("statements", KillAt(9, after=False))
        stands = state_of(world)

        assert world.machines[0].holder is None
        assert not any(raw.in_transaction for raw in world.machines[0].files)
        assert state_of(world) == stands
        assert world.run("statements") == "sent,sent"


def test_after_each_of_the_six_states_the_next_run_is_killed_everywhere_too() -> None:
    # Ten kills, and ten, eight, eight, four, two and two after each state they left: the more
    # of the first run had landed, the less there is to do. Two runs leave three states of their own.
    assert crashes(NAMED["a refund in part"], pairs=True) == Counted(kills=44, states=9)

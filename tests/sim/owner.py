"""What does an owner do in the book? Anything, at any moment; each thing with how to take it back.

free: nothing but what it says follows from it. hurt: it damages a ledger, which runs name and work
around until it is put right. stop: no run works until it is taken back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.sim import damaging, handling, meaning
from tests.sim.handling import Undo
from tests.sim.judge import Judge
from tests.sim.world import World

Does = Callable[[World, Random], Undo | None]


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that an owner does; `kind` is free, hurt or stop."""

    kind: str
    does: Does

    @property
    def name(self) -> str:
        return getattr(self.does, "__name__", "")


FREE: tuple[Does, ...] = (
    handling.sorts, handling.shuffles, handling.inserts_blank_rows, handling.moves_a_column,
    handling.adds_a_comment_column, handling.pastes_a_formula,
    handling.spoils_a_code_by_a_formula, handling.types_trailing_spaces,
    handling.types_two_headings, handling.clears_a_report, handling.deletes_a_partner,
    meaning.hands_a_code_over, meaning.adds_a_forgotten_code, meaning.changes_a_rate,
    meaning.decides, meaning.adjusts, meaning.pays,
)  # fmt: skip
HURT: tuple[Does, ...] = (
    damaging.changes_an_amount, damaging.changes_the_journal, damaging.deletes_a_commission,
    damaging.deletes_a_fact, damaging.doubles_a_line, damaging.writes_a_total_row,
)  # fmt: skip
STOP: tuple[Does, ...] = (
    handling.renames_a_heading, handling.doubles_a_heading, handling.deletes_a_tab,
)  # fmt: skip

ACTIONS = tuple(
    Action(kind, does)
    for kind, these in (("free", FREE), ("hurt", HURT), ("stop", STOP))
    for does in these
)


@dataclass
class Hand:
    """The owner of one world, with what is to be taken back one day."""

    judge: Judge
    undone: list[tuple[Action, Undo]]

    def acts(self, action: Action, chance: Random) -> None:
        """Do one thing. While a tab or heading is away, nothing else is done in the book."""
        world = self.judge.world
        if self.judge.stopped:
            return
        world.ports.note(f"the owner {action.name}")
        undo = action.does(world, chance)
        if undo is not None:
            self.undone.append((action, undo))
            if action.kind == "hurt":
                self.judge.hurt.add(action.name)
            elif action.kind == "stop":
                self.judge.stopped.add(action.name)
        self.judge.rebase()

    def takes_back(self) -> None:
        """Take everything back, the last thing first."""
        while self.undone:
            action, undo = self.undone.pop()
            self.judge.world.ports.note(f"the owner takes back: {action.name}")
            undo()
            self.judge.stopped.discard(action.name)
        self.judge.hurt.clear()
        self.judge.rebase()


def action(name: str) -> Action:
    """Find an action by its name."""
    return next(one for one in ACTIONS if one.name == name)

"""What does an owner do in the book? Anything, at any moment; each thing with how to take it back.

free: nothing but what it says follows from it. hurt: it damages a ledger, which runs name and work
around until it is put right: what he did is taken back, and what Problems then asks for is done.
stop: no run works until it is taken back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from tests.sim import damaging, handling, meaning
from tests.sim.handling import Undo
from tests.sim.judge import DAMAGED, Judge
from tests.sim.world import Broken, World
from tracker.cells import shown
from tracker.layout import Tab, known_columns

REMEDIES_MAX = 5
"""So often at most does he look at Problems and do as told."""
CHANGED = " was changed by hand and does not count. Put back: "
SUMS = frozenset({"amount", "base", "n", "before", "after"})

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
    handling.adds_a_comment_column, handling.inserts_a_column, handling.pastes_a_formula,
    handling.spoils_a_code_by_a_formula, handling.types_trailing_spaces,
    handling.types_two_headings, handling.clears_a_report, handling.deletes_a_partner,
    meaning.hands_a_code_over, meaning.adds_a_forgotten_code, meaning.changes_a_rate,
    meaning.decides, meaning.adjusts, meaning.pays,
)  # fmt: skip
HURT: tuple[Does, ...] = (
    damaging.changes_an_amount, damaging.changes_the_journal, damaging.deletes_a_commission,
    damaging.deletes_a_fact, damaging.deletes_several_lines, damaging.doubles_a_line,
    damaging.writes_a_total_row, damaging.overwrites_a_cell, damaging.pastes_a_row_over_another,
    damaging.swaps_two_columns, damaging.sorts_one_column_alone,
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
            if action.kind == "stop":
                self.judge.stopped.add(action.name)
        self.judge.rebase()

    def takes_back(self, *kinds: str) -> None:
        """Take back what is of these kinds, all when none is named, the last thing first."""
        for done in reversed(list(self.undone)):
            action, undo = done
            if not kinds or action.kind in kinds:
                self.undone.remove(done)
                self.judge.world.ports.note(f"the owner takes back: {action.name}")
                undo()
                self.judge.stopped.discard(action.name)
        self.judge.rebase()

    def puts_right(self) -> None:
        """Take everything back, and do what Problems asks for until it names no ledger row."""
        self.takes_back()
        world = self.judge.world
        if not world.truth.wounds:
            return
        for _ in range(REMEDIES_MAX):
            world.run("whole")
            told = [row for row in world.desk.rows(Tab.PROBLEMS) if row["tab"] in DAMAGED]
            if not told:
                break
            for row in told:
                self._does_as_told(Tab(row["tab"]), row["key"], row["says"])
        else:
            raise Broken(f"what Problems asks for does not end: {told}")
        self.judge.rebase()
        world.truth.heal()

    def _does_as_told(self, tab: Tab, key: str, says: str) -> None:
        world = self.judge.world
        world.ports.note(f"{tab.value} {key}: {says}")
        column, changed, value = says.partition(CHANGED)
        if "Delete" in says:
            sheet = world.book.get(tab)
            at = known_columns(tab, sheet.headings)["line_id"]
            shows = [shown(row[at]) if any(cell is not None for cell in row) else "blank"
                     for row in sheet.rows]  # fmt: skip
            if key in shows:
                del sheet.rows[len(shows) - 1 - shows[::-1].index(key)]
                world.book.put(tab, sheet)
        elif changed:
            number = column in SUMS and value
            world.desk.edit(tab, key, column, Decimal(value) if number else value or None)
        elif "sync --again" in says:
            for machine in range(len(world.machines)):
                world.run("again", machine=machine)
        else:
            raise Broken(f"nobody knows what to do: {says}")


def action(name: str) -> Action:
    """Find an action by its name."""
    return next(one for one in ACTIONS if one.name == name)

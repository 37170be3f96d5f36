"""A payout that is proposed and waits for its owner: what several tests begin with."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.world import World
from tracker.cells import Cell, shown
from tracker.layout import Tab

SEPTEMBER = datetime(2026, 9, 10, 12, tzinfo=UTC)


def proposed_world() -> World:
    """ivan earned 10 000 RUB in September; on 15 October it is proposed as one payout."""
    world = World(now=SEPTEMBER)
    world.deliver("1", total="100000", ordered_at="2026-09-10T10:00:00Z")
    world.sync()
    world.now = datetime(2026, 10, 15, 12, tzinfo=UTC)
    world.propose()
    return world


def payout(world: World, place: int = 0) -> str:
    """The id in a row of Payouts."""
    return shown(world.rows(Tab.PAYOUTS)[place]["payout_id"])


def fill(world: World, **cells: Cell) -> None:
    """Fill in the owner's cells beside the first payout, and sync."""
    for column, value in cells.items():
        world.edit(Tab.PAYOUTS, payout(world), column, value)
    world.sync()

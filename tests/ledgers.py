"""A world with two orders in both ledgers, and the ids of their lines."""

from __future__ import annotations

from tests.world import World
from tracker.cells import shown
from tracker.layout import Tab


def commission(world: World, place: int = 0) -> str:
    """The id of a line of Commissions by its place in the tab."""
    return shown(world.rows(Tab.COMMISSIONS)[place]["line_id"])


def fact(world: World, place: int = 0) -> str:
    """The id of a line of the Journal by its place in the tab."""
    return shown(world.rows(Tab.JOURNAL)[place]["line_id"])


def refunded_world() -> World:
    """Order 1 of ivan: 100.00, then 70.00 after a refund; order 2 of maria: 150.00."""
    world = World()
    world.deliver("1")
    world.sync()
    world.move(hours=1)
    world.deliver("1", refunded="300")
    world.deliver("2", codes=["MARIA01"])
    world.sync()
    return world

"""Whose is an order when a code and two other partners' clicks speak for three of them?"""

from __future__ import annotations

import pytest

from tests.faults import ills
from tests.world import World
from tracker.customers import email_key
from tracker.layout import Tab


def three(conflict: str) -> World:
    """Anna clicked on maria's link on the 10th, on petr's on the 12th, and typed ivan's code."""
    world = World(attribution="code_or_click", conflict=conflict)
    world.type(Tab.PARTNERS, partner_id="petr", rate="20%")
    key = email_key(world.place.secret, "anna@example.com")
    for day, partner_id in ((12, "petr"), (10, "maria")):
        world.type(Tab.LINKS, ref=f"of-{partner_id}", partner_id=partner_id)
        at = f"2026-10-{day}T10:00:00Z"
        world.type(
            Tab.CLICKS, click_id=partner_id, clicked_at=at, ref=f"of-{partner_id}", customer=key
        )
    return world


@pytest.mark.parametrize(
    ("conflict", "codes", "owed"),
    [
        ("code", ["IVAN01"], {"ivan": 10000}),
        ("link", ["IVAN01"], {"petr": 20000}),
        ("first_touch", ["IVAN01"], {"maria": 15000}),
        ("last_touch", ["IVAN01"], {"ivan": 10000}),
        ("split", ["IVAN01"], {"ivan": 3333, "maria": 5000, "petr": 6667}),
        ("code", [], {"petr": 20000}),
        ("link", [], {"petr": 20000}),
        ("first_touch", [], {"maria": 15000}),
        ("last_touch", [], {"petr": 20000}),
        ("split", [], {"maria": 7500, "petr": 10000}),
    ],
)
def test_a_code_and_two_clicks_by_each_setting(
    conflict: str, codes: list[str], owed: dict[str, int]
) -> None:
    world = three(conflict)
    world.deliver("1", codes=codes, customer={"email": "anna@example.com"})
    world.sync()

    assert {one.partner_id: one.minor for one in world.latest("1").owed} == owed
    assert ills(world) == {}

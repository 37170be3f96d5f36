"""Do late, cancelled and edited things change what limits and tiers leave, and nothing else?"""

from __future__ import annotations

import itertools
from typing import Any

from tests.world import World
from tracker.layout import Tab


def sell(world: World, number: int, **fields: Any) -> None:
    """Order `number` of 1000 RUB, placed on that day of October by a customer of its own."""
    said: dict[str, Any] = {
        "customer": {"email": f"c{number}@example.com"},
        "ordered_at": f"2026-10-{number:02d}T10:00:00Z",
    }
    world.deliver(str(number), **(said | fields))
    world.sync()


def sums(world: World, *numbers: int) -> list[str]:
    """What each order holds now, in roubles; 0 for nothing."""
    found = []
    for number in numbers:
        own = world.latest(str(number)).owed
        found.append(str(sum(one.minor for one in own) // 100))
    return found


def test_an_order_that_comes_late_takes_its_place_before_the_limit() -> None:
    world = World(cap_month="250")
    sell(world, 2)
    sell(world, 3)
    sell(world, 4)
    assert sums(world, 2, 3, 4) == ["100", "100", "50"]

    sell(world, 1)

    assert sums(world, 1, 2, 3, 4) == ["100", "100", "50", "0"]
    assert not world.sync().committed


def test_a_cancelled_order_gives_its_part_of_the_budget_back() -> None:
    world = World(budget_month="150")
    sell(world, 1)
    sell(world, 2, codes=["MARIA01"])
    assert sums(world, 1, 2) == ["100", "50"]

    sell(world, 1, state="cancelled")

    assert sums(world, 1, 2) == ["0", "150"]


def test_a_limit_by_customer_follows_any_key_of_his() -> None:
    world = World(cap_customer="150")
    sell(world, 1, customer={"email": "a@example.com", "phone": "+7 900 000-00-01"})
    sell(world, 2, customer={"email": "b@example.com", "phone": "+7 900 000-00-01"})
    sell(world, 3, customer={"email": "b@example.com"})

    assert sums(world, 1, 2, 3) == ["100", "50", "0"]


def test_a_cancelled_order_moves_later_ones_down_the_ladder() -> None:
    world = World()
    world.type(Tab.TIERS, tier_id="T", **{"from": "3"}, rate="20%")
    for number in (1, 2, 3, 4):
        sell(world, number)
    assert sums(world, 1, 2, 3, 4) == ["100", "100", "200", "200"]

    sell(world, 1, state="cancelled")

    assert sums(world, 1, 2, 3, 4) == ["0", "100", "100", "200"]


def test_a_refund_moves_the_threshold_inside_a_later_order_that_is_cut_there() -> None:
    world = World()
    world.type(
        Tab.TIERS, tier_id="T", **{"from": "1500"}, counts="sales", mode="marginal", rate="20%"
    )
    sell(world, 1)
    sell(world, 2)
    assert sums(world, 1, 2) == ["100", "150"]  # 500 at 10 % and 500 at 20 %

    sell(world, 1, refunded="400")

    assert sums(world, 1, 2) == ["60", "110"]  # 900 at 10 % and 100 at 20 %
    assert not world.sync().committed


def test_later_edits_of_tiers_and_limits_leave_old_orders_alone() -> None:
    world = World(cap_order="150")
    world.type(Tab.TIERS, tier_id="T", **{"from": "2"}, rate="14%")
    sell(world, 1)
    sell(world, 2)
    world.edit(Tab.TIERS, "T", "rate", "50%")
    world.edit(Tab.SETTINGS, "cap_order", "value", "10")
    assert not world.sync().committed
    sell(world, 2, refunded="100")

    assert sums(world, 1, 2) == ["100", "126"]
    sell(world, 3)
    assert sums(world, 3) == ["10"]


def test_sums_do_not_depend_on_the_order_of_deliveries() -> None:
    found = set()
    for numbers in itertools.permutations((1, 2, 3)):
        world = World(cap_month="330", cap_customer="250")
        world.type(Tab.TIERS, tier_id="T", **{"from": "2"}, rate="15%")
        for number in numbers:
            sell(world, number, customer={"email": "same@example.com"})
        found.add(tuple(sums(world, 1, 2, 3)))

    assert found == {("100", "150", "0")}


def test_an_order_earns_when_it_is_delivered_and_says_so_before() -> None:
    world = World(approve_on="delivered")
    sell(world, 1)
    assert world.lines("1") == []
    assert "Nothing is owed until it is delivered." in world.latest("1").decision

    sell(world, 1, delivered=True)

    assert world.lines("1") == [("ivan", "sale", "100")]


def test_an_order_that_is_placed_earns_before_it_is_paid() -> None:
    world = World(approve_on="placed")
    sell(world, 1, state="pending")
    assert world.lines("1") == [("ivan", "sale", "100")]

    sell(world, 1, state="cancelled")

    assert world.balance() == "0.00"

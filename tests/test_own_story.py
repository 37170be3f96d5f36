"""Does `why` tell a goal, a lead and an adjustment as it tells an order?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.world import World
from tracker.cells import Cell
from tracker.explaining import explain
from tracker.layout import Tab
from tracker.own_story import goal_said, own_told
from tracker.problems import Stop
from tracker.running import look


def reached() -> World:
    """Two orders of 1000 RUB at 10 %: from the second on 500 RUB once."""
    world = World()
    cells: dict[str, Cell] = {"tier_id": "g1", "from": Decimal(2), "bonus": Decimal(500)}
    world.type(Tab.TIERS, **cells)
    world.deliver("1")
    world.deliver("2")
    world.sync()
    return world


@pytest.mark.parametrize("asked", ["g1/ivan/2026-10", "tier/g1/ivan/2026-10"])
def test_a_goal_is_told_with_what_it_counted_its_terms_and_what_was_booked(asked: str) -> None:
    told = explain(look(reached().place), asked).splitlines()

    assert told[0] == "Goal g1, October 2026: of ivan"
    assert told[1] == "  terms fixed: from 2 orders on, a bonus of 500.00 RUB"
    assert told[2].endswith(
        "Goal g1 of 2026-10: 2 orders; the bonus is 500.00 RUB. Counted so far: 2 orders, sales of "
        "2000.00 RUB."
    )
    assert told[3] == "  payable on 2026-11-14"
    assert told[4].endswith(": ivan 500.00 RUB")
    assert len(told) == 5


def test_a_goal_is_told_in_russian() -> None:
    books = look(reached().place).plan.books
    key = ("tier", "g1/ivan/2026-10")
    told = own_told(key, books.orders[key], (), "ru").splitlines()

    assert told[0] == "Цель g1, октябрь 2026: партнёр ivan"
    assert told[1] == "  условия закреплены: с рубежа «заказов — 2» премия 500.00 RUB"
    assert told[-1] == "  ничего не начислено"


def test_an_adjustment_is_told_and_a_stranger_is_not() -> None:
    world = World()
    cells: dict[str, Cell] = {"adjustment_id": "a1", "partner_id": "ivan", "amount": Decimal(70)}
    world.type(Tab.ADJUSTMENTS, **cells, reason="A gift")
    world.sync()
    rest = look(world.place)

    told = explain(rest, "a1").splitlines()
    assert (told[0], told[-1].endswith("ivan 70.00 RUB")) == ("Adjustment a1: for ivan", True)
    with pytest.raises(Stop):
        explain(rest, "a2")


@pytest.mark.parametrize(
    ("period", "en", "ru"),
    [
        ("2026-10", "Goal g, October 2026", "Цель g, октябрь 2026"),
        ("2026-Q4", "Goal g, quarter 4 of 2026", "Цель g, 4-й квартал 2026"),
        ("2026", "Goal g, 2026", "Цель g, 2026"),
        ("ever", "Goal g, all time", "Цель g, за всё время"),
    ],
)
def test_a_period_is_told_in_words(period: str, en: str, ru: str) -> None:
    named = f"g/ivan/{period}"

    assert (goal_said(named, "en"), goal_said(named, "ru")) == (en, ru)

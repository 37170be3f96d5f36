"""Do limits hold through real syncs, whatever comes late, twice, cancelled or refunded?"""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from tests.world import World
from tracker.cells import Cell
from tracker.layout import Tab

ANNA = {"customer": {"email": "anna@example.com"}}


def shop(**cells: Cell) -> World:
    """A programme whose code IVAN01 has these cells."""
    world = World()
    for column, value in cells.items():
        world.edit(Tab.CODES, "IVAN01", column, value)
    return world


def placed(world: World, day: int, **fields: Any) -> None:
    """Deliver the order of a day of October, named by it, with IVAN01."""
    world.deliver(str(day), ordered_at=f"2026-10-{day:02d}T09:00:00Z", **fields)


def whose(world: World, *days: int) -> list[str]:
    """Why each of these orders is whose it is."""
    return [world.reason(str(day)) for day in days]


def test_of_two_orders_the_one_placed_first_has_the_use() -> None:
    world = shop(max_uses="1")
    placed(world, 2)
    placed(world, 1)
    world.sync()

    assert whose(world, 1, 2) == ["code_of_partner", "code_used_up"]
    assert world.balance() == "100.00"


def test_an_earlier_order_that_comes_late_takes_the_use_back() -> None:
    world = shop(max_uses="1")
    placed(world, 2)
    world.sync()
    placed(world, 1)
    world.sync()

    assert whose(world, 1, 2) == ["code_of_partner", "code_used_up"]
    assert world.lines("2") == [("ivan", "sale", "100"), ("ivan", "clawback", "-100")]
    assert not world.sync().committed


@pytest.mark.parametrize("gone", [{"state": "cancelled"}, {"refunded": "1000"}])
def test_a_use_that_is_cancelled_or_wholly_refunded_goes_to_the_next(gone: dict[str, str]) -> None:
    world = shop(max_uses="1")
    placed(world, 1)
    placed(world, 2)
    placed(world, 3)
    world.sync()
    placed(world, 1, **gone)
    world.sync()

    assert whose(world, 2, 3) == ["code_of_partner", "code_used_up"]
    assert world.balance() == "100.00"


def test_a_use_refunded_in_part_stays_a_use() -> None:
    world = shop(max_uses="1")
    placed(world, 1, refunded="999.99")
    placed(world, 2)
    world.sync()

    assert whose(world, 2) == ["code_used_up"]


def test_of_two_unpaid_orders_with_a_single_use_one_is_paid() -> None:
    world = shop(max_uses="1")
    placed(world, 1, state="pending")
    placed(world, 2, state="pending")
    world.sync()
    placed(world, 2, state="paid")
    world.sync()
    alone = world.balance()
    placed(world, 1, state="paid")
    world.sync()

    assert whose(world, 1, 2) == ["code_of_partner", "code_used_up"]
    assert (alone, world.balance()) == ("100.00", "100.00")


def test_however_orders_come_the_limit_falls_on_the_same_one() -> None:
    ends = set()
    for days in permutations((1, 2, 3)):
        world = shop(max_uses="2", max_uses_per_customer="1")
        for day in days:
            anna = ANNA if day < 3 else {"customer": {"email": "ivan@example.org"}}
            placed(world, day, state="cancelled" if day == 1 else "paid", **anna)
            world.sync()
        ends.add((*whose(world, 2, 3), world.balance()))

    assert ends == {("code_of_partner", "code_of_partner", "200.00")}


def test_a_guest_and_his_account_are_one_customer_by_any_key() -> None:
    world = shop(max_uses_per_customer="1")
    placed(world, 1, customer={"email": "Anna@Example.com"})
    placed(world, 2, customer={"id": "7", "email": "anna@example.com"})
    placed(world, 3, customer={"id": "7"})
    placed(world, 4, customer={"phone": "+7 900 000-00-01"})
    world.sync()

    assert whose(world, 1, 3, 4) == ["code_of_partner", "code_customer_ever", "code_of_partner"]
    assert whose(world, 2) == ["code_customer_ever"]


def test_an_older_order_that_comes_late_makes_a_customer_an_old_one() -> None:
    world = shop(new_customers_only="yes")
    placed(world, 5, **ANNA)
    world.sync()
    before = whose(world, 5)
    placed(world, 1, codes=["MARIA01"], **ANNA)
    world.sync()

    assert (before, whose(world, 5)) == (["code_of_partner"], ["code_new_only"])
    assert (world.balance("ivan"), world.balance("maria")) == ("0.00", "150.00")


def test_a_limit_that_is_lowered_leaves_old_orders_alone() -> None:
    world = shop(max_uses="3")
    for day in (1, 2, 3):
        placed(world, day)
    world.sync()
    world.edit(Tab.CODES, "IVAN01", "max_uses", "1")
    world.sync()
    placed(world, 4)
    world.sync()

    assert whose(world, 1, 2, 3) == ["code_of_partner"] * 3
    assert whose(world, 4) == ["code_used_up"]


def test_what_the_shop_says_later_answers_the_question() -> None:
    world = shop(regions="Москва")
    placed(world, 1)
    world.sync()
    asked = whose(world, 1), [row["about"] for row in world.rows(Tab.REVIEW)]
    placed(world, 1, city="г. Москва")
    world.sync()

    assert asked == (["region_unknown"], ["generic/1"])
    assert whose(world, 1) == ["code_of_partner"]
    assert world.rows(Tab.REVIEW) == []


@pytest.mark.parametrize(("verdict", "owed"), [("pay", "100.00"), ("refuse", "0.00")])
def test_the_owner_decides_what_nobody_knows(verdict: str, owed: str) -> None:
    world = shop(regions="Москва")
    placed(world, 1)
    world.sync()
    world.decide("1", verdict)
    world.sync()

    assert (world.balance(), world.rows(Tab.REVIEW)) == (owed, [])


def test_an_order_the_owner_pays_for_all_the_same_is_a_use() -> None:
    world = shop(max_uses="1", weekdays="Mon")
    placed(world, 1)  # Thursday
    placed(world, 5)
    world.sync()
    before = whose(world, 1, 5)
    world.decide("1", "pay")
    world.sync()

    assert before == ["code_weekday", "code_of_partner"]
    assert whose(world, 1, 5) == ["decision_pay", "code_used_up"]


def test_an_unknown_answer_is_asked_before_an_unknown_code() -> None:
    world = shop(channels="site")
    placed(world, 1, codes=["NOBODYS", "IVAN01"])
    world.sync()

    assert whose(world, 1) == ["channel_unknown"]


def test_a_leaked_variant_stops_only_itself_and_uses_count_together() -> None:
    world = shop(max_uses="2")
    world.type(Tab.CODES, code="IVAN01-TG", variant_of="IVAN01", status="leaked")
    world.type(Tab.CODES, code="IVAN01-YT", variant_of="IVAN01")
    for day, code in enumerate(["IVAN01-YT", "ivan01-tg", "IVAN01", "IVAN01-YT"], 1):
        placed(world, day, codes=[code])
    world.sync()

    assert whose(world, 1, 2, 3) == ["code_of_partner", "code_leaked", "code_of_partner"]
    assert whose(world, 4) == ["code_used_up"]


def test_the_first_order_of_a_customer_is_the_partner_s_alone() -> None:
    world = World(pay_for="first")
    placed(world, 1, **ANNA)
    placed(world, 2, **ANNA)
    placed(world, 3, codes=["MARIA01"], **ANNA)
    placed(world, 4)
    world.sync()

    assert whose(world, 1, 2) == ["code_of_partner", "pay_for_first"]
    assert whose(world, 3, 4) == ["code_of_partner", "customer_unknown"]


def test_a_former_owner_s_late_order_keeps_to_the_code_s_limits() -> None:
    world = shop(min_order="5000")
    world.sync()
    world.edit(Tab.CODES, "IVAN01", "partner_id", "maria")
    world.move(days=1)
    world.sync()
    placed(world, 1, total="4999.99")
    world.sync()

    assert (world.latest("1").partner_id, whose(world, 1)) == ("", ["code_min_order"])

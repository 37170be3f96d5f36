"""Do terms stay as they were fixed, and follow what earlier orders of the customer turn out to be?"""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from tests.world import World
from tracker.cells import Cell
from tracker.layout import Tab


def rule(world: World, priority: int, **cells: Any) -> None:
    world.type(Tab.RULES, priority=str(priority), **cells)


def exchange(world: World, base: str, quote: str, rate: str) -> None:
    cells: dict[str, Cell] = {"date": date(2026, 10, 1), "from": base, "to": quote, "rate": rate}
    world.type(Tab.FX, **cells)


def buy(world: World, order_id: str, day: int, email: str = "a@example.com", **fields: Any) -> None:
    at = f"2026-10-{day:02d}T10:00:00Z"
    world.deliver(order_id, ordered_at=at, at=at, customer={"email": email}, **fields)


def test_a_late_earlier_order_makes_the_later_one_a_returning_customer_s() -> None:
    world = World()
    rule(world, 1, customer="new", rate="20%")
    rule(world, 2, customer="returning", rate="5%")
    buy(world, "2", 10)
    world.sync()
    assert world.lines("2") == [("ivan", "sale", "200")]

    buy(world, "1", 5)
    world.sync()
    assert world.lines("1") == [("ivan", "sale", "200")]
    assert world.lines("2") == [("ivan", "sale", "200"), ("ivan", "clawback", "-150")]
    assert not world.sync().committed


@pytest.mark.parametrize("order", list(permutations(["1", "2", "3"])))
def test_the_sums_do_not_depend_on_the_order_of_deliveries(order: tuple[str, ...]) -> None:
    world = World()
    rule(world, 1, customer="new", rate="20%")
    rule(world, 2, region="Казань", rate="not counted")
    rule(world, 3, customer="returning", rate="5%")
    for order_id in order:
        city = "Казань" if order_id == "2" else "Москва"
        buy(world, order_id, int(order_id), city=city)
        world.sync()

    assert world.balance() == "250.00"
    assert world.reason("2") == "rule_not_counted"


def test_later_rules_rates_and_courses_leave_an_old_order_alone() -> None:
    world = World()
    world.edit(Tab.PARTNERS, "ivan", "currency", "EUR")
    exchange(world, "RUB", "EUR", "0.01")
    rule(world, 10, customer="new", rate="20%")
    buy(world, "1", 10)
    world.sync()
    assert world.lines("1") == [("ivan", "sale", "2")]

    world.edit(Tab.RULES, "10", "rate", "50%")
    rule(world, 1, rate="not counted")
    world.edit(Tab.SETTINGS, "rate", "value", "1%")
    world.store.book.sheets[Tab.FX].rows.clear()
    buy(world, "1", 10, refunded="500")
    world.sync()
    assert world.lines("1") == [("ivan", "sale", "2"), ("ivan", "clawback", "-1")]


def test_without_a_rate_of_exchange_nobody_is_credited_until_it_is_typed() -> None:
    world = World()
    world.edit(Tab.PARTNERS, "ivan", "currency", "EUR")
    buy(world, "1", 10)
    world.sync()
    assert (world.reason("1"), world.lines("1")) == ("fx_missing", [])

    exchange(world, "EUR", "RUB", "100")
    world.sync()
    assert world.lines("1") == [("ivan", "sale", "1")]


def test_a_sum_in_his_own_currency_needs_no_rate_of_exchange() -> None:
    world = World()
    world.edit(Tab.PARTNERS, "ivan", "currency", "EUR")
    world.edit(Tab.PARTNERS, "ivan", "rate", "5 EUR")
    buy(world, "1", 10)
    world.sync()

    assert world.lines("1") == [("ivan", "sale", "5")]


def test_while_a_row_of_fx_cannot_be_read_only_who_needs_it_waits() -> None:
    world = World()
    world.edit(Tab.PARTNERS, "ivan", "currency", "EUR")
    exchange(world, "RUB", "EUR", "?")
    buy(world, "1", 10)
    buy(world, "2", 10, codes=["MARIA01"])
    world.sync()

    assert (world.reason("1"), world.reason("2")) == ("fx_unreadable", "code_of_partner")


def test_a_rule_that_cannot_be_read_later_takes_nothing_back() -> None:
    world = World()
    rule(world, 10, customer="new", rate="20%")
    buy(world, "2", 10)
    world.sync()
    world.edit(Tab.RULES, "10", "rate", "?")
    buy(world, "1", 5)
    world.sync()

    assert (world.reason("1"), world.lines("1")) == ("rules_unreadable", [])
    assert world.lines("2") == [("ivan", "sale", "200")]


def test_the_owner_s_word_pays_what_a_rule_does_not_count() -> None:
    world = World()
    rule(world, 1, rate="not counted")
    world.deliver("1")
    world.sync()
    assert world.reason("1") == "rule_not_counted"

    world.decide("1", "pay")
    world.sync()
    assert world.lines("1") == [("ivan", "sale", "100")]


def test_an_order_a_rule_may_mean_waits_in_review() -> None:
    world = World()
    rule(world, 1, region="Казань", rate="not counted")
    world.deliver("1")
    world.sync()

    assert [(row["about"], row["remedy"]) for row in world.rows(Tab.REVIEW)] == [
        ("generic/1", "In Decisions: pay if the rule does not mean this order, refuse if it does.")
    ]
    world.deliver("1", city="Москва")
    world.sync()
    assert world.lines("1") == [("ivan", "sale", "100")]


# Worked numbers of field.md 8.1 and 8.5.


# fmt: off
@pytest.mark.parametrize(
    ("rate", "order", "owed"),
    [
        ("15%",         {"total": "10000"},                                            "1500"),   # F16
        ("25%",         {"total": "120"},                                              "30"),
        ("10 RUB",      {"total": "120"},                                              "10"),
        ("10 RUB/item", {"total": "120", "items": [{"sku": "A", "quantity": 3, "price": "40"}]}, "30"),
        ("20%",         {"total": "576.67", "shipping": "65"},                         "102.33"),
        ("20%",         {"total": "60", "shipping": "10"},                             "10"),
        ("20%",         {"total": "25", "shipping": "10"},                             "3"),
        ("10%",         {"total": "40", "discount": "10"},                             "4"),
        ("50 RUB",      {"total": "0", "discount": "1000"},                            "50"),     # C18
    ],
)
def test_worked_numbers_come_out(rate: str, order: dict[str, Any], owed: str) -> None:
    world = World()
    rule(world, 1, rate=rate)
    world.deliver("1", **order)
    world.sync()

    assert world.lines("1") == [("ivan", "sale", owed)]
# fmt: on


def test_a_whole_discount_earns_no_percent_and_says_so() -> None:
    world = World()
    world.deliver("1", total="0", discount="1000")
    world.sync()

    assert world.lines("1") == []
    assert "10% of 0.00 RUB (goods) is 0.00 RUB." in world.latest("1").decision
    assert world.latest("1").partner_id == "ivan"


def test_seven_orders_of_a_sum_each_are_seven_sums() -> None:
    world = World()
    rule(world, 1, rate="500 RUB")
    for number in range(1, 8):
        buy(world, str(number), number)
    world.sync()

    assert world.balance() == "3500.00"  # F17

"""Can a wrong sum be seen where every rule is on? Lines worked out by hand, and faults put in."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.faults import forge, forge_line, ills
from tests.test_convergence_rules import CUSTOMERS, ITEMS, RULES, USED, programme
from tests.world import World
from tracker.commissions import Owed
from tracker.invariants.goods import in_proportion
from tracker.invariants.reckoned import Unasked, worked_out
from tracker.lines import JournalLine
from tracker.running import look


def line(rate: str = "10%", total: int = 100000, **changes: Any) -> JournalLine:
    """A paid order of 1000.00 RUB by ivan; what stands in its facts is told apart."""
    plain = JournalLine(
        noted_at=World().now,
        source="generic",
        order_id="1",
        n=1,
        state="paid",
        total=total,
        currency="RUB",
        partner_id="ivan",
        rate=rate,
        base_rule="goods",
    )
    return replace(plain, **changes)


def owes(one: JournalLine, *, goods: Any = (), answers: Any = None, **terms: Any) -> object:
    """What a line owes, as `partner role sum currency`, by terms and answers."""
    said = {"f": {"total": one.total, "items": list(goods)}, "terms": terms}
    found = worked_out(one, said, answers or {}).owed
    return [f"{who} {role} {minor} {unit}" for (who, role, unit), minor in found.items()]


ITEM = ["green", "Tea", "2", "300"], ["cup", "Cups", "1", "400"]


@pytest.mark.parametrize(
    ("rate", "terms", "owed"),
    [
        ("10%", {}, ["ivan order 10000 RUB"]),
        ("0.005%", {}, ["ivan order 5 RUB"]),
        ("7.0005%", {}, ["ivan order 7001 RUB"]),
        ("500.00 RUB", {}, ["ivan order 50000 RUB"]),
        ("10.00 RUB/item", {}, ["ivan order 3000 RUB"]),
        ("10%", {"only": ["tea"]}, ["ivan order 6000 RUB"]),
        ("10%", {"without": ["c*"]}, ["ivan order 6000 RUB"]),
        ("10%", {"items": [["", "cups", "50%", "rule 1"]]}, ["ivan order 26000 RUB"]),
        ("10%", {"items": [["green", "", "", "rule 1"]]}, ["ivan order 4000 RUB"]),
        ("10%", {"cap_order": 9999, "cap_currency": "RUB"}, ["ivan order 9999 RUB"]),
        ("10%", {"cap_order": 9999, "cap_currency": "EUR"}, ["ivan order 10000 RUB"]),
        ("10%", {"sharers": [["maria", "15%", "partner"]]},
         ["ivan order 5000 RUB", "maria order 7500 RUB"]),
        ("10%", {"helper": ["boris", "20%", "on_top"]},
         ["ivan order 10000 RUB", "boris bonus 2000 RUB"]),
        ("10%", {"helper": ["boris", "20%", "partner_share"]},
         ["ivan order 8000 RUB", "boris bonus 2000 RUB"]),
        ("10%", {"level": ["olga", "5%", "commission"]},
         ["ivan order 10000 RUB", "olga level 500 RUB"]),
        ("10%", {"level": ["olga", "5%", "order"]},
         ["ivan order 10000 RUB", "olga level 5000 RUB"]),
        ("10%", {"pay_currency": "EUR", "fx_rate": "0.0101"}, ["ivan order 101 EUR"]),
        ("10%", {"pay_currency": "JPY", "fx_rate": "1.555"}, ["ivan order 156 JPY"]),
        ("10%", {"approve": "delivered"}, []),
    ],
)  # fmt: skip
def test_a_line_is_worked_out_from_its_own_cells(
    rate: str, terms: dict[str, Any], owed: list[str]
) -> None:
    assert owes(line(rate), goods=ITEM, **terms) == owed


@pytest.mark.parametrize(
    ("mode", "counts", "answer", "owed"),
    [
        ("from_now", "orders", [3, 0], 10000),
        ("from_now", "orders", [4, 0], 15000),
        ("from_now", "sales", [9, 49999], 10000),
        ("from_now", "sales", [9, 50000], 15000),
        ("marginal", "sales", [0, 0], 12500),
        ("marginal", "sales", [9, 49999], 15000),
        ("marginal", "sales", [0, 20000], 13500),
    ],
)
def test_a_tier_s_rate_follows_from_what_was_sold_before(
    mode: str, counts: str, answer: list[int], owed: int
) -> None:
    start = {"orders": 5, "sales": 50000}[counts]
    ladder = [counts, "month", mode, "RUB", [[start, "15%", "T"]]]
    asked = {"volume\nivan\nmonth\nRUB": answer}

    assert owes(line(), answers=asked, ladder=ladder) == [f"ivan order {owed} RUB"]


def test_limits_leave_what_earlier_orders_left() -> None:
    asked = {
        "earned_by_customer\nivan\nRUB": 500,
        "earned_in_month\nivan\nRUB": 30000,
        "earned_in_month\n\nRUB": 89000,
    }
    limits = {"cap_customer": 9500, "cap_month": 40000, "budget_month": 90000}
    shares = {"sharers": [["maria", "10.01 RUB", "partner"]], "cap_currency": "RUB"}
    asked |= {"earned_by_customer\nmaria\nRUB": 0, "earned_in_month\nmaria\nRUB": 0}

    assert owes(line(), answers=asked, cap_currency="RUB", cap_customer=9500) == [
        "ivan order 9000 RUB"
    ]
    assert owes(line(), answers=asked, **shares, **limits) == [
        "ivan order 909 RUB", "maria order 91 RUB",
    ]  # fmt: skip
    with pytest.raises(Unasked):
        owes(line(), cap_currency="RUB", cap_month=1)


def test_parts_sum_to_the_whole_and_the_first_of_equals_gets_the_coin() -> None:
    assert in_proportion(100, [1, 1, 1]) == [34, 33, 33]
    assert in_proportion(5, [0, 0]) == [3, 2]
    assert in_proportion(7, [3, 0, 4]) == [3, 0, 4]


def full(name: str) -> World:
    """A dozen orders of several customers in a programme with every rule on."""
    world = programme(**RULES[name])
    for number, code in enumerate([*USED, *USED[:3]]):
        world.deliver(
            str(number),
            codes=[code],
            ordered_at=f"2026-10-{10 + number // 3}T10:00:00Z",
            customer=CUSTOMERS[number % 5],
            items=ITEMS[1],
            total=str(777 + 111 * number),
            ref=["blog", "tg", None][number % 3],
            helper="boris",
        )
    world.sync()
    return world


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_book_with_every_rule_on_keeps_every_promise(name: str) -> None:
    world = full(name)
    owed = [one for order in look(world.place).plan.books.orders.values()
            for one in order.latest.owed]  # fmt: skip

    assert {one.role for one in owed} >= {"order", "bonus", "level"}
    assert (ills(world), world.sync().plan.empty) == ({}, True)


def order_with(world: World, role: str) -> JournalLine:
    orders = look(world.place).plan.books.orders
    return next(
        order.latest
        for key, order in sorted(orders.items())
        if key[0] == "generic" and any(one.role == role for one in order.latest.owed)
    )


@pytest.mark.parametrize("role", ["order", "bonus", "level"])
def test_i15_a_coin_less_in_any_account_is_named(role: str) -> None:
    world = full("code_or_click")
    found = order_with(world, role)
    less = [replace(one, minor=one.minor - (one.role == role)) for one in found.owed]
    forge(world, found.order_id, owed=tuple(less))

    assert "I15" in ills(world)


@pytest.mark.parametrize("role", ["order", "bonus", "level"])
def test_i5_a_stranger_in_any_role_is_named(role: str) -> None:
    world = full("free")
    found = order_with(world, "order")
    stranger = Owed("ivan" if role == "bonus" else "boris", role, 1, "RUB", "20%")
    forge(world, found.order_id, owed=(*found.owed, stranger))

    assert "I5" in ills(world)


def test_i6_a_cap_that_grew_by_itself_is_named() -> None:
    world = full("free")
    found = order_with(world, "order")
    said = found.parsed()
    said["terms"]["cap_order"] += 1
    forge(world, found.order_id, facts=json.dumps(said))
    assert set(ills(world)) == {"I6"}


def test_i7_shares_above_the_cap_of_the_order_are_named() -> None:
    world = full("free")
    found = order_with(world, "order")
    more = [replace(one, minor=15001) if one.role == "order" else one for one in found.owed]
    forge(world, found.order_id, owed=tuple(more))

    assert {"I7", "I15"} <= set(ills(world))


def test_i15_a_goal_that_pays_a_coin_more_is_named() -> None:
    world = full("free")
    orders = look(world.place).plan.books.orders
    key = next(key for key in sorted(orders) if key[0] == "tier" and "goal/" in key[1])
    forge_line(world, key, owed=(replace(orders[key].latest.owed[0], minor=7701),))

    assert "I15" in ills(world)

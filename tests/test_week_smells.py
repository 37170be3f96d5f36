"""Which code smells? Each smell with the order that makes it one, and the one that is missing."""

from __future__ import annotations

from itertools import count

import pytest

from tests.week_world import BEFORE, MONDAY, lines, of, sell, shop
from tests.world import World
from tracker.layout import Tab

WEEKS_AGO = [f"2026-{day}T12:00:00+03:00" for day in ("09-14", "09-21", "09-28", "10-05")]
LONG_AGO = "2026-09-13T23:59:59+03:00"
"""The second before the four weeks that a rise is measured by."""
_NUMBERS = count(1)


def used(world: World, times: int, at: str = MONDAY, **fields: object) -> None:
    """So many orders with IVAN01, each of another customer."""
    for _ in range(times):
        sell(world, f"n{next(_NUMBERS)}", "100", at, **fields)


def smelling(world: World, about: str) -> str:
    return lines(world).get(about, "")


@pytest.mark.parametrize(
    ("now", "before", "smells"), [(5, 6, True), (5, 7, False), (4, 1, False), (6, 8, False)]
)
def test_a_rise_is_more_than_three_times_the_average_and_five_orders(
    now: int,
    before: int,
    smells: bool,  # noqa: FBT001
) -> None:
    world = shop()
    sell(world, "first", "100", LONG_AGO)
    used(world, now)
    for number in range(before):
        used(world, 1, WEEKS_AGO[number % 4])

    assert (
        f"IVAN01 — {now} orders, against {before} in all of the" in smelling(world, "sudden")
    ) is smells


def test_a_code_that_slept_and_wakes_up_smells() -> None:
    world = shop()
    sell(world, "first", "100", LONG_AGO)
    used(world, 5)

    assert smelling(world, "sudden") == (
        "Used several times as often as before: IVAN01 — 5 orders, against 0 in all of the four "
        "weeks before. Has the code leaked?"
    )


def test_a_code_younger_than_four_weeks_has_no_average_yet() -> None:
    world = shop()
    used(world, 20)
    used(world, 1, WEEKS_AGO[0])

    assert smelling(world, "sudden") == ""


def test_three_orders_of_one_customer_smell_by_any_key_that_agrees() -> None:
    world = shop()
    people = (
        {"email": "a@example.com"},
        {"email": "A@example.com", "phone": "+7 900 000-00-01"},
        {"phone": "+79000000001"},
        {"email": "b@example.com"},
    )
    for number, customer in enumerate(people):
        sell(world, f"10{number}", "100", customer=customer)

    assert smelling(world, "customer") == (
        "IVAN01 — 3 orders (100, 101, 102). "
        "The same e-mail, phone or customer number stands on each of them."
    )


def test_a_customer_of_two_codes_or_unknown_does_not_smell() -> None:
    world = shop()
    for number in range(2):
        sell(world, f"i{number}", "100", customer={"email": "a@example.com"})
        sell(world, f"m{number}", "100", codes=["MARIA01"], customer={"email": "a@example.com"})
    used(world, 4)

    assert smelling(world, "customer") == ""


def test_of_many_orders_of_one_customer_three_are_named() -> None:
    world = shop()
    for number in range(4):
        sell(world, f"10{number}", "100", customer={"email": "a@example.com"})

    assert "IVAN01 — 4 orders (100, 101, 102 …)." in smelling(world, "customer")


def test_a_code_most_orders_of_which_are_refused_smells() -> None:
    world = shop()
    used(world, 1)
    world.sync()
    world.edit(Tab.CODES, "IVAN01", "valid_to", "11.10.2026")
    used(world, 2)

    assert smelling(world, "refused").startswith(
        "Most orders were not counted: IVAN01 — 2 of 3 orders. Each order’s reason"
    )


def test_half_is_not_most_and_what_waits_is_not_refused() -> None:
    world = shop()
    used(world, 2, codes=["GHOST"])
    used(world, 2, codes=["GHOST"], at=BEFORE)
    used(world, 2)
    world.sync()
    world.edit(Tab.CODES, "IVAN01", "valid_to", "11.10.2026")
    used(world, 2)

    assert smelling(world, "refused") == ""


def test_codes_of_nobody_are_counted_as_typed_and_the_most_typed_come_first() -> None:
    world = shop()
    for code, times in (("ghost", 1), ("GHOST", 1), ("A", 1), ("B", 1), ("C", 3), ("D", 1)):
        used(world, times, codes=[code])
    used(world, 1, codes=["NOBODY", "IVAN01"])

    assert smelling(world, "unknown") == (
        "Customers typed codes that nobody owns: C — 3 orders; ghost — 2 orders; A — 1 order; "
        "2 more. Add them to Codes, and these orders are counted."
    )


@pytest.mark.parametrize("setting", ["flag", "block"])
def test_a_partner_who_bought_with_his_own_code_is_named(setting: str) -> None:
    world = shop(self_purchase=setting)
    sell(world, "1", "100", customer={"email": "ivan@example.com"})
    sell(world, "2", "100", customer={"email": "other@example.com"})

    assert smelling(world, "own") == "Partners bought with their own codes: Ivan — 1 order."


def test_ten_lines_are_full_and_what_is_left_out_is_said() -> None:
    world = shop()
    sell(world, "first", "100", LONG_AGO, refunded="100")
    sell(world, "m", "100", "2026-09-13T12:00:00+03:00", codes=["MARIA01"])
    for number in range(5):
        customer = {"email": "ivan@example.com"}
        sell(world, f"i{number}", "100", customer=customer, refunded="50")
    used(world, 3, codes=["MARIA01"])
    used(world, 1, codes=["GHOST"])
    world.type(Tab.CODES, code="OLD", partner_id="maria", valid_to="01.10.2026")
    used(world, 3, codes=["OLD"])
    world.type(
        Tab.ADJUSTMENTS,
        adjustment_id="a",
        partner_id="ivan",
        amount="5000",
        currency="RUB",
        reason="x",
        date="01.10.2026",
    )

    made = of(world)

    assert [about for about, _ in made.lines] == [
        *("orders", "money", "top", "average", "refunds", "sudden", "customer", "refused"),
        *("decide", "due"),
    ]
    assert made.left_out == ("unknown", "own")

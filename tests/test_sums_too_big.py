"""Does one absurd number cost its own row alone, and not every run after it?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.world import World
from tracker.cells import Cell
from tracker.layout import Tab

DEAR = "99999999999 RUB/item"
"""A kopeck-exact sum just below 10**13: ten pieces of it are more than any line books."""


def items(quantity: str) -> list[dict[str, str]]:
    return [{"sku": "A", "quantity": quantity, "price": "1"}]


def said(world: World) -> dict[str, tuple[str, str]]:
    return {
        str(row["about"]): (str(row["says"]), str(row["remedy"])) for row in world.rows(Tab.REVIEW)
    }


def fx(world: World, on: str, base: str, quote: str, rate: Cell) -> None:
    cells: dict[str, Cell] = {"date": on, "from": base, "to": quote, "rate": rate}
    world.type(Tab.FX, **cells)


@pytest.mark.parametrize(
    ("quantity", "quarantined"),
    [("10000000", 0), ("10000000.5", 1), ("99999999999999", 1), ("9" * 25, 1)],
)
def test_a_line_of_too_many_pieces_costs_its_delivery(quantity: str, quarantined: int) -> None:
    world = World(rate="10.01 RUB/item")
    world.deliver("1", items=items(quantity))
    world.deliver("2", items=items("2"))

    assert world.sync().plan.counts.quarantined == quarantined
    assert world.lines("2") == [("ivan", "sale", "20.02")]


def test_a_sum_no_account_can_hold_waits_in_review_and_counts_once_the_rate_is_mended() -> None:
    world = World(rate=DEAR)
    world.deliver("1", items=items("10"))
    world.deliver("2", items=items("1"))
    world.sync()

    assert (world.reason("1"), world.lines("1")) == ("sum_too_big", [])
    assert said(world)["generic/1"][0] == (
        "By his rate ivan would get 999999999990.00 RUB, more than an account can hold, so nothing "
        "is booked."
    )
    assert world.lines("2") == [("ivan", "sale", "99999999999")]
    world.edit(Tab.SETTINGS, "rate", "value", "10 RUB/item")
    world.sync()
    assert (world.reason("1"), world.lines("1")) == (
        "code_of_partner",
        [("ivan", "sale", "100")],
    )
    assert "generic/1" not in said(world)


def test_the_owner_may_refuse_such_an_order_and_nothing_changes_by_itself() -> None:
    world = World(rate=DEAR)
    world.deliver("1", items=items("10"))
    world.sync()
    again = world.sync().plan.empty
    world.decide("1", "refuse")
    world.sync()

    assert (again, world.reason("1"), said(world)) == (True, "decision_refuse", {})


@pytest.mark.parametrize(
    ("rate", "code"),
    [
        (Decimal("1e-9"), None),
        (Decimal("1e9"), None),
        (Decimal("9e-10"), "fx_rate_far"),
        (Decimal("1e12"), "fx_rate_far"),
        (Decimal("1e300"), "fx_rate_far"),
        (Decimal("1e-300"), "fx_rate_far"),
        (Decimal(0), "fx_rate_unreadable"),
    ],
)
def test_a_rate_of_exchange_that_cannot_be_is_a_problem(rate: Decimal, code: str | None) -> None:
    world = World()
    world.edit(Tab.PARTNERS, "ivan", "currency", "EUR")
    fx(world, "2026-10-01", "RUB", "EUR", rate)
    world.deliver("1", total="1")
    world.sync()

    assert world.codes() == ({code} if code else set())
    assert world.reason("1") == ("fx_unreadable" if code else "code_of_partner")


@pytest.mark.parametrize(
    ("tab", "cells", "column"),
    [
        (Tab.ADJUSTMENTS, {"adjustment_id": "a1", "partner_id": "ivan"}, "amount"),
        (Tab.LEADS, {"lead_id": "l1", "partner_id": "ivan", "status": "deal"}, "deal_amount"),
        (Tab.TIERS, {"tier_id": "t1", "from": Decimal(1)}, "bonus"),
    ],
)
def test_a_typed_sum_that_no_account_can_hold_costs_its_row(
    tab: Tab, cells: dict[str, Cell], column: str
) -> None:
    world = World()
    world.type(tab, **cells, **{column: "100000000000"})
    world.deliver("1")
    world.sync()

    assert world.codes() == {"amount_too_big"}


def test_a_fixed_rate_that_no_account_can_hold_is_no_rate() -> None:
    world = World()
    world.edit(Tab.PARTNERS, "ivan", "rate", "100000000000 RUB")
    world.deliver("1")
    world.sync()

    assert (world.codes(), world.reason("1")) == ({"amount_too_big"}, "partner_unreadable")


def test_a_goal_that_no_account_can_hold_is_a_problem_and_the_rest_is_booked() -> None:
    world = World()
    cells: dict[str, Cell] = {"tier_id": "t", "from": Decimal(2), "mode": "from_first"}
    world.type(Tab.TIERS, **cells, rate=DEAR)
    for number in ("1", "2"):
        world.deliver(number, items=items("10"))
    world.sync()

    assert world.lines("1") == [("ivan", "sale", "100")]
    assert world.lines("t/ivan/2026-10") == []
    assert world.codes() == {"goal_too_big"}


# Rates of exchange that are missing.


def test_a_missing_pair_stands_in_review_once_with_its_earliest_day() -> None:
    world = World()
    world.edit(Tab.PARTNERS, "ivan", "currency", "USD")
    world.deliver("1", ordered_at="2026-10-07T10:00:00Z")
    world.deliver("2", ordered_at="2026-10-05T10:00:00Z")
    world.sync()

    assert said(world) == {
        "RUB→USD": (
            (
                "The tab Fx has no rate from RUB to USD for 2026-10-05 or before. "
                "Orders that wait for it: 2."
            ),
            (
                "Type RUB→USD for 2026-10-05 or before in Fx, and its orders of the last 60 days "
                "are counted."
            ),
        )
    }


@pytest.mark.parametrize(("verdict", "who"), [("assign", "ivan"), ("pay", None)])
def test_what_the_owner_gives_a_partner_waits_for_the_rate_of_exchange_too(
    verdict: str, who: str | None
) -> None:
    world = World()
    world.edit(Tab.PARTNERS, "ivan", "currency", "EUR")
    world.deliver("1")
    world.decide("1", verdict, who)
    world.sync()
    waits = world.reason("1"), world.lines("1")
    fx(world, "2026-10-01", "RUB", "EUR", Decimal("0.01"))
    world.sync()

    assert waits == ("fx_missing", [])
    assert world.lines("1") == [("ivan", "sale", "1")]
    assert world.reason("1") == f"decision_{verdict}"

"""Is a goal paid once, and is it always what the orders as they stand come to?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.world import World
from tracker.cells import shown
from tracker.layout import Tab

OCTOBER, NOVEMBER = "2026-10-19T10:00:00Z", "2026-11-02T10:00:00Z"


def tier(world: World, tier_id: str, start: str, **cells: str) -> None:
    world.type(Tab.TIERS, tier_id=tier_id, **{"from": start}, **cells)


def sell(world: World, *numbers: int, **fields: Any) -> None:
    for number in numbers:
        world.deliver(str(number), customer={"email": f"c{number}@example.com"}, **fields)
    world.sync()


def booked(world: World, tier_id: str, period: str = "2026-10") -> list[str]:
    """The amounts of a goal's lines, oldest first."""
    rows = [r for r in world.rows(Tab.COMMISSIONS) if r["order_id"] == f"{tier_id}/ivan/{period}"]
    return [shown(row["amount"]) for row in sorted(rows, key=lambda row: int(shown(row["n"])))]


def test_a_bonus_is_paid_once_when_the_goal_is_reached() -> None:
    world = World()
    tier(world, "G", "3", bonus="5000")
    found = []
    for number in range(1, 6):
        sell(world, number)
        found.append(booked(world, "G"))

    assert found == [[], [], ["5000"], ["5000"], ["5000"]]
    assert not world.sync().committed


def test_a_refund_below_the_goal_takes_the_bonus_back_and_a_sale_brings_it_again() -> None:
    world = World()
    tier(world, "G", "2", bonus="5000")
    sell(world, 1, 2)
    sell(world, 2, state="cancelled")
    sell(world, 3)

    assert booked(world, "G") == ["5000", "-5000", "5000"]


def test_every_period_has_its_own_goal() -> None:
    world = World()
    tier(world, "G", "1", bonus="500")
    tier(world, "Q", "2", bonus="700", period="quarter")
    tier(world, "E", "2", bonus="900", period="ever")
    sell(world, 1, ordered_at=OCTOBER)
    sell(world, 2, ordered_at=NOVEMBER)

    assert (booked(world, "G"), booked(world, "G", "2026-11")) == (["500"], ["500"])
    assert (booked(world, "Q", "2026-Q4"), booked(world, "E", "ever")) == (["700"], ["900"])


def test_a_goal_is_payable_when_its_period_and_the_hold_are_over() -> None:
    world = World()
    tier(world, "G", "1", bonus="500")
    sell(world, 1)

    assert world.latest("G/ivan/2026-10", "tier").payable_on == date(2026, 11, 14)


def test_sales_count_in_the_tier_s_own_currency() -> None:
    world = World()
    tier(world, "G", "2000", counts="sales", bonus="500")
    sell(world, 1, 2, currency="EUR")
    sell(world, 3)

    assert booked(world, "G") == []
    sell(world, 4)
    assert booked(world, "G") == ["500"]


def test_back_to_the_first_pays_the_difference_as_one_account() -> None:
    world = World()
    tier(world, "T", "3", rate="15%", mode="from_first")
    sell(world, 1, 2, 3)

    # Three orders of 1000 at 10 % earned 300; at 15 % they come to 450.
    assert booked(world, "T") == ["150"]
    assert world.balance() == "450.00"
    line = world.latest("T/ivan/2026-10", "tier")
    assert [(one.role, one.minor) for one in line.owed] == [("adjustment", 15000)]
    assert line.decision.endswith("They come to 450.00 RUB; they have earned 300.00 RUB.")


def test_a_higher_tier_pays_what_the_lower_one_left() -> None:
    world = World()
    tier(world, "A", "2", rate="15%", mode="from_first")
    tier(world, "B", "3", rate="20%", mode="from_first")
    sell(world, 1, 2, 3)

    assert (booked(world, "A"), booked(world, "B")) == (["150"], ["150"])
    assert world.balance() == "600.00"


def test_a_refund_lowers_what_back_to_the_first_owes() -> None:
    world = World()
    tier(world, "T", "2", rate="15%", mode="from_first")
    sell(world, 1, 2)
    sell(world, 2, refunded="500")

    # 15 % of 1500 is 225; the orders themselves have earned 150.
    assert booked(world, "T") == ["100", "-25"]
    assert world.balance() == "225.00"


def test_orders_that_earned_more_keep_it() -> None:
    world = World()
    world.type(Tab.CODES, code="IVAN30", partner_id="ivan", rate="30%")
    tier(world, "T", "2", rate="15%", mode="from_first")
    sell(world, 1, codes=["IVAN30"])
    sell(world, 2)

    assert (booked(world, "T"), world.balance()) == (["50"], "450.00")


@pytest.mark.parametrize(
    ("limit", "due"), [("cap_order", "60"), ("cap_month", "20"), ("budget_month", "20")]
)
def test_back_to_the_first_keeps_the_limits(limit: str, due: str) -> None:
    world = World()
    cap = {"cap_order": "130", "cap_month": "220", "budget_month": "220"}[limit]
    world.edit(Tab.SETTINGS, limit, "value", cap)
    tier(world, "T", "2", rate="15%", mode="from_first")
    sell(world, 1, 2)

    assert booked(world, "T") == [due]


def test_a_customer_s_limit_holds_back_to_the_first_too() -> None:
    world = World(cap_customer="220")
    tier(world, "T", "2", rate="15%", mode="from_first")
    for number in (1, 2):
        world.deliver(str(number), customer={"email": "same@example.com"})
    world.sync()

    assert booked(world, "T") == ["20"]


def test_an_edited_or_deleted_row_changes_nothing_of_a_period_that_is_noted() -> None:
    world = World()
    tier(world, "G", "2", bonus="5000")
    sell(world, 1, 2)
    world.edit(Tab.TIERS, "G", "bonus", "9000")
    world.edit(Tab.TIERS, "G", "from", "7")
    world.sync()
    world.delete(Tab.TIERS, "G")
    world.sync()

    assert booked(world, "G") == ["5000"]
    sell(world, 1, 2, state="cancelled")
    assert booked(world, "G") == ["5000", "-5000"]


def test_the_group_s_row_goes_before_that_for_all_and_his_own_before_both() -> None:
    world = World()
    world.edit(Tab.PARTNERS, "ivan", "group", "Bloggers")
    tier(world, "ALL", "1", rate="50%", mode="from_first")
    tier(world, "GROUP", "1", rate="20%", mode="from_first", group="bloggers")
    sell(world, 1)

    assert (booked(world, "ALL"), booked(world, "GROUP")) == ([], ["100"])


def test_orders_count_only_on_the_days_the_row_is_valid() -> None:
    world = World()
    tier(world, "G", "2", bonus="500", valid_from="2026-10-10", valid_to="2026-10-19")
    sell(world, 1, ordered_at="2026-10-09T10:00:00Z")
    sell(world, 2, ordered_at="2026-10-19T20:59:59Z")  # a second before midnight in Moscow
    sell(world, 3, ordered_at="2026-10-19T21:00:00Z")

    assert booked(world, "G") == []
    sell(world, 4, ordered_at="2026-10-09T21:00:00Z")
    assert booked(world, "G") == ["500"]


def test_whatever_the_order_of_deliveries_the_goals_hold_the_same() -> None:
    balances = set()
    for numbers in ([1, 2, 3, 4], [4, 3, 2, 1], [2, 4, 1, 3]):
        world = World()
        tier(world, "A", "2", rate="15%", mode="from_first")
        tier(world, "G", "3", bonus="500")
        for number in numbers:
            sell(world, number, ordered_at=f"2026-10-1{number}T10:00:00Z")
        sell(world, 2, state="cancelled", ordered_at="2026-10-12T10:00:00Z")
        balances.add(world.balance())

    assert balances == {"950.00"}


def test_a_partner_paid_in_another_currency_gets_the_difference_in_it() -> None:
    world = World()
    world.edit(Tab.PARTNERS, "ivan", "currency", "EUR")
    world.type(Tab.FX, date="2026-10-01", rate="0.01", **{"from": "RUB", "to": "EUR"})
    tier(world, "T", "2", rate="15%", mode="from_first")
    sell(world, 1, 2)

    assert (world.balance("ivan", "EUR"), world.balance("ivan", "RUB")) == ("3.00", "0.00")


def test_while_the_hold_cannot_be_read_no_goal_is_noted() -> None:
    world = World()
    tier(world, "G", "1", bonus="500")
    sell(world, 1)
    tier(world, "H", "1", bonus="700")
    world.edit(Tab.SETTINGS, "hold_days", "value", "a fortnight")
    world.sync()

    assert (booked(world, "G"), booked(world, "H")) == (["500"], [])

"""What does a lead earn? A sum for a registration, a rate of a deal, and nothing for a duplicate."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.world import NOON, World
from tracker.cells import Cell
from tracker.layout import Tab


def registering(**settings: str) -> World:
    """A programme that pays 500 RUB for each registration."""
    return World(NOON, **({"lead_pays_on": "registration", "lead_rate": "500 RUB"} | settings))


def typed(world: World, lead_id: str, partner: str = "ivan", day: int = 1, **cells: Cell) -> None:
    """Type a lead of October and sync."""
    usual: dict[str, Cell] = {
        "phone": f"+7 900 000-00-{day:02d}", "received_at": f"2026-10-{day:02d} 10:00"
    }  # fmt: skip
    world.type(Tab.LEADS, lead_id=lead_id, partner_id=partner, **(usual | cells))
    world.sync()


def state(world: World, lead_id: str) -> tuple[str, str]:
    return world.latest(lead_id, "lead").state, world.reason(lead_id, "lead")


def test_seven_registrations_of_500_are_3500() -> None:
    world = registering()
    for number in range(1, 8):
        typed(world, f"l{number}", day=number)

    assert (world.balance(), len(world.rows(Tab.COMMISSIONS))) == ("3500.00", 7)
    assert (state(world, "l7"), world.sync().committed) == (
        ("registered", "lead_registered"),
        False,
    )


@pytest.mark.parametrize("status", ["refused", "duplicate", "expired"])
def test_a_registration_that_came_to_nothing_is_taken_back(status: str) -> None:
    world = registering()
    typed(world, "l1")
    world.edit(Tab.LEADS, "l1", "status", status)
    world.sync()

    assert world.lines("l1") == [("ivan", "lead", "500"), ("ivan", "clawback", "-500")]
    assert state(world, "l1") == ("open", f"lead_{status}")


def test_a_deal_of_a_registered_lead_earns_nothing_more_and_needs_no_sum() -> None:
    world = registering()
    typed(world, "l1")
    world.edit(Tab.LEADS, "l1", "status", "deal")
    world.sync()

    assert (world.lines("l1"), world.codes()) == ([("ivan", "lead", "500")], set())


def test_a_posted_lead_is_paid_in_the_run_that_reads_it() -> None:
    world = registering()
    world.land({"kind": "lead", "lead_id": "7", "phone": "+79000000001", "partner_id": "ivan"})
    world.sync()

    assert (world.balance(), world.sync().committed) == ("500.00", False)


def test_a_lead_s_own_rate_goes_before_the_partner_s() -> None:
    world = World(lead_rate="7%")
    typed(world, "l1", "maria", status="deal", deal_amount=Decimal(10000))

    assert world.lines("l1") == [("maria", "lead", "700")]


def test_a_sum_for_a_deal_is_that_sum() -> None:
    world = World(lead_rate="500 RUB")
    typed(world, "l1", status="deal", deal_amount=Decimal(10000))

    assert world.lines("l1") == [("ivan", "lead", "500")]


def test_a_partner_s_own_sum_counts_where_no_lead_rate_is_set() -> None:
    world = registering(lead_rate="")
    world.edit(Tab.PARTNERS, "ivan", "rate", "300 RUB")
    typed(world, "l1")

    assert world.lines("l1") == [("ivan", "lead", "300")]


def test_a_percent_of_a_registration_is_a_problem_of_the_setting() -> None:
    world = registering(lead_rate="10%")
    typed(world, "l1")

    (problem,) = world.problems()
    assert (problem.tab, problem.code) == ("Settings", "lead_rate_of_nothing")
    assert (world.balance(), world.rows(Tab.COMMISSIONS)) == ("0.00", [])


def test_a_partner_s_percent_of_a_registration_is_a_problem_of_the_lead() -> None:
    world = registering(lead_rate="")
    typed(world, "l1", "maria")

    assert (world.codes(), state(world, "l1")) == ({"lead_rate_percent"}, ("noted", "lead_noted"))


# A registration that holds.


def test_a_customer_whom_another_registered_earns_nothing_and_his_partner_is_not_named() -> None:
    world = registering()
    typed(world, "l1", "ivan", 1)
    typed(world, "l2", "maria", 5, phone="8 900 000 00 01")

    line = world.latest("l2", "lead")
    assert (world.balance(), world.balance("maria")) == ("500.00", "0.00")
    assert (line.state, line.reason) == ("duplicate", "lead_taken day=2026-10-01")
    assert "ivan" not in line.decision
    assert world.codes() == {"lead_protected"}


def test_when_the_first_is_refused_the_second_earns() -> None:
    world = registering()
    typed(world, "l1", "ivan", 1)
    typed(world, "l2", "maria", 5, phone="+79000000001")
    world.edit(Tab.LEADS, "l1", "status", "refused")
    world.sync()

    assert (world.balance(), world.balance("maria"), world.codes()) == ("0.00", "500.00", set())


def test_one_partner_s_second_registration_of_a_customer_is_not_paid_twice() -> None:
    world = registering()
    typed(world, "l1", "ivan", 1)
    typed(world, "l2", "ivan", 5, phone="+79000000001")

    assert (world.balance(), state(world, "l2")) == ("500.00", ("duplicate", "lead_repeated"))


def test_one_partner_s_two_deals_with_a_customer_both_earn() -> None:
    world = World()
    for lead_id, day in (("l1", 1), ("l2", 5)):
        cells: dict[str, Cell] = {"status": "deal", "deal_amount": Decimal(1000)}
        typed(world, lead_id, "ivan", day, phone="+79000000001", **cells)

    assert world.balance() == "200.00"


def test_a_deal_with_a_customer_of_another_earns_nothing() -> None:
    world = World()
    typed(world, "l1", "ivan", 1)
    cells: dict[str, Cell] = {"status": "deal", "deal_amount": Decimal(1000)}
    typed(world, "l2", "maria", 5, phone="+79000000001", **cells)

    assert (world.balance("maria"), state(world, "l2")) == ("0.00", ("duplicate", "lead_taken"))


@pytest.mark.parametrize(
    ("day", "balance"), [("2026-10-31 23:59", "0.00"), ("2026-11-01 00:00", "500.00")]
)
def test_a_registration_holds_for_thirty_days_and_not_a_minute_more(day: str, balance: str) -> None:
    world = registering()
    typed(world, "l1", "ivan", 1)
    world.move(days=20)
    typed(world, "l2", "maria", 5, phone="+79000000001", received_at=day)

    assert world.balance("maria") == balance


# Later rules leave earlier leads alone.


def test_an_edited_rate_leaves_a_registration_alone() -> None:
    world = registering()
    typed(world, "l1", day=1)
    world.edit(Tab.SETTINGS, "lead_rate", "value", "900 RUB")
    typed(world, "l2", day=2)

    assert (world.lines("l1"), world.lines("l2")) == (
        [("ivan", "lead", "500")],
        [("ivan", "lead", "900")],
    )


def test_leads_that_waited_for_their_deal_go_on_waiting_when_registrations_are_paid() -> None:
    world = World()
    typed(world, "l1", day=1)
    world.edit(Tab.SETTINGS, "lead_pays_on", "value", "registration")
    world.edit(Tab.SETTINGS, "lead_rate", "value", "500 RUB")
    typed(world, "l2", day=2)

    assert (world.lines("l1"), world.balance()) == ([], "500.00")


def test_a_shorter_protection_leaves_earlier_registrations_alone() -> None:
    world = registering()
    typed(world, "l1", "ivan", 1)
    typed(world, "l2", "maria", 5, phone="+79000000001")
    world.edit(Tab.SETTINGS, "lead_protect_days", "value", "0")
    world.sync()

    assert (world.balance(), world.balance("maria")) == ("500.00", "0.00")


def test_a_deal_that_was_booked_before_there_were_rules_keeps_what_it_earned() -> None:
    world = World()
    cells: dict[str, Cell] = {"status": "deal", "deal_amount": Decimal(1000)}
    typed(world, "l1", "ivan", 1, **cells)
    world.edit(Tab.SETTINGS, "lead_pays_on", "value", "registration")
    world.edit(Tab.SETTINGS, "lead_rate", "value", "500 RUB")
    world.sync()

    assert world.lines("l1") == [("ivan", "lead", "100")]


# Who else has a part, and who has none.


@pytest.mark.parametrize(
    ("bonus_from", "ivan", "maria"),
    [("on_top", "1500.00", "300.00"), ("partner_share", "1200.00", "300.00")],
)
def test_a_manager_who_helped_gets_twenty_percent_of_the_commission(
    bonus_from: str, ivan: str, maria: str
) -> None:
    world = World(cross_bonus="20%", cross_bonus_from=bonus_from)
    cells: dict[str, Cell] = {"status": "deal", "deal_amount": Decimal(15000), "helper": "maria"}
    typed(world, "l1", "ivan", 1, **cells)

    assert (world.balance(), world.balance("maria")) == (ivan, maria)
    assert {row["kind"] for row in world.rows(Tab.COMMISSIONS)} == {"lead", "bonus"}


def test_a_manager_nobody_knows_is_told_and_the_partner_is_paid() -> None:
    world = World(cross_bonus="20%")
    cells: dict[str, Cell] = {"status": "deal", "deal_amount": Decimal(15000), "helper": "olga"}
    typed(world, "l1", "ivan", 1, **cells)

    assert (world.balance(), world.codes()) == ("1500.00", {"partner_unknown"})


def test_a_partner_who_had_left_earns_nothing_by_a_registration() -> None:
    world = registering()
    world.edit(Tab.PARTNERS, "ivan", "status", "left")
    typed(world, "l1")

    assert (world.balance(), state(world, "l1")) == ("0.00", ("noted", "lead_partner_away"))


def test_a_moment_that_cannot_be_read_is_told_and_the_lead_counts() -> None:
    world = registering()
    typed(world, "l1", received_at="yesterday")

    assert (world.balance(), world.codes()) == ("500.00", {"lead_time"})

"""Do the owner's own rows book what they say? Adjustments, and deals of leads."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.world import World
from tracker.cells import Cell
from tracker.layout import Tab


def adjusted(**cells: Cell) -> World:
    """A book in which ivan's adjustment a1 of 500 RUB is booked."""
    world = World()
    row: dict[str, Cell] = {"adjustment_id": "a1", "partner_id": "ivan", "amount": Decimal(500)}
    world.type(Tab.ADJUSTMENTS, **(row | cells))
    world.sync()
    return world


def test_an_adjustment_is_booked_on_the_day_it_is_noted() -> None:
    world = adjusted(reason="thanks")

    assert world.lines("a1") == [("ivan", "adjustment", "500")]
    assert world.rows(Tab.COMMISSIONS)[0]["payable_on"] == date(2026, 10, 20)
    assert (world.balance(of="payable"), world.reason("a1", "adjustment")) == (
        "500.00",
        "adjustment",
    )


def test_an_adjustment_with_a_date_is_payable_from_that_day() -> None:
    world = adjusted(date="01.12.2026")

    assert (world.balance(of="on_hold"), world.balance(of="payable")) == ("500.00", "0.00")


def test_an_adjustment_below_zero_is_taken_off() -> None:
    assert adjusted(amount="-1 234,50").balance() == "-1234.50"


def test_a_changed_sum_books_the_difference() -> None:
    world = adjusted()
    world.edit(Tab.ADJUSTMENTS, "a1", "amount", Decimal(300))
    world.sync()

    assert [amount for _, _, amount in world.lines("a1")] == ["500", "-200"]


def test_a_changed_partner_or_currency_moves_the_whole_sum() -> None:
    world = adjusted()
    world.edit(Tab.ADJUSTMENTS, "a1", "partner_id", "maria")
    world.sync()
    world.edit(Tab.ADJUSTMENTS, "a1", "currency", "EUR")
    world.sync()

    assert (world.balance(), world.balance("maria")) == ("0.00", "0.00")
    assert world.balance("maria", "EUR") == "500.00"


def test_a_vanished_row_owes_nothing() -> None:
    world = adjusted()
    world.delete(Tab.ADJUSTMENTS, "a1")
    world.sync()

    assert (world.balance(), world.codes(), len(world.lines("a1"))) == ("0.00", set(), 2)


def test_a_row_that_comes_back_is_booked_again() -> None:
    world = adjusted()
    world.delete(Tab.ADJUSTMENTS, "a1")
    world.sync()
    world.type(Tab.ADJUSTMENTS, adjustment_id="a1", partner_id="ivan", amount=Decimal(500))
    world.sync()

    assert [amount for _, _, amount in world.lines("a1")] == ["500", "-500", "500"]


@pytest.mark.parametrize(
    ("column", "typed", "code"),
    [
        ("adjustment_id", None, "row_without_id"),
        ("amount", "1,234", "amount_ambiguous"),
        ("amount", "500 €", "amount_other_currency"),
        ("amount", None, "amount_missing"),
        ("currency", "RUR", "currency_unknown"),
        ("date", "tomorrow", "date_unreadable"),
        ("partner_id", "nobody", "partner_unknown"),
        ("partner_id", None, "partner_unknown"),
    ],
)
def test_a_row_that_cannot_be_read_changes_nothing_that_is_booked(
    column: str, typed: Cell, code: str
) -> None:
    world = adjusted()
    world.edit(Tab.ADJUSTMENTS, "a1", column, typed)
    run = world.sync()

    # A row without its id may be the one that seems to be gone: that is said of both.
    expected = {code, "row_held"} if column == "adjustment_id" else {code}
    assert (world.codes(), run.plan.counts.written) == (expected, 0)
    assert world.balance() == "500.00"


def test_an_id_that_is_doubled_changes_nothing_that_is_booked() -> None:
    world = adjusted()
    world.type(Tab.ADJUSTMENTS, adjustment_id="a1", partner_id="ivan", amount=Decimal(7))
    world.sync()

    assert [p.cell for p in world.problems() if p.code == "id_twice"] == ["A2", "A3"]
    assert world.balance() == "500.00"


def test_a_row_of_totals_below_is_a_problem_and_holds_nothing_up() -> None:
    world = adjusted()
    world.type(Tab.ADJUSTMENTS, amount=Decimal(500))
    world.delete(Tab.ADJUSTMENTS, "a1")
    world.sync()

    assert (world.codes(), world.balance()) == ({"row_without_id"}, "0.00")


def test_a_lead_earns_once_it_is_a_deal_at_the_partner_s_rate() -> None:
    world = World()
    world.type(Tab.LEADS, lead_id="l1", partner_id="maria", status="in_work")
    world.sync()
    noted = [(row["state"], row["owed"]) for row in world.rows(Tab.JOURNAL)]
    world.edit(Tab.LEADS, "l1", "status", "сделка")
    world.edit(Tab.LEADS, "l1", "deal_amount", "10 000")
    world.sync()

    assert noted == [("noted", "[]")]
    assert world.lines("l1") == [("maria", "lead", "1500")]


def test_a_deal_that_changes_or_falls_through_books_the_difference_at_the_first_rate() -> None:
    world = World()
    cells: dict[str, Cell] = {"lead_id": "l1", "partner_id": "maria", "status": "deal"}
    world.type(Tab.LEADS, deal_amount=Decimal(10000), **cells)
    world.sync()
    world.edit(Tab.PARTNERS, "maria", "rate", "50%")
    world.edit(Tab.LEADS, "l1", "deal_amount", Decimal(8000))
    world.sync()
    world.edit(Tab.LEADS, "l1", "status", "refused")
    world.sync()

    assert [amount for _, _, amount in world.lines("l1")] == ["1500", "-300", "-1200"]


def test_a_deal_without_a_sum_is_a_problem() -> None:
    world = World()
    world.type(Tab.LEADS, lead_id="l1", partner_id="ivan", status="deal")
    world.sync()

    assert world.codes() == {"amount_missing"}


def test_while_the_programme_s_rate_is_unreadable_no_deal_is_newly_counted() -> None:
    world = World(rate="15")
    for lead_id, partner_id in (("l1", "ivan"), ("l2", "maria")):
        cells: dict[str, Cell] = {"lead_id": lead_id, "partner_id": partner_id, "status": "deal"}
        world.type(Tab.LEADS, deal_amount=Decimal(1000), **cells)
    world.sync()

    assert (world.balance("ivan"), world.balance("maria")) == ("0.00", "150.00")


def test_while_the_programme_s_currency_is_unreadable_what_is_booked_in_it_stands() -> None:
    world = World(currency="EUR")
    world.type(Tab.ADJUSTMENTS, adjustment_id="a1", partner_id="ivan", amount=Decimal(500))
    world.sync()
    world.edit(Tab.SETTINGS, "currency", "value", "RUR")
    world.sync()

    assert (world.balance("ivan", "EUR"), world.balance("ivan", "RUB")) == ("500.00", "0.00")

"""Can a wrong balance, payout, statement or letter be seen? One fault put by hand each."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.faults import (
    book_of,
    forge,
    ills,
    paid_world,
    sealed_world,
    second,
    statement,
    values,
)
from tests.ledgers import commission, refunded_world
from tests.world import World
from tracker.cells import Cell, shown
from tracker.invariants import examine
from tracker.layout import Tab
from tracker.running import look


@pytest.fixture
def world() -> World:
    return refunded_world()


def test_i2_a_deleted_clawback_of_whom_an_order_earned_before_is_no_second_partner(
    world: World,
) -> None:
    world.deliver("2", codes=["IVAN01"])
    world.sync()
    taken_back = next(r for r in world.rows(Tab.COMMISSIONS) if r["amount"] == Decimal(-150))
    world.delete(Tab.COMMISSIONS, shown(taken_back["line_id"]))
    found = ills(world)

    assert set(found) == {"I2", "I10"}
    assert values(found["I2"])["owed"] == "0.00 RUB"
    assert values(found["I2"])["written"] == "150.00 RUB"


def test_i8_a_balance_changed_in_the_report_is_named(world: World) -> None:
    world.edit(Tab.BALANCES, "ivan", "balance", Decimal(120))
    found = ills(world)

    assert set(found) == {"I8"}
    assert values(found["I8"]) == {"partner": "ivan", "right": "70.00 RUB", "shown": "120"}
    assert (found["I8"].tab, found["I8"].cell) == ("Balances", "D2")


def test_i10_a_row_typed_by_hand_makes_the_plain_sum_wrong(world: World) -> None:
    world.type(
        Tab.COMMISSIONS, partner_id="ivan", kind="bonus", amount=Decimal(500), currency="RUB"
    )
    found = ills(world)

    assert set(found) == {"I1", "I10"}
    assert values(found["I10"])["stands"] == "720.00"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, "payout_twice"),
        ({"lines": ("cm_gone",)}, "payout_line_missing"),
        ({"lines": ()}, "payout_not_sum"),
    ],
)
def test_i11_a_payout_that_its_lines_do_not_bear_is_named(
    changes: dict[str, object], code: str
) -> None:
    world, payout = paid_world()
    assert ills(world) == {}
    second(world, payout, **changes)
    found = ills(world)

    assert set(found) == {"I11"}
    assert (found["I11"].code, values(found["I11"])["payout"]) == (code, "po_second")


def test_i11_a_payout_proposed_while_another_is_unknown_is_named() -> None:
    world, payout = paid_world()
    world.edit(Tab.PAYOUTS, payout.payout_id, "result", "unknown")
    world.deliver("2", total="10000")
    world.sync()
    line = shown(world.rows(Tab.COMMISSIONS)[-1]["line_id"])
    second(world, payout, lines=(line,), minor=100000)

    assert {name: fault.code for name, fault in ills(world).items()} == {
        "I11": "payout_not_blocked"
    }


def test_i11_a_row_of_commissions_for_a_paid_payout_that_was_deleted_breaks_the_balance() -> None:
    world, payout = paid_world()
    world.edit(Tab.PAYOUTS, payout.payout_id, "paid_on", "2026-11-20")
    world.sync()
    world.delete(Tab.COMMISSIONS, commission(world, 1))
    found = ills(world)

    assert set(found) == {"I2", "I8", "I10"}
    assert values(found["I8"]) == {
        "partner": "ivan", "right": "2000.00 RUB", "stands": "0.00 RUB",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("column", "typed", "ill", "code"),
    [
        ("opening", Decimal(90), "I12", "opening_not_closing"),
        ("closing", Decimal(151), "I12", "closing_not_sum"),
        ("digest", "0" * 32, "I13", "seal_broken"),
        ("lines", Decimal(2), "I13", "seal_broken"),
        ("state", "sent", "I14", "letter_not_claimed"),
    ],
)
def test_i12_to_i14_a_cell_of_a_sealed_statement_changed_by_hand_is_named(
    column: str, typed: Cell, ill: str, code: str
) -> None:
    world = sealed_world()
    world.edit(Tab.STATEMENTS, statement(world, "2026-11"), column, typed)
    found = ills(world)

    assert {name: fault.code for name, fault in found.items()} == {ill: code}
    assert dict(found[ill].row)["statement_id"] == statement(world, "2026-11")


def test_i13_a_line_slipped_into_a_sealed_month_is_named() -> None:
    world = sealed_world()
    at = look(world.place).plan.books.orders["generic", "1"].latest.noted_at
    forge(world, "1", noted_at=at, total=100000, owed=(), state="cancelled")

    assert set(ills(world)) == {"I12", "I13"}


def test_i14_a_letter_noted_as_sent_twice_is_named() -> None:
    world = sealed_world()
    rows = world.store.book.sheets[Tab.STATEMENTS].rows
    rows.append(list(next(row for row in rows if "ivan" in row and "sent" in row)))

    assert {name: fault.code for name, fault in ills(world).items()} == {"I14": "letter_sent_twice"}


def test_i14_a_letter_that_left_and_has_no_row_is_named() -> None:
    world = sealed_world()
    book = replace(book_of(world), letters=("st_elsewhere",))
    found = examine(book)

    assert {name for name, fault in found.items() if fault} == {"I14"}

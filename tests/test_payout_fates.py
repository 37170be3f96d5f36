"""What do the owner's three cells beside a payout mean, from proposal to money and back?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.proposed import fill, payout, proposed_world
from tests.world import World
from tracker.cells import Cell, Formula
from tracker.layout import Tab


@pytest.fixture
def paid_out() -> World:
    return proposed_world()


def standing(world: World) -> tuple[str, str]:
    """ivan's balance, and what is proposed beside it."""
    return world.balance(), world.balance(of="proposed")


def test_an_open_proposal_owes_nothing_and_stands_beside_the_balance(paid_out: World) -> None:
    assert standing(paid_out) == ("10000.00", "10000.00")
    fill(paid_out, result="sent")
    assert standing(paid_out) == ("10000.00", "10000.00")


@pytest.mark.parametrize("result", [None, "sent", "paid"])
def test_a_date_books_the_payout(paid_out: World, result: Cell) -> None:
    fill(paid_out, paid_on="15.10.2026", reference="N 7", result=result)

    assert standing(paid_out) == ("0.00", "0.00")
    assert paid_out.lines(payout(paid_out)) == [("ivan", "payout", "-10000")]
    assert paid_out.propose() == ()


def test_a_cleared_date_takes_the_payout_back_and_keeps_its_lines(paid_out: World) -> None:
    fill(paid_out, paid_on=date(2026, 10, 15))
    fill(paid_out, paid_on=None)

    assert standing(paid_out) == ("10000.00", "10000.00")
    kinds = [kind for _, kind, _ in paid_out.lines(payout(paid_out))]
    assert kinds == ["payout", "payout_return"]
    assert paid_out.propose() == ()


def test_a_date_put_right_is_noted_and_books_nothing(paid_out: World) -> None:
    fill(paid_out, paid_on=date(2026, 10, 15))
    fill(paid_out, paid_on=date(2026, 10, 16))

    assert len(paid_out.lines(payout(paid_out))) == 1
    assert paid_out.latest(payout(paid_out), "payout").payable_on == date(2026, 10, 16)


@pytest.mark.parametrize("cells", [{"result": "returned"}, {"result": "void"}])
def test_a_payout_freed_is_proposed_anew_under_another_id(
    paid_out: World, cells: dict[str, Cell]
) -> None:
    fill(paid_out, **cells)
    freed = standing(paid_out)
    (again,) = paid_out.propose()

    assert freed == ("10000.00", "0.00")
    assert (again.minor, again.payout_id == payout(paid_out)) == (1000000, False)
    assert standing(paid_out) == ("10000.00", "10000.00")


def test_a_payout_returned_after_it_was_paid_gives_the_sum_back(paid_out: World) -> None:
    fill(paid_out, paid_on=date(2026, 10, 15))
    fill(paid_out, result="returned")

    assert [amount for _, _, amount in paid_out.lines(payout(paid_out))] == ["-10000", "10000"]
    assert [one.minor for one in paid_out.propose()] == [1000000]


def test_an_unknown_payout_owes_nothing_and_blocks_the_next_one(paid_out: World) -> None:
    fill(paid_out, result="unknown")
    paid_out.type(Tab.ADJUSTMENTS, adjustment_id="a1", partner_id="ivan", amount=Decimal(5000))
    paid_out.sync()
    paid_out.now = datetime(2026, 11, 15, 12, tzinfo=UTC)
    blocked = paid_out.propose()
    fill(paid_out, result="sent")

    assert (blocked, standing(paid_out)) == ((), ("15000.00", "10000.00"))
    assert [one.minor for one in paid_out.propose()] == [500000]


@pytest.mark.parametrize(
    ("booked", "cells", "code"),
    [
        ({}, {"result": "void", "paid_on": date(2026, 10, 15)}, "payout_void_but_paid"),
        ({}, {"result": "paid"}, "payout_paid_without_date"),
        ({"paid_on": date(2026, 10, 15)}, {"result": "void"}, "payout_void_but_paid"),
        (
            {"paid_on": date(2026, 10, 15), "result": "paid"},
            {"paid_on": None},
            "payout_paid_without_date",
        ),
        ({"paid_on": date(2026, 10, 15)}, {"paid_on": "yesterday"}, "date_unreadable"),
        ({"paid_on": date(2026, 10, 15)}, {"result": "lost"}, "choice_unknown"),
    ],
)
def test_cells_that_contradict_themselves_leave_the_booked_state(
    paid_out: World, booked: dict[str, Cell], cells: dict[str, Cell], code: str
) -> None:
    fill(paid_out, **booked)
    before = standing(paid_out)
    fill(paid_out, **cells)

    assert (paid_out.codes(), standing(paid_out)) == ({code}, before)


def test_a_vanished_payout_changes_nothing_and_is_a_problem(paid_out: World) -> None:
    fill(paid_out, paid_on=date(2026, 10, 15))
    paid_out.delete(Tab.PAYOUTS, payout(paid_out))
    paid_out.sync()

    assert (paid_out.codes(), paid_out.balance()) == ({"payout_gone"}, "0.00")
    assert paid_out.propose() == ()


def test_a_payout_typed_by_hand_counts_nothing(paid_out: World) -> None:
    paid_out.type(
        Tab.PAYOUTS, payout_id="po_mine", partner_id="ivan", amount=Decimal(1), paid_on="1.10.2026"
    )
    paid_out.sync()

    assert paid_out.codes() == {"payout_not_ours"}
    assert paid_out.balance() == "10000.00"


def test_an_edited_sum_of_a_payout_is_named_and_the_proposed_one_is_booked(
    paid_out: World,
) -> None:
    fill(paid_out, amount=Decimal(1), paid_on=date(2026, 10, 15))

    assert (paid_out.codes(), paid_out.balance()) == ({"payout_changed"}, "0.00")


def test_a_freed_payout_whose_lines_stand_in_a_later_one_stays_freed(paid_out: World) -> None:
    fill(paid_out, result="returned")
    paid_out.propose()
    fill(paid_out, result=None)

    assert standing(paid_out) == ("10000.00", "10000.00")


def test_a_date_on_a_freed_payout_is_booked_and_the_later_one_waits_to_be_voided(
    paid_out: World,
) -> None:
    fill(paid_out, result="returned")
    paid_out.propose()
    fill(paid_out, result=None, paid_on=date(2026, 10, 15))
    both = paid_out.codes()
    paid_out.edit(Tab.PAYOUTS, payout(paid_out, 1), "result", "void")
    paid_out.sync()

    assert (both, paid_out.codes()) == ({"payout_double"}, set())
    assert standing(paid_out) == ("0.00", "0.00")
    assert paid_out.propose() == ()


def test_a_payout_and_its_successor_both_paid_stay_a_problem_until_one_is_returned(
    paid_out: World,
) -> None:
    fill(paid_out, result="returned")
    paid_out.propose()
    fill(paid_out, result=None, paid_on=date(2026, 10, 15))
    paid_out.edit(Tab.PAYOUTS, payout(paid_out, 1), "paid_on", date(2026, 10, 15))
    paid_out.sync()
    both, owed = paid_out.codes(), paid_out.balance()
    fill(paid_out, result="returned")

    assert (both, owed) == ({"payout_paid_twice"}, "-10000.00")
    assert (paid_out.codes(), paid_out.balance()) == (set(), "0.00")


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (date(2001, 10, 15), {"payout_day_odd"}),
        (date(2026, 9, 13), {"payout_day_odd"}),
        (date(2026, 9, 14), set()),
        (date(2026, 10, 16), set()),
        (date(2026, 10, 17), {"payout_day_odd"}),
        (date(2031, 10, 15), {"payout_day_odd"}),
    ],
)
def test_a_day_that_can_hardly_be_is_named_and_booked_as_typed(
    paid_out: World, day: date, codes: set[str]
) -> None:
    fill(paid_out, paid_on=day)

    assert (paid_out.codes(), paid_out.balance()) == (codes, "0.00")
    assert paid_out.latest(payout(paid_out), "payout").payable_on == day


@pytest.mark.parametrize("column", ["reference", "document"])
@pytest.mark.parametrize(
    ("cells", "proposed"),
    [({"result": "void"}, "0.00"), ({"result": "unknown"}, "10000.00")],
)
def test_a_formula_beside_them_does_not_silence_the_cells_that_decide(
    paid_out: World, column: str, cells: dict[str, Cell], proposed: str
) -> None:
    fill(paid_out, **cells, **{column: Formula("=A1")})
    (problem,) = paid_out.problems()

    assert (problem.code, dict(problem.params)["column"]) == ("cell_formula", column)
    assert paid_out.balance(of="proposed") == proposed
    assert (paid_out.propose() == ()) is (cells["result"] == "unknown")


def test_a_date_beside_a_formula_is_booked(paid_out: World) -> None:
    fill(paid_out, paid_on=date(2026, 10, 15), reference=Formula("=A1"))

    assert (paid_out.codes(), paid_out.balance()) == ({"cell_formula"}, "0.00")

"""What does a line of a bank statement change? It pays what is open, and never overrules a cell."""

from __future__ import annotations

from datetime import date

import pytest

from tests.bank_lines import bank_says
from tests.faults import ills
from tests.proposed import fill, payout, proposed_world
from tests.world import World
from tracker.cells import Cell
from tracker.known import DOUBTFUL
from tracker.layout import Tab
from tracker.payout_facts import Fate, Payout, facts_of, payout_from
from tracker.running import at_rest, commit_more

THE_16TH = date(2026, 10, 16)


@pytest.fixture
def paid_out() -> World:
    return proposed_world()


def amounts(world: World) -> list[str]:
    """What is booked for the payout, step by step."""
    return [amount for _, _, amount in world.lines(payout(world))]


@pytest.mark.parametrize("result", [None, "sent", "paid"])
def test_a_payout_whose_cells_do_not_say_otherwise_is_paid_on_the_bank_s_day(
    paid_out: World, result: Cell
) -> None:
    fill(paid_out, result=result)
    bank_says(paid_out, payout(paid_out), THE_16TH)

    assert (amounts(paid_out), paid_out.balance()) == (["-10000"], "0.00")
    latest = paid_out.latest(payout(paid_out), "payout")
    assert (latest.payable_on, latest.evidence) == (THE_16TH, "bank")
    assert (latest.decision, paid_out.codes()) == ("Paid out, reference BANK 1.", set())


def test_the_same_bank_line_twice_pays_once(paid_out: World) -> None:
    bank_says(paid_out, payout(paid_out), THE_16TH)
    bank_says(paid_out, payout(paid_out), THE_16TH)

    assert (amounts(paid_out), paid_out.propose()) == (["-10000"], ())


@pytest.mark.parametrize("day", [16, 17])
def test_a_date_typed_over_the_bank_line_books_nothing_twice(paid_out: World, day: int) -> None:
    bank_says(paid_out, payout(paid_out), THE_16TH)
    fill(paid_out, paid_on=date(2026, 10, day), reference="N 7")

    assert amounts(paid_out) == ["-10000"]
    assert paid_out.latest(payout(paid_out), "payout").payable_on == date(2026, 10, day)


def test_a_bank_line_over_a_typed_date_changes_neither_money_nor_day(paid_out: World) -> None:
    fill(paid_out, paid_on=date(2026, 10, 15))
    bank_says(paid_out, payout(paid_out), THE_16TH)

    assert amounts(paid_out) == ["-10000"]
    assert paid_out.latest(payout(paid_out), "payout").payable_on == date(2026, 10, 15)


@pytest.mark.parametrize("result", ["void", "unknown"])
def test_a_bank_line_against_the_owner_s_word_moves_no_money_and_is_named(
    paid_out: World, result: str
) -> None:
    fill(paid_out, result=result)
    bank_says(paid_out, payout(paid_out), THE_16TH)

    assert (amounts(paid_out), paid_out.balance()) == ([], "10000.00")
    [problem] = paid_out.problems()
    assert (problem.code, dict(problem.params)["result"]) == ("payout_bank_disagrees", result)


def test_a_returned_payout_stays_returned_and_its_status_tells_what_the_bank_says(
    paid_out: World,
) -> None:
    fill(paid_out, result="returned")
    bank_says(paid_out, payout(paid_out), THE_16TH)

    assert (amounts(paid_out), paid_out.codes()) == ([], set())
    [row] = paid_out.rows(Tab.PAYOUT_STATUS)
    assert row["state"] == (
        "returned: its lines are due again; the bank statement says: paid on 2026-10-16"
    )


def test_a_payout_that_the_bank_paid_and_that_came_back_is_due_again(paid_out: World) -> None:
    bank_says(paid_out, payout(paid_out), THE_16TH)
    fill(paid_out, result="returned")

    assert (amounts(paid_out), paid_out.codes()) == (["-10000", "10000"], set())
    assert [one.minor for one in paid_out.propose()] == [1000000]


def test_clearing_void_lets_the_bank_line_pay(paid_out: World) -> None:
    fill(paid_out, result="void")
    bank_says(paid_out, payout(paid_out), THE_16TH)
    fill(paid_out, result=None)

    assert (amounts(paid_out), paid_out.codes()) == (["-10000"], set())


def test_a_doubtful_payout_of_a_restored_book_is_paid_by_its_bank_line(paid_out: World) -> None:
    with paid_out.store.writing(1):
        rest = at_rest(paid_out.place, what="restore")
        commit_more(paid_out.place, rest, {}, {DOUBTFUL: payout(paid_out)})
    paid_out.sync()
    before = paid_out.codes()
    bank_says(paid_out, payout(paid_out), THE_16TH)

    assert (before, paid_out.codes()) == ({"payout_doubtful"}, set())
    assert amounts(paid_out) == ["-10000"]


def test_the_doctor_finds_nothing_wrong_after_a_bank_line(paid_out: World) -> None:
    bank_says(paid_out, payout(paid_out), THE_16TH)

    assert ills(paid_out) == {}
    assert paid_out.sync().committed is False


def test_facts_of_a_book_made_before_there_were_bank_lines_are_read() -> None:
    old = (
        '{"partner":"ivan","currency":"RUB","minor":1000000,"lines":["ln_a"],'
        '"proposed_on":"2026-10-15","method":"card","details":"1234"}'
    )
    found = payout_from("po_a", old)

    assert found == Payout(
        payout_id="po_a", partner_id="ivan", currency="RUB", minor=1000000, lines=("ln_a",),
        proposed_on=date(2026, 10, 15), method="card", details="1234", fate=Fate.OPEN,
    )  # fmt: skip
    assert facts_of(found) == old


def test_two_freed_payouts_that_want_the_same_lines_back_do_not_both_get_them(
    paid_out: World,
) -> None:
    fill(paid_out, result="void")
    paid_out.move(days=1)
    paid_out.propose()
    paid_out.edit(Tab.PAYOUTS, payout(paid_out, 1), "result", "void")
    paid_out.sync()
    paid_out.edit(Tab.PAYOUTS, payout(paid_out, 1), "result", None)
    fill(paid_out, result=None)

    states = [paid_out.latest(payout(paid_out, at), "payout").state for at in (0, 1)]
    assert (states, paid_out.codes()) == (["freed", "open"], {"payout_superseded"})
    assert paid_out.balance(of="proposed") == "10000.00"

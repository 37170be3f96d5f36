"""Which paper is asked for, until when, and who is told that it is missing?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.world import World
from tracker.cells import Cell, shown
from tracker.choices import TaxStatus
from tracker.layout import Tab
from tracker.papers import Paper, due_on, missing_papers, paper_of, tax_id_wrong
from tracker.problems import Problem
from tracker.running import look
from tracker.sentences import problem_says

THE_15TH = date(2026, 10, 15)
# Made up so that their check digits hold; worked out by hand in the test below.
PERSON, COMPANY = "123456789047", "1234567894"


@pytest.mark.parametrize(
    ("status", "paper"),
    [
        (TaxStatus.SELF_EMPLOYED, Paper.RECEIPT),
        (TaxStatus.SOLE_TRADER, Paper.ACT),
        (TaxStatus.COMPANY_RU, Paper.ACT),
        (TaxStatus.COMPANY, Paper.INVOICE),
        (TaxStatus.PERSON, None),
        (TaxStatus.UNSAID, None),
    ],
)
def test_a_tax_status_decides_the_paper(status: TaxStatus, paper: Paper | None) -> None:
    assert paper_of(status) is paper


@pytest.mark.parametrize(
    ("paper", "paid_on", "due"),
    [
        (Paper.RECEIPT, date(2026, 10, 1), date(2026, 11, 9)),
        (Paper.RECEIPT, date(2026, 10, 31), date(2026, 11, 9)),
        (Paper.RECEIPT, date(2026, 12, 15), date(2027, 1, 9)),
        (Paper.ACT, date(2026, 10, 15), date(2026, 10, 22)),
        (Paper.INVOICE, date(2026, 12, 28), date(2027, 1, 4)),
        (Paper.RECEIPT, date(9999, 12, 1), date.max),
        (Paper.ACT, date(9999, 12, 30), date.max),
    ],
)
def test_a_receipt_is_due_by_the_ninth_and_others_after_the_days_set(
    paper: Paper, paid_on: date, due: date
) -> None:
    assert due_on(paper, paid_on, 7) == due


@pytest.mark.parametrize(
    ("status", "tax_id", "wrong"),
    [
        # 1*2+2*4+3*10+4*3+5*5+6*9+7*4+8*6+9*8 = 279; 279 mod 11 = 4
        (TaxStatus.COMPANY_RU, COMPANY, False),
        (TaxStatus.COMPANY_RU, "1234567895", True),
        # 1*7+2*2+3*4+4*10+5*3+6*5+7*9+8*4+9*6+0*8 = 257, mod 11 = 4; with it 348, mod 11 = 7
        (TaxStatus.SELF_EMPLOYED, PERSON, False),
        (TaxStatus.SOLE_TRADER, "123456789048", True),
        (TaxStatus.SELF_EMPLOYED, COMPANY, True),
        (TaxStatus.COMPANY_RU, PERSON, True),
        (TaxStatus.SELF_EMPLOYED, "unknown", True),
        (TaxStatus.SELF_EMPLOYED, "", False),
        (TaxStatus.COMPANY, "GB 123", False),
        (TaxStatus.PERSON, "1", False),
    ],
)
def test_a_russian_tax_number_is_checked_by_its_digits(
    status: TaxStatus, tax_id: str, *, wrong: bool
) -> None:
    assert tax_id_wrong(status, tax_id) is wrong


def paid(**partner: Cell) -> World:
    """ivan's 1000.00 of September, proposed and paid on 15 October; `partner` is of his row."""
    world = World(now=datetime(2026, 9, 10, 12, tzinfo=UTC))
    for column, value in partner.items():
        world.edit(Tab.PARTNERS, "ivan", column, value)
    world.deliver("1", total="10000", ordered_at="2026-09-10T10:00:00Z")
    world.sync()
    world.now = datetime(2026, 10, 15, 12, tzinfo=UTC)
    [one] = world.propose()
    world.edit(Tab.PAYOUTS, one.payout_id, "paid_on", THE_15TH)
    world.sync()
    return world


def on(world: World, day: date) -> list[Problem]:
    """The problems of the book on another day, at noon."""
    world.now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return world.problems()


@pytest.mark.parametrize(
    ("status", "in_time", "late", "code"),
    [
        ("self_employed", date(2026, 11, 9), date(2026, 11, 10), "payout_receipt_missing"),
        ("company_ru", date(2026, 10, 22), date(2026, 10, 23), "payout_document_missing"),
        ("company", date(2026, 10, 22), date(2026, 10, 23), "payout_document_missing"),
    ],
)
def test_a_paper_is_missed_from_the_day_after_it_was_due(
    status: str, in_time: date, late: date, code: str
) -> None:
    world = paid(tax_status=status)

    assert on(world, in_time) == []
    [problem] = on(world, late)
    assert (problem.code, problem.tab, problem.cell) == (code, "Payouts", "L2")


@pytest.mark.parametrize("status", ["person", None])
def test_a_person_and_who_said_nothing_are_asked_for_no_paper(status: Cell) -> None:
    assert on(paid(tax_status=status), date(2027, 6, 1)) == []


def test_a_number_in_document_settles_it() -> None:
    world = paid(tax_status="self_employed")
    world.edit(Tab.PAYOUTS, shown(world.rows(Tab.PAYOUTS)[0]["payout_id"]), "document", "200xk7")

    assert on(world, date(2027, 6, 1)) == []


def test_with_document_days_at_0_no_paper_is_asked_for() -> None:
    world = paid(tax_status="sole_trader")
    world.edit(Tab.SETTINGS, "document_days", "value", "0")

    assert on(world, date(2027, 6, 1)) == []
    assert missing_papers(look(world.place).plan.books.payouts(), look(world.place).known) == []


def test_a_returned_payout_wants_no_paper() -> None:
    world = paid(tax_status="sole_trader")
    payout_id = shown(world.rows(Tab.PAYOUTS)[0]["payout_id"])
    world.edit(Tab.PAYOUTS, payout_id, "result", "returned")
    world.sync()

    assert on(world, date(2027, 6, 1)) == []


def test_letters_learn_what_is_missing_and_from_which_day_to_ask() -> None:
    world = paid(tax_status="self_employed")
    rest = look(world.place)

    [found] = missing_papers(rest.plan.books.payouts(), rest.known)
    assert (found.paper, found.paid_on, found.ask_on, found.due_on) == (
        Paper.RECEIPT,
        THE_15TH,
        date(2026, 10, 22),
        date(2026, 11, 9),
    )


def test_the_status_a_payout_was_proposed_under_counts() -> None:
    world = paid(tax_status="sole_trader")
    world.edit(Tab.PARTNERS, "ivan", "tax_status", "person")

    assert {problem.code for problem in on(world, date(2026, 10, 23))} == {
        "payout_document_missing"
    }


def test_a_wrong_inn_is_named_at_its_cell_and_costs_nothing_else() -> None:
    world = World()
    world.edit(Tab.PARTNERS, "ivan", "tax_status", "self_employed")
    world.edit(Tab.PARTNERS, "ivan", "tax_id", "123456789048")
    world.deliver("1")
    world.sync()

    [problem] = world.problems()
    assert (problem.code, problem.tab, problem.key) == ("tax_id_wrong", "Partners", "ivan")
    assert problem_says(problem, "ru").startswith("123456789048 — не ИНН партнёра")
    assert world.balance() == "100.00"


# Requisites that changed after the proposal.


def proposed(**partner: Cell) -> World:
    world = paid(payout_method="card", name="Ivan", **partner)
    payout_id = shown(world.rows(Tab.PAYOUTS)[0]["payout_id"])
    world.edit(Tab.PAYOUTS, payout_id, "paid_on", None)
    world.sync()
    return world


def test_changed_requisites_of_an_open_payout_are_named() -> None:
    world = proposed(tax_id=PERSON, tax_status="self_employed")
    world.edit(Tab.PARTNERS, "ivan", "payout_details", "another card")
    world.edit(Tab.PARTNERS, "ivan", "name", "Ivan Petrov")

    [problem] = world.problems()
    assert (problem.code, problem.cell) == ("payout_requisites_changed", "G2")
    assert dict(problem.params)["columns"] == "name, payout_details"
    assert "type void as its result and propose anew" in problem_says(problem, "en")


def test_a_payout_voided_and_proposed_anew_takes_the_new_requisites() -> None:
    world = proposed()
    world.edit(Tab.PARTNERS, "ivan", "payout_details", "another card")
    world.edit(Tab.PAYOUTS, shown(world.rows(Tab.PAYOUTS)[0]["payout_id"]), "result", "void")
    [again] = world.propose()

    assert (again.details, again.name, world.codes()) == ("another card", "Ivan", set())


@pytest.mark.parametrize("cells", [{"result": "sent"}, {"paid_on": THE_15TH}])
def test_changed_requisites_no_longer_matter_once_it_is_on_its_way(cells: dict[str, Cell]) -> None:
    world = proposed()
    for column, value in cells.items():
        world.edit(Tab.PAYOUTS, shown(world.rows(Tab.PAYOUTS)[0]["payout_id"]), column, value)
    world.edit(Tab.PARTNERS, "ivan", "payout_details", "another card")

    assert world.codes() == set()


def test_requisites_that_were_empty_when_proposed_are_no_change() -> None:
    world = paid()
    world.edit(Tab.PAYOUTS, shown(world.rows(Tab.PAYOUTS)[0]["payout_id"]), "paid_on", None)
    world.sync()
    world.edit(Tab.PARTNERS, "ivan", "name", "Ivan")

    assert world.codes() == set()

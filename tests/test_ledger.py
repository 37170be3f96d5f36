"""Does the ledger heal? Lines deleted, edited, doubled, alien or sorted change no sum by mistake."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledgers import commission, fact, refunded_world
from tests.world import World
from tracker.cells import Cell
from tracker.layout import Tab
from tracker.lines import step_id
from tracker.running import look


@pytest.fixture
def world() -> World:
    return refunded_world()


def test_a_line_s_id_is_of_its_account_and_content_only() -> None:
    account = ("ivan", "order", "RUB")
    ids = {
        step_id(("generic", "1"), account, 1, 0, 10000),
        step_id(("generic", "2"), account, 1, 0, 10000),
        step_id(("generic", "1"), ("maria", "order", "RUB"), 1, 0, 10000),
        step_id(("generic", "1"), account, 2, 0, 10000),
        step_id(("generic", "1"), account, 1, 0, 10001),
        step_id(("generic", "1"), account, 1, 1, 10000),
    }

    assert len(ids) == 6
    assert step_id(("generic", "1"), account, 1, 0, 10000) in ids


def test_a_step_names_its_journal_line_and_its_moment(world: World) -> None:
    sale, clawback = (row for row in world.rows(Tab.COMMISSIONS) if row["order_id"] == "1")

    assert [sale["fact"], clawback["fact"]] == [fact(world, 0), fact(world, 1)]
    assert sale["booked_at"] == "2026-10-20T15:00:00+03:00"
    assert clawback["booked_at"] == "2026-10-20T16:00:00+03:00"
    assert [clawback["before"], clawback["after"]] == [Decimal(100), Decimal(70)]


def test_a_deleted_line_of_commissions_comes_back_exactly_as_it_was(world: World) -> None:
    before = world.rows(Tab.COMMISSIONS)
    world.delete(Tab.COMMISSIONS, commission(world))
    world.move(days=3)
    run = world.sync()

    assert sorted(map(str, world.rows(Tab.COMMISSIONS))) == sorted(map(str, before))
    assert run.plan.restored == 1
    assert world.balance() == "70.00"


def test_all_of_commissions_follows_from_the_journal(world: World) -> None:
    before = world.rows(Tab.COMMISSIONS)
    world.store.book.sheets[Tab.COMMISSIONS].rows.clear()
    world.sync()

    assert sorted(map(str, world.rows(Tab.COMMISSIONS))) == sorted(map(str, before))


@pytest.mark.parametrize(
    ("column", "typed", "right"),
    [
        ("amount", Decimal(9999), "100.00"),
        ("amount", None, "100.00"),
        ("partner_id", "maria", "ivan"),
        ("currency", "EUR", "RUB"),
        ("order_id", "77", "1"),
        ("after", Decimal(1), "100.00"),
        ("n", Decimal(5), "1"),
        ("fact", "jn_somethingelse", ""),
        ("n", "01", "1"),
        ("booked_at", "yesterday", "2026-10-20T15:00:00+03:00"),
        ("booked_at", "2026-10-20T12:00:00+00:00", "2026-10-20T15:00:00+03:00"),
        ("rate", " 10%", "10%"),
        ("base", Decimal(1), "1000.00"),
        ("kind", "clawback", "sale"),
        ("payable_on", "01.01.2020", "2026-11-02"),
    ],
)
def test_an_edited_line_counts_as_recomputed_and_the_problem_names_the_value(
    world: World, column: str, typed: Cell, right: str
) -> None:
    world.edit(Tab.COMMISSIONS, commission(world), column, typed)
    world.sync()
    (problem, *_) = [p for p in world.problems() if dict(p.params)["column"] == column]

    assert (problem.code, problem.tab, problem.partner_id) == (
        "commission_changed",
        "Commissions",
        "ivan",
    )
    assert dict(problem.params)["value"] == (right or fact(world))
    assert (world.balance(), world.balance("maria")) == ("70.00", "150.00")


def test_a_reason_of_many_words_is_named_whole_so_that_it_can_be_put_back(world: World) -> None:
    row = max(world.rows(Tab.COMMISSIONS), key=lambda one: len(str(one["because"])))
    line, before = str(row["line_id"]), str(row["because"])
    world.edit(Tab.COMMISSIONS, line, "because", "I say so")
    (problem,) = world.problems()
    world.edit(Tab.COMMISSIONS, line, "because", dict(problem.params)["value"])

    assert len(before) > 120
    assert (dict(problem.params)["value"], world.codes()) == (before, set())


def test_a_reason_too_long_for_problems_is_where_the_problem_says() -> None:
    world = World()
    for number in range(20):
        world.type(Tab.RULES, priority=str(number + 1), sku=f"{number:0>290}", rate=f"{number}%")
    items = [{"sku": f"{n:0>290}", "quantity": "1", "price": "10"} for n in range(20)]
    world.deliver("1", items=items, total="200")
    world.sync()
    world.edit(Tab.COMMISSIONS, commission(world), "because", "I say so")
    (problem,) = world.problems()

    assert (problem.code, dict(problem.params)["fact"]) == ("commission_changed_long", fact(world))
    world.edit(Tab.COMMISSIONS, commission(world), "because", world.latest("1").decision)
    assert world.codes() == set()


def test_an_edited_line_is_not_written_again(world: World) -> None:
    world.edit(Tab.COMMISSIONS, commission(world), "amount", Decimal(1))
    run = world.sync()

    assert (run.plan.counts.written, len(world.rows(Tab.COMMISSIONS))) == (0, 3)


def test_an_amount_typed_as_text_is_the_same_amount(world: World) -> None:
    world.edit(Tab.COMMISSIONS, commission(world), "amount", "100,00")

    assert world.codes() == set()


def test_an_edited_id_counts_nothing_and_the_line_comes_back(world: World) -> None:
    world.edit(Tab.COMMISSIONS, commission(world), "line_id", "cm_mine")
    world.sync()

    assert world.codes() == {"commission_not_ours"}
    assert world.balance() == "70.00"
    assert len(world.rows(Tab.COMMISSIONS)) == 4


def test_a_row_typed_by_hand_counts_nothing(world: World) -> None:
    world.type(Tab.COMMISSIONS, partner_id="ivan", amount=Decimal(5000), currency="RUB")
    world.sync()

    assert (world.codes(), world.balance()) == ({"commission_not_ours"}, "70.00")


@pytest.mark.parametrize(
    ("column", "typed"), [("payable_on", "soon"), ("booked_at", "yesterday"), ("base", "five")]
)
def test_a_line_whose_fact_is_gone_counts_by_its_id_whatever_stands_beside_it(
    world: World, column: str, typed: str
) -> None:
    world.edit(Tab.COMMISSIONS, commission(world, 2), column, typed)
    world.delete(Tab.JOURNAL, fact(world, 2))
    world.sync(whole=True)
    missed = world.codes(), world.balance("maria")
    world.deliver("2", codes=["NOBODYS"])
    world.sync()

    assert missed == ({"journal_line_missing"}, "150.00")
    assert world.lines("2") == [("maria", "sale", "150"), ("maria", "clawback", "-150")]


def test_a_copied_row_of_either_ledger_is_named_with_the_other_one(world: World) -> None:
    world.double(Tab.COMMISSIONS, commission(world))
    world.double(Tab.JOURNAL, fact(world))
    world.sync(whole=True)
    found = {one.tab: (one.code, one.cell, dict(one.params)) for one in world.problems()}

    assert found == {
        "Commissions": ("line_twice", "Q2", {"line": commission(world), "others": "Q5"}),
        "Journal": ("line_twice", "W2", {"line": fact(world), "others": "W5"}),
    }


def test_a_copy_of_a_journal_row_that_was_changed_is_named_as_changed(world: World) -> None:
    world.double(Tab.JOURNAL, fact(world))
    world.edit(Tab.JOURNAL, fact(world), "total", Decimal(5))

    assert world.codes() == {"journal_line_changed"}


def test_rows_written_twice_count_once(world: World) -> None:
    world.double(Tab.COMMISSIONS, commission(world))
    world.double(Tab.JOURNAL, fact(world))
    world.sync()

    assert (world.codes(), world.balance()) == ({"line_twice"}, "70.00")


def test_sorted_tabs_change_nothing(world: World) -> None:
    for tab in (Tab.JOURNAL, Tab.COMMISSIONS, Tab.CODE_HISTORY, Tab.PARTNERS, Tab.CODES):
        world.turn(tab)
    run = world.sync()

    assert (run.plan.empty, world.codes()) == (True, set())
    assert (world.balance(), world.balance("maria")) == ("70.00", "150.00")


@settings(max_examples=25)
@given(st.sets(st.integers(0, 5)), st.permutations(range(6)))
def test_whatever_lines_of_commissions_are_lost_or_sorted_the_sums_stand(
    lost: set[int], order: list[int]
) -> None:
    world = World()
    for refunded in ("0", "100", "250", "1000", "10", "20"):
        world.deliver("1", refunded=refunded)
        world.sync()
    sheet = world.store.book.sheets[Tab.COMMISSIONS]
    rows = list(sheet.rows)
    sheet.rows[:] = [rows[place] for place in order if place not in lost]
    run = world.sync()

    assert (world.balance(), run.plan.restored) == ("98.00", len(lost))
    assert sorted(map(str, sheet.rows)) == sorted(map(str, rows))


def test_a_run_that_only_notes_an_order_writes_it_down() -> None:
    world = World()
    world.sync()
    world.deliver("1", codes=["NOBODY"])

    noted = world.sync().plan

    assert (len(noted.journal), noted.commissions, noted.empty) == (1, (), False)
    assert look(world.place).plan.empty

"""What becomes of an order whose Journal lines were edited or deleted?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.ledgers import commission, fact, refunded_world
from tests.world import World
from tracker.cells import Cell, shown
from tracker.layout import Tab


@pytest.fixture
def world() -> World:
    return refunded_world()


@pytest.mark.parametrize(
    ("column", "typed"),
    [
        ("owed", '[["ivan","order","999.00","RUB"]]'),
        ("total", Decimal(5)),
        ("facts", "{}"),
        ("decision", "because I say so"),
        ("n", Decimal(7)),
        ("noted_at", "2020-01-01T00:00:00+03:00"),
        ("line_id", "jn_mine"),
    ],
)
def test_an_edited_journal_line_sets_its_order_aside(
    world: World, column: str, typed: Cell
) -> None:
    world.edit(Tab.JOURNAL, fact(world), column, typed)
    run = world.sync()
    (problem, *_) = world.problems()

    assert (problem.tab, problem.key, problem.partner_id) == ("Journal", "generic/1", "ivan")
    assert problem.code == "journal_line_changed"
    assert (run.plan.counts.written, world.balance()) == (0, "70.00")
    assert world.balance("maria") == "150.00"


@pytest.mark.parametrize("place", [0, 1])
def test_a_deleted_journal_line_sets_its_order_aside(world: World, place: int) -> None:
    world.delete(Tab.JOURNAL, fact(world, place))
    run = world.sync()

    assert {(p.code, p.key) for p in world.problems()} == {("journal_line_missing", "generic/1")}
    assert (run.plan.counts.written, world.balance()) == (0, "70.00")


def test_a_deleted_first_line_that_owed_nothing_is_missed_all_the_same() -> None:
    world = World()
    for state in ("pending", "paid"):
        world.deliver("1", state=state)
        world.sync()
    world.delete(Tab.JOURNAL, fact(world))
    world.sync()

    assert (world.codes(), world.balance()) == ({"journal_line_missing"}, "100.00")


def test_an_order_set_aside_is_whole_again_once_the_value_is_put_back(world: World) -> None:
    first = fact(world)
    right = world.rows(Tab.JOURNAL)[0]["decision"]
    world.edit(Tab.JOURNAL, first, "decision", "because I say so")
    world.sync()
    world.edit(Tab.JOURNAL, first, "decision", right)
    world.sync()

    assert (world.codes(), world.balance()) == (set(), "70.00")


def test_nothing_is_booked_for_an_order_set_aside_and_no_alien_row_counts_for_it(
    world: World,
) -> None:
    world.delete(Tab.JOURNAL, fact(world))
    stranger = {"source": "generic", "order_id": "1", "partner_id": "ivan", "currency": "RUB"}
    moment = {"booked_at": "2026-10-20T15:00:00+03:00", "role": "order", "n": "1", "kind": "sale"}
    sums = {"amount": "9999", "before": "0", "after": "9999", "line_id": "cm_mine"}
    world.type(Tab.COMMISSIONS, **stranger, **moment, **sums)
    world.sync()

    assert world.balance() == "70.00"
    assert "commission_not_ours" in world.codes()


@pytest.mark.parametrize("damage", ["edited", "deleted"])
def test_a_new_whole_version_folds_the_order_again_and_books_only_the_difference(
    world: World, damage: str
) -> None:
    if damage == "edited":
        world.edit(Tab.JOURNAL, fact(world, 1), "total", Decimal(5))
    else:
        world.delete(Tab.JOURNAL, fact(world, 1))
    world.sync()
    world.move(hours=1)
    world.deliver("1", total="1000", refunded="600")
    world.sync()

    assert (world.latest("1").n, world.codes()) == (3, set())
    assert [amount for _, _, amount in world.lines("1")] == ["100", "-30", "-30"]
    assert world.balance() == "40.00"


def test_an_order_folded_again_goes_on_as_any_other(world: World) -> None:
    world.delete(Tab.JOURNAL, fact(world, 1))
    for refunded in ("600", "1000", "0"):
        world.deliver("1", refunded=refunded)
        world.sync()
    world.delete(Tab.COMMISSIONS, commission(world, -1))
    run = world.sync()

    assert [amount for _, _, amount in world.lines("1")] == ["100", "-30", "-30", "-40", "100"]
    assert (run.plan.restored, world.balance(), world.codes()) == (1, "100.00", set())


@pytest.mark.parametrize("damage", ["deleted", "edited"])
def test_lines_from_before_a_fold_are_healed_as_any_other(world: World, damage: str) -> None:
    before = world.rows(Tab.COMMISSIONS)[0]
    world.edit(Tab.JOURNAL, fact(world), "total", Decimal(5))
    world.deliver("1", refunded="600")
    world.sync()
    if damage == "deleted":
        world.delete(Tab.COMMISSIONS, commission(world))
    else:
        world.edit(Tab.COMMISSIONS, commission(world), "after", Decimal(5))
    world.sync()

    assert world.balance() == "40.00"
    assert (before in world.rows(Tab.COMMISSIONS)) is (damage == "deleted")
    assert world.codes() == (set() if damage == "deleted" else {"commission_changed"})


def test_an_order_folded_again_keeps_the_terms_of_its_intact_lines(world: World) -> None:
    world.edit(Tab.SETTINGS, "rate", "value", "50%")
    world.delete(Tab.JOURNAL, fact(world, 1))
    world.deliver("1", refunded="600")
    world.sync()

    assert world.balance() == "40.00"


def test_a_refund_that_comes_alone_while_its_order_is_aside_is_booked_afterwards() -> None:
    world = World()
    order = {"id": 1, "processed_at": "2026-10-19T10:00:00Z", "currency": "RUB", "line_items": []}
    codes = {"discount_codes": [{"code": "IVAN01", "amount": "0.00", "type": "percentage"}]}
    paid = {"total_price": "1000.00", "financial_status": "paid"}
    world.land(order | codes | paid, source="shopify")
    world.sync()
    right = world.rows(Tab.JOURNAL)[0]["reason"]
    world.edit(Tab.JOURNAL, fact(world), "reason", "mine")
    back = {"amount": "300.00", "kind": "refund", "status": "success", "currency": "RUB"}
    refund = {"id": 9, "order_id": 1, "created_at": "2026-10-20T13:00:00Z"}
    world.land(refund | {"transactions": [back]}, source="shopify")
    world.sync()
    aside = world.balance()
    world.edit(Tab.JOURNAL, fact(world), "reason", right)
    world.sync()

    assert (aside, world.balance(), world.codes()) == ("100.00", "70.00", set())


def test_a_second_run_after_damage_writes_nothing(world: World) -> None:
    world.delete(Tab.COMMISSIONS, commission(world, 1))
    world.edit(Tab.JOURNAL, fact(world, 2), "total", Decimal(1))
    world.sync()
    generation = world.store.book.generation
    run = world.sync()

    assert (run.committed, world.store.book.generation) == (False, generation)


def test_the_sync_that_folds_an_order_again_leaves_no_problem_behind(world: World) -> None:
    world.edit(Tab.JOURNAL, fact(world), "total", "5000")
    world.sync()
    world.move(hours=1)
    world.deliver("1", refunded="400")

    folded, after = world.sync(), world.sync()

    assert world.codes() == set()
    assert (folded.committed, after.committed) == (True, False)


@pytest.mark.parametrize("typed", ["2026-10-20T15:00:00", "9999-12-31T23:59:00+00:00", "yesterday"])
def test_a_time_that_we_cannot_have_written_costs_neither_its_row_nor_the_run(
    world: World, typed: str
) -> None:
    said = world.rows(Tab.JOURNAL)[0]["decision"]
    world.edit(Tab.JOURNAL, fact(world), "decision", "because I say so")
    world.edit(Tab.COMMISSIONS, commission(world), "booked_at", typed)
    world.sync()
    aside = world.codes(), world.balance()
    world.edit(Tab.JOURNAL, fact(world), "decision", said)

    assert aside == ({"journal_line_changed"}, "70.00")
    assert (world.codes(), world.balance()) == ({"commission_changed"}, "70.00")


@pytest.mark.parametrize("damage", ["deleted", "edited"])
def test_a_line_of_the_owners_money_that_is_put_back_later_is_no_second_line_of_its_number(
    damage: str,
) -> None:
    world = World()
    world.type(Tab.ADJUSTMENTS, adjustment_id="a1", partner_id="ivan", amount=Decimal(50))
    world.sync()
    line, row = fact(world), world.store.book.sheets[Tab.JOURNAL].rows[0]
    if damage == "edited":
        world.edit(Tab.JOURNAL, line, "total", Decimal(5))
    else:
        world.delete(Tab.JOURNAL, line)
    world.sync()
    assert [r["n"] for r in world.rows(Tab.JOURNAL)][-1] == 2

    if damage == "edited":
        world.edit(Tab.JOURNAL, line, "total", None)
    else:
        world.store.book.sheets[Tab.JOURNAL].rows.append(row)
    assert [world.sync().committed for _ in range(2)] == [False, False]
    assert (world.balance(), world.codes(), len(world.rows(Tab.JOURNAL))) == ("50.00", set(), 2)


@pytest.mark.parametrize("place", [0, -1])
def test_a_line_whose_number_could_not_be_read_may_be_put_back_wherever_it_stands(
    place: int,
) -> None:
    world = World()
    for total in ("1000", "2000"):
        world.deliver("1", state="pending", total=total)
        world.sync()
    last, right = fact(world, 1), world.rows(Tab.JOURNAL)[1]["total"]
    world.edit(Tab.JOURNAL, last, "total", "mine")
    world.deliver("1", state="paid")
    world.sync()  # it begins anew, and cannot know that number 2 stood there
    world.edit(Tab.JOURNAL, last, "total", right)
    rows = world.store.book.sheets[Tab.JOURNAL].rows
    rows.insert(place % 3, rows.pop(1))

    assert sorted(str(row["n"]) for row in world.rows(Tab.JOURNAL)) == ["1", "2", "2"]
    assert not world.sync().committed
    assert (world.codes(), world.balance()) == (set(), "100.00")


@pytest.mark.parametrize("typed", [Decimal(5), "five"])
def test_no_statement_goes_to_whom_only_a_row_changed_by_hand_still_names(
    world: World, typed: Cell
) -> None:
    (line,) = (row for row in world.rows(Tab.JOURNAL) if row["order_id"] == "2")
    world.edit(Tab.JOURNAL, shown(line["line_id"]), "total", typed)
    world.delete(Tab.COMMISSIONS, commission(world, -1))
    world.move(days=20)
    world.seal("2026-10")

    assert {row["partner_id"] for row in world.rows(Tab.STATEMENTS)} == {"ivan"}
    assert [(p.key, p.partner_id) for p in world.problems()] == [("generic/2", "maria")]

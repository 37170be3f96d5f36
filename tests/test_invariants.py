"""Can each promise of the ledger be seen to break? One fault put by hand into a real book each."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
from string import Formatter

import pytest

from tests.faults import (
    book_of,
    busy,
    forge,
    ills,
    owed,
    values,
)
from tests.ledgers import commission, fact, refunded_world
from tests.world import World
from tracker.cells import Cell, shown
from tracker.checking import _planned_again
from tracker.commissions import Owed
from tracker.invariants import GROUPS, INVARIANTS, examine
from tracker.layout import Tab
from tracker.running import look
from tracker.sentences.doctor import DOCTOR
from tracker.sentences.examined import PROMISES, SHEET
from tracker.stores import Generation


@pytest.fixture
def world() -> World:
    return refunded_world()


def test_a_healthy_book_of_sixty_orders_keeps_every_promise() -> None:
    world = busy()

    assert len(world.rows(Tab.JOURNAL)) > 60
    assert len(world.rows(Tab.PAYOUTS)) == 3
    assert len(world.rows(Tab.STATEMENTS)) > 4
    assert ills(world) == {}


@pytest.mark.parametrize(
    ("column", "typed", "ill", "cell"),
    [
        ("n", Decimal(5), {"I1"}, "Q2"),
        ("partner_id", "maria", {"I1"}, "Q2"),
        ("amount", Decimal(9999), {"I1", "I10"}, "D2"),
        ("amount", Decimal("100.005"), {"I9", "I10"}, "D2"),
        ("after", "a hundred", {"I9"}, "O2"),
        ("because", "because I say so", {"I15"}, "P2"),
        ("fact", "jn_somethingelse", {"I15"}, "P2"),
        ("booked_at", "2026-10-20T15:00:00", {"I18"}, "A2"),
        ("booked_at", "2026-11-20T15:00:00+03:00", {"I18"}, "A2"),
        ("line_id", "cm_mine", {"I1", "I2", "I7"}, "Q2"),
    ],
)  # fmt: skip
def test_an_edited_cell_of_commissions_breaks_these_promises_and_is_named(
    world: World, column: str, typed: Cell, ill: set[str], cell: str
) -> None:
    world.edit(Tab.COMMISSIONS, commission(world), column, typed)
    found = ills(world)

    assert set(found) == ill
    first = min(found, key=lambda name: int(name[1:]))
    assert (found[first].tab, found[first].cell) == ("Commissions", cell)


def test_i1_a_doubled_row_is_named_and_the_plain_sum_is_wrong_by_it(world: World) -> None:
    world.double(Tab.COMMISSIONS, commission(world))
    found = ills(world)

    assert set(found) == {"I1", "I10"}
    assert (found["I1"].code, found["I1"].cell) == ("line_twice", "Q5")
    assert values(found["I10"]) == {"currency": "RUB", "right": "220.00", "stands": "320.00"}


def test_i1_a_copied_journal_row_is_named(world: World) -> None:
    world.double(Tab.JOURNAL, fact(world))
    found = ills(world)

    assert set(found) == {"I1"}
    assert (found["I1"].code, found["I1"].tab, found["I1"].cell) == ("line_twice", "Journal", "W5")


def test_i1_a_row_given_the_id_of_another_says_nothing_of_that_one(world: World) -> None:
    world.edit(Tab.COMMISSIONS, commission(world), "line_id", commission(world, 2))

    assert set(ills(world)) == {"I1", "I2", "I7"}


def test_i1_a_journal_line_changed_by_hand_is_named(world: World) -> None:
    world.edit(Tab.JOURNAL, fact(world), "total", Decimal(5000))
    found = ills(world)

    assert set(found) == {"I1"}
    assert (found["I1"].code, found["I1"].tab, found["I1"].cell) == (
        "journal_changed", "Journal", "W2",
    )  # fmt: skip


def test_i2_a_deleted_row_leaves_less_written_than_is_owed(world: World) -> None:
    world.delete(Tab.COMMISSIONS, commission(world, 2))
    found = ills(world)

    assert set(found) == {"I2", "I10"}
    assert values(found["I2"]) == {
        "about": "generic/2", "partner": "maria", "owed": "150.00 RUB", "written": "0.00 RUB",
    }  # fmt: skip
    world.sync()
    assert ills(world) == {}


def test_i4_a_second_sync_that_writes_is_named(world: World) -> None:
    healthy = book_of(world)
    world.delete(Tab.COMMISSIONS, commission(world))
    again = look(world.place).plan
    found = examine(replace(healthy, again=again))

    assert {name for name, fault in found.items() if fault} == {"I4"}
    assert found["I4"] is not None
    assert values(found["I4"]) == {"about": "generic/1", "count": "1"}


def test_i4_after_a_plan_with_news_the_next_one_is_empty(world: World) -> None:
    world.type(Tab.ADJUSTMENTS, adjustment_id="a1", partner_id="ivan", amount=Decimal(7))
    rest = look(world.place)

    assert not rest.plan.empty
    assert _planned_again(rest.known, rest.plan, world.place.secret).empty


def test_i5_an_order_that_earns_two_partners_is_named(world: World) -> None:
    forge(world, "2", owed=(owed("ivan", 5000), owed("maria", 15000)))
    found = ills(world)

    assert set(found) == {"I5", "I15"}
    assert values(found["I5"]) == {"about": "generic/2", "partners": "ivan, maria"}
    assert (found["I5"].tab, found["I5"].cell) == ("Journal", "W5")


def test_i6_a_rate_that_grew_along_an_order_is_named(world: World) -> None:
    forge(world, "2", rate="20%", owed=(owed("maria", 20000),))
    found = ills(world)

    assert set(found) == {"I6"}
    assert values(found["I6"]) == {
        "about": "generic/2", "was": "15% goods 2026-11-02", "now": "20% goods 2026-11-02",
    }  # fmt: skip


def test_i7_a_cancelled_order_that_still_earns_is_named(world: World) -> None:
    forge(world, "2", state="cancelled")
    found = ills(world)

    assert set(found) == {"I7", "I15"}
    assert values(found["I7"])["held"] == "150.00 RUB"
    assert values(found["I7"])["bound"] == "0.00 RUB"


def test_i7_an_order_taken_back_below_zero_is_named(world: World) -> None:
    forge(world, "2", owed=(owed("maria", -100),))
    found = ills(world)

    assert set(found) == {"I7", "I15"}
    assert values(found["I7"])["held"] == "-1.00 RUB"


def test_i9_a_commission_in_another_currency_than_its_order_is_named(world: World) -> None:
    euros = Owed(partner_id="maria", role="order", minor=15000, currency="EUR")
    forge(world, "2", owed=(euros,))
    found = ills(world)

    assert {"I9", "I15"} <= set(found)
    assert values(found["I9"]) == {"about": "generic/2", "own": "RUB", "owed": "EUR"}


def test_i15_a_sum_that_does_not_follow_from_rate_and_base_is_named(world: World) -> None:
    forge(world, "2", owed=(owed("maria", 15001),))
    found = ills(world)

    assert set(found) == {"I15"}
    assert values(found["I15"]) == {
        "about": "generic/2", "partner": "maria", "right": "150.00 RUB",
    }  # fmt: skip


def test_i16_an_order_deleted_from_the_journal_is_missed(world: World) -> None:
    world.deliver("3", codes=["NOBODYS"])
    world.sync()
    world.delete(Tab.JOURNAL, fact(world, 3))
    found = ills(world)

    assert set(found) == {"I16"}
    assert (found["I16"].code, values(found["I16"])) == ("order_vanished", {"about": "generic/3"})


def test_i16_a_deleted_line_in_the_middle_of_an_order_is_missed(world: World) -> None:
    world.delete(Tab.JOURNAL, fact(world, 0))
    found = ills(world)

    assert set(found) == {"I16"}
    assert (found["I16"].code, values(found["I16"])) == ("journal_gap", {"about": "generic/1"})


def test_i16_an_order_without_partner_and_reason_is_named(world: World) -> None:
    world.deliver("3", codes=["NOBODYS"])
    world.sync()
    forge(world, "3", reason="")

    assert {name: fault.code for name, fault in ills(world).items()} == {"I16": "no_answer"}


def test_i16_a_run_whose_counts_do_not_add_up_is_named(world: World) -> None:
    run = shown(world.rows(Tab.RUNS)[0]["run_id"])
    world.edit(Tab.RUNS, run, "attributed", Decimal(7))
    found = ills(world)

    assert {name: fault.code for name, fault in found.items()} == {"I16": "run_not_whole"}
    assert found["I16"].cell == "D2"


@pytest.mark.parametrize(
    ("first_ends", "second_begins", "ill"),
    [(None, None, {"I17"}), ("2026-10-15", "2026-10-15", {"I17"}),
     ("2026-10-14", "2026-10-15", set())],
)  # fmt: skip
def test_i17_a_code_of_two_partners_on_one_day_is_named(
    world: World, first_ends: str | None, second_begins: str | None, ill: set[str]
) -> None:
    world.edit(Tab.CODES, "IVAN01", "valid_to", first_ends)
    world.type(Tab.CODES, code="ivan01 ", partner_id="maria", valid_from=second_begins)

    assert set(ills(world)) == ill


def _wall(at: datetime) -> str:
    return at.replace(tzinfo=None).isoformat()


class Skipped(tzinfo):
    """A zone whose clock jumps from 23:53 to 00:53 at the end of October."""

    def utcoffset(self, at: datetime | None) -> timedelta:
        before = at is None or _wall(at) < "2026-11-01T00:53"
        return timedelta(hours=3 if before else 4)

    def tzname(self, at: datetime | None) -> str:
        return "skipped" if at is None else _wall(at)

    def dst(self, at: datetime | None) -> timedelta:
        return self.utcoffset(at) - timedelta(hours=3)

    def fromutc(self, at: datetime) -> datetime:
        before = _wall(at) < "2026-10-31T20:53"
        return at + timedelta(hours=3 if before else 4)


def test_i18_a_zone_in_which_two_months_overlap_is_named(world: World) -> None:
    book = book_of(world)
    programme = replace(book.known.programme, zone=Skipped())
    found = examine(replace(book, known=replace(book.known, programme=programme)))

    assert [(name, f.code, values(f)["month"]) for name, f in found.items() if f] == [
        ("I18", "month_unsound", "2026-10")
    ]


def test_i19_a_book_that_counts_fewer_commits_than_runs_is_named(world: World) -> None:
    world.store.book.generation = Generation(1, "of another book")
    found = ills(world)

    assert set(found) == {"I19"}
    assert values(found["I19"]) == {"runs": "2", "generation": "1"}


def test_every_invariant_has_its_place_on_the_sheet_and_its_words() -> None:
    names = [name for name, _ in INVARIANTS]

    assert len(names) == 19
    assert sorted(name for _, group in GROUPS for name in group) == sorted(names)
    assert set(PROMISES) == set(names)
    assert set(SHEET) == {group for group, _ in GROUPS}


def test_every_sentence_of_the_doctor_takes_the_same_parameters_in_both_languages() -> None:
    def fields(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    odd = [
        code for code, (english, russian) in DOCTOR.items() if fields(english) != fields(russian)
    ]
    assert odd == []
    assert len(DOCTOR) > 40

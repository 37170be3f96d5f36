"""Is a copied book the same book? From store to store, killed half-way, and refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.world import World
from tracker.carrying import COPIED_TABS, as_carried, carry
from tracker.cells import Cell, CellError, Formula
from tracker.checking import findings
from tracker.copying import Copied, copied
from tracker.layout import LAYOUT, Tab
from tracker.problems import Stop
from tracker.running import Rest, look, sync
from tracker.stores import Commit, Outcome, Store
from tracker.stores.memory import MemoryBook, MemoryStore
from tracker.stores.xlsx import XlsxStore

NOVEMBER = datetime(2026, 11, 16, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def full() -> World:
    """Orders, a refund, sealed statements, a paid payout, a decision, owner's money, problems."""
    made = World(hold_days="3", min_payout="50")
    made.type(Tab.ADJUSTMENTS, adjustment_id="a1", partner_id="ivan", amount=Decimal("50.25"))
    made.type(Tab.LEADS, lead_id="l1", partner_id="maria", status="won", deal_amount=Decimal(900))
    made.type(Tab.CODES, code="007", partner_id="nobody", note="=1+1")
    made.type(Tab.SETTINGS, setting="min_payout_EUR", value="7")
    for number in range(7):
        made.deliver(f"N{number}", codes=["IVAN01" if number % 2 else "MARIA01"])
    made.deliver("N8", codes=["IVAN01", "MARIA01"])
    made.deliver("N1", refunded="400")
    made.sync()
    made.decide("N8", "assign", "maria")
    made.now = NOVEMBER
    made.seal("2026-10")
    first = made.propose()[0]
    made.edit(Tab.PAYOUTS, first.payout_id, "paid_on", date(2026, 11, 16))
    made.edit(Tab.PAYOUTS, first.payout_id, "reference", "000123")
    made.sync()
    return made


def copy(source: World, target: Store) -> Copied:
    with source.store.writing(1), target.writing(1):
        return copied(source.place, target)


def workbook(folder: Path) -> XlsxStore:
    return XlsxStore(folder / "copy.xlsx", today=lambda: date(2026, 11, 16))


def next_sync(source: World, target: Store) -> Rest:
    with target.writing(1):
        return sync(replace(source.place, store=target))


def rows(store: Store, tab: Tab) -> object:
    return carry(store.read([tab]).tables[tab]).rows


def test_a_full_book_is_the_same_in_memory_and_a_sync_writes_nothing(full: World) -> None:
    target = MemoryStore()

    report = copy(full, target)
    rest = next_sync(full, target)

    assert report.equal
    assert report.lines[-1].startswith("equal sha256=")
    assert {"Codes: 3 rows", "Payouts: 2 rows", "Statements: 4 rows"} <= set(report.lines)
    assert (rest.plan.empty, rest.plan.counts.written) == (True, 0)
    assert target.book.state.keys() - full.store.book.state.keys() == {"runs_copied"}
    assert int(target.book.state["runs_copied"]) == len(full.rows(Tab.RUNS))


def test_the_doctor_finds_nothing_wrong_with_a_copy(full: World) -> None:
    target = MemoryStore()
    copy(full, target)
    next_sync(full, target)

    before, after = (findings(replace(full.place, store=one)) for one in (full.store, target))

    assert after.lines == before.lines


def test_through_a_workbook_and_back_no_cell_changes(full: World, tmp_path: Path) -> None:
    there, back = workbook(tmp_path), MemoryStore()

    first = copy(full, there)
    with there.writing(1):
        second = copied(replace(full.place, store=there), back)

    assert (first.equal, second.equal) == (True, True)
    assert first.lines[-1] == second.lines[-1]
    assert [tab for tab in COPIED_TABS if rows(back, tab) != rows(full.store, tab)] == []
    assert next_sync(full, there).plan.empty


@pytest.mark.parametrize("rows_max", [1, 7])
def test_no_commit_holds_more_rows_than_the_store_takes(full: World, rows_max: int) -> None:
    target = Counting(MemoryBook())
    target.rows_max = rows_max

    report = copy(full, target)

    assert report.equal
    assert max(target.sizes) == rows_max
    assert [bool(state) for state in target.states] == [False] * (len(target.states) - 1) + [True]


class Counting(MemoryStore):
    """A store that notes what it was given to commit."""

    def __init__(self, book: MemoryBook) -> None:
        super().__init__(book)
        self.sizes: list[int] = []
        self.states: list[object] = []

    def commit(self, commit: Commit) -> Outcome:
        self.sizes.append(sum(map(len, commit.appends.values())))
        self.states.append(commit.state)
        return super().commit(commit)


class Faulty(MemoryStore):
    """A store of which one commit ends in a given way; `landed` says whether it was written."""

    rows_max = 5

    def __init__(
        self, book: MemoryBook, number: int, outcome: Outcome | None, *, landed: bool
    ) -> None:
        super().__init__(book)
        self.left, self.outcome, self.landed = number, outcome, landed

    def commit(self, commit: Commit) -> Outcome:
        self.left -= 1
        if self.left:
            return super().commit(commit)
        if self.landed:
            super().commit(commit)
        if self.outcome is None:
            raise KeyboardInterrupt
        return self.outcome


@pytest.mark.parametrize("landed", [True, False])
@pytest.mark.parametrize("number", [1, 2, 6])
def test_a_copy_that_was_killed_goes_on_where_it_stopped(
    full: World, number: int, landed: bool  # noqa: FBT001
) -> None:  # fmt: skip
    book = MemoryBook()
    with pytest.raises(KeyboardInterrupt):
        copy(full, Faulty(book, number, None, landed=landed))

    report = copy(full, MemoryStore(book))

    assert report.equal
    assert rows(MemoryStore(book), Tab.JOURNAL) == rows(full.store, Tab.JOURNAL)


@pytest.mark.parametrize(
    ("outcome", "landed"),
    [(Outcome.UNKNOWN, True), (Outcome.UNKNOWN, False), (Outcome.CONFLICT, False)],
)
@pytest.mark.parametrize("number", [1, 3, 10])
def test_a_lost_answer_neither_doubles_nor_loses_a_row(
    full: World, number: int, outcome: Outcome, landed: bool  # noqa: FBT001
) -> None:  # fmt: skip
    target = Faulty(MemoryBook(), number, outcome, landed=landed)

    assert copy(full, target).equal
    assert rows(target, Tab.COMMISSIONS) == rows(full.store, Tab.COMMISSIONS)


def refused(source: World, target: Store) -> tuple[str, dict[str, str]]:
    with pytest.raises(Stop) as stop:
        copy(source, target)
    return stop.value.code, dict(stop.value.params)


def test_a_book_with_a_row_of_its_own_is_refused_and_left_alone(full: World) -> None:
    target = MemoryStore()
    target.lay_out("ru")
    target.type_rows(Tab.PARTNERS, {"partner_id": "other"})
    before = target.read([]).generation

    assert refused(full, target) == ("copy_target_full", {"tab": "Партнёры", "row": "2"})
    assert target.read([]).generation == before


def test_a_setting_that_was_changed_is_not_overwritten(full: World) -> None:
    target = MemoryStore()
    target.lay_out("en")
    target.book.sheets[Tab.SETTINGS].rows[1][1] = "EUR"

    assert refused(full, target)[0] == "copy_target_full"


def test_copying_twice_writes_once(full: World) -> None:
    target = MemoryStore()
    first = copy(full, target)
    before = target.read([]).generation

    assert copy(full, target) == first
    assert target.read([]).generation == before


def test_a_copy_in_use_is_refused(full: World) -> None:
    target = MemoryStore()
    copy(full, target)
    target.type_rows(Tab.ADJUSTMENTS, {"adjustment_id": "a2"})

    assert refused(full, target)[0] == "copy_target_used"


def test_a_book_laid_out_before_takes_the_settings_of_the_source(full: World) -> None:
    target = MemoryStore()
    target.lay_out("ru")

    copy(full, target)

    said = {row["setting"]: row.get("value") for row in carry(
        target.read([Tab.SETTINGS]).tables[Tab.SETTINGS]).rows}  # fmt: skip
    assert (said["hold_days"], said["language"], said["min_payout_EUR"]) == ("3", "en", "7")


def test_moved_columns_and_blank_rows_do_not_make_the_books_differ() -> None:
    source = World()
    source.type(Tab.CODES)
    source.type(Tab.CODES, code="LOST", partner_id="nobody")
    for row in [(sheet := source.store.book.sheets[Tab.CODES]).headings, *sheet.rows]:
        row.insert(0, row.pop(1))
    target = MemoryStore()

    report = copy(source, target)

    assert [p.cell for p in source.problems() if p.tab == "Codes"] == ["B5"]
    assert report.equal
    moved = look(replace(source.place, store=target)).problems
    assert [p.cell for p in moved if p.tab == "Codes"] == ["A4"]


def test_what_is_not_copied_is_named_with_its_place() -> None:
    source = World()
    sheet = source.store.book.sheets[Tab.PARTNERS]
    sheet.headings.append("Instagram")
    for row in sheet.rows:
        row.append("@somebody")
    source.edit(Tab.PARTNERS, "ivan", "rate", Formula("=B2*2"))

    report = copy(source, MemoryStore())

    assert "  column W Instagram: yours, not copied; add it to the copy by hand" in report.lines
    assert "  F2: a formula, copied as the text =B2*2; type its value there" in report.lines
    assert not report.equal
    assert "The first difference is in problems" in report.lines[-1]


@pytest.mark.parametrize(
    ("key", "cell", "kept", "note"),
    [
        ("rate", Formula("=A1"), "=A1", "formula"),
        ("rate", CellError("#REF!"), "#REF!", "error"),
        ("note", datetime(2026, 10, 7, 9, 5, 1), "2026-10-07 09:05:01", "day"),  # noqa: DTZ001
        ("joined_on", date(2026, 10, 7), date(2026, 10, 7), ""),
        ("joined_on", Decimal(45000), "45000", ""),
        ("phone", Decimal(12345678901234567), "12345678901234567", ""),
        ("note", "x" * 32_768, None, "too_long"),
        ("note", "=1+1", "=1+1", ""),
    ],
)
def test_a_cell_is_carried_as_every_store_can_hold_it(
    key: str, cell: Cell, kept: Cell, note: str
) -> None:
    assert as_carried(LAYOUT[Tab.PARTNERS].column(key), cell) == (kept, note)


@pytest.mark.parametrize(
    ("cell", "by_hand", "kept"),
    [
        (Decimal(46296), True, "46296"),
        (Decimal(46296), False, Decimal(46296)),
        (Decimal("46296.5"), True, Decimal("46296.5")),
        (Decimal(43999), True, Decimal(43999)),
        (Decimal(1500), True, Decimal(1500)),
    ],
)
def test_a_typed_sum_that_some_sheets_would_take_for_a_day_goes_as_text(
    cell: Decimal,
    *,
    by_hand: bool,
    kept: object,
) -> None:
    column = LAYOUT[Tab.ADJUSTMENTS].column("amount")

    assert as_carried(column, cell, by_hand=by_hand) == (kept, "")

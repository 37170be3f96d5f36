"""Does a bank statement mark payouts as paid, once, and without a word in the owner's cells?"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.cli_book import CliBook
from tests.world import World
from tracker.cells import Cell, Formula, shown
from tracker.importing import Imported, import_paid
from tracker.layout import Tab
from tracker.problems import Stop
from tracker.stores import Commit, Outcome
from tracker.stores.memory import MemoryStore

HEAD = "Дата;Номер;Сумма;Назначение платежа\n"


@pytest.fixture
def world() -> World:
    """On October 15 ivan is proposed 10 000 RUB and maria 1500."""
    world = World(now=datetime(2026, 9, 10, 12, tzinfo=UTC))
    world.deliver("1", total="100000", ordered_at="2026-09-10T10:00:00Z")
    world.deliver("2", total="10000", ordered_at="2026-09-10T10:00:00Z", codes=["MARIA01"])
    world.sync()
    world.now = datetime(2026, 10, 15, 12, tzinfo=UTC)
    world.propose()
    world.now = datetime(2026, 10, 20, 12, tzinfo=UTC)
    return world


def of(world: World, partner: str) -> str:
    """The id of a partner's first payout."""
    rows = world.rows(Tab.PAYOUTS)
    return next(shown(row["payout_id"]) for row in rows if row["partner_id"] == partner)


def row(world: World, partner: str = "ivan", amount: str = "10 000,00", day: str = "16") -> str:
    return f"{day}.10.2026;41;{amount};Вознаграждение {of(world, partner)}\n"


def imported(world: World, folder: Path, *rows: str) -> Imported:
    path = folder / "bank.csv"
    path.write_text(HEAD + "".join(rows), "cp1251")
    with world.store.writing(1):
        return import_paid(world.place, path)


def told(found: Imported) -> tuple[list[str], list[str], list[str]]:
    """Whose payouts were marked, whose were paid before, and the codes of problems."""
    return (
        [one.payout.partner_id for one in found.paid],
        [one.payout.partner_id for one in found.known_before],
        [one.code for one in found.problems],
    )


def test_a_statement_books_the_payouts_it_names_and_touches_no_cell(
    world: World, tmp_path: Path
) -> None:
    before = world.rows(Tab.PAYOUTS)
    found = imported(world, tmp_path, row(world), row(world, "maria", "1500"), "1;2;3;аренда\n")

    assert told(found) == (["ivan", "maria"], [], [])
    assert (found.rows, found.others) == (3, 1)
    assert (world.balance("ivan"), world.balance("maria")) == ("0.00", "0.00")
    assert world.lines(of(world, "ivan")) == [("ivan", "payout", "-10000")]
    assert world.rows(Tab.PAYOUTS) == before
    line = world.latest(of(world, "ivan"), "payout")
    assert (line.payable_on, line.evidence) == (date(2026, 10, 16), "bank")


def test_the_file_is_a_row_of_runs_with_its_totals(world: World, tmp_path: Path) -> None:
    imported(world, tmp_path, row(world), row(world, "maria", "1500"), "1;2;3;аренда\n")
    rows = [one for one in world.rows(Tab.RUNS) if one["what"] == "import"]

    assert len(rows) == 1
    assert shown(rows[0]["note"]).startswith("bank.csv rows=3 paid=2 total=11500.00 RUB sha256=")


def test_the_same_file_twice_marks_nothing_twice(world: World, tmp_path: Path) -> None:
    imported(world, tmp_path, row(world))
    before = {tab: world.rows(tab) for tab in Tab}
    found = imported(world, tmp_path, row(world))

    assert told(found) == ([], ["ivan"], [])
    assert {tab: world.rows(tab) for tab in Tab} == before


def test_another_payment_of_a_paid_payout_is_named(world: World, tmp_path: Path) -> None:
    imported(world, tmp_path, row(world))

    assert told(imported(world, tmp_path, row(world, day="17"))) == ([], [], ["bank_paid_again"])
    assert world.balance() == "0.00"


def test_a_sum_that_differs_marks_nothing_and_keeps_no_other_row_back(
    world: World, tmp_path: Path
) -> None:
    found = imported(world, tmp_path, row(world, amount="9 999,99"), row(world, "maria", "1500"))

    assert told(found) == (["maria"], [], ["bank_amount"])
    assert (world.balance("ivan"), world.balance("maria")) == ("10000.00", "0.00")


@pytest.mark.parametrize(
    ("result", "stands"), [("void", ["payout_bank_disagrees"]), ("returned", [])]
)
def test_what_the_owner_freed_is_named_and_moves_no_money(
    world: World, tmp_path: Path, result: str, stands: list[str]
) -> None:
    world.edit(Tab.PAYOUTS, of(world, "ivan"), "result", result)
    first, second = imported(world, tmp_path, row(world)), imported(world, tmp_path, row(world))

    assert told(first) == told(second) == ([], [], ["bank_freed"])
    assert world.balance() == "10000.00"
    assert ('"bank"' in world.latest(of(world, "ivan"), "payout").facts) is bool(stands)
    assert [one.code for one in world.sync().problems] == stands
    assert sum(one["what"] == "import" for one in world.rows(Tab.RUNS)) == len(stands)


def test_a_void_that_is_cleared_lets_the_banks_word_count(world: World, tmp_path: Path) -> None:
    world.edit(Tab.PAYOUTS, of(world, "ivan"), "result", "void")
    imported(world, tmp_path, row(world))
    world.edit(Tab.PAYOUTS, of(world, "ivan"), "result", None)
    world.sync()

    assert world.balance() == "0.00"
    assert [amount for _, _, amount in world.lines(of(world, "ivan"))] == ["-10000"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"result": "void", "paid_on": date(2026, 10, 16)}, "bank_still_contradicted"),
        ({"paid_on": "someday"}, "bank_still_unreadable"),
        ({"paid_on": Formula("=TODAY()")}, "bank_still_unreadable"),
        ({"result": "unknown"}, "bank_still_unknown"),
    ],
)
def test_the_remedy_is_that_of_what_really_stands_in_the_cells(
    world: World, tmp_path: Path, cells: dict[str, Cell], code: str
) -> None:
    for column, typed in cells.items():
        world.edit(Tab.PAYOUTS, of(world, "ivan"), column, typed)

    assert told(imported(world, tmp_path, row(world))) == ([], [], [code])
    assert world.balance() == "10000.00"


@pytest.mark.parametrize(("typed", "second"), [(None, ";41;"), (date(2026, 10, 16), ";78;")])
def test_two_debits_for_one_payout_are_named_and_one_counts(
    world: World, tmp_path: Path, typed: date | None, second: str
) -> None:
    world.edit(Tab.PAYOUTS, of(world, "ivan"), "paid_on", typed)
    rows = row(world), row(world).replace(";41;", second)
    found = imported(world, tmp_path, *rows)
    before = [] if typed is None else ["ivan"]

    assert told(found) == ([] if typed else ["ivan"], before, ["bank_twice"])
    assert dict(found.problems[0].params)["line"] == "3"
    assert told(imported(world, tmp_path, *rows)) == ([], ["ivan"], ["bank_twice"])
    assert world.balance() == "0.00"


def test_what_the_owner_does_not_know_waits_for_him_with_the_banks_word(
    world: World, tmp_path: Path
) -> None:
    world.edit(Tab.PAYOUTS, of(world, "ivan"), "result", "unknown")
    first, second = imported(world, tmp_path, row(world)), imported(world, tmp_path, row(world))
    waiting = world.balance()
    world.edit(Tab.PAYOUTS, of(world, "ivan"), "result", None)
    world.sync()

    assert told(first) == told(second) == ([], [], ["bank_still_unknown"])
    assert (waiting, world.balance()) == ("10000.00", "0.00")


def test_what_the_owner_paid_himself_was_known_before(world: World, tmp_path: Path) -> None:
    world.edit(Tab.PAYOUTS, of(world, "ivan"), "paid_on", date(2026, 10, 18))

    assert told(imported(world, tmp_path, row(world))) == ([], ["ivan"], [])
    assert world.latest(of(world, "ivan"), "payout").payable_on == date(2026, 10, 18)


class Unlucky(MemoryStore):
    """A store that has its answers lost, or is written by others, as often as it is told."""

    fates: Sequence[Outcome] = ()

    def commit(self, commit: Commit) -> Outcome:
        """Commit; a lost answer lands all the same, a conflict does not."""
        if Tab.RUNS not in commit.appends or not self.fates:
            return super().commit(commit)
        fate, *self.fates = self.fates
        if fate is Outcome.UNKNOWN:
            super().commit(commit)
        return fate


@pytest.mark.parametrize(
    "fates",
    [[Outcome.CONFLICT], [Outcome.UNKNOWN], [Outcome.CONFLICT, Outcome.CONFLICT, Outcome.UNKNOWN]],
)
def test_a_conflict_or_a_lost_answer_marks_once(
    world: World, tmp_path: Path, fates: list[Outcome]
) -> None:
    unlucky = Unlucky(world.store.book)
    unlucky.fates = fates
    world.store, world.place = unlucky, replace(world.place, store=unlucky)
    found = imported(world, tmp_path, row(world))

    assert told(found) == (["ivan"], [], [])
    assert [amount for _, _, amount in world.lines(of(world, "ivan"))] == ["-10000"]
    assert sum(one["what"] == "import" for one in world.rows(Tab.RUNS)) == 1


def stopped(world: World, path: Path) -> str:
    with world.store.writing(1), pytest.raises(Stop) as stop:
        import_paid(world.place, path)
    return stop.value.code


def test_a_file_that_cannot_be_read_stops_before_anything_is_written(
    world: World, tmp_path: Path
) -> None:
    large, workbook = tmp_path / "large.csv", tmp_path / "book.csv"
    empty = tmp_path / "empty.csv"
    empty.touch()
    with large.open("wb") as file:
        file.truncate(20 * 1024 * 1024 + 1)
    workbook.write_bytes(b"PK\x03\x04")
    generation = world.store.book.generation
    codes = [stopped(world, one) for one in (large, workbook, empty, tmp_path / "none.csv")]

    assert codes == [
        "bank_file_large", "bank_file_kind", "bank_file_nothing", "bank_file_unreadable",
    ]  # fmt: skip
    assert world.store.book.generation == generation


def test_a_file_that_runs_says_we_wrote_is_no_word_of_the_bank(
    world: World, tmp_path: Path
) -> None:
    path = tmp_path / "registry.csv"
    path.write_text(HEAD + row(world), "cp1251")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    world.type(Tab.RUNS, run_id="rn_1", what="export", note=f"ours.csv sha256={digest[:12]}")

    assert stopped(world, path) == "bank_file_own"
    assert world.balance() == "10000.00"


def test_the_command_prints_a_line_a_payout_and_the_counts(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.deliver("1", total="30000")
    book.sync()
    book.now = datetime(2026, 12, 16, 12, tzinfo=UTC)
    proposed = book.run("payouts", "--propose").out.split(" ")[0]
    (tmp_path / "bank.csv").write_text(f"{HEAD}16.12.2026;7;3000,00;{proposed}\n1;2;3;чай\n")
    said = book.run("payouts", "--import", "bank.csv")

    assert (said.code, said.err) == (0, "")
    assert said.out == (
        f"{proposed} ivan 3000.00 RUB: paid on 2026-12-16 (no. 7)\n"
        "rows=2 paid=1 total=3000.00 RUB known=0 problems=0 others=1\n"
    )
    assert Decimal(book.balances()["ivan"]) == 0


def test_our_own_list_of_payouts_is_no_word_of_the_bank(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.deliver("1", total="30000")
    book.sync()
    book.now = datetime(2026, 12, 16, 12, tzinfo=UTC)
    assert book.run("payouts", "--propose", "--export", "csv", "--out", "ours.csv").code == 0
    said = book.run("payouts", "--import", "ours.csv")

    assert (said.code, said.out) == (2, "")
    assert "ours.csv" in said.err
    assert Decimal(book.balances()["ivan"]) == 3000

"""Is every commission proposed once, handed to the bank once, and paid once?"""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.cli_book import ROOT, CliBook, columns, sheet_of
from tests.world import World
from tracker.bank.table import csv_text
from tracker.bank_files import export
from tracker.cells import Cell, shown
from tracker.layout import Tab
from tracker.outbox import PayoutEvent
from tracker.paying import payable, proposal, totals
from tracker.payout_facts import Payout
from tracker.running import look

DECEMBER = datetime(2026, 12, 1, 12, tzinfo=UTC)


def december(folder: Path) -> CliBook:
    """October's orders of ivan (1200.00) and maria (3000.00), all payable."""
    book = CliBook(folder)
    book.deliver("1001", total="12000")
    book.deliver("1002", total="20000", codes=["MARIA01"])
    book.sync()
    book.now = DECEMBER
    return book


def fill(book: CliBook, row: int, **cells: object) -> None:
    """Type into the owner's cells of a row of Payouts."""

    def filled(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, Tab.PAYOUTS)
        for column, value in cells.items():
            sheet.cell(row, columns(sheet)[column]).value = value  # type: ignore[assignment]

    book.change(repr(("fill", row, cells)), filled)


def kinds(book: CliBook, partner_id: str) -> list[tuple[str, Decimal]]:
    rows = book.rows(Tab.COMMISSIONS)
    return [(r["kind"], Decimal(str(r["amount"]))) for r in rows if r["partner_id"] == partner_id]


def test_without_propose_it_only_shows_who_can_be_paid(tmp_path: Path) -> None:
    book = december(tmp_path)
    before = book.fingerprint()

    said = book.run("payouts")

    first, second, last = said.out.splitlines()
    assert (said.code, book.fingerprint()) == (0, before)
    assert first.split()[1:] == ["ivan", "1200.00", "RUB"]
    assert second.split()[1:] == ["maria", "3000.00", "RUB"]
    assert last == "payouts=2 total=4200.00 RUB"


def test_proposing_twice_proposes_once(tmp_path: Path) -> None:
    book = december(tmp_path)

    first = book.run("payouts", "--propose")
    once = book.fingerprint()
    second = book.run("payouts", "--propose")

    assert first.out.endswith("payouts=2 total=4200.00 RUB\n")
    assert second.out == "payouts=0 total=0\n"
    assert (len(book.rows(Tab.PAYOUTS)), book.fingerprint()) == (2, once)


def test_the_job_proposes(tmp_path: Path) -> None:
    book = CliBook(tmp_path)

    job = subprocess.run(
        [sys.executable, str(ROOT / "jobs" / "propose_payouts.py")],
        cwd=book.folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (job.returncode, job.stdout) == (0, "payouts=0 total=0\n")


def test_the_job_s_rule_pays_by_the_payout_day_and_the_command_s_as_of_now(
    tmp_path: Path,
) -> None:
    book = december(tmp_path)
    book.deliver("1003", total="30000", ordered_at="2026-11-10T10:00:00Z")
    book.now = DECEMBER.replace(month=11, day=12)
    book.sync()
    book.now = DECEMBER  # order 1003 has been payable since November 24

    job = book.run("payouts", "--propose", "--as-set")
    again = book.run("payouts", "--propose", "--as-set")
    by_hand = book.run("payouts", "--propose")

    assert job.out.endswith("payouts=2 total=4200.00 RUB\n")
    assert again.out == "payouts=0 total=0\n"
    assert by_hand.out.endswith("payouts=1 total=3000.00 RUB\n")
    days = [str(row["proposed_on"])[:10] for row in book.rows(Tab.PAYOUTS)]
    assert days == ["2026-11-15", "2026-11-15", "2026-12-01"]


def test_the_file_for_the_bank_has_the_sums_the_command_told(tmp_path: Path) -> None:
    book = december(tmp_path)
    book.run("payouts", "--propose")

    said = book.run("payouts", "--export", "csv", "--out", "bank/may.csv")

    text = (tmp_path / "bank" / "may.csv").read_text("utf-8-sig")
    rows = sorted(csv.DictReader(io.StringIO(text)), key=lambda row: row["partner_id"])
    assert said.out.splitlines()[-2:] == ["payouts=2 total=4200.00 RUB", "bank/may.csv"]
    assert [(r["partner_id"], r["amount"], r["currency"]) for r in rows] == [
        ("ivan", "1200.00", "RUB"),
        ("maria", "3000.00", "RUB"),
    ]
    assert list((tmp_path / "bank").iterdir()) == [tmp_path / "bank" / "may.csv"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--export", "pdf"), "There is no format pdf"),
        (("--export", "csv", "--out", "orders.jsonl/may.csv"), "cannot be written"),
    ],
)
def test_an_export_that_cannot_be_is_exit_2(
    tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    book = december(tmp_path)
    book.run("payouts", "--propose")

    said = book.run("payouts", *arguments)

    assert said.code == 2
    assert says in said.err


def test_the_date_typed_in_the_workbook_books_the_payout_and_clearing_it_returns_it(
    tmp_path: Path,
) -> None:
    book = december(tmp_path)
    book.run("payouts", "--propose")
    row = 2 + [r["partner_id"] for r in book.rows(Tab.PAYOUTS)].index("ivan")

    fill(book, row, paid_on=date(2026, 12, 1), reference="77")
    book.sync()
    fill(book, row, paid_on=None)
    book.sync()

    assert kinds(book, "ivan") == [
        ("sale", Decimal(1200)),
        ("payout", Decimal(-1200)),
        ("payout_return", Decimal(1200)),
    ]
    assert len(book.rows(Tab.PAYOUTS)) == 2
    assert book.balances() == {"ivan": "1200.00", "maria": "3000.00"}


# The rest on a book in memory.


def payouts(world: World) -> list[tuple[str, str, str]]:
    """Whose, how much, and what the owner typed as result."""
    rows = world.rows(Tab.PAYOUTS)
    return [(shown(r["partner_id"]), shown(r["amount"]), shown(r["result"])) for r in rows]


def due() -> World:
    """Ivan's October order of 12000 at 10%, payable since November 2; it is December."""
    world = World()
    world.deliver("1001", total="12000")
    world.sync()
    world.now = DECEMBER
    return world


def typed(world: World, row: int, **cells: Cell) -> None:
    """Type into the cells of a row of Payouts, the first being 0, and sync."""
    key = shown(world.rows(Tab.PAYOUTS)[row]["payout_id"])
    for column, value in cells.items():
        world.edit(Tab.PAYOUTS, key, column, value)
    world.sync()


@pytest.mark.parametrize(
    "cells", [{"result": "returned", "paid_on": "01.12.2026"}, {"result": "void"}]
)
def test_what_was_returned_or_voided_is_proposed_anew_under_another_id(
    cells: dict[str, Cell],
) -> None:
    world = due()
    (first,) = world.propose()
    typed(world, 0, **cells)

    (second,) = world.propose()

    assert (second.minor, second.lines) == (first.minor, first.lines)
    assert second.payout_id != first.payout_id
    assert world.propose() == ()


def test_a_freed_payout_stays_freed_while_another_holds_its_lines() -> None:
    world = due()
    world.propose()
    typed(world, 0, result="void")
    world.propose()

    typed(world, 0, result=None)

    assert world.balance(of="proposed") == "1200.00"
    assert len(payable(look(world.place))) == 1


def test_a_date_on_a_freed_payout_is_booked_and_the_later_one_is_not_handed_over() -> None:
    world = due()
    world.propose()
    typed(world, 0, result="void")
    world.propose()

    typed(world, 0, result=None, paid_on="2026-12-01")

    assert world.balance() == "0.00"
    assert payable(look(world.place)) == []
    assert "payout_double" in world.codes()


def test_an_unknown_fate_blocks_the_next_payout_of_that_partner_only() -> None:
    world = due()
    world.propose()
    typed(world, 0, result="unknown")
    for order_id, code in (("1002", "IVAN01"), ("1003", "MARIA01")):
        world.deliver(order_id, total="20000", codes=[code])
    world.sync()
    world.now = datetime(2027, 1, 20, tzinfo=UTC)

    made = world.propose()

    assert [(one.partner_id, one.minor) for one in made] == [("maria", 300000)]
    assert proposal(look(world.place)).blocked == ("ivan",)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"result": "void", "paid_on": "2026-12-01"}, "payout_void_but_paid"),
        ({"result": "paid"}, "payout_paid_without_date"),
    ],
)
def test_cells_that_contradict_each_other_change_nothing(cells: dict[str, Cell], code: str) -> None:
    world = due()
    world.propose()

    typed(world, 0, **cells)

    assert code in world.codes()
    assert (world.balance(), world.balance(of="proposed")) == ("1200.00", "1200.00")


def test_a_partner_whose_ledger_was_edited_is_left_out_by_name() -> None:
    world = due()
    world.propose()
    world.edit(Tab.COMMISSIONS, shown(world.rows(Tab.COMMISSIONS)[0]["line_id"]), "amount", "1")

    found = proposal(look(world.place))

    assert payable(look(world.place)) == []
    assert ("partner_skipped", "ivan") in {(p.code, p.key) for p in found.problems}


def test_what_was_handed_over_is_remembered(tmp_path: Path) -> None:
    world = due()
    (one,) = world.propose()

    rest = look(world.place)
    made = export(world.place, rest, "csv", tmp_path / "bank.csv", payable(rest))

    assert [payout.payout_id for payout in made.payouts] == [one.payout_id]
    assert world.place.outbox.payouts(PayoutEvent.EXPORTED) == {one.payout_id}


def test_no_cell_of_the_file_is_a_formula_to_a_spreadsheet() -> None:
    world = due()
    world.edit(Tab.PARTNERS, "ivan", "name", "=HYPERLINK(1)")
    world.edit(Tab.PARTNERS, "ivan", "payout_details", "+79000000001, \u201ccard\u201d\n2")
    (one,) = world.propose()

    (row,) = csv.DictReader(io.StringIO(csv_text([one], look(world.place).known.partners)))

    assert row["name"] == "'=HYPERLINK(1)"
    assert row["details"] == "'+79000000001, \u201ccard\u201d\n2"


def test_control_totals_keep_currencies_apart() -> None:
    def payout(minor: int, currency: str) -> Payout:
        return Payout(
            payout_id=f"po_{minor}{currency}",
            partner_id="ivan",
            currency=currency,
            minor=minor,
            lines=(),
            proposed_on=date(2026, 12, 1),
        )

    assert totals([payout(1, "RUB"), payout(2, "EUR"), payout(40, "RUB")]) == {"RUB": 41, "EUR": 2}

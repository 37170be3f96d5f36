"""What if somebody edits or deletes what the program wrote, or types codes as numbers?"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cli_book import CliBook, columns, edit, set_environment, sheet_of
from tracker.layout import LAYOUT, Tab

LINES = [column.key for column in LAYOUT[Tab.COMMISSIONS].columns]
FACTS = [column.key for column in LAYOUT[Tab.JOURNAL].columns]
# Whatever a cell holds, it is edited to something of its own kind.
DAYS = {"payable_on": date(2020, 1, 1)}
NUMBERS = {"amount": 1, "base": 1, "before": 7, "after": 1, "total": 1, "n": 9}
ELSE = {"booked_at": "2026-01-01T00:00:00+03:00", "noted_at": "2026-01-01T00:00:00+03:00"}
EDITS: dict[str, Any] = DAYS | NUMBERS | ELSE


def synced(folder: Path, orders: int) -> CliBook:
    """A book with so many orders of ivan, 100 each."""
    book = CliBook(folder)
    for number in range(orders):
        book.deliver(f"N{number}")
    assert book.sync()["written"] == orders
    return book


def test_every_edited_cell_of_commissions_is_named_and_changes_no_sum(tmp_path: Path) -> None:
    book = synced(tmp_path, len(LINES))
    expected = {}
    with book.edited() as workbook:
        sheet = sheet_of(workbook, Tab.COMMISSIONS)
        for number, key in enumerate(LINES, 2):
            cell = sheet.cell(number, columns(sheet)[key])
            expected["Commissions", cell.coordinate] = str(cell.value)
            cell.value = EDITS.get(key, "edited")
    # Of the line whose line_id was edited nobody can tell which it was: it comes back.
    assert book.sync()["written"] == 1
    said = book.problems()
    assert said.keys() == expected.keys()
    for key, (place, value) in zip(LINES, expected.items(), strict=True):
        told = "Delete it" if key == "line_id" else "does not count. Put back: "
        assert told in said[place]
        assert key == "line_id" or value.removesuffix(" 00:00:00")[:60] in said[place]
    assert book.balances() == {"ivan": f"{len(LINES) * 100}.00"}


def test_every_edited_cell_of_the_journal_sets_its_order_aside(tmp_path: Path) -> None:
    book = synced(tmp_path, len(FACTS))
    with book.edited() as workbook:
        sheet = sheet_of(workbook, Tab.JOURNAL)
        for number, key in enumerate(FACTS, 2):
            sheet.cell(number, columns(sheet)[key]).value = EDITS.get(key, "edited")
    assert book.sync()["written"] == 0
    named = " ".join(book.problems().values())
    missing = [key for number, key in enumerate(FACTS) if f"generic/N{number} " not in named]
    assert missing == []
    assert book.balances() == {"ivan": f"{len(FACTS) * 100}.00"}
    for number in range(len(FACTS)):
        book.deliver(f"N{number}", codes=None, refunded="300")
    # A new whole version folds its order again, and only the difference is booked: 70 - 100.
    assert book.sync()["written"] == len(FACTS)
    assert book.balances() == {"ivan": f"{len(FACTS) * 70}.00"}


def test_orders_set_aside_are_folded_again_from_the_inbox_and_only_the_difference_is_booked(
    tmp_path: Path,
) -> None:
    book = synced(tmp_path, 2)
    with book.edited() as workbook:
        sheet = sheet_of(workbook, Tab.JOURNAL)
        sheet.cell(2, columns(sheet)["total"]).value = 5000
    assert book.sync()["written"] == 0
    book.deliver("N0", codes=None, refunded="300")
    said = book.run("sync", "--again")
    assert (said.code, said.counts["written"]) == (0, 1)
    assert book.balances() == {"ivan": "170.00"}
    assert book.problems() == {}


def deleted(book: CliBook, tab: Tab, number: int = 2) -> None:
    with book.edited() as workbook:
        sheet_of(workbook, tab).delete_rows(number)


def test_a_deleted_commissions_line_comes_back_as_it_was(tmp_path: Path) -> None:
    book = synced(tmp_path, 3)
    before = book.rows(Tab.COMMISSIONS)
    deleted(book, Tab.COMMISSIONS)
    book.now = book.now.replace(day=25)
    assert book.sync()["written"] == 1
    assert book.rows(Tab.COMMISSIONS) == [*before[1:], before[0]]
    assert book.problems() == {}


def test_a_deleted_journal_line_sets_its_order_aside_and_keeps_its_sum(tmp_path: Path) -> None:
    book = synced(tmp_path, 2)
    deleted(book, Tab.JOURNAL)
    assert book.sync()["written"] == 0
    assert "A line of generic/N0 is missing" in " ".join(book.problems().values())
    assert book.balances() == {"ivan": "200.00"}


@pytest.mark.parametrize("tab", [Tab.CODE_HISTORY, Tab.RUNS])
def test_a_deleted_row_changes_no_sum_of(tab: Tab, tmp_path: Path) -> None:
    book = synced(tmp_path, 2)
    deleted(book, tab)
    assert book.sync()["written"] == 0
    assert book.balances() == {"ivan": "200.00"}
    assert book.problems() == {}


def proposed(folder: Path) -> CliBook:
    """A book in December with a payout of 1500 to ivan."""
    book = CliBook(folder)
    book.deliver("N0", total="15000")
    book.sync()
    book.now = book.now.replace(month=12)
    said = book.run("payouts", "--propose")
    assert (said.code, said.out.split()[-2:]) == (0, ["total=1500.00", "RUB"]), said.err
    return book


def test_a_deleted_payout_is_named_and_still_holds_its_lines(tmp_path: Path) -> None:
    book = proposed(tmp_path)
    payout = book.rows(Tab.PAYOUTS)[0]["payout_id"]
    deleted(book, Tab.PAYOUTS)
    book.sync()
    (says,) = book.problems().values()
    assert f"The payout {payout} (ivan, 1500.00 RUB) was deleted; it still holds its lines" in says
    said = book.run("payouts", "--propose")
    assert (said.code, said.out.split()[0]) == (0, "payouts=0")
    assert book.balances() == {"ivan": "1500.00"}


def test_an_edited_payout_is_named_with_the_value_to_put_back(tmp_path: Path) -> None:
    book = proposed(tmp_path)
    payout = book.rows(Tab.PAYOUTS)[0]["payout_id"]
    edit(book, Tab.PAYOUTS, payout, amount=1, partner_id="maria", paid_on=date(2026, 12, 1))
    book.sync()
    said = book.problems()
    assert "put back 1500.00" in said["Payouts", "D2"]
    assert "put back ivan" in said["Payouts", "C2"]
    assert book.balances() == {"ivan": "0.00"}


# What stands in `code`, as text or as a number, and the code it means to a customer.
CODES: list[tuple[Any, str]] = [
    ("007", "007"), ("1E5", "1E5"), ("+79000000001", "+79000000001"), ("=1+1", "=1+1"), (7, "7"),
    (1e5, "100000"), (" SALE ", "sale"), ("Ивану  10", "ивану 10"), ("@SUM(1)", "@SUM(1)"),
    ("TRUE", "true"), ("#REF!", "#REF!"), ("'quoted", "'quoted"),
]  # fmt: skip


def test_a_code_stays_the_text_it_is_through_every_save(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    with book.edited() as workbook:
        sheet = sheet_of(workbook, Tab.CODES)
        for number, (typed, _) in enumerate(CODES, 4):
            cell = sheet.cell(number, 1)
            cell.value = typed
            cell.data_type = "s" if isinstance(typed, str) else "n"
            sheet.cell(number, 2).value = "ivan"
    book.deliver("before", codes=["IVAN01"])
    book.sync()
    for number, (_, typed) in enumerate(CODES):
        book.deliver(f"N{number}", codes=[typed])
    assert book.sync()["written"] == len(CODES)
    assert book.problems() == {}
    noted = {row["code"] for row in book.rows(Tab.CODE_HISTORY)}
    assert {"007", "1E5", "+79000000001", "=1+1", "#REF!"} <= noted


BODY = '{"order_id": "N%d", "ordered_at": "2026-10-19T10:00:00Z", "total": 1000, "currency": "RUB", "codes": ["IVAN01"]}'
TIMES = ["2026-10-20T10:00:00Z", "20.10.2026 13:00", date(2026, 10, 20), "soon", None]


def test_rows_of_the_webhook_log_are_read_in_any_order_of_columns(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    set_environment(book, TRACKER_ORDER_LOG="tab:Webhook log")
    grid: list[list[Any]] = [
        ["body", "source", "mine", "received_at", "delivery_id", "content_type"]
    ]
    grid += [[BODY % number, "generic", "x", at, f"z{number}"] for number, at in enumerate(TIMES)]
    with book.edited() as workbook:
        sheet = sheet_of(workbook, Tab.WEBHOOK_LOG)
        for number, row in enumerate(grid, 1):
            for place, value in enumerate(row, 1):
                sheet.cell(number, place).value = value
    assert book.sync()["written"] == 3
    assert book.balances() == {"ivan": "300.00"}
    said = {
        row["cell"]: row["says"] for row in book.rows(Tab.PROBLEMS) if row["tab"] == "Webhook log"
    }
    assert sorted(said) == ["D5", "D6"]
    assert "Write it as 2026-10-07 12:00:00." in said["D5"]

"""Is the canonical form of a book what the documents say, and the same every time?"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from tests.cli_book import CliBook, set_environment, sheet_of
from tracker.layout import Tab

KEYS = {
    "orders": "order_id source state total base currency partner_id reason decision",
    "commissions": "booked_at partner_id kind amount currency source order_id rate base payable_on because role n before after fact line_id",
    "balances": "partner_id currency balance payable on_hold",
    "payouts": "payout_id proposed_on partner_id amount currency method details lines paid_on reference result",
    "statements": "",
    "problems": "tab cell says",
}


def exported(book: CliBook) -> str:
    said = book.run("export", "--format", "json", "-")
    assert (said.code, said.err) == (0, "")
    return said.out


def december(folder: Path) -> CliBook:
    """A book with orders, a problem, money of the owner's and a payout."""
    book = CliBook(folder)
    book.type(Tab.ADJUSTMENTS, {"adjustment_id": "a1", "partner_id": "ivan", "amount": 50})
    book.type(Tab.CODES, {"code": "LOST", "partner_id": "nobody"})
    for number in range(5):
        book.deliver(f"N{number}", total="3000", codes=["IVAN01" if number % 2 else "MARIA01"])
    book.deliver("N1", codes=None, total="3000", refunded="500")
    book.sync()
    book.now = datetime(2026, 12, 16, 12, tzinfo=UTC)
    assert book.run("payouts", "--propose").code == 0
    return book


def test_the_canonical_form_has_exactly_its_parts_and_their_keys(tmp_path: Path) -> None:
    book = december(tmp_path)
    found = json.loads(exported(book))
    assert found.keys() == KEYS.keys()
    for part in ("orders", "commissions", "balances", "payouts", "problems"):
        assert found[part], part
        assert set(KEYS[part].split()) <= found[part][0].keys(), part
    assert found["commissions"][0].keys() == set(KEYS["commissions"].split())
    assert found["problems"][0].keys() == set(KEYS["problems"].split())
    assert {one["source"] for one in found["orders"]} == {"generic"}
    order = next(one for one in found["orders"] if one["order_id"] == "N1")
    assert (order["total"], order["base"], order["rate"]) == ("3000.00", "2500.00", "10%")


def test_the_canonical_form_is_the_same_to_the_byte_when_repeated_or_sorted(
    tmp_path: Path,
) -> None:
    book = december(tmp_path)
    first = exported(book)
    assert exported(book) == first
    with book.edited() as workbook:
        for tab in Tab:
            sheet = sheet_of(workbook, tab)
            rows = list(sheet.iter_rows(min_row=2, max_row=sheet.max_row))
            values = [
                [(c.value, c.number_format, c.data_type) for c in row] for row in reversed(rows)
            ]
            for row, line in zip(rows, values, strict=True):
                for cell, (value, look, kind) in zip(row, line, strict=True):
                    cell.value, cell.number_format, cell.data_type = value, look, kind
    without = [json.loads(text) | {"problems": []} for text in (first, exported(book))]
    assert json.dumps(without[0]) == json.dumps(without[1])


def test_two_processes_export_the_same_bytes(tmp_path: Path) -> None:
    book = december(tmp_path)
    for seed in ("1", "2"):
        said = book.process("export", f"{seed}.json", PYTHONHASHSEED=seed)
        assert (said.code, said.out, said.err) == (0, "", "")
    first, second = ((tmp_path / f"{seed}.json").read_bytes() for seed in (1, 2))
    assert first == second
    assert json.loads(first).keys() == KEYS.keys()


def test_a_row_of_the_webhook_log_is_named_by_its_cell_whatever_is_wrong_with_it(
    tmp_path: Path,
) -> None:
    book = CliBook(tmp_path)
    set_environment(book, TRACKER_ORDER_LOG="tab:Webhook log")
    good = {"received_at": "2026-10-07T12:00:00Z", "source": "generic"}
    book.type(Tab.WEBHOOK_LOG, {"delivery_id": "d1", "body": '{"order_id": "1"}'} | good)
    book.type(Tab.WEBHOOK_LOG, {"delivery_id": "d2", "body": "{}"} | good | {"source": ""})
    counts = book.sync()

    places = [(problem["tab"], problem["cell"]) for problem in book.export()["problems"]]

    assert places == [("Webhook log", "C3"), ("Webhook log", "E2")]
    assert counts["quarantined"] == 2

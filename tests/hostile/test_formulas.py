"""Does any text that a stranger typed become a formula, in any field of any sink?

Sinks: the workbook's cells, the bodies of our requests to Google, every CSV, letters and pages.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.bank.payees import payout
from tests.hostile.corpus import corpus
from tests.letter_values import account as account_of
from tests.letter_values import line, maria, sale, statement
from tests.stores.books import InGoogle, InWorkbook, append, sheet_of, table
from tracker.bank.table import csv_text
from tracker.cells import clean
from tracker.choices import TaxStatus
from tracker.code_cards import Card
from tracker.code_files import csv_bytes
from tracker.layout import Tab, columns_of
from tracker.letters import render, voice_of
from tracker.programme import Partner
from tracker.statement_file import attached
from tracker.statements import Statement, Uncounted
from tracker.stores import Record
from tracker.try_files import as_csv
from tracker.try_tables import Grid
from tracker.yearly import YearRow, year_table

PAYLOADS = [case.text for case in corpus("formulas")]
FIELDS = {
    Tab.JOURNAL: "source order_id codes customer partner_id candidates evidence reason".split(),
    Tab.LEADS: "lead_id partner_id name phone email note".split(),
}
ANSWER = "'=1+1"
"""By hand: what a cell of a CSV says instead of `=1+1`."""


def records(tab: Tab) -> list[Record]:
    return [dict.fromkeys(FIELDS[tab], text) for text in PAYLOADS]


def test_there_are_80_payloads_and_14_fields() -> None:
    assert len(set(PAYLOADS)) >= 80
    assert sum(map(len, FIELDS.values())) == 14


def kept(text: str) -> str | None:
    """What a store keeps of a text: all but what no store can."""
    return clean(text) or None


@pytest.mark.parametrize("tab", FIELDS)
def test_in_the_workbook_every_payload_is_the_text_it_was(tmp_path: Path, tab: Tab) -> None:
    book = InWorkbook(tmp_path)
    store = book.ready()
    append(store, tab, *records(tab))

    read = table(store, tab)
    columns = columns_of(tab, read.headings, read.title)
    texts = [[row.cells[columns[key]] for key in FIELDS[tab]] for row in read.rows]
    assert texts == [
        [kept(text)] * len(FIELDS[tab]) for text in PAYLOADS if (kept(text) or "").strip()
    ]
    sheet = sheet_of(openpyxl.load_workbook(book.path), tab)
    kinds = {
        sheet.cell(row.number, columns[key] + 1).data_type
        for row in read.rows
        for key in FIELDS[tab]
    }
    assert kinds <= {"s", "inlineStr"}


def leaves(value: Any) -> Iterator[tuple[str, Any]]:
    """Every key and value at the ends of a JSON body."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner) if isinstance(inner, dict | list) else [(key, inner)]
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)


def test_to_google_every_payload_goes_as_a_string_value(tmp_path: Path) -> None:
    book = InGoogle(tmp_path)
    with book.reachable():
        store = book.ready()
        book.google.calls.clear()
        for tab in FIELDS:
            append(store, tab, *records(tab))
        sent = [pair for call in book.google.calls if call.is_write for pair in leaves(call.sent)]

    texts = [value for key, value in sent if key == "stringValue"]
    assert sum(texts.count(kept(text)) for text in set(PAYLOADS) if kept(text)) >= 14 * 80
    assert not [key for key, _ in sent if key in {"formulaValue", "valueInputOption"}]
    assert all(value.startswith("=") is False for key, value in sent if key == "userEnteredValue")


def runs(cell: str) -> bool:
    """Whether a spreadsheet would take the cell of a CSV for a formula."""
    signs = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
    return cell.lstrip().startswith(signs) and not cell[1:].isdigit()


def statement_of(text: str) -> Statement:
    sold = sale(text, 100000, text, 10000, because=text)
    said = Uncounted(source="generic", order_id=text, ordered_on=None, reason=text)
    other = line("adjustment", text, 500, because=text)
    return statement(account_of("RUB", 0, sold, other), uncounted=(said,), language="en")


def files(text: str) -> Iterator[tuple[str, int, str]]:
    """Every CSV with the text in every field: its content, its width, what parts its cells."""
    partner = Partner(
        partner_id=text, name=text, payout_method=text, payout_details=text, tax_id=text
    )
    yield csv_text([payout("a", text, 100, "RUB")], {text: partner}), 10, ","
    said = statement_of(text)
    yield attached(said, voice_of(said, "en", 500)).content.decode("utf-8-sig"), 10, ","
    card = Card(code=text, text=text, partner_id=text, name=text, valid_to=None)
    yield csv_bytes([card], "en").decode("utf-8-sig"), 5, ","
    yield as_csv([Grid("t", ("a", "b"), ((text, text),))]).decode("utf-8-sig"), 2, ","
    yield year_csv(text), 12, ","


def year_csv(text: str) -> str:
    row = YearRow(
        partner_id=text, name=text, status=TaxStatus.UNSAID, tax_id=text, currency="RUB",
        payouts=1, paid=100, returned=0, documents=(text,), missing=(),
    )  # fmt: skip
    out = io.StringIO(newline="")
    csv.writer(out).writerows(year_table([row], ["h"] * 12, dict.fromkeys(TaxStatus, "x")))
    return out.getvalue()


def cells(content: str, between: str) -> list[Sequence[str]]:
    return [row for row in csv.reader(io.StringIO(content, newline=""), delimiter=between) if row]


@pytest.mark.parametrize("text", PAYLOADS, ids=[case.name for case in corpus("formulas")])
def test_no_cell_of_any_csv_runs_and_none_is_parted_in_two(text: str) -> None:
    for content, width, between in files(text):
        found = cells(content, between)

        assert {len(row) for row in found} == {width}
        assert [cell for row in found for cell in row if runs(cell)] == []


def test_by_hand_each_csv_says_the_payload_behind_an_apostrophe() -> None:
    counts = [
        sum(row.count(ANSWER) for row in cells(text, mark)) for text, _, mark in files("=1+1")
    ]

    assert counts == [5, 7, 4, 2, 4]


@pytest.mark.parametrize("kind", ["text", "html"])
def test_in_a_letter_a_payload_is_words_and_adds_no_line_of_its_own(kind: str) -> None:
    """By hand: a letter of Maria's has as many lines whatever her name says."""
    usual = getattr(render(maria(language="en", name="Maria"), "en"), kind)

    for text in PAYLOADS:
        found = getattr(render(maria(language="en", name=f"M{text}"), "en"), kind)
        assert found.count("\n") == usual.count("\n"), text

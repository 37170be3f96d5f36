"""Does a book survive its owner's hands? Rows and columns moved, hidden, doubled, renamed, merged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.cli_book import CliBook, columns, last_row, row_of, sheet_of, type_rows
from tracker.layout import LAYOUT, Tab

Work = Callable[[openpyxl.Workbook], None]
Said = dict[tuple[str, str], str]


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> CliBook:
    """A book with an order of ivan (100), one of maria (150), and 50 more for ivan by hand."""
    book = CliBook(tmp_path_factory.mktemp("grown"))
    thanks = {"adjustment_id": "a1", "partner_id": "ivan", "amount": 50, "reason": "thanks"}
    book.type(Tab.ADJUSTMENTS, thanks)
    book.deliver("1")
    book.deliver("2", codes=["MARIA01"])
    book.sync()
    return book


def blank_rows(*tabs: Tab) -> Work:
    """Two blank rows above the first and between the others."""

    def work(book: openpyxl.Workbook) -> None:
        for tab in tabs:
            sheet = sheet_of(book, tab)
            for number in range(last_row(sheet), 1, -1):
                sheet.insert_rows(number, 2)

    return work


def total_row(tab: Tab, column: str, word: str | None = None) -> Work:
    """A sum two rows below the last one, maybe with a word in the first column."""

    def work(book: openpyxl.Workbook) -> None:
        sheet = sheet_of(book, tab)
        last, place = last_row(sheet), columns(sheet)[column]
        letter = get_column_letter(place)
        sheet.cell(last + 2, place).value = f"=SUM({letter}2:{letter}{last})"
        if word:
            sheet.cell(last + 2, 1).value = word

    return work


def own_column(tab: Tab) -> Work:
    """A column of the owner's in front of all others, and one behind them."""

    def work(book: openpyxl.Workbook) -> None:
        sheet = sheet_of(book, tab)
        sheet.insert_cols(1)
        for place in (1, sheet.max_column + 1):
            sheet.cell(1, place).value = "my column"
            sheet.cell(2, place).value = "=1/0"

    return work


def turned_columns(*tabs: Tab) -> Work:
    """All columns in the opposite order (and the formulas of `check` gone)."""

    def work(book: openpyxl.Workbook) -> None:
        for tab in tabs:
            sheet = sheet_of(book, tab)
            cleared = columns(sheet).get("check")
            for row in sheet.iter_rows(max_row=last_row(sheet)):
                if cleared:
                    row[cleared - 1].value = "check" if row[0] is sheet["A1"] else None
                found = [(cell.value, cell.number_format) for cell in reversed(row)]
                for cell, (value, look) in zip(row, found, strict=True):
                    cell.value, cell.number_format = value, look

    return work


def sorted_the_other_way(*tabs: Tab) -> Work:
    """All rows in the opposite order."""

    def work(book: openpyxl.Workbook) -> None:
        for tab in tabs:
            sheet = sheet_of(book, tab)
            rows = list(sheet.iter_rows(min_row=2, max_row=last_row(sheet)))
            values = [[cell.value for cell in row] for row in reversed(rows)]
            for row, found in zip(rows, values, strict=True):
                for cell, value in zip(row, found, strict=True):
                    cell.value = value

    return work


def hidden(book: openpyxl.Workbook) -> None:
    """Rows, columns and whole tabs hidden, with a filter that shows nothing."""
    for tab in (Tab.PARTNERS, Tab.CODES, Tab.ADJUSTMENTS, Tab.JOURNAL, Tab.COMMISSIONS):
        sheet = sheet_of(book, tab)
        sheet.auto_filter.ref = sheet.dimensions
        sheet.auto_filter.add_filter_column(0, ["nothing"])
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["A"].hidden = True
    sheet_of(book, Tab.JOURNAL).sheet_state = "hidden"


def headings(change: Callable[[Tab, str], str]) -> Work:
    """Every heading of every tab written in another way."""

    def work(book: openpyxl.Workbook) -> None:
        for tab in Tab:
            sheet = sheet_of(book, tab)
            for key, place in columns(sheet).items():
                sheet.cell(1, place).value = change(tab, key)

    return work


def russian_titles(book: openpyxl.Workbook) -> None:
    for tab in Tab:
        sheet_of(book, tab).title = LAYOUT[tab].ru


def merged(book: openpyxl.Workbook) -> None:
    """A heading of the owner's own, merged beside the table, and a note merged over two rows."""
    sheet = sheet_of(book, Tab.PARTNERS)
    note, free = columns(sheet)["note"], sheet.max_column + 2
    sheet.merge_cells(start_row=2, end_row=3, start_column=note, end_column=note)
    sheet.merge_cells(start_row=1, end_row=1, start_column=free, end_column=free + 3)


def long_note(book: openpyxl.Workbook) -> None:
    sheet = sheet_of(book, Tab.PARTNERS)
    sheet.cell(row_of(sheet, "ivan"), columns(sheet)["note"]).value = "Привет! " * 1250


def pasted_twice(sheet: Worksheet, key: str) -> None:
    """Copy a row below the last one."""
    number, below = row_of(sheet, key), last_row(sheet) + 1
    for place in columns(sheet).values():
        sheet.cell(below, place).value = sheet.cell(number, place).value


def partner_twice(book: openpyxl.Workbook) -> None:
    type_rows(book, Tab.PARTNERS, {"partner_id": "vera"}, {"partner_id": "vera", "rate": "20%"})


NO_ID = "so it is not read. Fill it in or empty the row."
ONLY_ONE = "so none of them is read. Keep one."
NOT_OURS = "was not written by the program and counts for nothing. Delete it"
ALL = tuple(
    tab for tab in Tab if tab not in {Tab.BALANCES, Tab.DASHBOARD, Tab.PROBLEMS, Tab.REVIEW}
)
LEDGERS = (Tab.JOURNAL, Tab.COMMISSIONS, Tab.CODE_HISTORY, Tab.RUNS)

CASES: dict[str, tuple[Work, Said]] = {
    "blank rows": (blank_rows(Tab.PARTNERS, Tab.CODES, Tab.ADJUSTMENTS, Tab.SETTINGS, *LEDGERS), {}),
    "a total in Partners": (total_row(Tab.PARTNERS, "min_payout"), {("Partners", "A5"): NO_ID}),
    "a total in Codes": (total_row(Tab.CODES, "max_uses"), {("Codes", "A5"): NO_ID}),
    "a total in Adjustments": (total_row(Tab.ADJUSTMENTS, "amount"), {("Adjustments", "A4"): NO_ID}),
    "a total with its word": (total_row(Tab.ADJUSTMENTS, "amount", "Итого"), {("Adjustments", "C4"): "There is a formula in amount"}),
    "a total in Commissions": (total_row(Tab.COMMISSIONS, "amount", "Total"), {("Commissions", "Q6"): NOT_OURS}),
    "a total in Payouts": (total_row(Tab.PAYOUTS, "amount"), {("Payouts", "A3"): NO_ID}),
    "columns of the owner's": (own_column(Tab.PARTNERS), {}),
    "columns of the owner's in a ledger": (own_column(Tab.COMMISSIONS), {}),
    "columns moved": (turned_columns(*ALL), {}),
    "ledgers sorted": (sorted_the_other_way(*LEDGERS), {}),
    "owner tabs sorted": (sorted_the_other_way(Tab.SETTINGS, Tab.PARTNERS, Tab.CODES), {}),
    "hidden and filtered": (hidden, {}),
    "headings in capitals": (headings(lambda _, key: f"  {key.upper()} "), {}),
    "headings in Russian": (headings(lambda tab, key: LAYOUT[tab].column(key).ru), {}),
    "titles in Russian": (russian_titles, {}),
    "merged cells": (merged, {}),
    "a note of 10,000 letters": (long_note, {}),
    "a partner twice": (partner_twice, {("Partners", "A4"): ONLY_ONE, ("Partners", "A5"): ONLY_ONE}),
    "a line pasted twice": (
        lambda book: pasted_twice(sheet_of(book, Tab.COMMISSIONS), sheet_of(book, Tab.COMMISSIONS)["Q2"].value),
        {("Commissions", "Q2"): "stands here and in Q5, and counts once. Delete the copy."},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_sums_stay_right_after_the_owner_put_in(
    case: str, grown: CliBook, tmp_path: Path
) -> None:
    work, expected = CASES[case]
    book = CliBook(tmp_path, grown)
    with book.edited() as workbook:
        work(workbook)
    book.deliver("3")
    book.deliver("1", refunded="300")
    assert book.sync()["written"] == 2
    assert book.balances() == {"ivan": "220.00", "maria": "150.00"}
    said = book.problems()
    assert said.keys() == expected.keys(), said
    assert all(sentence in said[place] for place, sentence in expected.items()), said
    before = book.fingerprint()
    assert book.sync()["written"] == 0
    assert book.fingerprint() == before

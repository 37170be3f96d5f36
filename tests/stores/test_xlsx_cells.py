"""Is every kind of cell stored as what it is, and read as what the owner typed?"""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from tests.stores.books import (
    Edited,
    InWorkbook,
    append,
    column,
    generation,
    sheet_of,
    table,
)
from tracker.cells import CellError, Formula
from tracker.layout import Tab
from tracker.stores import Commit, Link, Record
from tracker.stores.xlsx import XlsxStore


@pytest.fixture
def book(tmp_path: Path) -> InWorkbook:
    return InWorkbook(tmp_path)


@pytest.fixture
def store(book: InWorkbook) -> XlsxStore:
    return book.begun()


def unpacked(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def pack(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)


def test_text_is_stored_as_text_and_sums_as_numbers(book: InWorkbook, store: XlsxStore) -> None:
    row: Record = {"because": "=1+1", "order_id": "007", "amount": Decimal("10.50")}
    append(store, Tab.COMMISSIONS, {**row, "payable_on": date(2025, 10, 7)})

    sheet = openpyxl.load_workbook(book.path)["Commissions"]
    kept = {cell.value: cell for cell in sheet[2] if cell.value is not None}
    assert {str(value): cell.data_type for value, cell in kept.items()} == {
        "=1+1": "s", "007": "s", "10.5": "n", "2025-10-07 00:00:00": "d",
    }  # fmt: skip
    assert kept[10.5].number_format == "#,##0.00"
    assert kept["007"].number_format == "@"


def test_text_stays_text_through_a_second_commit(book: InWorkbook, store: XlsxStore) -> None:
    append(store, Tab.COMMISSIONS, {"line_id": "1", "because": "=1+1"})
    append(store, Tab.COMMISSIONS, {"line_id": "2", "because": "#REF!"})

    sheet = openpyxl.load_workbook(book.path)["Commissions"]
    assert [sheet.cell(row, 11).data_type for row in (2, 3)] == ["s", "s"]
    assert column(store, Tab.COMMISSIONS, "because") == ["=1+1", "#REF!"]


def test_a_sum_finer_than_a_hundredth_is_shown_whole(book: InWorkbook, store: XlsxStore) -> None:
    append(store, Tab.COMMISSIONS, {"line_id": "1", "amount": Decimal("1.234")})

    sheet = openpyxl.load_workbook(book.path)["Commissions"]
    assert sheet["D2"].number_format == "#,##0.00##"


def test_what_an_owner_types_is_given_as_it_is_stored(book: InWorkbook, store: XlsxStore) -> None:
    with Edited(book.path) as edited:
        sheet = sheet_of(edited, Tab.PARTNERS)
        sheet["A2"], sheet["F2"], sheet["J2"], sheet["K2"] = "ivan", 0.15, 14, "1 234,50 ₽"
        sheet["F2"].number_format = "0%"
        sheet["A3"], sheet["F3"], sheet["J3"], sheet["K3"] = 7, "=1/8", "=A1", "#N/A"

    first, second = table(store, Tab.PARTNERS).rows
    assert (first.cells[5], str(first.cells[9])) == (Decimal("0.15"), "14")
    assert first.cells[10] == "1 234,50 ₽"
    assert (second.cells[0], second.cells[5]) == (Decimal(7), Formula("=1/8"))
    assert (second.cells[9], second.cells[10]) == (Formula("=A1"), CellError("#N/A"))


def test_every_cell_of_an_array_formula_is_a_formula(book: InWorkbook, store: XlsxStore) -> None:
    with Edited(book.path) as edited:
        sheet = sheet_of(edited, Tab.CODES)
        sheet["A2"], sheet["A3"] = "A", "B"
        sheet["K2"] = ArrayFormula("K2:K3", "=ROW(A1:A2)")
        sheet["K3"] = 2

    assert column(store, Tab.CODES, "min_order") == [Formula("=ROW(A1:A2)")] * 2


def test_a_shared_formula_is_a_formula_in_every_cell(book: InWorkbook, store: XlsxStore) -> None:
    with Edited(book.path) as edited:
        sheet = sheet_of(edited, Tab.CODES)
        sheet["A2"], sheet["A3"] = "A", "B"
        sheet["K2"], sheet["K3"] = "=1+2", "=2+2"
    parts = unpacked(book.path)
    for old, new in ((b"<f>1+2</f>", b'<f t="shared" ref="K2:K3" si="0">1+2</f>'),
                     (b"<f>2+2</f>", b'<f t="shared" si="0"/>')):  # fmt: skip
        parts["xl/worksheets/sheet3.xml"] = parts["xl/worksheets/sheet3.xml"].replace(old, new)
    pack(book.path, parts)

    assert column(store, Tab.CODES, "min_order") == [Formula("=1+2")] * 2


def test_rows_with_nothing_but_our_check_are_blank(store: XlsxStore) -> None:
    assert table(store, Tab.PARTNERS).rows == []


def test_rows_land_above_the_unused_check_formulas(book: InWorkbook, store: XlsxStore) -> None:
    append(store, Tab.PARTNERS, {"partner_id": "ivan"})

    sheet = openpyxl.load_workbook(book.path)["Partners"]
    assert sheet["A2"].value == "ivan"
    assert str(sheet["V2"].value).startswith("=IF(COUNTA(A2:U2)=0")


def test_a_row_lands_below_a_merged_one(book: InWorkbook, store: XlsxStore) -> None:
    with Edited(book.path) as edited:
        sheet = sheet_of(edited, Tab.RUNS)
        sheet["A2"] = "Total"
        sheet.merge_cells("A2:C4")

    append(store, Tab.RUNS, {"run_id": "a"})

    assert [row.number for row in table(store, Tab.RUNS).rows] == [2, 5]


def test_a_problem_leads_to_its_cell(book: InWorkbook, store: XlsxStore) -> None:
    link = Link("C5", Tab.CODES, "C5")
    store.commit(Commit(base=generation(store), reports={Tab.PROBLEMS: [{}, {"cell": link}]}))
    store.commit(Commit(base=generation(store), reports={Tab.PROBLEMS: [{"cell": link}]}))

    sheet = openpyxl.load_workbook(book.path)["Problems"]
    links = [cell.hyperlink.location for line in sheet for cell in line if cell.hyperlink]
    assert links == ["'Codes'!C5"]


def test_an_owners_own_column_and_sheet_stay(book: InWorkbook, store: XlsxStore) -> None:
    with Edited(book.path) as edited:
        edited.create_sheet("Mine")["B2"] = "=SUM(1,2)"
        sheet_of(edited, Tab.PROBLEMS)["H2"] = "my remark"

    rows = [{"key": "A"}]
    store.commit(Commit(base=generation(store), reports={Tab.PROBLEMS: rows}))

    kept = openpyxl.load_workbook(book.path)
    assert (kept["Mine"]["B2"].value, kept["Problems"]["H2"].value) == ("=SUM(1,2)", "my remark")

"""Is the accountant's workbook true: texts as texts, sums as numbers, totals that add up?"""

from __future__ import annotations

import io
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.bank.payees import EVERYBODY, PARTNERS, payout, written
from tracker.bank.transfers import totals_of
from tracker.bank_workbook import workbook
from tracker.programme import Partner

AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
"""Commas, double quotes, UTF-8, and every cell as a person sees it."""


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    """What the cells of each sheet hold; formulas as their text."""
    book = load_workbook(io.BytesIO(content))
    return {one.title: [list(row) for row in one.iter_rows(values_only=True)] for one in book}


def test_a_row_a_payout_and_a_total_a_currency() -> None:
    rows = sheets(workbook(EVERYBODY, PARTNERS, totals_of(()), "en"))["Payouts"]

    assert rows[0][:6] == ["payout_id", "proposed_on", "partner_id", "name", "amount", "currency"]
    assert rows[1][:6] == ["po_aaaaaaaaaaaaaaaa", datetime(2026, 11, 15), "ivan",  # noqa: DTZ001
                           "Иванов Иван Иванович", 1200, "RUB"]  # fmt: skip
    assert rows[8] == [None] * 10
    assert [(row[3], row[4], row[5]) for row in rows[9:]] == [
        ("Total", 2010.05, "EUR"),
        ("Total", 12700, "JPY"),
        ("Total", 4200.55, "RUB"),
    ]


def test_the_list_is_printed_across_and_as_wide_as_a_page() -> None:
    sheet = load_workbook(io.BytesIO(workbook(EVERYBODY, PARTNERS, totals_of(()), "en")))["Payouts"]

    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    fitting = sheet.sheet_properties.pageSetUpPr
    assert fitting is not None
    assert fitting.fitToPage
    assert sheet.print_title_rows == "$1:$1"


def test_the_control_sheet_counts_what_is_in_and_what_is_out() -> None:
    left = totals_of([payout("x", "ivan", 12345, "KWD")])

    rows = sheets(workbook(EVERYBODY[:2], PARTNERS, left, "ru"))["Контроль"]

    assert rows[1:] == [["в этом файле", 2, 4200.5, "RUB"], ["не вошло", 1, 12.345, "KWD"]]


@pytest.mark.parametrize("text", ["=1+1", "+7+8", "-1", "@A1", "＝1", "a\x00b\x0bc", " =1", "\t=1"])
def test_no_cell_is_ever_a_formula(text: str) -> None:
    partner = Partner(partner_id="ivan", name=text, payout_method=text, payout_details=text)
    content = written("xlsx", EVERYBODY[:1], partners={"ivan": partner})

    book = load_workbook(io.BytesIO(content))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    name = book.worksheets[0].cell(2, 4)
    assert kinds == {"s", "n", "d"}
    assert name.value == text.replace("\x00", " ").replace("\x0b", " ").strip()
    assert bool(name.quotePrefix) == (text[:1] != "a")


@pytest.mark.parametrize(
    ("unit", "shown"), [("RUB", "#,##0.00"), ("JPY", "#,##0"), ("KWD", "#,##0.000")]
)
def test_a_sum_shows_the_decimals_of_its_currency(unit: str, shown: str) -> None:
    content = workbook([payout("a", "ivan", 12345, unit)], PARTNERS, totals_of(()), "en")

    cell = load_workbook(io.BytesIO(content)).worksheets[0].cell(2, 5)
    assert (cell.data_type, cell.number_format) == ("n", shown)


def test_libreoffice_reads_it_as_it_was_meant(tmp_path: Path, soffice: Path) -> None:
    partners = {**PARTNERS, "ivan": Partner(partner_id="ivan", name="=1+1")}
    (tmp_path / "payouts.xlsx").write_bytes(written("xlsx", EVERYBODY[:2], partners=partners))

    subprocess.run(
        [str(soffice), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", AS_SHOWN, "--outdir", str(tmp_path), str(tmp_path / "payouts.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip

    lines = (tmp_path / "payouts.csv").read_text("utf-8").splitlines()
    assert lines[1].startswith('po_aaaaaaaaaaaaaaaa,15.11.2026,ivan,=1+1,"1,200.00",RUB,')
    assert lines[4].startswith(',,,Итого,"4,200.50",RUB')

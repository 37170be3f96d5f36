"""What workbook does the accountant get? Texts as texts, sums as numbers, and a control sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from tracker.bank.table import COLUMNS, texts_of
from tracker.bank.transfers import Totals, totals_of
from tracker.payout_facts import Payout
from tracker.programme import Partner
from tracker.sentences.bank_files import WORKBOOK
from tracker.workbook_cells import cell_at, saved, write_amount, write_text

if TYPE_CHECKING:  # 0.3 s that only this format pays
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = {"name": 30, "details": 60, "payout_id": 22, "method": 14}


def workbook(
    payouts: Sequence[Payout], partners: Mapping[str, Partner], left: Totals, language: str
) -> bytes:
    """Write the workbook; the same payouts give the same bytes."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    words = {key: pair[language == "ru"] for key, pair in WORKBOOK.items()}
    book = Workbook()
    sheet = book.active or book.create_sheet()
    sheet.title = words["payouts"]
    _headings(sheet, [words[column] for column in COLUMNS])
    for number, one in enumerate(payouts, 2):
        _payout(sheet, number, one, texts_of(one, partners.get(one.partner_id)))
    totals = totals_of(payouts)
    for number, (unit, minor) in enumerate(sorted(totals.sums.items()), len(payouts) + 3):
        write_text(_cell(sheet, number, "name"), words["total"], bold=True)
        write_amount(_cell(sheet, number, "amount"), minor, unit, bold=True)
        write_text(_cell(sheet, number, "currency"), unit, bold=True)
    for index, column in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(index)].width = _WIDTHS.get(column, 16)
    sheet.freeze_panes = "A2"
    _printed_whole(sheet)
    _control(book.create_sheet(words["control"]), totals, left, words)
    days = [one.proposed_on for one in payouts]
    return saved(book, max(days) if days else date(1980, 1, 1))


def _printed_whole(sheet: Worksheet) -> None:
    """Print it across: as wide as one page, its headings on each."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _control(sheet: Worksheet, totals: Totals, left: Totals, words: Mapping[str, str]) -> None:
    _headings(sheet, [words["control"], words["count"], words["amount"], words["currency"]])
    number = 1
    for label, found in (("in_file", totals), ("left_out", left)):
        for unit, minor in sorted(found.sums.items()) or [("", 0)]:
            number += 1
            write_text(cell_at(sheet, number, 1), words[label])
            if unit:
                write_amount(cell_at(sheet, number, 3), minor, unit)
                write_text(cell_at(sheet, number, 4), unit)
        cell_at(sheet, number, 2).value = found.count
    sheet.column_dimensions["A"].width = 30


def _headings(sheet: Worksheet, titles: Sequence[str]) -> None:
    for index, title in enumerate(titles, 1):
        write_text(cell_at(sheet, 1, index), title, bold=True)


def _payout(sheet: Worksheet, number: int, one: Payout, texts: Mapping[str, str]) -> None:
    for column, text in texts.items():
        write_text(_cell(sheet, number, column), text)
    write_amount(_cell(sheet, number, "amount"), one.minor, one.currency)
    day = _cell(sheet, number, "proposed_on")
    day.value, day.number_format = one.proposed_on, "dd.mm.yyyy"


def _cell(sheet: Worksheet, number: int, column: str) -> Cell:
    return cell_at(sheet, number, COLUMNS.index(column) + 1)

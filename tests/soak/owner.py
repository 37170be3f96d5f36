"""What does the owner do in a soak? Sorts, deletes, inserts, edits and puts back, by lot.

Another program saves the whole book each time. What is edited in a ledger is a lie that must be
noticed, count nothing, and be gone once it is put back.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.cli_book import CliBook, columns, last_row, sheet_of
from tracker.layout import Tab

LEDGERS = (Tab.JOURNAL, Tab.COMMISSIONS)


class Owner:
    """An owner who takes liberties with the ledgers.

    `lies` are the amounts that are not as they were booked: what they were, by line_id.
    """

    def __init__(self, book: CliBook, lots: random.Random) -> None:
        self.lies: dict[str, object] = {}
        self.deeds = 0
        self._book, self._lots = book, lots

    def act(self) -> None:
        """Do one thing to the book; a lie is put back first."""
        deeds: list[Callable[[openpyxl.Workbook], None]] = [
            self._sort, self._sort, self._delete, self._insert, self._lie, self._note,
            self._clear_report,
        ]  # fmt: skip
        deed = self._put_back if self.lies else self._lots.choice(deeds)
        with self._book.edited() as workbook:
            deed(workbook)
        self.deeds += 1

    def _sort(self, workbook: openpyxl.Workbook) -> None:
        sheet = self._ledger(workbook)
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        by, down = self._lots.randrange(sheet.max_column), self._lots.random() < 0.5
        rows.sort(key=lambda row: str(row[by]), reverse=down)
        for number, row in enumerate(rows, start=2):
            for place, value in enumerate(row, start=1):
                sheet.cell(number, place).value = value

    def _delete(self, workbook: openpyxl.Workbook) -> None:
        sheet = sheet_of(workbook, Tab.COMMISSIONS)
        if last_row(sheet) > 1:
            sheet.delete_rows(self._lots.randint(2, last_row(sheet)))

    def _insert(self, workbook: openpyxl.Workbook) -> None:
        sheet = self._ledger(workbook)
        sheet.insert_rows(self._lots.randint(2, last_row(sheet) + 1))

    def _lie(self, workbook: openpyxl.Workbook) -> None:
        sheet = sheet_of(workbook, Tab.COMMISSIONS)
        places = columns(sheet)
        number = self._lots.randint(2, max(2, last_row(sheet)))
        name = sheet.cell(number, places["line_id"]).value
        if name:
            cell = sheet.cell(number, places["amount"])
            self.lies[str(name)] = cell.value
            cell.value = 1_000_000

    def _put_back(self, workbook: openpyxl.Workbook) -> None:
        sheet = sheet_of(workbook, Tab.COMMISSIONS)
        places = columns(sheet)
        for number in range(2, sheet.max_row + 1):
            name = str(sheet.cell(number, places["line_id"]).value)
            if name in self.lies:
                cell = sheet.cell(number, places["amount"])
                cell.value = self.lies.pop(name)  # type: ignore[assignment]

    def _note(self, workbook: openpyxl.Workbook) -> None:
        sheet = self._ledger(workbook)
        place = sheet.max_column if sheet.cell(1, sheet.max_column).value == "mine" else 0
        place = place or sheet.max_column + 1
        sheet.cell(1, place).value = "mine"
        sheet.cell(self._lots.randint(2, last_row(sheet) + 1), place).value = "asked by phone"

    def _clear_report(self, workbook: openpyxl.Workbook) -> None:
        sheet_of(workbook, Tab.BALANCES).delete_rows(2, 50)

    def _ledger(self, workbook: openpyxl.Workbook) -> Worksheet:
        return sheet_of(workbook, self._lots.choice(LEDGERS))

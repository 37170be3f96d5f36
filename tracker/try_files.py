"""In which files does a trial go? CSV, and a scratch workbook beside the owner's own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date

from tracker.money import Money, decimal_text
from tracker.safe_cells import safe
from tracker.try_tables import Grid, Value
from tracker.workbook_cells import cell_at, saved, write_amount, write_text

_WIDTH, _WIDE = 14, 60


def as_csv(grids: Iterable[Grid]) -> bytes:
    """The tables one below the other, a blank row between; UTF-8 with the mark Excel looks for.

    Sums are plain numbers; no typed text is one that a spreadsheet would run.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for number, grid in enumerate(grids):
        writer.writerows([[]] if number else [])
        writer.writerow(grid.headings)
        writer.writerows([_plain(value) for value in row] for row in grid.rows)
    return text.getvalue().encode("utf-8-sig")


def _plain(value: Value) -> str:
    if isinstance(value, Money):
        return decimal_text(value.minor, value.currency)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int) else safe(value)


def as_workbook(grids: Iterable[Grid]) -> bytes:
    """The tables, each in a sheet of its own: texts as texts, sums and counts as numbers."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.worksheets[0])
    for grid in grids:
        sheet = book.create_sheet(grid.title)
        for index, title in enumerate(grid.headings, 1):
            write_text(cell_at(sheet, 1, index), title, bold=True)
            wide = any(len(str(row[index - 1])) > _WIDTH * 2 for row in grid.rows[:50])
            width = _WIDE if wide else max(_WIDTH, len(title) + 2)
            sheet.column_dimensions[get_column_letter(index)].width = width
        for number, row in enumerate(grid.rows, 2):
            bold = number - 2 >= len(grid.rows) - grid.totals
            for index, value in enumerate(row, 1):
                cell = cell_at(sheet, number, index)
                if isinstance(value, Money):
                    write_amount(cell, value.minor, value.currency, bold=bold)
                elif isinstance(value, str):
                    write_text(cell, value, bold=bold)
                else:
                    cell.value = value
        sheet.freeze_panes = "A2"
    return saved(book, date(1980, 1, 1))

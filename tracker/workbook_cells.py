"""How is a cell of a workbook of ours written? Texts stay texts, sums are numbers."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from tracker.money import as_decimal, exponent
from tracker.safe_cells import safe

if TYPE_CHECKING:  # 0.3 s that only those who write one pay
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def cell_at(sheet: Worksheet, number: int, index: int) -> Cell:
    """The cell of a row and column, both counted from 1; a new sheet has no merged cells."""
    return cast("Cell", sheet.cell(number, index))


def write_text(cell: Cell, text: str, *, bold: bool = False) -> None:
    """Write a text that stays one: openpyxl takes `=1+1` for a formula, and refuses NUL."""
    from openpyxl.styles import Font

    plain = "".join(sign if sign.isprintable() else " " for sign in text).strip()
    if not plain:
        return
    cell.value = plain
    cell.data_type = "s"
    # The mark of a typed apostrophe: it stays a text after somebody edits the cell.
    cell.quotePrefix = safe(plain) != plain
    if bold:  # a font without a name is a serif one in LibreOffice
        cell.font = Font(name="Calibri", size=11, bold=True)


def write_amount(cell: Cell, minor: int, unit: str, *, bold: bool = False) -> None:
    """Write minor units of a currency as a number with its decimals."""
    from openpyxl.styles import Font

    places = exponent(unit)
    amount: Decimal = as_decimal(minor, unit)
    cell.value = amount
    cell.number_format = "#,##0" + (f".{'0' * places}" if places else "")
    if bold:
        cell.font = Font(name="Calibri", size=11, bold=True)


def saved(book: Workbook, day: date) -> bytes:
    """Save without the clock: the library dates the workbook and each part of it."""
    from openpyxl.xml.functions import tostring

    out = io.BytesIO()
    book.save(out)
    book.properties.created = book.properties.modified = datetime.combine(day, time(0))
    kept = io.BytesIO()
    with zipfile.ZipFile(out) as made, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as same:
        for name in made.namelist():
            content = made.read(name)
            if name == "docProps/core.xml":
                content = tostring(book.properties.to_tree())
            same.writestr(zipfile.ZipInfo(name, _ZIP_DAY), content, zipfile.ZIP_DEFLATED)
    return kept.getvalue()

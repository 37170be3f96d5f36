"""How does a value leave a workbook? Every cell of one column that shows it, and nothing else.

The whole book goes through openpyxl here, which drops what it does not know (sparklines, pictures
of some kinds): erasing is rare, asked for by the owner, and must leave no old text in the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.rich_text import CellRichText

from tracker.layout import columns_of
from tracker.stores import Erase
from tracker.stores.written import number_of, whole_text
from tracker.stores.xlsx_read import title_in, titles_of
from tracker.stores.xlsx_write import headings, load, put, saved


def erased(content: bytes, path: Path, erasures: Sequence[Erase]) -> bytes:
    """Give the file's content without these values; `path` is only for what is said.

    Raises Stop as `xlsx_write.append`. Nothing is written to the disk here.
    """
    book = load(content, path)
    titles = titles_of(sheet.title for sheet in book.worksheets)
    for one in erasures:
        sheet = book[title_in(titles, one.tab)]
        column = columns_of(one.tab, headings(sheet), sheet.title)[one.column] + 1
        # The sheet's own dictionary: asking cell by cell would make every cell that is not there.
        for (row, place), cell in sheet._cells.items():  # noqa: SLF001
            if row > 1 and place == column and _text(cell) == one.value:
                put(cell, one.by or None, cell.number_format)
                # A pasted address is a link too, and would show it when pointed at.
                cell.hyperlink = None
    return saved(book, path)


def _text(cell: object) -> str:
    if not isinstance(cell, SheetCell) or cell.data_type == "f":
        return ""
    value = cell.value
    if isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        return whole_text(number_of(float(value)))
    return str(value) if isinstance(value, str | CellRichText) else ""

"""How is a value written as a cell of a workbook's XML?

Texts stand in their cells (`inlineStr`), not in the book's list of shared ones: so an append
changes the part of its own tab alone, and need not read that list, which may be the largest part.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from tracker.cells import Cell
from tracker.layout import letter
from tracker.stores.xlsx_markup import escaped

EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
"""The days numbered 0; that of 1900 is right from March 1900 on (ISO/IEC 29500-1, 18.17.4)."""
_DAY = timedelta(days=1)
_letters = lru_cache(maxsize=1_000)(letter)
# Readers of workbooks take `_x0041_` for the letter A, so what looks like it is escaped.
ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def value_cell(
    prefix: str, row: int, column: int, look: int, value: Cell, epoch: date = EPOCH_1900
) -> bytes:
    """Write one cell; `column` counts from 0, `prefix` is that of elements, colon included.

    `value` is as `tracker.stores.written.stored` gives it: no formula, no zone.
    """
    kind, inner = _inner(prefix, value, epoch)
    typed = f' t="{kind}"' if kind else ""
    name = f'<{prefix}c r="{_letters(column)}{row}" s="{look}"{typed}>'
    return f"{name}{inner}</{prefix}c>".encode()


def formula_cell(prefix: str, row: int, column: int, look: int, formula: str) -> bytes:
    """Write a formula (`=A1+1`) without what it comes to."""
    inner = f"<{prefix}f>{escaped(formula.removeprefix('='))}</{prefix}f>"
    return f'<{prefix}c r="{_letters(column)}{row}" s="{look}">{inner}</{prefix}c>'.encode()


def _inner(prefix: str, value: Cell, epoch: date) -> tuple[str, str]:
    """Its type (a number has none), and what stands between its tags."""
    if isinstance(value, str):
        text = ESCAPED.sub("_x005F_", value)
        space = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
        return "inlineStr", (
            f"<{prefix}is><{prefix}t{space}>{_element_text(text)}</{prefix}t></{prefix}is>"
        )
    if isinstance(value, bool):
        return "b", f"<{prefix}v>{int(value)}</{prefix}v>"
    if isinstance(value, Decimal):
        return "", f"<{prefix}v>{value:f}</{prefix}v>"
    if isinstance(value, date):
        return "", f"<{prefix}v>{_serial(value, epoch)}</{prefix}v>"
    raise TypeError(f"a {type(value).__name__} is no value of a cell")


def _element_text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _serial(value: date, epoch: date) -> str:
    """Days since the epoch, and the time as a part of a day."""
    if not isinstance(value, datetime):
        return str((value - epoch).days)
    since = value - datetime(epoch.year, epoch.month, epoch.day)  # noqa: DTZ001  # sheets have none
    return repr(since / _DAY)

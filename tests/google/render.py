"""How does a cell read, for a person and for a program?

Learned from: "2", "2020-01-01", "0.12" formatted; 2, 43831, 0.12 unformatted with serial dates;
"2020-01-01" unformatted with FORMATTED_STRING; "=4/2" and 43831 as FORMULA [cassette
test_get_all_values_date_time_render_options]; errors read as "#REF!" [shared/sheets.md 1.4];
blank cells as "" between others, trailing blank cells and rows left out, no `values` at all
for nothing [cassettes test_append_row_with_empty_value, test_get_all_values_date_time_render_options];
a formula that gives "" is a cell with a value and is not trimmed [inferred]; patterns of d m y h s,
0 # and %, quoted text [doc, formats guide]; ten significant digits without a format [inferred].
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import zip_longest
from typing import Any

from tests.google.a1 import Area
from tests.google.entered import DAY_ZERO
from tests.google.errors import Json
from tests.google.formulas import Calculator, Effective, Fault
from tests.google.grid import Formula, Look, Value
from tests.google.places import Place, place

_DATES = frozenset({"DATE", "TIME", "DATE_TIME"})
_TOKEN = re.compile(r'"[^"]*"|\\.|y+|m+|d+|h+|s+|.', re.IGNORECASE)


class Rendering:
    """Reads the cells of one book under one pair of render options."""

    def __init__(self, calculator: Calculator, value_option: str, date_option: str) -> None:
        self.calculator = calculator
        self.value_option = value_option
        self.date_option = date_option
        self.here = place(calculator.book.locale)

    def table(self, area: Area) -> list[list[Any]]:
        """Give the values of an area, trimmed at the right and at the bottom."""
        sheet = area.sheet
        out: list[list[Any]] = []
        filled = 0
        for number in range(area.top, min(area.bottom, sheet.last_row())):
            row = self._row(sheet.rows[number][area.left : area.right], number, area)
            out.append(row)
            filled = len(out) if row else filled
        return out[:filled]

    def _row(self, values: Sequence[Value], number: int, area: Area) -> list[Any]:
        if self.value_option == "UNFORMATTED_VALUE" and self.date_option != "FORMATTED_STRING":
            row: list[Any] = list(values)
            if Formula in map(type, row):
                row = [self.cell(value, None, area) for value in row]
        else:
            looks = area.sheet.looks[number][area.left : area.right]
            dressed = zip_longest(values, looks[: len(values)])
            row = [
                value if type(value) is str else self.cell(value, look, area)
                for value, look in dressed
            ]
        while row and row[-1] is None:
            row.pop()
        return ["" if cell is None else cell for cell in row]

    def cell(self, value: Value, look: Look | None, area: Area) -> Any:
        """Give one cell as it reads; None for a blank one."""
        if self.value_option == "FORMULA" and isinstance(value, Formula):
            return value.text
        effective = self.calculator.effective(value, area.sheet)
        form = number_format(look)
        number = isinstance(effective, int | float) and not isinstance(effective, bool)
        dated = number and form.get("type") in _DATES and self.date_option == "FORMATTED_STRING"
        if self.value_option == "FORMATTED_VALUE" or dated:
            return None if effective is None else shown(effective, form, self.here)
        return effective.shown if isinstance(effective, Fault) else effective


def number_format(look: Look | None) -> Json:
    return ((look.format if look else None) or {}).get("numberFormat") or {}


def extended(effective: Effective) -> Json | None:
    """Give an ExtendedValue."""
    if effective is None:
        return None
    if isinstance(effective, Fault):
        return {"errorValue": {"type": effective.type, "message": effective.message}}
    if isinstance(effective, bool):
        return {"boolValue": effective}
    return {"stringValue" if isinstance(effective, str) else "numberValue": effective}


def shown(effective: Effective, form: Json, here: Place) -> str:
    """Write what a person sees in the cell."""
    if isinstance(effective, Fault):
        return effective.shown
    if isinstance(effective, bool):
        return here.true if effective else here.false
    if effective is None or isinstance(effective, str):
        return effective or ""
    kind, pattern = form.get("type", ""), form.get("pattern", "")
    if kind in _DATES:
        return _dated(effective, pattern or _default_pattern(kind, here))
    if kind == "PERCENT":
        return _patterned(effective, pattern or "0.00%", here)
    if kind in {"NUMBER", "CURRENCY"}:
        return _patterned(effective, pattern or "#,##0.00", here)
    return _general(effective).replace(".", here.decimal)


def _default_pattern(kind: str, here: Place) -> str:
    return {"DATE": here.date, "TIME": "h:mm:ss"}.get(kind, f"{here.date} h:mm:ss")


def _general(number: float) -> str:
    if isinstance(number, int) and abs(number) < 10**15:
        return str(number)
    digits = f"{number:.10g}"
    if "e" not in digits:
        return digits
    mantissa, _, power = digits.partition("e")
    return f"{mantissa}E{int(power):+d}" if abs(number) >= 1e15 else f"{Decimal(digits):f}"


def _dated(number: float, pattern: str) -> str:
    moment = DAY_ZERO + timedelta(days=number) + timedelta(microseconds=500)
    before, out = "", []
    for token in _TOKEN.findall(pattern):
        kind = token[0].lower()
        width = 2 if len(token) == 2 else 1
        if kind == "m":
            number_of = moment.minute if before == "h" else moment.month
        else:
            number_of = {"d": moment.day, "h": moment.hour, "s": moment.second}.get(kind, -1)
        if kind == "y":
            out.append(f"{moment.year:04d}" if len(token) > 2 else f"{moment.year % 100:02d}")
        elif number_of >= 0:
            out.append(f"{number_of:0{width}d}")
        else:
            out.append(token.strip('"').removeprefix("\\"))
        before = kind if kind in "ymdhs" else before
    return "".join(out)


def _patterned(number: float, pattern: str, here: Place) -> str:
    """Write a number by the first section of a pattern such as `#,##0.00 "RUB"`."""
    section = pattern.partition(";")[0]
    found = re.search(r"[#0][#0,]*(?:\.([0#]+))?", section)
    if not found:
        return section
    value = Decimal(repr(number)) * (100 if "%" in section else 1)
    places = found[1] or ""
    value = value.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
    whole, _, fraction = f"{abs(value):f}".partition(".")
    if "," in found[0].split(".")[0]:
        whole = f"{int(whole):,}".replace(",", here.thousands[0])
    while fraction and places[len(fraction) - 1] == "#" and fraction[-1] == "0":
        fraction = fraction[:-1]
    digits = ("-" if value < 0 else "") + whole + (here.decimal + fraction if fraction else "")
    around = [re.sub(r'["\\]', "", part) for part in section.split(found[0], 1)]
    return around[0] + digits + around[1]

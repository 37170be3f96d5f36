"""How does a column look and help? Heading, note, width, format, drop-down and check."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tracker.layout import Choice, Column, Kind, Owner, TabSpec, known_columns, letter

CHECKED_ROWS = 1_000
LAST_ROW = 1_048_576
AUTHOR = "affiliate tracker"
NOTE_WIDTH, NOTE_LINE, NOTE_CHARACTERS = 300, 18, 38

FORMATS = {Kind.AMOUNT: "#,##0.00", Kind.NUMBER: "0", Kind.DATE: "yyyy-mm-dd"}
FORMATS |= {Kind.CHECK: "General"}
"""Every other kind is text, so that `007`, `1E5` and `15%` stay as they were typed."""

COLOURS = {
    Owner.OWNER: "C6E0B4",
    Owner.INBOX: "BDD7EE",
    Owner.LEDGER: "D9D9D9",
    Owner.REPORT: "FFE699",
}
GREEN = PatternFill(bgColor="C6EFCE", fill_type="solid")
RED = PatternFill(bgColor="FFC7CE", fill_type="solid")
BAD = Font(color="9C0006")
FINE = {"en": "ok", "ru": "ок"}


@dataclass(frozen=True, slots=True)
class ProblemsAt:
    """Where the `check` formulas look: the title of Problems and two of its columns."""

    title: str
    says: str
    lookup: str


def add_column(
    sheet: Worksheet, spec: TabSpec, column: Column, index: int, language: str, at: ProblemsAt
) -> None:
    """Add one column at `index` (from 1) with everything that helps to fill it in."""
    name = letter(index - 1)
    _head(sheet.cell(1, index), spec.owner, column, language)
    _free_column(sheet, index)
    whole = sheet.column_dimensions[name]
    whole.width = column.width
    whole.number_format = FORMATS.get(column.kind, "@")
    if column.owner_fills:
        whole.protection = Protection(locked=False)
    if column.choices:
        add_choices(sheet, f"{name}2:{name}{LAST_ROW}", column.choices, language)
    if column.kind is Kind.CHECK:
        _add_check(sheet, spec, index, language, at)


def add_choices(sheet: Worksheet, area: str, choices: Sequence[Choice], language: str) -> None:
    """Offer the words of one language; another word is asked about, not refused."""
    words = ",".join(one.ru if language == "ru" else one.en for one in choices)
    # Both languages are understood, so the other one's word must be possible to type.
    rule = DataValidation(
        type="list", formula1=f'"{words}"', allow_blank=True, errorStyle="warning"
    )
    rule.showErrorMessage = True
    rule.errorTitle = "Проверьте слово" if language == "ru" else "Check the word"
    rule.error = f"{'Обычно здесь' if language == 'ru' else 'Usually one of'}: {words}"[:255]
    rule.add(area)
    sheet.add_data_validation(rule)


def check_formula(tab: str, key: str, last: str, row: int, fine: str, at: ProblemsAt) -> str:
    """Write the formula that says a row's problem, or that it is fine, or nothing.

    `key` and `last` are the letters of the row's key and of the last column before the check.
    """
    cell = f"{key}{row}"
    for sign in "~*?":
        # MATCH reads these as wildcards, and a code may have them.
        cell = f'SUBSTITUTE({cell},"{sign}","~{sign}")'
    quoted = at.title.replace("'", "''")
    says, lookup = (f"'{quoted}'!${name}:${name}" for name in (at.says, at.lookup))
    found = f'INDEX({says},MATCH("{tab}|"&TRIM({cell}),{lookup},0))'
    return f'=IF(COUNTA(A{row}:{last}{row})=0,"",IFERROR({found},"{fine}"))'


def _free_column(sheet: Worksheet, index: int) -> None:
    """Part the entry that one column shares with its neighbours: two for a column are refused."""
    dimensions = sheet.column_dimensions
    for shared in list(dimensions.values()):
        shared.reindex()
        first, last = shared.min or 0, shared.max or 0
        if not first <= index <= last:
            continue
        if last > index:
            after = copy(shared)
            after.index, after.min, after.max = letter(index), index + 1, last
            dimensions[letter(index)] = after
        shared.max = max(index - 1, first)


def _head(cell: object, owner: Owner, column: Column, language: str) -> None:
    if not isinstance(cell, SheetCell):
        raise TypeError("row 1 has merged cells")
    russian = language == "ru"
    cell.value = column.ru if russian else column.key
    cell.data_type = "s"
    cell.font = Font(name="Calibri", size=11, bold=True)
    cell.fill = PatternFill(fgColor=COLOURS[owner], fill_type="solid")
    # Headings stand over their values: numbers and dates are at the right of a cell.
    side = "right" if column.kind in {Kind.AMOUNT, Kind.NUMBER, Kind.DATE} else "left"
    cell.alignment = Alignment(horizontal=side, vertical="top", wrap_text=True)
    note = column.note_ru if russian else column.note_en
    lines = len(note) // NOTE_CHARACTERS + 2
    cell.comment = Comment(note, AUTHOR, height=NOTE_LINE * lines, width=NOTE_WIDTH)


def _add_check(sheet: Worksheet, spec: TabSpec, index: int, language: str, at: ProblemsAt) -> None:
    name, last = letter(index - 1), letter(index - 2)
    key = next(
        letter(place) for place, cell in enumerate(sheet[1]) if _is_key(spec, str(cell.value))
    )
    for row in range(2, CHECKED_ROWS + 2):
        fine = FINE[language]
        sheet[f"{name}{row}"] = check_formula(spec.tab.value, key, last, row, fine, at)
    area = f"{name}2:{name}{LAST_ROW}"
    either = ",".join(f'${name}2="{word}"' for word in FINE.values())
    for formula, look in (
        (f"OR({either})", DifferentialStyle(font=Font(color="006100"), fill=GREEN)),
        (f"AND(LEN(${name}2)>0,NOT(OR({either})))", DifferentialStyle(BAD, fill=RED)),
    ):
        sheet.conditional_formatting.add(area, Rule("expression", dxf=look, formula=[formula]))


def _is_key(spec: TabSpec, heading: str) -> bool:
    return spec.key_column in known_columns(spec.tab, [heading])

"""How does a column look and help? Heading, note, width, format, drop-down and check."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tracker.layout import Choice, Column, Kind, Owner, TabSpec, known_columns, letter
from tracker.stores.looks import (
    CHECKED_ROWS,
    COLOURS,
    DARK_GREEN,
    DARK_RED,
    FORMATS,
    GREEN,
    RED,
    RIGHT,
    ProblemsAt,
    check_conditions,
    check_formula,
    heading_of,
    note_of,
    words_of,
)

LAST_ROW = 1_048_576
AUTHOR = "affiliate tracker"
NOTE_WIDTH, NOTE_LINE, NOTE_CHARACTERS = 300, 18, 38
FINE_LOOK = DifferentialStyle(
    font=Font(color=DARK_GREEN), fill=PatternFill(bgColor=GREEN, fill_type="solid")
)
BAD_LOOK = DifferentialStyle(
    font=Font(color=DARK_RED), fill=PatternFill(bgColor=RED, fill_type="solid")
)


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
    words = ",".join(words_of(choices, language))
    # Both languages are understood, so the other one's word must be possible to type.
    rule = DataValidation(
        type="list", formula1=f'"{words}"', allow_blank=True, errorStyle="warning"
    )
    rule.showErrorMessage = True
    rule.errorTitle = "Проверьте слово" if language == "ru" else "Check the word"
    rule.error = f"{'Обычно здесь' if language == 'ru' else 'Usually one of'}: {words}"[:255]
    rule.add(area)
    sheet.add_data_validation(rule)


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
    cell.value = heading_of(column, language)
    cell.data_type = "s"
    cell.font = Font(name="Calibri", size=11, bold=True)
    cell.fill = PatternFill(fgColor=COLOURS[owner], fill_type="solid")
    side = "right" if column.kind in RIGHT else "left"
    cell.alignment = Alignment(horizontal=side, vertical="top", wrap_text=True)
    note = note_of(column, language)
    lines = len(note) // NOTE_CHARACTERS + 2
    cell.comment = Comment(note, AUTHOR, height=NOTE_LINE * lines, width=NOTE_WIDTH)


def _add_check(sheet: Worksheet, spec: TabSpec, index: int, language: str, at: ProblemsAt) -> None:
    name = letter(index - 1)
    places = known_columns(spec.tab, [str(cell.value) for cell in sheet[1]])
    for row in range(2, CHECKED_ROWS + 2):
        sheet[f"{name}{row}"] = check_formula(spec, places, row, language, at, ",")
    area = f"{name}2:{name}{LAST_ROW}"
    for formula, look in zip(check_conditions(name, ","), (FINE_LOOK, BAD_LOOK), strict=True):
        sheet.conditional_formatting.add(area, Rule("expression", dxf=look, formula=[formula]))

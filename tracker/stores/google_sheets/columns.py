"""How does a column of a Google sheet look and help? The requests for heading, format and check.

Rows and columns are counted from 0 and a range ends before its end, as the API wants it. Every
formula parts its arguments with semicolons, which every locale of Google Sheets understands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tracker.layout import Choice, Column, Kind, Owner, TabSpec, letter
from tracker.sentences.helps import help_of
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
    sought,
    words_of,
)

Request = dict[str, Any]

PEOPLE = frozenset({Owner.OWNER, Owner.INBOX})
"""Whose tabs a person types into, or somebody else's program."""

_MARK = ";"
_CHARACTER_PIXELS, _MARGIN_PIXELS = 7, 10
_TYPES = {Kind.AMOUNT: "NUMBER", Kind.NUMBER: "NUMBER", Kind.DATE: "DATE"}
_HEADING_FIELDS = (
    "userEnteredValue,note,userEnteredFormat(backgroundColorStyle,textFormat,"
    "horizontalAlignment,verticalAlignment,wrapStrategy)"
)


def area(sheet_id: int, rows: tuple[int, int | None], columns: tuple[int, int]) -> dict[str, int]:
    """Make a GridRange; rows without an end go on to the sheet's last row, whichever that is."""
    first, last = rows
    ends = {} if last is None else {"endRowIndex": last}
    start = {"sheetId": sheet_id, "startRowIndex": first} | ends
    return start | {"startColumnIndex": columns[0], "endColumnIndex": columns[1]}


def colour(rgb: str) -> dict[str, Any]:
    """Make a ColorStyle of RRGGBB."""
    names = ("red", "green", "blue")
    return {
        "rgbColor": {name: int(rgb[2 * n : 2 * n + 2], 16) / 255 for n, name in enumerate(names)}
    }


def heading_request(
    sheet_id: int,
    spec: TabSpec,
    columns: Sequence[Column],
    first: int,
    language: str,
    at: ProblemsAt,
) -> Request:
    """Write the headings of neighbouring columns, the first of them at `first`."""
    cells = [_heading(spec.owner, column, language, at) for column in columns]
    return {
        "updateCells": {
            "start": {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": first},
            "rows": [{"values": cells}],
            "fields": _HEADING_FIELDS,
        }
    }


def column_requests(
    sheet_id: int,
    spec: TabSpec,
    column: Column,
    places: Mapping[str, int],
    language: str,
    at: ProblemsAt,
) -> list[Request]:
    """Ask for everything below one column's heading that helps to fill it in."""
    index = places[column.key]
    whole = area(sheet_id, (1, None), (index, index + 1))
    requests = [_width(sheet_id, index, column.width)]
    if column.kind is Kind.CHECK:
        # Without a format: in a cell of text a formula would stand as its own text.
        return requests + _check(whole, spec, places, language, at)
    requests.append(_format(whole, column.kind))
    if column.choices:
        requests.append(choices_request(whole, column.choices, language))
    elif column.kind is Kind.AMOUNT and spec.owner in PEOPLE:
        requests.append(_not_a_date(whole, index, language))
    return requests


def choices_request(whole: Mapping[str, int], choices: Iterable[Choice], language: str) -> Request:
    """Offer the words of one language; the other's are understood too, so none is refused."""
    values = [{"userEnteredValue": word} for word in words_of(choices, language)]
    return _validation(
        whole, {"condition": {"type": "ONE_OF_LIST", "values": values}, "showCustomUi": True}
    )


def number_format(kind: Kind) -> dict[str, str]:
    """Give the NumberFormat of a kind: text, unless it is a sum, a number or a day."""
    if kind not in _TYPES:
        return {"type": "TEXT"}
    # A third decimal shows where a currency has one: a sum must not look rounded.
    pattern = "#,##0.00#" if kind is Kind.AMOUNT else FORMATS[kind]
    return {"type": _TYPES[kind], "pattern": pattern}


def _heading(owner: Owner, column: Column, language: str, at: ProblemsAt) -> dict[str, Any]:
    note = note_of(column, language)
    if column.kind is Kind.CHECK and owner is Owner.INBOX:
        note = help_of("check_colour", language, tab=at.title)
    return {
        "userEnteredValue": {"stringValue": heading_of(column, language)},
        "note": note,
        "userEnteredFormat": {
            "backgroundColorStyle": colour(COLOURS[owner]),
            "textFormat": {"bold": True},
            "horizontalAlignment": "RIGHT" if column.kind in RIGHT else "LEFT",
            "verticalAlignment": "TOP",
            "wrapStrategy": "WRAP",
        },
    }


def _width(sheet_id: int, index: int, characters: int) -> Request:
    place = {"startIndex": index, "endIndex": index + 1}
    return {
        "updateDimensionProperties": {
            "range": {"sheetId": sheet_id, "dimension": "COLUMNS", **place},
            "properties": {"pixelSize": characters * _CHARACTER_PIXELS + _MARGIN_PIXELS},
            "fields": "pixelSize",
        }
    }


def _format(whole: Mapping[str, int], kind: Kind) -> Request:
    return {
        "repeatCell": {
            "range": whole,
            "cell": {"userEnteredFormat": {"numberFormat": number_format(kind)}},
            "fields": "userEnteredFormat.numberFormat",
        }
    }


def _validation(whole: Mapping[str, int], rule: Mapping[str, Any]) -> Request:
    # Not strict: a cell that does not fit gets a red corner, and the row's problem says the rest.
    # Rows that a filter hides just now are left out unless they are asked for.
    return {
        "setDataValidation": {
            "range": whole,
            "rule": {**rule, "strict": False},
            "filteredRowsIncluded": True,
        }
    }


def _not_a_date(whole: Mapping[str, int], index: int, language: str) -> Request:
    """Warn when a sum became a day: under ru_RU a typed `1.10` is the first of October."""
    condition = _formula(f"=NOT(ISDATE({letter(index)}2))")
    return _validation(whole, {"condition": condition, "inputMessage": help_of("amount", language)})


def _check(
    whole: Mapping[str, int],
    spec: TabSpec,
    places: Mapping[str, int],
    language: str,
    at: ProblemsAt,
) -> list[Request]:
    if spec.owner is Owner.INBOX:
        # No formulas here: Zapier and other programs append below the last row that holds
        # anything, and a formula that shows nothing counts. Their first row would be row 1002.
        return [_colouring(whole, _stands_in_problems(spec, places, at), RED, DARK_RED)]
    formula = check_formula(spec, places, 2, language, at, _MARK)
    fine, bad = check_conditions(letter(places["check"]), _MARK)
    return [
        {
            # For each row the API counts on what has no `$`, as filling down by hand would.
            "repeatCell": {
                "range": {**whole, "endRowIndex": CHECKED_ROWS + 1},
                "cell": {"userEnteredValue": {"formulaValue": formula}},
                "fields": "userEnteredValue",
            }
        },
        _colouring(whole, f"={fine}", GREEN, DARK_GREEN),
        _colouring(whole, f"={bad}", RED, DARK_RED),
    ]


def _stands_in_problems(spec: TabSpec, places: Mapping[str, int], at: ProblemsAt) -> str:
    # A conditional format may look at another tab through INDIRECT alone, so a renamed Problems
    # is found no more and the cell stays white: the tab itself still says what is wrong.
    column = at.area(at.lookup).replace('"', '""')
    key = sought(spec.tab, f"${letter(places[spec.key_column])}2", _MARK)
    filled = f"COUNTA($A2:${letter(places['check'] - 1)}2)>0"
    return f'=AND({filled}{_MARK}COUNTIF(INDIRECT("{column}"){_MARK}{key})>0)'


def _colouring(whole: Mapping[str, int], formula: str, fill: str, text: str) -> Request:
    look = {
        "backgroundColorStyle": colour(fill),
        "textFormat": {"foregroundColorStyle": colour(text)},
    }
    rule = {"condition": _formula(formula), "format": look}
    return {
        "addConditionalFormatRule": {"rule": {"ranges": [whole], "booleanRule": rule}, "index": 0}
    }


def _formula(text: str) -> dict[str, Any]:
    return {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": text}]}

"""Does the fake apply batches as Google does? Through the real gspread.

Each test says where its literal stands: [disc], [doc], a [cassette] of gspread's own suite, [issues].
"""

from __future__ import annotations

from typing import Any

import gspread
import pytest

from tests.google.driving import batch, get, insert, span, text_of, write


def test_rows_at_the_end_need_something_before_them(client: gspread.Client) -> None:
    """[issues: pygsheets#46, gspread#1091]"""
    with pytest.raises(gspread.exceptions.APIError) as refusal:
        batch(client, insert(1000, 1002))
    assert text_of(refusal) == (
        "Invalid requests[0].insertDimension: range.startIndex must be less than the grid size "
        "(1000) if inheritFromBefore is false."
    )

    batch(client, insert(1000, 1002, inheritFromBefore=True))
    assert get(client)["sheets"][0]["properties"]["gridProperties"]["rowCount"] == 1002


def test_inserted_rows_look_like_the_row_before(client: gspread.Client) -> None:
    """[disc: inheritFromBefore; formats and validation go along, shared/sheets.md 1.4]"""
    rule = {"condition": {"type": "TEXT_IS_EMAIL"}, "strict": True}
    one = {
        "userEnteredFormat": {"numberFormat": {"type": "TEXT"}},
        "note": "n",
        "dataValidation": rule,
    }
    start = {"sheetId": 0, "rowIndex": 1, "columnIndex": 0}
    fields = "userEnteredFormat,note,dataValidation"
    dress = {"updateCells": {"start": start, "rows": [{"values": [one]}], "fields": fields}}
    batch(client, dress, insert(2, 3, inheritFromBefore=True))

    mask = "sheets.data.rowData.values(userEnteredFormat,note,dataValidation)"
    told = get(client, fields=mask, ranges="A3")["sheets"][0]["data"][0]["rowData"][0]["values"][0]
    assert told == {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}, "dataValidation": rule}


def test_a_written_range_is_cleared_where_no_data_are(
    client: gspread.Client, tab: gspread.Worksheet
) -> None:
    """[disc: UpdateCellsRequest.range]"""
    tab.update([["a", "b"], ["c", "d"], ["e", "f"]], "A1")
    area = {"sheetId": 0, "endRowIndex": 2, "endColumnIndex": 2}
    rows = [{"values": [{"userEnteredValue": {"numberValue": 1}}]}]
    batch(client, {"updateCells": {"range": area, "rows": rows, "fields": "userEnteredValue"}})

    assert tab.get_all_values() == [["1", ""], ["", ""], ["e", "f"]]


def test_text_that_looks_like_a_formula_stays_text(
    client: gspread.Client, tab: gspread.Worksheet
) -> None:
    """[disc: ExtendedValue]"""
    batch(
        client, write(0, {"stringValue": "=1+1"}, {"formulaValue": "=1+1"}, {"stringValue": "007"})
    )

    assert get(client, "/values/A1:C1", valueRenderOption="FORMULA")["values"] == [
        ["=1+1", "=1+1", "007"]
    ]
    assert get(client, "/values/A1:C1", valueRenderOption="UNFORMATTED_VALUE")["values"] == [
        ["=1+1", 2, "007"]
    ]


def test_a_repeated_formula_moves_with_its_cell(client: gspread.Client) -> None:
    """[disc: RepeatCellRequest, its own example]"""
    area = {"startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 1, "endColumnIndex": 3}
    cell = {"userEnteredValue": {"formulaValue": '=IF(A1=$A$1;"A1";B$2)'}}
    fields = "userEnteredValue"
    batch(client, {"repeatCell": {"range": area, "cell": cell, "fields": fields}})

    told = get(client, "/values/B2:C4", valueRenderOption="FORMULA")["values"]
    assert told[0] == ['=IF(A1=$A$1;"A1";B$2)', '=IF(B1=$A$1;"A1";C$2)']
    assert told[2] == ['=IF(A3=$A$1;"A1";B$2)', '=IF(B3=$A$1;"A1";C$2)']


def test_the_answer_shows_the_state_after_the_write(client: gspread.Client) -> None:
    """[disc: includeSpreadsheetInResponse, responseRanges, responseIncludeGridData]"""
    more = {
        "includeSpreadsheetInResponse": True,
        "responseRanges": ["A1:B1"],
        "responseIncludeGridData": True,
    }
    told = batch(client, write(0, {"numberValue": 2.5}), **more)

    row = told["updatedSpreadsheet"]["sheets"][0]["data"][0]["rowData"][0]["values"]
    assert row == [
        {
            "userEnteredValue": {"numberValue": 2.5},
            "effectiveValue": {"numberValue": 2.5},
            "formattedValue": "2.5",
        }
    ]


def test_a_tab_is_added_once(client: gspread.Client) -> None:
    """[cassette test_add_del_worksheet; issues: "Please enter another name."]"""
    size = {"rowCount": 1, "columnCount": 1}
    add = {"addSheet": {"properties": {"sheetId": 5, "title": "Own", "gridProperties": size}}}
    assert batch(client, add)["replies"][0]["addSheet"]["properties"] == {
        "sheetId": 5,
        "title": "Own",
        "index": 1,
        "sheetType": "GRID",
        "gridProperties": size,
    }

    with pytest.raises(gspread.exceptions.APIError) as refusal:
        batch(client, {"addSheet": {"properties": {"title": "own"}}})
    assert text_of(refusal) == (
        'Invalid requests[0].addSheet: A sheet with the name "own" already exists. '
        "Please enter another name."
    )


def test_a_protection_is_told_without_the_zero_of_its_sheet(client: gspread.Client) -> None:
    """[cassette test_add_protected_range_normal]"""
    area = {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
    asked = {"range": area | {"sheetId": 0}, "description": None, "warningOnly": False}
    reply = batch(client, {"addProtectedRange": {"protectedRange": asked}})["replies"][0]
    told = reply["addProtectedRange"]["protectedRange"]

    assert (told["range"], told["requestingUserCanEdit"]) == (area, True)
    assert not {"description", "warningOnly"} & set(told)


@pytest.mark.parametrize(
    ("request_", "says"),
    [
        (
            insert(0, 1, colour="red"),
            "Invalid JSON payload received. Unknown name \"colour\" at 'requests[0].insert_dimension': Cannot find field.",
        ),
        (
            {"insertRow": {}},
            "Invalid JSON payload received. Unknown name \"insertRow\" at 'requests[0]': Cannot find field.",
        ),
        (
            {"insertDimension": {"range": span(0, 1) | {"startIndex": "x"}}},
            "Invalid value at 'requests[0].insert_dimension.range.start_index' (TYPE_INT32), \"x\"",
        ),
        (
            {"deleteDimension": {"range": {**span(0, 1), "sheetId": 3}}},
            "Invalid requests[0].deleteDimension: No grid with id: 3",
        ),
        (
            {"deleteDimension": {"range": span(999, 1001)}},
            "Invalid requests[0].deleteDimension: Cannot delete a row that doesn't exist. Tried to delete row index 1000 but there are only 1000 rows.",
        ),
        (
            {"deleteSheet": {"sheetId": 0}},
            "Invalid requests[0].deleteSheet: You can't remove all the sheets in a document.",
        ),
        (
            write(0, *[{"numberValue": 1}] * 27),
            "Invalid requests[0].updateCells: Attempting to write column: 26, beyond the last requested column of: 25",
        ),
        (
            write(1000, {"numberValue": 1}),
            "Invalid requests[0].updateCells: GridCoordinate.rowIndex[1000] is after last row in grid[999]",
        ),
        (
            {"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 400_000}},
            "Invalid requests[0].appendDimension: This action would increase the number of cells in the workbook above the limit of 10000000 cells.",
        ),
        (
            {"repeatCell": {"range": {"sheetId": 0}, "cell": {}}},
            "Invalid requests[0].repeatCell: At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)",
        ),
    ],
)
def test_a_request_that_does_not_fit_is_refused_in_googles_words(
    client: gspread.Client, request_: dict[str, Any], says: str
) -> None:
    """[issues, quoted in errors.py, cells.py, dimensions.py and schema.py]"""
    with pytest.raises(gspread.exceptions.APIError) as refusal:
        batch(client, request_)

    assert (refusal.value.code, refusal.value.error["status"]) == (400, "INVALID_ARGUMENT")
    assert text_of(refusal) == says


def test_a_range_of_no_tab_cannot_be_parsed(client: gspread.Client) -> None:
    """[recorded by r-lib/gargle: "Request with invalid argument (Sheets, bad range)"]"""
    with pytest.raises(gspread.exceptions.APIError) as refusal:
        get(client, "/values/NOPE!A5:F15")

    assert text_of(refusal) == "Unable to parse range: NOPE!A5:F15"

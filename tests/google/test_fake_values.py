"""Does the fake read and write values as Google does? Through the real gspread.

Each test says where its literal stands: [disc], [doc], a [cassette] of gspread's own suite, [issues].
"""

from __future__ import annotations

import gspread
import pytest
from gspread.utils import InsertDataOption

from tests.google.driving import get, post
from tests.google.fake import FakeGoogle


def test_a_second_append_drifts_right_of_a_gap(tab: gspread.Worksheet) -> None:
    """[cassette test_append_row_with_empty_value]"""
    first = tab.append_row(["1", "", "3"])
    second = tab.append_row(["1", "", "3"])

    assert "tableRange" not in first
    assert first["updates"]["updatedRange"] == "Sheet1!A1:C1"
    assert (second["tableRange"], second["updates"]["updatedRange"]) == (
        "Sheet1!C1",
        "Sheet1!C2:E2",
    )
    assert tab.row_values(2) == ["", "", "1", "", "3"]


@pytest.mark.parametrize(
    ("where", "lands"),
    [
        ("Sheet1", "B7"),
        ("C5:D5", "B7"),
        ("B2:D4", "B7"),
        ("A3:G10", "B7"),
        ("A1", "A3"),
        ("E4", "E4"),
    ],
)
def test_append_finds_the_last_table_in_the_range(
    client: gspread.Client, tab: gspread.Worksheet, where: str, lands: str
) -> None:
    """[doc: the example of the guide "Append values", tables A1:C2 and B4:D6]"""
    tab.update([["x", "y", "z"]] * 2, "A1:C2")
    tab.update([["x", "y", "z"]] * 3, "B4:D6")

    told = client.http_client.values_append(
        "book", where, {"valueInputOption": "RAW"}, {"values": [[1]]}
    )

    assert told["updates"]["updatedRange"] == f"Sheet1!{lands}"


def test_append_overwrites_what_follows_unless_rows_are_inserted(tab: gspread.Worksheet) -> None:
    """[disc: insertDataOption]"""
    tab.update([["a"], [""], ["", "below"]], "A1:B3")
    tab.append_rows(
        [[1, 2], [3, 4]], table_range="A1", insert_data_option=InsertDataOption.insert_rows
    )
    assert tab.col_values(2) == ["", "2", "4", "", "below"]

    tab.append_rows([[5, 6], [7, 8]], table_range="A1")
    assert tab.col_values(2) == ["", "2", "4", "6", "8"]


def test_empty_rows_and_cells_at_the_end_are_left_out(
    client: gspread.Client, tab: gspread.Worksheet
) -> None:
    """[cassettes test_get_all_values_date_time_render_options, test_append_row_with_empty_value]"""
    empty = client.http_client.values_get("book", "'Sheet1'!A1:D2")
    assert empty == {"range": "Sheet1!A1:D2", "majorDimension": "ROWS"}

    tab.update([["", "", "x", ""], ["", ""], ["y", "", ""]], "A1:D3")
    told = client.http_client.values_get("book", "Sheet1!A1:1")
    assert told["range"] == "Sheet1!A1:Z1"
    assert get(client, "/values/Sheet1")["values"] == [["", "", "x"], [], ["y"]]


def test_typing_is_understood_and_raw_text_is_kept(tab: gspread.Worksheet) -> None:
    """[cassette test_update_cell: "42" for "0042"; disc: RAW]"""
    tab.update_cell(1, 1, "0042")
    tab.update([["0042", "=1+1", "2020-01-01"]], "B1", raw=True)

    assert tab.get("A1:D1", value_render_option=gspread.utils.ValueRenderOption.unformatted) == [
        [42, "0042", "=1+1", "2020-01-01"]
    ]


@pytest.mark.parametrize(
    ("value", "date", "expected"),
    [
        ("FORMATTED_VALUE", "SERIAL_NUMBER", ["2", "2020-01-01", "string", "53"]),
        ("UNFORMATTED_VALUE", "SERIAL_NUMBER", [2, 43831, "string", 53]),
        ("UNFORMATTED_VALUE", "FORMATTED_STRING", [2, "2020-01-01", "string", 53]),
        ("FORMULA", "SERIAL_NUMBER", ["=4/2", 43831, "string", 53]),
    ],
)
def test_cells_read_as_the_render_options_say(
    client: gspread.Client, tab: gspread.Worksheet, value: str, date: str, expected: list[object]
) -> None:
    """[cassette test_get_all_values_date_time_render_options]"""
    told = tab.update(
        [["=4/2", "2020-01-01", "string", 53], ["=3/2", 0.12, "", None]], "A1:D2", raw=False
    )
    assert (told["updatedRows"], told["updatedColumns"], told["updatedCells"]) == (2, 4, 7)

    read = get(client, "/values/A1:D1", valueRenderOption=value, dateTimeRenderOption=date)
    assert read["values"] == [expected]


@pytest.mark.parametrize(
    ("typed", "number", "read"),
    [
        ("1,5", 1.5, "1,5"),
        ("1.5", 46143, "01.05.2026"),
        ("1 000,50", 1000.5, "1000,5"),
        ("03.11.2026", 46329, "03.11.2026"),
        ("=SUM(1,5;2)", 3.5, "3,5"),
        ("=SUM(1, 2)", "#ERROR!", "#ERROR!"),
        ("=SUM(1.5;2)", "#ERROR!", "#ERROR!"),
    ],
)
def test_a_russian_sheet_has_its_own_marks(
    google: FakeGoogle,
    client: gspread.Client,
    tab: gspread.Worksheet,
    typed: str,
    number: object,
    read: str,
) -> None:
    """[issues in shared/sheets.md 1.4; 46143 is the 1st of May 2026]"""
    google.books["book"].locale = "ru_RU"
    google.today = google.today.replace(2026, 11, 22)
    tab.update([[typed]], "A1", raw=False)

    assert get(client, "/values/A1", valueRenderOption="UNFORMATTED_VALUE")["values"] == [[number]]
    assert get(client, "/values/A1")["values"] == [[read]]


def test_a_sum_passes_over_numbers_that_are_text(tab: gspread.Worksheet) -> None:
    """[doc: SUM]"""
    tab.update([[1.5, "2", -0.25]], "A2", raw=True)
    tab.update(
        [
            ["=SUM(A2:C2;Sheet1!A2)"],
        ],
        "A1",
        raw=False,
    )

    assert tab.acell("A1").value == "2.75"


def test_values_are_found_by_filters_of_the_grid(
    client: gspread.Client, tab: gspread.Worksheet
) -> None:
    """[disc: MatchedValueRange; sheetId 0 left out as in cassette test_add_protected_range_normal]"""
    tab.update([["h"], ["a"], ["b"]], "A1")
    one = {"gridRange": {"sheetId": 0, "startRowIndex": 1, "endColumnIndex": 1}}
    told = post(client, "/values:batchGetByDataFilter", {"dataFilters": [one]})

    assert told["valueRanges"][0]["valueRange"]["range"] == "Sheet1!A2:A1000"
    assert told["valueRanges"][0]["valueRange"]["values"] == [["a"], ["b"]]
    del one["gridRange"]["sheetId"]
    assert told["valueRanges"][0]["dataFilters"] == [one]

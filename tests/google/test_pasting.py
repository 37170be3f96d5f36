"""Does the fake paste as Google does? Through the real gspread; where a literal was learned, in []."""

from __future__ import annotations

from typing import Any

import gspread
import pytest

from tests.google.driving import batch, get, text_of, write


def area(top: int, bottom: int, left: int, right: int) -> dict[str, int]:
    rows = {"startRowIndex": top, "endRowIndex": bottom}
    return rows | {"startColumnIndex": left, "endColumnIndex": right}


def copy(source: dict[str, int], destination: dict[str, int], kind: str) -> dict[str, Any]:
    return {"copyPaste": {"source": source, "destination": destination, "pasteType": kind}}


def test_a_pasted_formula_moves_with_its_cell(client: gspread.Client) -> None:
    """[inferred: as by hand]"""
    below, rows = area(5, 6, 1, 2), area(2, 5, 1, 2)
    batch(client, write(5, {}, {"formulaValue": "=A6+$A$1"}), copy(below, rows, "PASTE_FORMULA"))

    told = get(client, "/values/B3:B6", valueRenderOption="FORMULA")["values"]
    assert told == [["=A3+$A$1"], ["=A4+$A$1"], ["=A5+$A$1"], ["=A6+$A$1"]]


def test_a_block_is_repeated_where_it_fits_a_whole_number_of_times(client: gspread.Client) -> None:
    """[disc: CopyPasteRequest.destination]"""
    two = write(0, {"stringValue": "a"}, {"numberValue": 7})
    batch(client, two, copy(area(0, 1, 0, 2), area(1, 3, 0, 4), "PASTE_NORMAL"))

    told = get(client, "/values/A1:E4", valueRenderOption="UNFORMATTED_VALUE")["values"]
    assert told == [["a", 7], ["a", 7, "a", 7], ["a", 7, "a", 7]]


def test_a_smaller_destination_takes_the_whole_source(client: gspread.Client) -> None:
    """[disc: CopyPasteRequest.destination]"""
    two = write(0, {"stringValue": "a"}, {"stringValue": "b"})
    batch(client, two, copy(area(0, 1, 0, 2), area(2, 3, 3, 4), "PASTE_FORMULA"))

    assert get(client, "/values/A3:F3")["values"] == [["", "", "", "a", "b"]]


@pytest.mark.parametrize(("kind", "dressed"), [("PASTE_NORMAL", True), ("PASTE_FORMULA", False)])
def test_only_a_normal_paste_brings_the_look(
    client: gspread.Client, kind: str, *, dressed: bool
) -> None:
    """[disc: enumDescriptions of pasteType]"""
    cell = {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}}
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
    rows = [{"values": [cell]}]
    dress = {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredFormat"}}
    batch(client, dress, copy(area(0, 1, 0, 1), area(1, 2, 0, 1), kind))

    mask = "sheets.data.rowData.values.userEnteredFormat"
    data = get(client, fields=mask, ranges="A2")["sheets"][0]["data"][0]
    assert (data.get("rowData") == [{"values": [cell]}]) is dressed


def test_a_paste_beyond_the_grid_is_refused(client: gspread.Client) -> None:
    """[inferred]"""
    with pytest.raises(gspread.exceptions.APIError) as refusal:
        batch(client, copy(area(0, 2, 0, 1), area(999, 1000, 0, 1), "PASTE_NORMAL"))

    assert text_of(refusal).startswith("Invalid requests[0].copyPaste: ")

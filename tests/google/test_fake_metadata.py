"""Does the fake keep developer metadata, masks and errors as Google does? Through the real gspread.

Each test says where its literal stands: [disc], [doc], a [cassette] of gspread's own suite, [issues].
"""

from __future__ import annotations

import gspread
import pytest

from tests.google.driving import batch, fence, get, insert, post, span, text_of, write


def test_a_new_spreadsheet_is_told_with_the_zeros_of_its_first_sheet(
    client: gspread.Client,
) -> None:
    """[cassette test_access_private_spreadsheet]"""
    told = get(client, includeGridData="false")

    assert list(told) == ["spreadsheetId", "properties", "sheets", "spreadsheetUrl"]
    assert told["sheets"] == [
        {
            "properties": {
                "sheetId": 0,
                "title": "Sheet1",
                "index": 0,
                "sheetType": "GRID",
                "gridProperties": {"rowCount": 1000, "columnCount": 26},
            }
        }
    ]


def test_a_mask_tells_what_it_names_and_no_more(
    client: gspread.Client, tab: gspread.Worksheet
) -> None:
    """[doc: field masks; disc: a mask overrides includeGridData]"""
    tab.update([["a", 2]], "B2")
    mask = (
        "properties.title,sheets(properties/sheetId,data(startRow,rowData.values.userEnteredValue))"
    )

    told = get(client, fields=mask, ranges="Sheet1!B2:C2", includeGridData="false")

    cells = [{"userEnteredValue": {"stringValue": "a"}}, {"userEnteredValue": {"numberValue": 2}}]
    data = [{"startRow": 1, "rowData": [{"values": cells}]}]
    assert told == {
        "properties": {"title": "Partners"},
        "sheets": [{"properties": {"sheetId": 0}, "data": data}],
    }


def test_a_mask_of_what_does_not_exist_is_refused(client: gspread.Client) -> None:
    """[recorded by r-lib/gargle: "Request with bad field mask (Sheets)"]"""
    with pytest.raises(gspread.exceptions.APIError) as refusal:
        get(client, fields="sheets.sheetProperties")

    assert text_of(refusal) == "Request contains an invalid argument."
    violation = refusal.value.error["details"][0]["fieldViolations"][0]
    assert violation["description"] == (
        "Error expanding 'fields' parameter. "
        "Cannot find matching fields for path 'sheets.sheetProperties'."
    )


def test_an_id_in_use_refuses_the_whole_batch(
    client: gspread.Client, tab: gspread.Worksheet
) -> None:
    """[doc, metadata guide: "If you specify an ID that's already in use ..."; disc: all or none]"""
    batch(client, fence(7), write(0, {"stringValue": "first"}))

    with pytest.raises(gspread.exceptions.APIError) as refusal:
        batch(client, write(0, {"stringValue": "second"}), fence(7))

    assert refusal.value.code == 400
    assert tab.acell("A1").value == "first"


def test_metadata_are_told_found_and_deleted_as_the_guide_shows(client: gspread.Client) -> None:
    """[doc, metadata guide: requests and answers]"""
    told = batch(client, fence(9, dimensionRange=span(6, 7)))
    entry = told["replies"][0]["createDeveloperMetadata"]["developerMetadata"]
    assert entry["location"] == {
        "locationType": "ROW",
        "dimensionRange": {"dimension": "ROWS", "startIndex": 6, "endIndex": 7},
    }
    assert get(client, "/developerMetadata/9") == entry

    lookup = {"developerMetadataLookup": {"metadataId": 9}}
    found = post(client, "/developerMetadata:search", {"dataFilters": [lookup]})
    assert found == {
        "matchedDeveloperMetadata": [{"developerMetadata": entry, "dataFilters": [lookup]}]
    }
    gone = batch(client, {"deleteDeveloperMetadata": {"dataFilter": lookup}})
    assert gone["replies"] == [{"deleteDeveloperMetadata": {"deletedDeveloperMetadata": [entry]}}]
    with pytest.raises(gspread.exceptions.APIError) as refusal:
        get(client, "/developerMetadata/9")
    assert (refusal.value.code, text_of(refusal)) == (404, "No developer metadata with ID 9")


def test_metadata_move_with_their_row_and_go_with_it(client: gspread.Client) -> None:
    """[disc: DeveloperMetadata]"""
    batch(client, fence(1, dimensionRange=span(4, 5)), insert(2, 5))
    assert get(client, "/developerMetadata/1")["location"]["dimensionRange"] == {
        "dimension": "ROWS",
        "startIndex": 7,
        "endIndex": 8,
    }

    told = batch(client, {"deleteDimension": {"range": span(7, 8)}})
    assert told["replies"] == [{}]
    with pytest.raises(gspread.exceptions.APIError):
        get(client, "/developerMetadata/1")


@pytest.mark.parametrize(("more", "fits"), [(0, True), (1, False)])
def test_metadata_have_30000_characters(client: gspread.Client, more: int, fits: bool) -> None:  # noqa: FBT001
    """[doc, metadata guide; the key "k" is one of them]"""
    big = fence(1)
    big["createDeveloperMetadata"]["developerMetadata"]["metadataValue"] = "v" * (29_999 + more)
    if fits:
        batch(client, big)
        return
    with pytest.raises(gspread.exceptions.APIError):
        batch(client, big)

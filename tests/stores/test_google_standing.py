"""What is a spreadsheet made of, what does a batch ask for, and which rows does an undo take out?"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tracker.cells import Cell
from tracker.layout import LAYOUT, Tab
from tracker.problems import Stop
from tracker.stores import Commit, Generation, Link
from tracker.stores.google_sheets.appending import Batch, Placed, batch_of
from tracker.stores.google_sheets.reading import Grid
from tracker.stores.google_sheets.seen import Seen
from tracker.stores.google_sheets.standing import Fence, SheetInfo, Standing, read_standing
from tracker.stores.google_sheets.undo import rows_to_take_out, undo_batch


def sheet(sheet_id: int, title: str, mark: str | None = None, **more: Any) -> dict[str, Any]:
    properties = {"title": title, "gridProperties": {"rowCount": 5, "columnCount": 4}} | more
    if sheet_id:
        properties["sheetId"] = sheet_id  # Google leaves a zero out
    found: dict[str, Any] = {"properties": properties}
    if mark is not None:
        found["developerMetadata"] = [{"metadataKey": "tracker.tab", "metadataValue": mark}]
    return found


def seen(*sheets: dict[str, Any], **more: Any) -> Standing:
    return read_standing({"properties": {"title": "Book"}, "sheets": list(sheets)} | more)


def test_the_first_sheet_has_the_id_zero_that_google_leaves_out() -> None:
    found = seen(sheet(0, "Partners", sheetType="GRID"), sheet(5, "Мои записи"))
    assert found.tabs[Tab.PARTNERS].sheet_id == 0
    assert (found.tabs[Tab.PARTNERS].rows, found.tabs[Tab.PARTNERS].columns) == (5, 4)
    assert list(found.tabs) == [Tab.PARTNERS]
    assert found.cells == 40


def test_a_renamed_tab_is_ours_by_its_mark_and_an_unmarked_one_by_its_title() -> None:
    found = seen(sheet(3, "Наши люди", "Partners"), sheet(4, "ПАРТНЁРЫ?"),
                 sheet(5, "ПРОМОКОДЫ"))  # fmt: skip
    assert found.tabs[Tab.PARTNERS].sheet_id == 3
    assert found.tabs[Tab.CODES].sheet_id == 5
    assert (found.tabs[Tab.PARTNERS].marked, found.tabs[Tab.CODES].marked) == (True, False)


def test_of_a_tab_and_its_duplicate_the_one_with_the_true_title_is_ours() -> None:
    found = seen(sheet(3, "Copy of Partners", "Partners"), sheet(4, "Partners", "Partners"))
    assert found.tabs[Tab.PARTNERS].sheet_id == 4


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (sheet(3, "Mine", "Partners"), sheet(4, "Copy of Mine", "Partners")),
        (sheet(3, "Partners"), sheet(4, "Партнёры")),
        (sheet(3, "Partners", "Partners"), sheet(4, "Партнёры", "Partners")),
        (sheet(3, "Mine", "Partners"), sheet(4, "Partners")),
        (sheet(3, "Partners"), sheet(4, "Mine", "Partners")),
    ],
)
def test_two_tabs_of_which_either_may_be_ours_stop_the_run(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    with pytest.raises(Stop) as stop:
        seen(first, second)
    titles = (first["properties"]["title"], second["properties"]["title"])
    assert stop.value.code == "tab_doubled"
    assert tuple(value for _, value in stop.value.params) == titles


def test_a_chart_on_a_sheet_of_its_own_is_no_tab() -> None:
    found = seen({"properties": {"sheetId": 4, "title": "Partners", "sheetType": "OBJECT"}})
    assert (found.tabs, found.cells) == ({}, 0)


def test_fences_come_in_the_order_of_their_numbers_and_others_metadata_is_left_out() -> None:
    key = "tracker.generation"
    found = seen(developerMetadata=[
        {"metadataId": 12, "metadataKey": key, "metadataValue": "12 b 1700000009"},
        {"metadataId": 4, "metadataKey": "somebody's", "metadataValue": "x 1"},
        {"metadataId": 11, "metadataKey": key, "metadataValue": "11 a"},
        # A copy of the spreadsheet numbered it anew: it says nothing of this one.
        {"metadataId": 77, "metadataKey": key, "metadataValue": "13 c 1700000010"},
    ])  # fmt: skip
    assert found.fences == (Fence(11, "a", 0), Fence(12, "b", 1_700_000_009))


def test_the_hidden_tab_is_found_by_its_title() -> None:
    found = seen(sheet(0, "Partners"), sheet(9, "_tracker"))
    assert found.hidden is not None
    assert (found.hidden.sheet_id, found.hidden.tab) == (9, None)


def test_a_tab_that_is_not_there_is_named_in_both_languages() -> None:
    with pytest.raises(Stop) as stop:
        seen().sheet(Tab.PARTNERS)
    assert stop.value.params == (("tab", "Partners"), ("tab_ru", "Партнёры"))


# -- What a batch asks for

RUNS = [column.key for column in LAYOUT[Tab.RUNS].columns]
BEFORE = Generation(4, "n4")
AFTER = Generation(5, "n5")


def book(tab: Tab, headings: list[str | None], rows: int, last: int) -> Seen:
    ours = SheetInfo(7, "It's ours", rows, len(headings), tab)
    hidden = SheetInfo(9, "_tracker", 4, 2)
    found = Standing("Book", "", "", (ours, hidden), (Fence(4, "n4", 0),), {tab: ours}, hidden)
    return Seen(found, BEFORE, BEFORE, {"a": "1"}, {tab: headings}, {tab: last})


def batch(seen: Seen, **written: Any) -> Batch:
    return batch_of(Commit(base=BEFORE, **written), seen, AFTER, 1_000)


def kinds(made: Batch) -> list[str]:
    return [next(iter(request)) for request in made.requests]


def test_a_batch_begins_with_its_fence_inserts_rows_and_ends_with_the_hidden_tab() -> None:
    made = batch(book(Tab.RUNS, [*RUNS], 10, 6), appends={Tab.RUNS: [{"run_id": "rn_1"}] * 2})
    assert kinds(made) == [
        "createDeveloperMetadata",
        "insertDimension",
        "updateCells",
        "updateCells",
    ]
    place = {"sheetId": 7, "dimension": "ROWS", "startIndex": 6, "endIndex": 8}
    assert made.requests[1]["insertDimension"] == {"range": place, "inheritFromBefore": True}
    assert made.requests[2]["updateCells"]["start"] == {
        "sheetId": 7,
        "rowIndex": 6,
        "columnIndex": 0,
    }
    cells = made.requests[2]["updateCells"]["rows"][1]["values"]
    assert cells == [{"userEnteredValue": {"stringValue": "rn_1"}}] + [{}] * (len(RUNS) - 1)
    assert made.body()["responseRanges"] == ["'It''s ours'!1:1", "'It''s ours'!A7:A8"]
    assert made.about == ["", "It's ours", "It's ours", ""]


def test_a_commit_of_state_alone_does_not_ask_for_the_whole_spreadsheet() -> None:
    made = batch(book(Tab.RUNS, [*RUNS], 10, 6), state={"b": "2"})
    assert made.body() == {"requests": made.requests}
    hidden = made.requests[-1]["updateCells"]
    words = [
        [c["userEnteredValue"]["stringValue"] for c in row["values"]] for row in hidden["rows"]
    ]
    assert words == [["a", "1"], ["b", "2"], ["generation", "5"], ["nonce", "n5"]]


def test_the_hidden_tab_gets_the_rows_it_lacks_first() -> None:
    made = batch(book(Tab.RUNS, [*RUNS], 10, 6), state={"b": "2"})
    assert kinds(made) == ["createDeveloperMetadata", "insertDimension", "updateCells"]
    added = made.requests[1]["insertDimension"]["range"]
    assert (added["startIndex"], added["endIndex"]) == (4, 5)
    assert made.requests[2]["updateCells"]["range"]["endRowIndex"] == 5


@pytest.mark.parametrize(
    ("rows", "last", "start", "before"),
    [(10, 1, 1, False), (1, 1, 1, True), (10, 2, 2, True), (5, 9, 5, True), (5, 5, 5, True)],
)
def test_new_rows_look_like_those_above_but_not_like_the_heading(
    rows: int, last: int, start: int, *, before: bool
) -> None:
    made = batch(book(Tab.RUNS, [*RUNS], rows, last), appends={Tab.RUNS: [{"run_id": "rn_1"}]})
    inserted = made.requests[1]["insertDimension"]
    assert (inserted["range"]["startIndex"], inserted["inheritFromBefore"]) == (start, before)


def test_a_report_is_rewritten_in_its_own_columns_alone() -> None:
    keys: list[str | None] = [column.key for column in LAYOUT[Tab.PROBLEMS].columns]
    headings = [None, keys[0], "my notes", *keys[1:]]
    row: dict[str, Cell | Link] = {
        "tab": "Codes",
        "says": "?",
        "cell": Link("C5", Tab.PROBLEMS, "C5"),
    }
    made = batch(book(Tab.PROBLEMS, headings, 8, 3), reports={Tab.PROBLEMS: [row]})
    areas = [request["updateCells"]["range"] for request in made.requests[1:3]]
    places = [(one["startColumnIndex"], one["endColumnIndex"]) for one in areas]
    assert places == [(1, 2), (3, 2 + len(keys))]
    assert [(one["startRowIndex"], one["endRowIndex"]) for one in areas] == [(1, 8)] * 2
    link = made.requests[2]["updateCells"]["rows"][0]["values"][0]["userEnteredFormat"]
    assert link == {"textFormat": {"link": {"uri": "#gid=7&range=C5"}}}


# -- What an undo takes out


def placed(*rows: list[Cell]) -> Placed:
    return Placed(Tab.RUNS, SheetInfo(7, "Runs", 9, 3, Tab.RUNS), {"run_id": 0, "at": 1}, rows, 4)


def test_written_rows_are_found_by_what_they_hold_wherever_they_are_now() -> None:
    grid = Grid(
        ["run_id"], [(2, ["r2", "", 3]), (3, ["r1", "x"]), (4, ["", "r1", "x"]), (5, ["r3"])]
    )
    ours = placed(["r1", "x", None], ["r2", None, Decimal(3)])
    assert rows_to_take_out([ours], {7: grid}) == {7: [2, 3]}


def test_of_equal_rows_the_last_ones_are_taken_out() -> None:
    grid = Grid([], [(number, ["r1"]) for number in (2, 3, 4)])
    assert rows_to_take_out([placed(["r1"], ["r1"])], {7: grid}) == {7: [3, 4]}


@pytest.mark.parametrize("left", [["r1", "y"], ["", "r1", "x"], [True]])
def test_a_row_that_is_no_longer_as_it_was_written_is_left_to_a_person(left: list[Any]) -> None:
    with pytest.raises(Stop) as stop:
        rows_to_take_out([placed(["r1", "x"])], {7: Grid([], [(5, left)])})
    assert stop.value.code == "google_columns_moved"
    assert stop.value.params == (("cells", "A5:A5"), ("tab", "Runs"))


def test_what_the_owner_keeps_beside_our_columns_is_not_compared() -> None:
    grid = Grid([], [(5, ["r1", "x", "owner's"])])
    assert rows_to_take_out([placed(["r1", "x"])], {7: grid}) == {7: [5]}


def test_rows_are_taken_out_from_below_so_that_those_above_keep_their_numbers() -> None:
    seen = book(Tab.RUNS, [*RUNS], 20, 12)
    made = undo_batch(seen, AFTER, 1_000, {7: [3, 9, 10, 5]}, {"a": "0"})
    gone = [request["deleteDimension"]["range"] for request in made.requests[1:4]]
    assert [(one["startIndex"], one["endIndex"]) for one in gone] == [(8, 10), (4, 5), (2, 3)]
    assert kinds(made)[4:] == ["updateCells"]

"""Does a batch do what the store rests on? Whole or not at all, rows where they belong, marks.

A probe returns when the fact holds; Broken says that it does not, Untold that nobody could see.
"""

from __future__ import annotations

from decimal import Decimal

from tracker.cells import Cell
from tracker.stores.google_sheets.appending import VALUES
from tracker.stores.google_sheets.live_bench import Bench, Untold, said
from tracker.stores.google_sheets.live_marks import PROBE_KEY, drop, mark
from tracker.stores.google_sheets.live_steps import (
    WHOLE,
    Seen,
    expect,
    insert,
    marks_left,
    put,
    refused,
    update,
)
from tracker.stores.google_sheets.standing import FIELDS, read_standing
from tracker.stores.google_sheets.verifying import FIELDS as ANSWER_FIELDS
from tracker.stores.google_sheets.wire import Refused

PATTERN = "0.000"
"""A number format that no new cell has."""


def fence(bench: Bench) -> Seen:
    """Send a batch whose first request makes metadata under an id that is taken."""
    number = bench.new_id()
    bench.fresh()
    bench.need(put(bench, 0, ["before"]), mark(number, WHOLE, "first"))
    answer = bench.send(mark(number, WHOLE, "second"), put(bench, 0, ["after"]))
    words = refused(answer)
    expect(bench.values(1, 1), [["before"]])
    return "refused", words


def atomic(bench: Bench) -> Seen:
    """Send a batch whose last request cannot be done."""
    bench.fresh(rows=5)
    number = bench.new_id()
    bench.need(put(bench, 0, ["before"]))
    answer = bench.send(
        put(bench, 0, ["after"]), insert(bench, 1, 3), mark(number, WHOLE), put(bench, 900, ["x"])
    )
    words = refused(answer)
    expect(bench.values(1, 1), [["before"]])
    expect(bench.told("protectedRanges")["properties"]["gridProperties"]["rowCount"], 5)
    expect(number in marks_left(bench), wanted=False)
    return "refused", words


def answer_shows(bench: Bench) -> Seen:
    """Insert rows and ask, in the same call, for heading, first column and a mark just made."""
    bench.fresh()
    number = bench.new_id()
    bench.need(put(bench, 0, ["name", "sum"]))
    quoted = bench.tab.quoted
    answer = bench.need(
        mark(number, WHOLE),
        insert(bench, 1, 3),
        put(bench, 1, ["line-1", Decimal(1)]),
        put(bench, 2, ["line-2", Decimal(2)]),
        fields=ANSWER_FIELDS,
        includeSpreadsheetInResponse=True,
        responseRanges=[f"{quoted}!1:1", f"{quoted}!A2:A3"],
        responseIncludeGridData=True,
    )
    shown = {
        int(data.get("startRow", 0)): [
            [cell.get("effectiveValue", {}).get("stringValue") for cell in row.get("values", ())]
            for row in data.get("rowData", ())
        ]
        for sheet in answer.get("updatedSpreadsheet", {}).get("sheets", ())
        if int(sheet.get("properties", {}).get("sheetId", 0)) == bench.tab.sheet_id
        for data in sheet.get("data", ())
    }
    expect(shown, {0: [["name", "sum"]], 1: [["line-1"], ["line-2"]]})
    marks = answer.get("updatedSpreadsheet", {}).get("developerMetadata", ())
    expect(number in [one.get("metadataId") for one in marks], wanted=True)
    return None


def standing(bench: Bench) -> Seen:
    """Ask by the store's own mask for what the spreadsheet is made of."""
    bench.fresh(rows=7)
    number = bench.new_id()
    bench.need(put(bench, 0, ["x"]), mark(number, WHOLE))
    answer = bench.whole(FIELDS)
    sheets = {
        one.sheet_id: (one.title, one.rows, one.columns) for one in read_standing(answer).sheets
    }
    expect(sheets.get(bench.tab.sheet_id), (bench.tab.title, 7, 6))
    marks = [one.get("metadataId") for one in answer.get("developerMetadata", ())]
    expect(number in marks, wanted=True)
    return None


def filtered(bench: Bench) -> Seen:
    """Filter rows away, the last one too; then insert below them, as an append does."""
    bench.fresh()
    before: list[list[Cell]] = [["name"], ["shown"], ["hidden"]]
    area = {"sheetId": bench.tab.sheet_id, "startRowIndex": 0, "endRowIndex": 3}
    hides = {"columnIndex": 0, "filterCriteria": {"hiddenValues": ["hidden"]}}
    wanted = {"range": area | {"startColumnIndex": 0, "endColumnIndex": 1}, "filterSpecs": [hides]}
    rows = [put(bench, number, row) for number, row in enumerate(before)]
    bench.need(*rows, put(bench, 4, ["foot"]), {"setBasicFilter": {"filter": wanted}})
    told = bench.told("data(rowMetadata(hiddenByFilter))", "A1:A3")
    dims = [one for data in told.get("data", ()) for one in data.get("rowMetadata", ())]
    if [bool(one.get("hiddenByFilter")) for one in dims] != [False, False, True]:
        raise Untold("not_hidden")
    new = [put(bench, 3, ["new-1"]), put(bench, 4, ["hidden"])]
    bench.need(insert(bench, 3, 5, before=True), *new)
    after = [*before, ["new-1"], ["hidden"], [], ["foot"]]
    expect(bench.values(7, 1), after)
    return None


def clearing(bench: Bench) -> Seen:
    """Rewrite a range with fewer rows and a blank cell, as a report is rewritten."""
    bench.fresh()
    bench.need(*(put(bench, row, [f"old-{row}", "old"]) for row in range(4)))
    rows = [{"values": [{VALUES: {"stringValue": "new"}}, {}]}]
    area = {"sheetId": bench.tab.sheet_id, "startRowIndex": 1, "endRowIndex": 12}
    area |= {"startColumnIndex": 0, "endColumnIndex": 2}
    bench.need({"updateCells": {"range": area, "rows": rows, "fields": VALUES}})
    expect(bench.values(12, 2), [["old-0", "old"], ["new"]])
    return None


def at_the_end(bench: Bench) -> Seen:
    """Insert rows behind the last row of the grid, with and without looking like it."""
    bench.fresh(rows=3)
    look = [{"userEnteredFormat": {"numberFormat": {"type": "NUMBER", "pattern": PATTERN}}}]
    bench.need(update(bench, 2, look, "userEnteredFormat.numberFormat"))
    bench.need(insert(bench, 3, 4, before=True), put(bench, 3, [Decimal(7)]))
    expect(bench.values(4, 1), [[], [], [], [7]])
    cells = bench.cells("A4", "userEnteredFormat.numberFormat")
    found = cells[0].get("userEnteredFormat", {}).get("numberFormat", {}) if cells else {}
    expect(found.get("pattern"), PATTERN)
    answer = bench.send(insert(bench, 4, 5))
    return ("end_refused", said(answer)) if isinstance(answer, Refused) else ("end_accepted", {})


def below_heading(bench: Bench) -> Seen:
    """Insert the first row below a bold, frozen heading."""
    bench.fresh(frozen=1)
    bold = {VALUES: {"stringValue": "name"}, "userEnteredFormat": {"textFormat": {"bold": True}}}
    bench.need(update(bench, 0, [bold], f"{VALUES},userEnteredFormat.textFormat.bold"))
    bench.need(insert(bench, 1, 2), put(bench, 1, ["first"]))
    cells = bench.cells("A2", f"{VALUES},userEnteredFormat.textFormat.bold")
    expect([cell.get(VALUES, {}).get("stringValue") for cell in cells], ["first"])
    bolds = [cell.get("userEnteredFormat", {}).get("textFormat", {}).get("bold") for cell in cells]
    expect(bool(bolds[0]), wanted=False)
    return None


def dropping(bench: Bench) -> Seen:
    """Make metadata under two ids, take one away by its id, and look which is left."""
    one, other = bench.new_id(), bench.new_id()
    bench.fresh()
    bench.need(put(bench, 0, ["x"]), mark(one, WHOLE), mark(other, WHOLE))
    bench.need(drop(one))
    expect((one in marks_left(bench), other in marks_left(bench)), (False, True))
    return None


def dropping_nothing(bench: Bench) -> Seen:
    """Take metadata away that nobody has made."""
    bench.fresh()
    answer = bench.send(drop(bench.new_id()))
    return ("refused", said(answer)) if isinstance(answer, Refused) else ("accepted", {})


def renaming(bench: Bench) -> Seen:
    """Rename a tab that bears a mark, and look for the mark."""
    bench.fresh()
    title = f"{bench.tab.title} *"
    named = {"sheetId": bench.tab.sheet_id, "title": title}
    bench.need({"updateSheetProperties": {"properties": named, "fields": "title"}})
    bench.renamed(title)
    told = bench.told("developerMetadata(metadataKey)")
    expect([one.get("metadataKey") for one in told.get("developerMetadata", ())], [PROBE_KEY])
    return None


def warning(bench: Bench) -> Seen:
    """Protect a tab by a warning alone, and append to it."""
    bench.fresh()
    protected = {"range": {"sheetId": bench.tab.sheet_id}, "warningOnly": True}
    bench.need(put(bench, 0, ["name"]), {"addProtectedRange": {"protectedRange": protected}})
    bench.need(insert(bench, 1, 2), put(bench, 1, ["first"]))
    expect(bench.values(2, 1), [["name"], ["first"]])
    return None


def validating(bench: Bench) -> Seen:
    """Write a word into a cell whose strict drop-down does not have it."""
    bench.fresh()
    choice = {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "active"}]}
    area = {"sheetId": bench.tab.sheet_id, "startRowIndex": 0, "endRowIndex": 1}
    area |= {"startColumnIndex": 0, "endColumnIndex": 1}
    rule = {"range": area, "rule": {"condition": choice, "strict": True}}
    bench.need({"setDataValidation": rule})
    bench.need(put(bench, 0, ["another"]))
    expect(bench.values(1, 1), [["another"]])
    return None


def deleted(bench: Bench) -> Seen:
    """Write to a tab that is gone, and read it."""
    bench.fresh(tabs=2)
    gone = bench.tabs[1].sheet_id
    bench.need({"deleteSheet": {"sheetId": gone}})
    bench.tabs = bench.tabs[:1]
    words = refused(bench.send(put(bench, 0, ["x"], gone)))
    refused(bench.ask([(gone, 0, None, 0, None)]))
    return "refused", words

"""Do cells, formulas and links come out as they were put in? In the sheet's own locale.

A probe returns when the fact holds; Broken says that it does not, Untold that nobody could see.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from tracker.cells import Cell
from tracker.problems import Stop
from tracker.stores.google_sheets.appending import LINKED, VALUES
from tracker.stores.google_sheets.grid import Raw, raw_of, typed
from tracker.stores.google_sheets.live_bench import Bench, Broken, Untold, said
from tracker.stores.google_sheets.live_marks import mark
from tracker.stores.google_sheets.live_steps import (
    Seen,
    column,
    expect,
    formulas_in,
    put,
    put_formula,
    update,
)
from tracker.stores.google_sheets.reading import Area, answers
from tracker.stores.google_sheets.wire import Refused


def one_read(bench: Bench) -> Seen:
    """Read areas of two tabs in one call, one of them empty, and match the answers."""
    bench.fresh(tabs=2)
    first, second = bench.tabs
    bench.need(
        put(bench, 0, ["name", "check", "sum"]),
        put(bench, 1, ["a", "", Decimal(5)]),
        put(bench, 0, ["other"], second.sheet_id),
    )
    asked: list[Area] = [
        (first.sheet_id, 0, 1, 0, None),
        (first.sheet_id, 1, None, 0, 1),
        (first.sheet_id, 1, None, 2, None),
        (first.sheet_id, 1, None, 3, None),
        (second.sheet_id, 0, None, 0, None),
    ]
    answer = bench.ask(asked)
    if isinstance(answer, Refused):
        raise Broken("refused", **said(answer))
    try:
        found = answers(answer, asked)
    except Stop:
        raise Broken("not_echoed") from None
    wanted: list[list[list[Raw]]] = [[["name", "check", "sum"]], [["a"]], [[5]], [], [["other"]]]
    expect([found[area] for area in asked], wanted)
    zero = '"startRowIndex": 0' in str(answer).replace("'", '"')
    return ("zeros_kept" if zero else "zeros_left_out"), {}


def text(bench: Bench) -> Seen:
    """Write texts that look like numbers, dates and formulas, and read them."""
    texts: list[Cell] = ["007", "8E5", "+79000000001", "=1+1", "1,5", "2026-10-01", "TRUE"]
    bench.fresh()
    bench.need(*(put(bench, row, [one]) for row, one in enumerate(texts)))
    expect(bench.values(len(texts), 1), [[one] for one in texts])
    return None


def numbers(bench: Bench) -> Seen:
    """Write sums, a day and a moment under formats, and read them."""
    cells: list[Cell] = [Decimal("1234.50"), Decimal("-0.07"), date(2026, 10, 1)]
    cells.append(datetime(2026, 10, 1, 12, 0))  # noqa: DTZ001  # a sheet's days have no zone
    kinds = ("NUMBER", "NUMBER", "DATE", "DATE_TIME")
    data = [
        {VALUES: typed(cell), "userEnteredFormat": {"numberFormat": {"type": kind}}}
        for cell, kind in zip(cells, kinds, strict=True)
    ]
    bench.fresh()
    bench.need(update(bench, 0, data, f"{VALUES},userEnteredFormat.numberFormat"))
    expect(bench.values(1, 4), [[raw_of(cell) for cell in cells]])
    return None


def formulas(bench: Bench) -> Seen:
    """Write formulas with English names and semicolons, and read what they come to."""
    bench.fresh()
    bench.need(
        put(bench, 0, [Decimal("1.5"), Decimal(2)]),
        put_formula(bench, 1, 0, "=SUM(A1;B1;4)"),
    )
    expect(bench.values(2, 1), [[1.5], [7.5]])
    return None


def repeating(bench: Bench) -> Seen:
    """Repeat one formula over three rows, as `init` does with `check`."""
    bench.fresh()
    area = column(bench, 1, 0, 3)
    cell = {VALUES: {"formulaValue": "=A1+$A$1"}}
    bench.need({"repeatCell": {"range": area, "cell": cell, "fields": VALUES}})
    expect(formulas_in(bench, "B1:B3"), ["=A1+$A$1", "=A2+$A$1", "=A3+$A$1"])
    return None


def pasting(bench: Bench) -> Seen:
    """Paste the formula of a row into the two rows above it, as an append does with `check`."""
    bench.fresh()
    bench.need(put_formula(bench, 2, 1, "=A3+$A$1"))
    pasted = {"source": column(bench, 1, 2, 3), "destination": column(bench, 1, 0, 2)}
    bench.need({"copyPaste": {**pasted, "pasteType": "PASTE_FORMULA"}})
    expect(formulas_in(bench, "B1:B3"), ["=A1+$A$1", "=A2+$A$1", "=A3+$A$1"])
    return None


def linking(bench: Bench) -> Seen:
    """Write a text with a link to a cell of the same spreadsheet."""
    bench.fresh()
    uri = f"#gid={bench.tab.sheet_id}&range=A1"
    data = {
        VALUES: {"stringValue": "A1"},
        "userEnteredFormat": {"textFormat": {"link": {"uri": uri}}},
    }
    bench.need(update(bench, 0, [data], LINKED))
    cells = bench.cells("A1", "userEnteredFormat.textFormat.link")
    found = cells[0].get("userEnteredFormat", {}) if cells else {}
    kept = str(found.get("textFormat", {}).get("link", {}).get("uri", ""))
    expect(f"gid={bench.tab.sheet_id}" in kept and "range=A1" in kept, wanted=True)
    return "kept", {"got": kept}


def colouring(bench: Bench) -> Seen:
    """Colour a cell by a rule that looks at another tab through INDIRECT."""
    bench.fresh(tabs=2)
    other = bench.tabs[1].quoted.replace('"', '""')
    condition = f'=COUNTIF(INDIRECT("{other}!$A$1:$A$9");$A1)>0'
    custom = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": condition}]}
    look = {"backgroundColorStyle": {"rgbColor": {"red": 1}}}
    rule = {
        "ranges": [column(bench, 0, 0, 3)],
        "booleanRule": {"condition": custom, "format": look},
    }
    bench.need({"addConditionalFormatRule": {"rule": rule, "index": 0}})
    kept = bench.told("conditionalFormats(ranges)").get("conditionalFormats", ())
    expect(len(kept), 1)
    return None


def sorting(bench: Bench) -> Seen:
    """Mark the first of two rows, sort them the other way round, and look where the mark is."""
    bench.fresh()
    place = {"sheetId": bench.tab.sheet_id, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}
    rows = [put(bench, 0, ["b"]), put(bench, 1, ["a"])]
    bench.need(*rows, mark(bench.new_id(), {"dimensionRange": place}))
    order = {"range": column(bench, 0, 0, 2), "sortSpecs": [{"dimensionIndex": 0}]}
    bench.need({"sortRange": order})
    told = bench.told("data(rowMetadata(developerMetadata(metadataId)))", "A1:A2")
    dims = [one for data in told.get("data", ()) for one in data.get("rowMetadata", ())]
    marked = [number for number, one in enumerate(dims) if one.get("developerMetadata")]
    if bench.values(2, 1) != [["a"], ["b"]] or len(marked) != 1:
        raise Untold("odd_answer")
    return ("mark_followed" if marked == [1] else "mark_stayed"), {}

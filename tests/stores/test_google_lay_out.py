"""What does a spreadsheet get when it is laid out, and what is left alone?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

import pytest

from tests.google.schema import check
from tracker.layout import LAYOUT, Tab
from tracker.problems import Stop
from tracker.stores import SheetRow, Table
from tracker.stores.google_sheets.laying_out import lay_out_requests
from tracker.stores.google_sheets.standing import SheetInfo, Standing

Request = dict[str, Any]

SETTINGS, CODES, LEADS, PAYOUTS, DASHBOARD = 101, 103, 110, 116, 121
"""The ids of new sheets: they are given from 101 on, in the order of the tabs."""

OWNERS_SHEET = SheetInfo(0, "Sheet1", rows=1000, columns=26)
KEY_A2 = 'TRIM(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(A2;"~";"~~");"*";"~*");"?";"~?"))'


def standing(*sheets: SheetInfo) -> Standing:
    tabs = {sheet.tab: sheet for sheet in sheets if sheet.tab}
    return Standing("Book", "ru_RU", "Europe/Moscow", sheets, tabs=tabs)


def laid_out(language: str = "en", *sheets: SheetInfo) -> tuple[list[Request], list[str]]:
    here = standing(*sheets or [OWNERS_SHEET])
    return lay_out_requests(here, {}, language, count(101).__next__)


def nodes(value: Any) -> Iterator[Any]:
    yield value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from nodes(part)


def sheets_of(request: Request) -> set[int]:
    return {
        node["sheetId"] for node in nodes(request) if isinstance(node, dict) and "sheetId" in node
    }


def about(sheet_id: int, requests: Sequence[Request]) -> list[Request]:
    return [request for request in requests if sheets_of(request) == {sheet_id}]


def asked(kind: str, requests: Sequence[Request]) -> list[Any]:
    return [request[kind] for request in requests if kind in request]


def below(column: int, requests: Sequence[Request]) -> list[Request]:
    """The requests about what is below the heading of one column."""
    return [r for r in requests for node in nodes(r) if isinstance(node, dict)
            and (node.get("startRowIndex"), node.get("startColumnIndex")) == (1, column)]  # fmt: skip


def formulas(requests: Sequence[Request]) -> list[str]:
    written = [
        node["formulaValue"]
        for node in nodes(requests)
        if isinstance(node, dict) and "formulaValue" in node
    ]
    rules = [node["values"][0]["userEnteredValue"] for node in nodes(requests)
             if isinstance(node, dict) and node.get("type") == "CUSTOM_FORMULA"]  # fmt: skip
    return written + rules


def existing(
    tab: Tab, lacking: Sequence[str] = (), *, sheet_id: int = 7, columns: int = 26, rows: int = 1000
) -> tuple[SheetInfo, Table]:
    headings = [column.key for column in LAYOUT[tab].columns if column.key not in lacking]
    return SheetInfo(sheet_id, tab.value, rows, columns, tab), Table(tab, tab.value, headings, [])


def whole_book() -> dict[Tab, tuple[SheetInfo, Table]]:
    """A book that lacks nothing, as it stands after it was laid out."""
    book = {
        tab: existing(tab, sheet_id=number, columns=len(LAYOUT[tab].columns))
        for number, tab in enumerate(Tab, 1)
    }
    written = asked("updateCells", about(SETTINGS, laid_out()[0]))[1:]
    columns = [
        [row["values"][0].get("userEnteredValue", {}).get("stringValue") for row in one["rows"]]
        for one in written
    ]
    rows = [SheetRow(number, cells) for number, cells in enumerate(zip(*columns, strict=True), 2)]
    sheet, table = book[Tab.SETTINGS]
    book[Tab.SETTINGS] = sheet, Table(table.tab, table.title, table.headings, rows)
    return book


def completed(
    book: Mapping[Tab, tuple[SheetInfo, Table]], used: Mapping[Tab, int] | None = None
) -> tuple[list[Request], list[str]]:
    here = standing(*(sheet for sheet, _ in book.values()))
    tables = {tab: table for tab, (_, table) in book.items()}
    return lay_out_requests(here, tables, "en", count(101).__next__, used)


def lacking(tab: Tab, *keys: str, columns: int) -> dict[Tab, tuple[SheetInfo, Table]]:
    return whole_book() | {tab: existing(tab, keys, columns=columns, sheet_id=7)}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_google_knows_every_field_of_every_request(language: str) -> None:
    requests, _ = laid_out(language)

    check({"requests": requests}, "BatchUpdateSpreadsheetRequest")
    assert len(requests) > 500


def test_the_tabs_stand_in_their_order_before_the_owners_own_sheet() -> None:
    added = [one["properties"] for one in asked("addSheet", laid_out()[0])]

    assert [one["index"] for one in added] == list(range(24))
    assert [one["title"] for one in added[:3]] == ["Settings", "Partners", "Codes"]


def test_all_sheets_are_there_before_a_formula_names_one() -> None:
    kinds = [next(iter(request)) for request in laid_out()[0]]

    assert set(kinds[:48]) == {"addSheet", "createDeveloperMetadata"}
    assert "addSheet" not in kinds[48:]


def test_a_new_tab_is_no_larger_than_it_needs_to_be_and_bears_its_mark() -> None:
    sheet, mark = about(CODES, laid_out("ru")[0])[0], laid_out("ru")[0][5]

    green = {"rgbColor": {"red": 198 / 255, "green": 224 / 255, "blue": 180 / 255}}
    grid = {"rowCount": 1001, "columnCount": 27, "frozenRowCount": 1}
    assert sheet["addSheet"]["properties"] == {
        "sheetId": 103, "title": "Промокоды", "index": 2, "gridProperties": grid, "tabColorStyle": green}  # fmt: skip
    assert mark["createDeveloperMetadata"]["developerMetadata"] == {
        "metadataKey": "tracker.tab", "metadataValue": "Codes", "location": {"sheetId": 103}, "visibility": "DOCUMENT"}  # fmt: skip


def test_a_ledger_begins_with_one_row_below_its_heading() -> None:
    grids = {
        one["properties"]["title"]: one["properties"]["gridProperties"]
        for one in asked("addSheet", laid_out()[0])
    }

    assert grids["Journal"] == {"rowCount": 2, "columnCount": 23, "frozenRowCount": 1}
    assert grids["Problems"] == {"rowCount": 2, "columnCount": 5, "frozenRowCount": 1}


def test_the_requests_of_the_codes_tab_are_these() -> None:
    kinds = Counter(next(iter(request)) for request in about(CODES, laid_out()[0]))

    assert kinds == {
        "addSheet": 1, "createDeveloperMetadata": 1, "updateCells": 1,
        "updateDimensionProperties": 27,  # a width for each column
        "repeatCell": 27,  # a format for each but check, and the formula of check
        "setDataValidation": 8,  # six drop-downs, two sums
        "addConditionalFormatRule": 2,
    }  # fmt: skip


def test_a_heading_is_written_as_text_with_its_note() -> None:
    heading = asked("updateCells", about(CODES, laid_out("ru")[0]))[0]

    assert heading["start"] == {"sheetId": 103, "rowIndex": 0, "columnIndex": 0}
    first = heading["rows"][0]["values"][0]
    assert first["userEnteredValue"] == {"stringValue": "промокод"}
    assert first["note"] == "Что вводит покупатель. Регистр и крайние пробелы не важны."
    assert first["userEnteredFormat"]["textFormat"] == {"bold": True}
    assert len(heading["rows"][0]["values"]) == 27


def test_a_code_stays_text_and_a_sum_is_a_number() -> None:
    codes = about(CODES, laid_out()[0])

    formats = [
        below(place, codes)[0]["repeatCell"]["cell"]["userEnteredFormat"]["numberFormat"]
        for place in (0, 4, 8, 10)
    ]
    assert formats == [
        {"type": "TEXT"}, {"type": "DATE", "pattern": "yyyy-mm-dd"},
        {"type": "NUMBER", "pattern": "0"}, {"type": "NUMBER", "pattern": "#,##0.00#"},
    ]  # fmt: skip


def test_a_column_is_as_wide_as_its_characters() -> None:
    widths = asked("updateDimensionProperties", about(CODES, laid_out()[0]))

    assert widths[0]["properties"] == {"pixelSize": 136}  # 18 characters of 7 pixels, and 10
    assert widths[0]["range"] == {
        "sheetId": 103,
        "dimension": "COLUMNS",
        "startIndex": 0,
        "endIndex": 1,
    }


def test_a_drop_down_offers_the_words_of_the_language_and_refuses_none() -> None:
    offered = asked("setDataValidation", below(2, about(CODES, laid_out("ru")[0])))[0]

    words = ["партнёрский", "личный", "серийный", "общий"]
    condition = {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": word} for word in words]}
    assert offered["rule"] == {"condition": condition, "showCustomUi": True, "strict": False}
    assert offered["range"] == {
        "sheetId": 103,
        "startRowIndex": 1,
        "startColumnIndex": 2,
        "endColumnIndex": 3,
    }
    assert offered["filteredRowsIncluded"]


def test_a_sum_that_became_a_date_is_warned_of() -> None:
    rule = asked("setDataValidation", below(10, about(CODES, laid_out("ru")[0])))[0]["rule"]

    assert rule["condition"] == {
        "type": "CUSTOM_FORMULA",
        "values": [{"userEnteredValue": "=NOT(ISDATE(K2))"}],
    }
    assert rule["inputMessage"].startswith("Сумма, например 1500. Если таблица сделала из неё дату")
    assert rule["strict"] is False


def test_no_sum_of_the_programs_own_is_warned_of() -> None:
    assert (
        asked("setDataValidation", about(PAYOUTS, laid_out()[0]))[0]["rule"]["condition"]["type"]
        == "ONE_OF_LIST"
    )
    assert len(asked("setDataValidation", about(PAYOUTS, laid_out()[0]))) == 1


@pytest.mark.parametrize(
    ("language", "problems", "fine"), [("en", "Problems", "ok"), ("ru", "Замечания", "ок")]
)
def test_the_check_looks_its_row_up_in_problems(language: str, problems: str, fine: str) -> None:
    written = asked("repeatCell", below(26, about(CODES, laid_out(language)[0])))[0]

    sought = f"MATCH(\"Codes|\"&{KEY_A2};'{problems}'!$E:$E;0)"
    formula = f'=IF(COUNTA(A2:Z2)=0;"";IFERROR(INDEX(\'{problems}\'!$D:$D;{sought});"{fine}"))'
    assert written["cell"] == {"userEnteredValue": {"formulaValue": formula}}
    assert written["fields"] == "userEnteredValue"
    assert written["range"] == {
        "sheetId": 103,
        "startRowIndex": 1,
        "endRowIndex": 1001,
        "startColumnIndex": 26,
        "endColumnIndex": 27,
    }


def test_a_check_is_green_when_fine_in_either_language_and_else_red() -> None:
    rules = [
        one["rule"]["booleanRule"]
        for one in asked("addConditionalFormatRule", about(CODES, laid_out()[0]))
    ]

    conditions = [rule["condition"]["values"][0]["userEnteredValue"] for rule in rules]
    assert conditions == [
        '=OR($AA2="ok";$AA2="ок")',
        '=AND(LEN($AA2)>0;NOT(OR($AA2="ok";$AA2="ок")))',
    ]
    fills = [rule["format"]["backgroundColorStyle"]["rgbColor"] for rule in rules]
    assert fills[0]["green"] > fills[0]["red"]
    assert fills[1]["red"] > fills[1]["green"]


def test_a_tab_that_others_append_to_has_no_formula_in_its_cells() -> None:
    leads = about(LEADS, laid_out()[0])

    assert [
        node for node in nodes(leads) if isinstance(node, dict) and "formulaValue" in node
    ] == []
    rule = asked("addConditionalFormatRule", leads)[0]["rule"]["booleanRule"]
    found = f'COUNTIF(INDIRECT("\'Problems\'!$E:$E");"Leads|"&{KEY_A2.replace("A2", "$A2")})>0'
    assert rule["condition"]["values"] == [{"userEnteredValue": f"=AND(COUNTA($A2:$M2)>0;{found})"}]


def test_the_check_of_leads_says_what_its_colour_means() -> None:
    heading = asked("updateCells", about(LEADS, laid_out("ru")[0]))[0]["rows"][0]["values"][13]

    assert heading["userEnteredValue"] == {"stringValue": "проверка"}
    assert "на листе «Замечания»" in heading["note"]


def test_only_the_eight_owner_tabs_that_are_checked_hold_formulas() -> None:
    written = [
        one for one in asked("repeatCell", laid_out()[0]) if one["fields"] == "userEnteredValue"
    ]

    titles = [
        re.search(r'"(\w+)\|"', one["cell"]["userEnteredValue"]["formulaValue"]) for one in written
    ]
    assert [found and found[1] for found in titles] == [
        "Partners",
        "Codes",
        "Links",
        "Rules",
        "Tiers",
        "Fx",
        "Adjustments",
        "Decisions",
    ]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_formula_is_understood_in_every_locale(language: str) -> None:
    found = formulas(laid_out(language)[0])

    bare = [re.sub(r'"[^"]*"|\'[^\']*\'', "", text) for text in found]
    assert len(bare) == 8 + 17 + 7  # checks, their colours, sums
    assert [text for text in bare if "," in text or re.search(r"\d\.\d|TRUE|FALSE", text)] == []


def test_the_program_s_tabs_ask_before_a_change_and_hinder_nobody() -> None:
    ranges = [one["protectedRange"] for one in asked("addProtectedRange", laid_out()[0])]

    assert {tuple(one["range"]) for one in ranges} == {("sheetId",)}
    assert [one["range"]["sheetId"] for one in ranges] == list(range(114, 125))
    assert all(one["warningOnly"] for one in ranges)


def test_the_owner_fills_four_columns_of_payouts_unasked() -> None:
    protected = asked("addProtectedRange", about(PAYOUTS, laid_out("ru")[0]))[0]["protectedRange"]

    assert [area["startColumnIndex"] for area in protected["unprotectedRanges"]] == [8, 9, 10, 11]
    assert {area["startRowIndex"] for area in protected["unprotectedRanges"]} == {1}
    assert (
        protected["description"]
        == "Сюда пишет программа; вы заполняете только столбцы: оплачена, платёжка, итог, документ."
    )


def test_settings_get_their_usual_values_and_meanings() -> None:
    keys, values, meanings = asked("updateCells", about(SETTINGS, laid_out("ru")[0]))[1:]

    assert [one["start"] for one in (keys, values, meanings)] == [
        {"sheetId": 101, "rowIndex": 1, "columnIndex": place} for place in (0, 1, 2)]  # fmt: skip
    third = [
        one["rows"][2]["values"][0]["userEnteredValue"]["stringValue"]
        for one in (keys, values, meanings)
    ]
    assert third == [
        "time_zone",
        "Europe/Moscow",
        "Часовой пояс, по которому считаются дни, месяцы и холд.",
    ]
    assert values["rows"][6]["values"][0]["userEnteredFormat"]["numberFormat"] == {"type": "TEXT"}
    assert "userEnteredValue" not in values["rows"][34]["values"][0]  # mail_from
    statement_time = values["rows"][37]["values"][0]
    assert statement_time["userEnteredValue"] == {"stringValue": "09:00"}
    assert statement_time["userEnteredFormat"]["numberFormat"] == {"type": "TEXT"}


def test_settings_with_choices_offer_their_english_words() -> None:
    offered = asked("setDataValidation", about(SETTINGS, laid_out("ru")[0]))

    two_codes = next(one for one in offered if one["range"]["startRowIndex"] == 10)
    assert two_codes["range"] == {
        "sheetId": 101,
        "startRowIndex": 10,
        "endRowIndex": 11,
        "startColumnIndex": 1,
        "endColumnIndex": 2,
    }
    assert [value["userEnteredValue"] for value in two_codes["rule"]["condition"]["values"]] == [
        "first",
        "last",
        "review",
    ]
    assert len(offered) == 17


def test_what_was_added_is_said() -> None:
    said = laid_out("ru")[1]

    assert said[0] == "Добавлен лист «Настройки»."
    assert said[-1] == "Добавлена настройка keep_leads_months с обычным значением."
    assert len(said) == 24 + 52


def test_a_book_that_lacks_nothing_is_left_alone() -> None:
    assert completed(whole_book()) == ([], [])


def test_missing_columns_come_behind_the_last_of_the_grid() -> None:
    requests, said = completed(lacking(Tab.LINKS, "url", "check", columns=6))

    assert requests[0] == {"appendDimension": {"sheetId": 7, "dimension": "ROWS", "length": 1}}
    assert requests[1] == {"appendDimension": {"sheetId": 7, "dimension": "COLUMNS", "length": 2}}
    heading = asked("updateCells", requests)[0]
    assert heading["start"] == {"sheetId": 7, "rowIndex": 0, "columnIndex": 6}
    assert [cell["userEnteredValue"]["stringValue"] for cell in heading["rows"][0]["values"]] == [
        "url",
        "check",
    ]
    assert "COUNTA(A2:G2)=0" in formulas(requests)[0]
    assert said[0] == "Added the column url at the right end of the tab Links."


def test_missing_columns_come_behind_the_last_that_is_used_where_that_is_known() -> None:
    requests, _ = completed(lacking(Tab.LINKS, "note", columns=26), {Tab.LINKS: 8})

    assert asked("updateCells", requests)[0]["start"]["columnIndex"] == 8
    assert [one["dimension"] for one in asked("appendDimension", requests)] == ["ROWS"]


def test_a_check_that_comes_back_finds_the_columns_where_they_stand_now() -> None:
    book = lacking(Tab.LINKS, columns=4)
    sheet, table = book[Tab.LINKS]
    moved = Table(
        table.tab, table.title, ["my own", "partner_id", "ref", "channel", "url", "note"], []
    )
    requests, _ = completed(book | {Tab.LINKS: (sheet, moved)})

    assert KEY_A2.replace("A2", "C2") in formulas(requests)[0]
    assert "COUNTA(A2:F2)=0" in formulas(requests)[0]


def test_the_check_looks_into_a_problems_tab_that_was_renamed_and_lost_a_column() -> None:
    sheet, table = existing(Tab.PROBLEMS, ["says"], columns=4, sheet_id=20)
    renamed = SheetInfo(20, 'Don\'t "touch"', sheet.rows, sheet.columns, Tab.PROBLEMS)
    requests, _ = completed(
        lacking(Tab.LINKS, "check", columns=5) | {Tab.PROBLEMS: (renamed, table)}
    )

    checks = [text for text in formulas(requests) if "MATCH" in text]
    assert "INDEX('Don''t \"touch\"'!$E:$E;" in checks[0]
    assert ";'Don''t \"touch\"'!$D:$D;0)" in checks[0]


def test_a_title_with_quotes_is_a_title_inside_a_text_too() -> None:
    renamed = SheetInfo(20, 'Don\'t "touch"', 1000, 5, Tab.PROBLEMS)
    table = existing(Tab.PROBLEMS)[1]
    requests, _ = completed(
        lacking(Tab.LEADS, "check", columns=10) | {Tab.PROBLEMS: (renamed, table)}
    )

    assert 'INDIRECT("\'Don\'\'t ""touch""\'!$E:$E")' in formulas(requests)[0]


def test_missing_settings_come_below_everything_that_stands_there() -> None:
    book = whole_book()
    sheet, table = book[Tab.SETTINGS]
    rows = [row for row in table.rows if row.cells[0] != "rate"] + [
        SheetRow(1000, ["min_payout_EUR", "50", None])
    ]
    requests, said = completed(
        book | {Tab.SETTINGS: (sheet, Table(table.tab, table.title, table.headings, rows))}
    )

    assert requests[0] == {"appendDimension": {"sheetId": 1, "dimension": "ROWS", "length": 1}}
    assert [one["start"]["rowIndex"] for one in asked("updateCells", requests)] == [
        1000,
        1000,
        1000,
    ]
    assert said == ["Added the setting rate with its usual value."]


def cells_named(requests: Sequence[Request]) -> set[tuple[int, int, int]]:
    """Sheet, first row and first column of everything that requests of cells would change."""
    starts = [one["start"] for one in asked("updateCells", requests)]
    areas = [
        one["range"]
        for kind in ("repeatCell", "setDataValidation")
        for one in asked(kind, requests)
    ]
    areas += [
        area
        for one in asked("addConditionalFormatRule", requests)
        for area in one["rule"]["ranges"]
    ]
    widths = [one["range"] for one in asked("updateDimensionProperties", requests)]
    return (
        {(one["sheetId"], one["rowIndex"], one["columnIndex"]) for one in starts}
        | {(one["sheetId"], one["startRowIndex"], one["startColumnIndex"]) for one in areas}
        | {(one["sheetId"], 0, one["startIndex"]) for one in widths}
    )


@pytest.mark.parametrize("tab", [tab for tab in Tab if tab is not Tab.SETTINGS])
def test_no_cell_that_was_there_is_named(tab: Tab) -> None:
    keys = [column.key for column in LAYOUT[tab].columns]
    for key in keys:
        requests, said = completed(lacking(tab, key, columns=len(keys) + 3))
        named = cells_named(requests)
        assert {sheet for sheet, _, _ in named} == {7}
        assert min(column for _, _, column in named) == len(keys) + 3
        assert said[0].startswith(f"Added the column {key} ")
        assert "updateSheetProperties" not in {next(iter(one)) for one in requests}


def test_a_book_keeps_to_the_language_of_its_tabs() -> None:
    sheet, table = existing(Tab.RUNS)
    russian = SheetInfo(7, "Запуски", 1000, 10, Tab.RUNS)
    _, said = lay_out_requests(standing(russian), {Tab.RUNS: table}, "en", count(101).__next__)

    assert sheet.title == "Runs"
    assert said[0] == "Добавлен лист «Настройки»."
    assert "Добавлен лист «Запуски»." not in said


def test_a_missing_tab_stands_behind_the_one_it_follows() -> None:
    book = whole_book()
    del book[Tab.CODES]
    requests, _ = completed(book)

    added = asked("addSheet", requests)
    assert [(one["properties"]["title"], one["properties"]["index"]) for one in added] == [
        ("Codes", 2)
    ]


def test_a_title_that_another_sheet_has_is_not_asked_for_twice() -> None:
    requests, _ = laid_out("en", SheetInfo(5, "CODES", 0, 0))

    assert asked("addSheet", requests)[2]["properties"]["title"] == "Codes 2"


def test_a_doubled_heading_of_settings_stops_before_anything_is_asked() -> None:
    sheet, _ = existing(Tab.SETTINGS)
    doubled = Table(Tab.SETTINGS, "Settings", ["setting", "value", "value"], [])

    with pytest.raises(Stop, match="heading_doubled"):
        completed(whole_book() | {Tab.SETTINGS: (sheet, doubled)})


def test_the_dashboard_has_room_for_its_charts_beside_its_columns() -> None:
    dashboard = asked("addSheet", about(DASHBOARD, laid_out()[0]))[0]["properties"][
        "gridProperties"
    ]

    # 11 columns, 1 of a gap, 7 of 100 pixels for 660; 29 rows above the last chart and 13 for it.
    assert dashboard == {"rowCount": 42, "columnCount": 19, "frozenRowCount": 1}


def test_the_stacked_chart_lies_and_shows_payable_and_on_hold() -> None:
    chart = asked("addChart", laid_out("ru")[0])[2]["chart"]

    drawn = chart["spec"]["basicChart"]
    assert (chart["spec"]["title"], drawn["chartType"], drawn["stackedType"]) == (
        "К выплате и в холде",
        "BAR",
        "STACKED",
    )
    assert drawn["domains"][0]["domain"]["sourceRange"]["sources"] == [
        {"sheetId": 121, "startRowIndex": 0, "endRowIndex": 11, "startColumnIndex": 8, "endColumnIndex": 9}]  # fmt: skip
    sources = [
        one["series"]["sourceRange"]["sources"][0]["startColumnIndex"] for one in drawn["series"]
    ]
    assert sources == [9, 10]
    assert {one["targetAxis"] for one in drawn["series"]} == {"BOTTOM_AXIS"}
    assert chart["position"]["overlayPosition"]["anchorCell"] == {
        "sheetId": 121,
        "rowIndex": 29,
        "columnIndex": 12,
    }


def test_the_chart_of_months_stands_upright_and_needs_no_legend() -> None:
    chart = asked("addChart", laid_out()[0])[0]["chart"]

    drawn = chart["spec"]["basicChart"]
    assert (chart["chartId"], chart["spec"]["title"], drawn["chartType"]) == (
        125,
        "Commission by month",
        "COLUMN",
    )
    assert (drawn["legendPosition"], drawn["headerCount"]) == ("NO_LEGEND", 1)
    assert drawn["series"][0]["targetAxis"] == "LEFT_AXIS"


def test_a_chart_is_drawn_again_only_with_its_columns() -> None:
    requests, said = completed(lacking(Tab.DASHBOARD, "earned", columns=18))

    assert [one["chart"]["spec"]["title"] for one in asked("addChart", requests)] == [
        "Commission by partner"
    ]
    assert (
        asked("addChart", requests)[0]["chart"]["position"]["overlayPosition"]["anchorCell"][
            "columnIndex"
        ]
        == 20
    )
    assert said[1] == "Drew the chart “Commission by partner” on the tab Dashboard."

"""Which tabs, columns and settings does a spreadsheet lack? The requests that add them.

They are meant for one batch, which Google applies whole or not at all, in this order: sheets and
room first, because a formula that names what is not there yet stays broken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from tracker.layout import (
    LAYOUT,
    Column,
    Kind,
    Owner,
    SettingSpec,
    Tab,
    TabSpec,
    columns_of,
    default_of,
    known_columns,
    title_of,
)
from tracker.layout.charts import ChartSpec, charts_for
from tracker.sentences.added import added
from tracker.sentences.helps import help_of
from tracker.stores import SheetRow, Table
from tracker.stores.google_sheets.charts import chart_requests, room
from tracker.stores.google_sheets.columns import (
    PEOPLE,
    Request,
    area,
    choices_request,
    colour,
    column_requests,
    heading_request,
    number_format,
)
from tracker.stores.google_sheets.standing import TAB_KEY, SheetInfo, Standing
from tracker.stores.looks import (
    CHECKED_ROWS,
    COLOURS,
    ProblemsAt,
    heading_of,
    lacking_settings,
    language_among,
    meaning_of,
    places_after,
    problems_at,
)

_SETTING_FIELDS = "userEnteredValue,userEnteredFormat(numberFormat,verticalAlignment,wrapStrategy)"


@dataclass(frozen=True, slots=True)
class _Page:
    """One tab as it will be: its sheet, where its columns stand (from 0), and what it lacks."""

    spec: TabSpec
    sheet: SheetInfo
    table: Table | None
    places: Mapping[str, int]
    lacking: Sequence[Column]

    @property
    def rows(self) -> Sequence[SheetRow]:
        return () if self.table is None else self.table.rows

    @property
    def charts(self) -> Sequence[ChartSpec]:
        return charts_for(self.spec.tab, [column.key for column in self.lacking])

    @property
    def size(self) -> tuple[int, int]:
        """The rows and columns it needs. Blank cells count too against Google's limit."""
        # A frozen heading needs a row below it; the tabs that we append to grow by themselves.
        rows = CHECKED_ROWS + 1 if self.spec.owner in PEOPLE else 2
        columns = max(self.places.values()) + 1
        if not self.charts:
            return rows, columns
        rows_of_charts, columns = room(columns)
        return max(rows, rows_of_charts), columns


def lay_out_requests(
    standing: Standing,
    tables: Mapping[Tab, Table],
    language: str,
    new_id: Callable[[], int],
    used: Mapping[Tab, int] | None = None,
) -> tuple[list[Request], list[str]]:
    """Ask for what is missing, and say it. No cell that holds anything is named by a request.

    `tables` are all of our tabs that exist; `new_id` gives ids that no sheet and no chart has.
    `used` says up to which column (from 1) a tab holds anything at all: a table lacks rows in
    which only the owner's own columns are filled. Without it, columns are added behind the last
    of the grid. The language is that of the tabs that are there, else the one asked for.

    Raises Stop `heading_doubled` for a Settings tab with two headings of one column.
    """
    language = language_among([sheet.title for sheet in standing.tabs.values()], language)
    pages = _new_pages(standing, language, new_id) | {
        tab: _standing_page(sheet, tables[tab], (used or {}).get(tab, sheet.columns))
        for tab, sheet in standing.tabs.items()
    }
    pages = {tab: pages[tab] for tab in Tab}
    problems = pages[Tab.PROBLEMS]
    at = problems_at(problems.sheet.title, problems.places)
    requests = _new_sheets(standing, pages)
    for page in pages.values():
        if page.table is not None and page.lacking:
            requests += _room(page.sheet, *page.size)
    said: list[str] = []
    for page in pages.values():
        requests += _completed(page, language, at, new_id)
        said += _said(page, language)
    rows, settings = _settings(pages[Tab.SETTINGS], language)
    return requests + rows, said + settings


def _new_pages(standing: Standing, language: str, new_id: Callable[[], int]) -> dict[Tab, _Page]:
    taken = {sheet.title.casefold() for sheet in standing.sheets}
    pages = {}
    for tab, spec in LAYOUT.items():
        if tab not in standing.tabs:
            title = _free(title_of(tab, language), taken)
            sheet = SheetInfo(new_id(), title, rows=0, columns=0, tab=tab)
            page = _Page(spec, sheet, None, places_after(tab, (), 0), spec.columns)
            rows, columns = page.size
            pages[tab] = replace(page, sheet=replace(sheet, rows=rows, columns=columns))
    return pages


def _standing_page(sheet: SheetInfo, table: Table, used: int) -> _Page:
    spec = LAYOUT[table.tab]
    known = known_columns(spec.tab, table.headings)
    lacking = [column for column in spec.columns if column.key not in known]
    return _Page(spec, sheet, table, places_after(spec.tab, table.headings, used), lacking)


def _free(title: str, taken: set[str]) -> str:
    """Give a title that no sheet has: a chart's own sheet, or another of our tabs, may have it."""
    titles = (title if n == 1 else f"{title} {n}" for n in count(1))
    free = next(one for one in titles if one.casefold() not in taken)
    taken.add(free.casefold())
    return free


def _new_sheets(standing: Standing, pages: Mapping[Tab, _Page]) -> list[Request]:
    """Add the sheets that are missing, each behind the tab of ours that it follows."""
    order = [sheet.sheet_id for sheet in standing.sheets]
    requests: list[Request] = []
    place = 0
    for page in pages.values():
        if page.table is None:
            order.insert(place, page.sheet.sheet_id)
            requests += _new_sheet(page, place)
        place = order.index(page.sheet.sheet_id) + 1
    return requests


def _new_sheet(page: _Page, place: int) -> list[Request]:
    sheet = page.sheet
    grid = {"rowCount": sheet.rows, "columnCount": sheet.columns, "frozenRowCount": 1}
    properties = {
        "sheetId": sheet.sheet_id,
        "title": sheet.title,
        "index": place,
        "gridProperties": grid,
        "tabColorStyle": colour(COLOURS[page.spec.owner]),
    }
    mark = {
        "metadataKey": TAB_KEY,
        "metadataValue": page.spec.tab.value,
        "location": {"sheetId": sheet.sheet_id},
        "visibility": "DOCUMENT",
    }
    return [
        {"addSheet": {"properties": properties}},
        {"createDeveloperMetadata": {"developerMetadata": mark}},
    ]


def _room(sheet: SheetInfo, rows: int, columns: int) -> list[Request]:
    """Ask for the rows and columns that a standing sheet has too few of."""
    wanted = (("ROWS", rows - sheet.rows), ("COLUMNS", columns - sheet.columns))
    return [
        {"appendDimension": {"sheetId": sheet.sheet_id, "dimension": dimension, "length": length}}
        for dimension, length in wanted
        if length > 0
    ]


def _completed(
    page: _Page, language: str, at: ProblemsAt, new_id: Callable[[], int]
) -> list[Request]:
    if not page.lacking:
        return []
    sheet_id, spec = page.sheet.sheet_id, page.spec
    # What is lacking stands side by side: at the right end, or all of a new tab.
    first = page.places[page.lacking[0].key]
    requests = [heading_request(sheet_id, spec, page.lacking, first, language, at)]
    for column in page.lacking:
        requests += column_requests(sheet_id, spec, column, page.places, language, at)
    if page.table is None and spec.owner not in PEOPLE:
        requests.append(_protection(page, language))
    return requests + chart_requests(sheet_id, page.charts, page.places, language, new_id)


def _protection(page: _Page, language: str) -> Request:
    """Ask before a change, and hinder nobody: a range that refuses would refuse our writes too."""
    filled = [column for column in page.spec.columns if column.owner_fills]
    what = "report" if page.spec.owner is Owner.REPORT else "ledger"
    protected: dict[str, Any] = {
        "range": {"sheetId": page.sheet.sheet_id},
        "description": help_of(what, language),
        "warningOnly": True,
    }
    if filled:
        names = ", ".join(heading_of(column, language) for column in filled)
        protected["description"] = help_of("ledger_filled", language, columns=names)
        protected["unprotectedRanges"] = [
            area(page.sheet.sheet_id, (1, None), (place, place + 1))
            for place in (page.places[column.key] for column in filled)
        ]
    return {"addProtectedRange": {"protectedRange": protected}}


def _said(page: _Page, language: str) -> list[str]:
    title = page.sheet.title
    if page.table is None:
        return [added("tab", language, tab=title)]
    headings = [heading_of(column, language) for column in page.lacking]
    charts = [chart.title(language) for chart in page.charts]
    return [added("heading", language, tab=title, heading=heading) for heading in headings] + [
        added("chart", language, tab=title, chart=chart) for chart in charts
    ]


def _settings(page: _Page, language: str) -> tuple[list[Request], list[str]]:
    """Add the settings that have no row, below everything that stands in the tab."""
    if page.table is not None:
        # For its refusals; columns that are about to be added are not missing.
        lacking = [heading_of(column, language) for column in page.lacking]
        columns_of(Tab.SETTINGS, [*page.table.headings, *lacking], page.sheet.title)
    place = page.places["setting"]
    missing = lacking_settings(row.cells[place] for row in page.rows if place < len(row.cells))
    if not missing:
        return [], []
    first = max((row.number for row in page.rows), default=1)
    grown = page.size[0] if page.lacking else 0
    sheet = replace(page.sheet, rows=max(page.sheet.rows, grown))
    requests = _room(sheet, first + len(missing), 0)
    requests += [
        _written(page, key, first, [_setting_text(key, one, language) for one in missing])
        for key in ("setting", "value", "meaning")
    ]
    for row, setting in enumerate(missing, first):
        if setting.choices:
            whole = area(
                page.sheet.sheet_id,
                (row, row + 1),
                (page.places["value"], page.places["value"] + 1),
            )
            # The words stay English here: the meaning beside them explains each.
            requests.append(choices_request(whole, setting.choices, "en"))
    return requests, [added("setting", language, setting=one.key) for one in missing]


def _setting_text(key: str, setting: SettingSpec, language: str) -> str:
    if key == "setting":
        return setting.key
    return meaning_of(setting, language) if key == "meaning" else default_of(setting, language)


def _written(page: _Page, key: str, first: int, texts: Sequence[str]) -> Request:
    look = {
        "numberFormat": number_format(Kind.TEXT),
        "verticalAlignment": "TOP",
        "wrapStrategy": "WRAP" if key == "meaning" else "OVERFLOW_CELL",
    }
    cells = [
        {"userEnteredFormat": look} | ({"userEnteredValue": {"stringValue": text}} if text else {})
        for text in texts
    ]
    start = {"rowIndex": first, "columnIndex": page.places[key]}
    return {
        "updateCells": {
            "start": {"sheetId": page.sheet.sheet_id, **start},
            "rows": [{"values": [cell]} for cell in cells],
            "fields": _SETTING_FIELDS,
        }
    }

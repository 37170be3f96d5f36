"""How are the Dashboard's charts drawn in a Google sheet? One addChart for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tracker.layout.charts import CHARTS, ChartKind, ChartSpec, chart_column
from tracker.stores.google_sheets.columns import Request, area, colour

_ROW_PIXELS, _COLUMN_PIXELS = 21, 100
"""How large Google makes rows and columns that nobody has sized."""

_TYPES = {ChartKind.COLUMN: "COLUMN", ChartKind.BAR: "BAR", ChartKind.STACKED: "BAR"}


def room(used: int) -> tuple[int, int]:
    """Give the rows and columns that a sheet needs for its charts beside `used` columns."""
    rows = max(spec.row - 1 - (-spec.height // _ROW_PIXELS) for spec in CHARTS)
    columns = max(-(-spec.width // _COLUMN_PIXELS) for spec in CHARTS)
    return rows, chart_column(used) - 1 + columns


def chart_requests(
    sheet_id: int,
    charts: Iterable[ChartSpec],
    places: Mapping[str, int],
    language: str,
    new_id: Callable[[], int],
) -> list[Request]:
    """Ask for charts beside the table; `places` are those of the Dashboard's columns, from 0."""
    column = chart_column(max(places.values()) + 1) - 1
    return [
        {"addChart": {"chart": _chart(spec, sheet_id, places, column, language, new_id())}}
        for spec in charts
    ]


def _chart(
    spec: ChartSpec,
    sheet_id: int,
    places: Mapping[str, int],
    column: int,
    language: str,
    chart_id: int,
) -> dict[str, Any]:
    anchor = {"sheetId": sheet_id, "rowIndex": spec.row - 1, "columnIndex": column}
    size = {"widthPixels": spec.width, "heightPixels": spec.height}
    return {
        "chartId": chart_id,
        "spec": {
            "title": spec.title(language),
            "basicChart": _drawn(spec, sheet_id, places),
            # So that the owner may hide the columns it is drawn from, or filter the tab.
            "hiddenDimensionStrategy": "SHOW_ALL",
        },
        "position": {"overlayPosition": {"anchorCell": anchor, **size}},
    }


def _drawn(spec: ChartSpec, sheet_id: int, places: Mapping[str, int]) -> dict[str, Any]:
    # Bars that lie are measured along the bottom; naming another axis is refused.
    axis = "LEFT_AXIS" if spec.kind is ChartKind.COLUMN else "BOTTOM_AXIS"
    series = [
        {
            "series": _source(sheet_id, places[key], spec.rows),
            "targetAxis": axis,
            "colorStyle": colour(rgb),
        }
        for key, rgb in zip(spec.series, spec.colours, strict=True)
    ]
    return {
        "chartType": _TYPES[spec.kind],
        "stackedType": "STACKED" if spec.kind is ChartKind.STACKED else "NOT_STACKED",
        "legendPosition": "BOTTOM_LEGEND" if len(series) > 1 else "NO_LEGEND",
        "headerCount": 1,
        "domains": [{"domain": _source(sheet_id, places[spec.category], spec.rows)}],
        "series": series,
    }


def _source(sheet_id: int, index: int, rows: int) -> dict[str, Any]:
    return {"sourceRange": {"sources": [area(sheet_id, (0, rows + 1), (index, index + 1))]}}

"""How are the Dashboard's charts drawn in a workbook? As charts of its own, above its cells.

Only what openpyxl reads back is used, since whatever adds to the layout loads and saves the book,
and so does a commit whose XML is not understood: it would forget the style of a whole chart and
its corners, and put a stray word into the font of an axis.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import AxDataSource, NumFmt, StrRef
from openpyxl.chart.legend import Legend
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.text import (
    CharacterProperties,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.worksheet.worksheet import Worksheet

from tracker.layout.charts import ChartKind, ChartSpec, chart_column

EMU_PER_PIXEL = 9_525
TITLE_SIZE = 1300
TEXT_COLOUR, LINE_COLOUR = "404040", "D9D9D9"
GAP_PERCENT = 50
AMOUNTS = "#,##0"


def draw(
    sheet: Worksheet,
    charts: Iterable[ChartSpec],
    places: Mapping[str, int],
    used: int,
    language: str,
) -> None:
    """Draw charts beside the table; nothing that is there is touched.

    `places` are those of the tab's columns by key (from 0), and its first `used` columns are taken.
    """
    for spec in charts:
        chart = _chart(sheet, spec, places, language)
        chart.anchor = _anchor(spec, used)  # type: ignore[assignment]  # the stubs know cells only
        sheet.add_chart(chart)


def _anchor(spec: ChartSpec, used: int) -> OneCellAnchor:
    size = XDRPositiveSize2D(spec.width * EMU_PER_PIXEL, spec.height * EMU_PER_PIXEL)
    return OneCellAnchor(AnchorMarker(chart_column(used) - 1, 0, spec.row - 1, 0), size)


def _chart(sheet: Worksheet, spec: ChartSpec, places: Mapping[str, int], language: str) -> BarChart:
    chart = BarChart()
    upright = spec.kind is ChartKind.COLUMN
    chart.barDir = "col" if upright else "bar"
    chart.grouping = "stacked" if spec.kind is ChartKind.STACKED else "clustered"
    chart.overlap = 100 if spec.kind is ChartKind.STACKED else None
    chart.gapWidth = GAP_PERCENT
    for key, colour in zip(spec.series, spec.colours, strict=True):
        chart.series.append(_series(sheet, spec, places[spec.category], places[key], colour))
    chart.title = _title(spec.title(language))
    chart.legend = _legend() if len(spec.series) > 1 else None
    _finish_axes(chart, upright=upright)
    # A filter that hides rows of the table hides nothing of a chart.
    chart.visible_cells_only = False
    # Without a frame nobody sees that Excel would make its corners round.
    chart.graphical_properties = GraphicalProperties(
        solidFill="FFFFFF", ln=LineProperties(noFill=True)
    )
    return chart


def _series(sheet: Worksheet, spec: ChartSpec, category: int, column: int, colour: str) -> Any:  # noqa: ANN401
    last = spec.rows + 1
    amounts = Reference(sheet, min_col=column + 1, min_row=1, max_row=last)
    series = Series(amounts, title_from_data=True)
    labels = Reference(sheet, min_col=category + 1, min_row=2, max_row=last)
    series.cat = AxDataSource(strRef=StrRef(f=str(labels)))
    series.graphicalProperties = GraphicalProperties(solidFill=colour)
    # Else Excel shows a sum below zero as an empty white bar.
    series.invertIfNegative = False
    return series


def _title(text: str) -> Title:
    look = CharacterProperties(sz=TITLE_SIZE, b=True, solidFill=TEXT_COLOUR)
    words = Paragraph(pPr=ParagraphProperties(defRPr=look), r=[RegularTextRun(rPr=look, t=text)])
    return Title(tx=Text(rich=RichText(p=[words])), overlay=False)


def _legend() -> Legend:
    legend = Legend()
    legend.position = "b"
    legend.overlay = False
    return legend


def _finish_axes(chart: BarChart, *, upright: bool) -> None:
    names, amounts = chart.x_axis, chart.y_axis
    for axis in (names, amounts):
        axis.delete = False
        axis.majorTickMark = None
    # Beside the plot also where a bar goes below zero.
    names.tickLblPos = "low"
    names.spPr = GraphicalProperties(ln=LineProperties(solidFill=LINE_COLOUR))
    names.noMultiLvlLbl = True
    amounts.numFmt = NumFmt(AMOUNTS, sourceLinked=False)
    amounts.majorGridlines = ChartLines(
        spPr=GraphicalProperties(ln=LineProperties(solidFill=LINE_COLOUR))
    )
    amounts.spPr = GraphicalProperties(ln=LineProperties(noFill=True))
    if not upright:
        # Lying bars begin at the bottom; turned round, the greatest is on top and sums below.
        names.scaling.orientation = "maxMin"
        amounts.crosses = "max"

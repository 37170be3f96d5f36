"""Which charts has the Dashboard? What each shows, where it stands and how large it is.

Both stores that can draw take everything from here, so that a workbook and a Google sheet show
the same charts.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from tracker.layout.spec import Tab


class ChartKind(StrEnum):
    """How a chart is drawn.

    COLUMN stands upright from left to right. BAR and STACKED lie, the first row on top, because
    names of partners are longer than a column is wide; STACKED puts its series end to end.
    """

    COLUMN = "column"
    BAR = "bar"
    STACKED = "stacked"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSpec:
    """One chart of the Dashboard.

    Attributes:
        title_en, title_ru: what stands above it.
        category: the key of the column that names its bars.
        series: the keys of the columns of sums; with more than one there is a legend.
        colours: one for each of the series, as RRGGBB.
        rows: how many rows below the heading it shows; rows that are blank leave blank places.
        row: where its upper left corner stands, counted from 1, the heading being 1. The column is
            that of `chart_column`.
        width, height: in pixels.
    """

    kind: ChartKind
    title_en: str
    title_ru: str
    category: str
    series: tuple[str, ...]
    colours: tuple[str, ...]
    rows: int
    row: int
    width: int = 660
    height: int = 270

    @property
    def columns(self) -> tuple[str, ...]:
        """The keys of all the columns that it is drawn from."""
        return (self.category, *self.series)

    def title(self, language: str) -> str:
        """What stands above it in that language (`ru`, else English)."""
        return self.title_ru if language == "ru" else self.title_en


CHARTS = (
    ChartSpec(
        kind=ChartKind.COLUMN,
        title_en="Commission by month",
        title_ru="Вознаграждение по месяцам",
        category="month",
        series=("commission",),
        colours=("2E75B6",),
        rows=12,
        row=2,
    ),
    ChartSpec(
        kind=ChartKind.BAR,
        title_en="Commission by partner",
        title_ru="Вознаграждение по партнёрам",
        category="partner",
        series=("earned",),
        colours=("2E75B6",),
        rows=10,
        row=16,
    ),
    ChartSpec(
        kind=ChartKind.STACKED,
        title_en="Payable and on hold",
        title_ru="К выплате и в холде",
        category="account",
        series=("payable", "on_hold"),
        colours=("548235", "F4B183"),
        rows=10,
        row=30,
    ),
)
"""In the order they stand, one below the other. A chart is less than 14 rows of 20 pixels high."""

_GAP_COLUMNS = 1


def charts_for(tab: Tab, added: Collection[str]) -> tuple[ChartSpec, ...]:
    """Which charts to draw once these columns were added to a tab: those that are made of them.

    A chart that its owner deleted does not come back while its columns are there.
    """
    if tab is not Tab.DASHBOARD:
        return ()
    return tuple(chart for chart in CHARTS if not set(chart.columns).isdisjoint(added))


def chart_column(used: int) -> int:
    """The column (from 1) at which charts begin when the first `used` columns hold something.

    To the right of the table, because how far down it reaches depends on its currencies.
    """
    return used + _GAP_COLUMNS + 1

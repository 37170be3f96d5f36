"""Is every chart drawn from columns that the Dashboard has, and clear of the others?"""

from __future__ import annotations

from itertools import pairwise

import pytest

from tracker.layout import LAYOUT, Kind, Tab
from tracker.layout.charts import CHARTS, ChartSpec, chart_column, charts_for
from tracker.metrics import CHART_MONTHS, CHART_PARTNERS_MAX

ROW_PIXELS = 20


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.kind.value)
def test_a_chart_names_bars_by_text_and_measures_them_by_sums(chart: ChartSpec) -> None:
    dashboard = LAYOUT[Tab.DASHBOARD]

    assert dashboard.column(chart.category).kind is Kind.ID
    assert {dashboard.column(key).kind for key in chart.series} == {Kind.AMOUNT}
    assert len(chart.colours) == len(chart.series)
    assert chart.title("en") != chart.title("ru")


def test_a_chart_shows_as_many_rows_as_are_written_for_it() -> None:
    rows = [CHART_MONTHS, CHART_PARTNERS_MAX, CHART_PARTNERS_MAX]

    assert [chart.rows for chart in CHARTS] == rows == [12, 10, 10]


def test_no_chart_covers_the_next_one_or_the_headings() -> None:
    for above, below in pairwise(CHARTS):
        assert above.height <= (below.row - above.row) * ROW_PIXELS
    assert CHARTS[0].row > 1


def test_charts_begin_a_column_after_the_last_one_in_use() -> None:
    # Eleven columns of ours end with K; L stays free.
    assert len(LAYOUT[Tab.DASHBOARD].columns) == 11
    assert chart_column(11) == 13


@pytest.mark.parametrize(
    ("tab", "added", "drawn"),
    [
        (Tab.DASHBOARD, {"figure", "month", "commission", "earned", "on_hold"}, [0, 1, 2]),
        (Tab.DASHBOARD, {"payable"}, [2]),
        (Tab.DASHBOARD, {"figure", "amount"}, []),
        (Tab.DASHBOARD, set(), []),
        (Tab.BALANCES, {"payable", "on_hold"}, []),
    ],
)
def test_a_chart_is_drawn_when_a_column_of_it_is_added(
    tab: Tab, added: set[str], drawn: list[int]
) -> None:
    assert list(charts_for(tab, added)) == [CHARTS[place] for place in drawn]

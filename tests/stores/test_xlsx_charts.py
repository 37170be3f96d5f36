"""Are the Dashboard's charts in the workbook, and still there after many syncs?"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from tests.stores.books import Edited, InWorkbook, generation, place, sheet_of
from tracker.cells import Cell
from tracker.layout import LAYOUT, Tab
from tracker.layout.charts import CHARTS
from tracker.stores import Commit, Link
from tracker.stores.xlsx import XlsxStore

RANGES = {
    "xl/charts/chart1.xml": ["F1", "$E$2:$E$13", "$F$2:$F$13"],
    "xl/charts/chart2.xml": ["H1", "$G$2:$G$11", "$H$2:$H$11"],
    "xl/charts/chart3.xml": [
        "J1", "$I$2:$I$11", "$J$2:$J$11",
        "K1", "$I$2:$I$11", "$K$2:$K$11",
    ],
}  # fmt: skip
"""The heading, names and sums of each of the series, in a new book."""


@pytest.fixture
def book(tmp_path: Path) -> InWorkbook:
    return InWorkbook(tmp_path)


def part(book: InWorkbook, name: str) -> str:
    with ZipFile(book.path) as parts:
        return parts.read(name).decode()


def drawn(book: InWorkbook, title: str = "Dashboard") -> dict[str, list[str]]:
    """The ranges of every chart, by its part; all must lie in that tab."""
    with ZipFile(book.path) as parts:
        names = sorted(name for name in parts.namelist() if name.startswith("xl/charts/"))
        found = {name: re.findall("<f>(.*?)</f>", parts.read(name).decode()) for name in names}
    assert all(one.startswith(f"'{title}'!") for ranges in found.values() for one in ranges)
    return {name: [one.split("!")[1] for one in ranges] for name, ranges in found.items()}


def relations(book: InWorkbook) -> str:
    """What the Dashboard's sheet refers to."""
    titles = openpyxl.load_workbook(book.path).sheetnames
    return part(book, f"xl/worksheets/_rels/sheet{titles.index('Dashboard') + 1}.xml.rels")


def rewrite(store: XlsxStore, amount: int) -> None:
    """Write another Dashboard, as a sync does."""
    row: dict[str, Cell | Link] = {"month": "2026-10", "commission": Decimal(amount)}
    store.commit(Commit(base=generation(store), reports={Tab.DASHBOARD: [row]}))


def charts_of(edited: openpyxl.Workbook) -> list[object]:
    """The charts of the Dashboard, to take away."""
    found: list[object] = sheet_of(edited, Tab.DASHBOARD)._charts  # type: ignore[attr-defined]
    return found


def bare(book: InWorkbook, *, keep: int = 0) -> None:
    """Make the Dashboard that of an older book, with the first `keep` columns and no charts."""
    with Edited(book.path) as edited:
        sheet_of(edited, Tab.DASHBOARD).delete_cols(keep + 1, 20)
        charts_of(edited).clear()


@pytest.mark.parametrize(("language", "title"), [("en", "Dashboard"), ("ru", "Сводка")])
def test_a_new_book_has_the_charts_under_titles_in_its_language(
    book: InWorkbook, language: str, title: str
) -> None:
    book.open().lay_out(language)

    assert drawn(book, title) == RANGES
    for number, chart in enumerate(CHARTS, 1):
        assert f"<a:t>{chart.title(language)}</a:t>" in part(book, f"xl/charts/chart{number}.xml")


def test_two_commits_later_the_charts_are_the_same_to_the_byte(book: InWorkbook) -> None:
    store = book.ready()
    names = [*RANGES, "xl/drawings/drawing1.xml"]
    before = [part(book, name) for name in names]

    rewrite(store, 100)
    rewrite(store, 200)

    assert drawn(book) == RANGES
    assert [part(book, name) for name in names] == before
    assert "/drawings/drawing1.xml" in relations(book)


def test_axes_are_shown_and_only_two_series_need_a_legend(book: InWorkbook) -> None:
    book.ready()
    charts = [part(book, name) for name in RANGES]

    assert [chart.count('<delete val="0" />') for chart in charts] == [2, 2, 2]
    assert [chart.count("<legend>") for chart in charts] == [0, 0, 1]
    assert [re.findall('<barDir val="(.*?)"', chart) for chart in charts] == [
        ["col"], ["bar"], ["bar"],
    ]  # fmt: skip


def test_charts_stand_to_the_right_of_the_table(book: InWorkbook) -> None:
    book.ready()
    corners = re.findall(
        r"<from><col>(\d+)</col><colOff>0</colOff><row>(\d+)</row>",
        part(book, "xl/drawings/drawing1.xml"),
    )

    last = place(Tab.DASHBOARD, "on_hold")
    assert corners == [(str(last + 2), "1"), (str(last + 2), "15"), (str(last + 2), "29")]


def test_a_chart_that_its_owner_deleted_stays_deleted(book: InWorkbook) -> None:
    store = book.ready()
    with Edited(book.path) as edited:
        del charts_of(edited)[1]

    assert list(store.lay_out("en")) == []
    rewrite(store, 100)
    assert len(drawn(book)) == 2


def test_an_older_book_gets_the_columns_and_the_charts_once(book: InWorkbook) -> None:
    store = book.ready()
    bare(book, keep=4)

    said = list(store.lay_out("ru"))

    assert len(said) == 7 + 3
    assert said[-1] == "Drew the chart “Payable and on hold” on the tab Dashboard."
    assert drawn(book) == RANGES
    assert list(store.lay_out("en")) == []


def test_charts_follow_columns_that_were_added_behind_the_owners_own(book: InWorkbook) -> None:
    store = book.ready()
    bare(book, keep=4)
    with Edited(book.path) as edited:
        edited["Dashboard"]["F7"] = "mine"

    store.lay_out("en")

    assert drawn(book)["xl/charts/chart1.xml"] == ["H1", "$G$2:$G$13", "$H$2:$H$13"]
    assert "<from><col>14</col>" in part(book, "xl/drawings/drawing1.xml")


def test_a_filter_of_the_owners_hides_no_bar_and_none_is_offered(book: InWorkbook) -> None:
    book.ready()
    sheets = openpyxl.load_workbook(book.path)

    assert all('<plotVisOnly val="0" />' in part(book, name) for name in RANGES)
    assert sheets["Dashboard"].auto_filter.ref is None
    assert sheets["Balances"].auto_filter.ref == "A1:G1048576"
    assert len(LAYOUT[Tab.BALANCES].columns) == 7

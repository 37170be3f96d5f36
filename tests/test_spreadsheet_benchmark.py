"""Do formulas and our core decide the same, so that their times may be compared?"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import spreadsheet
from benchmarks.made_orders import make
from benchmarks.made_spreadsheet import FULL, Here, There, told
from benchmarks.promises import PROMISES
from benchmarks.results import Machine, Part
from benchmarks.watched import Used, run
from tracker.layout import LAYOUT, Tab


def used(wall: float, cpu: float) -> Used:
    return Used(wall, cpu, 64, "")


def test_libreoffice_and_our_core_decide_the_same_by_the_full_rules(soffice: Path) -> None:
    found = spreadsheet.costs(200, [FULL])

    ours = found[FULL, spreadsheet.OURS[FULL]]
    assert soffice.exists()  # costs ends the benchmark unless the rows are the same
    assert int(ours.said.split()[0]) > 100
    assert found[FULL, spreadsheet.OFFICE].cpu_seconds > 0


def test_libreoffice_that_ends_without_a_result_costs_its_row(tmp_path: Path) -> None:
    office = spreadsheet.Office("/bin/false", tmp_path)

    with pytest.raises(
        spreadsheet.GaveUp, match=r"^LibreOffice ended without a result after \d+ s$"
    ):
        office.recompute(tmp_path / "full.xlsx")


def test_who_is_owed_nothing_is_left_out_of_what_formulas_came_to(tmp_path: Path) -> None:
    path = tmp_path / "full.csv"
    path.write_text("order_id,partner,minor\n1,p1,150\n2,,0\n3,p2,7\n", "utf-8")

    assert spreadsheet.commissions(path) == [("1", "p1", 150), ("3", "p2", 7)]


def test_the_full_rules_refuse_a_second_use(tmp_path: Path) -> None:
    make(tmp_path, 150, buyers=1)
    states = [((latest or placed)["state"], placed["codes"]) for placed, latest in told(tmp_path)]
    used = [
        codes[0] for state, codes in states if state == "paid" and codes not in ([], ["NOBODY"])
    ]

    light, full = (run(engine, str(tmp_path)).said for engine in spreadsheet.OURS.values())

    assert int(light.split()[0]) == len(used)
    assert int(full.split()[0]) == len(set(used)) < len(used)


def test_an_order_is_as_it_was_last_told(tmp_path: Path) -> None:
    make(tmp_path, 100)
    news = [latest for _, latest in told(tmp_path) if latest]

    assert len(told(tmp_path)) == 100
    assert 3 < len(news) < 30
    assert {one["state"] for one in news} == {"paid", "cancelled"}


def test_a_formula_names_its_row_the_rows_above_and_other_tabs() -> None:
    formula = "=COUNTIF({sale:above},{sale})+MATCH({sale},{Codes:B},0)"

    written = formula.format(sale=Here("P", 9), Codes=There("Codes", 551))

    assert written == "=COUNTIF(P$1:P8,P9)+MATCH(P9,Codes!$B$2:$B$551,0)"


def test_times_are_told_by_cpu_against_ours_with_the_same_rules() -> None:
    ours = spreadsheet.OURS[FULL]
    found = {(FULL, spreadsheet.OFFICE): used(300, 400), (FULL, ours): used(10, 8)}

    lines = spreadsheet.rows(50_000, found)

    assert lines == [
        "| 50,000 | LibreOffice recomputes the full rules | 300.0 | 400.0 | 64 | 167 | 50.0 |",
        "| 50,000 | **tracker's core**, the full rules | 10.0 | 8.0 | 64 | 5,000 | 1.0 |",
    ]
    (promise,) = (one for one in PROMISES if one.part == "spreadsheet")
    figures = spreadsheet.figures_of(50_000, found)
    row = promise.row({"spreadsheet": Part(Machine(2, 24, "3.11.7", None), figures, [])})
    assert row.endswith(
        "| 50 times as fast | at least 500 times as fast | **not reached**: 10% of it |"
    )


@pytest.mark.parametrize(("tab", "count"), [(Tab.JOURNAL, 300), (Tab.COMMISSIONS, 208)])
def test_the_floor_writes_every_cell_of_both_ledgers(tab: Tab, count: int, tmp_path: Path) -> None:
    make(tmp_path, 300)
    said = run("floor", str(tmp_path)).said
    with (tmp_path / "ledger.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))

    widths = Counter(map(len, lines))
    assert widths[len(LAYOUT[tab].columns)] == count
    assert sum(widths.values()) == 300 + int(said.split()[0])
    assert len({line[-1] for line in lines}) == len(lines)

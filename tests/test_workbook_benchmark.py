"""Does the benchmark of the workbook compare two ways to the same lines?"""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks import workbook
from benchmarks.made_workbook import lines, make
from benchmarks.watched import Used, run


def test_both_ways_leave_the_same_lines(tmp_path: Path) -> None:
    make(tmp_path / "made.xlsx", 3)
    left = set()
    for engine in (workbook.OURS, workbook.OPENPYXL):
        copy = shutil.copyfile(tmp_path / "made.xlsx", tmp_path / f"{engine}.xlsx")
        cost = workbook.middle([run(engine, str(copy), "2")])
        assert 0 < cost.append < cost.cpu
        assert 20 < cost.peak_mb < 400
        left.add(workbook.last_line(copy))

    [(count, last)] = left
    assert (count, "'new-1'" in last, "datetime.date(2026, 10, 2)" in last) == (5, True, True)


def test_no_two_lines_are_alike() -> None:
    made = [*lines("old", 50), *lines("new", 50)]
    assert len({str(line["line_id"]) for line in made}) == 100


def test_times_are_told_by_cpu_against_ours() -> None:
    ours, other = Used(1, 0.5, 0, "0.25 60"), Used(20, 15, 0, "14.5 400.4")
    found = {
        workbook.OURS: workbook.middle([ours]),
        workbook.OPENPYXL: workbook.middle([other, ours, other]),
    }
    assert workbook.rows(20_000, found) == [
        "| 20,000 | **ours**: the XML of that tab alone | 1.00 | 0.50 | 0.25 | 60 | 1.0 |",
        "| 20,000 | openpyxl: load, append, save | 20.00 | 15.00 | 14.50 | 400 | 30.0 |",
    ]

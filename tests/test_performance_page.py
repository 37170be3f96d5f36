"""Does docs/performance.md say what was measured, and judge it by what was promised?"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import google_calls, idle, promises, receiver, results, rules, workbook
from benchmarks.__main__ import PARTS
from benchmarks.promises import PROMISES, Promise
from benchmarks.receiver_servers import EACH, GROUP
from benchmarks.results import Figures, Machine, Part, Tell
from benchmarks.summary import machines, summary
from benchmarks.watched import Used

MACHINE = Machine(cores=2, memory_gb=24, python="3.11.7", load=0.25)
FASTER = Promise(
    part="workbook",
    what="Lines added: {lines:,.0f} there",
    ours="{ours:.1f} s",
    beside="openpyxl {theirs:.0f} s",
    of="theirs",
    over="ours",
    shown="{:.0f} times as fast",
    aim=30,
)


def part(**figures: float) -> Part:
    return Part(MACHINE, figures, ["# Adding", "", "some"])


def test_the_page_is_what_was_kept_when_it_was_measured() -> None:
    parts = results.load()

    assert results.PAGE.read_text("utf-8") == results.document(summary(parts), parts)
    assert list(parts) == [name for name in PARTS if name in parts]


def test_every_promise_is_of_a_part_that_is_measured() -> None:
    assert {promise.part for promise in PROMISES} <= set(PARTS)


def test_a_row_tells_ours_theirs_the_ratio_and_the_aim() -> None:
    row = FASTER.row({"workbook": part(lines=100_000, ours=1.25, theirs=50)})

    assert row == (
        "| Lines added: 100,000 there | 1.2 s | openpyxl 50 s | 40 times as fast "
        "| at least 30 times as fast | reached |"
    )


def test_what_is_not_measured_yet_says_so() -> None:
    row = FASTER.row({})

    assert row == "| Lines added | — | — | — | at least 30 times as fast | not measured yet |"
    assert FASTER.row({"workbook": part(lines=3, ours=1)}) == row


@pytest.mark.parametrize(
    ("promise", "figure", "says"),
    [
        (FASTER, 30, "reached"),
        (FASTER, 29.99, "**not reached**: 99% of it"),
        (FASTER, 0.147, "**not reached**: 0.49% of it"),
        (replace(FASTER, most=True), 30, "reached"),
        (replace(FASTER, most=True), 63, "**not reached**: 2.1 times it"),
        (replace(FASTER, most=True), 1234, "**not reached**: 41 times it"),
    ],
)
def test_a_figure_is_judged_by_its_aim(promise: Promise, figure: float, says: str) -> None:
    assert promise.verdict(figure) == says


def test_where_nothing_was_promised_nothing_is_reached() -> None:
    assert replace(FASTER, aim=None).verdict(1000) == "nothing was promised"


def test_a_part_measured_anew_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    results.save({"idle": part(wall_s=0.1), "google": part(calls=3)}, path)
    results.save({**results.load(path), "idle": part(wall_s=0.2)}, path)

    kept = results.load(path)
    assert {name: one.figures for name, one in kept.items()} == {
        "idle": {"wall_s": 0.2},
        "google": {"calls": 3},
    }
    assert kept["google"] == part(calls=3)
    assert results.load(tmp_path / "none.json") == {}


def test_a_part_is_told_as_it_comes_with_the_machine_after_its_first_lines() -> None:
    told: list[str] = []

    def measure(tell: Tell) -> Figures:
        tell(["# Adding", "", "what it is"])
        tell(["| 1 |"])
        return {"ours": 1.23456789}

    found = results.measured(measure, told.extend)

    assert found.figures == {"ours": 1.23457}
    assert found.page == told
    machine = told.pop(3)
    assert re.fullmatch(r"Machine: \d+ cores, \d+ GB, Python 3.*; load \d.* it began\.", machine)
    assert told == ["# Adding", "", "what it is", "| 1 |"]


def test_parts_stand_below_the_table_one_heading_lower() -> None:
    page = results.document(["# How fast", "", "| table |"], {"idle": part(), "google": part()})

    assert page == "# How fast\n\n| table |\n\n## Adding\n\nsome\n\n## Adding\n\nsome\n"


def test_machines_are_told_with_how_busy_they_were() -> None:
    other = replace(MACHINE, cores=8, load=None)
    parts = {"google": part(), "rules": part(), "idle": Part(other, {}, [])}

    assert machines(parts) == [
        "Machine: 2 cores, 24 GB, Python 3.11.7. Load when it began: google 0.2, rules 0.2.",
        "Machine: 8 cores, 24 GB, Python 3.11.7. Load when it began: idle not noted.",
    ]


def judged(name: str, figures: Figures) -> list[str]:
    """What the table says of a part's figures: the figure and the verdict of each row."""
    rows = [one.row({name: Part(MACHINE, figures, [])}) for one in PROMISES if one.part == name]
    assert not [row for row in rows if promises.NOT_YET in row]
    return [" ".join(row.split(" | ")[index].strip("| ") for index in (3, 5)) for row in rows]


def test_the_receiver_is_judged_by_the_most_connections() -> None:
    rate = receiver.Rate(per_second=600, p50_ms=1, p99_ms=99, cpu_us=100, load_cpu=0.1)
    usual = {(lines, who): rate for lines in (1, 64) for who in receiver.WHO}
    usual[64, GROUP] = replace(rate, per_second=1200)
    slow = usual | {(64, EACH): replace(rate, per_second=50)}

    said = judged("receiver", receiver.figures_of(usual, slow))

    assert said == [
        "0.50 of the bare rate **not reached**: 75% of it",
        "99 ms reached",
        "12 times as many reached",
    ]


def test_a_workbook_is_judged_by_its_largest() -> None:
    ours = workbook.Cost(wall=1.3, cpu=1.25, append=0.83, peak_mb=120)
    found = {workbook.OURS: ours, workbook.OPENPYXL: workbook.Cost(90, 50, 48, 900)}

    said = judged("workbook", workbook.figures_of(100_000, found))

    assert said == [
        "0.83 CPU s reached",
        "120 MB **not reached**: 1.2 times it",
        "40 times as fast reached",
    ]


def test_an_idle_sync_is_judged_by_the_clock_and_by_its_cpu() -> None:
    one = idle.Idle(wall=0.2, cpu=0.01, peak_mb=30, before=180)
    found = dict.fromkeys((idle.SYNC, idle.BARE, idle.READ, idle.LOAD), one)

    said = judged("idle", idle.figures_of(10_000, found))

    assert said == ["0.20 s reached", "180 ms **not reached**: 1.2 times it"]


def test_rules_are_judged_by_their_share_of_the_rate() -> None:
    runs = {who: [Used(9, cpu, 0, "")] for who, cpu in zip(rules.WHO, (4, 5, 8), strict=True)}

    said = judged("rules", rules.figures_of(runs))

    assert said == ["0.80 of the rate reached", "0.50 of the rate **not reached**: 66% of it"]


def test_google_is_judged_by_calls_bytes_and_the_naive_script() -> None:
    cost = google_calls.Cost(calls=3, up=100_000, down=0, cpu=0.8, peak_mb=50)
    who = (google_calls.OURS, google_calls.CAREFUL, google_calls.NAIVE)
    small = {(news, one): cost for news in ("100", "2,000", google_calls.IDLE) for one in who}
    # 199 calls and the token's at 0.3 s, and 0.8 s of CPU: 60.8 s; ours 1.2 and 0.8: 2 s.
    small["100", google_calls.NAIVE] = replace(cost, calls=199)
    large = {key: replace(one, up=150_000) for key, one in small.items()}

    said = judged("google", google_calls.figures_of({1_000: small, 100_000: large}))

    assert said == [
        "3 reached",
        "3 reached",
        "3 **not reached**: 1.5 times it",
        "1.50 times as many **not reached**: 1.4 times it",
        "30 times as fast **not reached**: 76% of it",
    ]

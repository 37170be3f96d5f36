"""May a run be killed between any two parts of a commit? Each of them makes sense alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.layout import Tab
from tracker.splitting import split
from tracker.stores import Commit, Generation, Record

BASE = Generation(3, "n3")
STATE = {"cursor:a": "9", "quarantined": "1", "secret_check": "ab"}
REPORTS: Mapping[Tab, Sequence[Record]] = {Tab.BALANCES: [{"partner_id": "ivan"}]}


def fact(number: int) -> Record:
    return {"line_id": f"j{number}"}


def line(of: int, number: int = 0) -> Record:
    return {"line_id": f"c{of}.{number}", "fact": f"j{of}"}


def commit(facts: Sequence[Record], lines: Sequence[Record], **others: Sequence[Record]) -> Commit:
    tabs = {"history": Tab.CODE_HISTORY, "runs": Tab.RUNS}
    appends = {Tab.JOURNAL: facts, Tab.COMMISSIONS: lines}
    appends |= {tabs[name]: rows for name, rows in others.items()}
    return Commit(base=BASE, appends=appends, reports=REPORTS, state=STATE)


def ids(part: Commit, tab: Tab, key: str = "line_id") -> list[object]:
    return [record[key] for record in part.appends.get(tab, ())]


def size(part: Commit) -> int:
    """How many rows a part appends; the one of Runs is not counted."""
    return sum(len(rows) for tab, rows in part.appends.items() if tab is not Tab.RUNS)


@pytest.mark.parametrize("rows_max", [None, 5, 6, 2_000])
def test_a_commit_that_fits_stays_as_it_is(rows_max: int | None) -> None:
    whole = commit([fact(1), fact(2)], [line(1), line(2)], runs=[{"run_id": "r"}])
    assert split(whole, rows_max) == [whole]


def test_an_order_s_lines_go_with_its_fact_and_the_end_goes_last() -> None:
    facts = [fact(1), fact(2), fact(3)]
    lines = [line(1), line(2, 1), line(2, 2), line(3)]
    parts = split(commit(facts, lines, runs=[{"run_id": "r"}]), 3)
    assert [ids(part, Tab.JOURNAL) for part in parts] == [["j1"], ["j2"], ["j3"]]
    assert [ids(part, Tab.COMMISSIONS) for part in parts] == [["c1.0"], ["c2.1", "c2.2"], ["c3.0"]]
    assert [ids(part, Tab.RUNS, "run_id") for part in parts] == [[], [], ["r"]]
    assert [part.reports for part in parts] == [{}, {}, REPORTS]
    assert [dict(part.state) for part in parts] == [{"secret_check": "ab"}] * 2 + [STATE]


def test_lines_put_back_and_the_history_of_codes_come_before_what_is_decided_by_them() -> None:
    history = [{"code": "A"}, {"code": "B"}]
    parts = split(commit([fact(8)], [line(7), line(8)], history=history), 2)
    assert [list(part.appends) for part in parts] == [
        [Tab.COMMISSIONS, Tab.CODE_HISTORY], [Tab.CODE_HISTORY], [Tab.JOURNAL, Tab.COMMISSIONS],
    ]  # fmt: skip
    assert [ids(part, Tab.COMMISSIONS) for part in parts] == [["c7.0"], [], ["c8.0"]]
    assert [ids(part, Tab.CODE_HISTORY, "code") for part in parts] == [["A"], ["B"], []]


def test_an_order_of_more_lines_than_fit_stays_whole() -> None:
    lines = [line(1, number) for number in range(5)]
    parts = split(commit([fact(1), fact(2)], [*lines, line(2)]), 2)
    assert [size(part) for part in parts] == [6, 2]


def test_every_part_names_the_base_that_was_read() -> None:
    parts = split(commit([fact(n) for n in range(5)], []), 2)
    assert [part.base for part in parts] == [BASE] * 3


def test_two_thousand_and_one_lines_are_two_parts() -> None:
    parts = split(commit([fact(n) for n in range(2_001)], []), 2_000)
    assert [size(part) for part in parts] == [2_000, 1]


@given(
    st.lists(st.integers(0, 4), max_size=25),
    st.lists(st.integers(100, 110), max_size=6),
    st.integers(0, 5),
    st.integers(1, 8),
)
def test_nothing_is_lost_doubled_parted_or_reordered(
    counts: list[int], put_back: list[int], changed: int, rows_max: int
) -> None:
    lines = [line(of, n) for of, count in enumerate(counts) for n in range(count)]
    lines += [line(of, n) for n, of in enumerate(put_back)]
    history = [{"code": str(n)} for n in range(changed)]
    facts = [fact(n) for n in range(len(counts))]
    whole = commit(facts, lines, history=history, runs=[{"run_id": "r"}])
    parts = split(whole, rows_max)
    assert [x for part in parts for x in ids(part, Tab.JOURNAL)] == ids(whole, Tab.JOURNAL)
    assert sorted(map(str, (x for part in parts for x in ids(part, Tab.COMMISSIONS)))) == sorted(
        map(str, ids(whole, Tab.COMMISSIONS))
    )
    assert [x for part in parts for x in ids(part, Tab.CODE_HISTORY, "code")] == ids(
        whole, Tab.CODE_HISTORY, "code"
    )
    for part in parts:
        noted = ids(part, Tab.JOURNAL)
        owed = [one["fact"] for one in part.appends.get(Tab.COMMISSIONS, ())]
        assert all(of in noted for of in owed if int(str(of)[1:]) < 100)
        assert size(part) <= rows_max or len(noted) == 1
        last = part is parts[-1]
        assert (bool(part.reports), "cursor:a" in part.state, Tab.RUNS in part.appends) == (
            last,
        ) * 3
    assert all(any(part.appends.values()) for part in parts)

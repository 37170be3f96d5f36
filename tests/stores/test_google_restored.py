"""Is a restored version noticed while its fences are newer, and is a kept row never believed then?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stores.books import InGoogle, append, table
from tracker.layout import Tab
from tracker.stores import Commit, Outcome
from tracker.stores.google_sheets.reading import LEDGERS
from tracker.stores.google_sheets.store import GoogleStore

SYNCED = [*LEDGERS, Tab.PARTNERS]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[InGoogle]:
    made = InGoogle(tmp_path)
    with made.reachable():
        yield made


def run_ids(store: GoogleStore, *, whole: bool = False) -> list[object]:
    found = store.read(SYNCED, whole=whole).tables[Tab.RUNS]
    return [row.cells[0] for row in found.rows]


def commit(store: GoogleStore, run_id: str) -> Outcome:
    base = store.read(SYNCED, whole=False).generation
    return store.commit(Commit(base=base, appends={Tab.RUNS: [{"run_id": run_id}]}))


def put_back(book: InGoogle) -> GoogleStore:
    """Commit twice, then restore the version between; the fences stay, as metadata may."""
    store = book.ready()
    run_ids(store, whole=True)
    assert commit(store, "rn_1") is Outcome.DONE
    older = book.google.books[book.sheet_id].copy()
    assert commit(store, "rn_2") is Outcome.DONE
    older.metadata = book.google.books[book.sheet_id].metadata
    book.google.books[book.sheet_id] = older
    return book.open()


def test_a_version_put_back_under_newer_fences_is_behind(book: InGoogle) -> None:
    assert put_back(book).behind()


def test_after_a_version_was_accepted_no_kept_row_of_the_newer_one_is_believed(
    book: InGoogle,
) -> None:
    store = put_back(book)
    assert store.behind()
    assert commit(store, "rn_restored") is Outcome.DONE
    store.accept()
    assert run_ids(book.open()) == ["rn_1", "rn_restored"]
    assert not book.open().behind()


def test_init_does_not_accept_a_version_that_was_put_back(book: InGoogle) -> None:
    store = put_back(book)
    book.rehead(Tab.PARTNERS, "note", None)
    assert store.lay_out("en") != []
    assert book.open().behind()


def elsewhere(book: InGoogle) -> GoogleStore:
    """Another machine's store: it has neither our cache nor our memory."""
    return GoogleStore(book.sheet_id, book.key, book.folder / "b", today=book.open()._today)


@pytest.mark.parametrize("calls", [[2], [2, 7], [2, 7, 12]])
def test_a_commit_that_lands_between_the_two_calls_of_a_read_is_in_it(
    book: InGoogle, calls: list[int]
) -> None:
    store, other = book.ready(), elsewhere(book)
    run_ids(store, whole=True)
    assert commit(store, "rn_1") is Outcome.DONE
    book.google.reset_calls()
    landed: list[Outcome] = []
    for number in calls:  # each commit of the other takes three calls of its own
        book.google.before(number, lambda: landed.append(commit(other, f"rn_of_{len(landed)}")))
    assert run_ids(store) == ["rn_1", *[f"rn_of_{n}" for n in range(len(calls))]]
    assert landed == [Outcome.DONE] * len(calls)
    assert store.read([]).generation == book.open().read([]).generation


def test_a_commit_of_state_alone_brings_no_cells_back(book: InGoogle) -> None:
    store = book.ready()
    base = store.read([Tab.PARTNERS]).generation
    before = store.traffic.down
    assert store.commit(Commit(base=base, state={"doubtful": "py_1"})) is Outcome.DONE
    assert store.traffic.down - before < 200
    assert book.open().read([]).state["doubtful"] == "py_1"


def test_rows_of_another_machine_are_read_anew(book: InGoogle) -> None:
    store = book.ready()
    run_ids(store, whole=True)
    assert commit(store, "rn_1") is Outcome.DONE
    other = elsewhere(book)
    assert commit(other, "rn_2") is Outcome.DONE
    assert run_ids(store) == ["rn_1", "rn_2"]
    assert append(store, Tab.RUNS, {"run_id": "rn_3"}) is Outcome.DONE
    assert [row.cells[0] for row in table(other, Tab.RUNS).rows] == ["rn_1", "rn_2", "rn_3"]

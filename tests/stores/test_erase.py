"""Does every store erase a value wherever it stands in one column, and nothing else?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.stores.books import (
    Book,
    InGoogle,
    InMemory,
    InWorkbook,
    append,
    column,
    generation,
    table,
)
from tracker.layout import Tab
from tracker.problems import Stop
from tracker.stores import Commit, Erase, Outcome, Store

BOOKS: dict[str, Callable[[Path], Book]] = {
    "memory": InMemory,
    "workbook": InWorkbook,
    "google": InGoogle,
}
ANNA, BORIS = "anna@example.com", "boris@example.com"


@pytest.fixture(params=BOOKS)
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Book]:
    made = BOOKS[request.param](tmp_path)
    with made.reachable():
        yield made


@pytest.fixture
def store(book: Book) -> Store:
    store = book.begun()
    book.type_rows(
        Tab.PARTNERS,
        {"partner_id": "anna", "name": "Anna", "email": ANNA, "note": "1", "phone": "+79000000001"},
        {"partner_id": "boris", "name": "Boris", "email": BORIS, "note": ANNA},
        {"partner_id": "ann", "name": "anna", "email": f"x{ANNA}", "note": "3"},
    )
    return store


def erase(store: Store, *erasures: Erase) -> Outcome:
    return store.commit(Commit(base=generation(store), erasures=erasures))


def test_every_cell_of_the_column_that_is_the_whole_value_is_erased(store: Store) -> None:
    assert erase(store, Erase(Tab.PARTNERS, "email", ANNA)) is Outcome.DONE

    assert column(store, Tab.PARTNERS, "email") == [None, BORIS, f"x{ANNA}"]
    assert column(store, Tab.PARTNERS, "note") == ["1", ANNA, "3"]


def test_another_text_may_take_its_place_and_case_counts(store: Store) -> None:
    erase(store, Erase(Tab.PARTNERS, "name", "Anna", by="erased-anna"))

    assert column(store, Tab.PARTNERS, "name") == ["erased-anna", "Boris", "anna"]


def test_text_that_looks_like_a_number_or_a_formula_is_found_as_text(store: Store) -> None:
    append(store, Tab.LEADS, {"lead_id": "1", "name": "=1+1", "phone": "0079"})

    erase(store, Erase(Tab.LEADS, "name", "=1+1"), Erase(Tab.LEADS, "phone", "0079", by="p:x"))
    erase(store, Erase(Tab.PARTNERS, "phone", "+79000000001"))

    assert column(store, Tab.LEADS, "name") + column(store, Tab.LEADS, "phone") == [None, "p:x"]
    assert column(store, Tab.PARTNERS, "phone")[0] is None


def test_a_moved_column_is_found_by_its_heading(book: Book, store: Store) -> None:
    book.rehead(Tab.PARTNERS, "note", "email")
    book.rehead(Tab.PARTNERS, "email", "note")

    erase(store, Erase(Tab.PARTNERS, "email", ANNA))

    assert [row.cells[2] for row in table(store, Tab.PARTNERS).rows] == [ANNA, BORIS, f"x{ANNA}"]
    assert ANNA not in table(store, Tab.PARTNERS).rows[1].cells


def test_an_erasure_is_part_of_its_commit_and_bounces_with_it(book: Book, store: Store) -> None:
    base = generation(store)
    append(book.open(), Tab.RUNS, {"run_id": "R1"})
    both = Commit(
        base=base,
        appends={Tab.RUNS: [{"run_id": "R2"}]},
        state={"forgotten:e:x": "2026-11-22"},
        erasures=[Erase(Tab.PARTNERS, "email", ANNA)],
    )

    assert store.commit(both) is Outcome.CONFLICT
    assert column(store, Tab.PARTNERS, "email")[0] == ANNA
    assert not both.empty


def test_what_is_not_there_is_no_trouble(store: Store) -> None:
    assert erase(store, Erase(Tab.SIGN_UPS, "email", ANNA)) is Outcome.DONE


def test_a_missing_heading_refuses_the_whole_commit(book: Book, store: Store) -> None:
    book.rehead(Tab.PARTNERS, "phone", "mobile")

    with pytest.raises(Stop) as stop:
        erase(store, Erase(Tab.PARTNERS, "email", ANNA), Erase(Tab.PARTNERS, "phone", "1"))

    book.rehead(Tab.PARTNERS, "phone", "phone")
    assert stop.value.code == "heading_missing"
    assert column(store, Tab.PARTNERS, "email")[0] == ANNA


@pytest.mark.parametrize("tab", [Tab.JOURNAL, Tab.COMMISSIONS, Tab.PAYOUTS, Tab.BALANCES])
def test_a_ledger_and_a_report_are_never_erased_in(tab: Tab) -> None:
    with pytest.raises(ValueError, match="nothing is erased"):
        Erase(tab, "partner_id", "anna")


def test_an_empty_value_is_never_looked_for() -> None:
    with pytest.raises(ValueError, match="nothing is erased"):
        Erase(Tab.PARTNERS, "email", "")


def test_no_old_text_is_left_in_the_file_of_a_workbook(tmp_path: Path) -> None:
    book = InWorkbook(tmp_path)
    store = book.begun()
    book.type_rows(Tab.PARTNERS, {"partner_id": "anna", "email": ANNA})

    erase(store, Erase(Tab.PARTNERS, "email", ANNA))

    with ZipFile(book.path) as parts:
        assert not any(ANNA.encode() in parts.read(name) for name in parts.namelist())

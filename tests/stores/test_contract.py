"""Does every store keep the same promises? A new store is one more line in BOOKS."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

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
from tracker.cells import Formula, clean
from tracker.layout import LAYOUT, Tab
from tracker.problems import Stop
from tracker.stores import Commit, Link, Outcome, Record, Store

BOOKS: dict[str, Callable[[Path], Book]] = {
    "memory": InMemory,
    "workbook": InWorkbook,
    "google": InGoogle,
}


@pytest.fixture(params=BOOKS)
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Book]:
    made = BOOKS[request.param](tmp_path)
    with made.reachable():
        yield made


@pytest.fixture
def store(book: Book) -> Store:
    return book.begun()


@pytest.fixture
def whole(book: Book) -> Store:
    return book.ready()


def test_a_book_that_nobody_made_is_missing(book: Book) -> None:
    with pytest.raises(Stop) as stop:
        book.open().read([Tab.PARTNERS])

    assert stop.value.code == "book_missing"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_new_book_has_every_tab_and_column_in_its_language(book: Book, language: str) -> None:
    store = book.open()
    store.lay_out(language)

    for tab, read in store.read(Tab).tables.items():
        spec = LAYOUT[tab]
        assert read.title == (spec.ru if language == "ru" else tab.value)
        assert read.headings == [c.ru if language == "ru" else c.key for c in spec.columns]


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Affiliate programme"), ("ru", "Партнёрская программа")]
)
def test_a_new_book_has_the_usual_settings(book: Book, language: str, name: str) -> None:
    store = book.open()
    store.lay_out(language)

    keys = column(store, Tab.SETTINGS, "setting")
    values = column(store, Tab.SETTINGS, "value")
    found = dict(zip(keys, values, strict=True))
    assert (found["program_name"], found["language"]) == (name, language)
    assert (found["rate"], found["hold_days"], found["two_codes"]) == ("10%", "14", "review")
    assert (found["min_payout"], found["mail_from"]) == ("1000", None)
    assert (found["owner_email"], found["statement_time"]) == (None, "09:00")
    assert len(found) == 52


def test_laying_out_twice_adds_nothing_and_commits_nothing(whole: Store) -> None:
    before = generation(whole)

    assert list(whole.lay_out("en")) == []
    assert generation(whole) == before


def test_a_missing_column_is_added_at_the_right_end_and_said(book: Book, whole: Store) -> None:
    book.rehead(Tab.LINKS, "channel", "my own")

    said = whole.lay_out("en")

    assert list(said) == ["Added the column channel at the right end of the tab Links."]
    headings = table(whole, Tab.LINKS).headings
    assert headings == ["ref", "partner_id", "my own", "url", "note", "check", "channel"]


def test_a_deleted_setting_comes_back_and_a_changed_one_stays(book: Book, whole: Store) -> None:
    book.rehead(Tab.SETTINGS, "meaning", "MEANING")
    book.type_rows(Tab.SETTINGS, {"setting": "min_payout_EUR", "value": "20"})

    assert list(whole.lay_out("en")) == []
    assert column(whole, Tab.SETTINGS, "setting")[-1] == "min_payout_EUR"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("because", "=1+1"), ("order_id", "007"), ("order_id", "1E5"), ("order_id", "+79000000001"),
        ("because", "#REF!"), ("because", "TRUE"), ("because", "2025-10-07"), ("because", "_x0041_"),
        ("because", " a  b "), ("because", "строка\nвторая 😀"), ("amount", Decimal("1500.55")),
        ("amount", Decimal("-0.01")), ("amount", Decimal("9999999999999.99")), ("n", Decimal(12)),
        ("amount", Decimal(0)), ("payable_on", date(2025, 10, 7)), ("because", True),
        ("payable_on", datetime(2025, 10, 7, 3, 4, 5)),  # noqa: DTZ001
    ],
)  # fmt: skip
def test_what_is_written_is_what_is_read(store: Store, key: str, value: object) -> None:
    outcome = append(store, Tab.COMMISSIONS, {"line_id": "L1", key: value})  # type: ignore[dict-item]

    assert outcome is Outcome.DONE
    [read] = column(store, Tab.COMMISSIONS, key)
    assert (type(read), read) == (type(value), value)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a\x00b\x07c", "abc"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("x\ufffey\uffff", "xy"),
        ("", None),
        (Decimal("7.00"), Decimal(7)),
    ],
)
def test_what_no_sheet_keeps_is_brought_to_what_it_keeps(
    store: Store, written: object, read: object
) -> None:
    append(store, Tab.COMMISSIONS, {"line_id": "L1", "because": written})  # type: ignore[dict-item]

    assert column(store, Tab.COMMISSIONS, "because") == [read]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (date(1899, 12, 31), "1899-12-31"),
        (datetime(2025, 10, 7), date(2025, 10, 7)),  # noqa: DTZ001
    ],
)
def test_a_day_that_a_sheet_knows_less_well_is_brought_to_what_it_knows(
    store: Store, written: date, read: object
) -> None:
    append(store, Tab.COMMISSIONS, {"line_id": "L1", "payable_on": written})

    assert column(store, Tab.COMMISSIONS, "payable_on") == [read]


@given(texts=st.lists(st.text(max_size=40).filter(lambda text: clean(text).strip()), max_size=40))
@tries(max_examples=5)
def test_any_text_comes_back_clean(
    texts: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    for make in BOOKS.values():
        book = make(tmp_path_factory.mktemp("any"))
        with book.reachable():
            store = book.ready()
            append(store, Tab.RUNS, *({"run_id": "r", "note": text} for text in texts))

            cleaned = [
                clean(text).translate({0xFFFE: None, 0xFFFF: None}) or None for text in texts
            ]
            assert column(store, Tab.RUNS, "note") == cleaned


@pytest.mark.parametrize("text", [" ", "\r", "\n\u00a0 "])
def test_a_text_of_nothing_but_blanks_is_an_empty_cell(store: Store, text: str) -> None:
    append(store, Tab.RUNS, {"run_id": "r", "note": text})

    assert column(store, Tab.RUNS, "note") == [None]


def test_rows_land_below_the_last_one_in_the_order_given(store: Store) -> None:
    append(store, Tab.RUNS, {"run_id": "1"}, {"run_id": "2"})
    append(store, Tab.RUNS, {"run_id": "3"})

    rows = table(store, Tab.RUNS).rows
    assert [(row.number, row.cells[0]) for row in rows] == [(2, "1"), (3, "2"), (4, "3")]


def test_a_blank_row_in_the_middle_is_no_end(book: Book, store: Store) -> None:
    book.type_rows(Tab.PARTNERS, {"partner_id": "ivan"}, {}, {"partner_id": "maria"})

    append(store, Tab.PARTNERS, {"partner_id": "oleg"})

    rows = table(store, Tab.PARTNERS).rows
    assert [(row.number, row.cells[0]) for row in rows] == [(2, "ivan"), (4, "maria"), (5, "oleg")]


def test_a_row_of_spaces_is_blank(book: Book, store: Store) -> None:
    book.type_rows(Tab.PARTNERS, {"partner_id": "   "}, {"partner_id": "ivan"})

    assert [row.number for row in table(store, Tab.PARTNERS).rows] == [3]


def test_a_commit_counts_one_up_and_takes_a_new_nonce(store: Store) -> None:
    before = generation(store)

    append(store, Tab.RUNS, {"run_id": "1"})

    after = generation(store)
    assert after.number == before.number + 1
    assert after.nonce != before.nonce


def test_of_two_commits_on_one_read_the_second_is_a_conflict(book: Book, store: Store) -> None:
    other = book.open()
    first, second = generation(store), generation(other)

    done = store.commit(Commit(base=first, appends={Tab.RUNS: [{"run_id": "a"}]}))
    late = other.commit(Commit(base=second, appends={Tab.RUNS: [{"run_id": "b"}]}))

    assert (done, late) == (Outcome.DONE, Outcome.CONFLICT)
    assert column(store, Tab.RUNS, "run_id") == ["a"]


def test_the_same_commit_does_not_land_twice(store: Store) -> None:
    commit = Commit(base=generation(store), appends={Tab.RUNS: [{"run_id": "a"}]})

    assert [store.commit(commit), store.commit(commit)] == [Outcome.DONE, Outcome.CONFLICT]
    assert column(store, Tab.RUNS, "run_id") == ["a"]


def test_a_report_is_rewritten_whole(store: Store) -> None:
    long: list[Record] = [{"tab": "Codes", "key": "A"}, {"tab": "Codes", "key": "B"}, {"tab": "x"}]
    store.commit(Commit(base=generation(store), reports={Tab.PROBLEMS: long}))

    store.commit(Commit(base=generation(store), reports={Tab.PROBLEMS: [{"key": "C"}]}))

    assert column(store, Tab.PROBLEMS, "key") == ["C"]
    assert column(store, Tab.PROBLEMS, "tab") == [None]


def test_a_link_reads_as_its_text(store: Store) -> None:
    link = Link("C5", Tab.CODES, "C5")

    store.commit(Commit(base=generation(store), reports={Tab.PROBLEMS: [{"cell": link}]}))

    assert column(store, Tab.PROBLEMS, "cell") == ["C5"]


def test_the_hidden_keys_stay_until_they_are_set_anew(store: Store) -> None:
    for state in ({"cursor": "1", "secret_check": "x"}, {"cursor": "2"}):
        store.commit(Commit(base=generation(store), state=state))

    assert store.read([]).state == {"cursor": "2", "secret_check": "x"}


def test_a_renamed_heading_stops_the_commit_before_anything_is_written(
    book: Book, store: Store
) -> None:
    book.rehead(Tab.JOURNAL, "order_id", "number")
    commit = Commit(
        base=generation(store),
        appends={Tab.RUNS: [{"run_id": "a"}], Tab.JOURNAL: [{"order_id": "1"}]},
    )

    with pytest.raises(Stop) as stop:
        store.commit(commit)

    assert (stop.value.code, dict(stop.value.params)["cell"]) == ("heading_missing", "C1")
    assert column(store, Tab.RUNS, "run_id") == []


@pytest.mark.parametrize(
    ("row", "refusal"),
    [
        ({"nothing_of_ours": "x"}, KeyError),
        ({"note": "x" * 32_768}, ValueError),
        ({"note": Formula("=1+1")}, TypeError),
        ({"note": datetime(2025, 10, 7, tzinfo=UTC)}, ValueError),
        ({"seen": Decimal("1234567890.1234567")}, ValueError),
        ({"seen": Decimal("NaN")}, ValueError),
        ({"note": date(2025, 10, 7)}, ValueError),
    ],
)
def test_what_would_be_cut_or_run_is_a_bug_and_writes_nothing(
    store: Store, row: dict[str, object], refusal: type[Exception]
) -> None:
    before = generation(store)

    with pytest.raises(refusal):
        append(store, Tab.RUNS, {"run_id": "a"}, row)  # type: ignore[arg-type]

    assert generation(store) == before
    assert column(store, Tab.RUNS, "run_id") == []


def test_a_renamed_tab_is_missing_by_its_own_name(book: Book, store: Store) -> None:
    book.retitle(Tab.CODES, "Coupons")
    if not book.follows_titles:
        assert table(store, Tab.CODES).title == "Coupons"
        return

    with pytest.raises(Stop) as stop:
        store.read([Tab.PARTNERS, Tab.CODES])

    assert (stop.value.code, dict(stop.value.params)["tab"]) == ("tab_missing", "Codes")


def test_a_tab_is_found_by_its_russian_title_too(book: Book, store: Store) -> None:
    book.retitle(Tab.CODES, " промокоды ")
    book.rehead(Tab.CODES, "code", "Промокод")

    append(store, Tab.CODES, {"code": "IVAN10"})

    assert column(store, Tab.CODES, "code") == ["IVAN10"]


def test_columns_are_found_by_heading_not_by_place(book: Book, store: Store) -> None:
    book.rehead(Tab.LINKS, "url", "ref")
    book.rehead(Tab.LINKS, "ref", "url")

    append(store, Tab.LINKS, {"ref": "ivan-tg", "url": "https://shop.example.com/?r=ivan-tg"})

    [row] = table(store, Tab.LINKS).rows
    assert row.cells[:4] == ["https://shop.example.com/?r=ivan-tg", None, None, "ivan-tg"]


def test_one_run_writes_at_a_time_and_the_next_one_waits(book: Book, store: Store) -> None:
    other = book.open()

    with store.writing(0) as first, other.writing(0.1) as second:
        assert (first, second) == (True, False)
    with other.writing(0) as third:
        assert third is True


def test_a_command_that_fails_gives_the_right_to_write_back(book: Book, store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.writing(0):
        raise ZeroDivisionError

    with book.open().writing(0) as got:
        assert got is True

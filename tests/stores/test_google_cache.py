"""Are the kept ledger rows those of the generation they say, and is the file safe to lose?"""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from tracker.stores import Generation
from tracker.stores.google_sheets.cache import Cache, RawRow, Stamp

DAY = date(2026, 11, 22)
FOURTH, FIFTH, SIXTH = (Generation(n, f"n{n}") for n in (4, 5, 6))
ROWS: list[RawRow] = [(2, ["jl_1", 7, "", True, None]), (3, ["Ёлка", 0.1])]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "book.sqlite3"


def filled(path: Path) -> Cache:
    cache = Cache(path)
    cache.replace(Stamp(FOURTH, DAY), {"Journal": (["line_id", "note"], ROWS)})
    return cache


def test_rows_are_kept_from_run_to_run_as_they_were(path: Path) -> None:
    filled(path)
    again = Cache(path)
    assert again.stamp() == Stamp(FOURTH, DAY)
    assert again.read("Journal") == (["line_id", "note"], ROWS)
    assert again.headings("Journal") == ["line_id", "note"]
    assert (again.read("Runs"), again.headings("Runs")) == (None, None)


def test_what_a_commit_appended_stands_behind_what_was_kept_and_keeps_the_day(path: Path) -> None:
    cache = filled(path)
    cache.advance(FOURTH, FIFTH, {"Journal": [(4, ["jl_3"])]})
    cache.advance(FIFTH, SIXTH, {"Journal": [(5, ["jl_4"])], "Runs": [(2, ["rn_1"])]})
    kept = Cache(path).read("Journal")
    assert kept is not None
    assert kept[1] == [*ROWS, (4, ["jl_3"]), (5, ["jl_4"])]
    assert Cache(path).stamp() == Stamp(SIXTH, DAY)


@pytest.mark.parametrize("base", [SIXTH, Generation(4, "another"), Generation(3, "n4")])
def test_a_commit_on_another_generation_forgets_what_was_kept(path: Path, base: Generation) -> None:
    cache = filled(path)
    cache.advance(base, Generation(7, "n7"), {"Journal": [(4, ["jl_3"])]})
    assert (cache.stamp(), cache.read("Journal")) == (None, None)


def test_a_whole_read_replaces_everything_that_was_kept(path: Path) -> None:
    cache = filled(path)
    cache.replace(Stamp(FIFTH, DAY), {"Runs": (["run_id", "at"], [])})
    assert (cache.read("Journal"), cache.read("Runs")) == (None, (["run_id", "at"], []))


def test_forgetting_keeps_no_row_and_no_stamp(path: Path) -> None:
    cache = filled(path)
    cache.remember_places({0: 5})
    cache.forget()
    assert (cache.stamp(), cache.read("Journal"), cache.check_places()) == (None, None, {0: 5})


def test_many_rows_keep_their_order(path: Path) -> None:
    cache = Cache(path)
    rows = [(number, [f"jl_{number}"]) for number in range(2, 2_503)]
    cache.replace(Stamp(FOURTH, DAY), {"Journal": ([], rows)})
    cache.advance(FOURTH, FIFTH, {"Journal": [(1, ["last"])]})
    kept = Cache(path).read("Journal")
    assert kept is not None
    assert kept[1] == [*rows, (1, ["last"])]


def test_the_places_of_the_check_columns_are_kept(path: Path) -> None:
    cache = Cache(path)
    assert cache.check_places() == {}
    cache.remember_places({0: 3, 7: 20})
    cache.remember_places({0: 4})
    assert Cache(path).check_places() == {0: 4}


def test_the_file_is_for_its_owner_alone(path: Path) -> None:
    filled(path)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("junk", [b"", b"not a database, whatever it says" * 99])
def test_a_damaged_file_is_made_anew(path: Path, junk: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(junk)
    assert Cache(path).stamp() is None
    assert filled(path).read("Journal") == (["line_id", "note"], ROWS)
    assert Cache(path).stamp() == Stamp(FOURTH, DAY)


def spoil(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as file:
        file.execute(statement)
    file.close()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE blocks SET rows = '[[2, [\"jl_'", "UPDATE stamps SET day = 'yesterday'",
     "DROP TABLE blocks", "ALTER TABLE stamps RENAME TO seals"],
)  # fmt: skip
def test_a_file_that_somebody_changed_is_no_cache_and_no_crash(path: Path, statement: str) -> None:
    filled(path)
    spoil(path, statement)
    cache = Cache(path)
    assert cache.stamp() is None or cache.read("Journal") is None
    cache.advance(FOURTH, FIFTH, {"Journal": [(4, ["jl_3"])]})


def test_a_file_of_a_later_version_is_made_anew(path: Path) -> None:
    filled(path)
    spoil(path, "PRAGMA user_version = 99")
    assert Cache(path).stamp() is None
    assert filled(path).stamp() == Stamp(FOURTH, DAY)


def test_a_folder_that_cannot_be_made_means_no_cache(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    cache = filled(tmp_path / "cache" / "book.sqlite3")
    cache.advance(FOURTH, FIFTH, {})
    cache.remember_places({0: 1})
    assert (cache.stamp(), cache.read("Journal"), cache.check_places()) == (None, None, {})

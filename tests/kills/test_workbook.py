"""Is a sync on a workbook whole wherever it dies, and the next one right?"""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli_book import CliBook
from tests.kills.nursery import Nursery
from tests.kills.walking import files, goes_on, nothing_doubled, opens, sums, undisturbed, walked
from tracker.layout import Tab

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")

SUMS = {"ivan": "120.00", "maria": "300.00"}
"""10% of 1000 less 300, and 50 by hand; 15% of 2000."""


def waiting(folder: Path) -> CliBook:
    """A book that was synced yesterday, and what came since."""
    book = CliBook(folder)
    book.deliver("1")
    book.sync()
    book.now += timedelta(days=1)
    book.deliver("1", codes=None, refunded="300")
    book.deliver("2", codes=["MARIA01"], total="2000")
    book.deliver("3", codes=["NOBODY"])
    book.deliver("4", total="much")
    book.type(Tab.ADJUSTMENTS, {"adjustment_id": "a1", "partner_id": "ivan", "amount": 50,
                                "currency": "RUB", "date": "2026-10-20"})  # fmt: skip
    return book


def nothing_left_over(book: CliBook, usual: set[str]) -> None:
    """What was half written is gone, at the latest when it is written again."""
    if files(book.folder) != usual:
        book.now += timedelta(days=1)
        book.deliver("5")
        book.sync()
        usual = usual | {".tracker/backups/partners-2026-10-22.xlsx"}
    assert files(book.folder) == usual


NAMED = (
    "write .partners.xlsx.", "fsync", "replace partners.xlsx", "write .tracker/backups/",
    "replace .tracker/backups/", "replace .tracker/partners.xlsx.generation.json",
    "commit inbox.sqlite3", "commit diary.sqlite3",
)  # fmt: skip


def test_a_sync_killed_before_any_effect_leaves_a_whole_book_and_the_next_ends_right(
    tmp_path: Path, forks: Nursery
) -> None:
    begun = waiting(tmp_path / "begun")
    before, places = begun.fingerprint(), []
    undisturbed(forks, begun, tmp_path, "sync")
    for book, place in walked(forks, begun, tmp_path, "sync"):
        places.append(place)
        opens(book)
        assert book.fingerprint() == before or sums(book) == SUMS, place
        goes_on(forks, book, "sync")
        assert sums(book) == SUMS, place
        nothing_doubled(book)
        nothing_left_over(book, files(tmp_path / "whole"))
    assert all(any(one.startswith(name) for one in places) for name in NAMED)
    assert len(places) >= 15


def test_what_a_sync_that_was_never_killed_writes(tmp_path: Path) -> None:
    book = waiting(tmp_path)

    book.sync()

    assert (sums(book), book.balances()) == (SUMS, SUMS)
    assert list(book.problems()) == [("file:orders.jsonl", "line 5")]

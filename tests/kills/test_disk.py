"""What does a full disk or a closed folder cost? A sentence with the place and the remedy.

A file may grow to so many bytes and no further: a write stops short in its middle, as on a disk
that fills up. With room again everything is as if nothing had been.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli_book import CliBook
from tests.kills.nursery import Ended, Nursery
from tests.kills.test_letters import NOVEMBER_FIRST, PARTNERS, mailing, taken, told
from tests.kills.test_workbook import SUMS, nothing_left_over, waiting
from tests.kills.walking import files, goes_on, nothing_doubled, opens, sums
from tests.test_smtp import Running
from tracker.layout import Tab

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no RLIMIT_FSIZE")

SMALL, SOME = 5_000, 66_000
"""Too little for any file of state, and enough for the inbox but not for the book."""


def refused(ended: Ended, book: CliBook) -> str:
    """Which place a run named that could not go on; it said so in a sentence and no more."""
    assert (ended.code, ended.out) == (2, ""), ended
    assert "Traceback" not in ended.err
    places = ("partners.xlsx", "inbox.sqlite3", "outbox.sqlite3", "diary.sqlite3")
    return next(name for name in places if str(book.folder / name) in ended.err
                or str(book.folder / ".tracker" / name) in ended.err)  # fmt: skip


def test_a_full_disk_costs_a_sync_nothing_but_time(tmp_path: Path, forks: Nursery) -> None:
    begun, named = waiting(tmp_path / "begun"), set[str]()
    whole = CliBook(tmp_path / "whole", begun)
    goes_on(forks, whole, "sync")
    for size in (SMALL, SOME):
        book = CliBook(tmp_path / str(size), begun)
        ended = forks.run(book.folder, "sync", now=book.now, bytes_max=size)
        opens(book)
        assert book.fingerprint() == begun.fingerprint()
        named.add(refused(ended, book))
        assert "room" in ended.err or "space" in ended.err, ended.err
        goes_on(forks, book, "sync")
        assert sums(book) == SUMS
        nothing_doubled(book)
        nothing_left_over(book, files(whole.folder))
    assert named == {"partners.xlsx", "inbox.sqlite3"}


def test_a_full_disk_costs_letters_nothing_but_time(
    tmp_path: Path, forks: Nursery, server: Running
) -> None:
    book, command = mailing(tmp_path, server.port), ("statements", "--send")
    book.now = NOVEMBER_FIRST
    ended = forks.run(book.folder, *command, now=book.now, bytes_max=SOME)
    assert (refused(ended, book), taken(server)) == ("outbox.sqlite3", {})
    goes_on(forks, book, *command)
    assert taken(server) == dict.fromkeys(PARTNERS, 1)
    assert told(book) == dict.fromkeys(PARTNERS, "sent")


@contextmanager
def closed(folder: Path) -> Iterator[None]:
    """Nobody may write into the folder until the block ends."""
    folder.chmod(0o500)
    try:
        if os.access(folder, os.W_OK):
            pytest.skip("nothing is closed to root")
        yield
    finally:
        folder.chmod(0o700)


@pytest.mark.parametrize("place", [".", ".tracker", ".tracker/backups"])
def test_a_closed_folder_is_named_and_once_it_is_open_all_is_well(
    place: str, tmp_path: Path, forks: Nursery
) -> None:
    book = waiting(tmp_path)
    before = book.fingerprint()
    with closed(tmp_path / place):
        ended = forks.run(book.folder, "sync", now=book.now)
    assert (ended.code, ended.out, book.fingerprint()) == (2, "", before)
    assert str(tmp_path) in ended.err
    assert "Traceback" not in ended.err
    goes_on(forks, book, "sync")
    assert sums(book) == SUMS
    assert len(book.rows(Tab.PAYOUTS)) == 0

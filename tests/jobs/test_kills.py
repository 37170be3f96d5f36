"""What is left when a sync is killed? A book that opens, and a next run that ends right."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli_book import CliBook
from tests.kills.nursery import Nursery, nursery
from tests.kills.walking import opens
from tracker.layout import Tab

BOOKS = 2
KILLS_A_BOOK = 8


@pytest.fixture(scope="module")
def forks() -> Iterator[Nursery]:
    with nursery() as found:
        yield found


def usual_seconds(book: CliBook, forks: Nursery) -> float:
    """How long a sync takes that is left alone and has something to write."""
    news(book, 0)
    begun = time.monotonic()
    assert forks.run(book.folder, "sync").code == 0
    return time.monotonic() - begun


def news(book: CliBook, number: int) -> None:
    """A new order, a refund of the one before, and every third one cancelled after all."""
    book.deliver(f"{number}", codes=["IVAN01"] if number % 2 else ["MARIA01"])
    if number:
        book.deliver(f"{number - 1}", codes=None, refunded="300")
    if number % 3 == 2:
        book.deliver(f"{number - 2}", codes=None, state="cancelled")


def balances(count: int) -> dict[str, str]:
    """What `count` times `news` come to: 10% and 15% of 1000, less 300 of all but the last."""
    sums = {"ivan": 0, "maria": 0}
    for number in range(count):
        last, cancelled = number == count - 1, number % 3 == 0 and number + 2 < count
        base = 0 if cancelled else 1000 if last else 700
        sums["ivan" if number % 2 else "maria"] += base * (10 if number % 2 else 15) // 100
    return {partner: f"{earned}.00" for partner, earned in sums.items()}


def ends_right(book: CliBook, count: int) -> None:
    """The next run brings the sums right, and every line stands in Commissions once."""
    book.sync()
    found = book.export()
    earned = {one["partner_id"]: one["balance"] for one in found["balances"]}
    assert earned == balances(count)
    written = sorted(row["line_id"] for row in book.rows(Tab.COMMISSIONS))
    assert written == sorted(line["line_id"] for line in found["commissions"])
    assert len(written) == len(set(written))
    assert found["problems"] == []


@pytest.mark.parametrize("seed", range(BOOKS))
def test_a_sync_killed_at_any_moment_leaves_a_book_that_opens_and_the_next_ends_right(
    seed: int, tmp_path: Path, forks: Nursery
) -> None:
    chance, killed, number = random.Random(seed), 0, 0
    book = CliBook(tmp_path)
    book.now = datetime.now(UTC) + timedelta(minutes=5)
    longest = usual_seconds(book, forks)
    while killed < KILLS_A_BOOK:
        number += 1
        news(book, number)
        begun = time.monotonic()
        if forks.run(book.folder, "sync", kill_after=chance.uniform(0, longest)).killed:
            killed += 1
        else:  # it had ended by itself, which does not count
            longest = time.monotonic() - begun
        opens(book)
        if number % 2 == 0:
            ends_right(book, number + 1)
    ends_right(book, number + 1)
    assert book.sync()["written"] == 0


def test_a_run_never_killed_comes_to_the_same_sums(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    for number in range(KILLS_A_BOOK + 1):
        news(book, number)
    ends_right(book, KILLS_A_BOOK + 1)

"""What is left when a sync is killed? A book that opens, and a next run that ends right."""

from __future__ import annotations

import contextlib
import os
import random
import select
import signal
import sys
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import Popen

import pytest
from python_calamine import CalamineWorkbook

from tests.cli_book import CliBook, started
from tracker.layout import Tab

BOOKS = 4
KILLS_A_BOOK = 10

# Everything a sync imports is imported once; each line read lets one process go, which is then
# killed in the midst of its work and not in that of the imports.
LAUNCHER = """
import os, sys
import openpyxl, python_calamine, sqlite3
import tracker.running, tracker.stores.xlsx, tracker.stores.xlsx_write
from tracker.cli import run
for _ in sys.stdin:
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os._exit(run(["sync"]))
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@contextlib.contextmanager
def launcher(book: CliBook) -> Iterator[Popen[str]]:
    with started(book.folder, [sys.executable, "-c", LAUNCHER], {}) as parent:
        yield parent
        parent.communicate(timeout=30)
    assert parent.returncode == 0


def launched(parent: Popen[str], kill_after: float | None) -> int:
    """Let a sync go, kill it after so many seconds; its exit code, below zero when killed."""
    assert parent.stdin is not None
    assert parent.stdout is not None
    parent.stdin.write("\n")
    parent.stdin.flush()
    child = int(parent.stdout.readline())
    if kill_after is not None and not select.select([parent.stdout], [], [], kill_after)[0]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    return int(parent.stdout.readline())


def usual_seconds(book: CliBook, parent: Popen[str]) -> float:
    """How long a sync takes that is left alone and has something to write."""
    news(book, 0)
    begun = time.monotonic()
    assert launched(parent, None) == 0
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


def opens(book: CliBook) -> None:
    with zipfile.ZipFile(book.path) as parts:
        assert parts.testzip() is None
    with CalamineWorkbook.from_path(book.path) as found:
        assert "Commissions" in found.sheet_names


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
    seed: int, tmp_path: Path
) -> None:
    chance, killed, number = random.Random(seed), 0, 0
    book = CliBook(tmp_path)
    book.now = datetime.now(UTC) + timedelta(minutes=5)
    with launcher(book) as parent:
        longest = usual_seconds(book, parent)
        while killed < KILLS_A_BOOK:
            number += 1
            news(book, number)
            begun = time.monotonic()
            if launched(parent, chance.uniform(0, longest)) == -signal.SIGKILL:
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

"""Is every payout proposed once, and every page of a log landed once, wherever the run dies?"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.cli_book import CliBook, set_environment
from tests.kills.nursery import Nursery
from tests.kills.walking import goes_on, nothing_doubled, opens, places, sums, undisturbed, walked
from tests.web import Asked, Reply, serving
from tracker.layout import Tab

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")

DECEMBER = datetime(2026, 12, 1, 12, tzinfo=UTC)
PAGE = 4


def payable(folder: Path) -> CliBook:
    """October's orders of ivan (1200.00) and maria (3000.00), all payable in December."""
    book = CliBook(folder)
    book.deliver("1001", total="12000")
    book.deliver("1002", total="20000", codes=["MARIA01"])
    book.sync()
    book.now = DECEMBER
    return book


def proposed(book: CliBook) -> list[tuple[str, str]]:
    return sorted((row["partner_id"], f"{row['amount']:.2f}") for row in book.rows(Tab.PAYOUTS))


def test_payouts_are_proposed_once_wherever_the_run_dies(tmp_path: Path, forks: Nursery) -> None:
    begun, command = payable(tmp_path / "begun"), ("payouts", "--propose")
    whole = undisturbed(forks, begun, tmp_path, *command)
    at = places(whole, "replace partners.xlsx", "commit outbox", "commit diary")
    for book, place in walked(forks, begun, tmp_path, *command, only=at):
        opens(book)
        assert proposed(book) in ([], [("ivan", "1200.00"), ("maria", "3000.00")]), place
        goes_on(forks, book, *command)
        assert proposed(book) == [("ivan", "1200.00"), ("maria", "3000.00")], place
        nothing_doubled(book)
        assert sums(book) == {"ivan": "1200.00", "maria": "3000.00"}
        assert book.problems() == {}
    assert len(at) >= 5


# Pulling.


@contextmanager
def log(count: int) -> Iterator[str]:
    """Serve that many orders of 1000 in pages of four; the address."""

    def answer(asked: Asked) -> Reply:
        after = int(parse_qs(urlsplit(asked.path).query).get("after", ["0"])[0])
        found = [entry(number) for number in range(after + 1, min(after + PAGE, count) + 1)]
        behind = str(after + len(found)) if found else None
        return Reply(body=json.dumps({"deliveries": found, "next": behind}).encode())

    with serving(answer) as web:
        yield f"{web.address}/log"


def entry(number: int) -> dict[str, str]:
    order = {"order_id": str(number), "ordered_at": "2026-10-19T10:00:00Z", "total": "1000",
             "currency": "RUB", "codes": ["IVAN01"]}  # fmt: skip
    return {"delivery_id": f"d{number}", "received_at": "2026-10-20T09:00:00+00:00",
            "source": "generic", "body": json.dumps(order)}  # fmt: skip


def test_every_delivery_of_a_log_lands_once_wherever_the_pulling_run_dies(
    tmp_path: Path, forks: Nursery
) -> None:
    begun = CliBook(tmp_path / "begun")
    begun.sync()
    with log(10) as address:
        set_environment(begun, TRACKER_ORDER_LOG=address, TRACKER_ALLOW_PRIVATE="yes")
        whole = undisturbed(forks, begun, tmp_path, "sync")
        at = places(whole, "send GET", "commit inbox", "replace partners.xlsx")
        for book, place in walked(forks, begun, tmp_path, "sync", only=at):
            goes_on(forks, book, "sync")
            assert sums(book) == {"ivan": "1000.00"}, place
            nothing_doubled(book)
            assert len(book.rows(Tab.JOURNAL)) == 10, place
    # Three pages and the empty one behind them, each asked for and landed.
    assert len(at) >= 8

"""Does a book put back from a copy mail nobody twice and pay nobody twice?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.cli_book import CliBook
from tests.jobs.test_propose_payouts import fill
from tests.jobs.test_statements_command import october, states
from tests.test_smtp import Running, mail_server
from tracker.layout import Tab

DECEMBER_FIRST = datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[Running]:
    with mail_server() as running:
        yield running


def put_back(book: CliBook, copy: bytes) -> None:
    book.path.write_bytes(copy)


@pytest.mark.parametrize(
    "arguments", [("sync",), ("statements", "--send"), ("payouts", "--propose")]
)
def test_a_book_put_back_stops_every_writing_command_with_the_way_out(
    server: Running, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    book = october(tmp_path, server.port)
    copy = book.path.read_bytes()
    book.deliver("1002")
    book.sync()
    put_back(book, copy)

    said = book.run(*arguments)

    assert said.code == 2
    assert "restore --accept" in said.err
    assert (book.path.read_bytes(), server.mailbox.letters) == (copy, [])


def test_a_book_that_is_not_behind_has_nothing_to_accept(server: Running, tmp_path: Path) -> None:
    book = october(tmp_path, server.port)

    said = book.run("restore", "--accept")

    assert said.code == 2
    assert "there is nothing to accept" in said.err


def test_a_letter_sent_before_is_noted_as_sealed_and_never_sent_anew(
    server: Running, tmp_path: Path
) -> None:
    book = october(tmp_path, server.port)
    copy = book.path.read_bytes()
    book.run("statements", "--send")
    sealed = book.rows(Tab.STATEMENTS)[0]
    put_back(book, copy)

    accepted = book.run("restore", "--accept")
    again = book.run("statements", "--send")

    assert accepted.out == "statements=1 payouts_unknown=0\n"
    assert again.out == "sent=0 refused=0 unknown=0\n"
    assert len(server.mailbox.letters) == 1
    (row,) = book.rows(Tab.STATEMENTS)
    assert [row[k] for k in ("closing", "digest", "message_id")] == [
        sealed[k] for k in ("closing", "digest", "message_id")
    ]


def test_a_correction_sent_before_is_noted_beside_the_letter_it_corrects(
    server: Running, tmp_path: Path
) -> None:
    book = october(tmp_path, server.port)
    copy = before_the_orders(book)
    book.run("statements", "--send")
    correct = ("statements", "--correct", "ivan", "--month", "2026-10", "--send", "--because")
    book.run(*correct, "Once more.")
    put_back(book, copy)
    accepted = book.run("restore", "--accept")

    third = book.run(*correct, "And again.")

    rows = book.rows(Tab.STATEMENTS)
    assert accepted.out == "statements=2 payouts_unknown=0\n"
    assert third.out.splitlines()[-1] == "sent=1 refused=0 unknown=0"
    assert sorted((row["revision"], row["closing"], row["state"]) for row in rows) == [
        (1, 100.0, "sent"), (2, 100.0, "sent"), (3, 100.0, "claimed"), (3, 100.0, "sent"),
    ]  # fmt: skip
    assert book.run("check").code == 0


def test_lines_booked_anew_are_not_told_twice(server: Running, tmp_path: Path) -> None:
    book = october(tmp_path, server.port)
    copy = before_the_orders(book)
    book.run("statements", "--send")
    put_back(book, copy)
    book.run("restore", "--accept")
    book.deliver("1002", total="500", ordered_at="2026-11-02T10:00:00Z")
    book.sync()
    book.now = DECEMBER_FIRST

    said = book.run("statements", "--send")

    november = book.rows(Tab.STATEMENTS)[-1]
    assert said.out.splitlines()[-1] == "sent=1 refused=0 unknown=0"
    assert [november[key] for key in ("month", "opening", "closing")] == ["2026-11", 100.0, 150.0]
    assert book.balances() == {"ivan": "150.00"}


def before_the_orders(book: CliBook) -> bytes:
    """The day's backup: the book as it was before its first commit of that day."""
    (backup,) = sorted((book.folder / ".tracker" / "backups").iterdir())
    return backup.read_bytes()


def test_a_letter_cut_off_by_a_kill_is_held_after_the_restore_too(
    server: Running, tmp_path: Path
) -> None:
    book = october(tmp_path, server.port)
    copy = book.path.read_bytes()
    book.run("statements", "--send")
    with sqlite3.connect(tmp_path / ".tracker" / "outbox.sqlite3") as outbox:
        outbox.execute("UPDATE letters SET state = 'sending'")
    outbox.close()
    put_back(book, copy)

    book.run("restore", "--accept")
    book.run("statements", "--send")

    assert states(book) == [("ivan", "2026-10", "unknown")]
    assert len(server.mailbox.letters) == 1


def test_a_payout_handed_to_the_bank_counts_as_unknown(server: Running, tmp_path: Path) -> None:
    book = october(tmp_path, server.port)
    book.deliver("1002", total="20000")
    book.sync()
    book.now = DECEMBER_FIRST
    copy = book.path.read_bytes()
    book.run("payouts", "--propose", "--export", "csv")
    put_back(book, copy)

    accepted = book.run("restore", "--accept")
    book.sync()
    again = book.run("payouts", "--propose")

    assert accepted.out == "statements=0 payouts_unknown=1\n"
    assert "was handed to the bank before this book was put back" in book.run("check").err
    assert again.out.splitlines()[0] == "payouts=0 total=0"
    assert "ivan: waits" in again.out
    assert [row["partner_id"] for row in book.rows(Tab.PAYOUTS)] == ["ivan"]


def test_a_date_lost_with_the_old_book_is_not_taken_for_unpaid(
    server: Running, tmp_path: Path
) -> None:
    book = october(tmp_path, server.port)
    book.deliver("1002", total="20000")
    book.sync()
    book.now = DECEMBER_FIRST
    book.run("payouts", "--propose", "--export", "csv")
    copy = book.path.read_bytes()
    fill(book, 2, paid_on=date(2026, 12, 1))
    book.sync()
    put_back(book, copy)

    book.run("restore", "--accept")
    book.sync()
    doubted = book.export()["payouts"][0]["state"]
    fill(book, 2, paid_on=date(2026, 12, 1))
    book.sync()

    assert (doubted, book.export()["payouts"][0]["state"]) == ("unknown", "paid")

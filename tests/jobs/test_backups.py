"""Can a book be put back from yesterday's copy with every sum as it was?"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.cli_book import CliBook, edit, set_environment
from tracker.layout import Tab

NOVEMBER = datetime(2026, 11, 16, 12, tzinfo=UTC)


def yesterday(book: CliBook) -> Path:
    """Take a copy of the book as its owner would."""
    return Path(shutil.copy2(book.path, book.folder / "yesterday.xlsx"))


def accepted(book: CliBook, copy: Path) -> str:
    """Put the copy back and go on with it; what the command said."""
    shutil.copy2(copy, book.path)
    assert book.run("sync").code == 2
    said = book.run("restore", "--accept")
    assert said.code == 0, said.err
    return said.out


def test_a_book_put_back_can_be_looked_at_and_is_left_alone(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.deliver("1")
    book.sync()
    copy = yesterday(book)
    book.deliver("2")
    book.sync()
    shutil.copy2(copy, book.path)
    before = book.fingerprint()
    for command in ("sync", "payouts --propose", "payouts --export csv", "check", "restore"):
        said = book.run(*command.split())
        assert (command, said.code, said.out) == (command, 2, "")
    assert book.run("why", "1").code == 0
    assert book.balances() == {"ivan": "100.00"}
    assert book.fingerprint() == before


def test_lines_are_booked_again_from_the_inbox_even_when_the_log_is_gone(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.deliver("1")
    book.sync()
    copy = yesterday(book)
    book.deliver("1", codes=None, refunded="300")
    book.deliver("2", codes=["MARIA01"])
    book.sync()
    assert book.balances() == {"ivan": "70.00", "maria": "150.00"}
    accepted(book, copy)
    book.log.write_text("")
    assert book.sync()["written"] == 2
    assert book.balances() == {"ivan": "70.00", "maria": "150.00"}
    assert book.sync()["written"] == 0
    assert book.problems() == {}


def test_the_daily_backup_is_a_book_that_can_be_put_back(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.deliver("1")
    book.sync()
    book.deliver("2")
    book.sync()
    (backup,) = (book.folder / ".tracker" / "backups").glob("*.xlsx")
    assert backup.name == "partners-2026-10-20.xlsx"
    accepted(book, backup)
    assert book.sync()["written"] == 2
    assert book.balances() == {"ivan": "200.00"}


def in_november(folder: Path) -> CliBook:
    """A book whose order of October is ready to be told and paid; letters go to a folder."""
    book = CliBook(folder)
    set_environment(book, TRACKER_SMTP_URL="folder:letters")
    book.set("mail", "live")
    book.set("mail_from", "Shop <partners@example.com>")
    book.deliver("1", total="15000")
    book.sync()
    book.now = NOVEMBER
    return book


def sealed(book: CliBook) -> list[list[Any]]:
    """The sealed statements, without the time at which each was noted."""
    keys = "statement_id partner_id month revision opening closing lines digest state".split()
    return [[one[key] for key in keys] for one in book.export()["statements"]]


def test_a_sealed_statement_keeps_its_figures_and_no_second_letter_is_written(
    tmp_path: Path,
) -> None:
    book = in_november(tmp_path)
    copy = yesterday(book)
    assert book.run("statements", "--send").out.splitlines()[-1] == "sent=1 refused=0 unknown=0"
    before, letters = sealed(book), sorted((tmp_path / "letters").rglob("*.eml"))
    assert ([one[5] for one in before], len(letters)) == (["1500.00"], 1)
    assert accepted(book, copy) == "statements=1 payouts_unknown=0\n"
    assert book.run("statements", "--send").out.splitlines()[-1] == "sent=0 refused=0 unknown=0"
    assert sealed(book) == before
    assert sorted((tmp_path / "letters").rglob("*.eml")) == letters
    assert book.problems() == {}


@pytest.mark.parametrize(
    ("cells", "balance", "then"),
    [
        ({}, "1500.00", "payouts=0 total=0"),
        ({"paid_on": "15.11.2026"}, "0.00", "payouts=0 total=0"),
        ({"result": "void"}, "1500.00", "payouts=1 total=1500.00 RUB"),
    ],
)
def test_an_exported_payout_blocks_the_next_until_its_owner_says_what_became_of_it(
    cells: dict[str, str], balance: str, then: str, tmp_path: Path
) -> None:
    book = in_november(tmp_path)
    copy = yesterday(book)
    assert book.run("payouts", "--propose").code == 0
    assert book.run("payouts", "--export", "csv").code == 0
    payout = book.rows(Tab.PAYOUTS)[0]["payout_id"]
    assert accepted(book, copy) == "statements=0 payouts_unknown=1\n"
    assert [one["state"] for one in book.export()["payouts"]] == ["unknown"]
    edit(book, Tab.PAYOUTS, payout, **cells)
    book.sync()
    assert book.balances() == {"ivan": balance}
    assert then in book.run("payouts", "--propose").out.splitlines()

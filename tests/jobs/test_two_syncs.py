"""What if two runs want the book at once, or its owner has it open?"""

from __future__ import annotations

import contextlib
import io
from pathlib import Path
from subprocess import TimeoutExpired

import pytest
from click.exceptions import Exit

from tests.cli_book import CliBook
from tracker.desk import opened, writing
from tracker.layout import Tab
from tracker.stores.locks import held

MARK = ".~lock.partners.xlsx#"
BUSY = "Another run has the book; nothing was done."


def lock_of(book: CliBook) -> Path:
    return book.folder / ".tracker" / "partners.xlsx.run.lock"


def test_of_two_syncs_started_at_once_one_writes_and_the_other_finds_it_done(
    tmp_path: Path,
) -> None:
    book = CliBook(tmp_path)
    for number in range(30):
        book.deliver(str(number))
    pair = [book.start("sync"), book.start("sync")]
    said = [child.communicate(timeout=60) for child in pair]
    assert [child.returncode for child in pair] == [0, 0], said
    assert sorted(out.split()[-1] for out, _ in said) == ["written=0", "written=30"]
    lines = [row["line_id"] for row in book.rows(Tab.COMMISSIONS)]
    assert len(lines) == len(set(lines)) == 30


def test_a_sync_waits_for_another_run_and_then_does_its_work(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.deliver("1")
    with held(lock_of(book), 1) as mine:
        assert mine
        child = book.start("sync")
        with pytest.raises(TimeoutExpired):
            child.communicate(timeout=1.5)
        assert book.rows(Tab.COMMISSIONS) == []
    out, _ = child.communicate(timeout=60)
    assert (child.returncode, out.split()[-1]) == (0, "written=1")


def test_a_run_that_waited_in_vain_says_so_and_does_nothing(tmp_path: Path) -> None:
    book, done = CliBook(tmp_path), []
    with contextlib.chdir(book.folder), opened(None) as place, held(lock_of(book), 1) as mine:
        assert mine
        with contextlib.redirect_stderr(io.StringIO()) as err, pytest.raises(Exit) as end:
            writing(place, lambda: done.append("work"), wait_seconds=0.2)
    assert (done, end.value.exit_code) == ([], 0)
    assert BUSY in err.getvalue()


def opened_by_the_owner(book: CliBook) -> None:
    """The mark that LibreOffice keeps beside a file it has open."""
    book.folder.joinpath(MARK).write_text("Olga Ivanova,olga,office-pc,20.10.2026 12:00,profile;")


def test_a_book_that_its_owner_has_open_is_not_written_and_the_sentence_names_her(
    tmp_path: Path,
) -> None:
    book = CliBook(tmp_path)
    book.deliver("1")
    opened_by_the_owner(book)
    before = book.fingerprint()
    said = book.run("sync")
    assert said.code == 2
    assert "Olga Ivanova (office-pc)" in said.err
    assert MARK in said.err
    assert said.out == ""
    assert book.fingerprint() == before
    book.folder.joinpath(MARK).unlink()
    assert book.sync()["written"] == 1


def test_a_book_that_is_open_elsewhere_can_still_be_looked_at(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.deliver("1")
    book.sync()
    opened_by_the_owner(book)
    assert book.run("why", "1").code == 0
    assert book.run("check").code == 0
    assert book.balances() == {"ivan": "100.00"}
    assert book.run("sync", "--dry-run").code == 0


def test_a_sync_with_nothing_to_write_does_not_mind_an_open_book(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.sync()
    opened_by_the_owner(book)
    assert book.run("sync").code == 0

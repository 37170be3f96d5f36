"""Do the commands run as cron starts them: real processes, any folder, files beside the book?"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli_book import ROOT, CliBook, Said, edit, started
from tracker.layout import Tab

NOVEMBER = datetime(2026, 11, 16, 12, tzinfo=UTC)
JOBS = {
    "sync_orders": "seen=0 attributed=0 unattributed=0 waiting=0 quarantined=0 written=0",
    "send_statements": "",
    "send_letters": "",
    "propose_payouts": "payouts=0 total=0",
}


def job(book: CliBook, *command: str) -> Said:
    """Start a job with the interpreter of the tests, in the book's folder."""
    with started(book.folder, [sys.executable, *command], {}) as child:
        out, err = child.communicate(timeout=60)
    return Said(child.returncode, out, err)


@pytest.mark.parametrize("name", JOBS)
def test_a_job_runs_as_a_file_and_as_a_module(name: str, tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.set("mail", "off")
    for command in ([str(ROOT / "jobs" / f"{name}.py")], ["-m", f"jobs.{name}"]):
        said = job(book, *command)
        assert (said.code, said.err) == (0, "")
        assert said.out.strip() == JOBS[name]


def test_a_process_says_its_result_on_standard_output_and_its_advice_on_standard_error(
    tmp_path: Path,
) -> None:
    book = CliBook(tmp_path)
    edit(book, Tab.PARTNERS, "maria", rate=15)
    book.deliver("1")
    said = book.process("sync")
    assert said.code == 0
    assert said.out == "seen=1 attributed=1 unattributed=0 waiting=0 quarantined=0 written=1\n"
    assert said.err.startswith("1 problem")
    assert book.process("check").code == 3
    assert book.process("why", "2").code == 2


def told(folder: Path) -> CliBook:
    """A book in November with lines of October for ivan, who has an address, and for maria."""
    book = CliBook(folder)
    book.deliver("1")
    book.deliver("2", codes=["MARIA01"])
    book.sync()
    book.now = NOVEMBER
    return book


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_preview_is_the_same_to_the_byte_in_this_process_and_in_another(tmp_path: Path) -> None:
    book = told(tmp_path)
    month = ("statements", "--month", "2026-10")
    assert book.run(*month, "--preview", "one").code == 0
    book.now = NOVEMBER.replace(hour=23)
    assert book.run(*month, "--preview", "two").code == 0
    said = book.process(*month, "--preview", "three", "--clock-is-right")
    assert said.code == 0, said.err
    one, two, three = (files(tmp_path / name) for name in ("one", "two", "three"))
    assert one == two == three
    assert list(one) == ["2026-10-ivan.eml", "2026-10-ivan.html", "2026-10-maria.html"]


def test_a_partner_without_an_address_gets_only_a_page_and_is_named(tmp_path: Path) -> None:
    said = told(tmp_path).run("statements", "--preview", "letters")
    assert said.code == 0
    assert (
        "Partners A3: “maria” has no e-mail, so the statement of 2026-10 cannot be sent."
        in said.err
    )
    assert "2026-10 ivan RUB opening=0.00 lines=1 closing=100.00" in said.out
    assert max(files(tmp_path / "letters")) == "2026-10-maria.html"


def test_an_unfinished_month_can_be_looked_at_without_a_sender_but_not_sent(
    tmp_path: Path,
) -> None:
    book = told(tmp_path)
    book.set("mail_from", "")
    said = book.run("statements", "--month", "2026-11", "--preview", "letters")
    assert said.code == 0
    assert "2026-11 ivan RUB opening=0.00 lines=1 closing=100.00" in said.out
    assert "2026-11-ivan.eml" in files(tmp_path / "letters")
    book.set("mail", "live")
    assert "mail_from is empty" in book.run("statements", "--send").err
    book.set("mail_from", "Shop <partners@example.com>")
    said = book.run("statements", "--month", "2026-11", "--send")
    assert (said.code, said.out) == (2, "")
    assert "2026-11 is not over" in said.err


@pytest.mark.parametrize(
    "month",
    ["2026-13", "october", "2026", "2026-1", "../../x", "", "٢٠٢٦-١٠", "0000-01", "9999-12"],
)
def test_what_is_no_month_is_refused_with_its_remedy(month: str, tmp_path: Path) -> None:
    said = told(tmp_path).run("statements", "--month", month, "--preview", "letters")
    assert (said.code, said.out) == (2, "")
    assert "is no month. Type it as 2026-10." in said.err
    assert not (tmp_path / "letters").exists()


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (
            "statements --preview letters",
            "letters is a file, and letters are written into a folder",
        ),
        ("statements --preview letters/october", "cannot be written"),
        ("export letters/x.json", "cannot be written"),
    ],
)
def test_a_folder_that_cannot_be_written_ends_with_2(
    tmp_path: Path, command: str, says: str
) -> None:
    book = told(tmp_path)
    (tmp_path / "letters").write_text("a file")
    said = book.run(*command.split())

    assert (said.code, says in said.err) == (2, True)

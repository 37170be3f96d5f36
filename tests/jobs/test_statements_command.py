"""Do `statements --send` and its job do what cron and the owner count on, killed or not?"""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli_book import ROOT, CliBook
from tests.faulty_mail import SILENCE, FaultyServer
from tests.jobs.post import receivers
from tests.test_smtp import Running, mail_server
from tracker.layout import Tab

NOVEMBER_FIRST = datetime(2026, 11, 1, 9, tzinfo=UTC)
WAIT_SECONDS_MAX = 30


@pytest.fixture
def server() -> Iterator[Running]:
    with mail_server() as running:
        yield running


def post(folder: Path, port: int, mail: str = "live") -> CliBook:
    """A book whose only partner with an address is ivan, set up to mail."""
    book = CliBook(folder)
    book.set("mail", mail)
    book.set("mail_from", "Shop <shop@example.com>")
    with (folder / ".env").open("a", encoding="utf-8") as file:
        file.write(f"TRACKER_SMTP_URL=smtp://127.0.0.1:{port}\n")
    return book


def october(folder: Path, port: int, mail: str = "live") -> CliBook:
    """The same on November 1, with one order of October in it."""
    book = post(folder, port, mail)
    book.deliver("1001")
    book.sync()
    book.now = NOVEMBER_FIRST
    return book


def lately(folder: Path, port: int) -> CliBook:
    """The same for real processes: a book that was first synced before this month began."""
    book = post(folder, port)
    book.now = datetime.now(UTC) - timedelta(days=40)
    book.sync()
    return book


def states(book: CliBook) -> list[tuple[str, str, str]]:
    return [(r["partner_id"], r["month"], r["state"]) for r in book.rows(Tab.STATEMENTS)]


def test_the_command_sends_the_month_that_is_over(server: Running, tmp_path: Path) -> None:
    book = october(tmp_path, server.port)

    said = book.run("statements", "--send")

    assert (said.code, said.out) == (0, "2026-10 ivan sent\nsent=1 refused=0 unknown=0\n")
    assert "maria" in said.err
    assert receivers(server.mailbox.letters) == ["ivan@example.com"]
    assert states(book) == [("ivan", "2026-10", "claimed"), ("ivan", "2026-10", "sent")]


def test_the_command_once_more_sends_nothing_and_leaves_the_file_alone(
    server: Running, tmp_path: Path
) -> None:
    book = october(tmp_path, server.port)
    book.run("statements", "--send")
    before = book.fingerprint()

    said = book.run("statements", "--send")

    assert (said.code, said.out) == (0, "sent=0 refused=0 unknown=0\n")
    assert (len(server.mailbox.letters), book.fingerprint()) == (1, before)


@pytest.mark.parametrize(
    ("mail", "arguments", "says"),
    [
        ("preview", ("--send",), "The setting mail is preview"),
        ("off", ("--send",), "The setting mail is off"),
        ("live", ("--send", "--month", "2026-11"), "2026-11 is not over"),
        ("live", ("--send", "--month", "11.2026"), "is no month"),
    ],
)
def test_a_refusal_is_exit_2_with_a_sentence_and_nothing_sealed(
    server: Running, tmp_path: Path, mail: str, arguments: tuple[str, ...], says: str
) -> None:
    book = october(tmp_path, server.port, mail)

    said = book.run("statements", *arguments)

    assert (said.code, said.out) == (2, "")
    assert says in said.err
    assert (server.mailbox.letters, states(book)) == ([], [])


@pytest.mark.parametrize(
    ("mail", "letters", "files"), [("live", 1, []), ("off", 0, []), ("preview", 0, ["eml", "html"])]
)
def test_as_set_does_what_the_setting_mail_says(
    server: Running, tmp_path: Path, mail: str, letters: int, files: list[str]
) -> None:
    book = october(tmp_path, server.port, mail)

    said = book.run("statements", "--as-set")

    found = sorted(path.name for path in (tmp_path / ".tracker" / "previews").glob("*ivan*"))
    assert said.code == 0
    assert len(server.mailbox.letters) == letters
    assert found == [f"2026-10-ivan.{kind}" for kind in files]


def test_the_job_is_the_command_as_set(server: Running, tmp_path: Path) -> None:
    lately(tmp_path, server.port)

    job = subprocess.run(
        [sys.executable, str(ROOT / "jobs" / "send_statements.py")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (job.returncode, job.stdout.splitlines()[-1]) == (0, "sent=1 refused=0 unknown=0")
    assert receivers(server.mailbox.letters) == ["ivan@example.com"]


def killed_at(step: str, folder: Path) -> tuple[CliBook, list[bytes]]:
    """A `statements --send` killed while the mail server keeps silent at that step."""
    with FaultyServer(step, 1, SILENCE) as faulty:
        book = lately(folder, faulty.port)
        with book.start("statements", "--send") as child:
            deadline = time.monotonic() + WAIT_SECONDS_MAX
            while not faulty.steps[step] and time.monotonic() < deadline:
                time.sleep(0.01)
            child.kill()
            child.communicate(timeout=30)
    assert child.returncode == -signal.SIGKILL
    return book, faulty.taken


def test_killed_before_the_server_answered_the_letter_is_held_and_named(
    server: Running, tmp_path: Path
) -> None:
    book, taken = killed_at("dot", tmp_path)
    connect(tmp_path, server.port)

    said = book.process("statements", "--send")
    again = book.process("statements", "--send")

    assert (len(taken), server.mailbox.letters) == (1, [])
    assert said.out.splitlines()[-1] == "sent=0 refused=0 unknown=1"
    assert [state for _, _, state in states(book)] == ["claimed", "unknown"]
    assert again.out == "sent=0 refused=0 unknown=0\n"
    assert "Nobody knows whether ivan's statement" in again.err


def test_killed_between_the_letter_and_its_mark_the_next_run_only_marks(
    server: Running, tmp_path: Path
) -> None:
    book, taken = killed_at("quit", tmp_path)
    assert [state for _, _, state in states(book)] == ["claimed"]
    connect(tmp_path, server.port)

    said = book.process("statements", "--send")

    assert (len(taken), server.mailbox.letters) == (1, [])
    assert said.out.splitlines()[-1] == "sent=1 refused=0 unknown=0"
    assert [state for _, _, state in states(book)] == ["claimed", "sent"]


def connect(folder: Path, port: int) -> None:
    """Use the mail server on that port from now on."""
    with (folder / ".env").open("a", encoding="utf-8") as file:
        file.write(f"TRACKER_SMTP_URL=smtp://127.0.0.1:{port}\n")


def test_a_server_that_is_down_is_exit_2_and_the_next_run_sends_what_was_sealed(
    server: Running, tmp_path: Path
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        book = october(tmp_path, taken.getsockname()[1])
        down = book.run("statements", "--send")
    waiting = book.run("check")
    connect(tmp_path, server.port)

    up = book.run("statements", "--send")

    assert (down.code, down.out.splitlines()[-1]) == (2, "sent=0 refused=1 unknown=0")
    assert "ivan's statement of 2026-10 is sealed and has not left" in waiting.err
    assert (up.code, up.out) == (0, "2026-10 ivan sent\nsent=1 refused=0 unknown=0\n")
    assert book.run("check").code == 0


def corrected(book: CliBook, *arguments: str) -> tuple[int, list[str]]:
    said = book.run("statements", "--correct", "ivan", "--month", "2026-10", *arguments)
    return said.code, said.out.splitlines()


def test_a_correction_is_looked_at_sent_once_and_kept(server: Running, tmp_path: Path) -> None:
    book = october(tmp_path, server.port)
    book.run("statements", "--send")
    words = ("--because", "The first one went astray.")

    looked = corrected(book, *words, "--preview", str(tmp_path / "look"))
    sent = corrected(book, *words, "--send")
    again = corrected(book, *words, "--send")
    kept = book.run("statements", "--month", "2026-10", "--copy", str(tmp_path / "kept"))

    head = ["2026-10 ivan revision=2", "  the figures are the same as in revision 1"]
    files = [str(tmp_path / "look" / f"2026-10-ivan.{kind}") for kind in ("html", "eml")]
    assert looked == (0, [*head, *files])
    assert sent == (0, [*head, "2026-10 ivan sent", "sent=1 refused=0 unknown=0"])
    assert again == (
        0, ["Revision 2 of ivan's statement of 2026-10 says all this: nothing was sent."],
    )  # fmt: skip
    assert receivers(server.mailbox.letters) == ["ivan@example.com"] * 2
    assert kept.out.splitlines() == [f"{tmp_path}/kept/2026-10-ivan-{n}.eml" for n in (1, 2)]
    for path, letter in zip(kept.out.splitlines(), server.mailbox.letters, strict=True):
        # What the server took is the same but for the header that it adds itself.
        assert (
            Path(path).read_bytes().partition(b"From: ")[2]
            == ((letter.original_content or b"").partition(b"From: ")[2])
        )


def test_a_correction_that_cannot_be_is_exit_2_with_the_remedy(
    server: Running, tmp_path: Path
) -> None:
    book = october(tmp_path, server.port)
    early = book.run("statements", "--correct", "ivan", "--month", "2026-10", "--send")
    book.run("statements", "--send")

    idle = book.run("statements", "--correct", "ivan", "--month", "2026-10", "--send")
    alone = book.run("statements", "--because", "I say so")

    assert (early.code, idle.code, alone.code) == (2, 2, 2)
    assert "Nothing is sealed of ivan's 2026-10" in early.err
    assert "say why it goes again: --because TEXT" in idle.err
    assert "--because goes with --correct PARTNER" in alone.err
    assert len(server.mailbox.letters) == 1

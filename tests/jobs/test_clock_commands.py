"""Do `wake`, `schedule` and `status` do as cron, a terminal and a monitor expect?"""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.exceptions import Exit

from tests.cli_book import NOON, ROOT, CliBook, Said, edit, set_environment, started
from tests.jobs.test_two_syncs import BUSY, lock_of
from tests.test_outbox import LETTER
from tracker.desk import Watch, opened, writing
from tracker.layout import Tab
from tracker.outbox import Outbox
from tracker.outgoing import LetterState
from tracker.problems import Stop
from tracker.scheduling import make_scheduler, minutes_of, put_right, wake_once
from tracker.stores.locks import held

IDLE = "seen=0 attributed=0 unattributed=0 waiting=0 quarantined=0 written=0"
CHECKED = "check problems=0 wants_a_person=no"


class Watchman(BaseHTTPRequestHandler):
    """A heartbeat service: it keeps the paths it was asked for."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextlib.contextmanager
def watched(book: CliBook) -> Iterator[list[str]]:
    """Let the book ping a service of its own on loopback."""

    class Mine(Watchman):
        asked: list[str] = []  # noqa: RUF012

    server = HTTPServer(("127.0.0.1", 0), Mine)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}/ping/a-secret-id"
    set_environment(book, TRACKER_HEARTBEAT_URL=url, TRACKER_ALLOW_PRIVATE="yes")
    try:
        yield Mine.asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def values(said: Said) -> dict[str, str]:
    """The lines of `status`."""
    return dict(line.split("=", 1) for line in said.out.splitlines())


# Wake.


def test_a_wake_prints_what_the_commands_print_and_the_check_in_one_line(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.set("mail", "off")
    book.deliver("1", total="20000")

    first = book.run("wake")
    book.now = datetime(2026, 11, 15, 12, tzinfo=UTC)
    second = book.run("wake")

    assert (first.code, first.out.splitlines()) == (
        0,
        ["seen=1 attributed=1 unattributed=0 waiting=0 quarantined=0 written=1", CHECKED],
    )
    _, payout, total, check = second.out.splitlines()
    assert (payout.split()[1:], total) == (
        ["ivan", "2000.00", "RUB"],
        "payouts=1 total=2000.00 RUB",
    )
    assert (second.code, check) == (0, CHECKED)


def test_what_fails_is_exit_2_and_a_sentence_and_the_rest_is_done(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.set("mail", "live")
    book.set("mail_from", "")
    book.sync()
    book.now = datetime(2026, 11, 15, 12, tzinfo=UTC)

    said = book.run("wake")

    # The check runs all the same, and says of a sender that is missing while mail is live.
    wanted = "check problems=0 wants_a_person=yes"
    assert (said.code, said.out.splitlines()[-1]) == (2, wanted)
    assert "statements: The setting mail_from is empty." in said.err
    failed = book.run("status")
    assert (failed.code, values(failed)["failed"]) == (3, "statements:mail_from_missing")
    assert "“statements” failed" in failed.err


def test_a_check_that_wants_a_person_does_not_fail_the_wake_and_status_shows_it(
    tmp_path: Path,
) -> None:
    book = CliBook(tmp_path)
    book.set("mail", "off")
    edit(book, Tab.PARTNERS, "maria", rate=15)

    said = book.run("wake")

    assert (said.code, said.out.splitlines()[-1]) == (0, "check problems=1 wants_a_person=yes")
    assert "`python -m tracker check` names it" in said.err
    status = book.run("status")
    assert values(status)["check_wants_a_person"] == values(status)["wants_a_person"] == "yes"
    assert status.code == 3
    assert status.err.startswith("The check at 2026-10-20 12:00+00:00 found something")
    assert status.err.endswith("run: python -m tracker check\n")


def test_a_check_by_hand_is_what_status_tells_next(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.set("mail", "off")
    book.run("wake")
    edit(book, Tab.PARTNERS, "maria", rate=15)
    codes = [book.run("check").code, book.run("status").code]
    edit(book, Tab.PARTNERS, "maria", rate="15%")

    assert [*codes, book.run("check").code, book.run("status").code] == [3, 3, 0, 0]


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("en", "1 problem waits in", "2 problems wait in"),
        ("ru", "На листе «Замечания» одно", "Замечаний на листе «Замечания»: 2;"),
    ],
)
def test_problems_are_counted_in_grammar(language: str, one: str, two: str, tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.set("language", language)
    edit(book, Tab.PARTNERS, "maria", rate=15)
    first = book.run("sync")
    edit(book, Tab.PARTNERS, "ivan", rate=10)

    assert first.err.startswith(one)
    assert book.run("sync").err.startswith(two)


def test_letters_that_leave_in_this_wake_are_not_counted_as_waiting(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    for key, value in {"mail": "live", "mail_from": "shop@example.com"}.items():
        book.set(key, value)
    set_environment(book, TRACKER_SMTP_URL="smtp://127.0.0.1:1?starttls=0")
    book.deliver("1")
    book.sync()
    book.now = datetime(2026, 11, 1, 12, tzinfo=UTC)
    book.run("wake")
    before = book.run("sync").err
    set_environment(book, TRACKER_SMTP_URL="folder:letters")
    book.now += timedelta(hours=2)

    assert before.startswith("2 problems wait in")  # the statement, and the welcome
    assert "problem" not in book.run("wake").err
    assert "problem" not in book.run("wake").err


def test_previews_are_made_as_the_setting_says(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.set("mail", "preview")
    book.sync()
    book.now = datetime(2026, 11, 2, 12, tzinfo=UTC)

    said = book.run("wake")

    files = sorted(path.name for path in (tmp_path / ".tracker" / "previews").iterdir())
    assert said.code == 0, said.err
    assert files == ["2026-10-ivan.eml", "2026-10-ivan.html", "2026-10-maria.html"]


def test_another_run_keeps_the_book_and_nobody_outside_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = CliBook(tmp_path)
    with (
        contextlib.chdir(book.folder),
        watched(book) as asked,
        held(lock_of(book), 1),
        pytest.raises(Exit) as end,
        opened(None, Watch.ALL, "sync") as place,
    ):
        writing(place, lambda: None, wait_seconds=0.1)

    assert (end.value.exit_code, asked) == (0, [])
    assert BUSY in capsys.readouterr().err


@pytest.mark.parametrize("name", ["wake", "check"])
def test_a_job_is_its_command(name: str, tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.set("mail", "off")

    with started(tmp_path, [sys.executable, str(ROOT / "jobs" / f"{name}.py")], {}) as child:
        out, err = child.communicate(timeout=60)

    assert child.returncode == 0, err
    assert (out.splitlines()[0] == IDLE) == (name == "wake")


# Heartbeat.


@pytest.mark.parametrize(
    ("command", "good", "bad"),
    [
        ("wake", ["/ping/a-secret-id"], ["/ping/a-secret-id/fail"]),
        ("sync", ["/ping/a-secret-id"], ["/ping/a-secret-id/fail"]),
        ("payouts --propose", [], ["/ping/a-secret-id/fail"]),
        ("statements --as-set", [], ["/ping/a-secret-id/fail"]),
        ("sync --dry-run", [], []),
        ("payouts", [], []),
    ],
)
def test_who_watches_outside_is_told_how_a_run_ended(
    command: str, good: list[str], bad: list[str], tmp_path: Path
) -> None:
    book = CliBook(tmp_path)
    with watched(book) as asked:
        assert book.run(*command.split()).code == 0
        assert asked == good
        asked.clear()
        book.path.rename(tmp_path / "away.xlsx")
        assert book.run(*command.split()).code == 2
        assert asked == bad


@pytest.mark.parametrize("command", ["wake", "sync", "payouts --propose"])
def test_a_book_that_its_owner_has_open_alarms_nobody(command: str, tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    assert book.run("wake").code == 0
    book.deliver("1")  # something to write: a run that has nothing to say does not ask for the file
    (tmp_path / ".~lock.partners.xlsx#").write_text(",owner,till,20.10.2026 12:00,x;", "utf-8")
    with watched(book) as asked:
        said = book.run(*command.split())
        assert (said.code, asked) == (2, [])
        assert "owner (till)" in said.err

    assert book.run("status").code == 0


def test_a_heartbeat_that_fails_costs_a_sentence_without_its_address(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    url = "http://127.0.0.1:1/ping/a-secret-id"
    set_environment(book, TRACKER_HEARTBEAT_URL=url, TRACKER_ALLOW_PRIVATE="yes")

    said = book.run("sync")

    assert (said.code, said.out) == (0, f"{IDLE}\n")
    assert "TRACKER_HEARTBEAT_URL" in said.err
    assert "a-secret-id" not in said.err


# Status.


def test_status_tells_how_it_goes_in_stable_words(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.deliver("1")
    book.sync()
    book.now += timedelta(minutes=90)

    said = book.run("status")

    assert (said.code, said.err) == (0, "")
    assert values(said) == {
        "synced_at": "2026-10-20T12:00:00+00:00",
        "synced_minutes_ago": "90",
        "woken_at": "",
        "deliveries": "1",
        "unread": "0",
        "quarantined": "0",
        "last_order": "2026-10-20T12:00:00+00:00",
        "letters_unknown": "0",
        "letters_refused": "0",
        "checked_at": "",
        "check_wants_a_person": "",
        "failed": "",
        "wants_a_person": "no",
    }


def test_status_reads_no_book_and_makes_no_file(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    empty = book.run("status")
    book.sync()
    (tmp_path / ".tracker" / "outbox.sqlite3").unlink()
    book.path.write_bytes(b"not a workbook any more")

    said = book.run("status")

    assert (empty.code, empty.out) == (2, "")
    assert "There is nothing to look at" in empty.err
    assert said.code == 0, said.err
    assert not (tmp_path / ".tracker" / "outbox.sqlite3").exists()


@pytest.mark.parametrize(
    ("later", "arguments", "code", "says"),
    [
        (timedelta(minutes=1440), (), 0, ""),
        (timedelta(minutes=1441), (), 3, "The last good sync was at 2026-10-20 12:00+00:00"),
        (timedelta(minutes=31), ("--late-after", "30"), 3, "31 min ago"),
        (timedelta(hours=47, minutes=59), (), 3, "12:00+00:00, 47 hours ago. See"),
        (timedelta(days=54), (), 3, "12:00+00:00, 54 days ago. See"),
        (timedelta(days=7), ("--late-after", "99999"), 3, "No new order since"),
        (timedelta(days=6, hours=23), ("--late-after", "99999"), 0, ""),
    ],
)
def test_status_ends_with_3_when_something_fell_silent(
    tmp_path: Path, later: timedelta, arguments: tuple[str, ...], code: int, says: str
) -> None:
    book = CliBook(tmp_path)
    book.deliver("1")
    book.sync()
    book.now += later

    said = book.run("status", *arguments)

    assert said.code == code
    assert says in said.err
    assert values(said)["wants_a_person"] == ("yes" if code else "no")


def test_status_names_letters_of_unknown_fate_for_a_month(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.sync()
    with Outbox(tmp_path / ".tracker" / "outbox.sqlite3", lambda: NOON) as outbox:
        kept = outbox.freeze(LETTER)
        outbox.start(kept.statement_id)
        outbox.finish(kept.statement_id, LetterState.UNKNOWN, "mail_interrupted")

    said = book.run("status")
    book.now += timedelta(days=32)
    later = book.run("status", "--late-after", "99999")

    assert (said.code, values(said)["letters_unknown"]) == (3, "1")
    assert "Letters that may have left or not: 1." in said.err
    assert (later.code, values(later)["letters_unknown"]) == (0, "0")


def test_status_speaks_the_language_of_the_book(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.set("language", "ru")
    book.sync()
    book.now += timedelta(days=3)

    assert "Последняя удачная синхронизация" in book.run("status").err


# Schedule.


@pytest.mark.parametrize(("text", "minutes"), [("", 5), ("1", 1), (" 60 ", 60)])
def test_the_pause_between_wakes_is_some_minutes(text: str, minutes: int) -> None:
    assert minutes_of(text) == minutes


@pytest.mark.parametrize("text", ["0", "61", "-5", "5.5", "five", "٥", "5m", "999999999"])
def test_a_pause_that_is_no_number_from_1_to_60_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(Stop, match="sync_minutes"):
        minutes_of(text)

    assert CliBook(tmp_path).run("schedule", f"--every={text}").code == 2


def test_a_schedule_wakes_at_once_and_on_sigterm_lets_the_wake_end(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.set("mail", "off")
    with book.start("schedule", "--every", "60", PYTHONUNBUFFERED="1") as child:
        assert child.stdout is not None
        first = child.stdout.readline()
        child.send_signal(signal.SIGTERM)
        out, err = child.communicate(timeout=60)

    assert (child.returncode, first, out) == (0, f"{IDLE}\n", f"{CHECKED}\n")
    assert err.splitlines() == [
        "Waking every 60 min. Stop with Ctrl-C or SIGTERM; a wake under way is let end.",
        "Stopped.",
    ]


def test_a_schedule_stopped_before_it_began_stops(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.set("mail", "off")
    with book.start("schedule", PYTHONUNBUFFERED="1") as child:
        assert child.stderr is not None
        child.stderr.readline()
        child.send_signal(signal.SIGINT)
        _, err = child.communicate(timeout=60)

    assert (child.returncode, err) == (0, "Stopped.\n")


def test_a_wake_of_the_schedule_is_a_process_that_finds_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHONPATH", raising=False)

    assert wake_once([sys.executable, "-m", "tracker", "status"], "en") == 2


def test_a_wake_that_hangs_is_ended_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    code = wake_once([sys.executable, "-c", "import time; time.sleep(600)"], "en", limit=0.3)

    assert code == -signal.SIGKILL
    assert "was ended" in capsys.readouterr().err


def test_a_crash_and_a_program_that_cannot_start_cost_one_wake(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert wake_once([sys.executable, "-c", "raise SystemExit(1)"], "en") == 1
    assert "code 1, a crash" in capsys.readouterr().err
    assert wake_once(["/nowhere/python"], "en") == 1
    assert "could not be started" in capsys.readouterr().err


def test_a_schedule_whose_clock_was_a_year_ahead_wakes_now_and_not_in_a_year() -> None:
    scheduler = make_scheduler(["status"], 5, "en")
    now = datetime.now(UTC)
    job = scheduler.get_job("wake")
    assert (job.coalesce, job.max_instances, job.misfire_grace_time) == (True, 1, None)

    scheduler.modify_job("wake", next_run_time=now + timedelta(days=365))
    put_right(scheduler, 5, now)
    soon = scheduler.get_job("wake").next_run_time
    scheduler.modify_job("wake", next_run_time=now + timedelta(minutes=9))
    put_right(scheduler, 5, now)

    assert soon == now
    assert scheduler.get_job("wake").next_run_time == now + timedelta(minutes=9)

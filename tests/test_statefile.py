"""Does a file of state come from one version to the next whole, or not at all?"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tracker import put_back
from tracker.inbox import Inbox
from tracker.inbox_log import read_inbox
from tracker.inbox_reader import InboxReader
from tracker.outbox import Outbox, PayoutEvent
from tracker.outbox_tables import KINDS
from tracker.outgoing import LetterKind, LetterState
from tracker.problems import Stop
from tracker.put_back import beside
from tracker.statefile import StateFile

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no time of the inode")
ROOT = Path(__file__).parent.parent
NOON = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)

VERSION_1 = """
PRAGMA journal_mode = WAL;
CREATE TABLE letters (
    statement_id TEXT PRIMARY KEY, partner_id TEXT NOT NULL, month TEXT NOT NULL,
    from_address TEXT NOT NULL, to_address TEXT NOT NULL, message_id TEXT NOT NULL,
    content BLOB NOT NULL, sha256 TEXT NOT NULL, frozen_figures TEXT NOT NULL,
    state TEXT NOT NULL, attempts INTEGER NOT NULL, at TEXT NOT NULL, detail TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX letters_by_month ON letters (month, statement_id);
CREATE INDEX letters_by_state ON letters (state, statement_id);
CREATE TABLE payouts (
    event TEXT NOT NULL, payout_id TEXT NOT NULL, at TEXT NOT NULL, detail TEXT NOT NULL,
    PRIMARY KEY (event, payout_id)
) WITHOUT ROWID;
INSERT INTO letters VALUES ('st_1', 'ivan', '2026-10', 'shop@example.com', 'ivan@example.com',
    '<st.1@example.com>', x'6f6e65', 'cafe', '{}', 'sent', 1, '2026-11-01T09:00:00+00:00', '');
INSERT INTO payouts VALUES ('exported', 'po-1', '2026-11-01T09:00:00+00:00', 'bank.csv');
PRAGMA user_version = 1;
"""
"""An outbox as the program made it before letters had kinds."""


def clock() -> datetime:
    return NOON


def old_outbox(path: Path) -> Path:
    made = sqlite3.connect(path)
    made.executescript(VERSION_1)
    made.close()
    return path


def asked(path: Path, sql: str) -> list[tuple[object, ...]]:
    found = sqlite3.connect(path)
    try:
        return found.execute(sql).fetchall()
    finally:
        found.close()


def tables(path: Path) -> list[tuple[object, ...]]:
    return asked(path, "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name")


def test_an_outbox_of_version_1_keeps_its_letters_and_payouts(tmp_path: Path) -> None:
    path = old_outbox(tmp_path / "outbox.sqlite3")

    with Outbox(path, clock) as outbox:
        letter = outbox.letter("st_1")
        exported = outbox.payout_details(PayoutEvent.EXPORTED)

    assert letter is not None
    assert (letter.kind, letter.state) == (LetterKind.STATEMENT, LetterState.SENT)
    assert (letter.content, letter.partner_id) == (b"one", "ivan")
    assert exported == {"po-1": "bank.csv"}
    assert asked(path, "PRAGMA user_version") == [(3,)]


def test_letters_of_unknown_fate_count_one_copy_each_in_an_older_outbox(tmp_path: Path) -> None:
    path = old_outbox(tmp_path / "outbox.sqlite3")
    made = sqlite3.connect(path, isolation_level=None)
    made.execute("UPDATE letters SET state = 'unknown'")
    made.close()

    with Outbox(path, clock) as outbox:
        letter = outbox.letter("st_1")

    assert letter is not None
    assert (letter.unknowns, letter.may_leave(1), letter.may_leave(3)) == (1, False, True)


def test_an_outbox_of_version_2_is_brought_to_the_same_tables(tmp_path: Path) -> None:
    path, new = old_outbox(tmp_path / "outbox.sqlite3"), tmp_path / "new.sqlite3"
    made = sqlite3.connect(path)
    made.executescript(KINDS + "; PRAGMA user_version = 2")
    made.close()
    for one in (path, new):
        Outbox(one, clock).close()

    assert asked(path, "PRAGMA user_version") == [(3,)]
    assert tables(path)[0] == tables(new)[0]
    assert asked(path, "SELECT kind, unknowns FROM letters") == [("statement", 0)]


def test_a_new_file_and_one_that_was_brought_up_have_the_same_columns(tmp_path: Path) -> None:
    old, new = old_outbox(tmp_path / "old.sqlite3"), tmp_path / "new.sqlite3"
    for path in (old, new):
        Outbox(path, clock).close()

    columns = "SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info('letters')"
    assert asked(old, columns) == asked(new, columns)
    assert [name for name, _ in tables(old)] == [name for name, _ in tables(new)]


class Stepped(StateFile):
    schema = "CREATE TABLE a (x TEXT)"
    steps: tuple[str, ...] = (
        "ALTER TABLE a ADD COLUMN y TEXT NOT NULL DEFAULT 'y'",
        "CREATE TABLE b (z TEXT)",
    )
    kept = ("a", "b")

    def _begin(self) -> None:
        self._db.execute("INSERT INTO a VALUES ('begun', 'now')")


class First(Stepped):
    steps = ()

    def _begin(self) -> None:
        self._db.execute("INSERT INTO a VALUES ('begun')")


def test_every_step_that_a_file_lacks_is_taken_once_and_in_order(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    First(path).close()
    for _ in range(2):
        Stepped(path).close()

    assert asked(path, "SELECT * FROM a") == [("begun", "y")]
    assert asked(path, "SELECT count(*) FROM b") == [(0,)]
    assert asked(path, "PRAGMA user_version") == [(3,)]


def test_a_new_file_takes_all_steps_and_begins_after_them(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    Stepped(path).close()

    assert asked(path, "SELECT * FROM a") == [("begun", "now")]


def test_an_older_program_refuses_a_newer_file_and_leaves_it(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    Stepped(path).close()

    with pytest.raises(Stop, match="state_newer"):
        First(path)

    assert asked(path, "PRAGMA user_version") == [(3,)]


class Broken(Stepped):
    steps = (Stepped.steps[0], "CREATE TABLE a (again TEXT)")


def test_a_step_that_fails_leaves_the_version_that_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    First(path).close()
    before = tables(path)

    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        Broken(path)

    assert tables(path) == before
    assert asked(path, "PRAGMA user_version") == [(1,)]


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.test_statefile import clock
from tracker.outbox import Outbox

class Killed(Outbox):
    def _bring_up(self, found):
        super()._bring_up(found)
        os.kill(os.getpid(), signal.SIGKILL)

Killed(Path(sys.argv[1]), clock)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_run_killed_while_it_brings_a_file_up_leaves_the_old_one_usable(tmp_path: Path) -> None:
    path = old_outbox(tmp_path / "outbox.sqlite3")

    ended = subprocess.run([sys.executable, "-c", KILLED, path], cwd=ROOT, check=False)

    assert ended.returncode == -9
    assert asked(path, "PRAGMA user_version") == [(1,)]
    with Outbox(path, clock) as outbox:
        assert [one.statement_id for one in outbox.letters("2026-10")] == ["st_1"]


def test_a_copy_of_an_old_file_is_replaced_when_the_new_one_has_all_of_it(tmp_path: Path) -> None:
    here = old_outbox(tmp_path / "here.sqlite3")
    there = old_outbox(tmp_path / "there.sqlite3")

    with Outbox(here, clock) as outbox:
        assert outbox.has_all_of(there)
        outbox.copy_to(there)

    assert asked(there, "SELECT statement_id, kind FROM letters") == [("st_1", "statement")]
    assert asked(there, "PRAGMA user_version") == [(3,)]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE letters SET state = 'unknown'",
        "INSERT INTO payouts VALUES ('exported', 'po-2', '', '')",
    ],
)
def test_an_old_file_that_knows_more_is_not_replaced(tmp_path: Path, change: str) -> None:
    here = old_outbox(tmp_path / "here.sqlite3")
    there = old_outbox(tmp_path / "there.sqlite3")
    changed = sqlite3.connect(there, isolation_level=None)
    changed.execute(change)
    changed.close()

    with Outbox(here, clock) as outbox:
        assert not outbox.has_all_of(there)


def test_a_table_that_an_older_file_lacks_loses_nothing(tmp_path: Path) -> None:
    First(tmp_path / "old.sqlite3").close()
    old = sqlite3.connect(tmp_path / "old.sqlite3", isolation_level=None)
    old.execute("UPDATE a SET x = 'own'")
    old.close()
    First(tmp_path / "same.sqlite3").close()

    with Stepped(None) as new:
        assert new.has_all_of(tmp_path / "same.sqlite3")
        assert not new.has_all_of(tmp_path / "old.sqlite3")


@pytest.fixture(autouse=True)
def _new_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget the inodes that other tests had open: the system gives their numbers again."""
    monkeypatch.setattr(put_back, "_opened", set())
    monkeypatch.setattr(put_back, "_good", {})


def left_open(path: Path) -> sqlite3.Connection:
    """A file of one row, its `-wal` not yet brought in; closed behind the back of the program."""
    First(path).close()
    held = sqlite3.connect(path, isolation_level=None)
    held.execute("UPDATE a SET x = 'own'")
    return held


def put_there(path: Path, copy: Path) -> None:
    """Put a copy into the place of a file."""
    time.sleep(0.05)  # some systems count the times of files in steps of 10 ms
    copy.replace(path)


@POSIX
def test_a_copy_beside_the_wal_of_the_file_before_it_is_refused(tmp_path: Path) -> None:
    path, copy = tmp_path / "a.sqlite3", tmp_path / "copy"
    old_outbox(copy)  # not opened by the program: a file of which it knows nothing
    held = left_open(path)
    before = copy.read_bytes()
    put_there(path, copy)

    inbox = Inbox(None)
    uses: list[Callable[[Path], object]] = [First, InboxReader, First(None).has_all_of]
    uses += [First(None).copy_to, lambda at: read_inbox("inbox:there", at, inbox)]
    for use in uses:
        with pytest.raises(Stop) as stop:
            use(path)
        assert (stop.value.code, stop.value.params) == ("state_put_back", (("path", str(path)),))
    assert path.read_bytes() == before
    inbox.close()
    held.close()


@POSIX
def test_without_the_old_wal_the_copy_opens(tmp_path: Path) -> None:
    path, copy = tmp_path / "a.sqlite3", tmp_path / "copy"
    old_outbox(copy)  # not opened by the program: a file of which it knows nothing
    held = left_open(path)
    put_there(path, copy)
    for ending in ("-wal", "-shm"):
        beside(path, ending).unlink()

    Outbox(path, clock).close()
    assert asked(path, "SELECT statement_id FROM letters") == [("st_1",)]
    held.close()


@POSIX
def test_a_file_newer_than_its_wal_that_says_the_same_opens(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    held = left_open(path)
    held.execute("PRAGMA wal_checkpoint(PASSIVE)")
    path.chmod(0o600)

    assert beside(path, "-wal").stat().st_size > 0
    First(path).close()
    held.close()
    assert asked(path, "SELECT x FROM a") == [("own",)]


@POSIX
def test_rights_that_were_changed_cost_a_sentence_and_a_touch(tmp_path: Path) -> None:
    path = tmp_path / "link"
    real = tmp_path / "a.sqlite3"
    path.symlink_to(real)
    with subprocess.Popen([sys.executable, "-c", HELD, real], cwd=ROOT) as child:
        assert child.wait() == -9
    time.sleep(0.05)
    real.chmod(0o600)

    with pytest.raises(Stop, match="state_put_back"):
        First(path)
    beside(path, "-wal").touch()
    First(path).close()
    assert asked(real, "SELECT x FROM a") == [("own",)]


HELD = """
import os, signal, sys
from pathlib import Path
from tests.test_statefile import left_open

held = left_open(Path(sys.argv[1]))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_opening_a_file_does_not_touch_it(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    First(path).close()
    before = path.stat().st_mtime_ns, path.stat().st_ctime_ns
    First(path).close()

    assert (path.stat().st_mtime_ns, path.stat().st_ctime_ns) == before


def test_a_file_that_was_deleted_begins_anew_whatever_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    beside(path, "-wal").write_bytes(b"of a file before" * 100)
    First(path).close()

    assert asked(path, "SELECT x FROM a") == [("begun",)]


@POSIX
def test_a_checkpoint_that_a_reader_cut_short_is_no_copy(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    First(path).close()
    held = left_open(path)
    held.execute("CREATE TABLE more (x)")
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM a").fetchall()
    held.execute("INSERT INTO more VALUES ('more')")
    time.sleep(0.05)
    held.execute("PRAGMA wal_checkpoint(PASSIVE)")

    assert path.stat().st_ctime_ns > beside(path, "-wal").stat().st_ctime_ns
    code = "import sys; from tests.test_statefile import *; First(Path(sys.argv[1])).close()"
    subprocess.run([sys.executable, "-c", code, path], cwd=ROOT, check=True)
    reader.close()
    held.close()

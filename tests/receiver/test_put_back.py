"""Is anything that was acknowledged lost when the inbox is put back from a copy, or deleted?"""

from __future__ import annotations

import shutil
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.cli_book import CliBook
from tests.receiver.process import Clients, Process, process
from tests.receiver.wire import order, request, signed
from tracker.inbox import Inbox
from tracker.put_back import beside

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody move an open file")
NAME = "inbox.sqlite3"


def ids(inbox: Path) -> list[str]:
    with Inbox(inbox) as found:
        return [one.delivery_id for one in found.after(0)]


def inbox_id(inbox: Path) -> str:
    with Inbox(inbox) as found:
        return found.id


def post(receiver: Process, *names: str) -> None:
    for number, name in enumerate(names):
        assert receiver.ask(signed(order(number), name)).status == 200


def copied(inbox: Path) -> Path:
    """A copy made as docs/running.md has it, by SQLite."""
    copy = inbox.with_name("copy")
    with Inbox(inbox) as found:
        found.copy_to(copy)
    return copy


@POSIX
def test_a_copy_put_back_between_deliveries_gets_what_the_old_inbox_had(tmp_path: Path) -> None:
    with process(tmp_path, "--inbox", NAME) as receiver:
        post(receiver, "a1", "a2")
        copy = copied(tmp_path / NAME)
        before = inbox_id(copy)
        post(receiver, "b1", "b2", "b3")
        copy.replace(tmp_path / NAME)
        post(receiver, "c1")
        assert receiver.end() == 0
    assert ids(tmp_path / NAME) == ["a1", "a2", "b1", "b2", "b3", "c1"]
    assert inbox_id(tmp_path / NAME) != before
    assert "the inbox was put back: kept=3 rows of the old one" in receiver.err
    assert {one.name for one in tmp_path.iterdir()} == {NAME}


@POSIX
def test_a_copy_put_back_behind_the_last_delivery_gets_the_rest_at_the_end(tmp_path: Path) -> None:
    with process(tmp_path, "--inbox", NAME) as receiver:
        post(receiver, "a1")
        copy = copied(tmp_path / NAME)
        post(receiver, "b1")
        copy.replace(tmp_path / NAME)
        assert receiver.end() == 0
    assert ids(tmp_path / NAME) == ["a1", "b1"]


@POSIX
def test_a_copy_put_back_under_load_loses_nothing_acknowledged(tmp_path: Path) -> None:
    with process(tmp_path, "--inbox", NAME) as receiver:
        clients = Clients(receiver.address, "load")
        for count in (50, 200):
            while len(clients.acked) < count:
                time.sleep(0.01)
            copied(tmp_path / NAME) if count == 50 else (tmp_path / "copy").replace(tmp_path / NAME)
        while len(clients.acked) < 300:
            time.sleep(0.01)
        assert receiver.end() == 0
        clients.join()
    kept = ids(tmp_path / NAME)
    assert [name for name in clients.acked if kept.count(name) != 1] == []
    assert clients.refused == []


@POSIX
@pytest.mark.parametrize("how", ["the file", "the folder"])
def test_an_inbox_deleted_under_the_receiver_is_made_anew_with_all_it_had(
    tmp_path: Path, how: str
) -> None:
    inbox = tmp_path / "hooks" / NAME
    with process(tmp_path, "--inbox", str(inbox)) as receiver:
        post(receiver, "a1", "a2")
        inbox.unlink() if how == "the file" else shutil.rmtree(inbox.parent)
        post(receiver, "b1")
        assert receiver.end() == 0
    assert sorted(ids(inbox)) == ["a1", "a2", "b1"]


@POSIX
def test_a_file_that_is_no_inbox_is_503_until_a_copy_takes_its_place(tmp_path: Path) -> None:
    with process(tmp_path, "--inbox", NAME) as receiver:
        post(receiver, "a1")
        copy = copied(tmp_path / NAME)
        post(receiver, "b1")
        (tmp_path / "noise").write_bytes(b"no database" * 1000)
        (tmp_path / "noise").replace(tmp_path / NAME)
        answer = receiver.ask(signed(order(3), "c1"))
        assert (answer.status, answer.code) == (503, "state_unreadable")
        copy.replace(tmp_path / NAME)
        post(receiver, "c2")
        assert receiver.end() == 0
    assert ids(tmp_path / NAME) == ["a1", "b1", "c2"]


@POSIX
def test_what_cannot_be_put_back_at_the_end_is_kept_beside_it(tmp_path: Path) -> None:
    with process(tmp_path, "--inbox", NAME) as receiver:
        post(receiver, "a1", "a2")
        (tmp_path / "noise").write_bytes(b"no database" * 1000)
        (tmp_path / "noise").replace(tmp_path / NAME)
        assert receiver.end() == 0
    assert "the rows of the old inbox are in " in receiver.err
    assert ids(tmp_path / f"{NAME}.kept-1") == ["a1", "a2"]
    assert (tmp_path / NAME).read_bytes() == b"no database" * 1000


@POSIX
def test_a_copy_written_over_the_open_file_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    other = tmp_path / "other"
    Inbox(other).close()
    with process(tmp_path, "--inbox", NAME) as receiver:
        post(receiver, "a1")
        shutil.copyfile(other, tmp_path / NAME)
        for path in ("/hooks/woocommerce", "/readyz"):
            data = signed(order(2), "b1") if path != "/readyz" else request(b"", path, "GET")
            answer = receiver.ask(data)
            assert (answer.status, answer.code) == (503, "state_put_back")
        assert (tmp_path / NAME).read_bytes() == other.read_bytes()
        for ending in ("-wal", "-shm"):
            beside(tmp_path / NAME, ending).unlink()
        post(receiver, "c1")
        assert receiver.end() == 0
    assert ids(tmp_path / NAME) == ["c1"]


@POSIX
def test_a_change_of_rights_costs_the_receiver_nothing(tmp_path: Path) -> None:
    with process(tmp_path, "--inbox", NAME) as receiver:
        post(receiver, "a1")
        (tmp_path / NAME).chmod(0o640)
        post(receiver, "b1")
        assert receiver.end() == 0
    assert ids(tmp_path / NAME) == ["a1", "b1"]


@POSIX
def test_beside_the_wal_of_a_killed_receiver_a_copy_is_refused_unharmed(tmp_path: Path) -> None:
    book = CliBook(tmp_path / "book")
    inbox = book.folder / ".tracker" / NAME
    with process(book.folder, "--inbox", f".tracker/{NAME}") as receiver:
        post(receiver, "a1")
        copy = copied(inbox)
        post(receiver, *(f"b{number}" for number in range(30)))
        receiver.end(signal.SIGKILL)
    shutil.copyfile(copy, inbox)
    with process(book.folder, "--inbox", f".tracker/{NAME}") as receiver:
        assert (receiver.said, receiver.end()) == ("", 2)
    synced = book.process("sync")
    assert synced.code == 2
    for said in (receiver.err, synced.err):
        assert f"delete {inbox}-wal and {inbox}-shm" in said
    assert inbox.read_bytes() == copy.read_bytes()
    for ending in ("-wal", "-shm"):
        beside(inbox, ending).unlink()
    assert ids(inbox) == ["a1"]

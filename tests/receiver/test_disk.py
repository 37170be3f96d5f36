"""What does a shop hear when the disk takes nothing more? 503, and never 2xx."""

from __future__ import annotations

import os
import stat
import sys
import time
from pathlib import Path

import pytest

from tests.receiver.process import Clients, Process, process
from tests.receiver.wire import order, request, signed
from tracker.inbox import Inbox

LIMIT_BYTES = 400_000
_LAUNCHER = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({LIMIT_BYTES}, {LIMIT_BYTES}))
from tracker.cli import run
sys.exit(run(["serve", *sys.argv[1:]]))
"""
LIMITED = (sys.executable, "-c", _LAUNCHER)
"""The program on a disk that is full after so many bytes."""


def ids(inbox: Path) -> list[str]:
    with Inbox(inbox) as found:
        return [one.delivery_id for one in found.after(0)]


def filled(receiver: Process) -> tuple[list[str], list[str]]:
    """Post bodies of 20 KB until five were refused; what was acknowledged, and what was not."""
    acked: list[str] = []
    refused: list[str] = []
    for number in range(60):
        big = order(number)[:-1] + b', "customer_note": "%s"}' % (b"x" * 20_000)
        answer = receiver.ask(signed(big, f"big-{number}"))
        assert answer.status in {200, 503}
        (acked if answer.status == 200 else refused).append(f"big-{number}")
        if len(refused) == 5:
            break
    return acked, refused


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no RLIMIT_FSIZE")
def test_a_full_disk_is_503_and_afterwards_everything_acknowledged_is_there(tmp_path: Path) -> None:
    with process(tmp_path, "--inbox", "inbox.sqlite3", command=LIMITED) as receiver:
        acked, refused = filled(receiver)
        assert (len(refused), len(acked) >= 5) == (5, True)
        again = receiver.ask(signed(order(1) + b" " * 20_000, "again"))
        assert (again.status, again.headers["retry-after"]) == (503, "30")
        ready = receiver.ask(request(b"", "/readyz", "GET"))
        assert (ready.status, receiver.ask(request(b"", "/healthz", "GET")).status) == (503, 200)
        assert receiver.end() == 0
    assert "not kept=1 because state_unwritable" in receiver.err
    assert "Traceback" not in receiver.err
    assert set(ids(tmp_path / "inbox.sqlite3")) == set(acked)
    with process(tmp_path, "--inbox", "inbox.sqlite3") as receiver:
        assert receiver.ask(request(b"", "/readyz", "GET")).status == 200
        assert receiver.ask(signed(order(1), "later")).status == 200
    assert "later" in ids(tmp_path / "inbox.sqlite3")


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="nothing is read-only for root"
)
def test_a_read_only_folder_stops_the_start(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with process(tmp_path, "--inbox", "closed/inbox.sqlite3") as receiver:
        assert (receiver.said, receiver.end()) == ("", 2)
    assert "cannot be written" in receiver.err


def test_a_graceful_stop_under_load_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    with process(tmp_path, "--inbox", "inbox.sqlite3") as receiver:
        clients = Clients(receiver.address, "load", count=8)
        while len(clients.acked) < 100:
            time.sleep(0.01)
        assert receiver.end() == 0
        clients.join()
    kept = ids(tmp_path / "inbox.sqlite3")
    assert len(set(kept)) == len(kept)
    assert set(clients.acked) <= set(kept)
    assert "stopped kept=" in receiver.err
    assert "Traceback" not in receiver.err


def test_another_process_that_fills_the_same_inbox_costs_neither_a_delivery(tmp_path: Path) -> None:
    with (
        process(tmp_path, "--inbox", "inbox.sqlite3") as one,
        process(tmp_path, "--inbox", "inbox.sqlite3") as two,
    ):
        clients = [Clients(each.address, name) for each, name in ((one, "one"), (two, "two"))]
        while min(len(each.acked) for each in clients) < 50:
            time.sleep(0.01)
        assert (one.end(), two.end()) == (0, 0)
        for each in clients:
            each.join()
    acked = clients[0].acked + clients[1].acked
    kept = ids(tmp_path / "inbox.sqlite3")
    assert [name for name in acked if kept.count(name) != 1] == []

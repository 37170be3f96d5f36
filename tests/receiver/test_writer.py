"""Is a delivery acknowledged only when it is kept, and does one odd one spare the others?"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.receiver.wire import NOW, ask, order, request, serving, signed
from tracker.deliveries import NewDelivery
from tracker.inbox import Inbox
from tracker.problems import Stop
from tracker.receiver import held
from tracker.receiver import writer as writing
from tracker.receiver.writer import NotKept, Writer


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    writer = Writer(tmp_path / "inbox.sqlite3", lambda: NOW)
    writer.start()
    yield writer
    writer.stop()


def delivery(name: str, body: str = "{}") -> NewDelivery:
    return NewDelivery(source="zapier", delivery_id=name, received_at=NOW, body=body)


def kept(writer: Writer, *deliveries: NewDelivery) -> list[str]:
    """Give deliveries at once and wait for all; for each the code of its refusal, or nothing."""

    async def run() -> list[str]:
        loop = asyncio.get_running_loop()
        answers = [writer.keep(one, loop) for one in deliveries]
        found = await asyncio.gather(*answers, return_exceptions=True)
        return [one.code if isinstance(one, NotKept) else "" for one in found]

    return asyncio.run(run())


def ids(path: Path) -> list[str]:
    with Inbox(path) as inbox:
        return [one.delivery_id for one in inbox.after(0)]


def test_deliveries_that_wait_together_land_in_few_commits(writer: Writer) -> None:
    names = [f"d{number}" for number in range(300)]
    assert kept(writer, *map(delivery, names)) == [""] * 300
    assert ids(writer.path) == names
    assert 1 <= writer.tally.commits <= 30


def test_a_delivery_that_comes_twice_is_acknowledged_twice_and_kept_once(writer: Writer) -> None:
    assert kept(writer, delivery("a"), delivery("a")) == ["", ""]
    assert kept(writer, delivery("a"), delivery("a", '{"total": 1}')) == ["", ""]
    assert ids(writer.path) == ["a", "a"]
    assert (writer.tally.kept, writer.tally.new, writer.tally.duplicates) == (4, 2, 2)


def test_one_delivery_that_cannot_be_stored_spares_the_others(writer: Writer) -> None:
    odd = [delivery("half a pair", "\ud83d"), delivery("no zone")]
    odd[1] = NewDelivery(
        source="zapier", delivery_id="b", received_at=NOW.replace(tzinfo=None), body="{}"
    )
    found = kept(writer, delivery("a"), *odd, delivery("c"))
    assert found == ["", "unexpected", "unexpected", ""]
    assert ids(writer.path) == ["a", "c"]
    assert writer.tally.failed == {"unexpected": 2}


def test_while_another_run_keeps_the_inbox_nothing_is_acknowledged(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held.OpenInbox, "busy_seconds", 0.05)
    assert kept(writer, delivery("a")) == [""]
    writer._inbox = None
    other = sqlite3.connect(writer.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert kept(writer, delivery("b"), delivery("c")) == ["state_busy", "state_busy"]
    other.execute("COMMIT")
    other.close()
    assert kept(writer, delivery("d")) == [""]
    assert ids(writer.path) == ["a", "d"]


def test_a_queue_that_is_full_says_so_at_once(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "QUEUE_CHARACTERS_MAX", 10)

    async def run() -> None:
        with pytest.raises(NotKept, match="queue_full"):
            writer.keep(delivery("a", "x" * 11), asyncio.get_running_loop())

    asyncio.run(run())
    assert kept(writer, delivery("b", "x" * 10)) == [""]


def test_after_the_stop_nothing_is_taken_and_what_waited_is_kept(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "inbox.sqlite3", lambda: NOW)
    writer.start()

    async def run() -> None:
        loop = asyncio.get_running_loop()
        answers = [writer.keep(delivery(f"d{number}"), loop) for number in range(50)]
        await asyncio.to_thread(writer.stop)
        await asyncio.gather(*answers)
        with pytest.raises(NotKept, match="stopping"):
            writer.keep(delivery("late"), loop)

    asyncio.run(run())
    assert len(ids(writer.path)) == 50


def test_an_inbox_deleted_with_all_beside_it_is_made_anew_with_what_was_kept(
    writer: Writer,
) -> None:
    assert kept(writer, delivery("a")) == [""]
    for file in writer.path.parent.glob("inbox.sqlite3*"):
        file.unlink()
    assert kept(writer, delivery("b")) == [""]
    assert ids(writer.path) == ["a", "b"]


@pytest.mark.parametrize("name", ["a file/inbox.sqlite3", "folder.sqlite3"])
def test_an_inbox_that_cannot_be_made_stops_the_start(name: str, tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    (tmp_path / "folder.sqlite3").mkdir()
    with pytest.raises(Stop) as stop:
        Writer(tmp_path / name, lambda: NOW).start()
    assert stop.value.code == "state_unwritable"


def test_a_file_that_is_no_inbox_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "inbox.sqlite3").write_bytes(b"not a database, but long enough for a header" * 9)
    with pytest.raises(Stop) as stop:
        Writer(tmp_path / "inbox.sqlite3", lambda: NOW).start()
    assert stop.value.code == "state_unreadable"


def test_a_shop_is_told_to_come_again_while_the_inbox_is_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held.OpenInbox, "busy_seconds", 0.05)
    with serving(tmp_path / "inbox.sqlite3") as receiver:
        other = sqlite3.connect(tmp_path / "inbox.sqlite3", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        refused = ask(receiver, signed(order(1)))
        ready = ask(receiver, request(b"", "/readyz", "GET"))
        other.execute("COMMIT")
        other.close()
        assert (refused.status, refused.code, refused.headers["retry-after"]) == (
            503, "state_busy", "30",
        )  # fmt: skip
        assert (ready.status, ready.code) == (503, "state_busy")
        assert ask(receiver, signed(order(1))).status == 200

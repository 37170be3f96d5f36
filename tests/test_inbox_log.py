"""Does the inbox of a receiver on this machine arrive whole, and stay as it was?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from tracker.deliveries import NewDelivery, keep_broken
from tracker.inbox import Inbox
from tracker.inbox_reader import InboxReader
from tracker.logs import bring_logs
from tracker.outbox import Outbox
from tracker.problems import Stop

NOW = datetime(2026, 10, 8, 6, 0, tzinfo=UTC)


def delivery(number: int) -> NewDelivery:
    return NewDelivery(
        source="shopify", delivery_id=f"d{number}", received_at=NOW, body="чай\n", origin="webhook"
    )


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with Inbox(None) as inbox:
        yield inbox


@pytest.fixture
def theirs(tmp_path: Path) -> Iterator[Inbox]:
    with Inbox(tmp_path / "receiver" / "inbox.sqlite3") as theirs:
        yield theirs


def bring(theirs: Inbox, inbox: Inbox) -> list[str]:
    """The ids that reading the other inbox added."""
    before = inbox.last_seq
    bring_logs(f"inbox:{theirs.path}", inbox, NOW)
    return [one.delivery_id for one in inbox.after(before)]


def test_an_inbox_is_read_on_from_where_it_was_left(theirs: Inbox, inbox: Inbox) -> None:
    theirs.land(map(delivery, range(1, 1102)))
    first = bring(theirs, inbox)
    theirs.land([delivery(1102)])

    assert (len(first), bring(theirs, inbox), bring(theirs, inbox)) == (1101, ["d1102"], [])
    assert inbox.position(f"inbox:{theirs.path}") == f"{theirs.id}-1102-{theirs.trace(1102)}"


def test_a_delivery_arrives_as_it_stands_there(theirs: Inbox, inbox: Inbox) -> None:
    theirs.land([delivery(1)])
    bring(theirs, inbox)

    (found,) = inbox.after(0)

    assert (found.source, found.received_at, found.body) == ("shopify", NOW, "чай\n")
    assert found.origin == f"inbox:{theirs.path} delivery 1"


def test_broken_lines_of_a_file_stay_where_they_were_found(theirs: Inbox, inbox: Inbox) -> None:
    theirs.land([keep_broken(b"oops", 4, "file:orders.jsonl line 1", NOW), delivery(2)])

    assert bring(theirs, inbox) == ["d2"]


def test_the_other_inbox_is_neither_made_nor_changed(tmp_path: Path, inbox: Inbox) -> None:
    path = tmp_path / "inbox.sqlite3"
    with Inbox(path) as theirs:
        theirs.land([delivery(1)])
    before = sha256(path.read_bytes()).digest(), path.stat().st_mtime_ns

    bring_logs(f"inbox:{path}", inbox, NOW)

    assert (sha256(path.read_bytes()).digest(), path.stat().st_mtime_ns) == before
    with pytest.raises(Stop, match="log_inbox_missing"):
        bring_logs(f"inbox:{tmp_path / 'gone.sqlite3'}", inbox, NOW)
    assert not (tmp_path / "gone.sqlite3").exists()


def test_the_other_inbox_may_be_written_while_it_is_read(theirs: Inbox, inbox: Inbox) -> None:
    theirs.land([delivery(1)])
    with theirs.together():
        theirs.land([delivery(2)])
        assert bring(theirs, inbox) == ["d1"]

    assert bring(theirs, inbox) == ["d2"]


def test_an_inbox_that_was_replaced_or_put_back_is_read_from_its_beginning(
    tmp_path: Path, inbox: Inbox
) -> None:
    found = []
    for number in (1, 2, 3):
        path = tmp_path / "inbox.sqlite3"
        path.unlink(missing_ok=True)
        with Inbox(path) as theirs:
            theirs.land([delivery(1), delivery(number)])
            found += bring(theirs, inbox)

    assert found == ["d1", "d2", "d3"]


def test_the_books_own_inbox_is_no_log_of_others(theirs: Inbox) -> None:
    theirs.land([delivery(1)])

    assert bring(theirs, theirs) == []
    assert theirs.position(f"inbox:{theirs.path}") is None


def test_a_dry_run_reads_it_in_a_copy_and_moves_nothing(theirs: Inbox, inbox: Inbox) -> None:
    theirs.land([delivery(1)])
    with inbox.snapshot() as copy:
        assert bring(theirs, copy) == ["d1"]

    assert bring(theirs, inbox) == ["d1"]


def test_a_file_that_is_no_inbox_is_a_stop_that_names_it(tmp_path: Path, inbox: Inbox) -> None:
    noise, empty, outbox = (tmp_path / name for name in ("noise", "empty", "outbox.sqlite3"))
    noise.write_bytes(b"no database" * 1000)
    empty.touch()
    Outbox(outbox, lambda: NOW).close()

    for path in (noise, empty, outbox):
        with pytest.raises(Stop) as stop:
            bring_logs(f"inbox:{path}", inbox, NOW)
        assert (stop.value.code, stop.value.params) == (
            "log_inbox_unreadable",
            (("path", str(path)),),
        )


def test_an_inbox_of_a_newer_program_is_left_alone(theirs: Inbox, inbox: Inbox) -> None:
    theirs._db.execute("PRAGMA user_version = 99")

    with pytest.raises(Stop, match="log_inbox_unreadable"):
        bring(theirs, inbox)


def test_a_reader_cannot_write(theirs: Inbox) -> None:
    assert theirs.path is not None
    with InboxReader(theirs.path) as reader, pytest.raises(Stop, match="state_unwritable"):
        reader.land([delivery(1)])


def test_an_older_copy_that_has_grown_since_is_read_from_its_beginning(
    theirs: Inbox, inbox: Inbox
) -> None:
    theirs.land([delivery(1), delivery(2)])
    assert bring(theirs, inbox) == ["d1", "d2"]
    theirs._db.execute("DELETE FROM deliveries WHERE delivery_id = 'd2'")
    theirs._db.execute("UPDATE sqlite_sequence SET seq = 1")
    theirs.land([delivery(3), delivery(4)])

    assert bring(theirs, inbox) == ["d3", "d4"]


def test_a_place_kept_by_an_earlier_version_is_read_on_from(theirs: Inbox, inbox: Inbox) -> None:
    theirs.land([delivery(1), delivery(2)])
    inbox.land([], {f"inbox:{theirs.path}": f"{theirs.id}-1"})

    assert bring(theirs, inbox) == ["d2"]

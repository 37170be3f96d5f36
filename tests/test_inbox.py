"""Is what a shop sent kept, once, whole, and in order?"""

from __future__ import annotations

import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tracker.deliveries import NewDelivery
from tracker.inbox import Inbox, Mark
from tracker.problems import Stop

ROOT = Path(__file__).parent.parent
NOON = datetime(2026, 10, 7, 12, 0, tzinfo=UTC)


def delivery(delivery_id: str = "d1", body: str = "{}", source: str = "generic") -> NewDelivery:
    return NewDelivery(source=source, delivery_id=delivery_id, received_at=NOON, body=body)


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with Inbox(None) as inbox:
        yield inbox


def test_a_delivery_comes_back_as_it_was_landed(inbox: Inbox) -> None:
    inbox.land([delivery("d1", '{"code": "Чай \x00 007"}')])

    (found,) = inbox.after(0)

    assert (found.seq, found.source, found.delivery_id) == (1, "generic", "d1")
    assert (found.body, found.received_at) == ('{"code": "Чай \x00 007"}', NOON)
    assert found.content_type == "application/json"


def test_the_digest_is_that_of_the_body_in_utf_8(inbox: Inbox) -> None:
    inbox.land([delivery(body="{}")])

    (found,) = inbox.after(0)

    assert found.sha256 == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_a_delivery_landed_twice_is_one(inbox: Inbox) -> None:
    landed = [inbox.land([delivery(), delivery()]), inbox.land([delivery()])]

    assert landed == [1, 0]
    assert inbox.count() == 1


def test_a_delivery_that_comes_again_years_later_is_the_same_one(inbox: Inbox) -> None:
    late = replace(delivery(), received_at=NOON + timedelta(days=1000))

    assert [inbox.land([delivery()]), inbox.land([late])] == [1, 0]
    assert [one.received_at for one in inbox.after(0)] == [NOON]


def test_the_same_id_with_another_body_or_source_is_another_delivery(inbox: Inbox) -> None:
    landed = inbox.land([delivery(), delivery(body='{"a":1}'), delivery(source="woocommerce:tea")])

    assert landed == 3
    assert inbox.last_seq == 3


def test_deliveries_come_in_the_order_they_landed_over_many_pages(inbox: Inbox) -> None:
    inbox.land(delivery(f"d{n}") for n in range(2500))

    assert [found.delivery_id for found in inbox.after(997)] == [f"d{n}" for n in range(997, 2500)]
    assert list(inbox.after(2500)) == []


def test_a_batch_that_fails_half_way_lands_nothing_and_moves_no_position(inbox: Inbox) -> None:
    def broken() -> Iterator[NewDelivery]:
        yield delivery()
        raise OSError("the log went away")

    with pytest.raises(OSError, match="went away"):
        inbox.land(broken(), {"file:orders.jsonl": "9"})

    assert (inbox.count(), inbox.position("file:orders.jsonl")) == (0, None)


def test_a_position_lands_with_its_deliveries(inbox: Inbox) -> None:
    inbox.land([delivery()], {"file:orders.jsonl": "17"})
    inbox.land([], {"file:orders.jsonl": "42"})

    assert inbox.position("file:orders.jsonl") == "42"
    assert inbox.position("file:other.jsonl") is None


def test_a_time_without_a_zone_is_a_bug(inbox: Inbox) -> None:
    naive = NewDelivery(
        source="generic",
        delivery_id="d1",
        received_at=NOON.replace(tzinfo=None),
        body="{}",
    )

    with pytest.raises(ValueError, match="no zone"):
        inbox.land([naive])


def test_marks_are_set_and_taken_off_one_by_one_or_all(inbox: Inbox) -> None:
    inbox.land(delivery(f"d{n}") for n in (1, 2, 3, 4))
    inbox.mark({Mark.QUARANTINED: [1, 2, 3], Mark.HELD: [2, 3, 4]})
    inbox.mark({Mark.HELD: [2]})

    inbox.unmark([2, 4], Mark.HELD)
    inbox.unmark([3])

    assert [found.seq for found in inbox.marked(Mark.QUARANTINED)] == [1, 2]
    assert inbox.marked(Mark.HELD) == []
    assert (inbox.count(), inbox.count(Mark.QUARANTINED)) == (4, 2)


def test_deliveries_of_an_order_are_found_whatever_their_number(inbox: Inbox) -> None:
    inbox.land(delivery(f"d{n}") for n in range(1, 1001))
    for _twice in range(2):
        inbox.describe((n, "generic", f"o{n // 2}") for n in range(1, 1001))

    found = inbox.of_orders([("generic", f"o{n}") for n in range(1, 500)])

    assert [one.seq for one in found] == list(range(2, 1000))


def test_an_order_is_found_by_its_source_too(inbox: Inbox) -> None:
    inbox.land([delivery("d1"), delivery("d2")])
    inbox.describe([(1, "generic", "7"), (2, "shopify", "7"), (2, "shopify", "8")])

    assert [one.seq for one in inbox.of_orders([("shopify", "7"), ("shopify", "8")])] == [2]
    assert inbox.of_orders([("woocommerce", "7")]) == []


def test_several_writes_are_one_transaction_when_done_together(inbox: Inbox) -> None:
    inbox.land([delivery()])

    def interrupted() -> None:
        with inbox.together():
            inbox.mark({Mark.HELD: [1]})
            inbox.describe([(1, "generic", "7")])
            raise KeyError

    with pytest.raises(KeyError):
        interrupted()

    assert inbox.count(Mark.HELD) == 0
    assert inbox.of_orders([("generic", "7")]) == []


def test_a_file_is_found_again_under_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / ".tracker" / "inbox.sqlite3"
    with Inbox(path) as first:
        first.land([delivery()], {"file:a": "1"})
        name = first.id

    with Inbox(path) as again, Inbox(None) as other:
        assert (again.id, again.count(), again.position("file:a")) == (name, 1, "1")
        assert len(name) == 32
        assert other.id != name


def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / ".tracker" / "inbox.sqlite3"

    with Inbox(path):
        modes = [stat.S_IMODE(one.stat().st_mode) for one in (path, path.parent)]

    assert modes == [0o600, 0o700]


def test_a_commit_waits_for_the_disk(tmp_path: Path) -> None:
    with Inbox(tmp_path / "inbox.sqlite3") as inbox:
        journal = inbox._rows("PRAGMA journal_mode")[0][0]
        synchronous = inbox._rows("PRAGMA synchronous")[0][0]

    assert (journal, synchronous) == ("wal", 2)


def test_a_snapshot_takes_everything_and_gives_nothing_back(tmp_path: Path) -> None:
    with Inbox(tmp_path / "inbox.sqlite3") as inbox:
        inbox.land([delivery("d1")])
        with inbox.snapshot() as copy:
            copy.land([delivery("d2")], {"file:a": "1"})
            copy.mark({Mark.HELD: [1]})

            assert (copy.id, copy.count(), copy.last_seq) == (inbox.id, 2, 2)
        assert (inbox.count(), inbox.count(Mark.HELD), inbox.position("file:a")) == (1, 0, None)


def test_a_file_that_is_no_inbox_is_a_stop_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "inbox.sqlite3"
    path.write_text("не база данных, " * 100, "utf-8")

    with pytest.raises(Stop) as stop:
        Inbox(path)

    assert (stop.value.code, dict(stop.value.params)) == ("state_unreadable", {"path": str(path)})


def test_a_folder_that_cannot_be_made_is_a_stop(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(Stop) as stop:
        Inbox(tmp_path / "file" / "inbox.sqlite3")

    assert stop.value.code == "state_unwritable"


def test_an_inbox_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "inbox.sqlite3"
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 99")
    database.close()

    with pytest.raises(Stop) as stop:
        Inbox(path)

    assert stop.value.code == "state_newer"


LANDING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from tracker.deliveries import NewDelivery
from tracker.inbox import Inbox

inbox, n = Inbox(Path(sys.argv[1])), 0
while True:
    inbox.land(
        (
            NewDelivery(source="generic", delivery_id=f"{n}-{i}", body="x" * 500,
                        received_at=datetime.now(UTC))
            for i in range(50)
        ),
        {"file:a": str(n)},
    )
    n += 1
    print(n, flush=True)
"""


@pytest.mark.parametrize("acknowledged", [1, 4, 9, 16, 25])
def test_a_kill_leaves_whole_batches_and_every_acknowledged_one(
    tmp_path: Path, acknowledged: int
) -> None:
    path = tmp_path / "inbox.sqlite3"
    command = [sys.executable, "-c", LANDING, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [int(process.stdout.readline()) for _ in range(acknowledged)]
        process.send_signal(signal.SIGKILL)
        told += [int(line) for line in process.stdout]

    with Inbox(path) as inbox:
        batches, rest = divmod(inbox.count(), 50)
        assert (rest, inbox.position("file:a")) == (0, str(batches - 1))
        assert batches >= told[-1]

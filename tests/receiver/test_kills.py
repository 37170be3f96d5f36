"""Is every delivery that was answered with 200 kept, whenever the receiver is killed?"""

from __future__ import annotations

import random
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.receiver.process import Clients, process

KILLS = 10
"""In each of the two tests."""
ACKED_MIN = 100


def counted(inbox: Path) -> dict[str, int]:
    """How often each delivery is in the inbox, asked as the next start would find it."""
    with closing(sqlite3.connect(inbox)) as found:
        assert found.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return dict(
            found.execute("SELECT delivery_id, count(*) FROM deliveries GROUP BY 1").fetchall()
        )


@pytest.mark.parametrize("seed", [1, 2])
def test_what_was_acknowledged_is_kept_once_after_every_kill(seed: int, tmp_path: Path) -> None:
    chance, inbox = random.Random(seed), tmp_path / "inbox.sqlite3"
    acked: list[str] = []
    for number in range(KILLS):
        with process(tmp_path, "--inbox", inbox.name) as receiver:
            clients = Clients(receiver.address, f"k{number}")
            time.sleep(chance.uniform(0.05, 0.3))
            assert receiver.end(signal.SIGKILL) == -signal.SIGKILL
            clients.join()
        acked += clients.acked
        kept = counted(inbox)
        assert [name for name in acked if kept.get(name) != 1] == []
        # What was in flight may be kept without an answer, but never twice.
        assert set(kept.values()) <= {1}
    assert len(acked) >= ACKED_MIN

"""Is every delivery that was answered with 200 kept, at whichever effect the receiver dies?"""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from tests.receiver.process import Clients, process
from tests.receiver.test_kills import counted

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")

KILLS = 8
KILLS_MAX = 40
FIRST = 4
"""Before that it does not listen yet: it makes its inbox."""


def kinds(places: list[str]) -> set[str]:
    return {place.split()[0] for place in places}


def test_what_was_acknowledged_is_kept_before_whichever_effect_the_receiver_dies(
    tmp_path: Path,
) -> None:
    inbox, acked, died = tmp_path / "inbox.sqlite3", list[str](), list[str]()
    with process(tmp_path, "--inbox", inbox.name) as receiver:
        assert receiver.end() == 0
    number = 0
    while number < KILLS or kinds(died) != {"commit", "send"}:
        dying = (sys.executable, "-m", "tests.kills.alone", str(FIRST + number), "serve")
        with process(tmp_path, "--inbox", inbox.name, command=dying) as receiver:
            clients = Clients(receiver.address, f"k{number}")
            clients.join()
            assert receiver.child.wait(timeout=30) == -signal.SIGKILL
        acked += clients.acked
        died += (tmp_path / "effects.txt").read_text().splitlines()[-1:]
        kept = counted(inbox)
        assert [name for name in acked if kept.get(name) != 1] == []
        assert set(kept.values()) <= {1}
        number += 1
        # Before they were kept, and kept before anybody was told: how many share a commit is luck.
        assert number < KILLS_MAX, died
    assert len(acked) >= KILLS // 2  # as many as lets the test say something

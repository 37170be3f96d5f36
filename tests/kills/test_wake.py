"""Does a wake that is killed again and again come to its end, and do everything once?"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.cli_book import CliBook
from tests.kills.nursery import Nursery
from tests.kills.test_letters import NOVEMBER_FIRST, PARTNERS, SUMS, mailing, taken, told
from tests.kills.walking import goes_on, killed, nothing_doubled, opens, sums
from tests.test_smtp import Running
from tracker.layout import Tab

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")

KILLS_MAX = 60
STEP = 9
MID_NOVEMBER = NOVEMBER_FIRST.replace(day=20)


def test_wakes_killed_ever_further_on_do_everything_once(
    tmp_path: Path, forks: Nursery, server: Running
) -> None:
    book, kills = mailing(tmp_path, server.port), 0
    book.now = MID_NOVEMBER
    while kills < KILLS_MAX and killed(forks, book, (kills + 1) * STEP, "wake").killed:
        kills += 1
        opens(book)
        nothing_doubled(book)
    goes_on(forks, book, "wake")

    assert 2 <= kills < KILLS_MAX
    assert sums(book) == SUMS
    assert sorted((row["partner_id"], row["amount"]) for row in book.rows(Tab.PAYOUTS)) == [
        ("ivan", 2000), ("maria", 3000),
    ]  # fmt: skip
    arrived = statements(server)
    for who, fate in told(book).items():
        assert (fate, arrived[who]) in {("sent", 1), ("unknown", 0), ("unknown", 1)}
    assert told(book).keys() == set(PARTNERS)


def statements(server: Running) -> Counter[str]:
    """To whom statements went, and how often; other letters are left out."""
    kept = [one for one in server.mailbox.letters if b"<st." in (one.original_content or b"")]
    server.mailbox.letters[:] = kept
    return taken(server)


def test_a_schedule_killed_in_a_wake_leaves_nothing_that_the_next_one_does_not_finish(
    tmp_path: Path,
) -> None:
    book = CliBook(tmp_path)
    book.set("mail", "off")
    book.deliver("1")
    for number in range(2):
        with book.start("schedule", "--every", "60", PYTHONUNBUFFERED="1") as child:
            assert child.stderr is not None
            child.stderr.readline()
            time.sleep(number * 0.3)  # in the first wake, wherever it is by then
            os.kill(child.pid, signal.SIGKILL)
            child.communicate(timeout=60)
        assert child.returncode == -signal.SIGKILL
    with book.start("schedule", "--every", "60", PYTHONUNBUFFERED="1") as child:
        assert child.stdout is not None
        assert child.stdout.readline().startswith("seen=")
        child.send_signal(signal.SIGTERM)
        child.communicate(timeout=60)
    assert sums(book) == {"ivan": "100.00"}
    nothing_doubled(book)

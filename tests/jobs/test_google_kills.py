"""What is left when a sync on Google is killed? A sheet from which the next run ends right."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli_book import started
from tests.google.fake import FakeGoogle
from tests.google.proof import (
    cut,
    nothing_doubled,
    one_fence_a_commit,
    owners_things,
    plain_sum_is_right,
    told,
)
from tests.google.wiring import key_file, redirecting_command, served
from tests.google.world import SHEET, GoogleWorld, laid_out
from tracker.layout import Tab

KILLS = 6
LATENCY_SECONDS = 0.15
"""How long each answer takes: that is the time in which a write is in and nobody knows it."""


class Shop:
    """A folder with a log and a spreadsheet, and syncs that are real processes."""

    def __init__(self, folder: Path, google: FakeGoogle, base_url: str) -> None:
        self.folder = folder
        self.google = google
        self.base_url = base_url
        self.log = folder / "orders.jsonl"
        self.log.touch()
        (folder / ".env").write_text(
            f"TRACKER_STORE=gsheets:{SHEET}\nTRACKER_STATE=.tracker\n"
            "TRACKER_GOOGLE_CREDENTIALS=robot.json\nTRACKER_SECRET=a secret of tests\n"
            f"TRACKER_ORDER_LOG=file:{self.log.name}\n"
        )

    def news(self, number: int) -> None:
        """A new order, and a refund of the one before."""
        lines = [self._line(f"{number}", f"d{number}", total="1000")]
        if number:
            lines.append(self._line(f"{number - 1}", f"r{number}", total="1000", refunded="300"))
        with self.log.open("a", encoding="utf-8") as file:
            file.writelines(f"{json.dumps(line)}\n" for line in lines)

    def _line(self, order: str, delivery: str, **fields: str) -> dict[str, object]:
        ordered = {"order_id": order, "ordered_at": "2026-10-19T10:00:00Z", "currency": "RUB"}
        at = datetime(2026, 10, 20, tzinfo=UTC) + timedelta(minutes=int(delivery[1:]))
        return {
            "delivery_id": delivery,
            "received_at": at.isoformat(),
            "source": "generic",
            "body": ordered | {"codes": ["IVAN01"]} | fields,
        }

    def start(self) -> subprocess.Popen[str]:
        return started(self.folder, redirecting_command(self.base_url, ["sync"]), {})

    def sync(self) -> float:
        """Sync undisturbed; how many seconds passed since the first call of Google."""
        calls = len(self.google.calls)
        with self.start() as child:
            self._wait_for_calls(child, calls)
            begun = time.monotonic()
            _, err = child.communicate(timeout=60)
        assert (child.returncode, err) == (0, "")
        return time.monotonic() - begun

    def killed(self, after_seconds: float) -> bool:
        """Kill a sync so many seconds after its first call; False when it had ended by then."""
        calls = len(self.google.calls)
        with self.start() as child:
            self._wait_for_calls(child, calls)
            time.sleep(after_seconds)
            os.kill(child.pid, signal.SIGKILL)
            child.communicate(timeout=60)
        return child.returncode == -signal.SIGKILL

    def _wait_for_calls(self, child: subprocess.Popen[str], calls: int) -> None:
        while len(self.google.calls) == calls and child.poll() is None:
            time.sleep(0.005)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    google = FakeGoogle()
    google.books[SHEET] = laid_out("en", "en_US").copy()
    with served(google) as base_url:
        key_file(tmp_path, google)
        world = GoogleWorld(tmp_path, google)
        cut(world)
        world.type(Tab.PARTNERS, partner_id="ivan", payout_details="card")
        world.type(Tab.CODES, code="IVAN01", partner_id="ivan")
        google.latency_seconds = LATENCY_SECONDS
        yield Shop(tmp_path, google, base_url)


def test_a_sync_killed_at_any_moment_leaves_a_sheet_from_which_the_next_ends_right(
    shop: Shop,
) -> None:
    chance, killed, number = random.Random(7), 0, 0
    owners = owners_things(shop.google.books[SHEET])
    shop.news(number)
    longest = shop.sync()
    while killed < KILLS:
        number += 1
        shop.news(number)
        killed += shop.killed(chance.uniform(0, longest))
    shop.sync()

    shop.google.latency_seconds = 0
    world = GoogleWorld(shop.folder, shop.google, datetime.now(UTC) + timedelta(minutes=5))
    # The inbox of the folder is not this world's: it looks, and has no news.
    rest = world.sync(whole=True)
    assert not rest.committed
    said = told(rest)
    # 10% of 700 for each order that was refunded, of 1000 for the last one.
    [balance] = said["balances"]
    assert balance["balance"] == f"{70 * number + 100}.00"
    assert said["problems"] == []
    nothing_doubled(world)
    plain_sum_is_right(world, said)
    one_fence_a_commit(shop.google)
    assert owners_things(shop.google.books[SHEET]) == owners

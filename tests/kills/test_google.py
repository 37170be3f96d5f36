"""Is a sheet whole wherever a sync on it dies, and the next sync right?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.google.fake import FakeGoogle
from tests.google.grid import Book
from tests.google.proof import (
    cut,
    nothing_doubled,
    one_fence_a_commit,
    owners_things,
    plain_sum_is_right,
    told,
)
from tests.google.wiring import key_file, served
from tests.google.world import SHEET, GoogleWorld, laid_out
from tests.jobs.test_google_kills import Shop
from tests.kills.nursery import Ended, Nursery
from tests.kills.walking import places
from tracker.layout import Tab

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")


class Till:
    """A shop on Google whose order 0 is booked; two orders and a refund of the first wait."""

    def __init__(self, folder: Path, google: FakeGoogle, address: str, forks: Nursery) -> None:
        self.google, self.address, self.forks = google, address, forks
        self.shop = Shop(folder, google, address)
        self.shop.news(0)
        assert self.sync(0).code == 0

    def sync(self, die_at: int) -> Ended:
        """Sync as a process of its own, which dies before that effect; 0 for none."""
        folder = self.shop.folder
        return self.forks.run(folder, "sync", die_at=die_at or None, google=self.address)


@pytest.fixture
def till(tmp_path: Path, forks: Nursery) -> Iterator[Till]:
    google = FakeGoogle()
    google.books[SHEET] = laid_out("en", "en_US").copy()
    with served(google) as address:
        key_file(tmp_path, google)
        world = GoogleWorld(tmp_path, google)
        cut(world)
        world.type(Tab.PARTNERS, partner_id="ivan", payout_details="card")
        world.type(Tab.CODES, code="IVAN01", partner_id="ivan")
        yield Till(tmp_path, google, address, forks)


def looked_at(till: Till, number: int, owners: object) -> None:
    """After a quiet sync the sums are those of orders 0 to `number`, and all is there once."""
    assert till.sync(0).code == 0
    calls = [call for call in till.google.calls if call.is_write]
    assert till.sync(0).code == 0
    assert [call for call in till.google.calls if call.is_write] == calls
    (till.shop.folder / str(number)).mkdir()
    world = GoogleWorld(
        till.shop.folder / str(number), till.google, datetime.now(UTC) + timedelta(minutes=5)
    )
    rest = world.sync(whole=True)
    assert not rest.committed
    said = told(rest)
    # 10% of 700 for each order that was refunded, of 1000 for the last one.
    [balance] = said["balances"]
    assert (balance["balance"], said["problems"]) == (f"{70 * number + 100}.00", [])
    nothing_doubled(world)
    plain_sum_is_right(world, said)
    one_fence_a_commit(till.google)
    assert owners_things(book_of(till)) == owners


def book_of(till: Till) -> Book:
    return till.google.books[SHEET]


def test_a_sync_killed_before_any_call_or_note_leaves_a_sheet_from_which_the_next_ends_right(
    till: Till,
) -> None:
    owners, died = owners_things(book_of(till)), list[str]()
    till.shop.news(1)
    # What Google hears, and what is noted of it beside the book before and after.
    at = places(till.sync(0), "send", "replace", "delete", "commit inbox")
    for number, die_at in enumerate(at, start=2):
        till.shop.news(number)
        died += till.sync(die_at).effects[-1:]
        looked_at(till, number, owners)
    assert len(died) >= 5
    assert sum(one.startswith("send") for one in died) >= 3

"""Does a soak of seconds end well, and notice when something is lost?"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from tests.soak.shop import Version, drawn
from tests.soak.soak import Lost, Pace, Soak, Totals, holds

SHORT = Pace(orders=8, seconds=0, sync_killed=0.5, receiver_killed=0.5, edited=1)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_short_soak_ends_with_nothing_lost_and_nothing_doubled(tmp_path: Path) -> None:
    told: list[str] = []
    soak = Soak(tmp_path, 3, SHORT, lambda totals: told.append(str(totals)))
    soak.run(iter([2]))

    done = soak.totals
    assert (done.orders, done.checks, done.lost, done.doubled) == (16, 3, 0, 0)
    assert (done.receivers_killed >= 1, done.edits >= 2) == (True, True)
    assert 16 <= done.acked == done.kept <= done.posts
    assert len(told) == 3  # after each round, and at the end of the act


def test_what_the_shop_owes_is_a_percentage_of_what_was_kept() -> None:
    owed = [Version(1, 0, code, 1000, refunded, state).owed for code, refunded, state in (
        ("IVAN01", 0, "paid"), ("MARIA01", 0, "paid"), ("MARIA01", 300, "paid"),
        ("IVAN01", 1000, "paid"), ("MARIA01", 300, "cancelled"),
    )]  # fmt: skip

    assert owed == [100, 150, 105, 0, 0]


def test_versions_of_an_order_are_drawn_the_same_again() -> None:
    both = [[drawn(n, random.Random(n)) for n in range(50)] for _ in range(2)]

    assert both[0] == both[1]
    assert {len(versions) for versions in both[0]} == {1, 2, 3} or max(map(len, both[0])) == 3
    assert any(versions[0].n > versions[-1].n for versions in both[0])


def test_a_broken_promise_ends_the_soak_and_totals_add_up() -> None:
    with pytest.raises(Lost, match="lost: 1"):
        holds(true=False, says="lost: 1")

    assert str(Totals(orders=2) + Totals(orders=3, kept=1)).startswith("orders=5 posts=0 acked=0 k")

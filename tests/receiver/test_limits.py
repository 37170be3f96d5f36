"""Can one shop that runs wild be slowed down without harm to another?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.receiver.wire import URL_SECRET, ask, order, request, serving, signed
from tracker.problems import Stop
from tracker.receiver import limits
from tracker.receiver.limits import Limits, read_rate


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_passes_and_then_the_rate() -> None:
    clock = Clock()
    limit = Limits(100, clock)
    assert sum(limit.wait_seconds("tea") == 0 for _ in range(1500)) == 1000
    assert limit.wait_seconds("coffee") == 0
    clock.now += 0.5
    assert sum(limit.wait_seconds("tea") == 0 for _ in range(1500)) == 50
    clock.now += 3600
    assert sum(limit.wait_seconds("tea") == 0 for _ in range(1500)) == 1000


def test_it_says_how_long_to_wait() -> None:
    clock = Clock()
    limit = Limits(1, clock)
    assert [limit.wait_seconds("tea") for _ in range(11)] == [0] * 10 + [1]
    clock.now += 1
    assert limit.wait_seconds("tea") == 0


def test_a_thousand_names_are_remembered_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SOURCES_MAX", 3)
    clock = Clock()
    limit = Limits(1, clock)
    for name in "abcd":
        clock.now += 1
        limit.wait_seconds(name)
    assert set(limit._levels) == {"b", "c", "d"}


@pytest.mark.parametrize(("text", "rate"), [("", 100), ("1", 1), ("30", 30), ("100000", 100_000)])
def test_a_rate_is_a_whole_number(text: str, rate: int) -> None:
    assert read_rate(text) == rate


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "fast", "100001", "٣", "1e3"])
def test_any_other_rate_stops_the_start(text: str) -> None:
    with pytest.raises(Stop) as stop:
        read_rate(text)
    assert stop.value.code == "hook_rate_odd"


def test_a_source_above_its_rate_is_told_to_wait_and_the_others_are_not(tmp_path: Path) -> None:
    with serving(tmp_path / "inbox.sqlite3", rate=1) as receiver:
        told = [ask(receiver, signed(order(number), f"d{number}")) for number in range(14)]
        assert [answer.status for answer in told[:10]] == [200] * 10
        assert 429 in {answer.status for answer in told[10:]}
        slow = next(answer for answer in told if answer.status == 429)
        assert (slow.code, slow.headers["retry-after"]) == ("too_fast", "1")
        other = request(order(1), f"/hooks/zapier/{URL_SECRET}")
        assert ask(receiver, other).status == 200


def test_strangers_cannot_use_up_what_a_shop_may_post(tmp_path: Path) -> None:
    with serving(tmp_path / "inbox.sqlite3", rate=1) as receiver:
        assert {ask(receiver, request(order(1))).status for _ in range(30)} == {401}
        assert ask(receiver, signed(order(1))).status == 200

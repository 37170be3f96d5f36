"""Which changes of a code is its partner told of, from when, until when?"""

from __future__ import annotations

import pytest

from tests.news_world import Newsroom
from tracker.layout import Tab
from tracker.news.events import CodeChanged


@pytest.mark.parametrize("status", ["paused", "leaked", "expired", "replaced"])
def test_a_code_that_stopped_is_news_for_seven_days(status: str) -> None:
    world = Newsroom()
    world.sync()
    world.move(days=1)
    world.code(status=status)
    world.sync()

    named = [f"code:{status}:2026-10-21T12:00:00+00:00:ivan01:ivan"]
    assert [world.due(), world.due("2026-10-28T11:59:59Z")] == [named, named]
    assert world.due("2026-10-28T12:00:00Z") == []


def test_a_code_first_noted_as_paused_or_working_again_is_no_news() -> None:
    world = Newsroom()
    world.code(status="paused")
    world.sync()
    first = world.due()
    world.code(status="active")
    world.sync()

    assert (first, world.due()) == ([], [])


def test_the_last_days_of_a_code_are_told_a_week_ahead() -> None:
    world = Newsroom()
    world.code(valid_to="2026-10-31")
    world.sync()

    assert world.due("2026-10-23T23:59:59+03:00") == []
    (news,) = world.news("2026-10-24T00:00:00+03:00")
    assert news.name == "code:ends:2026-10-31:ivan01:ivan"
    assert len(world.due("2026-10-31T23:59:59+03:00")) == 1
    assert world.due("2026-11-01T00:00:00+03:00") == []


def test_a_code_that_goes_on_in_another_row_does_not_end() -> None:
    world = Newsroom()
    world.code(valid_to="2026-10-24")
    world.type(Tab.CODES, code="ivan01", partner_id="ivan", valid_from="2026-10-25")
    world.sync()

    assert world.due() == []


@pytest.mark.parametrize(
    ("limit", "orders", "told"),
    [
        ("5", 3, []),
        ("5", 4, ["code:near_limit:5:ivan01:ivan"]),
        ("5", 5, ["code:at_limit:5:ivan01:ivan"]),
        ("5", 6, ["code:at_limit:5:ivan01:ivan"]),
        ("6", 4, []),  # 80 % of 6 is 4.8
        ("6", 5, ["code:near_limit:6:ivan01:ivan"]),
        ("1", 1, ["code:at_limit:1:ivan01:ivan"]),
        ("many", 9, []),  # a row that cannot be read is no code
        ("0", 9, []),
    ],
)
def test_a_code_near_its_limit_is_told_of_at_80_and_at_100_percent(
    limit: str, orders: int, told: list[str]
) -> None:
    world = Newsroom()
    world.code(max_uses=limit)
    for number in range(orders):
        world.deliver(str(number))
    world.deliver("x", state="cancelled")
    world.sync()

    assert world.due() == told
    assert world.due("2026-10-27T12:00:00Z") == []


@pytest.mark.parametrize("gone", [{"refunded": "1000"}, {"state": "pending"}])
def test_what_the_limit_does_not_count_no_letter_counts(gone: dict[str, str]) -> None:
    world = Newsroom()
    world.code(max_uses="1")
    world.deliver("1", **gone)
    world.sync()
    before = world.due()
    world.deliver("2")
    world.sync()

    assert (before, world.due()) == ([], ["code:at_limit:1:ivan01:ivan"])


def test_an_order_that_is_paid_long_after_it_was_placed_is_news_then() -> None:
    world = Newsroom()
    world.code(max_uses="1")
    world.deliver("1", state="pending")
    world.sync()
    world.move(days=9)
    world.deliver("1", state="paid")
    world.sync()

    assert world.due() == ["code:at_limit:1:ivan01:ivan"]


def test_variants_reach_one_limit_together_and_it_is_told_once() -> None:
    world = Newsroom()
    world.code(max_uses="2")
    world.type(Tab.CODES, code="IVAN01-TG", variant_of="IVAN01")
    world.deliver("1")
    world.deliver("2", codes=["ivan01-tg"])
    world.sync()

    assert world.due() == ["code:at_limit:2:ivan01:ivan"]


@pytest.mark.parametrize("kind", ["serial", "personal"])
def test_of_codes_that_come_by_the_hundred_no_letter_tells(kind: str) -> None:
    world = Newsroom()
    for code in ("PAPER1", "PAPER2"):
        world.type(Tab.CODES, code=code, partner_id="ivan", kind=kind, valid_to="2026-10-24")
    world.sync()
    ending = world.due()
    world.edit(Tab.CODES, "PAPER1", "status", "leaked")
    world.code(status="replaced")
    world.sync()

    assert ending == []
    assert [news.event.others for news in world.news() if isinstance(news.event, CodeChanged)] == [
        ()
    ]


def test_a_changed_code_names_the_others_that_work() -> None:
    world = Newsroom()
    world.type(Tab.CODES, code="IVAN02", partner_id="ivan")
    world.type(Tab.CODES, code="IVAN03", partner_id="ivan", status="paused")
    world.sync()
    world.code(status="replaced")
    world.sync()
    (news,) = world.news()

    assert isinstance(news.event, CodeChanged)
    assert news.event.others == ("IVAN02",)

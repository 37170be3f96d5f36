"""When does a partner hear of his sales, and of what was taken back?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.news_world import Newsroom, later
from tests.world import NOON
from tracker.layout import Tab
from tracker.news.events import Sales


def selling(own: str, **settings: Any) -> Newsroom:
    """Ivan wants to hear of sales, and one order of 1000 RUB was booked at noon UTC."""
    world = Newsroom(**settings)
    world.partner(notify=own)
    world.deliver("1")
    world.sync()
    return world


@pytest.mark.parametrize(
    ("notify", "name", "begin", "end"),
    [
        ("each", "sales:2026-10-20:each:{line}:ivan", NOON.isoformat(), "2026-10-23T12:00:01Z"),
        # A day is told of from 09:00 Moscow time of the next; three days back until the 23rd ends.
        ("daily", "sales:2026-10-20:day:ivan", "2026-10-21T06:00:00Z", "2026-10-23T21:00:00Z"),
        # The week of Monday 19 ends with the 25th; two weeks back until November 8 ends.
        ("weekly", "sales:2026-10-19:week:ivan", "2026-10-26T06:00:00Z", "2026-11-08T21:00:00Z"),
    ],
)
def test_sales_are_news_from_then_until_then(notify: str, name: str, begin: str, end: str) -> None:
    world = selling(notify)
    named = [name.format(line=world.line_id("1"))]

    assert [world.due(begin), world.due(later(end, -1)), world.due(end)] == [named, named, []]
    if notify != "each":
        assert world.due(later(begin, -1)) == []


def test_who_chose_nothing_hears_as_the_setting_says() -> None:
    world = selling("", notify="each")
    world.partner("maria", notify="none")
    world.deliver("2", codes=["MARIA01"])
    world.sync()

    assert [one.partner.partner_id for one in world.news()] == ["ivan"]
    assert selling("").due() == []


def test_each_names_all_new_sales_in_one_letter() -> None:
    world = selling("each")
    world.deliver("2", total="2000")
    world.deliver("3", total="500", currency="USD")
    world.sync()
    (news,) = world.news()

    assert isinstance(news.event, Sales)
    assert [one.order_id for one in news.event.lines] == ["1", "2", "3"]
    assert [(one.currency, one.orders, one.earned, one.balance, one.on_hold)
            for one in news.event.accounts] == [
        ("RUB", 2, 30000, 30000, 30000),
        ("USD", 1, 5000, 5000, 5000),
    ]  # fmt: skip


def test_a_digest_counts_orders_once_and_names_what_was_taken_back() -> None:
    world = selling("daily")
    world.deliver("1", total="1500")  # corrected: 50.00 more
    world.deliver("2", total="2000")
    world.sync()
    world.move(hours=1)
    world.deliver("2", total="2000", refunded="500")
    world.sync()
    (news,) = world.news("2026-10-21T09:00:00+03:00")

    assert isinstance(news.event, Sales)
    (account,) = news.event.accounts
    assert (account.orders, account.earned, account.taken_back) == (2, 35000, -5000)
    assert (account.balance, account.on_hold) == (30000, 30000)
    assert news.event.lines[-1].because == "order_refunded"


def test_a_digest_tells_the_balance_of_its_day_whenever_it_is_made() -> None:
    world = selling("daily")
    (first,) = world.news("2026-10-21T09:00:00+03:00")
    world.deliver("2", total="70000")
    world.sync()
    (again,) = world.news("2026-10-21T18:00:00+03:00")

    assert first == again
    assert first.at.isoformat() == "2026-10-20T21:00:00+00:00"


def test_a_day_without_sales_has_no_letter_and_one_with_a_clawback_alone_has() -> None:
    world = selling("daily")
    world.at("2026-10-22T12:00:00+03:00")
    world.deliver("1", state="cancelled")
    world.sync()

    assert world.due("2026-10-23T12:00:00+03:00") == [
        "sales:2026-10-20:day:ivan",
        "sales:2026-10-22:day:ivan",
    ]


@pytest.mark.parametrize(
    ("notify", "name", "early", "due"),
    [
        ("daily", "sales:2026-10-20:day:ivan", "2026-10-21T12:29:59Z", "2026-10-21T12:30:00Z"),
        ("weekly", "sales:2026-10-19:week:ivan", "2026-10-26T12:29:59Z", "2026-10-26T12:30:00Z"),
    ],
)
def test_digests_wait_for_the_hour_of_statements_and_older_ones_do_not(
    notify: str, name: str, early: str, due: str
) -> None:
    world = selling(notify, statement_time="15:30")  # 12:30 UTC

    assert (world.due(early), world.due(due)) == ([], [name])
    assert world.due(later(due, 15 * 3600)) == [name]  # the night after: it is late as it is


def clawed_back(notify: str = "each") -> Newsroom:
    """An order that ivan was told of long ago is cancelled at noon of October 24."""
    world = Newsroom()
    world.deliver("1")
    world.sync()
    world.move(days=4)
    world.partner(notify=notify)
    world.deliver("1", state="cancelled")
    world.sync()
    return world


def test_each_is_written_for_a_clawback_alone_too() -> None:
    world = clawed_back()
    (news,) = world.news()

    assert news.name == f"sales:2026-10-24:each:{world.line_id('1', 2)}:ivan"
    assert isinstance(news.event, Sales)
    assert [(one.order_id, one.minor, one.because) for one in news.event.lines] == [
        ("1", -10000, "order_cancelled")
    ]
    (account,) = news.event.accounts
    assert (account.orders, account.earned, account.taken_back, account.balance) == (
        0,
        0,
        -10000,
        0,
    )


def test_a_sale_before_the_clawback_s_letter_left_joins_it_under_the_same_name() -> None:
    world = clawed_back()
    name = world.due()
    world.move(hours=1)
    world.deliver("2", total="2000")
    world.sync()
    (news,) = world.news()

    assert [news.name] == name
    assert isinstance(news.event, Sales)
    assert [one.minor for one in news.event.lines] == [-10000, 20000]


def test_sales_of_several_days_asleep_are_told_when_they_are_booked() -> None:
    world = Newsroom()
    world.partner(notify="each")
    world.deliver("1", ordered_at="2026-10-01T10:00:00Z")
    world.move(days=10)
    world.sync()

    (news,) = world.news()
    assert isinstance(news.event, Sales)
    assert [one.ordered_on for one in news.event.lines] == [date(2026, 10, 1)]


def test_who_has_a_ledger_problem_or_has_left_is_told_no_sales() -> None:
    doubtful, left = selling("each"), selling("each")
    doubtful.edit(Tab.COMMISSIONS, doubtful.line_id("1"), "amount", "9000")
    left.partner(status="left")
    left.sync()

    assert (doubtful.due(), left.due()) == ([], [])

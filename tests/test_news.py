"""Which letters about single events are due, from when, until when, and to whom?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.news_world import Newsroom, later
from tests.world import NOON
from tracker.choices import Notify
from tracker.layout import Tab
from tracker.news.events import (
    CodeChanged,
    DetailsMissing,
    NewsKind,
    PaidOut,
    PaperWanted,
    Sales,
    Welcome,
)
from tracker.outgoing import PARTNER_NEWS

WELCOMED_UNTIL = "2026-11-03T15:00:00+03:00"  # 14 days after NOON


def test_the_kinds_of_news_are_those_the_outbox_knows() -> None:
    assert {kind.value for kind in NewsKind} == {kind.value for kind in PARTNER_NEWS}


# Welcome.


def test_partners_with_a_code_and_an_address_are_welcomed() -> None:
    world = Newsroom(fresh=True)
    world.type(Tab.PARTNERS, partner_id="oleg", email="oleg@example.com")  # has no code
    world.type(Tab.PARTNERS, partner_id="olga")  # has no address
    world.type(Tab.CODES, code="OLGA01", partner_id="olga")
    world.sync()

    assert world.due() == ["welcome:ivan", "welcome:maria"]


def test_who_was_noted_fourteen_days_ago_is_no_newcomer() -> None:
    world = Newsroom(fresh=True)
    world.sync()

    assert len(world.due(later(WELCOMED_UNTIL, -1))) == 2
    assert world.due(WELCOMED_UNTIL) == []


def test_a_code_that_comes_later_brings_the_welcome_with_it() -> None:
    world = Newsroom(fresh=True)
    world.code(status="paused")
    world.sync()
    before = world.due()
    world.move(days=13)
    world.code(status="active")
    world.sync()
    (news,) = [one for one in world.news() if one.partner.partner_id == "ivan"]

    assert before == ["welcome:maria"]
    assert (news.name, news.at) == ("welcome:ivan", NOON)


@pytest.mark.parametrize("status", ["paused", "left"])
def test_only_active_partners_are_welcomed(status: str) -> None:
    world = Newsroom(fresh=True)
    world.partner(status=status)
    world.sync()

    assert world.due() == ["welcome:maria"]


@pytest.mark.parametrize("cells", [{"kind": "shared"}, {"valid_to": "2026-10-19"},
                                   {"valid_from": "2026-10-21"}, {"status": "leaked"}])  # fmt: skip
def test_a_code_that_no_customer_can_use_is_nothing_to_welcome_with(cells: dict[str, str]) -> None:
    world = Newsroom(fresh=True)
    world.code(**cells)
    world.sync()

    assert world.due() == ["welcome:maria"]


def test_the_welcome_tells_the_rules_in_force() -> None:
    world = Newsroom(fresh=True, welcome="Hello all", hold_days="30", notify="daily")
    world.partner("maria", min_payout="50", welcome="And you", hold_days="0")
    world.type(Tab.CODES, code="MARIA02", partner_id="maria", rate="500 RUB")
    world.sync()
    event = world.news()[1].event

    assert isinstance(event, Welcome)
    assert [(one.code, one.rate) for one in event.codes] == [
        ("MARIA01", "15%"),
        ("MARIA02", "500.00 RUB"),
    ]
    assert (event.hold_days, event.minimum, event.payout_day) == (0, 5000, 15)
    assert (event.words, event.notify) == (("Hello all", "And you"), Notify.DAILY)


@pytest.mark.parametrize(
    ("key", "unsaid"),
    [
        ("rate", ("rate",)),
        ("base", ("rate",)),
        ("hold_days", ("hold",)),
        ("min_payout", ("payout",)),
        ("payout_day", ("payout",)),
        ("currency", ("payout",)),
        ("program_name", ()),
    ],
)
def test_a_rule_that_cannot_be_read_is_left_out_of_the_welcome(
    key: str, unsaid: tuple[str, ...]
) -> None:
    world = Newsroom(fresh=True)
    world.edit(Tab.PARTNERS, "ivan", "rate", "")
    world.edit(Tab.SETTINGS, key, "value", "?!")
    world.sync()

    event = world.news()[0].event

    assert isinstance(event, Welcome)
    assert event.unsaid == unsaid


def test_an_own_rate_and_hold_are_told_whatever_settings_say() -> None:
    world = Newsroom(fresh=True)
    world.partner(rate="500 RUB", hold_days="3")
    for key in ("rate", "base", "hold_days"):
        world.edit(Tab.SETTINGS, key, "value", "?!")
    world.sync()

    event = world.news()[0].event

    assert isinstance(event, Welcome)
    assert (event.unsaid, event.hold_days, event.codes[0].rate) == ((), 3, "500.00 RUB")


@pytest.mark.parametrize(
    ("joined", "due"),
    [
        ("2024-03-01", ["welcome:maria"]),
        ("2026-10-05", ["welcome:maria"]),
        ("2026-10-06", ["welcome:ivan", "welcome:maria"]),
        ("long ago", ["welcome:ivan", "welcome:maria"]),
    ],
)
def test_who_joined_two_weeks_before_he_was_noted_is_not_greeted(
    joined: str, due: list[str]
) -> None:
    world = Newsroom(fresh=True)
    world.partner(joined_on=joined)
    world.sync()

    assert world.due() == due


def test_who_had_a_statement_is_not_greeted_any_more() -> None:
    world = Newsroom(now=datetime(2026, 10, 31, 12, tzinfo=UTC), fresh=True)
    world.sync()
    world.at("2026-11-01T12:00:00+03:00")
    world.seal("2026-10")

    assert world.due() == ["welcome:ivan", "welcome:maria"]
    assert world.due("2026-11-02T00:00:00+03:00") == []


# Sales.


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


# Payouts.


def test_a_payout_that_became_paid_is_news_for_fourteen_days() -> None:
    world = Newsroom()
    payout = world.paid(reference="77")
    (news,) = world.news()

    assert news.name == f"payout:2026-11-16:{payout}"
    assert isinstance(news.event, PaidOut)
    assert (news.event.minor, news.event.currency, news.event.reference) == (100000, "RUB", "77")
    assert [(one.order_id, one.minor) for one in news.event.lines] == [("1", 100000)]
    assert news.event.paper is None
    assert len(world.due("2026-11-30T14:59:59+03:00")) == 1
    assert world.due("2026-11-30T15:00:00+03:00") == []


def test_another_day_is_another_letter_and_a_payout_that_came_back_none() -> None:
    world = Newsroom()
    payout = world.paid()
    world.edit(Tab.PAYOUTS, payout, "paid_on", "2026-11-15")
    world.sync()
    moved = world.due()
    world.edit(Tab.PAYOUTS, payout, "result", "returned")
    world.sync()

    assert (moved, world.due()) == ([f"payout:2026-11-15:{payout}"], [])


def test_a_partner_who_left_is_told_of_his_payout_and_its_paper_and_of_nothing_else() -> None:
    world = Newsroom()
    world.partner(tax_status="self_employed")
    payout = world.paid()
    world.partner(status="left", payout_details="", notify="each")
    world.sync()

    assert world.due() == [f"payout:2026-11-16:{payout}"]
    assert world.due("2026-11-23T12:00:00+03:00") == [
        f"payout:2026-11-16:{payout}",
        f"document:1:{payout}",
    ]


# Details.


def unpayable(total: str = "10000") -> Newsroom:
    """Ivan earned 10% on October 19, payable on November 2, and nobody knows where to pay it."""
    world = Newsroom()
    world.partner(payout_details="")
    world.deliver("1", total=total)
    world.sync()
    return world


def test_details_are_asked_for_once_something_is_payable() -> None:
    world = unpayable()

    assert world.due("2026-11-01T23:59:59+03:00") == []
    (news,) = world.news("2026-11-02T00:00:00+03:00")
    assert news.name == "details:2026-11:ivan"
    assert isinstance(news.event, DetailsMissing)
    assert [(one.minor, one.currency) for one in news.event.accounts] == [(100000, "RUB")]
    assert news.event.payout_on == date(2026, 11, 15)
    assert news.at.isoformat() == "2026-11-01T21:00:00+00:00"


def test_the_next_month_asks_again_and_names_the_next_payout_day() -> None:
    world = unpayable()
    (november,) = world.news("2026-11-16T12:00:00+03:00")
    (december,) = world.news("2026-12-15T12:00:00+03:00")

    assert isinstance(november.event, DetailsMissing)
    assert isinstance(december.event, DetailsMissing)
    assert (november.event.payout_on, december.event.payout_on) == (
        date(2026, 12, 15),
        date(2026, 12, 15),
    )
    assert (december.name, december.at.isoformat()) == (
        "details:2026-12:ivan",
        "2026-11-30T21:00:00+00:00",
    )


def test_less_than_the_minimum_asks_for_nothing() -> None:
    assert unpayable("9999").due("2026-11-02T12:00:00+03:00") == []


def test_what_a_payout_of_unknown_fate_holds_is_not_asked_for() -> None:
    world = unpayable()
    world.at("2026-11-15T12:00:00+03:00")
    (payout,) = world.propose()
    proposed = world.due()
    world.edit(Tab.PAYOUTS, payout.payout_id, "result", "unknown")
    world.sync()

    assert (proposed, world.due()) == (["details:2026-11:ivan"], [])


# Codes.


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


# Papers.


def papered(**cells: str) -> tuple[Newsroom, str]:
    """Ivan is self-employed and was paid on November 16; the payout's id."""
    world = Newsroom()
    world.partner(tax_status="self_employed")
    return world, world.paid(**cells)


def documents(world: Newsroom, moment: str) -> list[str]:
    return [name for name in world.due(moment) if name.startswith("document")]


def test_a_missing_paper_is_asked_for_twice_and_not_after_ninety_days() -> None:
    world, payout = papered()
    first, second = [f"document:1:{payout}"], [f"document:2:{payout}"]

    assert documents(world, "2026-11-22T23:59:59+03:00") == []
    assert documents(world, "2026-11-23T00:00:00+03:00") == first
    assert documents(world, "2026-11-29T23:59:59+03:00") == first
    assert documents(world, "2026-11-30T00:00:00+03:00") == second
    assert documents(world, "2027-02-14T23:59:59+03:00") == second
    assert documents(world, "2027-02-15T00:00:00+03:00") == []


def test_the_paper_of_a_self_employed_partner_is_a_receipt_due_on_the_9th() -> None:
    world, _ = papered()
    (paid,) = world.news()
    reminder = world.news("2026-11-30T12:00:00+03:00")[-1]

    assert isinstance(paid.event, PaidOut)
    assert isinstance(reminder.event, PaperWanted)
    assert paid.event.paper == reminder.event.paper
    assert (reminder.event.paper.kind, reminder.event.paper.by) == ("receipt", date(2026, 12, 9))
    assert reminder.at.isoformat() == "2026-11-29T21:00:00+00:00"


def test_a_paper_that_is_there_or_that_nobody_wants_is_not_asked_for() -> None:
    world, payout = papered(document="https://example.com/receipt")
    assert documents(world, "2026-11-23T12:00:00+03:00") == []

    world.edit(Tab.PAYOUTS, payout, "document", "")
    assert len(documents(world, "2026-11-23T12:00:00+03:00")) == 1
    world.edit(Tab.SETTINGS, "document_days", "value", "0")
    assert documents(world, "2026-11-23T12:00:00+03:00") == []


def test_a_person_owes_no_paper() -> None:
    world = Newsroom()
    world.partner(tax_status="person")
    world.paid()

    assert documents(world, (NOON + timedelta(days=40)).isoformat()) == []

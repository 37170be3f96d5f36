"""Which partners are welcomed, from when, until when, and with which rules?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.news_world import Newsroom, later
from tests.world import NOON
from tracker.choices import Notify
from tracker.layout import Tab
from tracker.news.events import NewsKind, Welcome
from tracker.outgoing import PARTNER_NEWS

WELCOMED_UNTIL = "2026-11-03T15:00:00+03:00"  # 14 days after NOON


def test_the_kinds_of_news_are_those_the_outbox_knows() -> None:
    assert {kind.value for kind in NewsKind} == {kind.value for kind in PARTNER_NEWS}


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

"""When is an order decided again, and what does a new answer book?"""

from __future__ import annotations

from typing import Any

import pytest

from tests.world import NOON, World
from tracker.attribution import recent
from tracker.layout import Tab
from tracker.sentences import REASONS


def first_line(world: World, **fields: Any) -> tuple[str, str]:
    """Deliver one order, sync, and say (whose, why)."""
    world.deliver("1", **fields)
    world.sync()
    latest = world.latest("1")
    assert world.reason("1") in REASONS
    return latest.partner_id, world.reason("1")


def test_a_code_typed_a_day_late_counts_for_yesterday_s_order() -> None:
    world = World()
    before = first_line(world, codes=["LATE"])
    world.move(days=1)
    world.type(Tab.CODES, code="late", partner_id="ivan")
    run = world.sync()

    assert before == ("", "code_unknown")
    assert world.lines("1") == [("ivan", "sale", "100")]
    assert str(run.plan.counts) == (
        "seen=1 attributed=1 unattributed=0 waiting=0 quarantined=0 written=1"
    )


@pytest.mark.parametrize(("days", "balance"), [(59, "100.00"), (60, "0.00")])
def test_a_forgotten_code_is_looked_for_during_60_days(days: int, balance: str) -> None:
    world = World()
    first_line(world, codes=["LATE"], ordered_at="2026-10-20T11:00:00Z")
    world.move(days=days)
    world.type(Tab.CODES, code="LATE", partner_id="ivan")
    world.sync()

    assert world.balance() == balance


@pytest.mark.parametrize(
    ("ordered_at", "young"),
    [
        ("2026-08-21T12:00:00+00:00", True),  # 60 days to the second
        ("2026-08-21T11:59:59+00:00", False),
        ("2026-10-20T15:00:00+03:00", True),
        ("", False),
    ],
)
def test_an_order_is_recent_for_60_days(ordered_at: str, *, young: bool) -> None:
    assert recent(ordered_at, NOON) is young


def test_a_missing_partner_is_found_once_his_row_is_typed() -> None:
    world = World()
    world.type(Tab.CODES, code="OLGA", partner_id="olga")
    before = first_line(world, codes=["OLGA"])
    world.type(Tab.PARTNERS, partner_id="olga")
    world.sync()

    assert before == ("", "partner_missing")
    assert world.balance("olga") == "100.00"


def test_a_changed_code_takes_from_one_and_gives_to_the_other() -> None:
    world = World()
    first_line(world)
    world.deliver("1", codes=["MARIA01"])
    world.sync()

    assert world.lines("1") == [
        ("ivan", "sale", "100"),
        ("ivan", "clawback", "-100"),
        ("maria", "sale", "150"),
    ]


def test_a_corrected_total_does_not_look_at_codes_again() -> None:
    world = World()
    first_line(world)
    world.delete(Tab.CODES, "IVAN01")
    world.deliver("1", total="2000")
    world.sync()

    assert world.balance() == "200.00"


@pytest.mark.parametrize(
    ("setting", "typed", "right"),
    [
        ("rate", "15", "10%"),
        ("time_zone", "Mars/Olympus", "Europe/Moscow"),
        ("time_zone", "../etc", "Europe/Moscow"),
        ("base", "everything", "goods"),
        ("hold_days", "two weeks", "14"),
        ("currency", "RUR", "RUB"),
        ("two_codes", "both", "review"),
    ],
)
def test_while_a_setting_that_terms_need_is_unreadable_nobody_is_newly_credited(
    setting: str, typed: str, right: str
) -> None:
    world = World()
    world.edit(Tab.SETTINGS, setting, "value", typed)
    before = first_line(world)
    world.edit(Tab.SETTINGS, setting, "value", right)
    world.sync()

    assert before == ("", "settings_unreadable")
    assert world.balance() == "100.00"


def test_all_settings_that_cannot_be_read_are_named_in_their_order() -> None:
    world = World()
    for key in ("two_codes", "rate", "hold_days", "self_purchase", "base"):
        world.edit(Tab.SETTINGS, key, "value", "?")
    first_line(world)

    keys = "base,%20hold_days,%20rate,%20self_purchase,%20two_codes"
    assert world.latest("1").reason == f"settings_unreadable keys={keys}"

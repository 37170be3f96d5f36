"""Whose order is it? Each rule that gives or refuses, by its literal."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.world import World
from tracker.layout import Tab
from tracker.sentences import REASONS


def first_line(world: World, **fields: Any) -> tuple[str, str]:
    """Deliver one order, sync, and say (whose, why)."""
    world.deliver("1", **fields)
    world.sync()
    latest = world.latest("1")
    assert world.reason("1") in REASONS
    return latest.partner_id, world.reason("1")


@pytest.mark.parametrize(
    "typed", ["IVAN01", " ivan01 ", "Ivan01", "ＩＶＡＮ０１", "IVAN\u200b01", "\tivan01\n"]
)
def test_case_spaces_width_and_invisible_signs_do_not_matter(typed: str) -> None:
    assert first_line(World(), codes=[typed]) == ("ivan", "code_of_partner")


def test_doubled_spaces_inside_a_code_are_one() -> None:
    world = World()
    world.type(Tab.CODES, code="Чай с Иваном", partner_id="ivan")

    assert first_line(world, codes=["ЧАЙ  с   ИВАНОМ"]) == ("ivan", "code_of_partner")


def test_codes_that_look_like_numbers_are_told_apart() -> None:
    world = World()
    world.type(Tab.CODES, code="007", partner_id="ivan")
    world.type(Tab.CODES, code="7", partner_id="maria")

    assert first_line(world, codes=["7"]) == ("maria", "code_of_partner")


@pytest.mark.parametrize(
    ("ordered_at", "why"),
    [
        ("2026-09-30T20:59:59Z", "code_not_yet"),
        ("2026-09-30T21:00:00Z", "code_of_partner"),
        ("2026-10-15T20:59:59Z", "code_of_partner"),
        ("2026-10-15T21:00:00Z", "code_expired"),
    ],
)
def test_both_days_of_validity_are_whole_days_in_the_programme_s_zone(
    ordered_at: str, why: str
) -> None:
    world = World()
    world.edit(Tab.CODES, "IVAN01", "valid_from", date(2026, 10, 1))
    world.edit(Tab.CODES, "IVAN01", "valid_to", "15.10.2026")

    assert first_line(world, ordered_at=ordered_at)[1] == why


@pytest.mark.parametrize(
    ("ordered_at", "whose"),
    [("2026-10-09T23:59:59+03:00", "ivan"), ("2026-10-10T00:00:00+03:00", "maria")],
)
def test_two_dated_rows_hand_a_code_over_to_the_second(ordered_at: str, whose: str) -> None:
    world = World()
    world.edit(Tab.CODES, "IVAN01", "valid_to", date(2026, 10, 9))
    world.type(Tab.CODES, code="ivan01", partner_id="maria", valid_from=date(2026, 10, 10))

    assert first_line(world, ordered_at=ordered_at)[0] == whose


@pytest.mark.parametrize(
    ("ordered_at", "whose"),
    [("2026-10-20T14:59:59+03:00", "ivan"), ("2026-10-20T15:00:00+03:00", "maria")],
)
def test_a_changed_owner_begins_at_the_sync_that_sees_it(ordered_at: str, whose: str) -> None:
    world = World(now=datetime(2026, 10, 1, tzinfo=UTC))
    world.sync()
    world.now = datetime(2026, 10, 20, 12, tzinfo=UTC)
    world.edit(Tab.CODES, "IVAN01", "partner_id", "maria")
    world.sync()

    assert first_line(world, ordered_at=ordered_at)[0] == whose


def test_a_hand_over_leaves_the_orders_before_it_with_the_first_owner() -> None:
    world = World()
    world.deliver("1")
    world.sync()
    world.move(days=1)
    world.edit(Tab.CODES, "IVAN01", "partner_id", "maria")
    world.sync()
    world.deliver("1", refunded="300")
    world.sync()

    assert world.lines("1") == [("ivan", "sale", "100"), ("ivan", "clawback", "-30")]


@pytest.mark.parametrize(
    ("status", "why"), [("paused", "partner_paused"), ("left", "partner_left")]
)
@pytest.mark.parametrize(
    ("ordered_at", "pays"), [("2026-10-20T11:59:59Z", True), ("2026-10-20T12:00:00Z", False)]
)
def test_a_partner_s_state_is_judged_when_the_order_was_placed(
    status: str,
    why: str,
    ordered_at: str,
    pays: bool,  # noqa: FBT001
) -> None:
    world = World(now=datetime(2026, 10, 1, tzinfo=UTC))
    world.sync()
    world.now = datetime(2026, 10, 20, 12, tzinfo=UTC)
    world.edit(Tab.PARTNERS, "ivan", "status", status)
    world.sync()

    expected = ("ivan", "code_of_partner") if pays else ("", why)
    assert first_line(world, ordered_at=ordered_at) == expected


def test_a_partner_who_left_keeps_the_earlier_orders() -> None:
    world = World()
    world.deliver("1")
    world.sync()
    world.move(days=1)
    world.edit(Tab.PARTNERS, "ivan", "status", "left")
    world.sync()
    world.deliver("1", refunded="500")
    world.sync()

    assert world.balance() == "50.00"


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ("paused", "code_paused"),
        ("leaked", "code_leaked"),
        ("expired", "code_expired_by_owner"),
        ("replaced", "code_of_partner"),
    ],
)
def test_a_code_s_status_decides(status: str, why: str) -> None:
    world = World()
    world.edit(Tab.CODES, "IVAN01", "status", status)

    assert first_line(world)[1] == why


def test_a_code_paused_at_a_sync_still_counts_for_orders_placed_before() -> None:
    world = World()
    world.sync()
    world.move(days=1)
    world.edit(Tab.CODES, "IVAN01", "status", "paused")
    world.sync()

    assert first_line(world, ordered_at="2026-10-21T11:59:59Z")[1] == "code_of_partner"
    world.deliver("2", ordered_at="2026-10-21T12:00:00Z")
    world.sync()
    assert world.reason("2") == "code_paused"


def test_what_a_rule_refused_stays_refused_when_the_rule_is_gone() -> None:
    world = World()
    world.edit(Tab.CODES, "IVAN01", "valid_to", date(2026, 10, 1))
    refused = first_line(world)[1]
    world.edit(Tab.CODES, "IVAN01", "valid_to", None)
    world.sync()

    assert refused == world.reason("1") == "code_expired"


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"partner_id": None}, "code_unbound"),
        ({"partner_id": "nobody"}, "partner_missing"),
        ({"kind": "shared"}, "code_shared"),
        ({"rate": "15"}, "code_unreadable"),
    ],
)
def test_a_code_s_row_that_cannot_pay_says_why(cells: dict[str, str | None], why: str) -> None:
    world = World()
    for column, value in cells.items():
        world.edit(Tab.CODES, "IVAN01", column, value)

    assert first_line(world) == ("", why)


def test_an_order_without_a_code_is_nobody_s() -> None:
    assert first_line(World(), codes=[]) == ("", "no_code")


def test_a_test_order_is_nobody_s() -> None:
    assert first_line(World(), test=True) == ("", "test_order")


def test_look_alike_letters_are_reported_and_never_merged() -> None:
    world = World()

    assert first_line(world, codes=["МАRIA01"]) == ("", "code_unknown_look_alike")
    assert "like=MARIA01" in world.latest("1").reason


def test_two_codes_that_look_alike_are_a_problem_of_both_rows() -> None:
    world = World()
    world.type(Tab.CODES, code="СОВА", partner_id="ivan")
    world.type(Tab.CODES, code="COBA", partner_id="maria")

    twins = [p for p in world.problems() if p.code == "code_look_alike"]
    assert [p.key for p in twins] == ["СОВА", "COBA"]
    assert first_line(world, codes=["COBA"])[0] == "maria"


@pytest.mark.parametrize(
    ("rule", "whose", "why"),
    [
        ("first", "maria", "two_codes_first"),
        ("last", "ivan", "two_codes_last"),
        ("review", "", "two_partners"),
    ],
)
def test_codes_of_two_partners_follow_one_setting(rule: str, whose: str, why: str) -> None:
    world = World(two_codes=rule)

    assert first_line(world, codes=["MARIA01", "IVAN01"]) == (whose, why)
    names = "losers=" if whose else "partners="
    assert names in world.latest("1").reason


def test_two_codes_of_one_partner_are_no_question() -> None:
    world = World()
    world.type(Tab.CODES, code="IVAN02", partner_id="ivan")

    assert first_line(world, codes=["IVAN02", "IVAN01"]) == ("ivan", "code_of_partner")


def test_a_code_that_may_not_earn_does_not_stand_in_the_way_of_one_that_may() -> None:
    world = World()
    world.edit(Tab.CODES, "MARIA01", "status", "paused")

    assert first_line(world, codes=["MARIA01", "NOPE", "IVAN01"]) == ("ivan", "code_of_partner")


def test_the_loser_stays_in_the_row_with_the_rule_that_said_no() -> None:
    world = World()
    world.edit(Tab.CODES, "MARIA01", "status", "paused")
    first_line(world, codes=["MARIA01", "IVAN01"])

    assert '["MARIA01","maria","code_paused code=MARIA01 partner=maria"]' in (
        world.latest("1").candidates
    )


def test_a_code_active_for_two_is_a_problem_and_pays_neither() -> None:
    world = World()
    world.type(Tab.CODES, code="IVAN01", partner_id="maria")

    assert first_line(world) == ("", "two_owners")
    assert [p.cell for p in world.problems() if p.code == "code_two_owners"] == ["A2", "A4"]


def test_the_owners_of_a_code_of_many_stand_in_the_order_of_their_names() -> None:
    world = World()
    for partner_id in ("zoya", "maria", "boris", "yuri", "anna"):
        world.type(Tab.CODES, code="IVAN01", partner_id=partner_id)
    first_line(world)

    names = ["anna", "boris", "ivan", "maria", "yuri", "zoya"]
    rows = json.loads(world.latest("1").candidates)
    assert [row[1] for row in rows] == names
    assert ",%20".join(names) in world.latest("1").reason


@pytest.mark.parametrize(
    ("rule", "expected", "balance"),
    [
        ("block", ("", "own_purchase"), "0.00"),
        ("flag", ("ivan", "own_purchase_flagged"), "100.00"),
        ("allow", ("ivan", "code_of_partner"), "100.00"),
    ],
)
@pytest.mark.parametrize(
    "customer", [{"email": "IVAN@Example.com"}, {"phone": "8 (900) 000-00-01"}]
)
def test_a_partner_who_buys_with_his_own_code(
    customer: dict[str, str], rule: str, expected: tuple[str, str], balance: str
) -> None:
    world = World(self_purchase=rule)
    world.edit(Tab.PARTNERS, "ivan", "phone", "+7 900 000-00-01")

    assert first_line(world, customer=customer) == expected
    assert world.balance() == balance
    assert (len(world.rows(Tab.REVIEW)) == 1) is (rule == "flag")


def test_a_partner_may_buy_with_another_one_s_code() -> None:
    world = World(self_purchase="block")
    customer = {"email": "ivan@example.com"}

    assert first_line(world, codes=["MARIA01"], customer=customer)[0] == "maria"

"""Whose is an order when a code and two other partners' clicks speak for three of them?"""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from tests.faults import ills
from tests.world import World
from tracker.customers import email_key
from tracker.layout import Tab
from tracker.policy import Conflict
from tracker.whose.answers import Candidate
from tracker.whose.conflict import Outcome, settle
from tracker.whose.question import Ground


def three(conflict: str) -> World:
    """Anna clicked on maria's link on the 10th, on petr's on the 12th, and typed ivan's code."""
    world = World(attribution="code_or_click", conflict=conflict)
    world.type(Tab.PARTNERS, partner_id="petr", rate="20%")
    key = email_key(world.place.secret, "anna@example.com")
    for day, partner_id in ((12, "petr"), (10, "maria")):
        world.type(Tab.LINKS, ref=f"of-{partner_id}", partner_id=partner_id)
        at = f"2026-10-{day}T10:00:00Z"
        world.type(
            Tab.CLICKS, click_id=partner_id, clicked_at=at, ref=f"of-{partner_id}", customer=key
        )
    return world


@pytest.mark.parametrize(
    ("conflict", "codes", "owed"),
    [
        ("code", ["IVAN01"], {"ivan": 10000}),
        ("link", ["IVAN01"], {"petr": 20000}),
        ("first_touch", ["IVAN01"], {"maria": 15000}),
        ("last_touch", ["IVAN01"], {"ivan": 10000}),
        ("split", ["IVAN01"], {"ivan": 3333, "maria": 5000, "petr": 6667}),
        ("code", [], {"petr": 20000}),
        ("link", [], {"petr": 20000}),
        ("first_touch", [], {"maria": 15000}),
        ("last_touch", [], {"petr": 20000}),
        ("split", [], {"maria": 7500, "petr": 10000}),
    ],
)
def test_a_code_and_two_clicks_by_each_setting(
    conflict: str, codes: list[str], owed: dict[str, int]
) -> None:
    world = three(conflict)
    world.deliver("1", codes=codes, customer={"email": "anna@example.com"})
    world.sync()

    assert {one.partner_id: one.minor for one in world.latest("1").owed} == owed
    assert ills(world) == {}


@pytest.mark.parametrize(("conflict", "day"), [("first_touch", "10"), ("last_touch", "14")])
def test_of_a_partner_s_clicks_the_first_or_the_last_is_compared_as_the_setting_says(
    conflict: str, day: str
) -> None:
    world = World(attribution="code_or_click", conflict=conflict)
    key = email_key(world.place.secret, "anna@example.com")
    for on, partner_id in ((10, "ivan"), (12, "maria"), (14, "ivan")):
        at = f"2026-10-{on}T10:00:00Z"
        cells = {"click_id": f"c{on}", "clicked_at": at, "partner_id": partner_id}
        world.type(Tab.CLICKS, **cells, customer=key)
    world.deliver("1", codes=[], customer={"email": "anna@example.com"})
    world.sync()

    assert world.latest("1").partner_id == "ivan"
    assert f"day=2026-10-{day} " in world.latest("1").reason


@pytest.mark.parametrize(("two_codes", "whose"), [("first", "ivan"), ("last", "petr")])
def test_of_three_codes_the_first_or_the_last_counts(two_codes: str, whose: str) -> None:
    world = World(two_codes=two_codes)
    world.type(Tab.PARTNERS, partner_id="petr", rate="20%")
    world.type(Tab.CODES, code="PETR01", partner_id="petr")
    world.deliver("1", codes=["IVAN01", "MARIA01", "PETR01"])
    world.sync()

    assert world.latest("1").partner_id == whose


def test_a_code_that_lost_to_a_code_is_not_said_to_have_lost_to_what_a_link_lost_to() -> None:
    world = three("code")
    world.edit(Tab.SETTINGS, "two_codes", "value", "first")
    world.type(Tab.CODES, code="OLGA", partner_id="olga")
    world.type(Tab.PARTNERS, partner_id="olga")
    world.deliver("1", codes=["IVAN01", "OLGA"], customer={"email": "anna@example.com"})
    world.sync()

    rows = json.loads(world.latest("1").candidates)
    assert [(row[1], row[2].partition(" ")[0]) for row in rows] == [
        ("ivan", "ok"), ("olga", "ok"), ("maria", "lost_to_code"), ("petr", "lost_to_code")]  # fmt: skip


def ground(partner_id: str, day: int, kind: str = "click") -> Ground:
    """What speaks for a partner since a day of October."""
    at = datetime(2026, 10, day, tzinfo=UTC)
    candidate = Candidate(code="", partner_id=partner_id, why="ok", kind=kind)
    return Ground(candidate=candidate, at=at)


# what is credited so far; its rivals; the setting; whose it is then, and since which day
@pytest.mark.parametrize(
    ("own", "rivals", "rule", "winner", "since"),
    [
        (ground("ivan", 20, "code"), [("maria", 10), ("petr", 12)], "first_touch", "maria", 10),
        (
            ground("ivan", 20, "code"),
            [("maria", 20)],
            "first_touch",
            "maria",
            20,
        ),  # link, then code
        (ground("ivan", 10), [("maria", 10)], "first_touch", "ivan", 10),
        (ground("ivan", 10), [("maria", 12), ("petr", 11)], "first_touch", "ivan", 10),
        (ground("ivan", 10), [("maria", 12), ("petr", 11)], "last_touch", "maria", 12),
        (ground("ivan", 12), [("maria", 12), ("petr", 11)], "last_touch", "ivan", 12),
        (ground("ivan", 20, "code"), [("maria", 10), ("petr", 12)], "link", "petr", 12),
        (ground("ivan", 20, "code"), [("maria", 10), ("petr", 12)], "code", "ivan", 20),
    ],
)
def test_of_rivals_one_wins_and_is_credited_since_his_own_touch(
    own: Ground, rivals: list[tuple[str, int]], rule: str, winner: str, since: int
) -> None:
    others = [ground(*rival) for rival in rivals]
    found = settle(Outcome(own, own.at), others, Conflict(rule))

    assert (found.winner.partner_id, found.since.day) == (winner, since)
    names = ["ivan", *(who for who, _ in rivals)]
    assert found.losers == tuple(who for who in names if who != winner)


def test_a_binding_is_weighed_against_the_link_that_won_and_not_against_the_code() -> None:
    code = ground("ivan", 20, "code")
    by_link = settle(Outcome(code, code.at), [ground("maria", 10)], Conflict.FIRST_TOUCH)

    found = settle(by_link, [ground("petr", 11, "bound")], Conflict.FIRST_TOUCH)

    assert found.winner.partner_id == "maria"
    assert found.losers == ("ivan", "petr")

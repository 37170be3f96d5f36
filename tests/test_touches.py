"""Which touches count, for how long, and what becomes of those known too late?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.world import World
from tracker.customers import email_key, phone_key
from tracker.layout import Tab

ANNA = {"email": "anna@example.com"}
SECRET = b"a secret of tests"
KEY = email_key(SECRET, ANNA["email"])


def programme(attribution: str = "code_or_click", **settings: str) -> World:
    """Ivan and Maria with a link each, clicks as good as codes."""
    world = World()
    for key, value in (settings | {"attribution": attribution}).items():
        world.edit(Tab.SETTINGS, key, "value", value)
    world.type(Tab.LINKS, ref="BLOG", partner_id="ivan", channel="blog")
    world.type(Tab.LINKS, ref="MAIL", partner_id="maria")
    return world


def click(world: World, at: str, **cells: str) -> None:
    """Somebody with Anna's keys comes by a link; usually Ivan's."""
    row = {"click_id": f"c{at}", "clicked_at": at, "ref": "BLOG", "customer": KEY} | cells
    world.type(Tab.CLICKS, **{name: text or None for name, text in row.items()})


def ordered(world: World, order_id: str = "1", **fields: Any) -> tuple[str, str]:
    """Anna orders without a code, and a sync runs: (whose, why)."""
    world.deliver(order_id, **{"codes": [], "customer": ANNA} | fields)
    world.sync()
    return world.latest(order_id).partner_id, world.reason(order_id)


def candidates(world: World, order_id: str = "1") -> list[list[str]]:
    rows: list[list[str]] = json.loads(world.latest(order_id).candidates)
    return rows


@pytest.mark.parametrize(
    ("ordered_at", "why"),
    [
        ("2026-10-31T20:59:59Z", "click_of_partner"),  # the 30th day in Moscow, to its last second
        ("2026-10-31T21:00:00Z", "click_too_old"),
    ],
)
def test_the_last_day_of_the_window_is_whole(ordered_at: str, why: str) -> None:
    world = programme()
    click(world, "2026-09-30T21:00:00Z")

    assert ordered(world, ordered_at=ordered_at)[1] == why
    days = "days=30 " if why == "click_too_old" else ""
    assert world.latest("1").reason == f"{why} day=2026-10-01 {days}partner=ivan ref=BLOG"


@pytest.mark.parametrize(
    ("clicked_at", "why"),
    [("2026-10-19T10:00:00Z", "click_of_partner"), ("2026-10-19T10:00:01Z", "no_evidence")],
)
def test_a_click_one_second_after_the_order_does_not_count_at_all(
    clicked_at: str, why: str
) -> None:
    world = programme()
    click(world, clicked_at)

    assert ordered(world)[1] == why
    assert ordered(world, "2", ref="BLOG", clicked_at=clicked_at, customer=None)[1] == why


def test_a_click_is_found_by_its_own_id_and_counts_when_the_order_says_it_was() -> None:
    world = programme()
    click(world, "2026-09-01T10:00:00Z", click_id="c7", customer="")

    assert ordered(world, click_id="c7")[1] == "click_too_old"
    assert ordered(world, "2", click_id="c7", clicked_at="2026-10-18T10:00:00Z") == (
        "ivan",
        "click_of_partner",
    )


def test_any_agreeing_key_finds_the_click() -> None:
    world = programme()
    phone = phone_key(SECRET, "+7 900 000-00-01", "RUB")
    click(world, "2026-10-18T10:00:00Z", customer=f"{email_key(SECRET, 'x@example.com')}, {phone}")

    assert ordered(world, customer={"phone": "8 900 000 00 01"})[0] == "ivan"


def test_of_two_partners_links_the_last_counts_and_the_loser_reads_why() -> None:
    world = programme()
    click(world, "2026-10-17T10:00:00Z", ref="MAIL")
    click(world, "2026-10-18T10:00:00Z")

    assert ordered(world) == ("ivan", "link_wins")
    assert candidates(world)[0] == [
        "MAIL", "maria", "lost_to_last partner=maria rule=last_touch", "click",
        "2026-10-17T10:00:00+00:00",
    ]  # fmt: skip
    uncounted = world.statement("maria", "2026-10").uncounted
    assert [one.reason.split(" ")[0] for one in uncounted] == ["lost_to_last"]


@pytest.mark.parametrize(
    ("status", "why"), [("paused", "link_partner_paused"), ("left", "link_partner_left")]
)
def test_a_partner_s_state_is_asked_of_his_link_too(status: str, why: str) -> None:
    world = programme()
    world.edit(Tab.PARTNERS, "ivan", "status", status)

    assert ordered(world, ref="BLOG") == ("", why)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("block", ("", "link_own_purchase")),
        ("flag", ("ivan", "link_own_purchase_flagged")),
        ("allow", ("ivan", "click_of_partner")),
    ],
)
def test_a_partner_who_buys_by_his_own_link(rule: str, expected: tuple[str, str]) -> None:
    world = programme(self_purchase=rule)

    assert ordered(world, ref="BLOG", customer={"email": "ivan@example.com"}) == expected
    assert [row["about"] for row in world.rows(Tab.REVIEW)] == (
        ["generic/1"] if rule == "flag" else []
    )


def test_a_link_and_its_partner_may_be_typed_a_day_late() -> None:
    world = programme()
    refused = ordered(world, ref="olga")
    world.type(Tab.LINKS, ref="OLGA", partner_id="olga")
    world.sync()
    missing = world.reason("1")
    world.type(Tab.PARTNERS, partner_id="olga")
    world.sync()

    assert (refused, missing) == (("", "link_unknown"), "link_partner_missing")
    assert world.balance("olga") == "100.00"


def test_review_names_a_link_nobody_knows_once_for_all_its_orders() -> None:
    world = programme()
    for number in "12":
        world.deliver(number, codes=[], ref="olga")
    world.sync()

    assert [(row["about"], row["amount"]) for row in world.rows(Tab.REVIEW)] == [("olga", 2000)]


@pytest.mark.parametrize(("days", "whose"), [(59, "ivan"), (60, "")])
def test_a_click_that_becomes_known_late_counts_for_60_days(days: int, whose: str) -> None:
    world = programme()
    before = ordered(world, ordered_at="2026-10-20T11:00:00Z")
    world.move(days=days)
    click(world, "2026-10-18T10:00:00Z")
    world.sync()

    assert before == ("", "no_evidence")
    assert world.latest("1").partner_id == whose
    assert not world.sync().committed


def test_a_row_of_clicks_that_vanishes_takes_nothing_back() -> None:
    world = programme()
    click(world, "2026-10-18T10:00:00Z")
    ordered(world)
    world.store.book.sheets[Tab.CLICKS].rows.clear()
    world.deliver("1", codes=[], customer=ANNA, total="2000")
    world.sync()

    assert world.lines("1") == [("ivan", "sale", "100"), ("ivan", "sale", "100")]


def test_a_link_given_to_another_partner_leaves_old_orders_alone() -> None:
    world = programme()
    ordered(world, ref="BLOG")
    world.edit(Tab.LINKS, "BLOG", "partner_id", "maria")
    ordered(world, "2", ref="BLOG")

    assert world.lines("1") == [("ivan", "sale", "100")]
    assert world.lines("2") == [("maria", "sale", "150")]


def test_clicks_that_did_not_count_do_not_count_later_for_that_order() -> None:
    world = programme(attribution="code")
    before = ordered(world, ref="BLOG")
    world.edit(Tab.SETTINGS, "attribution", "value", "code_or_click")
    ordered(world, "2", ref="BLOG")

    assert before == ("", "no_code")
    assert (world.reason("1"), world.reason("2")) == ("no_code", "click_of_partner")


def test_where_codes_alone_count_nothing_is_noted_of_touches() -> None:
    world = programme(attribution="code")
    click(world, "2026-10-18T10:00:00Z")
    ordered(world, ref="BLOG", codes=["IVAN01"], ad_tag="gclid")

    assert '"touches"' not in world.latest("1").facts
    assert [row[0] for row in candidates(world)] == ["IVAN01"]


@pytest.mark.parametrize(
    ("status", "whose"), [("paused", ""), ("leaked", ""), ("expired", ""), ("replaced", "ivan")]
)
def test_a_click_does_not_stand_in_for_the_same_partner_s_refused_code(
    status: str, whose: str
) -> None:
    world = programme()
    world.edit(Tab.CODES, "IVAN01", "status", status)
    found = ordered(world, codes=["IVAN01"], ref="BLOG")

    assert found[0] == whose
    assert ordered(world, "2", codes=["IVAN01"], ref="MAIL")[0] in {"maria", "ivan"}


def test_while_a_partner_s_code_cannot_be_judged_his_rival_s_click_waits() -> None:
    world = programme()
    world.type(Tab.CODES, code="OLGA", partner_id="olga")

    assert ordered(world, codes=["OLGA"], ref="BLOG") == ("", "partner_missing")


def test_a_shared_code_is_nobody_s_so_the_click_beside_it_counts() -> None:
    world = programme(attribution="click_if_code_unbound")
    world.type(Tab.CODES, code="SALE", kind="shared")

    assert ordered(world, codes=["SALE"], ref="MAIL") == ("maria", "touch_beside_free_code")


def test_a_paused_code_of_a_partner_is_no_code_of_nobody() -> None:
    world = programme(attribution="click_if_code_unbound")
    world.edit(Tab.CODES, "IVAN01", "status", "paused")

    assert ordered(world, codes=["IVAN01"], ref="MAIL") == ("", "code_paused")


def test_a_code_without_a_click_waits_in_review_until_the_owner_decides() -> None:
    world = programme(attribution="code_and_click")
    ordered(world, codes=["IVAN01"], ref="MAIL")
    (item,) = world.rows(Tab.REVIEW)
    world.decide("1", "pay")
    world.sync()

    assert item["says"] == "Code IVAN01, but no click, call or lead of ivan in 30 days."
    assert world.balance() == "100.00"
    assert world.rows(Tab.REVIEW) == []


def test_a_rule_may_leave_clicks_of_a_partner_out_and_his_codes_in() -> None:
    world = programme()
    world.type(Tab.RULES, priority="10", partner_id="ivan", evidence="click", rate="not counted")

    assert ordered(world, ref="BLOG") == ("", "rule_not_counted")
    assert ordered(world, "2", codes=["IVAN01"], ref="BLOG") == ("ivan", "code_of_partner")


def test_bad_rows_of_links_and_clicks_are_told_and_count_nothing() -> None:
    world = programme()
    world.type(Tab.LINKS, ref="blog", partner_id="maria")
    world.type(Tab.LINKS, ref="OLGA", partner_id="olga")
    world.type(Tab.LINKS, ref="NOBODY")
    click(world, "yesterday", click_id="c1")
    click(world, "2026-10-18T10:00:00Z", click_id="c2", customer="anna@example.com")

    assert ordered(world) == ("", "no_evidence")
    assert ordered(world, "2", ref="BLOG")[1] == "link_of_two"
    assert sorted((p.code, p.cell) for p in world.problems()) == [
        ("click_no_key", "F3"), ("click_time", "B2"), ("link_of_nobody", "B6"),
        ("link_partner_unknown", "A5"), ("link_two_partners", "A2"), ("link_two_partners", "A4"),
    ]  # fmt: skip
    assert not any("anna@" in str(problem) for problem in world.problems())


def test_a_click_sent_twice_is_one() -> None:
    world = programme()
    click(world, "2026-10-18T10:00:00Z")
    click(world, "2026-10-18T10:00:00Z")

    assert ordered(world)[0] == "ivan"
    assert world.problems() == []

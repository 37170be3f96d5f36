"""When do leads and calls speak for a partner's order, and whose customer is it first?"""

from __future__ import annotations

from typing import Any

import pytest

from tests.test_touches import ANNA, click, ordered, programme
from tests.world import World
from tracker.layout import Tab


def lead(world: World, lead_id: str, received_at: str, **cells: str) -> None:
    """Somebody registers Anna; usually Ivan."""
    row = {"lead_id": lead_id, "received_at": received_at, "partner_id": "ivan", **ANNA} | cells
    world.type(Tab.LEADS, **{name: text or None for name, text in row.items()})


def sales_team(world: World) -> None:
    """Olga is a manager of the shop."""
    world.type(Tab.PARTNERS, partner_id="olga", group="Sales")
    world.edit(Tab.SETTINGS, "direct_group", "value", "sales")


def test_a_lead_counts_as_a_click_does() -> None:
    world = programme()
    lead(world, "L1", "2026-10-18T10:00:00Z")

    assert ordered(world) == ("ivan", "lead_of_partner")
    assert world.latest("1").evidence == "lead"


@pytest.mark.parametrize(
    "cells",
    [
        {"partner_id": "", "code": "ivan01"},
        {"partner_id": "", "number": "8 (900) 000-00-07"},
        {"number": "+7 900 000-00-09"},
    ],
)
def test_a_call_is_the_partner_s_whose_code_was_named_or_number_called(
    cells: dict[str, str],
) -> None:
    world = programme()
    world.edit(Tab.PARTNERS, "ivan", "call_number", "+7 900 000-00-07")
    lead(world, "L1", "2026-10-18T10:00:00Z", **cells)

    assert ordered(world) == ("ivan", "call_of_partner")


@pytest.mark.parametrize(
    "cells",
    [
        {"status": "refused"},
        {"status": "duplicate"},
        {"status": "expired"},
        {"status": "deal", "deal_amount": "5000"},
    ],
)
def test_a_lead_that_came_to_nothing_or_earns_itself_is_no_touch(cells: dict[str, str]) -> None:
    world = programme()
    lead(world, "L1", "2026-10-18T10:00:00Z", **cells)

    assert ordered(world) == ("", "no_evidence")


def test_leads_that_earn_on_registration_are_no_touches() -> None:
    world = programme(lead_pays_on="registration", lead_rate="500 RUB")
    lead(world, "L1", "2026-10-18T10:00:00Z")

    assert ordered(world) == ("", "no_evidence")


@pytest.mark.parametrize(
    ("second", "whose"),
    [("2026-10-10T20:59:59Z", "ivan"), ("2026-10-10T21:00:00Z", "maria")],
)
def test_the_first_registration_holds_to_the_end_of_its_last_day(second: str, whose: str) -> None:
    world = programme(lead_protect_days="30")  # registered on 10 September in Moscow
    lead(world, "L1", "2026-09-10T10:00:00Z")
    lead(world, "L2", second, partner_id="maria")

    found = ordered(world, ordered_at="2026-10-10T21:30:00Z")[0]
    assert (found or "ivan") == whose
    held = [p.key for p in world.problems() if p.code == "lead_protected"]
    assert held == (["L2"] if whose == "ivan" else [])


def test_a_lead_counts_for_as_long_as_it_is_protected() -> None:
    world = programme(lead_protect_days="60")
    lead(world, "L1", "2026-09-01T10:00:00Z")
    click(world, "2026-09-01T10:00:00Z", ref="MAIL")

    assert ordered(world, ordered_at="2026-10-31T20:59:59Z") == ("ivan", "lead_of_partner")


# Advertisements: the cases of field.md 8.2 (X13) and their neighbours.


@pytest.mark.parametrize(
    ("settings", "whose"),
    [
        ({"block_if_earlier_paid_touch": "yes"}, ("", "ad_before")),
        ({"conflict": "last_touch"}, ("ivan", "click_of_partner")),
    ],
)
def test_ad_on_day_0_link_on_day_5_order_on_day_10(
    settings: dict[str, str], whose: tuple[str, str]
) -> None:
    world = programme(**settings)
    click(world, "2026-10-09T10:00:00Z", ref="", ad_tag="gclid-7")
    click(world, "2026-10-14T10:00:00Z")

    assert ordered(world, ordered_at="2026-10-19T10:00:00Z") == whose


@pytest.mark.parametrize(
    ("settings", "whose"),
    [
        ({"window_days": "60"}, ("ivan", "click_of_partner")),  # first touch: the partner's
        ({"block_if_earlier_paid_touch": "yes"}, ("", "click_too_old")),  # 40 days are over 30
    ],
)
def test_link_on_day_0_manager_on_day_3_order_on_day_40(
    settings: dict[str, str], whose: tuple[str, str]
) -> None:
    world = programme(**settings)
    sales_team(world)
    click(world, "2026-09-09T10:00:00Z")
    click(world, "2026-09-12T10:00:00Z", ref="", partner_id="olga")

    assert ordered(world, ordered_at="2026-10-19T10:00:00Z") == whose


@pytest.mark.parametrize(
    ("ad_at", "codes", "why"),
    [
        ("2026-10-14T09:59:59Z", [], "ad_before"),
        ("2026-10-14T10:00:00Z", [], "click_of_partner"),  # at one moment it is not before
        ("2026-10-14T10:00:01Z", ["IVAN01"], "code_of_partner"),  # the code's click was earlier
        ("2026-09-18T10:00:00Z", [], "click_of_partner"),  # older than the window: counts nothing
    ],
)
def test_an_ad_takes_the_order_only_when_it_came_before_the_partner(
    ad_at: str, codes: list[str], why: str
) -> None:
    world = programme(block_if_earlier_paid_touch="yes")
    click(world, ad_at, ref="", ad_tag="gclid-7", click_id="the ad")
    click(world, "2026-10-14T10:00:00Z")

    assert ordered(world, codes=codes)[1] == why


def test_an_ad_between_two_clicks_of_the_partner_takes_nothing() -> None:
    world = programme(block_if_earlier_paid_touch="yes")
    click(world, "2026-10-10T10:00:00Z")
    click(world, "2026-10-12T10:00:00Z", ref="", ad_tag="gclid-7")
    click(world, "2026-10-14T10:00:00Z")

    assert ordered(world) == ("ivan", "click_of_partner")


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"ad_tag": "yclid-1", "clicked_at": "2026-10-19T09:00:00Z"}, "2026-10-19%2012:00+03:00"),
        (
            {"ad_tag": "yclid-1"},
            "2026-10-19%2013:00+03:00",
        ),  # at the order's moment, before the code
    ],
)
def test_codes_alone_yield_to_an_ad_too_where_the_owner_says_so(
    fields: dict[str, Any], at: str
) -> None:
    world = programme(attribution="code", block_if_earlier_paid_touch="yes")

    ordered(world, codes=["IVAN01"], **fields)
    said = f"ad_before ad=yclid-1 at={at}"
    assert world.latest("1").reason == said
    assert [one.reason for one in world.statement("ivan", "2026-10").uncounted] == [said]


# The owner's own sales team.


@pytest.mark.parametrize(
    ("manager_at", "expected"),
    [
        ("2026-10-17T09:59:59Z", ("", "direct_sales_customer")),
        ("2026-10-17T10:00:00Z", ("ivan", "click_of_partner")),  # at one moment it is not before
        ("2026-10-17T10:00:01Z", ("ivan", "click_of_partner")),
    ],
)
def test_who_touched_the_customer_first_has_him_partner_or_manager(
    manager_at: str, expected: tuple[str, str]
) -> None:
    world = programme()
    sales_team(world)
    click(world, "2026-10-17T10:00:00Z")
    click(world, manager_at, ref="", partner_id="olga", click_id="hers")

    assert ordered(world) == expected


@pytest.mark.parametrize("attribution", ["code", "code_or_click"])
def test_a_customer_of_the_sales_team_is_not_paid_for_by_a_code(attribution: str) -> None:
    world = programme(attribution=attribution)
    sales_team(world)
    lead(world, "L1", "2026-10-18T10:00:00Z", partner_id="olga")

    assert ordered(world, codes=["IVAN01"]) == ("", "direct_sales_customer")
    assert "olga" not in world.latest("1").decision


def test_an_order_by_a_manager_s_own_code_or_link_is_a_direct_one() -> None:
    world = programme()
    sales_team(world)
    world.type(Tab.CODES, code="OLGA", partner_id="olga")
    world.type(Tab.LINKS, ref="DIRECT", partner_id="olga")

    assert ordered(world, codes=["OLGA"]) == ("", "direct_sales")
    assert ordered(world, "2", ref="DIRECT") == ("", "direct_sales")


def helpers(world: World, order_id: str = "1") -> list[tuple[str, str]]:
    return [(one.partner_id, one.role) for one in world.latest(order_id).owed]


@pytest.mark.parametrize("by", ["order", "lead", "touch"])
def test_a_manager_who_helped_is_found_by_order_lead_or_later_touch(by: str) -> None:
    world = programme(cross_bonus="20%")
    sales_team(world)
    click(world, "2026-10-17T10:00:00Z")
    if by == "lead":
        lead(world, "L1", "2026-10-18T10:00:00Z", helper="olga")
    if by == "touch":
        click(world, "2026-10-18T10:00:00Z", ref="", partner_id="olga")
    ordered(world, **({"helper": "olga"} if by == "order" else {}))

    assert helpers(world) == [("ivan", "order"), ("olga", "bonus")]


def test_nobody_helped_who_has_no_row_in_partners_or_no_bonus_to_get() -> None:
    world = programme(cross_bonus="20%")
    ordered(world, ref="BLOG", helper="stranger")
    world.edit(Tab.SETTINGS, "cross_bonus", "value", None)
    ordered(world, "2", ref="BLOG", helper="maria")

    assert helpers(world) == helpers(world, "2") == [("ivan", "order")]


def test_a_partner_who_came_later_is_no_manager_and_gets_no_bonus() -> None:
    world = programme(cross_bonus="20%", conflict="first_touch")
    click(world, "2026-10-10T10:00:00Z")
    click(world, "2026-10-12T10:00:00Z", ref="MAIL")
    ordered(world)

    assert [(one.partner_id, one.role) for one in world.latest("1").owed] == [("ivan", "order")]

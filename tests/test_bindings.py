"""When is a customer a partner's, and what do the owner's decisions make of shares and bindings?"""

from __future__ import annotations

import pytest

from tests.test_touches import ANNA, KEY, click, ordered, programme
from tests.world import World
from tracker.layout import Tab

FIRST = "2026-09-19T10:00:00Z"


def bound(world: World, **fields: object) -> None:
    """Anna's first order is Ivan's, usually by his code."""
    ordered(world, "first", **{"ordered_at": FIRST, "codes": ["IVAN01"]} | fields)


@pytest.mark.parametrize(
    ("binds", "ordered_at", "expected"),
    [
        ("order", "2026-09-19T10:00:01Z", ("", "no_code")),
        ("30", "2026-10-19T20:59:59Z", ("ivan", "bound_by_code")),
        ("30", "2026-10-19T21:00:00Z", ("", "no_code")),
        ("always", "2029-10-19T21:00:00Z", ("ivan", "bound_by_code")),
        ("always", "2026-09-19T09:59:59Z", ("", "no_code")),
    ],
)
def test_a_code_binds_for_this_order_for_some_days_or_for_good(
    binds: str, ordered_at: str, expected: tuple[str, str]
) -> None:
    world = World(code_binds=binds)
    world.now = world.now.replace(year=2029, month=11)
    bound(world)

    assert ordered(world, ordered_at=ordered_at) == expected


def test_the_reason_names_the_order_s_day_and_by_what_it_binds() -> None:
    world = programme(link_binds="always")
    bound(world, codes=[], ref="BLOG")
    ordered(world)

    said = "The customer is bound to ivan by the link, call or lead of the order of 2026-09-19."
    assert world.latest("1").decision.startswith(said)
    assert world.latest("1").evidence == "bound"


def test_a_binding_by_code_says_nothing_of_one_by_link() -> None:
    world = programme(link_binds="always")
    bound(world)

    assert ordered(world) == ("", "no_evidence")


def test_a_bound_order_does_not_lengthen_the_binding() -> None:
    world = World(code_binds="30")
    bound(world)
    ordered(world, "2", ordered_at="2026-10-10T10:00:00Z")

    assert ordered(world, "3", ordered_at="2026-10-25T10:00:00Z") == ("", "no_code")


def test_a_binding_order_that_comes_late_binds_the_orders_after_it() -> None:
    world = World(code_binds="always")
    before = ordered(world)
    bound(world)

    assert before == ("", "no_code")
    assert (world.latest("1").partner_id, world.balance()) == ("ivan", "200.00")


def test_a_binding_order_that_is_refunded_binds_nobody() -> None:
    world = World(code_binds="always")
    bound(world)
    ordered(world)
    bound(world, state="refunded")

    assert world.reason("1") == "no_code"
    assert world.balance() == "0.00"


@pytest.mark.parametrize(
    ("status", "why"), [("paused", "bound_partner_paused"), ("left", "bound_partner_left")]
)
def test_a_partner_who_is_away_earns_nothing_by_a_binding(status: str, why: str) -> None:
    world = World(code_binds="always")
    bound(world)
    world.edit(Tab.PARTNERS, "ivan", "status", status)
    world.sync()

    assert ordered(world, ordered_at="2026-10-20T13:00:00Z") == ("", why)


def test_first_orders_only_means_bound_customers_too() -> None:
    world = World(code_binds="always", pay_for="first")
    bound(world)

    assert ordered(world) == ("", "pay_for_first")


def test_a_binding_does_not_make_a_leaked_code_good() -> None:
    world = World(code_binds="always")
    bound(world)
    world.edit(Tab.CODES, "IVAN01", "status", "leaked")
    world.sync()

    found = ordered(world, codes=["IVAN01"], ordered_at="2026-10-20T13:00:00Z")
    assert found == ("", "code_leaked")


def test_the_partner_who_loses_to_a_code_reads_so_without_a_name() -> None:
    world = World(code_binds="always")
    bound(world)
    assert ordered(world, codes=["MARIA01"]) == ("maria", "code_wins")

    (refused,) = world.statement("ivan", "2026-10").uncounted
    assert refused.reason == "lost_to_code partner=ivan rule=code"
    told = world.statement("maria", "2026-10").accounts[0].lines[0].because
    assert told.startswith("code_of_partner code=MARIA01 partner=maria")


# The owner's word over touches, shares and bindings.


def test_the_owner_s_word_ends_a_share_and_both_reasons_stay() -> None:
    world = programme(conflict="split")
    ordered(world, codes=["IVAN01"], ref="MAIL")
    world.decide("1", "assign", "maria")
    world.sync()

    assert world.balance("ivan") == "0.00"
    assert world.balance("maria") == "150.00"
    said = [row["reason"] for row in world.rows(Tab.JOURNAL)]
    assert [str(one).split(" ")[0] for one in said] == ["code_split", "decision_assign"]


def test_the_owner_s_word_may_change_and_each_change_is_a_reversal_and_a_new_line() -> None:
    world = programme()
    click(world, "2026-10-18T10:00:00Z")
    ordered(world)
    world.decide("1", "assign", "maria")
    world.sync()
    world.edit(Tab.DECISIONS, "generic/1", "partner_id", "ivan")
    world.sync()

    assert world.lines("1") == [
        ("ivan", "sale", "100"),
        ("ivan", "clawback", "-100"), ("maria", "sale", "150"),
        ("ivan", "sale", "100"), ("maria", "clawback", "-150"),
    ]  # fmt: skip


def test_a_bound_customer_s_order_can_be_refused_and_its_binding_stays() -> None:
    world = World(code_binds="always")
    bound(world)
    ordered(world)
    world.decide("1", "refuse")
    world.sync()

    assert ordered(world, "2") == ("ivan", "bound_by_code")
    assert world.lines("1") == [("ivan", "sale", "100"), ("ivan", "clawback", "-100")]


def test_a_late_click_leaves_the_owner_s_word_standing() -> None:
    world = programme()
    ordered(world)
    world.decide("1", "assign", "maria")
    world.sync()
    click(world, "2026-10-18T10:00:00Z", customer=KEY)
    world.sync()

    assert world.lines("1") == [("maria", "sale", "150")]
    assert '"ivan"' in world.latest("1").candidates
    assert ANNA["email"] not in world.latest("1").facts

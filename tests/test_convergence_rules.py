"""With every rule on, does the book still end the same, however deliveries arrive?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.faults import ills
from tests.test_convergence import Sent, bring, cut
from tests.world import NOON, World
from tracker.cells import shown
from tracker.commissions import Owed
from tracker.layout import Tab
from tracker.orders import read_facts
from tracker.own_lines import OWN_SOURCES
from tracker.running import look

RULES = {
    "code_or_click": {
        "attribution": "code_or_click",
        "conflict": "split",
        "link_binds": "30",
        "cross_bonus_from": "partner_share",
    },
    "both": {"attribution": "code_and_click", "conflict": "first_touch", "code_binds": "always"},
    "last": {
        "attribution": "code_or_click",
        "conflict": "last_touch",
        "code_binds": "5",
        "level2_of": "order",
    },
    "free": {
        "attribution": "click_if_code_unbound",
        "conflict": "link",
        "pay_for": "3 orders",
        "cross_bonus_from": "partner_share",
    },
}
"""Four programmes: how evidence is weighed, and for how long it binds."""

LIMITS = {
    "cap_order": "150",
    "cap_customer": "400",
    "cap_month": "700",
    "budget_month": "900",
    "level2": "5%",
    "cross_bonus": "20%",
    "block_if_earlier_paid_touch": "yes",
    "two_codes": "first",
    "window_days": "3",
}


def programme(**settings: str) -> World:
    """Everything at once: limits, levels, tiers, goals, exchange, rules, restrictions, links."""
    world = World()
    for key, value in (LIMITS | settings).items():
        world.edit(Tab.SETTINGS, key, "value", value)
    world.edit(Tab.PARTNERS, "ivan", "parent_id", "maria")
    world.edit(Tab.PARTNERS, "maria", "currency", "EUR")
    world.type(Tab.PARTNERS, partner_id="boris", group="managers")
    world.type(Tab.SETTINGS, setting="approve_on_generic:tea", value="delivered")
    for code, cells in CODES.items():
        world.type(Tab.CODES, code=code, **cells)
    for row in TABS:
        world.type(*row[:1], **row[1])
    return world


CODES: dict[str, dict[str, Any]] = {
    "TWICE": {"partner_id": "ivan", "max_uses": "2"},
    "TWICE-YT": {"partner_id": "ivan", "variant_of": "TWICE"},
    "FIRST": {"partner_id": "maria", "new_customers_only": "yes", "rate": "20%"},
    "MONTHLY": {"partner_id": "ivan", "max_uses_per_customer": "1", "per": "month"},
    "TEA": {"partner_id": "maria", "products_in": "tea"},
    "MINE": {"partner_id": "ivan", "kind": "personal"},
    "ALL": {"kind": "shared"},
}
TABS: tuple[tuple[Tab, dict[str, Any]], ...] = (
    (Tab.LINKS, {"ref": "blog", "partner_id": "ivan", "channel": "YouTube"}),
    (Tab.LINKS, {"ref": "tg", "partner_id": "maria"}),
    (Tab.RULES, {"priority": "10", "customer": "new", "code": "IVAN01", "rate": "12%"}),
    (Tab.RULES, {"priority": "20", "category": "cups", "rate": "30 RUB/item"}),
    (Tab.RULES, {"priority": "30", "evidence": "click", "channel": "YouTube", "rate": "7.77%"}),
    (Tab.TIERS, {"tier_id": "T3", "counts": "orders", "from": "3", "rate": "15%"}),
    (Tab.TIERS, {"tier_id": "M", "partner_id": "maria", "counts": "sales", "from": "1500",
                 "rate": "25%", "mode": "marginal"}),
    (Tab.TIERS, {"tier_id": "goal", "counts": "orders", "from": "2", "bonus": "77"}),
    (Tab.TIERS, {"tier_id": "back", "counts": "sales", "from": "2500", "rate": "18%",
                 "mode": "from_first"}),
    (Tab.FX, {"date": "2026-10-01", "from": "RUB", "to": "EUR", "rate": "0.0101"}),
)  # fmt: skip


def end_of(world: World) -> object:
    """The sums of every account, and what is known, decided and owed of every order."""
    balances = [
        tuple(shown(row[name]) for name in ("partner_id", "currency", "balance"))
        for row in world.rows(Tab.BALANCES)
        if row["balance"]
    ]
    latest = {
        key: order.latest
        for key, order in sorted(look(world.place).plan.books.orders.items())
        if key[0] not in OWN_SOURCES
    }
    orders = [
        (key, line.state, line.partner_id, line.reason, line.base, line.owed, line.candidates)
        for key, line in latest.items()
    ]
    return balances, orders, [read_facts(line.parsed()).substance() for line in latest.values()]


CUSTOMERS = [
    {"email": "a@example.com"},
    {"email": "a@example.com", "phone": "+7 900 000-00-01"},
    {"phone": "+7 900 000-00-01"},
    {"email": "b@example.com", "id": "7"},
    {},
]
ITEMS = [
    [{"sku": "green", "category": "tea", "quantity": "1", "price": "500"}],
    [
        {"sku": "green", "category": "tea", "quantity": "2", "price": "333.33"},
        {"sku": "big", "category": "cups", "quantity": "3", "price": "111.11"},
    ],
]
USED = ["IVAN01", "MARIA01", *CODES, "NOPE"]
bodies = st.fixed_dictionaries(
    {
        "order_id": st.sampled_from("123456"),
        "ordered_at": st.sampled_from([f"2026-10-{day}T10:00:00Z" for day in (12, 13, 14, 16)]),
        "total": st.sampled_from(["1000", "333.33", "0.05", "2500"]),
        "currency": st.just("RUB"),
        "codes": st.lists(st.sampled_from(USED), max_size=2),
        "customer": st.sampled_from(CUSTOMERS),
    },
    optional={
        "state": st.sampled_from(["pending", "paid", "refunded", "cancelled"]),
        "refunded": st.sampled_from(["0", "100.01", "1000"]),
        "ref": st.sampled_from(["blog", "tg", "nobodys"]),
        "clicked_at": st.sampled_from([f"2026-10-{day}T09:00:00Z" for day in (8, 11, 12)]),
        "ad_tag": st.just("yandex"),
        "items": st.sampled_from(ITEMS),
        "helper": st.just("boris"),
        "delivered": st.booleans(),
        "updated_at": st.sampled_from(["2026-10-20T12:03:00Z", "2026-10-20T12:05:00Z"]),
    },
)


@st.composite
def deliveries(draw: st.DrawFn) -> list[Sent]:
    found = draw(st.lists(st.tuples(st.integers(0, 9), bodies), min_size=2, max_size=9))
    shops = [draw(st.sampled_from(["generic", "generic", "generic:tea"])) for _ in found]
    return [
        Sent(number, minute, body, shop)
        for number, ((minute, body), shop) in enumerate(zip(found, shops, strict=True))
    ]


@settings(max_examples=15)
@given(st.data(), deliveries(), st.sampled_from(sorted(RULES)))
def test_with_every_rule_on_order_repetition_and_batching_of_deliveries_change_no_sum(
    data: st.DataObject, sent: list[Sent], name: str
) -> None:
    again = data.draw(st.lists(st.sampled_from(sent), max_size=3))
    doubled = data.draw(st.permutations([*sent, *again]))
    sizes = data.draw(st.lists(st.integers(0, 3), max_size=4))
    at_once = bring(programme(**RULES[name]), [sent])
    by_and_by = bring(programme(**RULES[name]), cut(doubled, sizes))

    assert end_of(by_and_by) == end_of(at_once)
    assert (by_and_by.sync().plan.empty, ills(by_and_by)) == (True, {})


def lead(lead_id: str, partner_id: str, day: int) -> Sent:
    body = {"kind": "lead", "lead_id": lead_id, "partner_id": partner_id}
    when = {"received_at": f"2026-10-{day}T10:00:00Z", "phone": "+7 900 000-00-01"}
    return Sent(day, day, body | when)


def ordered(order_id: str, day: int, **fields: Any) -> Sent:
    """An order of 1000 RUB without a code, of the customer with that phone."""
    body = {"order_id": order_id, "ordered_at": f"2026-10-{day}T12:00:00Z", "total": "1000"}
    plain = {"currency": "RUB", "codes": [], "customer": {"phone": "+7 900 000-00-01"}}
    return Sent(50 + int(order_id), 30, body | plain | fields)


@pytest.mark.parametrize("batches", [[[0, 1, 2]], [[1, 2], [0]], [[2], [1], [0]], [[0], [1, 2]]])
def test_a_lead_that_turns_out_to_be_anothers_customer_takes_no_order(
    batches: list[list[int]],
) -> None:
    sent = [lead("L1", "ivan", 11), lead("L2", "maria", 12), ordered("1", 13)]
    world = bring(
        World(attribution="code_or_click", conflict="last_touch"),
        [[sent[place] for place in batch] for batch in batches],
    )

    assert (world.balance("ivan"), world.balance("maria")) == ("100.00", "0.00")
    assert (world.sync().plan.empty, ills(world)) == (True, {})


EDITS: tuple[tuple[Tab, str, str, str], ...] = (
    (Tab.SETTINGS, "rate", "value", "50%"),
    (Tab.SETTINGS, "base", "value", "paid"),
    (Tab.SETTINGS, "cap_order", "value", "1"),
    (Tab.SETTINGS, "budget_month", "value", "0"),
    (Tab.SETTINGS, "level2", "value", "40%"),
    (Tab.SETTINGS, "cross_bonus", "value", "90%"),
    (Tab.SETTINGS, "attribution", "value", "code_and_click"),
    (Tab.SETTINGS, "pay_for", "value", "first"),
    (Tab.PARTNERS, "maria", "currency", "RUB"),
    (Tab.PARTNERS, "ivan", "parent_id", ""),
    (Tab.PARTNERS, "ivan", "status", "left"),
    (Tab.CODES, "FIRST", "rate", "1%"),
    (Tab.CODES, "IVAN01", "max_uses", "0"),
    (Tab.CODES, "TEA", "products_in", "coffee"),
    (Tab.CODES, "MARIA01", "partner_id", "ivan"),
    (Tab.LINKS, "blog", "partner_id", "maria"),
    (Tab.RULES, "20", "rate", "not counted"),
    (Tab.TIERS, "T3", "rate", "90%"),
    (Tab.TIERS, "back", "rate", "99%"),
    (Tab.TIERS, "goal", "bonus", "1"),
    (Tab.FX, "2026-10-01", "rate", "0.5"),
)  # fmt: skip
"""What an owner may change of an evening: tab, key, column, another value."""


def owed_of(world: World) -> dict[tuple[str, str], object]:
    """What every credited order, and every goal, comes to."""
    orders = look(world.place).plan.books.orders
    return {key: order.latest.owed for key, order in orders.items() if order.latest.partner_id}


@settings(max_examples=8)
@given(deliveries(), st.sampled_from(sorted(RULES)), st.sets(st.sampled_from(EDITS), min_size=1))
def test_later_terms_leave_credited_orders_alone(
    sent: list[Sent], name: str, edits: set[tuple[Tab, str, str, str]]
) -> None:
    world = bring(programme(**RULES[name]), [sent])
    before = owed_of(world)
    for tab, key, column, value in sorted(edits):
        world.edit(tab, key, column, value)
    world.move(hours=1)
    world.sync()

    after = owed_of(world)
    assert {key: after[key] for key in before} == before
    assert (world.sync().plan.empty, ills(world)) == (True, {})


def test_a_budget_a_rate_and_a_rule_typed_on_friday_change_nothing_of_thursday() -> None:
    world = bring(programme(**RULES["free"]), [[ordered("1", 12, codes=["IVAN01"])]])
    assert world.balance("ivan") == "120.00"
    for tab, key, column, value in EDITS:
        world.edit(tab, key, column, value)
    bring(world, [[ordered("2", 13, codes=["IVAN01"], total="10")]])

    assert owed_of(world)["generic", "1"] == (
        Owed("ivan", "order", 12000, "RUB"),
        Owed("maria", "level", 600, "RUB", "5%"),
    )


@pytest.mark.parametrize("batches", [[[0, 1, 2]], [[1, 2], [0]], [[2], [1], [0]], [[2, 0], [1]]])
def test_an_order_that_another_evidence_speaks_for_later_has_the_terms_of_that_evidence(
    batches: list[list[int]],
) -> None:
    sent = [lead("L1", "ivan", 12), ordered("1", 10, codes=["IVAN01"]), ordered("2", 13)]
    world = World(attribution="code_or_click", code_binds="always")
    world.type(Tab.RULES, priority="10", evidence="lead", rate="3%")
    bring(world, [[sent[place] for place in batch] for batch in batches])

    assert (world.balance("ivan"), world.latest("2").evidence) == ("130.00", "lead")
    assert (world.sync().plan.empty, ills(world)) == (True, {})


@pytest.mark.parametrize("batches", [[[0, 1]], [[0], [1]], [[1], [0]]])
def test_a_parent_who_left_earns_nothing_by_an_order_that_turns_out_to_be_later(
    batches: list[list[int]],
) -> None:
    world = World(level2="5%")
    world.edit(Tab.PARTNERS, "ivan", "parent_id", "maria")
    world.now = NOON - timedelta(days=9)
    world.sync()
    world.now = NOON - timedelta(days=5)
    world.edit(Tab.PARTNERS, "maria", "status", "left")
    world.sync()
    world.now = NOON
    same = {"codes": ["IVAN01"], "total": "1000"}
    sent = [ordered("1", 13, **same, updated_at="2026-10-19T10:00:00Z"),
            ordered("1", 17, **same, updated_at="2026-10-19T11:00:00Z")]  # fmt: skip
    bring(world, [[replace(sent[at], number=at) for at in batch] for batch in batches])

    assert (world.balance("ivan"), world.balance("maria")) == ("100.00", "0.00")
    assert ills(world) == {}

"""From which state on does an order earn, in each shop's own words? (field.md D3)."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from tests.world import World
from tracker.layout import Tab

WOO: dict[str, Any] = {
    "id": 1, "currency": "RUB", "total": "1000.00", "date_created": "2026-10-07T11:00:00",
    "coupon_lines": [{"code": "ivan01"}],
}  # fmt: skip
SHOPIFY: dict[str, Any] = {
    "id": 1, "currency": "RUB", "total_price": "1000.00", "created_at": "2026-10-07T11:00:00+03:00",
    "discount_codes": [{"code": "IVAN01"}],
}  # fmt: skip


def woo(world: World, status: str, hour: int = 12, **fields: object) -> None:
    at = f"2026-10-07T{hour:02d}:00:00"
    world.land(WOO | {"status": status, "date_modified": at} | fields, source="woocommerce")
    world.sync()


def shopify(world: World, money: str, parcel: str | None, hour: int = 12) -> None:
    at = f"2026-10-07T{hour:02d}:00:00+03:00"
    said = {"financial_status": money, "fulfillment_status": parcel, "updated_at": at}
    world.land(SHOPIFY | said, source="shopify")
    world.sync()


@pytest.mark.parametrize(
    ("status", "placed", "paid", "delivered"),
    [
        ("pending", "100.00", "0.00", "0.00"),
        ("on-hold", "100.00", "0.00", "0.00"),
        ("failed", "100.00", "0.00", "0.00"),
        ("processing", "100.00", "100.00", "0.00"),
        ("completed", "100.00", "100.00", "100.00"),
        ("cancelled", "0.00", "0.00", "0.00"),
        ("refunded", "0.00", "0.00", "0.00"),
    ],
)
def test_the_words_of_woocommerce(status: str, placed: str, paid: str, delivered: str) -> None:
    found = []
    for approve in ("placed", "paid", "delivered"):
        world = World(approve_on=approve)
        woo(world, status)
        found.append(world.balance())

    assert found == [placed, paid, delivered]


@pytest.mark.parametrize(
    ("money", "parcel", "placed", "paid", "delivered"),
    [
        ("pending", None, "100.00", "0.00", "0.00"),
        ("pending", "fulfilled", "100.00", "0.00", "0.00"),
        ("paid", None, "100.00", "100.00", "0.00"),
        ("paid", "partial", "100.00", "100.00", "0.00"),
        ("paid", "fulfilled", "100.00", "100.00", "100.00"),
        ("voided", "fulfilled", "0.00", "0.00", "0.00"),
    ],
)
def test_the_words_of_shopify(
    money: str, parcel: str | None, placed: str, paid: str, delivered: str
) -> None:
    found = []
    for approve in ("placed", "paid", "delivered"):
        world = World(approve_on=approve)
        shopify(world, money, parcel)
        found.append(world.balance())

    assert found == [placed, paid, delivered]


@pytest.mark.parametrize(
    ("said", "delivered"),
    [
        ({"state": "paid"}, "0.00"),
        ({"state": "delivered"}, "100.00"),
        ({"state": "paid", "delivered": True}, "100.00"),
        ({"delivered": "yes"}, "100.00"),
        ({"state": "pending", "delivered": True}, "0.00"),
    ],
)
def test_the_words_of_the_documented_json(said: dict[str, Any], delivered: str) -> None:
    world = World(approve_on="delivered")
    world.deliver("1", **said)
    world.sync()

    assert world.balance() == delivered


def test_a_shop_that_never_tells_of_delivery_gets_a_rule_of_its_own() -> None:
    payment = {"orderid": "9", "amount": "1000", "sys": "tinkoff", "systranid": "5"}
    found = []
    for own in ((), ("approve_on_tilda",)):
        world = World(approve_on="delivered")
        for setting in own:
            world.type(Tab.SETTINGS, setting=setting, value="paid")
        world.land({"payment": payment | {"promocode": "IVAN01"}}, source="tilda")
        world.sync()
        found.append(world.balance())

    assert found == ["0.00", "100.00"]


def test_states_may_go_forwards_and_backwards_and_the_last_one_counts() -> None:
    world = World()
    balances = []
    for hour, status in enumerate(("failed", "processing", "failed", "completed"), 12):
        woo(world, status, hour)
        balances.append(world.balance())

    assert balances == ["0.00", "100.00", "0.00", "100.00"]


@pytest.mark.parametrize("approve", ["placed", "paid", "delivered"])
def test_the_order_in_which_states_are_delivered_changes_no_sum(approve: str) -> None:
    story = [("pending", 12), ("processing", 13), ("completed", 14)]
    found = set()
    for order in permutations(story):
        world = World(approve_on=approve)
        for status, hour in order:
            woo(world, status, hour)
        found.add(world.balance())

    assert found == {"100.00"}


def test_a_delivery_that_is_taken_back_is_clawed_back() -> None:
    world = World(approve_on="delivered")
    world.deliver("1", state="delivered", at="2026-10-19T11:00:00Z")
    world.sync()
    world.deliver("1", state="paid", delivered=False, at="2026-10-19T12:00:00Z")
    world.sync()

    assert [kind for _, kind, _ in world.lines("1")] == ["sale", "clawback"]


def test_a_setting_changed_later_leaves_earlier_orders_alone() -> None:
    world = World(approve_on="delivered")
    world.deliver("1")
    world.sync()
    world.edit(Tab.SETTINGS, "approve_on", "value", "paid")
    world.deliver("2")
    world.sync()

    assert (world.lines("1"), len(world.lines("2"))) == ([], 1)


# Cash on delivery: nobody but the owner may know of the money.


@pytest.mark.parametrize(
    ("approve", "cash", "balance", "reviewed"),
    [
        ("placed", "wait", "100.00", 0),
        ("placed", "count", "100.00", 0),
        ("paid", "wait", "0.00", 1),
        ("paid", "count", "100.00", 0),
        ("delivered", "wait", "0.00", 1),
        ("delivered", "count", "0.00", 0),
    ],
)
def test_cash_on_delivery_waits_for_the_owner_only_where_the_money_matters(
    approve: str, cash: str, balance: str, reviewed: int
) -> None:
    world = World(approve_on=approve, cash_orders=cash)
    woo(world, "processing", payment_method="cod")

    assert (world.balance(), len(world.rows(Tab.REVIEW))) == (balance, reviewed)


def test_a_cash_order_the_owner_has_the_money_of_still_waits_for_its_delivery() -> None:
    world = World(approve_on="delivered", cash_orders="wait")
    woo(world, "processing", payment_method="cod")
    world.type(Tab.DECISIONS, about="woocommerce/1", decision="pay")
    world.sync()
    paid = (world.balance(), len(world.rows(Tab.REVIEW)))
    woo(world, "completed", 14, payment_method="cod")

    assert (paid, world.balance()) == (("0.00", 0), "100.00")

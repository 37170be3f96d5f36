"""What stands of a Tilda order, whose shop says neither when nor in which money?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from tests.world import NOON, World
from tracker.inbox import Inbox
from tracker.layout import Tab

CART: dict[str, Any] = {"orderid": "17", "amount": "1000", "promocode": "ivan01"}
PLACED = CART | {"sys": "none", "systranid": "0"}
PAID = CART | {"sys": "tinkoff", "systranid": "55"}


def send(world: World, cart: dict[str, Any], *, minutes: int = 0, name: str = "") -> None:
    """Let Tilda send a cart; `minutes` after noon is when it was received."""
    world.land(
        {"formid": "f1", "payment": cart},
        source="tilda",
        delivery_id=name or f"m{minutes}",
        received_at=NOON + timedelta(minutes=minutes),
    )


def said(world: World) -> tuple[str, str, str | None]:
    line = world.latest("17", "tilda")
    return line.currency, line.state, line.ordered_at


def when(minutes: int) -> str:
    return (NOON + timedelta(minutes=minutes)).isoformat()


def test_an_order_is_booked_in_the_programmes_currency() -> None:
    world = World(currency="EUR")
    send(world, PAID)
    world.sync()

    assert (world.balance(currency="EUR"), said(world)) == ("100.00", ("EUR", "paid", when(0)))


@pytest.mark.parametrize("whole", [False, True])
def test_a_known_order_keeps_its_currency_when_the_setting_changes(*, whole: bool) -> None:
    world = World(cash_orders="wait")
    send(world, PLACED)
    world.sync()
    world.edit(Tab.SETTINGS, "currency", "value", "EUR")
    world.sync(whole=whole)
    send(world, PAID, minutes=5)
    world.sync(whole=whole)

    assert said(world) == ("RUB", "paid", when(0))
    assert (world.balance(), world.balance(currency="EUR")) == ("100.00", "0.00")


def test_a_known_order_keeps_its_sum_where_the_new_currency_has_no_small_coins() -> None:
    world = World()
    send(world, PAID | {"amount": "1000.50"})
    world.sync()
    world.edit(Tab.SETTINGS, "currency", "value", "JPY")
    send(world, PAID, minutes=5)
    world.sync()
    send(world, PAID | {"orderid": "18"}, minutes=6)
    world.sync()

    assert (world.balance(), world.balance(currency="JPY")) == ("100.00", "100")


def test_old_deliveries_read_again_into_a_new_inbox_change_nothing() -> None:
    world = World()
    send(world, PAID)
    world.sync()
    before = (said(world), world.lines("17"), len(world.rows(Tab.JOURNAL)))
    world.edit(Tab.SETTINGS, "currency", "value", "EUR")
    world.place = replace(world.place, inbox=Inbox(None))
    send(world, PAID)
    world.sync(whole=True)

    assert (said(world), world.lines("17"), len(world.rows(Tab.JOURNAL))) == before


def test_while_the_currency_cannot_be_read_an_order_waits_for_it() -> None:
    world = World(currency="roubles")
    send(world, PAID)
    world.sync()
    assert "delivery_currency_unsaid" in world.codes()
    world.edit(Tab.SETTINGS, "currency", "value", "KZT")
    world.sync()

    assert said(world) == ("KZT", "paid", when(0))
    assert "delivery_currency_unsaid" not in world.codes()


@pytest.mark.parametrize("order", list(permutations([(PLACED, 0), (PAID, 60), (PAID, 90)])))
@pytest.mark.parametrize("each", [True, False])
def test_an_order_sent_again_was_placed_when_it_was_first_heard_of(
    order: tuple[tuple[dict[str, Any], int], ...], *, each: bool
) -> None:
    world = World()
    for cart, minutes in order:
        send(world, cart, minutes=minutes)
        if each:
            world.sync()
    world.sync()

    assert said(world) == ("RUB", "paid", when(0))
    assert world.balance() == "100.00"


def test_a_code_that_ran_out_between_placing_and_paying_still_counts() -> None:
    world = World(cash_orders="wait")
    world.edit(Tab.CODES, "IVAN01", "valid_to", "20.10.2026")
    send(world, PLACED)
    world.sync()
    world.move(days=3)
    send(world, PAID, minutes=3 * 24 * 60)
    world.sync()

    assert world.lines("17") == [("ivan", "sale", "100")]


def test_a_paid_order_heard_of_first_is_decided_again_as_of_its_first_delivery() -> None:
    world = World()
    world.edit(Tab.CODES, "IVAN01", "valid_to", "20.10.2026")
    send(world, PAID, minutes=3 * 24 * 60)
    world.sync()
    assert world.reason("17", "tilda") == "code_expired"
    send(world, PLACED)
    world.sync()

    assert world.lines("17") == [("ivan", "sale", "100")]

"""Forty short lives, each with one run that is killed at every single effect.

A script sets a book up in good weather and names the run. What the run does in it is one thing of
the story each: an order, a refund, a letter, a payout, a row that the owner changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from tests.sim import meaning
from tests.sim.memory import InMemory
from tests.sim.ports import Storm
from tests.sim.world import World
from tracker.layout import Tab

PLAIN = {"currency": "RUB", "total": "1000", "shipping": "0", "state": "paid"}


@dataclass(frozen=True, slots=True)
class Script:
    """A life up to the run that is killed; `rows_max` splits commits as a far store does.

    With `hurt` the owner has damaged a ledger before it, which a whole run heals.
    """

    name: str
    sets_up: Callable[[World], object]
    command: str = "sync"
    rows_max: int | None = None
    hurt: bool = False

    def world(self) -> World:
        """The world just before the run; closed by the caller."""
        world = World(InMemory(rows_max=self.rows_max), Random(self.name))
        with world.office.reachable():
            self.sets_up(world)
        return world


def order(world: World, *codes: str, **fields: object) -> str:
    """An order of 1000 RUB with these codes, received; its id."""
    sent = world.shop.order(world.now, **({"codes": codes or ("IVAN01",)} | PLAIN | fields))
    world.receive(sent)
    assert sent.version is not None
    return sent.version.order_id


def changed(world: World, order_id: str, **fields: object) -> None:
    world.receive(world.shop.change(order_id, **fields))


def _then(*steps: Callable[[World], object]) -> Callable[[World], None]:
    def does(world: World) -> None:
        for step in steps:
            step(world)

    return does


def _orders(world: World) -> None:
    for codes in (("IVAN01",), ("MARIA01",), ("FIXED",), ("NOPE",), ()):
        order(world, *codes)


def _synced(world: World) -> None:
    world.run("sync")


def _booked(world: World) -> None:
    _orders(world)
    world.run("sync")
    world.move(hours=1)


def _month_later(world: World) -> None:
    order(world, "IVAN01")
    order(world, "MARIA01")
    world.run("sync")
    world.move(days=20)


def _sealed(world: World) -> None:
    _month_later(world)
    world.run("statements")


def _proposed(world: World) -> None:
    _month_later(world)
    world.run("payouts")


def _changing(**fields: object) -> Callable[[World], None]:
    return _then(_booked, lambda world: changed(world, "o1", **fields))


def _typing(tab: Tab, **cells: object) -> Callable[[World], object]:
    return lambda world: world.desk.type_one(tab, **cells)  # type: ignore[arg-type]


def _adjusting(world: World) -> None:
    world.desk.type_one(
        Tab.ADJUSTMENTS, adjustment_id="a1", partner_id="ivan", amount=Decimal(50),
        currency="RUB", reason="for the photos", date="2026-10-20",
    )  # fmt: skip
    world.truth.adjustments["a1"] = ("ivan", "50")


def _adjusting_again(world: World) -> None:
    world.desk.edit(Tab.ADJUSTMENTS, "a1", "amount", Decimal(-20))
    world.truth.adjustments["a1"] = ("ivan", "-20")


def _deciding(what: str, whose: str) -> Callable[[World], None]:
    def does(world: World) -> None:
        world.desk.type_one(
            Tab.DECISIONS, about="generic/o1", decision=what, partner_id=whose or None
        )
        world.truth.decisions["o1"] = (what, whose)

    return does


def _handing_over(world: World) -> None:
    world.truth.rested = True
    meaning.hands_a_code_over(world, world.chance)


def _forgotten(world: World) -> None:
    meaning.adds_a_forgotten_code(world, world.chance)


def _deleting(tab: Tab) -> Callable[[World], None]:
    def does(world: World) -> None:
        world.desk.delete(tab, world.desk.keys(tab)[0])

    return does


def _paying(world: World) -> None:
    for payout in world.desk.keys(Tab.PAYOUTS):
        world.desk.edit(Tab.PAYOUTS, payout, "paid_on", world.now.date().isoformat())


def _by_tab(world: World) -> None:
    for _ in range(3):
        sent = world.shop.order(world.now, codes=("MARIA01",), **PLAIN)
        world.shop.to_tab(world.desk, sent, world.now, 2)


def _garbage(world: World) -> None:
    for _ in range(3):
        world.receive(world.shop.garbage())


def _open_end(world: World) -> None:
    """A run whose commit was lost, so that nobody knows how it ended."""
    order(world, "IVAN01")
    world.run("sync", Storm(Random(1), 1.0, frozenset({"timeout_lost"})))


def _late(world: World) -> None:
    order(world, "MARIA01")
    world.run("sync", Storm(Random(1), 1.0, frozenset({"timeout_late"})))


def _unknown_letters(world: World) -> None:
    _month_later(world)
    world.run("statements", Storm(Random(1), 1.0, frozenset({"cut_after"})))


def _doubled(world: World) -> None:
    for sent in list(world.shop.sent):
        world.receive(sent)


S = Script
SCRIPTS = (
    S("an empty book", lambda _world: None),
    S("the first orders", _orders),
    S("the first orders in parts of two rows", _orders, rows_max=2),
    S("nothing new", _booked),
    S("a repeated delivery", _then(_booked, _doubled)),
    S("a refund in part", _changing(refunded="333.33")),
    S("a whole refund", _changing(refunded="1000")),
    S("a cancellation", _changing(state="cancelled")),
    S("a corrected total", _changing(total="1999.99")),
    S("another code", _changing(codes=("MARIA01",))),
    S("no code any more", _changing(codes=())),
    S("codes of two", _changing(codes=("IVAN01", "MARIA01"))),
    S("a pending order is paid", _then(lambda w: order(w, state="pending"), _synced,
                                       lambda w: changed(w, "o1", state="paid"))),
    S("an old version comes late", _then(_booked, lambda w: changed(w, "o1", refunded="500"),
                                         _synced, _doubled)),
    S("garbage", _then(_booked, _garbage)),
    S("Zapier appends twice", _then(_booked, _by_tab)),
    S("Zapier appends in parts of three rows", _by_tab, rows_max=3),
    S("an adjustment", _then(_booked, _adjusting)),
    S("an adjustment is changed", _then(_booked, _adjusting, _synced, _adjusting_again)),
    S("the owner refuses", _then(_booked, _deciding("refuse", ""))),
    S("the owner assigns", _then(_booked, _deciding("assign", "maria"))),
    S("a code is handed over", _then(_booked, _handing_over, lambda w: order(w, "WANDER"))),
    S("a forgotten code", _then(_booked, _forgotten)),
    S("a deleted line of Commissions", _then(_booked, _deleting(Tab.COMMISSIONS)), "whole",
      hurt=True),
    S("a payout is paid", _then(_proposed, _paying)),
    S("a refund after the payout", _then(_proposed, _paying, _synced,
                                         lambda w: changed(w, "o1", refunded="1000"))),
    S("an answer was lost", _then(_booked, _open_end)),
    S("an answer comes later", _then(_booked, _late)),
    S("a sync after a month was sealed", _then(_sealed, lambda w: order(w, "MARIA01"))),
    S("a whole sync of everything", _then(_booked, _garbage, _adjusting, _by_tab), "whole"),
    S("the first letters", _month_later, "statements"),
    S("letters with news before them", _then(_month_later, lambda w: order(w, "FIXED")),
      "statements"),
    S("letters sent before", _sealed, "statements"),
    S("letters of the second month", _then(_sealed, lambda w: order(w, "IVAN20"),
                                           lambda w: w.move(days=30)), "statements"),
    S("letters of unknown fate", _unknown_letters, "statements"),
    S("letters in parts of two rows", _month_later, "statements", rows_max=2),
    S("the first payouts", _month_later, "payouts"),
    S("payouts with news before them", _then(_month_later, lambda w: order(w, "FIXED")), "payouts"),
    S("nothing left to pay", _proposed, "payouts"),
    S("payouts after a payout", _then(_proposed, _paying, lambda w: order(w, "MARIA01"),
                                      lambda w: w.move(days=4)), "payouts"),
)  # fmt: skip

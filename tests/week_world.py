"""Two weeks of a small shop, for tests of the owner's Monday letter: every figure is in the text.

The clock stands at noon of Tuesday, October 20, 2026; the week that is over is W42, October 12 to
18. Ivan earns 10 %, Maria 15 %; in Moscow it is three hours later than in UTC.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.world import NOON, World
from tracker.layout import Tab
from tracker.weekly import Digest, digest
from tracker.weekly_letter import week_book
from tracker.weekly_words import tell_week
from tracker.weeks import finished_week

MONDAY = "2026-10-12T12:00:00+03:00"
SUNDAY = "2026-10-18T23:59:59+03:00"
BEFORE = "2026-10-07T12:00:00+03:00"
LIVE = {
    "mail": "live",
    "mail_from": "shop@example.com",
    "owner_email": "owner@example.com",
    "language": "en",
}


def shop(now: datetime = NOON, **settings: str) -> World:
    """A programme that mails, with a named partner or two and nothing sold yet."""
    world = World(now, **(LIVE | settings))
    world.edit(Tab.PARTNERS, "ivan", "name", "Ivan")
    world.edit(Tab.PARTNERS, "maria", "name", "Maria")
    return world


def sell(world: World, order_id: str, total: str, at: str = MONDAY, **fields: Any) -> None:
    """One order placed in W42 with IVAN01; `fields` change that."""
    world.deliver(order_id, total=total, ordered_at=at, **fields)


def two_weeks(now: datetime = NOON, **settings: str) -> World:
    """Fourteen orders of W42 and W41.

    W42, counted: Ivan 3 000 + 5 000 + 4 000 RUB and 50 USD, Maria 900 + 1 000 + 1 101 RUB.
    Not counted: one cancelled (2 000, Ivan), one unpaid (Maria), one of GHOST, one without a code.
    W41: Ivan 1 000 and 1 500 that went back whole, Maria 2 000 of which 500 went back.
    """
    world = shop(now, **settings)
    for order_id, total in (("1001", "3000"), ("1002", "5000"), ("1003", "4000")):
        sell(world, order_id, total)
    for order_id, total in (("1004", "900"), ("1005", "1000"), ("1006", "1101")):
        sell(world, order_id, total, SUNDAY, codes=["MARIA01"])
    sell(world, "1007", "50", currency="USD")
    sell(world, "1008", "700", codes=["GHOST"])
    sell(world, "1009", "800", codes=[])
    sell(world, "1010", "2000", state="cancelled")
    sell(world, "1011", "600", codes=["MARIA01"], state="pending")
    sell(world, "901", "1000", BEFORE)
    sell(world, "902", "2000", BEFORE, codes=["MARIA01"], refunded="500")
    sell(world, "903", "1500", BEFORE, state="refunded")
    return world


def of(world: World) -> Digest:
    """The digest of the week that is over, after a sync."""
    rest = world.sync()
    week = finished_week(rest.known.programme, world.now)
    return digest(week_book(rest, world.place.outbox), week)


def lines(world: World, language: str = "en") -> dict[str, str]:
    """What the letter says, by what each line is about; no-break spaces are plain here."""
    made = of(world)
    told = tell_week(made, world.sync().known.programme, language)["lines"]
    assert isinstance(told, list)
    said = [str(one["says"]).replace("\u00a0", " ") for one in told]
    return dict(zip((about for about, _ in made.lines), said, strict=True))

"""What does an owner want of the programme? Codes, rates, decisions, adjustments, payments.

Each is told to the truth too, so that the book can be held to it.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from tests.sim.truth import CodeTerms
from tests.sim.world import World
from tracker.cells import Cell
from tracker.layout import Tab


def hands_a_code_over(world: World, _: Random) -> None:
    terms = world.truth.codes["WANDER"]
    if len(terms.owners) == 1 and "WANDER" in world.desk.keys(Tab.CODES):
        world.desk.edit(Tab.CODES, "WANDER", "partner_id", "maria")
        handed = world.now.timestamp()
        world.truth.codes["WANDER"] = replace(
            terms, owners=("ivan", "maria"), handed=handed, handed_known=world.truth.rested
        )


def adds_a_forgotten_code(world: World, _: Random) -> None:
    if "NOPE" not in world.truth.codes:
        world.desk.type_one(Tab.CODES, code="NOPE", partner_id="ivan")
        world.truth.codes["NOPE"] = CodeTerms(("ivan",), added=world.now.timestamp())


def changes_a_rate(world: World, chance: Random) -> None:
    if "maria" in world.desk.keys(Tab.PARTNERS):
        rate = chance.choice(["7.77%", "20%", "15%"])
        world.desk.edit(Tab.PARTNERS, "maria", "rate", rate)
        world.truth.rates["maria"].append(rate)


def decides(world: World, chance: Random) -> None:
    orders = [one for one in world.shop.known() if one not in world.truth.decisions]
    if not orders:
        return
    order = chance.choice(orders)
    what, whose = chance.choice([("refuse", ""), ("assign", "ivan"), ("assign", "maria")])
    world.desk.type_one(
        Tab.DECISIONS, about=f"generic/{order}", decision=what, partner_id=whose or None
    )
    world.truth.decisions[order] = (what, whose)


def adjusts(world: World, chance: Random) -> None:
    known = world.truth.adjustments
    amount = chance.choice(["50", "-20.05", "0.01"])
    if known and chance.random() < 0.5:
        one = chance.choice(sorted(known))
        if chance.random() < 0.5:
            world.desk.delete(Tab.ADJUSTMENTS, one)
            del known[one]
        else:
            world.desk.edit(Tab.ADJUSTMENTS, one, "amount", _typed(amount, chance))
            known[one] = (known[one][0], amount)
        return
    name, who = f"a{world.runs}-{len(known)}", chance.choice(["ivan", "maria"])
    if name not in known:
        world.desk.type_one(
            Tab.ADJUSTMENTS, adjustment_id=name, partner_id=who,
            amount=_typed(amount, chance), currency="RUB", reason="for the photos", date="2026-10-20",
        )  # fmt: skip
        known[name] = (who, amount)


def _typed(amount: str, chance: Random) -> Cell:
    """A sum as a number, or as text in the way of either country."""
    ways: list[Cell] = [Decimal(amount), amount, f"{amount.replace('.', ',')} \u20bd"]
    return chance.choice(ways)


def pays(world: World, chance: Random) -> None:
    open_ones = [row["payout_id"] for row in world.desk.rows(Tab.PAYOUTS) if not row["paid_on"]]
    if open_ones:
        paid_on = world.now.date().isoformat()
        world.desk.edit(Tab.PAYOUTS, chance.choice(open_ones), "paid_on", paid_on)

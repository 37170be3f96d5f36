"""What should a lead, or a goal of the tab Tiers, owe by the cells of its own line alone?"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from tracker.invariants.goods import half_up
from tracker.invariants.reckoned import Accounts
from tracker.lines import JournalLine
from tracker.money import exponent


def lead_owes(line: JournalLine, said: Mapping[str, Any]) -> Accounts:
    """A percent of the deal or a sum, and what the manager who helped gets of it."""
    if line.state not in {"deal", "registered"} or not line.partner_id:
        return {}
    if line.rate.endswith("%"):
        unit, exact = line.currency, Fraction(line.rate[:-1]) * Fraction(line.base or 0, 100)
    else:
        amount, unit = line.rate.removesuffix("/item").split(" ")
        exact = Fraction(amount) * 10 ** exponent(unit)
    minor, terms = half_up(exact), said.get("lead", {})
    found: Accounts = {(line.partner_id, "lead", unit): minor}
    for one in line.owed:
        if one.role == "bonus" and one.partner_id != line.partner_id:
            bonus = half_up(Fraction(terms.get("bonus", "0")) * Fraction(minor, 100))
            found[one.partner_id, "bonus", unit] = bonus
            if terms.get("bonus_from") == "partner_share":
                found[line.partner_id, "lead", unit] -= bonus
            break
    return {account: minor for account, minor in found.items() if minor}


def goal_owes(line: JournalLine, said: Mapping[str, Any]) -> Accounts | None:
    """The bonus of a goal that is reached; None where the orders themselves tell the difference.

    A tier back to the first is a difference of what orders came to, so its line is checked
    against what it says of them, as far as they were sold in one currency.
    """
    tier = said["tier"]
    counted = said["sales"] if tier["counts"] == "sales" else said["orders"]
    if not (said["orders"] > 0 and counted >= tier["start"]):
        return {}
    if tier["bonus"] is not None:
        return {(line.partner_id, "bonus", tier["currency"]): tier["bonus"]}
    would, did = _sums(said.get("would", "0")), _sums(said.get("did", "0"))
    units = {one.currency for one in line.owed} | would.keys() | did.keys()
    if not units <= would.keys():
        return None
    due = {unit: would[unit] - did.get(unit, 0) for unit in units}
    return {(line.partner_id, "adjustment", unit): minor for unit, minor in due.items() if minor}


def _sums(text: str) -> dict[str, int]:
    """Read `1500.00 RUB + 20.00 EUR` as minor units by currency."""
    found: dict[str, int] = {}
    for part in text.split(" + "):
        amount, _, unit = part.partition(" ")
        if unit:
            found[unit] = int(Fraction(amount) * 10 ** exponent(unit))
    return found

"""Which goals have partners reached, and what is due for them? Lines of their own, by period.

A goal is a row of Tiers that pays a bonus once a period, or a rate back to the first order. What is
due is a function of the orders as they stand: a refund that takes the partner below the goal books
the difference back. The terms are frozen when a goal is first noted: from then on its period lives
by them, whatever becomes of the row (docs/decisions/0036).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from tracker.commissions import Owed, unbookable
from tracker.goal_terms import EVER, Goal, frozen, is_goal, last_day, name_of, packed, thawed
from tracker.known import Known
from tracker.ladders import fits, holds, narrowness
from tracker.ledger import Order
from tracker.lines import JournalLine, Key
from tracker.model import Role
from tracker.owing.words import amount, amounts
from tracker.own_lines import OWN_SOURCES, TIER, explained, new_lines
from tracker.placing import Placings
from tracker.problems import Params, Problem, params
from tracker.retroactive import Retroactive, Sale, Sums
from tracker.rulebook import Counts, Tier
from tracker.sentences import REASONS, say

REACHED, MISSED = "reached", "missed"


def goal_lines(
    known: Known,
    orders: Mapping[Key, Order],
    aside: Collection[Key],
    noted_at: datetime,
    placings: Placings,
) -> tuple[list[JournalLine], list[Problem]]:
    """Journal lines for every goal that says something new; nothing for those set aside.

    A goal whose sum no account could hold stays as it is booked, and is a problem.
    """
    noted = {key: order for key, order in orders.items() if key[0] == TIER}
    rows = [tier for tier in known.tiers if is_goal(tier)]
    if not (rows or noted):
        return [], []
    sales = _sales(orders, placings)
    by_partner: dict[str, list[Sale]] = defaultdict(list)
    for sale in sales:
        by_partner[sale.placed.partner_id].append(sale)
    fixed = {key: thawed(order.lines[0].parsed()) for key, order in noted.items()}
    goals = fixed | {
        goal.key: goal
        for goal in _open(rows, by_partner, known)
        if goal.key not in fixed and goal.key not in aside
    }
    paying = Retroactive(known.programme, sales)
    found: list[JournalLine] = []
    problems: list[Problem] = []
    for goal in sorted(goals.values(), key=lambda one: (one.place, one.partner_id, one.period)):
        own = by_partner.get(goal.partner_id, ())
        counted = [sale for sale in own if goal.covers(sale.placed.day)]
        line = _line(goal, counted, orders.get(goal.key), known, paying, noted_at)
        too_much = None if line is None else next(filter(unbookable, line.owed), None)
        if too_much is None:
            found += new_lines(line, orders)
        else:
            problems.append(_too_big(goal, too_much))
    return found, problems


def _too_big(goal: Goal, owed: Owed) -> Problem:
    key = goal.tier.tier_id
    total = amount(owed.minor, owed.currency)
    said = params(key=key, partner=goal.partner_id, amount=total)
    return Problem(tab="Tiers", cell=goal.tier.cell, code="goal_too_big", params=said, key=key)


def _sales(orders: Mapping[Key, Order], placings: Placings) -> tuple[Sale, ...]:
    """Every counting order of a shop, in the orders' own time."""
    found = [
        Sale(order.latest, placings.of(order.latest))
        for key, order in orders.items()
        if key[0] not in OWN_SOURCES and order.latest.ordered_at
    ]
    counting = (sale for sale in found if sale.placed.counts)
    return tuple(sorted(counting, key=lambda sale: (sale.placed.at, *sale.line.key)))


def _open(
    rows: Iterable[Tier], by_partner: Mapping[str, list[Sale]], known: Known
) -> Iterable[Goal]:
    """Goals that rows set for partners with orders; while the hold cannot be read, none is new.

    Goals with a bonus all count side by side. Of rates back to the first, rows for the partner go
    before those for his group, and those before rows for all.
    """
    if "hold_days" in known.programme.unreadable:
        return
    for partner_id, sales in by_partner.items():
        partner = known.partners.get(partner_id)
        if partner is None:
            continue
        own = [tier for tier in rows if fits(tier, partner)]
        days = {sale.placed.day for sale in sales}
        found = [
            Goal(tier, partner_id, period)
            for tier in own
            for period in {name_of(tier.period, day) for day in days if holds(tier, day)}
        ]
        yield from (goal for goal in found if not any(_yields(goal, one) for one in found))


def _yields(goal: Goal, other: Goal) -> bool:
    """Whether a rate back to the first gives way to that of a narrower row, for its period."""
    if goal.tier.bonus is not None or other.tier.bonus is not None:
        return False
    same = (goal.tier.period, goal.period) == (other.tier.period, other.period)
    return same and narrowness(goal.tier) < narrowness(other.tier)


def _line(
    goal: Goal,
    counted: list[Sale],
    before: Order | None,
    known: Known,
    paying: Retroactive,
    noted_at: datetime,
) -> JournalLine | None:
    """The line that says what a goal comes to now; None for one that was never reached."""
    tier, programme = goal.tier, known.programme
    sold = sum(sale.placed.sales for sale in counted if sale.placed.currency == tier.currency)
    reached = goal.reached(len(counted), sold)
    if before is None and not reached:
        return None
    due, more = _due(goal, counted, paying) if reached else ({}, ())
    role = Role.ADJUSTMENT if tier.bonus is None else Role.BONUS
    day = _payable(goal, counted, before, known, noted_at)
    line = JournalLine(
        noted_at=noted_at,
        source=TIER,
        order_id=goal.key[1],
        n=1,
        ordered_at=day[0].isoformat(),
        state=REACHED if reached else MISSED,
        currency=tier.currency,
        partner_id=goal.partner_id,
        evidence="owner",
        rate="" if tier.rate is None else str(tier.rate),
        payable_on=day[1],
        owed=tuple(
            Owed(goal.partner_id, role, due[unit], unit) for unit in sorted(due) if due[unit]
        ),
        facts=packed({**frozen(goal), "orders": len(counted), "sales": sold, **dict(more)}),
    )
    return _said(line, goal, len(counted), sold, more, programme.language)


def _due(goal: Goal, counted: list[Sale], paying: Retroactive) -> tuple[Sums, Params]:
    """What a goal that is reached comes to; of a rate back to the first, also how it did."""
    tier = goal.tier
    if tier.bonus is not None:
        return {tier.currency: tier.bonus}, ()
    due, would, did = paying.difference(goal, counted)
    return due, params(would=amounts(would) or "0", did=amounts(did) or "0")


def _payable(
    goal: Goal, counted: list[Sale], before: Order | None, known: Known, noted_at: datetime
) -> tuple[date, date]:
    """The last day of the period, and the day from which its lines may be paid.

    That is so many days of hold after it, fixed when the goal was first noted. A goal without a
    period ends on the day of the last order that counts then.
    """
    if before is not None and before.lines[0].payable_on is not None:
        return date.fromisoformat(before.lines[0].ordered_at), before.lines[0].payable_on
    partner = known.partners.get(goal.partner_id)
    hold = known.programme.hold_days
    if partner is not None and partner.hold_days is not None:
        hold = partner.hold_days
    last = counted[-1].placed.day if counted else known.programme.local_date(noted_at)
    end = last_day(goal.tier.period, last) or last
    return end, end + timedelta(days=hold)


def _said(
    line: JournalLine, goal: Goal, orders: int, sold: int, more: Params, language: str
) -> JournalLine:
    """The line with its reason, and in words what it was worked out from."""
    tier = goal.tier
    of_sales = tier.counts is Counts.SALES
    start = amount(tier.start, tier.currency) if of_sales else str(tier.start)
    ever = "_ever" if goal.period == EVER else ""
    values: dict[str, object] = {"tier": tier.tier_id, "period": goal.period, "start": start}
    if line.state == MISSED:
        line = explained(line, f"goal_missed{ever}", language, **values)
    elif tier.bonus is not None:
        paid = amount(tier.bonus, tier.currency)
        code = f"goal_{tier.counts.value}{ever}"
        line = explained(line, code, language, amount=paid, **values)
    else:
        code = f"from_first_{tier.counts.value}{ever}"
        line = explained(line, code, language, rate=tier.rate, **values)
    counts = params(orders=orders, sales=amount(sold, tier.currency))
    words = [line.decision, say(REASONS, "goal_counts", counts, language)]
    if more:
        words.append(say(REASONS, "goal_difference", more, language))
    return replace(line, decision=" ".join(words))

"""How is a line of the owner's own money told: a goal, a lead, an adjustment?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tracker.goal_terms import EVER, Goal, thawed
from tracker.ledger import Order
from tracker.lines import CommissionLine, Key
from tracker.money import decimal_text
from tracker.own_lines import ADJUSTMENT, LEAD, TIER
from tracker.periods import is_month
from tracker.rulebook import Counts
from tracker.sentences.own_words import MONTHS, OWN
from tracker.sentences.rate_words import rate_said

TOLD = frozenset({TIER, ADJUSTMENT, LEAD})
"""Sources whose lines `why` tells beside orders; payouts have a tab and letters of their own."""


def own_told(key: Key, order: Order, booked: Sequence[CommissionLine], language: str) -> str:
    """Everything about one of them: what it is, how it changed, and what was booked."""
    if key[0] == TIER:
        goal = thawed(order.lines[0].parsed())
        who = goal.partner_id
        named = goal_said(key[1], language)
        said = [_say("goal", language, named=named, partner=who), f"  {_frozen(goal, language)}"]
    else:
        said = [_say(key[0], language, key=key[1], partner=order.latest.partner_id or "-")]
    for line in order.lines:
        at = line.noted_at.isoformat()
        said.append("  " + _say("line", language, n=line.n, at=at, decision=line.decision))
    if order.latest.payable_on is not None:
        said.append("  " + _say("payable", language, day=order.latest.payable_on))
    for step in booked:
        total = f"{decimal_text(step.minor, step.currency)} {step.currency}"
        at, who = step.booked_at.isoformat(), step.partner_id
        said.append("  " + _say("booked", language, at=at, partner=who, amount=total))
    return "\n".join(said if booked else [*said, "  " + _say("nothing", language)])


def goal_said(order_id: str, language: str, month: Callable[[str], str] | None = None) -> str:
    """A goal by its id (`g1/ivan/2026-10`) in words: `Goal g1, October 2026`.

    `month` names a month in the words of a letter.
    """
    tier, period = order_id.partition("/")[0], order_id.rpartition("/")[2]
    named = month(period) if month and is_month(period) else period_said(period, language)
    return _say("named", language, tier=tier, period=named)


def period_said(period: str, language: str) -> str:
    """A goal's period in words: `October 2026`, `quarter 4 of 2026`, `2026`, `all time`."""
    if period == EVER:
        return _say("ever", language)
    year, _, part = period.partition("-")
    if part.startswith("Q"):
        return _say("quarter", language, number=part[1:], year=year)
    if part.isdecimal() and 1 <= int(part) <= 12:
        return f"{MONTHS[language == 'ru'][int(part) - 1]} {year}"
    return period


def _frozen(goal: Goal, language: str) -> str:
    """The terms that were fixed when the goal was first noted."""
    tier, of_sales = goal.tier, goal.tier.counts is Counts.SALES
    start = f"{decimal_text(tier.start, tier.currency)} {tier.currency}" if of_sales else tier.start
    counted = _say("from_sales" if of_sales else "from_orders", language, start=start)
    if tier.bonus is not None:
        paid = f"{decimal_text(tier.bonus, tier.currency)} {tier.currency}"
        return _say("frozen_bonus", language, counted=counted, amount=paid)
    rate = rate_said(str(tier.rate), language)
    return _say("frozen_rate", language, counted=counted, rate=rate)


def _say(word: str, language: str, **values: object) -> str:
    return OWN[word][language == "ru"].format(**values)

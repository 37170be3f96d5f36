"""What does our core do with every rule switched on at once?

`python -m benchmarks.engines.ours_rules FOLDER [some]`: with `some` each code has two of the
restrictions, by turns; without it every code has all of them.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from benchmarks.engines.answers import give
from benchmarks.engines.ours import commissions, plain
from benchmarks.made_orders import BEGIN, CHANNELS, CITIES
from tracker.collecting import collect_seldom
from tracker.known import Known
from tracker.policy import Conflict, LevelOf, Mode, PayFor, Policy, Span
from tracker.programme import Code, Partner
from tracker.rates import Rate
from tracker.rulebook import Buyer, Counts, FxRate, Link, Period, Rule, Tier

POLICY = Policy(
    attribution=Mode.CODE_OR_CLICK,
    conflict=Conflict.FIRST_TOUCH,
    block_if_earlier_paid_touch=True,
    code_binds=90,
    link_binds=30,
    direct_group="sales",
    cross_bonus=Decimal(20),
    pay_for=PayFor(Span.ORDERS, 12),
    cap_order=500_000,
    cap_customer=5_000_000,
    cap_month=50_000_000,
    budget_month=5_000_000_000,
    level2=Rate(percent=Decimal(5)),
    level2_of=LevelOf.COMMISSION,
)
RULES = (
    Rule(priority=10, partner_id="p1", region="Казань", rate=Rate(percent=Decimal(7))),
    Rule(priority=20, customer=Buyer.RETURNING, channel="app", rate=Rate(percent=Decimal(6))),
    Rule(priority=30, sku="tea-7", rate=Rate(percent=Decimal(3))),
    Rule(priority=40, group="closed", rate=None),
)
TIERS = (
    Tier(tier_id="silver", start=5, rate=Rate(percent=Decimal(12)), currency="RUB"),
    Tier(tier_id="gold", start=20, rate=Rate(percent=Decimal(15)), currency="RUB"),
    Tier(
        tier_id="goal",
        counts=Counts.SALES,
        start=100_000_000,
        bonus=500_000,
        currency="RUB",
        period=Period.MONTH,
    ),
)
FX = (FxRate(on=date(2026, 1, 1), base="RUB", quote="EUR", rate=Decimal("0.0101")),)


def ruled(*, some: bool = False) -> Known:
    """The same codes, each with restrictions, and every setting, tab and tier in force."""
    known = plain()
    return replace(
        known,
        programme=replace(known.programme, policy=POLICY),
        codes=tuple(
            _restricted(code, number if some else None) for number, code in enumerate(known.codes)
        ),
        partners={key: _grown(one) for key, one in known.partners.items()},
        rules=RULES,
        tiers=TIERS,
        fx=FX,
        links=tuple(Link(ref=f"r-{key}", partner_id=key) for key in known.partners),
    )


RESTRICTIONS: tuple[dict[str, Any], ...] = (
    {"max_uses": 1_000_000},
    {"max_uses_per_customer": 50, "per": Period.QUARTER},
    {"min_order": 10_000},
    {"max_order": 100_000_000},
    {"regions": CITIES},
    {"products_out": ("gift-*",)},
    {"weekdays": frozenset(range(7))},
    {"hours": ((0, 1440),)},
    {"except_dates": ((BEGIN.date(), BEGIN.date()),)},
    {"channels": CHANNELS},
)


def _restricted(code: Code, number: int | None) -> Code:
    """A code with all restrictions, or with two of them: the number-th and its neighbour."""
    many = len(RESTRICTIONS)
    chosen = range(many) if number is None else (number % many, (number + 3) % many)
    said = {name: value for at in chosen for name, value in RESTRICTIONS[at].items()}
    return replace(code, **said, rate=None if code.partner_id.endswith("3") else code.rate)


def _grown(partner: Partner) -> Partner:
    number = int(partner.partner_id[1:])
    parent = f"p{number - 1}" if number % 10 else ""
    return replace(
        partner, parent_id=parent, currency="EUR" if number % 10 == 5 else "", group="bloggers"
    )


if __name__ == "__main__":
    collect_seldom()  # as every command does
    some = "some" in sys.argv[2:]
    give("ours_some" if some else "ours_rules", commissions(ruled(some=some)))

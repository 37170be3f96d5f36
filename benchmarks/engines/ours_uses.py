"""What does our core do with the rules that a spreadsheet can count too? One use, and tiers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from benchmarks.engines.answers import give
from benchmarks.engines.ours import commissions, plain
from benchmarks.made_spreadsheet import PERCENT, TIERS, USES
from tracker.collecting import collect_seldom
from tracker.known import Known
from tracker.rates import Rate
from tracker.rulebook import Tier


def limited() -> Known:
    """The same codes, so many uses a customer, and tiers by orders of the month for all."""
    known = plain()
    usual = Rate(percent=Decimal(PERCENT))
    return replace(
        known,
        programme=replace(known.programme, rate=usual),
        codes=tuple(replace(code, rate=None, max_uses_per_customer=USES) for code in known.codes),
        tiers=tuple(
            Tier(tier_id=f"from {start}", start=start, rate=Rate(percent=Decimal(percent)))
            for start, percent in TIERS
        ),
    )


if __name__ == "__main__":
    collect_seldom()  # as every command does
    give("ours_uses", commissions(limited()))

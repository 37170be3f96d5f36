"""What do the terms say of when an order counts, and when its commission is paid?"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.payouts import minimum
from tracker.policy import ApproveOn
from tracker.programme import Partner, Programme
from tracker.rules_text.clauses import Clause, money, said


def paying_clauses(programme: Programme, partner: Partner | None) -> Iterator[Clause]:
    """Approval, cash, refunds, hold, payout day, minimum, and the zone in which days are."""
    yield from _approval(programme)
    yield Clause(f"cash_{programme.cash_orders}")
    yield Clause("refunds", term=False)
    yield Clause("frozen", term=False)
    hold = programme.hold_days
    if partner is not None and partner.hold_days is not None:
        hold = partner.hold_days
    yield Clause("hold", said(days=hold)) if hold else Clause("hold_none")
    ends = programme.payout_day > 28
    yield Clause("payout_day_or_last" if ends else "payout_day", said(number=programme.payout_day))
    yield from _minimum(programme, partner)
    yield Clause("zone", said(zone=programme.time_zone))


def _approval(programme: Programme) -> Iterator[Clause]:
    """From which state on an order earns: the usual one, then each source of its own."""
    by_source = dict(programme.policy.approve_on)
    usual = by_source.pop("", ApproveOn.PAID)
    yield Clause(f"approve_{usual}")
    for source, state in sorted(by_source.items()):
        dialect = source.partition(":")[0]
        if state is not (usual if dialect == source else by_source.get(dialect, usual)):
            yield Clause("approve_source", said(source=source, state_word=f"state_{state}"))


def _minimum(programme: Programme, partner: Partner | None) -> Iterator[Clause]:
    who = partner or Partner(partner_id="")
    sums = {unit: minimum(who, unit, programme) for unit in sorted(programme.min_payout)}
    own = programme.currency
    for unit in sorted(sums, key=lambda unit: (unit != own, unit)):
        if sums[unit]:
            yield Clause("min_payout", said(sum=money(sums[unit], unit)))

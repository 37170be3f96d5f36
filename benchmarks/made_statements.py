"""What letters are made? Statements of forty lines that add up, from a fixed seed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from tracker.model import BaseRule
from tracker.money import exponent
from tracker.statements import (
    Account,
    Held,
    MonthEarned,
    Statement,
    StatementLine,
    Uncounted,
    digest_of,
    statement_id,
)

SEED = 20261101
LINES = 40
PAYOUTS = 2
UNCOUNTED = 4
FIRST = date(2026, 10, 1)
AFTER = date(2026, 11, 1)
MONTHS = tuple(f"2026-{number:02d}" for number in range(5, 11))


def statements(count: int, language: str, currency: str) -> Iterator[Statement]:
    """So many statements of October 2026, no two alike; the same for the same arguments."""
    chance = Random(SEED)
    for number in range(count):
        partner = f"p{number:04d}"
        yield Statement(
            statement_id=statement_id(partner, "2026-10", 1),
            partner_id=partner,
            name=f"Partner {number}",
            email=f"{partner}@example.com",
            language=language,
            month="2026-10",
            final=True,
            revision=1,
            program_name="Tea House",
            zone="Europe/Moscow",
            as_of=AFTER,
            payout_on=date(2026, 11, 15),
            accounts=(_account(currency, chance),),
            uncounted=tuple(_uncounted(chance) for _ in range(UNCOUNTED)),
        )


def _account(currency: str, chance: Random) -> Account:
    unit: int = 10 ** exponent(currency)
    lines = tuple(_line(unit, chance) for _ in range(LINES - PAYOUTS))
    payouts = tuple(_payout(unit, chance) for _ in range(PAYOUTS))
    opening = 50_000 * unit
    whole = (*lines, *payouts)
    closing = opening + sum(one.minor for one in whole)
    late = [one for one in lines if one.payable_on and one.payable_on > AFTER and one.minor > 0]
    held = tuple(Held(order_id=o.order_id, minor=o.minor, payable_on=o.payable_on or AFTER)
                 for o in late)  # fmt: skip
    on_hold = sum(one.minor for one in held)
    return Account(
        currency=currency,
        opening=opening,
        lines=tuple(sorted(lines, key=lambda one: one.booked_on)),
        payouts=payouts,
        closing=closing,
        held=held,
        on_hold=on_hold,
        payable=closing - on_hold,
        missing=0,
        minimum=1_000 * unit,
        digest=digest_of((one.line_id, one.minor) for one in whole),
        history=tuple(MonthEarned(month=m, minor=chance.randrange(9_999 * unit)) for m in MONTHS),
    )


def _line(unit: int, chance: Random) -> StatementLine:
    """A sale at 15 % of the goods; every eighth is a clawback of an order that was refunded."""
    ordered = FIRST + timedelta(days=chance.randrange(28))
    base = chance.randrange(500 * unit, 20_000 * unit)
    back = chance.randrange(8) == 0
    minor = base * 15 // 100
    return StatementLine(
        line_id=f"cm_{chance.randrange(10**9):09d}",
        booked_on=ordered + timedelta(days=chance.randrange(3)),
        kind="clawback" if back else "sale",
        source="generic",
        order_id=str(chance.randrange(10**6)),
        ordered_on=ordered,
        base=0 if back else base,
        base_rule=BaseRule.GOODS,
        rate="15%",
        minor=-minor if back else minor,
        payable_on=ordered + timedelta(days=14),
        because="order_refunded" if back else "",
        refunded=base if back else None,
    )


def _payout(unit: int, chance: Random) -> StatementLine:
    return StatementLine(
        line_id=f"cm_{chance.randrange(10**9):09d}",
        booked_on=date(2026, 10, 15),
        kind="payout",
        source="payout",
        order_id=f"po_{chance.randrange(10**9):09d}",
        ordered_on=None,
        base=None,
        base_rule=None,
        rate="",
        minor=-chance.randrange(1_000 * unit, 20_000 * unit),
        payable_on=None,
        because="",
    )


def _uncounted(chance: Random) -> Uncounted:
    return Uncounted(
        source="generic",
        order_id=str(chance.randrange(10**6)),
        ordered_on=FIRST + timedelta(days=chance.randrange(31)),
        reason="order_cancelled",
    )

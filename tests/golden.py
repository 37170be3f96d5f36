"""Twelve statements whose letters are kept: sums in minor units, the same in every currency.

Worked out by hand: a normal month, 12500 + 6000 + 3705 + 250 - 1125 - 12500 = 8830, of which 3705
is on hold and 5125 payable; a month below zero, -2000 + 375 - 4875 = -6500; a month that ends at
zero, 9000 - 9000 = 0.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from tests.letter_values import account, line, sale, statement
from tracker.envelopes import FrozenLetter
from tracker.letters import freeze, render
from tracker.model import BaseRule
from tracker.statements import Account, Held, Statement, Uncounted

FOLDER = Path(__file__).parent / "letters"
AT = datetime(2026, 10, 31, 21, 0, tzinfo=UTC)
KEPT = (
    "en-rub-zero en-usd-normal en-usd-negative en-jpy-normal en-jpy-zero en-kwd-negative "
    "ru-rub-normal ru-rub-negative ru-usd-zero ru-jpy-negative ru-kwd-zero ru-kwd-normal"
).split()
ALL = [
    f"{language}-{currency}-{state}"
    for language in ("en", "ru")
    for currency in ("rub", "usd", "jpy", "kwd")
    for state in ("negative", "zero", "normal")
]


def normal(currency: str) -> Account:
    """Two sales of which one is on hold, a bonus, a part of an order given back, a payout."""
    ordered = {"ordered_on": date(2026, 9, 24), "base_rule": BaseRule.GOODS}
    return account(
        currency,
        12500,
        sale("1042", 40000, "15%", 6000, because="code_of_partner code=MARIA10 partner=maria"),
        line("clawback", "1031", -1125, base=32500, rate="15%", because="order_refunded",
             refunded=7500, **ordered),
        line("bonus", "1042", 250),
        sale("1101", 29640, "12.5%", 3705, payable_on=date(2026, 11, 3),
             because="code_of_partner code=MARIA10 partner=maria"),
        payouts=(line("payout", "po_1", -12500, because="payout_paid reference=77"),),
        held=(Held(order_id="1101", minor=3705, payable_on=date(2026, 11, 3)),),
        minimum=5000,
        earned=(4120, 0, -1125, 6300, 12500, 8830),
        ripened=(Held(order_id="1031", minor=6000, payable_on=date(2026, 10, 8)),),
    )  # fmt: skip


def negative(currency: str) -> Account:
    """An order of the month before was cancelled after it was paid out."""
    return account(
        currency,
        -2000,
        line("clawback", "1031", -4875, ordered_on=date(2026, 9, 24), because="order_cancelled"),
        line("adjustment", "adj-1", 375, because="adjustment reason=A%20mistake%20in%20September"),
        minimum=5000,
        earned=(0, 0, 0, 9000, -2000, -4500),
    )


def zero(currency: str) -> Account:
    """All that was due is paid, and nothing came."""
    paid = line("payout", "po_1", -9000, because="payout_paid reference=77")
    return account(currency, 9000, payouts=(paid,), minimum=5000, earned=(0, 0, 0, 0, 9000, 0))


STATES = {"normal": normal, "negative": negative, "zero": zero}


def golden(name: str) -> Statement:
    """Make the statement of a name such as `ru-kwd-zero`."""
    language, currency, state = name.split("-")
    missed = Uncounted(
        source="generic",
        order_id="1066",
        ordered_on=date(2026, 10, 11),
        reason="code_expired code=MARIA5 partner=maria valid_to=2026-09-30",
    )
    russian = language == "ru"
    return statement(
        STATES[state](currency.upper()),
        language=language,
        name="Мария" if russian else "Maria",
        program_name="Чайная лавка" if russian else "The Tea Shop",
        uncounted=(missed,) if state == "normal" else (),
        terms="R-3F7A2/9C1" if state == "normal" else "R-3F7A2",
    )


def letter(name: str) -> FrozenLetter:
    """Freeze the letter of a name."""
    one = golden(name)
    return freeze(one, render(one, one.language), "shop@example.com", "maria@example.com", AT)

"""What is the most that one order earns? (field.md C14, F19)."""

from __future__ import annotations

from tracker.owing.words import Said, amount
from tracker.problems import params
from tracker.terms import Beside


def cap_order(minor: int, currency: str, beside: Beside) -> tuple[int, tuple[Said, ...]]:
    """Cut a sum off at the order's cap: min(sum, cap). A cap binds only its own currency."""
    cap = beside.cap_order
    if cap is None or currency != beside.cap_currency or minor <= cap:
        return minor, ()
    return cap, (("cap_order", params(cap=amount(cap, currency))),)

"""Why does an order owe nothing yet, or no more? (field.md D3)."""

from __future__ import annotations

from tracker.commissions import Figures
from tracker.model import State
from tracker.placing import approved
from tracker.policy import ApproveOn


def owes_nothing(state: State, sums: Figures, approve: str, *, delivered: bool) -> str:
    """Name the sentence that says why nothing is owed; empty where the order earns.

    `approve` is the state from which on orders earn, as fixed with the terms.
    """
    if state is State.CANCELLED:
        return "owes_cancelled"
    if state is State.REFUNDED or sums.wholly_refunded:
        return "owes_refunded"
    if approved(state, approve, delivered):
        return ""
    if state is State.PAID and approve == ApproveOn.DELIVERED:
        return "owes_not_delivered"
    return "owes_pending"

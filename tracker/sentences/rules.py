"""Sentences for rules: restrictions of codes, rates, limits, and what the owner typed of them."""

from __future__ import annotations

from tracker.sentences.rates import RATE_PROBLEMS, RATE_REASONS
from tracker.sentences.restricting import RESTRICTION_PROBLEMS, RESTRICTION_REASONS

RULE_REASONS: dict[str, tuple[str, str]] = {**RESTRICTION_REASONS, **RATE_REASONS}

RULE_PROBLEMS: dict[str, tuple[str, str]] = {
    **RESTRICTION_PROBLEMS,
    **RATE_PROBLEMS,
    "percent_wanted": (
        "{shown} is not a percent. Type it as 20%.",
        "{shown} — не процент. Впишите его как 20%.",
    ),
    "binding_unreadable": (
        "{shown} is not understood. Type order, a number of days, or always.",
        "Непонятно: {shown}. Впишите order, число дней или always.",
    ),
    "pay_for_unreadable": (
        "{shown} is not understood. Type all, first, 3 orders or 12 months.",
        "Непонятно: {shown}. Впишите: все, первый, 3 заказа или 12 месяцев.",
    ),
}

"""How is a step of a sum said? Codes of sentences with their parameters, sums written out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tracker.money import decimal_text
from tracker.problems import Params

Said = tuple[str, Params]
"""A sentence of `tracker.sentences.REASONS` with its parameters."""


def amount(minor: int, currency: str) -> str:
    """A sum as sentences name it: `1500.00 RUB`."""
    return f"{decimal_text(minor, currency)} {currency}"


def amounts(sums: Mapping[str, int]) -> str:
    """Sums by currency, one after the other."""
    return " + ".join(amount(minor, currency) for currency, minor in sums.items())


def listed(words: Iterable[str]) -> str:
    """Words with commas between them."""
    return ", ".join(words)


NEWLINE = "\n"
"""Between the reasons of one line, where it has several."""

LIMITS = frozenset({"cap_customer", "cap_month", "budget_month"})
"""What other orders may have used up."""

_TOLD = LIMITS | frozenset(
    "lines_only lines_without lines_only_without lines_missing lines_unpriced owes_each "
    "line_percent line_percent_of line_each line_sum line_nothing owes_together cap_order split "
    "bonus_from_share exchanged".split()
)


def told(said: Iterable[Said]) -> list[Said]:
    """What of a decision is kept for the partner's letters: all that a rate and a base do not say.

    The rest is for the owner: whose rate it is, and what managers and parents earn.
    """
    return [one for one in said if one[0] in _TOLD or one[0].startswith("tier_")]


def concerns(values: Params, partner_id: str) -> bool:
    """Whether a sentence that names a partner names this one."""
    return dict(values).get("partner", partner_id) == partner_id

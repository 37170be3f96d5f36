"""How is a whole shared so that its parts sum to it? By largest remainder."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm


def shared(whole: int, weights: Sequence[int | Fraction]) -> list[int]:
    """Share minor units in proportion to weights of at least 0; the parts sum to the whole.

    Each part is its exact one rounded down; the coins left over go to the greatest remainders, of
    equal ones to the first (Hamilton's method). Where all weights are 0 the parts are equal.
    """
    if len(weights) < 2:
        return [whole] * len(weights)
    scale = lcm(*(weight.denominator for weight in weights))
    whole_weights = [weight.numerator * (scale // weight.denominator) for weight in weights]
    if not any(whole_weights):
        whole_weights = [1] * len(weights)
    total = sum(whole_weights)
    exact = [divmod(whole * weight, total) for weight in whole_weights]
    parts = [part for part, _ in exact]
    by_rest = sorted(range(len(parts)), key=lambda at: (-exact[at][1], at))
    for at in by_rest[: whole - sum(parts)]:
        parts[at] += 1
    return parts

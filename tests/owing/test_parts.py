"""Do parts always sum to the whole, and never go against their weights?"""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.owing.parts import shared


@pytest.mark.parametrize(
    ("whole", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),  # equal remainders: the first gets the coin
        (101, [1, 1], [51, 50]),
        (10, [1, 2, 3], [2, 3, 5]),  # 1.67, 3.33, 5.00: the coin goes to the first
        (7, [Fraction(1, 3), Fraction(2, 3)], [2, 5]),  # 2.33, 4.67
        (5, [0, 0], [3, 2]),
        (5, [0, 1], [0, 5]),
        (0, [3, 4], [0, 0]),
        (9, [4], [9]),
        (9, [], []),
    ],
)
def test_a_whole_is_shared_by_largest_remainder(
    whole: int, weights: list[int], parts: list[int]
) -> None:
    assert shared(whole, weights) == parts


@settings(max_examples=60)
@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_parts_sum_to_the_whole_and_are_less_than_a_coin_off(
    whole: int, weights: list[int]
) -> None:
    parts = shared(whole, weights)

    assert sum(parts) == whole
    total = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        exact = Fraction(whole * weight, total) if total else Fraction(whole, len(weights))
        assert abs(part - exact) < 1
        assert part >= 0

"""Is a line of an order one of the products that the owner named?

A product is named by its SKU or its category, whatever the case. A word that stands for either
(columns `products_in` and `products_out` of Codes) is compared with both, and may hold stars.
"""

from __future__ import annotations

from functools import lru_cache

from tracker.wildcards import STAR, fits_pattern
from tracker.words import WORDS_KEPT, same_word


@lru_cache(maxsize=WORDS_KEPT)
def named(words: tuple[str, ...], sku: str, category: str) -> bool:
    """Whether a line's SKU or category is among the words; a star alone is every line."""
    own = [word for word in (sku, category) if word]
    return any(w == STAR or any(fits_pattern(w, one) for one in own) for w in words)


def fits(sku: str, category: str, line_sku: str, line_category: str) -> bool:
    """Whether a line is of this SKU and this category; an empty one of the two fits every line."""
    if sku and not same_word(sku, line_sku):
        return False
    return not category or same_word(category, line_category)

"""Do two words mean the same? Regions, channels, groups and products are typed by people."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

WORDS_KEPT = 20_000
"""Words that are brought to their plain form once: the same ones are compared again and again."""


@lru_cache(maxsize=WORDS_KEPT)
def plain_word(text: str) -> str:
    """Bring a word to the form words are compared in: NFKC, case, spaces, and ё as е."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return " ".join(folded.split())


def same_word(one: str, other: str) -> bool:
    """Whether two words are one, however they were typed."""
    return one == other or plain_word(one) == plain_word(other)

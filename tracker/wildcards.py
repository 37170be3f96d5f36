"""Does a word fit what the owner typed with a star? `tea-*` fits `Tea-Green`."""

from __future__ import annotations

from functools import lru_cache

from tracker.words import WORDS_KEPT, plain_word, same_word

STAR = "*"


@lru_cache(maxsize=WORDS_KEPT)
def fits_pattern(pattern: str, word: str) -> bool:
    """Whether a word is the one typed; each `*` stands for any letters, or none."""
    if STAR not in pattern:
        return same_word(pattern, word)
    first, *rest = plain_word(pattern).split(STAR)
    last, text = rest.pop(), plain_word(word)
    if len(text) < len(first) + len(last) or not text.startswith(first):
        return False
    if not text.endswith(last):
        return False
    text = text[len(first) : len(text) - len(last)]
    for part in rest:
        _, found, text = text.partition(part) if part else ("", STAR, text)
        if not found:
            return False
    return True

"""Which codes are taken for each other by an eye or a hand? To keep them apart, and to ask."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from tracker.programme import normal_code, skeleton

_SEEN_AS_ONE = str.maketrans("01i", "oll")
_CLOSE_PERCENT = 80
_SAID_MAX = 3
_LENGTH_MAX = 100
"""What is longer was not mistyped: comparing two texts of 50,000 signs would take a day."""


def bare(code: str) -> str:
    """A code without case, blanks, hyphens and other marks: `AB2C-D3E4-K` is `AB2CD3E4K`."""
    return "".join(sign for sign in normal_code(code) if sign.isalnum()).upper()


def sight(code: str) -> str:
    """What an eye makes of a code: marks are overlooked, 0 is O, 1 and I are L, Cyrillic С is C.

    Codes of one sight are never made; those of one normal form or skeleton are of one sight.
    """
    plain = "".join(sign for sign in skeleton(code) if sign.isalnum())
    # A code of marks alone is seen as it is.
    return plain.translate(_SEEN_AS_ONE) or normal_code(code)


def near(typed: str, codes: Iterable[str]) -> list[str]:
    """The codes that may have been meant, the likeliest first, at most three."""
    if len(typed) > _LENGTH_MAX:
        return []
    seen = sight(typed)
    matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
    matcher.set_seq2(seen)
    found: list[tuple[int, str]] = []
    for code in (one for one in codes if len(one) <= _LENGTH_MAX):
        matcher.set_seq1(sight(code))
        least = matcher.real_quick_ratio() * 100
        if least < _CLOSE_PERCENT:
            continue
        likeness = round(matcher.ratio() * 100)
        if likeness >= _CLOSE_PERCENT:
            found.append((-likeness, code))
    return [code for _, code in sorted(found)[:_SAID_MAX]]

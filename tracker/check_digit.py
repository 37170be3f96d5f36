"""Was a serial mistyped? Its last sign is worked out from the others (decision 0037).

A pure system after the principle of ISO 7064: the sum of (value of a sign x its weight) leaves 1
when divided by a prime. There are 31 signs and 31 is that prime, so the check sign is one of the
signs itself. Weights are the powers of 3, which are all different for 30 places and never 0.
Therefore every single wrong sign, every swap of two signs wherever they stand, and every pair of
twins (AA typed as BB) leaves something else than 1.
"""

from __future__ import annotations

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and letters that are not mistaken for each other: no 0 and O, no 1, I and L."""

DRAWN = "23456789BCDFGHJKMNPQRSTVWXZ"
"""The signs that are drawn by lot: also without vowels, so that no word comes out."""

NUMBER_SIGNS = 8
GROUP_SIGNS = 4
SERIAL_SIGNS = NUMBER_SIGNS + 1

_PRIME = len(SIGNS)
_RADIX = 3  # a primitive root of 31
_VALUES = {sign: value for value, sign in enumerate(SIGNS)}


def _sum(signs: str) -> int:
    """The weighted sum; the last sign weighs 1. Raises KeyError for a sign that is not ours."""
    total = 0
    for sign in signs:
        total = (total * _RADIX + _VALUES[sign]) % _PRIME
    return total


def check_sign(number: str) -> str:
    """The sign that makes a number of at most 29 signs a serial. Raises KeyError for odd signs."""
    return SIGNS[(1 - _sum(number) * _RADIX) % _PRIME]


def fits(serial: str) -> bool:
    """Whether the last sign of a bare serial (`AB2CD3E4K`) fits the others."""
    return set(serial) <= _VALUES.keys() and _sum(serial) == 1


def grouped(number: str) -> str:
    """Add the check sign and part it all for reading: `BC2DF3G4` becomes `BC2D-F3G4-…`."""
    groups = [number[at : at + GROUP_SIGNS] for at in range(0, len(number), GROUP_SIGNS)]
    return "-".join([*groups, check_sign(number)])


def drawn(lot: int, count: int) -> str:
    """Turn a great random number into `count` signs (27 to the power of `count` possibilities)."""
    signs: list[str] = []
    for _ in range(count):
        lot, place = divmod(lot, len(DRAWN))
        signs.append(DRAWN[place])
    return "".join(signs)

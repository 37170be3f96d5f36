"""How is a value written as short JSON, and a hash as letters? Every Journal line does both."""

from __future__ import annotations

import json
from typing import Any

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
"""Made once: `json.dumps` with options of its own makes an encoder for every call."""


def compact(value: Any) -> str:  # noqa: ANN401
    """Write a value as json can keep it, without spaces. Nothing in it may hold itself.

    Ids are hashes of it, so orjson may write only what the standard library writes alike
    (docs/decisions/0049): numbers of 64 bits, whole characters, names that are text.
    """
    return encoded(value).decode("utf-8", "surrogatepass")


def encoded(value: Any) -> bytes:  # noqa: ANN401
    """The same as bytes, as hashes take it; halves of characters as they stand."""
    import orjson

    try:
        return orjson.dumps(value)
    except TypeError:
        return _ENCODER.encode(value).encode("utf-8", "surrogatepass")


_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [one + other for one in _LETTERS for other in _LETTERS]
_PLACES = (70, 60, 50, 40, 30, 20, 10, 0)


def letters(digest: bytes) -> str:
    """The first ten bytes of a hash as 16 small letters of base 32 (RFC 4648), ten bits a pair."""
    number = int.from_bytes(digest[:10], "big")
    return "".join([_PAIRS[number >> place & 1023] for place in _PLACES])

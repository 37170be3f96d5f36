"""How do bytes that a fuzzer drew become what a parser takes? Text, choices, numbers of parts.

The same bytes always give the same arguments, so a failing input can be kept as bytes alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

BETWEEN = b"\x00"
"""What parts several arguments in one input: a text that holds it is drawn by other targets."""


def text_of(data: bytes) -> str:
    """Give bytes as text; those that are no UTF-8 become lone surrogates, as JSON may hold them."""
    return data.decode("utf-8", "surrogateescape")


def chosen(data: bytes, among: Sequence[T]) -> tuple[T, bytes]:
    """Let the first byte choose; the rest is left for what it is chosen for."""
    return among[(data[0] if data else 0) % len(among)], data[1:]


def parts_of(data: bytes, count: int) -> list[bytes]:
    """Part the bytes into so many pieces; the last ones are empty where there are fewer."""
    found = data.split(BETWEEN, count - 1)
    return found + [b""] * (count - len(found))

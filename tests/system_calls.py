"""Which functions of the system does a call end in, and how do things stand just before each?

Some promises nothing in the program can show: that bytes were on the disk before a power cut, that
two secrets were compared in constant time. The interpreter tells of every call into the system, so
a test can listen where the program stops being Python.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

Seen = TypeVar("Seen")


@contextmanager
def heard(
    *functions: Callable[..., object], look: Callable[[], Seen]
) -> Iterator[list[tuple[str, Seen]]]:
    """Listen inside: the name of each call of the functions, and what `look` gave just before."""
    calls: list[tuple[str, Seen]] = []

    def listen(_frame: FrameType, event: str, called: object) -> None:
        if event == "c_call":
            calls.extend((one.__name__, look()) for one in functions if one is called)

    before = sys.getprofile()
    sys.setprofile(listen)
    try:
        yield calls
    finally:
        sys.setprofile(before)

"""How fast may one source post? A bucket of tokens each, filled at the long-run rate."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tracker.problems import Stop

RATE_PER_SECOND = 100
RATE_PER_SECOND_MAX = 100_000
BURST_SECONDS = 10
"""A burst may be as large as what the long-run rate lets in within this time."""
SOURCES_MAX = 1000


def read_rate(text: str) -> int:
    """Read TRACKER_HOOK_RATE: deliveries a second in the long run; empty is the usual rate.

    Raises Stop `hook_rate_odd`.
    """
    if not text:
        return RATE_PER_SECOND
    if not re.fullmatch(r"[0-9]{1,6}", text) or not 0 < int(text) <= RATE_PER_SECOND_MAX:
        raise Stop("hook_rate_odd", limit=RATE_PER_SECOND_MAX)
    return int(text)


@dataclass(slots=True)
class Limits:
    """Who has posted too much for now. Ask after the signature is known to be right.

    Attributes:
        rate: deliveries a second in the long run, of each source.
        clock: seconds that only grow.

    """

    rate: int
    clock: Callable[[], float]
    _levels: dict[str, tuple[float, float]] = field(default_factory=dict)

    def wait_seconds(self, source: str) -> int:
        """Count one delivery of that source; 0 when it may pass, else how long to wait.

        A bucket holds `rate * BURST_SECONDS` tokens, gains `rate` a second and gives one to each
        delivery (https://en.wikipedia.org/wiki/Token_bucket).
        """
        now = self.clock()
        full = float(self.rate * BURST_SECONDS)
        level, before = self._levels.get(source, (full, now))
        level = min(full, level + (now - before) * self.rate)
        if level < 1:
            self._levels[source] = (level, now)
            return math.ceil((1 - level) / self.rate)
        if len(self._levels) >= SOURCES_MAX and source not in self._levels:
            # Who knows one secret may invent names behind it; the bucket longest unused is full.
            del self._levels[min(self._levels, key=lambda name: self._levels[name][1])]
        self._levels[source] = (level - 1, now)
        return 0

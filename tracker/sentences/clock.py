"""Sentences of the clock: schedule, status, heartbeat, and letters to the owner."""

from __future__ import annotations

# fmt: off
CLOCK_STOPS: dict[str, tuple[str, str]] = {
}
# fmt: on

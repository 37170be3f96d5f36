"""Sentences of the receiver: why it could not start, and what a shop is answered."""

from __future__ import annotations

# fmt: off
RECEIVER_STOPS: dict[str, tuple[str, str]] = {
}
# fmt: on

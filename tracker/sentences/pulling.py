"""Sentences for logs that are pulled from an address or another inbox."""

from __future__ import annotations

# fmt: off
PULLING_STOPS: dict[str, tuple[str, str]] = {
}
# fmt: on

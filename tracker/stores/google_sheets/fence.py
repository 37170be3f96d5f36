"""How does Google refuse a commit that somebody else's has overtaken? By an id that is taken.

Each batch begins by making developer metadata whose id is the new generation. Ids are unique in a
spreadsheet and a batch is applied whole or not at all, so of two batches on one read only one can
land, whenever it arrives (Google's guide to developer metadata; sheets.md 1.4).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from tracker.stores import Generation
from tracker.stores.google_sheets.standing import FENCE_KEY, Fence, Standing

KEPT = 20
KEPT_SECONDS = 600
"""A fence stays at least so long: Google may still work on a batch whose answer was lost."""

DROPPED_MAX = 50
GENERATION, NONCE = "generation", "nonce"

Request = dict[str, Any]


def fence_request(generation: Generation, made: int) -> Request:
    """The first request of every batch; `made` is the time in unix seconds."""
    metadata = {
        "metadataId": generation.number,
        "metadataKey": FENCE_KEY,
        # The number once more: a copy of the spreadsheet may give its marks ids of their own.
        "metadataValue": f"{generation.number} {generation.nonce} {made}",
        "location": {"spreadsheet": True},
        "visibility": "DOCUMENT",
    }
    return {"createDeveloperMetadata": {"developerMetadata": metadata}}


def doomed(fences: Sequence[Fence], now: int) -> tuple[int, ...]:
    """Which old fences a batch takes away: all metadata shares 30,000 characters."""
    old = fences[: max(0, len(fences) - KEPT + 1)]
    return tuple(f.number for f in old if f.made < now - KEPT_SECONDS)[:DROPPED_MAX]


def drop_request(number: int) -> Request:
    """Take one fence away."""
    lookup = {"metadataId": number, "metadataKey": FENCE_KEY}
    return {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": lookup}}}


def generation_of(standing: Standing, state: Mapping[str, str]) -> tuple[Generation, Generation]:
    """The generation that the fences tell, and the one that the hidden tab repeats.

    A copy of a spreadsheet may come without its fences; then the hidden tab counts.
    """
    number = state.get(GENERATION, "")
    mirror = Generation(int(number) if number.isdigit() else 0, state.get(NONCE, ""))
    if not standing.fences:
        return mirror, mirror
    last = standing.fences[-1]
    return Generation(last.number, last.nonce), mirror


def following(generation: Generation) -> Generation:
    """Give the generation of the next commit, with a nonce of its own."""
    return Generation(generation.number + 1, secrets.token_hex(8))

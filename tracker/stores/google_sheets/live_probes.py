"""Which facts about Google are tried? Those that the store rests on, and some worth knowing."""

from __future__ import annotations

from tracker.stores.google_sheets import live_cells, live_writes
from tracker.stores.google_sheets.live_steps import Probe

RELIED: dict[str, Probe] = {
    "fence": live_writes.fence,
    "atomic": live_writes.atomic,
    "answer": live_writes.answer_shows,
    "standing": live_writes.standing,
    "one_read": live_cells.one_read,
    "filter": live_writes.filtered,
    "text": live_cells.text,
    "numbers": live_cells.numbers,
    "formulas": live_cells.formulas,
    "clearing": live_writes.clearing,
    "at_the_end": live_writes.at_the_end,
    "below_heading": live_writes.below_heading,
    "dropping": live_writes.dropping,
    "renaming": live_writes.renaming,
    "warning": live_writes.warning,
    "validating": live_writes.validating,
    "repeating": live_cells.repeating,
    "pasting": live_cells.pasting,
    "linking": live_cells.linking,
    "colouring": live_cells.colouring,
    "deleted": live_writes.deleted,
}
"""By the codes of `tracker.sentences.live.PROBES`, in the order in which they are tried."""

CURIOUS: dict[str, Probe] = {
    "dropping_nothing": live_writes.dropping_nothing,
    "sorting": live_cells.sorting,
}
"""What is only told: nothing rests on it."""

"""Has a code been used as often as it may be? (field.md B5: the 100th pays, the 101st not)."""

from __future__ import annotations

from tracker.problems import params
from tracker.restrictions.using import Refusal, Use


def max_uses(use: Use) -> Refusal | None:
    """Refuse an order before which the code and its variants had all their uses.

    A use is an order that was counted by it and is paid; one that is cancelled or wholly refunded
    gives its place back to the next in the orders' own time.
    """
    limit = use.row.max_uses
    if limit is None or use.asker.room(use.family, limit):
        return None
    return "code_used_up", params(limit=limit)

"""Is anything on the order beside what a code is not for? (field.md B10)."""

from __future__ import annotations

from tracker.goods import named
from tracker.problems import params
from tracker.restrictions.using import Refusal, Use


def products_out(use: Use) -> Refusal | None:
    """Refuse an order of which every line the code is for is among the exceptions."""
    without, only = use.row.products_out, use.row.products_in
    if not without:
        return None
    said = params(products=", ".join(without))
    lines = use.asker.items()
    if lines is None:
        return "items_unknown", said
    meant = [line for line in lines if not only or named(only, *line)]
    if not meant:  # products_in has its own say on that
        return None
    kept = any(not named(without, *line) for line in meant)
    return None if kept else ("code_products_out", said)

"""Is anything on the order that a code is for? (field.md B10)."""

from __future__ import annotations

from tracker.goods import named
from tracker.problems import params
from tracker.restrictions.using import Refusal, Use


def products_in(use: Use) -> Refusal | None:
    """Refuse an order on which no line is of these products or categories."""
    wanted = use.row.products_in
    if not wanted:
        return None
    said = params(products=", ".join(wanted))
    lines = use.asker.items()
    if lines is None:
        return "items_unknown", said
    if any(named(wanted, sku, category) for sku, category in lines):
        return None
    nameless = any(not sku and not category for sku, category in lines)
    return ("items_unknown" if nameless else "code_products_in"), said

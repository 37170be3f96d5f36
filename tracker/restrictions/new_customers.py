"""Is a code that brings new customers used by one? (field.md B7)."""

from __future__ import annotations

from tracker.problems import params
from tracker.restrictions.using import Refusal, Use


def new_customers(use: Use) -> Refusal | None:
    """Refuse who had a paid order before, anybody's, by any of his keys."""
    if not use.row.new_customers_only:
        return None
    if not use.asker.customer_known():
        return "customer_unknown", params()
    return ("code_new_only", params()) if use.asker.returning() else None

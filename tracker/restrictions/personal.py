"""Is a personal code used by the customer it belongs to? (field.md B16)."""

from __future__ import annotations

from tracker.problems import params
from tracker.programme import CodeKind
from tracker.restrictions.using import Refusal, Use


def personal(use: Use) -> Refusal | None:
    """Refuse a second customer: who first bought with the code owns it."""
    if use.row.kind is not CodeKind.PERSONAL:
        return None
    if not use.asker.customer_known():
        return "customer_unknown", params()
    return ("code_personal", params()) if use.asker.used_by_others((use.name,)) else None

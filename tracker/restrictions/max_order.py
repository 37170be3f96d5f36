"""Is the order too large for a code? (field.md B8)."""

from __future__ import annotations

from tracker.problems import params
from tracker.restrictions.goods_sum import other_currency, shown
from tracker.restrictions.using import Refusal, Use


def max_order(use: Use) -> Refusal | None:
    """Refuse an order whose goods, as bought, cost more than the limit; the limit itself counts."""
    most = use.row.max_order
    if most is None:
        return None
    if strange := other_currency(use):
        return strange
    goods = use.asker.goods()
    if goods <= most:
        return None
    return "code_max_order", params(most=shown(use, most), goods=shown(use, goods))

"""Is the order large enough for a code? (field.md B8, C21: from is >=, above is >)."""

from __future__ import annotations

from tracker.problems import params
from tracker.restrictions.goods_sum import other_currency, shown
from tracker.restrictions.using import Refusal, Use


def min_order(use: Use) -> Refusal | None:
    """Refuse an order whose goods, as bought, cost too little. Refunds are not taken off."""
    least = use.row.min_order
    if least is None:
        return None
    if strange := other_currency(use):
        return strange
    goods = use.asker.goods()
    if goods > least or (goods == least and not use.row.min_is_above):
        return None
    why = "code_min_above" if use.row.min_is_above else "code_min_order"
    return why, params(least=shown(use, least), goods=shown(use, goods))

"""Has this customer used a code as often as one may? (field.md B6)."""

from __future__ import annotations

from tracker.limit_periods import first_day
from tracker.problems import params
from tracker.restrictions.using import Refusal, Use
from tracker.rulebook import Period

_SAYS = {
    Period.EVER: "code_customer_ever",
    Period.DAY: "code_customer_day",
    Period.WEEK: "code_customer_week",
    Period.MONTH: "code_customer_month",
    Period.QUARTER: "code_customer_quarter",
    Period.YEAR: "code_customer_year",
}


def uses_per_customer(use: Use) -> Refusal | None:
    """Refuse a customer, known by any key, who had his uses in the calendar period at hand."""
    limit = use.row.max_uses_per_customer
    if limit is None:
        return None
    if not use.asker.customer_known():
        return "customer_unknown", params()
    since = first_day(use.asker.day, use.row.per)
    if use.asker.customer_room(use.family, limit, since):
        return None
    return _SAYS[use.row.per], params(limit=limit)

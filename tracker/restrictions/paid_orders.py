"""Is an order among those of one customer that are paid for? (field.md C9)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from tracker.asked import Asker
from tracker.policy import PayFor, Span
from tracker.problems import params
from tracker.programme import Code, Programme
from tracker.restrictions.using import Refusal, Use


def paid_orders(use: Use) -> Refusal | None:
    """Refuse an order after the first, the N-th, or N months, of this customer and partner."""
    return pay_for(use.row, use.partner_id, use.programme, use.asker)


def pay_for(
    row: Code | None, partner_id: str, programme: Programme, asker: Asker
) -> Refusal | None:
    """Say why an order does not earn by `pay_for`: the code's, else the programme's.

    `row` is None where a link, a call or a lead brought the customer. Months begin with the day of
    the customer's first counting order and end before the same day N months on, so a monthly
    subscription of 12 months pays 12 times (field.md 8.5).
    """
    chosen = programme.policy.pay_for
    if row is not None and row.pay_for is not None:
        chosen = row.pay_for
    if chosen.span is Span.ALL:
        return None
    if not asker.customer_known():
        return "customer_unknown", params()
    if chosen.span is Span.ORDERS:
        return _orders(chosen, partner_id, asker)
    return _months(chosen, partner_id, asker)


def _orders(chosen: PayFor, partner_id: str, asker: Asker) -> Refusal | None:
    if asker.earlier_with(partner_id, chosen.count):
        return None
    if chosen.count == 1:
        return "pay_for_first", params()
    return "pay_for_orders", params(limit=chosen.count)


def _months(chosen: PayFor, partner_id: str, asker: Asker) -> Refusal | None:
    first = asker.first_with(partner_id)
    if first is None or asker.day < months_on(first, chosen.count):
        return None
    return "pay_for_months", params(limit=chosen.count, first=first)


def months_on(day: date, count: int) -> date:
    """The same day `count` months on; the last of a month that is shorter."""
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

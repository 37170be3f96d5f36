"""Which payouts is a partner told of, and for which is a paper still wanted?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from tracker.ledger import Order
from tracker.lines import CommissionLine
from tracker.model import Role
from tracker.news.events import News, NewsKind, PaidLine, PaidOut, Paper, PaperWanted
from tracker.news.seen import Seen
from tracker.owners_money import PAYOUT
from tracker.papers import MissingPaper, missing_papers
from tracker.payout_facts import Fate, Payout, payout_of
from tracker.programme import Partner

TOLD_DAYS = 14
"""For how long after it was noted it is news that a payout was paid."""

REMINDED_DAYS = 90
"""For how long after the payout a missing paper is asked for."""


def paid_out(seen: Seen) -> Iterator[News]:
    """Tell of each payout that became paid, once for each day that was given for it."""
    since = seen.now - timedelta(days=TOLD_DAYS)
    fresh = [
        (payout, noted)
        for payout, noted in _paid(seen)
        if noted > since and payout.paid_on is not None
    ]
    lines = {line.line_id: line for line in seen.books.lines} if fresh else {}
    for payout, noted in fresh:
        partner = _receiver(payout, seen)
        if partner is not None:
            own = [lines[one] for one in payout.lines if one in lines]
            yield News(
                kind=NewsKind.PAYOUT,
                name=f"payout:{payout.paid_on}:{payout.payout_id}",
                partner=partner,
                at=noted,
                event=_paid_out(payout, payout.paid_on or date.max, own, seen),
            )


def papers_wanted(seen: Seen) -> Iterator[News]:
    """Remind of a paper that has not come: once, and once more after as many days again."""
    oldest = seen.today - timedelta(days=REMINDED_DAYS)
    paid = [one for one, _ in _paid(seen) if one.paid_on is not None and one.paid_on >= oldest]
    days = timedelta(days=seen.programme.document_days)
    for missing in missing_papers(paid, seen.known):
        payout, partner = missing.payout, _receiver(missing.payout, seen)
        if partner is None or seen.today < missing.ask_on:
            continue
        number = 1 if seen.today < missing.ask_on + days else 2
        asked = missing.ask_on + days * (number - 1)
        yield News(
            kind=NewsKind.DOCUMENT,
            name=f"document:{number}:{payout.payout_id}",
            partner=partner,
            at=seen.programme.start_of(asked),
            event=PaperWanted(
                payout_id=payout.payout_id,
                minor=payout.minor,
                currency=payout.currency,
                paid_on=missing.paid_on,
                reference=_reference(payout, seen),
                paper=_paper(missing),
                number=number,
            ),
        )


def _paid(seen: Seen) -> Iterator[tuple[Payout, datetime]]:
    """Payouts that are paid, by id, and when the day that counts was first noted."""
    orders = ((key[1], order) for key, order in seen.books.orders.items() if key[0] == PAYOUT)
    for _, order in sorted(orders, key=lambda one: one[0]):
        latest = order.latest
        if latest.state == Fate.PAID.value and latest.partner_id not in seen.doubtful:
            yield payout_of(latest), _noted(order)


def _noted(order: Order) -> datetime:
    """When the latest run of lines began that say paid on that day."""
    latest = noted = order.latest
    for line in reversed(order.lines):
        if (line.state, line.payable_on) != (latest.state, latest.payable_on):
            break
        noted = line
    return noted.noted_at


def _receiver(payout: Payout, seen: Seen) -> Partner | None:
    """Whom to write to: also a partner who has left."""
    partner = seen.known.partners.get(payout.partner_id)
    return partner if partner is not None and partner.email else None


def _paid_out(payout: Payout, paid_on: date, lines: list[CommissionLine], seen: Seen) -> PaidOut:
    missing = missing_papers([payout], seen.known)
    return PaidOut(
        payout_id=payout.payout_id,
        minor=payout.minor,
        currency=payout.currency,
        paid_on=paid_on,
        reference=_reference(payout, seen),
        method=payout.method,
        lines=tuple(sorted((_line(one, seen) for one in lines), key=_place)),
        paper=_paper(missing[0]) if missing else None,
    )


def _line(line: CommissionLine, seen: Seen) -> PaidLine:
    order = seen.books.orders.get(line.key)
    at = "" if order is None or line.role != Role.ORDER else order.latest.ordered_at
    on = datetime.fromisoformat(at) if "T" in at else line.booked_at
    return PaidLine(
        kind=line.kind,
        source=line.source,
        order_id=line.order_id,
        on=seen.programme.local_date(on),
        minor=line.minor,
    )


def _place(line: PaidLine) -> tuple[date, str, str, int]:
    """By the order's own day; a clawback of the same day below its sale."""
    return line.on or date.min, line.source, line.order_id, -line.minor


def _paper(missing: MissingPaper) -> Paper:
    return Paper(kind=missing.paper.value, by=missing.due_on)


def _reference(payout: Payout, seen: Seen) -> str:
    """The number of the payment: the owner's, else the bank's."""
    rows = (row.reference for row in seen.known.payout_cells if row.payout_id == payout.payout_id)
    return next(rows, "") or ("" if payout.bank is None else payout.bank.reference)

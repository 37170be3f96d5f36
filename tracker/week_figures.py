"""What did the week bring: how many orders, how much money, by whom, and who gives it back?

An order belongs to the week in which the customer placed it, in the programme's zone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.commissions import figures
from tracker.lines import JournalLine
from tracker.model import State
from tracker.money import Money, half_up
from tracker.orders import read_facts
from tracker.programme import PartnerStatus
from tracker.week_book import Line, Placed, WeekBook, amounts, line, within
from tracker.weeks import Week

TOP = 3
ORDERS_MIN = 3
"""Of fewer orders neither an average nor a share means anything."""
REFUND_SHARE_MIN = 20
REFUND_WEEKS_BEFORE = 4
"""Money comes back weeks after the order, so its share is taken of five weeks."""
SILENT_DAYS = 30

_SETTLED = frozenset({State.PAID, State.REFUNDED, State.CANCELLED})


def order_lines(
    book: WeekBook, found: Sequence[Placed], week: Week
) -> tuple[Line | None, Line | None]:
    """How many orders were placed, and what those that count brought; each beside the week before.

    counted: somebody is owed a commission for the order now. brought: what commissions are taken
    from (`base`), refunds off. owed: all commissions for these orders. Both by currency.
    """
    now = within(found, week, week, book.programme)
    before = within(found, week.back(1), week.back(1), book.programme)
    if not now and not before:
        return None, None
    counted, earlier = _counted(now), _counted(before)
    orders = line(
        "orders",
        orders=len(now),
        counted=len(counted),
        orders_before=len(before),
        counted_before=len(earlier),
    )
    if not counted and not earlier:
        return orders, None
    return orders, line(
        "money",
        brought=amounts(_brought(counted), book.programme),
        owed=amounts(_owed(counted), book.programme),
        brought_before=amounts(_brought(earlier), book.programme),
        owed_before=amounts(_owed(earlier), book.programme),
    )


def _counted(found: Iterable[Placed]) -> list[JournalLine]:
    return [one.latest for one in found if one.counted]


def _brought(lines: Iterable[JournalLine]) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for latest in lines:
        sums[latest.currency] += latest.base or 0
    return sums


def _owed(lines: Iterable[JournalLine], partner_id: str = "") -> dict[str, int]:
    """Commissions by currency; of one partner alone when he is named."""
    sums: dict[str, int] = defaultdict(int)
    for latest in lines:
        for one in latest.owed:
            if partner_id in {"", one.partner_id}:
                sums[one.currency] += one.minor
    return sums


@dataclass(frozen=True, slots=True)
class _Sales:
    """What one partner's counted orders in one currency came to, minor units."""

    partner_id: str
    currency: str
    base: int
    lines: tuple[JournalLine, ...]


def _sales(found: Iterable[Placed]) -> list[_Sales]:
    groups: dict[tuple[str, str], list[JournalLine]] = defaultdict(list)
    for latest in _counted(found):
        groups[latest.partner_id, latest.currency].append(latest)
    return [
        _Sales(who, currency, sum(one.base or 0 for one in lines), tuple(lines))
        for (who, currency), lines in groups.items()
    ]


def _currencies(sales: Iterable[_Sales], book: WeekBook) -> list[str]:
    """The currency of most orders first; of equals the programme's own, then by the alphabet."""
    orders: dict[str, int] = defaultdict(int)
    for one in sales:
        orders[one.currency] += len(one.lines)
    own = book.programme.currency
    return sorted(orders, key=lambda currency: (-orders[currency], currency != own, currency))


def top_line(book: WeekBook, found: Sequence[Placed], week: Week) -> Line | None:
    """Who brings money: three partners by what they brought, of every other currency the first.

    Equals in what they brought are told by id.
    """
    sales = _sales(within(found, week, week, book.programme))
    items: list[Line] = []
    for place, currency in enumerate(_currencies(sales, book)):
        ranked = sorted(
            (one for one in sales if one.currency == currency and one.base > 0),
            key=lambda one: (-one.base, one.partner_id),
        )
        items += [_top_item(book, one) for one in ranked[: 1 if place else TOP]]
    return line("top", items=tuple(items[: 2 * TOP])) if items else None


def _top_item(book: WeekBook, one: _Sales) -> Line:
    return line(
        "top_item",
        partner=book.name(one.partner_id),
        brought=Money(one.base, one.currency),
        orders=len(one.lines),
        owed=amounts(_owed(one.lines, one.partner_id), book.programme),
    )


def average_line(book: WeekBook, found: Sequence[Placed], week: Week) -> Line | None:
    """Whose customers spend most and least: what a partner brought, divided by his orders.

    Of partners with three counted orders or more, in the currency of most orders, half up to the
    coin; None unless two of them differ.
    """
    sales = _sales(within(found, week, week, book.programme))
    main = _currencies(sales, book)[:1]
    able = [one for one in sales if [one.currency] == main and len(one.lines) >= ORDERS_MIN]
    ranked = sorted((half_up(one.base, len(one.lines)), one.partner_id, one) for one in able)
    if len(ranked) < 2 or ranked[0][0] == ranked[-1][0]:
        return None
    (low, _, cheap), (high, _, dear) = ranked[0], ranked[-1]
    return line(
        "average",
        dear=book.name(dear.partner_id),
        high=Money(high, dear.currency),
        dear_orders=len(dear.lines),
        cheap=book.name(cheap.partner_id),
        low=Money(low, cheap.currency),
        cheap_orders=len(cheap.lines),
    )


def refund_line(book: WeekBook, found: Sequence[Placed], week: Week) -> Line | None:
    """Who brings refunds: the three partners with the highest share of money that came back.

    Of the orders placed in five weeks that are credited to a partner and were paid for or
    cancelled: goods given back (all goods of a cancelled order) * 100 / goods before refunds,
    half up to a whole percent, per currency. Said from three orders and 20 % on.
    """
    groups: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    first = week.back(REFUND_WEEKS_BEFORE)
    for one in within(found, first, week, book.programme):
        latest = one.latest
        if latest.partner_id and latest.state in _SETTLED:
            groups[latest.partner_id, latest.currency].append(_given_back(latest))
    ranked: list[tuple[tuple[int, int, str], Line]] = []
    for (who, currency), orders in groups.items():
        back, sold = (sum(column) for column in zip(*orders, strict=True))
        if len(orders) < ORDERS_MIN or not sold or 100 * back < REFUND_SHARE_MIN * sold:
            continue
        share = half_up(100 * back, sold)
        item = line(
            "refund_item",
            partner=book.name(who),
            share=share,
            back=Money(back, currency),
            sold=Money(sold, currency),
            orders_back=sum(1 for one_back, _ in orders if one_back),
            orders=len(orders),
        )
        ranked.append(((-share, -back, f"{who} {currency}"), item))
    items = tuple(item for _, item in sorted(ranked, key=lambda row: row[0])[:TOP])
    return line("refunds", items=items) if items else None


def _given_back(latest: JournalLine) -> tuple[int, int]:
    """(goods that came back, goods sold), minor units."""
    sums = figures(read_facts(latest.parsed()))
    if latest.state in {State.REFUNDED, State.CANCELLED} or sums.wholly_refunded:
        return sums.goods, sums.goods
    return min(sums.goods, sums.refunded_goods), sums.goods


def silent_line(book: WeekBook, found: Iterable[Placed], week: Week) -> Line | None:
    """Which active partners fell silent in the week: no counted order for 30 days after the last.

    The days are those of the calendar up to the week's Sunday. Those who have been silent for
    longer were named in their week; they are only counted, so that the list stays short.
    """
    last: dict[str, date] = {}
    for one in found:
        if one.counted and one.at < week.end(book.programme):
            last[one.latest.partner_id] = book.programme.local_date(one.at)
    active = {who for who, one in book.partners.items() if one.status is PartnerStatus.ACTIVE}
    limit = week.sunday - timedelta(days=SILENT_DAYS)
    silent = {who: day for who, day in last.items() if who in active and day <= limit}
    fresh = _of_days(silent, limit - timedelta(days=6))
    if not fresh:
        return None
    items = tuple(
        line("silent_item", partner=book.name(who), day=silent[who]) for who in fresh[:TOP]
    )
    code = "silent_more" if len(fresh) > len(items) else "silent"
    return line(code, items=items, fresh=len(fresh), silent=len(silent))


def _of_days(silent: Mapping[str, date], since: date) -> Sequence[str]:
    """Those whose last order was on that day or later, the longest silence first."""
    fresh: Collection[str] = [who for who, day in silent.items() if day >= since]
    return sorted(fresh, key=lambda who: (silent[who], who))

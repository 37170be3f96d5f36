"""What does the owner want to know on Monday? At most ten lines about the week that is over.

Every line is there only if it has something to say, so that a quiet week is a short letter. Where
more than ten have, those go that matter less: what is left out stands in the book as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.model import State
from tracker.payout_facts import Fate
from tracker.payouts import propose_on, unreadable_keys
from tracker.periods import month_before, month_of, payout_date
from tracker.programme import Programme
from tracker.reviewing import review
from tracker.week_book import Line, WeekBook, amounts, line, placed
from tracker.week_figures import average_line, order_lines, refund_line, silent_line, top_line
from tracker.week_smells import smells
from tracker.weeks import Week

LINES_MAX = 10

SMELLS = ("sudden", "customer", "refused", "own", "unknown")
IN_ORDER = (
    *("orders", "money", "top", "average", "refunds"),
    *SMELLS,
    *("silent", "decide", "due"),
)
"""The lines in the order in which they are read: the week, its codes, and what is to be done."""

BY_WEIGHT = (
    *("orders", "money", "top", "refunds", "decide", "due"),
    *("sudden", "customer", "refused", "average", "silent", "unknown", "own"),
)
"""The same by what is left out last; unknown codes and own purchases stand in Review anyway."""


@dataclass(frozen=True, slots=True)
class Digest:
    """The lines of one week, never none; `left_out` names those for which there was no room."""

    week: Week
    lines: tuple[tuple[str, Line], ...]
    orders: int
    left_out: tuple[str, ...] = ()


def digest(book: WeekBook, week: Week) -> Digest:
    """Work the lines of a week out, as the book is known at `book.now`.

    Each is a pair: what it is about, a word of IN_ORDER or `nothing`, and what is said.
    """
    found = placed(book.orders)
    orders, money = order_lines(book, found, week)
    said: dict[str, Line | None] = {
        "orders": orders,
        "money": money,
        "top": top_line(book, found, week),
        "average": average_line(book, found, week),
        "refunds": refund_line(book, found, week),
        "silent": silent_line(book, found, week),
        "decide": decide_line(book),
        "due": due_line(book),
        **smells(book, found, week),
    }
    full = [about for about in BY_WEIGHT if said.get(about) is not None]
    kept, left_out = full[:LINES_MAX], full[LINES_MAX:]
    lines = [(about, one) for about in IN_ORDER if (one := said.get(about)) and about in kept]
    count = orders.values["orders"] if orders is not None else 0
    return Digest(
        week,
        tuple(lines) or (("nothing", line("nothing")),),
        count if isinstance(count, int) else 0,
        tuple(left_out),
    )


def decide_line(book: WeekBook) -> Line | None:
    """What waits for a person now, whenever it came: every count that is not zero.

    Lines of Review and of Problems, refunds whose order has not come, letters of unknown fate,
    payouts to pay and payouts of unknown fate, and papers that should be there by now.
    """
    fates = [one.fate for one in book.payouts]
    counts = {
        "review": len(review(book.orders)),
        "problems": book.problems,
        "waiting": sum(1 for o in book.orders.values() if o.latest.state == State.WAITING),
        "letters": book.letters_unknown,
        "payouts_open": fates.count(Fate.OPEN),
        "payouts_unknown": fates.count(Fate.UNKNOWN),
        "documents": book.documents,
    }
    items = tuple(line(f"decide_{code}", count=count) for code, count in counts.items() if count)
    return line("decide", items=items) if items else None


def due_line(book: WeekBook) -> Line | None:
    """What comes due on the next payout day, by what is booked now: payouts, and sums by currency.

    Exactly what would be proposed on that day if nothing else happened until then: minimums, holds
    and what is proposed already are allowed for. None while Settings that payouts follow cannot be
    read, or when nothing is due.
    """
    if unreadable_keys(book.programme):
        return None
    day = next_payout_day(book.programme, book.programme.local_date(book.now))
    found = propose_on(
        day, book.lines, book.payouts, book.partners, book.programme, book.doubtful
    ).payouts
    sums: dict[str, int] = defaultdict(int)
    for one in found:
        sums[one.currency] += one.minor
    if not sums:
        return None
    return line("due", day=day, payouts=len(found), sums=amounts(sums, book.programme))


def next_payout_day(programme: Programme, today: date) -> date:
    """The first payout day that is today or later."""
    month = month_of(today)
    days: Sequence[date] = (
        payout_date(month_before(month), programme),
        payout_date(month, programme),
    )
    return next(day for day in days if day >= today)

"""Which letters about single events are due to partners? Each is told once, and soon or never.

What was told stands in the outbox, under names that follow from the events alone. Everything is
bounded in time, so that a lost outbox repeats little and a new one greets no old acquaintances.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from tracker.known import Known
from tracker.news.codes import code_changes
from tracker.news.events import News, Told
from tracker.news.paid import paid_out, papers_wanted
from tracker.news.sales import sales
from tracker.news.seen import Seen
from tracker.news.welcome import details_missing, welcomes
from tracker.programme import HistoryLine
from tracker.sync import Books


def due_news(
    known: Known,
    books: Books,
    now: datetime,
    told: Told,
    *,
    noted: Collection[HistoryLine] = (),
    doubtful: Collection[str] = (),
) -> tuple[News, ...]:
    """Give every letter that is news now and has not left, by kind and partner.

    `known` is the book as a sync read it, `books` both ledgers as it left them and `noted` the
    lines of Code history that it added. `doubtful` are partners with a ledger problem: no sums
    are told to them. `now` is aware.
    """
    seen = Seen(known, books, (*known.history, *noted), now, told, doubtful)
    return tuple(one for one in _standing(seen) if not told.left(one.name))


def _standing(seen: Seen) -> Iterator[News]:
    yield from welcomes(seen)
    yield from paid_out(seen)
    yield from sales(seen)
    yield from details_missing(seen)
    yield from code_changes(seen)
    yield from papers_wanted(seen)

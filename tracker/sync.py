"""What is to be written? The difference between what is owed and what is written.

The order of the steps, and nothing of how anything is stored. `plan` is a pure function: printed
instead of committed it is `--dry-run`; run again on what it led to, it is empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from tracker.attribution import CodeBook, code_book
from tracker.known import Known
from tracker.ledger import Ledger, Order, read_ledger, steps
from tracker.lines import CommissionLine, JournalLine, Key
from tracker.owners_money import known_payouts, notes
from tracker.payout_checks import payout_problems
from tracker.payout_facts import Payout
from tracker.periods import end_of
from tracker.problems import Problem, Stop
from tracker.programme import HistoryLine
from tracker.reviewing import capped_problems, code_problems
from tracker.verifying import ledger_problems, statement_problems
from tracker.worklist import Arrivals, Counts, decide_all, standing_lines

CLOCK_BEHIND_DAYS_MAX = 1
CLOCK_AHEAD_DAYS_MAX = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """Both ledgers as they will stand: what reports, statements and payouts are made from.

    Attributes:
        orders: by (source, order_id), owner's money too.
        lines: every step, oldest first; those of orders set aside as they stand.
        aside: the orders set aside, with (why, cell).
    """

    orders: Mapping[Key, Order]
    lines: tuple[CommissionLine, ...]
    aside: Mapping[Key, tuple[str, str]]

    def payouts(self) -> list[Payout]:
        """All payouts, by id."""
        return known_payouts(self.orders)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one sync wants to append, and everything reports are made from."""

    noted_at: datetime
    journal: tuple[JournalLine, ...]
    commissions: tuple[CommissionLine, ...]
    history: tuple[HistoryLine, ...]
    counts: Counts
    problems: tuple[Problem, ...]
    books: Books
    code_book: CodeBook
    restored: int = 0
    held: frozenset[Key] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether no ledger line is to be appended."""
        return not (self.journal or self.commissions or self.history)


def plan(
    known: Known, arrivals: Arrivals, now: datetime, secret: bytes, *, clock_is_right: bool = False
) -> Plan:
    """Decide what to append to the ledgers, from what was read and what arrived.

    Raises Stop when the clock is more than a day behind the last line or 400 days ahead of it.
    """
    ledger = read_ledger(known.facts, known.written)
    noted_at = stamp(known, ledger, now, clock_is_right=clock_is_right)
    history = code_changes(known, noted_at)
    book = code_book(
        known.codes,
        (*known.history, *history),
        known.partners,
        known.broken("Codes"),
        known.broken("Partners"),
    )
    found = decide_all(known, ledger, arrivals, book, noted_at, secret)
    orders = _with(ledger.orders, found.lines)
    own, own_problems = notes(known, orders, noted_at)
    orders = _with(orders, own)
    lines = all_steps(orders)
    present = {row.line_id for row in known.written}
    missing = tuple(line for line in lines if line.line_id not in present)
    fresh = {line.line_id for line in (*found.lines, *own)}
    aside = {key: why for key, why in ledger.aside.items() if key not in orders}
    standing = standing_lines(known, aside)
    books = Books(orders=orders, lines=tuple(sorted([*lines, *standing], key=_age)), aside=aside)
    problems = (
        *known.problems,
        *arrivals.problems,
        *code_problems(known),
        *found.problems,
        *own_problems,
        *capped_problems(orders),
        *payout_problems(known, books.payouts(), known.programme.local_date(now)),
        *ledger_problems(known, ledger, aside, lines, standing),
        *statement_problems(known, books.lines),
    )
    return Plan(
        noted_at=noted_at,
        journal=(*found.lines, *own),
        commissions=missing,
        history=tuple(history),
        counts=found.counts(orders, arrivals.quarantined, len(missing)),
        problems=tuple(dict.fromkeys(problems)),
        books=books,
        code_book=book,
        restored=sum(1 for line in missing if line.fact not in fresh),
        held=frozenset(arrivals.orders() & aside.keys()),
    )


def _age(line: CommissionLine) -> tuple[datetime, str, str, int, str]:
    return line.booked_at, line.source, line.order_id, line.n, line.line_id


def stamp(known: Known, ledger: Ledger, now: datetime, *, clock_is_right: bool) -> datetime:
    """Tell when this plan's lines are noted (design.md section 2, rule 5).

    Never before a line that is written, nor in a month that is sealed.
    """
    noted = [order.latest.noted_at for order in ledger.orders.values()]
    noted += [line.noted_at for lines in ledger.loose.values() for line in lines]
    noted += [line.noted_at for line in known.history]
    last = max(noted, default=None)
    if last is not None and not clock_is_right:
        if now < last - timedelta(days=CLOCK_BEHIND_DAYS_MAX):
            raise Stop("clock_behind", now=now.isoformat(), last=last.isoformat())
        if now > last + timedelta(days=CLOCK_AHEAD_DAYS_MAX):
            raise Stop("clock_ahead", now=now.isoformat(), last=last.isoformat())
    sealed = max((one.month for one in known.statements), default=None)
    bounds = [now.replace(microsecond=0)]
    if last is not None:
        bounds.append(last)
    if sealed is not None:
        bounds.append(end_of(sealed, known.programme))
    return max(bounds).astimezone(known.programme.zone)


def code_changes(known: Known, noted_at: datetime) -> list[HistoryLine]:
    """Lines of Code history for every owner or state that differs from the last one noted."""
    found: list[HistoryLine] = []
    book = code_book(known.codes, known.history, known.partners)
    for name, rows in book.codes.items():
        past = book.history.get(name, ())
        if len(rows) == 1:
            row, last = rows[0], past[-1] if past else None
            if last is None or (last.partner_id, last.status) != (row.partner_id, row.status):
                # The first known owner has no beginning, also of a code that was nobody's before.
                since = noted_at if any(line.partner_id for line in past) else None
                found.append(_noted(row.code, row.partner_id, row.status, since, noted_at))
            continue
        for row in {row.partner_id: row for row in rows}.values():
            own = [line for line in past if line.partner_id == row.partner_id]
            if own and own[-1].status == row.status:
                continue
            begin = None if row.valid_from is None else known.programme.start_of(row.valid_from)
            since = noted_at if own else begin
            found.append(_noted(row.code, row.partner_id, row.status, since, noted_at))
    for partner in known.partners.values():
        states = book.partner_history.get(partner.partner_id, ())
        if not states or states[-1].status != partner.status:
            since = noted_at if states else None
            found.append(_noted("", partner.partner_id, partner.status, since, noted_at))
    return found


def _noted(
    code: str, partner_id: str, status: str, since: datetime | None, noted_at: datetime
) -> HistoryLine:
    return HistoryLine(
        code=code, partner_id=partner_id, status=str(status), since=since, noted_at=noted_at
    )


def _with(orders: Mapping[Key, Order], lines: Iterable[JournalLine]) -> dict[Key, Order]:
    """The orders as they stand once the lines are appended."""
    found = dict(orders)
    for line in lines:
        known = found.get(line.key)
        found[line.key] = Order(lines=(line,) if known is None else (*known.lines, line))
    return found


def all_steps(orders: Mapping[Key, Order]) -> list[CommissionLine]:
    """Commissions as a function of the Journal."""
    return [line for order in orders.values() for line in steps(order)]

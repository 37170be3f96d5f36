"""How is a rule tried before one lives with it? Read, play twice, compare; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path

from tracker.book.reading import SYNC_TABS, read_book
from tracker.code_changes import code_changes
from tracker.comparing import Comparison, compare, thrice
from tracker.known import Known
from tracker.ledger import Order
from tracker.lines import Key
from tracker.out_path import refuse_file, writing_to
from tracker.overlaying import changed, read_change, without_ledgers
from tracker.own_lines import TIER
from tracker.periods import first_day, is_month, next_month
from tracker.problems import Stop
from tracker.programme import Partner
from tracker.rules_text import unreadable
from tracker.running import Rest, Workplace, look
from tracker.simulating import orders_played, replay
from tracker.stores.remembered import write_whole
from tracker.sync import rule_book


@dataclass(frozen=True, slots=True)
class Span:
    """Which orders are compared: by the local day they were placed, both days included."""

    first: date = date.min
    last: date = date.max
    named: str = ""

    def holds(self, day: date) -> bool:
        """Whether an order of that day is among them."""
        return self.first <= day <= self.last


def span_of(month: str | None, first: datetime | None, last: datetime | None) -> Span:
    """Understand --month, or --from and --to. Raises Stop for what is no month, or backwards."""
    if month is not None:
        if not is_month(month):
            raise Stop("month_unreadable", month=month[:20])
        begin = first_day(month)
        end = date.fromordinal(first_day(next_month(month)).toordinal() - 1)
        return Span(begin, end, month)
    begin = date.min if first is None else first.date()
    end = date.max if last is None else last.date()
    if end < begin:
        raise Stop("try_days_backwards", first=begin, last=end)
    days = [str(day) if asked else "" for day, asked in ((begin, first), (end, last))]
    return Span(begin, end, " \u2013 ".join(days).strip() if any(days) else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a trial came to, and of what."""

    changes: tuple[str, ...]
    span: Span
    known: Known
    found: Comparison


def try_rules(place: Workplace, typed: Sequence[str], span: Span) -> Trial:
    """Play the Journal's orders by the rules as they stand and by the changed ones.

    Nothing is written anywhere. Raises Stop for a change that cannot be understood, and while
    a setting or row that rules rest on cannot be read.
    """
    changes = [read_change(one) for one in typed]
    rest = look(place, clock_is_right=True)
    known, made = rest.known, rest.plan
    _refuse_unreadable(known)
    other = changed(rest.snapshot, known, changes, place.secret)
    _refuse_unreadable(other)
    orders = _noted(rest)
    played = orders_played(orders)
    now = replay(played, known, made.code_book, made.noted_at)
    # Whose a lead is, and since when, was found out by the plan.
    touched = replace(other, leads=made.registered)
    book = rule_book(touched, code_changes(other, made.noted_at))
    tried = replay(played, other, book, made.noted_at)
    booked = {one.booked.key: one.booked for one in played}
    booked |= {key: order.latest for key, order in orders.items() if key[0] == TIER}
    decided = thrice(booked, now, tried, known.programme)
    found = compare([one for one in decided if span.holds(one.day)])
    return Trial(changes=tuple(typed), span=span, known=known, found=found)


def _refuse_unreadable(known: Known) -> None:
    if keys := unreadable(known):
        raise Stop("terms_unreadable", keys=", ".join(keys))


def _noted(rest: Rest) -> dict[Key, Order]:
    """The orders as the Journal has them, without what a sync would add just now."""
    fresh = {line.line_id for line in rest.plan.journal}
    found: dict[Key, Order] = {}
    for key, order in rest.plan.books.orders.items():
        lines = tuple(line for line in order.lines if line.line_id not in fresh)
        if lines:
            found[key] = Order(lines=lines)
    return found


def known_now(place: Workplace) -> Known:
    """What the owner's tabs say, read without the ledgers."""
    return read_book(without_ledgers(place.store.read(SYNC_TABS)), place.secret)


def partner_named(known: Known, partner_id: str) -> Partner:
    """The partner of that id. Raises Stop that names the nearest one."""
    if partner_id in known.partners:
        return known.partners[partner_id]
    like = next(iter(get_close_matches(partner_id, sorted(known.partners), 1, 0.0)), "")
    raise Stop("terms_partner_unknown", partner=partner_id, like=like)


def written(place: Workplace, path: Path, content: bytes) -> str:
    """Write a file that somebody named, whole. Raises Stop where it must not or cannot be."""
    refuse_file(place, path)
    with writing_to(path):
        write_whole(path, content)
    return str(path)

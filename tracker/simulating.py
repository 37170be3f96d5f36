"""What would every order come to, were it decided today? The Journal's orders, played once more.

The real core decides them, from their latest facts and touches, in their own time order, as if
nothing had been decided before: all of them, so that limits and tiers have their history. The
owner's decisions still rule. Nothing of what it gives is ever written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.cases import Case
from tracker.code_book import CodeBook
from tracker.deciding import decide
from tracker.goals import goal_lines
from tracker.history import History
from tracker.known import Known
from tracker.ledger import Order
from tracker.lines import JournalLine, Key
from tracker.orders import Facts, read_facts
from tracker.own_lines import OWN_SOURCES
from tracker.placing import Placings, own_time
from tracker.programme import Decision, Verdict
from tracker.touches import Touch, read_touches


@dataclass(frozen=True, slots=True)
class Played:
    """One order as the Journal knows it: what it is decided from, and what is booked.

    `ruling` is the owner's decision that it followed and whose row is gone since.
    """

    facts: Facts
    touches: tuple[Touch, ...]
    booked: JournalLine
    ruling: Decision | None = None


def orders_played(orders: Mapping[Key, Order]) -> list[Played]:
    """The orders of shops, in the order in which they were placed; those that wait left out."""
    latest = (order.latest for key, order in orders.items() if key[0] not in OWN_SOURCES)
    found: list[Played] = []
    for line in sorted((line for line in latest if line.ordered_at), key=own_time):
        said = line.parsed()
        facts = read_facts(said)
        if facts.known:
            touches = read_touches(said.get("touches", ()))
            found.append(Played(facts, touches, line, _remembered(line, said)))
    return found


def _remembered(line: JournalLine, said: Mapping[str, Any]) -> Decision | None:
    ruling = said.get("ruling")
    if not ruling:
        return None
    verdict, partner_id = ruling
    return Decision(
        source=line.source,
        order_id=line.order_id,
        verdict=Verdict(verdict),
        partner_id=partner_id,
    )


def replay(
    played: Iterable[Played], known: Known, book: CodeBook, noted_at: datetime
) -> dict[Key, JournalLine]:
    """Decide each order anew by the rules of `known` and `book`: its one Journal line.

    Goals that partners reach by them are lines of their own, as in the Journal.
    """
    rulings = known.rulings()
    history, placings = History(known.programme), Placings(known.programme)
    found: dict[Key, JournalLine] = {}
    for one in played:
        key = one.booked.key
        rows = {(row.verdict, row.partner_id): row for row in rulings.get(key, ())}
        # Two rows that disagree do nothing.
        decision = next(iter(rows.values())) if len(rows) == 1 else one.ruling
        seen = tuple({*one.touches, *book.evidence.of(one.facts)})
        case = Case(key=key, facts=one.facts, decision=decision, seen=seen)
        line, _, made = decide(case, book, known.programme, noted_at, history)
        if line is not None:
            found[key] = line
            placings.add_to(history, line, made)
    orders = {key: Order(lines=(line,)) for key, line in found.items()}
    goals, _ = goal_lines(known, orders, (), noted_at, placings)
    return found | {line.key: line for line in goals}

"""Which orders does a run look at, and from what is each decided?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tracker.asked import Asker, Group
from tracker.attribution import decided_again, recent
from tracker.cases import Case
from tracker.choices import CashOrders
from tracker.code_book import CodeBook
from tracker.deciding import decide
from tracker.history import History
from tracker.known import Known
from tracker.ledger import Ledger, Order
from tracker.lines import CommissionLine, JournalLine, Key, waits_for_cash
from tracker.model import LoneRefund, OrderVersion, PostedLead
from tracker.orders import Facts, fold, read_facts
from tracker.owners_money import OWN_SOURCES
from tracker.placing import Placings, own_time
from tracker.problems import Problem
from tracker.rulings import Rulings, agreed, unfollowed, verdict
from tracker.touches import Evidence, read_touches, unseen


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """What the order log brought.

    Attributes:
        versions, lone: deliveries by order, for every order with something new also its old ones.
        fresh: orders with a whole version that was not read before; only they are folded again
            after damage.
        leads: deliveries that are no orders, but customers who asked.
        quarantined: how many deliveries wait because they cannot be read.
        problems: of the log itself.
    """

    versions: Mapping[Key, list[OrderVersion]] = field(default_factory=dict)
    lone: Mapping[Key, list[LoneRefund]] = field(default_factory=dict)
    fresh: Collection[Key] = ()
    leads: tuple[PostedLead, ...] = ()
    quarantined: int = 0
    problems: tuple[Problem, ...] = ()

    def orders(self) -> set[Key]:
        """Every order that something arrived for."""
        return set(self.versions) | set(self.lone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The one line a sync prints: orders this run looked at, and lines it wrote."""

    seen: int = 0
    attributed: int = 0
    unattributed: int = 0
    waiting: int = 0
    quarantined: int = 0
    written: int = 0

    def __str__(self) -> str:
        return (
            f"seen={self.seen} attributed={self.attributed} unattributed={self.unattributed} "
            f"waiting={self.waiting} quarantined={self.quarantined} written={self.written}"
        )


@dataclass(slots=True)
class Decided:
    """What deciding the orders of one run came to."""

    lines: list[JournalLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    looked_at: set[Key] = field(default_factory=set)

    def counts(self, orders: Mapping[Key, Order], quarantined: int, written: int) -> Counts:
        """Count what the run looked at, for its one line."""
        looked = [orders[key].latest for key in self.looked_at if key in orders]
        attributed = sum(1 for line in looked if line.partner_id)
        waiting = sum(1 for line in looked if line.state == "waiting")
        return Counts(
            seen=len(looked),
            attributed=attributed,
            unattributed=len(looked) - attributed - waiting,
            waiting=waiting,
            quarantined=quarantined,
            written=written,
        )


def decide_all(
    known: Known,
    ledger: Ledger,
    arrivals: Arrivals,
    book: CodeBook,
    noted_at: datetime,
    secret: bytes,
    placings: Placings,
) -> Decided:
    """Decide every order of the worklist, and name the decisions that cannot be followed."""
    rulings = known.rulings()
    found = Decided(problems=unfollowed(known, rulings, ledger, arrivals.orders()))
    due = _worklist(known, ledger, arrivals, rulings, noted_at)
    cases = {
        key: _case(key, known, ledger, arrivals, rulings, book.evidence, secret) for key in due
    }
    history = History(known.programme)
    for key, before in _in_own_time(ledger, cases):
        latest, made = before, None
        case = cases.pop(key, None)  # what is decided needs no room any more
        if case is None and latest is not None and _touched(latest, history, book, noted_at):
            case = _case(key, known, ledger, arrivals, rulings, book.evidence, secret)
        if case is not None:
            found.looked_at.add(key)
            line, problems, made = decide(case, book, known.programme, noted_at, history)
            found.problems += problems
            found.lines += [] if line is None else [line]
            latest = line or latest
        if latest is not None and latest.ordered_at:
            placings.add_to(history, latest, made)
    return found


def _in_own_time(
    ledger: Ledger, cases: Mapping[Key, Case | None]
) -> list[tuple[Key, JournalLine | None]]:
    """Every order of a shop with its latest line, in the order in which they were placed.

    Limits count the orders before one, so they are decided in this order, whatever came first.
    An order that is set aside counts as its last intact line has it.
    """
    latest: dict[Key, JournalLine | None] = dict.fromkeys(cases)
    latest |= {key: max(lines, key=lambda one: one.n) for key, lines in ledger.loose.items()}
    latest |= {key: order.latest for key, order in ledger.orders.items()}
    times: list[tuple[str, Key]] = []
    for key, line in latest.items():
        case = cases.get(key)
        if key[0] in OWN_SOURCES:
            continue
        if case is not None and case.facts.known:
            times.append((case.facts.ordered_at.astimezone(UTC).isoformat(), key))
        else:
            times.append((own_time(line)[0] if line is not None and line.ordered_at else "", key))
    return [(key, latest[key]) for _, key in sorted(times)]


def _touched(latest: JournalLine, history: History, book: CodeBook, now: datetime) -> bool:
    """Whether an order nothing arrived for has to be decided again, for what others did.

    An answer about earlier orders has changed, or a touch of its customer became known.
    """
    asked = '"asked"' in latest.facts
    known = (
        '"touches"' in latest.facts
        and book.evidence.knows(latest.customer, latest.facts)
        and recent(latest.ordered_at, now)
    )
    if not (asked or known):
        return False
    said = latest.parsed()
    facts = read_facts(said)
    answers = said.get("asked", {})
    asker = Asker(facts, history.programme, history)
    if any(not asker.still(group, answers) for group in Group):
        return True
    noted = read_touches(said.get("touches", ()))
    still = book.evidence.still(noted)
    return known and (len(still) < len(noted) or bool(unseen(book.evidence.of(facts), noted)))


def _worklist(
    known: Known,
    ledger: Ledger,
    arrivals: Arrivals,
    rulings: Rulings,
    now: datetime,
) -> set[Key]:
    """The orders to look at: something arrived, knowledge was wanting, or the owner decided."""
    cash_counts = known.programme.cash_orders is CashOrders.COUNT
    keys = {key for key in arrivals.orders() if key[0] not in OWN_SOURCES}
    for key, order in ledger.orders.items():
        latest = order.latest
        if key[0] in OWN_SOURCES or not latest.ordered_at:
            continue
        if cash_counts and waits_for_cash(latest):
            keys.add(key)
        if latest.partner_id:
            continue
        ordered_at = datetime.fromisoformat(latest.ordered_at)
        if decided_again(latest.reason, latest.candidates, ordered_at, now):
            keys.add(key)
    for key, rows in rulings.items():
        if key in ledger.orders and key[0] not in OWN_SOURCES:
            said = ledger.orders[key].latest.parsed().get("ruling")
            row = agreed(rows)
            if row is not None and list(verdict(row)) != said:
                keys.add(key)
    return keys


def _case(
    key: Key,
    known: Known,
    ledger: Ledger,
    arrivals: Arrivals,
    rulings: Rulings,
    evidence: Evidence,
    secret: bytes,
) -> Case | None:
    """Everything one order is decided from; None while it is set aside."""
    decision = agreed(rulings.get(key, ()))
    versions, lone = arrivals.versions.get(key, []), arrivals.lone.get(key, [])
    order = ledger.orders.get(key)
    if key not in ledger.aside:
        before = Facts() if order is None else read_facts(order.latest.parsed())
        facts = fold(before, versions, lone, secret)
        seen, looked = evidence.of(facts), evidence.wanted
        return Case(key=key, facts=facts, order=order, decision=decision, seen=seen, looked=looked)
    if key not in arrivals.fresh:
        return None
    loose = ledger.loose.get(key, ())
    latest = max(loose, key=lambda line: line.n, default=None)
    before = Facts() if latest is None else read_facts(latest.parsed())
    standing = standing_lines(known, {key: ledger.aside[key]})
    last = max([0, *(line.n for line in loose), *(line.n for line in standing)])
    facts = fold(before, versions, lone, secret)
    return Case(
        key=key,
        facts=facts,
        loose=loose,
        decision=decision,
        written=tuple(standing),
        instead=ledger.damaged.get(key, ()),
        last_n=max(last, _last_damaged(known, key)),
        seen=evidence.of(facts),
        looked=evidence.wanted,
    )


def _last_damaged(known: Known, key: Key) -> int:
    return max((f.line.n for f in known.facts if f.key == key and f.line is not None), default=0)


def standing_lines(known: Known, aside: Mapping[Key, object]) -> list[CommissionLine]:
    """The lines of orders set aside: they count as they stand, each id once."""
    rows = {row.line_id: row.line for row in known.written if row.line is not None and row.fits}
    return [line for line in rows.values() if line.key in aside]

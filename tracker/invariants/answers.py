"""Do the answers noted with each order agree with what the orders placed before it say?

The Journal's latest lines are gone through once, in the orders' own time, and every question is
answered from what was seen so far: a second history, with nothing of `tracker.history`.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tracker.invariants.examined import OWN, Examined, Fault
from tracker.invariants.goods import Sums
from tracker.invariants.reckoned import Unasked, asked_of, worked_out
from tracker.lines import JournalLine, Key
from tracker.problems import params
from tracker.programme import normal_code
from tracker.sentences import split_reason

_READ = ("Codes", "Partners", "Rules", "Tiers", "Fx", "Links", "Decisions")
_BINDS = frozenset({"code", "click", "call", "lead"})


@dataclass(frozen=True, slots=True)
class Seen:
    """An order that came before and counts, as its latest line has it."""

    at: datetime
    day: date
    partner_id: str
    code: str
    evidence: str
    base: int
    currency: str
    earned: tuple[tuple[str, int, str], ...]


@dataclass(slots=True)
class Before:
    """What was seen so far. Two orders are one customer's when a chain of keys joins them."""

    orders: list[Seen] = field(default_factory=list)
    joined: dict[str, str] = field(default_factory=dict)
    bought: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    used: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    sold: dict[tuple[str, str], dict[str, list[int]]] = field(default_factory=dict)
    earned: dict[tuple[str, str, str], int] = field(default_factory=lambda: defaultdict(int))

    def head(self, key: str) -> str:
        """The key by which its customer is filed."""
        while self.joined.get(key, key) != key:
            key = self.joined[key]
        return key

    def see(self, one: Seen, keys: Sequence[str]) -> None:
        """File an order under its customer, code, partner and month."""
        heads = sorted({self.head(key) for key in keys}, key=lambda key: len(self.bought[key]))
        month = one.day.isoformat()[:7]
        if heads:
            for head in (*heads[:-1], *keys):
                self.joined[head] = heads[-1]
            for head in heads[:-1]:
                self.bought[heads[-1]] += self.bought.pop(head)
            self.bought[heads[-1]].append(len(self.orders))
        self.orders.append(one)
        if one.partner_id:
            self.used[one.code] += 1
            counted = self.sold.setdefault((one.partner_id, month), {})
            for unit in (one.currency, ""):
                row = counted.setdefault(unit, [0, 0])
                row[0], row[1] = row[0] + 1, row[1] + one.base
        for who, minor, unit in one.earned:
            for name in (who, ""):
                self.earned[name, month, unit] += minor

    def of(self, keys: Iterable[str]) -> list[Seen]:
        """The customer's orders, oldest first."""
        heads = {self.head(key) for key in keys}
        return [self.orders[at] for at in sorted(at for key in heads for at in self.bought[key])]


@dataclass(frozen=True, slots=True)
class _Asking:
    """One order that asks, and what came before it."""

    fields: Mapping[str, Any]
    line: JournalLine
    said: Mapping[str, Any]
    at: datetime
    day: date
    own: list[Seen]
    before: Before
    zone: Callable[[datetime], date]


def answers_noted(book: Examined) -> Fault | None:
    """I23: what was asked of earlier orders is answered so by the orders that stand.

    Answers for the sum alone may have changed as long as the sum is what it would be by them.
    While a row of the owner's cannot be read nothing is decided anew, and nothing is compared.
    """
    known = book.known
    if known.programme.unreadable or any(known.broken(tab) for tab in _READ):
        return None
    disputed = {one.key for one in book.plan.problems if one.tab == "Decisions"}
    before = Before()
    for at, line in _in_own_time(book):
        said = line.parsed()
        keys = line.customer.split()
        day = known.programme.local_date(at)
        if line.key in book.chains and "/".join(line.key) not in disputed and "asked" in said:
            own = before.of(keys)
            asking = _Asking(
                said["f"], line, said, at, day, own, before, known.programme.local_date
            )
            wrong = _wrong(asking)
            if wrong is not None:
                words = params(about="/".join(line.key), question=wrong[0], right=wrong[1])
                cell = book.cells.get(line.line_id, "")
                return Fault(code="answer_changed", params=words, tab="Journal", cell=cell)
        if _counts(line, said):
            before.see(_seen(at, day, line, said), keys)
    return None


def _in_own_time(book: Examined) -> list[tuple[datetime, JournalLine]]:
    """The latest line of every order of a shop, in the order in which they were placed."""
    latest: dict[Key, JournalLine] = {}
    for line in book.facts.values():
        if line.key not in latest or latest[line.key].n < line.n:
            latest[line.key] = line
    latest |= {key: order.latest for key, order in book.plan.books.orders.items()}
    rows = [
        (datetime.fromisoformat(line.ordered_at).astimezone(UTC), key, line)
        for key, line in latest.items()
        if key[0] not in OWN and line.ordered_at
    ]
    rows.sort(key=lambda row: row[:2])
    return [(at, line) for at, _, line in rows]


def _counts(line: JournalLine, said: Mapping[str, Any]) -> bool:
    """Whether an order is a use of its code and a sale: it earns as far as its state goes."""
    approve, delivered = said.get("terms", {}).get("approve", "paid"), said["f"].get("delivered")
    states = {"placed": {"pending", "paid"}}.get(approve, {"paid"})
    if line.state not in states or (approve == "delivered" and not delivered):
        return False
    return line.reason.split(" ")[0] != "test_order" and not Sums(line, said).wholly_refunded


def _seen(at: datetime, day: date, line: JournalLine, said: Mapping[str, Any]) -> Seen:
    owed = [[o.partner_id, o.minor, o.currency] for o in line.owed if o.role == "order"]
    code = dict(split_reason(line.reason)[1]).get("code", "")
    return Seen(
        at=at,
        day=day,
        partner_id=line.partner_id,
        code=normal_code(code) if code else "",
        evidence=line.evidence,
        base=line.base or 0,
        currency=line.currency,
        earned=tuple((who, minor, unit) for who, minor, unit in said.get("earned", owed)),
    )


def _wrong(asking: _Asking) -> tuple[str, str] | None:
    """The first question whose answer is another now, and that answer."""
    for group, rows in asking.said["asked"].items():
        now: dict[str, Any] = {}
        changed: tuple[str, str] | None = None
        for question, noted in rows:
            name, *arguments = question
            if name not in ANSWERS:
                continue
            found = ANSWERS[name](asking, *arguments)
            now[asked_of(question)] = found
            if found != noted and changed is None:
                changed = (json.dumps(question, ensure_ascii=False), json.dumps(found))
        if changed and not (group == "owed" and _same_sum(asking, now)):
            return changed
    return None


def _same_sum(asking: _Asking, answers: Mapping[str, Any]) -> bool:
    try:
        found = worked_out(asking.line, asking.said, answers)
    except Unasked:
        return False
    owed = {(o.partner_id, o.role, o.currency): o.minor for o in asking.line.owed}
    return found.owed == owed


def _holder(asking: _Asking, code_days: int, link_days: int) -> list[str]:
    """By whom the customer is held: the first binding until it ends, then the next order's."""

    def holds(one: Seen, day: date) -> bool:
        days = code_days if one.evidence == "code" else link_days
        return days < 0 or (days > 0 and day <= one.day + timedelta(days=days))

    held: Seen | None = None
    for one in asking.own:
        binding = one.partner_id and one.evidence in _BINDS and holds(one, one.day)
        if binding and (held is None or not holds(held, one.day)):
            held = one
    if held is None or not holds(held, asking.day):
        return []
    return [held.partner_id, held.evidence, held.day.isoformat(), held.at.isoformat()]


def _volume(asking: _Asking, who: str, period: str, unit: str, *_: object) -> list[int]:
    """(orders, sales) of a partner so far in the period of the asking order's day."""
    year, month = asking.day.year, asking.day.month
    first, last = {
        "ever": ("0000-00", "9999-99"),
        "year": (f"{year:04d}-01", f"{year:04d}-12"),
        "quarter": (f"{year:04d}-{month - (month - 1) % 3:02d}",
                    f"{year:04d}-{month - (month - 1) % 3 + 2:02d}"),
    }.get(period, (f"{year:04d}-{month:02d}",) * 2)  # fmt: skip
    rows = [
        counted
        for (partner_id, in_month), counted in asking.before.sold.items()
        if partner_id == who and first <= in_month <= last
    ]
    orders = sum(row[""][0] for row in rows)
    return [orders, sum(row[unit][1] for row in rows if unit in row)]


def _uses(asking: _Asking, codes: Sequence[str], limit: int, since: str) -> bool:
    used = [one for one in asking.own if one.partner_id and one.code in codes]
    return sum(1 for one in used if one.day.isoformat() >= since) < limit


def _others(asking: _Asking, codes: Sequence[str]) -> bool:
    own = sum(1 for one in asking.own if one.partner_id and one.code in codes)
    return sum(asking.before.used[code] for code in codes) > own


def _of(asking: _Asking, who: str) -> list[Seen]:
    return [one for one in asking.own if one.partner_id == who]


def _goods(asking: _Asking) -> int:
    total, shipping, tax = (
        int(asking.fields.get(name) or 0) for name in ("total", "shipping", "tax")
    )
    return max(0, total - shipping - tax)


def _items(asking: _Asking) -> str:
    rows = asking.fields.get("items") or []
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _earned(asking: _Asking, who: str, unit: str, *_: object) -> int:
    parts = [part for one in asking.own for part in one.earned]
    return sum(minor for name, minor, currency in parts if (name, currency) == (who, unit))


def _own(asking: _Asking, *names: str) -> list[Any]:
    """What the order itself says, name by name: worked out, or a field of its facts."""
    return [
        ANSWERS[name](asking) if name in _WORKED_OUT else ANSWERS["fact"](asking, name)
        for name in names
    ]


_WORKED_OUT = frozenset({"day", "customer_known", "goods", "items"})

ANSWERS: Mapping[str, Callable[..., Any]] = {
    "own": _own,
    "fact": lambda a, name: a.fields.get(name) or None,
    "day": lambda a: a.day.isoformat(),
    "customer_known": lambda a: bool(a.line.customer),
    "goods": _goods,
    "items": _items,
    "room": lambda a, codes, limit: sum(a.before.used[code] for code in codes) < limit,
    "customer_room": _uses,
    "used_by_others": _others,
    "returning": lambda a: bool(a.own),
    "earlier_with": lambda a, who, limit: len(_of(a, who)) < limit,
    "first_with": lambda a, who: min((one.day.isoformat() for one in _of(a, who)), default=""),
    "bound": _holder,
    "volume": _volume,
    "earned_in_month": lambda a, who, unit, *_: a.before.earned[who, a.day.isoformat()[:7], unit],
    "earned_by_customer": _earned,
}
"""How each question of `tracker.asked` is answered from the lines alone."""

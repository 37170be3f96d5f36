"""Which code smells? What a leaked, abused or mistyped code looks like from orders alone.

After field.md S0 and section H: velocity per code, one customer again and again, refusals, own
purchases, and codes that nobody owns. Nothing is blocked: a person looks and decides.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from tracker.attribution import REVIEW, WANT_OF_KNOWLEDGE
from tracker.programme import normal_code
from tracker.sentences import split_reason
from tracker.week_book import Line, Placed, WeekBook, line, within
from tracker.weeks import Week

NAMED_MAX = 3
SUDDEN_MIN = 5
SUDDEN_TIMES = 3
WEEKS_BEFORE = 4
ONE_CUSTOMER_MIN = 3
REFUSED_MIN = 3

_NOBODYS = frozenset({"code_unknown", "code_unknown_look_alike", "code_unbound"})
_OWN = frozenset({"own_purchase", "own_purchase_flagged"})
_NO_REFUSAL = WANT_OF_KNOWLEDGE | REVIEW | {"no_code"}


def smells(book: WeekBook, found: Sequence[Placed], week: Week) -> dict[str, Line]:
    """Every smell there is in the week, by its code."""
    now = within(found, week, week, book.programme)
    sniffed: dict[str, Line | None] = {
        "sudden": _sudden(book, found, now, week),
        "customer": _one_customer(book, now),
        "refused": _refused(book, now),
        "unknown": _unknown(now),
        "own": _own(book, now),
    }
    return {about: said for about, said in sniffed.items() if said is not None}


def _by_code(found: Iterable[Placed]) -> dict[str, list[Placed]]:
    """Orders by normal form of each code on them."""
    groups: dict[str, list[Placed]] = defaultdict(list)
    for one in found:
        for code in one.codes():
            groups[code].append(one)
    return groups


def _names(book: WeekBook) -> dict[str, str]:
    """Codes as the owner writes them, by normal form."""
    return {normal_code(row.code): row.code for row in reversed(book.codes)}


def _listed(code: str, items: Sequence[Line]) -> Line | None:
    """A line with its first items; how many there are besides is said only when there are."""
    if not items:
        return None
    more = len(items) - NAMED_MAX
    named = tuple(items[:NAMED_MAX])
    if more <= 0:
        return line(code, items=named)
    return line(code, items=(*named, line("more_codes", more=more)))


def _sudden(
    book: WeekBook, found: Sequence[Placed], now: Iterable[Placed], week: Week
) -> Line | None:
    """Codes on five orders or more, and on over three times their average of four weeks before.

    Only codes known for those four weeks: in Code history, or by an order placed before them.
    """
    names, since = _names(book), _known_since(book, found)
    first = week.back(WEEKS_BEFORE)
    before = _by_code(within(found, first, week.back(1), book.programme))
    begin = first.begin(book.programme)
    ranked: list[tuple[int, str, Line]] = []
    for code, orders in _by_code(now).items():
        count, earlier = len(orders), len(before.get(code, ()))
        sudden = count >= SUDDEN_MIN and count * WEEKS_BEFORE > SUDDEN_TIMES * earlier
        if code in names and sudden and since[code] <= begin:
            item = line("sudden_item", code=names[code], orders=count, before=earlier)
            ranked.append((-count, code, item))
    return _listed("sudden", _in_order(ranked))


def _known_since(book: WeekBook, found: Iterable[Placed]) -> dict[str, datetime]:
    """When each code was first heard of."""
    since: dict[str, datetime] = {}
    for row in book.history:
        code = normal_code(row.code)
        since[code] = min(row.noted_at, since.get(code, row.noted_at))
    for one in found:
        for code in one.codes():
            since[code] = min(one.at, since.get(code, one.at))
    return since


def _one_customer(book: WeekBook, now: Iterable[Placed]) -> Line | None:
    """Codes with three orders or more of one customer; two are one when any key agrees."""
    names = _names(book)
    ranked: list[tuple[int, str, Line]] = []
    for code, orders in _by_code(now).items():
        group = max(_customers(orders), key=len, default=[])
        if code in names and len(group) >= ONE_CUSTOMER_MIN:
            listed = tuple(one.latest.order_id for one in group[:NAMED_MAX])
            kind = "customer_more" if len(group) > NAMED_MAX else "customer_item"
            item = line(kind, code=names[code], orders=len(group), listed=listed)
            ranked.append((-len(group), code, item))
    return _listed("customer", _in_order(ranked))


def _customers(orders: Iterable[Placed]) -> list[list[Placed]]:
    """Orders by customer, those of unknown ones left out; each as they were placed."""
    groups: list[tuple[set[str], list[Placed]]] = []
    for one in orders:
        keys = set(one.latest.customer.split())
        if not keys:
            continue
        same = [group for group in groups if group[0] & keys]
        groups = [group for group in groups if not group[0] & keys]
        joined = [order for _, members in same for order in members]
        groups.append((keys.union(*(known for known, _ in same)), [*joined, one]))
    return [sorted(members, key=lambda one: (one.at, one.latest.key)) for _, members in groups]


def _refused(book: WeekBook, now: Iterable[Placed]) -> Line | None:
    """Codes most orders of which a rule or the owner refused: over half, of three or more.

    What waits for a person or for a row in Codes is not refused.
    """
    names = _names(book)
    ranked: list[tuple[int, str, Line]] = []
    for code, orders in _by_code(now).items():
        refused = sum(1 for one in orders if not one.latest.partner_id and _is_refusal(one))
        if code in names and len(orders) >= REFUSED_MIN and 2 * refused > len(orders):
            item = line("refused_item", code=names[code], refused=refused, orders=len(orders))
            ranked.append((-refused, code, item))
    return _listed("refused", _in_order(ranked))


def _is_refusal(one: Placed) -> bool:
    return one.why not in _NO_REFUSAL


def _unknown(now: Iterable[Placed]) -> Line | None:
    """Codes that customers typed and nobody owns, on orders that are therefore nobody's."""
    typed: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for one in now:
        if one.latest.partner_id or one.why not in _NOBODYS:
            continue
        for code, (as_typed, why) in one.codes().items():
            if why in _NOBODYS:
                typed.setdefault(code, as_typed)
                counts[code] += 1
    ranked = [
        (-count, code, line("unknown_item", code=typed[code], orders=count))
        for code, count in counts.items()
    ]
    return _listed("unknown", _in_order(ranked))


def _own(book: WeekBook, now: Iterable[Placed]) -> Line | None:
    """Orders that a partner made with his own code: flagged or refused, and not yet decided."""
    counts = Counter(_buyer(one) for one in now if one.why in _OWN)
    ranked = [
        (-count, who, line("own_item", partner=book.name(who), orders=count))
        for who, count in counts.items()
    ]
    return _listed("own", _in_order(ranked))


def _buyer(one: Placed) -> str:
    return dict(split_reason(one.latest.reason)[1]).get("partner", "")


def _in_order(ranked: Iterable[tuple[int, str, Line]]) -> list[Line]:
    """The greatest first, equals by name."""
    return [item for *_, item in sorted(ranked, key=lambda row: row[:2])]

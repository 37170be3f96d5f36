"""How is each question about an order answered? From its facts, and from what came before it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from tracker.compact import encoded
from tracker.history import Placed
from tracker.questions import OWN, Json

if TYPE_CHECKING:
    from tracker.asked import Asker


def _holder(found: Placed | None) -> Json:
    if found is None:
        return []
    return [found.partner_id, found.evidence, found.day.isoformat(), found.at.isoformat()]


def _first_with(asker: Asker, partner_id: str) -> str:
    found = asker.history.orders_with(asker.keys, partner_id)
    return found[0].day.isoformat() if found else ""


def _used(asker: Asker, codes: Sequence[str], limit: int, since: str) -> bool:
    first = date.fromisoformat(since) if since else None
    return asker.history.uses_by(asker.keys, codes, first) < limit


_OWN: Mapping[str, Callable[[Asker], Json]] = {
    "goods": lambda a: a.sums.goods,
    "items": lambda a: a.items_mark,
    "day": lambda a: a.day.isoformat(),
    "customer_known": lambda a: bool(a.keys),
}
"""What of an order is no field of its facts; every other name is one."""


def _own(asker: Asker, name: str) -> Json:
    work_out = _OWN.get(name)
    return asker.facts.get(name) or None if work_out is None else work_out(asker)


ANSWERS: Mapping[str, Callable[..., Json]] = {
    OWN: lambda a, *names: [_own(a, name) for name in names],
    "fact": _own,
    **_OWN,  # each by itself, as lines written before have them
    "room": lambda a, codes, limit: a.history.uses(codes) < limit,
    "customer_room": _used,
    "used_by_others": lambda a, codes: a.history.used_by_others(a.keys, codes),
    "returning": lambda a: a.history.returning(a.keys),
    "earlier_with": lambda a, who, limit: len(a.history.orders_with(a.keys, who)) < limit,
    "first_with": _first_with,
    "bound": lambda a, code_days, link_days: _holder(
        a.history.bound(a.keys, a.facts.ordered_at, code_days, link_days)
    ),
    "volume": lambda a, who, period, currency, *_: list(
        a.history.volume(who, a.day, period, currency)
    ),
    "earned_in_month": lambda a, who, unit, *_: a.history.earned_in_month(who, a.day, unit),
    "earned_by_customer": lambda a, who, unit, *_: a.history.earned_by(a.keys, who, unit),
}
"""How each question is answered: a new one is a line here and a method of `Asker`."""


def digest(value: Json) -> str:
    """A short mark by which a long answer is known again."""
    return hashlib.sha256(encoded(value)).hexdigest()[:16]

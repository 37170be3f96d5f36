"""What was fixed when a partner was first credited with an order?

The rate, base rule and payable date stand in columns of the Journal. All else that the sum is
worked out from stands in its facts, so a line can be worked out again from itself alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter
from typing import Any

from tracker.model import BaseRule
from tracker.policy import ApproveOn
from tracker.rates import Rate

Json = Any


@dataclass(frozen=True, slots=True)
class ItemRate:
    """What some lines of an order earn; an empty sku or category fits all. Rate "": nothing."""

    sku: str
    category: str
    rate: str
    source: str


@dataclass(frozen=True, slots=True)
class Step:
    """A threshold of a tier: from `start` (orders, or minor units of sales) on, this rate."""

    start: int
    rate: str
    tier_id: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """The tiers that apply: what they count, over which period, to what, and their steps.

    `currency` is that of sales; steps are in the order of their thresholds.
    """

    counts: str
    period: str
    mode: str
    currency: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Sharer:
    """Another partner who earns a part of the order (conflict = split), by his own rate."""

    partner_id: str
    rate: str
    source: str


USUAL_APPROVE = ApproveOn.PAID.value
"""From which state on an order earns where nothing else was said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Everything fixed beside rate, base and date. What is left out changes nothing.

    Attributes:
        source: where the rate stands, for people: `rule 10`, `code`, `partner`, `programme`.
        approve: from which state on the order earns.
        only, without: the products or categories the code is for, or not for.
        items: rates of single products or categories, the first that fits decides.
        ladder: tiers by volume.
        cap_order, cap_customer, cap_month, budget_month: minor units of `cap_currency`.
        level: (parent partner, his rate, what it is taken from).
        helper: (manager, his percent, who pays).
        sharers: who else earns a part.
        pay_currency, fx_rate, fx_on: the partner's currency, and the rate of exchange frozen.
    """

    source: str = ""
    approve: str = USUAL_APPROVE
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    items: tuple[ItemRate, ...] = ()
    ladder: Ladder | None = None
    cap_order: int | None = None
    cap_customer: int | None = None
    cap_month: int | None = None
    budget_month: int | None = None
    cap_currency: str = ""
    level: tuple[str, str, str] | None = None
    helper: tuple[str, str, str] | None = None
    sharers: tuple[Sharer, ...] = ()
    pay_currency: str = ""
    fx_rate: str = ""
    fx_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What was fixed when the partner was first credited with the order.

    Attributes:
        rate: a percent of the base, or a whole sum.
        base_rule: what the percent is taken from.
        payable_on: the first local day on which a commission may be paid.
    """

    rate: Rate
    base_rule: BaseRule
    payable_on: date
    beside: Beside = Beside()


def written(beside: Beside) -> dict[str, Json]:
    """Write what is not usual as json can keep it; empty for a plain programme."""
    return {
        name: _WRITERS[name](value) if name in _WRITERS else value
        for name, value, usual in zip(_NAMES, _VALUES(beside), _USUAL, strict=True)
        if value != usual
    }


_ITEM = attrgetter("sku", "category", "rate", "source")
_SHARER = attrgetter("partner_id", "rate", "source")
_STEP = attrgetter("start", "rate", "tier_id")
_LADDER = attrgetter("counts", "period", "mode", "currency")


def _rungs(ladder: Ladder) -> Json:
    return [*_LADDER(ladder), [_STEP(step) for step in ladder.steps]]


_WRITERS: Mapping[str, Callable[[Json], Json]] = {
    "items": lambda rows: [_ITEM(row) for row in rows],
    "sharers": lambda rows: [_SHARER(row) for row in rows],
    "ladder": _rungs,
}
_NAMES = tuple(one.name for one in fields(Beside))
_VALUES = attrgetter(*_NAMES)
_USUAL = _VALUES(Beside())
"""Looked up once: every order's terms are written."""


def read(said: Mapping[str, Json]) -> Beside:
    """Read what `written` wrote. A name that is not known any more is passed over."""
    values: dict[str, Json] = {
        name: _READERS.get(name, _same)(said[name]) for name in _NAMES if name in said
    }
    return Beside(**values)


def _same(value: Json) -> Json:
    return tuple(value) if isinstance(value, list) else value


def _ladder(row: Json) -> Ladder:
    counts, period, mode, currency, steps = row
    return Ladder(counts, period, mode, currency, tuple(Step(*step) for step in steps))


_READERS: Mapping[str, Callable[[Json], Json]] = {
    "items": lambda rows: tuple(ItemRate(*row) for row in rows),
    "sharers": lambda rows: tuple(Sharer(*row) for row in rows),
    "ladder": _ladder,
}

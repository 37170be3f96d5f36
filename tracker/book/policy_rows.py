"""Which rules does the Settings tab choose? Attribution, limits, levels, bonuses, approval."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from tracker.book.rows import BadCell, Reading, Row
from tracker.layout import SETTINGS, choice_value
from tracker.policy import (
    FOR_GOOD,
    ApproveOn,
    BonusFrom,
    Conflict,
    LeadPays,
    LevelOf,
    Mode,
    PayFor,
    Policy,
    Span,
)
from tracker.rates import Rate

APPROVE_ON = re.compile(r"approve_on_(.+)")
_SPECS = {spec.key: spec for spec in SETTINGS}
_SPAN = re.compile(r"([0-9]{1,4})\s*([^\W\d]+)")
_ORDER_WORDS = frozenset("order orders заказ заказа заказов".split())
_MONTH_WORDS = frozenset("month months месяц месяца месяцев мес".split())
_ALL_WORDS = frozenset({"all", "все"})
_FIRST_WORDS = frozenset({"first", "первый"})
_ORDER_ONLY = frozenset({"order", "заказ", "0"})
_ALWAYS = frozenset({"always", "for good", "навсегда", "всегда"})


def read_policy(
    rows: Mapping[str, Row], currency: str, reading: Reading, unreadable: set[str]
) -> Policy:
    """Read the rows of Settings that choose rules. Keys whose value cannot be read are added."""
    values: dict[str, Any] = {}
    for key, read in _READERS.items():
        value = _value(rows.get(key), key, read, reading, unreadable)
        if value is not None:
            values[key] = value
    for key in ("cap_order", "cap_customer", "cap_month", "budget_month"):
        value = _value(rows.get(key), key, lambda row: _cap(row, currency), reading, unreadable)
        if value is not None:
            values[key] = value
    _refuse_percent_of_nothing(values, rows, reading, unreadable)
    values["approve_on"] = _approvals(rows, reading, unreadable)
    return Policy(**values)


def _refuse_percent_of_nothing(
    values: Mapping[str, Any], rows: Mapping[str, Row], reading: Reading, unreadable: set[str]
) -> None:
    """Refuse a percent for a lead that earns as soon as it is registered: there is no sum yet."""
    rate = values.get("lead_rate")
    if rate is None or rate.percent is None:
        return
    if values.get("lead_pays_on") is LeadPays.REGISTRATION:
        reading.bad(rows["lead_rate"], "value", "lead_rate_of_nothing", "lead_rate", str(rate))
        unreadable.add("lead_rate")


def _value(
    row: Row | None,
    key: str,
    read: Callable[[Row], object],
    reading: Reading,
    unreadable: set[str],
) -> object:
    if row is None or not row.has("value"):
        return None
    value = reading.understood(row, key, read)
    if value is None:
        unreadable.add(key)
    return value


def _approvals(
    rows: Mapping[str, Row], reading: Reading, unreadable: set[str]
) -> dict[str, ApproveOn]:
    """From which state on orders earn, by source; "" for every other source."""
    found: dict[str, ApproveOn] = {}
    for key, row in rows.items():
        own = APPROVE_ON.fullmatch(key)
        if key != "approve_on" and own is None:
            continue
        value = _value(
            row, key, lambda row: ApproveOn(read_choice(row, "approve_on")), reading, set()
        )
        if isinstance(value, ApproveOn):
            found[own[1] if own else ""] = value
        elif row.has("value"):
            unreadable.add("approve_on")
    return found


def read_choice(row: Row, key: str) -> str:
    """Read a setting whose values are a closed list. Raises BadCell for any other."""
    text = row.text("value")
    found = choice_value(_SPECS[key], text)
    if found is None:
        raise BadCell("value", "choice_unknown", text)
    return found


def _cap(row: Row, currency: str) -> int:
    minor = row.minor("value", currency)
    if minor < 0:
        raise BadCell("value", "amount_below_zero", row.text("value"))
    return minor


def _percent(row: Row) -> Decimal | None:
    rate = row.rate("value")
    if rate is None:
        return None
    if rate.percent is None:
        raise BadCell("value", "percent_wanted", row.text("value"))
    return rate.percent


def _rate(row: Row) -> Rate | None:
    """A percent or a sum: a lead and a parent partner have no goods to count."""
    rate = row.rate("value")
    if rate is not None and rate.per_item:
        raise BadCell("value", "rate_not_per_item", row.text("value"))
    return rate


def _binding(row: Row) -> int | None:
    """For how many days: `order` is none, `always` without end."""
    text = row.text("value")
    word = text.casefold()
    if word in _ORDER_ONLY:
        return 0
    if word in _ALWAYS:
        return FOR_GOOD
    if not text.isascii() or not text.isdecimal():
        raise BadCell("value", "binding_unreadable", text)
    return row.whole("value", 1, 3650)


def read_pay_for(text: str) -> PayFor | None:
    """Read which orders of one customer earn: `all`, `first`, `3 orders`, `12 months`.

    None for anything else.
    """
    word = " ".join(text.casefold().split())
    if word in _ALL_WORDS:
        return PayFor()
    if word in _FIRST_WORDS:
        return PayFor(Span.ORDERS, 1)
    found = _SPAN.fullmatch(word)
    if found is None or int(found[1]) == 0:
        return None
    if found[2] in _ORDER_WORDS:
        return PayFor(Span.ORDERS, int(found[1]))
    return PayFor(Span.MONTHS, int(found[1])) if found[2] in _MONTH_WORDS else None


def _pay_for(row: Row) -> PayFor:
    text = row.text("value")
    found = read_pay_for(text)
    if found is None:
        raise BadCell("value", "pay_for_unreadable", text)
    return found


def _whole(low: int, high: int) -> Callable[[Row], int | None]:
    return lambda row: row.whole("value", low, high)


_READERS: dict[str, Callable[[Row], object]] = {
    "attribution": lambda row: Mode(read_choice(row, "attribution")),
    "conflict": lambda row: Conflict(read_choice(row, "conflict")),
    "window_days": _whole(0, 3650),
    "block_if_earlier_paid_touch": lambda row: (
        read_choice(row, "block_if_earlier_paid_touch") == "yes"
    ),
    "code_binds": _binding,
    "link_binds": _binding,
    "lead_protect_days": _whole(0, 3650),
    "lead_rate": _rate,
    "lead_pays_on": lambda row: LeadPays(read_choice(row, "lead_pays_on")),
    "direct_group": lambda row: row.text("value"),
    "cross_bonus": _percent,
    "cross_bonus_from": lambda row: BonusFrom(read_choice(row, "cross_bonus_from")),
    "pay_for": _pay_for,
    "level2": _rate,
    "level2_of": lambda row: LevelOf(read_choice(row, "level2_of")),
    "code_pattern": lambda row: row.text("value"),
}

"""What does the Settings tab say? One row a key; a value that cannot be read is named."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time, tzinfo
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from tracker.addresses import NotASender, email_problem, parse_from
from tracker.book.policy_rows import APPROVE_ON, read_choice, read_policy
from tracker.book.rows import BadCell, Reading, Row
from tracker.choices import CashOrders, Mail, MailUnknown, Notify, SelfPurchase, TwoCodes
from tracker.layout import SETTINGS
from tracker.model import BaseRule
from tracker.money import CURRENCIES
from tracker.programme import Programme
from tracker.stores import Table

_MIN_PAYOUT = re.compile(r"min_payout_([A-Za-z]{3})")
_SPECS = {spec.key: spec for spec in SETTINGS}


def read_programme(table: Table, reading: Reading) -> Programme:
    """Read Settings. A key without a row has its usual value; an unreadable one is listed."""
    rows = dict(reading.keyed(table, "setting"))
    unreadable = set(reading.unreadable.get(table.tab.value, ()))
    values: dict[str, Any] = {}
    for key in rows.keys() - _SPECS.keys():
        if not (_MIN_PAYOUT.fullmatch(key) or APPROVE_ON.fullmatch(key)):
            reading.bad(rows[key], "setting", "setting_unknown", key, key)
    for key, read in _READERS.items():
        row = rows.get(key)
        if row is None or not row.has("value"):
            continue
        value = reading.understood(row, key, read)
        if value is None:
            unreadable.add(key)
        else:
            values[key] = value
    currency = values.get("currency", Programme().currency)
    values["min_payout"] = _minimums(rows, currency, reading, unreadable)
    values["policy"] = read_policy(rows, currency, reading, unreadable)
    values["zone"] = _zone(values.get("time_zone", Programme().time_zone))
    return Programme(**values, unreadable=frozenset(unreadable))


def _zone(name: str) -> tzinfo:
    return ZoneInfo(name)


def _minimums(
    rows: dict[str, Row], currency: str, reading: Reading, unreadable: set[str]
) -> dict[str, int]:
    """The least payouts by currency: `min_payout` in the programme's, then `min_payout_EUR`."""
    found = {currency: Programme().min_payout["RUB"]}
    for key, row in rows.items():
        own = _MIN_PAYOUT.fullmatch(key)
        if key != "min_payout" and not own:
            continue
        unit = own[1].upper() if own else currency
        if not row.has("value"):
            continue
        value = reading.understood(row, key, partial(_minimum, currency=unit))
        if value is None:
            unreadable.add(key)
        else:
            found[unit] = value
    return found


def _minimum(row: Row, currency: str) -> int:
    if currency not in CURRENCIES:
        raise BadCell("setting", "currency_unknown", currency)
    minor = row.minor("value", currency)
    if minor < 0:
        raise BadCell("value", "amount_below_zero", row.text("value"))
    return minor


def _time_zone(row: Row) -> str:
    name = row.text("value")
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown names and names that are paths
        raise BadCell("value", "time_zone_unknown", name) from None
    return name


def _mail_from(row: Row) -> str:
    text = row.text("value")
    if isinstance(parse_from(text), NotASender):
        raise BadCell("value", "mail_from_unreadable", text)
    return text


def _owner_email(row: Row) -> str:
    text = row.text("value")
    if email_problem(text):
        raise BadCell("value", "owner_email_unreadable", text)
    return text


def _time(row: Row) -> time | None:
    return row.time_of_day("value")


def _whole(low: int, high: int) -> Callable[[Row], int | None]:
    return lambda row: row.whole("value", low, high)


_READERS: dict[str, Callable[[Row], object]] = {
    "program_name": lambda row: row.text("value"),
    "currency": lambda row: row.currency("value", ""),
    "time_zone": _time_zone,
    "language": lambda row: read_choice(row, "language"),
    "rate": lambda row: row.rate("value"),
    "base": lambda row: BaseRule(read_choice(row, "base")),
    "hold_days": _whole(0, 3650),
    "payout_day": _whole(1, 31),
    "two_codes": lambda row: TwoCodes(read_choice(row, "two_codes")),
    "self_purchase": lambda row: SelfPurchase(read_choice(row, "self_purchase")),
    "cash_orders": lambda row: CashOrders(read_choice(row, "cash_orders")),
    "mail": lambda row: Mail(read_choice(row, "mail")),
    "mail_from": _mail_from,
    "owner_email": _owner_email,
    "quiet_days": _whole(0, 3650),
    "statement_time": _time,
    "payout_time": _time,
    "check_time": _time,
    "mail_unknown": lambda row: MailUnknown(read_choice(row, "mail_unknown")),
    "mail_pause": _whole(0, 3600),
    "notify": lambda row: Notify(read_choice(row, "notify")),
    "welcome": lambda row: row.text("value"),
    "owner_digest": lambda row: read_choice(row, "owner_digest") == "weekly",
    "document_days": _whole(0, 365),
    "payer_name": lambda row: row.text("value"),
    "payer_details": lambda row: row.text("value"),
    "payment_purpose": lambda row: row.text("value"),
    "tidy": lambda row: read_choice(row, "tidy") == "daily",
    "keep_bodies_days": _whole(0, 3650),
    "keep_leads_months": _whole(0, 120),
}

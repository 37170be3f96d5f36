"""What does a partner's statement of a month say, and does it add up?

A statement is per partner and month; each currency has its own account in it, never summed.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.model import BaseRule


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One line of the ledger as the partner sees it.

    Attributes:
        line_id: the line in Commissions; booked_on: its local date.
        kind: sale, clawback, adjustment, lead, bonus, level, payout, payout_return.
        source, order_id: whose order; ordered_on: its own local date (may be an earlier month).
        base: what the rate was taken from, minor units of the account's currency; None if a sum.
        rate: as typed (`15%`, `500.00 RUB`), empty where there is none.
        minor: signed, minor units.
        payable_on: the hold ends; None for payouts.
        because: the reason's text (`code name=value`), for `tracker.sentences.reason_says`.
    """

    line_id: str
    booked_on: date
    kind: str
    source: str
    order_id: str
    ordered_on: date | None
    base: int | None
    base_rule: BaseRule | None
    rate: str
    minor: int
    payable_on: date | None
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncounted:
    """An order of this month that names the partner and earned him nothing, and why."""

    source: str
    order_id: str
    ordered_on: date | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A sum above zero that cannot be paid before `payable_on`."""

    order_id: str
    minor: int
    payable_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One currency of a statement; opening + sum of lines = closing, minor units.

    Attributes:
        lines: everything but payouts, oldest first; payouts: payouts and their returns.
        on_hold, payable: of the closing, as of the statement's `as_of`; they add up to it.
        missing: how much payable lacks to the minimum payout; 0 when it is reached.
        minimum: the minimum payout in this currency.
        digest: sha256 of the sorted (line_id, minor) of all its lines.
    """

    currency: str
    opening: int
    lines: tuple[StatementLine, ...]
    payouts: tuple[StatementLine, ...]
    closing: int
    held: tuple[Held, ...]
    on_hold: int
    payable: int
    missing: int
    minimum: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A partner's month, ready to be rendered.

    Attributes:
        statement_id: the same for the same partner, month and revision.
        month: `2026-10`; final is False while the month is not over (a preview).
        email: empty when the partner has none; language: `en` or `ru`.
        as_of: the local date that on_hold and payable are told for (the first day after the month).
        payout_on: the next payout day after the month.
        zone: the programme's time zone, printed on the statement.
    """

    statement_id: str
    partner_id: str
    name: str
    email: str
    language: str
    month: str
    final: bool
    revision: int
    program_name: str
    zone: str
    as_of: date
    payout_on: date
    accounts: tuple[Account, ...]
    uncounted: tuple[Uncounted, ...]


def statement_id(partner_id: str, month: str, revision: int) -> str:
    """The id of a letter: the same for the same partner, month and revision."""
    text = f"{partner_id}\n{month}\n{revision}"
    digest = base64.b32encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"st_{digest[:16].lower()}"


def digest_of(lines: Iterable[tuple[str, int]]) -> str:
    """The fingerprint of a sealed account: sha256 of its sorted (line_id, minor) (I13)."""
    text = "\n".join(f"{line_id} {minor}" for line_id, minor in sorted(lines))
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:32]

"""What is a payout, and how does the Journal remember it?

What it pays and where to never changes: it stands in the facts of its first Journal line and is
copied on. What became of it is the state of the latest one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.choices import TaxStatus
from tracker.lines import JournalLine


class Fate(StrEnum):
    """What a payout is, by its cells."""

    OPEN = "open"
    PAID = "paid"
    UNKNOWN = "unknown"
    FREED = "freed"


@dataclass(frozen=True, slots=True, kw_only=True)
class BankLine:
    """What a bank statement said of a payout: the day it was paid, and the bank's number."""

    paid_on: date
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payout:
    """A payout as the Journal knows it.

    Attributes:
        minor: what is to be paid, minor units of `currency`, above 0.
        lines: the lines of Commissions it pays; fate: as booked last.
        method, details, name, tax_status, tax_id: the requisites as they stood when it was
            proposed; the last three are empty in payouts of older books.
        bank: what a bank statement said of it; it counts while the owner's cells do not say
            otherwise (`payout_fates.fate_of`).
        paid_on: the day it was paid, as booked last; None unless it is paid.
    """

    payout_id: str
    partner_id: str
    currency: str
    minor: int
    lines: tuple[str, ...]
    proposed_on: date
    method: str = ""
    details: str = ""
    name: str = ""
    tax_status: TaxStatus = TaxStatus.UNSAID
    tax_id: str = ""
    bank: BankLine | None = None
    fate: Fate = Fate.OPEN
    paid_on: date | None = None


def payout_of(line: JournalLine) -> Payout:
    """Read a payout from its latest Journal line."""
    fate = Fate(line.state)
    paid_on = line.payable_on if fate is Fate.PAID else None
    return replace(payout_from(line.order_id, line.facts), fate=fate, paid_on=paid_on)


def payout_from(payout_id: str, facts: str) -> Payout:
    """Read a payout from the facts that `facts_of` wrote."""
    said = json.loads(facts)
    return Payout(
        payout_id=payout_id,
        partner_id=str(said["partner"]),
        currency=str(said["currency"]),
        minor=int(said["minor"]),
        lines=tuple(str(one) for one in said["lines"]),
        proposed_on=date.fromisoformat(said["proposed_on"]),
        method=str(said["method"]),
        details=str(said["details"]),
        name=str(said.get("name", "")),
        tax_status=TaxStatus(said.get("tax_status", "")),
        tax_id=str(said.get("tax_id", "")),
        bank=_bank(said.get("bank")),
    )


def _bank(said: Mapping[str, str] | None) -> BankLine | None:
    if said is None:
        return None
    return BankLine(paid_on=date.fromisoformat(said["paid_on"]), reference=said["reference"])


def facts_of(payout: Payout) -> str:
    """Write a payout as the facts of its Journal lines; what is not known is left out.

    They never change but for `bank`, which a bank statement adds.
    """
    said: dict[str, Any] = {
        "partner": payout.partner_id,
        "currency": payout.currency,
        "minor": payout.minor,
        "lines": list(payout.lines),
        "proposed_on": payout.proposed_on.isoformat(),
        "method": payout.method,
        "details": payout.details,
    }
    more = {"name": payout.name, "tax_status": payout.tax_status, "tax_id": payout.tax_id}
    said |= {key: value for key, value in more.items() if value}
    if payout.bank is not None:
        paid_on = payout.bank.paid_on.isoformat()
        said["bank"] = {"paid_on": paid_on, "reference": payout.bank.reference}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))

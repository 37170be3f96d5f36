"""What happened that a partner is written of? One value a letter, with every figure it tells."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum

from tracker.choices import Notify
from tracker.model import BaseRule
from tracker.programme import Partner


class NewsKind(StrEnum):
    """What a letter is about; the outbox knows the same words as kinds of letters."""

    WELCOME = "welcome"
    SALES = "sales"
    PAYOUT = "payout"
    DETAILS = "details"
    CODE = "code"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCode:
    """A code of the partner; `rate` as rates are written (`15%`, `500.00 RUB`)."""

    code: str
    rate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """A partner begins: his codes, and the rules in force.

    Attributes:
        minimum: the least sum that is paid out, minor units of `currency`; 0 for none.
        unsaid: what is left out, since a setting cannot be read: `rate`, `hold`, `payout`.
        words: the owner's own, as typed: first those for everybody, then those for him.
        notify: how often he hears of new sales, as things stand.
    """

    codes: tuple[OwnCode, ...]
    base: BaseRule
    hold_days: int
    minimum: int
    currency: str
    payout_day: int
    words: tuple[str, ...]
    notify: Notify
    unsaid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SoldLine:
    """One line of the ledger that a letter about sales names.

    Attributes:
        ordered_on: the order's own local day; None where the shop never said.
        minor: signed, minor units of `currency`: below zero for a clawback.
        base: what the percent was taken from, minor units; None for a whole sum.
        because: why it was taken back, as a reason's text; empty for a sale.
    """

    line_id: str
    source: str
    order_id: str
    ordered_on: date | None
    minor: int
    currency: str
    rate: str
    base: int | None
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesAccount:
    """What the lines of one currency come to, and how the whole account stands after them.

    Attributes:
        orders: how many orders the lines above zero are of.
        earned: their sum; taken_back: the sum of those below zero. Minor units.
        balance: all that was ever booked, payouts too; on_hold: what of it may not be paid yet.
    """

    currency: str
    orders: int
    earned: int
    taken_back: int
    balance: int
    on_hold: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sales:
    """What a partner's codes brought: since the last letter, on a day, or in a week.

    `since` and `until` are the first and the last local day.
    """

    period: Notify
    since: date
    until: date
    lines: tuple[SoldLine, ...]
    accounts: tuple[SalesAccount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidLine:
    """One line that a payout pays; `minor` is signed, `on` its order's or its own local day."""

    kind: str
    source: str
    order_id: str
    on: date | None
    minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper that a partner owes for a payout: what it is, and by which day it is wanted."""

    kind: str
    by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidOut:
    """A payout became paid.

    Attributes:
        minor: what was paid, minor units of `currency`.
        method: how, as the owner typed it; the details themselves are in no letter.
        reference: the owner's or the bank's number of the payment; may be empty.
        paper: what the partner is to send in return; None for nothing.
    """

    payout_id: str
    minor: int
    currency: str
    paid_on: date
    reference: str
    method: str
    lines: tuple[PaidLine, ...]
    paper: Paper | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payable:
    """What is payable of one account, minor units of `currency`."""

    currency: str
    minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsMissing:
    """Money is payable and nobody knows where to; `payout_on` is the next payout day."""

    accounts: tuple[Payable, ...]
    payout_on: date


class CodeChange(StrEnum):
    """What became of a code."""

    PAUSED = "paused"
    LEAKED = "leaked"
    EXPIRED = "expired"
    REPLACED = "replaced"
    ENDS = "ends"
    NEAR_LIMIT = "near_limit"
    AT_LIMIT = "at_limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeChanged:
    """A code of the partner changed, or soon will.

    Attributes:
        on: the local day of the change, or the last one on which the code works.
        used, limit: orders with the code and how many there may be; 0 where that is not told.
        others: his other codes that work.
    """

    change: CodeChange
    code: str
    on: date
    used: int = 0
    limit: int = 0
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWanted:
    """A payout was paid and its paper has not come; `number` counts the reminders."""

    payout_id: str
    minor: int
    currency: str
    paid_on: date
    reference: str
    paper: Paper
    number: int


Event = Welcome | Sales | PaidOut | DetailsMissing | CodeChanged | PaperWanted


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One letter that is due.

    Attributes:
        name: the letter's, for ever: `kind:...`, the same in every run that sees the event.
        partner: to whom; he has an address.
        at: when it happened, aware: the letter's date.
    """

    kind: NewsKind
    name: str
    partner: Partner
    at: datetime
    event: Event

    def figures(self) -> str:
        """Everything the letter tells, as JSON."""
        return json.dumps(
            asdict(self.event), ensure_ascii=False, separators=(",", ":"), default=str
        )


@dataclass(frozen=True, slots=True)
class Told:
    """What the outbox remembers.

    Attributes:
        left: whether the letter of that name has left, or may have.
        lines: ids of the ledger lines named to that partner in letters about sales that left or
            may have, and are of that day or later.
    """

    left: Callable[[str], bool]
    lines: Callable[[str, date], Collection[str]]


def named_lines(figures: str) -> frozenset[str]:
    """The ids of the lines in the figures of a letter about sales."""
    return frozenset(str(line["line_id"]) for line in json.loads(figures)["lines"])

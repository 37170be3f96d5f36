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
        refunded: what the customer of a clawback got back in all, minor units; None if not known.
        gone: a clawback that leaves nothing of what the order earned.
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
    refunded: int | None = None
    gone: bool = False


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
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthEarned:
    """What a month (`2026-10`) brought on one account, payouts aside: signed minor units."""

    month: str
    minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One currency of a statement; opening + sum of lines = closing, minor units.

    Attributes:
        lines: everything but payouts, oldest first; payouts: payouts and their returns.
        on_hold, payable: of the closing, as of the statement's `as_of`; they add up to it.
        missing: how much payable lacks to the minimum payout; 0 when it is reached.
        minimum: the minimum payout in this currency.
        digest: sha256 of the sorted (line_id, minor) of all its lines.
        history: what this month and the five before brought, this one last; empty if not told.
        ripened: what was on hold in the statement before and no longer is.
        unsaid: nothing is promised of the next payout, since its settings cannot be read.
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
    history: tuple[MonthEarned, ...] = ()
    ripened: tuple[Held, ...] = ()
    unsaid: bool = False

    @property
    def has_something(self) -> bool:
        """Whether there is anything in it: a sum, a line, or what is on hold or came off it."""
        sums = self.opening or self.closing or self.on_hold or self.payable
        return bool(sums or self.lines or self.payouts or self.held or self.ripened)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What an account of a statement came to: minor units, and how many lines it had."""

    opening: int
    closing: int
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSaid:
    """As much of a line as names it to its reader; minor units."""

    kind: str
    source: str
    order_id: str
    minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChange:
    """How an account differs from what the revision before said.

    Attributes:
        before: None for an account that was not in it.
        came, gone: lines that are new, and that are no longer there; both empty where nobody
            remembers the lines of the earlier letter.
    """

    currency: str
    before: Figures | None
    now: Figures
    came: tuple[LineSaid, ...] = ()
    gone: tuple[LineSaid, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonChange:
    """An order that was not counted, and why: the reason's text before and now.

    Empty for an order that was not in the letter before, or no longer is.
    """

    source: str
    order_id: str
    before: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a corrected statement says of itself: what changed against the revision before.

    Attributes:
        because: the owner's own words, plain text; may be empty.
        accounts: the accounts whose figures or lines differ; none when the figures are the same.
        reasons: orders that are not counted for another reason than was told.
        answers: the Message-ID of the letter it corrects, empty when nobody knows it.
        moved: the letter before is known to have gone to another address, and perhaps to nobody.
    """

    because: str = ""
    accounts: tuple[AccountChange, ...] = ()
    reasons: tuple[ReasonChange, ...] = ()
    answers: str = ""
    moved: bool = False


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
        revision: 1, or more for a correction; correction: what it says changed.
        terms: the version of the partner's terms when it was drawn up (`rules` prints them);
            empty where it could not be told.
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
    correction: Correction | None = None
    terms: str = ""

    @property
    def told(self) -> tuple[Account, ...]:
        """The accounts its letter tells of: not one with nothing in it, beside one with something.

        One that a correction emptied is told of, or nobody would see what became of it.
        """
        changed = () if self.correction is None else self.correction.accounts
        named = {one.currency for one in changed}
        full = [one for one in self.accounts if one.has_something or one.currency in named]
        return tuple(full) or self.accounts

    @property
    def number(self) -> str:
        """What a person quotes, and finds in the tab Statements: month, partner, revision."""
        return f"{self.month}/{self.partner_id}/{self.revision}"


def statement_id(partner_id: str, month: str, revision: int) -> str:
    """The id of a letter: the same for the same partner, month and revision."""
    text = f"{partner_id}\n{month}\n{revision}"
    digest = base64.b32encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"st_{digest[:16].lower()}"


def digest_of(lines: Iterable[tuple[str, int]]) -> str:
    """The fingerprint of a sealed account: sha256 of its sorted (line_id, minor) (I13)."""
    text = "\n".join(f"{line_id} {minor}" for line_id, minor in sorted(lines))
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:32]

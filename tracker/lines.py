"""What is one line of the Journal, and of Commissions, and how is its id made?"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from tracker.cells import clean
from tracker.commissions import Owed
from tracker.model import State

Key = tuple[str, str]
"""(source, order_id): what lines of one order share."""
Account = tuple[str, str, str]
"""(partner_id, role, currency): an account within one order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """One line of the Journal, as text where the tab holds text.

    Attributes:
        noted_at: when it was planned; booked_at of its steps.
        n: 1 for an order's first line; their order, however the tab is sorted.
        total, base: minor units of `currency`, None where there is none.
        rate: as typed (`15%`, `500.00 RUB`); payable_on: fixed with the terms.
        owed: what each account is to hold from now on.
        facts: JSON of what is known; `line_id` hashes all the rest.
    """

    noted_at: datetime
    source: str
    order_id: str
    n: int
    ordered_at: str = ""
    updated_at: str = ""
    state: str = ""
    total: int | None = None
    base: int | None = None
    currency: str = ""
    codes: str = ""
    customer: str = ""
    partner_id: str = ""
    candidates: str = ""
    evidence: str = ""
    reason: str = ""
    decision: str = ""
    rate: str = ""
    base_rule: str = ""
    payable_on: date | None = None
    owed: tuple[Owed, ...] = ()
    facts: str = ""
    line_id: str = ""

    @property
    def key(self) -> Key:
        """Whose line it is."""
        return self.source, self.order_id

    def parsed(self) -> dict[str, Any]:
        """The facts as json gives them."""
        return dict(json.loads(self.facts)) if self.facts else {}

    def substance(self) -> tuple[object, ...]:
        """What a new line must differ in: not times of noting, versions or wording."""
        return tuple(getattr(self, name) for name in _SUBSTANCE)


_SUBSTANCE = (
    "ordered_at state total base currency codes customer partner_id candidates evidence reason "
    "rate base_rule payable_on owed"
).split()


@dataclass(frozen=True, slots=True, kw_only=True)
class CommissionLine:
    """One step of one account: `after - before`, in minor units of `currency`."""

    booked_at: datetime
    partner_id: str
    kind: str
    currency: str
    source: str
    order_id: str
    rate: str
    base: int | None
    payable_on: date | None
    because: str
    role: str
    n: int
    before: int
    after: int
    fact: str
    line_id: str

    @property
    def minor(self) -> int:
        """What the step adds to the account."""
        return self.after - self.before

    @property
    def key(self) -> Key:
        """Whose line it is."""
        return self.source, self.order_id


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenLine:
    """A row of Commissions as it stands: `values` by column as text, and where it is."""

    line_id: str
    values: Mapping[str, str]
    line: CommissionLine | None
    cells: Mapping[str, str]

    @property
    def fits(self) -> bool:
        """Whether the row's id is that of its account and content: else it is not ours."""
        return self.line is not None and self.line.line_id == self.line_id


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFact:
    """A row of the Journal as it stands. `line` is None when a cell cannot be read."""

    line_id: str
    key: Key
    line: JournalLine | None
    cell: str

    @property
    def whole(self) -> bool:
        """Whether the row still fits its id."""
        return self.line is not None and fact_id(self.line) == self.line_id


_ID_BYTES = 10  # 16 letters of base 32
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _id(prefix: str, values: Sequence[object]) -> str:
    text = _COMPACT.encode(values)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return f"{prefix}_{base64.b32encode(digest[:_ID_BYTES]).decode('ascii').lower()}"


def fact_id(line: JournalLine) -> str:
    """The id of a Journal line: a hash of all of it."""
    values: list[object] = [
        line.noted_at.isoformat(),
        *(getattr(line, name) for name in _HASHED),
        line.payable_on.isoformat() if line.payable_on else "",
        [[o.partner_id, o.role, o.minor, o.currency] for o in line.owed],
    ]
    return _id("jn", values)


_HASHED = (
    "source order_id n ordered_at updated_at state total base currency codes customer partner_id "
    "candidates evidence reason decision rate base_rule facts"
).split()


def sealed(line: JournalLine) -> JournalLine:
    """Give a line its id, once its texts are what a cell can hold."""
    texts: dict[str, Any] = {name: clean(getattr(line, name)) for name in _TEXTS}
    tidy = line if _same(line, texts) else replace(line, **texts)
    return replace(tidy, line_id=fact_id(tidy))


def _same(line: JournalLine, texts: Mapping[str, str]) -> bool:
    """Whether the texts are the line's own: nearly always, and a copy of a line costs time."""
    return all(text == getattr(line, name) for name, text in texts.items())


_TEXTS = (
    "source order_id codes customer partner_id candidates evidence reason decision facts".split()
)


def step_id(key: Key, account: Account, n: int, before: int, after: int) -> str:
    """The id of a step: of its account and content, never of a counter or a row's place."""
    return _id("cm", [*key, *account, n, before, after])


def packed(line: CommissionLine, because: str) -> list[str | int | None]:
    """A line of Commissions as JSON can keep it, for an order that is folded again."""
    return [
        line.booked_at.isoformat(),
        line.partner_id,
        line.kind,
        line.currency,
        line.rate,
        line.base,
        line.payable_on.isoformat() if line.payable_on else "",
        because,
        line.role,
        line.n,
        line.before,
        line.after,
        line.fact,
    ]


def unpacked(key: Key, row: Sequence[Any]) -> CommissionLine:
    """Read what `packed` wrote; the id follows from the rest."""
    booked_at, partner_id, kind, currency, rate, base, payable_on, *rest = row
    because, role, n, before, after, fact = rest
    return CommissionLine(
        booked_at=datetime.fromisoformat(booked_at),
        partner_id=partner_id,
        kind=kind,
        currency=currency,
        source=key[0],
        order_id=key[1],
        rate=rate,
        base=base,
        payable_on=date.fromisoformat(payable_on) if payable_on else None,
        because=because,
        role=role,
        n=n,
        before=before,
        after=after,
        fact=fact,
        line_id=step_id(key, (partner_id, role, currency), n, before, after),
    )


def waits_for_cash(line: JournalLine) -> bool:
    """Whether an order is cash on delivery that its shop will never report as paid."""
    return line.state == State.PENDING and '"cash":true' in line.facts

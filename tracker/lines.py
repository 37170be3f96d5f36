"""What is one line of the Journal, and of Commissions, and how is its id made?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from operator import attrgetter, itemgetter
from typing import Any

from tracker.cells import clean
from tracker.commissions import Owed
from tracker.compact import encoded, letters
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
    """A row of the Journal as it stands. `line` is None when a cell cannot be read.

    `named` is the partner in the row, whatever else of it can be read.
    """

    line_id: str
    key: Key
    line: JournalLine | None
    cell: str
    named: str = ""

    @property
    def whole(self) -> bool:
        """Whether the row still fits its id."""
        return self.line is not None and fact_id(self.line) == self.line_id


def _id(prefix: str, values: Sequence[object]) -> str:
    digest = hashlib.sha256(encoded(values)).digest()
    return f"{prefix}_{letters(digest)}"


def fact_id(line: JournalLine) -> str:
    """The id of a Journal line: a hash of all of it."""
    hashed = tuple(getattr(line, name) for name in _HASHED_NAMES)
    return _fact_id(line.noted_at, hashed, line.payable_on, line.owed)


def _fact_id(
    noted_at: datetime, hashed: Iterable[object], payable_on: date | None, owed: Sequence[Owed]
) -> str:
    values: list[object] = [
        noted_at.isoformat(),
        *hashed,
        payable_on.isoformat() if payable_on else "",
        [o.row() for o in owed],
    ]
    return _id("jn", values)


_HASHED_NAMES = (
    "source order_id n ordered_at updated_at state total base currency codes customer partner_id "
    "candidates evidence reason decision rate base_rule facts"
).split()
_HASHED = itemgetter(*_HASHED_NAMES)


def sealed(line: JournalLine) -> JournalLine:
    """Give a line its id, once its texts are what a cell can hold."""
    return line_of(**dict(zip(_NAMES, _VALUES(line), strict=True)))


def line_of(**cells: Any) -> JournalLine:  # noqa: ANN401
    """Make a line with its id at once: to copy a line of so many cells costs time."""
    given = _USUAL | cells
    texts = _TEXTS(given)
    if not "".join(texts).isprintable():  # nearly always it is, and then there is nothing to drop
        given |= zip(_TEXTS_NAMES, map(clean, texts), strict=True)
    given["line_id"] = _fact_id(
        given["noted_at"], _HASHED(given), given["payable_on"], given["owed"]
    )
    return JournalLine(**given)


_TEXTS_NAMES = (
    "source order_id codes customer partner_id candidates evidence reason decision facts".split()
)
_TEXTS = itemgetter(*_TEXTS_NAMES)
_USUAL = {one.name: one.default for one in fields(JournalLine) if one.default is not MISSING}
_NAMES = tuple(one.name for one in fields(JournalLine))
_VALUES = attrgetter(*_NAMES)


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
    """Whether an order is cash on delivery that its shop will never report as paid.

    Where orders earn as soon as they are placed nothing waits for the money.
    """
    waits = line.state == State.PENDING and '"cash":true' in line.facts
    return waits and '"approve":"placed"' not in line.facts

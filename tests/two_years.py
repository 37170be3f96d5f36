"""What do tests of long lives stand on? A programme lived through pure functions only.

No store, no mail and no clock: what a sync would append is kept as it would be read back. What
happens is drawn by lot, from a seed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

from tracker.drafting import Booked, draft
from tracker.known import Known, SealedStatement
from tracker.lines import JournalLine, Key, WrittenFact, WrittenLine
from tracker.model import OrderVersion, Refund, State
from tracker.money import Money, as_decimal
from tracker.owners_money import proposal_line
from tracker.payout_facts import Fate
from tracker.payouts import propose
from tracker.periods import end_of, first_day, next_month
from tracker.programme import Adjustment, Code, Lead, Partner, PayoutCells, Programme
from tracker.rates import Rate
from tracker.statements import Statement
from tracker.sync import Plan, plan
from tracker.verifying import commission_values
from tracker.worklist import Arrivals

SECRET = b"a secret of tests"
MONTHS = 24
CURRENCIES = ("RUB", "RUB", "JPY", "KWD")
ZONES = ("Europe/Moscow", "UTC", "America/New_York", "Asia/Tokyo", "Pacific/Apia")
PARTNERS = ("ivan", "мария", "shop-7")


@dataclass
class Life:
    """A programme with its book, as a sync reads it; `statements` are all that were sealed."""

    programme: Programme
    known: Known = field(init=False)
    versions: dict[Key, list[OrderVersion]] = field(default_factory=dict)
    fresh: set[Key] = field(default_factory=set)
    cells: dict[str, PayoutCells] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    made: Plan = field(init=False)

    def __post_init__(self) -> None:
        rates = (None, Rate(percent=Decimal(15)), Rate(fixed=Money(70000, "RUB")))
        partners = [
            Partner(partner_id=one, rate=rate, payout_details="card")
            for one, rate in zip(PARTNERS, rates, strict=True)
        ]
        self.known = Known(
            programme=self.programme,
            partners={one.partner_id: one for one in partners},
            codes=tuple(Code(code=f"OF {one}", partner_id=one) for one in PARTNERS),
        )

    def deliver(
        self, order_id: str, at: datetime, total: int, *, currency: str = "RUB",
        of: str = "ivan", refunded: int = 0, ordered_at: datetime | None = None,
        state: State = State.PAID,
    ) -> None:  # fmt: skip
        """Land one version of an order, minor units; of an older order also what it was before."""
        known = self.versions.setdefault(("generic", order_id), [])
        refunds = (Refund(refund_id="", at=at, goods=as_decimal(refunded, currency)),)
        version = OrderVersion(
            source="generic", order_id=order_id, delivery_id=f"{order_id} {len(known)}",
            received_at=at, updated_at=at, sha256="", currency=currency, total=total,
            ordered_at=ordered_at or (known[0].ordered_at if known else at), state=state,
            codes=(f"OF {of}",), refunds=refunds if refunded else (),
        )  # fmt: skip
        known.append(version)
        self.fresh.add(("generic", order_id))

    def sync(self, now: datetime) -> None:
        """Append what is owed and not written; another sync would append nothing."""
        versions = {key: self.versions[key] for key in self.fresh}
        arrivals = Arrivals(versions=versions, fresh=self.fresh.copy())
        self.known = replace(self.known, payout_cells=tuple(self.cells.values()))
        self.made = plan(self.known, arrivals, now, SECRET)
        self._append(self.made.journal)
        written = tuple(
            WrittenLine(line_id=one.line_id, values=commission_values(one), line=one, cells={})
            for one in self.made.commissions
        )
        self.known = replace(
            self.known,
            written=(*self.known.written, *written),
            history=(*self.known.history, *self.made.history),
        )
        self.fresh.clear()

    def _append(self, lines: tuple[JournalLine, ...]) -> None:
        facts = [WrittenFact(line_id=one.line_id, key=one.key, line=one, cell="") for one in lines]
        self.known = replace(self.known, facts=(*self.known.facts, *facts))

    def propose(self, now: datetime) -> None:
        """Propose what is payable, once the book is at rest."""
        self.sync(now)
        books = self.made.books
        found = propose(
            books.lines, books.payouts(), self.known.partners, self.programme, now
        ).payouts
        noted_at = self.made.noted_at
        self._append(tuple(proposal_line(one, "en", noted_at) for one in found))
        for one in found:
            self.mark(one.payout_id)

    def mark(self, payout_id: str, paid_on: date | None = None, result: str = "") -> None:
        """Fill in the owner's cells of a payout."""
        self.cells[payout_id] = PayoutCells(
            payout_id=payout_id, paid_on=paid_on, reference="", result=result
        )

    def seal(self, month: str, now: datetime) -> None:
        """Work out every partner's statement of a month that is over, and seal it."""
        facts = {line.line_id: line for o in self.made.books.orders.values() for line in o.lines}
        for partner in self.known.partners.values():
            own = [
                Booked(step=one, fact=facts[one.fact])
                for one in self.made.books.lines
                if one.partner_id == partner.partner_id
            ]
            said = draft(partner, month, own, (), self.known.statements, self.programme, now)
            self.statements.append(said)
            rows = (*self.known.statements, *_rows(said, now))
            self.known = replace(self.known, statements=rows)


def _rows(said: Statement, now: datetime) -> Iterator[SealedStatement]:
    for account in said.accounts:
        yield SealedStatement(
            statement_id=said.statement_id, partner_id=said.partner_id, month=said.month,
            revision=1, opening=account.opening, closing=account.closing,
            currency=account.currency, lines=len(account.lines) + len(account.payouts),
            digest=account.digest, message_id="", state="sent", at=now,
        )  # fmt: skip


@dataclass
class Lots:
    """What happens in a programme, by lot."""

    life: Life
    lots: random.Random
    orders: int = 0

    def month(self, month: str) -> None:
        """One month of orders, refunds, the owner's money and payouts, up to its end."""
        begin = datetime.combine(first_day(month), datetime.min.time(), UTC)
        for day in (15, 24):
            now = begin + timedelta(days=day, minutes=self.lots.randrange(24 * 60))
            self._shop(now)
            self._owner(now.date())
            if day == 15:
                self.life.propose(now)
                self._payouts(now.date())
            elif self.lots.random() < 0.15:  # else all that waits until after the month
                self.life.sync(now)

    def _shop(self, now: datetime) -> None:
        """A new order, perhaps weeks late; and perhaps a change of an older one."""
        late = timedelta(days=self.lots.choice([0, 0, 0, 20, 70]))
        self.orders += 1
        self.life.deliver(
            str(self.orders), now, self.lots.randrange(1, 3_000_000),
            currency=self.lots.choice(CURRENCIES), of=self.lots.choice(PARTNERS),
            ordered_at=now - late,
        )  # fmt: skip
        if self.lots.random() < 0.6:
            last = self.life.versions["generic", str(self.lots.randrange(1, self.orders + 1))][-1]
            back = self.lots.choice([0, last.total, self.lots.randrange(0, last.total + 1)])
            self.life.deliver(
                last.order_id, now, last.total, currency=last.currency,
                of=(last.codes or ("",))[0].removeprefix("OF "), refunded=back,
                state=self.lots.choice([State.PAID, State.PAID, State.CANCELLED]),
            )  # fmt: skip

    def _owner(self, today: date) -> None:
        """Sometimes an adjustment or a deal is typed, changed or deleted."""
        known, amount = self.life.known, self.lots.randrange(-90_000, 90_000)
        lot = self.lots.random()
        if lot < 0.2:
            row = Adjustment(
                adjustment_id=f"a{self.orders}", partner_id=self.lots.choice(PARTNERS),
                minor=amount, currency=self.lots.choice(CURRENCIES), on=today,
            )  # fmt: skip
            kept = [one for one in known.adjustments if one.adjustment_id != row.adjustment_id]
            self.life.known = replace(known, adjustments=(*kept, row))
        elif lot < 0.3 and known.adjustments:
            first, *rest = known.adjustments
            changed = [] if lot < 0.24 else [replace(first, minor=amount)]
            self.life.known = replace(known, adjustments=(*rest, *changed))
        elif lot < 0.4:
            lead = Lead(
                lead_id="l1", partner_id="ivan", minor=abs(amount), currency="RUB",
                is_deal=amount > 0,
            )  # fmt: skip
            self.life.known = replace(known, leads=(lead,))

    def _payouts(self, today: date) -> None:
        """The owner pays most payouts, forgets some, and hears later that one came back."""
        fates = {one.payout_id: one.fate for one in self.life.made.books.payouts()}
        for payout_id in [*self.life.cells]:
            fate, lot = fates.get(payout_id, Fate.OPEN), self.lots.random()
            if fate is Fate.PAID and lot < 0.05:
                self.life.mark(payout_id, today, "returned")
            elif fate is Fate.UNKNOWN or (fate is Fate.OPEN and lot < 0.7):
                self.life.mark(payout_id, today)
            elif fate is Fate.OPEN and lot < 0.85:
                self.life.mark(payout_id, None, self.lots.choice(["void", "unknown"]))
            elif fate is Fate.FREED and lot < 0.1:
                self.life.mark(payout_id)


@cache
def lived(seed: int) -> Life:
    """Two years of a programme; statements are sealed on the first days after each month or two."""
    lots = random.Random(seed)
    zone = lots.choice(ZONES)
    programme = Programme(
        time_zone=zone, zone=ZoneInfo(zone), hold_days=lots.choice([0, 14, 45]),
        min_payout=lots.choice([{}, {"RUB": 500_000, "JPY": 10_000}]),
    )  # fmt: skip
    life = Life(programme)
    happens = Lots(life, lots)
    month, waiting = "2024-11", list[str]()
    for number in range(MONTHS):
        happens.month(month)
        waiting.append(month)
        now = end_of(month, programme) + timedelta(hours=lots.randrange(0, 100))
        if lots.random() < 0.6 or number == MONTHS - 1:  # else nobody is awake
            life.sync(now)
            for one in waiting:
                life.seal(one, now)
            waiting.clear()
        month = next_month(month)
    return life

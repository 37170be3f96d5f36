"""What is an order decided from, and what is the answer?"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.ledger import Order
from tracker.lines import CommissionLine, JournalLine, Key
from tracker.orders import Facts
from tracker.problems import Params
from tracker.programme import Code, Decision
from tracker.touches import Touch


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One order to decide.

    Attributes:
        facts: what is known now, new deliveries folded in.
        order: its Journal lines; None if it is new.
        loose: intact lines of an order that was set aside and is folded again.
        decision: the owner's row about it, None if there is none.
        written: the lines that stand in Commissions, when it is folded again; else None.
        instead: ids of damaged rows that a new fold stands instead of.
        last_n: the greatest n in either ledger tab.
        seen: the touches of its customer that the book knows now; capped: some were left out.
        looked: whether touches were asked for at all, now or when its latest line was made.
    """

    key: Key
    facts: Facts
    order: Order | None = None
    loose: tuple[JournalLine, ...] = ()
    decision: Decision | None = None
    written: tuple[CommissionLine, ...] | None = None
    instead: tuple[str, ...] = ()
    last_n: int = 0
    seen: tuple[Touch, ...] = ()
    capped: bool = False
    looked: bool = False

    @property
    def latest(self) -> JournalLine | None:
        """The line that counts until now."""
        return self.order.latest if self.order is not None else None

    def crediting(self, partner_id: str) -> list[JournalLine]:
        """The lines that credited the partner, oldest first."""
        lines = self.loose if self.order is None else self.order.lines
        return sorted((x for x in lines if x.partner_id == partner_id), key=lambda x: x.n)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """The answer about one order: `why` and its params name the reason's sentence."""

    partner_id: str
    why: str
    params: Params
    candidates: str
    evidence: str
    code: Code | None = None
    channel: str = ""
    sharers: tuple[str, ...] = ()
    helper: str = ""


Ruling = tuple[str, str]
"""(verdict, partner_id): the decision that an order's latest line followed."""

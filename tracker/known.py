"""What did one reading of the book tell?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tracker.lines import Key, WrittenFact, WrittenLine
from tracker.problems import Problem
from tracker.programme import (
    Adjustment,
    Code,
    Decision,
    HistoryLine,
    Lead,
    Partner,
    PayoutCells,
    Programme,
)
from tracker.rulebook import Click, FxRate, Link, Rule, Tier

RUNS_COPIED = "runs_copied"
"""The key of the hidden tab for how many rows of Runs a copied book brought along."""

DOUBTFUL = "doubtful_payouts"
"""Key of the hidden tab: payouts handed to the bank whose cells a restored book may have lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedStatement:
    """One row of Statements: one account of one letter, or a later fate of it.

    `held` names the lines it holds beside those booked before its month's end (a restored book
    books lines anew that a statement already told of).
    """

    statement_id: str
    partner_id: str
    month: str
    revision: int
    opening: int
    closing: int
    currency: str
    lines: int
    digest: str
    message_id: str
    state: str
    at: datetime
    held: frozenset[str] = frozenset()


def latest_revisions(statements: Iterable[SealedStatement]) -> list[SealedStatement]:
    """Keep the rows that count: of a partner's month those of the last revision.

    A correction replaces what was sealed before it; the earlier rows stay in the book as they were.
    """
    rows = list(statements)
    last: dict[tuple[str, str], int] = {}
    for one in rows:
        key = (one.partner_id, one.month)
        last[key] = max(one.revision, last.get(key, one.revision))
    return [one for one in rows if one.revision == last[one.partner_id, one.month]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Everything that was read, understood row by row.

    Attributes:
        unreadable: ids of rows that a person must mend, by tab; they change nothing booked.
        payout_rows: what stands in Payouts, by payout id, as text by column.
        tracker: keys and values of the hidden tab.
    """

    programme: Programme
    partners: Mapping[str, Partner] = field(default_factory=dict)
    codes: tuple[Code, ...] = ()
    history: tuple[HistoryLine, ...] = ()
    decisions: tuple[Decision, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    leads: tuple[Lead, ...] = ()
    rules: tuple[Rule, ...] = ()
    tiers: tuple[Tier, ...] = ()
    fx: tuple[FxRate, ...] = ()
    links: tuple[Link, ...] = ()
    clicks: tuple[Click, ...] = ()
    payout_cells: tuple[PayoutCells, ...] = ()
    payout_rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unreadable: Mapping[str, frozenset[str]] = field(default_factory=dict)
    facts: tuple[WrittenFact, ...] = ()
    written: tuple[WrittenLine, ...] = ()
    statements: tuple[SealedStatement, ...] = ()
    problems: tuple[Problem, ...] = ()
    tracker: Mapping[str, str] = field(default_factory=dict)

    def broken(self, tab: str) -> frozenset[str]:
        """Ids of rows of that tab that could not be read."""
        return self.unreadable.get(tab, frozenset())

    def rulings(self) -> dict[Key, list[Decision]]:
        """Decisions by order."""
        found: dict[Key, list[Decision]] = {}
        for decision in self.decisions:
            found.setdefault((decision.source, decision.order_id), []).append(decision)
        return found

    @property
    def doubtful(self) -> frozenset[str]:
        """Payouts that count as unknown while the owner's cells are empty."""
        return frozenset(self.tracker.get(DOUBTFUL, "").split())

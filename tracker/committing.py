"""What does a run write into the book? Everything in one commit, or in parts that build on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from tracker.book.lead_rows import lead_record
from tracker.book.reports import report_rows
from tracker.book.run_rows import run_record
from tracker.book.writing import (
    changed_reports,
    commission_record,
    history_record,
    journal_record,
)
from tracker.customers import keyed
from tracker.gathering import Gathered, cursor_text
from tracker.known import Known
from tracker.layout import Tab
from tracker.problems import Problem
from tracker.splitting import split
from tracker.stores import Commit, Outcome, Record, Snapshot, Store
from tracker.sync import Plan
from tracker.watched_time import Span
from tracker.workplace import Workplace


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """The book as it stands and what a run made of it."""

    snapshot: Snapshot
    known: Known
    plan: Plan
    problems: tuple[Problem, ...]
    now: datetime
    committed: bool = False
    holds: Span | None = None
    """For which times of the clock the same book needs nothing written; None when that is not
    known."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """What the diary was told of it."""


def written(store: Store, commit: Commit) -> Outcome:
    """Write a commit in as many parts as the store needs; each builds on the one before."""
    outcome = Outcome.DONE
    for number, part in enumerate(split(commit, store.rows_max)):
        base = store.generation if number else commit.base
        if base is None:
            return Outcome.CONFLICT
        outcome = store.commit(replace(part, base=base))
        if outcome is not Outcome.DONE:
            break
    return outcome


def secret_check(secret: bytes) -> str:
    """What the hidden tab keeps of the secret: enough to notice another one, and no more."""
    return keyed(secret, "check")[:8]


def commit_of(rest: Rest, gathered: Gathered, place: Workplace, what: str, today: date) -> Commit:
    """Everything one sync writes, as one commit; empty when the book says it all already."""
    made = rest.plan
    appends: dict[Tab, list[Record]] = {
        Tab.JOURNAL: [journal_record(line) for line in made.journal],
        Tab.COMMISSIONS: [commission_record(line) for line in made.commissions],
        Tab.CODE_HISTORY: [history_record(line) for line in made.history],
        Tab.LEADS: [lead_record(lead) for lead in made.leads],
    }
    if not made.empty:
        appends[Tab.RUNS] = [run_record(made, what)]
    reports = report_rows(rest.known, made.books, rest.problems, today)
    return Commit(
        base=rest.snapshot.generation,
        appends={tab: rows for tab, rows in appends.items() if rows},
        reports=changed_reports(reports, rest.snapshot.tables),
        state=_state(gathered, place),
    )


def _state(gathered: Gathered, place: Workplace) -> dict[str, str]:
    return {
        f"cursor:{place.inbox.id}": cursor_text(gathered.cursor, place.inbox),
        "quarantined": str(len(gathered.quarantined) + gathered.lost),
        "secret_check": secret_check(place.secret),
    }


def commit_more(
    place: Workplace,
    rest: Rest,
    appends: Mapping[Tab, Sequence[Record]],
    state: Mapping[str, str] | None = None,
) -> Outcome:
    """Append rows to the book as it was read at rest: claims, fates, proposals."""
    rows = {tab: found for tab, found in appends.items() if found}
    return place.store.commit(
        Commit(base=rest.snapshot.generation, appends=rows, state=state or {})
    )

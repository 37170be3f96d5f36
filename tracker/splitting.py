"""How is a commit that is too large for one call split, so that each part makes sense alone?

A run may be killed between two parts. So an order's Journal line goes with its lines of
Commissions, and how far the log was read, the reports and the row of Runs go last: the next run
then finds the rest unwritten and writes it. A lead's row goes with its Journal line, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from tracker.layout import Tab
from tracker.own_lines import LEAD
from tracker.stores import Commit, Record

Rows = dict[Tab, list[Record]]

FIRST_STATE = frozenset({"secret_check"})
"""State that must be there with the first keyed customer."""


def split(commit: Commit, rows_max: int | None) -> list[Commit]:
    """Give the parts of a commit, at most `rows_max` appended rows in each, in order.

    The one row of Runs is not counted: it must not cost a call of its own.

    All of them name the first one's base; whoever writes a later part gives it the generation
    that the part before it has made. A single order of more rows than that stays whole.
    """
    if rows_max is None or _size(commit.appends) <= rows_max:
        return [commit]
    parts = list(_packed(_units(commit.appends), rows_max))
    first = {key: text for key, text in commit.state.items() if key in FIRST_STATE}
    commits = [Commit(base=commit.base, appends=part, state=first) for part in parts[:-1]]
    last = Commit(base=commit.base, appends=parts[-1], reports=commit.reports, state=commit.state)
    return [*commits, last]


def _units(appends: Mapping[Tab, Sequence[Record]]) -> Iterator[Rows]:
    """What must not be parted, in the order of writing."""
    noted = {str(record["line_id"]) for record in appends.get(Tab.JOURNAL, ())}
    # A posted lead's row goes with the note of it, or a run between the two would write it again.
    posted = {str(record["lead_id"]): record for record in appends.get(Tab.LEADS, ())}
    by_fact: dict[str, list[Record]] = defaultdict(list)
    for record in appends.get(Tab.COMMISSIONS, ()):
        fact = str(record["fact"])
        if fact in noted:
            by_fact[fact].append(record)
        else:
            yield {Tab.COMMISSIONS: [record]}
    for tab, records in appends.items():
        if tab not in {Tab.JOURNAL, Tab.COMMISSIONS, Tab.RUNS, Tab.LEADS}:
            for record in records:
                yield {tab: [record]}
    for record in appends.get(Tab.JOURNAL, ()):
        lines = by_fact.get(str(record["line_id"]), [])
        unit: Rows = {Tab.JOURNAL: [record]} | ({Tab.COMMISSIONS: lines} if lines else {})
        is_lead = record.get("source") == LEAD
        lead = posted.pop(str(record["order_id"]), None) if is_lead else None
        yield unit if lead is None else {Tab.LEADS: [lead], **unit}
    yield from ({Tab.LEADS: [record]} for record in posted.values())
    yield from ({Tab.RUNS: [record]} for record in appends.get(Tab.RUNS, ()))


def _packed(units: Iterator[Rows], rows_max: int) -> Iterator[Rows]:
    part: Rows = {}
    size = 0
    for unit in units:
        more = _size(unit)
        if part and size + more > rows_max:
            yield part
            part, size = {}, 0
        for tab, records in unit.items():
            part.setdefault(tab, []).extend(records)
        size += more
    yield part


def _size(appends: Mapping[Tab, Sequence[Record]]) -> int:
    return sum(len(records) for tab, records in appends.items() if tab is not Tab.RUNS)

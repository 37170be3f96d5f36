"""What did the order log bring? Deliveries land raw, are read, and are sorted by order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from tracker.book.rows import rows_of
from tracker.deliveries import BROKEN_SOURCE, GIST_TYPE, NewDelivery, reread
from tracker.gist import is_gist, read_gist
from tracker.inbox import Inbox, Mark
from tracker.known import Known
from tracker.layout import LAYOUT, Tab, letter
from tracker.lines import Key
from tracker.model import Delivery, LoneRefund, OrderVersion, PostedLead, Read, Unreadable
from tracker.problems import Problem, params
from tracker.shops import CURRENCYLESS, Unsaid, read
from tracker.stores import Snapshot
from tracker.webhook_tab import LogRow, land_tab
from tracker.worklist import Arrivals


@dataclass(slots=True)
class Gathered:
    """What was read of the inbox this time, and what to note in it afterwards.

    Attributes:
        cursor: the last delivery read; the commit carries it.
        quarantined: deliveries that cannot be read; understood: those that were marked and can.
        lost: how many of those the book knew to wait are gone.
    """

    arrivals: Arrivals
    cursor: int
    quarantined: list[int] = field(default_factory=list)
    understood: list[int] = field(default_factory=list)
    seqs: dict[Key, list[int]] = field(default_factory=dict)
    lost: int = 0


def land(snapshot: Snapshot, known: Known, order_log: str, inbox: Inbox) -> list[Problem]:
    """Bring what is new in the tab Webhook log into the inbox, if the order log names it."""
    return land_tab(order_log, inbox, lambda: _log_rows(snapshot), known.programme.zone)


def unread_rows(snapshot: Snapshot, known: Known, order_log: str) -> list[Problem]:
    """Rows of the tab Webhook log that cannot even land, for those who look and bring nothing."""
    inbox = Inbox(None)
    try:
        return land(snapshot, known, order_log, inbox)
    finally:
        inbox.close()


def rows_counted(problems: Iterable[Problem]) -> int:
    """How many rows the problems of the tab are about."""
    return len({"".join(filter(str.isdigit, problem.cell)) for problem in problems})


def _log_rows(snapshot: Snapshot) -> Iterator[LogRow]:
    for row in rows_of(snapshot.tables[Tab.WEBHOOK_LOG]):
        keys = [column.key for column in LAYOUT[Tab.WEBHOOK_LOG].columns]
        yield LogRow(
            number=row.row.number,
            cells={key: row.cell(key) for key in keys},
            columns={key: letter(index) for key, index in row.columns.items()},
        )


def gather(known: Known, inbox: Inbox, *, from_beginning: bool = False) -> Gathered:
    """Read what is behind the book's cursor, and what waits, and sort it by order."""
    cursor = 0 if from_beginning else cursor_of(known.tracker, inbox)
    waiting = {d.seq: d for mark in Mark for d in inbox.marked(mark)}
    marked = {d.seq for d in inbox.marked(Mark.QUARANTINED)}
    unsaid = unsaid_by(known)
    found = _Sorted()
    for delivery in _chain(waiting.values(), inbox.after(cursor)):
        fresh = delivery.seq > cursor or delivery.seq in marked
        found.add(delivery, read_delivery(delivery, unsaid), fresh=fresh)
    if cursor:
        _add_older(found, inbox, unsaid)
    recorded = int(known.tracker.get("quarantined", "0"))
    arrivals = Arrivals(
        versions=found.versions,
        lone=found.lone,
        fresh=frozenset(found.fresh),
        leads=tuple(found.leads),
        quarantined=len(found.quarantined),
        problems=tuple(found.problems),
    )
    return Gathered(
        arrivals=arrivals,
        cursor=max([cursor, *found.read]),
        quarantined=found.quarantined,
        understood=sorted(marked - set(found.quarantined)),
        seqs=found.seqs,
        lost=max(0, recorded - len(marked | set(found.quarantined))),
    )


def unread(inbox: Inbox, known: Known) -> Arrivals:
    """Only what waits because it cannot be read, for those who look and bring nothing."""
    unsaid = unsaid_by(known)
    found = _Sorted()
    for delivery in inbox.marked(Mark.QUARANTINED):
        entries = [one for one in read_delivery(delivery, unsaid) if isinstance(one, Unreadable)]
        found.add(delivery, entries, fresh=False)
    return Arrivals(quarantined=len(found.quarantined), problems=tuple(found.problems))


def unsaid_by(known: Known) -> Unsaid:
    """What the programme says where a shop is silent.

    An order keeps the currency of its Journal when the setting changes, or else the old sum would
    be taken back and booked anew in another money the next time its shop sends it. A setting that
    cannot be read names no currency: taking the usual one would be a guess about money.
    """
    programme = known.programme
    currency = "" if "currency" in programme.unreadable else programme.currency
    booked = {
        fact.key: fact.line.currency
        for fact in known.facts
        if fact.key[0].partition(":")[0] in CURRENCYLESS
        and fact.line is not None
        and fact.line.currency not in {"", currency}
        and fact.whole
    }
    return Unsaid(zone=ZoneInfo(programme.time_zone), currency=currency, booked=booked)


def cursor_of(tracker: Mapping[str, str], inbox: Inbox) -> int:
    """How far the book has read this inbox; 0 for one it does not know, or an older copy of it."""
    seq, _, trace = tracker.get(f"cursor:{inbox.id}", "0").partition("-")
    return int(seq) if inbox.has_place(int(seq), trace) else 0


def cursor_text(cursor: int, inbox: Inbox) -> str:
    """Write what the book keeps of a cursor: the seq and, behind a hyphen, the trace there.

    Earlier versions kept the seq alone.
    """
    trace = inbox.trace(cursor)
    return f"{cursor}-{trace}" if trace else str(cursor)


def _chain(first: Iterable[Delivery], second: Iterable[Delivery]) -> Iterator[Delivery]:
    seen: set[int] = set()
    for delivery in first:
        seen.add(delivery.seq)
        yield delivery
    yield from (delivery for delivery in second if delivery.seq not in seen)


def read_delivery(delivery: Delivery, unsaid: Unsaid) -> tuple[Read, ...]:
    """Read a delivery; a broken line of a log is read as a line again first."""
    if delivery.content_type == GIST_TYPE and is_gist(delivery):
        return read_gist(delivery.body)
    if delivery.source != BROKEN_SOURCE:
        return read(delivery, unsaid)
    line = reread(delivery)
    if isinstance(line, Unreadable):
        return (line,)
    return read(_as_delivery(delivery, line), unsaid)


def _as_delivery(kept: Delivery, line: NewDelivery) -> Delivery:
    return Delivery(
        seq=kept.seq,
        source=line.source,
        delivery_id=line.delivery_id,
        received_at=line.received_at,
        content_type=line.content_type,
        body=line.body,
        sha256=kept.sha256,
        origin=kept.origin,
    )


@dataclass(slots=True)
class _Sorted:
    """Deliveries by order, while they are being read."""

    versions: dict[Key, list[OrderVersion]] = field(default_factory=lambda: defaultdict(list))
    lone: dict[Key, list[LoneRefund]] = field(default_factory=lambda: defaultdict(list))
    fresh: set[Key] = field(default_factory=set)
    leads: list[PostedLead] = field(default_factory=list)
    quarantined: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    seqs: dict[Key, list[int]] = field(default_factory=lambda: defaultdict(list))
    read: set[int] = field(default_factory=set)

    def add(self, delivery: Delivery, entries: Iterable[Read], *, fresh: bool) -> None:
        """Sort what one delivery says. One unreadable order quarantines it; the rest counts."""
        self.read.add(delivery.seq)
        for entry in entries:
            if isinstance(entry, Unreadable):
                if delivery.seq not in self.quarantined[-1:]:
                    self.quarantined.append(delivery.seq)
                self.problems.append(_problem(delivery, entry))
            elif isinstance(entry, OrderVersion):
                key = (entry.source, entry.order_id)
                self.versions[key].append(entry)
                self.seqs[key].append(delivery.seq)
                if fresh:
                    self.fresh.add(key)
            elif isinstance(entry, LoneRefund):
                key = (entry.source, entry.order_id)
                self.lone[key].append(entry)
                self.seqs[key].append(delivery.seq)
            elif isinstance(entry, PostedLead):
                self.leads.append(entry)


def _problem(delivery: Delivery, entry: Unreadable) -> Problem:
    place, unit, number = _read_origin(delivery.origin)
    tab = place or f"inbox {delivery.source}"
    cell = f"{unit} {number}" if number else delivery.delivery_id
    if delivery.origin.startswith("tab:"):
        place, _, cell = delivery.origin.removeprefix("tab:").partition(" cell ")
        tab = place
    return Problem(
        tab=tab, cell=cell, code=entry.code, params=entry.params, key=delivery.delivery_id
    )


def _read_origin(origin: str) -> tuple[str, str, str]:
    """Part `file:orders.jsonl line 17` or `https://example.com/log delivery 3 after …`."""
    for unit in ("line", "delivery"):
        place, _, number = origin.rpartition(f" {unit} ")
        if place:
            return place, unit, number
    return origin, "", ""


def _add_older(found: _Sorted, inbox: Inbox, unsaid: Unsaid) -> None:
    """Add what the inbox knows of the same orders already, so that the greatest version wins."""
    keys = set(found.versions) | set(found.lone)
    if not keys:
        return
    for delivery in inbox.of_orders(keys):
        if delivery.seq in found.read:
            continue
        entries = [
            entry
            for entry in read_delivery(delivery, unsaid)
            if isinstance(entry, OrderVersion | LoneRefund)
            and (entry.source, entry.order_id) in keys
        ]
        found.add(delivery, entries, fresh=False)


def note_before(inbox: Inbox, gathered: Gathered, held: Iterable[Key]) -> None:
    """Note what must not be lost sight of once the cursor moves on; harmless if it does not."""
    kept = [seq for key in held for seq in gathered.seqs.get(key, ())]
    inbox.mark({Mark.QUARANTINED: gathered.quarantined, Mark.HELD: kept})
    inbox.describe(
        (seq, source, order_id)
        for (source, order_id), seqs in gathered.seqs.items()
        for seq in seqs
    )


def note_after(inbox: Inbox, gathered: Gathered, held: Iterable[Key]) -> None:
    """Forget the marks of what is in the book now."""
    kept = {seq for key in held for seq in gathered.seqs.get(key, ())}
    done = {d.seq for d in inbox.marked(Mark.HELD)} - kept
    inbox.unmark(gathered.understood, Mark.QUARANTINED)
    inbox.unmark(sorted(done), Mark.HELD)


def lost_problem(lost: int) -> list[Problem]:
    """Say that deliveries the book knew to wait are gone."""
    if not lost:
        return []
    return [Problem(tab="inbox", cell="", code="quarantined_lost", params=params(lost=lost))]

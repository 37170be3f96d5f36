"""How does one run go? Gather, decide, apply; again after a conflict, and never blindly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tracker.alarms import last_order
from tracker.book.reading import SYNC_TABS, read_book
from tracker.bounced import bounced_problems
from tracker.committing import Rest, commit_more, commit_of, secret_check, written
from tracker.forgotten import forgotten_keys, without_forgotten
from tracker.gathering import (
    Gathered,
    cursor_of,
    gather,
    land,
    lost_problem,
    note_after,
    note_before,
    rows_counted,
    unread,
    unread_rows,
)
from tracker.known import Known
from tracker.open_letters import open_problems
from tracker.problems import Problem, Stop
from tracker.programme import CodeStatus
from tracker.stores import Outcome, Snapshot, Store
from tracker.sync import Plan, plan
from tracker.watched_time import Span, plain, watched
from tracker.worklist import Arrivals
from tracker.workplace import Workplace

__all__ = [
    "Rest",
    "Workplace",
    "at_rest",
    "commit_more",
    "look",
    "refuse_restored",
    "secret_check",
    "settle",
    "sync",
]

CONFLICTS_MAX = 5
WATCHED_ORDERS_MAX = 100
"""Of how many orders at most a run tells for how long its answer holds: a time that is watched is
slow to compare, and a run with much to do is not asked."""


def look(place: Workplace, *, clock_is_right: bool = False, brought: bool = False) -> Rest:
    """Read the book and plan, writing nothing anywhere.

    `brought` adds what the order log has (a dry run): it lands in a copy of the inbox in memory.
    """
    if not brought:
        snapshot, known, now = _open(place, whole=True)
        rows = unread_rows(snapshot, known, place.order_log)
        waiting = _and_rows(unread(place.inbox, known), rows)
        made = plan(known, waiting, now, place.secret, clock_is_right=clock_is_right)
        return _rest(place, snapshot, known, made, now, 0)
    with place.inbox.snapshot() as inbox:
        place.bring(inbox)
        snapshot, known, now = _open(place, whole=True)
        found = land(snapshot, known, place.order_log, inbox)
        gathered = gather(known, inbox)
    arrivals = _with(gathered, found, known, place)
    made = plan(known, arrivals, now, place.secret, clock_is_right=clock_is_right)
    return _rest(place, snapshot, known, made, now, gathered.lost)


def sync(
    place: Workplace,
    *,
    what: str = "sync",
    clock_is_right: bool = False,
    again: bool = False,
    whole: bool = False,
) -> Rest:
    """Bring the book up to date. Call it while holding `store.writing`.

    `whole` reads every ledger row anew, which notices what was edited in them by hand.

    Raises Stop when the book is a restored one, or changes five times while planning.
    """
    place.bring()
    return settle(place, what=what, clock_is_right=clock_is_right, again=again, whole=whole)


def settle(
    place: Workplace,
    *,
    what: str,
    clock_is_right: bool,
    whole: bool = False,
    again: bool = False,
    watching: bool = False,
) -> Rest:
    """Read the book, plan and commit, anew after each conflict, when the logs have been read.

    `watching` asks for how long what was found holds. Raises Stop as `sync`.
    """
    outcome = Outcome.CONFLICT
    for attempt in range(CONFLICTS_MAX):
        unsettled = place.store.unsettled
        snapshot, known, now = _open(place, whole=whole or unsettled)
        refuse_restored(place.store)
        found = land(snapshot, known, place.order_log, place.inbox)
        gathered = gather(known, place.inbox, from_beginning=again or unsettled)
        at, span = _watched(now, gathered) if watching else (now, None)
        arrivals = _with(gathered, found, known, place)
        made = plan(known, arrivals, at, place.secret, clock_is_right=clock_is_right)
        rest = _rest(place, snapshot, known, made, at, gathered.lost)
        note_before(place.inbox, gathered, made.held)
        commit = commit_of(rest, gathered, place, what, known.programme.local_date(at))
        if commit.empty:
            _settled(place, known, gathered, made, since=0 if again or unsettled else None)
            notes = _note_good(place, rest, gathered)
            return replace(rest, notes=notes, holds=None if attempt else span)
        outcome = written(place.store, commit)
        if outcome is Outcome.DONE:
            _settled(place, known, gathered, made, since=0 if again or unsettled else None)
            _note_good(place, rest, gathered)
            return replace(rest, committed=True)
        # Conflict or unknown: read again; what has landed is not planned a second time.
    raise Stop("answer_lost" if outcome is Outcome.UNKNOWN else "still_changing")


def _watched(now: datetime, gathered: Gathered) -> tuple[datetime, Span | None]:
    if len(gathered.seqs) > WATCHED_ORDERS_MAX:
        return now, None
    return watched(now, timedelta(days=1))


def _note_good(place: Workplace, rest: Rest, gathered: Gathered) -> Mapping[str, str]:
    """Leave in the diary what `status` tells without the book; what of it the book alone says."""
    programme = rest.known.programme
    at = last_order(line for order in rest.plan.books.orders.values() for line in order.lines[:1])
    awaited = any(code.status is CodeStatus.ACTIVE for code in rest.known.codes)
    notes = {
        "cursor": str(gathered.cursor),
        "last_order": "" if at is None else at.isoformat(),
        "quiet_days": str(programme.quiet_days if awaited else 0),
        "language": programme.language,
    }
    place.diary.synced(rest.now, notes)
    return notes


def at_rest(place: Workplace, *, what: str, clock_is_right: bool = False) -> Rest:
    """Bring the book up to date, then read it whole again, until nothing is left to write."""
    place.bring()
    for _ in range(CONFLICTS_MAX):
        rest = settle(place, what=what, clock_is_right=clock_is_right, whole=True)
        if not rest.committed:
            return rest
    raise Stop("still_changing")


def refuse_restored(store: Store) -> None:
    """A book older than the last commit stops every writing command."""
    if store.behind():
        raise Stop("book_restored")


def _open(place: Workplace, *, whole: bool) -> tuple[Snapshot, Known, datetime]:
    snapshot = place.store.read(SYNC_TABS, whole=whole)
    check = snapshot.state.get("secret_check")
    if check is not None and check != secret_check(place.secret):
        raise Stop("secret_changed")
    # Whole seconds: lines are noted so, and nothing that is decided turns on a part of one.
    now = place.clock().replace(microsecond=0)
    return snapshot, read_book(snapshot, place.secret), now


def _with(gathered: Gathered, found: Sequence[Problem], known: Known, place: Workplace) -> Arrivals:
    currency = known.programme.currency
    arrivals = without_forgotten(gathered.arrivals, known.tracker, place.secret, currency)
    return _and_rows(arrivals, found)


def _settled(
    place: Workplace, known: Known, gathered: Gathered, made: Plan, since: int | None
) -> None:
    """Note that everything read is in the book; bodies of forgotten people go with that.

    `since` is the seq behind which the run read, None for that of the book.
    """
    note_after(place.inbox, gathered, made.held)
    place.store.settle()
    if forgotten_keys(known.tracker):
        from tracker.reducing import reduce_forgotten

        first = cursor_of(known.tracker, place.inbox) if since is None else since
        reduce_forgotten(place.inbox, known, place.secret, first, gathered.cursor)


def _and_rows(arrivals: Arrivals, found: Sequence[Problem]) -> Arrivals:
    """Count rows of the tab that cannot land among what waits to be read."""
    return replace(
        arrivals,
        problems=(*found, *arrivals.problems),
        quarantined=arrivals.quarantined + rows_counted(found),
    )


def _rest(
    place: Workplace, snapshot: Snapshot, known: Known, made: Plan, at: datetime, lost: int
) -> Rest:
    bounced = bounced_problems(known.partners, place.outbox.bounces())
    unended = open_problems(place.outbox, known, made, at)
    problems = (*made.problems, *lost_problem(lost), *bounced, *unended)
    return Rest(snapshot=snapshot, known=known, plan=made, problems=problems, now=plain(at))

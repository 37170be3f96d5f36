"""What is kept of people that is no longer needed? Old bodies of deliveries, contacts of old leads.

No line of a ledger is touched. An old body gives way to what was read of it, so an order is folded
as before; a closed lead keeps the keys of its contacts, so whose customer it is stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tracker.book.rows import BadCell, Row, rows_of
from tracker.book.run_rows import file_record
from tracker.customers import email_key, phone_key
from tracker.erasing import LeftCell, Wanted, by_value
from tracker.gathering import cursor_of
from tracker.layout import Tab
from tracker.own_lines import LEAD
from tracker.periods import months_before
from tracker.problems import Stop
from tracker.reducing import old_bodies, reduce, reduce_forgotten
from tracker.running import CONFLICTS_MAX, Rest, Workplace, at_rest
from tracker.stores import Commit, Erase, Outcome

CLOSED = frozenset({"deal", "refused", "duplicate", "expired"})
CONTACTS = ("name", "email", "phone")
ERASED_MAX = 300
"""Values erased in one commit: each is a request of its own to Google."""
WHAT = "tidy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Untidy:
    """What there is to tidy.

    Attributes:
        bodies: deliveries whose body is older than the setting keep_bodies_days.
        leads: closed leads older than keep_leads_months that still name somebody.
        erasures: what goes of these by its value; left: cells that are the owner's to clear.
    """

    bodies: int
    leads: int
    erasures: tuple[Erase, ...] = ()
    left: tuple[LeftCell, ...] = ()


def untidy(place: Workplace, rest: Rest) -> Untidy:
    """Look what there is to tidy, changing nothing."""
    before = bodies_before(rest)
    cursor = cursor_of(rest.known.tracker, place.inbox)
    old = () if before is None else old_bodies(
        place.inbox, rest.known, place.secret, before, cursor
    )  # fmt: skip
    due = _leads_due(place, rest)
    erasures, left = by_value(rest.snapshot.tables[Tab.LEADS], due)
    return Untidy(
        bodies=sum(1 for _ in old),
        leads=len(due),
        erasures=tuple(erasures[:ERASED_MAX]),
        left=tuple(left),
    )


def tidy(place: Workplace, *, clock_is_right: bool = False) -> Untidy:
    """Do it, and say what was done. Call it while holding `store.writing`.

    Raises Stop as a sync does.
    """
    for _ in range(CONFLICTS_MAX):
        rest = at_rest(place, what=WHAT, clock_is_right=clock_is_right)
        found = untidy(place, rest)
        before = bodies_before(rest)
        cursor = cursor_of(rest.known.tracker, place.inbox)
        if before is not None:
            reduce(place.inbox, old_bodies(place.inbox, rest.known, place.secret, before, cursor))
        reduce_forgotten(place.inbox, rest.known, place.secret, cursor=cursor)
        if not found.erasures:
            return found
        note = f"leads={found.leads} cells={len(found.erasures)}"
        commit = Commit(
            base=rest.snapshot.generation,
            appends={Tab.RUNS: [file_record(WHAT, rest.plan.noted_at, note)]},
            erasures=found.erasures,
        )
        if place.store.commit(commit) is Outcome.DONE:
            at_rest(place, what=WHAT, clock_is_right=clock_is_right)
            return found
    raise Stop("still_changing")


def tidy_daily(place: Workplace, rest: Rest) -> Untidy | None:
    """Tidy once a local day where the owner wants it; None where it was not done now.

    Call it while holding `store.writing`. Raises Stop as a sync does.
    """
    today = rest.known.programme.local_date(rest.now).isoformat()
    if not rest.known.programme.tidy or place.diary.told("tidied_on") == today:
        return None
    found = tidy(place)
    place.diary.note(tidied_on=today)
    return found


def bodies_before(rest: Rest) -> datetime | None:
    """From before when bodies go; None where they are kept, or nobody knows for how long."""
    programme = rest.known.programme
    if not programme.keep_bodies_days or "keep_bodies_days" in programme.unreadable:
        return None
    return rest.now - timedelta(days=programme.keep_bodies_days)


def _leads_due(place: Workplace, rest: Rest) -> dict[int, Wanted]:
    """The rows of closed leads that are old enough, with what is to stand in them instead.

    A lead's age counts from the day it came, or from the last line the Journal has of it: that a
    lead was refused is not noted anywhere.
    """
    programme = rest.known.programme
    if not programme.keep_leads_months or "keep_leads_months" in programme.unreadable:
        return {}
    last = months_before(programme.local_date(rest.now), programme.keep_leads_months)
    closed = {
        lead.lead_id for lead in rest.known.leads
        if lead.status in CLOSED and _known_since(lead.lead_id, lead.received_at, rest) < last
    }  # fmt: skip
    found: dict[int, Wanted] = {}
    for row in rows_of(rest.snapshot.tables[Tab.LEADS]):
        wanted = nameless_lead(row, place.secret, programme.currency, CONTACTS)
        if wanted and _text(row, "lead_id") in closed:
            found[row.row.number] = wanted
    return found


def _known_since(lead_id: str, received_at: datetime | None, rest: Rest) -> date:
    """The last day on which something was noted of a lead."""
    order = rest.plan.books.orders.get((LEAD, lead_id))
    times = [received_at] if received_at else []
    times += [order.latest.noted_at] if order is not None else []
    return max(map(rest.known.programme.local_date, times), default=date.max)


def nameless_lead(row: Row, secret: bytes, currency: str, columns: Iterable[str]) -> Wanted:
    """What stands in these columns of a lead once it names nobody; empty when that is so already.

    E-mail and phone give way to their keys: whose customer it is stays as it was.
    """
    keys = {
        "email": email_key(secret, _text(row, "email")),
        "phone": phone_key(secret, _text(row, "phone"), currency),
    }
    wanted = {column: keys.get(column, "") for column in columns}
    same = all(_text(row, column) == by for column, by in wanted.items())
    return {} if same else wanted


def _text(row: Row, column: str) -> str:
    try:
        return row.text(column)
    except BadCell:
        return ""

"""What is new in the tab Webhook log? Each row that can be read, landed as it came."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from hashlib import sha256

from tracker.cells import Cell, NotUnderstood, blank, read_text, shown
from tracker.deliveries import JSON_TYPE, NewDelivery, read_moment, storable
from tracker.forgotten import ERASED_BODY
from tracker.inbox import Inbox
from tracker.layout import Tab
from tracker.log_names import TAB, is_webhook_tab, log_names
from tracker.problems import Problem, params


@dataclass(frozen=True, slots=True)
class LogRow:
    """A row of the tab Webhook log.

    Attributes:
        number: the row in the sheet.
        cells: by column key (`delivery_id`, `received_at`, `source`, `content_type`, `body`).
        columns: the letter of each column by its key (`{"body": "E"}`), for the problem's cell.

    """

    number: int
    cells: Mapping[str, Cell]
    columns: Mapping[str, str] = field(default_factory=dict)

    def problem(self, key: str, code: str) -> Problem:
        """Say what is wrong with one cell of the row."""
        cell = f"{self.columns.get(key, '')}{self.number}"
        values = params(column=key, shown=shown(self.cells.get(key))[:60] or "…")
        return Problem(tab=Tab.WEBHOOK_LOG.value, cell=cell, code=code, params=values)


def land_tab(
    spec: str, inbox: Inbox, rows_of_webhook_tab: Callable[[], Iterable[LogRow]], zone: tzinfo
) -> list[Problem]:
    """Land what is new in the tab Webhook log, if the spec names it; the problems of its rows.

    Args:
        spec: the value of TRACKER_ORDER_LOG.
        inbox: where deliveries land.
        rows_of_webhook_tab: asked only when the spec names the tab.
        zone: the programme's zone, in which times are told that have no offset.

    """
    if not any(map(is_webhook_tab, log_names(spec))):
        return []
    return _land_rows(rows_of_webhook_tab(), inbox, zone)


def _land_rows(rows: Iterable[LogRow], inbox: Inbox, zone: tzinfo) -> list[Problem]:
    """Land every row that can be read; the others stay in the tab, each with its problem."""
    problems: list[Problem] = []

    def readable() -> Iterator[NewDelivery]:
        for row in rows:
            if all(blank(row.cells.get(key)) for key in ("delivery_id", "source", "body")):
                continue
            if row.cells.get("body") == ERASED_BODY:
                continue
            found = _read_row(row, zone)
            if isinstance(found, Problem):
                problems.append(found)
            else:
                yield found

    inbox.land(readable())
    return problems


def _read_row(row: LogRow, zone: tzinfo) -> NewDelivery | Problem:
    names: dict[str, str] = {}
    for key in ("delivery_id", "source", "content_type"):
        try:
            names[key] = read_text(row.cells.get(key))
        except NotUnderstood:
            return row.problem(key, "log_cell_not_text")
    if not names["source"]:
        return row.problem("source", "log_source_missing")
    received_at = read_moment(row.cells.get("received_at"), zone)
    if received_at is None:
        missing = blank(row.cells.get("received_at"))
        return row.problem("received_at", "log_time_missing" if missing else "log_time_unreadable")
    body = row.cells.get("body")
    if blank(body):
        return row.problem("body", "log_body_missing")
    if not isinstance(body, str):
        return row.problem("body", "log_body_not_text")
    body = storable(body)
    return NewDelivery(
        source=names["source"],
        delivery_id=names["delivery_id"] or _row_id(names["source"], received_at, body),
        received_at=received_at,
        content_type=names["content_type"] or JSON_TYPE,
        body=body,
        origin=f"{TAB}{Tab.WEBHOOK_LOG.value} cell {row.columns.get('body', '')}{row.number}",
    )


def _row_id(source: str, received_at: datetime, body: str) -> str:
    """Make an id of what a row says, never of its number: sorting the tab changes nothing."""
    told = f"{source}\n{received_at.isoformat()}\n{body}"
    return f"row-{sha256(told.encode()).hexdigest()[:16]}"

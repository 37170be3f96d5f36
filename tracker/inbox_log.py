"""What is new in the inbox file that a receiver on this machine fills?"""

from __future__ import annotations

from pathlib import Path

from tracker.cursors import Cursor, read_cursor
from tracker.deliveries import NewDelivery
from tracker.inbox import Inbox
from tracker.inbox_reader import InboxReader
from tracker.problems import Stop

PAGE_ROWS = 500
PAGE_BYTES = 16 * 1024 * 1024


def read_inbox(name: str, path: Path, inbox: Inbox) -> None:
    """Land what is new in the inbox file that a receiver on this machine fills.

    Raises Stop (`log_inbox_missing`, `log_inbox_unreadable`, `state_put_back`). The file is never
    changed.
    """
    if inbox.path is not None and _same(path, inbox.path):
        return
    if not path.is_file():
        raise Stop("log_inbox_missing", path=path)
    try:
        with InboxReader(path) as other:
            _copy(name, other, inbox)
    except Stop as stop:
        if ("path", str(path)) not in stop.params:
            raise  # it is the book's own inbox that is in trouble
        if stop.code == "state_put_back":
            raise  # it says what to do
        raise Stop("log_inbox_unreadable", path=path) from None


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _copy(name: str, other: Inbox, inbox: Inbox) -> None:
    kept = read_cursor(inbox.position(name) or "")
    seq = kept.seq if kept is not None and other.holds(kept) else 0
    while page := other.page(seq, PAGE_ROWS, PAGE_BYTES):
        seq = page[-1].seq
        found = (
            NewDelivery(
                source=delivery.source,
                delivery_id=delivery.delivery_id,
                received_at=delivery.received_at,
                content_type=delivery.content_type,
                body=delivery.body,
                origin=f"{name} delivery {delivery.seq}",
            )
            for delivery in page
        )
        inbox.land(found, {name: Cursor(other.id, seq, other.trace(seq)).text})

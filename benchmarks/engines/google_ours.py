"""What does our sync cost? The real store, inbox and core, from the start of the process."""

from __future__ import annotations

from pathlib import Path

from benchmarks.engines.answers import folder
from benchmarks.engines.google_client import KEY, LOG, SHEET_ID, STATE, base_url, say_peak
from benchmarks.engines.ours import NOW
from tests.google.redirecting import redirected
from tracker import idle
from tracker.inbox import Inbox
from tracker.outbox import Outbox
from tracker.stores import Store
from tracker.stores.google_sheets.store import GoogleStore
from tracker.workplace import Workplace


def google_store(where: Path) -> GoogleStore:
    """The spreadsheet, with its cache and locks in the folder of the run."""
    return GoogleStore(SHEET_ID, where / KEY, where / STATE, today=NOW.date)


def workplace(where: Path, store: Store) -> Workplace:
    """What a sync works with; the log, the inbox and the outbox are files, as with cron."""
    return Workplace(
        store=store,
        inbox=Inbox(where / STATE / "inbox.sqlite3"),
        outbox=Outbox(where / STATE / "outbox.sqlite3", lambda: NOW),
        secret=b"a secret of sixteen",
        clock=lambda: NOW,
        order_log=f"file:{where / LOG}",
    )


def main() -> None:
    """Sync once."""
    place = workplace(folder(), google_store(folder()))
    with redirected(base_url()), place.store.writing(1):
        idle.sync(place)
    place.close()
    say_peak()


if __name__ == "__main__":
    main()

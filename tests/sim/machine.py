"""What does a machine keep when its processes come and go? Files of state, a lock, a memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tests.sim.ports import Ports, Process
from tests.sim.state import Db, SimDiary, SimInbox, SimOutbox, bare, copied
from tracker.running import Workplace
from tracker.stores import Generation, Store

SMTP = "smtp://127.0.0.1:2525"
SECRET = b"a secret of tests"


@dataclass
class Machine:
    """One computer. `seen` is the last generation it remembers, `holder` who has its lock.

    `folder` is for what a run leaves in files of its own, where the world has a disk.
    """

    name: str
    inbox: sqlite3.Connection = field(default_factory=bare)
    outbox: sqlite3.Connection = field(default_factory=bare)
    diary: sqlite3.Connection = field(default_factory=bare)
    unsettled: bool = False
    seen: Generation | None = None
    holder: Process | None = None
    folder: Path | None = None

    @property
    def files(self) -> tuple[sqlite3.Connection, ...]:
        """The files of state."""
        return self.inbox, self.outbox, self.diary

    def copy(self) -> Machine:
        inbox, outbox, diary = map(copied, self.files)
        return Machine(self.name, inbox, outbox, diary, self.unsettled, self.seen)

    def bury(self, process: Process) -> None:
        """Do what the kernel does for the dead: files are closed, locks are free."""
        for raw in self.files:
            if raw.in_transaction:
                raw.rollback()
        if self.holder is process:
            self.holder = None

    def open_inbox(self, ports: Ports) -> SimInbox:
        return SimInbox(Db(self.inbox, ports, "inbox"))

    def workplace(
        self, ports: Ports, store: Store, clock: Callable[[], datetime], order_log: str
    ) -> Workplace:
        """What a process works with that is started here now."""
        return Workplace(
            store=store,
            inbox=self.open_inbox(ports),
            outbox=SimOutbox(Db(self.outbox, ports, "outbox"), clock),
            secret=SECRET,
            clock=clock,
            order_log=order_log,
            smtp_url=SMTP,
            state_dir=self.folder or Path("nowhere"),
            diary=SimDiary(Db(self.diary, ports, "diary")),
        )

    def close(self) -> None:
        """The world is over."""
        for raw in self.files:
            raw.close()

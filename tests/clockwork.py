"""What do tests of the clock stand on? A programme that is only ever woken, and its letters.

The store is in memory, the mail server a real one on loopback, and the clock is moved by hand.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tests.world import World
from tracker.cells import shown
from tracker.due import Task
from tracker.layout import Tab
from tracker.outbox import Outbox
from tracker.outcomes import Checked, Failed, Mailed, Newsed, Outcome, Previewed, Proposed
from tracker.outgoing import Letter, LetterKind, LetterState
from tracker.running import Workplace
from tracker.stores.memory import MemoryStore
from tracker.waking import Waking

OCTOBER = datetime(2026, 10, 20, 12, tzinfo=UTC)


def welcomed(outbox: Outbox, partner: str) -> None:
    """Note that a partner's welcome letter has left."""
    letter = Letter(
        statement_id=f"welcome:{partner}", partner_id=partner, month="", kind=LetterKind.WELCOME,
        from_address="shop@example.com", to_address=f"{partner}@example.com",
        message_id=f"<{partner}@example.com>", content=b"Welcome\r\n", frozen_figures="{}",
    )  # fmt: skip
    outbox.freeze(letter)
    outbox.start(letter.statement_id)
    outbox.finish(letter.statement_id, LetterState.SENT, "")
    outbox.in_use = False


class Clockwork(World):
    """Ivan at 10% and maria at 15%, both with an address; nothing runs but wakes.

    `told` holds every outcome of every wake. Both were welcomed long ago, and the owner wants no
    digest, so that what is mailed is what a test is about.
    """

    def __init__(self, now: datetime = OCTOBER, *, port: int = 0, folder: Path | None = None,
                 **settings: str) -> None:  # fmt: skip
        live = {
            "mail": "live", "mail_from": "Shop <shop@example.com>", "language": "en",
            "owner_digest": "off",
        }  # fmt: skip
        super().__init__(now, **(live | settings))
        self.edit(Tab.PARTNERS, "maria", "email", "maria@example.com")
        self.place = replace(
            self.place, smtp_url=f"smtp://127.0.0.1:{port}", state_dir=folder or Path("nowhere")
        )
        self.told: list[Outcome] = []
        for name in ("ivan", "maria"):
            welcomed(self.place.outbox, name)

    def wake(self, at: str = "") -> bool:
        """Wake once, at that time when one is given; whether nothing failed."""
        if at:
            self.now = datetime.fromisoformat(at)
        with self.store.writing(1) as mine:
            assert mine
            return Waking(self.place, self.told.append, sleep=self._rest).run()

    def _rest(self, _seconds: float) -> None:
        """Between two letters: no test waits for the throttle."""

    def tasks(self) -> list[Task]:
        """What was done since the last call, beside syncs."""
        kinds = {
            Mailed: Task.STATEMENTS, Previewed: Task.PREVIEWS, Proposed: Task.PAYOUTS,
            Newsed: Task.NEWS, Checked: Task.CHECK,
        }  # fmt: skip
        found = [
            one.task if isinstance(one, Failed) else kinds[type(one)]
            for one in self.told
            if type(one) in kinds or isinstance(one, Failed)
        ]
        self.told.clear()
        return found

    def stops(self) -> list[tuple[Task, str]]:
        """What failed so far, and the code of why."""
        return [(one.task, one.stop.code) for one in self.told if isinstance(one, Failed)]

    def fate_of_letters(self) -> str:
        """Why the last letter to the owner has not left; empty when none failed."""
        failed = {what: code for what, _, code in self.place.diary.failures()}
        return failed.get(Task.LETTERS, "")

    def again(self) -> Workplace:
        """The same book and files of state as another process opens them."""
        return replace(self.place, store=MemoryStore(self.store.book))

    def statements(self, partner: str = "ivan") -> list[tuple[str, str, str]]:
        """Month, opening and closing of each statement of a partner, as they were sealed."""
        return [
            (shown(row["month"]), shown(row["opening"]), shown(row["closing"]))
            for row in self.rows(Tab.STATEMENTS)
            if (row["partner_id"], row["state"]) == (partner, "claimed")
        ]

    def payouts(self, partner: str = "ivan") -> list[tuple[str, str]]:
        """Day and amount of each payout of a partner."""
        return [
            (shown(row["proposed_on"]), shown(row["amount"]))
            for row in self.rows(Tab.PAYOUTS)
            if row["partner_id"] == partner
        ]

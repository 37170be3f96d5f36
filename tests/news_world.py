"""What do tests of letters on single events stand on? Two partners with addresses, and a post.

The clock stands at noon UTC of Tuesday, October 20, 2026: in Moscow it is three hours later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

from tests.clockwork import welcomed
from tests.world import NOON, World
from tracker.cells import Cell, shown
from tracker.correspondence import send_news, waiting_news
from tracker.layout import Tab
from tracker.news.events import News
from tracker.outgoing import Letter
from tracker.running import at_rest, look


class Newsroom(World):
    """Ivan at 10% and Maria at 15%, welcomed before unless `fresh`; mail is live."""

    def __init__(
        self, port: int = 0, now: datetime = NOON, *, fresh: bool = False, **settings: str
    ) -> None:
        live = {"mail": "live", "mail_from": "Shop <shop@example.com>", "language": "en"}
        super().__init__(now, **(live | settings))
        self.partner(name="Ivan")
        self.edit(Tab.PARTNERS, "maria", "email", "maria@example.com")
        self.connect(port)
        for one in () if fresh else ("ivan", "maria"):
            welcomed(self.place.outbox, one)

    def connect(self, port: int) -> None:
        """Use the mail server on that port from now on."""
        self.place = replace(self.place, smtp_url=f"smtp://127.0.0.1:{port}")

    def partner(self, key: str = "ivan", **cells: Cell) -> None:
        """Change cells of a partner's row."""
        for column, value in cells.items():
            self.edit(Tab.PARTNERS, key, column, value)

    def code(self, key: str = "IVAN01", **cells: Cell) -> None:
        """Change cells of a code's row."""
        for column, value in cells.items():
            self.edit(Tab.CODES, key, column, value)

    def at(self, text: str) -> None:
        """Set the clock."""
        self.now = datetime.fromisoformat(text)

    def due(self, text: str = "") -> list[str]:
        """The names of the letters that are due, at that time when one is given."""
        return [one.name for one in self.news(text)]

    def news(self, text: str = "") -> tuple[News, ...]:
        """The letters that are due, resting ones among them."""
        if text:
            self.at(text)
        waiting = waiting_news(self.place, look(self.place, clock_is_right=True))
        return (*waiting.due, *waiting.resting)

    def send(self, sleep: Callable[[float], None] = lambda _seconds: None) -> list[str]:
        """Send what is due: partner and fate of each letter that was tried."""
        with self.store.writing(1):
            rest = at_rest(self.place, what="letters", clock_is_right=True)
            written = send_news(self.place, rest, sleep=sleep)
        return [f"{one.statement_id.split(':')[0]} {one.state}" for one in written.fates]

    def kept(self, name: str) -> Letter:
        """A letter of the outbox."""
        found = self.place.outbox.letter(name)
        assert found is not None
        return found

    def paid(self, on: str = "2026-11-16", **cells: Cell) -> str:
        """Earn ivan 1000.00 RUB, propose it on November 15 and pay it; the payout's id."""
        self.deliver("1", total="10000")
        self.sync()
        self.at("2026-11-15T12:00:00+03:00")
        (payout,) = self.propose()
        self.at("2026-11-16T15:00:00+03:00")
        self.edit(Tab.PAYOUTS, payout.payout_id, "paid_on", on)
        for column, value in cells.items():
            self.edit(Tab.PAYOUTS, payout.payout_id, column, value)
        self.sync()
        return payout.payout_id

    def line_id(self, order_id: str, n: int = 1) -> str:
        """The id of an order's line of Commissions."""
        rows = self.rows(Tab.COMMISSIONS)
        return next(
            shown(row["line_id"])
            for row in rows
            if (row["order_id"], shown(row["n"])) == (order_id, str(n))
        )


def later(moment: str, seconds: int) -> str:
    """A moment so many seconds later."""
    return (datetime.fromisoformat(moment) + timedelta(seconds=seconds)).isoformat()


def opened(content: bytes) -> EmailMessage:
    """A letter as a mail program reads it."""
    letter = message_from_bytes(content, policy=policy.default)
    assert isinstance(letter, EmailMessage)
    return letter

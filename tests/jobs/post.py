"""What do tests of mailed statements stand on? A world whose partners have addresses."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import Envelope

from tests.world import NOON, World
from tracker.cells import shown
from tracker.layout import Tab
from tracker.mailing import Sending, send

NOVEMBER_FIRST = datetime(2026, 11, 1, 9, tzinfo=UTC)


class Post(World):
    """Ivan's, Maria's and Oleg's October: orders of 1000, 2000 and none, at 10%, 15% and 10%."""

    def __init__(self, port: int, **settings: str) -> None:
        live = {"mail": "live", "mail_from": "Shop <shop@example.com>"}
        super().__init__(NOON, **(live | settings))
        self.edit(Tab.PARTNERS, "maria", "email", "maria@example.com")
        self.type(Tab.PARTNERS, partner_id="oleg", email="oleg@example.com")
        self.connect(port)
        self.deliver("1001")
        self.deliver("1002", total="2000", codes=["MARIA01"])
        self.sync()
        self.now = NOVEMBER_FIRST

    def connect(self, port: int) -> None:
        """Use the mail server on that port from now on."""
        self.place = replace(self.place, smtp_url=f"smtp://127.0.0.1:{port}")

    def send(self, month: str = "2026-10") -> Sending:
        """Send a month's statements without waiting between letters."""
        with self.store.writing(1):
            return send(self.place, month, sleep=lambda _seconds: None)

    def states(self, month: str = "2026-10") -> list[tuple[str, str]]:
        """The rows of Statements: whose, and which fate, in the order they were written."""
        rows = [row for row in self.rows(Tab.STATEMENTS) if row["month"] == month]
        return [(shown(row["partner_id"]), shown(row["state"])) for row in rows]


def fates(sending: Sending) -> dict[str, str]:
    """Each letter's fate by partner."""
    return {fate.partner_id: fate.state.value for fate in sending.fates}


def named(sending: Sending) -> set[tuple[str, str]]:
    """Each problem's code and partner."""
    return {(one.code, dict(one.params)["partner"]) for one in sending.problems}


def receivers(letters: list[Envelope]) -> list[str]:
    """To whom letters went, in their order."""
    return [address for letter in letters for address in letter.rcpt_tos]


def text_of(content: bytes) -> str:
    """The plain text of a letter."""
    letter = message_from_bytes(content, policy=policy.default)
    assert isinstance(letter, EmailMessage)
    part = letter.get_body(("plain",))
    assert part is not None
    return base64.b64decode(str(part.get_payload())).decode()

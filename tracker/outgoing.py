"""What is a letter that leaves, and how far can it be? Its kind, its bytes and its fate."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256


class LetterKind(StrEnum):
    """What a letter is for. The book knows statements alone: only they are claimed in it."""

    STATEMENT = "statement"
    NOTICE = "notice"
    WELCOME = "welcome"
    SALES = "sales"
    PAYOUT = "payout"
    DETAILS = "details"
    CODE = "code"
    DOCUMENT = "document"
    OWNER = "owner"
    TEST = "test"


PARTNER_NEWS = frozenset(
    {
        LetterKind.WELCOME,
        LetterKind.SALES,
        LetterKind.PAYOUT,
        LetterKind.DETAILS,
        LetterKind.CODE,
        LetterKind.DOCUMENT,
    }
)
"""Letters to a partner about one event each, told once."""


class LetterState(StrEnum):
    """How far a letter is."""

    FROZEN = "frozen"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    DROPPED = "dropped"


NOT_SENT = (LetterState.FROZEN, LetterState.REFUSED)
"""States of a letter that surely did not leave, so it may be tried, or replaced by another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter as it is mailed, and its fate.

    Attributes:
        statement_id: the letter's name; a letter that is no statement has one that begins with
            its kind and a colon, as no statement's does.
        partner_id, month: whose statement, and of which month (`2026-10`); else empty.
        from_address, to_address: of the envelope.
        content: the whole message, headers and all, with CRLF.
        frozen_figures: JSON of what the letter says: of a statement for a book that was restored,
            of a notice for another try.
        attempts: how often it was started; at: when its state last changed, aware.
        unknowns: how many of these tries may have let a copy out, and nobody knows. While there
            is one, a try that was surely refused leaves the letter's fate unknown.
        detail: a reason as `tracker.sentences.join_reason` writes it; empty when all is well.

    """

    statement_id: str
    partner_id: str
    month: str
    from_address: str
    to_address: str = field(repr=False)
    message_id: str
    content: bytes = field(repr=False)
    frozen_figures: str = field(repr=False)
    state: LetterState = LetterState.FROZEN
    attempts: int = 0
    at: datetime | None = None
    detail: str = ""
    kind: LetterKind = LetterKind.STATEMENT
    unknowns: int = 0

    def may_leave(self, copies: int) -> bool:
        """Whether it may be sent, when so many copies of it may leave altogether."""
        unknown = self.state is LetterState.UNKNOWN
        may = self.state in NOT_SENT or (unknown and self.unknowns < copies)
        return may and bool(self.to_address)

    @property
    def sha256(self) -> str:
        """The hex digest of the content."""
        return sha256(self.content).hexdigest()

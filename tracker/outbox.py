"""Which letters left, and what became of each? Frozen bytes and their fate.

    frozen -> sending -> sent | refused | unknown          (refused -> sending is another try)

A letter that may have left keeps its bytes for ever: a repeat is the same letter. Beside the
letters stands which payouts were proposed or exported, so that a book restored from yesterday
cannot pay twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from tracker.problems import params
from tracker.sentences import join_reason
from tracker.statefile import StateFile

_SCHEMA = """
CREATE TABLE letters (
    statement_id TEXT PRIMARY KEY,
    partner_id TEXT NOT NULL,
    month TEXT NOT NULL,
    from_address TEXT NOT NULL,
    to_address TEXT NOT NULL,
    message_id TEXT NOT NULL,
    content BLOB NOT NULL,
    sha256 TEXT NOT NULL,
    frozen_figures TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    at TEXT NOT NULL,
    detail TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX letters_by_month ON letters (month, statement_id);
CREATE INDEX letters_by_state ON letters (state, statement_id);
CREATE TABLE payouts (
    event TEXT NOT NULL,
    payout_id TEXT NOT NULL,
    at TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (event, payout_id)
) WITHOUT ROWID
"""

_KINDS = """
ALTER TABLE letters ADD COLUMN kind TEXT NOT NULL DEFAULT 'statement';
CREATE INDEX letters_by_kind ON letters (kind, state, statement_id)
"""

_FIELDS = (
    "statement_id, partner_id, month, from_address, to_address, message_id, content, "
    "frozen_figures, state, attempts, at, detail, kind"
)


_FREEZE = """
INSERT OR REPLACE INTO letters
    (statement_id, partner_id, month, from_address, to_address, message_id, content, sha256,
    frozen_figures, state, attempts, at, detail, kind)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


class LetterKind(StrEnum):
    """What a letter is for. The book knows statements alone: only they are claimed in it."""

    STATEMENT = "statement"
    NOTICE = "notice"


_OTHERS = tuple(f"{kind}:" for kind in LetterKind if kind is not LetterKind.STATEMENT)


class LetterState(StrEnum):
    """How far a letter is."""

    FROZEN = "frozen"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class PayoutEvent(StrEnum):
    """What was done with a payout outside the book."""

    PROPOSED = "proposed"
    EXPORTED = "exported"


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
        detail: a reason as `tracker.sentences.join_reason` writes it; empty when all is well.

    """

    statement_id: str
    partner_id: str
    month: str
    from_address: str
    to_address: str
    message_id: str
    content: bytes
    frozen_figures: str
    state: LetterState = LetterState.FROZEN
    attempts: int = 0
    at: datetime | None = None
    detail: str = ""
    kind: LetterKind = LetterKind.STATEMENT

    @property
    def sha256(self) -> str:
        """The hex digest of the content."""
        return sha256(self.content).hexdigest()


class Outbox(StateFile):
    """The letters and payouts of one book, in `.tracker/outbox.sqlite3`; None is in memory.

    `clock` gives the time now, aware; it dates every change.
    """

    schema = _SCHEMA
    steps = (_KINDS,)
    kept = ("letters", "payouts")

    def __init__(self, path: Path | None, clock: Callable[[], datetime]) -> None:
        super().__init__(path)
        self._clock = clock

    def freeze(self, letter: Letter) -> Letter:
        """Keep a letter, and give back the one that is kept.

        A letter of this name that was never tried, or surely refused, is replaced; one that
        may have left stays as it is, bytes and fate. Tries already made stay counted.
        Raises ValueError for a name that does not fit the kind.
        """
        if (letter.kind is LetterKind.STATEMENT) == letter.statement_id.startswith(_OTHERS):
            raise ValueError(f"{letter.statement_id} is no name for a {letter.kind}")
        with self.together():
            kept = self.letter(letter.statement_id)
            if kept and kept.state not in NOT_SENT:
                return kept
            row = (
                *(letter.statement_id, letter.partner_id, letter.month, letter.from_address),
                *(letter.to_address, letter.message_id, letter.content, letter.sha256),
                *(letter.frozen_figures, LetterState.FROZEN, kept.attempts if kept else 0),
                *(self._now(), "", letter.kind),
            )
            self._write(_FREEZE, [row])
            frozen = self.letter(letter.statement_id)
        return frozen or letter

    def start(self, statement_id: str) -> bool:
        """Note that a letter is about to leave; False when it may not (or another run has it)."""
        sql = (
            "UPDATE letters SET state = 'sending', attempts = attempts + 1, at = ?, detail = '' "
            "WHERE statement_id = ? AND state IN ('frozen', 'refused')"
        )
        return self._write(sql, [(self._now(), statement_id)]) == 1

    def finish(self, statement_id: str, state: LetterState, detail: str) -> None:
        """Note the fate of a letter that was started: sent, refused or unknown.

        An answer that comes after `settle` is still the truth, so unknown may become sent.
        Raises ValueError for any other step: that is a bug.
        """
        sql = (
            "UPDATE letters SET state = ?, detail = ?, at = ? "
            "WHERE statement_id = ? AND state IN ('sending', 'unknown')"
        )
        if state in {LetterState.FROZEN, LetterState.SENDING}:
            raise ValueError(f"{state} is no fate")
        if self._write(sql, [(state, detail, self._now(), statement_id)]) != 1:
            raise ValueError(f"{statement_id} was not started")

    def open_sends(self) -> list[Letter]:
        """Give the letters that were started and never finished."""
        return self._letters("state = 'sending'")

    def settle(self) -> list[Letter]:
        """Make what a killed run left in sending unknown, and give those letters.

        Call it while holding the right to write the book: another run may be sending now.
        """
        detail = join_reason("mail_interrupted", params())
        with self.together():
            left = [letter.statement_id for letter in self.open_sends()]
            for statement_id in left:
                self.finish(statement_id, LetterState.UNKNOWN, detail)
            found = [self.letter(statement_id) for statement_id in left]
        return [letter for letter in found if letter]

    def letter(self, statement_id: str) -> Letter | None:
        """Give the letter of that name, whatever its kind."""
        found = self._letters("statement_id = ?", statement_id)
        return found[0] if found else None

    def letters(self, month: str) -> list[Letter]:
        """Give the statements of a month (`2026-10`)."""
        return self._letters("month = ? AND kind = 'statement'", month)

    def tried(self) -> list[Letter]:
        """Give the statements that were ever started, of all months."""
        return self._letters("state <> 'frozen' AND kind = 'statement'")

    def waiting(self, kind: LetterKind) -> list[Letter]:
        """Give the letters of a kind that surely have not left yet."""
        return self._letters("state IN ('frozen', 'refused') AND kind = ?", kind)

    def count(self, state: LetterState, since: datetime, kind: LetterKind | None = None) -> int:
        """Count the letters of that kind, else of any, that came into that state since then."""
        sql = "SELECT at FROM letters WHERE state = ? AND kind = coalesce(?, kind)"
        found = self._rows(sql, (state, kind))
        return sum(datetime.fromisoformat(row[0]) >= since for row in found)

    def note_payout(self, payout_id: str, event: PayoutEvent, detail: str = "") -> None:
        """Note what was done with a payout; the first time counts."""
        row = (event, payout_id, self._now(), detail)
        self._write("INSERT OR IGNORE INTO payouts VALUES (?, ?, ?, ?)", [row])

    def payouts(self, event: PayoutEvent) -> set[str]:
        """Give the ids of the payouts this was done with."""
        return {
            str(row[0])
            for row in self._rows("SELECT payout_id FROM payouts WHERE event = ?", (event,))
        }

    def payout_details(self, event: PayoutEvent) -> dict[str, str]:
        """Give what was noted with each payout this was done with."""
        sql = "SELECT payout_id, detail FROM payouts WHERE event = ?"
        return {str(row[0]): str(row[1]) for row in self._rows(sql, (event,))}

    def _letters(self, where: str, *values: object) -> list[Letter]:
        sql = f"SELECT {_FIELDS} FROM letters WHERE {where} ORDER BY statement_id"  # noqa: S608
        return [_as_letter(row) for row in self._rows(sql, values)]

    def _now(self) -> str:
        return self._clock().isoformat()


def _as_letter(row: tuple[Any, ...]) -> Letter:
    names = _FIELDS.split(", ")
    fields = dict(zip(names, row, strict=True))
    fields["state"] = LetterState(fields["state"])
    fields["kind"] = LetterKind(fields["kind"])
    fields["at"] = datetime.fromisoformat(fields["at"])
    return Letter(**fields)

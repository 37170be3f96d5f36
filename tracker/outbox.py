"""Which letters left, and what became of each? Frozen bytes and their fate.

    frozen -> sending -> sent | refused | unknown          (refused -> sending is another try)
    refused -> dropped                                     (a person says: let it be)

A letter that may have left keeps its bytes for ever: a repeat is the same letter. Of one whose fate
is unknown another copy leaves only where the owner wants that; how many may have left is counted.
Beside the letters stands which addresses sent one back, and which payouts were proposed or
exported, so that a book restored from yesterday cannot pay twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import fields
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker import outbox_tables
from tracker.erasable import ErasableLetters
from tracker.outbox_tables import FIELDS, FINISH, FREEZE, MAY_LEAVE, NOTE, SCHEMA, START, STEPS
from tracker.outgoing import NOT_SENT, Letter, LetterKind, LetterState

if TYPE_CHECKING:  # most runs open the outbox and find nothing in it that they need to name
    from tracker.bounced import Bounce


_OTHERS = tuple(f"{kind}:" for kind in LetterKind if kind is not LetterKind.STATEMENT)


class PayoutEvent(StrEnum):
    """What was done with a payout outside the book."""

    PROPOSED = "proposed"
    EXPORTED = "exported"


class Outbox(ErasableLetters):
    """The letters and payouts of one book, in `.tracker/outbox.sqlite3`; None is in memory.

    `clock` gives the time now, aware; it dates every change. `in_use` tells whether a letter of
    any kind was started through this object, so that the next one keeps its distance.
    """

    schema = SCHEMA
    steps = STEPS
    kept = ("letters", "payouts", "bounces")
    seen = outbox_tables.SEEN

    def __init__(self, path: Path | None, clock: Callable[[], datetime]) -> None:
        super().__init__(path)
        self._clock = clock
        self.in_use = False

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
            self._write(FREEZE, [row])
            frozen = self.letter(letter.statement_id)
        return frozen or letter

    def start(self, statement_id: str, copies: int = 1) -> bool:
        """Note that a letter is about to leave; False when it may not (or another run has it).

        `copies` is how many may leave altogether: with 1 a letter of unknown fate stays here.
        """
        started = self._write(START, [(self._now(), statement_id, copies)]) == 1
        self.in_use |= started
        return started

    def finish(self, statement_id: str, state: LetterState, detail: str) -> None:
        """Note the fate of a letter that was started: sent, refused or unknown.

        An answer that comes after `settle` is still the truth, so unknown may become sent. A
        refusal tells of its own try alone: while another copy may have left, the fate stays
        unknown. Raises ValueError for any other step: that is a bug.
        """
        if state in {LetterState.FROZEN, LetterState.SENDING}:
            raise ValueError(f"{state} is no fate")
        with self.together():
            kept = self.letter(statement_id)
            if kept is None or kept.state not in {LetterState.SENDING, LetterState.UNKNOWN}:
                raise ValueError(f"{statement_id} was not started")
            unknowns = kept.unknowns
            if state is LetterState.UNKNOWN and kept.state is LetterState.SENDING:
                unknowns += 1
            elif state is LetterState.REFUSED and kept.state is LetterState.UNKNOWN:
                unknowns -= 1  # counted by `settle`, before this answer came
            if state is LetterState.REFUSED and unknowns:
                state = LetterState.UNKNOWN
            self._write(FINISH, [(state, unknowns, detail, self._now(), statement_id)])

    def drop(self, statement_id: str) -> bool:
        """Note that a letter that was refused is to be let be; False when none was refused."""
        return self._write(outbox_tables.DROP, [(self._now(), statement_id)]) == 1

    def last_sent(self, kinds: Collection[LetterKind]) -> datetime | None:
        """Give when the last letter of one of these kinds left, aware; None when none has."""
        rows = self._rows("SELECT kind, at FROM letters WHERE state = 'sent'")
        return max((datetime.fromisoformat(at) for kind, at in rows if kind in kinds), default=None)

    def open_sends(self) -> list[Letter]:
        """Give the letters that were started and never finished."""
        return self._letters("state = 'sending'")

    def settle(self) -> list[Letter]:
        """Make what a killed run left in sending unknown, and give those letters.

        Call it while holding the right to write the book: another run may be sending now.
        """
        detail = "mail_interrupted"  # a reason without parameters (`sentences.join_reason`)
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

    def waiting(self, kind: LetterKind, copies: int = 1) -> list[Letter]:
        """Give the letters of a kind that may still leave: surely not left, or too few copies."""
        return self._letters(f"{MAY_LEAVE} AND kind = ?", copies, kind)

    def news_since(self, kind: LetterKind, since: date, partner_id: str) -> list[Letter]:
        """Give a partner's letters of a kind whose names begin with a day, from that day on."""
        named = (f"{kind}:{since}", f"{kind};", partner_id)
        return self._letters("statement_id >= ? AND statement_id < ? AND partner_id = ?", *named)

    def open_ends(self) -> list[Letter]:
        """Give the letters of every kind that were tried and have no good end."""
        return self._letters("state IN ('sending', 'refused', 'unknown')")

    def of_message(self, message_id: str) -> Letter | None:
        """Give the letter with that Message-ID, angle brackets and all."""
        found = self._letters("message_id = ?", message_id)
        return found[0] if len(found) == 1 else None

    def count(self, state: LetterState, since: datetime, kind: LetterKind | None = None) -> int:
        """Count the letters of that kind, else of any, that came into that state since then."""
        sql = "SELECT at FROM letters WHERE state = ? AND kind = coalesce(?, kind)"
        found = self._rows(sql, (state, kind))
        return sum(datetime.fromisoformat(row[0]) >= since for row in found)

    def note_bounce(self, letter: Letter, status: str) -> bool:
        """Note that a letter came back for good; False when that was known."""
        sql = "INSERT OR IGNORE INTO bounces VALUES (?, ?, ?, ?, ?, '')"
        who = (letter.statement_id, letter.to_address, letter.partner_id)
        return self._write(sql, [(*who, status, self._now())]) == 1

    def settle_bounce(self, statement_id: str) -> bool:
        """Note that the address a letter came back from is right; False when none is open."""
        sql = "UPDATE bounces SET settled_at = ? WHERE statement_id = ? AND settled_at = ''"
        return self._write(sql, [(self._now(), statement_id)]) > 0

    def bounces(self) -> list[Bounce]:
        """Give every letter that came back and that nobody settled, the oldest first."""
        from tracker.bounced import Bounce

        names = [field.name for field in fields(Bounce)]
        sql = f"SELECT {', '.join(names)} FROM bounces WHERE settled_at = '' ORDER BY at"  # noqa: S608
        rows = [dict(zip(names, row, strict=True)) for row in self._rows(sql)]
        return [Bounce(**{**row, "at": datetime.fromisoformat(row["at"])}) for row in rows]

    def closed_addresses(self) -> frozenset[str]:
        """Give the addresses, in small letters, to which partners' letters are held."""
        return frozenset(one.address.lower() for one in self.bounces())

    def note_payout(self, payout_id: str, event: PayoutEvent, detail: str = "") -> None:
        """Note what was done with a payout; the first time counts, of handing over the last."""
        row = (event, payout_id, self._now(), detail)
        self._write(NOTE, [row])

    def payouts(self, event: PayoutEvent) -> set[str]:
        """Give the ids of the payouts this was done with."""
        return set(self.payouts_at(event))

    def payout_details(self, event: PayoutEvent) -> dict[str, str]:
        """Give what was noted with each payout this was done with."""
        return {one: detail for one, (detail, _) in self.payouts_at(event).items()}

    def payouts_at(self, event: PayoutEvent) -> dict[str, tuple[str, datetime]]:
        """Give what was noted with each payout this was done with, and when, aware."""
        sql = "SELECT payout_id, detail, at FROM payouts WHERE event = ?"
        rows = self._rows(sql, (event,))
        return {str(one): (str(detail), datetime.fromisoformat(at)) for one, detail, at in rows}

    def _letters(self, where: str, *values: object) -> list[Letter]:
        sql = f"SELECT {FIELDS} FROM letters WHERE {where} ORDER BY statement_id"  # noqa: S608
        return [_as_letter(row) for row in self._rows(sql, values)]

    def _now(self) -> str:
        return self._clock().isoformat()


def _as_letter(row: tuple[Any, ...]) -> Letter:
    values = dict(zip(FIELDS.split(", "), row, strict=True))
    values["state"] = LetterState(values["state"])
    values["kind"] = LetterKind(values["kind"])
    values["at"] = datetime.fromisoformat(values["at"])
    return Letter(**values)

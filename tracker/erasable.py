"""How are a person's letters erased? A note takes their place; name, id and fate stay."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from tracker import outbox_tables
from tracker.statefile import StateFile

_PERSONAL = frozenset({"name", "email", "address", "to"})


class ErasableLetters(StateFile):
    """The part of the outbox that forgets people."""

    replaced = frozenset({"content", "frozen_figures", "to_address", "address", "settled_at"})

    def letters_to(self, partner_id: str, address: str) -> list[str]:
        """Give the names of the letters to a partner, or to an address, that are not erased yet."""
        return [name for name, _, _ in self._letters_to(partner_id, address)]

    def erase_letters(self, partner_id: str, address: str, at: datetime) -> int:
        """Put a note in the place of every letter to a partner, or to an address.

        What is left of one: its name, month, Message-ID, figures and fate. One that had not left
        never does. Returns how many there were.
        """
        found = self._letters_to(partner_id, address)
        rows = [(_note(mark, at), _nameless(said), name) for name, mark, said in found]
        names = [(at.isoformat(), name) for name, _, _ in found]
        with self.together():
            self._write(outbox_tables.FORGET_BOUNCES, names)
        self._overwrite(outbox_tables.ERASE, rows)
        return len(found)

    def _letters_to(self, partner_id: str, address: str) -> list[tuple[Any, ...]]:
        sql = (
            "SELECT statement_id, message_id, frozen_figures FROM letters WHERE to_address <> '' "
            "AND (partner_id = ? OR lower(to_address) = ?) ORDER BY statement_id"
        )
        # An empty id or address is nobody's.
        return self._rows(sql, (partner_id or None, address.lower() or None))


def _note(message_id: str, at: datetime) -> bytes:
    """What stands where the letter stood, in the form of a letter."""
    lines = (
        f"Message-ID: {message_id}",
        "Subject: erased",
        "",
        f"This letter was erased on {at.date().isoformat()}: its reader was to be forgotten.",
    )
    return "".join(f"{line}\r\n" for line in lines).encode()


def _nameless(said: str) -> str:
    """The figures of a letter without whom it was to."""
    figures = json.loads(said)
    kept = {name: value for name, value in figures.items() if name not in _PERSONAL}
    return said if kept == figures else json.dumps(kept, separators=(",", ":"))

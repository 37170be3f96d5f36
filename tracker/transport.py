"""How may a letter leave, and with which answer? Sent, surely not sent, or nobody knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, Self

from tracker.problems import params
from tracker.sentences import join_reason


@dataclass(frozen=True, slots=True)
class Sent:
    """The server took the letter over."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The letter has surely not left.

    Attributes:
        reason: as `tracker.sentences.join_reason` writes it.
        permanent: whether trying again without a change is of no use.

    """

    reason: str
    permanent: bool


@dataclass(frozen=True, slots=True)
class Unknown:
    """The letter may have left, or not: nobody answered."""

    reason: str


Answer = Sent | Refused | Unknown


class Transport(Protocol):
    """A way for letters to leave."""

    def send(self, letter: bytes, sender: str, recipient: str) -> Answer:
        """Send one letter; `sender` and `recipient` are plain addresses. Raises nothing."""
        ...

    def close(self) -> None:
        """Hang up."""
        ...

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def because(code: str, said: str) -> str:
    """Write the reason of an answer: a code of `tracker.sentences.mail`, and what was said."""
    return join_reason(code, params(said=said))

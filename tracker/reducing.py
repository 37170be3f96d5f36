"""Which bodies in the inbox give way to their gists? Old ones, and those of forgotten people.

Only what the book has read, and what bears no mark: a delivery that cannot be read yet, or waits
for a person, keeps its body. A gist reads as the body did, so no sum can change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice

from tracker.forgotten import forgotten_keys
from tracker.gathering import read_delivery, unsaid_by
from tracker.gist import contacts, gist_of
from tracker.inbox import Inbox
from tracker.known import Known
from tracker.model import Delivery, Read

Gist = tuple[int, str]
"""The seq of a delivery, and what is to stand in the place of its body."""

_AT_ONCE = 500


class Reader:
    """Reads deliveries as a sync does, and makes gists of them."""

    def __init__(self, known: Known, secret: bytes) -> None:
        self._unsaid = unsaid_by(known)
        self._secret = secret
        self._currency = known.programme.currency

    def read(self, delivery: Delivery) -> tuple[Read, ...]:
        """Give what the delivery says."""
        return read_delivery(delivery, self._unsaid)

    def keys(self, reads: Iterable[Read]) -> frozenset[str]:
        """The keys of every e-mail and phone in it."""
        found = (contacts(one, self._secret, self._currency) for one in reads)
        return frozenset().union(*found)

    def gist(self, delivery: Delivery, reads: Iterable[Read]) -> Iterator[Gist]:
        """Give the gist of a delivery; nothing where some of it cannot be read."""
        made = gist_of(reads, self._secret, self._currency)
        if made is not None:
            yield delivery.seq, made


def old_bodies(
    inbox: Inbox, known: Known, secret: bytes, before: datetime, cursor: int
) -> Iterator[Gist]:
    """The gists of deliveries up to the cursor that came before that time."""
    reader = Reader(known, secret)
    for delivery in inbox.bodies(before, cursor=cursor):
        yield from reader.gist(delivery, reader.read(delivery))


def bodies_of(
    inbox: Inbox,
    known: Known,
    secret: bytes,
    mine: Callable[[Delivery, frozenset[str]], bool],
    since: int = 0,
    cursor: int | None = None,
) -> Iterator[Gist]:
    """The gists of deliveries behind `since` of which `mine` says so, told their contacts' keys."""
    reader = Reader(known, secret)
    for delivery in inbox.bodies(after=since, cursor=cursor):
        reads = reader.read(delivery)
        if mine(delivery, reader.keys(reads)):
            yield from reader.gist(delivery, reads)


def reduce_forgotten(
    inbox: Inbox, known: Known, secret: bytes, since: int = 0, cursor: int | None = None
) -> int:
    """Reduce what came back of people who were forgotten; how many deliveries there were."""
    gone = forgotten_keys(known.tracker)
    if not gone:
        return 0
    found = bodies_of(inbox, known, secret, lambda _, keys: bool(gone & keys), since, cursor)
    return reduce(inbox, found)


def reduce(inbox: Inbox, gists: Iterable[Gist]) -> int:
    """Put gists in the place of bodies, some hundred at a time; how many there were."""
    left, count = iter(gists), 0
    while some := list(islice(left, _AT_ONCE)):
        count += inbox.reduce(some)
    return count

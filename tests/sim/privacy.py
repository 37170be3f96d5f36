"""Does a customer's address, or a secret, stand where nobody is to read it?

Every order of the shop names its customer by e-mail and phone. They may stand in what the shop
sent, and in the tabs people type contacts into; in no other tab, letter or file of the program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

from tests.sim.customers import BUYER, PHONE
from tests.sim.machine import SECRET
from tests.sim.world import Broken, World
from tracker.layout import Tab

PRIVATE = (BUYER, PHONE, "7900000007", SECRET.decode(), SECRET.hex())
MAY_HOLD = frozenset({Tab.PARTNERS, Tab.LEADS, Tab.SIGN_UPS, Tab.WEBHOOK_LOG})
"""Where owners and shops put contacts themselves."""


def private(world: World) -> None:
    """Look through every tab, letter and diary. Raises Broken."""
    for place, text in (*_cells(world, Tab), *_letters(world), *_diaries(world)):
        if told := [one for one in PRIVATE if one in text]:
            raise Broken(f"{told[0]} stands in {place}: {text[:200]}")


def private_in_reports(world: World) -> None:
    """Look where the program speaks of what it could not use. Raises Broken."""
    for place, text in _cells(world, (Tab.PROBLEMS, Tab.REVIEW)):
        if told := [one for one in PRIVATE if one in text]:
            raise Broken(f"{told[0]} stands in {place}: {text[:200]}")


def _cells(world: World, tabs: Iterable[Tab]) -> Iterator[tuple[str, str]]:
    for tab in tabs:
        if tab in MAY_HOLD:
            continue
        try:
            rows = world.book.get(tab).rows
        except KeyError:  # the owner took it away
            continue
        yield from ((tab.value, cell) for row in rows for cell in row if isinstance(cell, str))


def _letters(world: World) -> Iterator[tuple[str, str]]:
    for letter in world.office.taken:
        message = message_from_bytes(letter.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        yield "a letter's head", str(message.items())
        for part in message.walk():
            if part.get_content_maintype() == "text":
                yield "a letter", part.get_content()


def _diaries(world: World) -> Iterator[tuple[str, str]]:
    for machine in world.machines:
        yield "the diary", "\n".join(machine.diary.iterdump())

"""Does every letter leave once wherever its sender dies, or is it known that nobody knows?

Between the letter and its mark lies a moment in which no program can know whether it left. Then it
is held and named, or, where the owner wants that, the very same letter leaves once more.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli_book import CliBook, edit, set_environment
from tests.kills.nursery import Nursery
from tests.kills.walking import (
    goes_on,
    nothing_doubled,
    opens,
    places,
    sums,
    undisturbed,
    walked,
)
from tests.test_smtp import Running
from tracker.layout import Tab

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")

NOVEMBER_FIRST = datetime(2026, 11, 1, 9, tzinfo=UTC)
SUMS = {"ivan": "2000.00", "maria": "3000.00"}
"""10% and 15% of 20000."""
PARTNERS = ("ivan@example.com", "maria@example.com")


def mailing(folder: Path, port: int, unknown: str = "hold") -> CliBook:
    """A book of two partners with addresses, an order of each, and mail that leaves at once."""
    book = CliBook(folder)
    book.set("mail", "live")
    book.set("mail_from", "Shop <shop@example.com>")
    book.type(Tab.SETTINGS, {"setting": "mail_pause", "value": 0},
              {"setting": "mail_unknown", "value": unknown})  # fmt: skip
    edit(book, Tab.PARTNERS, "maria", email="maria@example.com")
    set_environment(book, TRACKER_SMTP_URL=f"smtp://127.0.0.1:{port}")
    book.deliver("1", total="20000")
    book.deliver("2", codes=["MARIA01"], total="20000")
    book.sync()
    return book


def taken(server: Running) -> Counter[str]:
    """How many letters each partner got since the last call; copies of one are the same bytes."""
    letters = [(one.rcpt_tos[0], one.original_content) for one in server.mailbox.letters]
    server.mailbox.letters.clear()
    assert len(set(letters)) == len({receiver for receiver, _ in letters})
    return Counter(receiver for receiver, _ in letters)


def told(book: CliBook) -> dict[str, str]:
    """The last fate of each partner's statement in the book."""
    return {f"{row['partner_id']}@example.com": row["state"] for row in book.rows(Tab.STATEMENTS)}


MAIL = ("send From", "commit outbox", "replace partners")
"""What can part a letter from its mark: the letter itself, the outbox and the book."""


def test_statements_leave_once_or_are_held_and_named_wherever_their_sender_dies(
    tmp_path: Path, forks: Nursery, server: Running
) -> None:
    begun, ends = mailing(tmp_path / "begun", server.port), Counter[tuple[str, int]]()
    begun.now = NOVEMBER_FIRST
    command = ("statements", "--send")
    at = places(undisturbed(forks, begun, tmp_path, *command), *MAIL)
    assert taken(server) == dict.fromkeys(PARTNERS, 1)
    for book, place in walked(forks, begun, tmp_path, *command, only=at):
        opens(book)
        err = goes_on(forks, book, *command).err
        copies, fates = taken(server), told(book)
        for who in PARTNERS:
            ends[fates[who], copies[who]] += 1
            assert fates[who] == "sent" or f"{who.split('@')[0]}'s statement" in err, place
        nothing_doubled(book)
        assert sums(book) == SUMS
    # Sent and known; sent and not known; not sent and not known. Nothing else, and all of them.
    assert ends.keys() == {("sent", 1), ("unknown", 1), ("unknown", 0)}
    assert len(at) >= 8


def test_where_the_owner_wants_it_the_same_letter_leaves_again_and_none_is_lost(
    tmp_path: Path, forks: Nursery, server: Running
) -> None:
    begun, copies = mailing(tmp_path / "begun", server.port, "resend"), Counter[int]()
    begun.now = NOVEMBER_FIRST
    command = ("statements", "--send")
    letters = places(undisturbed(forks, begun, tmp_path, *command), "send From")
    at = [number for one in letters for number in (one, one + 1)]
    taken(server)
    for book, place in walked(forks, begun, tmp_path, *command, only=at):
        goes_on(forks, book, *command)
        assert told(book) == dict.fromkeys(PARTNERS, "sent"), place
        copies.update(taken(server).values())
    assert copies.keys() == {1, 2}


def test_letters_on_events_leave_once_or_are_named_wherever_their_sender_dies(
    tmp_path: Path, forks: Nursery, server: Running
) -> None:
    begun, ends = mailing(tmp_path / "begun", server.port), Counter[tuple[bool, int]]()
    at = places(undisturbed(forks, begun, tmp_path, "letters", "--send"), *MAIL)
    assert taken(server) == dict.fromkeys(PARTNERS, 1)
    for book, place in walked(forks, begun, tmp_path, "letters", "--send", only=at):
        # The first of them learns that nobody knows, the second says so in Problems.
        goes_on(forks, book, "letters", "--send", quiet=2)
        copies, problems = taken(server), " ".join(book.problems().values())
        for who in PARTNERS:
            named = f"Nobody knows whether the letter “welcome” to {who.split('@')[0]}" in problems
            ends[named, copies[who]] += 1
            assert named or copies[who] == 1, place
    assert ends.keys() == {(False, 1), (True, 1), (True, 0)}

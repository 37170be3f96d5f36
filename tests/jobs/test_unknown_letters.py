"""Where mail_unknown says resend, does a statement leave again as it was, and does the book tell?

The book is one in memory; the mail server takes letters and hangs up before it says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes

import pytest

from tests.clockwork import Clockwork
from tests.faulty_mail import CUT, FaultyServer
from tests.jobs.post import Post, fates, named
from tests.test_smtp import Running
from tracker.checking import findings
from tracker.due import RETRY, Task
from tracker.held_letters import letters_again, resend, settle, wanting
from tracker.layout import Tab
from tracker.outbox import Outbox
from tracker.outgoing import LetterKind, LetterState
from tracker.problems import Stop
from tracker.running import look


@contextmanager
def cutting(world: Post | Clockwork, nth: int = 1) -> Iterator[FaultyServer]:
    """While the block lasts, letters go to a server that hangs up after the n-th one's dot."""
    before = world.place
    with FaultyServer("dot", nth, CUT) as server:
        world.place = replace(before, smtp_url=f"smtp://127.0.0.1:{server.port}")
        yield server
    world.place = before


def name_of(world: Post | Clockwork, partner: str = "ivan") -> str:
    (found,) = {
        str(row["statement_id"])
        for row in world.rows(Tab.STATEMENTS)
        if row["partner_id"] == partner and row["month"] == "2026-10"
    }
    return found


def test_an_unknown_letter_leaves_again_and_its_sent_is_one_more_row(server: Running) -> None:
    world = Post(server.port, mail_unknown="resend")
    with cutting(world, 2) as faulty:
        first = world.send()
    second, third = world.send(), world.send()

    assert (fates(first)["maria"], fates(second), fates(third)) == (
        "unknown",
        {"maria": "sent"},
        {},
    )
    assert [state for who, state in world.states() if who == "maria"] == [
        "claimed",
        "unknown",
        "sent",
    ]
    (copy,) = server.mailbox.letters
    assert copy.original_content == faulty.taken[1]
    assert (named(first), named(second)) == ({("letter_unknown", "maria")}, set())
    assert world.codes() == set()


def test_after_three_unknown_copies_it_is_held(server: Running) -> None:
    world = Post(server.port, mail_unknown="resend")
    taken: list[bytes] = []
    for _ in range(5):
        with cutting(world) as faulty:
            world.send()
        taken += [one for one in faulty.taken if b"To: " in one]

    assert sum(1 for one in taken if b"ivan@example.com" in one) == 3
    assert [state for who, state in world.states() if who == "ivan"] == ["claimed", "unknown"]
    assert world.codes() == {"letter_unknown"}
    assert letters_again(world.place, look(world.place)) == frozenset()


def test_the_promises_hold_when_a_letter_was_unknown_and_then_sent(server: Running) -> None:
    world = Post(server.port, mail_unknown="resend")
    with cutting(world):
        world.send()
    world.send()

    report = findings(world.place, every=True)

    assert not any("NOT SO" in line or "НЕ ТАК" in line for line in report.lines)
    assert report.problems == ()


def test_an_unknown_letter_never_goes_to_another_address(server: Running) -> None:
    world = Post(server.port, mail_unknown="resend")
    with cutting(world):
        world.send()
    world.edit(Tab.PARTNERS, "ivan", "email", "ivan@example.org")

    again = world.send()

    assert (fates(again), server.mailbox.letters) == ({}, [])
    assert named(again) == {("letter_unknown", "ivan")}


def test_killed_between_the_second_copy_and_its_mark_the_next_run_only_marks(
    server: Running,
) -> None:
    world = Post(server.port, mail_unknown="resend")
    with cutting(world):
        world.send()
    name = name_of(world)
    world.place.outbox.start(name, 3)
    world.place.outbox.finish(name, LetterState.SENT, "")

    again = world.send()

    assert (fates(again), server.mailbox.letters) == ({"ivan": "sent"}, [])
    assert [state for who, state in world.states() if who == "ivan"] == [
        "claimed",
        "unknown",
        "sent",
    ]


def test_a_wake_sends_it_again_after_an_hour_and_not_before(server: Running) -> None:
    world = Clockwork(port=server.port, mail_unknown="resend")
    world.deliver("1001")
    world.wake()
    world.now = world.now.replace(month=11, day=1, hour=9)
    with cutting(world):
        world.wake()
    world.told.clear()
    world.move(minutes=59)
    world.wake()
    early = [task for task in world.tasks() if task is Task.STATEMENTS]
    world.move(minutes=1)
    world.wake()

    assert early == []
    assert [task for task in world.tasks() if task is Task.STATEMENTS] == [Task.STATEMENTS]
    assert [one.rcpt_tos for one in server.mailbox.letters] == [["ivan@example.com"]]
    world.move(minutes=120)
    world.wake()
    assert Task.STATEMENTS not in world.tasks()


def test_the_pause_is_counted_from_the_last_try(server: Running) -> None:
    world = Post(server.port, mail_unknown="resend")
    with cutting(world):
        world.send()
    name, rest = name_of(world), look(world.place)

    assert letters_again(world.place, rest) == {name}
    assert letters_again(world.place, rest, RETRY) == frozenset()
    world.now += timedelta(hours=1)
    assert letters_again(world.place, look(world.place), RETRY) == {name}


# What a person decides.


def test_a_person_sends_a_held_letter_once_more(server: Running) -> None:
    world = Post(server.port)
    with cutting(world) as faulty:
        world.send()
    name = name_of(world)

    with world.store.writing(1):
        fate = resend(world.place, look(world.place), name, lambda _seconds: None)

    assert fate.state is LetterState.SENT
    assert [one.original_content for one in server.mailbox.letters] == faulty.taken[:1]
    assert [state for who, state in world.states() if who == "ivan"] == [
        "claimed",
        "unknown",
        "sent",
    ]
    assert world.codes() == set()


def test_a_person_says_that_it_arrived(server: Running) -> None:
    world = Post(server.port)
    with cutting(world):
        world.send()
    name = name_of(world)

    with world.store.writing(1):
        assert settle(world.place, look(world.place), name) == "settled"

    assert server.mailbox.letters == []
    assert [state for who, state in world.states() if who == "ivan"] == [
        "claimed",
        "unknown",
        "sent",
    ]
    assert (world.codes(), wanting(world.place, look(world.place))) == (set(), [])
    kept = world.place.outbox.letter(name)
    assert kept is not None
    assert (kept.state, kept.detail) == (LetterState.SENT, "mail_settled")


def test_a_letter_whose_bytes_are_lost_can_only_be_settled(server: Running) -> None:
    world = Post(server.port)
    with cutting(world):
        world.send()
    name = name_of(world)
    world.place = replace(world.place, outbox=Outbox(None, lambda: world.now))
    rest = look(world.place)
    assert [(one.name, one.why) for one in wanting(world.place, rest)] == [
        (name, "mail_letter_lost")
    ]

    with world.store.writing(1):
        with pytest.raises(Stop, match="mail_letter_lost"):
            resend(world.place, rest, name)
        settle(world.place, rest, name)

    assert [state for who, state in world.states() if who == "ivan"] == [
        "claimed",
        "unknown",
        "sent",
    ]


def test_what_is_not_unknown_is_not_decided_about(server: Running) -> None:
    world = Post(server.port)
    world.send()
    name, rest = name_of(world), look(world.place)

    for decide in (resend, settle):
        with pytest.raises(Stop, match="mail_not_unknown"):
            decide(world.place, rest, name)
        with pytest.raises(Stop, match="mail_name_unknown"):
            decide(world.place, rest, "st_nobody")
    assert len(server.mailbox.letters) == 3


def test_nothing_is_sent_again_while_mail_is_not_live(server: Running) -> None:
    world = Post(server.port)
    with cutting(world):
        world.send()
    world.edit(Tab.SETTINGS, "mail", "value", "preview")

    with pytest.raises(Stop, match="mail_not_live"):
        resend(world.place, look(world.place), name_of(world))


# What came back.


def came_back(world: Post, partner: str = "maria") -> None:
    letter = world.place.outbox.letter(name_of(world, partner))
    assert letter is not None
    world.place.outbox.note_bounce(letter, "5.1.1")


def test_a_partner_whose_address_sends_back_is_named_at_it_and_statements_are_sealed_all_the_same(
    server: Running,
) -> None:
    world = Post(server.port)
    world.send()
    came_back(world)
    server.mailbox.letters.clear()
    world.now = world.now.replace(month=12)

    sending = world.send("2026-11")
    once_more = world.send("2026-11")

    assert fates(sending) == {"ivan": "sent", "maria": "frozen", "oleg": "sent"}
    assert len(server.mailbox.letters) == 2
    assert [who for who, state in world.states("2026-11") if state == "claimed"] == [
        *("ivan", "maria", "oleg"),
    ]
    assert named(sending) == named(once_more) == {("email_bounced", "maria")}
    problems = {(one.code, one.tab, one.cell) for one in world.problems()}
    assert ("email_bounced", "Partners", "C3") in problems


def test_with_another_address_the_held_statements_go_out(server: Running) -> None:
    world = Post(server.port)
    world.send()
    came_back(world)
    world.now = world.now.replace(month=12)
    world.send("2026-11")
    server.mailbox.letters.clear()
    world.edit(Tab.PARTNERS, "maria", "email", "maria@example.org")

    assert fates(world.send("2026-11")) == {"maria": "sent"}
    assert [one.rcpt_tos for one in server.mailbox.letters] == [["maria@example.org"]]
    assert world.codes() == set()


def test_a_person_may_say_that_the_address_is_right(server: Running) -> None:
    world = Post(server.port)
    world.send()
    came_back(world)
    name = name_of(world, "maria")
    assert [(one.name, one.state) for one in wanting(world.place, look(world.place))] == [
        (name, "bounced")
    ]

    with world.store.writing(1):
        assert settle(world.place, look(world.place), name) == "settled_bounce"

    world.now = world.now.replace(month=12)
    assert fates(world.send("2026-11"))["maria"] == "sent"


def test_a_wake_does_not_try_a_closed_address_again_and_again(server: Running) -> None:
    world = Clockwork(port=server.port)
    world.deliver("1001")
    world.wake()
    world.now = world.now.replace(month=11, day=1, hour=9)
    world.wake()
    (letter,) = [one for one in world.place.outbox.letters("2026-10") if one.partner_id == "ivan"]
    world.place.outbox.note_bounce(letter, "5.1.1")
    world.now = world.now.replace(month=12)
    world.wake()
    assert Task.STATEMENTS in world.tasks()

    world.now += timedelta(days=3)
    world.wake()

    assert Task.STATEMENTS not in world.tasks()
    world.edit(Tab.PARTNERS, "ivan", "email", "ivan@example.org")
    world.wake()
    assert server.mailbox.letters[-1].rcpt_tos == ["ivan@example.org"]


def test_the_owner_s_letters_are_listed_too_when_they_come_back_and_never_held(
    server: Running,
) -> None:
    world = Clockwork(port=server.port, owner_email="owner@example.com", owner_digest="off")
    world.deliver("1001")
    world.wake()
    world.now += timedelta(days=8)
    world.wake()
    letters = message_ids(server)
    letter = world.place.outbox.of_message(letters[0])
    assert letter is not None
    world.place.outbox.note_bounce(letter, "5.1.1")

    listed = {(one.state, one.name) for one in wanting(world.place, look(world.place))}
    assert (letter.kind, letter.partner_id) == (LetterKind.NOTICE, "")
    assert ("bounced", letter.statement_id) in listed


def message_ids(server: Running) -> list[str]:
    """The Message-ID of each letter that arrived."""
    heads = (one.original_content or b"" for one in server.mailbox.letters)
    return [str(message_from_bytes(head)["Message-ID"]) for head in heads]

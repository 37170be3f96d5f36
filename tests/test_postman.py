"""Does a batch go out letter by letter, each at most once, whatever happens to one of them?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Self

import pytest

from tracker.outbox import Outbox
from tracker.outgoing import Letter, LetterKind, LetterState
from tracker.postman import Fate, deliver
from tracker.transport import Answer, Refused, Sent, Unknown

NOON = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


class Street:
    """A transport that answers by recipient and remembers what it was given."""

    def __init__(self, **answers: Answer | type[BaseException]) -> None:
        self.answers = answers
        self.given: list[bytes] = []

    def send(self, letter: bytes, sender: str, recipient: str) -> Answer:
        assert sender == "shop@example.com"
        self.given.append(letter)
        answer = self.answers.get(recipient.partition("@")[0], Sent())
        if isinstance(answer, type):
            raise answer
        return answer

    def close(self) -> None:
        self.given.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def letter(name: str, text: str = "10.00") -> Letter:
    return Letter(
        statement_id=f"st-{name}",
        partner_id=f"P-{name}",
        month="2026-10",
        from_address="shop@example.com",
        to_address=f"{name}@example.org",
        message_id=f"<{name}@example.com>",
        content=f"{name} {text}".encode(),
        frozen_figures="{}",
    )


@pytest.fixture
def outbox() -> Iterator[Outbox]:
    with Outbox(None, lambda: NOON) as outbox:
        yield outbox


def send(outbox: Outbox, street: Street, *names: str) -> list[tuple[str, str]]:
    """Freeze and send; each letter's id and state."""
    letters = [outbox.freeze(letter(name)) for name in names]
    fates = deliver(letters, outbox, street, 0.0, lambda _seconds: None)
    return [(fate.statement_id, fate.state.value) for fate in fates]


def test_one_refusal_and_one_silence_do_not_stop_the_others(outbox: Outbox) -> None:
    street = Street(
        b=Refused("mail_recipient_refused said=550", permanent=True), c=Unknown("mail_answer_lost")
    )

    fates = send(outbox, street, "a", "b", "c", "d")

    assert fates == [("st-a", "sent"), ("st-b", "refused"), ("st-c", "unknown"), ("st-d", "sent")]
    assert [one.state.value for one in outbox.letters("2026-10")] == [
        "sent",
        "refused",
        "unknown",
        "sent",
    ]


def test_a_fate_tells_its_reason(outbox: Outbox) -> None:
    street = Street(b=Refused("mail_recipient_refused said=550", permanent=True))

    fates = deliver([outbox.freeze(letter("b"))], outbox, street, 0.0, lambda _seconds: None)

    assert fates == [Fate("st-b", "P-b", LetterState.REFUSED, "mail_recipient_refused said=550")]


def test_a_second_run_sends_only_what_surely_stayed(outbox: Outbox) -> None:
    first = Street(b=Refused("mail_no_connection", permanent=False), c=Unknown("mail_answer_lost"))
    send(outbox, first, "a", "b", "c")
    second = Street()

    fates = send(outbox, second, "a", "b", "c")

    assert fates == [("st-a", "sent"), ("st-b", "sent"), ("st-c", "unknown")]
    assert second.given == [b"b 10.00"]


def test_what_leaves_are_the_frozen_bytes_not_those_at_hand(outbox: Outbox) -> None:
    outbox.freeze(letter("a"))
    street = Street()

    deliver([letter("a", "12.00")], outbox, street, 0.0, lambda _seconds: None)

    assert street.given == [b"a 10.00"]


def test_a_run_killed_while_sending_holds_that_letter_and_the_next_run_goes_on(
    outbox: Outbox,
) -> None:
    with pytest.raises(KeyboardInterrupt):
        send(outbox, Street(b=KeyboardInterrupt), "a", "b", "c")
    second = Street()

    fates = send(outbox, second, "a", "b", "c")

    assert fates == [("st-a", "sent"), ("st-b", "unknown"), ("st-c", "sent")]
    assert second.given == [b"c 10.00"]


def test_there_is_a_pause_between_letters_and_none_for_those_that_do_not_leave(
    outbox: Outbox,
) -> None:
    pauses: list[float] = []
    sent = outbox.freeze(letter("a"))
    outbox.start("st-a")
    outbox.finish("st-a", LetterState.SENT, "")
    outbox.in_use = False  # as in the next run
    letters = [sent, *(outbox.freeze(letter(name)) for name in "bcd")]

    deliver(letters, outbox, Street(), 1.5, pauses.append)

    assert pauses == [1.5, 1.5]


def test_the_pause_is_kept_between_letters_of_different_kinds(outbox: Outbox) -> None:
    pauses: list[float] = []
    statement = outbox.freeze(letter("a"))
    notice = replace(letter("b"), statement_id="notice:b", kind=LetterKind.NOTICE)

    deliver([statement], outbox, Street(), 2, pauses.append)
    deliver([outbox.freeze(notice)], outbox, Street(), 2, pauses.append)

    assert pauses == [2]


def test_without_a_pause_nothing_waits(outbox: Outbox) -> None:
    pauses: list[float] = []
    letters = [outbox.freeze(letter(name)) for name in "abc"]

    deliver(letters, outbox, Street(), 0, pauses.append)

    assert pauses == []


def unknown_again(outbox: Outbox, copies: int, runs: int) -> tuple[list[bytes], Letter]:
    """Run after run to a server that never answers; what it was given, and the letter kept."""
    street = Street(a=Unknown("mail_answer_lost"))
    for _ in range(runs):
        deliver([outbox.freeze(letter("a"))], outbox, street, 0, lambda _seconds: None, copies)
    kept = outbox.letter("st-a")
    assert kept is not None
    return street.given, kept


def test_a_letter_nobody_answers_for_leaves_once_where_unknown_ones_are_held(
    outbox: Outbox,
) -> None:
    given, kept = unknown_again(outbox, 1, 3)

    assert given == [b"a 10.00"]
    assert (kept.state, kept.unknowns, kept.attempts) == (LetterState.UNKNOWN, 1, 1)


def test_a_letter_nobody_answers_for_leaves_three_times_where_it_is_sent_again(
    outbox: Outbox,
) -> None:
    given, kept = unknown_again(outbox, 3, 5)

    assert given == [b"a 10.00"] * 3
    assert (kept.state, kept.unknowns, kept.attempts) == (LetterState.UNKNOWN, 3, 3)


def test_a_refusal_after_an_unknown_try_counts_no_copy_and_ends_no_doubt(outbox: Outbox) -> None:
    unknown_again(outbox, 3, 1)
    refusing = Street(a=Refused("mail_no_connection said=421", permanent=False))

    (fate,) = deliver([outbox.freeze(letter("a"))], outbox, refusing, 0, lambda _: None, 3)

    kept = outbox.letter("st-a")
    assert kept is not None
    assert (kept.state, kept.unknowns, kept.attempts) == (LetterState.UNKNOWN, 1, 2)
    assert fate == Fate("st-a", "P-a", LetterState.UNKNOWN, "mail_no_connection said=421")
    assert outbox.freeze(letter("a", "12.00")).content == b"a 10.00"


def test_a_second_copy_that_is_taken_ends_it(outbox: Outbox) -> None:
    unknown_again(outbox, 3, 1)

    fates = [send_copies(outbox, Street()) for _ in range(2)]

    assert fates == [["sent"], ["sent"]]
    assert [one.unknowns for one in outbox.letters("2026-10")] == [1]


def send_copies(outbox: Outbox, street: Street) -> list[str]:
    letters = [outbox.freeze(letter("a"))]
    return [one.state.value for one in deliver(letters, outbox, street, 0, lambda _: None, 3)]


def test_letters_to_an_address_that_sent_one_back_are_held_till_it_changes(outbox: Outbox) -> None:
    send(outbox, Street(), "a")
    outbox.note_bounce(outbox.letters("2026-10")[0], "5.1.1")
    street = Street()
    later = replace(letter("a"), statement_id="st-b", to_address="A@example.org")

    held = deliver([outbox.freeze(later)], outbox, street, 0, lambda _: None)
    moved = replace(later, to_address="anna@example.org")
    gone = deliver([outbox.freeze(moved)], outbox, street, 0, lambda _: None)

    assert held == [Fate("st-b", "P-a", LetterState.FROZEN, "mail_address_closed")]
    assert gone == [Fate("st-b", "P-a", LetterState.SENT)]


def test_a_letter_to_the_owner_is_never_held_for_an_address(outbox: Outbox) -> None:
    send(outbox, Street(), "a")
    outbox.note_bounce(outbox.letters("2026-10")[0], "5.1.1")
    notice = replace(letter("a"), statement_id="notice:b", kind=LetterKind.NOTICE, partner_id="")

    fates = deliver([outbox.freeze(notice)], outbox, Street(), 0, lambda _: None)

    assert [one.state for one in fates] == [LetterState.SENT]


def test_a_letter_that_was_never_frozen_is_a_bug(outbox: Outbox) -> None:
    with pytest.raises(KeyError, match="st-a was not frozen"):
        deliver([letter("a")], outbox, Street(), 0.0, lambda _seconds: None)

"""Does a batch go out letter by letter, each at most once, whatever happens to one of them?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Self

import pytest

from tracker.outbox import Letter, LetterState, Outbox
from tracker.postman import Fate, deliver
from tracker.smtp import Answer, Refused, Sent, Unknown

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
    send(outbox, Street(), "a")
    pauses: list[float] = []
    letters = [outbox.freeze(letter(name)) for name in "abcd"]

    deliver(letters, outbox, Street(), 1.5, pauses.append)

    assert pauses == [1.5, 1.5]


def test_a_letter_that_was_never_frozen_is_a_bug(outbox: Outbox) -> None:
    with pytest.raises(KeyError, match="st-a was not frozen"):
        deliver([letter("a")], outbox, Street(), 0.0, lambda _seconds: None)

"""Whatever a mail server does wrong, is it known how far each letter came?"""

from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Self

import pytest

from tracker.mail_url import MailServer, Security
from tracker.sentences import split_reason
from tracker.sentences.reasons import REASONS
from tracker.smtp import Answer, Refused, Sent, SmtpTransport, Unknown

SHOP = "shop@example.com"
LETTER = b"Message-ID: <st.1@example.com>\r\nSubject: October\r\n\r\nhello\r\n"


def server(port: int) -> MailServer:
    return MailServer(host="127.0.0.1", port=port, security=Security.NONE)


def code_of(answer: Answer) -> str:
    assert isinstance(answer, Refused | Unknown)
    code, _ = split_reason(answer.reason)
    assert code in REASONS
    return code


SILENCE = "(nothing, with the line kept open)"


class HangUp(Exception):
    """The server ends the connection without another word."""


class FaultyServer:
    """A server that does one wrong thing: at the n-th time of a step it says `reply`, then hangs
    up when the reply is empty or 421. It counts as taken every letter that came to its dot."""

    def __init__(self, step: str, nth: int, reply: str) -> None:
        self.step, self.nth, self.reply = step, nth, reply
        self.steps: Counter[str] = Counter()
        self.taken: list[bytes] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self.serve)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join()

    def serve(self) -> None:
        with suppress(OSError):
            while True:
                self.serve_one(self.socket.accept()[0])

    def serve_one(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines, suppress(OSError, HangUp):
            self.talk(lines.readline, connection.sendall)

    def answer(self, say: Callable[[bytes], None], step: str, usual: str) -> bool:
        """Whether the usual answer was given."""
        self.steps[step] += 1
        fault = self.steps[step] == self.nth and self.step == step
        reply = self.reply if fault else usual
        if not reply:
            raise HangUp
        if reply == SILENCE:
            return False
        say(f"{reply}\r\n".encode())
        if reply.startswith("421"):
            raise HangUp
        return not fault

    def talk(self, line: Callable[[], bytes], say: Callable[[bytes], None]) -> None:
        self.answer(say, "banner", "220 ready")
        while verb := line()[:4].upper():
            if verb != b"DATA":
                self.answer(say, verb.decode().lower(), "221 bye" if verb == b"QUIT" else "250 ok")
            elif self.answer(say, "data", "354 go on"):
                body = line()
                if (self.step, self.steps["data"]) == ("body", self.nth):
                    raise HangUp
                while (more := line()) not in {b".\r\n", b""}:
                    body += more
                self.taken.append(body)
                self.answer(say, "dot", "250 taken")


def four_letters(faulty: FaultyServer, timeout_seconds: float = 5) -> list[Answer]:
    place = server(faulty.port)
    with faulty, SmtpTransport(place, timeout_seconds=timeout_seconds) as transport:
        return [
            transport.send(f"X: {n}\r\n\r\nhello\r\n".encode() * 9, SHOP, "a@example.org")
            for n in range(4)
        ]


@pytest.mark.parametrize(
    ("step", "reply", "kind", "code"),
    [
        ("data", "", Unknown, "mail_answer_lost"),
        ("body", "", Unknown, "mail_answer_lost"),
        ("dot", "", Unknown, "mail_answer_lost"),
        ("dot", "what?", Unknown, "mail_answer_lost"),
        ("dot", "354 more", Unknown, "mail_answer_lost"),
        ("dot", "451 later", Refused, "mail_letter_refused"),
        ("dot", "554 never", Refused, "mail_letter_refused"),
        ("dot", "421 closing", Refused, "mail_letter_refused"),
        ("data", "503 no", Refused, "mail_letter_refused"),
        ("rcpt", "450 greylisted", Refused, "mail_recipient_refused"),
        ("mail", "553 not yours", Refused, "mail_sender_refused"),
    ],
)
def test_trouble_with_the_second_letter_leaves_the_others_alone(
    step: str, reply: str, kind: type[Answer], code: str
) -> None:
    faulty = FaultyServer(step, 2, reply)
    answers = four_letters(faulty)

    assert [answers[n] for n in (0, 2, 3)] == [Sent()] * 3
    assert (type(answers[1]), code_of(answers[1])) == (kind, code)
    assert len(faulty.taken) == len(set(faulty.taken)) <= 4


@pytest.mark.parametrize(("step", "reply"), [("mail", ""), ("rcpt", ""), ("mail", "421 enough")])
def test_an_old_connection_that_was_closed_costs_no_letter(step: str, reply: str) -> None:
    faulty = FaultyServer(step, 2, reply)
    answers = four_letters(faulty)

    assert answers == [Sent()] * 4
    assert len(set(faulty.taken)) == len(faulty.taken) == 4


@pytest.mark.parametrize(
    ("step", "reply"),
    [("banner", ""), ("banner", "421 busy"), ("ehlo", ""), ("mail", ""), ("rcpt", "")],
)
def test_a_first_connection_that_fails_costs_one_letter_that_surely_stayed(
    step: str, reply: str
) -> None:
    faulty = FaultyServer(step, 1, reply)
    answers = four_letters(faulty)

    assert isinstance(answers[0], Refused)
    assert not answers[0].permanent
    assert (answers[1:], len(faulty.taken)) == ([Sent()] * 3, 3)


def test_a_server_that_does_not_want_us_is_asked_once() -> None:
    faulty = FaultyServer("banner", 1, "554 not welcome")
    answers = four_letters(faulty)

    assert answers == [Refused("mail_no_connection said=554", permanent=True)] * 4
    assert (faulty.steps["banner"], faulty.taken) == (1, [])


@pytest.mark.parametrize(
    ("step", "kind", "code"),
    [
        ("banner", Refused, "mail_no_connection"),
        ("rcpt", Refused, "mail_connection_lost"),
        ("dot", Unknown, "mail_answer_lost"),
    ],
)
def test_a_server_that_falls_silent_is_not_waited_for_for_ever(
    step: str, kind: type[Answer], code: str
) -> None:
    faulty = FaultyServer(step, 1, SILENCE)
    answers = four_letters(faulty, timeout_seconds=0.3)

    assert (type(answers[0]), code_of(answers[0])) == (kind, code)
    assert answers[1:] == [Sent()] * 3

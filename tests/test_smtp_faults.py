"""Whatever a mail server does wrong, is it known how far each letter came?"""

from __future__ import annotations

import pytest

from tests.faulty_mail import CUT, SILENCE, FaultyServer
from tracker.mail_url import MailServer, Security
from tracker.sentences import split_reason
from tracker.sentences.reasons import REASONS
from tracker.smtp import SmtpTransport
from tracker.transport import Answer, Refused, Sent, Unknown

SHOP = "shop@example.com"
LETTER = b"Message-ID: <st.1@example.com>\r\nSubject: October\r\n\r\nhello\r\n"


def server(port: int) -> MailServer:
    return MailServer(host="127.0.0.1", port=port, security=Security.NONE)


def code_of(answer: Answer) -> str:
    assert isinstance(answer, Refused | Unknown)
    code, _ = split_reason(answer.reason)
    assert code in REASONS
    return code


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


def test_the_101st_letter_goes_over_a_new_connection_whatever_became_of_the_others() -> None:
    with FaultyServer("dot", 7, "554 never") as faulty, SmtpTransport(server(faulty.port)) as one:
        answers = [one.send(LETTER, SHOP, "a@example.org") for _ in range(201)]

    assert faulty.talks == [100, 100, 1]
    assert [n for n, answer in enumerate(answers) if answer != Sent()] == [6]
    assert (len(faulty.taken), faulty.steps["quit"]) == (200, 3)


def test_a_connection_may_carry_fewer_letters() -> None:
    faulty = FaultyServer("none", 1, CUT)
    with faulty, SmtpTransport(server(faulty.port), letters_max=2) as transport:
        for _ in range(5):
            transport.send(LETTER, SHOP, "a@example.org")

    assert faulty.talks == [2, 2, 1]

"""Does every letter leave once, or is it known exactly how far it came?"""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope

from tests.tls import Certificate, certificate_in
from tracker.mail_url import MailServer, Security
from tracker.sentences import split_reason
from tracker.sentences.reasons import REASONS
from tracker.smtp import SmtpTransport
from tracker.transport import Answer, Refused, Sent, Unknown

SHOP = "shop@example.com"
LETTER = b"Message-ID: <st.1@example.com>\r\nSubject: October\r\n\r\n.one\r\n..two\r\n"
PASSWORD = "s3cret-and-long"


def server(port: int, security: Security = Security.NONE, password: str = "") -> MailServer:
    user = "shop" if password else ""
    return MailServer(host="127.0.0.1", port=port, security=security, user=user, password=password)


def code_of(answer: Answer) -> str:
    assert isinstance(answer, Refused | Unknown)
    code, _ = split_reason(answer.reason)
    assert code in REASONS
    return code


class Mailbox:
    """A real server's handler: keeps what it takes, refuses one recipient and one text."""

    def __init__(self) -> None:
        self.letters: list[Envelope] = []
        self.connections: set[Any] = set()
        self.logins = 0

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, session: Any, envelope: Envelope, address: str, _options: Any
    ) -> str:
        self.connections.add(session.peer)
        if address.startswith("gone"):
            return f"550 5.1.1 <{address}>: no such user, {PASSWORD}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Envelope
    ) -> str:
        if b"spam" in (envelope.original_content or b""):
            return "554 5.7.1 looks like spam"
        self.letters.append(envelope)
        return "250 OK"

    def check_login(
        self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any
    ) -> AuthResult:
        self.logins += 1
        return AuthResult(success=data.password == PASSWORD.encode(), handled=False)


class Running(NamedTuple):
    mailbox: Mailbox
    port: int


@contextmanager
def mail_server(**options: Any) -> Iterator[Running]:
    mailbox = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(
        mailbox, hostname="127.0.0.1", port=port, authenticator=mailbox.check_login, **options
    )
    controller.start()
    try:
        yield Running(mailbox, port)
    finally:
        controller.stop()


def send_all(transport: SmtpTransport, *recipients: str) -> list[Answer]:
    with transport:
        return [transport.send(LETTER, SHOP, recipient) for recipient in recipients]


def test_a_letter_arrives_byte_for_byte_for_its_one_recipient() -> None:
    with mail_server() as running:
        answers = send_all(SmtpTransport(server(running.port)), "ivan@example.org")

    (letter,) = running.mailbox.letters
    assert answers == [Sent()]
    assert (letter.mail_from, letter.rcpt_tos) == (SHOP, ["ivan@example.org"])
    assert letter.original_content == LETTER


def test_bare_line_ends_become_those_of_mail() -> None:
    with mail_server() as running, SmtpTransport(server(running.port)) as transport:
        transport.send(b"Subject: x\n\none\r\ntwo\n", SHOP, "ivan@example.org")

    assert running.mailbox.letters[0].original_content == b"Subject: x\r\n\r\none\r\ntwo\r\n"


def test_one_refused_recipient_does_not_stop_the_others() -> None:
    with mail_server() as running:
        answers = send_all(
            SmtpTransport(server(running.port)),
            "a@example.org",
            "gone@example.org",
            "b@example.org",
        )

    assert (answers[0], answers[2]) == (Sent(), Sent())
    assert code_of(answers[1]) == "mail_recipient_refused"
    assert [one.rcpt_tos for one in running.mailbox.letters] == [
        ["a@example.org"],
        ["b@example.org"],
    ]
    assert len(running.mailbox.connections) == 1


def test_a_server_s_words_are_quoted_without_addresses_and_the_password() -> None:
    with mail_server(auth_require_tls=False) as running:
        transport = SmtpTransport(server(running.port, password=PASSWORD))
        (answer,) = send_all(transport, "gone@example.org")

    assert answer == Refused(
        "mail_recipient_refused said=550%205.1.1%20…%20no%20such%20user,%20…", permanent=True
    )


def test_a_refused_text_is_surely_not_sent() -> None:
    with mail_server() as running, SmtpTransport(server(running.port)) as transport:
        refused = transport.send(b"Subject: spam\r\n\r\n", SHOP, "a@example.org")
        sent = transport.send(LETTER, SHOP, "a@example.org")

    assert refused == Refused(
        "mail_letter_refused said=554%205.7.1%20looks%20like%20spam", permanent=True
    )
    assert sent == Sent()


def test_the_101st_letter_goes_over_a_new_connection() -> None:
    with mail_server() as running:
        answers = send_all(SmtpTransport(server(running.port)), *["a@example.org"] * 101)

    assert Counter(answers) == {Sent(): 101}
    assert len(running.mailbox.connections) == 2


@pytest.mark.parametrize(
    "recipient", ["", "a@b.co,c@b.co", "a@b.co\r\nRCPT TO:<x@b.co>", "=?a?=@b.co"]
)
def test_a_recipient_that_is_not_one_address_is_refused_before_any_connection(
    recipient: str,
) -> None:
    transport = SmtpTransport(server(port=1))

    (answer,) = send_all(transport, recipient)

    assert code_of(answer) == "mail_address_bad"


def test_a_server_that_is_not_there_is_given_up_after_three_tries() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        transport = SmtpTransport(server(taken.getsockname()[1]))
        answers = send_all(transport, *["a@example.org"] * 5)

    refused = Refused("mail_no_connection said=ConnectionRefusedError", permanent=False)
    assert answers == [refused] * 5
    assert transport._connect_failures == 3


def test_a_wrong_password_is_tried_once_for_the_whole_batch_and_never_told() -> None:
    with mail_server(auth_require_tls=False) as running:
        transport = SmtpTransport(server(running.port, password="wrong-" + PASSWORD))
        answers = send_all(transport, *["a@example.org"] * 5)

    assert {code_of(answer) for answer in answers} == {"mail_login_refused"}
    assert running.mailbox.logins == 1
    assert PASSWORD not in repr((answers, transport._server, vars(transport)))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate_in(tmp_path_factory.mktemp("tls"))


def test_a_login_goes_over_starttls(certificate: Certificate) -> None:
    with mail_server(tls_context=certificate.serving) as running:
        place = server(running.port, Security.STARTTLS, PASSWORD)
        answers = send_all(SmtpTransport(place, certificate.trusting), "a@example.org")

    assert (answers, running.mailbox.logins) == ([Sent()], 1)


def test_a_letter_goes_over_tls_from_the_start(certificate: Certificate) -> None:
    with mail_server(ssl_context=certificate.serving) as running:
        place = server(running.port, Security.TLS)
        answers = send_all(SmtpTransport(place, certificate.trusting), "a@example.org")

    assert (answers, len(running.mailbox.letters)) == ([Sent()], 1)


@pytest.mark.parametrize(
    ("option", "security"), [("tls_context", Security.STARTTLS), ("ssl_context", Security.TLS)]
)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_server_nobody_vouches_for_gets_neither_password_nor_letter(
    certificate: Certificate, option: str, security: Security
) -> None:
    with mail_server(**{option: certificate.serving}) as running:
        place = server(running.port, security, PASSWORD)
        answers = send_all(SmtpTransport(place), "a@example.org", "b@example.org")

    assert [code_of(answer) for answer in answers] == ["mail_tls_failed"] * 2
    assert (running.mailbox.logins, running.mailbox.letters) == (0, [])


def test_a_server_without_starttls_gets_neither_password_nor_letter() -> None:
    with mail_server(auth_require_tls=False) as running:
        place = server(running.port, Security.STARTTLS, PASSWORD)
        answers = send_all(SmtpTransport(place), "a@example.org")

    assert [code_of(answer) for answer in answers] == ["mail_tls_failed"]
    assert (running.mailbox.logins, running.mailbox.letters) == (0, [])

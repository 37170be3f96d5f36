"""Where do letters go in a world? To a server in this process, which may cut the line anywhere.

smtplib is the real one: what is put in its way is the socket, the place where it leaves the
process. The server knows every step of RFC 5321 that smtplib uses, and what it took.
"""

from __future__ import annotations

import io
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser
from typing import Any

from tests.sim.ports import Ports

USUAL = {
    "ehlo": "250-here\r\n250 8BITMIME",
    "helo": "250 here",
    "mail": "250 ok",
    "rcpt": "250 ok",
    "data": "354 go on",
    "body": "250 taken",
    "rset": "250 ok",
    "quit": "221 bye",
}
END_OF_LETTER = b"\r\n.\r\n"


@dataclass(frozen=True, slots=True)
class Taken:
    """A letter that the server accepted."""

    message_id: str
    content: bytes


@dataclass
class PostOffice:
    """The server. `on_taken` hears of a letter before its sender does."""

    ports: Ports
    taken: list[Taken] = field(default_factory=list)
    on_taken: Callable[[Taken], object] = print

    def take(self, content: bytes) -> None:
        head = BytesHeaderParser().parsebytes(content)
        letter = Taken(str(head["Message-ID"]).strip(), content)
        self.taken.append(letter)
        self.on_taken(letter)

    @contextmanager
    def reachable(self) -> Iterator[None]:
        """Answer the calls that processes of this world make to a mail server."""
        connect, name = socket.create_connection, socket.getfqdn

        def dial(*_where: Any, **_how: Any) -> Line:
            line = Line(self)
            self.ports.ask("smtp connect", line.greet, cut=_refusing, hang=_hanging)
            return line

        socket.create_connection = dial  # type: ignore[assignment]
        socket.getfqdn = lambda *_: "shop.example.com"
        try:
            yield
        finally:
            socket.create_connection, socket.getfqdn = connect, name


class Line:
    """The socket of one call, from the banner to its end."""

    def __init__(self, office: PostOffice) -> None:
        self.office = office
        self.replies = Replies()
        self.hears_letter = False
        self.letter = b""

    def greet(self) -> None:
        self.replies.say("220 ready")

    def makefile(self, _mode: str) -> Replies:
        return self.replies

    def close(self) -> None:
        """A line that is dropped needs no word."""

    def sendall(self, data: bytes) -> None:
        step = "body" if self.hears_letter else data[:4].strip().decode("ascii").lower()
        ports = self.office.ports
        # Of all that is said, only the letter itself changes anything outside.
        (ports.effect if step == "body" else ports.ask)(
            f"smtp {step}",
            lambda: self._hears(step, data),
            cut=self.replies.cut,
            cut_after=lambda: self._answers(step, data, self.replies.cut),
            hang=lambda: self._answers(step, data, self.replies.hang),
            hang_unheard=self.replies.hang,
            smtp_4xx=lambda: self._refuses(step, "451 later"),
            smtp_5xx=lambda: self._refuses(step, "550 no"),
            smtp_421=lambda: self._refuses(step, "421 closing"),
            garbage=lambda: self._answers(step, data, lambda: self.replies.say("200 ?", only=True)),
        )

    def _hears(self, step: str, data: bytes) -> None:
        if step == "body":
            self.letter += data
            if not self.letter.endswith(END_OF_LETTER):
                return
            self.hears_letter = False
            self.office.take(self.letter.removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n."))
            self.letter = b""
        self.hears_letter = step == "data"
        self.replies.say(USUAL[step])

    def _answers(self, step: str, data: bytes, answer: Callable[[], None]) -> None:
        """Hear it all right, and let another answer come than the usual one."""
        self._hears(step, data)
        self.replies.waiting.clear()
        answer()

    def _refuses(self, step: str, words: str) -> None:  # noqa: ARG002
        self.hears_letter, self.letter = False, b""
        self.replies.say(words)
        if words.startswith("421"):
            self.replies.ended = True


@dataclass
class Replies:
    """What the server says, line by line, as the file of a socket gives it."""

    waiting: list[bytes] = field(default_factory=list)
    ended: bool = False
    silent: bool = False

    def say(self, words: str, *, only: bool = False) -> None:
        if only:
            self.waiting.clear()
        self.waiting += [f"{line}\r\n".encode() for line in words.split("\r\n")]

    def cut(self) -> None:
        self.ended = True

    def hang(self) -> None:
        self.silent = True

    def readline(self, _limit: int = -1) -> bytes:
        if self.waiting:
            return self.waiting.pop(0)
        if self.silent:
            raise TimeoutError("timed out")
        return io.BytesIO().read()  # the end of the line

    def close(self) -> None:
        """Nothing is left to read."""


def _refusing() -> None:
    raise ConnectionRefusedError(111, "Connection refused")


def _hanging() -> None:
    raise TimeoutError("timed out")

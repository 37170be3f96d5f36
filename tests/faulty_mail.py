"""What do tests of mail trouble stand on? A server that breaks off where it is told to."""

from __future__ import annotations

import base64
import socket
import ssl
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from io import BufferedReader
from typing import Self

SILENCE = "(nothing, with the line kept open)"
CUT = ""
"""The reply of a server that hangs up without a word."""


class HangUp(Exception):
    """The server ends the connection without another word."""


@dataclass
class FaultyServer:
    """A server that does one wrong thing: at the n-th time of a step it says `reply`, then hangs
    up when the reply is empty or 421. After it is `healed` it does nothing wrong any more.

    Steps are banner, ehlo, starttls, auth, mail, rcpt, data, body, dot, rset and quit. `taken`
    are the letters it accepted: those that came to their dot and were not refused there, whether
    its answer was heard or not. With a `context` it offers STARTTLS; a login may be anything.
    `talks` counts the letters begun on each connection.
    """

    step: str
    nth: int
    reply: str
    context: ssl.SSLContext | None = None
    steps: Counter[str] = field(default_factory=Counter)
    taken: list[bytes] = field(default_factory=list)
    talks: list[int] = field(default_factory=list)
    healed: bool = False

    def __post_init__(self) -> None:
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
                connection = self.socket.accept()[0]
                with suppress(OSError, HangUp):
                    Talk(self, connection).hold()

    def fails(self, step: str) -> bool:
        """Count a step, and tell whether this is the time it goes wrong."""
        self.steps[step] += 1
        return self.step == step and self.steps[step] == self.nth and not self.healed


class Talk:
    """One connection, from the banner to its end."""

    def __init__(self, server: FaultyServer, connection: socket.socket) -> None:
        self.server, self.connection = server, connection
        self.lines: BufferedReader = connection.makefile("rb")
        server.talks.append(0)

    def hold(self) -> None:
        try:
            self.answer("banner", "220 ready")
            while line := self.lines.readline():
                self.hear(line)
        finally:
            self.lines.close()
            self.connection.close()

    def hear(self, line: bytes) -> None:
        verb = line[:4].upper().strip().decode("ascii", "replace").lower()
        if verb == "star" and self.server.context:
            self.protect()
        elif verb == "ehlo":
            offers = ["250-here", "250-AUTH PLAIN"]
            offers += ["250-STARTTLS"] if self.server.context else []
            self.answer("ehlo", "\r\n".join([*offers, "250 8BITMIME"]))
        elif verb == "data":
            self.take()
        elif verb == "auth":
            assert base64.b64decode(line.split()[-1]).count(b"\0") == 2
            self.answer("auth", "235 welcome")
        else:
            self.server.talks[-1] += verb == "mail"
            self.answer(verb, "221 bye" if verb == "quit" else "250 ok")

    def protect(self) -> None:
        assert self.server.context
        if self.answer("starttls", "220 go on"):
            self.lines.close()
            self.connection = self.server.context.wrap_socket(self.connection, server_side=True)
            self.lines = self.connection.makefile("rb")

    def take(self) -> None:
        if not self.answer("data", "354 go on"):
            return
        body = self.lines.readline()
        if self.server.fails("body"):
            raise HangUp
        while (more := self.lines.readline()) not in {b".\r\n", b""}:
            body += more.removeprefix(b".")
        fault = self.server.step == "dot" and self.server.steps["dot"] + 1 == self.server.nth
        if not (fault and self.server.reply[:1] in {"4", "5"} and not self.server.healed):
            self.server.taken.append(body)
        self.answer("dot", "250 taken")

    def answer(self, step: str, usual: str) -> bool:
        """Whether the usual answer was given."""
        fault = self.server.fails(step)
        reply = self.server.reply if fault else usual
        if reply == CUT:
            raise HangUp
        if reply == SILENCE:
            return False
        self.connection.sendall(f"{reply}\r\n".encode())
        if reply.startswith("421"):
            raise HangUp
        return not fault

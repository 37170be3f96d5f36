"""What may a sender do to a connection? Send a head of sensible size, and all of it in time.

uvicorn has no limits of its own on how slowly a request comes and how large its head is, and
loses the body of one that asks for another protocol, so a few lines are added to its protocol;
everything else about HTTP is left to it and its parser.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser
from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from tracker.sentences.receiver import RECEIVER_ANSWERS

HEAD_BYTES_MAX = 32 * 1024
PIECE_BYTES = 4096
"""How much the parser is fed at once. Where in a piece a head began is not known: one behind
another request may be larger than allowed by as much."""
HEAD_SECONDS = 10.0
BODY_SECONDS = 10.0
LINGER_SECONDS = 5.0
"""How long the rest of a body is read and dropped after its refusal: a connection that is closed
while the sender still writes would take the refusal with it."""
IDLE_SECONDS = 75
"""Longer than the minute for which reverse proxies keep a connection: they must be the ones who
close it, else a delivery may meet the closing half-way."""
CROWDED_IDLE_SECONDS = 3.0
CONNECTIONS_MAX = 500
"""Below the 1024 open files that most systems allow a process."""

REFUSED = "refused"
"""Where the application may read, in a request's state, why it was refused behind its back."""

_STATUSES = {
    "http_wrong": 400,
    "head_slow": 408,
    "body_slow": 408,
    "head_too_big": 431,
    "crowded": 503,
}


class Shared(ServerState):
    """What the connections of one server share.

    Attributes:
        refuse: counts a refusal by its code.
        head_seconds: how long the head of a request may take; `body_seconds` its body.

    """

    def __init__(
        self, refuse: Callable[[str], None], head_seconds: float, body_seconds: float
    ) -> None:
        super().__init__()
        self.refuse = refuse
        self.head_seconds = head_seconds
        self.body_seconds = body_seconds

    def sweep(self, now: float) -> None:
        """Close connections that were waited for long enough."""
        crowded = len(self.connections) > CONNECTIONS_MAX // 2
        for connection in list(self.connections):
            if isinstance(connection, Connection):
                connection.close_if_late(now, crowded=crowded)


class Connection(HttpToolsProtocol):
    """One connection; its times are those of the event loop, in seconds."""

    server_state: Shared

    def __init__(
        self, config: Config, server_state: ServerState, app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:  # fmt: skip
        super().__init__(config, server_state, app_state, _loop)
        self._between = True
        self._in_head = False
        self._begun = 0
        """How many heads began in the piece that is being fed."""
        self._head_bytes = 0
        self._since: float | None = None
        """Since when the sender owes us something; None while it owes nothing."""
        self._idle_since = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, or refuse one too many."""
        super().connection_made(transport)
        self._since = self.loop.time()
        if len(self.connections) > CONNECTIONS_MAX:
            self._refuse("crowded")

    def data_received(self, data: bytes) -> None:
        """Feed the parser piece by piece; a head that is not whole yet may hold only so much."""
        if self._since is None:
            self._since = self.loop.time()
        self._unset_keepalive_if_required()
        while data and not self.transport.is_closing():
            room = min(PIECE_BYTES, HEAD_BYTES_MAX - self._head_bytes)
            piece, data = data[:room], data[room:]
            between, self._begun = self._between, 0
            self._feed(piece)
            # Counted is a head that fills the piece, not what stands before it there.
            fills = self._in_head and self._begun == (1 if between else 0)
            self._head_bytes = self._head_bytes + len(piece) if fills else 0
            if self._head_bytes >= HEAD_BYTES_MAX:
                self._refuse("head_too_big")

    def _feed(self, data: bytes) -> None:
        """Feed the parser. Whoever asks for another protocol is answered in this one.

        RFC 9110, 7.8: a server may ignore Upgrade, and then reads the request as any other.
        """
        while data and not self.transport.is_closing():
            try:
                self.parser.feed_data(data)
            except HttpParserError:
                self._refuse("http_wrong")
            except HttpParserUpgrade as asked:
                # The parser took the body for bytes of the other protocol.
                data = self._head_without_upgrade() + data[asked.args[0] :]
                self.parser = HttpRequestParser(self)
                self.parser.set_dangerous_leniencies(lenient_data_after_close=True)
            else:
                return

    def _head_without_upgrade(self) -> bytes:
        """Write the head that was read anew; CONNECT, which is all upgrade, is refused."""
        method, version = self.parser.get_method(), self.parser.get_http_version()
        if method == b"CONNECT":
            self._refuse("http_wrong")
        lines = [b"%s %s HTTP/%s" % (method, self.url, version.encode("ascii"))]
        lines += [b"%s: %s" % pair for pair in self.headers if pair[0] != b"upgrade"]
        return b"\r\n".join([*lines, b"", b""])

    def on_message_begin(self) -> None:
        """Note that a head has begun."""
        self._in_head, self._between = True, False
        self._begun += 1
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Note that the head is whole."""
        if self.parser.should_upgrade():
            return
        self._in_head = False
        self._since = self.loop.time()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Note that the sender owes us nothing."""
        if self.parser.should_upgrade():
            return
        self._since, self._between = None, True
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Give a sender that still writes some time to read why it was refused."""
        now = self._idle_since = self.loop.time()
        if self._since is not None:
            self._since = now
        super().on_response_complete()

    def close_if_late(self, now: float, *, crowded: bool) -> None:
        """Close the connection when its sender is late, or idle while others want its place."""
        if self.transport.is_closing():
            return
        # uvicorn says that there is always a cycle, and puts None there before the first one.
        answered = self.cycle is None or self.cycle.response_complete  # type: ignore[redundant-expr]
        if self._since is None:
            if answered and crowded and now - self._idle_since > CROWDED_IDLE_SECONDS:
                self.transport.close()
            return
        waited = now - self._since
        if self._between or self._in_head:
            if waited > self.server_state.head_seconds:
                self._refuse("head_slow")
        elif answered:
            if waited > LINGER_SECONDS:
                self.transport.close()
        elif waited > self.server_state.body_seconds:
            self._refuse("body_slow")

    def _refuse(self, code: str) -> None:
        """Say why and close; an application that waits for a body is told that nobody is there."""
        status = _STATUSES[code]
        self.server_state.refuse(code)
        if self.scope is not None:
            self.scope["state"][REFUSED] = code
        content = json.dumps({"error": code, "says": RECEIVER_ANSWERS[code]}).encode()
        phrase = HTTPStatus(status).phrase
        head = (
            f"HTTP/1.1 {status} {phrase}\r\ncontent-type: application/json\r\n"
            f"content-length: {len(content)}\r\ncache-control: no-store\r\n"
            "connection: close\r\n\r\n"
        )
        self.transport.write(head.encode("ascii") + content)
        self.transport.close()

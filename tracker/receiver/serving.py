"""How does the receiver run? uvicorn around the application, and a writer behind it."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import re
import signal
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

import uvicorn

from tracker.hooks import Secrets
from tracker.problems import Stop
from tracker.receiver.app import Asker, make_app
from tracker.receiver.connections import (
    BODY_SECONDS,
    HEAD_SECONDS,
    IDLE_SECONDS,
    Connection,
    Shared,
)
from tracker.receiver.limits import RATE_PER_SECOND, Limits
from tracker.receiver.log_route import LogRoute
from tracker.receiver.writer import Tally, Writer

API_KEY_CHARACTERS_MIN = 24
_API_KEY = re.compile(r"[\x21-\x7e]*")
"""What a reader can send: other signs do not pass through a header unharmed."""
STOP_SECONDS_MAX = 15
_TICKS_A_SECOND = 10
_TICKS_A_MINUTE = 600

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a receiver is given.

    Attributes:
        inbox: the file in which deliveries are kept.
        api_key: what a reader of the log must know; empty when nobody may read it.
        public_url: how the outside calls us, for shops that sign their address.
        rate: deliveries a second of one source, in the long run.
        clock: the time now, aware.
        port: 0 for any free one.
        head_seconds: how long the head of a request may take; `body_seconds` its body.

    """

    inbox: Path
    secrets: Secrets = field(repr=False)
    clock: Callable[[], datetime]
    api_key: str = field(default="", repr=False)
    public_url: str = ""
    rate: int = RATE_PER_SECOND
    host: str = "127.0.0.1"
    port: int = 8080
    head_seconds: float = HEAD_SECONDS
    body_seconds: float = BODY_SECONDS


def _refuse_odd(settings: Settings) -> None:
    """Raise Stop for settings with which nobody could post or read, or anybody could."""
    if not settings.secrets.names() and not settings.api_key:
        raise Stop("nothing_to_serve")
    if 0 < len(settings.api_key) < API_KEY_CHARACTERS_MIN:
        raise Stop("api_key_short", limit=API_KEY_CHARACTERS_MIN)
    if not _API_KEY.fullmatch(settings.api_key):
        raise Stop("api_key_odd")
    if settings.public_url and not _is_address(settings.public_url):
        raise Stop("public_url_odd")


class Receiver:
    """A server that is bound to its address and owns its inbox; `run` serves until it is stopped.

    Raises Stop when made: `nothing_to_serve`, `api_key_short`, `api_key_odd`, `public_url_odd`,
    `port_taken`, `address_unusable`, `state_unwritable` and what else keeps an inbox from being
    written.
    """

    def __init__(self, settings: Settings) -> None:
        _refuse_odd(settings)
        self._socket = _bound(settings.host, settings.port)
        self._writer = Writer(settings.inbox, settings.clock)
        try:
            self._writer.start()
        except BaseException:
            self._socket.close()
            raise
        self._asker = Asker(
            secrets=settings.secrets,
            writer=self._writer,
            limits=Limits(settings.rate, time.monotonic),
            clock=settings.clock,
            public_url=settings.public_url,
        )
        self._log_route = LogRoute(settings.inbox, settings.api_key) if settings.api_key else None
        config = uvicorn.Config(
            make_app(self._asker, self._log_route),
            http=Connection,
            loop="asyncio",
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            log_level="critical",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=IDLE_SECONDS,
            timeout_graceful_shutdown=STOP_SECONDS_MAX,
        )
        shared = Shared(self._asker.refuse, settings.head_seconds, settings.body_seconds)
        self._server = _Server(config, self._asker, shared)

    @property
    def address(self) -> str:
        """Where it listens, `http://127.0.0.1:8080`."""
        host, port = self._socket.getsockname()[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    @property
    def tally(self) -> Tally:
        """What became of requests so far."""
        return self._writer.tally

    def run(self, begun: Callable[[], None] = lambda: None) -> None:
        """Serve until a signal or `stop`; then finish what was begun, and close the inbox.

        `begun` is called as soon as a signal would end it well.
        """
        self._server.begun = begun
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self.close()

    def stop(self) -> None:
        """Ask `run` to end, from any thread."""
        self._server.should_exit = True

    def close(self) -> None:
        """Keep what waits and let go of the files."""
        self._socket.close()
        self._writer.stop()
        if self._log_route is not None:
            self._log_route.close()
        self._server.say_refusals()
        counts = self.tally
        log.info("stopped kept=%d new=%d pings=%d", counts.kept, counts.new, counts.pings)


class _Server(uvicorn.Server):
    """uvicorn's server with our connections, our signals, and a line of counts a minute."""

    def __init__(self, config: uvicorn.Config, asker: Asker, shared: Shared) -> None:
        super().__init__(config)
        self._asker = asker
        self._shared = shared
        self.server_state = shared
        self.begun: Callable[[], None] = lambda: None

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve; a fault outside of any request is one line of its kind, without its words."""
        asyncio.get_running_loop().set_exception_handler(_say_fault)
        await super().serve(sockets)

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second: look after late senders and the log."""
        if counter % _TICKS_A_SECOND == 0:
            self._shared.sweep(asyncio.get_running_loop().time())
        if counter % _TICKS_A_MINUTE == 0:
            self.say_refusals()
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Finish what was begun; senders who are slow are late now as they are at any time."""
        sweeping = asyncio.create_task(self._sweep_on())
        try:
            await super().shutdown(sockets)
        finally:
            sweeping.cancel()

    async def _sweep_on(self) -> None:
        while True:
            self._shared.sweep(asyncio.get_running_loop().time())
            await asyncio.sleep(1 / _TICKS_A_SECOND)

    def say_refusals(self) -> None:
        """Tell what was refused again and again since the last time."""
        again = {name: count for name, count in self._asker.refusals.items() if count > 1}
        self._asker.refusals = Counter()
        for name, count in sorted(again.items()):
            log.warning("refused=%d %s", count, name)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop gracefully at the first signal, at once at the second, and then exit with 0."""
        try:
            before = {number: signal.signal(number, self._on_signal) for number in _signals()}
        except ValueError:
            # Not the main thread: signals are somebody else's.
            self.begun()
            yield
            return
        try:
            self.begun()
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if self.should_exit:
            os._exit(128 + number)
        self.should_exit = True


def _is_address(text: str) -> bool:
    """Tell whether a shop could call, and sign, addresses that begin with this one."""
    try:
        found = urlsplit(text)
        port = found.port
    except ValueError:
        return False
    plain = text.isascii() and text.isprintable() and not any(sign in text for sign in " @?#\\")
    return plain and found.scheme in {"http", "https"} and bool(found.hostname) and port != 0


def _signals() -> tuple[signal.Signals, ...]:
    if sys.platform == "win32":
        return (signal.SIGINT, signal.SIGBREAK)
    return (signal.SIGINT, signal.SIGTERM)


def _say_fault(_loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    fault = context.get("exception")
    log.error("outside of a request: %s", type(fault).__name__ if fault else "a warning")


def _bound(host: str, port: int) -> socket.socket:
    """Bind a socket before anything else is begun, so that a taken port is said at once."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as refusal:
        raise Stop("address_unusable", host=host, port=port, why=refusal.strerror or "") from None
    found = socket.socket(family, kind, protocol)
    try:
        if sys.platform != "win32":
            # Windows means something else by it: two servers on one port.
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen()
    except OSError as refusal:
        found.close()
        if refusal.errno == errno.EADDRINUSE:
            raise Stop("port_taken", port=port) from None
        raise Stop("address_unusable", host=host, port=port, why=refusal.strerror or "") from None
    return found

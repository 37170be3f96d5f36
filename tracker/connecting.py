"""Whom is a connection really made with, and for how long? The sockets under `fetching`."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Callable
from typing import Any, Self

from requests.adapters import HTTPAdapter
from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPSConnectionPool, PoolManager, Retry
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import InvalidHeader, NameResolutionError, NewConnectionError

from tracker.networks import is_public

RETRY_AFTER_SECONDS_MAX = 30
_BACKOFF_SECONDS = 0.5
_BACKOFF_SECONDS_MAX = 8.0
_TRY_AGAIN = frozenset({429, 500, 502, 503, 504})


class Refused(Exception):
    """Ends a try from within the library's own calls; carries a code of Failed and no more."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Guard:
    """What every connection of one Fetcher keeps to: where it may go, and until when."""

    def __init__(self, private_ok: bool, deadline: float, sleep: Callable[[float], object]) -> None:  # noqa: FBT001
        self.late = False
        self._private_ok = private_ok
        self._deadline = deadline
        self._sleep = sleep
        self._until = 0.0
        self._watched: socket.socket | None = None

    def watching(self) -> _Deadline:
        """Start the time of one address; at its end the connection is cut, come what may."""
        self.late = False
        self._until = time.monotonic() + self._deadline
        return _Deadline(self._deadline, self._cut)

    def addresses(self, host: str, port: int, *, plain: bool) -> list[str]:
        """Resolve a host, once. Raises Refused unless we may go to all that it stands for."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except UnicodeError:
            raise Refused("address") from None
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        for one in addresses:
            self.admit(one, plain=plain)
        return addresses

    def admit(self, address: str, *, plain: bool) -> None:
        """Raise Refused unless we may go to an IP address; `plain` is by http."""
        public = is_public(address)
        if not public and not self._private_ok:
            raise Refused("private")
        if plain and public:
            raise Refused("plain")

    def watch(self, connected: socket.socket, *, plain: bool) -> socket.socket:
        """Check whom a socket is connected with, before anything is said to them."""
        try:
            self.admit(str(connected.getpeername()[0]), plain=plain)
        except (Refused, OSError):
            connected.close()
            raise
        self.forget()
        # A second handle, since TLS will wrap the first one into another object.
        self._watched = connected.dup()
        return connected

    def forget(self) -> None:
        """Let go of the last connection."""
        watched, self._watched = self._watched, None
        if watched is not None:
            watched.close()

    def wait(self, seconds: float, *, late: str) -> None:
        """Wait before a retry. Raises Refused with the code `late` if there is no time left."""
        if self.late or time.monotonic() + seconds > self._until:
            raise Refused(late)
        self._sleep(seconds)

    def _cut(self) -> None:
        self.late = True
        watched = self._watched
        if watched is not None:
            try:
                watched.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it is gone already, which is what was wanted


class _Deadline:
    """Calls `cut` from another thread unless it is left in time."""

    def __init__(self, seconds: float, cut: Callable[[], None]) -> None:
        self._timer = threading.Timer(seconds, cut)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._timer.join()


class _Checked(HTTPConnection):
    """A connection that goes where its guard lets it; the name is resolved once."""

    def __init__(self, *args: Any, guard: Guard, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self._guard = guard
        self._plain = True

    def _new_conn(self) -> socket.socket:
        name = self._dns_host
        try:
            addresses = self._guard.addresses(name, self.port, plain=self._plain)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from None
        try:
            return self._first(addresses)
        finally:
            self._dns_host = name

    def _first(self, addresses: list[str]) -> socket.socket:
        """Connect with the first of the addresses that answers."""
        refusal = NewConnectionError(self, "no address")
        for address in addresses:
            # What the library connects with; TLS goes on to ask for the name.
            self._dns_host = address
            try:
                return self._guard.watch(super()._new_conn(), plain=self._plain)
            except NewConnectionError as error:
                refusal = error
        raise refusal


class _CheckedTls(_Checked, HTTPSConnection):
    """The same under TLS."""

    def __init__(self, *args: Any, guard: Guard, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, guard=guard, **options)
        self._plain = False


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Checked


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _CheckedTls


class _Pools(PoolManager):
    def __init__(self, guard: Guard, **options: Any) -> None:  # noqa: ANN401
        super().__init__(**options)
        self._guard = guard
        self.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}

    def _new_pool(
        self, scheme: str, host: str, port: int, request_context: dict[str, Any] | None = None
    ) -> HTTPConnectionPool:
        pool = super()._new_pool(scheme, host, port, request_context)
        pool.conn_kw["guard"] = self._guard
        return pool


class Adapter(HTTPAdapter):
    """What requests sends by: checked connections, patient retries of a GET."""

    def __init__(self, guard: Guard, retries: int) -> None:
        self._guard = guard
        patience = _Patience(
            total=retries,
            allowed_methods={"GET"},
            status_forcelist=_TRY_AGAIN,
            backoff_factor=_BACKOFF_SECONDS,
            backoff_jitter=_BACKOFF_SECONDS,
            backoff_max=_BACKOFF_SECONDS_MAX,
            raise_on_status=False,
        )
        patience.guard = guard
        super().__init__(max_retries=patience)

    def init_poolmanager(
        self,
        connections: int,
        maxsize: int,
        block: bool = False,  # noqa: FBT001, FBT002 - the library's own signature
        **options: Any,  # noqa: ANN401
    ) -> None:
        """Make pools whose connections are checked."""
        self.poolmanager = _Pools(
            self._guard, num_pools=connections, maxsize=maxsize, block=block, **options
        )


class _Patience(Retry):
    """How long to wait between tries: as the server asks, within reason, else a little more each.

    The waits differ by chance, so that many books do not come back at the same moment.
    """

    guard: Guard

    def new(self, **changed: Any) -> Self:  # noqa: ANN401
        made = super().new(**changed)
        made.guard = self.guard
        return made

    def get_retry_after(self, response: BaseHTTPResponse) -> float | None:
        try:
            return super().get_retry_after(response)
        except (InvalidHeader, ValueError, OverflowError):
            return None  # what cannot be read asks for nothing

    def sleep(self, response: BaseHTTPResponse | None = None) -> None:
        asked = None if response is None else self.get_retry_after(response)
        if asked and asked > RETRY_AFTER_SECONDS_MAX:
            raise Refused("busy")
        if asked:
            self.guard.wait(asked, late="busy")
        else:
            wait = max(self.get_backoff_time(), _BACKOFF_SECONDS * random.random())  # noqa: S311
            self.guard.wait(wait, late="slow")

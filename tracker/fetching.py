"""How is an address fetched that the owner named, without becoming anybody's errand boy?

Every answer is a value. Neither an address nor a token ever stands in what is said of a failure.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from typing import Self
from urllib.parse import urljoin

import requests
from urllib3.exceptions import LocationParseError, NameResolutionError
from urllib3.util import Url, parse_url

from tracker.connecting import Adapter, Guard, Refused

CONNECT_SECONDS = 5.0
READ_SECONDS = 30.0
DEADLINE_SECONDS = 90.0
BYTES_MAX = 16 * 1024 * 1024
RETRIES = 3
REDIRECTS_MAX = 3
_CHUNK_BYTES = 64 * 1024
_ADDRESS_CHARACTERS_MAX = 2000
# No address has these; parsers differ in what they make of them.
_NO_ADDRESS = re.compile(r"[\x00-\x20\x7f\\]")
_TOKEN = re.compile(r"[\x21-\x7e]*")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered. The body is there for status 200 alone, without its compression."""

    status: int
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there is no answer.

    `code`: address (no usable address), plain (http to the open internet), private (not allowed
    to go there), host (no such host), unreachable, certificate, slow, busy (asks to come back
    later than we wait), redirected (elsewhere, or too often), too_big, broken (cut short), token
    (it holds signs that no header can carry).
    """

    code: str


class Fetcher:
    """Fetches addresses by GET; one thread uses one Fetcher, and closes it.

    Args:
        private_ok: whether addresses of this machine and of private networks may be asked, and
            those by http too.
        deadline: seconds for one address, with its retries and redirects.
        bytes_max: the longest body that is taken, counted without its compression.
        retries: how often it is asked again where asking again may help.
        sleep: how to wait between retries, given seconds.

    """

    def __init__(
        self,
        *,
        private_ok: bool,
        deadline: float = DEADLINE_SECONDS,
        bytes_max: int = BYTES_MAX,
        retries: int = RETRIES,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._guard = Guard(private_ok, deadline, sleep)
        self._bytes_max = bytes_max
        self._session = _Session()
        # Neither a proxy nor a password of the environment: where we go stands in the address.
        self._session.trust_env = False
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.adapters.clear()
        adapter = Adapter(self._guard, retries)
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, adapter)
        # The library names whole addresses in its warnings, and an address may hold a secret.
        logging.getLogger("urllib3").setLevel(logging.ERROR)

    def get(
        self, address: str, *, token: str = "", query: Mapping[str, str] | None = None
    ) -> Answer | Failed:
        """Fetch one address; `query` is added to its own, the token goes as `Bearer`."""
        if not _TOKEN.fullmatch(token):
            return Failed("token")
        headers = {"Accept": "application/json", "Accept-Encoding": "gzip, deflate"}
        headers["User-Agent"] = "affiliate-tracker"
        if token:
            headers["Authorization"] = f"Bearer {token}"
        try:
            with self._guard.watching():
                return self._follow(address, headers, query)
        except Refused as refusal:
            return Failed(refusal.code)
        except (requests.RequestException, ValueError) as error:
            return Failed("slow" if self._guard.late else _code_of(error))

    def _follow(
        self, address: str, headers: Mapping[str, str], query: Mapping[str, str] | None
    ) -> Answer:
        """Ask, and follow redirects that stay with the same scheme, host and port."""
        origin = read_origin(address)
        if origin is None:
            raise Refused("address")
        for _ in range(REDIRECTS_MAX + 1):
            with self._session.get(
                address,
                params=query,
                headers=headers,
                timeout=(CONNECT_SECONDS, READ_SECONDS),
                allow_redirects=False,
                stream=True,
            ) as response:
                self._refuse_late()
                if not response.is_redirect:
                    return self._answer(response)
                # The target has the query in it, if the server wants it there.
                address, query = _target_of(response), None
            if read_origin(address) != origin:
                break
        raise Refused("redirected")

    def _answer(self, response: requests.Response) -> Answer:
        if response.status_code != requests.codes.ok:
            return Answer(response.status_code)
        body = bytearray()
        for chunk in response.iter_content(_CHUNK_BYTES):
            body += chunk
            if len(body) > self._bytes_max:
                raise Refused("too_big")
        self._refuse_late()
        return Answer(response.status_code, bytes(body))

    def _refuse_late(self) -> None:
        """Refuse what was read until the deadline cut it: it may look like a whole answer."""
        if self._guard.late:
            raise Refused("slow")

    def close(self) -> None:
        """Close what is still connected."""
        self._session.close()
        self._guard.forget()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Session(requests.Session):
    """A session that leaves every redirect alone: the library takes them apart even unasked."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:  # noqa: ARG002
        """Tell the library that there is none."""
        return None


def _target_of(response: requests.Response) -> str:
    """Where a redirect leads to. Raises Refused `redirected` for no address at all."""
    try:
        # Header values come as latin-1, whatever the server wrote (as the library reads them).
        target = response.headers["location"].encode("latin-1").decode("utf-8")
        return urljoin(response.url, target)
    except ValueError:
        raise Refused("redirected") from None


def read_origin(address: str) -> tuple[str, str, int] | None:
    """Give (scheme, host, port) of an http or https address; None for anything else.

    An address with a name or password in it is none: it would end in other people's logs.
    """
    if len(address) > _ADDRESS_CHARACTERS_MAX or _NO_ADDRESS.search(address):
        return None
    try:
        # The parser that the library connects by, so that both see the same host.
        found: Url = parse_url(address)
    except (LocationParseError, ValueError):
        return None
    usual = {"https": 443, "http": 80}.get(found.scheme or "")
    authority = address.partition("//")[2]
    if usual is None or not found.host or "@" in re.split(r"[/?#]", authority)[0]:
        return None
    if found.port == 0:
        return None
    return str(found.scheme), found.host.rstrip("."), found.port or usual


def _code_of(error: Exception) -> str:
    """Which code of Failed an error of the library stands for."""
    reason: object = error.args[0] if error.args else None
    reason = getattr(reason, "reason", reason)
    kinds: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
        (requests.exceptions.SSLError, "certificate"),
        (requests.exceptions.Timeout, "slow"),
        (
            (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError),
            "broken",
        ),
        (requests.exceptions.ConnectionError, "unreachable"),
        (Exception, "address"),
    )
    if isinstance(reason, NameResolutionError):
        return "host"
    return next(code for kind, code in kinds if isinstance(error, kind))

"""What is a shop answered? 2xx when its delivery is kept; else what to do, in one sentence."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from tracker.deliveries import NewDelivery
from tracker.hooks import Landing, Pong, Refused, Secrets, judge, refused
from tracker.receiver.connections import REFUSED
from tracker.receiver.limits import Limits
from tracker.receiver.log_route import LogRoute
from tracker.receiver.writer import NotKept, Writer
from tracker.sentences.receiver import RECEIVER_ANSWERS
from tracker.shops.payload import SIZE_MAX

RETRY_SECONDS = 30
PROOF_SECONDS = 1.0
"""How long the answer of /readyz is good for: whoever asks more often costs no more writes."""
ORIGIN = "webhook"

log = logging.getLogger(__name__)

_CODES = {404: "not_found", 405: "method_wrong"}


@dataclass(slots=True)
class Asker:
    """What every request needs, and nothing of any one request.

    Attributes:
        clock: the time now, aware: when a delivery is received.
        public_url: how the outside calls this server; some shops sign their address.

    """

    secrets: Secrets
    writer: Writer
    limits: Limits
    clock: Callable[[], datetime]
    public_url: str = ""
    refusals: Counter[str] = field(default_factory=Counter)
    """What was refused since the last line of the log that told of it, `code source` or `code`."""

    def refuse(self, code: str, source: str = "") -> None:
        """Count a refusal; only names of sources that proved to be known may be given."""
        self.writer.tally.refused[code] += 1
        name = f"{code} {source}".rstrip()
        if name not in self.refusals:
            log.warning("refused=1 %s", name)
        self.refusals[name] += 1


def make_app(asker: Asker, log_route: LogRoute | None = None) -> Front:
    """Make the routes: hooks, the log for readers who know the key, and two for monitors."""
    routes = [
        Route("/healthz", _healthz, methods=["GET"]),
        Route("/readyz", Readiness(asker).endpoint, methods=["GET"]),
    ]
    if log_route is not None:
        routes.append(Route("/log", log_route.endpoint, methods=["GET"]))
    others = Starlette(routes=routes, exception_handlers={HTTPException: _said_by_starlette})
    others.router.redirect_slashes = False
    return Front(asker, others)


class Front:
    """Hooks go straight to their endpoint, since routing costs as much as a signature.

    Nothing that goes wrong here is a 500: the shop is told to come again, the log the kind.
    """

    def __init__(self, asker: Asker, others: ASGIApp) -> None:
        self._asker = asker
        self._hooks = Hooks(asker)
        self._others = others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; answer for what was not answered."""
        if scope["type"] != "http":
            return
        to = self._hooks if scope["raw_path"].startswith(b"/hooks/") else self._others
        try:
            await to(scope, receive, send)
        except (Exception, asyncio.CancelledError) as fault:  # noqa: BLE001 - see the docstring
            # Cancelled is what the end of the server waits for no longer.
            code = "stopping" if isinstance(fault, asyncio.CancelledError) else "unexpected"
            if code == "unexpected":
                # Only the kind: a message may quote what a shop or a customer wrote.
                log.error("a request failed: %s", type(fault).__name__)  # noqa: TRY400
            self._asker.refuse(code)
            with suppress(RuntimeError):  # of the server, when an answer was begun already
                await _answer(send, *_not_kept(code))


class Hooks:
    """POST /hooks/SOURCE and /hooks/SOURCE/SECRET: verify, keep, and only then say 2xx."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one delivery."""
        answer = await self._answered(scope, receive)
        if answer is not None:
            await _answer(send, *answer)

    async def _answered(self, scope: Scope, receive: Receive) -> Answer | None:
        asker = self._asker
        if scope["method"] != "POST":
            return self._refused(405, "method_wrong", allow=b"POST")
        named = _named(scope["raw_path"])
        if named is None:
            return self._refused(404, "not_found")
        headers = _headers(scope)
        body = await self._body(scope, headers, receive)
        if not isinstance(body, bytes):
            return body
        now = asker.clock()
        urls = _urls(scope, headers, asker.public_url)
        found = judge(*named, headers, body, urls, now, asker.secrets)
        if isinstance(found, Refused):
            return self._said(found)
        if isinstance(found, Pong):
            asker.writer.tally.pings += 1
            return 200, found.answer_type.encode("latin-1"), found.answer, ()
        return await self._kept(found, now)

    async def _kept(self, found: Landing, now: datetime) -> Answer:
        wait = self._asker.limits.wait_seconds(found.source)
        if wait:
            return self._refused(429, "too_fast", found.source, retry=wait)
        delivery = NewDelivery(
            source=found.source,
            delivery_id=found.delivery_id,
            received_at=now,
            body=found.body,
            content_type=found.content_type,
            origin=ORIGIN,
        )
        try:
            await self._asker.writer.keep(delivery, asyncio.get_running_loop())
        except NotKept as refusal:
            return _not_kept(refusal.code)
        return 200, found.answer_type.encode("latin-1"), found.answer, ()

    async def _body(
        self, scope: Scope, headers: Mapping[str, str], receive: Receive
    ) -> bytes | Answer | None:
        """Read the body; None when the sender is gone."""
        # Whoever announces too much is refused before a byte of it is read.
        if int(headers.get("content-length", "0")) > SIZE_MAX:
            return self._said(refused("delivery_too_big"))
        parts: list[bytes] = []
        size = 0
        while True:
            message = await receive()
            if message["type"] != "http.request":
                if REFUSED not in scope["state"]:
                    self._asker.refuse("body_half")
                return None
            part = message.get("body", b"")
            size += len(part)
            if size > SIZE_MAX:
                return self._said(refused("delivery_too_big"))
            parts.append(part)
            if not message.get("more_body", False):
                return parts[0] if len(parts) == 1 else b"".join(parts)

    def _said(self, found: Refused) -> Answer:
        self._asker.refuse(found.code)
        return found.status, JSON, _error(found.code, found.says), ()

    def _refused(
        self, status: int, code: str, source: str = "", *, retry: int = 0, allow: bytes = b""
    ) -> Answer:
        self._asker.refuse(code, source)
        more = [(b"retry-after", b"%d" % retry)] if retry else []
        more += [(b"allow", allow)] if allow else []
        return status, JSON, _error(code, RECEIVER_ANSWERS[code]), more


class Readiness:
    """GET /readyz: could a delivery be kept now? Tried with a real write, once a second."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self._asked_at = float("-inf")
        self._proof: asyncio.Task[str] | None = None

    async def endpoint(self, request: Request) -> Response:  # noqa: ARG002 - Starlette gives it
        """Answer 200, or 503 with the reason."""
        loop = asyncio.get_running_loop()
        if self._proof is None or (
            self._proof.done() and loop.time() - self._asked_at >= PROOF_SECONDS
        ):
            self._asked_at = loop.time()
            self._proof = loop.create_task(self._prove(loop))
        code = await asyncio.shield(self._proof)
        if not code:
            return _response(200, b'{"ready": true}')
        status, _, content, more = _not_kept(code)
        return _response(status, content, {n.decode(): v.decode() for n, v in more})

    async def _prove(self, loop: asyncio.AbstractEventLoop) -> str:
        try:
            await self._asker.writer.prove(loop)
        except NotKept as refusal:
            return refusal.code
        return ""


async def _healthz(request: Request) -> Response:  # noqa: ARG001 - Starlette gives it
    return _response(200, b'{"alive": true}')


async def _said_by_starlette(request: Request, fault: Exception) -> Response:  # noqa: ARG001
    assert isinstance(fault, HTTPException)  # noqa: S101 - it is registered for nothing else
    code = _CODES.get(fault.status_code, "unexpected")
    return _response(fault.status_code, _error(code, RECEIVER_ANSWERS[code]), fault.headers)


Answer = tuple[int, bytes, bytes, "list[tuple[bytes, bytes]] | tuple[()]"]
"""Status, content type, content, further headers."""

JSON = b"application/json"
_NO_STORE = (b"cache-control", b"no-store")


def _error(code: str, says: str) -> bytes:
    return json.dumps({"error": code, "says": says}, ensure_ascii=False).encode()


def _not_kept(code: str) -> Answer:
    says = RECEIVER_ANSWERS.get(code, RECEIVER_ANSWERS["unexpected"])
    return 503, JSON, _error(code, says), [(b"retry-after", b"%d" % RETRY_SECONDS)]


def _response(status: int, content: bytes, headers: Mapping[str, str] | None = None) -> Response:
    found = {"cache-control": "no-store", **(headers or {})}
    return Response(content, status, found, media_type="application/json")


async def _answer(
    send: Send, status: int, kind: bytes, content: bytes,
    more: list[tuple[bytes, bytes]] | tuple[()],
) -> None:  # fmt: skip
    headers = [(b"content-type", kind), (b"content-length", b"%d" % len(content)), _NO_STORE, *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


def _named(raw_path: bytes) -> tuple[str, str | None] | None:
    """Find source and secret in `/hooks/SOURCE[/SECRET]` as it was sent; None for another path.

    The raw path, because `%2F` in a secret is no slash between the two.
    """
    parts = raw_path.split(b"/")
    if not 3 <= len(parts) <= 4 or parts[:2] != [b"", b"hooks"]:
        return None
    # A sign that is no UTF-8 becomes one that stands in no source and no secret.
    source, *secret = (unquote(part.decode("latin-1"), errors="replace") for part in parts[2:])
    return source, secret[0] if secret else None


def _headers(scope: Scope) -> dict[str, str]:
    """Give the headers by name; one that is sent twice is one with a comma, as HTTP has it."""
    given: list[tuple[bytes, bytes]] = scope["headers"]
    found = {name.decode("latin-1"): value.decode("latin-1") for name, value in given}
    if len(found) == len(given):
        return found
    found = {}
    for raw_name, raw_value in given:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def _urls(scope: Scope, headers: Mapping[str, str], public_url: str) -> tuple[str, ...]:
    """List the addresses that the sender may have called: what a proxy hides is guessed."""
    path = scope["raw_path"].decode("latin-1")
    if scope["query_string"]:
        path = f"{path}?{scope['query_string'].decode('latin-1')}"
    host = headers.get("host", "")
    own = (public_url,) if public_url else ()
    return tuple(f"{start}{path}" for start in (*own, f"https://{host}", f"http://{host}"))

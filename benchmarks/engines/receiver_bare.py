"""What is the least that keeps a signed post? A bare ASGI app: signature, storage, answer.

`python -m benchmarks.engines.receiver_bare group|checked|each PORT INBOX`. `group` keeps through
the receiver's own writer, one commit for all that wait; `checked` does so too, and has the request
judged as the receiver does; `each` commits for every request. No routes, no limits, no log.
"""

from __future__ import annotations

import asyncio
import hmac
import sys
from base64 import b64encode
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn

from benchmarks.receiver_posts import SECRET, SOURCE
from tracker.deliveries import NewDelivery
from tracker.hooks import Landing, Secrets, judge
from tracker.inbox import Inbox
from tracker.receiver.writer import Writer

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = Sequence[tuple[bytes, bytes]]
Reader = Callable[[Headers, bytes], NewDelivery | None]
Keep = Callable[[NewDelivery], Awaitable[None]]

_SECRETS = Secrets.of({SOURCE.upper(): (SECRET,)})


class Bare:
    """The app; `keep` returns once a delivery is on the disk."""

    def __init__(self, read: Reader, keep: Keep) -> None:
        self._read = read
        self._keep = keep

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one delivery."""
        body = b""
        more = True
        while more:
            message = await receive()
            body += message["body"]
            more = message.get("more_body", False)
        delivery = self._read(scope["headers"], body)
        if delivery is None:
            await _answer(send, 401, b"no")
            return
        await self._keep(delivery)
        await _answer(send, 200, b"kept")


def signed(given: Headers, body: bytes) -> NewDelivery | None:
    """Believe the signature, and look no further; None when it is wrong."""
    headers = dict(given)
    right = b64encode(hmac.digest(SECRET.encode(), body, "sha256"))
    if not hmac.compare_digest(right, headers.get(b"x-wc-webhook-signature", b"")):
        return None
    return NewDelivery(
        source=SOURCE,
        delivery_id=headers[b"x-wc-webhook-delivery-id"].decode(),
        received_at=datetime.now(UTC),
        body=body.decode(),
    )


def judged(given: Headers, body: bytes) -> NewDelivery | None:
    """Ask what the receiver asks: source, signature, and whether the body is sound JSON."""
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in given}
    now = datetime.now(UTC)
    found = judge(SOURCE, None, headers, body, (), now, _SECRETS)
    if not isinstance(found, Landing):
        return None
    return NewDelivery(
        source=found.source,
        delivery_id=found.delivery_id,
        received_at=now,
        body=found.body,
        content_type=found.content_type,
    )


async def _answer(send: Send, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def keeping(how: str, path: Path) -> Keep:
    """Choose the storage: one commit for all that wait, or one for each."""
    if how == "each":
        inbox = Inbox(path)

        async def at_once(delivery: NewDelivery) -> None:
            inbox.land([delivery])

        return at_once
    writer = Writer(path, lambda: datetime.now(UTC))
    writer.start()

    async def together(delivery: NewDelivery) -> None:
        await writer.keep(delivery, asyncio.get_running_loop())

    return together


if __name__ == "__main__":
    _, how, port, path = sys.argv
    # As the receiver asks of uvicorn, but for its own limits on connections.
    uvicorn.run(
        Bare(judged if how == "checked" else signed, keeping(how, Path(path))),
        host="127.0.0.1",
        port=int(port),
        http="httptools",
        loop="asyncio",
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
    )

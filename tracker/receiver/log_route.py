"""What has arrived since? `GET /log` gives deliveries to another book's sync, page by page."""

from __future__ import annotations

import hmac
import json
import re
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tracker.cursors import Cursor, read_cursor
from tracker.inbox_reader import InboxReader
from tracker.model import Delivery
from tracker.problems import Stop

LIMIT_USUAL = 100
LIMIT_MAX = 1000
PAGE_BYTES = 4 * 1024 * 1024
_LIMIT = re.compile(r"[1-9][0-9]{0,3}")
_SCHEME = "bearer"
_RETRY_SECONDS = "30"


class LogRoute:
    """Serves one inbox to whoever knows the key; to nobody while the key is empty.

    Every request reads with a connection of its own in a thread of its own, which keeps neither
    the writer of the inbox nor other requests waiting.
    """

    def __init__(self, inbox_path: Path, api_key: str) -> None:
        self._path = inbox_path
        self._key = api_key.encode()

    async def endpoint(self, request: Request) -> Response:
        """Answer one page: 200; 400 bad cursor or limit, 401 no key, 410 begin anew, 503 later."""
        if not self._admits(request):
            says = "Send the header Authorization: Bearer KEY with the key of this log."
            return _refuse(401, "key_wrong", says, {"www-authenticate": "Bearer"})
        if any(len(request.query_params.getlist(name)) > 1 for name in ("after", "limit")):
            return _refuse(400, "given_twice", "Send after and limit once each.")
        limit = _read_limit(request.query_params.get("limit"))
        if limit is None:
            says = f"The limit is a whole number from 1 to {LIMIT_MAX}."
            return _refuse(400, "limit_wrong", says)
        after = request.query_params.get("after", "")
        cursor = read_cursor(after)
        if after and cursor is None:
            says = "This is no cursor. Send what stood in next, or nothing to begin anew."
            return _refuse(400, "cursor_wrong", says)
        try:
            return await run_in_threadpool(self._page, cursor, limit)
        except Stop:
            says = "The inbox cannot be read now. Ask again later."
            return _refuse(503, "inbox_unreadable", says, {"retry-after": _RETRY_SECONDS})

    def _admits(self, request: Request) -> bool:
        """Whether the one Authorization header names the key; compared in constant time."""
        given = request.headers.getlist("authorization")
        scheme, _, key = (given[0] if len(given) == 1 else "").partition(" ")
        # The server decodes headers as Latin-1, so this gives the bytes that were sent.
        right = hmac.compare_digest(key.strip(" ").encode("latin-1"), self._key)
        return right and bool(self._key) and scheme.casefold() == _SCHEME

    def _page(self, cursor: Cursor | None, limit: int) -> Response:
        with InboxReader(self._path) as inbox:
            if cursor is not None and not inbox.holds(cursor):
                says = "This inbox does not know the cursor. Begin anew, with an empty after."
                return _refuse(410, "cursor_unknown", says)
            page = inbox.page(cursor.seq if cursor else 0, limit, PAGE_BYTES)
            seq = page[-1].seq if page else 0
            behind = Cursor(inbox.id, seq, inbox.trace(seq)).text if page else None
        return _response(200, {"deliveries": list(map(_told, page)), "next": behind})

    def close(self) -> None:
        """Nothing stays open between requests."""


def _read_limit(text: str | None) -> int | None:
    if text is None:
        return LIMIT_USUAL
    limit = int(text) if _LIMIT.fullmatch(text) else 0
    return limit if 1 <= limit <= LIMIT_MAX else None


def _told(delivery: Delivery) -> dict[str, str]:
    return {
        "delivery_id": delivery.delivery_id,
        "received_at": delivery.received_at.isoformat(),
        "source": delivery.source,
        "content_type": delivery.content_type,
        "body": delivery.body,
    }


def _refuse(status: int, code: str, says: str, headers: dict[str, str] | None = None) -> Response:
    return _response(status, {"error": code, "says": says}, headers)


def _response(status: int, content: object, headers: dict[str, str] | None = None) -> Response:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    more = {"cache-control": "no-store", **(headers or {})}
    return Response(text.encode(), status, more, media_type="application/json")

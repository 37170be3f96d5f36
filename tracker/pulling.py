"""What is new in a log that another program serves? Page by page, each with its place at once.

A log at an address is asked `GET ADDRESS?after=CURSOR&limit=N` and answers
`{"deliveries": [...], "next": CURSOR or null}`, as our own receiver does.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from tracker.deliveries import NewDelivery, keep_broken, read_entry
from tracker.fetching import Answer, Failed, Fetcher, read_origin
from tracker.inbox import Inbox
from tracker.log_names import shown_log
from tracker.problems import Stop

PAGE_ROWS = 500
PAGES_MAX = 1000
SECONDS_MAX = 600.0
"""For how long one run asks for another page."""
_CURSOR_CHARACTERS_MAX = 1000
_SHOWN_CHARACTERS_MAX = 80

_STOPS: dict[int, str] = {
    HTTPStatus.UNAUTHORIZED: "log_denied",
    HTTPStatus.FORBIDDEN: "log_denied",
    HTTPStatus.NOT_FOUND: "log_not_found",
    HTTPStatus.TOO_MANY_REQUESTS: "log_busy",
}


class _Gone(Exception):
    """The log does not know the cursor: it is another one now, or an older copy."""


@dataclass(frozen=True, slots=True)
class _Page:
    entries: list[object]
    next: str | None


def pull(
    address: str,
    inbox: Inbox,
    now: datetime,
    token: str,
    fetcher: Fetcher,
    *,
    pages_max: int = PAGES_MAX,
) -> None:
    """Land what is new in the log at an address.

    Args:
        address: where the log is served, http or https; its own query is sent along.
        inbox: where deliveries land, and where the place of the log is kept.
        now: the time of a broken entry, which has none of its own that can be trusted; aware.
        token: what the log asks for; empty for none.
        fetcher: what asks the address; it knows where it may go.
        pages_max: after how many pages to stop, so that the next run goes on behind them.

    Raises Stop (`log_address`, `log_denied`, `log_not_json` and others of
    `tracker.sentences.pulling`); the pages before it stay landed.

    """
    if read_origin(address) is None:
        raise Stop("log_address", log=shown_log(address))
    _Pull(address, inbox, now, token, fetcher).run(pages_max)


class _Pull:
    """One log being read in one run."""

    def __init__(
        self, address: str, inbox: Inbox, now: datetime, token: str, fetcher: Fetcher
    ) -> None:
        self._address = address
        self._shown = shown_log(address)
        self._name = _position_name(address)
        self._inbox = inbox
        self._now = now
        self._token = token
        self._fetcher = fetcher
        self._limit = PAGE_ROWS

    def run(self, pages_max: int) -> None:
        """Read on from where the log was left; once anew if it does not know that place."""
        cursor = self._inbox.position(self._name) or ""
        try:
            self._read_on(cursor, pages_max)
        except _Gone:
            if not cursor:
                raise self._stop("log_status", status=HTTPStatus.GONE.value) from None
            self._begin_anew(pages_max)

    def _begin_anew(self, pages_max: int) -> None:
        try:
            self._read_on("", pages_max)
        except _Gone:
            raise self._stop("log_status", status=HTTPStatus.GONE.value) from None

    def _read_on(self, cursor: str, pages_max: int) -> None:
        """Land page after page until one is the last, brings nothing, or leads back."""
        until = time.monotonic() + SECONDS_MAX
        known = {cursor}
        for _ in range(pages_max):
            page = self._page(cursor)
            behind = page.next or cursor
            self._inbox.land(self._found(page, cursor), {self._name: behind} if behind else {})
            if not page.entries or behind in known or time.monotonic() > until:
                return
            known.add(behind)
            cursor = behind

    def _page(self, cursor: str) -> _Page:
        """Ask for a page; for a smaller one when it is too large."""
        while True:
            query = {"after": cursor, "limit": str(self._limit)}
            answer = self._fetcher.get(self._address, token=self._token, query=query)
            if isinstance(answer, Answer):
                return self._read(answer)
            if answer != Failed("too_big") or self._limit == 1:
                raise self._stop(f"log_{answer.code}")
            self._limit = max(1, self._limit // 10)

    def _read(self, answer: Answer) -> _Page:
        if answer.status == HTTPStatus.GONE:
            raise _Gone
        if answer.status != HTTPStatus.OK:
            raise self._stop(_STOPS.get(answer.status, "log_status"), status=answer.status)
        page = read_page(answer.body)
        if page is None:
            raise self._stop("log_not_json")
        return page

    def _found(self, page: _Page, cursor: str) -> list[NewDelivery]:
        behind = f" after {cursor[:_SHOWN_CHARACTERS_MAX]}" if cursor else ""
        return [
            _read_entry(entry, f"{self._shown} delivery {number}{behind}", self._now)
            for number, entry in enumerate(page.entries, start=1)
        ]

    def _stop(self, code: str, **values: object) -> Stop:
        return Stop(code, log=self._shown, **values)


def read_page(body: bytes) -> _Page | None:
    """Read `{"deliveries": [...], "next": CURSOR or null}`; None for anything else."""
    try:
        found = json.loads(body.decode(), object_pairs_hook=_Object)
    except (ValueError, RecursionError):
        return None
    entries, behind = (
        (found.get("deliveries"), found.get("next", 0)) if isinstance(found, dict) else (None, 0)
    )
    if not isinstance(entries, list) or not isinstance(behind, str | None):
        return None
    if behind is not None and not (behind.isprintable() and len(behind) <= _CURSOR_CHARACTERS_MAX):
        return None
    return _Page(entries, behind or None)


class _Object(dict[str, object]):
    """A JSON object as it was written: `items` gives a key as often as it stands there."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        self._pairs = pairs

    def items(self) -> Any:  # noqa: ANN401 - pairs that no view of a dict could hold
        return self._pairs


def _read_entry(entry: object, where: str, now: datetime) -> NewDelivery:
    """Read an entry; what is broken is kept as such, like a broken line of a file."""
    found = read_entry(entry, where)
    if isinstance(found, NewDelivery):
        return found
    try:
        raw = json.dumps(entry, ensure_ascii=False).encode("utf-8", "surrogatepass")
    except RecursionError:
        raw = b"(values nested too deep)"
    return keep_broken(raw, len(raw), where, now)


def _position_name(address: str) -> str:
    """Name a log for its position: queries may part two logs, and may hold a secret."""
    query = urlsplit(address).query
    mark = f"?{sha256(query.encode()).hexdigest()[:16]}" if query else ""
    return f"{shown_log(address)}{mark}"

"""What would Google Sheets answer? A stand-in for its API, the version 4, and for its token service.

One `FakeGoogle` is the whole service: spreadsheets, who may open them, service accounts, faults. It
is reached in-process (`tests.google.wiring.intercepted`) or over loopback (`served`).

Learned from: a spreadsheet that is not there 404, not shared 403 [cassettes test_access_non_existing_spreadsheet,
test_access_private_spreadsheet]; a reader may not write: 403 with the same words [doc]; an .xlsx on
Drive, a switched-off API [issues; recorded errors in the tests of r-lib/gargle]; scopes [disc];
answers are compact JSON as with prettyPrint=false [doc, system parameters], so that their sizes are
the least that a client could ask for.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import unquote

from tests.google import batch, errors
from tests.google.auth import TOKEN_URI, Accounts, Token
from tests.google.change import Change
from tests.google.errors import Json, Refused
from tests.google.faults import JSON, Answer, Fault, refused, spoiled
from tests.google.grid import Book, Sheet
from tests.google.routes import Query, Request, is_write

SCOPES = frozenset(
    f"https://www.googleapis.com/auth/{name}" for name in ("spreadsheets", "drive", "drive.file")
)
READING = SCOPES | {"https://www.googleapis.com/auth/spreadsheets.readonly"}
OWNER = "owner@example.com"
"""Whose spreadsheets they are."""

_FIRST_SHEET = {"ru": "Лист1", "de": "Tabellenblatt1", "fr": "Feuille 1"}


@dataclass(frozen=True, slots=True)
class Call:
    """One API call as it came: bytes of the bodies up and down, and the body that was sent."""

    method: str
    path: str
    up: int
    down: int
    status: int
    body: bytes

    @property
    def sent(self) -> Any:
        """The JSON that was sent; None for none."""
        return json.loads(self.body) if self.body else None

    @property
    def is_write(self) -> bool:
        return is_write(self.method, self.path)


@dataclass(slots=True)
class _Late:
    calls: int
    land: Callable[[], object]


@dataclass
class FakeGoogle:
    """The service.

    Attributes:
        faults: what goes wrong at which call; a list, of which each strikes once, or a function
            of the call's number.
        calls: the API calls since `reset_calls`, tokens not counted.
        token_calls: how many tokens were asked for.
        api_enabled: whether the project has the Sheets API switched on.
        latency_seconds: how long the loopback server waits before each answer.
        today: the day by which a date without a year is understood.
    """

    books: dict[str, Book] = field(default_factory=dict)
    accounts: Accounts = field(default_factory=Accounts)
    faults: list[Fault] | Callable[[int], Fault | None] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    token_calls: int = 0
    api_enabled: bool = True
    latency_seconds: float = 0
    token_uri: str = TOKEN_URI
    today: date = field(default_factory=lambda: datetime.now(UTC).date())
    lock: threading.RLock = field(default_factory=threading.RLock)
    _actions: dict[int, list[Callable[[], object]]] = field(default_factory=dict)
    _late: list[_Late] = field(default_factory=list)

    def create(
        self,
        spreadsheet_id: str,
        title: str = "Partners",
        locale: str = "en_US",
        zone: str = "Europe/Moscow",
        share: Mapping[str, str] | None = None,
    ) -> Book:
        """Make a spreadsheet as `sheets.new` does, shared with these e-mails (writer, reader)."""
        book = Book(spreadsheet_id, title, locale, zone, {OWNER: "owner"} | dict(share or {}))
        book.sheets.append(Sheet.blank(0, _FIRST_SHEET.get(locale[:2], "Sheet1")))
        self.books[spreadsheet_id] = book
        return book

    def upload_office_file(self, spreadsheet_id: str, share: Mapping[str, str]) -> None:
        """Put an .xlsx on Drive that Sheets only shows."""
        self.create(spreadsheet_id, share=share).office_file = True

    def reset_calls(self) -> None:
        """Count calls from 1 again. Faults, actions and late writes that still wait stay."""
        self.calls.clear()
        self.token_calls = 0

    def settle(self) -> None:
        """Let every write that is still on its way land now."""
        with self.lock:
            waiting, self._late = self._late, []
            for late in waiting:
                late.land()

    def before(self, ordinal: int, action: Callable[[], object]) -> None:
        """Let somebody act right before the call of this number is handled."""
        self._actions.setdefault(ordinal, []).append(action)

    def apply(self, spreadsheet_id: str, requests: list[Json], who: str) -> list[Json]:
        """Do what a batchUpdate of this person would do, without a call. Raises Refused."""
        with self.lock:
            draft = Change(self.books[spreadsheet_id].copy(), who, self.today)
            replies = batch.run(draft, requests)
            self.books[spreadsheet_id] = draft.book
            return replies

    def token(self, body: bytes) -> Answer:
        """Answer a request for an access token."""
        with self.lock:
            self.token_calls += 1
            status, told = self.accounts.grant(body)
            return Answer(status, dict(JSON), json.dumps(told).encode())

    def handle(
        self, method: str, path: str, query: Query, headers: Mapping[str, str], body: bytes
    ) -> Answer:
        """Answer one call of the API, or tell in `trouble` how the line breaks."""
        with self.lock:
            ordinal = len(self.calls) + 1
            for action in self._actions.pop(ordinal, ()):
                action()
            request = Request(method, unquote(path), query, headers, body)
            answer = self._answer(request, self._fault(ordinal))
            down = len(answer.body) if answer.trouble not in {"timeout", "reset"} else 0
            call = Call(method, request.path, len(body), down, answer.status, body)
            self.calls.append(call)
            return answer

    def _fault(self, ordinal: int) -> Fault | None:
        if callable(self.faults):
            return self.faults(ordinal)
        found = next((fault for fault in self.faults if fault.at == ordinal), None)
        self.faults = [fault for fault in self.faults if fault is not found]
        return found

    def _answer(self, request: Request, fault: Fault | None) -> Answer:
        waiting, self._late = self._late, []
        if fault is None:
            answer = self._perform(request, keep=True)
        elif fault.kind == "http429":
            answer = spoiled(fault, Answer(200, {}, b""), write=request.is_write)
        else:
            told = self._perform(request, keep=fault.applied)
            answer = spoiled(fault, told, write=request.is_write)
            if fault.late and not fault.applied and request.is_write:
                self._late = [_Late(fault.late, lambda: self._perform(request, keep=True))]
        for late in waiting:
            late.calls -= 1
            if late.calls <= 0:
                late.land()
            else:
                self._late.append(late)
        return answer

    def _perform(self, request: Request, *, keep: bool) -> Answer:
        """Do what is asked on a draft, and keep the draft only when `keep` and nothing refused."""
        try:
            who = self._asker(request)
            change = self._draft(request, who)
            told = request.perform(change)
        except Refused as refusal:
            return refused(refusal)
        except errors.Unsupported as missing:
            return Answer(501, {"Content-Type": "text/plain"}, f"fake: {missing}".encode())
        if keep and request.is_write:
            self.books[change.book.spreadsheet_id] = change.book
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        return Answer(200, dict(JSON), text.encode())

    def _asker(self, request: Request) -> Token:
        named = {key.lower(): one for key, one in request.headers.items()}
        token = self.accounts.bearer(named.get("authorization", ""))
        if token is None:
            raise errors.unauthenticated()
        if not self.api_enabled:
            raise errors.service_disabled()
        if not token.scopes & (SCOPES if request.is_write else READING):
            raise errors.narrow_scope()
        return token

    def _draft(self, request: Request, token: Token) -> Change:
        book = self.books.get(request.spreadsheet_id)
        if book is None:
            raise errors.not_found()
        may = book.share.get(token.email)
        if may is None or (request.is_write and may == "reader"):
            raise errors.forbidden()
        if book.office_file:
            raise errors.office_file()
        return Change(book.copy() if request.is_write else book, token.email, self.today)

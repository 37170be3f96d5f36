"""How does one call to Google end? Answered, refused, or nobody knows.

gspread's plain HTTPClient carries the calls; everything about waiting, sending again and what an
error means stands here. A read may be repeated; a write is sent again only after 429, which
Google says before it does anything.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tracker.problems import Stop
from tracker.stores import Traffic
from tracker.stores.google_sheets.keys import Account

if TYPE_CHECKING:
    from google.auth.exceptions import RefreshError
    from requests import PreparedRequest, Response

BASE = "https://sheets.googleapis.com/v4/spreadsheets"
TIMEOUT = (10.0, 190.0)
"""Seconds to connect and to wait; Google itself gives a call up after 180."""

QUOTA_SECONDS_MAX = 600.0
READ_TRIES_MAX = 5
WAIT_SECONDS_MAX = 64.0

OK = 200
TOO_MANY = 429
REFUSALS = frozenset({400, 401, 403, 404, 409})


@dataclass(frozen=True, slots=True)
class Refused:
    """Google understood and said no; nothing was applied."""

    code: int
    status: str
    message: str
    reason: str = ""


class Lost:
    """No answer that can be understood: a write may have been applied, or may be applied yet."""

    def __init__(self, why: str) -> None:
        self.why = why


Json = dict[str, Any]
Answer = Json | Refused | Lost


class Wire:
    """Calls about one spreadsheet, counted.

    `pause` waits for seconds; tests give one that does not.
    """

    def __init__(
        self, account: Account, sheet_id: str, *, pause: Callable[[float], None] = time.sleep
    ) -> None:
        from gspread import HTTPClient

        self.account = account
        self.traffic = Traffic()
        self._base = f"{BASE}/{sheet_id}"
        self._client = HTTPClient(account.credentials)
        # Else a line of ~/.netrc would take the place of our token.
        self._client.session.auth = _as_it_is
        # Google redirects no call of ours; what a proxy would send us to is no answer of Google's.
        self._client.session.max_redirects = 0
        self._pause = pause

    def read(
        self, path: str = "", *, fields: str = "", ranges: tuple[str, ...] = (),
        body: Mapping[str, Any] | None = None,
    ) -> Json | Refused:  # fmt: skip
        """Ask for something, again where no answer came. Raises Stop `google_unreachable`."""
        params: dict[str, Any] = {"fields": fields} if fields else {}
        if ranges:
            params["ranges"] = list(ranges)
        why = ""
        for attempt in range(READ_TRIES_MAX):
            if attempt:
                self._pause(2.0 ** (attempt - 1))
            answer = self._patient(path, params, body)
            if not isinstance(answer, Lost):
                return answer
            why = answer.why
        raise Stop("google_unreachable", why=why)

    def write(self, body: Mapping[str, Any], fields: str) -> Answer:
        """Send one batch, once; the same bytes again only while Google says it is too much.

        `fields` must ask for spreadsheetId: by it an answer is known to be Google's.
        """
        answer = self._patient(":batchUpdate", {"fields": fields}, body)
        if isinstance(answer, dict) and "spreadsheetId" not in answer:
            return Lost("an answer without spreadsheetId")
        return answer

    def _patient(self, path: str, params: dict[str, Any], body: Mapping[str, Any] | None) -> Answer:
        """Call; wait and send the same again after 429, for ten minutes at most."""
        sent = None if body is None else json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        data = None if sent is None else sent.encode("utf-8")
        waited, step = 0.0, 1.0
        while True:
            answer, asked = self._call(path, params, data)
            if not (isinstance(answer, Refused) and answer.code == TOO_MANY):
                return answer
            # Never less than our own step: asked to wait for nothing, we would ask for ever.
            wait = max(asked or 0.0, step + random.uniform(0, step / 4))  # noqa: S311
            if waited + wait > QUOTA_SECONDS_MAX:
                raise Stop("google_quota")
            self._pause(wait)
            waited, step = waited + wait, min(step * 2, WAIT_SECONDS_MAX)

    def _call(
        self, path: str, params: dict[str, Any], data: bytes | None
    ) -> tuple[Answer, float | None]:
        """Make one call; with it the seconds that Google asks to wait, if it does."""
        from google.auth.exceptions import RefreshError, TransportError
        from gspread.exceptions import APIError
        from requests.exceptions import RequestException

        self.traffic.calls += 1
        self.traffic.up += len(data or b"")
        self._client.set_timeout(TIMEOUT)
        try:
            response = self._client.request(
                "get" if data is None else "post",
                self._base + path,
                params=params,
                data=data,
                headers={"Content-Type": "application/json"} if data is not None else None,
            )
        except APIError as error:
            response = error.response
        except RefreshError as error:
            # Raised while asking for a token: the call itself was not made, or was refused.
            raise _key_stop(error, self.account.email) from None
        except TransportError:
            raise Stop("google_unreachable", why="oauth2.googleapis.com") from None
        except RequestException as error:
            return Lost(type(error).__name__), None
        except (KeyError, TypeError):
            # gspread, or google-auth, met an answer of another shape than Google's.
            return Lost("an answer that is not Google's"), None
        self.traffic.down += len(response.content)
        return _understood(response), _asked_wait(response)


def _as_it_is(request: PreparedRequest) -> PreparedRequest:
    return request


def _understood(response: Response) -> Answer:
    code = response.status_code
    try:
        said = json.loads(response.content)
    except ValueError:
        return _too_many(code) or Lost(f"HTTP {code}")
    if not isinstance(said, dict):
        return Lost(f"HTTP {code}")
    if code == OK:
        return said
    error = said.get("error")
    if code == TOO_MANY or (code in REFUSALS and isinstance(error, dict)):
        return _refused(code, error if isinstance(error, dict) else {})
    return Lost(f"HTTP {code}")


def _too_many(code: int) -> Refused | None:
    return Refused(code, "", "") if code == TOO_MANY else None


def _refused(code: int, error: Mapping[str, Any]) -> Refused:
    details = error.get("details")
    reasons = [d.get("reason", "") for d in details or () if isinstance(d, dict)]
    return Refused(
        code=code,
        status=str(error.get("status", "")),
        message=str(error.get("message", "")),
        reason=next(filter(None, reasons), ""),
    )


def _asked_wait(response: Response) -> float | None:
    """Seconds of a Retry-After; Google's other form, a date, is left to our own steps."""
    said = response.headers.get("Retry-After", "")
    return min(float(said), QUOTA_SECONDS_MAX) if said.isascii() and said.isdigit() else None


def _key_stop(error: RefreshError, email: str) -> Stop:
    said = next((one for one in error.args if isinstance(one, dict)), {})
    if error.retryable or not said.get("error"):
        return Stop("google_unreachable", why="oauth2.googleapis.com")
    # Google answers so when the machine's clock is minutes away from the true time.
    if "short-lived token" in str(said.get("error_description")):
        return Stop("google_clock")
    return Stop("google_key_revoked", email=email)

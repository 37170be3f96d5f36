"""What if Google gives no token? The run stops and says why, and tells nothing of the key."""

from __future__ import annotations

import base64
import json
import traceback
from pathlib import Path
from typing import Any

import pytest
import requests
import responses

from tests.stores.google_account import EMAIL, TOKEN_URI, key_file, private_key
from tracker.problems import Stop
from tracker.stores.google_sheets.keys import load_account
from tracker.stores.google_sheets.wire import Lost, Refused, Wire

READ = "https://sheets.googleapis.com/v4/spreadsheets/1AbCdEfGhIjKl"
Json = dict[str, Any]


@pytest.fixture
def wire(tmp_path: Path) -> Wire:
    return Wire(load_account(key_file(tmp_path)), "1AbCdEfGhIjKl")


def test_the_token_is_asked_for_the_sheets_alone(wire: Wire) -> None:
    with responses.RequestsMock() as net:
        net.post(TOKEN_URI, json={"access_token": "t", "expires_in": 3599})
        net.get(READ, json={})
        wire.read()
        asked = net.calls[0].request.body
    assertion = str(asked).split("assertion=")[1].split("&")[0]
    claims = assertion.split(".")[1]
    said = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    assert said["scope"] == "https://www.googleapis.com/auth/spreadsheets"
    assert said["iss"] == EMAIL


SHORT_LIVED = (
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable "
    "timeframe. Check your iat and exp values in the JWT claim."
)
TOKENS: dict[str, tuple[Json, str]] = {
    "a deleted key": (
        {"status": 400, "json": {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}},
        "google_key_revoked",
    ),
    "a deleted account": (
        {"status": 400, "json": {"error": "invalid_grant", "error_description": "Invalid grant: account not found"}},
        "google_key_revoked",
    ),
    "a disabled account": (
        {"status": 401, "json": {"error": "disabled_client", "error_description": "The OAuth client was disabled."}},
        "google_key_revoked",
    ),
    "a wrong clock": (
        {"status": 400, "json": {"error": "invalid_grant", "error_description": SHORT_LIVED}},
        "google_clock",
    ),
    "a page": ({"status": 502, "body": "<p>Not found immediately, appropriate"}, "google_unreachable"),
    "no network": ({"body": requests.exceptions.ConnectionError("no route")}, "google_unreachable"),
}  # fmt: skip


def write(wire: Wire) -> Json | Refused | Lost:
    return wire.write({"requests": []}, "spreadsheetId")


def stopped(wire: Wire, answer: Json) -> Stop:
    """Write while the token service answers so; nothing but it may be called."""
    with responses.RequestsMock() as net:
        net.post(TOKEN_URI, **answer)
        with pytest.raises(Stop) as stop:
            write(wire)
    return stop.value


@pytest.mark.parametrize(("answer", "code"), TOKENS.values(), ids=TOKENS)
def test_a_refused_token_stops_the_run_and_says_why(wire: Wire, answer: Json, code: str) -> None:
    stop = stopped(wire, answer)
    assert stop.code == code
    assert dict(stop.params).get("email", EMAIL) == EMAIL


def test_a_page_in_place_of_a_token_loses_nothing(wire: Wire) -> None:
    with responses.RequestsMock() as net:
        net.post(TOKEN_URI, body="<title>Log in to the Wi-Fi</title>")
        assert isinstance(write(wire), Lost)


@pytest.mark.parametrize(("answer", "code"), TOKENS.values(), ids=TOKENS)
def test_neither_key_nor_token_stand_in_a_traceback(wire: Wire, answer: Json, code: str) -> None:
    inside = private_key().splitlines()[5]
    stop = stopped(wire, answer)
    text = "".join(traceback.format_exception(stop)) + repr(wire) + repr(wire.account)
    assert code in text
    assert inside not in text
    assert "assertion" not in text
    assert "During handling" not in text

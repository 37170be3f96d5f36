"""How does one call to Google end? Over the real gspread and google-auth, without a network."""

from __future__ import annotations

import socket
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import responses

from tests.stores.google_account import TOKEN_URI, key_file
from tracker.problems import Stop
from tracker.stores.google_sheets.keys import load_account
from tracker.stores.google_sheets.wire import Lost, Refused, Wire

SHEET = "1AbCdEfGhIjKl"
READ = f"https://sheets.googleapis.com/v4/spreadsheets/{SHEET}"
WRITE = f"{READ}:batchUpdate"
DONE = {"spreadsheetId": SHEET}
BODY = {"requests": [{"updateCells": {"fields": "userEnteredValue"}}], "name": "Ёлка"}
SENT = '{"requests":[{"updateCells":{"fields":"userEnteredValue"}}],"name":"Ёлка"}'.encode()
TOKEN = "ya29.the-token-of-tests"
Json = dict[str, Any]


@pytest.fixture
def net() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.post(TOKEN_URI, json={"access_token": TOKEN, "expires_in": 3599})
        yield mock


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def wire(tmp_path: Path, pauses: list[float]) -> Wire:
    return Wire(load_account(key_file(tmp_path)), SHEET, pause=pauses.append)


def calls(net: responses.RequestsMock, start: str = READ) -> list[responses.Call]:
    return [call for call in net.calls if str(call.request.url).startswith(start)]


def error(code: int, message: str = "", status: str = "", **more: Any) -> Json:
    said = {"code": code, "message": message, "status": status} | more
    return {"status": code, "json": {"error": said}}


def write(wire: Wire) -> Json | Refused | Lost:
    return wire.write(BODY, "spreadsheetId")


# -- What goes out


def test_a_read_asks_with_its_mask_and_its_ranges(wire: Wire, net: responses.RequestsMock) -> None:
    net.get(READ, json=DONE)
    assert wire.read(fields="properties(title)", ranges=("'A'!1:1", "'B'!A2")) == DONE
    url = str(calls(net)[0].request.url)
    assert url == f"{READ}?fields=properties%28title%29&ranges=%27A%27%211%3A1&ranges=%27B%27%21A2"


def test_a_write_sends_plain_bytes_of_utf_8(wire: Wire, net: responses.RequestsMock) -> None:
    net.post(WRITE, json=DONE)
    assert write(wire) == DONE
    (sent,) = calls(net)
    assert sent.request.body == SENT
    assert sent.request.headers["Content-Type"] == "application/json"
    assert sent.request.headers["Authorization"] == f"Bearer {TOKEN}"


def test_nothing_but_a_token_is_asked_for_beside_the_call(
    wire: Wire, net: responses.RequestsMock
) -> None:
    net.get(READ, json=DONE)
    wire.read()
    wire.read()
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(5)
    assert [call.request.url for call in net.calls] == [TOKEN_URI, READ, READ]


def test_every_call_has_a_time_out(wire: Wire, net: responses.RequestsMock) -> None:
    net.get(READ, json=DONE)
    net.post(WRITE, json=DONE)
    wire.read()
    write(wire)
    timeouts = [vars(call.request)["req_kwargs"]["timeout"] for call in net.calls]
    assert timeouts == [(10.0, 190.0)] * 3


def test_calls_and_bytes_are_counted(wire: Wire, net: responses.RequestsMock) -> None:
    net.get(READ, body=b'{"a":"\xd1\x8f"}')
    net.post(WRITE, body=b'{"spreadsheetId":"1"}')
    wire.read()
    write(wire)
    assert (wire.traffic.calls, wire.traffic.up, wire.traffic.down) == (2, len(SENT), 10 + 21)


# -- Too many requests


def test_too_many_requests_send_the_same_bytes_again_after_a_wait(
    wire: Wire, net: responses.RequestsMock, pauses: list[float]
) -> None:
    for _ in range(3):
        net.post(WRITE, **error(429, "Quota exceeded for quota metric 'Write requests'"))
    net.post(WRITE, json=DONE)
    assert write(wire) == DONE
    assert [call.request.body for call in calls(net)] == [SENT] * 4
    assert [1 <= pauses[0] <= 1.25, 2 <= pauses[1] <= 2.5, 4 <= pauses[2] <= 5] == [True] * 3


def test_google_may_ask_for_a_longer_wait(
    wire: Wire, net: responses.RequestsMock, pauses: list[float]
) -> None:
    net.post(WRITE, headers={"Retry-After": "37"}, **error(429))
    net.post(WRITE, json=DONE)
    assert write(wire) == DONE
    assert pauses == [37.0]


@pytest.mark.parametrize("asked", [None, "0", "7", "900", "Fri, 31 Dec 1999 23:59:59 GMT"])
@pytest.mark.parametrize("answer", [error(429), {"status": 429, "body": "<html>Sorry"}])
def test_too_many_requests_are_waited_for_ten_minutes_at_most(
    wire: Wire, net: responses.RequestsMock, pauses: list[float], asked: str | None, answer: Json
) -> None:
    net.post(WRITE, headers={"Retry-After": asked} if asked else {}, **answer)
    with pytest.raises(Stop) as stop:
        write(wire)
    assert stop.value.code == "google_quota"
    assert 450 < sum(pauses) <= 600
    assert {call.request.body for call in calls(net)} == {SENT}
    assert len(calls(net)) == len(pauses) + 1


# -- Answers that tell nothing


HTML = "<!DOCTYPE html><title>Error 502 (Server Error)!!1</title>"
UNCLEAR: dict[str, Json] = {
    "500": error(500, "Internal error encountered.", "INTERNAL"),
    "503": error(503, "The service is currently unavailable.", "UNAVAILABLE"),
    "502 in HTML": {"status": 502, "body": HTML},
    "200 in HTML": {"status": 200, "body": HTML},
    "400 in HTML": {"status": 400, "body": HTML},
    "403 of a proxy": {"status": 403, "json": {"message": "blocked"}},
    "an error that is a text": {"status": 502, "json": {"error": "bad gateway"}},
    "an error without a code": {"status": 503, "json": {"error": {"message": "later"}}},
    "a list": {"status": 200, "json": [1, 2]},
    "nothing": {"status": 200, "body": b""},
    "half an answer": {"status": 200, "body": b'{"spreadsheetId": "1Ab'},
    "a JSON of somebody else's": {"status": 500, "json": {"login": "please"}},
    "a redirect": {"status": 307, "headers": {"Location": f"{READ}:elsewhere"}},
    "a redirect to nowhere": {"status": 302, "json": {"spreadsheetId": "1"}},
    "a time-out": {"body": requests.exceptions.ReadTimeout("Read timed out.")},
    "a reset": {"body": requests.exceptions.ConnectionError("Connection reset by peer")},
    "broken off": {"body": requests.exceptions.ChunkedEncodingError("IncompleteRead")},
    "a proxy that is down": {"body": requests.exceptions.ProxyError("Cannot connect to proxy")},
}


@pytest.mark.parametrize("answer", UNCLEAR.values(), ids=UNCLEAR)
def test_a_write_without_a_clear_answer_is_lost_and_was_sent_once(
    wire: Wire, net: responses.RequestsMock, pauses: list[float], answer: Json
) -> None:
    net.post(WRITE, **answer)
    net.post(f"{READ}:elsewhere", json=DONE)
    assert isinstance(write(wire), Lost)
    assert [call.request.url for call in calls(net)] == [f"{WRITE}?fields=spreadsheetId"]
    assert pauses == []


def test_an_answer_to_a_write_that_names_no_spreadsheet_is_not_google_s(
    wire: Wire, net: responses.RequestsMock
) -> None:
    net.post(WRITE, json={"status": "please log in to the Wi-Fi"})
    assert isinstance(write(wire), Lost)


@pytest.mark.parametrize("answer", UNCLEAR.values(), ids=UNCLEAR)
def test_a_read_without_a_clear_answer_is_tried_five_times(
    wire: Wire, net: responses.RequestsMock, pauses: list[float], answer: Json
) -> None:
    net.get(READ, **answer)
    with pytest.raises(Stop) as stop:
        wire.read()
    assert stop.value.code == "google_unreachable"
    assert len(calls(net)) == 5
    assert pauses == [1.0, 2.0, 4.0, 8.0]


def test_a_read_is_answered_as_soon_as_google_is_well_again(
    wire: Wire, net: responses.RequestsMock, pauses: list[float]
) -> None:
    net.get(READ, **UNCLEAR["503"])
    net.get(READ, **UNCLEAR["a time-out"])
    net.get(READ, json=DONE)
    assert wire.read() == DONE
    assert pauses == [1.0, 2.0]


def half_answers(port: socket.socket, seen: list[bytes]) -> None:
    """Take each call, promise a long answer and hang up in its middle."""
    while True:
        try:
            line, _ = port.accept()
        except OSError:
            return
        with line:
            seen.append(line.recv(65536))
            line.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"spreadsheetId":')


def test_an_answer_cut_off_on_its_way_is_lost(
    wire: Wire, net: responses.RequestsMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as port:
        thread = threading.Thread(target=half_answers, args=(port, seen))
        thread.start()
        address = f"http://127.0.0.1:{port.getsockname()[1]}/v4"
        net.add_passthru(address)
        monkeypatch.setattr(wire, "_base", address)
        lost = write(wire)
        port.shutdown(socket.SHUT_RDWR)
        thread.join()
    assert isinstance(lost, Lost)
    assert [one.split(b" ")[0] for one in seen] == [b"POST"]


# -- Refusals


@pytest.mark.parametrize("code", [400, 401, 403, 404])
def test_a_refusal_is_told_with_google_s_words(
    wire: Wire, net: responses.RequestsMock, code: int
) -> None:
    details = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "SERVICE_DISABLED"}]
    net.post(WRITE, **error(code, "The caller may not", "DENIED", details=details))
    said = write(wire)
    assert said == Refused(code, "DENIED", "The caller may not", "SERVICE_DISABLED")


def test_a_token_that_google_forgot_is_made_anew_and_the_call_sent_again(
    wire: Wire, net: responses.RequestsMock
) -> None:
    net.post(WRITE, **error(401, "Request had invalid authentication credentials."))
    net.post(WRITE, json=DONE)
    assert write(wire) == DONE
    assert [call.request.body for call in calls(net)] == [SENT, SENT]
    assert len(calls(net, TOKEN_URI)) == 2


def test_a_call_refused_for_its_token_thrice_is_refused(
    wire: Wire, net: responses.RequestsMock
) -> None:
    net.post(WRITE, **error(401, "Request had invalid authentication credentials."))
    said = write(wire)
    assert isinstance(said, Refused)
    assert said.code == 401
    assert len(calls(net)) == 3


def test_a_lost_call_does_not_tell_the_token(
    wire: Wire, net: responses.RequestsMock, capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    def fail(request: requests.PreparedRequest) -> Any:
        raise requests.exceptions.ReadTimeout(dict(request.headers), request=request)

    caplog.set_level("DEBUG")
    net.add_callback(responses.GET, READ, callback=fail)
    with pytest.raises(Stop) as stop:
        wire.read()
    text = "".join(traceback.format_exception(stop.value)) + caplog.text + capfd.readouterr().err
    assert "ReadTimeout" in text
    assert TOKEN not in text

"""Does the watchman outside hear of every run, and nobody else of his address?"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import responses

from tracker.heartbeat import failure_address, ping
from tracker.sentences import LANGUAGES, STOPS, say

SECRET = "5up3r-5ecret-id"


class Watchman(BaseHTTPRequestHandler):
    """Answers each path with the status that its server was given for it, else 200."""

    server: Heard

    def do_GET(self) -> None:
        self.server.paths.append(self.path)
        statuses = self.server.statuses
        self.send_response(statuses.pop(0) if statuses else 200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"OK")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Heard(ThreadingHTTPServer):
    """A service on loopback, and what it heard."""

    def __init__(self, *statuses: int) -> None:
        super().__init__(("127.0.0.1", 0), Watchman)
        self.statuses, self.paths = list(statuses), list[str]()
        self.url = f"http://127.0.0.1:{self.server_address[1]}/ping/{SECRET}"


@contextmanager
def service(*statuses: int) -> Iterator[Heard]:
    with Heard(*statuses) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def test_a_good_run_asks_for_the_address_itself_and_a_bad_one_for_its_failure() -> None:
    with service() as heard:
        said = [ping(heard.url + "?rid=7", good=good, private_ok=True) for good in (True, False)]

    assert said == ["", ""]
    assert heard.paths == [f"/ping/{SECRET}?rid=7", f"/ping/{SECRET}/fail?rid=7"]


@pytest.mark.parametrize("status", [201, 204])
def test_any_answer_of_success_is_good(status: int) -> None:
    with service(status) as heard:
        assert ping(heard.url, good=True, private_ok=True) == ""


def test_a_service_that_stumbles_once_is_asked_once_more() -> None:
    with service(503) as heard:
        assert ping(heard.url, good=True, private_ok=True) == ""

    assert len(heard.paths) == 2


@pytest.mark.parametrize(("statuses", "asked"), [([404], 1), ([503, 503, 503], 2)])
def test_an_answer_of_failure_is_said(statuses: list[int], asked: int) -> None:
    with service(*statuses) as heard:
        assert ping(heard.url, good=True, private_ok=True) == "heartbeat_refused"

    assert len(heard.paths) == asked


def test_one_s_own_network_is_refused_unless_it_is_allowed() -> None:
    with service() as heard:
        assert ping(heard.url, good=True, private_ok=False) == "heartbeat_private"

    assert heard.paths == []


@responses.activate
def test_a_redirect_to_another_host_is_not_followed() -> None:
    elsewhere = {"Location": "https://example.org/"}
    responses.get("https://hc.example.com/id", status=302, headers=elsewhere)

    assert ping("https://hc.example.com/id", good=True, private_ok=False) == "heartbeat_failed"
    assert len(responses.calls) == 1


@responses.activate
def test_a_page_that_never_ends_is_an_answer_all_the_same() -> None:
    responses.get("https://hc.example.com/id", body=b"x" * 100_000)

    assert ping("https://hc.example.com/id", good=True, private_ok=False) == ""


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "heartbeat_address"),
        ("hc.example.com/id", "heartbeat_address"),
        ("file:///etc/passwd", "heartbeat_address"),
        (f"https://user:{SECRET}@hc.example.com/", "heartbeat_address"),
        ("https://[::1", "heartbeat_address"),
        ("https://hc.example.com:99999/", "heartbeat_address"),
        (f"http://no-such-host.invalid/{SECRET}", "heartbeat_failed"),
        (f"http://127.0.0.1:1/{SECRET}", "heartbeat_failed"),
    ],
)
@pytest.mark.parametrize("good", [True, False])
def test_nothing_is_raised_or_shown_whatever_the_address(
    url: str, code: str, good: bool, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture  # noqa: FBT001
) -> None:  # fmt: skip
    assert ping(url, good=good, private_ok=True) == code

    assert SECRET not in caplog.text + "".join(capfd.readouterr())


@pytest.mark.parametrize(
    ("url", "failure"),
    [
        ("https://hc.example.com/id", "https://hc.example.com/id/fail"),
        ("https://hc.example.com/id/", "https://hc.example.com/id/fail"),
        ("https://hc.example.com/id?rid=1&x=/", "https://hc.example.com/id/fail?rid=1&x=/"),
        ("https://hc.example.com", "https://hc.example.com/fail"),
    ],
)
def test_the_address_of_a_failure_has_a_longer_path(url: str, failure: str) -> None:
    assert failure_address(url) == failure


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_is_a_sentence_that_names_the_variable(language: str) -> None:
    for code in ("failed", "refused", "address", "plain", "private"):
        assert "TRACKER_HEARTBEAT_URL" in say(STOPS, f"heartbeat_{code}", (), language)

"""How does the program reach the fake instead of Google? In-process, or over loopback.

Both ways leave the program as it is: it builds its real gspread client, its real credentials from a
key file, and calls https://sheets.googleapis.com. In-process `responses` answers in place of the
network; over loopback the one place where requests hands a call to the network is told another
address.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
import responses
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.google.auth import TOKEN_URI
from tests.google.fake import FakeGoogle
from tests.google.faults import Answer
from tests.google.loopback import serve
from tests.google.redirecting import SHEETS, redirected

ROBOT = "tracker-robot@shop-project.iam.gserviceaccount.com"
ROOT = Path(__file__).parent.parent.parent


@cache
def _key() -> rsa.RSAPrivateKey:
    """Make the key of this test process.

    It has half the bits of a real one: whoever reads a key sees whether its factors are primes, for
    every store that is opened, and 2048 bits cost eight times as much (a tenth of a second). Keys
    of full length are read in tests/stores/test_google_keys.py.
    """
    return rsa.generate_private_key(public_exponent=65537, key_size=1024)


def key_file(folder: Path, google: FakeGoogle, mode: int = 0o600) -> Path:
    """Write a service account's key as the Cloud console gives it, and make Google know it."""
    google.accounts.keys[ROBOT] = _key().public_key()
    pem = _key().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = folder / "robot.json"
    path.write_text(
        json.dumps(
            {
                "type": "service_account",
                "project_id": "shop-project",
                "private_key_id": "1",
                "private_key": pem.decode(),
                "client_email": ROBOT,
                "client_id": "1",
                "auth_uri": "https://accounts.google.com/o/oauth2/auth",
                "token_uri": google.token_uri,
            }
        ),
        "utf-8",
    )
    path.chmod(mode)
    return path


@contextmanager
def intercepted(google: FakeGoogle) -> Iterator[FakeGoogle]:
    """Answer calls of Google by the fake, in this process, without a socket."""

    def api(request: Any) -> Any:
        url = urlsplit(request.url)
        body = request.body or b""
        raw = body if isinstance(body, bytes) else body.encode()
        query = parse_qs(url.query, keep_blank_values=True)
        answer = google.handle(request.method, url.path, query, request.headers, raw)
        return _arrived(answer)

    def token(request: Any) -> Any:
        body = request.body or b""
        return _arrived(google.token(body if isinstance(body, bytes) else body.encode()))

    with responses.RequestsMock(assert_all_requests_are_fired=False) as network:
        for method in (responses.GET, responses.POST, responses.PUT):
            network.add_callback(
                method, re.compile(re.escape(SHEETS) + "/.*"), api, content_type=None
            )
        network.add_callback(responses.POST, TOKEN_URI, token, content_type=None)
        yield google


def _arrived(answer: Answer) -> Any:
    """Turn an answer into what `responses` returns; an exception is raised by it."""
    if answer.trouble == "timeout":
        return requests.exceptions.ReadTimeout("Read timed out.")
    if answer.trouble == "reset":
        return requests.exceptions.ConnectionError("Connection reset by peer")
    half = len(answer.body) // 2
    body = answer.body[:half] if answer.trouble == "truncated" else answer.body
    return answer.status, answer.headers, body


@contextmanager
def served(google: FakeGoogle) -> Iterator[str]:
    """Serve the fake on loopback and lead this process's requests there; give its address."""
    with serve(google) as base_url:
        old_uri, google.token_uri = google.token_uri, f"{base_url}/token"
        try:
            with redirected(base_url):
                yield base_url
        finally:
            google.token_uri = old_uri


def redirecting_command(base_url: str, argv: Sequence[str]) -> list[str]:
    """Give the command line that runs `python -m tracker argv` as a process, led to the fake."""
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from tests.google.redirecting import redirected\n"
        "from tracker.cli import run\n"
        "with redirected(sys.argv[1]):\n"
        "    code = run(sys.argv[2:])\n"
        "sys.exit(code)"
    )
    return [sys.executable, "-c", code, base_url, *argv]

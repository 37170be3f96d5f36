"""Does docs/openapi.json say what the receiver does? Thousands of requests are made up from it."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Route

from tests.receiver.wire import URL_SECRET, serving
from tracker.deliveries import NewDelivery
from tracker.hooks import Secrets, refused
from tracker.inbox import Inbox
from tracker.receiver.app import Asker, make_app
from tracker.receiver.limits import Limits
from tracker.receiver.log_route import LogRoute
from tracker.receiver.writer import Writer
from tracker.sentences.receiver import HOOK_ANSWERS

DOCUMENT = Path(__file__).parents[2] / "docs" / "openapi.json"
KEY = "the-key-of-the-log-in-tests"
NOW = datetime(2026, 10, 8, 6, 0, tzinfo=UTC)

# Any cursor of the right form may be one of another inbox (410), and any JSON may hold a number
# that no shop means (400): neither can be said in a schema.
CONFIGURATION = f"""
warnings = false
[checks]
positive_data_acceptance.expected-statuses = ["2xx", "400", "401", "410"]
[[operations]]
include-operation-id = "receiveSigned"
parameters = {{ "path.source" = "woocommerce" }}
[[operations]]
include-operation-id = "receiveWithSecret"
parameters = {{ "path.source" = "zapier", "path.secret" = "{URL_SECRET}" }}
"""


def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DOCUMENT.read_text("utf-8"))
    return found


def test_requests_made_up_from_the_document_are_answered_as_it_says(tmp_path: Path) -> None:
    (tmp_path / "schemathesis.toml").write_text(CONFIGURATION, "utf-8")
    inbox = tmp_path / "inbox.sqlite3"
    with Inbox(inbox) as kept, serving(inbox, api_key=KEY) as receiver:
        kept.land(
            NewDelivery(source="zapier", delivery_id=f"d{n}", received_at=NOW, body="{}")
            for n in range(3)
        )
        options = f"--url {receiver.address} --checks all --seed 4 --max-examples 10"
        phases = "--phases examples,coverage,fuzzing --request-timeout 30"
        said = subprocess.run(
            [sys.executable, "-m", "schemathesis.cli", "run", str(DOCUMENT),
             "-H", f"Authorization: Bearer {KEY}", *options.split(), *phases.split()],
            cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        answered = kept.last_seq

    assert said.returncode == 0, said.stdout + said.stderr
    assert "5 selected / 5 total" in said.stdout
    assert answered > 3  # some of it was kept


def test_the_document_names_exactly_the_routes_of_the_app(tmp_path: Path) -> None:
    path = tmp_path / "inbox.sqlite3"
    asker = Asker(Secrets.of({}), Writer(path, lambda: NOW), Limits(1, lambda: 0.0), lambda: NOW)
    others = make_app(asker, LogRoute(path, KEY))._others
    assert isinstance(others, Starlette)
    routed = {one.path: one.methods or set() for one in others.routes if isinstance(one, Route)}
    named = {path: list(operations)[-1:] for path, operations in document()["paths"].items()}

    assert len(routed) == len(others.routes)
    assert set(routed) == {"/log", "/healthz", "/readyz"}
    assert set(map(frozenset, routed.values())) == {frozenset({"GET", "HEAD"})}
    assert named == {
        "/hooks/{source}": ["post"],
        "/hooks/{source}/{secret}": ["post"],
        "/log": ["get"],
        "/healthz": ["get"],
        "/readyz": ["get"],
    }


def test_every_refusal_of_a_hook_has_its_status_in_the_document() -> None:
    paths = document()["paths"]
    statuses = {str(refused(code).status) for code in HOOK_ANSWERS}

    for path in ("/hooks/{source}", "/hooks/{source}/{secret}"):
        assert statuses <= set(paths[path]["post"]["responses"])
    assert statuses == {"400", "401", "404", "413", "415"}

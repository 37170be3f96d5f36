"""What is a sender told, and what does the log say, when something of ours goes wrong?"""

from __future__ import annotations

import asyncio
import json
import logging
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from tests.receiver.wire import NOW
from tracker.hooks import Secrets
from tracker.receiver.app import Asker, Front
from tracker.receiver.limits import Limits
from tracker.receiver.writer import Writer

WRITTEN = "olya@example.com wants the tea"


async def broken(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise LookupError(WRITTEN)


async def silent() -> dict[str, Any]:
    return {"type": "http.disconnect"}


def test_a_fault_is_503_and_nothing_of_it_but_its_kind_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    writer = Writer(tmp_path / "inbox.sqlite3", lambda: NOW)
    asker = Asker(Secrets.of({}), writer, Limits(1, lambda: 0.0), lambda: NOW)
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    with caplog.at_level(logging.INFO):
        scope = {"type": "http", "raw_path": b"/log"}
        asyncio.run(Front(asker, broken)(scope, silent, send))

    start, body = sent
    assert start["status"] == 503
    assert json.loads(body["body"])["error"] == "unexpected"
    assert caplog.messages == ["a request failed: LookupError", "refused=1 unexpected"]
    assert WRITTEN.encode() not in body["body"]

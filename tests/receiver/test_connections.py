"""Is every request on a connection read as HTTP has it, also the odd ones, and to the very end?"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import pytest

from tests.receiver.wire import (
    NOW,
    ask,
    connected,
    order,
    read_answer,
    request,
    serving,
    signed,
)
from tracker.hooks import Secrets
from tracker.inbox import Inbox
from tracker.receiver.app import Asker, make_app
from tracker.receiver.limits import Limits
from tracker.receiver.writer import Writer

H2C = {"connection": "Upgrade, HTTP2-Settings", "upgrade": "h2c", "HTTP2_Settings": "AAMAAABk"}
WEBSOCKET = {"connection": "Upgrade", "upgrade": "websocket", "sec_websocket_version": "13"}


def answers(data: bytes, count: int, address: str, piece: int = 1 << 20) -> list[int]:
    """Write on one connection, in pieces of so many bytes; the statuses in their order."""
    got = b""
    with connected(address) as wire:
        for start in range(0, len(data), piece):
            wire.sendall(data[start : start + piece])
        while got.count(b"HTTP/1.1 ") < count and (part := wire.recv(65536)):
            got += part
    return [int(one[:3]) for one in got.split(b"HTTP/1.1 ")[1:]]


def bodies(path: Path) -> list[str]:
    with Inbox(path) as inbox:
        return [one.body for one in inbox.after(0)]


@pytest.mark.parametrize("piece", [1 << 20, 37])
def test_who_asks_for_another_protocol_is_heard_in_this_one(tmp_path: Path, piece: int) -> None:
    inbox = tmp_path / "inbox.sqlite3"
    chunked = {"transfer_encoding": "chunked", "content_length": "", **H2C}
    in_chunks = signed(order(3), "c", **chunked).removesuffix(order(3))
    in_chunks += b"%x\r\n%s\r\n0\r\n\r\n" % (len(order(3)), order(3))
    sent = [signed(order(1), "a", **H2C), signed(order(2), "b"), in_chunks, signed(order(4), "d")]
    with serving(inbox) as receiver:
        assert answers(b"".join(sent), 4, receiver.address, piece) == [200] * 4
    assert bodies(inbox) == [order(number).decode() for number in (1, 2, 3, 4)]


def test_what_is_refused_is_refused_with_an_upgrade_too(tmp_path: Path) -> None:
    with serving(tmp_path / "inbox.sqlite3") as receiver:
        found = ask(receiver, request(b"", method="GET", content_length="", **WEBSOCKET))
        assert (found.status, found.code) == (405, "method_wrong")
        assert ask(receiver, request(b"", "/healthz", "GET", **WEBSOCKET)).status == 200
        assert ask(receiver, request(order(1), **H2C)).code == "signature_missing"
        both = signed(order(1), transfer_encoding="chunked", **H2C)
        assert ask(receiver, both).code == "http_wrong"
        found = ask(receiver, b"CONNECT example.com:443 HTTP/1.1\r\nhost: example.com\r\n\r\n")
        assert (found.status, found.code) == (400, "http_wrong")
        assert receiver.tally.refused["unexpected"] == 0


def test_many_small_requests_in_one_piece_are_no_large_head(tmp_path: Path) -> None:
    sent = [signed(order(number), f"d{number}") for number in range(400)]
    with serving(tmp_path / "inbox.sqlite3") as receiver:
        assert len(b"".join(sent)) > 100_000
        assert answers(b"".join(sent), 400, receiver.address) == [200] * 400
        assert receiver.tally.new == 400


@pytest.mark.parametrize(("before", "size", "status"), [
    (b"", 32 * 1024 - 1, 404), (b"", 32 * 1024 + 1, 431),
    (request(b"", "/a"), 32 * 1024 - 1, 404), (request(b"x" * 200_000, "/a"), 40_000, 431),
])  # fmt: skip
def test_a_head_of_32_kib_is_the_limit_wherever_it_stands(
    tmp_path: Path, before: bytes, size: int, status: int
) -> None:
    head = b"GET /b HTTP/1.1\r\nhost: a\r\nx: %s\r\n\r\n"
    head %= b"y" * (size - len(head) + 2)
    assert len(head) == size
    with serving(tmp_path / "inbox.sqlite3") as receiver:
        expected = [404, status] if before else [status]
        assert answers(before + head, len(expected), receiver.address) == expected


def test_a_slow_sender_is_late_while_the_server_stops_too(tmp_path: Path) -> None:
    with serving(tmp_path / "inbox.sqlite3", body_seconds=0.5) as receiver:
        with connected(receiver.address) as wire:
            wire.sendall(signed(order(1))[:-1])
            # The answer to another one says that the server has the first.
            assert ask(receiver, request(b"", "/healthz", "GET")).status == 200
            receiver.stop()
            found = read_answer(wire)
        assert (found.status, found.code) == (408, "body_slow")
    assert (receiver.tally.kept, receiver.tally.refused["stopping"]) == (0, 0)


def test_who_is_waited_for_no_longer_is_told_to_come_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    writer = Writer(tmp_path / "inbox.sqlite3", lambda: NOW)
    asker = Asker(Secrets.of({}), writer, Limits(1, lambda: 0.0), lambda: NOW)
    scope = {"type": "http", "method": "POST", "raw_path": b"/hooks/a", "headers": [], "state": {}}
    said: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        await asyncio.Event().wait()
        return {}

    async def send(message: MutableMapping[str, Any]) -> None:
        said.append(message)

    async def run() -> None:
        task = asyncio.create_task(make_app(asker)(scope, receive, send))
        await asyncio.sleep(0)
        task.cancel()
        await task

    with caplog.at_level(logging.INFO, "tracker.receiver"):
        asyncio.run(run())
    assert said[0]["status"] == 503
    assert b'"error": "stopping"' in said[1]["body"]
    assert caplog.messages == ["refused=1 stopping"]

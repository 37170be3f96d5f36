"""What do tests of the receiver stand on? A real server on loopback, and clients that write bytes."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import re
import socket
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tracker.hooks import Secrets
from tracker.receiver.serving import Receiver, Settings

SHOP_SECRET = "the woocommerce secret of tests"
URL_SECRET = "the-secret-in-an-address-of-tests"
NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
WAIT_SECONDS = 30
HOOK = "/hooks/woocommerce:tea"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said; `status` is 0 when it closed the connection without a word."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""

    @property
    def code(self) -> str:
        """The code of a refusal."""
        found: str = json.loads(self.content)["error"]
        return found


def settings(inbox: Path, **changed: Any) -> Settings:
    """A receiver of WooCommerce and Zapier on a free port."""
    known = {"WOOCOMMERCE": (SHOP_SECRET,), "ZAPIER": (URL_SECRET,)}
    given = {"inbox": inbox, "secrets": Secrets.of(known), "clock": lambda: NOW, "port": 0}
    return Settings(**{**given, "rate": 100_000, **changed})


@contextlib.contextmanager
def serving(inbox: Path, **changed: Any) -> Iterator[Receiver]:
    """Run a receiver in a thread of its own until the block ends; a fault there fails the test."""
    receiver = Receiver(settings(inbox, **changed))
    faults: list[BaseException] = []

    def run() -> None:
        try:
            receiver.run()
        except BaseException as fault:  # noqa: BLE001 - raised again below, in the test's thread
            faults.append(fault)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.stop()
        thread.join(WAIT_SECONDS)
    assert not thread.is_alive()
    assert not faults


def connected(address: str) -> socket.socket:
    """Connect to a server told as `http://127.0.0.1:8080`."""
    host, _, port = address.removeprefix("http://").rpartition(":")
    return socket.create_connection((host, int(port)), timeout=WAIT_SECONDS)


def ask(receiver: Receiver, data: bytes) -> Answer:
    """Write those bytes on a fresh connection, and read one answer."""
    with connected(receiver.address) as wire:
        with contextlib.suppress(ConnectionError):
            wire.sendall(data)
        return read_answer(wire)


def read_answer(wire: socket.socket) -> Answer:
    """Read one answer; a connection that is closed first gives the status 0."""
    got = b""
    with contextlib.suppress(ConnectionError):
        while b"\r\n\r\n" not in got:
            part = wire.recv(65536)
            if not part:
                return Answer(0)
            got += part
        head, _, content = got.partition(b"\r\n\r\n")
        status = int(head.split(b" ", 2)[1])
        lines = [line.partition(b": ") for line in head.split(b"\r\n")[1:]]
        headers = {name.decode().lower(): value.decode() for name, _, value in lines}
        while len(content) < int(headers.get("content-length", "0")):
            part = wire.recv(65536)
            if not part:
                return Answer(0)
            content += part
        return Answer(status, headers, content)
    return Answer(0)


def signature(body: bytes) -> str:
    """What WooCommerce puts into its header."""
    digest = hmac.digest(SHOP_SECRET.encode(), body, hashlib.sha256)
    return base64.b64encode(digest).decode()


def request(body: bytes, path: str = HOOK, method: str = "POST", **more: str) -> bytes:
    """A request as bytes; a header's name may be written with `_` for `-`."""
    given = {
        "host": "shop.example.com",
        "content_type": "application/json",
        "content_length": str(len(body)),
        **more,
    }
    lines = [f"{name.replace('_', '-')}: {text}\r\n" for name, text in given.items() if text]
    return f"{method} {path} HTTP/1.1\r\n{''.join(lines)}\r\n".encode() + body


def signed(body: bytes, delivery_id: str = "d1", **more: str) -> bytes:
    """A request that WooCommerce signed."""
    return request(
        body, x_wc_webhook_signature=signature(body), x_wc_webhook_delivery_id=delivery_id, **more
    )


def order(number: int) -> bytes:
    """A small WooCommerce order of 1000 RUB with the code IVAN01."""
    said = {
        "id": number,
        "status": "processing",
        "currency": "RUB",
        "total": "1000.00",
        "date_created_gmt": "2026-10-19T10:00:00",
        "date_modified_gmt": "2026-10-19T10:00:00",
        "date_paid_gmt": "2026-10-19T10:00:00",
        "coupon_lines": [{"code": "IVAN01", "discount": "0.00"}],
    }
    return json.dumps(said).encode()


def number_of(text: str) -> int:
    """The number at the end of a delivery's id."""
    return int(re.findall("[0-9]+", text)[-1])

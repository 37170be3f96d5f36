"""What do the tests of shops share? A delivery made of a body, and how it reads."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tracker.model import Delivery, OrderVersion, Read
from tracker.shops import Unsaid, read

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
RECEIVED = datetime(2025, 10, 8, 9, 0, tzinfo=UTC)

UNSAID = Unsaid(zone=ZoneInfo("Europe/Moscow"), currency="RUB")

Reader = Callable[..., tuple[Read, ...]]


@pytest.fixture
def reads() -> Reader:
    """Read a body (text, or a value written as JSON) of a source; Moscow time, roubles."""

    def reader(source: str, body: Any, content_type: str = JSON) -> tuple[Read, ...]:
        text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
        delivery = Delivery(
            seq=1,
            source=source,
            delivery_id="d-1",
            received_at=RECEIVED,
            content_type=content_type,
            body=text,
            sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        )
        return read(delivery, UNSAID)

    return reader


@pytest.fixture
def order_of(reads: Reader) -> Callable[..., OrderVersion]:
    """Read a body that holds one order; anything else fails the test."""

    def reader(source: str, body: Any, content_type: str = JSON) -> OrderVersion:
        (found,) = reads(source, body, content_type)
        assert isinstance(found, OrderVersion), found
        return found

    return reader

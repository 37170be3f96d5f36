"""Is a line of an order log read, or refused with its reason?"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.cells import Cell
from tracker.deliveries import (
    LINE_BYTES_MAX,
    NewDelivery,
    keep_broken,
    read_instant,
    read_line,
    read_moment,
    storable,
)
from tracker.model import Unreadable

MOSCOW = ZoneInfo("Europe/Moscow")
NOON = datetime(2026, 10, 7, 12, 0, tzinfo=UTC)
GOOD: dict[str, Any] = {
    "delivery_id": "d1",
    "received_at": "2026-10-07T12:00:00+03:00",
    "source": "generic",
    "body": '{"order_id": "7"}',
}


def line(**changed: object) -> bytes:
    return json.dumps(GOOD | changed, ensure_ascii=False).encode()


def code_of(raw: bytes) -> str:
    found = read_line(raw, "file:a line 1")
    assert isinstance(found, Unreadable)
    return found.code


def test_a_line_is_read_with_json_as_its_content_type() -> None:
    assert read_line(line(), "file:a line 3") == NewDelivery(
        source="generic",
        delivery_id="d1",
        received_at=datetime(2026, 10, 7, 9, 0, tzinfo=UTC),
        body='{"order_id": "7"}',
        content_type="application/json",
        origin="file:a line 3",
    )


def test_an_object_becomes_text_with_its_keys_in_the_order_given() -> None:
    found = read_line(line(body={"total": 19.99, "code": "ЧАЙ", "a": None}), "")

    assert isinstance(found, NewDelivery)
    assert found.body == '{"total":19.99,"code":"ЧАЙ","a":null}'


def test_an_editor_s_mark_at_the_head_of_the_file_does_no_harm() -> None:
    assert isinstance(read_line(b"\xef\xbb\xbf" + line() + b"\r", ""), NewDelivery)


def test_a_delivery_may_be_numbered() -> None:
    found = read_line(line(delivery_id=1024, content_type=None), "")

    assert isinstance(found, NewDelivery)
    assert (found.delivery_id, found.content_type) == ("1024", "application/json")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "log_line_not_json"),
        (b"[1]", "log_line_not_json"),
        (b'{"delivery_id": "d1", "body', "log_line_not_json"),
        (line() + line(), "log_line_not_json"),
        (b'{"source": "a", "source": "b"}', "log_line_not_json"),
        ('{"source": "Чай"}'.encode("cp1251"), "log_line_not_json"),
        (b"[" * 100_000, "log_line_not_json"),
        (line(body={"total": float("nan")}), "log_line_not_json"),
        (line(body="1" * LINE_BYTES_MAX), "log_line_too_long"),
        (line(delivery_id=""), "log_line_field"),
        (line(delivery_id=True), "log_line_field"),
        (line(source=None), "log_line_field"),
        (line(body=None), "log_line_field"),
        (line(body=[1]), "log_line_field"),
        (line(content_type=5.5), "log_line_field"),
        (line(received_at=None), "log_line_time"),
        (line(received_at="2026-10-07T12:00:00"), "log_line_time"),
        (line(received_at="2026-02-30T12:00:00Z"), "log_line_time"),
        (line(received_at="0001-01-01T00:00:00+14:00"), "log_line_time"),
        (line(received_at=1_791_374_400), "log_line_time"),
    ],
)
def test_a_broken_line_is_refused_with_its_reason(raw: bytes, code: str) -> None:
    assert code_of(raw) == code


def test_a_refusal_names_the_line_and_the_field() -> None:
    assert read_line(line(body=7), "file:orders.jsonl line 17") == Unreadable(
        code="log_line_field",
        params=(("field", "body"), ("where", "file:orders.jsonl line 17")),
    )


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_and_can_be_kept(raw: bytes) -> None:
    assert isinstance(read_line(raw, ""), Unreadable)
    keep_broken(raw, len(raw), "", NOON).body.encode()


def test_a_broken_line_is_kept_under_an_id_made_of_its_bytes() -> None:
    one, again, other = (
        keep_broken(raw, 9, f"line {n}", NOON)
        for n, raw in enumerate([b"no json", b"no json", b"x"])
    )

    assert (one.source, one.body) == ("", "no json")
    assert one.delivery_id == again.delivery_id != other.delivery_id
    assert one.delivery_id.startswith("line-")


def test_half_a_surrogate_pair_becomes_a_sign_that_can_be_stored() -> None:
    assert storable("чай \ud83c\udf75 \ud83c") == "чай 🍵 \ufffd"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-10-07T12:00:00Z", NOON),
        ("2026-10-07 12:00:00.250z", NOON.replace(microsecond=250_000)),
        ("2026-10-07t15:00:00+03:00", NOON),
        ("2026-10-07", None),
        ("20261007T120000Z", None),
        ("2026-10-07T12:00:00+99:00", None),
        ("２026-10-07T12:00:00Z", None),
        (None, None),
    ],
)
def test_an_instant_has_an_offset(text: object, expected: datetime | None) -> None:
    assert read_instant(text) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-10-07T12:00:00Z", NOON),
        ("2026-10-07 15:00:00", NOON),
        (" 2026-10-07T15:00 ", NOON),
        ("07.10.2026 15:00", NOON),
        ("7.10.2026", NOON - timedelta(hours=15)),
        (datetime(2026, 10, 7, 15, 0), NOON),  # noqa: DTZ001 - a sheet has no zones
        (date(2026, 10, 7), NOON - timedelta(hours=15)),
        ("10/07/2026 15:00", None),
        ("2026-13-07 15:00", None),
        (Decimal("46302.5"), None),
        (True, None),
        (None, None),
    ],
)
def test_a_time_in_a_sheet_without_offset_is_the_programme_s(
    cell: Cell, expected: datetime | None
) -> None:
    assert read_moment(cell, MOSCOW) == expected


def test_an_offset_in_a_sheet_wins_over_the_programme_s_zone() -> None:
    found = read_moment("2026-10-07T12:00:00+05:00", MOSCOW)

    assert found == datetime(2026, 10, 7, 12, 0, tzinfo=timezone(timedelta(hours=5)))

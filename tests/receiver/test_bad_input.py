"""Is what cannot be kept refused clearly, counted, and without harm to the next delivery?"""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.receiver.wire import (
    HOOK,
    URL_SECRET,
    WAIT_SECONDS,
    Answer,
    ask,
    connected,
    order,
    read_answer,
    request,
    serving,
    signed,
)
from tracker.inbox import Inbox
from tracker.receiver.serving import Receiver

KIB = 1024


@pytest.fixture(scope="module")
def receiver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Receiver]:
    """One server for the tests that leave nothing behind."""
    folder = tmp_path_factory.mktemp("receiver")
    with serving(folder / "inbox.sqlite3", head_seconds=1.5, body_seconds=1.5) as receiver:
        yield receiver


def text_of(size: int) -> bytes:
    """A JSON body of exactly so many bytes."""
    return b'{"a":"%s"}' % (b"x" * (size - 8))


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (text_of(256 * KIB + 1), 413, "delivery_too_big"),
        (gzip.compress(order(1)), 400, "delivery_not_text"),
        (b'{"name": "\xcf\xf0\xe8\xe2\xe5\xf2"}', 400, "delivery_not_text"),
        (b'{"total": "10", "total": "20"}', 400, "delivery_field_twice"),
        (b"[" * 21 + b"]" * 21, 400, "delivery_too_deep"),
        (b'{"total": NaN}', 400, "delivery_number"),
        (b'{"name": "\\ud83d"}', 400, "delivery_not_text"),
        (b"", 400, "hook_body_empty"),
        (b"{", 400, "delivery_not_json"),
    ],
)
def test_a_signed_body_that_no_reader_could_read_is_refused(
    receiver: Receiver, body: bytes, status: int, code: str
) -> None:
    before = receiver.tally.refused[code]
    answer = ask(receiver, signed(body))
    assert (answer.status, answer.code) == (status, code)
    assert receiver.tally.refused[code] == before + 1
    assert set(answer.headers) == {
        "date", "content-type", "content-length", "cache-control",
    }  # fmt: skip


def test_a_compressed_body_is_refused_by_name(receiver: Receiver) -> None:
    answer = ask(receiver, signed(gzip.compress(order(1)), content_encoding="gzip"))
    assert (answer.status, answer.code) == (415, "hook_encoding")


def test_the_largest_and_deepest_body_that_is_allowed_is_kept(tmp_path: Path) -> None:
    deep = b'{"a":' * 19 + b"[]" + b"}" * 19
    with serving(tmp_path / "inbox.sqlite3") as receiver:
        assert ask(receiver, signed(text_of(256 * KIB), "big")).status == 200
        assert ask(receiver, signed(deep, "deep")).status == 200
    with Inbox(tmp_path / "inbox.sqlite3") as inbox:
        assert [(d.delivery_id, len(d.body)) for d in inbox.after(0)] == [
            ("big", 262144), ("deep", 116),
        ]  # fmt: skip


def test_an_announced_giant_is_refused_before_its_body(receiver: Receiver) -> None:
    answer = ask(receiver, signed(b"{", content_length="1000000000"))
    assert (answer.status, answer.code) == (413, "delivery_too_big")


def chunks(size: int) -> bytes:
    part = b"1000\r\n" + b"x" * 4096 + b"\r\n"
    return part * (size // 4096) + b"0\r\n\r\n"


def test_a_body_without_a_length_is_counted_while_it_comes(receiver: Receiver) -> None:
    head = request(b"", transfer_encoding="chunked", content_length="")
    refused = ask(receiver, head + chunks(260 * KIB))
    assert (refused.status, refused.code) == (413, "delivery_too_big")
    unsigned = ask(receiver, head + chunks(256 * KIB))
    assert (unsigned.status, unsigned.code) == (401, "signature_missing")


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (signed(order(1)).replace(b"/woocommerce:tea", b"/unheard-of"), 404, "hook_unknown"),
        (signed(order(1)).replace(b"/woocommerce:tea", b""), 404, "not_found"),
        (signed(order(1)).replace(HOOK.encode(), b"/a/b/c"), 404, "not_found"),
        (signed(order(1)).replace(HOOK.encode(), b"/hooks/a/b/c/d"), 404, "not_found"),
        (signed(order(1)).replace(HOOK.encode(), b"/healthz/"), 404, "not_found"),
        (request(order(1), "/hooks/zapier"), 401, "hook_secret_missing"),
        (request(order(1), "/hooks/zapier/" + "x" * 32), 401, "hook_secret_wrong"),
        (request(order(1)), 401, "signature_missing"),
        (request(b"", method="GET"), 405, "method_wrong"),
        (request(order(1), "/healthz"), 405, "method_wrong"),
        (b"hello\r\n\r\n", 400, "http_wrong"),
        (signed(order(1), transfer_encoding="chunked"), 400, "http_wrong"),
        (b"POST /hooks/\xff HTTP/1.1\r\nhost: a\r\n\r\n", 400, "http_wrong"),
    ],
)
def test_what_is_not_for_us_is_told_so(
    receiver: Receiver, data: bytes, status: int, code: str
) -> None:
    answer = ask(receiver, data)
    assert (answer.status, answer.code) == (status, code)


def test_a_wrong_method_is_told_the_right_one(receiver: Receiver) -> None:
    assert ask(receiver, request(b"", method="PUT")).headers["allow"] == "POST"
    assert "GET" in ask(receiver, request(b"", "/readyz", "DELETE")).headers["allow"]


def test_a_head_that_is_too_big_or_never_ends_is_refused(receiver: Receiver) -> None:
    big = ask(receiver, b"POST /hooks/a HTTP/1.1\r\nx: " + b"y" * 40_000)
    assert (big.status, big.code) == (431, "head_too_big")
    slow = ask(receiver, b"POST /hooks/a HTTP/1.1\r\nx: y")
    assert (slow.status, slow.code) == (408, "head_slow")


def test_a_body_that_does_not_come_in_time_is_refused_and_not_kept(receiver: Receiver) -> None:
    whole = signed(order(1))
    answer = ask(receiver, whole[:-1])
    assert (answer.status, answer.code) == (408, "body_slow")
    assert receiver.tally.kept == 0


def test_a_sender_that_is_gone_half_way_leaves_nothing(receiver: Receiver) -> None:
    before = receiver.tally.refused["body_half"]
    with connected(receiver.address) as wire:
        wire.sendall(signed(order(1))[:-5])
    for _ in range(WAIT_SECONDS * 100):
        if receiver.tally.refused["body_half"] > before:
            break
        time.sleep(0.01)
    assert receiver.tally.refused["body_half"] == before + 1
    assert receiver.tally.kept == 0


def test_a_refused_delivery_costs_the_next_one_on_its_connection_nothing(tmp_path: Path) -> None:
    with serving(tmp_path / "inbox.sqlite3") as receiver, connected(receiver.address) as wire:
        for data, status in ((signed(text_of(300 * KIB)), 413), (signed(order(7)), 200)):
            wire.sendall(data)
            assert read_answer(wire).status == status


def test_the_secret_in_an_address_may_be_written_in_any_way(tmp_path: Path) -> None:
    escaped = "/hooks/Zapier%3Ashop/" + "".join(f"%{ord(sign):02x}" for sign in URL_SECRET)
    with serving(tmp_path / "inbox.sqlite3") as receiver:
        assert ask(receiver, request(order(1), escaped)).status == 200
    with Inbox(tmp_path / "inbox.sqlite3") as inbox:
        assert [delivery.source for delivery in inbox.after(0)] == ["zapier:shop"]


def test_a_ping_is_answered_and_is_no_delivery(receiver: Receiver) -> None:
    kept, pings = receiver.tally.kept, receiver.tally.pings
    form = "application/x-www-form-urlencoded"
    assert ask(receiver, request(b"webhook_id=16", content_type=form)).status == 200
    assert (receiver.tally.kept, receiver.tally.pings) == (kept, pings + 1)


def test_two_monitors_are_answered(receiver: Receiver) -> None:
    alive, ready = (ask(receiver, request(b"", path, "GET")) for path in ("/healthz", "/readyz"))
    assert alive == Answer(200, alive.headers, b'{"alive": true}')
    assert ready == Answer(200, ready.headers, b'{"ready": true}')
    assert ask(receiver, request(b"", "/log", "GET")).status == 404

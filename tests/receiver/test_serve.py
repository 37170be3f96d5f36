"""Does the command start only with what it needs, keep secrets to itself, and feed the book?"""

from __future__ import annotations

import contextlib
import signal
import socket
import sys
import time
from pathlib import Path

import pytest

from tests.cli_book import ROOT, CliBook, Said, run_at, set_environment
from tests.receiver.process import process
from tests.receiver.wire import (
    NOW,
    SHOP_SECRET,
    URL_SECRET,
    connected,
    order,
    read_answer,
    request,
    signed,
)
from tracker.fetching import Failed, Fetcher
from tracker.layout import Tab
from tracker.stores.opening import state_folder

SHORT = "23 characters are short"
KEY = "the-key-of-the-log:24-characters"
NO_ADDRESSES = """hooks.example.com ftp://example.com https:// http://a:0 http://a:b https://[::1
https://a/?b https://a@b https://пример.рф"""


def refused(folder: Path, *arguments: str, **environment: str) -> Said:
    """Start with those variables in `.env`; the command must end by itself."""
    lines = (f"{name}={value}\n" for name, value in environment.items())
    (folder / ".env").write_text("".join(lines))
    return run_at(folder, NOW, "serve", "--inbox", "inbox.sqlite3", "--port", "0", *arguments)


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({}, "There is nobody to receive from"),
        ({"TRACKER_HOOK_SECRET_TILDA": SHORT}, "TRACKER_HOOK_SECRET_TILDA has fewer than 24"),
        ({"TRACKER_HOOK_SECRET_TILDA": ""}, "TRACKER_HOOK_SECRET_TILDA holds an empty secret"),
        ({"TRACKER_HOOK_SECRET_TILDA": f"{KEY},"}, "an empty secret"),
        ({"TRACKER_API_KEY": SHORT}, "TRACKER_API_KEY has fewer than 24"),
        ({"TRACKER_API_KEY": KEY, "TRACKER_HOOK_RATE": "fast"}, "TRACKER_HOOK_RATE must be"),
        ({"TRACKER_API_KEY": f"'{SHORT} but long'"}, "TRACKER_API_KEY holds a space"),
        ({"TRACKER_API_KEY": "ключ" * 6}, "TRACKER_API_KEY holds a space or a sign"),
        *(
            ({"TRACKER_API_KEY": KEY, "TRACKER_PUBLIC_URL": address}, "no address that a shop")
            for address in NO_ADDRESSES.split()
        ),
    ],
)
def test_what_would_be_unsafe_stops_the_start(
    environment: dict[str, str], says: str, tmp_path: Path
) -> None:
    said = refused(tmp_path, **environment)
    assert (said.code, said.out) == (2, "")
    assert says in said.err
    assert SHORT not in said.err
    assert not (tmp_path / "inbox.sqlite3").exists()


def test_a_port_in_use_and_an_address_of_nobody_stop_the_start(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = str(other.getsockname()[1])
        said = refused(tmp_path, "--port", taken, TRACKER_API_KEY=KEY)
    assert (said.code, said.out) == (2, "")
    assert f"Port {taken} is in use" in said.err
    said = refused(tmp_path, "--host", "192.0.2.1", TRACKER_API_KEY=KEY)
    assert said.code == 2
    assert "cannot listen on 192.0.2.1:0" in said.err


def test_an_inbox_that_cannot_be_written_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "inbox.sqlite3").mkdir()
    said = refused(tmp_path, TRACKER_API_KEY=KEY)
    assert (said.code, said.out) == (2, "")
    assert "inbox.sqlite3 cannot be written" in said.err


def test_without_a_book_there_is_no_inbox_beside_it(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"TRACKER_API_KEY={KEY}\n")
    said = run_at(tmp_path, NOW, "serve", "--port", "0")
    assert said.code == 2
    assert "There is no book at" in said.err
    assert [path.name for path in tmp_path.iterdir()] == [".env"]


def test_the_inbox_is_the_one_that_a_sync_of_the_book_reads(tmp_path: Path) -> None:
    (tmp_path / "b.xlsx").touch()
    assert state_folder(f"xlsx:{tmp_path}/b.xlsx") == tmp_path / ".tracker"
    assert state_folder(f"xlsx:{tmp_path}/b.xlsx", Path("elsewhere")) == Path("elsewhere")
    sheet = "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg"
    assert state_folder(f"gsheets:{sheet}") == Path(".tracker") / sheet


def test_an_order_that_a_shop_signs_is_booked_by_the_next_sync(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    set_environment(book, TRACKER_ORDER_LOG="file:orders.jsonl", TRACKER_SECRET="s" * 32)
    with process(tmp_path) as receiver:
        host, sources, inbox = receiver.said.split()[2:]
        assert host.startswith("http://127.0.0.1:")
        assert sources == "sources=woocommerce,zapier"
        assert inbox == f"inbox={tmp_path}/.tracker/inbox.sqlite3"
        assert receiver.ask(signed(order(8842), "8842")).status == 200
        said = book.process("sync")
        assert said.out.startswith("seen=1 attributed=1 "), said
        assert receiver.end() == 0
    assert "kept=1 new=1 woocommerce:tea 8842\n" in receiver.err
    assert [(row["partner_id"], row["amount"]) for row in book.rows(Tab.COMMISSIONS)] == [
        ("ivan", 100)
    ]


def test_the_job_is_the_command(tmp_path: Path) -> None:
    command = (sys.executable, str(ROOT / "jobs" / "receive_webhooks.py"))
    with process(tmp_path, "--inbox", "inbox.sqlite3", command=command) as receiver:
        assert receiver.ask(request(b"", "/readyz", "GET")).status == 200
        assert receiver.end(signal.SIGINT) == 0


def test_a_signal_right_behind_the_first_line_ends_it_well(tmp_path: Path) -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGTERM):
        with process(tmp_path, "--inbox", "inbox.sqlite3") as receiver:
            assert receiver.said.startswith("listening on http://127.0.0.1:")
            assert receiver.end(number) == 0, receiver.err


def test_a_second_signal_ends_it_without_waiting_for_anybody(tmp_path: Path) -> None:
    with (
        process(tmp_path, "--inbox", "inbox.sqlite3") as receiver,
        connected(receiver.address) as wire,
    ):
        wire.sendall(signed(order(1))[:-3])
        assert receiver.ask(request(b"", "/healthz", "GET")).status == 200
        receiver.child.send_signal(signal.SIGTERM)
        # The first one was noticed when nobody is let in any more.
        with contextlib.suppress(OSError):
            while True:
                connected(receiver.address).close()
                time.sleep(0.01)
        assert receiver.end() == 128 + signal.SIGTERM


def test_a_source_that_nobody_can_read_is_told_at_the_start(tmp_path: Path) -> None:
    secrets = {f"TRACKER_HOOK_SECRET_{name}": KEY for name in ("WOCOMMERCE", "STRIPE_TEA")}
    with process(tmp_path, "--inbox", "i.sqlite3", **secrets) as receiver:
        assert receiver.ask(request(b"", "/healthz", "GET")).status == 200
        assert receiver.end() == 0
    told = [line for line in receiver.err.splitlines() if "TRACKER_HOOK_SECRET" in line]
    assert told[0] == (
        "TRACKER_HOOK_SECRET_STRIPE_TEA: deliveries of stripe are kept, but this version does not"
        " read them yet: they wait."
    )
    assert "WOCOMMERCE: wocommerce is no vendor known to this version: its deliv" in told[1]
    assert ", woocommerce, zapier: if one of these" in told[1]
    assert len(told) == 2


def test_a_key_is_taken_only_if_a_reader_could_send_it(tmp_path: Path) -> None:
    for sign in (chr(number) for number in (0x20, 0x21, 0x7E, 0x7F, 0xE9, 0x44F)):
        with Fetcher(private_ok=True) as fetcher:
            unsendable = fetcher.get("file:nowhere", token=KEY + sign) == Failed("token")
        said = refused(tmp_path, "--host", "192.0.2.1", TRACKER_API_KEY=f"'{KEY}{sign}'")
        assert ("cannot be sent" in said.err) is unsendable
        assert ("192.0.2.1" in said.err) is not unsendable


SENTINELS = ("sentinel-in-a-body", "sentinel-in-a-header", "sentinel-in-an-address")


def test_neither_logs_nor_answers_hold_a_secret_or_what_was_sent(tmp_path: Path) -> None:
    body = b'{"note": "%s"' % SENTINELS[0].encode()
    odd = {"cookie": SENTINELS[1], "user_agent": SENTINELS[1]}
    asked = [
        signed(body, **odd), signed(body + b"}", "fine", **odd), request(body, **odd),
        request(body, f"/hooks/zapier/{SENTINELS[2]}", **odd),
        request(body, f"/hooks/{SENTINELS[2]}/{URL_SECRET}", **odd),
        request(body, f"/{SENTINELS[2]}", **odd), b"GARBAGE " + body + b"\r\n\r\n",
        request(body + b"}", f"/hooks/zapier/{URL_SECRET}", **odd),
    ]  # fmt: skip
    with process(tmp_path, "--inbox", "inbox.sqlite3") as receiver:
        answers = [receiver.ask(data) for data in asked]
        with connected(receiver.address) as wire:
            wire.sendall(asked[0][:-3])
        assert receiver.end() == 0
    assert [one.status for one in answers] == [400, 200, 401, 401, 404, 404, 400, 200]
    told = receiver.err + "".join(f"{one.headers}{one.content!r}" for one in answers)
    assert [one for one in (*SENTINELS, SHOP_SECRET, URL_SECRET) if one in told] == []


def test_an_address_for_others_comes_with_a_word_about_encryption(tmp_path: Path) -> None:
    with process(
        tmp_path, "--inbox", "i.sqlite3", "--host", "0.0.0.0", LC_ALL="ru_RU.UTF-8"
    ) as all_:
        port = all_.said.split()[2].rpartition(":")[2]
        with connected(f"http://127.0.0.1:{port}") as wire:
            wire.sendall(request(b"", "/healthz", "GET"))
            assert read_answer(wire).status == 200
        assert all_.end() == 0
    assert "обратный прокси с TLS" in all_.err

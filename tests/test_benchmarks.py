"""Do the benchmarks measure what they say? (pandas is asked by `make bench` only.)"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks import idle, letters, receiver
from benchmarks.deciding import ENGINES, Measured, figures_of, table
from benchmarks.engines.receiver_load import percentile
from benchmarks.engines.slow_disk import slowed
from benchmarks.google_calls import CAREFUL, NAIVE, OURS, Cost, bench, further
from benchmarks.made_orders import make
from benchmarks.made_statements import LINES, statements
from benchmarks.receiver_posts import SECRET, body_sha256, posts
from benchmarks.receiver_servers import CHECKED, EACH, GROUP, Server, free_port, prove_kept, start
from benchmarks.receiver_servers import OURS as OURS_SERVED
from tracker.deliveries import NewDelivery
from tracker.inbox import Inbox
from tracker.signatures import Signed, verify

ROOT = Path(__file__).parent.parent


def said(engine: str, folder: Path) -> str:
    """What an engine prints: how many rows it gave, and their checksum."""
    command = [sys.executable, "-m", f"benchmarks.engines.{engine}", str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("orders")
    make(folder, 400)
    return folder


def test_the_same_seed_gives_the_same_orders(orders: Path, tmp_path: Path) -> None:
    make(tmp_path, 400)

    for name in ("orders.jsonl", "codes.csv"):
        assert (tmp_path / name).read_bytes() == (orders / name).read_bytes()


@pytest.mark.parametrize("engine", ["ours", "ours_sync", "with_sqlite", "floor"])
def test_an_engine_gives_the_rows_of_the_plain_script(engine: str, orders: Path) -> None:
    wanted = said("script", orders)

    assert said(engine, orders) == wanted
    assert int(wanted.split()[0]) > 200


def test_rates_are_told_against_the_baseline() -> None:
    found = {engine: Measured(2.0, 1.5, 64, "x") for engine in ENGINES}
    found["script"] = Measured(0.5, 0.4, 32, "x")

    lines = table(1000, found)

    (row,) = (line for line in lines if line.startswith(f"| {ENGINES['script']}"))
    assert row.endswith("| 2,000 | 0.40 | 32 | 4.00 |")
    figures = figures_of(1000, found)
    assert (figures["script"], figures["with_pandas"], figures["ours_mb"]) == (2000, 500, 64)


def test_a_sync_of_one_order_on_google_is_three_calls_and_an_idle_one_two() -> None:
    with bench(lines=20, more=1) as made:
        assert made.lines == 20
        first = made.first(call_seconds=0)
        idle, one = made.sync(OURS, 0, call_seconds=0), made.sync(OURS, 1, call_seconds=0)
        booked = made.booked()

        assert (first.calls, idle.calls, one.calls) == (2, 2, 3)
        assert idle.up < one.up
        # open_by_key; two calls for each of three tabs; append_row; two calls for the balances.
        for script, calls in ((NAIVE, 10), (CAREFUL, 4)):
            assert made.sync(script, 1, call_seconds=0).calls == calls
            assert made.booked() == booked


def test_a_cost_is_worked_out_by_a_call_for_each_order_more() -> None:
    few = Cost(calls=10, up=1_000, down=5_000, cpu=1.0, peak_mb=50)
    many = Cost(calls=109, up=10_900, down=14_900, cpu=1.99, peak_mb=50)

    found = further(few, many, 2_000)

    assert (found.calls, found.up, found.down) == (2_009, 200_900, 204_900)
    assert found.cpu == pytest.approx(20.99)
    # 2,009 calls and the token's at 0.3 s.
    assert found.seconds == pytest.approx(603.0 + 20.99)


FORGETFUL = """
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Forgetful(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(int(sys.argv[2]))
        self.send_header("Content-Length", "0")
        self.end_headers()

ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Forgetful).serve_forever()
"""
"""Answers every post with the status it is told, and keeps nothing."""


@pytest.fixture
def forgetful(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
    Inbox(tmp_path / "inbox.sqlite3").close()
    port = free_port()
    command = [sys.executable, "-c", FORGETFUL, str(port), str(request.param)]
    server = Server(command, tmp_path, port)
    yield server
    server.end()


def test_the_receiver_keeps_what_the_benchmark_posts(tmp_path: Path) -> None:
    server = start(OURS_SERVED, tmp_path / "ours")
    try:
        server.wait_until_ready()
        window = server.load(connections=3, seconds=0.1)
        held = server.stop()
    finally:
        server.end()

    assert 0 < window.counted <= window.answered
    assert window.p50_ms <= window.p99_ms
    assert held.bytes_each > 2000
    assert held.peak_mb > 10


@pytest.mark.parametrize("forgetful", [200], indirect=True)
def test_a_delivery_that_was_answered_and_not_kept_ends_the_benchmark(forgetful: Server) -> None:
    forgetful.wait_until_ready()
    window = forgetful.load(connections=2, seconds=0.05)

    with pytest.raises(SystemExit, match=f"^{window.answered} of {window.answered} answered"):
        forgetful.stop()


@pytest.mark.parametrize("forgetful", [503], indirect=True)
def test_a_refusal_is_no_request_served(forgetful: Server) -> None:
    forgetful.wait_until_ready()

    with pytest.raises(SystemExit, match=r"^posting ended: the server answered 503$"):
        forgetful.load(connections=2, seconds=0.05)


def test_a_delivery_that_is_kept_twice_ends_the_benchmark(tmp_path: Path) -> None:
    now = datetime(2026, 10, 7, tzinfo=UTC)
    path = tmp_path / "inbox.sqlite3"
    with Inbox(path) as inbox:
        for delivery_id, body in (("1", "once"), ("2", "twice"), ("3", "twice")):
            inbox.land(
                [NewDelivery(source="x", delivery_id=delivery_id, received_at=now, body=body)]
            )
    once, twice = (body_sha256(b"head\r\n\r\n" + body) for body in (b"once", b"twice"))

    assert prove_kept([once], path) == 3
    with pytest.raises(SystemExit, match=r"^1 of 2 answered deliveries are not kept once$"):
        prove_kept([once, twice], path)


def test_every_post_is_signed_and_no_two_are_alike() -> None:
    made = [request.partition(b"\r\n\r\n") for request in posts(7, 20)]

    assert len({body for _, _, body in made}) == 20
    for head, _, body in made:
        lines = (line.partition(": ") for line in head.decode().split("\r\n")[1:])
        headers = {name.lower(): value for name, _, value in lines}
        assert int(headers["content-length"]) == len(body) > 2000
        signed = Signed(headers=headers, body=body, urls=(), now=datetime.now(UTC))
        assert verify("woocommerce", [SECRET], signed) == ""
        assert verify("woocommerce", [SECRET[:-1]], signed) == "signature_wrong"


def test_a_commit_on_the_slowed_disk_takes_longer() -> None:
    with closing(sqlite3.connect(":memory:", factory=slowed(0.05))) as db:
        db.execute("CREATE TABLE t (a)")
        db.execute("INSERT INTO t VALUES (1)")
        began = time.perf_counter()
        db.commit()

        assert time.perf_counter() - began >= 0.05
        assert db.execute("SELECT a FROM t").fetchall() == [(1,)]


def test_a_percentile_is_a_value_that_was_measured() -> None:
    ordered = [float(value) for value in range(1, 201)]

    assert percentile(ordered, 50) == 100
    assert percentile(ordered, 99) == 198
    assert percentile([3.0], 99) == 3
    assert percentile([], 50) == 0


def test_rates_of_the_receiver_are_told_against_both_baselines() -> None:
    rate = receiver.Rate(per_second=600, p50_ms=1, p99_ms=9, cpu_us=100, load_cpu=0.1)
    rates = {OURS_SERVED: 600.0, GROUP: 900.0, CHECKED: 800.0, EACH: 50.0}
    found = {(64, who): replace(rate, per_second=value) for who, value in rates.items()}

    (ours,) = (line for line in receiver.table(found) if "ours" in line)

    assert ours.endswith("| 600 | 1.0 | 9.0 | 100 | 10% | 0.67 | 12.00 |")
    said = " ".join(" ".join(receiver.summary(found, found)).split())
    assert "0.67 of the bare app (aim: 0.67) and 0.75 of the one that checks as much;" in said
    assert "12 times a commit per request (aim: 10)" in said


def test_a_statement_of_the_benchmark_adds_up_and_no_two_are_alike() -> None:
    made = list(statements(3, "en", "JPY"))

    assert len({one.accounts[0].digest for one in made}) == 3
    for (account,) in (one.accounts for one in made):
        lines = (*account.lines, *account.payouts)
        assert len(lines) == LINES == 40
        assert account.closing == account.opening + sum(line.minor for line in lines)
        assert account.payable == account.closing - sum(one.minor for one in account.held)
    assert list(statements(3, "en", "JPY")) == made


def test_letters_say_the_same_with_a_call_of_babel_for_each_cell() -> None:
    ours, babel = (letters.once(how, ("en", "RUB"), 2) for how in (letters.OURS, letters.BABEL))

    letters.prove_alike(("en", "RUB"), [ours, babel])
    assert 10_000 < ours.bytes < 100_000
    with pytest.raises(SystemExit, match=r"^letters in en RUB say different things"):
        letters.prove_alike(("en", "RUB"), [ours, replace(babel, said="another")])


def test_rates_of_letters_are_told_against_a_call_per_cell() -> None:
    cost = letters.Cost(first=0.5, render=0.006, freeze=0.004, bytes=45_678, peak_mb=50.4, said="x")
    found = {letters.OURS: cost, letters.BABEL: replace(cost, render=0.016)}

    ours, babel = letters.rows(("ru", "RUB"), found)

    assert ours.endswith("| 100 | 6.0 | 4.0 | 0.50 | 45.7 | 50 | 2.00 |")
    assert babel.endswith("| 50 | 16.0 | 4.0 | 0.50 | 45.7 | 50 | 1.00 |")
    assert letters.middle([cost, found[letters.BABEL], cost]) == cost


def test_an_idle_sync_is_told_beside_what_reading_the_book_costs() -> None:
    ours = idle.Idle(wall=0.25, cpu=0.21, peak_mb=31.4, before=142.4, modules=157, ours=25)
    lines = idle.table({"**ours**": ours, "calamine": idle.Idle(1.5, 1.25, 80)})

    assert lines[-2:] == [
        "| **ours** | 0.25 | 0.21 | 142 | 157 (25) | 31 |",
        "| calamine | 1.50 | 1.25 | — | — | 80 |",
    ]

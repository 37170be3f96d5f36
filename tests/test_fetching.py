"""Does fetching go where the owner said and nowhere else, in bounded time and space?"""

from __future__ import annotations

import gzip
import logging
import socket
import ssl
import threading
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest
import urllib3.util.connection
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile.corpus import corpus
from tests.web import Asked, Reply, serving
from tracker.fetching import Answer, Failed, Fetcher, read_origin
from tracker.networks import is_public

URL = "https://log.example.com/log"
TOKEN = "sentinel-of-the-token"

NAMES = {
    "localhost": "127.0.0.1",
    "localhost.": "127.0.0.1",
    "LOCALHOST": "127.0.0.1",
    "localhost.localdomain": "127.0.0.1",
    "ip6-localhost": "::1",
    "127.0.0.1.nip.example": "127.0.0.1",
    "metadata.google.internal": "169.254.169.254",
    "router.home.example": "192.168.1.1",
    "two-addresses.example": "10.0.0.7",
    "xn--80ak6aa92e.example": "172.16.0.9",
}
"""What the resolver of these tests knows; everything else has to be an address in digits."""

REFUSED = [case.text for case in corpus("urls") if case.must["fetched"] is None]

GOOD = {case.text: case.must["fetched"] for case in corpus("urls") if case.must["fetched"]}
ON_THE_INTERNET = {"log.example.com": "93.184.216.34", "shop.example.com": "93.184.216.35"}


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whom a connection was tried with; the resolver knows NAMES, and nobody is ever reached."""
    known = NAMES | ON_THE_INTERNET | {f"{name}.": at for name, at in ON_THE_INTERNET.items()}
    tried: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *_: Any, **options: Any) -> Any:
        if host == "two-addresses.example":
            return real("93.184.216.34", port, **options) + real(known[host], port, **options)
        return real(known.get(host, host), port, flags=socket.AI_NUMERICHOST, **options)

    def connect(address: tuple[str, int], *_: Any, **__: Any) -> socket.socket:
        tried.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(urllib3.util.connection, "create_connection", connect)
    return tried


def fetch(url: str, *, private_ok: bool = False, **options: Any) -> Answer | Failed:
    with Fetcher(private_ok=private_ok, sleep=lambda _: None, **options) as fetcher:
        return fetcher.get(url, token=TOKEN)


def test_sixty_spellings_of_a_wrong_address_are_refused_unconnected(connected: list[str]) -> None:
    codes = {url: fetch(url) for url in REFUSED}

    assert len(REFUSED) >= 60
    assert {url: code for url, code in codes.items() if not isinstance(code, Failed)} == {}
    assert {said.code for said in codes.values() if isinstance(said, Failed)} == {
        "address",
        "private",
        "plain",
    }
    assert connected == []


def test_four_good_addresses_are_connected_with_as_resolved(connected: list[str]) -> None:
    for url, at in GOOD.items():
        assert (url, fetch(url, retries=0)) == (url, Failed("unreachable"))
        assert connected.pop() == at


def test_http_goes_to_a_private_network_alone(connected: list[str]) -> None:
    assert fetch("http://93.184.216.34/log", private_ok=True) == Failed("plain")
    assert fetch("http://192.168.1.1/log", private_ok=True, retries=0) == Failed("unreachable")
    assert connected == ["192.168.1.1"]


def test_a_host_that_nobody_knows_is_named_so(connected: list[str]) -> None:
    assert fetch("https://nowhere.example/log", retries=0) == Failed("host")
    assert fetch(f"https://{'long' * 20}.example/log") == Failed("address")


def test_a_name_that_changes_between_two_questions_leads_nowhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = iter(["93.184.216.34"])
    real = socket.getaddrinfo
    with serving(lambda _: Reply()) as web:
        port = int(web.address.rpartition(":")[2])

        def rebind(host: str, _port: int, *_: Any, **__: Any) -> Any:
            return real(next(answers, "127.0.0.1"), port, type=socket.SOCK_STREAM)

        monkeypatch.setattr(socket, "getaddrinfo", rebind)
        assert fetch(f"https://log.example.com:{port}/log") == Failed("private")
    assert (list(answers), web.asked) == ([], [])


@given(st.ip_addresses(v=4))
def test_an_address_is_public_however_ipv6_wraps_it(address: Any) -> None:
    number = int(address)
    high, low = f"{number >> 16:x}", f"{number & 0xFFFF:x}"

    spelled = [f"::ffff:{address}", f"64:ff9b::{high}:{low}", f"2002:{high}:{low}::1"]

    assert {is_public(text) for text in spelled} == {is_public(str(address))}


def test_public_and_private_by_hand() -> None:
    public = [
        "8.8.8.8",
        "93.184.216.34",
        "2606:2800:220:1::1",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
    ]
    private = ["127.0.0.1", "224.0.0.1", "100.64.0.1", "::1", "fe80::1%eth0", "fec0::1", "", "host"]

    assert ([is_public(one) for one in public], [is_public(one) for one in private]) == (
        [True] * 5,
        [False] * 8,
    )


def test_an_origin_is_read_by_hand() -> None:
    assert read_origin("HTTPS://Log.Example.com./a?b=@c") == ("https", "log.example.com", 443)
    assert read_origin("http://[::1]:8080") == ("http", "[::1]", 8080)
    assert read_origin("https://" + "a" * 2000) is None


# What a real server of this machine answers.


def test_an_answer_comes_with_the_token_and_the_query_asked_for() -> None:
    with (
        serving(lambda _: Reply(body=b"{}")) as web,
        Fetcher(private_ok=True) as fetcher,
    ):
        answer = fetcher.get(f"{web.address}/log?shop=a", token=TOKEN, query={"after": "x-1"})

    (asked,) = web.asked
    assert answer == Answer(200, b"{}")
    assert (asked.path, asked.headers["authorization"]) == (
        "/log?shop=a&after=x-1",
        f"Bearer {TOKEN}",
    )


def test_this_machine_is_not_asked_unless_allowed() -> None:
    with serving(lambda _: Reply()) as web:
        assert fetch(web.address) == Failed("private")
    assert web.asked == []


def hop(asked: Asked) -> Reply:
    """Redirect `/3` to `/2`, `/2` to `/1`, and answer `/1`; keep a cookie in mind."""
    left = int(asked.path.strip("/"))
    if left == 1:
        return Reply(body=b"here")
    return Reply(302, headers={"Location": f"/{left - 1}", "Set-Cookie": "spy=1"})


def test_three_redirects_within_a_host_are_followed_and_no_more() -> None:
    with serving(hop) as web:
        assert fetch(f"{web.address}/4", private_ok=True) == Answer(200, b"here")
        assert not any("cookie" in asked.headers for asked in web.asked)
        assert fetch(f"{web.address}/5", private_ok=True) == Failed("redirected")


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1:1/log", "https://127.0.0.1/log", "//evil.example.com", "file:///etc/passwd"],
)
def test_a_redirect_to_elsewhere_is_not_followed(target: str) -> None:
    with serving(lambda _: Reply(302, headers={"Location": target})) as web:
        assert fetch(web.address, private_ok=True) == Failed("redirected")
    assert len(web.asked) == 1


@pytest.mark.parametrize("target", ["http://[::1", "http://127.0.0.1:port/", "\xff/log"])
def test_a_redirect_to_no_address_is_blamed_on_the_redirect(target: str) -> None:
    with serving(lambda _: Reply(302, headers={"Location": target})) as web:
        assert fetch(web.address, private_ok=True) == Failed("redirected")
    assert len(web.asked) == 1


def test_a_bomb_of_compressed_nothing_costs_nothing() -> None:
    bomb = gzip.compress(bytes(100_000_000), compresslevel=1)
    with serving(lambda _: Reply(body=bomb, headers={"Content-Encoding": "gzip"})) as web:
        tracemalloc.start()
        failed = fetch(web.address, private_ok=True)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert failed == Failed("too_big")
    assert peak < 50_000_000


def test_a_body_just_within_the_cap_is_taken_whole() -> None:
    with serving(lambda _: Reply(body=b"x" * 1000)) as web:
        assert fetch(web.address, private_ok=True, bytes_max=1000) == Answer(200, b"x" * 1000)
        assert fetch(web.address, private_ok=True, bytes_max=999) == Failed("too_big")


def test_an_answer_that_breaks_off_is_no_answer() -> None:
    with serving(lambda _: Reply(body=b"{", length=100)) as web:
        assert fetch(web.address, private_ok=True) == Failed("broken")


@contextmanager
def dripping(head: bytes) -> Iterator[str]:
    """A server that says `head` and then a byte at a time, for ever."""
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connection, _ = server.accept()
            with connection:
                try:
                    connection.sendall(head)
                    while not ended.wait(0.02):
                        connection.sendall(b"x")
                except OSError:
                    return

        thread = threading.Thread(target=drip)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        finally:
            ended.set()
            thread.join()


@pytest.mark.parametrize(
    "head",
    [b"", b"HTTP/1.1 200 OK\r\nX-Drip: ", b"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n"],
)
def test_a_server_that_drips_is_left_at_the_deadline(head: bytes) -> None:
    with dripping(head) as url:
        assert fetch(url, private_ok=True, deadline=0.3) == Failed("slow")


def test_no_proxy_and_no_password_of_the_environment_is_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login shop password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with serving(lambda _: Reply()) as web, Fetcher(private_ok=True) as fetcher:
        assert fetcher.get(web.address) == Answer(200)
    assert "authorization" not in web.asked[0].headers


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate of `localhost` that nobody but itself vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    kind, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    encoding = serialization.Encoding.PEM
    path.write_bytes(key.private_bytes(encoding, kind, plain) + made.public_bytes(encoding))
    return path


def test_https_asks_for_the_name_although_the_address_was_resolved_before(pem: Path) -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(pem)
    with serving(lambda _: Reply(body=b"{}"), tls) as web, Fetcher(private_ok=True) as fetcher:
        fetcher._session.verify = str(pem)
        by_name = fetcher.get(web.address, token=TOKEN)
        by_number = fetcher.get(web.address.replace("localhost", "127.0.0.1"), token=TOKEN)

    assert (by_name, by_number) == (Answer(200, b"{}"), Failed("certificate"))
    assert len(web.asked) == 1


def test_a_certificate_that_nobody_vouches_for_ends_the_try_before_the_token(pem: Path) -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(pem)
    with serving(lambda _: Reply(), tls) as web:
        assert fetch(web.address, private_ok=True) == Failed("certificate")
    assert web.asked == []


# What servers say of coming back.

Headers = dict[str, str]


def waits(*replies: tuple[int, Headers]) -> tuple[Answer | Failed, list[float]]:
    """What comes of a server that answers so one after the other, and how long was waited."""
    left = [Reply(status, b"{}", headers) for status, headers in replies]
    slept: list[float] = []
    with (
        serving(lambda _: left.pop(0)) as web,
        Fetcher(private_ok=True, sleep=slept.append) as fetcher,
    ):
        answer = fetcher.get(web.address)
    assert left == []
    return answer, slept


def test_a_wait_in_seconds_is_honoured() -> None:
    answer, slept = waits((429, {"Retry-After": "7"}), (503, {"Retry-After": "2"}), (200, {}))

    assert (answer, slept) == (Answer(200, b"{}"), [7, 2])


def test_a_wait_until_a_date_is_honoured() -> None:
    at = formatdate(time.time() + 20, usegmt=True)

    answer, slept = waits((503, {"Retry-After": at}), (200, {}))

    assert answer == Answer(200, b"{}")
    assert 10 < slept[0] <= 20


@pytest.mark.parametrize("wait", ["31", "3600", "9" * 30, "Thu, 31 Dec 2099 23:59:59 GMT"])
def test_a_wait_longer_than_ours_ends_the_try(wait: str) -> None:
    assert waits((429, {"Retry-After": wait})) == (Failed("busy"), [])


@pytest.mark.parametrize("wait", ["soon", "-5", "9" * 5000, "Fri, 99 Foo 2026", ""])
def test_a_wait_that_cannot_be_read_asks_for_nothing(wait: str) -> None:
    answer, slept = waits((503, {"Retry-After": wait}), (200, {}))

    assert answer == Answer(200, b"{}")
    assert len(slept) == 1
    assert slept[0] <= 1


def test_retries_end_with_the_last_answer_and_wait_a_little_more_each() -> None:
    answer, (first, second, third) = waits((500, {}), (502, {}), (504, {}), (503, {}))

    assert answer == Answer(503)
    assert first <= 0.5
    assert 1 <= second <= 1.5
    assert 2 <= third <= 2.5


def test_a_wait_that_the_deadline_has_no_room_for_is_not_begun() -> None:
    with (
        serving(lambda _: Reply(429, headers={"Retry-After": "20"})) as web,
        Fetcher(private_ok=True, deadline=10, sleep=lambda _: pytest.fail("it slept")) as fetcher,
    ):
        assert fetcher.get(web.address) == Failed("busy")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 501])
def test_what_asking_again_does_not_help_is_not_asked_again(status: int) -> None:
    assert waits((status, {})) == (Answer(status), [])


@pytest.mark.parametrize("token", ["two\r\nlines", "with space", "ключ", "tab\t"])
def test_a_token_that_no_header_can_carry_is_refused_unsaid(token: str) -> None:
    with Fetcher(private_ok=False) as fetcher:
        assert fetcher.get(URL, token=token) == Failed("token")


def test_nothing_is_logged_of_an_address_or_a_token(
    connected: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    assert fetch(f"{URL}?key=sentinel-of-the-query") == Failed("unreachable")

    assert len(connected) == 4
    assert "sentinel" not in caplog.text
    assert "/log" not in caplog.text

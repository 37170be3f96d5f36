"""Does any output name a secret, whatever goes wrong? A sentinel in every variable that holds one."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.cli_book import NOON, CliBook, Said, run_at, set_environment
from tests.faulty_mail import FaultyServer
from tests.google.faults import Fault
from tests.google.wiring import intercepted
from tests.people.scan import found, places
from tests.receiver.process import SERVE, process
from tests.test_google_commands import SHEET, Shop
from tests.web import Asked, Reply, serving
from tracker import environment
from tracker.cli import IN_ORDER
from tracker.desk import workplace
from tracker.layout import Tab
from tracker.mail_url import read_mail_url
from tracker.problems import Stop
from tracker.receiver.serving import Settings
from tracker.sentences import stop_says
from tracker.stores.google_sheets.store import GoogleStore

NOWHERE = "127.0.0.1:9"
HIDDEN = {
    "TRACKER_SECRET": "zssecretzssecretzssecret",
    "TRACKER_SMTP_URL": f"smtp://shop:zspassword@{NOWHERE}",
    "TRACKER_ORDER_LOG": f"http://{NOWHERE}/log?key=zslogkey",
    "TRACKER_ORDER_LOG_TOKEN": "zstokenzstokenzstokenzstoken",
    "TRACKER_API_KEY": "zsapikeyzsapikeyzsapikeyzsapikey",
    "TRACKER_HEARTBEAT_URL": f"http://{NOWHERE}/zsheartbeat",
    "TRACKER_STORE": "postgresql+psycopg://shop:zsdatabase@127.0.0.1:9/shop",
    "TRACKER_HOOK_SECRET_WOOCOMMERCE": "zswoocommercezswoocommercezs",
    "TRACKER_HOOK_SECRET_ZAPIER": "zszapierzszapierzszapierzszapier,zsoldzapierzsoldzapierzsold",
}
"""Every variable that is a secret, or may hold one."""
OPEN = frozenset(
    "TRACKER_STATE TRACKER_GOOGLE_CREDENTIALS TRACKER_TEMPLATES TRACKER_ALLOW_PRIVATE "
    "TRACKER_PUBLIC_URL TRACKER_HOOK_RATE TRACKER_SYNC_MINUTES".split()
)
"""The others. What the key file holds has sentinels of its own below."""
WORDS = (*re.findall(r"zs[a-z]+", " ".join(HIDDEN.values())), "zskeyfile", "zskeyid")


def test_every_variable_that_is_read_has_a_sentinel_or_is_known_to_be_harmless() -> None:
    text = Path(environment.__file__).read_text("utf-8")
    read = set(re.findall(r'"(TRACKER_[A-Z_]+)"', text))

    named = {name for name in HIDDEN if not name.startswith(environment.HOOK_SECRET)}
    assert read == named | OPEN | {environment.HOOK_SECRET}


def test_what_is_secret_makes_a_file_that_others_may_read_a_finding(tmp_path: Path) -> None:
    for name, value in HIDDEN.items():
        path = tmp_path / name
        path.write_text(f"{name}={value}\n")
        path.chmod(0o644)
        addresses = name in {"TRACKER_ORDER_LOG", "TRACKER_STORE"}
        assert environment.open_to_others([path]) == ([] if addresses else [path])


def test_nothing_that_holds_a_secret_shows_it_in_its_repr(tmp_path: Path) -> None:
    env = environment.load("xlsx:book.xlsx", HIDDEN)
    place = workplace(environment.load(f"xlsx:{tmp_path / 'book.xlsx'}", HIDDEN))
    place.close()

    for one in (environment.load(None, HIDDEN), env, place, read_mail_url(env.smtp_url)):
        assert found(repr(one), WORDS) == set(), type(one).__name__
    shown = {one.name for one in fields(Settings) if one.repr}
    assert not shown & {"secrets", "api_key"}
    assert set(env.hook_secrets) == {"WOOCOMMERCE", "ZAPIER"}


ALL = """sync|sync --again|sync --dry-run|why 1|check -v|codes show IVAN01|leads|rules|status|mail
simulate --set rate=12%|statements --month 2026-10 --send|letters --send|wake|mail --test a@b.example
payouts --propose|payouts --export csv --out pay.csv|export book.json|tidy --yes|restore --accept
forget customer a@example.com --yes|init|serve --port 99999|schedule --every 99|why nothing|forget partner nobody"""
COMMANDS = [*ALL.replace("\n", "|").split("|"), *(f"{name} --help" for name in IN_ORDER)]


def book_with(folder: Path, **values: str) -> CliBook:
    """A book with orders, and every secret; `values` go before these."""
    book = CliBook(folder)
    hidden = {**HIDDEN, "TRACKER_STORE": "xlsx:partners.xlsx", "TRACKER_ALLOW_PRIVATE": "yes"}
    set_environment(book, **{**hidden, **values})
    book.set("mail", "live")
    book.set("mail_from", "Shop <partners@example.com>")
    book.set("owner_email", "owner@example.com")
    return book


@cache
def nothing_answers() -> tuple[CliBook, dict[str, Said]]:
    """Every command while no address answers; the last one also asks the log at an address."""
    keeper = TemporaryDirectory()
    _KEPT.append(keeper)
    book = book_with(Path(keeper.name), TRACKER_ORDER_LOG="file:orders.jsonl")
    book.deliver("1")
    book.run("sync")
    book.now = NOON + timedelta(days=32)
    said = {one: book.run(*one.split()) for one in COMMANDS}
    set_environment(book, TRACKER_ORDER_LOG=f"file:orders.jsonl,{HIDDEN['TRACKER_ORDER_LOG']}")
    return book, {**said, LAST: book.run("check")}


LAST = "check, and the log does not answer"
_KEPT: list[TemporaryDirectory[str]] = []


@pytest.mark.parametrize("command", [*COMMANDS, LAST])
def test_no_command_prints_a_secret_while_nothing_answers(command: str) -> None:
    _, said = nothing_answers()

    assert found(said[command].out + said[command].err, WORDS) == set()
    assert said[command].code in {0, 2, 3}


def test_no_file_and_no_cell_holds_a_secret_but_env() -> None:
    book, said = nothing_answers()

    assert places(book.folder, WORDS, (".env",)) == {}
    assert found((book.folder / ".env").read_text(), WORDS) >= set(WORDS[:5])
    assert said["why 1"].out.startswith("Order generic/1")
    assert "http://127.0.0.1:9/log does not answer" in said[LAST].out
    assert "TRACKER_HEARTBEAT_URL" in said["sync"].err
    assert "TRACKER_SMTP_URL" in said["mail --test a@b.example"].err


ODD = {
    "TRACKER_SMTP_URL": [
        "smtp://shop:zspassword@host:port:25", "smtp://shop:zs password@/", "zspassword",
        "ftp://zspassword@host", "smtp://zspassword@[::1", "folder:", "smtps://:zspassword@",
    ],
    "TRACKER_ORDER_LOG": [
        "http://[zslogkey", "https://user:zslogkey@host/log", "shop:zslogkey@host/log", "ftp://zslogkey@h",
        "http://127.0.0.1:zslogkey/", "https://host\\\\zslogkey@x", "inbox:", "http:zslogkey?zslogkey",
    ],
    "TRACKER_HEARTBEAT_URL": ["file:///zsheartbeat", "http://[zsheartbeat", "zsheartbeat"],
    "TRACKER_STORE": ["mysql://u:zsdatabase@h/d", "postgresql://u:zsdatabase@h/d?key=zsdatabase"],
    "TRACKER_API_KEY": ["zsapikey", "zsapikeyzsapikeyzsapikey zsapikey", "zsапикей" * 9],
    "TRACKER_SECRET": ["zssecret", "zssecretzssecretzssecretother"],
    "TRACKER_HOOK_SECRET_ZAPIER": ["zszapier", "zszapier zszapierzszapierzszapier", ","],
}  # fmt: skip


USED_BY = {"TRACKER_SMTP_URL": "mail --test a@b.example", "TRACKER_STORE": "check"}


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, vs in ODD.items() for v in vs])
def test_a_value_that_cannot_be_used_is_refused_without_being_shown(
    name: str, value: str, tmp_path: Path
) -> None:
    book = CliBook(tmp_path, like=nothing_answers()[0])
    set_environment(book, **{"TRACKER_ORDER_LOG": "file:orders.jsonl", name: f"'{value}'"})
    serves = "HOOK" in name or "API" in name

    said = book.run(*("serve --port 99999" if serves else USED_BY.get(name, "sync")).split())

    assert found(said.out + said.err, WORDS) == set()
    assert "Traceback" not in said.err


def log_reply(status: int) -> Iterator[Reply]:
    yield Reply(status, b'{"deliveries": zslogkey', {"Location": "http://127.0.0.1:9/?zslogkey"})


@pytest.mark.parametrize("status", [200, 302, 401, 403, 500])
def test_a_log_that_refuses_us_is_named_without_key_or_token(status: int, tmp_path: Path) -> None:
    book = CliBook(tmp_path, like=nothing_answers()[0])

    def answer(_asked: Asked) -> Reply:
        return next(log_reply(status))

    with serving(answer) as web:
        beat = f"{web.address}/zsheartbeat"
        set_environment(
            book, TRACKER_ORDER_LOG=f"{web.address}/log?key=zslogkey", TRACKER_HEARTBEAT_URL=beat
        )
        said = book.run("sync")

    assert any("zslogkey" in asked.path for asked in web.asked)
    assert (said.code, found(said.out + said.err, WORDS)) == (2, set())
    assert places(book.folder, WORDS, (".env",)) == {}


@pytest.mark.parametrize("step", ["banner", "auth", "mail", "data", "dot"])
def test_a_mail_server_that_breaks_off_leaves_no_password_behind(step: str, tmp_path: Path) -> None:
    book = CliBook(tmp_path, like=nothing_answers()[0])
    log = "TRACKER_ORDER_LOG"

    with FaultyServer(step, 1, "535 5.7.8 zspassword is wrong" if step == "auth" else "") as server:
        url = f"smtp://shop:zspassword@127.0.0.1:{server.port}"
        set_environment(book, TRACKER_SMTP_URL=url, **{log: "file:orders.jsonl"})
        said = [book.run(*one.split()) for one in ("mail --test a@b.example", "letters --send")]

    for one in said:
        assert found(one.out + one.err, WORDS) == set()
    assert places(book.folder, WORDS, (".env",)) == {}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = Shop(tmp_path)
    made.begin()
    key = json.loads(made.key.read_text())
    made.key.write_text(json.dumps(key | {"private_key_id": "zskeyid", "client_id": "zskeyfile"}))
    with intercepted(made.google):
        yield made


def key_words(shop: Shop) -> tuple[str, ...]:
    """Sentinels in the key file, and pieces of the private key itself."""
    pem = json.loads(shop.key.read_text()).get("private_key", "").splitlines()
    return (*WORDS, *(line for line in pem if len(line) > 40 and not line.startswith("-")))


@pytest.mark.parametrize("kind", ["http429", "http500", "html502", "truncated", "timeout", "reset"])
def test_whatever_google_answers_no_part_of_the_key_is_shown(kind: str, shop: Shop) -> None:
    words, pauses = key_words(shop), [0.0]
    store = GoogleStore(
        SHEET, shop.key, shop.folder / ".tracker", today=NOON.date, pause=pauses.append
    )
    shop.google.faults = lambda _call: Fault(at=1, kind=kind)

    with pytest.raises(Stop) as stop:
        store.read([Tab.PARTNERS])

    said = (
        stop_says(stop.value, "en") + stop_says(stop.value, "ru") + repr(stop.value) + repr(store)
    )
    assert (len(words) > 20, found(said, words)) == (True, set())
    assert places(shop.folder, words, (".env", "robot.json")) == {}


def spoiled(shop: Shop, how: str) -> None:
    key = json.loads(shop.key.read_text())
    if how == "revoked":
        shop.google.accounts.keys.clear()
    elif how == "not shared":
        shop.google.books[SHEET].share.clear()
    elif how == "open":
        shop.key.chmod(0o644)
    elif how == "no json":
        shop.key.write_text(shop.key.read_text()[:-40] + "zskeyfile")
    elif how == "no key":
        shop.key.write_text(json.dumps(key | {"private_key": "zskeyfile"}))
    else:
        body = key["private_key"].replace("M", "zskeyfile", 1)
        shop.key.write_text(json.dumps(key | {"private_key": body}))


@pytest.mark.parametrize("how", ["revoked", "not shared", "open", "no json", "no key", "torn key"])
def test_a_key_that_does_not_work_is_not_shown_either(how: str, shop: Shop) -> None:
    words = key_words(shop)
    spoiled(shop, how)

    said = run_at(shop.folder, NOON, "check")

    assert found(said.out + said.err, words) == set()
    assert (said.code, said.err.count("\n")) == (2, 1)


def test_a_crash_prints_a_traceback_without_secrets(tmp_path: Path) -> None:
    book = CliBook(tmp_path, like=nothing_answers()[0])
    with closing(sqlite3.connect(book.folder / ".tracker" / "outbox.sqlite3")) as outbox:
        outbox.execute("DROP TABLE bounces")

    said = book.process("sync", TRACKER_ORDER_LOG="file:orders.jsonl")

    assert (said.code, "Traceback" in said.err) == (1, True)
    assert found(said.out + said.err, WORDS) == set()


def test_a_receiver_keeps_secrets_off_its_lines_and_its_children_off_their_arguments(
    tmp_path: Path,
) -> None:
    hooks = {name: value for name, value in HIDDEN.items() if "HOOK" in name or "API" in name}
    order = b'{"order_id":"1","total":"10","note":"zslogkey"}'
    with process(tmp_path, "--inbox", str(tmp_path / "inbox.sqlite3"), **hooks) as serve:
        command = Path(f"/proc/{serve.child.pid}/cmdline").read_bytes().decode()
        for path in ("zapier/zszapierzszapierzszapierzszapier", "zapier/zswrong", "woocommerce"):
            head = f"POST /hooks/{path} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(order)}\r\n"
            more = "Content-Type: application/json\r\nConnection: close\r\n\r\n"
            serve.ask(f"{head}{more}".encode() + order)
        log = b"GET /log HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer zsapikeywrong\r\n\r\n"
        answer = serve.ask(log)
        code = serve.end()

    assert (code, answer.status) == (0, 401)
    said = serve.said + serve.err + command + str(answer)
    assert (found(said, WORDS), SERVE[-1] in command) == (set(), True)


def test_a_schedule_hands_its_children_no_secret_as_an_argument(tmp_path: Path) -> None:
    book = CliBook(tmp_path, like=nothing_answers()[0])
    with book.start("schedule", "--every", "60", TRACKER_ORDER_LOG="file:orders.jsonl") as child:
        seen: set[str] = set()
        deadline = time.monotonic() + 60
        while not seen and time.monotonic() < deadline:
            seen = {one for one in _arguments_of_children(child) if "wake" in one}
            time.sleep(0.02)
        child.terminate()
        out, err = child.communicate(timeout=60)

    assert (len(seen), found(" ".join(seen) + out + err, WORDS)) == (1, set())


def _arguments_of_children(child: subprocess.Popen[str]) -> list[str]:
    try:
        tasks = Path(f"/proc/{child.pid}/task").glob("*/children")
        ids = [one for task in tasks for one in task.read_text().split()]
        return [Path(f"/proc/{one}/cmdline").read_bytes().decode() for one in ids]
    except OSError:
        return []

"""Are secrets and contacts kept where they belong, and wrong secrets refused?"""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from tests.cli_book import NOON, CliBook, run_at, set_environment
from tracker.layout import Tab


@pytest.mark.parametrize(
    ("secret", "said"),
    [("", "There is no TRACKER_SECRET."), ("brief", "shorter than 16 characters"),
     ("another secret of 32 characters!", "is not the one this book was written with")],
)  # fmt: skip
def test_a_missing_short_or_changed_secret_ends_with_2(
    secret: str, said: str, tmp_path: Path
) -> None:
    book = CliBook(tmp_path)
    book.deliver("1")
    book.sync()
    set_environment(book, TRACKER_SECRET=secret)
    for command in ("sync", "check", "export -", "statements --send", "payouts"):
        stopped = book.run(*command.split())
        assert (command, stopped.code, stopped.out) == (command, 2, "")
        assert said in stopped.err
        assert not secret or secret not in stopped.err


def test_init_makes_a_secret_that_only_its_owner_reads_and_keeps_it(tmp_path: Path) -> None:
    assert run_at(tmp_path, NOON, "init", "--lang", "en").code == 0
    env = tmp_path / ".env"
    first = env.read_text()
    assert stat.S_IMODE(env.stat().st_mode) == 0o600
    assert len(first.removeprefix("TRACKER_SECRET=").strip()) >= 32
    again = run_at(tmp_path, NOON, "init", "--lang", "ru")
    assert (again.code, again.out) == (0, "")
    assert env.read_text() == first


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = CliBook(tmp_path)
    set_environment(book, TRACKER_ORDER_LOG="file:gone.jsonl", TRACKER_SECRET="short")
    monkeypatch.setenv("TRACKER_ORDER_LOG", "file:orders.jsonl")
    monkeypatch.setenv("TRACKER_SECRET", "a long enough secret")
    book.deliver("1")
    assert book.sync()["written"] == 1


SECRET = "the programme's secret of tests"
PASSWORD = "pass-of-the-mail-server"
EMAIL, PHONE = "buyer@example.org", "+79000000001"
NEVER_SHOWN = (SECRET, PASSWORD, EMAIL, PHONE, "9000000001")


def with_secrets(folder: Path) -> CliBook:
    """A book whose log has a customer's contacts, also in lines that cannot be read."""
    book = CliBook(folder)
    url = f"smtp://shop:{PASSWORD}@127.0.0.1:9"
    set_environment(book, TRACKER_SECRET=SECRET, TRACKER_SMTP_URL=url)
    book.set("mail", "live")
    book.set("mail_from", "Shop <partners@example.com>")
    customer = {"email": EMAIL, "phone": PHONE}
    book.deliver("1", customer=customer)
    book.deliver("2", customer=customer, total="ten")
    book.deliver("3", customer=EMAIL)
    book.deliver("4", customer=customer, codes=["NOBODYS"], ordered_at=EMAIL)
    with book.log.open("a") as log:
        log.write(f"a broken line of {EMAIL} {PHONE}\n")
    return book


def test_no_command_prints_a_secret_or_a_customers_contact(tmp_path: Path) -> None:
    book = with_secrets(tmp_path)
    commands = "sync|sync --dry-run|check|why 1|export -|payouts --propose|payouts --export csv"
    letters = "statements|statements --preview letters|statements --send|restore --accept|init"
    for command in f"{commands}|{letters}".split("|"):
        said = book.run(*command.split())
        shown = [word for word in NEVER_SHOWN if word in said.out + said.err]
        assert (command, shown) == (command, [])
        assert "Traceback" not in said.err


def test_no_secret_and_no_customers_contact_stands_in_the_book(tmp_path: Path) -> None:
    book = with_secrets(tmp_path)
    book.sync()
    with zipfile.ZipFile(book.path) as parts:
        for name in parts.namelist():
            text = parts.read(name).decode("utf-8", "replace")
            assert (name, [word for word in NEVER_SHOWN if word in text]) == (name, [])
    assert str(book.rows(Tab.JOURNAL)[0]["customer"]).startswith("e:")


def test_a_process_that_cannot_run_shows_no_secret_either(tmp_path: Path) -> None:
    book = with_secrets(tmp_path)
    for command in ("sync", "check", "statements --send"):
        said = book.process(*command.split(), TRACKER_STORE=f"xlsx:{PASSWORD[:4]}.xlsx")
        assert said.code == 2
        assert [word for word in NEVER_SHOWN if word in said.out + said.err] == []

"""Which of several `.env` files counts, and does the environment go before them?"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from dotenv import dotenv_values
from hypothesis import given
from hypothesis import strategies as st

from tracker.environment import _file, _plain_lines, load, open_to_others


@pytest.fixture
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a book's `.env`, and another book with its own in `demo`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "demo").mkdir()
    (tmp_path / ".env").write_text(
        "TRACKER_SECRET=of the shop\nTRACKER_ORDER_LOG=file:shop.jsonl\n"
    )
    (tmp_path / "demo" / ".env").write_text("TRACKER_SECRET='of the demo'\n")
    return tmp_path


def test_a_books_own_env_goes_before_that_of_the_folder_one_is_in(books: Path) -> None:
    assert load("xlsx:demo/partners.xlsx", {}).secret == "of the demo"
    assert load(None, {}).secret == "of the shop"


def test_where_a_books_own_env_is_silent_that_of_the_folder_speaks(books: Path) -> None:
    assert load("xlsx:demo/partners.xlsx", {}).order_log == "file:shop.jsonl"


def test_the_environment_goes_before_both(books: Path) -> None:
    given = {"TRACKER_SECRET": "of the shell", "TRACKER_STORE": "xlsx:demo/partners.xlsx"}

    found = load(None, given)

    assert (found.secret, found.store) == ("of the shell", "xlsx:demo/partners.xlsx")


def test_each_file_that_was_read_is_named_once(books: Path) -> None:
    own = books / "demo" / ".env"

    assert load("xlsx:demo/partners.xlsx", {}).files == (books / ".env", own)
    assert load(f"xlsx:{books}/partners.xlsx", {}).files == (books / ".env",)


@pytest.mark.skipif(os.name != "posix", reason="this system has no such modes")
@pytest.mark.parametrize(
    ("mode", "text", "is_open"),
    [
        (0o600, "TRACKER_SECRET=of the shop", False),
        (0o644, "TRACKER_SECRET=of the shop", True),
        (0o640, "TRACKER_HOOK_SECRET_TILDA=of the form", True),
        (0o620, "TRACKER_SMTP_URL=smtp://me:hidden@example.com", True),
        (0o644, "TRACKER_SECRET=\nTRACKER_STORE=xlsx:partners.xlsx", False),
    ],
)
def test_a_file_with_a_secret_is_for_its_owner_alone(
    mode: int,
    text: str,
    is_open: bool,  # noqa: FBT001
    tmp_path: Path,
) -> None:
    path = tmp_path / ".env"
    path.write_text(text)
    path.chmod(mode)

    assert open_to_others([path, tmp_path / "gone"]) == ([path] if is_open else [])


# Plain lines are read without the library, and alike.


def test_plain_lines_are_read_by_a_pattern_and_others_left_to_the_library() -> None:
    assert _plain_lines("# of the shop\n\nA=1\nTRACKER_ORDER_LOG=tab:Webhook log\nA=2\nB=\n") == {
        "A": "2",
        "TRACKER_ORDER_LOG": "tab:Webhook log",
        "B": "",
    }
    for line in ("A='1'", "A=1 # one", "export A=1", "A = 1", "A=1 ", "A", "A=a\\n", "A=$B", "Ё=1"):
        assert _plain_lines(line) is None, line


@given(st.text(alphabet="AB_1 =:/#'\"\\$\n\r\t\x0b\x0c\x85\u2028.-é", max_size=30))
def test_a_file_says_what_the_library_reads_in_it(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("env") / ".env"
    path.write_text(text, encoding="utf-8", newline="")
    read = dotenv_values(path, interpolate=False, encoding="utf-8")
    assert _file(path) == {name: value for name, value in read.items() if value is not None}

"""Which of several `.env` files counts, and does the environment go before them?"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tracker.environment import load, open_to_others


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

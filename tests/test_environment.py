"""Which of several `.env` files counts, and does the environment go before them?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.environment import load


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

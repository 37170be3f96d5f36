"""What do all tests of the fake need? A spreadsheet, a client of it, and its first tab."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import gspread
import pytest
from google.oauth2.service_account import Credentials

from tests.google.fake import FakeGoogle
from tests.google.wiring import ROBOT, intercepted, key_file

SCOPE = "https://www.googleapis.com/auth/spreadsheets"


@pytest.fixture
def google() -> Iterator[FakeGoogle]:
    google = FakeGoogle()
    google.create("book", share={ROBOT: "writer"})
    with intercepted(google):
        yield google


@pytest.fixture
def client(google: FakeGoogle, tmp_path: Path) -> gspread.Client:
    path = key_file(tmp_path, google)
    return gspread.Client(Credentials.from_service_account_file(str(path), scopes=[SCOPE]))  # type: ignore[no-untyped-call]


@pytest.fixture
def tab(client: gspread.Client) -> gspread.Worksheet:
    return client.open_by_key("book").sheet1

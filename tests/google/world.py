"""What do tests of whole runs on Google stand on? A programme in a spreadsheet behind the fake.

Store, inbox, outbox and every run are the real ones, through the real gspread; the owner types and
clicks as in a browser.
"""

from __future__ import annotations

import shutil
from contextlib import AbstractContextManager
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from tests.google.fake import FakeGoogle
from tests.google.grid import Book
from tests.google.owner import Owner, Typed
from tests.google.wiring import ROBOT, intercepted, key_file
from tests.world import NOON, AnyWorld
from tracker.inbox import Inbox
from tracker.layout import LAYOUT, Tab
from tracker.stores.google_sheets.store import GoogleStore
from tracker.stores.google_sheets.wire import Wire

SHEET = "1aBcD-partners-of-a-small-shop"


class GoogleWorld(AnyWorld):
    """A programme on a spreadsheet.

    `folder` holds the key and the state of this machine, which another one has not.
    """

    store: GoogleStore

    def __init__(
        self, folder: Path, google: FakeGoogle, now: datetime = NOON, inbox: Inbox | None = None
    ) -> None:
        self.folder = folder
        self.google = google
        self.pauses: list[float] = []
        key = folder / "robot.json"
        store = GoogleStore(
            SHEET,
            key if key.exists() else key_file(folder, google),
            folder / ".tracker",
            today=lambda: self.now.date(),  # noqa: PLW0108  # `now` moves
            pause=self.pauses.append,
        )
        super().__init__(store, now, inbox)
        self.owner = Owner(google, SHEET)

    @classmethod
    def begun(cls, folder: Path, language: str = "en", locale: str = "en_US") -> Self:
        """A laid out spreadsheet in which nothing is typed yet."""
        google = FakeGoogle()
        google.books[SHEET] = laid_out(language, locale).copy()
        return cls(folder, google)

    def copy(self, folder: Path) -> Self:
        """The same programme once more: spreadsheet, state of the machine and inbox."""
        google = FakeGoogle(accounts=self.google.accounts)
        google.books[SHEET] = self.google.books[SHEET].copy()
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        other = type(self)(folder, google, self.now, self.place.inbox.snapshot())
        other._delivered = self._delivered
        # Checking the key takes most of a small sync's time, so it is loaded once.
        other.store._wire = Wire(self.store._wire.account, SHEET, pause=other.pauses.append)
        return other

    def another_machine(self, folder: Path) -> Self:
        """A machine that works on the same spreadsheet, with a state and an inbox of its own."""
        folder.mkdir()
        return type(self)(folder, self.google, self.now)

    def reachable(self) -> AbstractContextManager[object]:
        """Answer this process's calls of Google inside."""
        return intercepted(self.google)

    def type(self, tab: Tab, **cells: Typed) -> None:
        """Type a row below the last one."""
        self.owner.type_rows(tab.value, cells)

    def edit(self, tab: Tab, key: str, column: str, typed: Typed) -> None:
        """Type over one cell of the first row of that key."""
        row = self.owner.find(tab.value, LAYOUT[tab].key_column, key)
        self.owner.set_cell(tab.value, row, column, typed)


@cache
def laid_out(language: str, locale: str) -> Book:
    """A spreadsheet laid out once, of which every world gets a copy."""
    with TemporaryDirectory() as folder:
        google = FakeGoogle()
        google.create(SHEET, "Partners", locale, share={ROBOT: "writer"})
        world = GoogleWorld(Path(folder), google)
        with world.reachable():
            world.store.lay_out(language)
        return google.books[SHEET]

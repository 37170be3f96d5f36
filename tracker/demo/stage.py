"""Where is the demo played? A folder of its own, and a workbook typed into as an owner would."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tracker.demo.cast import Rows
from tracker.layout import LAYOUT, Tab, known_columns, title_of
from tracker.problems import Stop
from tracker.stores.xlsx_file import BookFile, explained

BOOK = "partners.xlsx"
LOG = "orders.jsonl"
Changes = Mapping[Tab, Mapping[str, Mapping[str, object]]]
"""Cells to change, by tab, key of the row and column."""

MARK = ".made-by-demo"
"""Says that the folder's demo files are ours to make anew; a book without it is the owner's."""

NAMES = (
    *(BOOK, LOG, ".env", ".tracker", "mailbox", "statements", "payouts.csv", "payouts-1c.txt"),
    *("bank-statement.csv", "ledger.beancount", "terms.html", "what-if.xlsx", "cards.html"),
)


@dataclass(frozen=True, slots=True)
class Folder:
    """The demo's folder and what lies in it."""

    path: Path

    @property
    def book(self) -> Path:
        """The workbook."""
        return self.path / BOOK

    @property
    def log(self) -> Path:
        """The order log."""
        return self.path / LOG

    @property
    def mailbox(self) -> Path:
        """Where letters land instead of being mailed."""
        return self.path / "mailbox"

    @property
    def previews(self) -> Path:
        """Statements to look at."""
        return self.path / "statements"

    @property
    def payouts(self) -> Path:
        """The list for people."""
        return self.path / "payouts.csv"

    @property
    def one_c(self) -> Path:
        """The same as 1C and banks' programs read it."""
        return self.path / "payouts-1c.txt"

    @property
    def bank(self) -> Path:
        """What the bank says it paid."""
        return self.path / "bank-statement.csv"

    @property
    def ledger(self) -> Path:
        """The ledger as double entry."""
        return self.path / "ledger.beancount"

    @property
    def terms(self) -> Path:
        """The rules in plain words."""
        return self.path / "terms.html"

    @property
    def trial(self) -> Path:
        """What other rules would have paid."""
        return self.path / "what-if.xlsx"

    @property
    def cards(self) -> Path:
        """Serial codes to print and cut out."""
        return self.path / "cards.html"

    @property
    def store_url(self) -> str:
        """The book as `--store` names it."""
        return f"xlsx:{self.book}"

    @property
    def order_log(self) -> str:
        """The log as TRACKER_ORDER_LOG names it."""
        return f"file:{self.log}"

    @property
    def smtp_url(self) -> str:
        """The mailbox as TRACKER_SMTP_URL names it."""
        return f"folder:{self.mailbox}"


def cleared(path: Path) -> Folder:
    """Make the folder ready, an older demo in it removed.

    Raises Stop `book_open` while somebody has that demo's book open, `demo_not_ours` when the
    folder holds a book or log that no demo made, `book_forbidden` and `disk_full`.
    """
    folder = Folder(path)
    found = [name for name in NAMES if (path / name).exists()]
    if found and not (path / MARK).exists():
        raise Stop("demo_not_ours", path=path / found[0])
    if folder.book.exists():
        BookFile(folder.book.resolve(), path / ".tracker").refuse_if_open()
    with explained(folder.book):
        path.mkdir(parents=True, exist_ok=True)
        (path / MARK).touch()
        for name in found:
            _remove(path / name)
    return folder


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def write_env(folder: Folder) -> str:
    """Write `.env` beside the book, for its owner alone; the secret in it."""
    secret = secrets.token_urlsafe(32)
    lines = {
        "TRACKER_SECRET": secret,
        "TRACKER_ORDER_LOG": folder.order_log,
        "TRACKER_SMTP_URL": folder.smtp_url,
    }
    handle = os.open(folder.path / ".env", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.writelines(f"{name}={_quoted(value)}\n" for name, value in lines.items())
    return secret


def _quoted(value: str) -> str:
    """Write a value so that blanks and # in a folder's name stay part of it."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


@dataclass(frozen=True, slots=True)
class Owner:
    """The person at the spreadsheet: opens the book, types, saves, closes."""

    path: Path
    language: str

    def edit(self, rows: Rows = (), changes: Changes = MappingProxyType({})) -> None:
        """Type rows below the last ones, and change cells of rows by tab and key."""
        book = load_workbook(self.path, rich_text=True)
        for tab, cells in rows:
            sheet, columns = self._sheet(book, tab)
            key = columns[LAYOUT[tab].key_column]
            row = 1 + max(n for n in range(1, sheet.max_row + 1) if sheet.cell(n, key).value)
            _fill(sheet, columns, row, cells)
        for tab, found in changes.items():
            sheet, columns = self._sheet(book, tab)
            key = columns[LAYOUT[tab].key_column]
            for number in range(2, sheet.max_row + 1):
                _fill(sheet, columns, number, found.get(str(sheet.cell(number, key).value), {}))
        book.save(self.path)

    def _sheet(self, book: Workbook, tab: Tab) -> tuple[Worksheet, dict[str, int]]:
        sheet = book[title_of(tab, self.language)]
        found = known_columns(tab, [cell.value for cell in sheet[1]])
        return sheet, {key: index + 1 for key, index in found.items()}


def _fill(
    sheet: Worksheet, columns: Mapping[str, int], row: int, cells: Mapping[str, object]
) -> None:
    for key, value in cells.items():
        if value is None:
            continue
        cell = sheet.cell(row, columns[key])
        cell.number_format = (
            "yyyy-mm-dd" if isinstance(value, date) else _format(sheet, key, columns)
        )
        cell.value = value  # type: ignore[assignment]  # text, a number or a date


def _format(sheet: Worksheet, key: str, columns: Mapping[str, int]) -> str:
    """The format of the column, which a person's typing keeps."""
    from tracker.stores.xlsx_write import column_style

    style = column_style(sheet, columns[key])
    return "General" if style is None else style.number_format

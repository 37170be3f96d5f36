"""Which store does an address name? `xlsx:` is a workbook, `gsheets:` a Google spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from tracker.problems import Stop
from tracker.stores import Store

SUFFIXES = {".xlsx"}
STATE = Path(".tracker")
"""Where the state of a book lies that is no file: a folder of its own in here."""


def open_store(
    url: str,
    *,
    today: Callable[[], date],
    state_dir: Path | None = None,
    key_file: Path | None = None,
) -> Store:
    """Open the store that the address names; nothing is read yet.

    `key_file` is that of a Google service account. Raises Stop `store_unknown`, `book_not_xlsx`
    for a file of another kind, `google_address`.
    """
    kind, _, place = url.partition(":")
    kind = kind.strip().casefold()
    if kind == "gsheets":
        from tracker.stores.google_sheets.address import spreadsheet_id
        from tracker.stores.google_sheets.store import GoogleStore

        sheet_id = spreadsheet_id(place)
        return GoogleStore(sheet_id, key_file, state_dir or STATE / sheet_id, today=today)
    if kind != "xlsx" or not place.strip():
        # Only the kind is said: an address of another kind may hold a password.
        raise Stop("store_unknown", kind=kind[:20])
    path = _workbook(place)
    from tracker.stores.xlsx import XlsxStore

    return XlsxStore(path, state_dir, today=today)


def state_folder(url: str, state_dir: Path | None = None) -> Path:
    """Tell the `state_dir` of the store at that address, opening and reading nothing.

    Cheap, and needs no key: for those who only keep what arrives. Raises Stop as `open_store`,
    and `book_missing`, since the inbox of a book that is not there would be read by nobody.
    """
    kind, _, place = url.partition(":")
    kind = kind.strip().casefold()
    if kind == "gsheets":
        from tracker.stores.google_sheets.address import spreadsheet_id

        return state_dir or STATE / spreadsheet_id(place)
    if kind != "xlsx" or not place.strip():
        raise Stop("store_unknown", kind=kind[:20])
    path = _workbook(place).resolve()
    if not path.is_file():
        raise Stop("book_missing", path=path)
    return state_dir or path.parent / ".tracker"


def _workbook(place: str) -> Path:
    try:
        path = Path(place.strip()).expanduser()
        path.lstat()
    except (FileNotFoundError, PermissionError):  # said by whoever opens or makes it
        pass
    except (OSError, ValueError, RuntimeError):  # a name too long, no name, or nobody's home
        raise Stop("book_missing", path=place.strip()[:200]) from None
    if path.suffix.casefold() not in SUFFIXES:
        raise Stop("book_not_xlsx", path=path)
    return path

"""Which store does an address name? `xlsx:partners.xlsx` is a workbook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from tracker.problems import Stop
from tracker.stores.xlsx import XlsxStore

SUFFIXES = {".xlsx"}


def open_store(url: str, *, today: Callable[[], date], state_dir: Path | None = None) -> XlsxStore:
    """Open the store that the address names; nothing is read yet.

    Raises Stop `store_unknown`, or `book_not_xlsx` for a file of another kind.
    """
    kind, _, place = url.partition(":")
    if kind.strip().casefold() != "xlsx" or not place.strip():
        # Only the kind is said: an address of another kind may hold a password.
        raise Stop("store_unknown", kind=kind[:20])
    path = Path(place.strip()).expanduser()
    if path.suffix.casefold() not in SUFFIXES:
        raise Stop("book_not_xlsx", path=path)
    return XlsxStore(path, state_dir, today=today)

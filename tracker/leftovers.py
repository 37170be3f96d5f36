"""What still names a person who was forgotten? Copies and logs that a command cannot clean."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import BadZipFile, ZipFile

from tracker.log_names import log_names, shown_log
from tracker.workplace import Workplace


def needles(emails: Iterable[str], phones: Iterable[str], more: Iterable[str] = ()) -> list[bytes]:
    """By what a person is found in a workbook's XML: contacts as typed, in small letters."""
    found = dict.fromkeys((*emails, *phones, *more))
    return [escape(one.strip()).casefold().encode() for one in found if one.strip()]


def backups_with(state_dir: Path, wanted: Iterable[bytes]) -> list[Path]:
    """The daily copies in which one of the contacts stands, oldest first."""
    wanted = list(wanted)
    copies = sorted((state_dir / "backups").glob("*.xlsx")) if wanted else []
    return [copy for copy in copies if _holds(copy, wanted)]


def _holds(copy: Path, wanted: Iterable[bytes]) -> bool:
    """Whether any part of a workbook has one of the texts; one that cannot be read may have."""
    try:
        with ZipFile(copy) as parts:
            for name in parts.namelist():
                text = parts.read(name).decode("utf-8", "replace").casefold().encode()
                if any(one in text for one in wanted):
                    return True
    except (OSError, BadZipFile):
        return True
    return False


def kept_inboxes(state_dir: Path) -> list[Path]:
    """Inboxes that a receiver put aside when another one was put in the place of its own."""
    return sorted(state_dir.glob("inbox.sqlite3.kept-*"))


def logs_outside(order_log: str) -> list[str]:
    """The order logs that somebody else keeps, as they may be shown."""
    return [shown_log(name) for name in log_names(order_log) if not name.startswith("tab:")]


def drop_previews(place: Workplace) -> int:
    """Delete letters that were made to look at; a wake makes them again. How many there were."""
    files = [one for one in place.previews.rglob("*") if one.is_file()]
    for one in files:
        one.unlink(missing_ok=True)
    return len(files)

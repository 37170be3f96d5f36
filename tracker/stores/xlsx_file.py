"""How is a workbook's file replaced so that it is never half written, and never in two hands?"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from tracker.problems import Stop
from tracker.stores.remembered import sweep, sync_folder, write_whole

BACKUPS_KEPT = 10
READS_MAX = 5
_FULL = {errno.ENOSPC, errno.EIO, errno.EFBIG, errno.EDQUOT}


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """By what a file is known to be the one that was read."""

    size: int
    mtime_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BookFile:
    """The file of a workbook and the folder of its state."""

    path: Path
    state_dir: Path

    def load(self) -> tuple[bytes, Fingerprint]:
        """Read the whole file. Raises Stop `book_missing`, or `book_busy` if it keeps changing."""
        for _ in range(READS_MAX):
            try:
                before = self.path.stat()
                content = self.path.read_bytes()
                after = self.path.stat()
            except (FileNotFoundError, IsADirectoryError):
                raise Stop("book_missing", path=self.path) from None
            except PermissionError:
                raise Stop("book_forbidden", path=self.path) from None
            if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
                digest = hashlib.sha256(content).hexdigest()
                return content, Fingerprint(after.st_size, after.st_mtime_ns, digest)
        raise Stop("book_busy", path=self.path)

    def refuse_if_open(self) -> None:
        """Raise Stop `book_open` while LibreOffice or Excel has the book open, and say who."""
        opened = self.open_elsewhere()
        if opened is not None:
            raise Stop("book_open", path=self.path, who=opened[0], mark=opened[1])

    def open_elsewhere(self) -> tuple[str, str] | None:
        """Tell who has the book open and by which mark; None while nobody has."""
        mark = self.path.with_name(f".~lock.{self.path.name}#")
        with suppress(FileNotFoundError):
            return _libreoffice_user(mark.read_bytes()), mark.name
        mark = self.path.with_name(f"~${self.path.name}")
        with suppress(FileNotFoundError):
            return _excel_user(mark.read_bytes()), mark.name
        return None

    def days_since(self, name: str, today: date) -> int:
        """How many days ago the file of that name beside the book was written; 0 if it is gone."""
        with suppress(FileNotFoundError):
            written = self.path.with_name(name).stat().st_mtime
            return (today - datetime.fromtimestamp(written, UTC).date()).days
        return 0

    def back_up(self, content: bytes, today: date) -> None:
        """Keep a copy of the day's first book, and the last ten of them."""
        copy = self.backups / f"{self.path.stem}-{today.isoformat()}.xlsx"
        if copy.exists():
            return
        with explained(self.path):
            write_whole(copy, content)
        # Those of earlier days, which nobody will write again.
        sweep(self.backups, self._copy_name)
        for old in self.copies()[:-BACKUPS_KEPT]:
            old.unlink(missing_ok=True)

    @property
    def backups(self) -> Path:
        """The folder of the daily copies."""
        return self.state_dir / "backups"

    def copies(self) -> list[Path]:
        """The daily copies, oldest first; none where there is no such folder."""
        dated = re.compile(self._copy_name)
        found = self.backups.iterdir() if self.backups.is_dir() else ()
        return sorted(old for old in found if dated.fullmatch(old.name))

    @property
    def _copy_name(self) -> str:
        return re.escape(self.path.stem) + r"-\d{4}-\d\d-\d\d\.xlsx"

    def replace(self, content: bytes, seen: Fingerprint | None) -> bool:
        """Put the new content in place; False when the file is no longer the one `seen`.

        `seen` is None for a new book. Raises Stop `disk_full`, the file untouched.
        """
        self._sweep()
        new = self.path.with_name(f".{self.path.name}.{secrets.token_hex(4)}.tmp")
        try:
            with explained(self.path):
                _write(new, content)
                self._keep_rights(new, seen)
                # Asked as late as can be: another program may have saved while we were writing.
                self.refuse_if_open()
                if not self._still(seen):
                    return False
                new.replace(self.path)
        finally:
            new.unlink(missing_ok=True)
        sync_folder(self.path.parent)
        return True

    def _still(self, seen: Fingerprint | None) -> bool:
        if seen is None:
            return not self.path.exists()
        now = self.path.stat()
        return (now.st_size, now.st_mtime_ns) == (seen.size, seen.mtime_ns)

    def _keep_rights(self, new: Path, seen: Fingerprint | None) -> None:
        """Leave the book to whom it belonged, also when root's cron writes it."""
        if seen is None:
            return
        old = self.path.stat()
        new.chmod(old.st_mode & 0o7777)
        if hasattr(os, "chown"):
            with suppress(PermissionError):
                os.chown(new, old.st_uid, old.st_gid)

    def _sweep(self) -> None:
        """Remove what a killed run left; the caller holds the lock, so nobody is writing it."""
        sweep(self.path.parent, re.escape(self.path.name))


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn a full disk and a forbidden folder into a Stop with a remedy."""
    try:
        yield
    except PermissionError:
        raise Stop("book_forbidden", path=path) from None
    except OSError as error:
        if error.errno in _FULL:
            raise Stop("disk_full", path=path) from None
        raise


def _write(path: Path, content: bytes) -> None:
    # Partners' contacts are inside, so a new book is the owner's alone.
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _libreoffice_user(content: bytes) -> str:
    """LibreOffice writes `name,login,host,date,profile;`."""
    fields = content.decode("utf-8", "replace").split(",")
    name = next((field.strip() for field in fields[:2] if field.strip()), "LibreOffice")
    host = fields[2].strip() if len(fields) > 2 else ""
    return f"{name} ({host})" if host else name


def _excel_user(content: bytes) -> str:
    """Excel writes the length of the name, then the name."""
    name = content[1 : 1 + content[0]] if content else b""
    text = name.decode("ascii", "replace").strip()
    return text if text and text.isprintable() and "\ufffd" not in text else "Excel"

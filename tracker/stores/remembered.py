"""Which commit did this machine see last? By it a book restored from a copy is noticed."""

from __future__ import annotations

import json
import os
import re
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from tracker.stores import Generation


@dataclass(frozen=True, slots=True)
class Memory:
    """A small file beside the book that holds the last pair of number and nonce."""

    path: Path

    def remember(self, generation: Generation) -> None:
        """Write the pair, whole or not at all. A lost write is harmless: the book is then ahead."""
        with suppress(OSError):
            write_whole(self.path, json.dumps(asdict(generation)).encode())

    def forget(self) -> None:
        """Go on with whatever the book says (`restore --accept`)."""
        self.path.unlink(missing_ok=True)

    def recall(self) -> Generation | None:
        """Give the remembered pair; None when there is none or it cannot be read."""
        try:
            kept = json.loads(self.path.read_bytes())
            return Generation(int(kept["number"]), str(kept["nonce"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def is_ahead_of(self, book: Generation) -> bool:
        """Whether the book is an older one than was seen, or another of the same number.

        A book with a greater number is a commit of another machine, or one of ours whose
        memory was lost, and nothing to stop for.
        """
        kept = self.recall()
        if kept is None or book.number > kept.number:
            return False
        return book.number < kept.number or book.nonce != kept.nonce


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in place so that a reader sees the old one or the new one, never a half.

    A power cut later does not take it back. What a killed run left of the same file is removed:
    two who write one file need a lock.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    sweep(path.parent, re.escape(path.name))
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with new.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a new name durable; some network drives cannot, and the file is in place anyway."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sweep(folder: Path, names: str) -> None:
    """Remove the half-written files that killed runs left in place of those so named.

    Args:
        folder: where they are.
        names: a regular expression for the whole name of the file that was to be replaced.

    """
    left = re.compile(rf"\.{names}\.[0-9a-f]{{8}}\.tmp")
    for old in folder.iterdir():
        if left.fullmatch(old.name):
            old.unlink(missing_ok=True)

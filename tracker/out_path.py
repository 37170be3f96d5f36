"""May a command write the file that somebody named? Never over the book, secrets, logs or state."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tracker.log_names import FILE, INBOX, TAB, is_address, log_names
from tracker.problems import Stop
from tracker.running import Workplace


def refuse_file(place: Workplace, path: Path) -> None:
    """Raise Stop for a file that must not be overwritten, and for a folder."""
    if _is(path, _book(place)):
        raise Stop("file_is_the_book", path=path)
    if path.name == ".env" or path.name.startswith(".env.") or _any(path, place.env_files):
        raise Stop("file_holds_secrets", path=path)
    if _any(path, _logs(place)):
        raise Stop("file_is_a_log", path=path)
    if _inside(path, place):
        raise Stop("file_in_the_state", path=path)
    if os.path.isdir(path):  # noqa: PTH112 - a name too long to ask about is left to the writing
        raise Stop("file_is_a_folder", path=path)


def refuse_folder(place: Workplace, folder: Path) -> None:
    """Raise Stop for a folder of letters that is a file, or that keeps the state."""
    if os.path.isfile(folder):  # noqa: PTH113 - as above
        raise Stop("folder_is_a_file", path=folder)
    found = _real(folder)
    looked_at = _real(place.previews)
    if _inside(folder, place) and looked_at not in {found, *found.parents}:
        raise Stop("file_in_the_state", path=folder)


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """Turn what the system refuses inside into a Stop `file_unwritable` that names the path."""
    try:
        yield
    except OSError as refusal:
        raise Stop("file_unwritable", path=path, why=refusal.strerror or "") from None


def _book(place: Workplace) -> Path | None:
    book = getattr(place.store, "path", None)
    return book if isinstance(book, Path) else None


def _logs(place: Workplace) -> Iterator[Path]:
    for name in log_names(place.order_log):
        if not is_address(name) and not name.startswith(TAB):
            yield Path(name.removeprefix(FILE).removeprefix(INBOX))


def _inside(path: Path, place: Workplace) -> bool:
    # Without a folder of its own (a store in memory) there is no state to keep.
    if place.state_dir == Path():
        return False
    state, found = _real(place.state_dir), _real(path)
    return state in {found, *found.parents}


def _any(path: Path, kept: Iterator[Path] | tuple[Path, ...]) -> bool:
    return any(_is(path, one) for one in kept)


def _is(path: Path, kept: Path | None) -> bool:
    """Whether both are one file, by another name or link too."""
    if kept is None:
        return False
    try:
        return path.samefile(kept)
    except OSError:
        return _real(path) == _real(kept)


def _real(path: Path) -> Path:
    """Where a path leads; links that go round in circles are taken as they stand."""
    return Path(os.path.normcase(os.path.realpath(path)))

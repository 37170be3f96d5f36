"""Is a workbook's file on the disk before its name is, and never put over another's save?

A power cut cannot be tried here. What it would find is decided by the order of three calls into
the system: the new bytes are flushed, then the name changes, then the folder is flushed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.system_calls import heard
from tracker.stores.remembered import write_whole
from tracker.stores.xlsx_file import BookFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "partners.xlsx"


def sizes(folder: Path) -> dict[str, int]:
    """How many bytes each file has that is there: `new` for one under another name."""
    there = (one for one in folder.iterdir() if one.is_file())
    return {"new" if one.suffix == ".tmp" else one.name: one.stat().st_size for one in there}


def test_a_book_is_flushed_whole_before_it_takes_the_name_and_its_folder_after(path: Path) -> None:
    path.write_bytes(b"old")
    book = BookFile(path, path.parent / ".tracker")
    _, seen = book.load()

    with heard(os.fsync, os.replace, look=lambda: sizes(path.parent)) as calls:
        assert book.replace(b"newer", seen)

    assert calls == [
        ("fsync", {"partners.xlsx": 3, "new": 5}),
        ("replace", {"partners.xlsx": 3, "new": 5}),
        ("fsync", {"partners.xlsx": 5}),
    ]


def test_a_new_book_is_flushed_before_it_has_its_name_too(path: Path) -> None:
    with heard(os.fsync, os.replace, look=lambda: sizes(path.parent)) as calls:
        assert BookFile(path, path.parent / ".tracker").replace(b"first", None)

    assert calls == [
        ("fsync", {"new": 5}),
        ("replace", {"new": 5}),
        ("fsync", {"partners.xlsx": 5}),
    ]


def test_a_small_file_of_state_is_flushed_before_it_takes_the_name_and_its_folder_after(
    path: Path,
) -> None:
    with heard(os.fsync, os.replace, look=lambda: sizes(path.parent)) as calls:
        write_whole(path, b"seven..")

    assert calls == [
        ("fsync", {"new": 7}),
        ("replace", {"new": 7}),
        ("fsync", {"partners.xlsx": 7}),
    ]


def test_what_another_program_saved_while_the_book_was_written_stays(path: Path) -> None:
    path.write_bytes(b"old")
    book = BookFile(path, path.parent / ".tracker")
    _, seen = book.load()
    path.write_bytes(b"of the owner")

    assert book.replace(b"ours", seen) is False

    assert sizes(path.parent) == {"partners.xlsx": 12}
    assert path.read_bytes() == b"of the owner"

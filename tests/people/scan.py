"""Where in a folder of the program does a text stand? In cells by tab, letters, state, files."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote_plus
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

from tracker.layout import find_tab

SHEETS = "xl/worksheets/", "xl/sharedStrings.xml"
"""Parts of a workbook whose texts are read cell by cell, to know in which tab they stand."""


def found(text: str, words: Iterable[str]) -> set[str]:
    """Which of the words stand in the text, whatever their case, or as a form encodes them."""
    plain = f"{text} {unquote_plus(text)}".casefold()
    return {word for word in words if word.casefold() in plain}


def places(folder: Path, words: Iterable[str], passed: Iterable[str] = ()) -> dict[str, set[str]]:
    """Every place under the folder where one of the words stands: its name, and which of them.

    A place is a file, `file > tab` of a workbook, or `file > part`. Files whose name begins with
    one of `passed` are not looked into.
    """
    hits: dict[str, set[str]] = {}
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        if path.name.startswith(tuple(passed)):
            continue
        name = path.relative_to(folder).as_posix()
        for inside, text in texts(path):
            if hit := found(text, words):
                place = f"{name} > {inside}" if inside else name
                hits[place] = hits.get(place, set()) | hit
    return hits


def texts(path: Path) -> Iterator[tuple[str, str]]:
    """Give the texts of a file: (part of it, text)."""
    raw = path.read_bytes()
    yield "", raw.decode("utf-8", "replace")
    if path.suffix == ".xlsx":
        yield from _of_workbook(raw)
    elif path.suffix == ".eml":
        message = email.message_from_bytes(raw, policy=email.policy.default)
        yield "headers", "\n".join(f"{name}: {value}" for name, value in message.items())
        for part in message.walk():
            if not part.is_multipart():
                content = part.get_content()
                shown = content if isinstance(content, str) else content.decode("utf-8", "replace")
                yield part.get_content_type(), shown


def _of_workbook(raw: bytes) -> Iterator[tuple[str, str]]:
    with ZipFile(BytesIO(raw)) as parts:
        for name in parts.namelist():
            if not name.startswith(SHEETS):
                yield name, parts.read(name).decode("utf-8", "replace")
    with CalamineWorkbook.from_filelike(BytesIO(raw)) as book:
        for title in book.sheet_names:
            tab = find_tab(title)
            grid = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
            yield tab.value if tab else title, "\n".join(str(cell) for row in grid for cell in row)

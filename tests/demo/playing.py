"""How do tests look at a demo? They run it once and read its book and its letters."""

from __future__ import annotations

import os
import subprocess
import sys
from email import message_from_bytes, policy
from functools import lru_cache
from pathlib import Path

from openpyxl import Workbook, load_workbook

STORE = "xlsx:demo/partners.xlsx"
_ROOT = Path(__file__).parent.parent.parent
_RUN_SECONDS_MAX = 300


def play(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the demo as a stranger would: another process, nobody to answer its questions."""
    return subprocess.run(
        [sys.executable, "-m", "tracker", "demo", *options],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=_RUN_SECONDS_MAX,
        check=False,
    )


def rows(book: Path, tab: str) -> list[dict[str, object]]:
    """The rows of a tab by heading; nothing for an empty cell."""
    sheet = _opened(book, book.stat().st_mtime_ns)[tab]
    heads = [str(cell.value) for cell in sheet[1]]
    found = (zip(heads, (cell.value for cell in row), strict=True) for row in sheet.iter_rows(2))
    return [{k: v for k, v in row if v is not None and k != "check"} for row in found]


@lru_cache(maxsize=1)
def _opened(book: Path, _changed_ns: int) -> Workbook:
    # Most tests read one and the same book.
    return load_workbook(book)


def letter(path: Path) -> str:
    """The text that is read, its no-break spaces and line ends as plain ones."""
    part = message_from_bytes(path.read_bytes(), policy=policy.default).get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\xa0", " ").replace("\r\n", "\n")


def mailed(made: Path, subject: str, to: str) -> str:
    """The text of the one letter in the mailbox to that address whose subject has these words."""
    found = []
    for path in (made / "demo" / "mailbox").glob("*.eml"):
        head = message_from_bytes(path.read_bytes(), policy=policy.default)
        said = str(head["Subject"]).replace("\xa0", " ")
        if subject in said and f"{to}@example.com" in str(head["To"]):
            found.append(letter(path))
    assert len(found) == 1, (subject, to)
    return found[0]

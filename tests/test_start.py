"""What does cron pay for at every start? Modules that are imported, counted and named."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli_book import CliBook, started
from tracker.cli import ELSEWHERE, IN_ORDER

HEAVY = frozenset(
    "apscheduler attr babel css_inline cryptography defusedxml dotenv google gspread jinja2 lxml "
    "openpyxl phonenumbers psycopg pydantic requests rich segno sepaxml sqlalchemy starlette "
    "stdnum urllib3 uvicorn".split()
)
"""Libraries of ours that cost more than a hundredth of a second each to import."""

IDLE_OURS_MAX, IDLE_ALL_MAX = 30, 185
FULL_OURS_MAX = 250

SCRIPT = """
import json, sys
seen = []
def note(event, values):
    if event == "open" and str(values[0]).endswith("partners.xlsx") and not seen:
        seen.append(sorted(sys.modules))
sys.addaudithook(note)
from tracker.cli import run
code = run(sys.argv[1:])
print(json.dumps([code, seen[0] if seen else [], sorted(sys.modules)]))
"""


def modules(book: CliBook, *arguments: str) -> tuple[set[str], set[str]]:
    """The modules there when the book was opened first, and those there at the end."""
    child = started(book.folder, [sys.executable, "-c", SCRIPT, *arguments], {})
    out, err = child.communicate()
    code, before, after = json.loads(out.splitlines()[-1])
    assert code == 0, err
    return set(before), set(after)


def ours(found: set[str]) -> set[str]:
    return {name for name in found if name.partition(".")[0] == "tracker"}


def heavy(found: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in found} & HEAVY


def test_a_sync_imports_what_it_needs_and_an_idle_one_next_to_nothing(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    modules(book, "sync")
    _, full = modules(book, "sync")
    before, idle = modules(book, "sync")
    assert "tracker.sync" in full
    assert (heavy(full), len(ours(full)) <= FULL_OURS_MAX) == (set(), True), len(ours(full))
    assert heavy(idle) == set()
    assert {"tracker.running", "tracker.sync", "tracker.layout"} & idle == set()
    assert len(ours(idle)) <= IDLE_OURS_MAX, sorted(ours(idle))
    assert len(before) <= IDLE_ALL_MAX, len(before)


def test_a_command_is_imported_when_it_is_asked_for() -> None:
    script = (
        "import sys; from tracker.cli import run; run(['status', '--help']); "
        "print(*sorted(m for m in sys.modules if m.startswith('tracker.cli')))"
    )
    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parent.parent,
    )  # fmt: skip
    assert said.stdout.splitlines()[-1] == "tracker.cli tracker.cli_clock"


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_command_that_stands_elsewhere_is_one_of_the_list(name: str) -> None:
    assert name in IN_ORDER

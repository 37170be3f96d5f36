"""How is a page of tests/stories read? Tables become rows typed, orders sent, and rows expected.

`python -m tests.storybook` prints the index of the pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

FOLDER = Path(__file__).parent / "stories"
ZONE = ZoneInfo("Europe/Moscow")
"""All times of the pages are told in it, the zone of a new book."""

_HEADING = re.compile(r"(?:(\d{4}-\d\d-\d\d \d\d:\d\d): )?(.+)")
_TAB = re.compile(r"\*\*(.+)\*\*")

INDEX_HEAD = """\
# Rules an owner can read

Each page is a rule of the programme, and a test at the same time: `tests/test_stories.py` types the
tables, sends the orders to the real program, and compares what the book then says. A page shows
only the columns it is about; of a tab it names, it shows every row. Times are those of Moscow.
After each step that has a time, a sync runs, and once more: the second must find nothing to write.
This list is printed by `python -m tests.storybook`.

"""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a page: under which tab it stands, its columns, its rows of text."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def records(self) -> Iterator[dict[str, str]]:
        """Each row by column."""
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))


@dataclass(slots=True)
class Step:
    """One `##` of a page: when (None: at no time of its own), what, and its tables."""

    at: datetime | None
    what: str
    grids: list[Grid] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Page:
    """A story: its title states the rule, `why` is what stands before the first step."""

    path: Path
    title: str
    why: str
    steps: tuple[Step, ...]


class Unclear(Exception):
    """A page that is no story: what is wrong, and in which line."""


def pages() -> list[Path]:
    """All stories, by name."""
    return sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")


def read_page(path: Path) -> Page:
    """Read a story. Raises Unclear."""
    lines = path.read_text("utf-8").splitlines()
    if not lines or not lines[0].startswith("# "):
        raise Unclear("a page begins with its rule: '# ...'")
    why: list[str] = []
    steps: list[Step] = []
    name, table = "", list[str]()
    for line in [*lines[1:], ""]:
        if line.startswith("|"):
            table.append(line)
            continue
        if table:
            _last(steps, table[0]).grids.append(_grid(name, table))
            table = []
        tab = _TAB.fullmatch(line.strip())
        if line.startswith("## "):
            steps.append(_step(line.removeprefix("## ")))
            name = ""
        elif tab:
            name = tab[1]
        elif line.strip() and not steps:
            why.append(line.strip())
        elif line.strip():
            raise Unclear(f"what is this? {line}")
    return Page(path, lines[0].removeprefix("# "), " ".join(why), tuple(steps))


def _last(steps: Sequence[Step], line: str) -> Step:
    if not steps:
        raise Unclear(f"a table before the first '##': {line}")
    return steps[-1]


def _step(heading: str) -> Step:
    found = _HEADING.fullmatch(heading.strip())
    if found is None:
        raise Unclear(f"an empty heading: {heading}")
    at = None if not found[1] else datetime.fromisoformat(found[1]).replace(tzinfo=ZONE)
    return Step(at, found[2])


def _grid(name: str, lines: Sequence[str]) -> Grid:
    rows = [tuple(c.strip() for c in line.strip().strip("|").split("|")) for line in lines]
    if len(lines) < 2 or not set(lines[1]) <= set("|- "):
        raise Unclear(f"a table needs a heading and a rule below it: {lines[0]}")
    uneven = [line for line, row in zip(lines, rows, strict=True) if len(row) != len(rows[0])]
    if uneven:
        raise Unclear(f"not as many cells as headings: {uneven[0]}")
    return Grid(name, rows[0], tuple(rows[2:]))


def drawn(grid: Grid) -> list[str]:
    """A table as a page shows it, its columns aligned."""
    rows = [grid.columns, *grid.rows]
    widths = [max(len(row[at]) for row in rows) for at in range(len(grid.columns))]
    lines = [
        "| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return lines


def index() -> str:
    """The text of tests/stories/README.md."""
    titles = [(read_page(path).title, path.name) for path in pages()]
    return INDEX_HEAD + "".join(f"- [{title}]({name})\n" for title, name in titles)


if __name__ == "__main__":
    import sys

    sys.stdout.write(index())

"""Does the book say what the pages of tests/stories promise?"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.stage import Stage
from tests.storybook import FOLDER, index, pages, read_page
from tracker.layout import Tab
from tracker.restrictions import UNKNOWN
from tracker.sentences.decisions import DECISIONS
from tracker.sentences.restricting import RESTRICTION_REASONS
from tracker.sentences.touching import TOUCH_REASONS

TRACKER = Path(__file__).parent.parent / "tracker"
RULES = ("whose", "restrictions")
"""Folders of which every file is one rule."""
REASONS = DECISIONS.keys() | RESTRICTION_REASONS.keys() | TOUCH_REASONS.keys()
NOT_AN_ANSWER = (
    "ok shares ad_not_asked ad_too_old ad_after_touch "
    "lost_to_code lost_to_link lost_to_first lost_to_last"
).split()
"""A candidate's verdict, never an order's reason."""

JOINED = {
    *(f"two_codes_{word}" for word in ("first", "last")),
    *(f"{word}_of_partner" for word in ("click", "call", "lead")),
    *(f"{word}_wins" for word in ("code", "link", "bound")),
    *(f"{word}_split" for word in ("code", "link")),
    *(f"link_{word}" for word in ("partner_paused", "partner_left", "own_purchase")),
    *(f"bound_{word}" for word in ("partner_paused", "partner_left", "own_purchase")),
}
"""Reasons whose names the code puts together."""


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.stem)
def test_the_book_says_what_the_page_says(path: Path, tmp_path: Path) -> None:
    differences = Stage(tmp_path).play(read_page(path))

    if differences:
        pytest.fail("\n".join([path.name, *differences]), pytrace=False)


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.stem)
def test_a_page_says_its_rule_why_and_what_then(path: Path) -> None:
    page = read_page(path)

    assert 20 <= len(page.title) <= 90
    assert 2 <= len(re.findall(r"[.!?](?:\s|$)", page.why)) <= 4
    assert page.steps[-1].what == "Then"
    assert {step.what for step in page.steps} > {"Given", "Then"}


def reasons_in_code() -> set[str]:
    """Every reason that deciding whose an order is can give, as its code stands in the source."""
    files = [TRACKER / "attribution.py", TRACKER / "deciding.py"]
    files += [path for folder in RULES for path in (TRACKER / folder).glob("*.py")]
    words = {
        node.value
        for path in files
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    } | UNKNOWN
    whose = {word for word in words & REASONS if not word.startswith("owes_")}
    assert JOINED <= REASONS
    return (whose | JOINED) - {*NOT_AN_ANSWER}


def test_every_reason_has_a_page() -> None:
    shown = {
        row["reason"]
        for path in pages()
        for step in read_page(path).steps
        if step.what == "Then"
        for grid in step.grids
        if grid.name == Tab.JOURNAL.value and "reason" in grid.columns
        for row in grid.records()
    }

    assert len(reasons_in_code()) >= 25
    assert sorted(reasons_in_code() - shown) == []


def test_the_index_lists_every_page() -> None:
    kept = (FOLDER / "README.md").read_text("utf-8")

    assert kept == index(), "run: python -m tests.storybook > tests/stories/README.md"

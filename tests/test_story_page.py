"""Is docs/story.md what really happens to an order?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.stage import Stage
from tests.storybook import Page, read_page

STORY = Path(__file__).parent.parent / "docs" / "story.md"


def without_prose(text: str) -> str:
    """Keep what a page of tests/stories may hold: title, first paragraph, headings and tables."""
    head, *rest = text.split("\n## ")
    title, why = head.split("\n\n")[:2]
    kept = re.compile(r"\||\*\*[A-Z][\w ]+\*\*$")
    steps = (
        [
            part.splitlines()[0],
            *(line for line in part.splitlines()[1:] if kept.match(line) or not line),
        ]
        for part in rest
    )
    return "\n\n".join([title, why, *("## " + "\n".join(step) for step in steps)]) + "\n"


@pytest.fixture
def page(tmp_path: Path) -> Page:
    path = tmp_path / "story.md"
    path.write_text(without_prose(STORY.read_text("utf-8")), "utf-8")
    return read_page(path)


def test_the_book_says_at_each_step_what_the_story_says(page: Page, tmp_path: Path) -> None:
    differences = Stage(tmp_path).play(page)

    if differences:
        pytest.fail("\n".join(["docs/story.md", *differences]), pytrace=False)


def test_the_story_tells_of_everything_that_can_happen_to_an_order(page: Page) -> None:
    shown = {grid.name for step in page.steps if step.what == "Then" for grid in step.grids}
    checked = [step for step in page.steps if step.what == "Then"]

    assert shown >= {"Journal", "Commissions", "Balances", "Statements", "Payouts"}
    assert len(checked) == 7
    assert all(grid.rows for step in checked for grid in step.grids)

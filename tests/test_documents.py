"""Do the documents agree with the code and with the habits of CONTRIBUTING.md?"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

import tracker
from tracker.layout import print_layout

ROOT = Path(__file__).parent.parent
REQUIREMENTS = [
    "requirements.txt",
    "requirements-test.txt",
    "requirements-bench.txt",
    "requirements-fuzz.txt",
]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


def lines(name: str) -> list[str]:
    return (ROOT / name).read_text("utf-8").splitlines()


def packages(name: str) -> list[str]:
    return [line for line in lines(name) if line and not line.startswith(("#", "-r "))]


def glossary() -> list[list[str]]:
    """The rows of the glossary's tables: word, Russian word, meaning, Russian meaning."""
    rows = [line.strip("| ").split(" | ") for line in lines("docs/glossary.md") if "|" in line]
    return [row for row in rows if row[0] != "word" and not row[0].startswith("-")]


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_package_is_pinned_and_has_a_reason(name: str) -> None:
    where = r'(?:; platform_machine in "[\w ]+")?'
    pinned = re.compile(rf"[a-z0-9-]+==[0-9][0-9.]*{where} +# .{{10,}}")

    assert [line for line in packages(name) if not pinned.fullmatch(line)] == []


def test_the_owners_choice_of_libraries_is_pinned_for_run_time() -> None:
    names = {line.partition("==")[0] for line in packages("requirements.txt")}

    assert names >= {"apscheduler", "google-auth", "gspread", "jinja2", "requests"}
    assert names >= {"pytest", "responses"}


def test_the_version_is_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert project["version"] == tracker.__version__


def test_every_rule_that_is_switched_off_says_why() -> None:
    off = [line for line in lines("pyproject.toml") if re.match(r'    "[A-Z]+[0-9]*",', line)]

    assert len(off) > 10
    assert [line for line in off if not re.search(r'",\s+# .{10,}', line)] == []


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_one_page_with_its_price(path: Path) -> None:
    text = path.read_text("utf-8")

    assert text.startswith(f"# {path.name[:4]} ")
    assert text.count("\n") <= 40
    assert re.findall("^## (.*)", text, re.MULTILINE) == ["Context", "Choice", "What we gave up"]


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]

    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 6


@pytest.mark.parametrize("row", glossary(), ids=lambda row: row[0])
def test_a_word_is_explained_in_both_languages(row: list[str]) -> None:
    word, russian, means, in_russian = row

    assert word
    assert means
    assert not CYRILLIC.search(word + means)
    assert CYRILLIC.search(russian)
    assert CYRILLIC.search(in_russian)


@pytest.mark.parametrize(
    "word",
    """partner code touch click call lead delivery order evidence attribution window terms
    commission clawback hold payable statement payout problem journal account role set_aside
    generation inbox outbox sealed""".split(),
)
def test_the_vocabulary_is_in_the_glossary(word: str) -> None:
    assert word.replace("_", " ") in {row[0] for row in glossary()}


def test_every_make_target_is_explained() -> None:
    targets = [line for line in lines("Makefile") if re.match(r"[a-z]+:", line)]

    assert [line for line in targets if not re.search(r"## \w.{10,}", line)] == []
    assert {line.partition(":")[0] for line in targets} >= {
        "help", "demo", "test", "check", "bench", "layout", "clean",
    }  # fmt: skip


def test_the_changelog_begins_with_what_is_unreleased() -> None:
    headings = [line for line in lines("CHANGELOG.md") if line.startswith("##")]

    assert headings[:2] == ["## Unreleased", "### Added"]


def test_the_example_credentials_open_nothing() -> None:
    example = json.loads((ROOT / "credentials.example.json").read_text("utf-8"))

    assert example["type"] == "service_account"
    assert "THIS-IS-NOT-A-KEY" in example["private_key"]
    assert "example" in example["client_email"]
    assert "Service Accounts" in example["_where_this_comes_from"]


def test_the_printed_layout_is_the_one_in_the_code() -> None:
    assert (ROOT / "sheets_layout.md").read_text("utf-8") == print_layout()

"""Is docs/rules.md true? Its columns and settings exist, and its reasons are said as it says."""

from __future__ import annotations

import re

import pytest

from tests.pages import ROOT
from tracker.layout import LAYOUT, Tab
from tracker.policy import POLICY_KEYS
from tracker.precedence import printed
from tracker.sentences import REASONS

PAGES = {"en": ROOT / "docs" / "rules.md", "ru": ROOT / "docs" / "rules.ru.md"}
BOTH = pytest.mark.parametrize("language", PAGES)
TOLD = re.compile(r"[”»] `(\w+)`")


def page(language: str) -> str:
    return PAGES[language].read_text("utf-8")


def told(language: str) -> list[str]:
    """The codes of all reasons that the page quotes, each behind its sentence."""
    return TOLD.findall(page(language))


@BOTH
def test_a_reason_is_quoted_as_the_book_says_it(language: str) -> None:
    for code in told(language):
        sentence = REASONS[code][language == "ru"]
        pattern = "(.+)".join(map(re.escape, re.split(r"\{\w+\}", sentence)))
        assert re.search(rf"[“«]{pattern}[”»] `{code}`", page(language)), code


def test_both_languages_tell_the_same_reasons() -> None:
    assert told("en") == told("ru")
    assert len(told("en")) > 50


@BOTH
@pytest.mark.parametrize("tab", [Tab.CODES, Tab.RULES, Tab.TIERS, Tab.FX, Tab.LINKS, Tab.CLICKS])
def test_every_column_of_a_rule_is_told(language: str, tab: Tab) -> None:
    keys = {column.key for column in LAYOUT[tab].columns} - {"code", "check", "note"}

    assert [key for key in sorted(keys) if f"`{key}`" not in page(language)] == []


@BOTH
def test_every_setting_that_chooses_a_rule_is_told(language: str) -> None:
    keys = POLICY_KEYS | {"lead_rate", "lead_pays_on"}

    assert [key for key in sorted(keys) if f"`{key}`" not in page(language)] == []


@BOTH
def test_the_page_prints_the_precedence_that_runs(language: str) -> None:
    assert printed(language).strip() in page(language)

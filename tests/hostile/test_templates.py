"""Can a template that an owner wrote or copied reach what it was not told, or never end?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.books import TOLD
from tests.hostile.corpus import Case, corpus
from tracker.languages import looking_in
from tracker.problems import Stop
from tracker.templating import written

BAD = [case for case in corpus("templates") if "code" in case.must]
FINE = [case for case in corpus("templates") if "text" in case.must]


def put(folder: Path, case: Case, kind: str) -> str:
    (folder / "de").mkdir()
    (folder / "de" / f"letter.{kind}").write_text(case.text, "utf-8")
    return f"de/letter.{kind}"


def test_the_corpus_has_more_than_50_templates() -> None:
    assert len({case.text for case in corpus("templates")}) > 50


@pytest.mark.parametrize("kind", ["txt", "html"])
@pytest.mark.parametrize("case", BAD, ids=lambda case: case.name)
def test_a_template_that_does_harm_is_refused_with_its_reason(
    tmp_path: Path, case: Case, kind: str
) -> None:
    name = put(tmp_path, case, kind)

    with looking_in(tmp_path), pytest.raises(Stop) as stop:
        written(name, TOLD)
    assert stop.value.code == case.must["code"]
    assert case.must["why"] in dict(stop.value.params).get("why", "")


@pytest.mark.parametrize("case", FINE, ids=lambda case: case.name)
def test_what_letters_need_still_works(tmp_path: Path, case: Case) -> None:
    with looking_in(tmp_path):
        assert written(put(tmp_path, case, "txt"), TOLD) == case.must["text"]


def test_a_letter_s_work_is_counted_anew_each_time(tmp_path: Path) -> None:
    """By hand: 8,000 turns at 33 are 264,000 of 4,194,304: once is little, twenty times too much."""
    turns = "{% for x in name %}{% for y in name %}{% for z in name %}.{% endfor %}{% endfor %}{% endfor %}"
    name = put(tmp_path, Case("turns", turns, {}), "txt")
    told = {"name": "0123456789" * 2}

    with looking_in(tmp_path):
        assert [len(written(name, told)) for _ in range(20)] == [8_000] * 20

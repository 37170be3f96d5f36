"""Is each sign turned around by itself, and does a function in memory really change?

Which mutants live takes minutes: `make mutants`.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.mutants.groups import ROOT, equivalents, groups
from tests.mutants.making import MODULE, Mutant, mutants_of, mutated
from tests.mutants.page import page
from tests.mutants.trying import End, Memory

SOURCE = '''"""A file of three functions."""

from functools import lru_cache

LIMIT: int | None = 5


def capped(minor: int, cap: int = 9) -> int:
    """Words that stay."""
    if minor <= cap:
        return minor
    raise ValueError("too much")


class Sums:
    @property
    def total(self) -> int | None:
        return sum(part for part in (1, -2))


@lru_cache
def both(one: bool, other: bool) -> bool:
    return one and not other
'''
CHANGES = [
    (MODULE, "5", "6"),
    ("capped", "if minor <= cap:", "if not minor <= cap:"),
    ("capped", "minor <= cap", "minor < cap"),
    ("capped", "return minor", "return None"),
    ("capped", "raise ValueError('too much')", "pass"),
    ("Sums.total", "return sum((part for part in (1, -2)))", "return None"),
    ("Sums.total", "1", "2"),
    ("Sums.total", "-2", "2"),
    ("Sums.total", "2", "3"),
    ("both", "return one and (not other)", "return None"),
    ("both", "one and (not other)", "one or not other"),
    ("both", "not other", "other"),
]


@pytest.fixture
def module(tmp_path: Path) -> Iterator[ModuleType]:
    path = tmp_path / "three.py"
    path.write_text(SOURCE, "utf-8")
    spec = importlib.util.spec_from_file_location("three", path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules["three"] = made
    spec.loader.exec_module(made)
    yield made
    del sys.modules["three"]


def the(where: str, before: str) -> Mutant:
    return next(m for m in mutants_of("three.py", SOURCE) if (m.where, m.before) == (where, before))


def test_every_sign_is_turned_once_and_no_text_type_or_default() -> None:
    found = mutants_of("three.py", SOURCE)

    assert [(one.where, one.before, one.after) for one in found] == CHANGES
    assert [one.line for one in found[:3]] == [5, 10, 10]


def test_a_mutant_differs_from_its_file_in_one_sign() -> None:
    source = mutated(SOURCE, the("capped", "minor <= cap"))

    assert "    if minor < cap:\n        return minor\n" in source
    assert source.replace("minor < cap", "minor <= cap") == mutated(
        SOURCE, the(MODULE, "5")
    ).replace("= 6", "= 5")


def test_a_function_changes_wherever_it_is_known(module: ModuleType, tmp_path: Path) -> None:
    held = module.capped
    assert (held(9), module.Sums().total, module.both(True, False)) == (9, -1, True)

    memory = Memory(tmp_path, ["three.py"])
    for where, before in (("capped", "minor <= cap"), ("Sums.total", "1"), ("both", "not other")):
        assert memory.change(the(where, before))

    with pytest.raises(ValueError, match="too much"):
        held(9)
    assert (module.Sums().total, module.both(True, False)) == (0, False)


def test_a_function_that_is_not_in_memory_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "three.py").write_text(SOURCE, "utf-8")

    assert Memory(tmp_path, ["three.py"]).change(the("capped", "minor <= cap")) is False


def test_every_file_of_a_group_is_there_and_so_are_its_tests() -> None:
    files = [file for group in groups() for file in group.files]

    assert len(files) == len(set(files)) > 30
    assert [test for group in groups() for test in group.tests if not (ROOT / test).exists()] == []
    assert groups(["tracker/money.py"])[0].files == ("tracker/money.py",)


def test_what_is_called_the_same_program_is_still_a_mutant() -> None:
    keys = {
        mutant.key
        for file in {file for file, *_ in equivalents()}
        for mutant in mutants_of(file, (ROOT / file).read_text("utf-8"))
    }

    assert equivalents().keys() - keys == set()


def test_the_page_counts_what_died_and_names_what_lived() -> None:
    one, two, three = mutants_of("three.py", SOURCE)[:3]
    ends = {one: End.KILLED, two: End.SURVIVED, three: End.UNSEEN}

    told = page(ends, {two.key: "the same in other words"})

    assert "**1 of 3 killed (33 %)**, 1 of the others are the same program." in told
    assert "| `three.py` | 3 | 1 | 1 | 1 |" in told
    assert told.endswith("`minor <= cap` → `minor < cap`: wants a test\n")

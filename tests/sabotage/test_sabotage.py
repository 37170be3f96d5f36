"""Is every fault still one that could be put in, and does the page say what the data say?

Whether each turns a test red takes minutes: `make sabotage`.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.sabotage.faults import ROOT, Fault, all_faults
from tests.sabotage.page import PAGE, page

FAULTS = all_faults()


@cache
def names_of(path: Path) -> frozenset[str]:
    """The functions of a file of tests."""
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(one.name for one in tree.body if isinstance(one, ast.FunctionDef))


def is_there(test: str) -> bool:
    file, _, name = test.partition("::")
    path = ROOT / file
    return path.is_file() and (not name or name in names_of(path))


def test_there_are_thirty_faults_or_more_each_with_a_name_of_its_own() -> None:
    names = {fault.name for fault in FAULTS}

    assert len(FAULTS) == len(names) >= 30


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_can_be_put_in_and_has_tests_to_notice_it(fault: Fault) -> None:
    source = (ROOT / fault.file).read_text("utf-8")

    compile(fault.put_into(source), fault.file, "exec")  # its text stands there exactly once

    assert fault.new != fault.old
    assert [test for test in fault.tests if not is_there(test)] == []
    assert fault.tests
    assert fault.suffers.endswith(".")


def test_text_that_stands_twice_or_never_is_refused() -> None:
    fault = Fault(
        name="x", part="core", file="x.py", old="a = 1\n", new="a = 2\n", tests=(), suffers="."
    )

    assert fault.put_into("a = 1\nb = 1\n") == "a = 2\nb = 1\n"
    for source in ("a = 1\na = 1\n", "b = 1\n"):
        with pytest.raises(ValueError, match="stands"):
            fault.put_into(source)


def test_the_published_list_is_that_of_the_data() -> None:
    assert (ROOT / PAGE).read_text("utf-8") == page(FAULTS), "python -m tests.sabotage --write-docs"

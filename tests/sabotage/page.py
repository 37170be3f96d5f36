"""What does docs/sabotage.md say? The published list of the faults, made of their data."""

from __future__ import annotations

from collections.abc import Sequence

from tests.sabotage.faults import PARTS, Fault

PAGE = "docs/sabotage.md"
HEAD = """\
# Do the tests bite?

A suite may be green by luck. So {count} faults that somebody might make are kept here, each a line of the
program put in another's place. `make sabotage` puts them one at a time into a copy of the program and
runs the test named beside it, which must turn red; `make sabotage ONLY=no-lock` tries one. What stands in
the place of what: [tests/sabotage/faults](../tests/sabotage/faults). With every `make test` a quick half
runs: the line is still there once, what is put in its place compiles, the tests exist, and this page
says what the data say. How many single turned signs the tests notice stands in [mutants.md](mutants.md).
"""
TITLES = {
    "money": "Money",
    "core": "What is owed, and whose it is",
    "stores": "The book and its files",
    "mail": "Letters",
    "receiver": "What comes in, and what goes out",
}


def page(faults: Sequence[Fault]) -> str:
    """Write the page, in the order of the data."""
    parts = [HEAD.format(count=len(faults))]
    for part in PARTS:
        own = [fault for fault in faults if fault.part == part]
        parts.append(f"## {TITLES[part]}\n\n" + "\n".join(map(_said, own)))
    return "\n".join(parts) + "\n"


def _said(fault: Fault) -> str:
    tests = ", ".join(f"`{test}`" for test in fault.tests)
    return f"- **{fault.name}** (`{fault.file}`). {fault.suffers}\n  Red: {tests}.\n"

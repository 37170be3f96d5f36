"""What does docs/mutants.md say? The figures of the last run, and everything that lived."""

from __future__ import annotations

from collections.abc import Mapping

from tests.mutants.making import Mutant
from tests.mutants.trying import End

PAGE = "docs/mutants.md"
HEAD = """\
# How many turned signs do the tests notice?

`make mutants` changes one sign at a time in the files that decide about money: `<` becomes `<=`,
`and` becomes `or`, a sum a difference, a number one more, a condition its contrary, a result
nothing, a statement falls away. The quick tests that concern the file must then fail. Texts are left
as they are, and so are types, decorators and the defaults of arguments. What lived is listed below:
either it is the same program in other words, and the line says why, or it wants a test.

`make mutants FILES=tracker/money.py` tries one file, `SAMPLE=40` at most so many of each.

**{killed} of {count} killed ({percent} %)**, {same} of the others are the same program.{drawn}
"""


def page(
    ends: Mapping[Mutant, End], why: Mapping[tuple[str, str, str, str], str], sample: int = 0
) -> str:
    """Write the page of a run. `why` says of mutants that live why they are no other program.

    `sample` is how many of each file were drawn at most; 0 where all were tried.
    """
    lived = [mutant for mutant, end in ends.items() if end is not End.KILLED]
    count, killed = len(ends), len(ends) - len(lived)
    same = sum(mutant.key in why for mutant in lived)
    drawn = f" Drawn by lot: {sample} of each file at most, of money all." if sample else ""
    percent = 100 * killed // count
    head = HEAD.format(killed=killed, count=count, percent=percent, same=same, drawn=drawn)
    parts = [head]
    parts.append(
        "| file | mutants | killed | the same program | wants a test |\n|---|---|---|---|---|"
    )
    for file in dict.fromkeys(mutant.file for mutant in ends):
        own = [mutant for mutant in ends if mutant.file == file]
        left = [mutant for mutant in own if mutant in lived]
        known = sum(mutant.key in why for mutant in left)
        row = (f"`{file}`", len(own), len(own) - len(left), known, len(left) - known)
        parts.append("| " + " | ".join(map(str, row)) + " |")
    said = [_said(mutant, why.get(mutant.key, "wants a test")) for mutant in lived]
    return "\n".join([*parts, "", "## What lived", "", *said]) + "\n"


def _said(mutant: Mutant, why: str) -> str:
    return f"- `{mutant.file}`, {mutant.where}: `{mutant.before}` → `{mutant.after}`: {why}"

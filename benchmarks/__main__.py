"""How fast is it? Everything that was promised, each beside the script one would write instead.

`python -m benchmarks [--only PART] [--orders N ...]` measures, prints tables in Markdown, keeps
them in benchmarks/results.json, and ends with the table of all promises: docs/performance.md shows
it with the rest. What was not measured anew stays as it was. With --show nothing is measured, and
the page is written anew from what is kept.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from benchmarks import (
    deciding,
    google_calls,
    idle,
    letters,
    receiver,
    results,
    rules,
    spreadsheet,
    workbook,
)
from benchmarks.results import Figures, Tell
from benchmarks.summary import summary

PARTS: Mapping[str, Callable[[Tell], Figures]] = {
    "deciding": deciding.section,
    "rules": rules.section,
    "spreadsheet": spreadsheet.section,
    "google": google_calls.section,
    "workbook": workbook.section,
    "idle": idle.section,
    "receiver": receiver.section,
    "letters": letters.section,
}
"""In the order of the page."""
SIZED = {"deciding": deciding.section, "spreadsheet": spreadsheet.section}
"""Which may be told how many orders."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what is asked for, keep it, and print the table of promises at the end."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", choices=PARTS, help="measure this part alone")
    parser.add_argument(
        "--orders",
        type=int,
        nargs="+",
        metavar="N",
        help=f"how many orders, of {' and '.join(SIZED)}",
    )
    parser.add_argument("--show", action="store_true", help="measure nothing, write the page")
    asked = parser.parse_args(arguments)
    for name in [] if asked.show else [asked.only] if asked.only else PARTS:
        measure = PARTS[name]
        if asked.orders and name in SIZED:
            measure = partial(SIZED[name], sizes=asked.orders)
        keep({name: results.measured(measure, tell)})
    tell(["", *summary(keep({}))])


def tell(lines: Sequence[str]) -> None:
    """Print lines at once: the next may take minutes."""
    print("\n".join(lines), flush=True)


def keep(anew: Mapping[str, results.Part]) -> Mapping[str, results.Part]:
    """Put parts in their places among the others, and write the page; return all of them."""
    kept = {**results.load(), **anew}
    parts = {name: kept[name] for name in PARTS if name in kept}
    results.save(parts)
    results.PAGE.write_text(results.document(summary(parts), parts), encoding="utf-8")
    return parts


if __name__ == "__main__":
    main()

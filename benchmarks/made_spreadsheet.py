"""Which spreadsheet is recomputed? Formulas that decide the same orders as every other engine.

`python -m benchmarks.made_spreadsheet FOLDER light|full` makes FOLDER/light.xlsx or full.xlsx of
FOLDER's orders.jsonl and codes.csv. No formula has a value yet, so whoever opens it must recompute.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

LIGHT, FULL = "light", "full"
PERCENT, TIERS = 10, ((5, 12), (20, 15))
"""With the full rules: what everybody earns, and from which order of a month on what instead."""
USES = 1
"""With the full rules: how often a customer may use a code."""

Order = tuple[dict[str, Any], dict[str, Any] | None]
"""An order as it was placed, and the last that was told of it since."""

TYPED = "order_id day code total shipping customer state refunded".split()
LATEST_AND_WHOSE = {
    # Where the news of this order stand, if there are any; its state and refund as last told.
    "news": "=IFERROR(MATCH({order_id},{News:A},0),0)",
    "state_now": "=IF({news}=0,{state},INDEX({News:B},{news}))",
    "refunded_now": "=IF({news}=0,{refunded},INDEX({News:C},{news}))",
    # The last row of Codes that is not behind this code and day: by bisection, as they are sorted.
    "code_row": '=IF({code}="",0,IFERROR(MATCH({code}&" "&{day},{Codes:A},1),0))',
    "partner": '=IF({code_row}=0,"",IF(AND(INDEX({Codes:B},{code_row})={code},'
    '{day}<=INDEX({Codes:E},{code_row})),INDEX({Codes:C},{code_row}),""))',
}
SUM = "ROUND(MAX(0,{total}-{shipping}-{refunded_now})*{rate}/100,0)"
LIGHT_RULES = {
    "rate": '=IF({partner}="",0,INDEX({Codes:D},{code_row}))',
    "minor": f'=IF({{state_now}}="paid",{SUM},0)',
}
# One COUNTIF over a key is half the work of COUNTIFS over three columns; nothing is counted for
# rows that earn nothing anyway. Whoever knows spreadsheets would write it so.
FULL_RULES = {
    "use": '=IF(OR({partner}="",{state_now}<>"paid"),"",{code}&" "&{customer})',
    "uses_before": '=IF({use}="",0,COUNTIF({use:above},{use}))',
    "counts": f'=AND({{use}}<>"",{{uses_before}}<{USES})',
    "sale": '=IF({counts},{partner}&" "&LEFT({day},7),"")',
    "number": "=IF({counts},COUNTIF({sale:above},{sale})+1,0)",
    "rate": f"=IF({{number}}>={TIERS[1][0]},{TIERS[1][1]},"
    f"IF({{number}}>={TIERS[0][0]},{TIERS[0][1]},{PERCENT}))",
    "minor": f"=IF({{counts}},{SUM},0)",
}
FORMULAS: Mapping[str, Mapping[str, str]] = {
    LIGHT: LATEST_AND_WHOSE | LIGHT_RULES,
    FULL: LATEST_AND_WHOSE | FULL_RULES,
}
"""What each column after the typed ones works out."""


@dataclass(frozen=True, slots=True)
class Here:
    """A column of the row at hand: `{name}` is its cell, `{name:above}` all cells above it."""

    letter: str
    row: int

    def __format__(self, spec: str) -> str:
        """Give the cell, or those above it."""
        if spec == "above":
            return f"{self.letter}$1:{self.letter}{self.row - 1}"
        return f"{self.letter}{self.row}"


@dataclass(frozen=True, slots=True)
class There:
    """Another tab: `{Codes:B}` is its column B without the heading."""

    title: str
    last_row: int

    def __format__(self, spec: str) -> str:
        """Give the column."""
        return f"{self.title}!${spec}$2:${spec}${self.last_row}"


def make(folder: Path, kind: str) -> Path:
    """Write the workbook: Orders in the order they were placed in, News, Codes."""
    orders = sorted(told(folder), key=lambda one: (one[0]["ordered_at"], one[0]["order_id"]))
    news = [
        [int(one["order_id"]), one["state"], minor(one["refunded"])] for _, one in orders if one
    ]
    codes = sorted(_codes(folder))
    tabs = {name: There(name, len(rows) + 1) for name, rows in (("News", news), ("Codes", codes))}
    book, formulas = Workbook(write_only=True), FORMULAS[kind]
    names = [*TYPED, *formulas]
    letters = {name: get_column_letter(number) for number, name in enumerate(names, 1)}
    sheet = book.create_sheet("Orders")
    sheet.append(names)
    for row, (placed, _) in enumerate(orders, 2):
        cells = {name: Here(letter, row) for name, letter in letters.items()}
        sheet.append([*_typed(placed), *(one.format(**cells, **tabs) for one in formulas.values())])
    for name, heading, rows in (
        ("News", ["order_id", "state", "refunded"], news),
        ("Codes", ["code and day", "code", "partner_id", "rate", "valid_to"], codes),
    ):
        sheet = book.create_sheet(name)
        for values in (heading, *rows):
            sheet.append(values)
    path = folder / f"{kind}.xlsx"
    book.save(path)
    return path


def told(folder: Path) -> list[Order]:
    """Every order of the log, as it was placed and as it was last told."""
    found: dict[str, Order] = {}
    with (folder / "orders.jsonl").open(encoding="utf-8") as log:
        for line in log:
            body = json.loads(line)["body"]
            placed, latest = found.get(body["order_id"], (body, None))
            if body["updated_at"] > (latest or placed)["updated_at"]:
                latest = body
            found[body["order_id"]] = (placed, latest)
    return list(found.values())


def _typed(body: Mapping[str, Any]) -> list[object]:
    return [
        int(body["order_id"]),
        body["ordered_at"][:10],
        next(iter(body["codes"]), "").casefold(),
        minor(body["total"]),
        minor(body["shipping"]),
        body["customer"]["email"],
        body["state"],
        minor(body["refunded"]),
    ]


def _codes(folder: Path) -> Iterator[tuple[str, str, str, int, str]]:
    """Each owner of a code; the first cell sorts by code and the first day of that owner."""
    with (folder / "codes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code, begin = row["code"].casefold(), row["valid_from"] or "0000-00-00"
            end = row["valid_to"] or "9999-99-99"
            yield f"{code} {begin}", code, row["partner_id"], int(row["rate"]), end


def minor(text: str) -> int:
    """Return an amount of the log in kopecks."""
    return int(text.replace(".", ""))


if __name__ == "__main__":
    make(Path(sys.argv[1]), sys.argv[2])

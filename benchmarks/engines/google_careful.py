"""What would somebody write who counts calls? One read of all tabs, one append for each tab."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import gspread

from benchmarks.engines.answers import folder
from benchmarks.engines.google_client import KEY, SHEET_ID, base_url, owed, say_peak
from tests.google.redirecting import redirected

TABS = ["Partners", "Codes", "Commissions"]
Options = dict[str, str | int | bool | float | list[str] | None]
AS_STORED: Options = {"valueRenderOption": "UNFORMATTED_VALUE"}
AS_GIVEN: Options = {"valueInputOption": "RAW"}
BELOW: Options = {"valueInputOption": "RAW", "insertDataOption": "INSERT_ROWS"}


def main() -> None:
    """Read three tabs, append the rows of all new orders, write the balances."""
    book = gspread.service_account(folder() / KEY).open_by_key(SHEET_ID)
    read = book.values_batch_get(TABS, AS_STORED)["valueRanges"]
    partners, codes, booked = (_records(one["values"]) for one in read)
    balances: dict[str, float] = defaultdict(float, {str(p["partner_id"]): 0 for p in partners})
    for row in booked:
        balances[str(row["partner_id"])] += float(row["amount"])
    found = list(owed(codes, {str(row["order_id"]) for row in booked}))
    for one in found:
        balances[one.partner_id] += one.minor / 100
    book.values_append("Commissions!A1", BELOW, {"values": [one.cells() for one in found]})
    rows = [[who, "RUB", round(total, 2)] for who, total in sorted(balances.items())]
    book.values_update("Balances!A2", AS_GIVEN, {"values": rows})


def _records(values: list[list[Any]]) -> list[dict[str, Any]]:
    headings, *rows = values
    return [
        dict(zip(headings, [*row, *[""] * (len(headings) - len(row))], strict=True)) for row in rows
    ]


if __name__ == "__main__":
    with redirected(base_url()):
        main()
    say_peak()

"""What would most people write with gspread? Each tab by its name, each order by append_row."""

from __future__ import annotations

from collections import defaultdict

import gspread

from benchmarks.engines.answers import folder
from benchmarks.engines.google_client import KEY, SHEET_ID, base_url, owed, say_peak
from tests.google.redirecting import redirected


def main() -> None:
    """Read three tabs, append a row for each new order, write the balances."""
    book = gspread.service_account(folder() / KEY).open_by_key(SHEET_ID)
    partners = book.worksheet("Partners").get_all_records()
    codes = book.worksheet("Codes").get_all_records()
    commissions = book.worksheet("Commissions")
    booked = commissions.get_all_records()
    balances: dict[str, float] = defaultdict(float, {str(p["partner_id"]): 0 for p in partners})
    for row in booked:
        balances[str(row["partner_id"])] += float(row["amount"])
    for one in owed(codes, {str(row["order_id"]) for row in booked}):
        commissions.append_row(one.cells())
        balances[one.partner_id] += one.minor / 100
    rows = [[who, "RUB", round(total, 2)] for who, total in sorted(balances.items())]
    book.worksheet("Balances").update(rows, "A2")


if __name__ == "__main__":
    with redirected(base_url()):
        main()
    say_peak()

"""What would a good plain script do? One pass, integer kopecks, no reasons and no ledger."""

from __future__ import annotations

import csv
import json
from typing import Any

from benchmarks.engines.answers import Commission, folder, give


def commissions() -> list[Commission]:
    """Decide every order of the log."""
    owners: dict[str, list[dict[str, str]]] = {}
    with (folder() / "codes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            owners.setdefault(row["code"].casefold(), []).append(row)
    latest: dict[str, dict[str, Any]] = {}
    with (folder() / "orders.jsonl").open(encoding="utf-8") as log:
        for line in log:
            body = json.loads(line)["body"]
            known = latest.get(body["order_id"])
            if known is None or body["updated_at"] > known["updated_at"]:
                latest[body["order_id"]] = body
    found: list[Commission] = []
    for order_id, body in latest.items():
        day = body["ordered_at"][:10]
        for code in body["codes"]:
            for row in owners.get(code.casefold(), ()):
                if row["valid_from"] <= day <= (row["valid_to"] or "9999"):
                    minor = _owed(body, int(row["rate"]))
                    if minor:
                        found.append((order_id, row["partner_id"], minor))
    return found


def _owed(body: dict[str, Any], rate: int) -> int:
    if body["state"] != "paid":
        return 0
    base = _minor(body["total"]) - _minor(body["shipping"]) - _minor(body["refunded"])
    return (max(0, base) * rate * 2 + 100) // 200


def _minor(text: str) -> int:
    whole, _, part = text.partition(".")
    return int(whole) * 100 + int(part)


if __name__ == "__main__":
    give("script", commissions())

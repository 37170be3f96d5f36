"""What would an analyst's script do? The same deciding in data frames."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from benchmarks.engines.answers import Commission, folder, give


def commissions() -> list[Commission]:
    """Decide every order of the log."""
    with (folder() / "orders.jsonl").open(encoding="utf-8") as log:
        orders = pd.DataFrame([_flat(json.loads(line)["body"]) for line in log])
    codes = pd.read_csv(folder() / "codes.csv", dtype=str, keep_default_na=False)
    orders = orders.sort_values("updated_at", kind="stable")
    orders = orders.drop_duplicates("order_id", keep="last")
    orders["code"] = orders["code"].str.casefold()
    codes["code"] = codes["code"].str.casefold()
    codes["valid_to"] = codes["valid_to"].replace("", "9999")
    both = orders.merge(codes, on="code")
    day = both["ordered_at"].str[:10]
    both = both[(both["valid_from"] <= day) & (day <= both["valid_to"]) & (both["state"] == "paid")]
    sums = both[["total", "shipping", "refunded"]].apply(
        lambda column: column.str.replace(".", "", regex=False).astype("int64")
    )
    base = (sums["total"] - sums["shipping"] - sums["refunded"]).clip(lower=0)
    minor = (base * both["rate"].astype("int64") * 2 + 100) // 200
    rows = zip(both["order_id"], both["partner_id"], minor.tolist(), strict=True)
    return [row for row in rows if row[2]]


def _flat(body: dict[str, Any]) -> dict[str, Any]:
    names = ("order_id", "ordered_at", "updated_at", "state", "total", "shipping", "refunded")
    return {name: body[name] for name in names} | {"code": next(iter(body["codes"]), "")}


if __name__ == "__main__":
    give("with_pandas", commissions())

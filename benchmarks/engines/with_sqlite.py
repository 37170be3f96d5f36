"""What would a friend of SQL do? The log into a table, and one query."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing

from benchmarks.engines.answers import Commission, folder, give

_TABLES = """
CREATE TABLE codes (code TEXT, partner_id TEXT, rate INTEGER, valid_from TEXT, valid_to TEXT);
CREATE TABLE versions (
    order_id TEXT, ordered_at TEXT, updated_at TEXT, state TEXT,
    total INTEGER, shipping INTEGER, refunded INTEGER, code TEXT
);
"""
# A bare column beside max() is that of the row with the greatest value: SQLite promises it.
_DECIDE = """
WITH latest AS (
    SELECT order_id, ordered_at, max(updated_at), state, total, shipping, refunded, code
    FROM versions GROUP BY order_id
)
SELECT order_id, partner_id, (max(0, total - shipping - refunded) * rate * 2 + 100) / 200 AS minor
FROM latest JOIN codes USING (code)
WHERE state = 'paid' AND substr(ordered_at, 1, 10) >= valid_from
    AND substr(ordered_at, 1, 10) <= valid_to AND minor > 0
"""


def commissions() -> list[Commission]:
    """Decide every order of the log."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(_TABLES)
        db.executemany("INSERT INTO codes VALUES (?, ?, ?, ?, ?)", _codes())
        db.execute("CREATE INDEX codes_by_code ON codes (code)")
        db.executemany("INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _versions())
        return db.execute(_DECIDE).fetchall()


def _codes() -> Iterator[tuple[str, str, int, str, str]]:
    with (folder() / "codes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            begin, end = row["valid_from"], row["valid_to"] or "9999"
            yield row["code"].casefold(), row["partner_id"], int(row["rate"]), begin, end


def _versions() -> Iterator[tuple[str | int, ...]]:
    with (folder() / "orders.jsonl").open(encoding="utf-8") as log:
        for line in log:
            body = json.loads(line)["body"]
            yield (
                *(body[name] for name in ("order_id", "ordered_at", "updated_at", "state")),
                *(int(body[name].replace(".", "")) for name in ("total", "shipping", "refunded")),
                next(iter(body["codes"]), "").casefold(),
            )


if __name__ == "__main__":
    give("with_sqlite", commissions())

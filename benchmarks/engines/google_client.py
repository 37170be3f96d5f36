"""What do the programs that talk to Google share? Where things lie, the new orders, the peak."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.engines.answers import folder

SHEET_ID = "1aBcD-a-benchmark-of-calls"
KEY, LOG, NEW, STATE = "robot.json", "orders.jsonl", "new.jsonl", ".tracker"
"""In the folder of a run: the account's key, the order log, what is new in it, our state."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Owed:
    """One commission, as a script writes it; sums in minor units."""

    order_id: str
    ordered_at: str
    partner_id: str
    currency: str
    rate: str
    base: int
    minor: int

    def cells(self) -> list[str | float]:
        """The first cells of a row of Commissions."""
        return [
            self.ordered_at,
            self.partner_id,
            "sale",
            self.minor / 100,
            self.currency,
            "generic",
            self.order_id,
            self.rate,
            self.base / 100,
            self.ordered_at[:10],
        ]


def base_url() -> str:
    """Where Google is, by the command line."""
    return sys.argv[2]


def owed(codes: Sequence[Row], seen: set[str]) -> Iterator[Owed]:
    """Decide the new orders that are not in the sheet yet, in one pass."""
    owners: dict[str, list[Row]] = {}
    for row in codes:
        owners.setdefault(str(row["code"]).casefold(), []).append(row)
    with (folder() / NEW).open(encoding="utf-8") as log:
        for line in log:
            body = json.loads(line)["body"]
            day = body["ordered_at"][:10]
            for row in owners[body["codes"][0].casefold()]:
                in_force = str(row["valid_from"]) <= day <= str(row["valid_to"] or "9999")
                if in_force and body["order_id"] not in seen:
                    yield _owed(body, row)


def _owed(body: Row, code: Row) -> Owed:
    base = _minor(body["total"]) - _minor(body["shipping"])
    rate = str(code["rate"])
    minor = (base * int(rate.removesuffix("%")) * 2 + 100) // 200
    who, currency = str(code["partner_id"]), body["currency"]
    return Owed(body["order_id"], body["ordered_at"], who, currency, rate, base, minor)


def _minor(text: str) -> int:
    whole, _, part = text.partition(".")
    return int(whole) * 100 + int(part)


def say_peak() -> None:
    """Print the most memory this process held, in MB.

    What the system tells of a process when it ends counts the memory of the one that started it.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    print(int(line.split()[1]) / 1024)

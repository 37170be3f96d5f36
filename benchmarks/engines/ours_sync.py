"""What does a whole first sync do? Log, inbox, core, and every row of a book in memory."""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal

from benchmarks.engines.answers import Commission, folder, give
from benchmarks.engines.ours import NOW
from tracker.inbox import Inbox
from tracker.layout import Tab
from tracker.outbox import Outbox
from tracker.running import Workplace, sync
from tracker.stores.memory import MemoryStore


def commissions() -> list[Commission]:
    """Sync once, and read what stands in Commissions."""
    store = MemoryStore()
    store.lay_out("en")
    with (folder() / "codes.csv").open(encoding="utf-8", newline="") as file:
        rows = [row | {"rate": f"{row['rate']}%"} for row in csv.DictReader(file)]
    store.type_rows(Tab.CODES, *rows)
    partners = sorted({row["partner_id"] for row in rows})
    store.type_rows(Tab.PARTNERS, *({"partner_id": one} for one in partners))
    place = Workplace(
        store=store,
        inbox=Inbox(None),
        outbox=Outbox(None, lambda: NOW),
        secret=b"a secret of sixteen",
        clock=lambda: NOW,
        order_log=f"file:{folder() / 'orders.jsonl'}",
    )
    with store.writing(1):
        sync(place)
    sums: dict[tuple[str, str], int] = defaultdict(int)
    sheet = store.book.sheets[Tab.COMMISSIONS]
    at = {name: sheet.headings.index(name) for name in ("order_id", "partner_id", "amount")}
    for row in sheet.rows:
        amount = row[at["amount"]]
        if isinstance(amount, Decimal):
            key = str(row[at["order_id"]]), str(row[at["partner_id"]])
            sums[key] += int(amount.scaleb(2))
    place.close()
    return [(order_id, partner_id, minor) for (order_id, partner_id), minor in sums.items()]


if __name__ == "__main__":
    give("ours_sync", commissions())

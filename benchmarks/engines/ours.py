"""What does our core do? Deliveries become facts, decisions, and lines of both ledgers."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from benchmarks.engines.answers import Commission, folder, give
from tracker.choices import TwoCodes
from tracker.collecting import collect_seldom
from tracker.deliveries import NewDelivery, body_sha256, read_line
from tracker.known import Known
from tracker.lines import Key
from tracker.model import Delivery, OrderVersion
from tracker.programme import Code, Partner, Programme
from tracker.rates import Rate
from tracker.shops import Unsaid, read
from tracker.sync import plan
from tracker.worklist import Arrivals

ZONE = ZoneInfo("Europe/Moscow")
UNSAID = Unsaid(zone=ZONE, currency="RUB")
NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)


def commissions(known: Known) -> list[Commission]:
    """Decide every order of the log; whoever is credited has his lines summed."""
    made = plan(known, _arrivals(), NOW, b"a secret of sixteen", clock_is_right=True)
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for line in made.commissions:
        sums[line.order_id, line.partner_id] += line.minor
    return [(order_id, partner_id, minor) for (order_id, partner_id), minor in sums.items()]


def plain() -> Known:
    """The codes of the folder, and no rule beside them."""
    with (folder() / "codes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = tuple(
        Code(
            code=row["code"],
            partner_id=row["partner_id"],
            rate=Rate(percent=Decimal(row["rate"])),
            valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        )
        for row in rows
    )
    partners = {row["partner_id"]: Partner(partner_id=row["partner_id"]) for row in rows}
    programme = Programme(zone=ZONE, two_codes=TwoCodes.FIRST, language="en")
    return Known(programme=programme, partners=partners, codes=codes)


def _arrivals() -> Arrivals:
    """Read the log as the inbox and `gather` do, without keeping it."""
    versions: dict[Key, list[OrderVersion]] = defaultdict(list)
    with (folder() / "orders.jsonl").open("rb") as log:
        for seq, line in enumerate(log, 1):
            for entry in read(_delivery(seq, line), UNSAID):
                if not isinstance(entry, OrderVersion):
                    raise TypeError(f"line {seq} is no order: {entry}")
                versions[entry.source, entry.order_id].append(entry)
    return Arrivals(versions=versions, fresh=versions.keys())


def _delivery(seq: int, line: bytes) -> Delivery:
    found = read_line(line, f"line {seq}")
    if not isinstance(found, NewDelivery):
        raise TypeError(f"line {seq} cannot be read: {found}")
    return Delivery(
        seq=seq,
        source=found.source,
        delivery_id=found.delivery_id,
        received_at=found.received_at,
        content_type=found.content_type,
        body=found.body,
        sha256=body_sha256(found.body),
    )


if __name__ == "__main__":
    collect_seldom()  # as every command does
    give("ours", commissions(plain()))

"""What is measured? An order log and a list of codes, made from a fixed seed."""

from __future__ import annotations

import csv
import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Any

SEED = 20261007
PARTNERS = 100
CODES = 500
MOSCOW = timezone(timedelta(hours=3))
BEGIN = datetime(2026, 7, 1, tzinfo=MOSCOW)
HAND_OVER = datetime(2026, 8, 15, tzinfo=MOSCOW)
DAYS = 90
BUYERS = 10**6
RATES = (5, 8, 10, 15, 20)
CITIES = ("Москва", "Казань", "Алматы", "Минск")
CHANNELS = ("site", "app")


def make(folder: Path, orders: int, buyers: int = BUYERS) -> None:
    """Write codes.csv and orders.jsonl; the same bytes for the same number of orders and buyers."""
    chance = Random(SEED)
    names = _codes(folder / "codes.csv", chance)
    with (folder / "orders.jsonl").open("w", encoding="utf-8") as log:
        late: list[str] = []
        for number in range(orders):
            body = _order(number, names, buyers, chance)
            log.write(_line(f"d{number}", body))
            if chance.random() < 0.1:
                late.append(_line(f"e{number}", body | _change(body, chance)))
        log.writelines(late)


def _codes(path: Path, chance: Random) -> list[str]:
    """A row a code; a tenth of them two, one for each owner."""
    names = [f"CODE{number:04d}" for number in range(CODES)]
    day = HAND_OVER.date()
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["code", "partner_id", "rate", "valid_from", "valid_to"])
        for name in names:
            owner, rate = chance.randrange(PARTNERS), chance.choice(RATES)
            if chance.random() < 0.1:
                rows.writerow([name, f"p{owner}", rate, "", day - timedelta(days=1)])
                rows.writerow([name, f"p{(owner + 1) % PARTNERS}", rate, day, ""])
            else:
                rows.writerow([name, f"p{owner}", rate, "", ""])
    return names


def _order(number: int, names: list[str], buyers: int, chance: Random) -> dict[str, Any]:
    at = BEGIN + timedelta(seconds=chance.randrange(DAYS * 86400))
    draw = chance.random()
    code = "NOBODY" if draw < 0.05 else chance.choice(names).lower() if draw < 0.8 else ""
    return {
        "order_id": str(100000 + number),
        "ordered_at": at.isoformat(),
        "updated_at": at.isoformat(),
        "state": "paid",
        "currency": "RUB",
        "total": _sum(chance.randrange(50000, 1000000)),
        "shipping": _sum(chance.choice((0, 19900, 35000))),
        "refunded": "0.00",
        "codes": [code] if code else [],
        "customer": {"email": f"buyer{chance.randrange(buyers)}@example.com"},
        "items": [{"sku": f"tea-{number % 300}", "quantity": 1}],
        "city": CITIES[number % len(CITIES)],
        "channel": CHANNELS[number % len(CHANNELS)],
    }


def _change(body: dict[str, Any], chance: Random) -> dict[str, Any]:
    """Later news of an order: cancelled, or some of the goods came back."""
    at = datetime.fromisoformat(body["ordered_at"]) + timedelta(days=chance.randrange(1, 20))
    news = {"updated_at": at.isoformat()}
    if chance.random() < 0.3:
        return news | {"state": "cancelled"}
    goods = int(body["total"].replace(".", "")) - int(body["shipping"].replace(".", ""))
    return news | {"refunded": _sum(chance.randrange(1, goods))}


def _sum(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02d}"


def _line(delivery_id: str, body: dict[str, Any]) -> str:
    line = {
        "delivery_id": delivery_id,
        "received_at": body["updated_at"],
        "source": "generic",
        "body": body,
    }
    return json.dumps(line, separators=(",", ":")) + "\n"

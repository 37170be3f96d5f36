"""What can no tracker with our contract leave out? JSON read, customers hashed, two ledger lines.

Nothing is decided but whose the code is and what percent that comes to. No field is checked, no
rule asked, no reason weighed, no term kept; what stands in the cells is written straight away. All
of it is there, though: each delivery with its hash, the customer as a keyed hash, and of each order
a line of the Journal and one of Commissions, every cell of both, with their hashes, in ledger.csv.
"""

from __future__ import annotations

import csv
import hashlib
import hmac
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import orjson

from benchmarks.engines.answers import Commission, folder, give

SECRET = b"a secret of sixteen"
NOW = "2026-10-20T15:00:00+03:00"
HOLD = timedelta(days=14)

Owner = tuple[str, int, str, str]
"""partner_id, percent, first and last day."""
Told = tuple[dict[str, Any], str, str]
"""A body as last told, its delivery and the hash of that."""


def commissions() -> list[Commission]:
    """Write both ledgers, and return what is owed for every order."""
    owners = _owners()
    found: list[Commission] = []
    with (folder() / "ledger.csv").open("w", encoding="utf-8", newline="") as file:
        for body, delivery_id, digest in _latest(folder() / "orders.jsonl"):
            owner, base = _whose(body, owners), _base(body)
            owed = (base * owner[1] * 2 + 100) // 200 if owner and body["state"] == "paid" else 0
            line = _journal(body, delivery_id, digest, owner, base, owed)
            file.write(_row(line))
            if owner and owed:
                file.write(_row(_commission(line, owner[0], owed)))
                found.append((body["order_id"], owner[0], owed))
    return found


def _row(cells: list[str]) -> str:
    """Write a line as CSV; csv.writer looks at every single sign, and takes six times as long."""
    return '"' + "\n".join(cells).replace('"', '""').replace("\n", '","') + '"\n'


def _owners() -> dict[str, list[Owner]]:
    owners: dict[str, list[Owner]] = {}
    with (folder() / "codes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            one = row["partner_id"], int(row["rate"]), row["valid_from"], row["valid_to"] or "9999"
            owners.setdefault(row["code"].casefold(), []).append(one)
    return owners


def _latest(path: Path) -> Iterable[Told]:
    """Every order as it was last told."""
    latest: dict[str, Told] = {}
    with path.open("rb") as log:
        for line in log:
            said = orjson.loads(line)
            body = said["body"]
            known = latest.get(body["order_id"])
            if known is None or body["updated_at"] > known[0]["updated_at"]:
                told = body, said["delivery_id"], hashlib.sha256(line).hexdigest()
                latest[body["order_id"]] = told
    return latest.values()


def _whose(body: dict[str, Any], owners: dict[str, list[Owner]]) -> Owner | None:
    day = body["ordered_at"][:10]
    for code in body["codes"]:
        for owner in owners.get(code.casefold(), ()):
            if owner[2] <= day <= owner[3]:
                return owner
    return None


def _base(body: dict[str, Any]) -> int:
    return max(0, _minor(body["total"]) - _minor(body["shipping"]) - _minor(body["refunded"]))


def _minor(text: str) -> int:
    return int(text.replace(".", ""))


def _journal(
    body: dict[str, Any], delivery: str, digest: str, owner: Owner | None, base: int, owed: int
) -> list[str]:
    """The cells of a line of the Journal; none of them is longer than a line."""
    email = body["customer"]["email"].encode()
    customer = "e:" + hmac.digest(SECRET, email, "sha256").hex()[:16]
    codes, day = ",".join(body["codes"]), body["ordered_at"][:10]
    partner_id, rate, by = (owner[0], f"{owner[1]}%", "code") if owner else ("", "", "")
    why = f"code_of_partner code={codes} partner={partner_id}" if owner else "no_code"
    body["customer"] = customer
    facts = {"v": [[body["updated_at"], delivery, digest]], "f": body}
    line = [
        *(NOW, "generic", body["order_id"], "1", body["ordered_at"], body["updated_at"]),
        *(body["state"], body["total"], _text(base), body["currency"], codes, customer),
        *(partner_id, f'[["{codes}","{partner_id}","{why}"]]', by, why),
        f"Code {codes} is of {partner_id}: {rate} of {_text(base)} is {_text(owed)} RUB.",
        *(rate, "goods", (date.fromisoformat(day) + HOLD).isoformat()),
        *(f'[["{partner_id}","order",{owed},"RUB"]]', orjson.dumps(facts).decode()),
    ]
    line.append("jn_" + hashlib.sha256("\n".join(line).encode()).hexdigest()[:16])
    return line


def _text(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02d}"


def _commission(line: list[str], partner_id: str, owed: int) -> list[str]:
    """The cells of the line of Commissions that follows from one of the Journal."""
    order_id, fact = line[2], line[-1]
    hashed = f"generic\n{order_id}\n{partner_id}\norder\nRUB\n1\n0\n{owed}".encode()
    after = _text(owed)
    return [
        *(NOW, partner_id, "sale", after, "RUB", "generic", order_id, line[17], line[8], line[19]),
        *(line[16], "order", "1", "0.00", after, fact),
        "cm_" + hashlib.sha256(hashed).hexdigest()[:16],
    ]


if __name__ == "__main__":
    give("floor", commissions())

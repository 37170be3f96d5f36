"""What does the shop send? Orders and what becomes of them; again, late, out of order, by three ways.

A delivery is acked when its way took it for good: the receiver answered, the line stands whole in
the file, or Zapier's row stands in the tab. What was not acked is sent again until it is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from tests.sim.customers import BUYER, PHONE, customer
from tests.sim.desk import Desk
from tests.sim.truth import Truth, Version
from tests.world import NOON
from tracker.deliveries import NewDelivery
from tracker.layout import Tab

CODES = (("IVAN01",), ("MARIA01",), ("IVAN20",), ("FIXED",), ("WANDER",), ("NOPE",), (),
         ("IVAN01", "MARIA01"), (" ivan01 ",))  # fmt: skip
PLAIN = (("IVAN01",), ("IVAN01",), ("WANDER",), ("MARIA01",), ("IVAN20",), ())
"""Most of them without a rate of their own, so that a partner's orders come to a tier."""
TOTALS = ("1000", "333.33", "0.05", "2500.50", "99.99")
GARBAGE = (
    f"not json {BUYER}x@example.com", "{}", json.dumps({"order_id": "x", "email": f"{BUYER}x@x"}),
    "[]", json.dumps({"order_id": "y", "total": "1.000,00", "customer": {"phone": f"{PHONE}01"}}),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sent:
    """One delivery as it leaves the shop; `version` is None for what means nothing."""

    delivery_id: str
    body: str
    version: Version | None


class Shop:
    """The shop of one world, with the random numbers of its seed."""

    def __init__(self, truth: Truth, chance: Random, log: Path | None) -> None:
        self.truth, self.chance, self.log = truth, chance, log
        self.codes: tuple[tuple[str, ...], ...] = CODES
        self.sent: list[Sent] = []
        self.owing: list[Sent] = []
        self.torn = ""
        self._number = 0

    def order(self, now: datetime, **fields: object) -> Sent:
        """Describe a new order, placed within the last days."""
        chance, self._number = self.chance, self._number + 1
        placed = (now - timedelta(hours=chance.randrange(1, 72))).replace(microsecond=0)
        version = Version(
            order_id=f"o{self._number}", stamp=self._number * 1000, placed=placed.timestamp(),
            currency=chance.choice(["RUB", "RUB", "EUR"]), codes=chance.choice(self.codes),
            total=chance.choice(TOTALS), shipping=chance.choice(["0", "0", "0.04", "100"]),
            state=chance.choice(["paid", "paid", "pending"]),
        )  # fmt: skip
        return self._said(replace(version, **fields))  # type: ignore[arg-type]

    def change(self, order_id: str, **fields: object) -> Sent:
        """Describe a known order anew: refunded, cancelled, corrected, or with other codes."""
        heard = [one.version for one in self.sent if one.version is not None]
        last = max((v for v in heard if v.order_id == order_id), key=lambda one: one.stamp)
        drawn = self.chance.choice([
            {"refunded": self.chance.choice([last.total, "0.05", "33.33", "0"])},
            {"state": "cancelled"}, {"state": "refunded"}, {"state": "paid"},
            {"total": self.chance.choice(TOTALS)}, {"codes": self.chance.choice(self.codes)},
        ])  # fmt: skip
        return self._said(replace(last, stamp=last.stamp + 1, **(fields or drawn)))  # type: ignore[arg-type]

    def garbage(self) -> Sent:
        """Send something that is no order."""
        self._number += 1
        sent = Sent(f"g{self._number}", self.chance.choice(GARBAGE), None)
        self.sent.append(sent)
        return sent

    def known(self) -> list[str]:
        """The orders that were described so far."""
        return list(dict.fromkeys(s.version.order_id for s in self.sent if s.version))

    def _said(self, version: Version) -> Sent:
        placed = datetime.fromtimestamp(version.placed, NOON.tzinfo)
        body = {
            "order_id": version.order_id,
            "ordered_at": placed.isoformat(),
            "updated_at": (NOON + timedelta(minutes=version.stamp)).isoformat(),
            "currency": version.currency,
            "codes": list(version.codes),
            "total": version.total,
            "shipping": version.shipping,
            "refunded": version.refunded,
            "state": version.state,
            "customer": customer(version.order_id),
        }
        sent = Sent(f"d-{version.order_id}-{version.stamp}", json.dumps(body), version)
        self.sent.append(sent)
        return sent

    # Three ways to the program.

    def delivery(self, sent: Sent, now: datetime) -> NewDelivery:
        """As the receiver lands it."""
        return NewDelivery(
            source="generic", delivery_id=sent.delivery_id, received_at=now, body=sent.body,
            origin="the shop",
        )  # fmt: skip

    def to_tab(self, desk: Desk, sent: Sent, now: datetime, times: int) -> None:
        """Let Zapier append a row, or twice the same."""
        for _ in range(times):
            desk.type_one(
                Tab.WEBHOOK_LOG, delivery_id=sent.delivery_id, received_at=now.isoformat(),
                source="generic", content_type="application/json", body=sent.body,
            )  # fmt: skip
        self.acked(sent)

    def to_file(self, sent: Sent, now: datetime, *, torn: bool) -> None:
        """Append a line to the file; a torn one gets its end with the next."""
        assert self.log is not None
        line = json.dumps({
            "delivery_id": sent.delivery_id, "received_at": now.isoformat(), "source": "generic",
            "body": sent.body,
        })  # fmt: skip
        cut = len(line) // 2 if torn else len(line)
        with self.log.open("a", encoding="utf-8") as file:
            file.write(self.torn + line[:cut] + ("" if torn else "\n"))
        self.torn = line[cut:] + "\n" if torn else ""
        if torn:
            self.unsure(sent)
        else:
            self.acked(sent)

    def end_line(self) -> None:
        """Write what is missing of a torn line."""
        if self.torn and self.log is not None:
            with self.log.open("a", encoding="utf-8") as file:
                file.write(self.torn)
            self.torn = ""

    def acked(self, sent: Sent) -> None:
        """The delivery is kept: from now on it must be seen."""
        if sent in self.owing:
            self.owing.remove(sent)
        if sent.version is not None:
            self.truth.hear(sent.version, acked=True)

    def unsure(self, sent: Sent) -> None:
        """No answer came: it may be kept, and is sent again later."""
        self.owing.append(sent)
        if sent.version is not None:
            self.truth.hear(sent.version, acked=False)

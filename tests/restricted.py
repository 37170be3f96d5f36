"""What do tests of restrictions stand on? One order in Moscow with the code TEA of ivan."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tracker.asked import Asker
from tracker.code_book import code_book
from tracker.history import History, Placed
from tracker.orders import Facts
from tracker.policy import PayFor, Policy
from tracker.programme import Code, Programme
from tracker.restrictions import pay_for, refusal

ZONE = ZoneInfo("Europe/Moscow")
VERSION = ("2026-10-19T12:00:00+00:00", 1, "d1", "")
IVAN, ANNA = frozenset({"e:ivan"}), frozenset({"e:anna", "p:anna"})


def programme(**policy: Any) -> Programme:
    """A programme in roubles and Moscow."""
    return Programme(zone=ZONE, policy=Policy(**policy))


def asker(programme: Programme, before: tuple[Placed, ...], **facts: Any) -> Asker:
    """What an order of 1000 RUB by Anna may be asked; `facts` change it, None leaves one out."""
    said: dict[str, Any] = {
        "ordered_at": "2026-10-19T12:00:00+03:00",
        "total": 100000,
        "currency": "RUB",
        "codes": ["TEA"],
        "customer_e": "e:anna",
    }
    fields = {name: (value, VERSION) for name, value in (said | facts).items() if value is not None}
    history = History(programme)
    for one in before:
        history.add(one)
    return Asker(Facts(fields), programme, history)


def why(before: tuple[Placed, ...] = (), ours: Programme | None = None, **cells: Any) -> str:
    """Why the order does not count; empty where it does. Facts of the order begin with `of_`."""
    facts = {name.removeprefix("of_"): v for name, v in cells.items() if name.startswith("of_")}
    own = {name: v for name, v in cells.items() if not name.startswith("of_")}
    code = Code(code="TEA", partner_id="ivan", **own)
    ours = ours or programme()
    asked = asker(ours, before, **facts)
    book = code_book([code], (), {})
    found = refusal(code, asked.facts.codes, "ivan", book, ours, asked)
    return "" if found is None else found[0]


def not_paid(chosen: PayFor, *before: Placed, **facts: Any) -> str:
    """Why `pay_for` of the programme says no to a link of ivan; empty where it does not."""
    ours = programme(pay_for=chosen)
    found = pay_for(None, "ivan", ours, asker(ours, before, **facts))
    return "" if found is None else found[0]


def bought(
    day: str,
    customer: frozenset[str] = ANNA,
    code: str = "tea",
    partner_id: str = "ivan",
    *,
    counts: bool = True,
) -> Placed:
    """An earlier order of that day, at noon in Moscow."""
    at = datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=ZONE)
    return Placed(
        at=at.astimezone(UTC),
        day=at.date(),
        customer=customer,
        counts=counts,
        partner_id=partner_id,
        code=code if partner_id else "",
        evidence="code",
        sales=100000,
        currency="RUB",
    )

"""Statements to make letters of, with a default for each field, and how to read the letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from html.parser import HTMLParser
from typing import Any

from tracker.model import BaseRule
from tracker.statements import Account, Held, MonthEarned, Statement, StatementLine, Uncounted

MONTHS = ("2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10")


def line(kind: str, order_id: str, minor: int, **other: Any) -> StatementLine:
    """A line booked on October 5, 2026."""
    values: dict[str, Any] = {
        "line_id": f"{kind}-{order_id}",
        "booked_on": date(2026, 10, 5),
        "kind": kind,
        "source": "generic",
        "order_id": order_id,
        "ordered_on": None,
        "base": None,
        "base_rule": None,
        "rate": "",
        "minor": minor,
        "payable_on": None,
        "because": "",
    }
    return StatementLine(**(values | other))


def sale(order_id: str, base: int, rate: str, minor: int, **other: Any) -> StatementLine:
    """A sale whose commission was taken from the goods."""
    values = {"base": base, "base_rule": BaseRule.GOODS, "rate": rate}
    return line("sale", order_id, minor, **(values | other))


def account(
    currency: str,
    opening: int,
    *lines: StatementLine,
    payouts: tuple[StatementLine, ...] = (),
    held: tuple[Held, ...] = (),
    minimum: int = 0,
    earned: Sequence[int] = (),
    ripened: tuple[Held, ...] = (),
) -> Account:
    """An account that adds up."""
    closing = opening + sum(one.minor for one in (*lines, *payouts))
    on_hold = sum(one.minor for one in held)
    return Account(
        currency=currency,
        opening=opening,
        lines=lines,
        payouts=payouts,
        closing=closing,
        held=held,
        on_hold=on_hold,
        payable=closing - on_hold,
        missing=max(0, minimum - (closing - on_hold)),
        minimum=minimum,
        digest="",
        history=tuple(
            MonthEarned(month=month, minor=minor)
            for month, minor in zip(MONTHS, earned, strict=False)
        ),
        ripened=ripened,
    )


def statement(*accounts: Account, **other: Any) -> Statement:
    """Maria's October of 2026 in Russian."""
    values: dict[str, Any] = {
        "statement_id": "maria-2026-10",
        "partner_id": "maria",
        "name": "Мария",
        "email": "maria@example.com",
        "language": "ru",
        "month": "2026-10",
        "final": True,
        "revision": 1,
        "program_name": "Чайная лавка",
        "zone": "Europe/Moscow",
        "as_of": date(2026, 11, 1),
        "payout_on": date(2026, 11, 15),
        "accounts": accounts,
        "uncounted": (),
    }
    return Statement(**(values | other))


def maria(**other: Any) -> Statement:
    """A month with a sale, a clawback, a payout, a hold and an order that was not counted."""
    clawback = {"ordered_on": date(2026, 9, 24), "base": 250000, "rate": "15%"}
    rubles = account(
        "RUB",
        125000,
        sale("1042", 400000, "15%", 60000),
        line("clawback", "1031", -22500, base_rule=BaseRule.GOODS, **clawback),
        sale("1101", 350000, "15%", 52500),
        payouts=(line("payout", "po-1", -125000),),
        held=(Held(order_id="1101", minor=52500, payable_on=date(2026, 11, 3)),),
        minimum=50000,
    )
    missed = Uncounted(
        source="generic",
        order_id="1066",
        ordered_on=date(2026, 10, 11),
        reason="test_only_code valid_to=2026-09-30",
    )
    return statement(rubles, **({"uncounted": (missed,)} | other))


class Page(HTMLParser):
    """What a reader of the HTML sees: the text of the body; and every tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.tags: list[str] = []
        self.feed(html[html.index("<body") :])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(" ".join([tag, *sorted(name for name, _ in attrs)]))
        self.seen.append(" ")

    def handle_data(self, data: str) -> None:
        self.seen.append(data)

    @property
    def text(self) -> str:
        return "".join(self.seen)

    @staticmethod
    def attributes(tag: str) -> dict[str, str]:
        return dict(re.findall(r'([\w-]+)="([^"]*)"', tag))


def spaced(text: str) -> str:
    """Make every run of spaces and line ends one plain space."""
    return " ".join(text.split())


def figures(text: str) -> list[str]:
    """Every number in the order it is read: a group of three follows a space that never breaks."""
    found = re.findall(r"−?[$¥]?\d(?:[\d.,]|\u00a0(?=\d{3}))*", text)
    return [figure.rstrip(".,") for figure in found]


VECTORS = [
    "A 💩 subject=?UTF-8?Q?=0A?=Bcc: injected@example.com",
    "a\r\nBcc: injected@example.com",
    "a\nBcc: injected@example.com\n\n",
    "=?utf-8?q?x=0D=0ABcc=3A_injected@example.com?=",
    "x\x00\x1b[31m\x85\u2028Bcc: y",
    'a", "b" <injected@example.com>, "c',
    "\ud800\udfff\u202e",
    "x" * 3000,
    "💩" * 500,
]
"""Names that try to become headers, readers or lines of their own."""

"""What does a line of the Journal come to, step by step, and does it wait for cash?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tracker.commissions import Owed
from tracker.ledger import Order, steps
from tracker.lines import JournalLine, line_of, waits_for_cash

NOON = datetime(2026, 10, 20, 12, tzinfo=UTC)


def line(*owed: Owed, n: int = 1, **cells: Any) -> JournalLine:
    """A line of ivan's about an order of 1000.00 RUB."""
    usual = {
        "noted_at": NOON,
        "source": "generic",
        "order_id": "1",
        "currency": "RUB",
        "base": 100000,
        "rate": "10%",
        "partner_id": "ivan",
        "payable_on": date(2026, 11, 2),
    }
    return line_of(**usual | cells, n=n, owed=owed)


def test_steps_of_one_line_stand_in_the_order_of_their_accounts() -> None:
    names = ["zoya", "ivan", "anna", "petr", "maria", "boris"]
    found = steps(Order(lines=(line(*(Owed(name, "order", 5, "RUB") for name in names)),)))

    assert [step.partner_id for step in found] == [
        "anna", "boris", "ivan", "maria", "petr", "zoya"]  # fmt: skip


@pytest.mark.parametrize(
    ("owed", "base"),
    [
        (Owed("ivan", "order", 10000, "RUB"), 100000),
        (Owed("ivan", "order", 10000, "RUB", "10%"), 100000),
        (Owed("ivan", "order", 500, "USD"), 100000),
        (Owed("ivan", "order", 500, "USD", "5 USD"), None),  # taken from no sum of that currency
        (Owed("anna", "level", 500, "RUB", "5%"), None),  # the base is told to its own partner
    ],
)
def test_a_step_names_the_base_only_where_its_rate_was_taken_from_it(
    owed: Owed, base: int | None
) -> None:
    (step,) = steps(Order(lines=(line(owed),)))

    assert step.base == base


@pytest.mark.parametrize(
    ("state", "facts", "waits"),
    [
        ("pending", '{"cash":true}', True),
        ("paid", '{"cash":true}', False),
        ("pending", "{}", False),
        ("pending", '{"cash":true,"terms":{"approve":"placed"}}', False),
    ],
)
def test_cash_is_waited_for_while_pending_unless_placing_is_enough(
    state: str, facts: str, *, waits: bool
) -> None:
    assert waits_for_cash(line(state=state, facts=facts)) is waits

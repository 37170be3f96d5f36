"""Are rates, bases and the rest of an order said in words, in the reader's language?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.world import World
from tracker.account_words import Voice
from tracker.layout import Tab
from tracker.line_reasons import why_not
from tracker.own_lines import TIER
from tracker.sentences import PROBLEMS, reason_says
from tracker.wording import formatter


@pytest.mark.parametrize(
    ("reason", "en", "ru"),
    [
        ("owes_each amount=20.00%20RUB count=2 rate=10.00%20RUB/item",
         "10.00 RUB per item, pieces: 2, is 20.00 RUB.",
         "10.00 RUB за штуку, штук — 2: 20.00 RUB."),
        ("line_sum rate=5.00%20RUB what=*", "The rest: 5.00 RUB.", "Остальное: 5.00 RUB."),
        ("owes_percent amount=1%20RUB base=10%20RUB rate=10%25 rule=before_discount",
         "10% of 10 RUB (goods before the discount) is 1 RUB.",
         "10% от 10 RUB (товары до скидки) — 1 RUB."),
        ("pay_for_orders limit=2 partner=ivan",
         "ivan is paid for a customer's first orders, 2 at most, and this customer had placed as many before.",
         "Партнёру ivan платят за первые заказы покупателя, не больше 2, и столько у этого покупателя уже было."),
    ],
)  # fmt: skip
def test_a_reason_is_said_in_words(reason: str, en: str, ru: str) -> None:
    assert (reason_says(reason, "en"), reason_says(reason, "ru")) == (en, ru)


@pytest.mark.parametrize("code", ["percent_wanted", "binding_unreadable", "pay_for_unreadable"])
def test_a_problem_ends_with_a_full_stop(code: str) -> None:
    assert all(text.endswith(".") for text in PROBLEMS[code])


def test_several_rates_on_a_refunded_order_name_what_was_refunded() -> None:
    world = World()
    world.type(Tab.RULES, priority=Decimal(10), category="tea", rate="20%")
    lines = [
        {"sku": "A", "category": "tea", "quantity": 1, "price": "500"},
        {"sku": "B", "category": "cups", "quantity": 1, "price": "500"},
    ]
    world.deliver("1", items=lines, refunded="200")
    world.sync()

    assert (
        "10% of 400.00 RUB (goods). tea: 20% of 400.00 RUB. 200.00 RUB was refunded and is taken "
        "off. Together 120.00 RUB."
    ) in world.latest("1").decision


# Letters.


def test_a_goal_is_headed_by_its_period_and_a_rate_for_each_piece_is_said() -> None:
    voice = Voice(say=formatter("en"), sources={}, lines_max=5)

    assert voice.order(TIER, "g1/ivan/2026-10") == "Goal g1, October\N{NO-BREAK SPACE}2026"
    assert formatter("ru").rate("10.00 RUB/item").replace("\u00a0", " ") == "10,00 ₽ за штуку"


@pytest.mark.parametrize(
    ("total", "state", "why"),
    [
        ("0.04", "paid", "order_too_small"),
        ("0", "paid", "order_nothing_due"),
        ("0.04", "pending", "order_pending"),
    ],
)
def test_why_an_order_earns_nothing(total: str, state: str, why: str) -> None:
    world = World()
    world.deliver("1", total=total, state=state)
    world.sync()

    assert why_not(world.latest("1"), "ivan") == why


@pytest.mark.parametrize("change", [{"state": "refunded"}, {"refunded": "1000"}])
def test_of_an_order_given_back_whole_the_letter_says_no_rate(change: dict[str, str]) -> None:
    world = World()
    world.deliver("1", at="2026-10-19T11:00:00Z")
    world.sync()
    world.deliver("1", at="2026-10-19T12:00:00Z", **change)
    world.sync()

    lines = world.statement("ivan", "2026-10").accounts[0].lines
    assert [(line.kind, line.gone) for line in lines] == [("sale", False), ("clawback", True)]
    assert lines[1].because == "order_refunded"

"""Does a partner read in his letter how each line came about, and nothing of other partners?"""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.world import World
from tracker.languages import reason
from tracker.layout import Tab
from tracker.letters import render
from tracker.sentences import join_reason, reason_says
from tracker.sentences.owing import OWING_PROBLEMS, OWING_REASONS


def sold(**settings: Any) -> World:
    """ivan, whom anna brought, sells two orders; olga helps with the first."""
    world = World(level2="10%", **settings)
    for partner_id in ("anna", "olga"):
        world.type(Tab.PARTNERS, partner_id=partner_id, payout_details="card")
    world.edit(Tab.PARTNERS, "ivan", "parent_id", "anna")
    world.type(Tab.TIERS, tier_id="GOAL", bonus="5000", **{"from": "2"})
    world.deliver("1", helper="olga")
    world.deliver("2")
    world.sync()
    return world


def letter(world: World, partner_id: str, language: str) -> str:
    text = render(world.statement(partner_id, "2026-10"), language).text
    return re.sub("[\u00a0\u202f]", " ", text)


@pytest.mark.parametrize(
    ("partner_id", "language", "says"),
    [
        ("ivan", "en", "The programme's budget of the month was nearly used up: RUB 20.00 is left"),
        ("ivan", "ru", "на этот заказ остаётся 20,00 ₽"),
        ("ivan", "en", "You reached the goal of October 2026, 2 orders: a bonus of RUB 5,000.00."),
        ("ivan", "ru", "Вы достигли цели за октябрь 2026, заказов — 2: премия 5 000,00 ₽."),
        ("ivan", "ru", "Бонус: Цель GOAL, октябрь 2026"),
        ("anna", "en", "From a partner you brought, order 1 of"),
        ("anna", "en", "An order of a partner you brought."),
        ("anna", "ru", "Заказ партнёра, которого вы привели."),
        ("olga", "en", "You helped with this order."),
        ("olga", "ru", "Вы помогли с этим заказом."),
    ],
)
def test_every_kind_of_line_is_told_in_words(partner_id: str, language: str, says: str) -> None:
    world = sold(cross_bonus="20%", budget_month="120")

    assert says in letter(world, partner_id, language)


def test_a_letter_does_not_say_what_others_earn_by_the_order() -> None:
    text = letter(sold(cross_bonus="20%"), "ivan", "en")

    assert "anna" not in text
    assert "olga" not in text


@pytest.mark.parametrize(
    ("language", "goal"), [("en", "Goal GOAL, October 2026"), ("ru", "Цель GOAL, октябрь 2026")]
)
def test_a_goal_on_hold_is_named_in_words_too(language: str, goal: str) -> None:
    text = letter(sold(), "ivan", language)

    assert "GOAL/ivan" not in text
    assert text.count(goal) == 2  # among the lines, and among what is on hold


def test_an_order_beyond_a_limit_is_told_as_not_counted_for_that() -> None:
    world = sold(cap_month="100")

    (missed,) = world.statement("ivan", "2026-10").uncounted
    assert (missed.order_id, missed.reason) == ("2", "order_limit_reached")


def test_an_order_that_waits_for_its_delivery_is_told_as_such() -> None:
    world = sold(approve_on="delivered")

    missed = world.statement("ivan", "2026-10").uncounted
    assert {one.reason for one in missed} == {"order_not_delivered"}


def test_what_an_earlier_order_took_is_not_blamed_on_the_shop() -> None:
    world = sold(cap_month="150")
    world.deliver("0", ordered_at="2026-10-01T10:00:00Z")
    world.sync()
    lines = world.statement("ivan", "2026-10").accounts[0].lines
    lost = [(line.order_id, line.because) for line in lines if line.minor < 0]

    # 100 + 50 were 100 + 50 + 0 once the earlier order had its place.
    assert lost == [("1", "order_or_earlier_changed"), ("2", "order_or_earlier_changed")]


def test_a_line_in_another_currency_shows_no_base_of_the_order_s() -> None:
    world = World()
    world.edit(Tab.PARTNERS, "ivan", "currency", "EUR")
    world.type(Tab.FX, date="2026-10-01", rate="0.01", **{"from": "RUB", "to": "EUR"})
    world.deliver("1")
    world.sync()
    (row,) = world.rows(Tab.COMMISSIONS)
    accounts = world.statement("ivan", "2026-10").accounts
    (line,) = (line for account in accounts for line in account.lines)

    assert (str(row["amount"]), row["currency"], row["rate"], row["base"]) == (
        "1",
        "EUR",
        "10%",
        None,
    )
    assert line.base is None


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_sentence_is_whole_in_both_languages(language: str) -> None:
    names = re.compile(r"\{(\w+)\}")
    for code, pair in {**OWING_REASONS, **OWING_PROBLEMS}.items():
        assert set(names.findall(pair[0])) == set(names.findall(pair[1])), code
    for code, pair in OWING_REASONS.items():
        values = tuple((name, "7") for name in sorted(set(names.findall(pair[0]))))
        for said in (reason_says, reason):
            assert "{" not in said(join_reason(code, values), language), code

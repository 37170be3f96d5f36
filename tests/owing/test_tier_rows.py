"""Are rows of Tiers read as they were meant, and does each bad one cost itself alone?"""

from __future__ import annotations

from datetime import date

import pytest

from tests.world import World
from tracker.book.reading import read_book
from tracker.ladders import ladder_for
from tracker.layout import Tab
from tracker.programme import Partner
from tracker.rates import read_rate
from tracker.rulebook import Counts, Period, Tier, TierMode
from tracker.sentences import problem_says
from tracker.terms import Ladder, Step

DAY = date(2026, 10, 19)


def read(world: World) -> tuple[Tier, ...]:
    return read_book(world.store.read(list(Tab)), b"secret").tiers


def typed(*rows: dict[str, str]) -> World:
    world = World()
    for row in rows:
        world.type(Tab.TIERS, **row)
    return world


def test_an_empty_cell_means_what_its_heading_says() -> None:
    (tier,) = read(typed({"tier_id": "T1", "from": "5", "rate": "15%"}))

    assert (tier.counts, tier.start, tier.period) == (Counts.ORDERS, 5, Period.MONTH)
    assert (tier.mode, tier.currency, tier.rate) == (TierMode.FROM_NOW, "RUB", read_rate("15%"))


def test_a_row_in_words_of_either_language_is_read() -> None:
    (tier,) = read(typed({
        "tier_id": "T1", "counts": "продажи", "from": "50 000,50", "bonus": "5 000 ₽",
        "period": "quarter", "mode": "с первого", "partner_id": "ivan"}))  # fmt: skip

    assert (tier.counts, tier.start, tier.bonus) == (Counts.SALES, 5000050, 500000)
    assert (tier.period, tier.mode) == (Period.QUARTER, TierMode.FROM_FIRST)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"from": "5"}, "tier_rate_or_bonus"),
        ({"from": "5", "rate": "15%", "bonus": "500"}, "tier_rate_or_bonus"),
        ({"rate": "15%"}, "tier_start_missing"),
        ({"from": "2.5", "rate": "15%"}, "number_unreadable"),
        ({"from": "-1", "rate": "15%"}, "number_unreadable"),
        ({"from": "-1", "rate": "15%", "counts": "sales"}, "amount_below_zero"),
        ({"from": "5", "bonus": "-500"}, "amount_below_zero"),
        ({"from": "5", "rate": "15%", "partner_id": "nobody"}, "tier_partner_unknown"),
        ({"from": "5", "rate": "15%", "period": "week"}, "choice_unknown"),
        ({"from": "5", "rate": "15%", "valid_from": "2026-10-02", "valid_to": "2026-10-01"},
         "dates_backwards"),
        ({"from": "5", "rate": "9 RUB", "counts": "sales", "mode": "marginal"},
         "tier_sum_marginal"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_used_is_named(cells: dict[str, str], code: str) -> None:
    world = typed({"tier_id": "GOOD", "from": "9", "bonus": "1"}, {"tier_id": "BAD", **cells})

    assert [tier.tier_id for tier in read(world)] == ["GOOD"]
    assert world.codes() == {code}
    for problem in world.problems():
        for language in ("en", "ru"):
            assert "{" not in problem_says(problem, language)


@pytest.mark.parametrize(
    ("second", "left"),
    [
        ({}, []),
        ({"from": "6"}, ["A", "B"]),
        ({"period": "year"}, ["A", "B"]),
        ({"group": "shops"}, ["A", "B"]),
        ({"mode": "from_first"}, ["A", "B"]),
        ({"rate": "", "bonus": "500"}, ["A", "B"]),
        ({"valid_from": "2026-11-01"}, ["A", "B"]),
        ({"valid_from": "2026-10-31"}, []),
    ],
)
def test_two_rows_with_one_threshold_contradict_each_other(
    second: dict[str, str], left: list[str]
) -> None:
    first = {"tier_id": "A", "from": "5", "rate": "15%", "valid_to": "2026-10-31"}
    world = typed(first, {"tier_id": "B", "from": "5", "rate": "20%"} | second)

    assert [tier.tier_id for tier in read(world)] == left
    assert ("tier_twice" in world.codes()) is (left == [])


def test_rows_that_make_no_one_ladder_are_named_and_one_of_them_is_used() -> None:
    world = typed(
        {"tier_id": "A", "from": "5", "rate": "15%"},
        {"tier_id": "B", "from": "1000", "rate": "20%", "counts": "sales"},
    )

    assert world.codes() == {"tiers_mixed"}
    (problem,) = world.problems()
    assert "B is used" in problem_says(problem, "en")


# ladders


def row(tier_id: str, start: int, rate: str = "15%", **fields: object) -> Tier:
    return Tier(tier_id=tier_id, start=start, rate=read_rate(rate), currency="RUB", **fields)  # type: ignore[arg-type]


IVAN = Partner(partner_id="ivan", group="Bloggers")


def steps(ladder: Ladder | None) -> list[str]:
    return [] if ladder is None else [step.tier_id for step in ladder.steps]


def test_steps_stand_in_the_order_of_their_thresholds() -> None:
    found = ladder_for([row("B", 10, "20%"), row("A", 5)], IVAN, DAY, "RUB")

    assert found == Ladder(
        "orders", "month", "from_now", "RUB", (Step(5, "15%", "A"), Step(10, "20%", "B"))
    )


@pytest.mark.parametrize(
    ("rows", "used"),
    [
        ([row("ALL", 1), row("GROUP", 2, group="bloggers")], ["GROUP"]),
        ([row("ALL", 1), row("GROUP", 2, group="shops")], ["ALL"]),
        ([row("GROUP", 1, group="bloggers"), row("OWN", 2, partner_id="ivan")], ["OWN"]),
        ([row("ALL", 1), row("MARIA", 2, partner_id="maria")], ["ALL"]),
        ([row("OLD", 1, valid_to=date(2026, 10, 18)), row("NEW", 2)], ["NEW"]),
        ([row("LAST", 1, valid_to=DAY)], ["LAST"]),
        ([row("FIRST", 1, valid_from=DAY)], ["FIRST"]),
        ([row("SOON", 1, valid_from=date(2026, 10, 20))], []),
        ([row("BACK", 1, mode=TierMode.FROM_FIRST)], []),
        ([Tier(tier_id="GOAL", start=1, bonus=500, currency="RUB")], []),
        ([row("YEAR", 1, period=Period.YEAR), row("MONTH", 2)], ["MONTH"]),
        ([row("ORDERS", 1), row("SALES", 2, counts=Counts.SALES)], ["SALES"]),
        ([row("CUT", 1, mode=TierMode.MARGINAL), row("NOW", 2)], ["NOW"]),
    ],
)
def test_the_narrowest_rows_that_hold_on_the_day_make_the_ladder(
    rows: list[Tier], used: list[str]
) -> None:
    assert steps(ladder_for(rows, IVAN, DAY, "RUB")) == used
    assert steps(ladder_for(rows[::-1], IVAN, DAY, "RUB")) == used


def test_a_ladder_of_sales_is_for_orders_in_its_currency() -> None:
    rows = [row("SALES", 1, counts=Counts.SALES), row("ORDERS", 1)]

    assert steps(ladder_for(rows, IVAN, DAY, "EUR")) == ["ORDERS"]


def test_a_rate_for_each_piece_is_a_tier_too() -> None:
    found = ladder_for([row("A", 5, "10 RUB/item")], IVAN, DAY, "RUB")

    assert found is not None
    assert (found.steps[0].rate, read_rate(found.steps[0].rate).per_item) == (
        "10.00 RUB/item",
        True,
    )

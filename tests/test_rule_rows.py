"""Are Rules, Fx and the parents of Partners read as the owner meant them, or named?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.world import World
from tracker.cells import Cell
from tracker.known import Known
from tracker.layout import Tab
from tracker.rulebook import Buyer
from tracker.running import look
from tracker.sentences import problem_says
from tracker.stores.looks import sought


def known(world: World) -> Known:
    return look(world.place).known


def typed(tab: Tab, *rows: Mapping[str, Cell]) -> World:
    world = World()
    for cells in rows:
        world.type(tab, **cells)
    return world


def told(world: World, tab: Tab) -> list[tuple[str, str]]:
    """The problems of a tab: (cell, code)."""
    return sorted((p.cell, p.code) for p in world.problems() if p.tab == tab.value)


def test_a_rule_is_read_whole() -> None:
    world = typed(
        Tab.RULES,
        {
            "priority": Decimal(10), "partner_id": "ivan", "group": "bloggers", "code": "ivan01",
            "sku": "007", "category": "Чай, кофе", "region": "Москва", "channel": "app",
            "customer": "новый", "rate": "20 %", "valid_from": date(2026, 10, 1),
            "valid_to": "31.10.2026", "campaign": "spring", "evidence": "click",
        },
    )  # fmt: skip
    (rule,) = known(world).rules

    assert (rule.priority, rule.partner_id, rule.group, rule.code) == (10, "ivan", "bloggers", "ivan01")  # fmt: skip
    assert (rule.sku, rule.category, rule.region, rule.channel) == ("007", "Чай, кофе", "Москва", "app")  # fmt: skip
    assert (rule.customer, str(rule.rate), rule.campaign, rule.evidence) == (Buyer.NEW, "20%", "spring", "click")  # fmt: skip
    assert (rule.valid_from, rule.valid_to) == (date(2026, 10, 1), date(2026, 10, 31))
    assert told(world, Tab.RULES) == [("A2", "rule_goods_list"), ("C2", "rule_group_unknown")]


@pytest.mark.parametrize(
    "words", ["not counted", "Not counted.", "Не считается", "не  засчитывать", "НЕ СЧИТАЕТСЯ"]
)
def test_the_words_not_counted_are_understood(words: str) -> None:
    (rule,) = known(typed(Tab.RULES, {"priority": "1", "rate": words})).rules

    assert rule.rate is None


@pytest.mark.parametrize(
    ("cell", "rate"),
    [
        ("15%", "15%"),
        (Decimal("0.15"), "15%"),
        ("10 ₽/шт", "10.00 RUB/item"),
        ("5 EUR", "5.00 EUR"),
    ],
)
def test_a_rule_s_rate_is_a_rate_like_any(cell: Cell, rate: str) -> None:
    (rule,) = known(typed(Tab.RULES, {"priority": "1", "rate": cell})).rules

    assert str(rule.rate) == rate


def test_rules_stand_by_priority_whatever_the_order_of_the_rows() -> None:
    rows: list[dict[str, Cell]] = [
        {"priority": number, "rate": "5%"} for number in ("20", "3", "100")
    ]

    assert [rule.priority for rule in known(typed(Tab.RULES, *rows)).rules] == [3, 20, 100]


# fmt: off
@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"priority": "1"},                                           ("J2", "rule_without_rate")),
        ({"priority": "1", "rate": "15"},                             ("J2", "rate_bare_number")),
        ({"priority": "1.5", "rate": "5%"},                           ("A2", "number_unreadable")),
        ({"priority": "-1", "rate": "5%"},                            ("A2", "number_unreadable")),
        ({"rate": "5%"},                                              ("A2", "row_without_id")),
        ({"priority": "1", "rate": "5%", "region": "Москва, Казань"}, ("G2", "rule_names_several")),
        ({"priority": "1", "rate": "5%", "customer": "old"},          ("I2", "choice_unknown")),
        ({"priority": "1", "rate": "5%", "evidence": "word"},         ("N2", "choice_unknown")),
        ({"priority": "1", "rate": "5%", "valid_from": "2026-10-02", "valid_to": "2026-10-01"},
                                                                      ("L2", "dates_backwards")),
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_nobody_is_credited_by_a_guess(
    cells: dict[str, Cell], problem: tuple[str, str]
) -> None:
    world = typed(Tab.RULES, cells)
    world.deliver("1")
    world.sync()

    assert told(world, Tab.RULES) == [problem]
    assert known(world).rules == ()
    assert (world.reason("1"), world.lines("1")) == ("rules_unreadable", [])
# fmt: on


def test_two_rules_of_one_priority_are_both_named_and_neither_counts() -> None:
    world = typed(
        Tab.RULES,
        {"priority": "10", "rate": "5%"},
        {"priority": Decimal(10), "rate": "7%"},
    )

    assert told(world, Tab.RULES) == [("A2", "id_twice"), ("A3", "id_twice")]
    assert known(world).rules == ()


def test_once_the_row_is_mended_the_order_counts() -> None:
    world = typed(Tab.RULES, {"priority": "10", "rate": "15"})
    world.deliver("1")
    world.sync()
    world.edit(Tab.RULES, "10", "rate", "15%")
    world.sync()

    assert world.lines("1") == [("ivan", "sale", "150")]


def test_a_rule_for_somebody_nobody_knows_is_named_and_harmless() -> None:
    world = typed(
        Tab.RULES,
        {"priority": "1", "partner_id": "peter", "rate": "50%"},
        {"priority": "2", "code": "PETER1", "rate": "50%"},
    )
    world.deliver("1")
    world.sync()

    assert told(world, Tab.RULES) == [("B2", "rule_partner_unknown"), ("D3", "rule_code_unknown")]
    assert world.lines("1") == [("ivan", "sale", "100")]


def test_a_row_with_a_note_alone_stops_nobody() -> None:
    world = typed(Tab.RULES, {"note": "rules for spring"})
    world.deliver("1")
    world.sync()

    assert world.lines("1") == [("ivan", "sale", "100")]


FX: dict[str, Cell] = {"date": date(2026, 10, 1), "from": "RUB", "to": "EUR", "rate": "0,0101"}


@pytest.mark.parametrize(
    ("cell", "rate"),
    [
        ("0,0101", "0.0101"),
        ("0.010123456789", "0.010123456789"),
        (Decimal("0.0101"), "0.0101"),
        ("92,3450", "92.3450"),
        ("92", "92"),
        ("0,101", "0.101"),
    ],
)
def test_a_rate_of_exchange_is_exact(cell: Cell, rate: str) -> None:
    (row,) = known(typed(Tab.FX, {**FX, "rate": cell})).fx

    assert (row.on, row.base, row.quote, row.rate) == (date(2026, 10, 1), "RUB", "EUR", Decimal(rate))  # fmt: skip


# fmt: off
@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"date": None},               ("A2", "fx_without_date")),
        ({"date": "soon"},             ("A2", "date_unreadable")),
        ({"from": None},               ("B2", "fx_without_currency")),
        ({"to": "EURO"},               ("C2", "currency_unknown")),
        ({"to": "RUB"},                ("C2", "fx_one_currency")),
        ({"rate": None},               ("D2", "fx_rate_unreadable")),
        ({"rate": Decimal(0)},         ("D2", "fx_rate_unreadable")),
        ({"rate": "-1"},               ("D2", "fx_rate_unreadable")),
        ({"rate": "92,345"},           ("D2", "fx_rate_unreadable")),
        ({"rate": "1%"},               ("D2", "fx_rate_unreadable")),
    ],
)
def test_a_rate_of_exchange_that_needs_a_guess_is_named(
    cells: dict[str, Cell], problem: tuple[str, str]
) -> None:
    world = typed(Tab.FX, {**FX, **cells})

    assert told(world, Tab.FX) == [problem]
    assert known(world).fx == ()
# fmt: on


def test_two_rates_of_one_day_and_pair_that_differ_are_both_named_and_unused() -> None:
    world = typed(Tab.FX, FX, {**FX, "rate": "0.0102"}, {**FX, "to": "USD"})

    assert told(world, Tab.FX) == [("D2", "fx_disagree"), ("D3", "fx_disagree")]
    assert [row.quote for row in known(world).fx] == ["USD"]


def test_a_check_finds_the_problem_of_its_day_in_any_program() -> None:
    world = typed(Tab.FX, {**FX, "rate": "soon"})
    (problem,) = [one for one in world.problems() if one.tab == "Fx"]

    assert problem.key == "20261001"
    assert sought(Tab.FX, "A2", ",").startswith(
        '"Fx|"&IFERROR(YEAR(A2)*10000+MONTH(A2)*100+DAY(A2),TRIM('
    )


def test_one_rate_typed_twice_is_one() -> None:
    world = typed(Tab.FX, FX, {**FX, "rate": "0.01010", "date": datetime(2026, 10, 1)})  # noqa: DTZ001 - a cell has no zone

    assert told(world, Tab.FX) == []
    assert len(known(world).fx) == 1


def test_parents_that_go_round_in_a_circle_are_each_named() -> None:
    world = World()
    for one, parent in (("ivan", "maria"), ("maria", "ivan")):
        world.edit(Tab.PARTNERS, one, "parent_id", parent)
    for cells in ({"partner_id": "oleg", "parent_id": "oleg"}, {"partner_id": "anna", "parent_id": "ivan"}):  # fmt: skip
        world.type(Tab.PARTNERS, **cells)

    found = [one for one in world.problems() if one.code == "parents_cycle"]
    assert sorted((one.cell, one.key) for one in found) == [("H2", "ivan"), ("H3", "maria"), ("H4", "oleg")]  # fmt: skip
    assert "ivan was brought by maria" in problem_says(found[0], "en")


def test_a_parent_nobody_knows_is_named() -> None:
    world = World()
    world.edit(Tab.PARTNERS, "ivan", "parent_id", "peter")

    assert told(world, Tab.PARTNERS) == [("H2", "parent_unknown")]


def test_what_a_partner_is_paid_in_and_called_by_is_read() -> None:
    world = World()
    world.edit(Tab.PARTNERS, "ivan", "currency", "€")
    world.edit(Tab.PARTNERS, "ivan", "call_number", "+7 900 000-00-01")

    ivan = known(world).partners["ivan"]
    assert (ivan.currency, ivan.call_number) == ("EUR", "+7 900 000-00-01")


@pytest.mark.parametrize("key", ["level2", "lead_rate"])
def test_a_sum_for_each_item_does_not_fit_where_there_are_no_goods(key: str) -> None:
    world = World()
    world.edit(Tab.SETTINGS, key, "value", "10 RUB/item")

    assert "rate_not_per_item" in world.codes()


# What fits no order is named, and what a shop may spell so is not.


@pytest.mark.parametrize(
    ("column", "text", "codes"),
    [
        ("category", "tea, cups", {"rule_goods_list"}),
        ("category", "Чай, кофе", set()),
        ("sku", "A;B", {"rule_goods_list"}),
        ("sku", "a,1", set()),
    ],
)
def test_several_goods_in_one_cell_are_named_where_no_order_has_them(
    column: str, text: str, codes: set[str]
) -> None:
    world = typed(Tab.RULES, {"priority": Decimal(10), column: text, "rate": "20%"})
    world.deliver("1", items=[{"sku": "A,1", "category": "чай, Кофе", "quantity": 1, "price": "1"}])
    world.sync()

    assert world.codes() == codes
    assert world.reason("1") == "code_of_partner"


@pytest.mark.parametrize(
    ("group", "codes"),
    [("gold", {"rule_group_unknown", "tier_group_unknown"}), ("Bloggers", set())],
)
def test_a_group_that_no_partner_is_of_is_named_in_rules_and_tiers(
    group: str, codes: set[str]
) -> None:
    world = typed(Tab.RULES, {"priority": Decimal(10), "group": group, "rate": "20%"})
    tier: dict[str, Cell] = {"tier_id": "t", "group": group, "from": Decimal(2), "rate": "30%"}
    world.type(Tab.TIERS, **tier)
    world.edit(Tab.PARTNERS, "ivan", "group", "bloggers")

    assert world.codes() == codes


def test_two_tiers_with_one_threshold_are_named_once() -> None:
    rows: list[dict[str, Cell]] = [
        {"tier_id": name, "from": Decimal(2), "rate": "30%"} for name in ("one", "two")
    ]
    world = typed(Tab.TIERS, *rows)

    assert told(world, Tab.TIERS) == [("A3", "tier_twice")]


def test_a_manager_without_a_row_in_partners_is_named_while_a_bonus_is_paid() -> None:
    world, without = World(cross_bonus="20%"), World()
    for one in (world, without):
        one.deliver("1", helper="petrov")
        one.sync()

    assert (world.codes(), without.codes()) == ({"helper_unknown"}, set())
    world.type(Tab.PARTNERS, partner_id="petrov")
    assert world.codes() == set()

"""What does a row of Codes mean? Every column that restricts, and cells that cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.world import World
from tracker.cells import Cell
from tracker.layout import Tab
from tracker.policy import PayFor, Span
from tracker.problems import Problem
from tracker.programme import Code, CodeKind, CodeStatus
from tracker.rulebook import Period
from tracker.running import look
from tracker.sentences import problem_says


def read(world: World, code: str = "TEA") -> list[Code]:
    """The rows of a code, as understood."""
    return [row for row in look(world.place).known.codes if row.code == code]


def row(**cells: Cell) -> Code:
    """The row of the code TEA with these cells."""
    world = World()
    world.type(Tab.CODES, code="TEA", partner_id="ivan", **cells)
    (found,) = read(world)
    return found


def complaints(**cells: Cell) -> list[Problem]:
    """What is wrong with such a row, which is then no code."""
    world = World()
    world.type(Tab.CODES, code="TEA", partner_id="ivan", **cells)
    assert read(world) == []
    return [one for one in world.problems() if one.key == "TEA"]


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("Mon-Fri", {0, 1, 2, 3, 4}),
        ("Sat,Sun", {5, 6}),
        ("Пн-Пт", {0, 1, 2, 3, 4}),
        ("пн – ср; вс", {0, 1, 2, 6}),
        ("Fri-Mon", {4, 5, 6, 0}),
        ("понедельник", {0}),
        ("Tuesday\nчт.", {1, 3}),
        ("Mon-Sun", {0, 1, 2, 3, 4, 5, 6}),
        ("Wed-Wed", {2}),
    ],
)
def test_weekdays_are_days_and_spans_in_both_languages(typed: str, days: set[int]) -> None:
    assert row(weekdays=typed).weekdays == days


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("10:00-18:00", ((600, 1080),)),
        ("9.30 – 11:00, 14:00-16:00", ((570, 660), (840, 960))),
        ("22:00-02:00", ((1320, 120),)),
        ("0:00-24:00", ((0, 1440),)),
        ("10-18", ((600, 1080),)),
    ],
)
def test_hours_are_ranges_of_minutes(typed: str, minutes: tuple[tuple[int, int], ...]) -> None:
    assert row(hours=typed).hours == minutes


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("2026-12-31", [("2026-12-31", "2026-12-31")]),
        (
            "2026-12-31, 2026-03-06..2026-03-09",
            [("2026-12-31", "2026-12-31"), ("2026-03-06", "2026-03-09")],
        ),
        (
            "31.12.2026; 06.03.2026..09.03.2026",
            [("2026-12-31", "2026-12-31"), ("2026-03-06", "2026-03-09")],
        ),
        ("06.03.2026-09.03.2026", [("2026-03-06", "2026-03-09")]),
        ("2026-03-06 - 2026-03-09\n", [("2026-03-06", "2026-03-09")]),
        (date(2026, 12, 31), [("2026-12-31", "2026-12-31")]),
        (datetime(2026, 12, 31), [("2026-12-31", "2026-12-31")]),  # noqa: DTZ001
    ],
)
def test_excepted_dates_are_days_and_spans(typed: Cell, days: list[tuple[str, str]]) -> None:
    found = row(except_dates=typed).except_dates

    assert [(first.isoformat(), last.isoformat()) for first, last in found] == days


def test_a_row_holds_every_restriction() -> None:
    found = row(
        max_uses="100", max_uses_per_customer=Decimal(2), per="quarter", min_order="1 000,50",
        max_order=Decimal(20000), min_mode="above", regions="Москва, Казань; RU", products_in="tea-*\nhats",
        products_out="x", channels="site", campaign="May", stacks="no", pay_for="12 months",
        new_customers_only="yes", kind="personal",
    )  # fmt: skip

    assert (found.max_uses, found.max_uses_per_customer, found.per) == (100, 2, Period.QUARTER)
    assert (found.min_order, found.min_is_above, found.max_order) == (100050, True, 2000000)
    assert found.regions == ("Москва", "Казань", "RU")
    assert (found.products_in, found.products_out) == (("tea-*", "hats"), ("x",))
    assert (found.channels, found.campaign, found.stacks) == (("site",), "May", False)
    assert found.pay_for == PayFor(Span.MONTHS, 12)
    assert (found.new_customers_only, found.kind) == (True, CodeKind.PERSONAL)


def test_russian_words_and_ticked_boxes_say_the_same() -> None:
    found = row(
        per="квартал", min_mode="свыше", min_order="5 ₽", stacks=False, new_customers_only=True
    )

    assert (found.per, found.min_is_above) == (Period.QUARTER, True)
    assert (found.stacks, found.new_customers_only) == (False, True)


def test_an_empty_row_restricts_nothing() -> None:
    assert row() == Code(code="TEA", partner_id="ivan", cell=row().cell)


@pytest.mark.parametrize(
    ("column", "typed", "code"),
    [
        ("max_uses", "many", "number_unreadable"),
        ("max_uses", "0", "number_unreadable"),
        ("max_uses_per_customer", "1.5", "number_unreadable"),
        ("per", "fortnight", "choice_unknown"),
        ("min_order", "-1", "amount_below_zero"),
        ("min_order", "5 €", "amount_other_currency"),
        ("max_order", "much", "amount_unreadable"),
        ("min_mode", "over", "choice_unknown"),
        ("regions", ",", "list_unreadable"),
        ("products_in", " ; ", "list_unreadable"),
        ("weekdays", "Mon-Foo", "weekdays_unreadable"),
        ("weekdays", "Mon-Tue-Wed", "weekdays_unreadable"),
        ("hours", "10:00", "hours_unreadable"),
        ("hours", "10:00-25:00", "hours_unreadable"),
        ("hours", "10:60-11:00", "hours_unreadable"),
        ("hours", "10:00-10:00", "hours_unreadable"),
        ("hours", "24:00-02:00", "hours_unreadable"),
        ("except_dates", "2026-02-30", "dates_unreadable"),
        ("except_dates", "2026-03-09..2026-03-06", "dates_unreadable"),
        ("except_dates", "2026-03-06..", "dates_unreadable"),
        ("stacks", "perhaps", "choice_unknown"),
        ("pay_for", "some", "pay_for_unreadable"),
        ("variant_of", "NOBODYS", "variant_unknown"),
        ("variant_of", "tea", "variant_of_variant"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_read_costs_the_row_with_one_sentence(
    column: str, typed: str, code: str
) -> None:
    (problem,) = complaints(**{column: typed})

    assert (problem.code, problem.tab) == (code, "Codes")
    assert all("{" not in problem_says(problem, language) for language in ("en", "ru"))


def test_an_order_with_such_a_code_waits_for_the_owner() -> None:
    world = World()
    world.edit(Tab.CODES, "IVAN01", "max_uses", "many")
    world.deliver("1")
    world.sync()
    refused = world.reason("1")
    world.edit(Tab.CODES, "IVAN01", "max_uses", "5")
    world.sync()

    assert (refused, world.reason("1")) == ("code_unreadable", "code_of_partner")


def test_limits_that_no_order_fits_between_are_a_mistake() -> None:
    exactly = {"min_order": "100", "max_order": "100"}

    assert [one.code for one in complaints(min_order="100.01", max_order="100")] == [
        "min_above_max"
    ]
    assert [one.code for one in complaints(**exactly, min_mode="above")] == ["min_above_max"]
    assert row(**exactly).max_order == 10000


# Variants.


def family(*, main: Mapping[str, Cell], **cells: Cell) -> World:
    """The code TEA of ivan and its variant TEA-TG."""
    world = World()
    world.type(Tab.CODES, **{"code": "TEA", "partner_id": "ivan", **main})
    world.type(Tab.CODES, code="TEA-TG", variant_of=" tea ", **cells)
    return world


def test_a_variant_has_what_its_main_code_has() -> None:
    main = {
        "rate": "15%",
        "max_uses": "5",
        "weekdays": "Mon",
        "stacks": "no",
        "valid_to": "2026-12-31",
    }
    (found,) = read(family(main=main), "TEA-TG")

    assert (found.partner_id, str(found.rate), found.max_uses) == ("ivan", "15%", 5)
    assert (found.weekdays, found.stacks) == (frozenset({0}), False)
    assert found.valid_to == date(2026, 12, 31)


def test_a_variant_s_own_cells_and_its_status_are_its_own() -> None:
    main = {"rate": "15%", "stacks": "no", "status": "leaked", "per": "week"}
    world = family(main=main, rate="5%", stacks="yes", status="paused", per="day")
    (found,) = read(world, "TEA-TG")

    assert (str(found.rate), found.stacks, found.per) == ("5%", True, Period.DAY)
    assert found.status is CodeStatus.PAUSED


def test_a_variant_of_a_code_that_cannot_be_read_cannot_be_read_either() -> None:
    world = family(main={"hours": "always"})

    assert read(world, "TEA-TG") == []
    assert [one.code for one in world.problems() if one.key == "TEA-TG"] == ["variant_unknown"]


def test_a_variant_is_handed_over_with_its_main_code() -> None:
    world = family(main={"valid_to": "2026-10-09"}, valid_to="2026-11-30")
    world.type(Tab.CODES, code="tea", partner_id="maria", valid_from="2026-10-10")

    found = read(world, "TEA-TG")

    assert [(one.partner_id, one.valid_from, one.valid_to) for one in found] == [
        ("ivan", None, date(2026, 10, 9)),
        ("maria", date(2026, 10, 10), date(2026, 11, 30)),
    ]


def test_a_variant_whose_days_are_none_of_its_main_code_s_is_a_mistake() -> None:
    world = family(main={"valid_to": "2026-10-09"}, valid_from="2026-12-01", valid_to="2026-12-02")
    world.type(
        Tab.CODES, code="tea", partner_id="maria", valid_from="2026-10-10", valid_to="2026-10-31"
    )

    assert read(world, "TEA-TG") == []
    assert "variant_never" in world.codes()


def test_a_variant_that_ends_before_its_main_code_begins_is_a_mistake() -> None:
    world = family(main={"valid_from": "2026-10-10"}, valid_to="2026-10-09")

    assert "dates_backwards" in world.codes()


def test_a_code_has_fifty_variants_at_most() -> None:
    world = World()
    for number in range(50):
        world.type(Tab.CODES, code=f"V{number}", variant_of="IVAN01")
    well = world.codes()
    world.type(Tab.CODES, code="V50", variant_of="ivan01")

    assert well == set()
    assert world.codes() == {"variants_too_many"}

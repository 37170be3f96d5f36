"""What would other rules have paid? Figures worked out by hand from orders of 1000 RUB."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.cli_book import CliBook
from tests.world import World
from tracker.cells import Cell
from tracker.comparing import Compared, Comparison
from tracker.layout import Tab
from tracker.overlaying import read_change
from tracker.problems import Stop
from tracker.sentences import problem_says, stop_says
from tracker.try_files import as_csv, as_workbook
from tracker.try_tables import comparison_grid, moved_grid, told
from tracker.trying import span_of, try_rules

NOVEMBER = "2026-10-31T21:00:00Z"
"""Midnight of November 1 in Moscow."""


def tried(world: World, *changes: str, month: str | None = None) -> Comparison:
    return try_rules(world.place, changes, span_of(month, None, None)).found


def sums(found: Comparison) -> dict[str, tuple[int, int, int, int]]:
    """By partner: booked, now, tried and difference, in kopecks; empty for the total."""
    rows = (*found.partners, *found.totals)
    return {row.partner_id: (row.booked, row.now, row.tried, row.difference) for row in rows}


def ten_orders() -> World:
    world = World()
    for number in range(10):
        world.deliver(f"10{number}")
    world.sync()
    return world


# Rates.


def test_ten_orders_at_10_percent_come_to_1000_and_at_12_to_1200() -> None:
    found = tried(ten_orders(), "rate=12%")

    total = Compared(partner_id="", currency="RUB", orders_now=10, orders_tried=10,
                     booked=100_000, now=100_000, tried=120_000)  # fmt: skip
    assert found.totals == (total,)
    assert found.orders == 10
    assert {one.kind for one in found.moved} == {"sum"}


def test_who_has_a_rate_of_his_own_gains_nothing_by_the_programmes() -> None:
    world = World()
    world.deliver("1")
    world.deliver("2", codes=["MARIA01"], total="2000")
    world.sync()

    # ivan 10% -> 15% of 1000; maria has 15% of 2000 either way.
    found = sums(tried(world, "rate=15%"))
    assert found["ivan"] == (10_000, 10_000, 15_000, 5_000)
    assert found["maria"] == (30_000, 30_000, 30_000, 0)
    assert found[""] == (40_000, 40_000, 45_000, 5_000)


CELLS = {
    "partner.ivan.rate=20%": 20_000,
    "partner.ivan.rate=500 RUB": 50_000,
    "code.ivan01.rate=25%": 25_000,
    "code.IVAN01.status=paused": 0,
    "code.IVAN01.min_order=1000,01": 0,
    "rule.7.rate=30%": 30_000,
    "rule.7.rate=not counted": 0,
    "partner.ivan.status=left": 0,
    "cap_order=70": 7_000,
    "approve_on=delivered": 0,
    "approve_on_generic=delivered": 0,
}


@pytest.mark.parametrize("change", CELLS)
def test_any_cell_that_rules_stand_in_can_be_tried(change: str) -> None:
    world = World()
    world.deliver("1")
    world.sync()

    assert tried(world, change).totals[0].tried == CELLS[change]


def test_an_empty_value_empties_the_cell() -> None:
    world = World()
    world.deliver("1", codes=["MARIA01"])
    world.sync()

    assert sums(tried(world, "partner.maria.rate="))["maria"] == (15_000, 15_000, 10_000, -5_000)


def test_a_row_of_rules_or_tiers_that_is_not_there_yet_can_be_tried() -> None:
    world = ten_orders()

    # Orders 5 to 10 of the month at 20%: 4 * 100 + 6 * 200.
    assert tried(world, "tier.gold.from=5", "tier.gold.rate=20%").totals[0].tried == 160_000
    assert tried(world, "tier.goal.from=10", "tier.goal.bonus=777").totals[0].tried == 177_700


# Whose.


def test_a_click_that_is_asked_for_takes_orders_away_and_each_is_named() -> None:
    world = World()
    world.type(Tab.LINKS, ref="ivan-yt", partner_id="ivan")
    world.deliver("with", ref="ivan-yt")
    world.deliver("without")
    world.sync()

    found = tried(world, "attribution=code_and_click")
    assert sums(found)["ivan"] == (20_000, 20_000, 10_000, -10_000)
    assert [
        (one.key, one.kind, one.tried.partner_id) for one in found.moved if one.kind != "reason"
    ] == [(("generic", "without"), "lost", "")]


def test_a_code_can_be_given_to_another_partner_for_all_orders() -> None:
    found = tried(ten_orders(), "code.IVAN01.partner_id=maria")

    assert sums(found)["maria"] == (0, 0, 150_000, 150_000)
    assert sums(found)["ivan"] == (100_000, 100_000, 0, -100_000)
    assert {one.kind for one in found.moved} == {"hands"}


def test_the_owners_decisions_still_rule_also_when_their_row_is_gone() -> None:
    world = World()
    for order in ("refused", "given", "plain"):
        world.deliver(order)
    world.decide("refused", "refuse")
    world.decide("given", "assign", "maria")
    world.sync()
    found = sums(tried(world, "rate=12%"))
    world.delete(Tab.DECISIONS, "generic/given")

    assert found["ivan"] == (10_000, 10_000, 12_000, 2_000)
    assert found["maria"] == (15_000, 15_000, 15_000, 0)
    assert sums(tried(world, "rate=12%")) == found


# Which orders.


def test_a_month_begins_and_ends_at_midnight_of_the_programme() -> None:
    world = World()
    for order, at in (("september", "2026-09-30T20:59:59Z"), ("first", "2026-09-30T21:00:00Z"),
                      ("last", "2026-10-31T20:59:59Z"), ("november", NOVEMBER)):  # fmt: skip
        world.deliver(order, ordered_at=at)
    world.move(days=30)
    world.sync()

    found = tried(world, "rate=12%", month="2026-10")
    assert sorted(one.key[1] for one in found.moved) == ["first", "last"]
    assert sums(found)["ivan"] == (20_000, 20_000, 24_000, 4_000)
    assert tried(world, "rate=12%", month="2026-12") == Comparison(
        orders=0, partners=(), totals=(), moved=()
    )


def test_orders_before_the_month_still_fill_limits() -> None:
    world = World()
    for order, at in (("1", "2026-09-29T10:00:00Z"), ("2", "2026-10-01T10:00:00Z")):
        world.deliver(order, ordered_at=at, customer={"email": "anna@example.com"})
    world.sync()

    # The first order of the customer was in September, so October has none that is paid for.
    assert sums(tried(world, "pay_for=first", month="2026-10"))["ivan"][2] == 0
    assert sums(tried(world, "pay_for=first"))["ivan"][2] == 10_000


def test_days_are_both_included() -> None:
    first, last = datetime(2026, 10, 1), datetime(2026, 10, 2)  # noqa: DTZ001 - as click gives them
    span = span_of(None, first, last)

    assert [span.holds(date(2026, 10, day)) for day in (1, 2, 3)] == [True, True, False]
    assert not span.holds(date(2026, 9, 30))
    with pytest.raises(Stop) as stop:
        span_of(None, last, first)
    assert stop.value.code == "try_days_backwards"


def test_what_waits_is_nowhere_and_what_is_refunded_earns_nothing() -> None:
    world = World()
    world.deliver("refunded", state="refunded")
    world.deliver("cancelled", state="cancelled")
    world.sync()

    assert tried(world, "rate=50%").totals == ()


# What is told.


def test_orders_keep_their_terms_so_booked_and_now_may_differ_and_one_line_says_so() -> None:
    world = ten_orders()
    world.edit(Tab.SETTINGS, "rate", "value", "11%")
    found = tried(world, "rate=12%")

    assert sums(found)["ivan"] == (100_000, 110_000, 120_000, 10_000)
    lines = list(told(found, ["rate=12%"], "", "en", 10))
    assert lines[0] == "Tried: rate=12%"
    assert lines[1] == "Orders in the Journal: 10. Nothing is written to the book."
    assert (
        lines[-1]
        == "As booked and as now differ by 100.00 RUB: orders keep the terms they were booked with."
    )


def test_the_orders_that_move_most_are_named_first_and_the_rest_counted() -> None:
    world = World()
    for order, total in (("small", "100"), ("great", "9000"), ("middle", "2000")):
        world.deliver(order, total=total)
    world.sync()
    lines = list(told(tried(world, "code.IVAN01.status=leaked"), ["x"], "", "en", 2))

    assert lines[-5:] == [
        "generic/great 2026-10-19: ivan → nobody, 900.00 RUB → 0.00 RUB",
        "    Code IVAN01 of ivan had leaked and was closed.",
        "generic/middle 2026-10-19: ivan → nobody, 200.00 RUB → 0.00 RUB",
        "    Code IVAN01 of ivan had leaked and was closed.",
        "and 1 more: --csv FILE or --book FILE.xlsx lists them all",
    ]


def test_a_change_that_moves_nothing_says_so() -> None:
    found = tried(ten_orders(), "two_codes=last")

    assert (
        list(told(found, ["two_codes=last"], "2026-10", "ru", 10))[-1]
        == "Проба не меняет ни сумм, ни заказов."
    )


def test_each_currency_has_its_own_rows_and_total() -> None:
    world = World()
    world.deliver("1")
    world.deliver("2", currency="JPY", total="5000")
    world.sync()
    rows = comparison_grid(tried(world, "rate=12%"), "en").rows

    shown = [[str(cell) for cell in row] for row in rows]
    assert shown == [
        ["ivan", "JPY", "1", "1", "500 JPY", "500 JPY", "600 JPY", "100 JPY"],
        ["ivan", "RUB", "1", "1", "100.00 RUB", "100.00 RUB", "120.00 RUB", "20.00 RUB"],
        ["total", "JPY", "1", "1", "500 JPY", "500 JPY", "600 JPY", "100 JPY"],
        ["total", "RUB", "1", "1", "100.00 RUB", "100.00 RUB", "120.00 RUB", "20.00 RUB"],
    ]


def test_files_have_numbers_for_sums_and_no_text_that_a_spreadsheet_runs(tmp_path: Path) -> None:
    world = World()
    world.deliver("=1+1")
    world.sync()
    found = tried(world, "code.IVAN01.status=paused")
    grids = (comparison_grid(found, "en"), moved_grid(found, "en"))

    rows = list(csv.reader(io.StringIO(as_csv(grids).decode("utf-8-sig"))))
    assert rows[1] == ["ivan", "RUB", "1", "0", "100.00", "100.00", "0.00", "-100.00"]
    assert rows[5][:6] == ["generic/=1+1", "2026-10-19", "no longer counted", "ivan", "", "RUB"]
    (tmp_path / "try.xlsx").write_bytes(as_workbook(grids))
    book = openpyxl.load_workbook(tmp_path / "try.xlsx")
    assert book.sheetnames == ["Comparison", "Orders"]
    first = [cell.value for cell in book["Comparison"][2]]
    assert first == ["ivan", "RUB", 1, 0, 100, 100, 0, -100]
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n", "d"}


# What is refused.


BAD = [
    ("rate=abc", "Settings", "rate", "value", "abc"),
    ("self_purchase=maybe", "Settings", "self_purchase", "value", "maybe"),
    ("pay_for=three", "Settings", "pay_for", "value", "three"),
    ("code_binds=-1", "Settings", "code_binds", "value", "-1"),
    ("partner.ivan.rate=15", "Partners", "ivan", "rate", "15"),
    ("code.IVAN01.valid_to=soon", "Codes", "IVAN01", "valid_to", "soon"),
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(("typed", "tab", "key", "column", "value"), BAD)
def test_a_bad_value_is_refused_in_the_words_of_problems(
    typed: str, tab: str, key: str, column: str, value: str, language: str
) -> None:
    world = World(language=language)
    with pytest.raises(Stop) as stop:
        tried(world, typed)
    world.edit(Tab(tab), key, column, value)
    (problem,) = (one for one in world.problems() if one.tab == tab and one.key == key)

    assert stop_says(stop.value, language) == f"{typed}: {problem_says(problem, language)}"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("atribution=code", "There is no setting atribution. Perhaps you mean attribution"),
        ("mail=off", "The setting mail changes no commission of an order"),
        ("hold_days=3", "The setting hold_days changes no commission of an order"),
        ("rate", "“rate” changes nothing. Write --set rate=12%"),
        ("partner.ivan=1%", "“partner.ivan=1%” changes nothing."),
        ("partner.ivan.rat=1%", "the tab Partners has no such column. Perhaps you mean rate"),
        ("partner.iwan.rate=1%", "the tab Partners has no such row. Perhaps you mean ivan"),
        ("code.IVAN1.rate=1%", "the tab Codes has no such row. Perhaps you mean IVAN01"),
    ],
)  # fmt: skip
def test_a_key_that_is_none_is_refused_with_the_nearest(typed: str, says: str) -> None:
    with pytest.raises(Stop) as stop:
        tried(World(), typed)

    assert says in stop_says(stop.value, "en")


def test_a_code_with_points_and_equals_signs_is_still_one_key() -> None:
    change = read_change("code.A.B=C.rate=15%")

    assert (change.tab, change.key, change.column, change.value) == (
        Tab.CODES,
        "A.B=C",
        "rate",
        "15%",
    )


def test_while_a_setting_cannot_be_read_nothing_is_tried() -> None:
    world = World(cap_month="much")
    with pytest.raises(Stop) as stop:
        tried(world, "rate=12%")

    assert (stop.value.code, dict(stop.value.params)) == ("terms_unreadable", {"keys": "cap_month"})


# The command.


def bytes_of(folder: Path) -> dict[str, str]:
    """Every file below a folder, by the hash of its bytes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def test_the_command_writes_nothing_but_the_files_it_was_asked_for(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    for number in range(3):
        book.deliver(f"{number}")
    book.sync()
    book.deliver("not synced yet")
    before = bytes_of(tmp_path)
    said = book.run(
        "simulate",
        "--set",
        "rate=12%",
        "--month",
        "2026-10",
        "--csv",
        "try.csv",
        "--book",
        "try.xlsx",
    )

    assert said.code == 0, said.err
    assert said.out.splitlines()[1:4] == [
        "Orders placed in 2026-10: 3. Nothing is written to the book.",
        "partner  currency  orders now  orders tried  as booked  as now  as tried  difference",
        "ivan     RUB                3             3     300.00  300.00    360.00       60.00",
    ]
    after = bytes_of(tmp_path)
    assert set(after) - set(before) == {"try.csv", "try.xlsx"}
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--csv", "partners.xlsx"], "partners.xlsx"),
        (["--book", "try.csv"], "A workbook ends with .xlsx"),
        (["--month", "October"], "October"),
        (["--month", "2026-10", "--from", "2026-10-01"], "leave --from and --to out"),
    ],
)
def test_the_command_refuses_what_it_cannot_do(
    tmp_path: Path, arguments: list[str], says: str
) -> None:
    book = CliBook(tmp_path)
    print_of = book.fingerprint()
    said = book.run("simulate", "--set", "rate=12%", *arguments)

    assert said.code == 2
    assert says in said.err
    assert book.fingerprint() == print_of


def test_rules_prints_terms_and_writes_pages(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    english, russian = (book.run("rules", "--lang", language) for language in ("en", "ru"))

    assert english.out.splitlines()[:2] == [
        "Affiliate programme: terms for partners",
        "Terms R-B413B",
    ]
    assert russian.out.splitlines()[1] == "Условия R-B413B"
    assert book.run("rules", "--partner", "ivan").out.splitlines()[1] == "Terms R-B413B"
    for name, begins in (("terms.md", "# Affiliate"), ("terms.html", "<!doctype html>")):
        assert book.run("rules", "--out", name).out == f"{name}\n"
        assert (tmp_path / name).read_text("utf-8").startswith(begins)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--partner", "iwan"], "There is no partner iwan in Partners. Perhaps you mean ivan."),
        (["--out", "terms.pdf"], "name terms.pdf with the ending .md or .html"),
    ],
)
def test_rules_refuses_what_it_cannot_print(
    tmp_path: Path, arguments: list[str], says: str
) -> None:
    said = CliBook(tmp_path).run("rules", *arguments)

    assert (said.code, said.out) == (2, "")
    assert says in said.err


def test_a_goal_is_no_order_and_is_listed_in_words() -> None:
    world = World()
    cells: dict[str, Cell] = {"tier_id": "g1", "from": Decimal(2), "bonus": Decimal(500)}
    world.type(Tab.TIERS, **cells)
    for number in ("1", "2"):
        world.deliver(number)
    world.sync()
    found = tried(world, "tier.g1.from=3")

    (total,) = found.totals
    assert (found.orders, total.orders_now, total.orders_tried) == (2, 2, 2)
    assert (total.now, total.tried) == (70_000, 20_000)
    assert list(told(found, ["tier.g1.from=3"], "", "en", 10))[-3:] == [
        "Goals that change: 1\N{NO-BREAK SPACE}goal",
        "Goal g1, October 2026: ivan, 500.00 RUB → 0.00 RUB",
        "    As tried it is not reached.",
    ]
    assert [row[0] for row in moved_grid(found, "ru").rows] == ["Цель g1, октябрь 2026"]


def test_where_a_partner_keeps_the_order_the_trial_says_how_its_sum_comes_about() -> None:
    world = World()
    world.deliver("1")
    world.sync()
    (row,) = moved_grid(tried(world, "rate=12%"), "en").rows

    assert row[-1] == (
        "Code IVAN01 belongs to ivan. 12% of 1000.00 RUB (goods) is 120.00 RUB. The rate is the "
        "programme's."
    )

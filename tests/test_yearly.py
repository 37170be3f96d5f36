"""Does the accountant's year add up, and does the tab Payout status say what became of each?"""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.bank_lines import bank_says
from tests.world import World
from tracker.cells import Cell, shown
from tracker.choices import TaxStatus
from tracker.layout import Tab
from tracker.payout_filters import EVERYTHING, Wanted
from tracker.problems import Stop
from tracker.running import look
from tracker.year_file import tax_words, write_year
from tracker.yearly import YearRow, YearTotal, paid_in, year_rows, year_table, year_totals


def pay(world: World, month: int, total: str, **cells: Cell) -> str:
    """An order of ivan's in the month before, proposed on the 20th; the owner's cells as given."""
    ordered = f"2026-{month - 1:02d}-22T10:00:00Z"
    world.now = datetime(2026, month - 1, 22, 12, tzinfo=UTC)
    world.deliver(str(month), total=total, ordered_at=ordered)
    world.sync()
    world.now = datetime(2026, month, 20, 12, tzinfo=UTC)
    [one] = world.propose()
    for column, value in cells.items():
        world.edit(Tab.PAYOUTS, one.payout_id, column, value)
    world.sync()
    return one.payout_id


@pytest.fixture
def year() -> World:
    """ivan, self-employed: 1000.00 with a receipt, 2000.00 without, 3000.00 that came back and
    went out again in January; as a sole trader since December."""
    world = World(now=datetime(2026, 8, 2, 12, tzinfo=UTC))
    world.edit(Tab.PARTNERS, "ivan", "tax_status", "self_employed")
    world.edit(Tab.PARTNERS, "ivan", "tax_id", "123456789047")
    world.edit(Tab.PARTNERS, "ivan", "name", "=Ivan")
    pay(world, 9, "10000", paid_on=date(2026, 9, 21), document="-17")
    pay(world, 10, "20000", paid_on=date(2026, 10, 21))
    pay(world, 11, "30000", paid_on=date(2026, 11, 21), result="returned")
    world.edit(Tab.PARTNERS, "ivan", "tax_status", "sole_trader")
    world.now = datetime(2026, 12, 20, 12, tzinfo=UTC)
    [again] = world.propose()
    world.edit(Tab.PAYOUTS, again.payout_id, "paid_on", date(2027, 1, 4))
    world.sync()
    return world


def rows(world: World, number: int) -> list[YearRow]:
    rest = look(world.place)
    return year_rows(paid_in(rest.plan.books.orders, rest.known, number), rest.known)


def test_a_year_is_what_was_paid_in_it_less_what_came_back(year: World) -> None:
    [found] = rows(year, 2026)
    second = shown(year.rows(Tab.PAYOUTS)[1]["payout_id"])

    assert found == YearRow(
        partner_id="ivan", name="=Ivan", status=TaxStatus.SELF_EMPLOYED, tax_id="123456789047",
        currency="RUB", payouts=2, paid=300_000, returned=300_000, documents=("-17",),
        missing=(second,),
    )  # fmt: skip


def test_the_day_it_was_paid_decides_the_year_and_a_new_status_has_its_own_row(
    year: World,
) -> None:
    [found] = rows(year, 2027)

    assert (found.status, found.paid, found.returned) == (TaxStatus.SOLE_TRADER, 300_000, 0)
    assert rows(year, 2025) == []


def test_what_came_back_counts_in_the_year_in_which_the_bank_paid_it() -> None:
    world = World(now=datetime(2026, 8, 2, 12, tzinfo=UTC))
    name = pay(world, 9, "10000")
    bank_says(world, name, date(2026, 9, 22))
    world.edit(Tab.PAYOUTS, name, "result", "returned")
    world.sync()

    assert [(one.paid, one.returned) for one in rows(world, 2026)] == [(0, 100_000)]


def test_a_payout_that_never_left_is_in_no_year() -> None:
    world = World(now=datetime(2026, 8, 2, 12, tzinfo=UTC))
    pay(world, 9, "10000", result="void")

    assert rows(world, 2026) == []


def test_totals_are_by_currency_and_status(year: World) -> None:
    found = [*rows(year, 2026), *rows(year, 2027)]

    assert year_totals(found) == [
        YearTotal(currency="RUB", status=TaxStatus.SELF_EMPLOYED, payouts=2, paid=300_000,
                  returned=300_000, there=1, missing=1),
        YearTotal(currency="RUB", status=TaxStatus.SOLE_TRADER, payouts=1, paid=300_000,
                  returned=0, there=0, missing=1),
    ]  # fmt: skip


def test_no_cell_of_the_table_runs_in_a_spreadsheet_and_sums_stay_numbers(year: World) -> None:
    table = list(year_table(rows(year, 2026), ["partner_id"], tax_words("en")))
    second = shown(year.rows(Tab.PAYOUTS)[1]["payout_id"])

    assert table[1] == [
        "ivan", "'=Ivan", "self_employed", "123456789047", "RUB", "2", "3000.00", "3000.00",
        "1", "'-17", "1", second,
    ]  # fmt: skip
    assert table[2:] == [
        [],
        ["", "", "self_employed", "", "RUB", "2", "3000.00", "3000.00", "1", "", "1", ""],
    ]


def test_the_file_speaks_the_book_s_language_and_opens_in_excel(
    year: World, tmp_path: Path
) -> None:
    year.edit(Tab.SETTINGS, "language", "value", "ru")
    made = write_year(
        year.place, look(year.place), "2026", EVERYTHING, tmp_path / "new" / "2026.csv"
    )
    raw = made.path.read_bytes()

    assert raw.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert read[0][:4] == ["партнёр", "имя", "налоговый статус", "ИНН"]
    assert read[1][2] == "самозанятый"


@pytest.mark.parametrize(
    ("year_typed", "wanted", "code"),
    [
        ("26", EVERYTHING, "payouts_year_unreadable"),
        ("two", EVERYTHING, "payouts_year_unreadable"),
        ("2026", Wanted(since=date(2026, 1, 1)), "payouts_year_days"),
    ],
)
def test_what_is_no_year_is_refused(
    tmp_path: Path, year_typed: str, wanted: Wanted, code: str
) -> None:
    world = World()

    with pytest.raises(Stop, match=code):
        write_year(world.place, look(world.place), year_typed, wanted, tmp_path / "year.csv")

    assert list(tmp_path.iterdir()) == []


# The tab Payout status.


def status(world: World) -> list[tuple[str, str, str]]:
    """(state, reference, paper) of every payout, the newest first."""
    return [
        (shown(row["state"]), shown(row["reference"]), shown(row["paper"]))
        for row in world.rows(Tab.PAYOUT_STATUS)
    ]


@pytest.mark.parametrize(
    ("cells", "row"),
    [
        ({}, ("proposed", "", "")),
        ({"result": "sent"}, ("sent, as you typed; paid once you type the date", "", "")),
        (
            {"paid_on": date(2026, 9, 21), "reference": "N 7"},
            ("paid, as you typed", "N 7", "receipt due by 2026-10-09"),
        ),
        (
            {"paid_on": date(2026, 9, 21), "document": "200xk7"},
            ("paid, as you typed", "", "receipt 200xk7"),
        ),
        ({"result": "unknown"}, ("unknown: the partner's next payout waits", "", "")),
        ({"result": "returned"}, ("returned: its lines are due again", "", "")),
        ({"result": "void"}, ("void: its lines are due again", "", "")),
    ],
)
def test_the_status_tells_what_became_of_a_payout(
    cells: dict[str, Cell], row: tuple[str, str, str]
) -> None:
    world = World(now=datetime(2026, 8, 2, 12, tzinfo=UTC))
    world.edit(Tab.PARTNERS, "ivan", "tax_status", "self_employed")
    pay(world, 9, "10000", **cells)

    assert status(world) == [row]


def test_the_status_tells_that_the_bank_paid_and_its_number() -> None:
    world = World(now=datetime(2026, 8, 2, 12, tzinfo=UTC))
    bank_says(world, pay(world, 9, "10000"), date(2026, 9, 22), "77")

    assert status(world) == [("paid, by the bank statement", "77", "")]
    assert world.rows(Tab.PAYOUT_STATUS)[0]["paid_on"] == date(2026, 9, 22)


def test_the_status_changes_with_no_day_but_the_one_on_which_a_paper_is_late(year: World) -> None:
    year.now = datetime(2027, 1, 10, 12, tzinfo=UTC)
    year.sync()
    year.move(days=1)
    quiet = year.sync().committed
    papers = [paper for _, _, paper in status(year)]
    year.move(days=2)

    assert (quiet, papers[0]) == (False, "act due by 2027-01-11")
    assert (year.sync().committed, status(year)[0][2]) == (
        True,
        "act missing, was due by 2027-01-11",
    )


def test_the_status_lists_the_newest_first_in_the_book_s_language(year: World) -> None:
    year.edit(Tab.SETTINGS, "language", "value", "ru")
    year.sync()

    assert [state.split(" ")[0] for state, _, _ in status(year)] == [
        "выплачена",
        "возвращена:",
        "выплачена",
        "выплачена",
    ]

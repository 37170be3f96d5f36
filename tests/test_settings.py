"""Is what the owner types into Settings understood, in whatever book it stands?"""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.world import World
from tracker.cells import Cell
from tracker.layout import Tab
from tracker.programme import Programme
from tracker.running import look
from tracker.sentences import problem_says
from tracker.stores.xlsx import XlsxStore


def told(world: World) -> Programme:
    return look(world.place).known.programme


def test_a_book_without_the_rows_goes_on_with_the_usual_values() -> None:
    world = World()
    for key in ("owner_email", "quiet_days", "statement_time", "payout_time", "check_time"):
        world.delete(Tab.SETTINGS, key)
    programme = told(world)

    assert (programme.owner_email, programme.quiet_days) == ("", 7)
    times = (programme.statement_time, programme.payout_time, programme.check_time)
    assert times == (time(9), time(10), time(8))
    assert world.codes() == set()


def test_a_new_book_says_the_usual_values_itself() -> None:
    assert told(World()).statement_time == time(9)
    assert World().codes() == set()


def test_what_the_owner_types_counts() -> None:
    world = World(owner_email=" owner@example.com ", quiet_days="0", payout_time="18.30")
    world.edit(Tab.SETTINGS, "check_time", "value", Decimal("0.3125"))
    programme = told(world)

    assert (programme.owner_email, programme.quiet_days) == ("owner@example.com", 0)
    assert (programme.payout_time, programme.check_time) == (time(18, 30), time(7, 30))


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("owner_email", "a@example.com, b@example.com", "owner_email_unreadable"),
        ("owner_email", "Owner <owner@example.com>", "owner_email_unreadable"),
        ("quiet_days", "-1", "number_unreadable"),
        ("quiet_days", "a week", "number_unreadable"),
        ("statement_time", "25:00", "time_unreadable"),
        ("check_time", Decimal(9), "time_unreadable"),
    ],
)
def test_what_cannot_be_read_is_named_and_the_usual_value_stays(
    key: str, value: Cell, code: str
) -> None:
    world = World()
    world.edit(Tab.SETTINGS, key, "value", value)

    assert [(one.code, one.key) for one in world.problems()] == [(code, key)]
    assert getattr(told(world), key) == getattr(Programme(), key)


def test_a_number_that_does_not_fit_is_told_its_range() -> None:
    world = World()
    world.edit(Tab.SETTINGS, "quiet_days", "value", "-1")
    world.edit(Tab.SETTINGS, "payout_day", "value", "32")
    quiet, payout = sorted(world.problems(), key=lambda one: one.key, reverse=True)

    assert (
        problem_says(quiet, "en") == "“-1” in value is not a whole number from 0 to 3650. Type one."
    )
    assert (
        problem_says(payout, "ru")
        == "«32» («значение») — не целое число от 1 до 31. Впишите такое."
    )


def test_such_a_setting_keeps_nobody_from_being_credited() -> None:
    world = World(check_time="never")
    world.deliver("1001")
    world.sync()

    assert world.balance("ivan") == "100.00"


def test_a_time_that_excel_made_a_time_cell_of_is_that_time(tmp_path: Path) -> None:
    store = XlsxStore(tmp_path / "partners.xlsx", today=lambda: date(2026, 10, 20))
    store.lay_out("en")
    book = load_workbook(store.path)
    (cell,) = (row[1] for row in book["Settings"].rows if row[0].value == "statement_time")
    laid_out = (cell.value, cell.data_type, cell.number_format)
    cell.value, cell.number_format = time(20, 0), "h:mm"
    book.save(store.path)

    rows = store.read([Tab.SETTINGS]).tables[Tab.SETTINGS].rows
    (shown,) = (row.cells[1] for row in rows if row.cells[0] == "statement_time")
    world = World()
    world.edit(Tab.SETTINGS, "statement_time", "value", shown)
    assert laid_out == ("09:00", "s", "@")
    assert told(world).statement_time == time(20)

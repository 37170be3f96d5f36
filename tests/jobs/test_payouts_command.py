"""What does the command `payouts` do with its filters, and what does it tell of a year?"""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.cli_book import CliBook, columns, sheet_of
from tracker.layout import Tab


@pytest.fixture
def book(tmp_path: Path) -> CliBook:
    """October's orders of ivan (1200.00) and maria (3000.00), all payable in December."""
    made = CliBook(tmp_path)
    made.deliver("1001", total="12000")
    made.deliver("1002", total="20000", codes=["MARIA01"])
    made.sync()
    made.now = datetime(2026, 12, 1, 12, tzinfo=UTC)
    return made


def proposed(book: CliBook) -> list[str]:
    return [str(row["partner_id"]) for row in book.rows(Tab.PAYOUTS)]


def test_a_filter_proposes_only_whom_it_names_and_the_rest_waits(book: CliBook) -> None:
    said = book.run("payouts", "--propose", "--partner", "maria")
    shown = book.run("payouts").out.splitlines()

    assert (said.code, proposed(book)) == (0, ["maria"])
    assert [line.split()[1] for line in shown[:2]] == ["ivan", "total=1200.00"]
    assert shown[2].endswith(" maria 3000.00 RUB: proposed on 2026-12-01, not paid yet")
    assert shown[3] == "open=1 total=3000.00 RUB"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--partner", "oleg"], "There is no partner “oleg”. Choose from: ivan, maria."),
        (["--group", "shops"], "No partner is in a group."),
        (["--from", "1.10.2026"], "“1.10.2026” is no day."),
        (["--as-set", "--to", "2026-11-01"], "--as-set knows its days by itself"),
    ],
)
def test_what_cannot_be_chosen_is_refused_and_changes_nothing(
    book: CliBook, arguments: list[str], says: str
) -> None:
    before = book.fingerprint()
    said = book.run("payouts", "--propose", *arguments)

    assert (said.code, said.out, book.fingerprint()) == (2, "", before)
    assert said.err.startswith(says)


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["--propose", "--year", "2026"], "--year and --propose"),
        (["--export", "csv", "--import", "bank.csv"], "--import and --export"),
        (["--import", "bank.csv", "--year", "2026"], "--import and --year"),
    ],
)
def test_two_jobs_at_once_are_refused_before_the_book_is_opened(
    book: CliBook, arguments: list[str], names: str
) -> None:
    before = book.fingerprint()
    said = book.run("payouts", *arguments)

    assert (said.code, book.fingerprint()) == (2, before)
    assert f"{names} are two jobs" in said.err


def test_a_slip_at_the_screen_is_no_failed_job(book: CliBook) -> None:
    book.run("payouts", "--propose", "--group", "typo")

    assert "\nfailed=\n" in book.run("status").out


def test_what_is_no_year_is_refused(book: CliBook) -> None:
    said = book.run("payouts", "--year", "26")

    assert (said.code, said.err.startswith("“26” is no year.")) == (2, True)


def test_a_day_to_come_is_refused_and_nothing_is_proposed(book: CliBook) -> None:
    said = book.run("payouts", "--propose", "--to", "2026-12-02")

    assert (said.code, said.out, proposed(book)) == (2, "", [])
    assert said.err.startswith("--to 2026-12-02 is still to come: nothing is payable before")


def test_a_file_lists_the_open_payouts_of_those_chosen(book: CliBook) -> None:
    out = book.folder / "bank.csv"
    said = book.run(
        "payouts", "--propose", "--export", "csv", "--out", str(out), "--partner", "ivan"
    )

    assert (said.code, proposed(book)) == (0, ["ivan"])
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["partner_id"] for row in rows] == ["ivan"]


def test_a_year_is_written_and_its_totals_are_printed(book: CliBook) -> None:
    book.run("payouts", "--propose")
    with book.edited() as workbook:
        sheet = sheet_of(workbook, Tab.PAYOUTS)
        sheet.cell(2, columns(sheet)["paid_on"]).value = date(2026, 12, 2)
    book.sync()
    out = book.folder / "year.csv"
    said = book.run("payouts", "--year", "2026", "--out", str(out))

    total = "RUB, not said: payouts 1, paid 1200.00, returned 0.00, papers 0, missing 0"
    assert said.out.splitlines() == [total, str(out)]
    assert out.read_text("utf-8-sig").splitlines()[1].startswith("ivan,")


def test_a_year_without_payouts_says_so(book: CliBook) -> None:
    out = book.folder / "year.csv"

    said = book.run("payouts", "--year", "2024", "--out", str(out))
    assert said.out.splitlines() == ["No payout was paid in 2024.", str(out)]

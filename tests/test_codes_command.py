"""Does `codes` append whole rows, tell whose a code is, and leave everything else alone?"""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from tests.cli_book import CliBook, Said, columns, edit, sheet_of
from tests.google.grid import Formula
from tests.google.owner import Owner
from tests.test_google_commands import SHEET, Shop, ready, shop  # noqa: F401 - fixtures
from tracker.layout import Tab


@pytest.fixture
def book(tmp_path: Path) -> CliBook:
    return CliBook(tmp_path)


def made(said: Said) -> list[str]:
    assert said.code == 0, said.err
    return [line.split("\t")[0] for line in said.out.splitlines()]


def row(book: CliBook, code: str) -> dict[str, object]:
    """The cells of a row that hold something."""
    found = next(one for one in book.rows(Tab.CODES) if one["code"] == code)
    return {key: cell for key, cell in found.items() if cell != ""}


# Making codes.


def test_a_new_code_stands_in_the_book_and_earns_after_the_next_sync(book: CliBook) -> None:
    said = book.run("codes", "new", "ivan", "--rate", "20 %", "--valid-to", "31.12.2026")
    book.deliver("1", codes=["kupon_ivan01"])
    book.sync()

    assert (said.out, said.err) == ("KUPON_IVAN01\tivan\n", "New in the tab Codes: 1\u00a0code.\n")
    assert row(book, "KUPON_IVAN01") == {
        "code": "KUPON_IVAN01", "partner_id": "ivan", "rate": "20%", "valid_to": date(2026, 12, 31),
    }  # fmt: skip
    assert book.balances() == {"ivan": "200.00"}
    assert book.problems() == {}


def test_code_history_notes_the_new_code_and_a_second_sync_is_quiet(book: CliBook) -> None:
    book.run("codes", "new", "ivan", "--count", "2")
    book.sync()
    before = book.fingerprint()
    book.sync()

    history = [(one["code"], one["partner_id"]) for one in book.rows(Tab.CODE_HISTORY)]
    assert {("KUPON_IVAN01", "ivan"), ("KUPON_IVAN02", "ivan")} <= set(history)
    assert book.fingerprint() == before


def test_run_twice_it_makes_other_codes(book: CliBook) -> None:
    assert made(book.run("codes", "new", "ivan")) == ["KUPON_IVAN01"]
    assert made(book.run("codes", "new", "ivan")) == ["KUPON_IVAN02"]


def test_a_dry_run_says_what_would_be_made_and_writes_nothing(book: CliBook) -> None:
    before = book.fingerprint()

    said = book.run("codes", "new", "ivan", "--dry-run", "--csv", str(book.folder / "a.csv"))

    assert made(said) == ["KUPON_IVAN01"]
    assert "Nothing was written" in said.err
    assert (book.fingerprint(), (book.folder / "a.csv").exists()) == (before, False)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nobody"], "There is no partner “nobody” in the tab Partners. Choose from: ivan, maria."),
        (["ivan", "--rate", "15"], "“15” is no rate."),
        (["ivan", "--valid-to", "tomorrow"], "“tomorrow” is no day."),
        (["ivan", "--qr", "partners.xlsx"], "is your book and would be overwritten"),
        (
            ["ivan", "--csv", "a.csv", "--url", "shop.example"],
            "https://shop.example/?coupon={CODE}",
        ),
        (["ivan", "--pattern", "IVAN", "--count", "2"], "Add a number ({NN})"),
        ([], "Name one partner, or say --for-new"),
    ],
)
def test_what_is_refused_says_why_and_writes_nothing(
    book: CliBook, arguments: list[str], says: str
) -> None:
    before = book.fingerprint()

    said = book.run("codes", "new", *arguments)

    assert (said.code, said.out, book.fingerprint()) == (2, "", before)
    assert says in said.err


def test_a_partner_who_left_gets_no_code(book: CliBook) -> None:
    edit(book, Tab.PARTNERS, "ivan", status="left")

    said = book.run("codes", "new", "ivan")

    assert (said.code, "ivan has left the programme" in said.err) == (2, True)


def test_every_active_partner_without_a_code_gets_one(book: CliBook) -> None:
    book.type(Tab.PARTNERS, {"partner_id": "p3", "name": "Пётр"},
              {"partner_id": "p4", "status": "left"}, {"partner_id": "p5"})  # fmt: skip

    assert made(book.run("codes", "new", "--for-new")) == ["KUPON_PYOTR01", "KUPON_P501"]
    assert "Every active partner has a code." in book.run("codes", "new", "--for-new").err


def test_a_code_that_orders_bring_already_is_not_given_away(book: CliBook) -> None:
    book.deliver("1", codes=["KUPON_IVAN01"])
    book.sync()

    assert made(book.run("codes", "new", "ivan")) == ["KUPON_IVAN02"]


def test_a_code_that_was_deleted_is_not_made_again(book: CliBook) -> None:
    book.run("codes", "new", "ivan")
    book.sync()
    edit(book, Tab.CODES, "KUPON_IVAN01", code="OTHER")

    assert made(book.run("codes", "new", "ivan")) == ["KUPON_IVAN02"]


def test_the_owners_columns_stay_and_new_rows_get_a_check_formula(book: CliBook) -> None:
    with book.edited() as workbook:
        sheet = sheet_of(workbook, Tab.CODES)
        places = columns(sheet)
        sheet.cell(1, sheet.max_column + 1).value = "my own"
        sheet.cell(2, sheet.max_column).value = "mine"
        wanted = sheet.cell(3, places["check"]).value

    book.run("codes", "new", "ivan", "--kind", "serial", "--count", "60")

    with book.edited() as workbook:
        sheet = sheet_of(workbook, Tab.CODES)
        assert sheet.cell(2, sheet.max_column).value == "mine"
        # Forty rows wait with a formula in the book of this test; the last new row is the 63rd.
        assert sheet.cell(63, places["check"]).value == str(wanted).replace("A3", "A63").replace(
            "Z3", "Z63"
        )
        assert sheet.cell(64, places["check"]).value is None


def test_variants_follow_their_code_and_count_together(book: CliBook) -> None:
    edit(book, Tab.CODES, "IVAN01", rate="25%", max_uses=1)

    assert made(book.run("codes", "new", "ivan", "--channels", "TG, ВК")) == [
        "IVAN01-TG", "IVAN01-VK",
    ]  # fmt: skip
    book.deliver("1", codes=["IVAN01-VK"])
    book.deliver("2", codes=["IVAN01-TG"], ordered_at="2026-10-19T11:00:00Z")
    book.sync()

    assert row(book, "IVAN01-VK") == {
        "code": "IVAN01-VK", "variant_of": "IVAN01", "note": "channel ВК",
    }  # fmt: skip
    assert book.balances() == {"ivan": "250.00"}


def test_a_book_without_the_column_of_variants_is_told_to_init(book: CliBook) -> None:
    with book.edited() as workbook:
        sheet = sheet_of(workbook, Tab.CODES)
        sheet.cell(1, columns(sheet)["variant_of"]).value = None

    said = book.run("codes", "new", "ivan", "--channels", "TG")

    assert (said.code, "no column variant_of" in said.err, "tracker init" in said.err) == (
        2, True, True,
    )  # fmt: skip


# Printing, showing and listing.


def test_a_batch_goes_into_both_files_and_can_be_printed_once_more(book: CliBook) -> None:
    first = ["--csv", "a.csv", "--qr", "a.html", "--url", "https://shop.example/?c={CODE}"]
    serials = made(book.run("codes", "new", "ivan", "--kind", "serial", "--count", "3",
                            "--campaign", "flyer", *first))  # fmt: skip
    again = book.run("codes", "print", "ivan", "--campaign", "flyer", *first[:2], "--qr", "b.html")

    rows = list(csv.reader((book.folder / "a.csv").read_text("utf-8-sig").splitlines()))
    assert [line[0] for line in rows[1:]] == serials
    assert again.code == 0
    assert (book.folder / "a.html").read_text("utf-8").count("<svg") == 3
    assert (book.folder / "b.html").read_text("utf-8").count("<svg") == 3


def test_what_cannot_be_printed_is_said(book: CliBook) -> None:
    assert "codes list" in book.run("codes", "print", "nobody", "--qr", "b.html").err
    assert "Name a file" in book.run("codes", "print", "ivan").err


def test_show_tells_whose_a_code_is_and_what_it_asks(book: CliBook) -> None:
    edit(book, Tab.PARTNERS, "ivan", name="Иван")
    edit(book, Tab.CODES, "IVAN01", max_uses=3, min_order=500, valid_to=date(2026, 10, 31))
    book.deliver("1")
    book.deliver("2", state="pending")
    book.sync()

    *lines, terms = book.run("codes", "show", " ivan01").out.splitlines()
    assert lines == [
        "IVAN01",
        "works on 2026-10-20",
        "partner: ivan (Иван)",
        "kind: partner",
        "status: active",
        "used: 1\u00a0time of 3, 2 left",
    ]
    assert re.fullmatch(r"terms: [^;]*31[^;]*2026[^;]*; [^;]*3[^;]*; [^;]*500\.00[^;]*", terms)


def test_show_judges_by_the_day_it_is_asked_for(book: CliBook) -> None:
    edit(book, Tab.CODES, "IVAN01", valid_from=date(2026, 10, 10), valid_to=date(2026, 10, 31))

    days = ("2026-10-09", "2026-10-10", "31.10.2026", "2026-11-01")
    said = [book.run("codes", "show", "IVAN01", "--on", day) for day in days]
    assert [one.code for one in said] == [0, 0, 0, 0]
    assert [one.out.splitlines()[1].partition(" on ")[0] for one in said] == [
        "does not work", "works", "works", "does not work",
    ]  # fmt: skip


def test_show_names_the_owner_of_that_day(book: CliBook) -> None:
    edit(book, Tab.CODES, "IVAN01", valid_to=date(2026, 10, 31))
    book.type(Tab.CODES, {"code": "IVAN01", "partner_id": "maria", "valid_from": date(2026, 11, 1)})
    book.sync()

    owners = [book.run("codes", "show", "IVAN01", "--on", day).out.splitlines()[2]
              for day in ("2026-10-31", "2026-11-01")]  # fmt: skip
    assert owners == ["partner: ivan", "partner: maria"]


def test_a_serial_is_used_once_and_understood_however_it_is_typed(book: CliBook) -> None:
    book.type(Tab.CODES, {"code": "BC2D-F3G4-F", "partner_id": "ivan", "kind": "serial"})
    fresh = book.run("codes", "show", "bc2d f3g4 f").out
    book.deliver("1", codes=["BC2D-F3G4-F"])
    book.sync()
    used = book.run("codes", "show", "BC2DF3G4F").out

    assert "“bc2d f3g4 f” is read as BC2D-F3G4-F\nworks on" in fresh
    assert "does not work on 2026-10-20" in used
    assert "used: 1\u00a0time of 1, 0 left" in used


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> CliBook:
    book = CliBook(tmp_path_factory.mktemp("batch"))
    book.type(Tab.CODES, {"code": "BC2D-F3G4-F", "partner_id": "ivan", "kind": "serial"},
              {"code": "BROKEN", "partner_id": "ivan", "status": "?"})  # fmt: skip
    return book


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("CB2D-F3G4-F", "so it was misread or mistyped. Read it again. Was it BC2D-F3G4-F?"),
        ("3222 2222 E", "well-formed serial number, but it is not in the tab Codes"),
        ("IVANO1", "There is no code IVANO1 in the tab Codes. Was it IVAN01?"),
        ("SUMMER", "There is no code SUMMER in the tab Codes.\n"),
        ("BROKEN", "its row cannot be read"),
    ],
)
def test_an_unknown_code_is_told_from_a_mistyped_one(batch: CliBook, typed: str, says: str) -> None:
    said = batch.run("codes", "show", typed)

    assert (said.code, said.out) == (2, "")
    assert says in said.err


def test_list_counts_codes_serials_and_uses(book: CliBook) -> None:
    book.type(Tab.CODES, {"code": "BC2D-F3G4-F", "partner_id": "ivan", "kind": "serial"})
    book.deliver("1")
    book.deliver("2", codes=["BC2D-F3G4-F"])
    book.sync()

    assert book.run("codes", "list", "ivan").out.splitlines() == [
        "IVAN01\tivan\tpartner\tactive\t1",
        "BC2D-F3G4-F\tivan\tserial\tactive\t1/1",
        "2\u00a0codes, of these 1\u00a0serial; 2\u00a0uses",
    ]


# A Google sheet.


def test_in_a_google_sheet_new_rows_stand_below_with_their_formula(ready: Shop) -> None:  # noqa: F811
    said = ready.run("codes", "new", "ivan", "--count", "2")
    ready.deliver("1", "KUPON_IVAN02")

    assert made(said) == ["KUPON_IVAN01", "KUPON_IVAN02"]
    owner = Owner(ready.google, SHEET)
    sheet, check = owner.sheet("Codes"), owner.columns("Codes")["check"]
    assert [row["code"] for row in owner.rows("Codes")[:3]] == [
        "IVAN01", "KUPON_IVAN01", "KUPON_IVAN02",
    ]  # fmt: skip
    assert all(isinstance(sheet.value(place, check), Formula) for place in (1, 2, 3))
    assert "written=1" in ready.run("sync").out
    assert "written=0" in ready.run("sync").out
    assert ready.run("check").code == 0

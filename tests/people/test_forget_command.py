"""Does the command `forget` say what goes and what stays, in a workbook and in a Google sheet?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli_book import CliBook, edit, set_environment
from tests.google.fake import FakeGoogle
from tests.google.wiring import intercepted
from tests.people.scan import found, places
from tests.test_google_commands import SHEET, Shop
from tracker.layout import Tab
from tracker.sentences.people import PEOPLE

ANNA, PHONE = "zqanna@example.com", "+7 900 000-00-01"
WORDS = (ANNA, "9000000001", "zqname", "zqcard")


@pytest.fixture
def book(tmp_path: Path) -> CliBook:
    made = CliBook(tmp_path)
    edit(
        made, Tab.PARTNERS, "ivan", name="zqname", email=ANNA, phone=PHONE, payout_details="zqcard"
    )
    made.deliver("1", codes=["MARIA01"], customer={"email": ANNA, "phone": PHONE})
    made.deliver("2", total="20000")
    made.sync()
    made.now += timedelta(days=40)
    assert made.run("payouts", "--propose").code == 0
    return made


def says(code: str, **values: object) -> str:
    return PEOPLE[code][0].format(**values)


def test_it_tells_first_and_changes_nothing(book: CliBook) -> None:
    before = (book.fingerprint(), (book.folder / ".tracker" / "inbox.sqlite3").read_bytes())

    told = book.run("forget", "partner", "ivan")

    assert told.out == "bodies=1 letters=0 cells=4 left=0 backups=2\n"
    assert told.err.splitlines()[-1] == says("dry")
    assert says("kept_details") in told.err
    after = (book.fingerprint(), (book.folder / ".tracker" / "inbox.sqlite3").read_bytes())
    assert (told.code, before == after) == (0, True)


def test_afterwards_only_the_ledger_the_log_and_old_copies_know_and_it_says_so(
    book: CliBook,
) -> None:
    balances, digests = book.balances(), book.rows(Tab.COMMISSIONS)

    done = book.run("forget", "partner", "ivan", "--yes")

    for code in ("kept_ledger", "kept_details", "unreached"):
        assert says(code) in done.err
    assert says("log", log="file:orders.jsonl") in done.err
    assert done.err.count("--backups deletes such copies") == 2
    assert (book.balances(), book.rows(Tab.COMMISSIONS)) == (balances, digests)
    assert found(done.out + done.err, WORDS) == set()
    hits = places(book.folder, WORDS, ("orders.jsonl", ".env", "partners-"))
    assert {place: hit for place, hit in hits.items() if ".xlsx > xl" not in place} == {
        "partners.xlsx > Journal": {"zqcard", "zqname"},
        "partners.xlsx > Payouts": {"zqcard"},
        "partners.xlsx > Payout status": {"zqname"},
        ".tracker/outbox.sqlite3": {"zqcard", "zqname"},
    }  # fmt: skip


def test_old_copies_go_when_asked_and_the_next_one_is_clean(book: CliBook) -> None:
    done = book.run("forget", "partner", "ivan", "--yes", "--backups")
    book.now += timedelta(days=1)
    book.deliver("3")
    book.sync()

    assert done.err.count("was deleted") == 2
    copies = list((book.folder / ".tracker" / "backups").iterdir())
    assert [copy.name for copy in copies] == ["partners-2026-11-30.xlsx"]
    assert places(copies[0].parent, WORDS[:2]) == {}
    assert book.run("check").code == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("partner nobody", "There is no row nobody in Partners."),
        ("partner ivan maria", "One partner at a time"),
        ("customer anna", "neither an e-mail nor a phone"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(book: CliBook, typed: str, said: str) -> None:
    refused = book.run("forget", *typed.split(), "--yes")

    assert (refused.code, refused.out, refused.err.count("\n")) == (2, "", 1)
    assert said in refused.err


def test_a_russian_book_is_answered_in_russian(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.set("language", "ru")

    told = book.run("forget", "customer", ANNA, "--dry-run")

    assert told.err.splitlines()[-1] == PEOPLE["dry"][1]


def test_every_sentence_names_the_same_things_in_both_languages() -> None:
    for english, russian in PEOPLE.values():
        assert sorted(re.findall(r"{\w+}", english)) == sorted(re.findall(r"{\w+}", russian))


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = Shop(tmp_path)
    made.begin()
    with intercepted(made.google):
        made.type("Partners", "ivan", "zqname", ANNA)
        made.type("Codes", "IVAN01", "ivan")
        made.type("Sign-ups", "2026-10-01", "Anna", ANNA)
        made.deliver("1")
        assert made.run("sync").code == 0
        yield made


def cells(google: FakeGoogle) -> str:
    return str([sheet.rows for sheet in google.books[SHEET].sheets])


def test_in_a_google_sheet_the_cells_are_found_by_value_in_one_fenced_batch(shop: Shop) -> None:
    shop.google.reset_calls()

    done = shop.run("forget", "partner", "ivan", "--yes")

    assert (done.code, done.out) == (0, "bodies=0 letters=0 cells=4 left=0 backups=0\n")
    assert "Version history" in done.err
    batches = [call.sent["requests"] for call in shop.google.calls if "batchUpdate" in call.path]
    [erasing] = [batch for batch in batches if any("findReplace" in one for one in batch)]
    assert "createDeveloperMetadata" in erasing[0]
    assert sum("findReplace" in one for one in erasing) == 4
    assert found(cells(shop.google), (ANNA, "zqname")) == set()
    assert "erased-ivan" in cells(shop.google)
    assert shop.run("check").code == 0


def test_an_owner_who_sorts_the_sheet_meanwhile_loses_nothing(shop: Shop) -> None:
    book = shop.google.books[SHEET]
    partners = next(sheet for sheet in book.sheets if sheet.title == "Partners")
    row = {"values": [{"userEnteredValue": {"stringValue": one}} for one in ("maria", "Maria")]}
    at = {"sheetId": partners.sheet_id, "rowIndex": 2, "columnIndex": 0}
    area = {"sheetId": partners.sheet_id, "startRowIndex": 1, "endRowIndex": 3,
            "startColumnIndex": 0, "endColumnIndex": 10}  # fmt: skip
    write = {"start": at, "rows": [row], "fields": "userEnteredValue"}
    by_id = [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]
    set_off = [{"updateCells": write}, {"sortRange": {"range": area, "sortSpecs": by_id}}]
    shop.google.apply(SHEET, set_off, "owner@example.com")

    assert shop.run("forget", "partner", "ivan", "--yes").code == 0

    partners = next(sheet for sheet in shop.google.books[SHEET].sheets if sheet.title == "Partners")
    assert [row[:2] for row in partners.rows[1:3]] == [("maria", "Maria"), ("ivan", "erased-ivan")]


def test_the_log_is_shown_without_the_secret_in_its_address(book: CliBook) -> None:
    set_environment(book, TRACKER_ORDER_LOG="https://127.0.0.1:9/log?key=zqsecret")

    told = book.run("forget", "customer", ANNA)

    assert says("log", log="https://127.0.0.1:9/log") in told.err
    assert "zqsecret" not in told.out + told.err

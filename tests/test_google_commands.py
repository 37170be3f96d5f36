"""Does the whole program work on a Google sheet, from `init` to a version that was put back?"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.cli_book import NOON, Said, run_at
from tests.google.batch import HANDLERS
from tests.google.errors import invalid
from tests.google.fake import FakeGoogle
from tests.google.grid import Book
from tests.google.wiring import ROBOT, intercepted, key_file
from tracker.stores.google_sheets.standing import FENCE_KEY

SHEET = "1aBcD-partners-of-a-small-shop"
ADDRESS = f"https://docs.google.com/spreadsheets/d/{SHEET}/edit#gid=0"


class Shop:
    """A folder with .env and a key, and the spreadsheet that its owner shared."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = NOON
        self.google = FakeGoogle()
        self.google.create(SHEET, "Partners", share={ROBOT: "writer"})
        self.key = key_file(folder, self.google)
        (folder / "orders.jsonl").touch()
        self.env(TRACKER_GOOGLE_CREDENTIALS=str(self.key), TRACKER_ORDER_LOG="file:orders.jsonl")

    def env(self, **values: str) -> None:
        with (self.folder / ".env").open("a", encoding="utf-8") as file:
            file.writelines(f"{name}={value}\n" for name, value in values.items())

    def begin(self) -> None:
        """Be where `init` in English leaves off: it takes a second, so it was run once for all."""
        folder, book = _begun()
        shutil.copytree(folder, self.folder, dirs_exist_ok=True)
        env = self.folder / ".env"
        env.write_text(env.read_text("utf-8").replace(str(folder), str(self.folder)), "utf-8")
        self.google.books[SHEET] = book.copy()

    def run(self, *arguments: str) -> Said:
        return run_at(self.folder, self.now, *arguments)

    def deliver(self, order_id: str, code: str = "IVAN01") -> None:
        body = {"order_id": order_id, "ordered_at": "2026-10-19T10:00:00Z", "total": "1000"}
        told = {**body, "currency": "RUB", "codes": [code]}
        line = {"delivery_id": order_id, "received_at": NOON.isoformat(), "source": "generic"}
        with (self.folder / "orders.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line | {"body": told}) + "\n")

    def type(self, title: str, *texts: str) -> None:
        """Type one row, cells from the left, into the first row below the heading."""
        book = self.google.books[SHEET]
        sheet = next(sheet for sheet in book.sheets if sheet.title == title)
        at = {"sheetId": sheet.sheet_id, "rowIndex": 1, "columnIndex": 0}
        row = {"values": [{"userEnteredValue": {"stringValue": text}} for text in texts]}
        write = {"start": at, "rows": [row], "fields": "userEnteredValue"}
        self.google.apply(SHEET, [{"updateCells": write}], "owner@example.com")


@cache
def _begun() -> tuple[Path, Book]:
    keeper = TemporaryDirectory()
    _KEPT.append(keeper)
    made = Shop(Path(keeper.name))
    with intercepted(made.google):
        assert made.run("init", "--store", f"gsheets:{ADDRESS}", "--lang", "en").code == 0
    return made.folder, made.google.books[SHEET]


_KEPT: list[TemporaryDirectory[str]] = []


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = Shop(tmp_path)
    with intercepted(made.google):
        yield made


@pytest.fixture
def ready(shop: Shop) -> Shop:
    shop.begin()
    shop.type("Partners", "ivan", "Ivan", "ivan@example.com")
    shop.type("Codes", "IVAN01", "ivan")
    return shop


def test_init_lays_an_empty_sheet_out_by_its_address_and_remembers_it(shop: Shop) -> None:
    said = shop.run("init", "--store", f"gsheets:{ADDRESS}", "--lang", "ru")

    assert (said.code, said.err.count("\n")) == (0, 1)
    assert said.out.splitlines() == [
        "Таблица «Partners» размечена: листов 24, у заголовков примечания.",
        ".env: TRACKER_SECRET",
        ".env: TRACKER_STORE",
    ]
    assert f"\nTRACKER_STORE=gsheets:{SHEET}\n" in (shop.folder / ".env").read_text()


def test_init_again_says_nothing_and_writes_nothing(ready: Shop) -> None:
    before = ready.google.books[SHEET]

    said = ready.run("init")

    assert (said.code, said.out) == (0, "")
    assert ready.google.books[SHEET] is before


def test_an_order_goes_all_the_way_and_the_second_sync_writes_nothing(ready: Shop) -> None:
    ready.deliver("1001")

    assert "written=1" in ready.run("sync").out
    assert "written=0" in ready.run("sync").out
    assert "ivan" in ready.run("why", "1001").out
    assert ready.run("check").code == 0


def test_a_code_that_looks_like_a_number_or_a_formula_stays_what_was_typed(ready: Shop) -> None:
    for code in ("007", "8E5", "=1+1"):
        ready.type("Codes", code, "ivan")
        ready.deliver(f"order of {code}", code)

        assert "attributed=1" in ready.run("sync").out


@pytest.mark.parametrize("also_fences", [True, False])
def test_a_version_put_back_stops_a_sync_until_it_is_accepted(
    ready: Shop, *, also_fences: bool
) -> None:
    ready.deliver("1001")
    ready.run("sync")
    old = ready.google.books[SHEET].copy()
    ready.deliver("1002")
    ready.run("sync")
    now = ready.google.books[SHEET]
    if not also_fences:
        old.metadata = now.metadata
    ready.google.books[SHEET] = old

    stopped = ready.run("sync")
    accepted = ready.run("restore", "--accept")
    again = ready.run("sync")

    assert (stopped.code, "restore --accept" in stopped.err) == (2, True)
    assert (accepted.code, again.code) == (0, 0)
    assert json.loads(ready.run("export", "-").out)["balances"][0]["balance"] == "200.00"


def test_a_sheet_that_is_not_shared_names_the_e_mail_and_the_button(shop: Shop) -> None:
    shop.google.books[SHEET].share.pop(ROBOT)

    said = shop.run("init", "--store", f"gsheets:{ADDRESS}")

    assert said.code == 2
    assert ROBOT in said.err
    assert "press Share at the top right" in said.err
    assert "Editor" in said.err


def test_a_key_that_others_may_read_is_refused_before_any_call(shop: Shop) -> None:
    shop.key.chmod(0o640)

    said = shop.run("init", "--store", f"gsheets:{ADDRESS}")

    assert (said.code, shop.google.calls) == (2, [])
    assert f"chmod 600 {shop.key}" in said.err


def test_an_excel_file_on_drive_is_told_from_a_sheet(shop: Shop) -> None:
    shop.google.upload_office_file(SHEET, {ROBOT: "writer"})

    said = shop.run("init", "--store", f"gsheets:{ADDRESS}")

    assert (said.code, "File > Save as Google Sheets" in said.err) == (2, True)


def test_no_part_of_the_key_is_ever_said(ready: Shop) -> None:
    private = json.loads(ready.key.read_text())["private_key"].splitlines()[1]
    ready.google.accounts.revoke_key(ROBOT)

    said = ready.run("sync")

    assert said.code == 2
    assert private not in said.out + said.err
    assert "Make a new one" in said.err


def test_the_fences_of_many_commits_stay_few(ready: Shop) -> None:
    for number in range(30):
        ready.now += timedelta(hours=1)
        ready.deliver(str(number))
        assert ready.run("sync").code == 0

    found = ready.google.books[SHEET].metadata
    ids = [one["metadataId"] for one in found if one["metadataKey"] == FENCE_KEY]
    # init made the first; the last 20 stay of the 31.
    assert ids == list(range(12, 32))


def test_fences_that_cannot_be_taken_away_stop_nobody(
    ready: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a copy of a spreadsheet the marks of the original may be there for good."""

    def refuse(*_: object) -> None:
        raise invalid("No developer metadata that may be deleted")

    for number in range(24):
        ready.now += timedelta(hours=1)
        ready.deliver(str(number))
        if number == 20:
            monkeypatch.setitem(HANDLERS, "deleteDeveloperMetadata", refuse)
        assert "written=1" in ready.run("sync").out

    assert ready.run("sync").out.split()[-1] == "written=0"


def own_tab(shop: Shop, title: str, *rows: tuple[str, ...]) -> None:
    """A tab that the owner made and filled before the program came."""
    book = shop.google.books[SHEET]
    number = max(sheet.sheet_id for sheet in book.sheets) + 7
    added = {"addSheet": {"properties": {"sheetId": number, "title": title}}}
    at = {"sheetId": number, "rowIndex": 0, "columnIndex": 0}
    cells = [
        {"values": [{"userEnteredValue": {"stringValue": text}} for text in row]} for row in rows
    ]
    write = {"start": at, "rows": cells, "fields": "userEnteredValue"}
    shop.google.apply(SHEET, [added, {"updateCells": write}], "owner@example.com")


@pytest.mark.parametrize(
    ("title", "headings"),
    [
        ("Balances", ("name", "balance", "mine")),
        ("Сводка", ("месяц", "сумма")),
        ("Журнал", ("дата",)),
    ],
)
def test_a_tab_of_the_owner_s_that_only_bears_our_name_is_never_taken(
    shop: Shop, title: str, headings: tuple[str, ...]
) -> None:
    own_tab(shop, title, headings, ("Bank A", "1000", "x"))
    before = shop.google.books[SHEET]

    said = shop.run("init", "--store", f"gsheets:{ADDRESS}", "--lang", "en")

    assert (said.code, shop.google.books[SHEET] is before) == (2, True)
    assert f"{title} is a tab of your own" in said.err


def test_an_unrelated_tab_of_the_owner_s_is_left_as_it_is(shop: Shop) -> None:
    own_tab(shop, "My notes", ("a", "b"), ("1", "2"))
    mine = shop.google.books[SHEET].titled("My notes")

    assert shop.run("init", "--store", f"gsheets:{ADDRESS}", "--lang", "ru").code == 0
    after = shop.google.books[SHEET].titled("My notes")
    assert mine is not None
    assert after is not None
    assert (after.rows, after.looks) == (mine.rows, mine.looks)


def test_a_decoration_that_google_refuses_does_not_keep_the_book_away(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise invalid("This chart cannot be drawn")

    monkeypatch.setitem(HANDLERS, "addChart", refuse)
    said = shop.run("init", "--store", f"gsheets:{ADDRESS}", "--lang", "en")

    assert said.code == 0
    assert "This chart cannot be drawn" in said.out
    assert "charts, colours, drop-downs and warnings were left out" in said.out
    assert shop.run("sync").code == 0


def test_the_doctor_notices_that_the_robot_may_only_read(ready: Shop) -> None:
    ready.google.books[SHEET].share[ROBOT] = "reader"

    said = ready.run("check")

    assert said.code == 3
    assert f"{ROBOT} may read this spreadsheet but not write to it" in said.out + said.err


def test_a_refused_batch_is_no_batch_whose_end_nobody_saw(ready: Shop) -> None:
    ready.google.books[SHEET].share[ROBOT] = "reader"
    ready.deliver("1001")

    assert ready.run("sync").code == 2
    assert list((ready.folder / ".tracker").rglob("*.unsettled")) == []


def test_looking_whether_one_may_write_changes_nothing(ready: Shop) -> None:
    before = ready.google.books[SHEET]

    assert ready.run("check").code == 0
    assert ready.google.books[SHEET] is before


def test_a_sum_that_the_sheet_may_have_taken_for_a_day_is_asked_about(ready: Shop) -> None:
    ready.google.apply(
        SHEET,
        [{"updateSpreadsheetProperties": {"properties": {"locale": "ru_RU"}, "fields": "locale"}}],
        "owner@example.com",
    )
    sheet = ready.google.books[SHEET].titled("Adjustments")
    assert sheet is not None
    # 1.10 typed in October 2026 under Russian settings: the day number of 1 October.
    typed = [{"stringValue": "adj-1"}, {"stringValue": "ivan"}, {"numberValue": 46296}]
    row = {"values": [{"userEnteredValue": value} for value in typed]}
    at = {"sheetId": sheet.sheet_id, "rowIndex": 1, "columnIndex": 0}
    write = {"start": at, "rows": [row], "fields": "userEnteredValue"}
    ready.google.apply(SHEET, [{"updateCells": write}], "owner@example.com")

    said = ready.run("sync")

    assert "written=0" in said.out
    [problem] = json.loads(ready.run("export", "-").out)["problems"]
    assert (problem["tab"], problem["cell"]) == ("Adjustments", "C2")

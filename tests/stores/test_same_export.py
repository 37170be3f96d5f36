"""Does the same history give the same book in every store, byte for byte?

An owner types what spreadsheets like to spoil: codes such as 007 and 8E5, a telephone number, a
formula as a code, sums and days as people of the place write them.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

import openpyxl
import pytest

from tests.cli_book import FORMULA_ROWS, columns, last_row, row_of, sheet_of
from tests.google.world import GoogleWorld
from tests.world import NOON, AnyWorld
from tracker.cells import Cell
from tracker.exporting import canonical
from tracker.layout import LAYOUT, Tab, known_columns
from tracker.running import look
from tracker.stores.memory import MemoryStore
from tracker.stores.xlsx import XlsxStore


class Text(str):
    """What must be typed with an apostrophe where a spreadsheet would understand it."""

    __slots__ = ()


Typed = str | Decimal | date
IMPORT = '=IMPORTXML("https://example.com";"//a")'
CODES = {"007": "ivan", "8E5": "maria", "+79000000002": "ivan", IMPORT: "maria", "TRUE": "ivan"}


class Programme(Protocol):
    """What a history is played on."""

    @property
    def world(self) -> AnyWorld: ...

    def reachable(self) -> AbstractContextManager[object]: ...

    def type(self, tab: Tab, *rows: Mapping[str, Typed]) -> None: ...

    def edit(self, tab: Tab, key: str, **cells: Typed) -> None: ...


class InMemory:
    def __init__(self, language: str, _locale: str, _folder: Path) -> None:
        self.store = MemoryStore()
        self.store.lay_out(language)
        self.world = AnyWorld(self.store, NOON)

    def reachable(self) -> AbstractContextManager[object]:
        return contextlib.nullcontext()

    def type(self, tab: Tab, *rows: Mapping[str, Typed]) -> None:
        self.store.type_rows(tab, *rows)

    def edit(self, tab: Tab, key: str, **cells: Typed) -> None:
        sheet = self.store.book.sheets[tab]
        places = known_columns(tab, sheet.headings)
        row: list[Cell] = next(
            row for row in sheet.rows if row[places[LAYOUT[tab].key_column]] == key
        )
        for column, typed in cells.items():
            row[places[column]] = typed


class InWorkbook:
    def __init__(self, language: str, _locale: str, folder: Path) -> None:
        self.path = folder / "partners.xlsx"
        self.world = AnyWorld(XlsxStore(self.path, today=NOON.date), NOON)
        self.world.store.lay_out(language)
        book = openpyxl.load_workbook(self.path)
        for sheet in book.worksheets:
            sheet.delete_rows(FORMULA_ROWS + 1, sheet.max_row)
        book.save(self.path)

    def reachable(self) -> AbstractContextManager[object]:
        return contextlib.nullcontext()

    def type(self, tab: Tab, *rows: Mapping[str, Typed]) -> None:
        book = openpyxl.load_workbook(self.path)
        sheet = sheet_of(book, tab)
        for row in rows:
            self._put(sheet, last_row(sheet) + 1, row)
        book.save(self.path)

    def edit(self, tab: Tab, key: str, **cells: Typed) -> None:
        book = openpyxl.load_workbook(self.path)
        sheet = sheet_of(book, tab)
        self._put(sheet, row_of(sheet, key), cells)
        book.save(self.path)

    def _put(self, sheet: Any, number: int, cells: Mapping[str, Typed]) -> None:
        for column, typed in cells.items():
            cell = sheet.cell(number, columns(sheet)[column])
            cell.value = typed
            if isinstance(typed, str):
                cell.data_type = "s"


class InGoogle:
    def __init__(self, language: str, locale: str, folder: Path) -> None:
        self.world = GoogleWorld.begun(folder, language, locale)
        self.comma = locale == "ru_RU"

    def reachable(self) -> AbstractContextManager[object]:
        return self.world.reachable()

    def type(self, tab: Tab, *rows: Mapping[str, Typed]) -> None:
        keys = [{key: self._keys(typed) for key, typed in row.items()} for row in rows]
        self.world.owner.type_rows(tab.value, *keys)

    def edit(self, tab: Tab, key: str, **cells: Typed) -> None:
        for column, typed in cells.items():
            self.world.edit(tab, key, column, self._keys(typed))

    def _keys(self, typed: Typed) -> str:
        """What a person presses for it here."""
        if isinstance(typed, Decimal):
            return str(typed).replace(".", ",") if self.comma else str(typed)
        if isinstance(typed, date):
            return f"{typed:%d.%m.%Y}" if self.comma else f"{typed:%m/%d/%Y}"
        return f"'{typed}" if isinstance(typed, Text) else typed


def begin(programme: Programme) -> None:
    """Partners and their codes, and an order with each of them."""
    programme.type(
        Tab.PARTNERS,
        {"partner_id": "ivan", "name": "Иван Ёлкин", "phone": "+79000000001", "payout_details": "0042"},
        {"partner_id": "maria", "rate": "15%", "payout_details": "карта 2", "joined_on": date(2026, 1, 31)},
    )  # fmt: skip
    programme.type(Tab.CODES, *({"code": c, "partner_id": p} for c, p in CODES.items()))
    programme.type(Tab.CODES, {"code": "OLD", "partner_id": "ivan", "valid_to": date(2026, 10, 1)})
    for number, code in enumerate([*CODES, "OLD", "NOBODY"]):
        customer = {"email": "anna@example.com", "phone": f"+7 900 000-00-1{number}"}
        programme.world.deliver(f"00{number}", codes=[code], total="1234.5", customer=customer)
    programme.world.deliver("1E5", codes=["8E5"], state="pending")
    programme.world.deliver("=1+1", codes=["007", "8E5"])
    programme.world.sync()


def go_on(programme: Programme) -> None:
    """Refunds, money of the owner's, a code that changes hands."""
    world = programme.world
    world.move(days=1)
    programme.edit(Tab.CODES, "007", partner_id="maria")
    programme.type(
        Tab.ADJUSTMENTS,
        {"adjustment_id": "a1", "partner_id": "ivan", "amount": Decimal("1234.5"), "currency": "RUB", "reason": "photos", "date": date(2026, 10, 20)},
        {"adjustment_id": "a2", "partner_id": "maria", "amount": "1 234,50 ₽", "currency": "RUB", "reason": Text("=1+1 и ещё"), "date": date(2026, 10, 21)},
        {"adjustment_id": "a3", "partner_id": "maria", "amount": Text("1,234"), "currency": "RUB", "reason": "?", "date": date(2026, 10, 21)},
    )  # fmt: skip
    world.deliver("001", codes=["8E5"], total="1234.5", refunded="234.5")
    world.deliver("009", codes=["007"], ordered_at="2026-10-22T10:00:00Z")
    world.sync()
    world.move(days=1)
    world.sync()


def pay(programme: Programme) -> None:
    """October is sealed, what is due is proposed, and one of it is paid."""
    world = programme.world
    world.move(days=20)
    world.seal("2026-10")
    made = {one.partner_id: one.payout_id for one in world.propose()}
    programme.edit(
        Tab.PAYOUTS, made["ivan"], paid_on=date(2026, 11, 12), reference="000123", result="paid"
    )
    world.deliver("1E5", codes=None, state="paid")
    world.sync()


STORES: dict[str, Callable[[str, str, Path], Programme]] = {
    "memory": InMemory,
    "workbook": InWorkbook,
    "google": InGoogle,
}


def exported(kind: str, language: str, locale: str, folder: Path) -> str:
    programme = STORES[kind](language, locale, folder)
    with programme.reachable():
        for chapter in (begin, go_on, pay):
            chapter(programme)
        return canonical(look(programme.world.place))


@pytest.fixture(scope="module", params=["en", "ru"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def in_memory(language: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    return exported("memory", language, "", tmp_path_factory.mktemp("memory"))


def test_the_history_comes_to_what_is_worked_out_by_hand(in_memory: str) -> None:
    said = json.loads(in_memory)
    owners = {one["order_id"]: (one["codes"], one["partner_id"]) for one in said["orders"]}
    assert owners["000"] == ("007", "ivan")
    assert owners["001"] == ("8E5", "maria")
    assert owners["002"] == ("+79000000002", "ivan")
    assert owners["003"] == (IMPORT, "maria")
    assert (owners["005"], owners["009"]) == (("OLD", ""), ("007", "maria"))
    # Ivan: 10% of 1234.50 three times, and 1234.50, all paid. Maria: 150.00 after the refund,
    # 185.18, 150.00 of code 007, the adjustment, and 150.00 of an order that was paid for late.
    assert {x["partner_id"]: x["balance"] for x in said["balances"]} == {
        "ivan": "0.00",
        "maria": "1869.68",
    }
    paid = [(x["amount"], x["paid_on"], x["reference"], x["details"]) for x in said["payouts"]]
    assert paid == [
        ("1604.85", "2026-11-12", "000123", "0042"),
        ("1719.68", "", "", "карта 2"),
    ]
    assert [x["cell"] for x in said["problems"]] == ["C4"]


@pytest.mark.parametrize(
    ("kind", "locale"), [("workbook", ""), ("google", "en_US"), ("google", "ru_RU")]
)
def test_every_store_gives_the_same_bytes(
    in_memory: str, language: str, kind: str, locale: str, tmp_path: Path
) -> None:
    assert exported(kind, language, locale, tmp_path) == in_memory


@pytest.mark.parametrize("locale", ["en_US", "ru_RU"])
def test_what_looks_like_a_number_or_a_formula_is_text_in_the_sheet_and_sums_are_numbers(
    locale: str, tmp_path: Path
) -> None:
    programme = InGoogle("en", locale, tmp_path)
    with programme.reachable():
        begin(programme)
    owner = programme.world.owner
    codes = [owner.cell("Codes", number, "code") for number in range(2, 7)]
    assert codes == [{"stringValue": code} for code in CODES]
    for order, key in (("001", "order_id"), ("=1+1", "order_id"), ("1E5", "order_id")):
        row = owner.find("Journal", key, order)
        assert owner.cell("Journal", row, key) == {"stringValue": order}
    row = owner.find("Commissions", "order_id", "003")
    assert owner.cell("Commissions", row, "amount") == {"numberValue": 185.18}
    # 2 November 2026, 14 days after the order, is day 46328 of a spreadsheet.
    assert owner.cell("Commissions", row, "payable_on") == {"numberValue": 46328}

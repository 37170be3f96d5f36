"""Does a commit leave the owner's things alone, and are the figures beside them true?"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.stores.books import TODAY, column, generation, table
from tests.stores.owner_books import (
    add_chain,
    as_openpyxl_sees_it,
    change,
    changed,
    made_with_everything,
    part_of,
    raw,
    unpacked,
)
from tests.stores.test_workbook_opens import converted, shown
from tracker.layout import Tab
from tracker.stores import Commit, Outcome, Record
from tracker.stores.xlsx import XlsxStore

NEW: Record = {"partner_id": "ivan", "amount": Decimal("9.25"), "line_id": "L4"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made_with_everything(tmp_path / "partners.xlsx")
    return tmp_path / "partners.xlsx"


@pytest.fixture
def store(path: Path) -> XlsxStore:
    return XlsxStore(path, today=lambda: TODAY)


def book_line(store: XlsxStore) -> None:
    """Append one line to Commissions, by the XML of that tab alone."""
    commit = Commit(base=generation(store), appends={Tab.COMMISSIONS: [NEW]})
    assert store.commit(commit) is Outcome.DONE
    assert store.remarks == []


def own_cells(path: Path) -> list[list[object]]:
    """What the owner's tab holds in its first two columns."""
    return [[cell.value for cell in row[:2]] for row in as_openpyxl_sees_it(path)["Mine"]]


def xml(path: Path, title: str) -> bytes:
    parts = unpacked(path)
    return parts[part_of(parts, title)]


def test_every_part_that_is_not_written_keeps_its_packed_bytes(
    path: Path, store: XlsxStore
) -> None:
    before = raw(path)
    book_line(store)

    parts = unpacked(path)
    assert changed(before, raw(path)) == {
        part_of(parts, "Commissions"), part_of(parts, "_tracker"), part_of(parts, "Mine"),
    }  # fmt: skip
    assert {name.split("/")[1] for name in parts if name.startswith("xl/")} >= {
        "charts", "drawings", "media", "pivotCache", "pivotTables", "tables", "sharedStrings.xml",
    }  # fmt: skip


def test_of_a_tab_that_is_not_written_only_what_formulas_came_to_goes(
    path: Path, store: XlsxStore
) -> None:
    before = xml(path, "Mine")
    book_line(store)

    expected = before
    for old, new in (
        (b"</f><v>140.75</v>", b"</f>"),
        (b' t="str"><f>IF(A1&gt;100,"rich","poor")</f><v>rich</v>',
         b'><f>IF(A1&gt;100,"rich","poor")</f>'),
        (b"</f><v>100.5</v>", b"</f>"),
        (b'<c r="C2"><v>50.25</v></c>', b'<c r="C2"/>'),
    ):  # fmt: skip
        assert expected.count(old) == 1
        expected = expected.replace(old, new)
    assert xml(path, "Mine") == expected


def test_both_readers_see_the_new_line_and_the_owners_values(path: Path, store: XlsxStore) -> None:
    kept = own_cells(path)
    book_line(store)

    assert column(store, Tab.COMMISSIONS, "amount") == [
        Decimal("100.5"), Decimal("50.25"), Decimal(-10), Decimal("9.25"),
    ]  # fmt: skip
    assert own_cells(path) == kept
    after = as_openpyxl_sees_it(path)
    assert [cell.value for cell in after["Commissions"][5]][1:4] == ["ivan", None, 9.25]
    assert CalamineWorkbook.from_path(path).get_sheet_by_name("Mine").to_python(
        skip_empty_area=False
    )[9][:2] == [
        "Column1", "Column2",
    ]  # fmt: skip


def test_libreoffice_opens_it_and_works_out_the_new_sum(
    soffice: Path, path: Path, store: XlsxStore
) -> None:
    book_line(store)

    mine = shown(converted(soffice, path, "xlsx"), "Mine")

    assert mine[0][0] == pytest.approx(150)
    assert (mine[1][0], mine[2][0], mine[3][0]) == ("rich", "half bold", "merged")


def test_a_book_saved_by_libreoffice_is_added_to_as_it_is(
    soffice: Path, path: Path, store: XlsxStore
) -> None:
    book_line(store)
    saved = converted(soffice, path, "xlsx")
    before = raw(saved)
    again = XlsxStore(saved, today=lambda: TODAY)

    book_line(again)

    parts = unpacked(saved)
    written = {part_of(parts, title) for title in ("Commissions", "_tracker", "Mine")}
    assert changed(before, raw(saved)) <= written | {"xl/workbook.xml", "xl/styles.xml"}
    amounts = as_openpyxl_sees_it(saved)["Commissions"]["D"]
    assert [cell.value for cell in amounts] == ["amount", 100.5, 50.25, -10, 9.25, 9.25]
    assert amounts[-1].number_format == amounts[1].number_format


def test_a_new_cell_looks_as_its_column_does(path: Path, store: XlsxStore) -> None:
    day: Record = {**NEW, "payable_on": TODAY}
    store.commit(Commit(base=generation(store), appends={Tab.COMMISSIONS: [day]}))

    cells = as_openpyxl_sees_it(path)["Commissions"][5]
    assert [cells[at].number_format for at in (1, 3, 9)] == ["@", "#,##0.00", "dd.mm.yyyy"]
    assert column(store, Tab.COMMISSIONS, "payable_on")[-1] == TODAY


def test_whoever_opens_the_book_is_asked_to_count_anew(path: Path, store: XlsxStore) -> None:
    def calm(parts: dict[str, bytes]) -> None:
        book = parts["xl/workbook.xml"]
        assert b'<calcPr calcId="124519" fullCalcOnLoad="1"/>' in book
        parts["xl/workbook.xml"] = book.replace(b' fullCalcOnLoad="1"', b"")

    change(path, calm)
    book_line(store)

    assert b'<calcPr calcId="124519" fullCalcOnLoad="1"/>' in unpacked(path)["xl/workbook.xml"]


def test_a_hint_in_which_order_to_count_stays_until_formulas_come_or_go(
    path: Path, store: XlsxStore
) -> None:
    change(path, add_chain)
    book_line(store)
    assert "xl/calcChain.xml" in unpacked(path)

    owner: Record = {"code": "IVAN10", "partner_id": "ivan"}
    store.commit(Commit(base=generation(store), appends={Tab.CODES: [owner]}))

    parts = unpacked(path)
    assert "xl/calcChain.xml" not in parts
    assert not any(b"calcChain" in data for data in parts.values())
    assert table(store, Tab.CODES).rows[0].number == 2
    as_openpyxl_sees_it(path)


def test_the_same_commit_twice_over_makes_the_same_parts(path: Path, store: XlsxStore) -> None:
    rows: list[Record] = [{"partner_id": "ivan", "balance": Decimal("1.5")}]
    for _ in range(2):
        before = raw(path)
        store.commit(Commit(base=generation(store), reports={Tab.BALANCES: rows}))

    assert changed(before, raw(path)) == {part_of(unpacked(path), "_tracker")}

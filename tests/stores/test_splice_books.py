"""Is what we add to the XML what openpyxl would have written, and what when it cannot be added?"""

from __future__ import annotations

import struct
import sys
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from tests.stores.books import TODAY, Edited, InWorkbook, append, column, generation, laid_out
from tests.stores.owner_books import (
    as_openpyxl_sees_it,
    change,
    made_with_everything,
    part_of,
    raw,
    unpacked,
)
from tracker.layout import LAYOUT, Kind, Tab
from tracker.sentences import doctor_says
from tracker.stores import Commit, Generation, Link, Outcome
from tracker.stores.written import stored
from tracker.stores.xlsx import XlsxStore
from tracker.stores.xlsx_read import OpenBook
from tracker.stores.xlsx_splice import spliced
from tracker.stores.xlsx_write import append as by_openpyxl
from tracker.stores.xlsx_zip import Archive, crc_of_both, engine, packed

Row = Mapping[str, Any]
OURS = (Tab.COMMISSIONS, Tab.PARTNERS, Tab.RUNS)
FORMULA_ROWS = 6
NEXT = Generation(9, "n9")
_TEXTS = st.text(max_size=12).filter(lambda text: stored(text) is not None)
_AMOUNTS = st.decimals(min_value=-(10**7), max_value=10**7, places=4).map(Decimal)
_DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
_TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1))  # noqa: DTZ001


@cache
def small() -> bytes:
    """A new book with few check formulas, so that openpyxl takes a moment and no longer."""
    book = openpyxl.load_workbook(BytesIO(laid_out()))
    for sheet in book.worksheets:
        sheet.delete_rows(FORMULA_ROWS + 1, sheet.max_row)
    book["Runs"]["A9"].number_format = "0.0"
    book["Partners"]["A4"], book["Partners"]["B8"] = "ivan", "Total"
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def rows(tab: Tab) -> st.SearchStrategy[list[Row]]:
    kinds = {Kind.AMOUNT: _AMOUNTS, Kind.NUMBER: _AMOUNTS, Kind.DATE: _DAYS | _TIMES}
    cells = {
        one.key: st.none() | _TEXTS | kinds.get(one.kind, st.booleans())
        for one in LAYOUT[tab].columns
        if one.kind is not Kind.CHECK
    }
    return st.lists(st.fixed_dictionaries({}, optional=cells), max_size=4)


def cells_of(content: bytes) -> dict[tuple[str, str], tuple[object, ...]]:
    """Every cell with anything in it: value, format, whether it is locked and leads somewhere."""
    book = openpyxl.load_workbook(BytesIO(content))
    return {
        (sheet.title, cell.coordinate): (
            cell.value, cell.data_type, cell.number_format, cell.protection.locked,
            cell.hyperlink.location if cell.hyperlink else None,
        )
        for sheet in book.worksheets
        for line in sheet.iter_rows()
        for cell in line
        if cell.value is not None
    }  # fmt: skip


@given(st.data())
@tries(max_examples=8)
def test_whatever_is_added_is_what_openpyxl_would_have_written(data: st.DataObject) -> None:
    links: st.SearchStrategy[Row] = st.just({"cell": Link("C5", Tab.CODES, "C5"), "key": "k"})
    commit = Commit(
        base=Generation(1, ""),
        appends={tab: data.draw(rows(tab)) for tab in OURS},
        reports={
            Tab.BALANCES: data.draw(rows(Tab.BALANCES)),
            Tab.PROBLEMS: data.draw(st.lists(links, max_size=3)),
        },
        state={"cursor": data.draw(_TEXTS)},
    )
    ours, theirs = spliced(small(), commit, NEXT), by_openpyxl(small(), Path(), commit, NEXT)

    assert cells_of(ours) == cells_of(theirs)
    one, other = OpenBook(ours, Path()), OpenBook(theirs, Path())
    assert one.state() == other.state()
    assert [one.table(tab) for tab in Tab] == [other.table(tab) for tab in Tab]


def test_three_values_are_what_they_were_in_both_readers() -> None:
    row: Row = {"line_id": "=1+1", "amount": Decimal("12.5"), "payable_on": date(2025, 10, 7)}
    content = spliced(small(), Commit(base=NEXT, appends={Tab.COMMISSIONS: [row]}), NEXT)

    cells = cells_of(content)
    assert cells["Commissions", "Q2"] == ("=1+1", "s", "@", True, None)
    assert cells["Commissions", "D2"] == (12.5, "n", "#,##0.00", True, None)
    [read] = OpenBook(content, Path()).table(Tab.COMMISSIONS).rows
    assert (read.cells[9], read.cells[16]) == (date(2025, 10, 7), "=1+1")


def spoilt(tmp_path: Path, old: bytes, new: bytes) -> XlsxStore:
    """A book whose Runs has XML as no program writes it."""
    book = InWorkbook(tmp_path)
    store = book.ready()
    append(store, Tab.RUNS, {"run_id": "first"})

    def spoil(parts: dict[str, bytes]) -> None:
        name = part_of(parts, "Runs")
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new)

    change(book.path, spoil)
    return store


def test_a_tab_that_is_not_understood_goes_through_openpyxl_and_that_is_said(
    tmp_path: Path,
) -> None:
    store = spoilt(tmp_path, b"</row>", b"</row><!-- mine -->")

    assert append(store, Tab.RUNS, {"run_id": "second"}) is Outcome.DONE

    assert column(store, Tab.RUNS, "run_id") == ["first", "second"]
    [(code, values)] = store.remarks
    english = doctor_says(code, values, "en")
    assert english.startswith(
        "partners.xlsx was written whole this time, because between the rows of “Runs” stand "
        "comments of XML. What openpyxl does not know"
    )
    assert "между строками листа «Runs» стоят комментарии XML" in doctor_says(code, values, "ru")


def test_once_openpyxl_has_written_it_the_book_is_understood(tmp_path: Path) -> None:
    store = spoilt(tmp_path, b"</row>", b"</row><!-- mine -->")
    append(store, Tab.RUNS, {"run_id": "second"})
    store.remarks.clear()

    append(store, Tab.RUNS, {"run_id": "third"})

    assert store.remarks == []
    assert column(store, Tab.RUNS, "run_id") == ["first", "second", "third"]


def owners_table(path: Path, area: str, more: str = "") -> XlsxStore:
    """A book with a table of Excel's kind over the lines of Commissions."""
    made_with_everything(path)

    def add(parts: dict[str, bytes]) -> None:
        name = part_of(parts, "Commissions")
        listed = f"xl/worksheets/_rels/{name.rpartition('/')[2]}.rels"
        mine = f"xl/worksheets/_rels/{part_of(parts, 'Mine').rpartition('/')[2]}.rels"
        table = next(one for one in parts if one.startswith("xl/tables/"))
        parts[listed] = parts.pop(mine)
        relation = parts[listed].split(b'/table"')[0].rpartition(b'Id="')[2].split(b'"')[0]
        tables = b'<tableParts count="1"><tablePart r:id="%s"/></tableParts></worksheet>' % relation
        parts[name] = parts[name].replace(b"</worksheet>", tables)
        parts[table] = parts[table].replace(b'"A10:B12"', f'"{area}"{more}'.encode())

    change(path, add)
    return XlsxStore(path, today=lambda: TODAY)


@pytest.mark.parametrize(("before", "after"), [("B1:D4", "B1:D5"), ("B1:D9", "B1:D9")])
def test_a_table_reaches_over_the_rows_that_land_below_it(
    tmp_path: Path, before: str, after: str
) -> None:
    path = tmp_path / "partners.xlsx"
    store = owners_table(path, before)

    append(store, Tab.COMMISSIONS, {"line_id": "L4"})

    table = next(data for name, data in unpacked(path).items() if name.startswith("xl/tables/"))
    assert table.count(f'ref="{after}"'.encode()) == 2
    assert store.remarks == []


def test_a_table_with_totals_keeps_them_last(tmp_path: Path) -> None:
    path = tmp_path / "partners.xlsx"
    store = owners_table(path, "B1:D4", ' totalsRowCount="1"')

    append(store, Tab.COMMISSIONS, {"line_id": "L4"})

    assert (store.remarks, len(column(store, Tab.COMMISSIONS, "line_id"))) == ([], 4)
    assert any(b'ref="B1:D4" totalsRowCount="1"' in data for data in unpacked(path).values())


def test_a_filter_that_grows_is_named_so_in_the_book(tmp_path: Path) -> None:
    book = InWorkbook(tmp_path)
    store = book.ready()
    append(store, Tab.RUNS, {"run_id": "1"})
    with Edited(book.path) as edited:
        edited["Runs"].auto_filter.ref = "A1:J2"

    append(store, Tab.RUNS, {"run_id": "2"}, {"run_id": "3"})

    again = as_openpyxl_sees_it(book.path)
    assert again["Runs"].auto_filter.ref == "A1:J4"
    assert b"'Runs'!$A$1:$J$4</definedName>" in unpacked(book.path)["xl/workbook.xml"]


def test_parts_are_carried_over_however_they_are_packed() -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(zipfile.ZipInfo("stored.txt"), b"as it is")
        with archive.open("long.txt", "w", force_zip64=True) as part:
            part.write(b"sizes of eight bytes")
        archive.writestr("ж.txt", b"named in UTF-8", zipfile.ZIP_BZIP2)
        archive.writestr("old.txt", b"old", zipfile.ZIP_DEFLATED)
        archive.comment = b"said of it all"

    new = Archive(content.getvalue()).rewritten({"old.txt": packed(b"n", b"ew")}, {"stored.txt"})

    with zipfile.ZipFile(BytesIO(new)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "long.txt": b"sizes of eight bytes", "ж.txt": b"named in UTF-8", "old.txt": b"new",
        }  # fmt: skip
        assert archive.comment == b"said of it all"


def test_a_part_whose_size_follows_it_is_carried_over(tmp_path: Path) -> None:
    class Pipe(BytesIO):
        def tell(self) -> int:
            raise OSError("a pipe has no place")

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"told afterwards")
    (tmp_path / "a.zip").write_bytes(pipe.getvalue())
    assert struct.unpack_from("<H", pipe.getvalue(), 6)[0] & 8

    new = Archive(pipe.getvalue()).rewritten({})

    (tmp_path / "b.zip").write_bytes(new)
    assert raw(tmp_path / "b.zip") == raw(tmp_path / "a.zip")
    assert not struct.unpack_from("<H", new, 6)[0] & 8


def test_zlib_packs_a_part_where_the_faster_library_has_no_wheel(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "isal", None)
    assert engine() is zlib

    part = packed(b"as ", b"it is")

    assert zlib.decompress(b"".join(map(bytes, part.pieces)), -15) == b"as it is"
    assert (part.size, part.crc) == (8, zlib.crc32(b"as it is"))


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_the_sum_of_two_pieces_is_that_of_the_whole(first: bytes, second: bytes) -> None:
    both = crc_of_both(zlib.crc32(first), zlib.crc32(second), len(second))
    assert both == zlib.crc32(first + second)


def test_the_sum_of_nine_digits_is_the_published_one() -> None:
    assert crc_of_both(zlib.crc32(b"1234"), zlib.crc32(b"56789"), 5) == 0xCBF43926


def test_every_reason_is_said_in_both_languages(tmp_path: Path) -> None:
    store = spoilt(tmp_path, b'<row r="2"', b'<row r="1"')
    append(store, Tab.RUNS, {"run_id": "second"})
    assert [code for code, _ in store.remarks] == ["unfit_order"]
    assert generation(store).number == 3

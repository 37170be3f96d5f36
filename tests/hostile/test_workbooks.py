"""Is a workbook that would eat the machine, or runs something, refused before it does?

Each file is made here, part by part. A refusal is one sentence to the owner, `book_unreadable`.
"""

from __future__ import annotations

import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.books import (
    BOOK,
    GOOD,
    HEADINGS,
    RELATIONS,
    SHEET,
    one_sheet,
    packed,
    parts,
    sheet,
)
from tests.stores.books import TODAY
from tracker.layout import Tab
from tracker.problems import Stop
from tracker.stores.opening import open_store
from tracker.stores.xlsx_look import SHEET_CELLS_MAX
from tracker.stores.xlsx_parts import ENTRIES_MAX, INFLATED_BYTES_MAX, Parts
from tracker.stores.xlsx_read import OpenBook

MIB = 2**20


def rows(xml: bytes) -> bytes:
    return one_sheet(sheet(HEADINGS + xml))


def far(row: str, cell: str) -> bytes:
    return rows(f'<row r="{row}"><c r="{cell}"><v>1</v></c></row>'.encode())


def with_part(name: str, content: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    return packed({**parts(), name: content}, method)


def lying(size: int) -> bytes:
    """A zip whose list says 9 bytes of a part that inflates to so many."""
    content = with_part("xl/extra.xml", b" " * size)
    return content.replace(size.to_bytes(4, "little"), (9).to_bytes(4, "little"))


BOMBS: dict[str, Callable[[], bytes]] = {
    "a part too large": lambda: with_part("xl/extra.xml", b" " * (INFLATED_BYTES_MAX + 1)),
    "three parts too large together": lambda: packed(
        {**parts(), **{f"xl/{n}.xml": b" " * (INFLATED_BYTES_MAX // 2) for n in range(3)}},
        zipfile.ZIP_DEFLATED,
    ),
    "a size that lies": lambda: lying(INFLATED_BYTES_MAX + 1),
    "too many parts": lambda: packed({**parts(), **{f"x/{n}": b"" for n in range(ENTRIES_MAX)}}),
    "a DTD": lambda: one_sheet(b"<!DOCTYPE x>" + GOOD),
    "a DTD in small letters": lambda: one_sheet(b"<!doctype x>" + GOOD),
    "entities of entities": lambda: one_sheet(
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + GOOD
    ),
    "an entity of a file": lambda: with_part(
        "xl/sharedStrings.xml", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst/>'
    ),
    "a DTD in UTF-16": lambda: one_sheet("<!DOCTYPE x>".encode("utf-16") + GOOD),
    "one far cell": lambda: far("1048576", "XFD1048576"),
    "one far cell in small letters": lambda: far("1048576", "xfd1048576"),
    "a row of eight digits": lambda: far("99999999", "A99999999"),
    "a row of ten digits": lambda: far("9999999999", "A9999999999"),
    "a column of twelve letters": lambda: far("2", "AAAAAAAAAAAA2"),
    "a column of four letters": lambda: far("2", "ZZZZ2"),
    "row zero": lambda: far("0", "A0"),
    "a place in an entity": lambda: far("2", "&#88;FD99999"),
    "a place behind a tab": lambda: rows(b'<row\tr="1048576"><c\tr="XFD1048576"><v>1</v></c></row>'),
    "20,000 cells without a place beside a far row": lambda: rows(
        b'<row r="90000">' + b"<c><v>1</v></c>" * 20_000 + b"</row>"
    ),
    "a far cell in broken XML": lambda: rows(b'<row r="1048576"><c r="XFD1048576"><v>1</c></row>'),
    "a row behind the last one": lambda: rows(
        b'<row r="1048576"/>' + b"<row><c><v>1</v></c></row>"
    ),
    "a prefix that hides a far cell": lambda: one_sheet(
        b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<x:sheetData><x:row><x:c r="A1"><x:v>1</x:v></x:c></x:row>'
        b'<x:row r="1048576"><x:c><x:v>1</x:v></x:c>' + b"<x:c/>" * 9
        + b'<x:c r="ZZZ1048576"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    ),
    "a text that is not in the list": lambda: rows(b'<row r="2"><c r="A2" t="s"><v>9</v></c></row>'),
    "a text number below zero": lambda: rows(b'<row r="2"><c r="A2" t="s"><v>-1</v></c></row>'),
    "no workbook": lambda: packed({name: text for name, text in parts().items() if name != BOOK}),
    "no relations": lambda: packed({n: text for n, text in parts().items() if n != RELATIONS}),
    "no sheet": lambda: packed({name: text for name, text in parts().items() if name != SHEET}),
    "a sheet outside": lambda: packed(
        {**parts(), RELATIONS: parts()[RELATIONS].replace(b"worksheets/", b"../../../etc/")}
    ),
    "half a file": lambda: packed(parts())[:700],
}  # fmt: skip


def test_there_are_more_than_20_files_and_a_good_one_is_read(tmp_path: Path) -> None:
    assert len(BOMBS) > 20
    (row,) = OpenBook(one_sheet(GOOD), tmp_path).table(Tab.PARTNERS).rows
    assert (row.number, row.cells) == (2, ["ivan"])


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_with_one_sentence(tmp_path: Path, name: str) -> None:
    content = BOMBS[name]()
    tracemalloc.start()
    try:
        with pytest.raises(Stop) as stop:
            OpenBook(content, tmp_path).table(Tab.PARTNERS)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert stop.value.code == "book_unreadable"
    assert peak < 64 * MIB


@pytest.mark.parametrize(
    "name", ["book.xlsm", "book.XLSM", "book.xls", "book.xlsb", "book.ods", "book.xlsx.exe"]
)
def test_a_book_of_a_kind_that_may_run_something_is_not_opened(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(one_sheet(GOOD))

    with pytest.raises(Stop) as stop:
        open_store(f"xlsx:{tmp_path / name}", today=lambda: TODAY)
    assert stop.value.code == "book_not_xlsx"


def test_a_link_to_another_book_is_read_as_a_formula_and_followed_nowhere(tmp_path: Path) -> None:
    linked = b'<row r="2"><c r="A2" t="str"><f>[1]Sheet1!A1</f><v>ivan</v></c></row>'
    content = packed({**parts(), SHEET: sheet(HEADINGS + linked),
                      "xl/externalLinks/externalLink1.xml": b"<externalLink/>"})  # fmt: skip

    (row,) = OpenBook(content, tmp_path).table(Tab.PARTNERS).rows
    assert str(row.cells[0]) == "Formula(text='=[1]Sheet1!A1')"


def test_a_million_empty_rows_are_none(tmp_path: Path) -> None:
    """By hand: a row of no cells fills no place, so the sheet is one column wide and two high."""
    many = b"".join(b'<row r="%d"/>' % number for number in range(3, 100_000))
    content = rows(b'<row r="2"><c r="A2" t="str"><v>ivan</v></c></row>' + many)

    assert [row.number for row in OpenBook(content, tmp_path).table(Tab.PARTNERS).rows] == [2]
    assert SHEET_CELLS_MAX == 10_000_000


def test_the_margins_of_every_page_ask_for_no_exact_look_at_a_sheet() -> None:
    whole = sheet(b'<row r="1"><c r="A1"><v>1</v></c></row>')
    margins = b'<pageMargins header="0.5" footer="0.5"/>'
    cut = whole.replace(b"</worksheet>", margins)  # an exact look would stumble over its end

    Parts(one_sheet(cut)).check_size("Partners")
    with pytest.raises(ValueError, match="no element found"):
        Parts(one_sheet(cut.replace(b' r="A1"', b""))).check_size("Partners")

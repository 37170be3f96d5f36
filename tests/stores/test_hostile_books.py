"""Is a damaged or malicious workbook refused with a sentence, quickly and without much memory?"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.stores.books import InWorkbook, laid_out
from tracker.layout import Tab
from tracker.problems import Stop
from tracker.stores.xlsx_parts import INFLATED_BYTES_MAX

SHEET = "xl/worksheets/sheet2.xml"
PARTS = dict[str, bytes]


def changed(part: str, old: bytes, new: bytes) -> Callable[[PARTS], None]:
    def change(parts: PARTS) -> None:
        assert old in parts[part]
        parts[part] = parts[part].replace(old, new, 1)

    return change


def crowded(parts: PARTS) -> None:
    parts.update({f"xl/extra{number}.xml": b"<x/>" for number in range(200)})


def swollen(parts: PARTS) -> None:
    parts["xl/extra.xml"] = b" " * (INFLATED_BYTES_MAX + 1)


def without_book(parts: PARTS) -> None:
    del parts["xl/workbook.xml"]


FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(changed(SHEET, b"<worksheet", b"<!DOCTYPE x><worksheet"), id="DTD"),
        pytest.param(changed(SHEET, b"</sheetData>", FAR), id="one far cell"),
        pytest.param(changed(SHEET, b"</sheetData>", b"</sheet"), id="broken XML"),
        pytest.param(crowded, id="too many parts"),
        pytest.param(swollen, id="too large"),
        pytest.param(without_book, id="no workbook"),
    ],
)
def test_a_book_that_is_dangerous_to_read_is_refused(
    tmp_path: Path, change: Callable[[PARTS], None]
) -> None:
    book = InWorkbook(tmp_path)
    book.path.write_bytes(laid_out())
    with zipfile.ZipFile(book.path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    change(parts)
    with zipfile.ZipFile(book.path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)

    with pytest.raises(Stop) as stop:
        book.open().read([Tab.PARTNERS])
    assert stop.value.code == "book_unreadable"


def test_a_zip_that_lies_about_its_sizes_is_refused(tmp_path: Path) -> None:
    book = InWorkbook(tmp_path)
    book.path.write_bytes(laid_out())
    size = INFLATED_BYTES_MAX + 1
    with zipfile.ZipFile(book.path, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/extra.xml", b" " * size)
    told = book.path.read_bytes().replace(size.to_bytes(4, "little"), (9).to_bytes(4, "little"))
    book.path.write_bytes(told)
    with zipfile.ZipFile(book.path) as packed:
        assert packed.getinfo("xl/extra.xml").file_size == 9

    with pytest.raises(Stop) as stop:
        book.open().read([Tab.PARTNERS])
    assert stop.value.code == "book_unreadable"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"partner_id;name\nivan;Ivan\n"])
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    book = InWorkbook(tmp_path)
    book.path.write_bytes(content)

    with pytest.raises(Stop) as stop:
        book.open().read([Tab.PARTNERS])
    assert stop.value.code == "book_unreadable"


@pytest.mark.parametrize("cut", [100, 5_000, 60_000])
def test_half_a_workbook_is_refused(tmp_path: Path, cut: int) -> None:
    book = InWorkbook(tmp_path)
    book.path.write_bytes(laid_out()[:cut])

    with pytest.raises(Stop) as stop:
        book.open().lay_out("en")
    assert stop.value.code == "book_unreadable"

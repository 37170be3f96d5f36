"""Workbooks as their owners have them: with what other programs draw, note and work out there."""

from __future__ import annotations

import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import openpyxl
import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tracker.layout import LAYOUT, Kind, Tab

Parts = dict[str, bytes]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

SOLD = [("ivan", 100.5), ("maria", 50.25), ("ivan", -10)]
"""Partner and amount of the lines in Commissions."""


def made_with_everything(path: Path) -> None:
    """A book of ours in which its owner has a tab `Mine` with one of each thing, and a pivot."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    looks = {
        Kind.AMOUNT: book.add_format({"num_format": "#,##0.00"}),
        Kind.DATE: book.add_format({"num_format": "dd.mm.yyyy"}),
    }
    text = book.add_format({"num_format": "@"})
    for tab in Tab:
        sheet = book.add_worksheet(tab.value)
        for index, column in enumerate(LAYOUT[tab].columns):
            sheet.set_column(index, index, 14, looks.get(column.kind, text))
            sheet.write_string(0, index, column.key)
    _sell(book.get_worksheet_by_name(Tab.COMMISSIONS.value))
    _draw(book, book.add_worksheet("Mine"))
    hidden = book.add_worksheet("_tracker")
    hidden.very_hidden()
    for row, pair in enumerate([("key", "value"), ("generation", "1"), ("nonce", "n1")]):
        hidden.write_row(row, 0, pair)
    book.close()
    change(path, add_pivot)


def _sell(sheet: Worksheet) -> None:
    keys = [column.key for column in LAYOUT[Tab.COMMISSIONS].columns]
    for row, (partner, amount) in enumerate(SOLD, 1):
        sheet.write_string(row, keys.index("partner_id"), partner)
        sheet.write_number(row, keys.index("amount"), amount)
        sheet.write_string(row, keys.index("line_id"), f"L{row}")


def _draw(book: Workbook, mine: Worksheet) -> None:
    mine.write_formula("A1", "=SUM(Commissions!D2:D1000)", None, 140.75)
    mine.write_formula("A2", '=IF(A1>100,"rich","poor")', None, "rich")
    mine.write_dynamic_array_formula("C1:C2", "=Commissions!D2:D3", None, 100.5)
    mine.write_number("C2", 50.25)
    mine.write_rich_string("A3", "half ", book.add_format({"bold": True}), "bold")
    mine.merge_range("A4:B5", "merged")
    mine.write_comment("A1", "my note")
    mine.insert_image("F1", "dot.png", {"image_data": BytesIO(_png())})
    mine.add_table("A10:B12", {"data": [["a", 1], ["b", 2]], "name": "Own"})
    mine.autofilter("D10:D12")
    mine.conditional_format("B11:B12", {"type": "data_bar", "data_bar_2010": True})
    mine.data_validation("A20", {"validate": "list", "source": ["x", "y"]})
    mine.add_sparkline("A21", {"range": "B11:B12"})
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Commissions!$D$2:$D$4", "trendline": {"type": "linear"}})
    mine.insert_chart("H1", chart)
    mine.insert_textbox("H20", "a box of words")


def _png() -> bytes:
    """A picture of one grey dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(b"\0\x80")), chunk(b"IEND", b"")]
    )


def add_pivot(parts: Parts) -> None:
    """Put a pivot table over the lines of Commissions into `Mine`; no library writes one."""
    fields = b"".join(
        f'<cacheField name="{name}"><sharedItems/></cacheField>'.encode()
        for name in ("partner_id", "kind", "amount")
    )
    parts["xl/pivotCache/pivotCacheDefinition1.xml"] = (
        (
            f'<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{OFFICE}" r:id="rId1" recordCount="0" '
            'refreshOnLoad="1"><cacheSource type="worksheet">'
            '<worksheetSource ref="B1:D4" sheet="Commissions"/></cacheSource>'
            '<cacheFields count="3">'
        ).encode()
        + fields
        + b"</cacheFields></pivotCacheDefinition>"
    )
    parts["xl/pivotCache/pivotCacheRecords1.xml"] = (
        f'<pivotCacheRecords xmlns="{MAIN}" count="0"/>'.encode()
    )
    parts["xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels"] = relations(
        ("rId1", "pivotCacheRecords", "pivotCacheRecords1.xml")
    )
    parts["xl/pivotTables/pivotTable1.xml"] = (
        f'<pivotTableDefinition xmlns="{MAIN}" name="Sold" cacheId="7" dataCaption="Values">'
        '<location ref="K1:L3" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/>'
        '<pivotFields count="3"><pivotField showAll="0"/><pivotField showAll="0"/>'
        '<pivotField dataField="1" showAll="0"/></pivotFields>'
        '<dataFields count="1"><dataField name="Sum" fld="2"/></dataFields>'
        "</pivotTableDefinition>"
    ).encode()
    parts["xl/pivotTables/_rels/pivotTable1.xml.rels"] = relations(
        ("rId1", "pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml")
    )
    _relate(parts, "xl/_rels/workbook.xml.rels", "rIdP", "pivotCacheDefinition",
            "pivotCache/pivotCacheDefinition1.xml")  # fmt: skip
    mine = f"xl/worksheets/_rels/{part_of(parts, 'Mine').rpartition('/')[2]}.rels"
    _relate(parts, mine, "rIdP", "pivotTable", "../pivotTables/pivotTable1.xml")
    caches = b'<pivotCaches><pivotCache cacheId="7" r:id="rIdP"/></pivotCaches></workbook>'
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</workbook>", caches)
    for name, kind in (
        ("pivotCache/pivotCacheDefinition1", "pivotCacheDefinition"),
        ("pivotCache/pivotCacheRecords1", "pivotCacheRecords"),
        ("pivotTables/pivotTable1", "pivotTable"),
    ):
        add_type(parts, f"/xl/{name}.xml", kind)


def add_chain(parts: Parts) -> None:
    """Put in the hint in which order to count formulas, as Excel does."""
    parts["xl/calcChain.xml"] = f'<calcChain xmlns="{MAIN}"><c r="A1" i="1"/></calcChain>'.encode()
    _relate(parts, "xl/_rels/workbook.xml.rels", "rIdC", "calcChain", "calcChain.xml")
    add_type(parts, "/xl/calcChain.xml", "calcChain")


def add_type(parts: Parts, name: str, kind: str) -> None:
    new = f'<Override PartName="{name}" ContentType="{TYPE}.{kind}+xml"/></Types>'.encode()
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(b"</Types>", new)


def relations(*found: tuple[str, str, str]) -> bytes:
    listed = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for name, kind, target in found
    )
    return f'<Relationships xmlns="{PACKAGE}">{listed}</Relationships>'.encode()


def _relate(parts: Parts, name: str, new: str, kind: str, target: str) -> None:
    listed = parts.get(name, relations())
    one = f'<Relationship Id="{new}" Type="{OFFICE}/{kind}" Target="{target}"/>'.encode()
    parts[name] = listed.replace(b"</Relationships>", one + b"</Relationships>")


def part_of(parts: Mapping[str, bytes], title: str) -> str:
    """The part of the tab with that title."""
    from xml.etree import ElementTree as ET

    sheets = ET.fromstring(parts["xl/workbook.xml"]).iter(f"{{{MAIN}}}sheet")
    wanted = next(one.get(f"{{{OFFICE}}}id") for one in sheets if one.get("name") == title)
    listed = ET.fromstring(parts["xl/_rels/workbook.xml.rels"])
    target = next(one.get("Target", "") for one in listed if one.get("Id") == wanted)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def as_openpyxl_sees_it(path: Path) -> openpyxl.Workbook:
    """The book without openpyxl's warnings of what it does not know."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(BytesIO(path.read_bytes()), rich_text=True)


def unpacked(path: Path) -> Parts:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def raw(path: Path) -> Parts:
    """The packed bytes of every part, as they lie in the file."""
    content = path.read_bytes()
    found = {}
    with zipfile.ZipFile(path) as archive:
        for one in archive.infolist():
            name, extra = struct.unpack_from("<2H", content, one.header_offset + 26)
            at = one.header_offset + 30 + name + extra
            found[one.filename] = content[at : at + one.compress_size]
    return found


def change(path: Path, how: Callable[[Parts], None]) -> None:
    """Change parts of a book as no library would."""
    parts = unpacked(path)
    how(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def changed(before: Parts, after: Parts) -> set[str]:
    """The parts that are not byte for byte what they were."""
    names = before.keys() | after.keys()
    return {name for name in names if before.get(name) != after.get(name)}

"""What becomes of a tab's XML, byte for byte, however a program has written it?"""

from __future__ import annotations

import zlib
from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.stores.owner_books import MAIN
from tracker.cells import Cell
from tracker.stores.xlsx_cells import EPOCH_1900, EPOCH_1904, value_cell
from tracker.stores.xlsx_markup import with_attributes
from tracker.stores.xlsx_rows import SheetXml
from tracker.stores.xlsx_styles import Styles
from tracker.stores.xlsx_tab import NewCell, NewRow, TabXml, appended, rewritten
from tracker.stores.xlsx_unfit import Unfit
from tracker.stores.xlsx_zip import Packed

STYLES = f"""<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><cellXfs count="2">\
<xf numFmtId="0" fontId="0"/><xf numFmtId="4" fontId="0"/></cellXfs></styleSheet>""".encode()
HEADINGS = '<row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>b</v></c></row>'


def text_of(part: Packed) -> str:
    """Unpack what was packed, and see that the zip would tell its size and sum truly."""
    data = zlib.decompress(b"".join(map(bytes, part.pieces)), -15)
    assert (len(data), zlib.crc32(data)) == (part.size, part.crc)
    return data.decode()


def tab(rows: str, after: str = "", before: str = "", prefix: str = "") -> TabXml:
    p = f"{prefix}:" if prefix else ""
    name = f"xmlns:{prefix}" if prefix else "xmlns"
    xml = (
        f'<{p}worksheet {name}="{MAIN}">{before}<{p}sheetData>{rows}</{p}sheetData>{after}'
        f"</{p}worksheet>"
    )
    return TabXml(SheetXml(iter([xml.encode()])), Styles(STYLES), EPOCH_1900)


def added(to: TabXml, *values: str) -> str:
    """The whole XML with a row for each of these texts in column A."""
    rows: list[NewRow] = [{0: NewCell(value)} for value in values]
    return text_of(appended(to, {0, 1}, lambda _: rows).part)


def rows_of(xml: str) -> str:
    return xml.partition("<sheetData>")[2].partition("</sheetData>")[0]


def row(number: int, text: str, look: int = 0, more: str = "") -> str:
    cell = f'<c r="A{number}" s="{look}" t="inlineStr"><is><t>{text}</t></is></c>'
    return f'<row r="{number}"{more}>{cell}</row>'


def test_a_row_lands_behind_the_last_one_and_nothing_else_changes() -> None:
    odd = '<extLst><ext uri="{x}"><z:line xmlns:z="u"/></ext></extLst>'
    xml = added(tab(HEADINGS, after=odd, before='<dimension ref="A1:B1"/>'), "x", "y")

    assert xml == (
        f'<worksheet xmlns="{MAIN}"><dimension ref="A1:B3"/><sheetData>{HEADINGS}'
        f"{row(2, 'x')}{row(3, 'y')}</sheetData>{odd}</worksheet>"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<row><c><v>1</v></c></row><row><c><v>2</v></c></row>", row(3, "x")),
        ('<row r="7"><c><v>1</v></c></row><row><c><v>2</v></c></row>', row(9, "x")),
        ('<row  s = "1"  r = "4" ><c><v>1</v></c></row >', row(5, "x")),
        ('<row r="2"><c r="B2" t="b"><v>0</v></c></row>', row(3, "x")),
    ],
)
def test_a_row_need_not_say_its_number(before: str, after: str) -> None:
    assert rows_of(added(tab(before), "x")) == before + after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<row r="2" s="1" spans="1:2"/>', row(2, "x", more=' s="1"')),
        ('<row r="2" ht="30"><c r="A2" s="0"/></row>', row(2, "x", more=' ht="30"')),
        ('<row r="2"><c r="A2" s="1"/></row>', row(2, "x", look=2)),
        ('<row r="3"><c r="A3" s="1"/></row>', row(2, "x") + '<row r="3"><c r="A3" s="1"/></row>'),
        (
            '<row r="2"><c r="C2"><f>A2</f><v>5</v></c></row>',
            row(2, "x").replace("</row>", '<c r="C2"><f>A2</f></c></row>'),
        ),
        ('<row r="2"><c r="A2" t="inlineStr"><is><t>  </t></is></c></row>', row(2, "x")),
        ('<row r="2"><c r="A2"><v></v></c></row>', row(2, "x")),
    ],
)
def test_rows_with_nothing_but_looks_or_the_owners_columns_are_filled(
    before: str, after: str
) -> None:
    """Look 1 shows amounts and the column shows anything, so that a text there gets look 2."""
    assert rows_of(added(tab(HEADINGS + before), "x")) == HEADINGS + after


@pytest.mark.parametrize(
    "total",
    [
        '<row r="2"><c r="A2" t="s"><v>0</v></c></row>',
        '<row r="2"><c r="B2"><f>SUM(B1:B1)</f></c></row>',
        '<row r="2"><c r="A2" t="inlineStr"><is><r><t>To</t></r><r><t>tal</t></r></is></c></row>',
        '<row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>',
    ],
)
def test_rows_land_below_a_total_that_its_owner_has_typed(total: str) -> None:
    assert rows_of(added(tab(HEADINGS + total), "x")) == HEADINGS + total + row(3, "x")


def test_rows_land_below_merged_cells() -> None:
    merged = '<mergeCells count="1"><mergeCell ref="B2:C4"/></mergeCells>'
    assert rows_of(added(tab(HEADINGS, merged), "x")).endswith(row(5, "x"))


def test_a_prefix_of_the_elements_is_kept() -> None:
    before = '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>'
    after = '<x:c r="A2" s="0" t="inlineStr"><x:is><x:t>x</x:t></x:is></x:c>'

    xml = added(tab(before, prefix="x"), "x")

    assert f'{before}<x:row r="2">{after}</x:row></x:sheetData></x:worksheet>' in xml


def test_a_tab_without_rows_gets_some() -> None:
    xml = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    empty = TabXml(SheetXml(iter([xml.encode()])), Styles(STYLES), EPOCH_1900)

    assert rows_of(added(empty, "x")) == row(2, "x")


def test_a_strict_workbook_is_written_as_any_other() -> None:
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    xml = f'<worksheet xmlns="{strict}"><sheetData>{HEADINGS}</sheetData></worksheet>'
    book = TabXml(SheetXml(iter([xml.encode()])), Styles(STYLES), EPOCH_1900)

    assert rows_of(added(book, "x")) == HEADINGS + row(2, "x")


def test_pieces_may_end_anywhere() -> None:
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{HEADINGS}</sheetData></worksheet>'.encode()
    cut = TabXml(SheetXml(bytes([sign]) for sign in xml), Styles(STYLES), EPOCH_1900)

    assert rows_of(added(cut, "x")) == HEADINGS + row(2, "x")


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("<!-- <row r='9'/> -->", "comments"),
        ("<row r='2'><c><v><![CDATA[1]]></v></c></row>", "comments"),
        ("<?pi <row r='9'/> ?>", "comments"),
        ('<row r="3"/><row r="2"/>', "order"),
        ('<row r="2"/><row r="2"/>', "order"),
        ('<row r="2"><c r="B2"/><c r="A2"/></row>', "order"),
        ('<row r="1048577"/>', "order"),
        ('<row r="2"><c r="A2"><f>1<v>2</v></f></c></row>', "formula"),
        ("<row r='2'><c r='oops'/></row>", "xml"),
        ("<row r='2'><c r='A2'></row>", "xml"),
    ],
)
def test_what_is_not_understood_is_left_to_another_program(rows: str, why: str) -> None:
    with pytest.raises(Unfit) as unfit:
        added(tab(HEADINGS + rows), "x")
    assert unfit.value.why == why


@pytest.mark.parametrize(
    "after",
    [
        "<tableParts><tablePart/></tableParts>",
        '<mergeCells><mergeCell ref="A:A"/></mergeCells>',
        "<mergeCells><mergeCell/></mergeCells>",
        '<autoFilter ref="here"/>',
        "<a>" * 200 + "</a>" * 200,
    ],
)
def test_what_stands_beside_the_rows_must_be_understood_too(after: str) -> None:
    with pytest.raises(Unfit) as unfit:
        added(tab(HEADINGS, after), "x")
    assert unfit.value.why == "xml"


def test_what_only_looks_like_an_attribute_inside_another_stays() -> None:
    tag = b"""<c z=' t="s"' t="str"/>"""
    assert with_attributes(tag, t=None, s="1") == b"""<c z=' t="s"' s="1"/>"""


@pytest.mark.parametrize(
    ("xml", "why"),
    [
        (f'<?xml version="1.0" encoding="windows-1251"?><worksheet xmlns="{MAIN}"><sheetData/>',
         "encoding"),
        (f'<worksheet xmlns="{MAIN}" xmlns:x="{MAIN}"><sheetData/></worksheet>', "xml"),
        ('<worksheet xmlns="urn:other"><sheetData/></worksheet>', "xml"),
        (f'<worksheet xmlns="{MAIN}"><x:sheetData/></worksheet>', "xml"),
        (f'<!-- x --><!DOCTYPE x><worksheet xmlns="{MAIN}"><sheetData/></worksheet>', "xml"),
    ],
)  # fmt: skip
def test_a_part_that_is_unlike_a_tab_is_refused(xml: str, why: str) -> None:
    with pytest.raises(Unfit) as unfit:
        SheetXml(iter([xml.encode()]))
    assert unfit.value.why == why


@pytest.mark.parametrize(
    ("before", "after"),
    [("A1:B2", "A1:B3"), ("A1:B1048576", "A1:B1048576"), ("A1:B1", "A1:B1")],
)
def test_a_filter_grows_over_rows_right_below_it(before: str, after: str) -> None:
    to = tab(HEADINGS + row(2, "w"), f'<autoFilter ref="{before}"/>')
    assert f'</sheetData><autoFilter ref="{after}"/>' in added(to, "x")


@pytest.mark.parametrize(
    ("value", "inner"),
    [
        (" a <b>&\n", ' t="inlineStr"><is><t xml:space="preserve"> a &lt;b&gt;&amp;\n</t></is>'),
        ("_x0041_", ' t="inlineStr"><is><t>_x005F_x0041_</t></is>'),
        ("=1+1", ' t="inlineStr"><is><t>=1+1</t></is>'),
        (Decimal("1500.50"), "><v>1500.50</v>"),
        (Decimal("1E+3"), "><v>1000</v>"),
        (True, ' t="b"><v>1</v>'),
        (date(2025, 10, 7), "><v>45937</v>"),
        (datetime(2025, 10, 7, 6), "><v>45937.25</v>"),  # noqa: DTZ001
    ],
)
def test_each_kind_of_value_has_its_own_cell(value: Cell, inner: str) -> None:
    assert value_cell("", 5, 1, 3, value) == f'<c r="B5" s="3"{inner}</c>'.encode()


def test_days_are_counted_from_where_the_book_counts_them() -> None:
    cell = value_cell("x:", 1, 27, 0, date(2025, 10, 7), EPOCH_1904)
    assert cell == b'<x:c r="AB1" s="0"><x:v>44475</x:v></x:c>'


def test_a_report_is_written_anew_around_the_owners_column() -> None:
    old = (
        '<row r="2" spans="1:3"><c r="A2"><v>1</v></c><c r="C2"><v>7</v></c></row>'
        '<row r="3"><c r="A3"><v>2</v></c></row><row r="4" ht="9"><c r="A4"><v>3</v></c></row>'
    )
    merged = '<mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="A2:B3"/></mergeCells>'
    xml = text_of(rewritten(tab(HEADINGS + old, merged), {0, 1}, [{0: NewCell("x")}]).part)

    assert rows_of(xml) == (
        f'{HEADINGS}{row(2, "x")[:-6]}<c r="C2"><v>7</v></c></row>' + '<row r="4" ht="9"></row>'
    )
    assert '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>' in xml


def test_links_of_a_report_take_the_place_of_the_old_ones() -> None:
    links = '<hyperlinks><hyperlink ref="A2" r:id="x"/><hyperlink ref="C2" r:id="y"/></hyperlinks>'
    new: NewRow = {0: NewCell("C5", leads_to="'Codes'!C5")}
    xml = text_of(rewritten(tab(HEADINGS, links), {0, 1}, [new]).part)
    assert xml.endswith(
        '<hyperlinks><hyperlink ref="C2" r:id="y"/>'
        '<hyperlink ref="A2" location="\'Codes\'!C5"/></hyperlinks></worksheet>'
    )


def test_links_stand_where_the_order_of_a_tab_wants_them() -> None:
    around = '<autoFilter ref="A1:B9"/><pageMargins left="1"/>'
    new: NewRow = {0: NewCell("C5", leads_to="'Codes'!C5")}
    xml = text_of(rewritten(tab(HEADINGS, around), {0, 1}, [new]).part)
    assert (
        '<autoFilter ref="A1:B9"/><hyperlinks><hyperlink ref="A2" location="\'Codes\'!C5"/>'
        '</hyperlinks><pageMargins left="1"/>'
    ) in xml

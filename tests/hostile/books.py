"""How is a small workbook made by hand, part by part, so that each part may be a hostile one?"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_LINKS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET, BOOK, RELATIONS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
TEXTS = "xl/sharedStrings.xml"


def sheet(rows: bytes) -> bytes:
    """A sheet with these `<row>` elements."""
    return _HEAD + b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (_MAIN, rows)


HEADINGS = b'<row r="1"><c r="A1" t="inlineStr"><is><t>partner_id</t></is></c></row>'
GOOD = sheet(HEADINGS + b'<row r="2"><c r="A2" t="inlineStr"><is><t>ivan</t></is></c></row>')


def parts() -> dict[str, bytes]:
    """The parts of a book with one tab, Partners, in which ivan stands."""
    return {
        "[Content_Types].xml": _HEAD
        + b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": _HEAD
        + b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="%s/officeDocument" Target="xl/workbook.xml"/>'
        b"</Relationships>" % _LINKS,
        BOOK: _HEAD
        + b'<workbook %s xmlns:r="%s"><sheets><sheet name="Partners" sheetId="1" r:id="rId1"/>'
        b"</sheets></workbook>" % (_MAIN, _LINKS),
        RELATIONS: _HEAD
        + b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="%s/worksheet" Target="worksheets/sheet1.xml"/>'
        b"</Relationships>" % _LINKS,
        SHEET: GOOD,
    }


def packed(found: Mapping[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """Put parts into a zip."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in found.items():
            made.writestr(name, content)
    return out.getvalue()


def one_sheet(content: bytes) -> bytes:
    """A book whose only sheet is that XML."""
    return packed({**parts(), SHEET: content})

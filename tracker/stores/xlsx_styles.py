"""How does a new cell look? As its column does; a look that the book lacks is added to its list."""

from __future__ import annotations

import re

from tracker.stores.looks import DATE_FORMAT
from tracker.stores.xlsx_markup import Edit, Node, edited, escaped, tree, with_attributes
from tracker.stores.xlsx_unfit import Unfit

FIRST_OWN_FORMAT = 164
"""Numbers of formats below this one are the programs' own (ISO/IEC 29500-1, 18.8.30)."""
_KNOWN_FORMATS = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 49: "@",
}  # fmt: skip
_KNOWN_DAYS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_NUMBERS = {code: number for number, code in _KNOWN_FORMATS.items()}
_LINK_FONT = (
    '<{p}font><{p}u/><{p}sz val="11"/><{p}color rgb="FF0563C1"/>'
    '<{p}name val="Calibri"/><{p}family val="2"/></{p}font>'
)


class Styles:
    """The list of looks of a book, to which what lacks is added at the end."""

    def __init__(self, data: bytes) -> None:
        """Read styles.xml. Raises Unfit `styles`."""
        self._data = data
        root = tree(data)
        self._prefix = root.prefix
        looks, fonts = root.one("cellXfs"), root.one("fonts")
        if looks is None or fonts is None or looks.empty_tag or fonts.empty_tag:
            raise Unfit("styles")
        self._root, self._looks, self._fonts = root, looks, fonts
        self._formats = root.one("numFmts")
        listed = self._formats.children if self._formats else []
        self._codes = dict(_KNOWN_FORMATS) | dict.fromkeys(_KNOWN_DAYS, DATE_FORMAT)
        self._own = {one.number("numFmtId"): one.said("formatCode") for one in listed}
        self._xfs = [self._bytes(one) for one in looks.all("xf")]
        self._format_of = [one.number("numFmtId", 0) for one in looks.all("xf")]
        self._font_list = [self._bytes(one) for one in fonts.all("font")]
        self._added = (len(self._xfs), len(self._font_list), len(self._own))
        self._code_of: dict[int, str] = {}
        self._found: dict[tuple[int, str], int] = {}

    def code_of(self, look: int) -> str:
        """Give the number format of a look."""
        if look not in self._code_of:
            if not 0 <= look < len(self._xfs):
                raise Unfit("styles")
            number = self._format_of[look]
            self._code_of[look] = self._own.get(number) or self._codes.get(number, "General")
        return self._code_of[look]

    def with_format(self, look: int, code: str) -> int:
        """Give the look that differs from this one in its number format alone."""
        if (look, code) not in self._found:
            new = with_attributes(
                self._tag(look), numFmtId=str(self._number(code)), applyNumberFormat="1"
            )
            self._found[look, code] = self._look(new + self._xfs[look][len(self._tag(look)) :])
        return self._found[look, code]

    def as_link(self, look: int) -> int:
        """Give the look that differs from this one in being blue and underlined."""
        font = _LINK_FONT.format(p=self._prefix).encode()
        if font not in self._font_list:
            self._font_list.append(font)
        number = str(self._font_list.index(font))
        new = with_attributes(self._tag(look), fontId=number, applyFont="1")
        return self._look(new + self._xfs[look][len(self._tag(look)) :])

    def result(self) -> bytes | None:
        """Give styles.xml with what was added; None where nothing was."""
        looks, fonts, formats = self._added
        if (looks, fonts, formats) == (len(self._xfs), len(self._font_list), len(self._own)):
            return None
        edits = [
            *self._at_end(self._looks, self._xfs, looks),
            *self._at_end(self._fonts, self._font_list, fonts),
        ]
        p = self._prefix
        own = [
            f'<{p}numFmt numFmtId="{number}" formatCode="{escaped(code)}"/>'.encode()
            for number, code in self._own.items()
        ]
        if self._formats is None or self._formats.empty_tag:
            start, end = self._root.opened, self._root.opened
            if self._formats is not None:
                start, end = self._formats.start, self._formats.end
            new = b"".join(own)
            if own:
                opening = f'<{p}numFmts count="{len(own)}">'.encode()
                edits.append((start, end, opening + new + f"</{p}numFmts>".encode()))
        else:
            edits += self._at_end(self._formats, own, formats)
        return edited(self._data, edits)

    def _at_end(self, listed: Node, all_of_them: list[bytes], old: int) -> list[Edit]:
        """Add to a list, and count anew."""
        if len(all_of_them) == old:
            return []
        tag = with_attributes(self._data[listed.start : listed.opened], count=str(len(all_of_them)))
        new = b"".join(all_of_them[old:])
        return [(listed.start, listed.opened, tag), (listed.closed, listed.closed, new)]

    def _look(self, xf: bytes) -> int:
        if xf not in self._xfs:
            self._xfs.append(xf)
            [node] = tree(xf, fragment=True).children
            self._format_of.append(node.number("numFmtId", 0))
        return self._xfs.index(xf)

    def _number(self, code: str) -> int:
        if code in _NUMBERS:
            return _NUMBERS[code]
        for number, own in self._own.items():
            if own == code:
                return number
        number = max([FIRST_OWN_FORMAT - 1, *self._own]) + 1
        self._own[number] = code
        return number

    def _tag(self, look: int) -> bytes:
        xf = self._xfs[look]
        found = re.match(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""", xf)
        if found is None:
            raise Unfit("styles")
        return found[0]

    def _bytes(self, node: Node) -> bytes:
        return self._data[node.start : node.end]

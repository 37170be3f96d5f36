"""What does a formula come to? A small table, enough for the books of the tests.

Evaluated: a literal, two numbers with + - * /, a reference to one cell, SUM over ranges and
literals, HYPERLINK (its label). Anything else gives the empty text: the check formulas of the
owner's tabs show "" when all is well. References are not moved when rows are inserted or sorted.

Learned from: =4/2 is 2 [cassette test_get_all_values_date_time_render_options], =1+1 [cassette
test_insert_row]; a repeated formula's references move unless held by `$` [disc, RepeatCellRequest];
the comma between arguments fails where it is the decimal mark, `;` works everywhere [issues in
shared/sheets.md 1.4]; what then stands in the cell: #ERROR!, ErrorValue of type ERROR [disc,
issues]; a sheet that is gone: #REF! [doc]; SUM passes over text [doc].
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.google import a1
from tests.google.errors import Refused
from tests.google.grid import Book, Formula, Sheet, Value
from tests.google.places import decimal_comma

_PARTS = re.compile(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'|[^"\']+')
_REFERENCE = re.compile(
    r"(?<![\w.$])(?:(\$?)([A-Z]{1,3})(\$?)(\d+)|(?<=:)(\$?)([A-Z]{1,3})|(\$?)([A-Z]{1,3})(?=:))(?![\w(.])"
)
_NUMBER = r"[+-]?\d+(?:[.,]\d+)?"
_SUM = re.compile(r"SUM\((.*)\)", re.IGNORECASE | re.DOTALL)
_LINK = re.compile(r'HYPERLINK\(\s*"(?:[^"]|"")*"\s*[;,]\s*("(?:[^"]|"")*")\s*\)', re.IGNORECASE)
_TWO = re.compile(rf"({_NUMBER})\s*([-+*/])\s*({_NUMBER})")
_AREA = re.compile(r"(?:(?:'(?:[^']|'')*'|\w+)!)?\$?[A-Z]{0,3}\$?\d*(?::\$?[A-Z]{0,3}\$?\d*)?")


@dataclass(frozen=True, slots=True)
class Fault:
    """A formula that fails: the type of an ErrorValue, and what the cell shows."""

    type: str
    shown: str
    message: str


PARSE = Fault("ERROR", "#ERROR!", "Formula parse error.")
REFERENCE = Fault("REF", "#REF!", "Unresolved sheet name or reference.")
DIVISION = Fault("DIVIDE_BY_ZERO", "#DIV/0!", "Division by zero.")

Effective = str | int | float | bool | Fault | None


def shifted(text: str, rows: int, columns: int) -> str:
    """Move the relative references of a formula, as when it is repeated over a range."""

    def moved(found: re.Match[str]) -> str:
        held, column, row_held, row, *others = found.groups()
        if column is None:
            held, column = (others[0], others[1]) if others[1] else (others[2], others[3])
        name = column if held else a1.letters(max(a1.column_of(column) + columns, 0))
        if row is None:
            return f"{held}{name}"
        return f"{held}{name}{row_held}{row if row_held else max(int(row) + rows, 1)}"

    parts = _PARTS.findall(text)
    return "".join(part if part[0] in "\"'" else _REFERENCE.sub(moved, part) for part in parts)


def simple(number: float) -> int | float:
    """Give a whole number as int, which JSON writes without a point."""
    return int(number) if number == int(number) and abs(number) < 1e15 else number


class Calculator:
    """Evaluates the formulas of one book as it stands; each at most once."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.comma = decimal_comma(book.locale)
        self._busy: set[int] = set()

    def effective(self, value: Value, sheet: Sheet) -> Effective:
        """Give what a cell comes to: its value, or that of its formula."""
        if not isinstance(value, Formula):
            return value
        if id(value) in self._busy:
            return REFERENCE
        self._busy.add(id(value))
        try:
            return self._formula(value.text.removeprefix("=").strip(), sheet)
        finally:
            self._busy.discard(id(value))

    def _formula(self, text: str, sheet: Sheet) -> Effective:
        if not self._parses(text):
            return PARSE
        literal = self._literal(text)
        if literal is not None:
            return literal
        total, link, two = _SUM.fullmatch(text), _LINK.fullmatch(text), _TWO.fullmatch(text)
        if total:
            return self._sum(total[1], sheet)
        if link:
            return link[1][1:-1].replace('""', '"')
        if two:
            return self._two(*two.groups())
        if _AREA.fullmatch(text) and ":" not in text:
            cells = self._cells(text, sheet)
            return cells if isinstance(cells, Fault) else next(cells, None)
        return ""

    def _parses(self, text: str) -> bool:
        """Refuse a comma between arguments and a decimal point where the comma is decimal."""
        code = "".join(part if part[0] not in "\"'" else " " for part in _PARTS.findall(text))
        if code.count("(") != code.count(")"):
            return False
        if not self.comma:
            return True
        return not re.search(r",(?!\d)|(?<!\d),|(?<![A-Z\d])\d+\.\d", code)

    def _literal(self, text: str) -> Effective:
        if re.fullmatch(_NUMBER, text):
            return self._number(text)
        if re.fullmatch(r'"(?:[^"]|"")*"', text):
            return text[1:-1].replace('""', '"')
        return {"TRUE": True, "FALSE": False}.get(text.upper())

    @staticmethod
    def _number(text: str) -> int | float:
        return simple(float(text.replace(",", ".")))

    def _two(self, left: str, sign: str, right: str) -> Effective:
        one, other = self._number(left), self._number(right)
        if sign == "/":
            return simple(one / other) if other else DIVISION
        return simple({"+": one + other, "-": one - other, "*": one * other}[sign])

    def _sum(self, arguments: str, sheet: Sheet) -> Effective:
        total: float = 0
        marks = ";" if self.comma else "[;,]"
        for argument in re.split(marks, arguments):
            found = argument.strip()
            if re.fullmatch(_NUMBER, found):
                total += self._number(found)
                continue
            cells = self._cells(found, sheet)
            if isinstance(cells, Fault):
                return cells
            for one in cells:
                if isinstance(one, Fault):
                    return one
                if isinstance(one, int | float) and not isinstance(one, bool):
                    total += one
        return simple(round(total, 9))

    def _cells(self, text: str, sheet: Sheet) -> Iterator[Effective] | Fault:
        if not _AREA.fullmatch(text):
            return REFERENCE
        qualified = text if "!" in text else f"{a1.quoted(sheet.title)}!{text}"
        try:
            area = a1.find(self.book, qualified.replace("$", ""))
        except Refused:
            return REFERENCE
        return self._walk(area)

    def _walk(self, area: a1.Area) -> Iterator[Effective]:
        for row in area.sheet.rows[area.top : area.bottom]:
            for value in row[area.left : area.right]:
                yield self.effective(value, area.sheet)

"""What does a person do in the browser? Types, sorts, hides, moves and renames, at any moment.

Tabs are named by their title, or by the English title of one of ours whatever it is called now;
columns by their heading, or by the English key of one of ours. Rows are numbered as the browser
numbers them: the heading is row 1. Nothing here is an API call, and nothing is refused to the owner.

Learned from: what typing comes to, see entered.py; sorting leaves frozen rows where they are, a
filter hides rows without moving them, a pasted row brings values, formats and notes [doc]; an older
version that is restored brings its developer metadata back [inferred].
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from tests.google.entered import entered, serial
from tests.google.errors import Json
from tests.google.fake import OWNER, FakeGoogle
from tests.google.formulas import Calculator, Effective, simple
from tests.google.grid import Book, Formula, Look, Sheet, Value
from tests.google.render import extended
from tracker.layout import find_tab, known_columns

Typed = str | int | float | bool | date | datetime | None
"""What is typed: text as keys are pressed, or a number, a date, a tick; None empties."""


class Owner:
    """The person whose spreadsheet it is."""

    def __init__(self, google: FakeGoogle, spreadsheet_id: str) -> None:
        self.google = google
        self.spreadsheet_id = spreadsheet_id

    @property
    def book(self) -> Book:
        """The spreadsheet as it stands; another object after every change that a call makes."""
        return self.google.books[self.spreadsheet_id]

    def sheet(self, tab: str) -> Sheet:
        """Find a tab by title, by the English title of one of ours, or by our mark on it."""
        book, ours = self.book, find_tab(tab)
        found = book.titled(tab)
        if found is None and ours is not None:
            found = next((one for one in book.sheets if find_tab(one.title) is ours), None)
        if found is None:
            marked = [
                m["location"].get("sheetId") for m in book.metadata if m.get("metadataValue") == tab
            ]
            found = next((one for one in book.sheets if one.sheet_id in marked), None)
        if found is None:
            raise KeyError(tab)
        return found

    def columns(self, tab: str) -> dict[str, int]:
        """Tell where each heading stands, counted from 0, also by the English keys of ours."""
        sheet, ours = self.sheet(tab), find_tab(tab)
        calculator = Calculator(self.book)
        headings = [calculator.effective(one, sheet) for one in sheet.rows[0]]
        literal = {str(one): place for place, one in enumerate(headings) if one is not None}
        return literal | (known_columns(ours, headings) if ours else {})

    def rows(self, tab: str) -> list[dict[str, Effective]]:
        """Give what the rows below the heading come to, by heading; blank rows are left out."""
        sheet, columns = self.sheet(tab), self.columns(tab)
        calculator = Calculator(self.book)
        read = []
        for number in range(1, sheet.last_row()):
            cells = [calculator.effective(one, sheet) for one in sheet.rows[number]]
            if any(cell not in (None, "") for cell in cells):
                read.append(
                    {h: cells[at] if at < len(cells) else None for h, at in columns.items()}
                )
        return read

    def find(self, tab: str, heading: str, value: Value) -> int:
        """Give the number of the first row with this value. Raises KeyError."""
        sheet, at = self.sheet(tab), self.columns(tab)[heading]
        for number in range(1, sheet.last_row()):
            if sheet.value(number, at) == value:
                return number + 1
        raise KeyError(value)

    def plain_sum(self, tab: str, heading: str) -> int | float:
        """Add the numbers of a column, as the owner's own SUM would: text does not count."""
        at, sheet = self.columns(tab)[heading], self.sheet(tab)
        found = [sheet.value(number, at) for number in range(1, sheet.row_count)]
        numbers = [x for x in found if isinstance(x, int | float) and not isinstance(x, bool)]
        return simple(round(sum(numbers), 9))

    # Typing.

    def type_rows(self, tab: str, *records: Mapping[str, Typed]) -> list[int]:
        """Type rows below the last one that holds more than formulas; give their numbers."""
        with self.google.lock:
            sheet, number = self.sheet(tab), self._next_row(tab)
            missing = number - 1 + len(records) - sheet.row_count
            if missing > 0:
                where = {"sheetId": sheet.sheet_id, "dimension": "ROWS", "length": missing}
                self._do("appendDimension", where)
            for place, record in enumerate(records):
                for heading, typed in record.items():
                    self.set_cell(tab, number + place, heading, typed)
            return [number + place for place in range(len(records))]

    def _next_row(self, tab: str) -> int:
        sheet = self.sheet(tab)
        for number in range(sheet.last_row() - 1, -1, -1):
            if any(one is not None and not isinstance(one, Formula) for one in sheet.rows[number]):
                return number + 2
        return 1

    def set_cell(self, tab: str, row: int, heading: str, typed: Typed) -> None:
        """Type into one cell; text is understood as the browser would."""
        with self.google.lock:
            self._put(self.sheet(tab), row - 1, self.columns(tab)[heading], typed)

    def type_text(self, tab: str, row: int, heading: str, text: str) -> None:
        """Type into one cell with an apostrophe before it, so that it stays text."""
        self.set_cell(tab, row, heading, f"'{text}")

    def _put(self, sheet: Sheet, row: int, column: int, typed: Typed) -> None:
        look = sheet.look(row, column) or Look()
        value, form = self._understood(typed, look.format)
        sheet.put(row, column, [value])
        if form and not (look.format or {}).get("numberFormat"):
            sheet.dress(row, column, [replace(look, format=(look.format or {}) | form)])

    def _understood(self, typed: Typed, form: Json | None) -> tuple[Value, Json | None]:
        if isinstance(typed, str):
            return entered(typed, self.book.locale, form, self.google.today)
        if isinstance(typed, datetime):
            return serial(typed), {"numberFormat": {"type": "DATE_TIME"}}
        if isinstance(typed, date):
            return serial(typed), {"numberFormat": {"type": "DATE"}}
        return (typed if isinstance(typed, bool) or typed is None else simple(typed)), None

    # Sorting, filtering, hiding.

    def sort(self, tab: str, heading: str, *, descending: bool = False) -> None:
        """Sort all rows below the heading by a column, in one click."""
        sheet = self.sheet(tab)
        order = "DESCENDING" if descending else "ASCENDING"
        at = self.columns(tab)[heading]
        where = {"sheetId": sheet.sheet_id, "startRowIndex": max(sheet.frozen_rows, 1)}
        specs = [{"dimensionIndex": at, "sortOrder": order}]
        self._do("sortRange", {"range": where, "sortSpecs": specs})

    def filter(self, tab: str, heading: str, keep: Callable[[Effective], bool]) -> None:
        """Filter a tab: rows whose cell is not kept are hidden."""
        with self.google.lock:
            sheet, at = self.sheet(tab), self.columns(tab)[heading]
            calculator = Calculator(self.book)
            sheet.basic_filter = {"range": {"sheetId": sheet.sheet_id, "startRowIndex": 0}}
            for number in range(1, sheet.last_row()):
                kept = keep(calculator.effective(sheet.value(number, at), sheet))
                dim = sheet.row_dims[number]
                sheet.row_dims[number] = replace(dim, hidden_by_filter=not kept)

    def unfilter(self, tab: str) -> None:
        with self.google.lock:
            sheet = self.sheet(tab)
            sheet.basic_filter = None
            sheet.row_dims = [replace(dim, hidden_by_filter=False) for dim in sheet.row_dims]

    def hide_rows(self, tab: str, *rows: int) -> None:
        for row in rows:
            span = self._span(tab, "ROWS", row - 1)
            hidden = {"range": span, "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
            self._do("updateDimensionProperties", hidden)

    # Rows and columns.

    def insert_row(self, tab: str, row: int) -> None:
        """Insert a blank row so that it becomes this number."""
        self._do("insertDimension", {"range": self._span(tab, "ROWS", row - 1)})

    def delete_rows(self, tab: str, *rows: int) -> None:
        for row in sorted(rows, reverse=True):
            self._do("deleteDimension", {"range": self._span(tab, "ROWS", row - 1)})

    def duplicate_row(self, tab: str, row: int) -> int:
        """Copy a row and paste it below the last one; give the number of the copy."""
        with self.google.lock:
            number = self.type_rows(tab, {})[0]
            sheet = self.sheet(tab)
            sheet.rows[number - 1] = sheet.rows[row - 1]
            sheet.looks[number - 1] = sheet.looks[row - 1]
            return number

    def insert_column(self, tab: str, before: str, heading: str = "") -> None:
        """Insert a column to the left of another one."""
        at = self.columns(tab)[before]
        with self.google.lock:
            self._do("insertDimension", {"range": self._span(tab, "COLUMNS", at)})
            self._put(self.sheet(tab), 0, at, heading or None)

    def move_column(self, tab: str, heading: str, before: str) -> None:
        """Drag a column to the left of another one."""
        columns = self.columns(tab)
        source = self._span(tab, "COLUMNS", columns[heading])
        self._do("moveDimension", {"source": source, "destinationIndex": columns[before]})

    def delete_column(self, tab: str, heading: str) -> None:
        at = self.columns(tab)[heading]
        self._do("deleteDimension", {"range": self._span(tab, "COLUMNS", at)})

    def _span(self, tab: str, dimension: str, at: int) -> Json:
        sheet_id = self.sheet(tab).sheet_id
        return {"sheetId": sheet_id, "dimension": dimension, "startIndex": at, "endIndex": at + 1}

    # Tabs and the file.

    def rename_tab(self, tab: str, title: str) -> None:
        properties = {"sheetId": self.sheet(tab).sheet_id, "title": title}
        self._do("updateSheetProperties", {"properties": properties, "fields": "title"})

    def delete_tab(self, tab: str) -> None:
        self._do("deleteSheet", {"sheetId": self.sheet(tab).sheet_id})

    def add_tab(self, title: str, rows: Sequence[Sequence[Typed]] = ()) -> None:
        """Add a tab of the owner's own, with these rows typed into it."""
        with self.google.lock:
            self._do("addSheet", {"properties": {"title": title}})
            for number, row in enumerate(rows):
                for place, typed in enumerate(row):
                    self._put(self.sheet(title), number, place, typed)

    def rename_file(self, title: str) -> None:
        self._file("title", title)

    def set_locale(self, locale: str) -> None:
        self._file("locale", locale)

    def set_zone(self, zone: str) -> None:
        self._file("timeZone", zone)

    def _file(self, field: str, value: str) -> None:
        self._do("updateSpreadsheetProperties", {"properties": {field: value}, "fields": field})

    def protect(self, tab: str) -> int:
        """Protect a tab so that only the owner may edit it; give the protection's id."""
        sheet = self.sheet(tab)
        thing = {"range": {"sheetId": sheet.sheet_id}, "editors": {"users": [OWNER]}}
        reply = self._do("addProtectedRange", {"protectedRange": thing})
        return int(reply["addProtectedRange"]["protectedRange"]["protectedRangeId"])

    def unprotect(self, protection: int) -> None:
        self._do("deleteProtectedRange", {"protectedRangeId": protection})

    def share(self, email: str, role: str | None) -> None:
        """Share as writer or reader, or with None take the access away."""
        with self.google.lock:
            self.book.share.pop(email, None)
            if role:
                self.book.share[email] = role

    def version(self) -> Book:
        """Remember the spreadsheet as it is, as its version history does."""
        return self.book.copy()

    def restore(self, version: Book) -> None:
        """Restore an older version."""
        with self.google.lock:
            self.google.books[self.spreadsheet_id] = version.copy()

    def cell(self, tab: str, row: int, heading: str) -> Json | None:
        """Give one cell as an ExtendedValue: what was entered, a formula as such."""
        value = self.sheet(tab).value(row - 1, self.columns(tab)[heading])
        return {"formulaValue": value.text} if isinstance(value, Formula) else extended(value)

    def _do(self, kind: str, request: Json) -> Json:
        return self.google.apply(self.spreadsheet_id, [{kind: request}], OWNER)[0]

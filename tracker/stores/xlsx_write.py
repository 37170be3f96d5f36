"""How do rows get into a workbook whose XML is not understood? By openpyxl's load and save.

It keeps what we laid out and drops what openpyxl does not know, so that it is the last resort:
`tracker.stores.xlsx_splice` leaves the owner's things alone, and goes first.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.styles import Font, Protection
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from tracker.cells import Cell, blank
from tracker.layout import LAYOUT, Owner, Tab, columns_of, known_columns
from tracker.problems import Stop
from tracker.stores import Commit, Generation, Link
from tracker.stores.looks import FORMATS, check_formula, format_for, problems_at
from tracker.stores.written import stored, stored_in
from tracker.stores.xlsx_cells import ESCAPED
from tracker.stores.xlsx_file import explained
from tracker.stores.xlsx_read import GENERATION, HIDDEN, NONCE, title_in, titles_of

LINK = Font(color="0563C1", underline="single")

Row = Mapping[str, Cell | Link]


def append(content: bytes, path: Path, commit: Commit, generation: Generation) -> bytes:
    """Give the file's content with the commit in it; `path` is only for what is said.

    Raises Stop `tab_missing`, `heading_missing`, `heading_doubled`, `book_unreadable`, and
    ValueError for values that no cell can hold. Nothing is written to the disk here.
    """
    book = load(content, path)
    titles = titles_of(sheet.title for sheet in book.worksheets)
    for tab, rows in commit.appends.items():
        sheet = book[title_in(titles, tab)]
        columns = _columns(sheet, tab)
        first = _last_row(sheet, columns) + 1
        _put_rows(sheet, tab, columns, first, rows, titles)
        if "check" in columns and LAYOUT[tab].owner is Owner.OWNER:
            _put_checks(book, tab, columns, range(first, first + len(rows)), titles)
    for tab, report in commit.reports.items():
        sheet = book[title_in(titles, tab)]
        columns = _columns(sheet, tab)
        # The meanings in Settings are wrapped, which no cell after it would be.
        _clear(sheet, set(columns.values()), keep_looks=tab is Tab.SETTINGS)
        _put_rows(sheet, tab, columns, 2, report, titles)
    set_state(book[HIDDEN], generation, commit.state)
    return saved(book, path)


def load(content: bytes, path: Path) -> Workbook:
    """Load a workbook to change it. Raises Stop `book_unreadable`."""
    with warnings.catch_warnings():
        # openpyxl warns of every extension it will not keep.
        warnings.simplefilter("ignore")
        try:
            return load_workbook(BytesIO(content), rich_text=True)
        except Exception as error:  # it lets out whatever its parts raise
            raise Stop("book_unreadable", path=path) from error


def saved(book: Workbook, path: Path) -> bytes:
    """Give the content of the book's file. Raises Stop `disk_full`: openpyxl needs some disk."""
    if book.calculation is None:
        book.calculation = CalcProperties()
    # Saving drops what formulas last came to, so whoever opens the book must count them anew.
    book.calculation.fullCalcOnLoad = True
    content = BytesIO()
    # Closed here, because openpyxl leaves the zip open when it fails half-way.
    with explained(path), ZipFile(content, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()
    return content.getvalue()


def headings(sheet: Worksheet) -> list[Cell]:
    """Give the cells of row 1 as far as they are text."""
    values = (cell.value for cell in sheet[1]) if sheet.max_row else ()
    texts = (str, CellRichText)
    return [str(value) if isinstance(value, texts) else None for value in values]


def set_state(sheet: Worksheet, generation: Generation, state: Mapping[str, str]) -> None:
    """Set keys of the hidden tab, the generation among them; other keys stay."""
    values = {**state, GENERATION: str(generation.number), NONCE: generation.nonce}
    if {GENERATION, NONCE} & state.keys():
        raise ValueError("the generation is the store's own")
    places = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
    following = max(sheet.max_row, 1) + 1
    for key, text in values.items():
        row = places.get(key)
        if row is None:
            row, following = following, following + 1
        put(sheet.cell(row, 1), key, "@")
        put(sheet.cell(row, 2), text, "@")


def put(cell: object, value: Cell | Link, number_format: str) -> None:
    """Put one value into a cell; text stays text, whatever it looks like."""
    if not isinstance(cell, SheetCell):
        raise TypeError("a cell inside a merged one cannot be written")
    kept = stored(value)
    cell.number_format = number_format
    if isinstance(kept, str):
        cell.value = ESCAPED.sub("_x005F_", kept)
        # openpyxl has made a formula of `=1+1` by now, and an error of `#REF!`.
        cell.data_type = "s"
        return
    cell.value = kept  # type: ignore[assignment]  # stored() lets out nothing else
    # openpyxl puts its own format of days in place of whatever the cell has.
    cell.number_format = format_for(number_format, kept, number_format)


def column_style(sheet: Worksheet, index: int) -> ColumnDimension | None:
    """Find what a whole column (counted from 1) looks like; neighbours may share one entry."""
    for dimension in sheet.column_dimensions.values():
        if isinstance(dimension, ColumnDimension):
            dimension.reindex()
            if (dimension.min or 0) <= index <= (dimension.max or 0):
                return dimension
    return None


def _columns(sheet: Worksheet, tab: Tab) -> dict[str, int]:
    found = columns_of(tab, headings(sheet), sheet.title)
    return {key: index + 1 for key, index in found.items()}


def _last_row(sheet: Worksheet, columns: Mapping[str, int]) -> int:
    """Find the last row with anything in a column we know; formats alone do not count."""
    known = {index for key, index in columns.items() if key != "check"}
    # The sheet's own dictionary: asking cell by cell would make every cell that is not there.
    filled = (
        row
        for (row, column), cell in sheet._cells.items()  # noqa: SLF001
        if column in known and not blank(cell.value)  # type: ignore[arg-type]
    )
    merged = (area.max_row for area in sheet.merged_cells.ranges if area.min_col <= max(known))
    last: int = max([1, *filled, *merged])
    return last


def _clear(sheet: Worksheet, columns: set[int], *, keep_looks: bool = False) -> None:
    """Take every cell of ours below the heading away, whatever an owner did to it."""
    for area in [area for area in sheet.merged_cells.ranges if area.max_row > 1]:
        sheet.unmerge_cells(str(area))
    cells = sheet._cells  # noqa: SLF001  # openpyxl has no way to drop a cell without moving others
    for place in [(row, column) for row, column in cells if row > 1 and column in columns]:
        if keep_looks:
            cells[place].value = None
        else:
            del cells[place]


def _put_rows(
    sheet: Worksheet,
    tab: Tab,
    columns: Mapping[str, int],
    first: int,
    rows: Sequence[Row],
    titles: Mapping[Tab, str],
) -> None:
    styles = {key: column_style(sheet, index) for key, index in columns.items()}
    for number, row in enumerate(rows, first):
        for key, value in _written(tab, row):
            if key in columns:
                cell = sheet.cell(number, columns[key])
                usual = FORMATS.get(LAYOUT[tab].column(key).kind, "General")
                _put_styled(cell, value, styles[key], usual)
                if isinstance(value, Link):
                    _lead(cell, value, titles)


def _put_checks(
    book: Workbook, tab: Tab, columns: Mapping[str, int], rows: range, titles: Mapping[Tab, str]
) -> None:
    """Give rows below those that wait with a check formula one of their own."""
    sheet, problems = book[titles[tab]], book[title_in(titles, Tab.PROBLEMS)]
    language = "en" if sheet.title == tab.value else "ru"
    at = problems_at(
        problems.title, {k: n - 1 for k, n in known_of(problems, Tab.PROBLEMS).items()}
    )
    places = {key: index - 1 for key, index in columns.items()}
    for row in rows:
        cell = sheet.cell(row, columns["check"])
        if isinstance(cell, SheetCell) and cell.value is None:
            cell.value = check_formula(LAYOUT[tab], places, row, language, at, ",")


def _written(tab: Tab, row: Row) -> Iterable[tuple[str, Cell | Link]]:
    """Leave empty cells out; a key that the tab does not have is a bug of the caller's."""
    for key, value in row.items():
        if stored_in(LAYOUT[tab].column(key), value) is not None:
            yield key, value


def _put_styled(
    cell: object, value: Cell | Link, style: ColumnDimension | None, usual: str
) -> None:
    number_format = "General" if style is None else style.number_format
    put(cell, value, format_for(number_format, stored(value), usual))
    if isinstance(cell, SheetCell) and style is not None and not style.protection.locked:
        cell.protection = Protection(locked=False)


def _lead(cell: object, link: Link, titles: Mapping[Tab, str]) -> None:
    if isinstance(cell, SheetCell) and link.tab in titles:
        quoted = titles[link.tab].replace("'", "''")
        place = f"'{quoted}'!{link.cell}"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)
        cell.font = LINK


def known_of(sheet: Worksheet, tab: Tab) -> dict[str, int]:
    """Map the keys of the headings that are there to columns from 1; refuses nothing."""
    return {key: index + 1 for key, index in known_columns(tab, headings(sheet)).items()}

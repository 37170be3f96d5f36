"""Which tabs, columns and settings does a book lack? Adds them, and touches nothing else."""

from __future__ import annotations

import secrets
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.protection import SheetProtection
from openpyxl.worksheet.worksheet import Worksheet

from tracker.layout import (
    LAYOUT,
    Owner,
    SettingSpec,
    Tab,
    columns_of,
    default_of,
    letter,
    title_of,
)
from tracker.layout.charts import charts_for
from tracker.problems import Stop
from tracker.sentences.added import added
from tracker.stores import Generation
from tracker.stores.looks import (
    COLOURS,
    ProblemsAt,
    heading_of,
    lacking_settings,
    language_among,
    meaning_of,
    places_after,
    problems_at,
    refuse_alien,
)
from tracker.stores.xlsx_charts import draw
from tracker.stores.xlsx_columns import add_choices, add_column
from tracker.stores.xlsx_read import GENERATION, HIDDEN, titles_of
from tracker.stores.xlsx_write import headings, known_of, load, put, saved, set_state

Said = list[str]
LINE_HEIGHT = 15
MEANING_CHARACTERS = 100


def new_book(path: Path, language: str) -> tuple[bytes, Said, Generation]:
    """Make a whole book; `path` is only for what is said."""
    book = Workbook()
    book.remove(book.worksheets[0])
    said = [added("book", language, path=str(path))]
    _add_all(book, language)
    generation = Generation(1, secrets.token_hex(8))
    set_state(book[HIDDEN], generation, {})
    return saved(book, path), said, generation


def completed(content: bytes, path: Path, language: str) -> tuple[bytes, Said, Generation]:
    """Add to an existing book what it lacks, in the language that its tabs have already.

    The content is only worth writing when something was said.
    """
    book = load(content, path)
    language = language_among(book.sheetnames, language)
    said = _add_all(book, language)
    generation = Generation(_number_in(book[HIDDEN]) + 1, secrets.token_hex(8))
    if said:
        set_state(book[HIDDEN], generation, {})
    return (saved(book, path) if said else content), said, generation


def _add_all(book: Workbook, language: str) -> Said:
    titles = titles_of(sheet.title for sheet in book.worksheets)
    at = _problems_at(book, titles.get(Tab.PROBLEMS), language)
    said: Said = []
    for tab in Tab:
        if tab in titles:
            said += _complete_tab(book[titles[tab]], tab, language, at)
        else:
            _add_tab(book, tab, language, at)
            said.append(added("tab", language, tab=title_of(tab, language)))
    settings = book[titles.get(Tab.SETTINGS, title_of(Tab.SETTINGS, language))]
    said += _add_settings(settings, language)
    if HIDDEN not in book.sheetnames:
        _add_hidden(book)
        said.append(added("hidden", language, tab=HIDDEN))
    return said


def _add_tab(book: Workbook, tab: Tab, language: str, at: ProblemsAt) -> None:
    spec = LAYOUT[tab]
    sheet = book.create_sheet(title_of(tab, language))
    for index, column in enumerate(spec.columns, 1):
        add_column(sheet, spec, column, index, language, at)
    sheet.freeze_panes = "A2"
    sheet.row_dimensions[1].height = 2 * LINE_HEIGHT
    sheet.sheet_properties.tabColor = COLOURS[spec.owner]
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    if tab not in {Tab.SETTINGS, Tab.DASHBOARD}:
        # Not where a row is more than one thing: of the Dashboard each block has its own rows.
        sheet.auto_filter.ref = f"A1:{letter(len(spec.columns) - 1)}1048576"
    if spec.owner in {Owner.LEDGER, Owner.REPORT}:
        # Without a password: it stops a slip of the hand, not the owner. Reports too, since
        # what is typed there would be gone after the next sync. Filters and widths stay free.
        sheet.protection = SheetProtection(
            sheet=True, autoFilter=False, sort=False, formatColumns=False, formatRows=False
        )
    places = {column.key: index for index, column in enumerate(spec.columns)}
    draw(sheet, charts_for(tab, places), places, len(places), language)


def _complete_tab(sheet: Worksheet, tab: Tab, language: str, at: ProblemsAt) -> Said:
    spec = LAYOUT[tab]
    refuse_alien(tab, sheet.title, headings(sheet), blank=_used_width(sheet) == 0)
    present = known_of(sheet, tab)
    places = places_after(tab, headings(sheet), _used_width(sheet))
    said: Said = []
    for column in spec.columns:
        if column.key not in present:
            add_column(sheet, spec, column, places[column.key] + 1, language, at)
            heading = heading_of(column, language)
            said.append(added("heading", language, tab=sheet.title, heading=heading))
    charts = charts_for(tab, places.keys() - present.keys())
    draw(sheet, charts, places, _used_width(sheet), language)
    said += [
        added("chart", language, tab=sheet.title, chart=chart.title(language)) for chart in charts
    ]
    return said


def _used_width(sheet: Worksheet) -> int:
    """The last column with any value: an owner's column may have no heading."""
    filled = (c for (_, c), cell in sheet._cells.items() if cell.value is not None)  # noqa: SLF001
    return max(filled, default=0)


def _add_settings(sheet: Worksheet, language: str) -> Said:
    columns = columns_of(Tab.SETTINGS, headings(sheet), sheet.title)
    key, value = columns["setting"] + 1, columns["value"] + 1
    rows = range(2, sheet.max_row + 1)
    last = max([1, *(row for row in rows if str(sheet.cell(row, key).value or "").strip())])
    missing = lacking_settings(sheet.cell(row, key).value for row in rows)
    for row, setting in enumerate(missing, last + 1):
        put(sheet.cell(row, key), setting.key, "@")
        put(sheet.cell(row, value), default_of(setting, language), "@")
        for column in (key, value):
            sheet.cell(row, column).alignment = Alignment(vertical="top")
        if "meaning" in columns:
            _explain(sheet, row, columns["meaning"] + 1, setting, language)
        if setting.choices:
            # The words stay English here: the meaning beside them explains each.
            add_choices(sheet, f"{letter(value - 1)}{row}", setting.choices, "en")
    return [added("setting", language, setting=setting.key) for setting in missing]


def _explain(sheet: Worksheet, row: int, column: int, setting: SettingSpec, language: str) -> None:
    meaning = meaning_of(setting, language)
    put(sheet.cell(row, column), meaning, "@")
    sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
    # Said here, because LibreOffice does not measure wrapped text when it opens a book.
    lines = 1 + len(meaning) // MEANING_CHARACTERS
    sheet.row_dimensions[row].height = LINE_HEIGHT * lines


def _add_hidden(book: Workbook) -> None:
    sheet = book.create_sheet(HIDDEN)
    sheet.sheet_state = "veryHidden"
    put(sheet["A1"], "key", "@")
    put(sheet["B1"], "value", "@")


def _number_in(hidden: Worksheet) -> int:
    rows = hidden.iter_rows(min_row=2, max_col=2, values_only=True)
    text = next((str(row[1]) for row in rows if row[0] == GENERATION), "0")
    return int(text) if text.isdigit() else 0


def _problems_at(book: Workbook, title: str | None, language: str) -> ProblemsAt:
    if title is None:
        return problems_at(title_of(Tab.PROBLEMS, language), places_after(Tab.PROBLEMS, (), 0))
    sheet = book[title]
    places = places_after(Tab.PROBLEMS, headings(sheet), _used_width(sheet))
    return problems_at(title, places)


def check_asked(language: str) -> None:
    """Raises Stop `language_unknown` for a language that the book cannot be laid out in."""
    if language not in {"en", "ru"}:
        raise Stop("language_unknown", language=language)

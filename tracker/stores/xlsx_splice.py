"""How does a commit get into a workbook that is the owner's? Only the tabs it changes are written.

Every other part of the file keeps its bytes: charts, notes, pictures, pivot tables and whatever
else a program put there. The exceptions are needed for true figures: what formulas last came to is
taken out in every tab, and whoever opens the book is asked to count anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from tracker.cells import Cell
from tracker.layout import LAYOUT, Owner, Tab, columns_of, known_columns
from tracker.stores import Commit, Generation, Link
from tracker.stores.looks import FORMATS, check_formula, problems_at
from tracker.stores.written import stored, stored_in
from tracker.stores.xlsx_formulas import ANY_FORMULA, Formulas
from tracker.stores.xlsx_markup import Node, tree
from tracker.stores.xlsx_package import BOOK, Package
from tracker.stores.xlsx_read import GENERATION, HIDDEN, NONCE, title_in, titles_of
from tracker.stores.xlsx_rows import SheetXml, cells_of, text_of
from tracker.stores.xlsx_styles import Styles
from tracker.stores.xlsx_tab import Change, NewCell, NewRow, TabXml, appended, rewritten, with_cells
from tracker.stores.xlsx_unfit import Unfit, located
from tracker.stores.xlsx_zip import Archive, Packed, Packer, packed

TEXT_FORMAT = "@"


def spliced(content: bytes, commit: Commit, generation: Generation) -> bytes:
    """Give the file's content with the commit in it.

    Raises Unfit for a file whose XML is not understood well enough, Stop `tab_missing`,
    `heading_missing`, `heading_doubled`, and ValueError for values that no cell can hold.
    """
    with located(BOOK):
        return _Splice(content, commit).done(generation)


class _Splice:
    """One commit on its way into one file."""

    def __init__(self, content: bytes, commit: Commit) -> None:
        self._package = Package(content)
        self._titles = titles_of(self._package.titles)
        self._commit = commit
        self._styles = Styles(self._package.archive.read(self._package.styles))
        self._changes: dict[str, Change] = {}
        self._formulas_moved = False

    def done(self, generation: Generation) -> bytes:
        """Make every change and put the file together."""
        for tab, rows in self._commit.appends.items():
            with located(self._titles.get(tab, "")):
                self._append(tab, rows)
        for tab, report in self._commit.reports.items():
            with located(self._titles.get(tab, "")):
                self._report(tab, report)
        with located(HIDDEN):
            self._state(generation)
        parts = {self._package.sheets[title]: one.part for title, one in self._changes.items()}
        for title, part in self._package.sheets.items():
            with located(title):
                new = None if title in self._changes else _without_values(self._package, part)
            if new is not None:
                parts[part] = new
        return self._put_together(parts)

    def _put_together(self, parts: dict[str, Packed]) -> bytes:
        grown = {title: one.filtered for title, one in self._changes.items() if one.filtered}
        book = self._package.book(grown)
        if book is not None:
            parts[BOOK] = book
        styles = self._styles.result()
        if styles is not None:
            parts[self._package.styles] = packed(styles)
        for title, change in self._changes.items():
            for relation in change.tables:
                if change.last >= change.first > 0:
                    sheet = self._package.sheets[title]
                    parts |= self._package.table(sheet, relation, change.first, change.last)
        gone: set[str] = set()
        if self._formulas_moved:
            fewer, gone = self._package.without_calculation_chain()
            parts |= fewer
        return self._package.archive.rewritten(parts, gone)

    def _append(self, tab: Tab, rows: Sequence[Mapping[str, Cell | Link]]) -> None:
        title = title_in(self._titles, tab)
        columns = columns_of(tab, self._headings(title), title)
        values = self._rows(tab, columns, rows)
        checks = self._checks(tab, columns, title)

        def rows_from(first: int) -> list[NewRow]:
            if checks is None:
                return values
            return [
                {**row, columns["check"]: NewCell(checks(number), is_formula=True)}
                for number, row in enumerate(values, first)
            ]

        known = {column for key, column in columns.items() if key != "check"}
        xml = self._open(title)
        self._changed(title, xml, appended(xml, known, rows_from))

    def _report(self, tab: Tab, rows: Sequence[Mapping[str, Cell | Link]]) -> None:
        title = title_in(self._titles, tab)
        columns = columns_of(tab, self._headings(title), title)
        values = self._rows(tab, columns, rows)
        xml = self._open(title)
        # The meanings in Settings are wrapped, which no cell after it would be.
        keep = tab is Tab.SETTINGS
        ours = set(columns.values())
        self._changed(title, xml, rewritten(xml, ours, values, keep_looks=keep))

    def _state(self, generation: Generation) -> None:
        """Set keys of the hidden tab, the generation among them; other keys stay."""
        if {GENERATION, NONCE} & self._commit.state.keys():
            raise ValueError("the generation is the store's own")
        said = {GENERATION: str(generation.number), NONCE: generation.nonce}
        values = {**self._commit.state, **said}

        def cells(rows: list[tuple[int, Node]]) -> dict[int, NewRow]:
            places = self._keys(rows)
            following = max([1, *(number for number, _ in rows)]) + 1
            new: dict[int, NewRow] = {}
            for key, value in values.items():
                if key not in places:
                    places[key], following = following, following + 1
                text = stored(value)
                new[places[key]] = {
                    column: NewCell(cell, fixed=TEXT_FORMAT)
                    for column, cell in enumerate((key, text))
                    if cell is not None
                }
            return new

        xml = self._open(HIDDEN)
        self._changed(HIDDEN, xml, with_cells(xml, cells))

    def _keys(self, rows: list[tuple[int, Node]]) -> dict[str, int]:
        """Tell in which row of the hidden tab each key stands."""
        keys = {
            number: cell for number, row in rows for at, cell in cells_of(row)
            if at == 0 and number > 1
        }  # fmt: skip
        texts = self._texts(keys.values())
        return {text: number for number, text in zip(keys, texts, strict=True) if text}

    def _checks(
        self, tab: Tab, columns: Mapping[str, int], title: str
    ) -> Callable[[int], str] | None:
        """Give what makes the check formula of a row of the owner's; None for other tabs."""
        if "check" not in columns or LAYOUT[tab].owner is not Owner.OWNER:
            return None
        problems = title_in(self._titles, Tab.PROBLEMS)
        at = problems_at(problems, known_columns(Tab.PROBLEMS, self._headings(problems)))
        language = "en" if title == tab.value else "ru"
        return lambda row: check_formula(LAYOUT[tab], columns, row, language, at, ",")

    def _rows(
        self, tab: Tab, columns: Mapping[str, int], rows: Sequence[Mapping[str, Cell | Link]]
    ) -> list[NewRow]:
        """Leave empty cells out; a key that the tab does not have is a bug of the caller's."""
        specs = {column.key: column for column in LAYOUT[tab].columns}
        usual = {key: FORMATS.get(column.kind, "General") for key, column in specs.items()}
        found: list[NewRow] = []
        for row in rows:
            kept = {key: stored_in(specs[key], value) for key, value in row.items()}
            found.append({
                columns[key]: NewCell(value, usual[key], leads_to=self._leads_to(row[key]))
                for key, value in kept.items()
                if value is not None and key in columns
            })  # fmt: skip
        return found

    def _leads_to(self, value: Cell | Link) -> str:
        if not isinstance(value, Link) or value.tab not in self._titles:
            return ""
        quoted = self._titles[value.tab].replace("'", "''")
        return f"'{quoted}'!{value.cell}"

    def _headings(self, title: str) -> list[Cell]:
        """Give the cells of row 1 as far as they are text."""
        sheet = SheetXml(self._package.archive.pieces(self._part(title)))
        block = next(sheet.blocks(), b"")
        opening = b"<" + sheet.prefix + b"row"
        end = block.find(opening, block.find(opening) + 1)
        rows = tree(block[: end if end > 0 else len(block)], fragment=True).all("row")
        if not rows or rows[0].attributes.get("r", "1") != "1":
            return []
        cells = dict(cells_of(rows[0]))
        texts = dict(zip(cells, self._texts(cells.values()), strict=True))
        return [texts.get(column) for column in range(max(cells, default=-1) + 1)]

    def _texts(self, cells: Iterable[Node]) -> list[str | None]:
        """Give what cells say, as far as they are text."""
        cells = list(cells)
        numbers = [_shared_number(cell) for cell in cells]
        shared = self._package.shared_texts({one for one in numbers if one is not None})
        return [
            _own_text(cell) if number is None else shared[number] or None
            for cell, number in zip(cells, numbers, strict=True)
        ]

    def _open(self, title: str) -> TabXml:
        if title in self._changes:
            raise ValueError(f"two changes of {title} in one commit")
        pieces = self._package.archive.pieces(self._part(title))
        return TabXml(SheetXml(pieces), self._styles, self._package.epoch)

    def _changed(self, title: str, xml: TabXml, change: Change) -> None:
        self._formulas_moved = self._formulas_moved or xml.formulas_moved
        self._changes[title] = change

    def _part(self, title: str) -> str:
        if title not in self._package.sheets:
            raise Unfit("part_missing", title)
        return self._package.sheets[title]


def _shared_number(cell: Node) -> int | None:
    value = cell.one("v")
    if cell.attributes.get("t") != "s" or value is None or not value.text.strip().isdigit():
        return None
    return int(value.text)


def _own_text(cell: Node) -> str | None:
    if cell.one("f") is not None:
        return None
    inline, value = cell.one("is"), cell.one("v")
    if cell.attributes.get("t") == "inlineStr" and inline is not None:
        return text_of(inline) or None
    if cell.attributes.get("t") == "str" and value is not None:
        return value.text or None
    return None


def _without_values(package: Package, part: str) -> Packed | None:
    """Take out of a tab that is not written what its formulas came to; None where that is all."""
    archive = package.archive
    try:
        sheet = SheetXml(archive.pieces(part))
        looked = Formulas(sheet.prefix)
        for block in sheet.blocks():
            looked.without_values(block)
    except Unfit:
        # Nothing has to be understood where there is no formula.
        if ANY_FORMULA.search(archive.read(part)):
            raise
        return None
    return _packed_without(archive, part) if looked.changed else None


def _packed_without(archive: Archive, part: str) -> Packed:
    sheet, packer = SheetXml(archive.pieces(part)), Packer()
    formulas = Formulas(sheet.prefix)
    packer.write(sheet.head)
    for block in sheet.blocks():
        packer.write(formulas.without_values(block))
    packer.write(sheet.tail)
    return packer.finish()

"""What becomes of one tab's XML when rows are added to it, or all of ours are written anew?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.cells import Cell
from tracker.layout import address
from tracker.stores.looks import format_for
from tracker.stores.xlsx_cells import formula_cell, value_cell
from tracker.stores.xlsx_formulas import Formulas
from tracker.stores.xlsx_markup import Edit, Node, edited, tree, with_attributes
from tracker.stores.xlsx_rows import (
    ROWS_MAX,
    Area,
    Numbers,
    SheetXml,
    cells_of,
    is_blank,
    last_filled,
)
from tracker.stores.xlsx_skeleton import Skeleton
from tracker.stores.xlsx_styles import Styles
from tracker.stores.xlsx_unfit import Unfit
from tracker.stores.xlsx_zip import Packed, Packer, joined


@dataclass(frozen=True, slots=True)
class NewCell:
    """What a cell is to hold.

    Attributes:
        value: as `tracker.stores.written.stored` gives it, or a formula's text with `is_formula`.
        usual: the number format that its column has in a new book.
        fixed: the number format of a cell that is not there yet; one that is keeps its look.
            Empty where it depends on the column.
        leads_to: the place its link leads to (`'Codes'!C5`); empty without one.
    """

    value: Cell
    usual: str = "General"
    fixed: str = ""
    leads_to: str = ""
    is_formula: bool = False


NewRow = Mapping[int, NewCell]
"""The cells of a row by column, from 0. One with a formula is only written where there is none."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a tab.

    Attributes:
        part: its XML, packed.
        first, last: the rows that were added; 0 where none were.
        filtered: the cells under the tab's filter, where it grew.
        tables: the relations of its tables, which may have to grow.
    """

    part: Packed
    first: int = 0
    last: int = 0
    filtered: Area | None = None
    tables: Sequence[str] = ()


@dataclass(slots=True)
class TabXml:
    """One tab on its way through a commit.

    Attributes:
        sheet: its XML.
        styles: the book's list of looks.
        epoch: the day that the book's dates are counted from.
        formulas: what was found of formulas.
        formulas_moved: whether a cell with a formula came or went.
    """

    sheet: SheetXml
    styles: Styles
    epoch: date
    formulas: Formulas = field(init=False)
    formulas_moved: bool = False

    def __post_init__(self) -> None:
        """Begin above the first row."""
        self.formulas = Formulas(self.sheet.prefix)

    @property
    def prefix(self) -> str:
        """The prefix of the tab's elements, colon included."""
        return self.sheet.prefix.decode()

    def row(self, number: int, old: bytes | None, new: NewRow, looks: Mapping[int, int]) -> bytes:
        """Write one row: the cells that are there stay, but for those that are written.

        `looks` are those of the columns.
        """
        p = self.prefix
        cells: dict[int, bytes] = {}
        given: dict[int, tuple[int, bool]] = {}
        tag = f'<{p}row r="{number}">'.encode()
        if old is not None:
            [node] = tree(old, fragment=True).children
            for column, there in cells_of(node):
                cells[column] = old[there.start : there.end]
                given[column] = there.number("s", 0), is_blank(there)
            if node.one("extLst") is not None:
                raise Unfit("xml")
            tag = with_attributes(old[node.start : node.opened], spans=None)
            tag = tag[:-2].rstrip() + b">" if node.empty_tag else tag
        for column, cell in new.items():
            look, free = given.get(column, (None, True))
            if not cell.is_formula:
                look = self._look(cell, looks.get(column, 0), look)
                cells[column] = value_cell(p, number, column, look, cell.value, self.epoch)
            elif free:
                self.formulas_moved = True
                look = looks.get(column, 0) if look is None else look
                cells[column] = formula_cell(p, number, column, look, str(cell.value))
        return b"".join([tag, *(cells[at] for at in sorted(cells)), f"</{p}row>".encode()])

    def _look(self, cell: NewCell, column: int, there: int | None) -> int:
        """Choose the look of a new cell: that of the old one or of the column, in its format."""
        if cell.fixed and there is not None:
            return there
        code = cell.fixed or format_for(self.styles.code_of(column), cell.value, cell.usual)
        base = column if there is None else there
        look = base if self.styles.code_of(base) == code else self.styles.with_format(base, code)
        return self.styles.as_link(look) if cell.leads_to else look


def appended(
    tab: TabXml, known: Collection[int], rows_from: Callable[[int], Sequence[NewRow]]
) -> Change:
    """Add rows below the last one with anything in the columns that are `known`.

    `rows_from` gives them, told the number of the first.
    """
    packer, numbers = Packer(), Numbers(tab.sheet.prefix)
    filled, waiting = 0, [b""]
    for block in tab.sheet.blocks():
        found = last_filled(block, numbers.of(block), known, tab.sheet.prefix)
        end = 0
        if found is not None:
            for passed in (*waiting, block[: found[1]]):
                packer.write(tab.formulas.without_values(passed))
            (filled, end), waiting = found, []
        waiting.append(block[end:])
    skeleton = Skeleton(tab.sheet)
    first = max(1, filled, skeleton.merged_bottom(max(known, default=0))) + 1
    new = dict(enumerate(rows_from(first), first))
    last = first + len(new) - 1
    if last > ROWS_MAX:
        raise Unfit("full")
    looks = skeleton.looks({column for row in new.values() for column in row})
    rest = _merged(tab, b"".join(waiting), filled, new, looks)
    packer.write(tab.formulas.without_values(rest))
    skeleton.cover(last, max((column for row in new.values() for column in row), default=0))
    grown = skeleton.grow_filter(first, last)
    packer.write(skeleton.tail)
    return Change(_with_head(skeleton, packer), first, last, grown, skeleton.table_ids())


def rewritten(
    tab: TabXml, ours: Collection[int], rows: Sequence[NewRow], *, keep_looks: bool = False
) -> Change:
    """Write all rows below the headings anew in the columns that are `ours`.

    What stands in other columns stays. With `keep_looks` the cells of ours keep theirs.
    """
    data = b"".join(tab.sheet.blocks())
    Numbers(tab.sheet.prefix).of(data)
    skeleton = Skeleton(tab.sheet)
    new = dict(enumerate(rows, 2))
    cleared = _cleared(tab, data, ours, new, keep_looks=keep_looks)
    body = _merged(tab, cleared, 0, new, skeleton.looks(ours))
    links = {
        (number, column): cell.leads_to
        for number, row in new.items()
        for column, cell in row.items()
        if cell.leads_to
    }
    skeleton.part_below(1)
    skeleton.set_links(ours, links)
    skeleton.cover(len(rows) + 1, max(ours, default=0))
    packer = Packer()
    packer.write(tab.formulas.without_values(body))
    packer.write(skeleton.tail)
    return Change(_with_head(skeleton, packer))


def with_cells(
    tab: TabXml, new_in: Callable[[list[tuple[int, Node]]], Mapping[int, NewRow]]
) -> Change:
    """Set cells of a small tab; `new_in` gives them by row, told the rows that are there."""
    data = b"".join(tab.sheet.blocks())
    Numbers(tab.sheet.prefix).of(data)
    skeleton = Skeleton(tab.sheet)
    new = new_in(list(_numbered(data, 0)))
    columns = {column for row in new.values() for column in row}
    body = _merged(tab, data, 0, new, skeleton.looks(columns))
    skeleton.cover(max(new, default=1), max(columns, default=0))
    packer = Packer()
    packer.write(tab.formulas.without_values(body))
    packer.write(skeleton.tail)
    return Change(_with_head(skeleton, packer))


def _with_head(skeleton: Skeleton, packer: Packer) -> Packed:
    """The head says how far the rows reach, so it is packed after them and put in front."""
    before = Packer()
    before.write(skeleton.head)
    return joined(before.finish(open_ended=True), packer.finish())


def _merged(
    tab: TabXml, data: bytes, before: int, new: Mapping[int, NewRow], looks: Mapping[int, int]
) -> bytes:
    """Write new cells into the rows that are there, and new rows between and below them.

    `before` is the number of the row above the first.
    """
    pieces: list[bytes] = []
    left = sorted(new, reverse=True)
    for number, node in _numbered(data, before):
        while left and left[-1] < number:
            pieces.append(tab.row(left[-1], None, new[left.pop()], looks))
        old = data[node.start : node.end]
        if left and left[-1] == number:
            old = tab.row(number, old, new[left.pop()], looks)
        pieces.append(old)
    pieces += [tab.row(number, None, new[number], looks) for number in reversed(left)]
    return b"".join(pieces)


def _cleared(
    tab: TabXml,
    data: bytes,
    ours: Collection[int],
    new: Mapping[int, NewRow],
    *,
    keep_looks: bool,
) -> bytes:
    """Take our cells below the headings away, and rows of which nothing is left."""
    edits: list[Edit] = []
    for number, row in _numbered(data, 0):
        if number == 1:
            continue
        cells = list(cells_of(row))
        dropped = [(column, cell) for column, cell in cells if column in ours]
        for column, cell in dropped:
            formula = cell.one("f")
            if formula is not None:
                # Cells elsewhere may live by the text that stands in this one.
                if "t" in formula.attributes:
                    raise Unfit("formula")
                tab.formulas_moved = True
            look = cell.attributes.get("s", "0")
            emptied = f'<{tab.prefix}c r="{address(column, number)}" s="{look}"/>'
            edits.append((cell.start, cell.end, emptied.encode() if keep_looks else b""))
        bare = row.attributes.keys() <= {"r", "spans"} and len(dropped) == len(row.children)
        if bare and number not in new and not keep_looks:
            del edits[len(edits) - len(dropped) :]
            edits.append((row.start, row.end, b""))
    return edited(data, edits)


def _numbered(data: bytes, before: int) -> Iterator[tuple[int, Node]]:
    """Give the rows in some XML with their numbers."""
    number = before
    for row in tree(data, fragment=True).all("row"):
        number = row.number("r", number + 1)
        yield number, row

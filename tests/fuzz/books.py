"""What must hold of everything the owner keeps: the book, its settings, `.env`, letters?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.inputs import chosen, parts_of, text_of
from tests.hostile.books import one_sheet
from tests.letter_values import Page, maria
from tests.world import World
from tracker.book.reading import read_book
from tracker.environment import load
from tracker.languages import looking_in
from tracker.layout import LAYOUT, Owner, Tab, known_columns
from tracker.ledger import read_ledger
from tracker.letters import render
from tracker.problems import Stop
from tracker.sentences import problem_says
from tracker.stores import SheetRow, Snapshot, Table
from tracker.stores.xlsx_read import OpenBook
from tracker.templating import OUTPUT_CHARS_MAX, Told, written

_READ = tuple(tab for tab in Tab if LAYOUT[tab].owner is not Owner.REPORT)


@cache
def _snapshot() -> Snapshot:
    """A small book with an order in it."""
    world = World()
    world.deliver("1", codes=["IVAN01"])
    world.sync()
    world.type(Tab.RULES, priority="1", sku="tea", rate="5%")
    return world.store.read(tuple(Tab), whole=True)


def book_cell(data: bytes) -> None:
    """Any text in any cell of a book costs that row, and each problem has its sentence."""
    tab, rest = chosen(data, _READ)
    place, rest = chosen(rest, range(32))
    snapshot = _snapshot()
    tables = dict(snapshot.tables)
    tables[tab] = _changed(tables[tab], place, text_of(rest))
    known = read_book(Snapshot(snapshot.generation, tables, snapshot.state), b"a secret of tests")
    assert all(problem_says(one, "ru") for one in known.problems)
    read_ledger(known.facts, known.written)


def _changed(table: Table, place: int, text: str) -> Table:
    """The table with that text in one column of its first row, which is made if there is none."""
    columns = sorted(known_columns(table.tab, table.headings).values())
    column = columns[place % len(columns)]
    first, *others = table.rows or [SheetRow(2, [None] * len(table.headings))]
    cells = [*first.cells, *[None] * (column + 1 - len(first.cells))]
    cells[column] = text
    return Table(table.tab, table.title, table.headings, [SheetRow(first.number, cells), *others])


def setting(data: bytes) -> None:
    """Any value of any setting, and any name of one."""
    place, rest = chosen(data, range(256))
    snapshot = _snapshot()
    table = snapshot.tables[Tab.SETTINGS]
    rows = list(table.rows)
    at = place % len(rows)
    name, value, *more = [*rows[at].cells, None, None]
    if place >= 200:
        name, value = text_of(rest), "1"
    rows[at] = SheetRow(rows[at].number, [name, text_of(rest) if place < 200 else value, *more])
    changed = Table(table.tab, table.title, table.headings, rows)
    tables = {**snapshot.tables, Tab.SETTINGS: changed}
    known = read_book(Snapshot(snapshot.generation, tables, snapshot.state), b"a secret of tests")
    assert known.programme.local_date is not None


def workbook(data: bytes) -> None:
    """Any file in the place of the workbook."""
    book = OpenBook(data, Path("partners.xlsx"))
    for tab in book.titles:
        book.table(tab)


def workbook_sheet(data: bytes) -> None:
    """Any XML in the place of a sheet of an otherwise good workbook."""
    table = OpenBook(one_sheet(data), Path("partners.xlsx")).table(Tab.PARTNERS)
    assert all(row.number > 1 for row in table.rows)


@cache
def _folder() -> TemporaryDirectory[str]:
    """One folder for the whole run; it goes with the process."""
    return TemporaryDirectory()


def env_file(data: bytes) -> None:
    """Any `.env` beside the book."""
    folder = Path(_folder().name)
    (folder / ".env").write_bytes(data)
    found = load(f"xlsx:{folder}/partners.xlsx", {})
    assert len(found.secret) < 9 or found.secret not in repr(found)
    assert all(isinstance(one, str) for keys in found.hook_secrets.values() for one in keys)


_NUMBERS = count()


@contextmanager
def _template(kind: str, text: str) -> Iterator[str]:
    """A template of the owner's under a name of its own: what was read once is not read again."""
    folder = Path(_folder().name) / "letters"
    (folder / "de").mkdir(parents=True, exist_ok=True)
    name = f"de/t{next(_NUMBERS)}.{kind}"
    (folder / name).write_bytes(text.encode("utf-8", "replace"))
    with looking_in(folder):
        yield name
    (folder / name).unlink()


TOLD: dict[str, Told] = {
    "name": "Мария <b>",
    "month": "2026-10",
    "accounts": [{"payable": "1,00", "lines": ["a"]}],
}


def template(data: bytes) -> None:
    """Any letter that an owner may write: it ends, within its size, and names nothing of ours."""
    kind, rest = chosen(data, ("txt", "html"))
    with _template(kind, text_of(rest)) as name:
        assert len(written(name, TOLD)) <= OUTPUT_CHARS_MAX


@cache
def _plain_tags() -> list[str]:
    return Page(render(maria(language="en"), "en").html).tags


def letter_page(data: bytes) -> None:
    """A partner's name and a programme's, whatever they say, add no tag and no attribute."""
    name, program = (text_of(part) for part in parts_of(data, 2))
    page = render(maria(language="en", name=f"M{name}", program_name=f"T{program}"), "en").html
    assert Page(page).tags == _plain_tags()


REFUSALS = (Stop,)

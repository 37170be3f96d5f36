"""How does an owner damage a ledger? Cell by cell, row by row, column by column; never beyond repair.

What was damaged is put back by heading, wherever the columns are by then, and in the row that still
shows what he made of it, wherever that is: the robot changes no row. The truth hears which orders
have lines that were damaged, since of those alone less is asked until the book is at rest again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from random import Random

from tests.sim.desk import read_record
from tests.sim.handling import Undo
from tests.sim.world import World
from tracker.cells import Cell, shown
from tracker.layout import Tab, known_columns

DAMAGED = (Tab.JOURNAL, Tab.COMMISSIONS)
TYPED: tuple[Cell, ...] = (
    None, "mine", Decimal(999), Decimal(5), Decimal("-0.5"), "2020-01-01T00:00:00+03:00", "{}", "o1",
)  # fmt: skip
"""What a hand may leave in a cell: nothing, a word, a sum, a time, or what belongs to others."""
SPOILT: tuple[Cell, ...] = (Decimal(5), "five")

Record = Mapping[str, Cell]
Rows = list[list[Cell]]
Columns = Mapping[str, int]


def overwrites_a_cell(world: World, chance: Random) -> Undo | None:
    def change(rows: Rows, columns: Columns) -> None:
        row, column = chance.choice(rows), chance.choice(sorted(columns))
        row[columns[column]] = chance.choice([*TYPED, chance.choice(rows)[columns[column]]])

    return _changed(world, chance.choice(DAMAGED), change)


def changes_an_amount(world: World, chance: Random) -> Undo | None:
    return _changed(world, Tab.COMMISSIONS, lambda rows, columns: _typed(
        chance.choice(rows), columns["amount"], Decimal(999)))  # fmt: skip


def changes_the_journal(world: World, chance: Random) -> Undo | None:
    return _changed(world, Tab.JOURNAL, lambda rows, columns: _typed(
        chance.choice(rows), columns["total"], chance.choice(SPOILT)))  # fmt: skip


def pastes_a_row_over_another(world: World, chance: Random) -> Undo | None:
    def change(rows: Rows, _: Columns) -> None:
        chance.choice(rows)[:] = chance.choice(rows)

    return _changed(world, chance.choice(DAMAGED), change)


def swaps_two_columns(world: World, chance: Random) -> Undo | None:
    def change(rows: Rows, columns: Columns) -> None:
        one, other = (columns[key] for key in chance.sample(sorted(columns), 2))
        for row in rows:
            row[one], row[other] = row[other], row[one]

    return _changed(world, chance.choice(DAMAGED), change)


def sorts_one_column_alone(world: World, chance: Random) -> Undo | None:
    def change(rows: Rows, columns: Columns) -> None:
        at = columns[chance.choice(sorted(columns))]
        for row, cell in zip(rows, sorted((row[at] for row in rows), key=str), strict=True):
            row[at] = cell

    return _changed(world, chance.choice(DAMAGED), change)


def deletes_a_commission(world: World, chance: Random) -> Undo | None:
    return _deleted(world, chance, Tab.COMMISSIONS, 1)


def deletes_a_fact(world: World, chance: Random) -> Undo | None:
    return _deleted(world, chance, Tab.JOURNAL, 1)


def deletes_several_lines(world: World, chance: Random) -> Undo | None:
    return _deleted(world, chance, chance.choice(DAMAGED), 3)


def doubles_a_line(world: World, chance: Random) -> Undo | None:
    tab = chance.choice(DAMAGED)
    records = _records(world, tab)
    if not records:
        return None
    return _added(world, tab, chance.choice(records))


def writes_a_total_row(world: World, _: Random) -> Undo | None:
    return _added(world, Tab.COMMISSIONS, {"partner_id": "Total", "amount": Decimal(100500)})


def _typed(row: list[Cell], at: int, value: Cell) -> None:
    row[at] = value


def _records(world: World, tab: Tab) -> list[Record]:
    sheet = world.book.get(tab)
    columns = known_columns(tab, sheet.headings)
    return [read_record(row, columns) for row in sheet.rows if any(c is not None for c in row)]


def _changed(world: World, tab: Tab, change: Callable[[Rows, Columns], None]) -> Undo | None:
    """Change cells of rows of ours in place; taken back by writing what stood there."""
    sheet = world.book.get(tab)
    columns = known_columns(tab, sheet.headings)
    for row in sheet.rows:
        row.extend([None] * (len(sheet.headings) - len(row)))
    places = [at for at, row in enumerate(sheet.rows) if row[columns["line_id"]] is not None]
    if not places:
        return None
    before = {at: read_record(sheet.rows[at], columns) for at in places}
    change([sheet.rows[at] for at in places], columns)
    world.book.put(tab, sheet)
    now = world.book.get(tab).rows  # as the book keeps it
    pairs = [
        (stood, read_record(now[at] if at < len(now) else [], columns))
        for at, stood in before.items()
    ]
    pairs = [(stood, left) for stood, left in pairs if stood != left]
    _tell(world, tab, *(one for pair in pairs for one in pair))
    return lambda: _replace(world, tab, *((left, stood) for stood, left in pairs))


def _deleted(world: World, chance: Random, tab: Tab, many: int) -> Undo | None:
    records = [one for one in _records(world, tab) if one["line_id"] is not None]
    if not records:
        return None
    gone = chance.sample(records, min(many, len(records)))
    stood = [(one, records.count(one)) for one in gone]  # a row may have been doubled before
    _replace(world, tab, *((one, None) for one in gone))
    _tell(world, tab, *gone)

    def undo() -> None:
        for one, times in stood:  # a whole run appends lines of Commissions again by itself
            if _records(world, tab).count(one) < times:
                world.desk.type(tab, one)

    return undo


def _added(world: World, tab: Tab, record: Record) -> Undo:
    world.desk.type_one(tab, **record)
    added = _records(world, tab)[-1]
    _tell(world, tab, added)
    return lambda: _replace(world, tab, (added, None))


def _tell(world: World, tab: Tab, *records: Record) -> None:
    for one in records:
        key = (shown(one["source"]), shown(one["order_id"]))
        world.truth.wound(key, shown(one["line_id"]), terms=tab is Tab.JOURNAL)
    world.truth.doubted |= _lost_track(world, tab, *records)


def _lost_track(world: World, tab: Tab, *records: Record) -> bool:
    """Whether the ledgers no longer show that a line was: then what is told meanwhile is wrong.

    A line of the Journal shows in any row of its order that was damaged, or where a line of
    Commissions names it. Its partner shows in a row of either.
    """
    truth = world.truth
    facts, lines = world.desk.rows(Tab.JOURNAL), world.desk.rows(Tab.COMMISSIONS)
    lines = [row for row in lines if row["line_id"] not in truth.wounds]
    for one in records:
        source, order, fact = (shown(one[key]) for key in ("source", "order_id", "line_id"))
        mine = [row for row in facts if (row["source"], row["order_id"]) == (source, order)]
        steps = [row for row in lines if (row["source"], row["order_id"]) == (source, order)]
        who = shown(one["partner_id"])
        named = any(who in (row["partner_id"], *row.get("owed", "").split('"')) for row in mine)
        told = any(row["line_id"] in truth.wounds or tab is Tab.COMMISSIONS for row in mine)
        told = told or any(row["fact"] == fact for row in steps)
        if not told or not (named or any(row["partner_id"] == who for row in steps)):
            return True
    return False


def _replace(world: World, tab: Tab, *pairs: tuple[Record, Record | None]) -> None:
    """Write over the rows that show the first of each pair, or delete them where there is no second.

    Nothing happens to a row that no longer shows it.
    """
    sheet = world.book.get(tab)
    columns = known_columns(tab, sheet.headings)
    for shows, right in pairs:
        at = next((n for n, row in enumerate(sheet.rows) if read_record(row, columns) == shows), -1)
        if at >= 0 and right is None:
            del sheet.rows[at]
        elif at >= 0 and right is not None:
            row = sheet.rows[at]
            row += [None] * (len(sheet.headings) - len(row))
            for key, place in columns.items():
                row[place] = right[key]
    world.book.put(tab, sheet)

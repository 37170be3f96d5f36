"""How does an owner damage a ledger? Line by line, and never beyond repair."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from tests.sim.handling import Undo
from tests.sim.world import World
from tracker.cells import shown
from tracker.layout import Tab, known_columns


def _nothing() -> None:
    """Nothing is left to take back."""


def _a_line(world: World, chance: Random, tab: Tab) -> str | None:
    ids = [row["line_id"] for row in world.desk.rows(tab) if row["line_id"]]
    return chance.choice(ids) if ids else None


def changes_an_amount(world: World, chance: Random) -> Undo | None:
    line = _a_line(world, chance, Tab.COMMISSIONS)
    if line is None:
        return None
    before = world.desk.edit(Tab.COMMISSIONS, line, "amount", Decimal(999))
    return lambda: world.desk.edit(Tab.COMMISSIONS, line, "amount", before)


def changes_the_journal(world: World, chance: Random) -> Undo | None:
    line = _a_line(world, chance, Tab.JOURNAL)
    if line is None:
        return None
    before = world.desk.edit(Tab.JOURNAL, line, "total", Decimal(5))
    return lambda: world.desk.edit(Tab.JOURNAL, line, "total", before)


def deletes_a_commission(world: World, chance: Random) -> Undo | None:
    line = _a_line(world, chance, Tab.COMMISSIONS)
    if line is None:
        return None
    world.desk.delete(Tab.COMMISSIONS, line)
    return _nothing  # the next whole run appends it again


def deletes_a_fact(world: World, chance: Random) -> Undo | None:
    line = _a_line(world, chance, Tab.JOURNAL)
    if line is None:
        return None
    row = world.desk.delete(Tab.JOURNAL, line)
    sheet = world.book.get(Tab.JOURNAL)
    keys = known_columns(Tab.JOURNAL, sheet.headings)
    cells = {key: row[at] for key, at in keys.items() if at < len(row)}

    def undo() -> None:
        # What was noted anew meanwhile has the number of the old line: that is not put back.
        place = [cells[key] for key in ("source", "order_id", "n")]
        rows = world.desk.rows(Tab.JOURNAL)
        if list(map(shown, place)) not in [[r["source"], r["order_id"], r["n"]] for r in rows]:
            world.desk.type_one(Tab.JOURNAL, **cells)

    return undo


def doubles_a_line(world: World, chance: Random) -> Undo | None:
    tab = chance.choice((Tab.COMMISSIONS, Tab.JOURNAL))
    line = _a_line(world, chance, tab)
    if line is None:
        return None
    world.desk.double(tab, line)
    return lambda: world.desk.delete(tab, line)


def writes_a_total_row(world: World, _: Random) -> Undo | None:
    world.desk.type_one(Tab.COMMISSIONS, partner_id="Total", amount=Decimal(100500))

    def undo() -> None:
        sheet = world.book.get(Tab.COMMISSIONS)
        at = known_columns(Tab.COMMISSIONS, sheet.headings)["partner_id"]
        sheet.rows[:] = [row for row in sheet.rows if row[at : at + 1] != ["Total"]]
        world.book.put(Tab.COMMISSIONS, sheet)

    return undo

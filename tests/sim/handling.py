"""How does an owner put his book in order? Sorts, moves, adds, renames, and deletes what is in the way."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

from tests.sim.judge import LEDGERS
from tests.sim.programme import PARTNERS
from tests.sim.world import World
from tracker.cells import Formula
from tracker.layout import LAYOUT, Tab, known_columns

Undo = Callable[[], object]

SORTABLE = (*LEDGERS, Tab.PARTNERS, Tab.CODES, Tab.BALANCES, Tab.WEBHOOK_LOG)
REPORTS = (Tab.BALANCES, Tab.DASHBOARD, Tab.PROBLEMS, Tab.REVIEW)


def sorts(world: World, chance: Random) -> Undo | None:
    tab = chance.choice(SORTABLE)
    sheet = world.book.get(tab)
    at = chance.randrange(max(len(sheet.headings), 1))
    sheet.rows.sort(key=lambda row: str(row[at]) if at < len(row) else "", reverse=True)
    world.book.put(tab, sheet)
    return None


def shuffles(world: World, chance: Random) -> Undo | None:
    tab = chance.choice(SORTABLE)
    sheet = world.book.get(tab)
    chance.shuffle(sheet.rows)
    world.book.put(tab, sheet)
    return None


def inserts_blank_rows(world: World, chance: Random) -> Undo | None:
    tab = chance.choice(SORTABLE)
    sheet = world.book.get(tab)
    for _ in range(2):
        sheet.rows.insert(chance.randint(0, len(sheet.rows)), [None] * len(sheet.headings))
    world.book.put(tab, sheet)
    return None


def moves_a_column(world: World, chance: Random) -> Undo | None:
    # Elsewhere than in memory a formula beside each row of the owner's tabs would have to move too.
    owners = (Tab.PARTNERS, Tab.CODES) if world.book.kind == "memory" else ()
    tab = chance.choice((*LEDGERS, Tab.BALANCES, *owners))
    sheet = world.book.get(tab)
    width = len(sheet.headings)
    here, there = chance.randrange(width), chance.randrange(width)
    for cells in (sheet.headings, *sheet.rows):
        cells.extend([None] * (width - len(cells)))
        cells.insert(there, cells.pop(here))
    world.book.put(tab, sheet)
    return None


def inserts_a_column(world: World, chance: Random) -> Undo | None:
    tab = chance.choice(LEDGERS)
    sheet = world.book.get(tab)
    width = len(sheet.headings)
    at = chance.randint(0, width)
    for row in sheet.rows:
        row.extend([None] * (width - len(row)))
        row.insert(at, chance.choice([None, "mine", Decimal(1)]))
    sheet.headings.insert(at, chance.choice([None, f"mine {width}"]))
    world.book.put(tab, sheet)
    return None


def adds_a_comment_column(world: World, chance: Random) -> Undo | None:
    tab = chance.choice((*LEDGERS, Tab.PARTNERS, Tab.CODES))
    sheet = world.book.get(tab)
    sheet.headings.append(f"mine {len(sheet.headings)}")
    for row in sheet.rows:
        row.extend([None] * (len(sheet.headings) - 1 - len(row)))
        row.append(chance.choice([None, "asked by phone"]))
    world.book.put(tab, sheet)
    return None


def pastes_a_formula(world: World, chance: Random) -> Undo | None:
    who = chance.choice(world.desk.keys(Tab.PARTNERS))
    world.desk.edit(Tab.PARTNERS, who, "note", Formula("=1+1"))
    return None


def spoils_a_code_by_a_formula(world: World, _: Random) -> Undo | None:
    if world.desk.edit(Tab.CODES, "IVAN01", "rate", Formula("=A1")) is not None:
        return None
    world.truth.doubtful = True
    return lambda: world.desk.edit(Tab.CODES, "IVAN01", "rate", None)


def types_trailing_spaces(world: World, chance: Random) -> Undo | None:
    code = chance.choice(["MARIA01", "IVAN20"])
    if code in world.desk.keys(Tab.CODES):
        world.desk.edit(Tab.CODES, code, "code", f"  {code.lower()} ")
    return None


def types_two_headings(world: World, _: Random) -> Undo | None:
    world.desk.type_one(Tab.PARTNERS, partner_id="partner_id", name="name", rate="rate")
    return lambda: world.desk.delete(Tab.PARTNERS, "partner_id")


def clears_a_report(world: World, chance: Random) -> Undo | None:
    tab = chance.choice(REPORTS)
    sheet = world.book.get(tab)
    sheet.rows.clear()
    world.book.put(tab, sheet)
    return None


def deletes_a_partner(world: World, chance: Random) -> Undo | None:
    there = world.desk.keys(Tab.PARTNERS)
    if len(there) < len(PARTNERS):
        return None
    who = chance.choice(there)
    row = world.desk.delete(Tab.PARTNERS, who)
    world.truth.doubtful = True
    sheet = world.book.get(Tab.PARTNERS)
    keys = known_columns(Tab.PARTNERS, sheet.headings)
    cells = {key: row[at] for key, at in keys.items() if at < len(row) and row[at] is not None}
    return lambda: world.desk.type_one(Tab.PARTNERS, **cells)


def renames_a_heading(world: World, chance: Random) -> Undo | None:
    tab = chance.choice((*LEDGERS[:3], Tab.PARTNERS, Tab.CODES))
    key = LAYOUT[tab].key_column
    sheet = world.book.get(tab)
    at = known_columns(tab, sheet.headings)[key]
    sheet.headings[at] = "renamed"
    world.book.put(tab, sheet)

    def undo() -> None:
        now = world.book.get(tab)
        now.headings[now.headings.index("renamed")] = key
        world.book.put(tab, now)

    return undo


def doubles_a_heading(world: World, chance: Random) -> Undo | None:
    tab = chance.choice((Tab.JOURNAL, Tab.CODES))
    sheet = world.book.get(tab)
    sheet.headings.append(LAYOUT[tab].key_column)
    world.book.put(tab, sheet)

    def undo() -> None:
        now = world.book.get(tab)
        last = len(now.headings) - 1 - now.headings[::-1].index(LAYOUT[tab].key_column)
        for cells in (now.headings, *now.rows):
            if last < len(cells):
                del cells[last]
        world.book.put(tab, now)

    return undo


def deletes_a_tab(world: World, chance: Random) -> Undo | None:
    tab = chance.choice((Tab.JOURNAL, Tab.COMMISSIONS, Tab.CODES, Tab.RUNS, Tab.BALANCES))
    sheet = world.book.get(tab)
    world.book.drop(tab)
    return lambda: world.book.put(tab, sheet)

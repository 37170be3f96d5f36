"""What do tests of the invariants stand on? Faults put by hand into real books."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.world import World
from tracker.book.writing import commission_record, journal_record, payout_record
from tracker.cells import shown
from tracker.checking import _examined
from tracker.commissions import Owed
from tracker.invariants import Examined, Fault, examine
from tracker.layout import Tab
from tracker.ledger import Order, steps
from tracker.lines import JournalLine, Key, sealed
from tracker.owners_money import proposal_line
from tracker.payout_facts import Payout
from tracker.running import look
from tracker.sentences.doctor import DOCTOR


def book_of(world: World) -> Examined:
    return _examined(world.place, look(world.place, clock_is_right=True))


def ills(world: World) -> dict[str, Fault]:
    """The invariants that do not hold, each with its first counter-example."""
    found = {name: fault for name, fault in examine(book_of(world)).items() if fault is not None}
    assert {fault.code for fault in found.values()} <= DOCTOR.keys()
    return found


def values(fault: Fault) -> dict[str, str]:
    return dict(fault.params)


def forge(world: World, order_id: str, **changes: object) -> None:
    """Append one more line of an order that fits its id, and the rows that follow from it."""
    forge_line(world, ("generic", order_id), **changes)


def forge_line(world: World, key: Key, **changes: object) -> None:
    """Append such a line of any source."""
    order = look(world.place).plan.books.orders[key]
    last = order.latest
    line: JournalLine = sealed(replace(last, n=last.n + 1, **changes))  # type: ignore[arg-type]
    world.type(Tab.JOURNAL, **journal_record(line))
    for step in steps(Order(lines=(*order.lines, line))):
        if step.fact == line.line_id:
            world.type(Tab.COMMISSIONS, **commission_record(step))
    world.sync()  # so that the reports show it


def owed(partner_id: str, minor: int) -> Owed:
    return Owed(partner_id=partner_id, role="order", minor=minor, currency="RUB")


def busy() -> World:
    """Sixty orders, a third of them refunded, cancelled or nobody's; letters and payouts."""
    world = World()
    for number in range(60):
        code = ["IVAN01", "MARIA01", "NOBODYS"][number % 3 if number % 7 else 0]
        world.deliver(str(number), codes=[code], total=str(1000 + 37 * number))
    world.deliver("eur", currency="EUR", total="99.99")
    world.type(Tab.ADJUSTMENTS, adjustment_id="a1", partner_id="ivan", amount=Decimal(-5))
    world.sync()
    world.move(hours=1)
    for number in range(0, 60, 4):
        world.deliver(str(number), refunded="333.33" if number % 8 else None,
                      state=None if number % 8 else "cancelled")  # fmt: skip
    world.sync()
    world.move(days=30)
    world.seal("2026-10")
    for payout in world.propose():
        world.edit(Tab.PAYOUTS, payout.payout_id, "paid_on", "2026-11-20")
    world.sync()
    return world


def paid_world() -> tuple[World, Payout]:
    """Order 1 of ivan: 2000.00, proposed to be paid on 19 November."""
    world = World()
    world.deliver("1", total="20000")
    world.sync()
    world.move(days=30)
    (payout,) = world.propose()
    return world, payout


def second(world: World, payout: Payout, **changes: object) -> None:
    """Forge another payout, proposed later."""
    other = replace(payout, payout_id="po_second", **changes)  # type: ignore[arg-type]
    world.move(days=1)
    world.type(Tab.JOURNAL, **journal_record(proposal_line(other, "en", world.now)))
    world.type(Tab.PAYOUTS, **payout_record(other))


def sealed_world() -> World:
    """October sealed with 100.00 of ivan, November with 50.00 more."""
    world = World()
    world.deliver("1")
    world.sync()
    world.move(days=14)
    world.seal("2026-10")
    world.deliver("2", total="500")
    world.sync()
    world.move(days=30)
    world.seal("2026-11")
    assert ills(world) == {}
    return world


def statement(world: World, month: str) -> str:
    rows = (row for row in world.rows(Tab.STATEMENTS) if row["month"] == month)
    return next(shown(row["statement_id"]) for row in rows if row["partner_id"] == "ivan")

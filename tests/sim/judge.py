"""Do the promises hold in a world? Asked after every step, by the book alone and by the truth.

Two judges: `tracker.invariants` (I1 to I19), and this file with `truth.py`, which read cells and
share no rule with the program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from fractions import Fraction

from tests.sim.truth import PLACES, Account
from tests.sim.world import Broken, World
from tracker.cells import Cell
from tracker.checking import _examined
from tracker.invariants import examine
from tracker.layout import LAYOUT, Owner, Tab
from tracker.problems import Stop
from tracker.running import look

LEDGERS = tuple(tab for tab in Tab if LAYOUT[tab].owner is Owner.LEDGER)
OWNERS = tuple(tab for tab in Tab if LAYOUT[tab].owner is Owner.OWNER)
INBOXES = tuple(tab for tab in Tab if LAYOUT[tab].owner is Owner.INBOX)

SYNCS_MAX = 2
"""How many quiet syncs may have something to write; the next one must have nothing."""

Row = tuple[Cell, ...]


@dataclass
class Judge:
    """The judge of one world.

    Attributes:
        hurt: what of the ledgers the owner has damaged and not put right, by what was done: then
            only the sums that the damage leaves are asked.
        stopped: what keeps every run from working until the owner takes it back.
    """

    world: World
    hurt: set[str] = field(default_factory=set)
    stopped: set[str] = field(default_factory=set)
    _stood: dict[Tab, Counter[Row]] = field(default_factory=dict)
    _asked: Hashable = None

    # What stands where.

    def rebase(self) -> None:
        """What stands now is what the owner and the robot have left so far."""
        self._stood = {tab: self._rows(tab) for tab in (*LEDGERS, *OWNERS, *INBOXES)}

    def untouched(self) -> None:
        """Since `rebase` the robot changed no row: it appended to ledgers, and no more."""
        for tab, stood in self._stood.items():
            now = self._rows(tab)
            if stood - now:
                raise Broken(f"a row of {tab.value} was changed or deleted: {stood - now}")
            if now - stood and tab not in (*LEDGERS, Tab.LEADS):
                raise Broken(f"a row of {tab.value} was added: {now - stood}")

    def _rows(self, tab: Tab) -> Counter[Row]:
        try:
            sheet = self.world.book.get(tab)
        except KeyError:
            return Counter()
        rows = (row for row in sheet.rows if any(cell is not None for cell in row))
        # The owner fills three columns of Payouts whenever he likes; a row is known by its cells.
        return Counter(tuple(_plain(row)) for row in rows)

    # What must hold at any time, whatever goes wrong.

    def safety(self) -> None:
        """Every promise that holds at any moment. Raises Broken."""
        stands = (self.world.book.stands(), len(self.hurt), len(self.stopped))
        if stands == self._asked:
            return
        self._asked = stands
        if not self.hurt and not self.stopped:
            self._lines_once()
            self._sums_explained()
        self._invariants()

    def _lines_once(self) -> None:
        for tab in (Tab.JOURNAL, Tab.COMMISSIONS):
            ids = Counter(row["line_id"] for row in self.world.desk.rows(tab))
            twice = [one for one, count in ids.items() if count > 1]
            if twice:
                raise Broken(f"{tab.value} has a line twice: {twice}")

    def sums(self) -> dict[str, dict[Account, int]]:
        """What the plain SUM of Commissions gives, by order and account, in smallest coins."""
        found: dict[str, dict[Account, int]] = {}
        for row in self.world.desk.rows(Tab.COMMISSIONS):
            if row["source"] != "generic":
                continue
            account = (row["order_id"], row["partner_id"], row["currency"])
            order = found.setdefault(row["order_id"], {})
            unit = 10 ** PLACES[row["currency"]]
            minor = Fraction(row["amount"]) * unit
            if minor.denominator != 1:
                raise Broken(f"no whole coins: {row['amount']} {row['currency']}")
            order[account] = order.get(account, 0) + int(minor)
        return {order: {a: m for a, m in sums.items() if m} for order, sums in found.items()}

    def _sums_explained(self) -> None:
        truth = self.world.truth
        for order, sums in self.sums().items():
            if len(sums) > 1:
                raise Broken(f"{order} earns for several: {sums}")
            for (_, partner, currency), minor in sums.items():
                if (partner, currency, minor) not in truth.possible(order):
                    said = f"{minor} {currency} of {partner} for {order}"
                    raise Broken(f"no version explains {said}: {truth.possible(order)}")

    def _invariants(self) -> None:
        if self.stopped:
            return
        try:
            ill = self.ills()
        except Stop as stop:
            raise Broken(f"the book cannot be looked at: {stop.code}") from None
        if self.world.book.in_parts:
            # Reports come with the last part of a commit: until then Balances is behind.
            ill.pop("I8", None)
        if ill and not self.hurt:
            raise Broken(f"invariants: {ill}")

    def ills(self) -> dict[str, str]:
        """The invariants that do not hold, each with its counter-example."""
        world = self.world
        machine = world.machines[0]
        place = machine.workplace(world.ports, world.book.observer(), world.clock, world.order_log)
        book = _examined(place, look(place, clock_is_right=True))
        return {name: str(fault) for name, fault in examine(book).items() if fault is not None}

    # What must hold once everything is quiet.

    def liveness(self) -> None:
        """After at most two quiet syncs of each machine the book is at rest. Raises Broken."""
        world = self.world
        world.book.settle()
        wrote = [self._settles(number) for number in range(len(world.machines))]
        if any(wrote[1:]):
            self._settles(0)
        self.safety()
        self._right()

    def _settles(self, number: int) -> bool:
        """Sync a machine until it has nothing to write, at the third time; whether it wrote."""
        world = self.world
        for count in range(SYNCS_MAX + 1):
            commits = world.book.number()
            ending = world.run("whole", machine=number)
            if ending not in {"wrote", "idle"}:
                raise Broken(f"a quiet sync ended as {ending}")
            if (ending == "wrote") != (world.book.number() > commits):
                raise Broken(f"a sync that {ending} made of commit {commits} {world.book.number()}")
            if ending == "idle":
                return count > 0
        raise Broken(f"the book is not at rest after {SYNCS_MAX} quiet syncs")

    def _right(self) -> None:
        """The sums are those of the truth, and nobody acked is missing."""
        world = self.world
        sums = self.sums()
        noted = {row["order_id"] for row in world.desk.rows(Tab.JOURNAL)}
        for order in world.truth.versions:
            if order not in noted:
                raise Broken(f"{order} was acked and is not seen")
            stands = sums.get(order, {})
            right = world.truth.expected(order)
            if stands not in right:
                raise Broken(f"{order} stands as {stands}, and should as one of {right}")
            world.truth.pin(order, stands)
        world.truth.rested = True
        unknown = sums.keys() - world.truth.versions.keys() - world.truth.unsure.keys()
        if unknown:
            raise Broken(f"nobody sent {unknown}")
        self._balances(sums)

    def _balances(self, sums: dict[str, dict[Account, int]]) -> None:
        """Balances shows what orders, adjustments and payouts come to."""
        world = self.world
        right: Counter[tuple[str, str]] = Counter()
        for order in sums.values():
            for (_, partner, currency), minor in order.items():
                right[partner, currency] += minor
        for partner in world.truth.rates:
            right[partner, "RUB"] += world.truth.adjusted(partner)
        for row in world.desk.rows(Tab.PAYOUTS):
            if row["paid_on"]:
                right[row["partner_id"], row["currency"]] -= _minor(row["amount"], row["currency"])
        shown = {
            (row["partner_id"], row["currency"]): _minor(row["balance"], row["currency"])
            for row in world.desk.rows(Tab.BALANCES)
        }
        for account in shown.keys() | right.keys():
            if shown.get(account, 0) != right[account]:
                raise Broken(f"{account} shows {shown.get(account)}, and has {right[account]}")


def _plain(row: list[Cell]) -> list[Cell]:
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return row[:end]


def _minor(text: str, currency: str) -> int:
    return int(Fraction(text) * 10 ** PLACES[currency])

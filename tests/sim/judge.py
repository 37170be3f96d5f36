"""Do the promises hold in a world? Asked after every step, by the book alone and by the truth.

Two judges: `tracker.invariants` (I1 to I19), and this file with `truth.py`, which read cells and
share no rule with the program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from tests.sim.privacy import private, private_in_reports
from tests.sim.truth import PLACES, Account
from tests.sim.world import Broken, World
from tracker.cells import Cell
from tracker.checking import _examined
from tracker.invariants import Fault, examine
from tracker.layout import LAYOUT, Owner, Tab
from tracker.problems import Stop
from tracker.running import look

DAMAGED = ("Journal", "Commissions")
LEDGERS = tuple(tab for tab in Tab if LAYOUT[tab].owner is Owner.LEDGER)
OWNERS = tuple(tab for tab in Tab if LAYOUT[tab].owner is Owner.OWNER)
INBOXES = tuple(tab for tab in Tab if LAYOUT[tab].owner is Owner.INBOX)

OF_ROWS = frozenset({"I1", "I2", "I7", "I8", "I9", "I10", "I15", "I16", "I18"})
"""What cannot hold while a ledger row is damaged, and then only of the orders it is about."""
OF_STATEMENTS = frozenset({"I12", "I13"})
"""What a statement does not fulfil while its rows are damaged, and for good when it was made while
nothing showed that they were."""

SYNCS_MAX = 2
"""How many quiet syncs may have something to write; the next one must have nothing."""

Row = tuple[Cell, ...]


@dataclass
class Judge:
    """The judge of one world.

    Attributes:
        stopped: what keeps every run from working until the owner takes it back.
    """

    world: World
    stopped: set[str] = field(default_factory=set)
    _stood: dict[Tab, Counter[Row]] = field(default_factory=dict)
    _stood_at: Hashable = None
    _asked: Hashable = None

    # What stands where.

    def rebase(self) -> None:
        """What stands now is what the owner and the robot have left so far."""
        stands = self.world.book.stands()
        if stands != self._stood_at:
            # Of a spreadsheet far away only the generation is asked, and not every cell.
            self._stood_at = None if self.world.book.kind == "google" else stands
            self._stood = {tab: self._rows(tab) for tab in (*LEDGERS, *OWNERS, *INBOXES)}

    def untouched(self) -> None:
        """Since `rebase` the robot changed no row: it appended to ledgers, and no more."""
        if self._stood_at is not None and self.world.book.stands() == self._stood_at:
            return
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
        wounds = self.world.truth.wounds
        stands = (self.world.book.stands(), len(wounds), len(self.stopped))
        if stands == self._asked:
            return
        self._asked = stands
        if not self.stopped:
            private_in_reports(self.world)
            self._lines_once()
            self._sums_explained()
            self._invariants()

    def _sound(self, row: Mapping[str, str]) -> bool:
        """Whether a row of a ledger is about an order of which nothing was damaged."""
        return (row["source"], row["order_id"]) not in self.world.truth.wounded

    def _lines_once(self) -> None:
        for tab in (Tab.JOURNAL, Tab.COMMISSIONS):
            rows = self.world.desk.rows(tab)
            ids = Counter(row["line_id"] for row in rows if self._sound(row))
            twice = [one for one, count in ids.items() if count > 1]
            if twice:
                raise Broken(f"{tab.value} has a line twice: {twice}")

    def sums(self) -> dict[str, dict[Account, int]]:
        """What the plain SUM of Commissions gives, by order and account, in smallest coins.

        Orders of which a line was damaged are left out.
        """
        found: dict[str, dict[Account, int]] = {}
        for row in self.world.desk.rows(Tab.COMMISSIONS):
            if row["source"] != "generic" or not self._sound(row):
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
        try:
            ill = self.ills()
        except Stop as stop:
            raise Broken(f"the book cannot be looked at: {stop.code}") from None
        if self.world.book.in_parts:
            # Reports come with the last part of a commit: until then Balances is behind.
            ill.pop("I8", None)
        ill = {name: fault for name, fault in ill.items() if not self._of_wounds(name, fault)}
        if ill:
            raise Broken(f"invariants: {ill}")

    def _of_wounds(self, name: str, fault: Fault) -> bool:
        truth = self.world.truth
        if name in OF_STATEMENTS and (truth.wounds or truth.doubted):
            return True
        said = dict(fault.params)
        about, line = said.get("about", ""), said.get("line", "-")
        named = not about or tuple(about.partition("/")[::2]) in truth.wounded
        return bool(truth.wounds) and name in OF_ROWS and named and line in {"-", *truth.wounds}

    def ills(self) -> dict[str, Fault]:
        """The invariants that do not hold, each with its counter-example."""
        world = self.world
        machine = world.machines[0]
        place = machine.workplace(world.ports, world.book.observer(), world.clock, world.order_log)
        book = _examined(place, look(place, clock_is_right=True))
        return {name: fault for name, fault in examine(book).items() if fault is not None}

    # What must hold once everything is quiet.

    def liveness(self) -> None:
        """After at most two quiet syncs of each machine the book is at rest. Raises Broken."""
        self._comes_to_rest()
        self.safety()
        self._right()
        private(self.world)
        self.world.truth.rested = True

    def bears(self) -> None:
        """With damaged ledgers it comes to rest too; no other sum is wrong, and none silently."""
        self._comes_to_rest()
        self.safety()
        self._right()

    def _comes_to_rest(self) -> None:
        world = self.world
        world.book.settle()
        wrote = [self._settles(number) for number in range(len(world.machines))]
        if any(wrote[1:]):
            self._settles(0)

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
            if ("generic", order) in world.truth.wounded:
                continue
            if order not in noted:
                raise Broken(f"{order} was acked and is not seen")
            stands = sums.get(order, {})
            right = world.truth.expected(order, sums)
            if stands not in right:
                raise Broken(f"{order} stands as {stands}, and should as one of {right}")
            world.truth.pin(order, stands)
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
            has = {right[account] + more for more in self._wounded_sums(account)}
            if shown.get(account, 0) not in has and not self._wounds_named():
                raise Broken(f"{account} shows {shown.get(account)}, and has {has}")

    def _wounded_sums(self, account: tuple[str, str]) -> set[int]:
        """What orders of which a line was damaged may come to in an account, if all is right."""
        truth, found = self.world.truth, {0}
        for order in truth.versions:
            if ("generic", order) in truth.wounded:
                mine = {(order, *account)}
                answers = {
                    sum(sums[at] for at in mine & sums.keys()) for sums in truth.expected(order)
                }
                found = {one + more for one in found for more in answers}
        return found

    def _wounds_named(self) -> bool:
        """Whether Problems names an order or line that was damaged."""
        truth = self.world.truth
        if truth.doubted:
            return True
        about = {"/".join(key) for key in truth.wounded} | truth.wounds
        rows = self.world.desk.rows(Tab.PROBLEMS)
        return any(row["tab"] in DAMAGED and row["key"] in about for row in rows)


def _plain(row: list[Cell]) -> list[Cell]:
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return row[:end]


def _minor(text: str, currency: str) -> int:
    return int(Fraction(text) * 10 ** PLACES[currency])

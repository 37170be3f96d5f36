"""What do the invariants look at? Rows of both ledgers as they stand, and nothing made of them.

Whatever is worked out here is worked out anew: sums from cells, ids from their letters, chains
from the Journal's own numbers. It must be able to disagree with the code that made the lines.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation

from tracker.known import Known
from tracker.lines import JournalLine, Key, WrittenLine
from tracker.money import CURRENCIES, NotAnAmount, decimal_text, from_decimal
from tracker.problems import Params
from tracker.sync import Plan

OWN = frozenset({"adjustment", "lead", "payout", "tier"})
"""Sources of the owner's own rows; everything else is a shop."""

Account = tuple[str, str, str]
"""(partner_id, role, currency) within one order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """The first counter-example of an invariant.

    Attributes:
        code, params: its sentence in `tracker.sentences.doctor`.
        tab, cell: the English title and the address; an empty cell is found by `row` and `column`.
        row: cells (column, text) by which the row is found.
    """

    code: str
    params: Params = ()
    tab: str = ""
    cell: str = ""
    row: Params = ()
    column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A row of Commissions, read from its cells alone; sums in minor units of `currency`.

    `amount` is None where its cell is no sum of the currency.
    """

    row: WrittenLine
    key: Key
    account: Account
    n: int
    before: int
    after: int
    amount: int | None
    at: datetime | None

    @property
    def minor(self) -> int:
        """What the step adds to its account."""
        return self.after - self.before

    @property
    def own_id(self) -> str:
        """The id that these cells must have."""
        said = [*self.key, *self.account, self.n, self.before, self.after]
        text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        return "cm_" + base64.b32encode(digest[:10]).decode("ascii").lower()

    @property
    def ours(self) -> bool:
        """Whether the row is what its id says."""
        return self.own_id == self.row.line_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """One reading of the book, ready to be examined.

    Attributes:
        plan: what a sync would write on it; again: what the sync after that one would write.
        generation: the number of the last commit.
        steps: the rows of Commissions whose cells can be read; unreadable: (row, column) else.
        ours: the lines by id: what the cells of a row say, or where they were changed by hand
            what its id stands for.
        chains: the Journal by order, oldest line first, of orders that hold together.
        broken: the other orders, with the id of a line changed by hand, empty for a missing one.
        facts: every intact Journal line by id; cells: the cell of each Journal row's id.
        balances: what the tab Balances shows: (amount, cell) by partner and currency.
        runs: rows of Runs by column, with `cell`; letters: statements a letter of which was tried.
        frozen: what was frozen with those letters, as JSON by id (`tracker.revising`).
        seen: the orders whose deliveries the inbox has and the book has read.
    """

    known: Known
    plan: Plan
    again: Plan
    generation: int
    steps: tuple[Step, ...] = ()
    unreadable: tuple[tuple[WrittenLine, str], ...] = ()
    ours: Mapping[str, Step] = field(default_factory=dict)
    chains: Mapping[Key, tuple[JournalLine, ...]] = field(default_factory=dict)
    broken: Mapping[Key, str] = field(default_factory=dict)
    facts: Mapping[str, JournalLine] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    balances: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    runs: tuple[Mapping[str, str], ...] = ()
    letters: tuple[str, ...] = ()
    seen: frozenset[Key] = frozenset()
    frozen: Mapping[str, str] = field(default_factory=dict)

    def sums(self) -> dict[Key, dict[Account, int]]:
        """What the rows of Commissions come to, by order and account, each id once."""
        found: dict[Key, dict[Account, int]] = {}
        for step in self.ours.values():
            accounts = found.setdefault(step.key, {})
            accounts[step.account] = accounts.get(step.account, 0) + step.minor
        return found

    def booked_at(self, step: Step) -> datetime | None:
        """When a step was booked: when its Journal line was noted, else what its cell says."""
        fact = self.facts.get(step.row.values.get("fact", ""))
        return step.at if fact is None else fact.noted_at


def examined(
    known: Known,
    plan: Plan,
    again: Plan,
    generation: int,
    *,
    balances: Mapping[tuple[str, str], tuple[str, str]] | None = None,
    runs: tuple[Mapping[str, str], ...] = (),
    letters: Mapping[str, str] | None = None,
    seen: frozenset[Key] = frozenset(),
) -> Examined:
    """Sort what was read by row and by order."""
    read = [(row, _step(row)) for row in known.written]
    ours = _ours(read, plan)
    facts = {f.line_id: f.line for f in known.facts if f.line is not None and f.whole}
    chains, broken = _chains(known)
    for step in ours.values():
        if not _follows(step, chains.get(step.key), facts):
            chains.pop(step.key, None)
            broken.setdefault(step.key, "")
    return Examined(
        known=known,
        plan=plan,
        again=again,
        generation=generation,
        steps=tuple(step for _, step in read if isinstance(step, Step)),
        unreadable=tuple((row, found) for row, found in read if isinstance(found, str)),
        ours=ours,
        chains=chains,
        broken=broken,
        facts=facts,
        cells={fact.line_id: fact.cell for fact in known.facts},
        balances=balances or {},
        runs=runs,
        letters=tuple(letters or ()),
        frozen=letters or {},
        seen=seen,
    )


def _ours(read: Iterable[tuple[WrittenLine, Step | str]], plan: Plan) -> dict[str, Step]:
    """Lines by id. A row changed by hand counts as the line of its id (design.md, rule 6).

    Where another row is that line, one that was given its id by hand is no line at all.
    """
    known = {line.line_id: line for line in plan.books.lines}
    found: dict[str, Step] = {}
    changed: list[WrittenLine] = []
    for row, step in read:
        if isinstance(step, Step) and step.ours:
            found.setdefault(row.line_id, step)
        else:
            changed.append(row)
    for row in changed:
        line = known.get(row.line_id)
        if line is not None:
            account = (line.partner_id, line.role, line.currency)
            meant = Step(
                row=row,
                key=line.key,
                account=account,
                n=line.n,
                before=line.before,
                after=line.after,
                amount=line.minor,
                at=_moment(row.values.get("booked_at", "")),
            )
            found.setdefault(row.line_id, meant)
    return found


def _follows(
    step: Step, chain: tuple[JournalLine, ...] | None, facts: Mapping[str, JournalLine]
) -> bool:
    """Whether the Journal line that a step follows from still stands."""
    if chain is None:
        return False
    if folded_again(chain[0]) and step.n < chain[0].n:
        return True
    # The cell `fact` alone may have been changed: then its number tells.
    return step.row.values.get("fact", "") in facts or step.n in {line.n for line in chain}


def money(minor: int, currency: str) -> str:
    """A sum as sentences name it."""
    return f"{decimal_text(minor, currency)} {currency}"


def _step(row: WrittenLine) -> Step | str:
    """Read a row's cells; the column that cannot be read where one cannot."""
    said = row.values
    currency = said.get("currency", "")
    if currency not in CURRENCIES:
        return "currency"
    before, after = minor_of(said.get("before", ""), currency), minor_of(said["after"], currency)
    if before is None or after is None:
        return "before" if before is None else "after"
    if not said.get("n", "").isdecimal():
        return "n"
    return Step(
        row=row,
        key=(said["source"], said["order_id"]),
        account=(said["partner_id"], said["role"], currency),
        n=int(said["n"]),
        before=before,
        after=after,
        amount=minor_of(said.get("amount", ""), currency),
        at=_moment(said.get("booked_at", "")),
    )


def minor_of(text: str, currency: str) -> int | None:
    """A decimal text as minor units; None where it is no whole number of them below 10^15."""
    try:
        return from_decimal(Decimal(text), currency)
    except (InvalidOperation, NotAnAmount):
        return None


def _moment(text: str) -> datetime | None:
    """A time with its offset; None for anything else."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def _chains(known: Known) -> tuple[dict[Key, tuple[JournalLine, ...]], dict[Key, str]]:
    """Follow each order from line 1, or from where it was folded again, to its last line."""
    lines: dict[Key, dict[int, JournalLine]] = defaultdict(dict)
    changed: dict[Key, list[str]] = defaultdict(list)
    for fact in known.facts:
        if fact.line is not None and fact.whole:
            lines[fact.key][fact.line.n] = fact.line
        else:
            changed[fact.key].append(fact.line_id)
    chains: dict[Key, tuple[JournalLine, ...]] = {}
    broken: dict[Key, str] = {}
    for key in lines.keys() | changed.keys():
        last = max(lines[key], default=0)
        first = last
        while first > 1 and not folded_again(lines[key].get(first)):
            first -= 1
        mended = _stands_instead(lines[key].get(first))
        spoilt = next((one for one in changed[key] if one not in mended), None)
        if spoilt is not None:
            broken[key] = spoilt
        elif any(n not in lines[key] for n in range(first, last + 1)):
            broken[key] = ""
        else:
            chains[key] = tuple(lines[key][n] for n in range(first, last + 1))
    return chains, broken


def folded_again(line: JournalLine | None) -> bool:
    """Whether a line begins its order anew after damage."""
    return line is not None and '"written"' in line.facts and "written" in line.parsed()


def _stands_instead(line: JournalLine | None) -> frozenset[str]:
    if line is None or not folded_again(line):
        return frozenset()
    return frozenset(str(one) for one in line.parsed().get("instead", ()))

"""Who else adds our sums up? Beancount, and a small reader of hledger's language.

Both know nothing of the tracker: what they find is their own arithmetic.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

Sums = dict[tuple[str, str], Decimal]
"""What accounts hold, by (account, currency); empty ones are left out."""


def beans(text: str) -> tuple[list[str], Sums]:
    """What beancount 3 says of a ledger: its errors, and its realised inventories."""
    from beancount import loader
    from beancount.core import realization

    entries, errors, _ = loader.load_string(text)
    sums: Sums = {}
    tree = realization.realize(entries)  # type: ignore[no-untyped-call]
    for node in realization.iter_children(tree):  # type: ignore[no-untyped-call]
        for position in node.balance:
            sums[node.account, position.units.currency] = position.units.number
    return [error.message for error in errors], sums


@dataclass
class _Journal:
    """An hledger journal on its way: what was declared, what stands, and what is wrong."""

    accounts: set[str] = field(default_factory=set)
    places: dict[str, int] = field(default_factory=dict)
    sums: Sums = field(default_factory=lambda: defaultdict(Decimal))
    errors: list[str] = field(default_factory=list)
    day: str = ""
    open: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    def close(self) -> None:
        """End a transaction: every currency of it comes to nothing."""
        self.errors += [f"{self.day}: unbalanced" for one in self.open.values() if one]
        self.open.clear()


_POSTING = re.compile(
    r" +(\S+(?: \S+)*)  (-?[0-9]+(?:\.[0-9]+)?) ([A-Z]{3})(?: = (-?[0-9.]+) ([A-Z]{3}))?"
)
_HEAD = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) \* (?:\([^)\n]*\) )?[^;\n]+")


def hledger_check(text: str) -> tuple[list[str], Sums]:
    """What `hledger check --strict` would say: errors, and the accounts' sums.

    Checked are declarations, decimals, the order of dates, balances of every transaction, and
    assertions, exactly and where they stand.
    """
    journal = _Journal()
    for line in text.split("\n"):
        if line.startswith("account "):
            journal.accounts.add(line.removeprefix("account "))
        elif declared := re.fullmatch(r"commodity 1000\.([0-9]*) ([A-Z]{3})", line):
            journal.places[declared[2]] = len(declared[1])
        elif head := _HEAD.fullmatch(line):
            journal.close()
            journal.errors += [f"{head[1]}: out of order"] if head[1] < journal.day else []
            journal.day = head[1]
        elif posting := _POSTING.fullmatch(line):
            _post(journal, posting)
        elif line != "decimal-mark ." and not re.fullmatch(r"(?: *;.*)?", line):
            journal.errors.append(f"not understood: {line}")
    journal.close()
    return journal.errors, {key: one for key, one in journal.sums.items() if one}


def _post(journal: _Journal, posting: re.Match[str]) -> None:
    account, number, currency, held, unit = posting.groups()
    amount = Decimal(number)
    journal.open[currency] += amount
    journal.sums[account, currency] += amount
    if account not in journal.accounts or currency not in journal.places:
        journal.errors.append(f"{journal.day}: undeclared {account} {currency}")
    elif -int(amount.as_tuple().exponent) != journal.places[currency]:
        journal.errors.append(f"{journal.day}: decimals of {number} {currency}")
    if held is not None and (unit != currency or journal.sums[account, currency] != Decimal(held)):
        journal.errors.append(f"{journal.day}: {account} is not {held} {unit}")

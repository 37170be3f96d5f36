"""What became of a payout? What the owner's cells beside it, and the bank, say of it.

We never move money: the owner pays and writes the date. What a payout is follows from three cells.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from tracker.lines import CommissionLine
from tracker.payout_facts import BankLine, Fate, Payout
from tracker.programme import PayoutCells

HOLDING = frozenset({Fate.OPEN, Fate.PAID, Fate.UNKNOWN})


def fate_of(cells: PayoutCells, booked: Fate, bank: BankLine | None = None) -> tuple[Fate, str]:
    """What the owner's cells say; with a problem's code the booked fate stands.

    unknown blocks; returned, or void without paid_on, frees; paid_on with empty, sent or paid is
    paid; empty or sent is open. void with paid_on and paid without it contradict themselves.
    A bank statement gives the date that the owner did not type: with empty, sent or paid it is
    paid. It never speaks against the owner; where they differ a code says so.
    """
    if cells.result == "unknown":
        return Fate.UNKNOWN, "payout_bank_disagrees" if bank is not None else ""
    if cells.result == "returned":
        return Fate.FREED, ""
    if cells.result == "void":
        if cells.paid_on is not None:
            return booked, "payout_void_but_paid"
        return Fate.FREED, "payout_bank_disagrees" if bank is not None else ""
    if cells.paid_on is not None or bank is not None:
        return Fate.PAID, ""
    if cells.result == "paid":
        return booked, "payout_paid_without_date"
    return Fate.OPEN, ""


def fates(
    payouts: Sequence[Payout], cells: Mapping[str, PayoutCells], doubtful: Collection[str] = ()
) -> dict[str, tuple[Fate, str]]:
    """What becomes of every payout by its cells, and a problem's code, by payout id.

    Without readable cells the booked fate stands. A `doubtful` one (a restored book) is unknown
    while nobody says more. One that was freed and wants its lines back gets them unless another
    one holds them by now, or it was paid after all; of several such the one proposed last.
    """
    said: dict[str, tuple[Fate, str]] = {}
    for one in payouts:
        row = cells.get(one.payout_id)
        if row is None:
            said[one.payout_id] = one.fate, ""
        elif one.payout_id in doubtful and not (row.result or row.paid_on or one.bank):
            said[one.payout_id] = Fate.UNKNOWN, "payout_doubtful"
        else:
            said[one.payout_id] = fate_of(row, one.fate, one.bank)
    back = [
        one
        for one in payouts
        if one.fate is Fate.FREED and said[one.payout_id][0] in {Fate.OPEN, Fate.UNKNOWN}
    ]
    waiting = {one.payout_id for one in back}
    held = {
        line
        for one in payouts
        if said[one.payout_id][0] in HOLDING and one.payout_id not in waiting
        for line in one.lines
    }
    for one in sorted(back, key=lambda one: (one.proposed_on, one.payout_id), reverse=True):
        if held.isdisjoint(one.lines):
            held.update(one.lines)
        else:
            said[one.payout_id] = Fate.FREED, "payout_superseded"
    return said


def holds(payouts: Iterable[Payout]) -> frozenset[str]:
    """The lines that are in a payout that was not freed."""
    return frozenset(line for one in payouts if one.fate in HOLDING for line in one.lines)


def broken(payouts: Iterable[Payout], lines: Iterable[CommissionLine]) -> frozenset[str]:
    """Payouts some line of which is no longer in the book, by id.

    A book put back from a copy reads the log again in one go: several lines of an order may come
    back as one, with an id of its own. What such a payout paid then counts as its own line of
    Commissions says, and the lines it still names are due again.
    """
    known = {line.line_id for line in lines}
    return frozenset(one.payout_id for one in payouts if not known.issuperset(one.lines))

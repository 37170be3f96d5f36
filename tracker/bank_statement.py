"""Which payouts does a bank statement say were paid, and what does it say otherwise?

We look for ids of payouts anywhere in a row. What differs from the payout in amount or currency,
came in instead of going out, or may have been paid twice is named and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.bank_cells import payout_ids, read_day, sums_in
from tracker.bank_rows import BankRow, Told
from tracker.bank_words import undone_anywhere, went_back, without
from tracker.cells import NotUnderstood
from tracker.money import as_decimal, decimal_text
from tracker.payout_facts import BankLine, Fate, Payout
from tracker.problems import Problem, params

REFERENCE_LENGTH_MAX = 60
_DAY = timedelta(days=1)  # a bank's day may be another than that of the programme's zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A row that says of one payout that it was paid."""

    payout: Payout
    line: int
    bank: BankLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a bank statement says.

    Attributes:
        fresh: payouts to be noted as paid; known: those that are noted already.
        freed: those the owner freed, whose payment is not noted yet; each has a problem too.
        problems: one for every row with an id that could not be used, naming its line.
        rows: all rows; others: those without an id, which are not ours.
    """

    fresh: tuple[Said, ...] = ()
    known: tuple[Said, ...] = ()
    freed: tuple[Said, ...] = ()
    problems: tuple[Problem, ...] = ()
    rows: int = 0
    others: int = 0


def answer(
    rows: Iterable[BankRow], payouts: Iterable[Payout], name: str, today: date, purpose: str = ""
) -> Answer:
    """Find out what the rows of a bank's file say of payouts.

    `name` is the file's, for people; `today` is the local day, after which nothing was paid;
    `purpose` are the words that our own files say, in which nothing is looked for.
    """
    by_id = {one.payout_id: one for one in payouts}
    said: dict[str, list[Said]] = {}
    problems: list[Problem] = []
    count = others = 0
    for row in rows:
        count += 1
        ids = payout_ids(row.text, by_id)
        if not ids:
            others += 1
            continue
        found = _said(_bare(row, purpose), ids, by_id, name, today)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            said.setdefault(found.payout.payout_id, []).append(found)
    weighed = _sorted_out(said.values(), name)
    problems += weighed.problems
    in_order = sorted(problems, key=lambda one: int(dict(one.params)["line"]))
    return replace(weighed, problems=tuple(in_order), rows=count, others=others)


def _sorted_out(said: Iterable[list[Said]], name: str) -> Answer:
    """One row of each payout counts, the one that is noted already if it is there.

    The others are named: they are payments of their own, or one that the bank printed twice.
    """
    fresh: list[Said] = []
    known: list[Said] = []
    freed: list[Said] = []
    problems: list[Problem] = []
    for several in said:
        one, *more = sorted(several, key=lambda one: one.bank != one.payout.bank)
        wrong, noted = _weighed(one, name), one.payout.bank is not None
        if wrong is not None:
            problems.append(wrong)
            freed += [] if noted else [one]
        else:
            (known if noted or one.payout.fate is Fate.PAID else fresh).append(one)
        problems += [
            _problem("bank_twice", two.line, name, two.payout, other=one.line) for two in more
        ]
    return Answer(
        fresh=tuple(fresh), known=tuple(known), freed=tuple(freed), problems=tuple(problems)
    )


def _bare(row: BankRow, purpose: str) -> BankRow:
    """The row without what our own files say in it."""
    cells = tuple(without(cell, purpose) for cell in row.cells)
    return replace(row, text=without(row.text, purpose), cells=cells)


def _weighed(found: Said, name: str) -> Problem | None:
    """What speaks against a row: another statement that said it, or the owner."""
    payout = found.payout
    if payout.bank is not None and payout.bank != found.bank:
        noted = f"{payout.bank.paid_on} {payout.bank.reference}".strip()
        return _problem("bank_paid_again", found.line, name, payout, noted=noted)
    freed = payout.fate is Fate.FREED
    return _problem("bank_freed", found.line, name, payout) if freed else None


def _said(
    row: BankRow, ids: list[str], payouts: Mapping[str, Payout], name: str, today: date
) -> Said | Problem:
    """What a row says of one payout, once its sum, currency, way and day are right."""
    if len(ids) > 1:
        shown = ", ".join(ids[:3]) + (", …" if len(ids) > 3 else "")
        return _problem("bank_several", row.line, name, payout=shown)
    payout = payouts.get(ids[0])
    if payout is None:
        return _problem("bank_unknown_id", row.line, name, payout=ids[0])
    if row.came_in or went_back(row.text):
        return _problem("bank_came_back", row.line, name, payout)
    if row.undone or undone_anywhere(row.cells):
        return _problem("bank_undone", row.line, name, payout)
    wrong = _wrong_sum(row, payout, name)
    if wrong is not None:
        return wrong
    try:
        paid_on = read_day(row.day, slashed=row.slashed)
    except NotUnderstood as refusal:
        return _problem("bank_date", row.line, name, payout, shown=refusal.shown or "-")
    if not payout.proposed_on - _DAY <= paid_on <= today + _DAY:
        return _problem("bank_day_odd", row.line, name, payout, shown=str(paid_on))
    bank = BankLine(paid_on=paid_on, reference=row.number[:REFERENCE_LENGTH_MAX])
    return Said(payout=payout, line=row.line, bank=bank)


def _wrong_sum(row: BankRow, payout: Payout, name: str) -> Problem | None:
    """What is wrong with the sum; nothing when one of the cells is the payout's, to the coin."""
    equal = [told for told in row.sums if _equal(told, payout)]
    if any(told.currency in {"", payout.currency} for told in equal):
        return None
    if equal:
        return _problem("bank_currency", row.line, name, payout, shown=equal[0].currency)
    shown = " / ".join(told.text[:40] for told in row.sums[:3]) or "-"
    return _problem("bank_amount", row.line, name, payout, shown=shown)


def _equal(told: Told, payout: Payout) -> bool:
    wanted = as_decimal(payout.minor, payout.currency)
    return any(abs(one) == wanted for one in sums_in(told.text, payout.currency))


def _problem(code: str, line: int, name: str, payout: Payout | str, **values: str | int) -> Problem:
    """A row that changes nothing, with its line, and the payout's own sum where it is known."""
    said: dict[str, str | int] = {"line": line, **values}
    if isinstance(payout, Payout):
        said["payout"] = payout.payout_id
        said["amount"] = f"{decimal_text(payout.minor, payout.currency)} {payout.currency}"
    else:
        said["payout"] = payout
    return Problem(tab=name, cell="", code=code, params=params(**said), key=str(said["payout"]))

"""How does a bank statement mark payouts as paid? By lines of the Journal, never in a cell.

The owner's cells stay the owner's: on Google a row's number may be stale. What the bank said is a
Journal line of the payout, and the next sync makes Commissions follow.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from tracker.bank_lines import NotAStatement
from tracker.bank_rows import BankRow, read_rows
from tracker.bank_statement import Answer, Said, answer
from tracker.book.rows import rows_of
from tracker.book.run_rows import file_record
from tracker.book.writing import journal_record
from tracker.cells import clean, shown
from tracker.layout import Tab
from tracker.money import decimal_text
from tracker.owners_money import PAYOUT, bank_line
from tracker.paying import totals
from tracker.payout_facts import Fate, Payout
from tracker.problems import Problem, Stop, params
from tracker.programme import PayoutCells
from tracker.running import CONFLICTS_MAX, Rest, Workplace, at_rest, commit_more
from tracker.stores import Record

BYTES_MAX = 20 * 1024 * 1024
NAME_LENGTH_MAX = 100
SHA256_SHOWN = 12
WHAT = "import"
_DIGEST = re.compile(r"sha256[=: ]+([0-9a-f]{8,64})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What a bank statement changed.

    Attributes:
        paid: payouts that are paid now by its word; known_before: that were paid already.
        problems: rows that name a payout and change nothing, each with its line and why.
        rows, others: how many rows there are, and how many of them name no payout.
        rest: the book afterwards.
    """

    paid: tuple[Said, ...]
    known_before: tuple[Said, ...]
    problems: tuple[Problem, ...]
    rows: int
    others: int
    rest: Rest


def import_paid(place: Workplace, path: Path, *, clock_is_right: bool = False) -> Imported:
    """Note as paid what a bank statement says. Call it while holding `store.writing`.

    Raises Stop when the file cannot be read, is no bank statement, or is one that we made.
    """
    content = _content(path)
    rows = _rows(place, content, path)
    mine: set[str] = set()
    for _ in range(CONFLICTS_MAX):
        rest = at_rest(place, what="payouts", clock_is_right=clock_is_right)
        programme = rest.known.programme
        today = programme.local_date(rest.now)
        payouts = rest.plan.books.payouts()
        found = answer(rows, payouts, path.name, today, programme.payment_purpose)
        if not (found.fresh or _voided(rest, found)):
            return _imported(found, mine, path.name, rest)
        mine |= {one.payout.payout_id for one in found.fresh}
        # Done, in conflict or with its answer lost: the book, read again, says what landed.
        commit_more(place, rest, _appends(rest, found, content, path.name))
    raise Stop("still_changing")


def _content(path: Path) -> bytes:
    """The file's bytes; one that is too large is not read to its end."""
    try:
        with path.open("rb") as file:
            content = file.read(BYTES_MAX + 1)
    except OSError as refusal:
        raise Stop("bank_file_unreadable", path=path, why=refusal.strerror or "") from None
    if len(content) > BYTES_MAX:
        raise Stop("bank_file_large", path=path)
    return content


def _rows(place: Workplace, content: bytes, path: Path) -> list[BankRow]:
    """The rows of a bank's file; one that was written here says nothing of what the bank did."""
    digest = hashlib.sha256(content).hexdigest()
    for row in rows_of(place.store.read([Tab.RUNS]).tables[Tab.RUNS]):
        made = _DIGEST.search(shown(row.cell("note")))
        if made is not None and row.cell("what") != WHAT and digest.startswith(made[1]):
            raise Stop("bank_file_own", path=path)
    try:
        return read_rows(content)
    except NotAStatement as refusal:
        raise Stop(refusal.code, path=path, line=refusal.line) from None


def _appends(rest: Rest, found: Answer, content: bytes, name: str) -> dict[Tab, list[Record]]:
    """Lines of the Journal that carry the bank's word, and a row of Runs that names the file."""
    orders, language = rest.plan.books.orders, rest.known.programme.language
    at = rest.plan.noted_at
    lines = [
        bank_line(
            one.payout, one.bank, language, at, orders[PAYOUT, one.payout.payout_id].latest.n + 1
        )
        for one in (*found.fresh, *_voided(rest, found))
    ]
    sums = totals(one.payout for one in found.fresh)
    said = ", ".join(f"{decimal_text(minor, unit)} {unit}" for unit, minor in sorted(sums.items()))
    note = (
        f"{clean(name)[:NAME_LENGTH_MAX]} rows={found.rows} paid={len(found.fresh)} "
        f"total={said or 0} sha256={hashlib.sha256(content).hexdigest()[:SHA256_SHOWN]}"
    )
    return {
        Tab.JOURNAL: [journal_record(line) for line in lines],
        Tab.RUNS: [file_record(WHAT, at, note)],
    }


def _imported(found: Answer, mine: Collection[str], name: str, rest: Rest) -> Imported:
    """Sort what the book says now: an id of `mine` was noted by this run."""
    paid = [one for one in found.known if one.payout.fate is Fate.PAID]
    still = [one for one in found.known if one.payout.fate is not Fate.PAID]
    return Imported(
        paid=tuple(one for one in paid if one.payout.payout_id in mine),
        known_before=tuple(one for one in paid if one.payout.payout_id not in mine),
        problems=(*found.problems, *(_waiting(one, name, rest) for one in still)),
        rows=found.rows,
        others=found.others,
        rest=rest,
    )


def _cells(rest: Rest, payout: Payout) -> PayoutCells | None:
    """The owner's cells of a payout; None when they cannot be read, or the row is gone."""
    known = rest.known
    rows = {row.payout_id: row for row in known.payout_cells}
    return None if payout.payout_id in known.broken("Payouts") else rows.get(payout.payout_id)


def _voided(rest: Rest, found: Answer) -> tuple[Said, ...]:
    """Freed payouts whose `void` stands before the bank's word: noted, it stays in Problems.

    Noting it moves no money. Where no void stands it might: that row is only named.
    """
    said = ((one, _cells(rest, one.payout)) for one in found.freed)
    return tuple(one for one, row in said if row and row.result == "void" and not row.paid_on)


def _waiting(one: Said, name: str, rest: Rest) -> Problem:
    """The bank's word is kept, and what the owner's cells say or fail to say goes before it."""
    payout, row = one.payout, _cells(rest, one.payout)
    code = "bank_still_unreadable" if row is None else "bank_still_unknown"
    if row is not None and row.result != "unknown":
        code = "bank_still_contradicted"
    amount = f"{decimal_text(payout.minor, payout.currency)} {payout.currency}"
    said = params(line=one.line, payout=payout.payout_id, amount=amount)
    return Problem(tab=name, cell="", code=code, params=said, key=payout.payout_id)

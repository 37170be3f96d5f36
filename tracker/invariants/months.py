"""Do statements follow on each other, letters on their claims, and months on months?"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from tracker.invariants.examined import Examined, Fault, money
from tracker.known import SealedStatement, latest_revisions
from tracker.periods import begin_of, end_of, first_day, is_month, month_of, next_month
from tracker.problems import params
from tracker.statements import statement_id

MONTHS_MAX = 1200
"""More than a century of months is a wrong year, and no reason to count on."""

Line = tuple[datetime, str, int]
"""(booked at, line_id, minor)"""


def continuity(book: Examined) -> Fault | None:
    """I12: a statement opens where the last one closed, and closes at what its lines add.

    Every revision of a month opens where the month before closed; the last one is followed.
    """
    last: dict[tuple[str, str], SealedStatement] = {}
    opens: dict[tuple[str, str], int] = {}
    told, counted = _told(book), _counted(book)
    for one in sorted(book.known.statements, key=lambda one: (one.month, one.revision)):
        account = (one.partner_id, one.currency)
        before = last.get(account)
        if before is None or before.month != one.month:
            opens[account] = 0 if before is None else before.closing
        elif before.revision == one.revision:
            if (before.opening, before.closing) != (one.opening, one.closing):
                return _fault(one, "fates_differ", "opening")
            continue
        last[account] = one
        if one.opening != opens[account]:
            return _unsummed(one, "opening_not_closing", "opening", opens[account])
        lines = told.get((*account, one.month)) if one.statement_id in counted else None
        right = one.opening + sum(minor for _, _, minor in lines or ())
        if lines is not None and one.closing != right:
            return _unsummed(one, "closing_not_sum", "closing", right)
    return None


def _counted(book: Examined) -> frozenset[str]:
    """The letters that no correction has replaced."""
    return frozenset(one.statement_id for one in latest_revisions(book.known.statements))


def _unsummed(one: SealedStatement, code: str, column: str, right: int) -> Fault:
    return _fault(one, code, column, right=money(right, one.currency))


def sealed_digests(book: Examined) -> Fault | None:
    """I13: the ledger still gives every sealed statement its lines, one by one.

    What a correction replaced is asked of its letter alone: the ledger may give other lines since.
    """
    told, counted = _told(book), _counted(book)
    letters = {n: json.loads(said).get("accounts", ()) for n, said in book.frozen.items()}
    for one in book.known.statements:
        fault = _not_its_letter(one, letters.get(one.statement_id, ()))
        if fault is not None:
            return fault
        lines = told.get((one.partner_id, one.currency, one.month))
        if lines is None or one.statement_id not in counted:
            continue
        text = "\n".join(sorted(f"{line_id} {minor}" for _, line_id, minor in lines))
        digest = hashlib.sha256(text.encode("ascii")).hexdigest()[:32]
        if (one.digest, one.lines) != (digest, len(lines)):
            return _fault(one, "seal_broken", "digest", sealed=one.lines, found=len(lines))
    return None


def _not_its_letter(one: SealedStatement, letter: Iterable[dict[str, Any]]) -> Fault | None:
    """A row that is of another month or revision than its id, or that its letter belies."""
    if one.statement_id != statement_id(one.partner_id, one.month, one.revision):
        return _fault(one, "seal_renamed", "statement_id", revision=one.revision)
    says = (one.opening, one.closing, one.lines, one.digest)
    for account in letter:
        told = tuple(account[key] for key in ("opening", "closing", "lines", "digest"))
        meant = (told[0], told[1], len(told[2]), told[3])
        if account["currency"] == one.currency and says != meant:
            sums = {
                key: money(told[at], one.currency) for at, key in enumerate(("opening", "closing"))
            }
            said: dict[str, object] = {**sums, "lines": meant[2], "digest": meant[3]}
            return _fault(one, "seal_not_letter", "opening", revision=one.revision, **said)
    return None


def _told(book: Examined) -> dict[tuple[str, str, str], list[Line]]:
    """The lines of every sealed account by partner, currency and month.

    A statement of a restored book names its own lines and is left out: its figures were frozen.
    """
    lines = _lines(book)
    sealed: dict[tuple[str, str], dict[str, SealedStatement]] = defaultdict(dict)
    # What a letter of a restored book names is told, whatever the currency of its account.
    named: dict[str, list[SealedStatement]] = defaultdict(list)
    for one in latest_revisions(book.known.statements):
        if is_month(one.month):
            sealed[one.partner_id, one.currency].setdefault(one.month, one)
            if one.held:
                named[one.partner_id].append(one)
    found: dict[tuple[str, str, str], list[Line]] = {}
    for account, months in sealed.items():
        left = sorted(lines[account])
        for month in sorted(months):
            end = end_of(month, book.known.programme)
            here = [line for line in left if line[0] < end]
            left = left[len(here) :]
            gone = {name for s in named[account[0]] if s.month < month for name in s.held}
            if not months[month].held:
                found[(*account, month)] = [line for line in here if line[1] not in gone]
    return found


def _lines(book: Examined) -> dict[tuple[str, str], list[Line]]:
    """Every account's lines, those among them that were deleted and will be put back."""
    found: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for step in book.ours.values():
        at = book.booked_at(step)
        if at is not None:
            found[step.account[0], step.account[2]].append((at, step.row.line_id, step.minor))
    for line in book.plan.commissions:
        if line.fact in book.facts:
            account = (line.partner_id, line.currency)
            found[account].append((line.booked_at, line.line_id, line.minor))
    return found


def letters_claimed(book: Examined) -> Fault | None:
    """I14: no letter left without a claim in the book, and none is noted as sent twice."""
    states: dict[tuple[str, str], list[SealedStatement]] = defaultdict(list)
    for one in book.known.statements:
        states[one.statement_id, one.currency].append(one)
    for rows in states.values():
        # A restored book notes what the outbox knew: such rows name all their lines.
        restored = all(one.lines == len(one.held) for one in rows)
        claims = [one for one in rows if one.state == "claimed" or restored]
        for one in rows:
            if one.state != "claimed" and not any(claim.at <= one.at for claim in claims):
                return _fault(one, "letter_not_claimed", "state")
        if sum(1 for one in rows if one.state == "sent") > 1:
            return _fault(rows[-1], "letter_sent_twice", "state")
    known = {statement_id for statement_id, _ in states}
    lost = next((one for one in book.letters if one not in known), None)
    if lost is not None:
        return Fault(code="letter_not_in_book", params=params(statement=lost), tab="Statements")
    return None


def months_partition(book: Examined) -> Fault | None:
    """I18: months follow on each other without gap, and every line is in its Journal line's."""
    programme = book.known.programme
    for step in book.ours.values():
        fact = book.facts.get(step.row.values.get("fact", ""))
        cell = step.row.cells.get("booked_at", "")
        if step.at is None:
            said = params(line=step.row.line_id)
            return Fault(code="time_unclear", params=said, tab="Commissions", cell=cell)
        if fact is not None and _month(step.at, book) != _month(fact.noted_at, book):
            said = params(line=step.row.line_id, right=fact.noted_at.isoformat())
            return Fault(code="line_in_other_month", params=said, tab="Commissions", cell=cell)
    for month in _months(book):
        begin, end = begin_of(month, programme), end_of(month, programme)
        first, after = first_day(month), first_day(next_month(month))
        tick = timedelta(microseconds=1)
        edges = (begin - tick, begin, end - tick, end)
        is_before, is_first, is_last, is_after = (programme.local_date(at) for at in edges)
        if not (is_before < first <= is_first <= is_last < after <= is_after):
            said = params(month=month, zone=programme.time_zone)
            row = params(setting="time_zone")
            return Fault(code="month_unsound", params=said, tab="Settings", row=row, column="value")
    return None


def _month(at: datetime, book: Examined) -> str:
    return month_of(book.known.programme.local_date(at))


def _months(book: Examined) -> Iterable[str]:
    """The months of the ledger, oldest first."""
    found = {_month(line.noted_at, book) for line in book.facts.values()}
    if not found:
        return
    month, last = min(found), max(found)
    for _ in range(MONTHS_MAX):
        if not is_month(month) or month > last:
            return
        yield month
        month = next_month(month)


def generations(book: Examined) -> Fault | None:
    """I19: the book counts at least as many commits as it notes runs."""
    runs = len({run.get("run_id", "") for run in book.runs})
    if runs <= book.generation:
        return None
    return Fault(code="generation_behind", params=params(runs=runs, generation=book.generation))


def _fault(one: SealedStatement, code: str, column: str, **values: object) -> Fault:
    said = params(partner=one.partner_id, month=one.month, **values)
    row = params(statement_id=one.statement_id, currency=one.currency, state=one.state)
    return Fault(code=code, params=said, tab="Statements", row=row, column=column)

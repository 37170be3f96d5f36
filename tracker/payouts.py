"""Who can be paid, and what do the owner's cells beside a payout mean?

We never move money: a payout is proposed, the owner pays it and writes the date. What it is
follows from three cells; a payout whose fate is unknown blocks the next one.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain

from tracker.choices import TaxStatus
from tracker.holding import account_of, covered
from tracker.lines import CommissionLine
from tracker.model import Role
from tracker.payout_facts import BankLine, Fate, Payout
from tracker.payout_filters import EVERYTHING, Wanted
from tracker.problems import Problem, params
from tracker.programme import Partner, PayoutCells, Programme

LINES_A_PAYOUT_MAX = 1500  # ids of 19 characters; a cell holds 32,767


HOLDING = frozenset({Fate.OPEN, Fate.PAID, Fate.UNKNOWN})


def payout_id(partner_id: str, currency: str, lines: Iterable[str], freed: int) -> str:
    """The id of a payout: of whose lines it pays, and how often they were freed before."""
    text = json.dumps([partner_id, currency, sorted(lines), freed], ensure_ascii=False)
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"po_{base64.b32encode(digest).decode('ascii')[:16].lower()}"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What can be paid now, and whom and why not."""

    payouts: tuple[Payout, ...] = ()
    problems: tuple[Problem, ...] = ()
    carried: Mapping[tuple[str, str], int] = field(default_factory=dict)
    blocked: tuple[str, ...] = ()


def propose(
    lines: Iterable[CommissionLine],
    payouts: Sequence[Payout],
    partners: Mapping[str, Partner],
    programme: Programme,
    now: datetime,
    skip: Collection[str] = (),
    served: Collection[tuple[str, str]] = (),
    wanted: Wanted = EVERYTHING,
) -> Proposal:
    """Propose payouts: a pure function, so proposing twice proposes once.

    Lines above zero count when booked before this month and payable today, those below zero at
    once, unless all they take back waits still (`holding.covered`); payout lines only of payouts
    that are `broken`. Less than the minimum, or below zero, is carried over. Partners in `skip`
    and accounts (partner, currency) in `served` are left out. `wanted` takes fewer partners, and
    of the lines above zero those that became payable on certain days: what was taken back of
    them counts whenever it was, so nobody gets more than his due.
    """
    lines = list(lines)
    torn = broken(payouts, lines)
    today = programme.local_date(now)
    held = holds(one for one in payouts if one.payout_id not in torn)
    free = [
        line
        for line in lines
        if line.line_id not in held and (line.role != Role.PAYOUT or line.order_id in torn)
    ]
    due: dict[tuple[str, str], list[CommissionLine]] = {}
    for line in _due(free, programme, today, wanted):
        if wanted.partner(line.partner_id, partners):
            due.setdefault((line.partner_id, line.currency), []).append(line)
    # An open one that is torn may still be paid for lines that are due again.
    open_ends = (one for one in payouts if one.payout_id in torn and one.fate is Fate.OPEN)
    unknown = (one for one in payouts if one.fate is Fate.UNKNOWN)
    blocked = {(one.partner_id, one.currency) for one in (*open_ends, *unknown)}
    found: list[Payout] = []
    problems: list[Problem] = []
    carried: dict[tuple[str, str], int] = {}
    for account, ripe_lines in sorted(due.items()):
        if account[0] in skip or account in blocked or account in served:
            continue
        sum_due = sum(line.minor for line in ripe_lines)
        least = minimum(partners.get(account[0]), account[1], programme)
        if sum_due <= 0 or sum_due < least:
            carried[account] = sum_due
            continue
        made = _payouts(account, ripe_lines, payouts, partners.get(account[0]), today)
        found += made
        problems += details_missing(account[0], partners.get(account[0]))
    return Proposal(
        payouts=tuple(found),
        problems=tuple(problems),
        carried=carried,
        blocked=tuple(sorted({who for who, _ in blocked if wanted.partner(who, partners)})),
    )


def _due(
    free: Iterable[CommissionLine], programme: Programme, today: date, wanted: Wanted
) -> list[CommissionLine]:
    """Of lines that no payout holds those that count today: see `propose`."""
    month_begin = programme.start_of(today.replace(day=1))
    due: list[CommissionLine] = []
    below: list[CommissionLine] = []
    waiting: list[CommissionLine] = []
    for line in free:
        day = line.payable_on or programme.local_date(line.booked_at)
        if line.minor < 0:
            below.append(line)
        elif line.booked_at >= month_begin or day > today:
            waiting.append(line)
        elif wanted.day(day):
            due.append(line)
    later = covered(chain(waiting, below)) if below else frozenset()
    return due + [line for line in below if account_of(line) not in later]


def propose_on(
    day: date,
    lines: Iterable[CommissionLine],
    payouts: Sequence[Payout],
    partners: Mapping[str, Partner],
    programme: Programme,
    skip: Collection[str] = (),
    wanted: Wanted = EVERYTHING,
) -> Proposal:
    """Propose what was payable on a payout day, for a run that may be weeks late.

    An account that has a payout proposed on that day or after it gets no second one. What was
    taken back since counts: nobody is paid what is known not to be owed.
    """
    served = {(one.partner_id, one.currency) for one in payouts if one.proposed_on >= day}
    at = programme.start_of(day)
    return propose(lines, payouts, partners, programme, at, skip, served, wanted)


def unreadable_keys(programme: Programme) -> frozenset[str]:
    """Settings that payouts follow and that cannot be read: nobody is paid by a guess."""
    asked = {key for key in programme.unreadable if key.startswith("min_payout")}
    return frozenset(asked | (programme.unreadable & {"payout_day", "time_zone", "currency"}))


def minimum(partner: Partner | None, currency: str, programme: Programme) -> int:
    """Return the least sum that is paid out, minor units.

    The partner's own in the programme's currency, else the programme's for that currency, else 0.
    """
    if partner is not None and partner.min_payout is not None and currency == programme.currency:
        return partner.min_payout
    return programme.min_payout.get(currency, 0)


def details_missing(partner_id: str, partner: Partner | None) -> list[Problem]:
    """Name a partner whom nobody can pay, for want of requisites."""
    if partner is not None and partner.payout_details:
        return []
    cell = "" if partner is None else partner.cell
    said = params(partner=partner_id)
    return [
        Problem(
            tab="Partners", cell=cell, code="payout_details_missing", params=said, key=partner_id
        )
    ]


def _payouts(
    account: tuple[str, str],
    lines: list[CommissionLine],
    earlier: Sequence[Payout],
    partner: Partner | None,
    today: date,
) -> list[Payout]:
    """One payout of an account; more only when the ids of its lines would not fit into a cell.

    Each part has its share of sales and clawbacks alike. What a part below zero leaves open is
    not paid by the others: together they are never more than is due.
    """
    ordered = sorted(lines, key=lambda line: (-line.minor, line.line_id))
    count = -(-len(ordered) // LINES_A_PAYOUT_MAX)
    parts = [ordered[at::count] for at in range(count)]
    made = [_payout(account, part, earlier, partner, today) for part in parts]
    kept = sorted((one for one in made if one.minor > 0), key=lambda one: -one.minor)
    due = sum(line.minor for line in lines)
    while sum(one.minor for one in kept) > due:
        kept.pop()
    return kept


def _payout(
    account: tuple[str, str],
    lines: list[CommissionLine],
    earlier: Sequence[Payout],
    partner: Partner | None,
    today: date,
) -> Payout:
    ids = tuple(sorted(line.line_id for line in lines))
    freed = sum(1 for one in earlier if one.fate is Fate.FREED and set(one.lines) == set(ids))
    return Payout(
        payout_id=payout_id(*account, ids, freed),
        partner_id=account[0],
        currency=account[1],
        minor=sum(line.minor for line in lines),
        lines=ids,
        proposed_on=today,
        method="" if partner is None else partner.payout_method,
        details="" if partner is None else partner.payout_details,
        name="" if partner is None else partner.name,
        tax_status=TaxStatus.UNSAID if partner is None else partner.tax_status,
        tax_id="" if partner is None else partner.tax_id,
    )

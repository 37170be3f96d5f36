"""Who can be paid, and how much? A proposal: the owner pays, we never move money."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import chain

from tracker.choices import TaxStatus
from tracker.holding import account_of, covered
from tracker.lines import CommissionLine
from tracker.model import Role
from tracker.payout_facts import Fate, Payout
from tracker.payout_fates import broken, holds
from tracker.payout_filters import EVERYTHING, Wanted
from tracker.problems import Problem, params
from tracker.programme import Partner, Programme

LINES_A_PAYOUT_MAX = 1500  # ids of 19 characters; a cell holds 32,767

Account = tuple[str, str]
"""(partner_id, currency)"""


def payout_id(partner_id: str, currency: str, lines: Iterable[str], freed: int) -> str:
    """The id of a payout: of whose lines it pays, and how often they were freed before."""
    text = json.dumps([partner_id, currency, sorted(lines), freed], ensure_ascii=False)
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"po_{base64.b32encode(digest).decode('ascii')[:16].lower()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What can be paid now, and whom and why not."""

    payouts: tuple[Payout, ...] = ()
    problems: tuple[Problem, ...] = ()
    carried: Mapping[Account, int] = field(default_factory=dict)
    blocked: tuple[str, ...] = ()


def propose(
    lines: Iterable[CommissionLine],
    payouts: Sequence[Payout],
    partners: Mapping[str, Partner],
    programme: Programme,
    now: datetime,
    skip: Collection[str] = (),
    served: Collection[Account] = (),
    wanted: Wanted = EVERYTHING,
) -> Proposal:
    """Propose payouts: a pure function, so proposing twice proposes once.

    Lines above zero count when booked before this month and payable today, those below zero at
    once, unless all they take back waits still (`holding.covered`); payout lines only of payouts
    that are `broken`. Less than the minimum, or below zero, is carried over. Partners in `skip`
    and accounts (partner, currency) in `served` are left out. `wanted` takes fewer partners, and
    of the lines above zero those that became payable on certain days; what was taken back
    counts whenever it was.
    """
    lines = list(lines)
    torn = broken(payouts, lines)
    today = programme.local_date(now)
    lines = _due(_free(lines, payouts, torn), programme, today, wanted)
    due = _by_account(line for line in lines if wanted.partner(line.partner_id, partners))
    blocked = _blocked(payouts, torn)
    shut = blocked.union(served)
    open_due = {
        account: ripe
        for account, ripe in sorted(due.items())
        if account[0] not in skip and account not in shut
    }
    found = _payable(open_due, payouts, partners, programme, today)
    return replace(
        found, blocked=tuple(sorted({who for who, _ in blocked if wanted.partner(who, partners)}))
    )


def _payable(
    due: Mapping[Account, list[CommissionLine]],
    payouts: Sequence[Payout],
    partners: Mapping[str, Partner],
    programme: Programme,
    today: date,
) -> Proposal:
    """Pay each account what is due, or carry it over."""
    found: list[Payout] = []
    problems: list[Problem] = []
    carried: dict[Account, int] = {}
    for account, ripe in due.items():
        partner = partners.get(account[0])
        sum_due = sum(line.minor for line in ripe)
        least = minimum(partner, account[1], programme)
        if sum_due <= 0 or sum_due < least:
            carried[account] = sum_due
            continue
        found += _payouts(account, ripe, payouts, partner, today)
        problems += details_missing(account[0], partner)
    return Proposal(payouts=tuple(found), problems=tuple(problems), carried=carried)


def _by_account(lines: Iterable[CommissionLine]) -> dict[Account, list[CommissionLine]]:
    due: dict[Account, list[CommissionLine]] = {}
    for line in lines:
        due.setdefault((line.partner_id, line.currency), []).append(line)
    return due


def _free(
    lines: Iterable[CommissionLine], payouts: Iterable[Payout], torn: Collection[str]
) -> list[CommissionLine]:
    """The lines that no payout holds, nor pays out already."""
    held = holds(one for one in payouts if one.payout_id not in torn)
    return [
        line
        for line in lines
        if line.line_id not in held and (line.role != Role.PAYOUT or line.order_id in torn)
    ]


def _blocked(payouts: Sequence[Payout], torn: Collection[str]) -> set[Account]:
    """Accounts of which nobody knows whether they were paid: none is paid a second time."""
    # An open one that is torn may still be paid for lines that are due again.
    open_ends = (one for one in payouts if one.payout_id in torn and one.fate is Fate.OPEN)
    unknown = (one for one in payouts if one.fate is Fate.UNKNOWN)
    return {(one.partner_id, one.currency) for one in (*open_ends, *unknown)}


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
    account: Account,
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
    account: Account,
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

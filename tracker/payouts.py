"""Who can be paid, and what do the owner's cells beside a payout mean?

We never move money: a payout is proposed, the owner pays it and writes the date. What it is
follows from three cells; a payout whose fate is unknown blocks the next one.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from tracker.lines import CommissionLine, JournalLine
from tracker.model import Role
from tracker.problems import Problem, params
from tracker.programme import Partner, PayoutCells, Programme

LINES_A_PAYOUT_MAX = 1500  # ids of 19 characters; a cell holds 32,767


class Fate(StrEnum):
    """What a payout is, by its cells."""

    OPEN = "open"
    PAID = "paid"
    UNKNOWN = "unknown"
    FREED = "freed"


HOLDING = frozenset({Fate.OPEN, Fate.PAID, Fate.UNKNOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Payout:
    """A payout as the Journal knows it.

    Attributes:
        minor: what is to be paid, minor units of `currency`, above 0.
        lines: the lines of Commissions it pays; fate: as booked last.
        details: the requisites as they stood when it was proposed.
    """

    payout_id: str
    partner_id: str
    currency: str
    minor: int
    lines: tuple[str, ...]
    proposed_on: date
    method: str = ""
    details: str = ""
    fate: Fate = Fate.OPEN


def payout_of(line: JournalLine) -> Payout:
    """Read a payout from its latest Journal line."""
    return replace(payout_from(line.order_id, line.facts), fate=Fate(line.state))


def payout_from(payout_id: str, facts: str) -> Payout:
    """Read a payout from the facts that `facts_of` wrote."""
    said = json.loads(facts)
    return Payout(
        payout_id=payout_id,
        partner_id=str(said["partner"]),
        currency=str(said["currency"]),
        minor=int(said["minor"]),
        lines=tuple(str(one) for one in said["lines"]),
        proposed_on=date.fromisoformat(said["proposed_on"]),
        method=str(said["method"]),
        details=str(said["details"]),
    )


def facts_of(payout: Payout) -> str:
    """Write a payout as the facts of its Journal lines: they never change."""
    said: dict[str, Any] = {
        "partner": payout.partner_id,
        "currency": payout.currency,
        "minor": payout.minor,
        "lines": list(payout.lines),
        "proposed_on": payout.proposed_on.isoformat(),
        "method": payout.method,
        "details": payout.details,
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def payout_id(partner_id: str, currency: str, lines: Iterable[str], freed: int) -> str:
    """The id of a payout: of whose lines it pays, and how often they were freed before."""
    text = json.dumps([partner_id, currency, sorted(lines), freed], ensure_ascii=False)
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"po_{base64.b32encode(digest).decode('ascii')[:16].lower()}"


def fate_of(cells: PayoutCells, booked: Fate) -> tuple[Fate, str]:
    """What the owner's cells say; with a problem's code the booked fate stands.

    unknown blocks; returned, or void without paid_on, frees; paid_on with empty, sent or paid is
    paid; empty or sent is open. void with paid_on and paid without it contradict themselves.
    """
    if cells.result == "unknown":
        return Fate.UNKNOWN, ""
    if cells.result == "returned":
        return Fate.FREED, ""
    if cells.result == "void":
        return (Fate.FREED, "") if cells.paid_on is None else (booked, "payout_void_but_paid")
    if cells.paid_on is not None:
        return Fate.PAID, ""
    if cells.result == "paid":
        return booked, "payout_paid_without_date"
    return Fate.OPEN, ""


def superseded(payouts: Sequence[Payout]) -> frozenset[str]:
    """Freed payouts some line of which stands in another that is not freed: they stay freed."""
    taken = {line for one in payouts if one.fate in HOLDING for line in one.lines}
    return frozenset(
        one.payout_id for one in payouts if one.fate is Fate.FREED and taken & set(one.lines)
    )


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
) -> Proposal:
    """Propose payouts: a pure function, so proposing twice proposes once.

    Lines below zero count at once, others when booked before this month and payable today;
    payout lines only of payouts that are `broken`. Less than the minimum, or below zero, is
    carried over. Partners in `skip` and accounts (partner, currency) in `served` are left out.
    """
    lines = list(lines)
    torn = broken(payouts, lines)
    today = programme.local_date(now)
    month_begin = programme.start_of(today.replace(day=1))
    held = holds(one for one in payouts if one.payout_id not in torn)
    due: dict[tuple[str, str], list[CommissionLine]] = {}
    for line in lines:
        if line.line_id in held or (line.role == Role.PAYOUT and line.order_id not in torn):
            continue
        ripe = line.booked_at < month_begin and (line.payable_on or date.min) <= today
        if line.minor < 0 or ripe:
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
        blocked=tuple(sorted({who for who, _ in blocked})),
    )


def propose_on(
    day: date,
    lines: Iterable[CommissionLine],
    payouts: Sequence[Payout],
    partners: Mapping[str, Partner],
    programme: Programme,
    skip: Collection[str] = (),
) -> Proposal:
    """Propose what was payable on a payout day, for a run that may be weeks late.

    An account that has a payout proposed on that day or after it gets no second one. What was
    taken back since counts: nobody is paid what is known not to be owed.
    """
    served = {(one.partner_id, one.currency) for one in payouts if one.proposed_on >= day}
    at = programme.start_of(day)
    return propose(lines, payouts, partners, programme, at, skip, served)


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
    )

"""How is a partner's statement of a month worked out from the ledgers?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tracker.commissions import figures
from tracker.known import SealedStatement
from tracker.lines import CommissionLine, JournalLine
from tracker.model import BaseRule, Role, State
from tracker.orders import read_facts
from tracker.payouts import minimum
from tracker.periods import end_of, first_day, next_month, payout_date
from tracker.programme import Partner, Programme
from tracker.statements import (
    Account,
    Held,
    Statement,
    StatementLine,
    Uncounted,
    digest_of,
    statement_id,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """A line of Commissions together with the Journal line it is a step of."""

    step: CommissionLine
    fact: JournalLine


def draft(
    partner: Partner,
    month: str,
    booked: Iterable[Booked],
    refused: Iterable[JournalLine],
    sealed: Sequence[SealedStatement],
    programme: Programme,
    now: datetime,
) -> Statement:
    """Work out a partner's statement of a month.

    It holds all lines booked before the month's end that no earlier sealed statement holds.
    `refused` are the latest Journal lines that name the partner as a candidate and pay him
    nothing. The opening of each account is the closing of its last sealed statement.
    """
    end = end_of(month, programme)
    own = [one for one in booked if one.step.partner_id == partner.partner_id]
    before = [s for s in sealed if s.partner_id == partner.partner_id and s.month < month]
    currencies = {one.step.currency for one in own if one.step.booked_at < end}
    currencies |= {statement.currency for statement in before} or {programme.currency}
    as_of = first_day(next_month(month))
    since = _last_end(before, programme)
    return Statement(
        statement_id=statement_id(partner.partner_id, month, 1),
        partner_id=partner.partner_id,
        name=partner.name or partner.partner_id,
        email=partner.email,
        language=partner.language or programme.language,
        month=month,
        final=now >= end,
        revision=1,
        program_name=programme.program_name,
        zone=programme.time_zone,
        as_of=as_of,
        payout_on=payout_date(month, programme),
        accounts=tuple(
            _account(partner, currency, own, before, programme, end, as_of)
            for currency in sorted(currencies)
        ),
        uncounted=_uncounted(partner.partner_id, refused, since, end, programme),
    )


def _last_end(before: Sequence[SealedStatement], programme: Programme) -> datetime | None:
    months = [statement.month for statement in before]
    return end_of(max(months), programme) if months else None


def of_account(statements: Iterable[SealedStatement], currency: str) -> SealedStatement | None:
    """The last sealed statement of one account."""
    found = [one for one in statements if one.currency == currency]
    return max(found, key=lambda one: (one.month, one.revision), default=None)


def _account(
    partner: Partner,
    currency: str,
    own: Sequence[Booked],
    before: Sequence[SealedStatement],
    programme: Programme,
    end: datetime,
    as_of: date,
) -> Account:
    last = of_account(before, currency)
    account = [one for one in own if one.step.currency == currency and one.step.booked_at < end]
    fresh = [one for one in account if not is_told(one.step, before, programme)]
    fresh.sort(key=lambda one: (one.step.booked_at, one.fact.ordered_at, one.step.line_id))
    opening = 0 if last is None else last.closing
    closing = opening + sum(one.step.minor for one in fresh)
    held = _held(account, as_of)
    on_hold = sum(one.minor for one in held)
    least = minimum(partner, currency, programme)
    lines = [_line(one, programme) for one in fresh]
    return Account(
        currency=currency,
        opening=opening,
        lines=tuple(line for line in lines if not line.kind.startswith("payout")),
        payouts=tuple(line for line in lines if line.kind.startswith("payout")),
        closing=closing,
        held=held,
        on_hold=on_hold,
        payable=closing - on_hold,
        missing=max(0, least - (closing - on_hold)),
        minimum=least,
        digest=digest_of((one.step.line_id, one.step.minor) for one in fresh),
    )


def is_told(step: CommissionLine, before: Sequence[SealedStatement], programme: Programme) -> bool:
    """Whether a statement sealed before holds the line already.

    Every line booked before a sealed month's end is in it, for nothing is ever booked into a
    sealed month (rule 5); a restored book also names lines by id.
    """
    last = of_account(before, step.currency)
    if last is not None and step.booked_at < end_of(last.month, programme):
        return True
    return any(step.line_id in one.held for one in before)


def _held(account: Iterable[Booked], as_of: date) -> tuple[Held, ...]:
    """Lines above zero that may not be paid before their day."""
    found = [
        Held(order_id=step.order_id, minor=step.minor, payable_on=step.payable_on)
        for step in (one.step for one in account)
        if step.minor > 0 and step.payable_on is not None and step.payable_on > as_of
    ]
    return tuple(sorted(found, key=lambda one: (one.payable_on, one.order_id, one.minor)))


def _line(one: Booked, programme: Programme) -> StatementLine:
    step, fact = one.step, one.fact
    return StatementLine(
        line_id=step.line_id,
        booked_on=programme.local_date(step.booked_at),
        kind=step.kind,
        source=step.source,
        order_id=step.order_id,
        # Of a payout the day that matters to the partner is the one the owner typed.
        ordered_on=(
            fact.payable_on if step.role == Role.PAYOUT else _local_day(fact.ordered_at, programme)
        ),
        base=step.base if step.base is not None and step.rate.endswith("%") else None,
        base_rule=BaseRule(fact.base_rule) if fact.base_rule else None,
        rate=step.rate,
        minor=step.minor,
        payable_on=step.payable_on,
        because=step_reason(step, fact),
    )


def _local_day(text: str, programme: Programme) -> date | None:
    """An order's own day: of an instant in the programme's zone, or the day that was typed."""
    if not text:
        return None
    return (
        programme.local_date(datetime.fromisoformat(text))
        if "T" in text
        else (date.fromisoformat(text))
    )


def step_reason(step: CommissionLine, fact: JournalLine) -> str:
    """Why a line stands on the account: the decision's reason, or what took it back."""
    if step.role != Role.ORDER or step.minor > 0:
        return fact.reason
    if fact.partner_id != step.partner_id:
        return "taken_back"
    state = State(fact.state)
    if state in {State.CANCELLED, State.PENDING}:
        return f"order_{state.value}"
    sums = figures(read_facts(fact.parsed()))
    return "order_refunded" if sums.refunded or state is State.REFUNDED else "order_changed"


def _uncounted(
    partner_id: str,
    refused: Iterable[JournalLine],
    since: datetime | None,
    end: datetime,
    programme: Programme,
) -> tuple[Uncounted, ...]:
    """Orders that name the partner and earn him nothing, noted in the statement's time."""
    found: list[Uncounted] = []
    for line in refused:
        if line.noted_at >= end or (since is not None and line.noted_at < since):
            continue
        reason = why_not(line, partner_id)
        if reason:
            day = _local_day(line.ordered_at, programme)
            found.append(
                Uncounted(source=line.source, order_id=line.order_id, ordered_on=day, reason=reason)
            )
    return tuple(sorted(found, key=lambda one: (str(one.ordered_on), one.source, one.order_id)))


def why_not(line: JournalLine, partner_id: str) -> str:
    """Why an order earns a partner nothing, in a reason's text; empty if it does not name him."""
    if line.partner_id == partner_id:
        return "" if line.owed else f"order_{_standing(line)}"
    for _, candidate, why in json.loads(line.candidates or "[]"):
        if candidate == partner_id:
            return _lost(line, str(why))
    return ""


def _lost(line: JournalLine, why: str) -> str:
    """Why a candidate earned nothing; another partner's name is not this one's business."""
    if line.reason == "decision_refuse":
        return line.reason
    if why.partition(" ")[0] not in {"ok", "two_owners", "two_partners"}:
        return why
    return "another_code_counted" if line.partner_id else "waits_for_review"


def _standing(line: JournalLine) -> str:
    state = State(line.state)
    if state is not State.PAID:
        return state.value
    back = figures(read_facts(line.parsed())).wholly_refunded
    return "refunded" if back else "nothing_due"

"""How is a partner's statement of a month worked out from the ledgers?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tracker.account_story import history, ripened
from tracker.commissions import figures
from tracker.holding import held, listed, waits
from tracker.known import SealedStatement, latest_revisions
from tracker.line_reasons import step_reason, why_not
from tracker.lines import CommissionLine, JournalLine
from tracker.model import BaseRule, Role
from tracker.orders import read_facts
from tracker.payouts import minimum, unreadable_keys
from tracker.periods import end_of, first_day, month_before, next_month, payout_date
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
    revision: int = 0,
) -> Statement:
    """Work out a partner's statement of a month.

    It holds all lines booked before the month's end that no earlier sealed statement holds, and
    those that this month's sealed one names. `refused` are the latest Journal lines that name the
    partner as a candidate and pay him nothing. The opening of each account is the closing of its
    last sealed statement. It is the revision that is sealed, the first of a month that is not;
    `revision` asks for another.
    """
    end = end_of(month, programme)
    rows = latest_revisions(s for s in sealed if s.partner_id == partner.partner_id)
    before = [one for one in rows if one.month < month]
    here = [one for one in rows if one.month == month]
    own = _own(partner, booked, here, end)
    revision = revision or max((one.revision for one in here), default=1)
    return Statement(
        statement_id=statement_id(partner.partner_id, month, revision),
        partner_id=partner.partner_id,
        name=partner.name or partner.partner_id,
        email=partner.email,
        language=partner.language or programme.language,
        month=month,
        final=now >= end,
        revision=revision,
        program_name=programme.program_name,
        zone=programme.time_zone,
        as_of=first_day(next_month(month)),
        payout_on=payout_date(month, programme),
        accounts=_accounts(partner, own, before, here if revision > 1 else (), programme, month),
        uncounted=_uncounted(partner.partner_id, refused, before, end, programme),
    )


def _accounts(
    partner: Partner,
    own: Sequence[Booked],
    before: Sequence[SealedStatement],
    corrected: Iterable[SealedStatement],
    programme: Programme,
    month: str,
) -> tuple[Account, ...]:
    """The accounts with lines, those told of before, and those of the letter that is corrected."""
    currencies = {one.step.currency for one in own} | {one.currency for one in corrected}
    currencies |= {one.currency for one in before} or {programme.currency}
    return tuple(
        _account(partner, currency, own, before, programme, month)
        for currency in sorted(currencies)
    )


def _own(
    partner: Partner, booked: Iterable[Booked], here: Sequence[SealedStatement], end: datetime
) -> list[Booked]:
    """The partner's lines booked before the month's end, or named by its sealed statement."""
    named = {line_id for one in here for line_id in one.held}
    own = (one for one in booked if one.step.partner_id == partner.partner_id)
    return [one for one in own if one.step.booked_at < end or one.step.line_id in named]


def _last_end(before: Sequence[SealedStatement], programme: Programme) -> datetime | None:
    months = [statement.month for statement in before]
    return end_of(max(months), programme) if months else None


def of_account(statements: Iterable[SealedStatement], currency: str) -> SealedStatement | None:
    """The last sealed statement of one account, a correction in place of what it replaced."""
    found = [one for one in statements if one.currency == currency]
    return max(found, key=lambda one: (one.month, one.revision), default=None)


def _account(
    partner: Partner,
    currency: str,
    own: Sequence[Booked],
    before: Sequence[SealedStatement],
    programme: Programme,
    month: str,
) -> Account:
    last, as_of = of_account(before, currency), first_day(next_month(month))
    known = told_by(before, currency, programme)
    account = [one for one in own if one.step.currency == currency]
    fresh = [one for one in account if not known.holds(one.step)]
    fresh.sort(key=_in_order)
    opening = 0 if last is None else last.closing
    closing = opening + sum(one.step.minor for one in fresh)
    on_hold = _on_hold(account, as_of)
    held_back = sum(one.minor for one in on_hold)
    least = minimum(partner, currency, programme)
    lines = [_line(one, programme) for one in fresh]
    return Account(
        currency=currency,
        opening=opening,
        lines=tuple(line for line in lines if not line.kind.startswith("payout")),
        payouts=tuple(line for line in lines if line.kind.startswith("payout")),
        closing=closing,
        held=on_hold,
        on_hold=held_back,
        payable=closing - held_back,
        missing=max(0, least - (closing - held_back)),
        minimum=least,
        digest=digest_of((one.step.line_id, one.step.minor) for one in fresh),
        history=history((one.step for one in account), month, programme),
        ripened=_ripened(
            account, month_before(month) if last is None else last.month, as_of, programme
        ),
        unsaid=bool(unreadable_keys(programme)),
    )


def _ripened(
    account: Iterable[Booked], told: str, as_of: date, programme: Programme
) -> tuple[Held, ...]:
    """What came off its hold since the end of the month that was told last."""
    steps = (one.step for one in account)
    return ripened(steps, end_of(told, programme), first_day(next_month(told)), as_of, programme)


def _in_order(one: Booked) -> tuple[object, ...]:
    """As booked; of one moment by the order's own date, and an order's lines as they came."""
    return one.step.booked_at, one.fact.ordered_at, one.step.key, one.step.n, one.step.line_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What statements sealed before hold of one account.

    Every line booked before a sealed month's end is in it, for nothing is ever booked into a
    sealed month (rule 5); a restored book also names lines by id.
    """

    until: datetime | None
    named: frozenset[str]

    def holds(self, step: CommissionLine) -> bool:
        """Whether one of them holds the line already."""
        return (self.until is not None and step.booked_at < self.until) or (
            step.line_id in self.named
        )


def told_by(before: Iterable[SealedStatement], currency: str, programme: Programme) -> Told:
    """What a partner's statements hold of one account; `before` are the revisions that count."""
    rows = list(before)
    last = of_account(rows, currency)
    return Told(
        until=None if last is None else end_of(last.month, programme),
        named=frozenset(line_id for one in rows for line_id in one.held),
    )


def _on_hold(account: Iterable[Booked], as_of: date) -> tuple[Held, ...]:
    """What is left of each order that may not be paid before its day."""
    waiting = [one.step for one in account if waits(one.step, as_of)]
    return listed(held(waiting, as_of), waiting)


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
        refunded=_refunded(step, fact),
        gone=step.kind == "clawback" and step.after == 0,
    )


def _refunded(step: CommissionLine, fact: JournalLine) -> int | None:
    """What the customer got back in all when a clawback was booked, in the account's currency."""
    if step.kind != "clawback" or step.role != Role.ORDER or step.currency != fact.currency:
        return None
    return figures(read_facts(fact.parsed())).refunded or None


def _local_day(text: str, programme: Programme) -> date | None:
    """An order's own day: of an instant in the programme's zone, or the day that was typed."""
    if not text:
        return None
    return (
        programme.local_date(datetime.fromisoformat(text))
        if "T" in text
        else (date.fromisoformat(text))
    )


def _uncounted(
    partner_id: str,
    refused: Iterable[JournalLine],
    before: Sequence[SealedStatement],
    end: datetime,
    programme: Programme,
) -> tuple[Uncounted, ...]:
    """Orders that name the partner and earn him nothing, noted in the statement's time."""
    found: list[Uncounted] = []
    since = _last_end(before, programme)
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

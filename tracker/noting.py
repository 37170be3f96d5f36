"""How is a decision written down as a Journal line: terms, what is owed, and the words?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from tracker.attribution import CodeBook
from tracker.cases import Case, Ruling, Whose
from tracker.cells import written_rate
from tracker.commissions import Figures, Owed, Terms, base, figures, owed, terms
from tracker.lines import JournalLine, packed, sealed
from tracker.model import BaseRule, Role, State
from tracker.money import decimal_text
from tracker.orders import FACTS_CHARACTERS_MAX, write_facts
from tracker.problems import params
from tracker.programme import CashOrders, Programme, normal_code
from tracker.sentences import join_reason, reason_says, split_reason


def journal_line(
    case: Case,
    whose: Whose,
    ruling: Ruling | None,
    book: CodeBook,
    programme: Programme,
    noted_at: datetime,
) -> JournalLine:
    """Write the answer down as a Journal line."""
    facts = case.facts
    source, order_id = case.key
    latest = case.latest
    reason = whose.why if " " in whose.why else join_reason(whose.why, whose.params)
    line = JournalLine(
        noted_at=noted_at,
        source=source,
        order_id=order_id,
        n=(latest.n if latest is not None else case.last_n) + 1,
        state=facts.state(cash_counts=programme.cash_orders is CashOrders.COUNT).value,
        candidates=whose.candidates,
        evidence=whose.evidence,
        partner_id=whose.partner_id,
        reason=reason,
        decision=reason_says(reason, programme.language),
        facts=_facts_cell(case, ruling),
    )
    if not facts.known:
        return sealed(line)
    sums = figures(facts)
    line = replace(
        line,
        ordered_at=facts.ordered_at.isoformat(),
        updated_at=facts.version[0],
        total=sums.total,
        base=base(sums, programme.base),
        currency=facts.text("currency"),
        codes=", ".join(facts.codes),
        customer=" ".join(sorted(facts.customer)),
    )
    if whose.partner_id:
        fixed = _terms(case, whose, _code_in(reason), book, programme)
        line = _credited(line, fixed, sums, programme.language)
    return sealed(line)


def _terms(case: Case, whose: Whose, code: str, book: CodeBook, programme: Programme) -> Terms:
    """Copy the terms of the line that first credited the partner, or fix them as in force now.

    Another code of the same partner has terms of its own, or the sums would depend on whether the
    shop's correction came before or after a sync; the day they are payable on stays the first.
    """
    lines = case.crediting(whose.partner_id)
    same = next((line for line in lines if _code_in(line.reason) == code), None)
    if same is not None:
        return _copied(same)
    now = terms(case.facts, programme, book.partners.get(whose.partner_id), whose.code)
    return replace(now, payable_on=lines[0].payable_on or date.min) if lines else now


def _code_in(reason: str) -> str:
    """The code that a decision rests on, in the form codes are compared in; empty for none."""
    return normal_code(dict(split_reason(reason)[1]).get("code", ""))


def _credited(line: JournalLine, fixed: Terms, sums: Figures, language: str) -> JournalLine:
    """Add the terms and what they come to."""
    state = State(line.state)
    minor, currency = owed(state, sums, line.currency, fixed)
    account = Owed(partner_id=line.partner_id, role=Role.ORDER, minor=minor, currency=currency)
    line = replace(
        line,
        base=base(sums, fixed.base_rule),
        rate=str(fixed.rate),
        base_rule=fixed.base_rule.value,
        payable_on=fixed.payable_on,
        owed=(account,) if minor else (),
    )
    outcome = reason_says(_outcome(line, state, sums, minor), language)
    return replace(line, decision=f"{line.decision} {outcome}")


def _copied(line: JournalLine) -> Terms:
    return Terms(
        rate=written_rate(line.rate),
        base_rule=BaseRule(line.base_rule),
        payable_on=line.payable_on or date.min,
    )


def _outcome(line: JournalLine, state: State, sums: Figures, minor: int) -> str:
    """The reason's second half: how the sum came about, or why it is nothing."""
    if state is State.PENDING:
        return "owes_pending"
    if state is State.CANCELLED:
        return "owes_cancelled"
    if state is State.REFUNDED or sums.wholly_refunded:
        return "owes_refunded"
    currency = line.owed[0].currency if line.owed else line.currency
    amount = f"{decimal_text(minor, currency)} {currency}"
    if not line.rate.endswith("%"):
        return join_reason("owes_sum", params(amount=amount))
    of = f"{decimal_text(line.base or 0, line.currency)} {line.currency}"
    said = params(rate=line.rate, base=of, rule=line.base_rule, amount=amount)
    back = sums.refunded
    if not back:
        return join_reason("owes_percent", said)
    said = params(refunded=f"{decimal_text(back, line.currency)} {line.currency}", **dict(said))
    return join_reason("owes_percent_refunded", said)


def _facts_cell(case: Case, ruling: Ruling | None) -> str:
    """The facts as JSON, with the decision followed and, after damage, what stood written."""
    said: dict[str, Any] = {}
    if ruling is not None:
        said["ruling"] = list(ruling)
    if case.written is not None:
        said["written"] = [packed(line, line.because) for line in case.written]
        said["instead"] = list(case.instead)
        if len(write_facts(case.facts, said)) > FACTS_CHARACTERS_MAX:
            said["written"] = [packed(line, "") for line in case.written]
    return write_facts(case.facts, said)

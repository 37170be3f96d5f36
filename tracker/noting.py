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
from tracker.problems import Params, params
from tracker.programme import CashOrders, Programme, Verdict, normal_code
from tracker.sentences import REASONS, join_reason, reason_says, say, split_reason


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
        state=facts.state(cash_counts=_cash_counts(case, ruling, programme)).value,
        candidates=whose.candidates,
        evidence=whose.evidence,
        partner_id=whose.partner_id,
        reason=reason,
        decision=reason_says(reason, programme.language),
        facts=_facts_cell(case, ruling, programme),
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
        fixed = _terms(case, whose, reason, book, programme)
        line = _credited(line, fixed, sums, programme.language)
    return sealed(line)


def _cash_counts(case: Case, ruling: Ruling | None, programme: Programme) -> bool:
    """Whether cash on delivery is paid: by the setting or by the owner's word."""
    paid = ruling is not None and ruling[0] == Verdict.PAY
    return paid or _counted(case, programme)


def _counted(case: Case, programme: Programme) -> bool:
    """Whether the setting counts cash, or did when a line of the order was noted.

    That it did is kept as terms are. A state of paid is not asked: it is the shop's own word, and
    a later version takes it back.
    """
    if programme.cash_orders is CashOrders.COUNT:
        return True
    lines = case.loose if case.order is None else case.order.lines
    return any(f'"{_CASH_COUNTED}":true' in line.facts for line in lines)


_CASH_COUNTED = "cash_counted"


def _terms(case: Case, whose: Whose, reason: str, book: CodeBook, programme: Programme) -> Terms:
    """Copy the terms of the line that first credited the partner, or fix them as in force now.

    Another code of the same partner has terms of its own, or the sums would depend on whether the
    shop's correction came before or after a sync; the day they are payable on stays the first.
    """
    lines = case.crediting(whose.partner_id)
    now = terms(case.facts, programme, book.partners.get(whose.partner_id), whose.code)
    if not lines:
        return now
    code = _code_in(reason)
    same = next((line for line in lines if _code_in(line.reason) == code), None)
    if same is not None:
        return _copied(same)
    return replace(now, payable_on=lines[0].payable_on or date.min)


def _code_in(reason: str) -> str:
    """The code that a decision rests on, in the form codes are compared in; empty for none."""
    return normal_code(dict(split_reason(reason)[1]).get("code", ""))


def _credited(line: JournalLine, fixed: Terms, sums: Figures, language: str) -> JournalLine:
    """Add the terms and what they come to."""
    state = State(line.state)
    minor, currency = owed(state, sums, line.currency, fixed)
    account = Owed(partner_id=line.partner_id, role=Role.ORDER, minor=minor, currency=currency)
    taken_from = base(sums, fixed.base_rule)
    code, values = _outcome(
        state, sums, fixed, f"{decimal_text(minor, currency)} {currency}", taken_from, line.currency
    )
    return replace(
        line,
        base=taken_from,
        rate=str(fixed.rate),
        base_rule=fixed.base_rule.value,
        payable_on=fixed.payable_on,
        owed=(account,) if minor else (),
        decision=f"{line.decision} {say(REASONS, code, values, language)}",
    )


def _copied(line: JournalLine) -> Terms:
    return Terms(
        rate=written_rate(line.rate),
        base_rule=BaseRule(line.base_rule),
        payable_on=line.payable_on or date.min,
    )


def _outcome(
    state: State, sums: Figures, fixed: Terms, amount: str, taken_from: int, currency: str
) -> tuple[str, Params]:
    """The reason's second half: how the sum came about, or why it is nothing."""
    if state is State.PENDING:
        return "owes_pending", ()
    if state is State.CANCELLED:
        return "owes_cancelled", ()
    if state is State.REFUNDED or sums.wholly_refunded:
        return "owes_refunded", ()
    if fixed.rate.fixed is not None:
        return "owes_sum", params(amount=amount)
    of = f"{decimal_text(taken_from, currency)} {currency}"
    said = params(rate=fixed.rate, base=of, rule=fixed.base_rule.value, amount=amount)
    if not sums.refunded:
        return "owes_percent", said
    back = f"{decimal_text(sums.refunded, currency)} {currency}"
    return "owes_percent_refunded", params(refunded=back, **dict(said))


def _facts_cell(case: Case, ruling: Ruling | None, programme: Programme) -> str:
    """The facts as JSON, with the decision followed and, after damage, what stood written."""
    said: dict[str, Any] = {}
    if case.facts.get("cash") and _counted(case, programme):
        said[_CASH_COUNTED] = True
    if ruling is not None:
        said["ruling"] = list(ruling)
    if case.written is not None:
        said["written"] = [packed(line, line.because) for line in case.written]
        said["instead"] = list(case.instead)
        if len(write_facts(case.facts, said)) > FACTS_CHARACTERS_MAX:
            said["written"] = [packed(line, "") for line in case.written]
    return write_facts(case.facts, said)

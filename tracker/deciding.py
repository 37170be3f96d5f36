"""What does the Journal say next of an order? Facts, whose it is, the terms, and what it owes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from tracker.attribution import (
    Attribution,
    Candidate,
    CodeBook,
    Unattributed,
    attribute,
    decided_again,
)
from tracker.cells import read_rate
from tracker.commissions import Figures, Owed, Terms, base, figures, owed, terms
from tracker.ledger import Order
from tracker.lines import JournalLine, Key, sealed
from tracker.model import BaseRule, Role, State
from tracker.money import decimal_text
from tracker.orders import Facts, read_facts, write_facts
from tracker.problems import Params, Problem, params
from tracker.programme import CashOrders, Code, Decision, Programme, Verdict, normal_code
from tracker.sentences import join_reason, reason_says, split_reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One order to decide.

    Attributes:
        facts: what is known now, new deliveries folded in.
        order: its Journal lines; None if it is new.
        loose: intact lines of an order that was set aside and is folded again.
        decision: the owner's row about it, None if there is none.
        written: what its accounts hold, when it is folded again; else None.
        instead: ids of damaged rows that a new fold stands instead of.
        last_n: the greatest n in either ledger tab.
    """

    key: Key
    facts: Facts
    order: Order | None = None
    loose: tuple[JournalLine, ...] = ()
    decision: Decision | None = None
    written: tuple[Owed, ...] | None = None
    instead: tuple[str, ...] = ()
    last_n: int = 0

    @property
    def latest(self) -> JournalLine | None:
        """The line that counts until now."""
        return self.order.latest if self.order is not None else None

    def crediting(self, partner_id: str) -> list[JournalLine]:
        """The lines that credited the partner, oldest first."""
        lines = self.loose if self.order is None else self.order.lines
        return sorted((x for x in lines if x.partner_id == partner_id), key=lambda x: x.n)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """The answer about one order: `why` and its params name the reason's sentence."""

    partner_id: str
    why: str
    params: Params
    candidates: str
    evidence: str
    code: Code | None = None


Ruling = tuple[str, str]
"""(verdict, partner_id): the decision that an order's latest line followed."""


def decide(
    case: Case, book: CodeBook, programme: Programme, noted_at: datetime
) -> tuple[JournalLine | None, list[Problem]]:
    """Return the order's next Journal line, or None when there is nothing new to say."""
    facts, latest = case.facts, case.latest
    before = {} if latest is None else latest.parsed()
    ruling, problems = _ruling(case, before, book)
    if not facts.known:
        whose = Whose(partner_id="", why="waiting", params=(), candidates="", evidence="")
    else:
        same = latest is not None and ruling == _remembered(before)
        kept = _keep(latest, before, facts, noted_at) if same else None
        whose, refusal = (kept, []) if kept else _whose(case, ruling, book, programme)
        problems += refusal
        if refusal:
            ruling = _remembered(before)
            whose = _as_before(latest, facts) or whose
    line = _line(case, whose, ruling, book, programme, noted_at)
    if latest is not None and line.substance() == latest.substance():
        known = read_facts(before)
        if known.substance() == facts.substance() and _remembered(before) == ruling:
            return None, problems
    return line, problems


def _remembered(said: Mapping[str, Any]) -> Ruling | None:
    found = said.get("ruling")
    return (str(found[0]), str(found[1])) if found else None


def _ruling(
    case: Case, before: Mapping[str, Any], book: CodeBook
) -> tuple[Ruling | None, list[Problem]]:
    """The owner's decision that counts: the row's, or the one remembered when it is gone."""
    old, row = _remembered(before), case.decision
    if row is None:
        return old, []
    if row.verdict is Verdict.ASSIGN and row.partner_id not in book.partners:
        return old, [_about(row, "decision_partner_unknown", partner=row.partner_id)]
    return (row.verdict.value, row.partner_id), []


def _about(row: Decision, code: str, **values: object) -> Problem:
    about = f"{row.source}/{row.order_id}"
    said = params(about=about, **values)
    return Problem(tab="Decisions", cell=row.cell, code=code, params=said, key=about)


def _keep(
    latest: JournalLine | None, before: Mapping[str, Any], facts: Facts, now: datetime
) -> Whose | None:
    """Keep the answer of the latest line, unless something attribution looks at has changed."""
    if latest is None or latest.state == State.WAITING:
        return None
    if read_facts(before).touches() != facts.touches():
        return None
    why = latest.reason.split(" ")[0]
    if not latest.partner_id and decided_again(why, facts.ordered_at, now):
        return None
    return _as_before(latest, facts)


def _as_before(latest: JournalLine | None, facts: Facts) -> Whose | None:
    if latest is None or latest.state == State.WAITING or not facts.known:
        return None
    return Whose(
        partner_id=latest.partner_id,
        why=latest.reason,
        params=(),
        candidates=latest.candidates,
        evidence=latest.evidence,
    )


def _whose(
    case: Case, ruling: Ruling | None, book: CodeBook, programme: Programme
) -> tuple[Whose, list[Problem]]:
    """Attribute anew, and let the owner's decision overrule the answer."""
    found = attribute(case.facts, book, programme)
    whose = _answer(found)
    if ruling is None:
        return whose, []
    verdict, named = ruling
    if verdict == Verdict.REFUSE:
        return replace(
            whose, partner_id="", why="decision_refuse", params=(), evidence="decision"
        ), []
    if verdict == Verdict.ASSIGN:
        return _given(whose, named, "decision_assign", found.candidates, book), []
    partners = list(dict.fromkeys(c.partner_id for c in found.candidates if c.partner_id))
    chosen = whose.partner_id or named or (partners[0] if len(partners) == 1 else "")
    if chosen not in book.partners:
        row = case.decision
        return whose, [] if row is None else [_about(row, "decision_pay_unclear")]
    return _given(whose, chosen, "decision_pay", found.candidates, book), []


def _given(
    whose: Whose, partner_id: str, why: str, candidates: Sequence[Candidate], book: CodeBook
) -> Whose:
    """Give the order to a partner: by his code's terms if he is a candidate, else his own."""
    code = whose.code if whose.code is not None and whose.partner_id == partner_id else None
    for candidate in candidates:
        if candidate.partner_id == partner_id and code is None:
            rows = book.codes.get(normal_code(candidate.code), ())
            code = next((row for row in rows if row.partner_id == partner_id), None)
    said = params(partner=partner_id, **({} if code is None else {"code": code.code}))
    return replace(
        whose, partner_id=partner_id, why=why, params=said, evidence="decision", code=code
    )


def _answer(found: Attribution | Unattributed) -> Whose:
    rows = [[c.code, c.partner_id, join_reason(c.why, c.params)] for c in found.candidates]
    candidates = json.dumps(rows, ensure_ascii=False, separators=(",", ":")) if rows else ""
    if isinstance(found, Unattributed):
        return Whose(
            partner_id="", why=found.why, params=found.params, candidates=candidates, evidence=""
        )
    return Whose(
        partner_id=found.partner_id,
        why=found.why,
        params=found.params,
        candidates=candidates,
        evidence=found.evidence,
        code=found.code,
    )


def _line(
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
        rate=read_rate(line.rate),
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
        said["written"] = [[o.partner_id, o.role, o.minor, o.currency] for o in case.written]
        said["instead"] = list(case.instead)
    return write_facts(case.facts, said)

"""How is a decision written down as a Journal line: terms, what is owed, and the words?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from tracker.asked import Asker, Group
from tracker.cases import Case, Ruling, Whose
from tracker.choices import CashOrders
from tracker.choosing import Credit, choose
from tracker.code_book import CodeBook
from tracker.commissions import Owed, base, unbookable
from tracker.lines import JournalLine, line_of, packed
from tracker.model import BaseRule, Role, State
from tracker.orders import FACTS_CHARACTERS_MAX, Facts, write_facts
from tracker.owing.words import amount, told
from tracker.problems import params
from tracker.programme import Code, Programme, Verdict, normal_code
from tracker.rates import written_rate
from tracker.reckoning import Reckoned, Sold, reckon
from tracker.sentences import REASONS, join_reason, reason_says, say, split_reason
from tracker.terms import Terms
from tracker.terms import read as read_beside
from tracker.terms import written as written_beside

CELL_CHARACTERS_MAX = 31_000
"""A cell of facts, with all that stands beside them, stays below what a cell can hold."""


@dataclass(frozen=True, slots=True)
class Deciding:
    """One order, decided: all that its Journal line is written from."""

    case: Case
    whose: Whose
    ruling: Ruling | None
    book: CodeBook
    programme: Programme
    noted_at: datetime
    asker: Asker

    @property
    def reason(self) -> str:
        """The reason as the Journal keeps it."""
        whose = self.whose
        return whose.why if " " in whose.why else join_reason(whose.why, whose.params)


class Noted(NamedTuple):
    """A Journal line just made, and what stands in its facts beside them."""

    line: JournalLine
    said: dict[str, Any]


def journal_line(made: Deciding) -> Noted:
    """Write the answer down as a Journal line."""
    case, whose, programme = made.case, made.whose, made.programme
    facts, latest = case.facts, case.latest
    source, order_id = case.key
    cells: dict[str, Any] = {  # gathered first: a line of so many cells costs time to copy
        "noted_at": made.noted_at,
        "source": source,
        "order_id": order_id,
        "n": (latest.n if latest is not None else case.last_n) + 1,
        "state": facts.state(cash_counts=_cash_counts(case, made.ruling, programme)).value,
        "candidates": whose.candidates,
        "evidence": whose.evidence,
        "partner_id": whose.partner_id,
        "reason": made.reason,
        "decision": reason_says(made.reason, programme.language),
    }
    if not facts.known:
        return Noted(line_of(**cells, facts=_facts_cell(made, {})), {})
    cells |= _of_facts(facts, made)
    said: dict[str, Any] = {}
    if whose.partner_id:
        fixed, found = _reckoned(State(cells["state"]), made)
        if too_much := next(filter(unbookable, found.owed), None):
            return journal_line(_withheld(made, too_much))
        earned, said = _credited(made, fixed, found)
        cells |= earned | {"decision": f"{cells['decision']} {earned['decision']}".rstrip()}
    if asked := made.asker.written():
        said["asked"] = asked
    if case.looked:  # noted also where there is none: what becomes known later is new then
        said["touches"] = [touch.row() for touch in case.seen]
    if case.capped:
        said["touches_capped"] = True
    return Noted(line_of(**cells, facts=_facts_cell(made, said)), said)


def _of_facts(facts: Facts, made: Deciding) -> dict[str, Any]:
    """The cells that say what the shop told of the order."""
    sums = made.asker.sums
    return {
        "ordered_at": facts.ordered_at.isoformat(),
        "updated_at": facts.version[0],
        "total": sums.total,
        "base": base(sums, made.programme.base),
        "currency": facts.text("currency"),
        "codes": ", ".join(facts.codes),
        "customer": " ".join(sorted(made.asker.keys)),
    }


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


def _terms(made: Deciding) -> Terms:
    """Copy the terms of the line that credited the partner, or fix them as in force now.

    Another code or link of the same partner has terms of its own, or the sums would depend on
    whether the shop's correction came before or after a sync; the day they are payable on stays
    the first. Where the choice rested on other orders and an answer has changed, it is made anew.
    """
    lines = made.case.crediting(made.whose.partner_id)
    ground = _ground(made.reason, made.whose.evidence) if lines else ("", "")
    same = next((x for x in reversed(lines) if _ground(x.reason, x.evidence) == ground), None)
    if same is not None:
        said = same.parsed()
        answers = said.get("asked", {})
        kept = _copied(same, said)
        # While a row of Settings, Rules, Tiers or Fx cannot be read nothing is chosen anew.
        blind = made.programme.unreadable or made.book.broken
        stands = made.asker.still(Group.TERMS, answers) or blind
        if _shared_alike(kept, made.whose) and stands:
            made.asker.take_over(Group.TERMS, answers)
            return kept
    made.asker.turn_to(Group.TERMS)
    now = choose(_credit(made), made.book, made.programme, made.asker)
    return replace(now, payable_on=lines[0].payable_on or date.min) if lines else now


def _shared_alike(kept: Terms, whose: Whose) -> bool:
    """Whether the same others have a part in the order."""
    helper = kept.beside.helper[0] if kept.beside.helper else ""
    sharers = tuple(one.partner_id for one in kept.beside.sharers)
    return (sharers, helper) == (whose.sharers, whose.helper)


def _credit(made: Deciding) -> Credit:
    whose = made.whose
    return Credit(
        source=made.case.key[0],
        facts=made.case.facts,
        partner_id=whose.partner_id,
        evidence=whose.evidence,
        code=whose.code or _row_of(made),
        channel=whose.channel,
        sharers=whose.sharers,
        helper=whose.helper,
    )


def _row_of(made: Deciding) -> Code | None:
    """The row of Codes that a kept answer rests on."""
    code = dict(split_reason(made.reason)[1]).get("code", "")
    rows = made.book.codes.get(normal_code(code), ())
    return next((row for row in rows if row.partner_id == made.whose.partner_id), None)


def _ground(reason: str, evidence: str) -> tuple[str, str]:
    """What a decision rests on: the code in the form codes are compared in, or the link's mark.

    The owner's word stands for whatever it confirms, as a code does; every other evidence has
    terms of its own, for a rule may name it.
    """
    said = dict(split_reason(reason)[1])
    kind = "" if evidence in {"code", "decision"} else evidence
    return kind, normal_code(said.get("code", "")) or said.get("ref", "")


def _withheld(made: Deciding, owed: Owed) -> Deciding:
    """The order waits for a person, with nobody credited, and is decided anew once it is mended."""
    made.asker.drop(Group.TERMS, Group.OWED)
    said = params(partner=owed.partner_id, amount=amount(owed.minor, owed.currency))
    nobody = replace(made.whose, partner_id="", evidence="", code=None, sharers=(), helper="")
    return replace(made, whose=replace(nobody, why="sum_too_big", params=said))


def _reckoned(state: State, made: Deciding) -> tuple[Terms, Reckoned]:
    """The terms, and what the order comes to by them."""
    fixed = _terms(made)
    made.asker.turn_to(Group.OWED)
    sold = Sold(
        state=state,
        sums=made.asker.sums,
        currency=made.case.facts.text("currency"),
        partner_id=made.whose.partner_id,
    )
    return fixed, reckon(sold, fixed, made.asker)


def _credited(
    made: Deciding, fixed: Terms, found: Reckoned
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The cells of the terms and what they come to; and what of it stands among the facts."""
    words = [say(REASONS, code, values, made.programme.language) for code, values in found.said]
    said: dict[str, Any] = {}
    if beside := written_beside(fixed.beside):
        said["terms"] = beside
    if made.whose.channel:  # a rule may name it when the terms are chosen anew
        said["link_channel"] = made.whose.channel
    if found.earned != _plainly_earned(found.owed):
        said["earned"] = [list(one) for one in found.earned]
    if how := told(found.said):
        said["how"] = [join_reason(code, values) for code, values in how]
    cells = {
        "base": found.base,
        "rate": str(fixed.rate),
        "base_rule": fixed.base_rule.value,
        "payable_on": fixed.payable_on,
        "owed": found.owed,
        "decision": " ".join(words),
    }
    return cells, said


def _plainly_earned(owed: tuple[Any, ...]) -> tuple[tuple[str, int, str], ...]:
    return tuple((o.partner_id, o.minor, o.currency) for o in owed if o.role == Role.ORDER)


def _copied(line: JournalLine, said: dict[str, Any]) -> Terms:
    return Terms(
        rate=written_rate(line.rate),
        base_rule=BaseRule(line.base_rule),
        payable_on=line.payable_on or date.min,
        beside=read_beside(said.get("terms", {})),
    )


def _facts_cell(made: Deciding, beside: dict[str, Any]) -> str:
    """The facts as JSON, with the decision followed and, after damage, what stood written."""
    case = made.case
    said = dict(beside)
    if case.facts.get("cash") and _counted(case, made.programme):
        said[_CASH_COUNTED] = True
    if made.ruling is not None:
        said["ruling"] = list(made.ruling)
    if case.written is not None:
        said["written"] = [packed(line, line.because) for line in case.written]
        said["instead"] = list(case.instead)
        if len(write_facts(case.facts, said)) > FACTS_CHARACTERS_MAX:
            said["written"] = [packed(line, "") for line in case.written]
    return write_facts(case.facts, said)

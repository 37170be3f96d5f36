"""Why does a line stand on a partner's account, and why does an order not? As the partner reads it.

Reasons are codes with parameters; several stand a line each. Who else earns by an order, and how
much, is not this partner's business.
"""

from __future__ import annotations

import json

from tracker.commissions import figures
from tracker.lines import CommissionLine, JournalLine
from tracker.model import Role, State
from tracker.orders import read_facts
from tracker.owing.words import LIMITS, NEWLINE, concerns
from tracker.own_lines import OWN_SOURCES
from tracker.placing import approved
from tracker.problems import params
from tracker.sentences import join_reason, split_reason
from tracker.terms import read as read_beside
from tracker.whose.answers import MAY_EARN


def step_reason(step: CommissionLine, fact: JournalLine) -> str:
    """Why a line stands on the account: the decision's reason and how the sum came about.

    Of a line below zero: what took it back.
    """
    if step.source in OWN_SOURCES:
        return fact.reason
    if step.role in {Role.LEVEL, Role.BONUS}:
        back = "level_taken_back" if step.role == Role.LEVEL else "bonus_taken_back"
        code = back if step.minor < 0 else _OF_OTHERS[Role(step.role)]
        return join_reason(code, params(partner=fact.partner_id or "-"))
    if step.role != Role.ORDER:
        return fact.reason
    if step.minor > 0:
        own = _alone(fact.reason) if fact.partner_id == step.partner_id else "shared_order"
        return NEWLINE.join([own, *_how(fact, step.partner_id)])
    return _taken_back(step, fact)


def _alone(reason: str) -> str:
    """The reason without the other partners whom it was weighed against."""
    code, values = split_reason(reason)
    plain = _WITHOUT_OTHERS.get(code)
    if plain is None:
        return reason
    own = {name: text for name, text in values if name not in {"losers", "sharers", "rule"}}
    return join_reason(plain, params(**own))


_WITHOUT_OTHERS = {
    "code_wins": "code_of_partner",
    "code_split": "code_of_partner",
    "link_wins": "touch_of_partner",
    "link_split": "touch_of_partner",
    "bound_wins": "bound_to_partner",
}

_OF_OTHERS = {Role.LEVEL: "level_of", Role.BONUS: "helped_order"}


def _how(fact: JournalLine, partner_id: str) -> list[str]:
    """How the sum came about, beyond its rate and base."""
    if '"how"' not in fact.facts:
        return []
    rows = [str(one) for one in fact.parsed().get("how", ())]
    return [one for one in rows if concerns(split_reason(one)[1], partner_id)]


def _taken_back(step: CommissionLine, fact: JournalLine) -> str:
    said = fact.parsed()
    sharers = [one.partner_id for one in read_beside(said.get("terms", {})).sharers]
    if step.partner_id not in {fact.partner_id, *sharers}:
        return "taken_back"
    state = State(fact.state)
    if state in {State.CANCELLED, State.PENDING}:
        return f"order_{state.value}"
    if figures(read_facts(said)).refunded or state is State.REFUNDED:
        return "order_refunded"
    return "order_or_earlier_changed" if "owed" in said.get("asked", {}) else "order_changed"


def why_not(line: JournalLine, partner_id: str) -> str:
    """Why an order earns a partner nothing, in a reason's text; empty if it does not name him."""
    if line.partner_id == partner_id:
        earns = any(one.partner_id == partner_id for one in line.owed)
        return "" if earns else f"order_{_standing(line)}"
    for _, candidate, why, *_ in json.loads(line.candidates or "[]"):
        if candidate == partner_id:
            return _lost(line, str(why), partner_id)
    return ""


def _lost(line: JournalLine, why: str, partner_id: str) -> str:
    """Why a candidate earned nothing; another partner's name is not this one's business."""
    if line.reason == "decision_refuse":
        return line.reason
    if any(one.partner_id == partner_id for one in line.owed):
        return ""  # he has a share
    code = why.partition(" ")[0]
    if code == "shares":
        return f"order_{_standing(line)}"
    if code not in MAY_EARN | {"two_owners", "two_partners", "codes_without_click"}:
        return why
    if not line.partner_id:
        return "waits_for_review"
    by_code = line.evidence in {"code", "decision"}
    return "another_code_counted" if by_code else "another_partner_counted"


def _standing(line: JournalLine) -> str:
    """Why an order of his owes the partner nothing."""
    said = line.parsed()
    facts, approve = read_facts(said), read_beside(said.get("terms", {})).approve
    state = State(line.state)
    if not approved(state, approve, bool(facts.get("delivered"))):
        return "not_delivered" if state is State.PAID else state.value
    if figures(facts).wholly_refunded:
        return "refunded"
    if any(split_reason(one)[0] in LIMITS for one in _how(line, line.partner_id)):
        return "limit_reached"
    small = line.base and not line.owed and line.rate not in {"", "0%"}
    return "too_small" if small else "nothing_due"

"""Whose order is it, and why?

Everything that speaks for a partner becomes a candidate with its own verdict: codes, touches, a
binding. Those that may earn are compared, and what the owner's own sales team and advertisements
did goes first. Refusals are values: the losers and the rule that said no stay in the answer. Each
rule is a file of `tracker.whose`; here stands their order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tracker.asked import Asker
from tracker.choices import SelfPurchase
from tracker.code_book import CodeBook
from tracker.orders import Facts
from tracker.policy import POLICY_KEYS, Mode
from tracker.problems import Params, params
from tracker.programme import Programme
from tracker.touches import Touch
from tracker.whose.ad_before import ad_before, idle_ads
from tracker.whose.answers import (
    DECIDED_AGAIN_DAYS,
    MAY_EARN,
    REVIEW,
    WANT_OF_KNOWLEDGE,
    Attribution,
    Candidate,
    Unattributed,
    decided_again,
    recent,
)
from tracker.whose.binding import binding
from tracker.whose.by_code import grounds_of_codes
from tracker.whose.by_link import grounds_of_links, unknown_link
from tracker.whose.conflict import Outcome, outcome_of
from tracker.whose.direct_sales import direct_sale, known_to_managers, without_managers
from tracker.whose.first_touch import first_touch
from tracker.whose.helper import helper
from tracker.whose.mode import evidence_of
from tracker.whose.partner_state import buys_himself
from tracker.whose.question import Ground, Question
from tracker.whose.reasons import reason_of
from tracker.whose.two_codes import chosen_code, disputed, refused

__all__ = [
    "DECIDED_AGAIN_DAYS",
    "MAY_EARN",
    "REVIEW",
    "WANT_OF_KNOWLEDGE",
    "Attribution",
    "Candidate",
    "Unattributed",
    "attribute",
    "decided_again",
    "recent",
]

_TERMS_KEYS = frozenset(
    "currency time_zone rate base hold_days two_codes self_purchase cash_orders".split()
).union(POLICY_KEYS)


def attribute(
    facts: Facts,
    book: CodeBook,
    programme: Programme,
    asker: Asker,
    touches: tuple[Touch, ...] = (),
) -> Attribution | Unattributed:
    """Decide whose order it is, by its codes and touches, as of the moment it was placed."""
    if facts.get("test"):
        return Unattributed(why="test_order", params=(), candidates=())
    blind = sorted(programme.unreadable & _TERMS_KEYS)
    if blind:
        values = params(keys=", ".join(blind))
        return Unattributed(why="settings_unreadable", params=values, candidates=())
    asked = Question(facts, book, programme, asker, touches)
    codes = grounds_of_codes(asked)
    links = [] if asked.policy.attribution is Mode.CODE else grounds_of_links(asked)
    codes, links = evidence_of(codes, links, asked)
    links = without_managers(codes, links, asked)
    bound = binding(codes, asked)
    found = _Found(asked, codes, links, [] if bound is None else [bound])
    return _credited(found) if found.able else _nobodys(found)


@dataclass(frozen=True, slots=True)
class _Found:
    """Everything that speaks for somebody, each with its verdict so far."""

    asked: Question
    codes: list[Ground]
    links: list[Ground]
    bound: list[Ground]

    @property
    def all(self) -> list[Ground]:
        return [*self.codes, *self.links, *self.bound]

    @property
    def able(self) -> bool:
        return any(ground.able for ground in self.all)

    def candidates(self) -> tuple[Candidate, ...]:
        unknown = unknown_link(self.asked)
        rows = [ground.candidate for ground in self.all]
        return tuple(rows if unknown is None else [*rows, unknown])


def _nobodys(found: _Found) -> Unattributed:
    """Nothing may earn: the reason is the code's, where there is one, else the touch's."""
    candidates = found.candidates()
    grounds = found.codes or found.all
    if grounds:
        why, values = refused([ground.candidate for ground in grounds])
    elif found.asked.policy.attribution is not Mode.CODE_OR_CLICK:
        why, values = "no_code", ()
    elif candidates:
        why, values = candidates[0].why, candidates[0].params
    else:
        why, values = "no_evidence", ()
    return Unattributed(why=why, params=values, candidates=candidates)


def _credited(found: _Found) -> Attribution | Unattributed:
    """Compare what may earn; then ask what may still take the order from everybody."""
    asked = found.asked
    open_question = disputed(found.codes, asked)
    if open_question is not None:
        why, values = open_question
        return Unattributed(why=why, params=values, candidates=found.candidates())
    code, code_losers = chosen_code(found.codes, asked)
    outcome = outcome_of(code, code_losers, found.links, found.bound, asked)
    first = first_touch(outcome.partners, outcome.since, asked)
    refusal = (
        direct_sale(outcome.winner, asked)
        or known_to_managers(first, asked)
        or ad_before(first, asked)
    )
    if refusal is not None:
        return _taken(found, outcome, refusal)
    why, values = reason_of(outcome, code_losers, found.codes, found.links, asked)
    candidates = tuple(_verdict(ground, outcome, code_losers) for ground in found.all)
    unknown = unknown_link(asked)
    idle = idle_ads(first, asked)
    winner = outcome.winner
    answer = Attribution(
        partner_id=winner.partner_id,
        code=winner.code,
        evidence=winner.kind,
        why=why,
        params=values,
        candidates=(*candidates, *idle) if unknown is None else (*candidates, unknown, *idle),
        channel=_channel(winner, found.links),
        sharers=outcome.sharers,
        helper=helper(winner.partner_id, first, asked),
    )
    return _flagged(answer, asked)


def _taken(found: _Found, outcome: Outcome, refusal: tuple[str, Params]) -> Unattributed:
    """Nobody earns: who would have reads why."""
    why, values = refusal
    candidates = tuple(
        replace(one, why=why, params=values)
        if one.why in MAY_EARN and one.partner_id in outcome.partners
        else one
        for one in found.candidates()
    )
    return Unattributed(why=why, params=values, candidates=candidates)


def _verdict(ground: Ground, outcome: Outcome, code_losers: tuple[str, ...]) -> Candidate:
    """A candidate as it stands once everything was compared: won, shares, or lost to what."""
    if not ground.able or outcome.rule is None:
        return ground.candidate
    if ground.partner_id in outcome.sharers:
        return ground.but("shares", params(partner=ground.partner_id)).candidate
    lost = ground.partner_id in outcome.losers
    between_codes = outcome.winner.kind == "code" and ground.partner_id in code_losers
    if not lost or between_codes or not outcome.lost_to:
        return ground.candidate
    said = params(partner=ground.partner_id, rule=outcome.rule.value)
    return ground.but(outcome.lost_to, said).candidate


def _channel(winner: Ground, links: list[Ground]) -> str:
    """Where the link stood that brought the customer; also of one that bears a code out."""
    own = (link.channel for link in links if link.able and link.partner_id == winner.partner_id)
    return winner.channel or (next(own, "") if winner.kind == "code" else "")


def _flagged(answer: Attribution, asked: Question) -> Attribution:
    """Mark an order that the partner may have placed himself, for the owner to look at."""
    flags = asked.programme.self_purchase is SelfPurchase.FLAG
    if not flags or not buys_himself(answer.partner_id, asked):
        return answer
    mark = "own_purchase_flagged" if answer.code is not None else "link_own_purchase_flagged"
    return replace(answer, why=mark)

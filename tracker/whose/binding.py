"""Is the customer bound to a partner by an earlier order? Settings `code_binds`, `link_binds`.

The first order by which a customer is a partner's binds him, for so many days or for good
(field.md A9). What a bound customer buys without a code or click is that partner's.
"""

from __future__ import annotations

from datetime import datetime

from tracker.problems import Params, params
from tracker.restrictions import pay_for
from tracker.whose.answers import Candidate
from tracker.whose.mode import refused_code
from tracker.whose.not_counted import not_counted
from tracker.whose.partner_state import partner_refusal
from tracker.whose.question import Ground, Question

BOUND = "bound"


def binding(codes: list[Ground], asked: Question) -> Ground | None:
    """Who the customer is bound to, and whether that may earn; None where he is not.

    A partner's own code on the order that may not earn is not made good by a binding.
    """
    policy = asked.policy
    if not (policy.code_binds or policy.link_binds) or not asked.asker.keys:
        return None
    found = asked.asker.bound(policy.code_binds, policy.link_binds)
    if found is None:
        return None
    partner_id, by, day, at = found
    said = params(partner=partner_id, day=day)
    holds = "bound_by_code" if by == "code" else "bound_by_link"
    why, values = _refusal(partner_id, codes, asked) or (holds, ())
    candidate = Candidate(
        code=day, partner_id=partner_id, why=why, params=params(**dict(values) | dict(said)),
        kind=BOUND, at=at,
    )  # fmt: skip
    return Ground(candidate=candidate, at=datetime.fromisoformat(at))


def _refusal(partner_id: str, codes: list[Ground], asked: Question) -> tuple[str, Params] | None:
    if why := partner_refusal(partner_id, asked):
        return f"bound_{why}", ()
    refused = refused_code(partner_id, codes)
    if refused is not None:
        return f"bound_beside_{refused[1]}", params(other=refused[0])
    return pay_for(None, partner_id, asked.programme, asked.asker) or not_counted(
        partner_id, None, "", BOUND, asked
    )

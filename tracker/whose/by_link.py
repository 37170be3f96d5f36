"""Which partners have a click, call or lead of the customer, and may it earn?"""

from __future__ import annotations

from collections import defaultdict

from tracker.policy import Conflict, Mode
from tracker.problems import Params, params
from tracker.programme import normal_code
from tracker.restrictions import pay_for
from tracker.touches import Kind, Touch
from tracker.whose.answers import Candidate
from tracker.whose.not_counted import not_counted
from tracker.whose.partner_state import partner_refusal
from tracker.whose.question import Ground, Question
from tracker.whose.window import days_of, too_old

LINKS = frozenset({Kind.CLICK, Kind.CALL, Kind.LEAD})
"""What may speak for a partner beside a code."""


def grounds_of_links(asked: Question) -> list[Ground]:
    """One for each partner: his first touch where the first decides, else his last.

    A touch that is too old speaks for nobody; where a partner has no other, it is refused.
    """
    if not asked.touches:
        return []
    by_partner: dict[str, list[Touch]] = defaultdict(list)
    for touch in asked.touches:
        if touch.kind in LINKS:
            by_partner[touch.partner_id].append(touch)
    found = [_of_partner(touches, asked) for touches in by_partner.values()]
    return sorted(found, key=lambda ground: (ground.at, ground.candidate.code))


def _of_partner(touches: list[Touch], asked: Question) -> Ground:
    counting = [touch for touch in touches if not too_old(touch, asked)]
    if not counting:
        old = touches[-1]
        return _ground(old, "click_too_old", _said(old, asked, days_of(old.kind, asked.policy)))
    first = asked.policy.conflict is Conflict.FIRST_TOUCH
    touch = counting[0] if first else counting[-1]
    why, values = _refusal(touch, asked) or (f"{touch.kind}_of_partner", ())
    return _ground(touch, why, params(**dict(values) | dict(_said(touch, asked))))


def _refusal(touch: Touch, asked: Question) -> tuple[str, Params] | None:
    partner_id = touch.partner_id
    if why := partner_refusal(partner_id, asked):
        return f"link_{why}", ()
    return pay_for(None, partner_id, asked.programme, asked.asker) or not_counted(
        partner_id, None, touch.channel, touch.kind, asked
    )


def _said(touch: Touch, asked: Question, days: int | None = None) -> Params:
    values: dict[str, object] = {} if days is None else {"days": days}
    day = asked.programme.local_date(touch.at)
    return params(partner=touch.partner_id, ref=touch.label, day=day, **values)


def _ground(touch: Touch, why: str, values: Params) -> Ground:
    candidate = Candidate(
        code=touch.label,
        partner_id=touch.partner_id,
        why=why,
        params=values,
        kind=touch.kind,
        at=touch.at.isoformat(),
    )
    return Ground(candidate=candidate, at=touch.at, channel=touch.channel)


def unknown_link(asked: Question) -> Candidate | None:
    """The order's own mark of a link that is not in Links, or there for two partners.

    The owner may mend that next day.
    """
    ref = asked.facts.text("ref")
    if asked.policy.attribution is Mode.CODE:
        return None
    owner = asked.book.evidence.refs.get(normal_code(ref))
    if not ref or (owner is not None and owner[0]):
        return None
    why = "link_unknown" if owner is None else "link_of_two"
    at = asked.facts.text("clicked_at") or asked.at.isoformat()
    said = params(ref=ref)
    return Candidate(code=ref, partner_id="", why=why, params=said, kind=Kind.CLICK, at=at)

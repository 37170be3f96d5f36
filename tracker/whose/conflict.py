"""Who earns when a link is one partner's and the code another's? The setting `conflict`.

Source: field.md A4 and section 4. The same rule settles what a binding of the customer is worth
beside the code or click of another partner: the binding then stands where the link stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tracker.policy import Conflict, Mode
from tracker.whose.question import Ground, Question

_LOST_TO = {
    Conflict.CODE: "lost_to_link",
    Conflict.LINK: "lost_to_link",
    Conflict.FIRST_TOUCH: "lost_to_first",
    Conflict.LAST_TOUCH: "lost_to_last",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who is credited so far, who lost, who shares with him; `since` is his first touch.

    `rule` is the setting by which it was settled; None while nobody disagreed.
    """

    winner: Ground
    since: datetime
    losers: tuple[str, ...] = ()
    sharers: tuple[str, ...] = ()
    rule: Conflict | None = None

    @property
    def partners(self) -> tuple[str, ...]:
        """Everybody who earns by it."""
        return (self.winner.partner_id, *self.sharers)

    @property
    def lost_to(self) -> str:
        """What is said of those who lost; a link that a binding yields to is still a link."""
        if self.rule is None or self.rule is Conflict.SPLIT:
            return ""
        by_code = self.rule is Conflict.CODE and self.winner.kind == "code"
        return "lost_to_code" if by_code else _LOST_TO[self.rule]


def outcome_of(
    code: Ground | None,
    code_losers: tuple[str, ...],
    links: Sequence[Ground],
    bound: Sequence[Ground],
    asked: Question,
) -> Outcome:
    """Say who earns: the code against other partners' links, and both against a binding.

    One of them at least may earn. Where a code alone decides, links do not compete with it.
    """
    rule, mode = asked.policy.conflict, asked.policy.attribution
    links = [link for link in links if link.able]
    if code is None:
        own = of_links(links, rule)
    else:
        times = [link.at for link in links if link.partner_id == code.partner_id]
        own = Outcome(code, min([code.at, *times]), losers=code_losers)
        if mode is Mode.CODE_OR_CLICK:
            own = settle(own, links, rule)
    tied = [one for one in bound if one.able]
    if own is None:
        return Outcome(tied[0], tied[0].at)
    return settle(own, tied, rule)


def of_links(links: Sequence[Ground], rule: Conflict) -> Outcome | None:
    """Of several partners' links the last counts; the first by `first_touch`; all by `split`."""
    if not links:
        return None
    winner = links[0] if rule is Conflict.FIRST_TOUCH else links[-1]
    others = _partners(links, but={winner.partner_id})
    if not others:
        return Outcome(winner, winner.at)
    if rule is Conflict.SPLIT:
        return Outcome(winner, winner.at, sharers=others, rule=rule)
    settled = rule if rule is Conflict.FIRST_TOUCH else Conflict.LAST_TOUCH
    return Outcome(winner, winner.at, losers=others, rule=settled)


def settle(own: Outcome, others: Sequence[Ground], rule: Conflict) -> Outcome:
    """Compare what is credited so far with the link side: other partners' touches or binding."""
    rivals = [one for one in others if one.partner_id not in own.partners]
    if not rivals:
        return own
    if rule is Conflict.SPLIT:
        sharers = own.sharers + _partners(rivals, but=set(own.partners))
        return replace(own, sharers=sharers, rule=rule)
    best = _best(own, rivals, rule)
    everybody = (*own.partners, *own.losers, *_partners(rivals, but=set()))
    winner = own.winner if best is None else best
    losers = tuple(dict.fromkeys(who for who in everybody if who != winner.partner_id))
    return Outcome(winner, own.since if best is None else winner.at, losers=losers, rule=rule)


def _best(own: Outcome, rivals: Sequence[Ground], rule: Conflict) -> Ground | None:
    """The rival that wins; None where what is credited so far stands.

    At one moment the link comes before the code: the customer came first, then typed it.
    """
    if rule is Conflict.CODE:
        return None
    if rule is Conflict.LINK:
        return max(rivals, key=_time)
    if rule is Conflict.FIRST_TOUCH:
        first = min(rivals, key=_time)
        return first if (first.at, False) < (own.since, own.winner.kind == "code") else None
    last = max(rivals, key=_time)
    return last if last.at > own.winner.at else None


def _time(ground: Ground) -> datetime:
    return ground.at


def _partners(grounds: Sequence[Ground], but: set[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(g.partner_id for g in grounds if g.partner_id not in but))

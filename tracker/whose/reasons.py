"""Which sentence says why an order is a partner's?"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.policy import Conflict, Mode
from tracker.problems import Params, params
from tracker.whose.conflict import Outcome
from tracker.whose.mode import OWNERLESS
from tracker.whose.question import Ground, Question


def reason_of(
    outcome: Outcome,
    code_losers: tuple[str, ...],
    codes: Sequence[Ground],
    links: Sequence[Ground],
    asked: Question,
) -> tuple[str, Params]:
    """Name the sentence, with everybody it speaks of and the setting that decided."""
    winner = outcome.winner
    said: dict[str, object] = dict(winner.candidate.params)
    if outcome.losers:
        said["losers"] = ", ".join(outcome.losers)
    if outcome.rule is not None:
        return _settled(outcome, said)
    if winner.kind == "code":
        return _by_code(winner, code_losers, links, said, asked)
    free = any(code.candidate.why in OWNERLESS for code in codes)
    if free and winner.kind != "bound":
        return "touch_beside_free_code", params(**said)
    return winner.candidate.why, params(**said)


def _settled(outcome: Outcome, said: dict[str, object]) -> tuple[str, Params]:
    """Partners disagreed: who wins by which setting, or who shares."""
    kind, rule = outcome.winner.kind, outcome.rule
    kind = kind if kind in {"code", "bound"} else "link"
    if rule is Conflict.SPLIT:
        said["sharers"] = ", ".join(outcome.sharers)
        return f"{kind}_split", params(**said)
    return f"{kind}_wins", params(**said, rule=rule)


def _by_code(
    winner: Ground,
    code_losers: tuple[str, ...],
    links: Sequence[Ground],
    said: dict[str, object],
    asked: Question,
) -> tuple[str, Params]:
    if code_losers:
        return f"two_codes_{asked.programme.two_codes}", params(**said)
    if asked.policy.attribution is Mode.CODE_AND_CLICK:
        own = next(link for link in links if link.able and link.partner_id == winner.partner_id)
        return "code_and_click", params(**dict(own.candidate.params) | said)
    return "code_of_partner", params(**said)
